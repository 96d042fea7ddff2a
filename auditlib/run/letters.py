"""Writes the letters of a run and their register: those its action plan asks for, or those the auditor names."""

import csv
import io
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pandas as pd

from auditlib.action_plan import action_plan
from auditlib.deliver.letter_context import blanks
from auditlib.deliver.letter_words import LETTER_NAMES
from auditlib.errors import BadInputError
from auditlib.formats import typographic
from auditlib.letter_cases import LetterCase, LetterCases
from auditlib.run import places, stored
from auditlib.run.engagement import Engagement, open_engagement
from auditlib.scenario_calendar import Template
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults
    from auditlib.deliver.letters import LetterWriter
    from auditlib.parameters import Parameters
    from auditlib.present.letters_form import LettersForm
    from auditlib.present.markup import Html

__all__ = ["FOLDER", "REGISTER", "LetterReport", "letters_form", "planned_letters", "write_client_letters",
           "write_planned_letters"]

FOLDER, REGISTER, TEMPLATES = "letters", "registre_des_lettres.csv", "templates"
HEADER = ("Code client", "Client", "Lettre", "Principal réclamé TTC", "Intérêts", "Indemnité", "Fichier",
          "Brouillon d’e-mail", "Refus", "À compléter", "Observations")
WRITTEN = N_("Lettres écrites : {written} ; refusées : {refused}. Les motifs sont dans {register}.")
TOO_MANY = ("non écrite : un passage écrit {most} lettres au plus (letters.most), les plus urgentes d’abord ; la "
            "commande auditlib letters les écrit toutes")
CHARGED = ("formal_notice", "declaration_of_claim")
"""Letters that claim interest and the indemnity; the others at most mention them."""
FORMULA = ("=", "+", "-", "@", "\t")
Chosen = tuple[str, Template]


@dataclass(frozen=True)
class LetterReport:
    """Where letters are, how many were written and how many refused."""

    folder: Path
    written: int
    refused: int


def planned_letters(results: "AuditResults", parameters: "Parameters", cases: LetterCases) -> list[Chosen]:
    """Return the letters that the action plan asks for, most urgent first, then the declarations of claims."""
    plan = action_plan(results, rules=parameters.collection)
    asked = plan[plan["template"].astype("str") != ""] if len(plan) else plan
    debtors = cases.debtors
    failed = debtors[(debtors["kind"] == "insolvent") & (debtors["gross_cents"] > 0)]
    return [*zip(asked["customer_id"].astype("str"), asked["template"], strict=True),
            *((str(customer), "declaration_of_claim") for customer in failed.index)]


def write_planned_letters(run_dir: Path, results: "AuditResults", parameters: "Parameters", *,
                          insolvencies: pd.DataFrame) -> LetterReport:
    """Write the letters of a run under way into its folder; those of the run before are of other figures."""
    shutil.rmtree(run_dir / FOLDER, ignore_errors=True)
    cases = LetterCases(results, parameters, insolvencies)
    return _write(cases, planned_letters(results, parameters, cases), run_dir / FOLDER, most=parameters.letters.most)


def write_client_letters(client: str | Path | Engagement, *, customers: Sequence[str] = (), template: str = "",
                         as_of_date: str = "", outputs: Path | None = None) -> LetterReport:
    """Write letters into a client's last finished run, whole or not at all.

    Without customers they take the place of those that are there; else the letters of others stay.

    Parameters
    ----------
    client : str, Path or Engagement
    customers : sequence of str
        Codes of debtors; none: all whom the action plan writes to.
    template : str
        Code of a letter for each of them; "": the one his next step asks for.
    as_of_date : str
        Of the run; "": as the parameters file says.
    outputs : Path, optional
        The project's ``outputs/`` when absent.

    Raises
    ------
    BadInputError
        If there is no finished run, no such customer or letter, or a template cannot be used.
    """
    audit = client if isinstance(client, Engagement) else open_engagement(client, as_of_date=as_of_date)
    run_dir = (audit.run_dir or (outputs or audit.home / "outputs") / audit.parameters.client
               / audit.as_of_date.isoformat())
    if not places.is_finished(run_dir):
        raise BadInputError(f"{audit.parameters.client}: no finished run at {audit.as_of_date}; "
                            f"run it first: auditlib run {audit.parameters.client}")
    audit.parameters.require_signed()
    results = stored.read_results(run_dir)
    cases = LetterCases(results, audit.parameters, stored.read_intake(run_dir).insolvencies)
    chosen = _chosen(cases, customers, template)
    folder = run_dir / FOLDER
    temporary = Path(tempfile.mkdtemp(prefix=f".{FOLDER}-", dir=run_dir))
    try:
        report = _write(cases, chosen, temporary / FOLDER, most=None, beside=folder if customers else None)
        _replace(folder, temporary)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return LetterReport(folder, report.written, report.refused)


