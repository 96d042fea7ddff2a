"""The whole audit of one client's documents: every indicator, its tables, and `indicators.json`."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib import aged_balance_state, concentration, costs, currency_states, reasons, summary
from auditlib.adjusted_figures import with_adjustments
from auditlib.adjustments import adjust
from auditlib.aged_history import aged_history
from auditlib.ageing import bucket_table
from auditlib.assumed_terms import under_assumed_terms
from auditlib.audit_results import AuditResults, no_differences
from auditlib.chapter import Chapter
from auditlib.cohort_matrix import cohort_matrix
from auditlib.customer_table import customer_table
from auditlib.evidence import Evidence
from auditlib.flow_indicators import FLOW_UNITS
from auditlib.further import FURTHER_UNITS, further_chapters
from auditlib.history import History, no_history, replay_history
from auditlib.ledger import build_ledger
from auditlib.ledger_findings import Writer, ledger_findings
from auditlib.main_figures import STOCK_UNITS, main_indicators, unavailable
from auditlib.parameters import Parameters
from auditlib.reconciled import best_differences, pairs_of, reconciled, verdict_pair
from auditlib.reconciliation import Conservation, conservation, tie_out
from auditlib.results import Indicator
from auditlib.review_findings import review_findings
from auditlib.schemas import ADJUSTMENTS, FINDINGS, OPEN_ITEMS, empty, validate
from auditlib.statuses import undated_statuses
from auditlib.stock_indicators import unpaid_net_of_vat
from auditlib.tie_findings import pair_findings

if TYPE_CHECKING:
    from auditlib.loaders.intake import Intake

__all__ = ["AuditResults", "compute"]

ALL_UNITS = STOCK_UNITS | FLOW_UNITS | FURTHER_UNITS
Progress = Callable[[str], None]


def compute(
    intake: "Intake", *, parameters: Parameters, as_of_date: dt.date, language: str = "",
    progress: Progress | None = None, chapters: bool = True, adjustments: pd.DataFrame | None = None,
) -> AuditResults:
    """Audit one client's documents at a date.

    Parameters
    ----------
    intake : Intake
        From `auditlib.loaders.intake.load_documents`.
    parameters : Parameters
    as_of_date : date
        Everything posted on or before it counts.
    language : {"", "fr", "en"}
        Of the findings' sentences; empty: as the parameters say.
    progress : callable, optional
        Told what is being computed.
    chapters : bool
        False for the main figures alone, without those of `auditlib.further`.
    adjustments : DataFrame, optional
        `schemas.ADJUSTMENTS`: what the auditor corrects. Second sources are still compared with the client's own books.

    Returns
    -------
    AuditResults
        What the documents do not allow is null in the summary, with the reason.

    Raises
    ------
    BadInputError
        If nothing was posted by `as_of_date`.

    References
    ----------
    INDICATORS.md 4 and 5.
    """
    writer = Writer(language=language or parameters.language, currency=intake.currency)
    spoken = parameters.model_copy(update={"language": language or parameters.language})
    corrected = adjust(intake, empty(ADJUSTMENTS) if adjustments is None else adjustments, language=spoken.language)
    audit = _Audit(corrected.intake, spoken, as_of_date, writer, progress or (lambda _: None), chapters)
    books = replace(audit, intake=intake).whole() if corrected.is_changed else None
    return with_adjustments(replace(audit, books=books).results(), corrected, books=books, writer=writer)


@dataclass(frozen=True)
class _Audit:
    """One run of `compute`, by what the documents allow."""

    intake: "Intake"
    parameters: Parameters
    as_of_date: dt.date
    writer: Writer
    say: Progress
    chapters: bool
    books: Evidence | None = None
    """The client's own books, where the auditor corrected them."""

    def results(self) -> AuditResults:
        """Audit what the documents give."""
        if self.intake.basis == "aged_balance":
            return self.from_aged_balance()
        if not self.intake.currency:
            return self.across_currencies()
        return self.from_movements(self.evidence(self.intake.movements))

    def whole(self) -> Evidence | None:
        """Return the evidence in one currency, None where amounts cannot be added up or there are no items."""
        if self.intake.basis == "aged_balance" or (not self.intake.currency and self._without_rate()):
            return None
        evidence = self.evidence(self.intake.movements)
        return evidence if self.intake.currency else self._converted(evidence)

    def _without_rate(self) -> list[str]:
        used = self.intake.movements["currency"].cat.remove_unused_categories().cat.categories
        return currency_states.given_rates(self.parameters).missing(used)

    def _converted(self, documents: Evidence) -> Evidence:
        return currency_states.converted_evidence(
            documents.ledger, self.intake, parameters=self.parameters, as_of_date=self.as_of_date)

    def evidence(self, movements: pd.DataFrame) -> Evidence:
        """Match the movements; a list of open items is taken as it is."""
        self.say("matching")
        ledger = build_ledger(movements, as_of_date=self.as_of_date, method=self.parameters.method,
                              replayable=self.intake.basis in ("ledger", "invoice_list"), accepted=self.intake.accepted)
        return Evidence(self.intake, self.parameters, self.as_of_date, ledger)

    def from_movements(self, evidence: Evidence) -> AuditResults:
        """Audit a ledger, an invoice list or a list of open items."""
        self.say("replay")
        history = replay_history(evidence)
        self.say("indicators")
        customers = customer_table(evidence)
        balances = concentration.exposures(customers)
        table = bucket_table(evidence.shown_items, buckets=self.parameters.method.buckets)
        books = self.books or evidence
        booked = bucket_table(books.shown_items, buckets=self.parameters.method.buckets)
        ties, tie_notes = reconciled(books, ageing=booked, writer=self.writer)
        self.say("chapters")
        further = further_chapters(evidence, history=history, customers=customers) if self.chapters else Chapter()
        content = self._summary(
            receivable=_receivable(evidence), ageing=table, history=history,
            indicators=main_indicators(evidence, balances, history) | further.indicators,
            reconciliation=summary.reconciliation_entry(
                ledger_cents=int(books.ledger.items["amount_cents"].sum()), tied=ties["tie_out"],
                untied_reason=reasons.UNTIED, as_of_date=self.as_of_date,
                open_items_cents=int(evidence.open_items["residual_cents"].sum()),
                checked=self._conservation(evidence, history)))
        if variants := under_assumed_terms(evidence):
            content["assumed_terms"] = variants
        return self._results(
            content, history, open_items=evidence.shown_items, customers=customers, **ties,
            abc=concentration.abc_classes(balances), cohort_matrix=_cohorts(evidence),
            compensating_sales=self._compensation(unpaid_net_of_vat(evidence)),
            findings=[ledger_findings(evidence, self.writer), tie_notes], **further.tables)

    def from_aged_balance(self) -> AuditResults:
        """Give what an aged balance alone says."""
        source, *others = self.intake.second_sources
        buckets = aged_balance_state.aged_buckets(source)
        known = self.intake.customers
        customers = aged_balance_state.aged_customers(source, customers=known, deposits=self.intake.deposits)
        balances = customers.set_index("customer_id")["receivable_cents"]
        own_day = source.as_of_date or self.as_of_date

        def at(day: dt.date) -> pd.Series | None:
            return balances if day == own_day else None

        tied = tie_out(others, balances=at, as_of_date=own_day)
        pairs, gaps = pairs_of(self.intake, lambda _: None, as_of_date=self.as_of_date)
        history = aged_history(self.intake.second_sources, customers=known, as_of_date=self.as_of_date,
                               buckets=self.parameters.method.buckets)
        content = self._summary(
            receivable=aged_balance_state.aged_receivable(customers, buckets), ageing=buckets, history=history,
            indicators=unavailable(ALL_UNITS, reasons.AGED_BALANCE_ONLY),
            reconciliation=summary.reconciliation_entry(
                ledger_cents=int(balances.sum()), open_items_cents=None, tied=tied, untied_reason=reasons.UNTIED,
                as_of_date=self.as_of_date))
        return self._results(
            content, history, open_items=empty(OPEN_ITEMS), customers=customers, tie_out=tied,
            differences=best_differences(self.intake, others, at, as_of_date=self.as_of_date),
            compensating_sales=self._compensation(None), pairs=pairs, pair_differences=gaps,
            abc=concentration.abc_classes(concentration.exposures(customers)),
            findings=[pair_findings(pairs, gaps, writer=self.writer, told=verdict_pair(
                tied, as_of_date=self.as_of_date, first=source.name))])

    def across_currencies(self) -> AuditResults:
        """Convert where every currency has a rate; else give each its own receivable and ageing."""
        rates = currency_states.given_rates(self.parameters)
        missing = self._without_rate()
        documents = self.evidence(self.intake.movements)
        parts = currency_states.by_currency(
            documents.ledger, self.intake, parameters=self.parameters, as_of_date=self.as_of_date)
        if missing:
            say = self.writer.say(currency_states.NO_RATE).format(currencies=", ".join(missing))
            return self.by_currency(parts, say if self.parameters.rates else reasons.SEVERAL_CURRENCIES)
        evidence = self._converted(documents)
        writer = Writer(language=self.parameters.language, currency=rates.main)
        found = replace(self, intake=evidence.intake, writer=writer).from_movements(evidence)
        found.summary["currencies"] = currency_states.currency_entries(parts, rates=rates, converted=evidence)
        summary.check(found.summary)
        return replace(found, open_items=currency_states.with_document_residuals(
            found.open_items, ledger=documents.ledger))

    def by_currency(self, evidences: dict[str, Evidence], reason: str) -> AuditResults:
        """Give each currency its own receivable and ageing; nothing is added across."""
        limits = self.parameters.method.buckets
        tied = tie_out([], balances=lambda _: None, as_of_date=self.as_of_date)
        history = no_history(reason, buckets=limits)
        content = self._summary(
            receivable=summary.no_receivable(reason), history=history,
            ageing=bucket_table(empty(OPEN_ITEMS), buckets=limits), indicators=unavailable(ALL_UNITS, reason),
            reconciliation=summary.reconciliation_entry(
                ledger_cents=None, open_items_cents=None, tied=tied, untied_reason=reason,
                checked=self._conserved(list(evidences.values()))))
        content["ageing"] = [row | {"amount": None, "items": None} for row in content["ageing"]]
        content["currencies"] = currency_states.currency_entries(evidences)
        shown = pd.concat([each.shown_items for each in evidences.values()], ignore_index=True)
        nobody = customer_table(next(iter(evidences.values()))).iloc[:0]
        return self._results(
            content, history, open_items=validate(shown, OPEN_ITEMS), customers=nobody, tie_out=tied,
            differences=no_differences(), compensating_sales=self._compensation(None),
            abc=concentration.abc_classes(pd.Series([], dtype="int64")), findings=[])

    def _conservation(self, evidence: Evidence, history: History) -> Conservation:
        months = [month.date() for month in history.evolution["month_end"]]
        movements = self.intake.movements if evidence.documents is None else evidence.ledger.items
        return conservation(movements, cube=history.cube, open_items=evidence.open_items,
                            dates=sorted({*months, self.as_of_date}))

    def _conserved(self, evidences: list[Evidence]) -> Conservation:
        """Check each currency's state at the as-of date: there is no replay across currencies."""
        checked = [conservation(
            each.ledger.items, open_items=each.open_items, dates=[self.as_of_date], cube=each.open_items.assign(
                month_end=pd.Timestamp(self.as_of_date), amount_cents=each.open_items["residual_cents"]))
            for each in evidences]
        return Conservation(sum(each.points for each in checked), sum(each.breaches for each in checked))

    def _compensation(self, unpaid: float | None) -> pd.DataFrame:
        table = costs.compensating_sales_table(unpaid or 0, margin_rate=self.parameters.economics.margin_rate)
        return table if unpaid is not None else table.iloc[:0]

    def _summary(
        self, *, receivable: dict[str, Any], ageing: pd.DataFrame, indicators: dict[str, Indicator], history: History,
        reconciliation: dict[str, Any],
    ) -> dict[str, Any]:
        undated = undated_statuses(self.intake.disputes, self.intake.insolvencies) and len(history.evolution)
        return {
            "schema_version": 1, "client": self.parameters.client, "as_of_date": self.as_of_date.isoformat(),
            "currency": self.intake.currency or None, "basis": self.intake.basis, "receivable": receivable,
            "ageing": summary.ageing_rows(ageing),
            "indicators": {name: summary.indicator_entry(indicator) for name, indicator in indicators.items()},
            "evolution": summary.evolution_rows(history.evolution),
            "evolution_reason": history.reason, "evolution_note": reasons.UNDATED_STATUS if undated else None,
            "cohorts": summary.cohort_rows(history.cohorts), "reconciliation": reconciliation,
            "intake": summary.intake_rows(self.intake.intake)}

    def _results(
        self, content: dict[str, Any], history: History, *, findings: list[pd.DataFrame], **tables: pd.DataFrame,
    ) -> AuditResults:
        reviewed = review_findings(self.parameters, as_of_date=self.as_of_date, language=self.writer.language)
        listed = [frame.astype({"finding": "str", "severity": "str"})
                  for frame in (self.intake.findings, reviewed, *findings)]
        return AuditResults(
            summary=summary.check(content), evolution=history.evolution, cohorts=history.cohorts, cube=history.cube,
            sales=history.sales, findings=validate(
                pd.concat(listed, ignore_index=True).fillna({"msgid": "", "figures": ""}), FINDINGS),
            intake=self.intake.intake, rejected=self.intake.rejected, answers=self.intake.answers,
            contacts=self.intake.contacts, actions=self.intake.actions, commitments=self.intake.commitments,
            control_totals=self.intake.control_totals, suspects=self.intake.suspects,
            alike_customers=self.intake.alike_customers, **tables)


def _receivable(evidence: Evidence) -> dict[str, Any]:
    return summary.receivable_entry(
        evidence.open_items, net_overdue_cents=int(evidence.net_overdue["net_overdue_cents"].sum()),
        has_disputes=evidence.intake.has_dispute_information)


def _cohorts(evidence: Evidence) -> pd.DataFrame:
    """Return the cohort matrix; nothing without payments."""
    if not evidence.has_flows:
        return pd.DataFrame()
    return cohort_matrix(evidence.invoices, claims=evidence.claims, as_of_date=evidence.as_of_date)
