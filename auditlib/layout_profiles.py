"""Profiles of layouts: how a product's files are read, whoever's they are, found again by their header.

A profile is a file of ``parameters/profiles/``, beside the clients' parameters files::

    name: sage-grand-livre
    headers: [date, cj, n piece, libelle, debit, credit]   # normalised, in their order
    found_as: customer_ledger       # kind the loader finds by itself; absent: the header alone decides
    places_header: true             # the header is the row with these labels, wherever it is
    kind: customer_ledger
    columns: {due_date: "Echéance"}
    ignored_columns: ["Solde progressif"]
    date_order: day_first
    sign: debit_negative

It holds no client's data: headers, roles, order and sign only.
"""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from auditlib.errors import BadInputError
from auditlib.settings import Section

__all__ = ["PROFILES", "LayoutProfile", "load_profiles"]

PROFILES = "profiles"
"""Folder of the practice's profiles, beside the clients' parameters files."""


class LayoutProfile(Section):
    """One profile; the values of `kind`, `found_as` and of the roles are checked where a file is read with it."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
    headers: Annotated[tuple[str, ...], Field(min_length=2)]
    found_as: str = ""
    places_header: bool = False
    kind: str = ""
    columns: dict[str, str | int] = Field(default_factory=dict)
    ignored_columns: tuple[str | int, ...] = ()
    date_order: Literal["", "day_first", "month_first"] = ""
    sign: Literal["", "debit_positive", "debit_negative"] = ""

    def choices(self) -> dict[str, object]:
        """Return what it says, as ``mapping`` of a parameters file would."""
        said = {"kind": self.kind, "columns": dict(self.columns), "ignored_columns": list(self.ignored_columns),
                "date_order": self.date_order, "sign": self.sign}
        return {key: value for key, value in said.items() if value}


def load_profiles(folder: Path) -> tuple[LayoutProfile, ...]:
    """Return the profiles of a folder in the order of their files' names; none where there is no such folder.

    Raises
    ------
    BadInputError
        If one of them cannot be used, or two have one name.
    """
    found: dict[str, LayoutProfile] = {}
    for path in sorted(folder.glob("*.yaml")):
        profile = _read(path)
        if profile.name in found:
            raise BadInputError(f"{path.parent.name}/{path.name}: another profile is named {profile.name} too")
        found[profile.name] = profile
    return tuple(found.values())


def _read(path: Path) -> LayoutProfile:
    where = f"{path.parent.name}/{path.name}"
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8-sig"))
        return LayoutProfile(**content)
    except (YAMLError, UnicodeDecodeError, OSError, TypeError) as problem:
        reason = re.sub(r"\s+", " ", str(problem))
        raise BadInputError(f"{where}: not a readable profile ({reason}); expected name, headers, columns") from problem
    except ValidationError as problem:
        error = problem.errors()[0]
        key = ".".join(map(str, error["loc"]))
        raise BadInputError(f"{where}: {key}: {error['msg']}") from problem