def letters_form(audit: Engagement) -> "LettersForm | Html":
    """Return the form that writes letters into the run shown; in a run under way, where the letters are."""
    from auditlib.present.letters_form import LettersForm, kept_letters

    formats = audit.formats
    kept = kept_letters(FOLDER, REGISTER, formats)
    if not audit.is_live:
        return kept

    def write(customers: tuple[str, ...], template: str) -> str:
        report = write_client_letters(audit, customers=customers, template=template)
        said = formats.gettext(WRITTEN).format(
            written=formats.count(report.written), refused=formats.count(report.refused), register=REGISTER)
        return typographic(said) if audit.language == "fr" else said

    customers = audit.results().customers
    owing = customers[customers["gross_cents"] > 0].sort_values(["name", "customer_id"], kind="stable")
    debtors = [(code, f"{name} ({code})") for code, name in zip(owing["customer_id"].astype("str"), owing["name"],
                                                                strict=True)]
    return LettersForm(write, debtors=debtors, letters=LETTER_NAMES, kept=kept, formats=formats)


def _replace(folder: Path, temporary: Path) -> None:
    """Put the new letters in the place of the old ones, which come back if that fails."""
    old = temporary / "old"
    if folder.exists():
        folder.rename(old)
    try:
        (temporary / FOLDER).rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise


def _chosen(cases: LetterCases, customers: Sequence[str], template: str) -> list[Chosen]:
    known = [one for one in get_args(Template) if one]
    if template and template not in known:
        raise BadInputError(f"letter {template}: no such template; expected one of {', '.join(known)}")
    missing = [one for one in customers if one not in cases.debtors.index]
    if missing:
        raise BadInputError(f"customer {', '.join(missing)}: no such code in this audit; "
                            "codes are in the follow-up workbook and in audit.xlsx")
    planned = planned_letters(cases.results, cases.parameters, cases)
    asked: dict[str, Template] = dict(reversed(planned))
    whom = list(customers) or list(dict.fromkeys(customer for customer, _template in planned))
    named: Template = next((one for one in get_args(Template) if one == template), "")
    unplanned = [one for one in whom if not named and one not in asked]
    if unplanned:
        raise BadInputError(f"customer {', '.join(unplanned)}: the next step asks for no letter; name one with "
                            f"--template ({', '.join(known)})")
    return [(customer, named or asked[customer]) for customer in whom]


def _write(cases: LetterCases, chosen: Sequence[Chosen], folder: Path, *, most: int | None,
           beside: Path | None = None) -> LetterReport:
    """Write the letters and the register that tells of each, with those that are to stay beside them."""
    from auditlib.deliver.letters import LetterWriter  # its libraries take a while, which a notebook need not wait for

    folder.mkdir(parents=True)
    writer = LetterWriter(cases.parameters.source.parent / TEMPLATES, cases.parameters.source.parent)
    rows, written, refused = [], 0, 0
    for customer, template in chosen:
        case = cases.case(customer, template)
        if case.refusal:
            refused += 1
            rows.append(_row(case, refusal=case.refusal))
        elif most is not None and written >= most:
            rows.append(_row(case, refusal=TOO_MANY.format(most=most)))
        else:
            written += 1
            rows.append(_written(cases, case, writer, folder))
    kept = [] if beside is None else _kept(beside, folder, {(row[0], row[2]) for row in rows})
    (folder / REGISTER).write_bytes(_register([*kept, *rows]))
    return LetterReport(folder, written, refused)


def _kept(previous: Path, folder: Path, replaced: set[tuple[str, str]]) -> list[list[str]]:
    """Copy the letters that are not replaced, and return their rows of the register."""
    register = previous / REGISTER
    if not register.is_file():
        return []
    text = register.read_text(encoding="utf-8-sig")
    again = {(_harmless(customer), letter) for customer, letter in replaced}
    kept = [row for row in list(csv.reader(io.StringIO(text), delimiter=";"))[1:] if (row[0], row[2]) not in again]
    for name in (name for row in kept for name in row[6:8] if name and (previous / name).is_file()):
        shutil.copy(previous / name, folder / name)
    return kept


def _written(cases: LetterCases, case: LetterCase, writer: "LetterWriter", folder: Path) -> list[str]:
    content, mail, values = writer.letter(cases, case)
    name = f"{_plain(case.customer_id)}_{_plain(LETTER_NAMES[case.template])}"
    while (folder / f"{name}.docx").exists():  # two codes that differ by a sign alone
        name += "-2"
    (folder / f"{name}.docx").write_bytes(content)
    if mail is not None:
        (folder / f"{name}.eml").write_bytes(bytes(mail))
    return _row(case, file=f"{name}.docx", mail=f"{name}.eml" if mail is not None else "",
                blank=", ".join(blanks(values, template=case.template)))


def _row(case: LetterCase, *, refusal: str = "", file: str = "", mail: str = "",
         blank: str = "") -> list[str]:
    charges = case.charges
    beside = (charges.interest_cents, charges.indemnity_cents) if case.template in CHARGED else (None, None)
    amounts = (None, None, None) if refusal else (case.principal_cents, *beside)
    return [case.customer_id, case.name, LETTER_NAMES[case.template], *(_amount(cents) for cents in amounts), file,
            mail, refusal, blank, " ; ".join(case.notes)]


def _amount(cents: int | None) -> str:
    """Write an amount as a French spreadsheet reads it."""
    return "" if cents is None else f"{cents // 100},{cents % 100:02d}"


def _register(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _plain(text: str) -> str:
    """Make a file's name of a text: letters without accents, digits, hyphens."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", bare).strip("-")
