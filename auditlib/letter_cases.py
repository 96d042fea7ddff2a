"""One letter to one debtor: what it claims, item by item, or in words why it must not be sent."""

import datetime as dt
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.claimable import as_of, claimable, item_parts
from auditlib.debtor_facts import debtor_facts
from auditlib.debtor_kinds import audited_kinds
from auditlib.formats import Formats
from auditlib.letter_charges import Charges, charges_of
from auditlib.letter_contacts import letter_contacts
from auditlib.letter_refusals import INSOLVENCY_LETTERS, refusal_of, term_of
from auditlib.letter_settings import LetterRules, Practice
from auditlib.scenario_calendar import Template

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults
    from auditlib.parameters import Parameters

__all__ = ["LetterCase", "LetterCases", "letter_for"]

ITEM_COLUMNS = ["item_id", "origin_id", "document_ref", "document_date", "due_date", "days_overdue", "amount_cents",
                "residual_cents", "disputed_cents", "kind"]
INTEREST_COLUMNS = ["item_id", "basis", "regime", "half_year", "rate", "rate_half_year", "from_date", "to_date",
                    "interest_cents", "indemnity_cents"]
NO_INTEREST = pd.DataFrame(columns=INTEREST_COLUMNS)
LAPSED = "prescrit, à vérifier avant d’écrire : {amount}"


@dataclass(frozen=True)
class LetterCase:
    """What one letter is about.

    Attributes
    ----------
    customer_id, name, kind : str
        ``kind`` of `auditlib.scenario_calendar.KINDS`.
    template : str
        Code of the letter; a consumer's formal notice has its own.
    refusal : str
        Why it must not be sent, in French; "" where it may.
    items : DataFrame
        Invoices claimed, oldest due first: `ITEM_COLUMNS` and ``claim_cents`` [cents, VAT included].
    credits_cents : int
        Receipts and credit notes not allocated, deducted from the items. [cents, nil or negative]
    principal_cents : int
        Sum of the items and the credits. [cents, VAT included]
    charges : Charges
        Late interest and indemnity.
    procedure : str
        The debtor's insolvency proceeding, "" for none known; ``judged_on``, ``published_on`` and ``declared_on``
        (the claim) are its days, None where not known.
    act_by : date or None
        Last day of the term that this letter must keep.
    notes : tuple of str
        What the register says of a letter that goes, in French.
    """

    customer_id: str
    name: str
    kind: str
    template: Template
    refusal: str = ""
    items: pd.DataFrame = field(default_factory=pd.DataFrame)
    credits_cents: int = 0
    principal_cents: int = 0
    charges: Charges = field(default_factory=Charges)
    procedure: str = ""
    judged_on: dt.date | None = None
    published_on: dt.date | None = None
    declared_on: dt.date | None = None
    act_by: dt.date | None = None
    notes: tuple[str, ...] = ()


def letter_for(template: Template, kind: str) -> Template:
    """Return the letter this kind of debtor gets: a consumer's formal notice is another than a business's."""
    if template in ("formal_notice", "formal_notice_consumer"):
        return "formal_notice_consumer" if kind == "consumer" else "formal_notice"
    return template


