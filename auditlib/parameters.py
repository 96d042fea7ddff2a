"""An engagement's parameters file: read, checked, and found from its client's name."""

import datetime as dt
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError
from rapidfuzz import process
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from auditlib.collection_rules import CollectionRules
from auditlib.errors import BadInputError
from auditlib.layout_profiles import PROFILES, LayoutProfile, load_profiles
from auditlib.letter_settings import Creditor, LetterRules, Practice
from auditlib.non_disclosure import NonDisclosure
from auditlib.published import Published
from auditlib.request_rules import RequestRules
from auditlib.review_rules import Reviews
from auditlib.settings import (
    ForecastRules,
    LegalChoices,
    PayerRules,
    RiskChoices,
    Section,
    SegmentChoices,
    TermsDecisions,
    TestRules,
)

__all__ = ["Economics", "Method", "NonDisclosure", "Parameters", "client_names", "load_parameters",
           "project_home"]

REQUIRED_KEYS = "client, as_of_date, documents"
PRACTICE = "practice.yaml"
"""What the practice says of itself, beside the clients' parameters files."""
OTHERS = ("template", "practice")
"""Files of the folder that are no client's."""


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Method(Section):
    """Choices of method (INDICATORS.md); each is printed beside what it decides."""

    ageing_basis: Literal["due_date", "document_date"] = "due_date"
    buckets: tuple[int, ...] = (30, 60, 90)
    window_months: Literal[3, 6, 12] = 12
    default_terms: str = Field(default="", description="terms of items without a due date; empty: none are dated")
    matching: Literal["auto", "codes", "all"] = "auto"
    lettering_threshold: float = Field(default=0.80, ge=0, le=1)
    perimeter: tuple[str, ...] = ("411", "413", "416")
    evolution_months: int = Field(default=24, ge=1, le=120)
    fiscal_year_end: Annotated[str, Field(pattern=r"^\d{2}-\d{2}$", description="month-day")] = "12-31"


class Economics(Section):
    """The client's economics: rates as shares 0–1 a year."""

    financing_rate: float | None = Field(default=None, ge=0, le=1)
    margin_rate: float | None = Field(default=None, gt=0, le=1)
    vat_rate: float | None = Field(default=None, ge=0, le=1)


class Parameters(Section):
    """What one engagement is run with.

    ``mapping`` is keyed by file name, or by ``file name/sheet``: the columns of a file by role, and the
    choices the auditor made for it; see `auditlib.loaders.mapping`. ``profiles`` are the practice's, from the
    folder beside the file, and no key of it.
    """

    client: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
    as_of_date: dt.date
    documents: Annotated[list[str], BeforeValidator(_as_list), Field(min_length=1)]
    client_name: str = ""
    currency: str = ""
    language: Literal["fr", "en"] = "fr"
    amounts_in: Literal["euros", "thousands"] = Field(
        default="euros", description="unit of the amounts shown; figures are summed in cents, and Excel keeps euros")
    prepared_by: str = ""
    reviewed_by: str = Field(default="", description='empty: the report is a draft ("projet")')
    nda: NonDisclosure = NonDisclosure()
    method: Method = Method()
    economics: Economics = Economics()
    rates: dict[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], Annotated[float, Field(gt=0, allow_inf_nan=False)]] = (
        Field(default_factory=dict, description="units of the main currency one unit of each other is worth"))
    rates_source: str = Field(default="", description="who gives the rates, as the report prints it")
    rates_date: str = Field(default="", description="the day of the rates, as the report prints it")
    legal: LegalChoices = LegalChoices()
    risk: RiskChoices = RiskChoices()
    payers: PayerRules = PayerRules()
    segments: SegmentChoices = SegmentChoices()
    forecast: ForecastRules = ForecastRules()
    tests: TestRules = TestRules()
    terms: TermsDecisions = Field(
        default_factory=dict, description="payment terms the auditor confirms, by customer code")
    collection: CollectionRules = CollectionRules()
    creditor: Creditor = Creditor()
    practice: Practice = Practice()
    letters: LetterRules = LetterRules()
    requests: RequestRules = RequestRules()
    published: Published = Published()
    reviews: Reviews = Field(default_factory=dict, description="by document, what the auditor read in it")
    mapping: dict[str, dict[str, Any]] = Field(default_factory=dict)
    profiles: tuple[LayoutProfile, ...] = ()
    source: Path = Path()

    @property
    def title(self) -> str:
        """Name the client as the report prints it."""
        return self.client_name or self.client

    def document_paths(self) -> list[Path]:
        """Return the engagement's files: those named, and those in the folders named.

        Raises
        ------
        BadInputError
            If a path does not exist, or no file is found.
        """
        base = self.source.parent
        found: list[Path] = []
        for text in self.documents:
            path = (base / Path(text).expanduser()).resolve()
            if not path.exists():
                raise BadInputError(
                    f"{self.source.name}: documents: {text} does not exist; "
                    "give the folder or the files the client sent")
            found += _files_in(path) if path.is_dir() else [path]
        if not found:
            raise BadInputError(f"{self.source.name}: documents: no file in {', '.join(self.documents)}")
        return list(dict.fromkeys(found))

    def require_signed(self) -> None:
        """Refuse to go on without a signed non-disclosure agreement.

        Raises
        ------
        BadInputError
            If none is recorded and ``nda.allow_unsigned`` is not set.
        """
        if self.nda.allow_unsigned or self.nda.is_signed:
            return
        raise BadInputError(
            f"{self.source.name}: the non-disclosure agreement of {self.client} is not signed, so no document is read; "
            "have it signed, then record nda: {signed_on: …, signatory: …} (notebook 01_confidentiality drafts it and "
            "records its signature)")


