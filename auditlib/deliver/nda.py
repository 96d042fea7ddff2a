"""The non-disclosure agreement, drafted as a document its parties can edit."""

import io
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from docxtpl import DocxTemplate

from auditlib.deliver.sealing import seal
from auditlib.formats import Formats
from auditlib.texts import N_, translator

if TYPE_CHECKING:
    from auditlib.parameters import Parameters

__all__ = ["blanks", "write_nda"]

BLANK = "……………………"
ALONE, RETENTION, SEAT = "l’Auditeur lui-même", "trois mois", "celui du siège du Client"
"""What the draft proposes; the parties change it in the parameters or in the document."""
NEEDED = {
    "client_details": N_("forme, siège et numéro de la société auditée (rubrique « creditor »)"),
    "signatory": N_("représentant de la société auditée (rubrique « nda », ou « creditor »)"),
    "auditor": N_("nom du cabinet (rubrique « practice »)"),
    "auditor_details": N_("adresse du cabinet (rubrique « practice »)"),
    "prepared_by": N_("représentant du cabinet (rubrique « practice », ou « prepared_by »)"),
    "city": N_("lieu de signature (rubrique « nda »)"),
    "signed_on": N_("date de signature"),
}
"""What both parties must know before they sign, and where it is written."""


def write_nda(parameters: "Parameters", path: Path) -> Path:
    """Draft the mutual agreement from the engagement's parameters.

    The agreement is under French law and is drafted in French whatever the report's language; what is not
    known is left as dots to fill in (`blanks`). The audit it covers is free and without commitment.

    Parameters
    ----------
    parameters : Parameters
        Sections ``nda``, ``creditor`` (the audited company) and ``practice`` (the auditor's firm).
    path : Path
        The ``.docx`` file to write.

    References
    ----------
    DOMAIN.md B2; trade secrets: L. 151-1 of the commercial code; duty of discretion: 1112-2 of the civil code; personal
    data: article 28 of the GDPR.
    """
    template = resources.files("auditlib.deliver") / "templates" / "accord_confidentialite.docx"
    document = DocxTemplate(io.BytesIO(template.read_bytes()))
    document.render({name: value or BLANK for name, value in _values(parameters).items()}, autoescape=True)
    content = io.BytesIO()
    document.save(content)
    path.write_bytes(seal(content.getvalue(), day=parameters.as_of_date))
    return path


def blanks(parameters: "Parameters", *, language: str = "fr") -> tuple[str, ...]:
    """List what the draft leaves as dots, each with the place to write it."""
    _ = translator(language).gettext
    known = _values(parameters)
    return tuple(_(sentence) for name, sentence in NEEDED.items() if not known[name])


def _values(parameters: "Parameters") -> dict[str, str]:
    """Return what the draft prints, "" where it is not known."""
    formats, terms = Formats(language="fr"), parameters.nda
    client, practice = parameters.creditor, parameters.practice
    signed_on = terms.signed_on
    return {
        "client": client.name or parameters.title,
        "client_details": _company(parameters),
        "signatory": terms.signatory or _person(client.signatory, client.signatory_title),
        "auditor": practice.name,
        "auditor_details": f"situé {_one_line(practice.address)}" if practice.address else "",
        "prepared_by": _person(practice.signatory, practice.signatory_title) or parameters.prepared_by,
        "as_of_date": formats.date(parameters.as_of_date),
        "signed_on": formats.date(signed_on) if signed_on else "",
        "persons": terms.persons or ALONE,
        "years": str(terms.years),
        "retention": terms.retention or RETENTION,
        "breach_hours": str(terms.breach_hours),
        "court": terms.court or SEAT,
        "city": terms.city,
    }


def _company(parameters: "Parameters") -> str:
    """Identify the audited company as a contract does: form, capital, seat, register; "" where its seat is unknown."""
    client = parameters.creditor
    if not client.address:
        return ""
    parts = [client.legal_form, f"au capital de {client.capital}" if client.capital else "",
             f"dont le siège est {_one_line(client.address)}",
             f"immatriculée sous le numéro {client.siren}" + (f" RCS {client.rcs}" if client.rcs else "")
             if client.siren else ""]
    return ", ".join(part for part in parts if part)


def _person(name: str, title: str) -> str:
    return f"{name}, {title}" if name and title else name


def _one_line(text: str) -> str:
    return ", ".join(line.strip(" ,") for line in text.splitlines() if line.strip())
