"""``nda`` in the parameters file: the parties and terms of the non-disclosure agreement, and its signature."""

import datetime as dt
from typing import Annotated

from pydantic import BeforeValidator, Field

from auditlib.settings import Section
from auditlib.texts import N_

__all__ = ["NonDisclosure", "Party", "missing_details"]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_list)]

DETAILS = {
    "name": N_("dénomination sociale"),
    "legal_form": N_("forme juridique et capital"),
    "address": N_("siège social"),
    "registration": N_("immatriculation (RCS ou SIREN)"),
    "represented_by": N_("nom du signataire"),
    "capacity": N_("qualité du signataire"),
    "email": N_("adresse électronique pour les notifications"),
}


class Party(Section):
    """One of the two companies, as the agreement names it; what is empty is left as dots to fill in."""

    name: str = ""
    legal_form: str = Field(default="", description="such as: SAS au capital de 50 000 €")
    address: str = Field(default="", description="registered office")
    registration: str = Field(default="", description="such as: 512 345 678 RCS Lyon")
    represented_by: str = Field(default="", description="who signs and in what capacity, with a comma between")
    email: str = Field(default="", description="where notices are sent, those of a personal data breach too")

    @property
    def signatory(self) -> str:
        """Who signs, without the capacity."""
        return self.represented_by.partition(",")[0].strip()

    @property
    def capacity(self) -> str:
        """In what capacity he signs; empty where it is not known."""
        return self.represented_by.partition(",")[2].strip()

    def missing(self) -> list[str]:
        """Return in French what the agreement still has to say of this party."""
        known = {**self.model_dump(), "represented_by": self.signatory, "capacity": self.capacity}
        return [words for name, words in DETAILS.items() if not known[name].strip()]


class NonDisclosure(Section):
    """Terms of the agreement, who signed it and when; without a date and a signatory no client data is read.

    A signed file that was changed or moved afterwards does not close this gate: what was signed stays signed, and
    the fingerprint is there to say which file proves it. Notebook 01 says that the file is no longer that one.
    """

    signed_on: dt.date | None = None
    signatory: str = ""
    signed_file: str = Field(default="", description="the signed agreement, by a path from the parameters file")
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$", description="of the signed file, when recorded")
    allow_unsigned: bool = Field(default=False, description="for demos and tests")
    client: Party = Party()
    auditor: Party = Party()
    persons: Names = Field(default=(), description="who may see the files; empty: who signs for the auditor")
    subcontractors: Names = Field(default=(), description="authorised by the client; empty: none")
    pseudonymised: bool = Field(default=False, description="the client sends codes instead of customers' names")
    years: int = Field(default=5, ge=1, le=10, description="of confidentiality after the report")
    retention_months: int = Field(default=3, ge=1, le=24, description="files are kept after the report, at most")
    return_days: int = Field(default=15, ge=1, le=90, description="to return or destroy them once asked")
    breach_hours: int = Field(default=48, ge=1, le=72, description="to tell the client of a personal data breach")
    penalty: int | None = Field(default=None, ge=1, description="lump sum for each breach [euros]; empty: none")
    liability_cap: int | None = Field(default=None, ge=1, description="of damages [euros]; empty: none")
    court: str = Field(default="", description="such as: tribunal de commerce de Lyon; empty: of the client's seat")
    place: str = Field(default="", description="of signature")

    @property
    def is_signed(self) -> bool:
        """Whether a date and a signatory are recorded."""
        return bool(self.signed_on and self.signatory.strip())


def missing_details(client: Party, auditor: Party) -> list[tuple[str, list[str]]]:
    """Return by party, in French, what is left to fill in before the agreement is signed.

    Examples
    --------
    >>> missing_details(Party(name="Acme"), Party())[0][1][:2]
    ['forme juridique et capital', 'siège social']
    """
    parties = ((N_("le Client"), client), (N_("l’Auditeur"), auditor))
    return [(words, missing) for words, party in parties if (missing := party.missing())]
