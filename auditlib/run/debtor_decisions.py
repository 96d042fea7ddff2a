"""What the auditor decides of debtors, written into the parameters file with its comments and order kept."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from ruamel.yaml.comments import CommentedMap

from auditlib.errors import BadInputError
from auditlib.run.engagement import Engagement
from auditlib.run.parameters_file import change_parameters
from auditlib.settings import DebtorOverride

if TYPE_CHECKING:
    import ipywidgets

__all__ = ["decide_debtors", "save_decisions"]


def decide_debtors(audit: Engagement) -> "ipywidgets.VBox":
    """Return the form that lists the debtors told with least certainty, largest first, and saves what is decided.

    What is saved counts from the next run on: the results shown are those of the parameters they were made with.
    """
    from auditlib.present.debtor_form import debtor_form  # widgets, where a notebook asks for them only

    def save(decisions: Mapping[str, Mapping[str, Any]]) -> str:
        return save_decisions(audit.parameters.source, decisions).name

    return debtor_form(audit.results().customers, audit.formats, save=save, by=audit.parameters.prepared_by)


def save_decisions(path: Path, decisions: Mapping[str, Mapping[str, Any]]) -> Path:
    """Write decisions under ``segments.overrides`` of a parameters file; those of other debtors stay.

    Parameters
    ----------
    path : Path
        The parameters file.
    decisions : mapping
        By customer_id, the fields of `auditlib.settings.DebtorOverride`; an empty value takes a decision back, and a
        debtor without any is left out.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    BadInputError
        If a decision is none of the values allowed; the file is left as it was.
    """
    def change(content: CommentedMap) -> None:
        section = content.setdefault("segments", CommentedMap()) or CommentedMap()
        content["segments"] = section
        section["overrides"] = _merged(path, section.get("overrides") or CommentedMap(), decisions)

    return change_parameters(path, change)


def _merged(path: Path, kept: CommentedMap, decisions: Mapping[str, Mapping[str, Any]]) -> CommentedMap:
    """Put the decisions among those kept from before."""
    written = {str(key): key for key in kept}  # YAML reads a code of digits alone as a number
    for code, decided in decisions.items():
        customer = written.get(code, code)
        merged = {**dict(kept.get(customer) or {}), **decided}
        merged = {name: value for name, value in merged.items() if value not in ("", None)}
        _check(path, code, merged)
        kept[customer] = CommentedMap(merged)
        if not set(merged) - {"by", "why"}:
            del kept[customer]
    return kept


def _check(path: Path, customer: str, decided: dict[str, Any]) -> None:
    try:
        DebtorOverride(**decided)
    except ValidationError as problem:
        error = problem.errors()[0]
        where = ".".join(map(str, error["loc"]))
        raise BadInputError(f"{path.name}: segments.overrides.{customer}.{where}: {error['msg']}") from problem