def _files_in(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith((".", "~$")))


def project_home(start: Path | None = None) -> Path:
    """Find the project: ``AUDITLIB_HOME``, else the nearest folder upwards that holds ``parameters/``.

    Raises
    ------
    BadInputError
        If there is none.
    """
    if named := os.environ.get("AUDITLIB_HOME"):
        return Path(named).resolve()
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "parameters").is_dir():
            return folder
    raise BadInputError(
        f"no parameters/ folder at or above {here}; start from the project's folder or set AUDITLIB_HOME")


def load_parameters(client: str | Path, *, home: Path | None = None) -> Parameters:
    """Read the parameters of a client, named by its file's name or by a path.

    Parameters
    ----------
    client : str or Path
        ``acme`` stands for ``parameters/acme.yaml`` of the project; anything with a suffix or a
        folder in it is a path.
    home : Path, optional
        The project's folder; found by `project_home` when absent.

    Raises
    ------
    BadInputError
        If the file is missing, is not YAML, lacks a required key or holds one that is unknown.
    """
    path = _path_of(client, home)
    content = _with_practice(_read_yaml(path), path.parent / PRACTICE)
    try:
        return Parameters(**content, profiles=load_profiles(path.parent / PROFILES), source=path)
    except ValidationError as problem:
        raise BadInputError(_sentence(path, problem)) from problem


def _with_practice(content: dict[str, Any], shared: Path) -> dict[str, Any]:
    """Add what the practice says of itself for every client; a client's own file comes first, key by key.

    Raises
    ------
    BadInputError
        If the practice's file cannot be used.
    """
    if not shared.is_file():
        return content
    common = _read_yaml(shared)
    try:
        Practice(**common)
    except ValidationError as problem:
        raise BadInputError(_sentence(shared, problem, model=Practice)) from problem
    own = content.get("practice", {})
    return content | {"practice": common | own} if isinstance(own, dict) else content


def client_names(folder: Path) -> list[str]:
    """Return the clients that a ``parameters/`` folder holds a file of, in order."""
    return sorted(path.stem for path in folder.glob("*.yaml")
                  if path.stem not in OTHERS and not path.stem.endswith(".answers"))


def _path_of(client: str | Path, home: Path | None) -> Path:
    path = Path(client)
    if not path.suffix and path.name == str(client):
        folder = (home or project_home()) / "parameters"
        path = folder / f"{client}.yaml"
        if not path.is_file():
            known = ", ".join(client_names(folder)) or "none"
            raise BadInputError(f"{path.name}: no such parameters file in parameters/ (there: {known})")
    if not path.is_file():
        raise BadInputError(f"{client}: no such parameters file")
    return path.resolve()


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8-sig"))
    except (YAMLError, UnicodeDecodeError, OSError) as problem:
        reason = re.sub(r"\s+", " ", str(problem))
        raise BadInputError(f"{path.name}: not a readable YAML file ({reason})") from problem
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise BadInputError(f"{path.name}: expected keys and values such as client, as_of_date, documents")
    for key in ("source", "profiles"):
        if key in content:
            raise BadInputError(f"{path.name}: unknown key {key}")
    return content


def _sentence(path: Path, problem: ValidationError, *, model: type[BaseModel] = Parameters) -> str:
    """Say the first thing that is wrong in one sentence that names the key."""
    error = problem.errors()[0]
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        nearest = process.extractOne(str(error["loc"][-1]), _known_keys(error["loc"][:-1], model))
        hint = f"; did you mean {nearest[0]}?" if nearest else ""
        return f"{path.name}: unknown key {where}{hint}"
    if error["type"] == "missing":
        return f"{path.name}: required key {where} is missing (required: {REQUIRED_KEYS})"
    return f"{path.name}: {where}: {error['msg']} (found: {error['input']!r})"


def _known_keys(section: tuple[int | str, ...], model: type[BaseModel]) -> list[str]:
    for part in section:
        annotation = model.model_fields[str(part)].annotation
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return []
        model = annotation
    return [name for name in model.model_fields if name not in ("source", "profiles")]
