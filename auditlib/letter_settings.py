"""Sections ``creditor``, ``practice`` and ``letters`` of the parameters file: who writes, in whose name."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from auditlib.scenario_calendar import Template
from auditlib.settings import Section

__all__ = ["Creditor", "LetterRules", "Practice"]


class Party(Section):
    """Who signs a letter, as his letterhead prints him; what is left out is left as dots in the letters."""

    name: str = Field(default="", description="legal name; empty: that of the engagement")
    address: str = Field(default="", description="registered office; a new line where the letterhead has one")
    phone: str = ""
    email: str = ""
    logo: str = Field(default="", description="PNG or JPEG, by a path from the parameters file")
    signature: str = Field(default="", description="image of the signature, by a path from the parameters file")
    signatory: str = Field(default="", description="who signs")
    signatory_title: str = ""


class Creditor(Party):
    """``creditor``: the client's own legal identity, whose letters these are."""

    legal_form: str = Field(default="", description="such as SAS")
    capital: str = Field(default="", description="as the letterhead prints it, such as 50 000 €")
    siren: str = ""
    rcs: str = Field(default="", description="town of the trade register, such as Nantes")
    vat_number: str = ""
    iban: str = ""
    bic: str = ""
    city: str = Field(default="", description="where letters are written")
    terms: str = Field(
        default="", description="what the claims rest on, such as: nos conditions générales de vente du 01/01/2024")
    retention_clause: str = Field(
        default="", description="clause of retention of title agreed before delivery; empty: nothing is claimed back")


class Practice(Party):
    """``practice``: the auditor's firm; a file ``practice.yaml`` beside the parameters gives it for every client."""

    mandate_signed_on: dt.date | None = Field(default=None, description="written agreement with the client (R. 124-3)")
    insurance: str = Field(default="", description="professional liability insurance: insurer and contract (R. 124-1)")
    dedicated_account: str = Field(default="", description="account kept for creditors' money alone (R. 124-1)")
    declared_to_prosecutor_on: dt.date | None = Field(default=None, description="written declaration (R. 124-2)")


class LetterRules(Section):
    """``letters``: who sends them, on which day, how many a run writes."""

    sender: Literal["client", "practice"] = "client"
    dated_on: dt.date | None = Field(default=None, description="day of the letters; absent: the as-of date")
    most: int = Field(default=30, ge=0, description="letters a run writes by itself, the most urgent first; 0: none")
    plan_first_days: int = Field(default=8, ge=0, le=30, description="from a plan's letter to its first payment [days]")
    jurisdiction: str = Field(default="", description="court that a formal notice names; empty: the competent one")
    left_out: tuple[Annotated[Template, Field(min_length=1)], ...] = Field(
        default=(), description="letters this client does not want written")
