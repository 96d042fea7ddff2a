"""The non-disclosure agreement, drafted as a document its parties can edit."""

import io
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from docxtpl import DocxTemplate

from auditlib.deliver.sealing import seal
from auditlib.formats import Formats
from auditlib.non_disclosure import Party, missing_details
from auditlib.texts import translator

if TYPE_CHECKING:
    from auditlib.letter_settings import Creditor, Practice
    from auditlib.parameters import Parameters

__all__ = ["parties", "to_complete", "write_nda"]

BLANK = "……………………"
COURT_OF_CLIENT = "du tribunal compétent du siège du Client"


def parties(parameters: "Parameters") -> tuple[Party, Party]:
    """Return the client and the auditor, as far as the parameters know them: who signed stands for who is to sign.

    What ``nda`` leaves out of them is taken from their letterheads (``creditor``, ``practice``).
    """
    nda, creditor, practice = parameters.nda, parameters.creditor, parameters.practice
    register = f"{creditor.siren} RCS {creditor.rcs}" if creditor.siren and creditor.rcs else creditor.siren
    capital = f" au capital de {creditor.capital}" if creditor.capital else ""
    return (
        _completed(
            nda.client, represented_by=nda.signatory or nda.client.represented_by or _person(creditor),
            name=creditor.name or parameters.client_name, legal_form=f"{creditor.legal_form}{capital}".strip(),
            address=_one_line(creditor.address), registration=register, email=creditor.email),
        _completed(
            nda.auditor, represented_by=nda.auditor.represented_by or _person(practice) or parameters.prepared_by,
            name=practice.name or parameters.prepared_by, address=_one_line(practice.address), email=practice.email))


def _completed(party: Party, *, represented_by: str, **known: str) -> Party:
    """Return a party with what is known of it elsewhere where it says nothing itself."""
    return party.model_copy(update={
        "represented_by": represented_by,
        **{name: getattr(party, name) or value for name, value in known.items()}})


def _person(who: "Creditor | Practice") -> str:
    return f"{who.signatory}, {who.signatory_title}" if who.signatory and who.signatory_title else who.signatory


def _one_line(text: str) -> str:
    return ", ".join(line.strip(" ,") for line in text.splitlines() if line.strip())


def to_complete(parameters: "Parameters", *, language: str = "fr") -> str:
    """Return the sentence that lists what is left as dots in the draft; empty where nothing is."""
    _ = translator(language).gettext
    between = " ; " if language == "fr" else "; "
    listed = between.join(f"{_(party)} ({', '.join(map(_, details))})"
                          for party, details in missing_details(*parties(parameters)))
    return _("À compléter avant signature : {missing}.").format(missing=listed) if listed else ""


def write_nda(parameters: "Parameters", path: Path) -> Path:
    """Draft the mutual agreement from the engagement's parameters.

    The agreement is under French law and is drafted in French whatever the report's language; what is not
    known is left as dots to fill in, and `to_complete` lists it. The audit it covers is free and without commitment.

    Parameters
    ----------
    parameters : Parameters
        Its section ``nda`` gives the parties and the terms.
    path : Path
        The ``.docx`` file to write.
    """
    template = resources.files("auditlib.deliver") / "templates" / "accord_confidentialite.docx"
    document = DocxTemplate(io.BytesIO(template.read_bytes()))
    document.render(_known(parameters), autoescape=True)
    content = io.BytesIO()
    document.save(content)
    path.write_bytes(seal(content.getvalue(), day=parameters.as_of_date))
    return path


def _known(parameters: "Parameters") -> dict[str, object]:
    """Return what the template names, as the agreement prints it."""
    formats, nda = Formats(language="fr"), parameters.nda
    client, auditor = parties(parameters)
    return {
        "client": _printed(client), "auditor": _printed(auditor), "blank": BLANK,
        "as_of_date": formats.date(parameters.as_of_date), "place": nda.place,
        "signed_on": formats.date(nda.signed_on) if nda.signed_on else BLANK,
        "persons": " ; ".join(nda.persons) or "le signataire de l’accord pour l’Auditeur",
        "subcontractors": " ; ".join(nda.subcontractors), "pseudonymised": nda.pseudonymised,
        "years": _counted(nda.years, "an"), "retention": f"{nda.retention_months}\N{NO-BREAK SPACE}mois",
        "return_days": _counted(nda.return_days, "jour"), "breach_hours": _counted(nda.breach_hours, "heure"),
        "penalty": formats.round_amount(nda.penalty) if nda.penalty else "",
        "liability_cap": formats.round_amount(nda.liability_cap) if nda.liability_cap else "",
        "court": f"de la compétence exclusive de la juridiction suivante\N{NO-BREAK SPACE}: {nda.court}"
                 if nda.court else COURT_OF_CLIENT,
    }


def _printed(party: Party) -> dict[str, str]:
    """Return what is known of a party, and dots for the rest."""
    known = {**party.model_dump(), "signatory": party.signatory, "capacity": party.capacity}
    return {name: str(value).strip() or BLANK for name, value in known.items()}


def _counted(count: int, unit: str) -> str:
    return f"{count}\N{NO-BREAK SPACE}{unit}{'s' if count > 1 else ''}"
