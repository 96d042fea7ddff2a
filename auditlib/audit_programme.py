"""The work programme of the audit tests: what each is run on, and with which thresholds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from auditlib import commitments, concentration, reminders
from auditlib.controls import (
    cut_off,
    debtors,
    duplicates,
    loose_credits,
    odd_dates,
    placing,
    recovery,
    round_sums,
    terms,
    valuation,
)
from auditlib.controls.entries import in_period
from auditlib.controls.found import Found, not_tested
from auditlib.evidence import Evidence
from auditlib.ledger_findings import broken_groups
from auditlib.settings import TestRules
from auditlib.statuses import insolvent_customers
from auditlib.texts import N_

__all__ = ["RUNS", "run_tests"]

NO_LOG = N_("Non testé : aucun journal de relance n’a été fourni.")
NOT_CONVERTED = N_("Non testé : les écritures postérieures à la date d’arrêté ne sont pas converties.")
ACCOUNT_SOURCES = ("trial_balance", "general_ledger", "fec")


def run_tests(evidence: Evidence, *, customers: pd.DataFrame, known: Mapping[str, pd.DataFrame]) -> dict[str, Found]:
    """Run every audit test, in the order of the work programme.

    Parameters
    ----------
    evidence : Evidence
    customers : DataFrame
        `auditlib.customer_table.customer_table`.
    known : mapping of str to DataFrame
        Tables of the chapters before.

    Returns
    -------
    dict of str to Found
        By code.
    """
    programme = _Programme(evidence, customers, known)
    return {code: run(programme) for code, run in RUNS.items()}


@dataclass(frozen=True)
class _Programme:
    """The tests of one audit, each by its code."""

    evidence: Evidence
    customers: pd.DataFrame
    known: Mapping[str, pd.DataFrame]

    @property
    def rules(self) -> TestRules:
        return self.evidence.parameters.tests

    @cached_property
    def entries(self) -> pd.DataFrame:
        return in_period(
            self.evidence.ledger.items, as_of_date=self.evidence.as_of_date, months=self.rules.period_months)

    @cached_property
    def has_posting_dates(self) -> bool:
        """Whether items say when they were posted, not only what date they bear."""
        items = self.evidence.ledger.items
        return self.evidence.intake.basis == "ledger" or bool((items["posting_date"] != items["document_date"]).any())

    @cached_property
    def other_accounts(self) -> pd.DataFrame:
        """Balances of accounts outside the perimeter, the most complete table first [cents, > 0 is a debit]."""
        accounts = self.evidence.intake.accounts
        if len(accounts):
            return pd.DataFrame({"account": accounts["account"], "customer_id": accounts["customer_id"],
                                 "amount_cents": accounts["debit_cents"] - accounts["credit_cents"]})
        return self.evidence.intake.outside.assign(customer_id="")

    @cached_property
    def knows_accounts(self) -> bool:
        """Whether a document gives accounts beyond the customers'."""
        given = any(source.kind in ACCOUNT_SOURCES for source in self.evidence.intake.second_sources)
        return bool(len(self.other_accounts)) or given

    @cached_property
    def depreciation(self) -> int | None:
        """Balance of account 491, positive; None where no document gives it [cents]."""
        if not self.knows_accounts:
            return None
        held = self.other_accounts["account"].str.startswith("491")
        return -int(self.other_accounts["amount_cents"][held].sum())

    @property
    def matrix(self) -> int | None:
        """Loss expected by the provision matrix and one by one, net of VAT; None where not computed [cents]."""
        table = self.known.get("provisions", pd.DataFrame())
        if "provision_cents" not in table or not table["provision_cents"].notna().any():
            return None
        return int(table["provision_cents"].sum())

    def credits(self) -> Found:
        return loose_credits.credit_balances(self.evidence.open_items)

    def receipts(self) -> Found:
        return loose_credits.unallocated_receipts(
            self.evidence.open_items, as_of_date=self.evidence.as_of_date, days=self.rules.unallocated_days,
            is_dated=self.evidence.intake.has_document_dates)

    def notes(self) -> Found:
        return loose_credits.old_credit_notes(
            self.evidence.open_items, as_of_date=self.evidence.as_of_date, days=self.rules.credit_note_days,
            is_dated=self.evidence.intake.has_document_dates)

    def duplicates(self) -> Found:
        ledger = self.evidence.ledger
        return duplicates.duplicate_invoices(
            ledger.items, credited=duplicates.credited_cents(ledger.items, ledger.allocations),
            days=self.rules.duplicate_days, subscription_months=self.rules.subscription_months)

    def rebilled(self) -> Found:
        return duplicates.rebilled_credit_notes(
            self.evidence.ledger.items, days=self.rules.rebilling_days,
            subscription_months=self.rules.subscription_months)

    def year(self) -> Found:
        return cut_off.fiscal_year_cut_off(
            self.entries, fiscal_year_end=self.evidence.parameters.method.fiscal_year_end,
            has_posting_dates=self.has_posting_dates)

    @property
    def movements(self) -> pd.DataFrame:
        """Every movement of the documents, or those of the ledger where amounts had to be converted."""
        return self.evidence.intake.movements if self.evidence.documents is None else self.evidence.ledger.items

    def after(self) -> Found:
        if self.evidence.documents is not None:
            return not_tested(NOT_CONVERTED, as_of_on=self.evidence.as_of_date.isoformat())
        return cut_off.dated_before_posted_after(
            self.movements, as_of_date=self.evidence.as_of_date,
            has_posting_dates=self.has_posting_dates)

    def late(self) -> Found:
        return cut_off.late_posting(
            self.entries, days=self.rules.late_posting_days, has_posting_dates=self.has_posting_dates)

    def reversed(self) -> Found:
        return cut_off.reversed_sales(
            self.movements, as_of_date=self.evidence.as_of_date, months=self.rules.period_months,
            fiscal_year_end=self.evidence.parameters.method.fiscal_year_end, closing_days=self.rules.closing_days,
            reversal_days=self.rules.reversal_days, quantile=self.rules.large_sale_quantile)

    def validation(self) -> Found:
        return odd_dates.late_validation(self.entries, days=self.rules.validation_days)

    def off(self) -> Found:
        return odd_dates.days_off(
            self.entries, batch_lines=self.rules.batch_lines, habit=self.rules.weekend_habit,
            has_posting_dates=self.has_posting_dates)

    def round(self) -> Found:
        return round_sums.round_sums(
            self.entries, round_cents=self.rules.round_amount * 100, factor=self.rules.round_factor)

    def digits(self) -> Found:
        return round_sums.benford(
            self.entries, minimum=self.rules.benford_items, deviation=self.rules.benford_deviation)

    def re_aged(self) -> Found:
        return terms.re_aged_invoices(
            self.evidence.ledger.items, extracts=self.evidence.intake.extracts, days=self.rules.due_shift_days)

    def related(self) -> Found:
        return debtors.related_parties(
            self.evidence.open_items, customers=self.customers, client_name=self.evidence.parameters.client_name,
            accounts=self.evidence.intake.accounts)

    def over_cap(self) -> Found:
        return recovery.over_cap(self.known.get("over_cap", pd.DataFrame()), items=self.evidence.ledger.items)

    def undated(self) -> Found:
        return terms.missing_due_dates(self.evidence.open_items)

    def at_issue(self) -> Found:
        return terms.due_at_issue(self.entries, share=self.rules.due_at_issue_share)

    def silent(self) -> Found:
        return recovery.silent_disputes(
            self.evidence.open_items, days=self.rules.silent_days, words=self.rules.dispute_words)

    def failing(self) -> Found:
        listed = insolvent_customers(
            self.evidence.intake.insolvencies, as_of_date=self.evidence.as_of_date, latest=True)
        return debtors.insolvent_debtors(self.evidence.open_items, customers=self.customers, listed=listed)

    def undeclared(self) -> Found:
        return debtors.claims_not_declared(
            self.evidence.open_items, insolvencies=self.evidence.intake.insolvencies,
            as_of_date=self.evidence.as_of_date, months=self.rules.declaration_months)

    def concentrated(self) -> Found:
        balances = concentration.exposures(self.customers)
        names = self.customers.set_index("customer_id")["name"]
        return debtors.receivable_concentration(
            balances, names=names, index=concentration.herfindahl(balances), top_one=self.rules.top_one_share,
            top_five=self.rules.top_five_share, herfindahl=self.rules.herfindahl)

    def shortfall(self) -> Found:
        return valuation.provision_shortfall(
            self.evidence.open_items, booked_cents=self.depreciation, days=self.rules.old_days,
            vat_share=self.evidence.vat_share[self.evidence.open_items["item_id"].to_numpy()],
            matrix_cents=self.matrix)

    def coverage(self) -> Found:
        return valuation.doubtful_coverage(
            self.evidence.open_items, accounts=self.evidence.intake.accounts, booked_cents=self.depreciation)

    def prescription(self) -> Found:
        return recovery.prescription_near(
            self.known.get("prescription", pd.DataFrame()), open_items=self.evidence.open_items,
            items=self.evidence.ledger.items, as_of_date=self.evidence.as_of_date, days=self.rules.prescription_days)

    def reminders(self) -> Found:
        """Without a log of actions it cannot be told who was reminded."""
        asked = reminders.demands(self.evidence.intake.actions, as_of_date=self.evidence.as_of_date)
        if asked.empty:
            return not_tested(NO_LOG, days=self.rules.reminder_days)
        items = self.evidence.open_items
        today = pd.Series(pd.Timestamp(self.evidence.as_of_date), index=items.index)
        return recovery.no_reminder(
            items, asked_on=reminders.last_demand(items, actions=asked, day=today), days=self.rules.reminder_days)

    def commitments(self) -> Found:
        held, day = self.evidence.intake.commitments, self.evidence.as_of_date
        return recovery.overdue_commitments(
            self.evidence.open_items, commitments=held, is_late=commitments.is_late(held, as_of_date=day),
            is_held=commitments.suspended_items(self.evidence.open_items, commitments=held, as_of_date=day))

    def residues(self) -> Found:
        return placing.partial_lettering(
            self.evidence.open_items, cents=self.rules.residue_cents, share=self.rules.residue_share)

    def signs(self) -> Found:
        return placing.wrong_signs(self.evidence.ledger.items)

    def suspense(self) -> Found:
        held = self.other_accounts
        is_known = bool(len(self.evidence.intake.accounts)) or bool(held["account"].str.startswith("467").any())
        return placing.suspense_accounts(held, is_known=is_known)

    def bills(self) -> Found:
        return placing.overdue_bills(self.evidence.open_items)

    def subsequent(self) -> Found:
        return recovery.unpaid_afterwards(
            self.known.get("subsequent", pd.DataFrame()), open_items=self.evidence.open_items,
            as_of_date=self.evidence.as_of_date, days=self.rules.subsequent_days,
            known_until=self.evidence.intake.movements["posting_date"].max().date())

    def identity(self) -> Found:
        return debtors.same_identity(self.customers)

    def returns(self) -> Found:
        return placing.returned_payments(
            self.evidence.ledger.items, as_of_date=self.evidence.as_of_date, months=self.rules.period_months,
            is_ledger=self.evidence.intake.basis == "ledger")

    def lettering(self) -> Found:
        is_ledger = self.evidence.intake.basis == "ledger"
        broken = broken_groups(self.evidence) if is_ledger else pd.DataFrame()
        return placing.broken_codes(self.movements, broken=broken, is_ledger=is_ledger)