@dataclass(frozen=True)
class LetterCases:
    """Makes the cases of one audit; what they share is worked out once.

    Attributes
    ----------
    results : AuditResults
    parameters : Parameters
    insolvencies : DataFrame, schema INSOLVENCIES
        Proceedings that the documents tell of.
    """

    results: "AuditResults"
    parameters: "Parameters"
    insolvencies: pd.DataFrame

    @property
    def rules(self) -> LetterRules:
        """Parameters ``letters``."""
        return self.parameters.letters

    @property
    def practice(self) -> Practice:
        """Parameters ``practice``."""
        return self.parameters.practice

    @property
    def as_of(self) -> dt.date:
        """The day amounts are stopped at."""
        return as_of(self.results)

    @property
    def day(self) -> dt.date:
        """The day of the letters."""
        return self.rules.dated_on or self.as_of

    @cached_property
    def formats(self) -> Formats:
        """How figures are written in letters, which are French."""
        return Formats(language="fr", currency=str(self.results.summary.get("currency") or ""))

    @cached_property
    def debtors(self) -> pd.DataFrame:
        """The customers, by their code, with their kind and what may be claimed of them."""
        customers = self.results.customers
        whole = pd.concat([customers, audited_kinds(self.results)["kind"], claimable(self.results)], axis=1)
        return whole.set_index(customers["customer_id"].astype("str").rename(None))

    @cached_property
    def open_debits(self) -> dict[str, pd.DataFrame]:
        """Open items by customer, with what is free to claim of each."""
        items = self.results.open_items
        free = item_parts(self.results)["free_cents"]
        shown = items[ITEM_COLUMNS].assign(claim_cents=free.reindex(items.index).fillna(0).astype("int64"))
        ordered = shown.sort_values(["due_date", "document_date", "item_id"], kind="stable")
        return {str(customer): rows for customer, rows in ordered.groupby(
            items["customer_id"].astype("str").loc[ordered.index], sort=False)}

    @cached_property
    def interest(self) -> dict[str, pd.DataFrame] | None:
        """Late interest by customer; None where the documents do not allow it."""
        table = self.results.late_interest
        if "interest_cents" not in table:
            return None
        return {str(customer): rows for customer, rows in table[INTEREST_COLUMNS].groupby(
            table["customer_id"].astype("str"), sort=False)}

    @cached_property
    def lapsed(self) -> dict[int, int]:
        """What of each open item can no longer be sued for [cents]."""
        table = self.results.prescription
        if "class" not in table:
            return {}
        gone = table[(table["class"] == "lapsed").to_numpy()]
        return dict(zip(gone["item_id"], gone["net_overdue_cents"], strict=True))

    @cached_property
    def facts(self) -> pd.DataFrame:
        """`auditlib.debtor_facts.debtor_facts` of every customer, by his code."""
        plan = self.debtors.reset_index(drop=True)[["customer_id", "claim_cents", "oldest_days"]]
        return debtor_facts(self.results, plan).set_axis(self.debtors.index)

    @cached_property
    def barred(self) -> frozenset[str]:
        """Customers whom nobody may write to: the mark is on the whole of them, not on one person."""
        contacts = self.results.contacts
        whole = contacts["do_not_contact"] & (contacts["name"].astype("str") == "")
        return frozenset(contacts.loc[whole, "customer_id"].astype("str"))

    @cached_property
    def contacts(self) -> dict[str, dict[str, str]]:
        """By customer, whom letters go to: ``name`` and ``email`` of who pays invoices there, and ``address``."""
        return letter_contacts(self.results.contacts)

    def case(self, customer_id: str, template: Template) -> LetterCase:
        """Return the case of one letter.

        Parameters
        ----------
        customer_id : str
            Of ``results.customers``.
        template : str
            Code of a letter, not "".

        Raises
        ------
        KeyError
            If there is no such customer.
        """
        debtor: pd.Series = self.debtors.loc[customer_id]  # type: ignore[assignment]  # one row a customer
        kind = str(debtor["kind"])
        base = self._with_proceeding(LetterCase(customer_id, str(debtor["name"]), kind, letter_for(template, kind)))
        made = self._claimed(base, debtor)
        made = replace(made, act_by=term_of(self, made))
        refusal = refusal_of(self, made, debtor)
        return replace(base, refusal=refusal) if refusal else made

    def _claimed(self, base: LetterCase, debtor: pd.Series) -> LetterCase:
        """Fill in items and amounts: the claim, what is disputed, or all that is owed at a judgment."""
        items = self.open_debits.get(base.customer_id, pd.DataFrame(columns=[*ITEM_COLUMNS, "claim_cents"]))
        if base.template in INSOLVENCY_LETTERS:
            return self._declared(base, items, debtor)
        if base.template == "dispute_acknowledgement":
            disputed = items[items["disputed_cents"] > 0]
            return replace(base, items=disputed.assign(claim_cents=0))
        claimed = items[items["claim_cents"] > 0]
        claim_cents, total = int(debtor["claim_cents"]), int(claimed["claim_cents"].sum())
        charges = self._charges(claimed, debtor)
        return replace(base, items=claimed, principal_cents=claim_cents, credits_cents=claim_cents - total,
                     charges=charges, notes=(*charges.notes, *self._lapsed(claimed)))

    def _lapsed(self, claimed: pd.DataFrame) -> tuple[str, ...]:
        """Warn of what a judge would no longer grant."""
        cents = sum(self.lapsed.get(item, 0) for item in claimed["item_id"])
        return (LAPSED.format(amount=self.formats.cents(cents)),) if cents else ()

    def _declared(self, base: LetterCase, items: pd.DataFrame, debtor: pd.Series) -> LetterCase:
        """Take every claim born before the judgment, due or not, disputed or not, less what is to be set off."""
        before = items if base.judged_on is None else items[
            items["document_date"] < pd.Timestamp(base.judged_on)]
        debits = before[before["residual_cents"] > 0]
        debits = debits.assign(claim_cents=debits["residual_cents"])
        loose = int(before.loc[before["residual_cents"] < 0, "residual_cents"].sum())
        principal = max(int(debits["claim_cents"].sum()) + loose, 0)
        charges = self._charges(debits, debtor)
        return replace(base, items=debits, principal_cents=principal, charges=charges, notes=charges.notes,
                     credits_cents=principal - int(debits["claim_cents"].sum()))

    def _charges(self, claimed: pd.DataFrame, debtor: pd.Series) -> Charges:
        is_known = bool(debtor["customer_type"]) or self.parameters.legal.unknown_debtors == "business"
        late = None if self.interest is None else self.interest.get(str(debtor["customer_id"]), NO_INTEREST)
        return charges_of(late, claimed, kind=debtor["kind"], is_type_known=is_known)

    def _with_proceeding(self, base: LetterCase) -> LetterCase:
        """Add the latest proceeding known of a debtor."""
        known = self.insolvencies
        mine = known[(known["customer_id"] == base.customer_id).to_numpy()]
        if mine.empty:
            return base
        last = mine.sort_values("judgment_date", kind="stable").iloc[-1]
        return replace(
            base, procedure=str(last["procedure"]), judged_on=_day(last["judgment_date"]),
            published_on=_day(last["publication_date"]), declared_on=_day(last["claim_declared_on"]))


def _day(moment: object) -> dt.date | None:
    return None if pd.isna(moment) else pd.Timestamp(moment).date()  # type: ignore[arg-type, call-overload]