RUNS: dict[str, Callable[[_Programme], Found]] = {
    "credit_balance_customers": _Programme.credits, "unallocated_receipts": _Programme.receipts,
    "old_credit_notes": _Programme.notes, "duplicate_invoices": _Programme.duplicates,
    "cut_off_year": _Programme.year, "cut_off": _Programme.after, "late_posting": _Programme.late,
    "reversed_sales": _Programme.reversed, "late_validation": _Programme.validation, "days_off": _Programme.off,
    "round_sums": _Programme.round, "benford": _Programme.digits, "re_aged_invoices": _Programme.re_aged,
    "rebilled_credit_notes": _Programme.rebilled, "related_parties": _Programme.related,
    "terms_over_cap": _Programme.over_cap, "missing_due_dates": _Programme.undated,
    "due_at_issue": _Programme.at_issue, "dispute_without_code": _Programme.silent,
    "insolvent_debtors": _Programme.failing, "claims_not_declared": _Programme.undeclared,
    "receivable_concentration": _Programme.concentrated, "provision_shortfall": _Programme.shortfall,
    "doubtful_coverage": _Programme.coverage, "prescription_near": _Programme.prescription,
    "no_reminder": _Programme.reminders, "overdue_commitments": _Programme.commitments,
    "partial_lettering": _Programme.residues, "wrong_signs": _Programme.signs,
    "suspense_accounts": _Programme.suspense, "overdue_bills": _Programme.bills,
    "subsequent_cash": _Programme.subsequent, "same_identity": _Programme.identity,
    "returned_payments": _Programme.returns, "broken_lettering": _Programme.lettering,
}
