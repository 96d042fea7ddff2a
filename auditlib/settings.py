"""Sections of the parameters file that chapters of the audit read: law, payers, segments, forecast, risk, tests."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

__all__ = [
    "DebtorOverride", "ForecastRules", "LegalChoices", "PayerRules", "RiskChoices", "Section", "SegmentChoices",
    "TermsDecision", "TermsDecisions", "TestRules",
]


class Section(BaseModel):
    """A part of the parameters file: unknown keys are errors, values never change afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LegalChoices(Section):
    """``legal``: what the law needs to know of the client and of his contracts."""

    contract_rate: float | None = Field(
        default=None, gt=0, le=1, multiple_of=0.0001,
        description="late interest of the client's terms of sale, a year [share 0-1]; empty: ECB + 10 points")
    freeze_rate: bool = Field(
        default=False, description="keep the rate of the half-year in which interest began; false: each its own")
    sector: Literal[
        "", "perishable_food", "fresh_meat", "alcohol", "wine", "transport", "farm_equipment", "green_space_equipment",
        "leather", "ski", "jewellery", "toys", "large_export",
    ] = Field(default="", description="sector whose terms have a cap of their own (L. 441-11 C. com.)")
    periodic_invoices: bool = Field(default=False, description="summary invoices: 45 days at most")
    public_buyer: Literal["", "state", "health", "undertaking"] = Field(
        default="", description="kind of the public customers: 30, 50 or 60 days; empty: the most generous of them")
    transport_contracts: bool = Field(default=False, description="claims on transport contracts lapse after one year")
    unknown_debtors: Literal["apart", "business"] = Field(
        default="apart", description="debtors of unknown type: counted apart, or as businesses")
    rates_file: str = Field(
        default="", description="the practice's own legal rows, by a path from this file; empty: legal_rates.csv")


class RiskChoices(Section):
    """``risk``: provisions, failure what-if, insolvency check; rates are shares 0–1."""

    roll_rate_months: int = Field(default=24, ge=12, le=60, description="month-to-month steps of the roll rates")
    last_bucket_loss_rate: float | None = Field(
        default=None, ge=0, le=1, description="loss on what is overdue by more than 90 days; absent: from write-offs")
    individual_rates: dict[Literal["doubtful", "insolvent", "disputed", "retention", "group"],
                           Annotated[float, Field(ge=0, le=1)]] = Field(
        default_factory=dict, description="rate on files assessed one by one, net of VAT; absent: to be assessed")
    vat_due_on: Literal["invoice", "payment"] | None = Field(
        default=None, description="when the client owes VAT on his sales: goods or debits option, or services")
    vat_claim_years: int = Field(
        default=2, ge=1, le=5, description="VAT is claimed back by 31 December of the n-th year after the event "
        "(general claims deadline, livre des procédures fiscales; checked 2026-11)")
    target_overdue_rate: float | None = Field(
        default=None, ge=0, le=1, description="overdue rate aimed at; absent: best quartile of the client's own months")
    insolvency_checked_on: dt.date | None = Field(
        default=None, description="day the auditor looked the debtors up in the register of procedures (BODACC)")
    insolvency_check_days: int = Field(
        default=15, ge=1, le=60, description="no letter when the check is older [days]")


class PayerRules(Section):
    """``payers``: thresholds of the payer profiles (DOMAIN.md A10)."""

    minimum_invoices: int = Field(default=3, ge=1, description="paid in the window; under it a customer is new")
    chase_days: int = Field(default=15, ge=1, description="a payment so soon after a reminder or call answers it")
    chased_share: float = Field(default=0.50, gt=0, le=1, description="of invoices paid late; from it on: negligent")
    silent_days: int = Field(default=90, ge=1, description="without a payment while overdue: silent")
    broken_promises: int = Field(default=2, ge=1, description="broken in the window: fragile, as a silent one")
    promise_grace_days: int = Field(default=3, ge=0, description="after the promised day, still kept")
    disputed_share: float = Field(default=0.20, ge=0, le=1, description="of the amount invoiced; above it: disputing")
    part_paid_share: float = Field(default=0.30, ge=0, le=1, description="of the invoices; above it: pays in parts")
    slipping_days: float = Field(default=10, gt=0, description="later than two quarters before: slipping")
    punctual_days: float = Field(default=2, ge=0, description="mean days late of a punctual payer, at most")
    punctual_p90_days: int = Field(default=10, ge=0, description="days late of nine invoices in ten, at most")
    short_late_days: float = Field(default=15, ge=0, description="mean days late above which a payer is slow")
    short_late_spread_days: int = Field(default=10, ge=0, description="interquartile range of a regular short delay")
    slow_spread_days: int = Field(default=30, ge=0, description="interquartile range of a regular long delay")


class DebtorOverride(Section):
    """What the auditor decides of one debtor; what is left out stays as found."""

    customer_type: Literal["B2B", "B2C", "public"] | None = None
    zone: Literal["FR", "EU", "non_EU"] | None = None
    size_class: str | None = None
    business_unit: str | None = None
    salesperson: str | None = None
    group_id: str | None = None
    is_group: bool | None = Field(default=None, description="a company of the audited client's own group")
    by: str = Field(default="", description="who decided")
    why: str = Field(default="", description="on what ground, as the report prints it")

    def decisions(self) -> dict[str, str | bool]:
        """Return what is decided, by column of the customers."""
        return self.model_dump(exclude={"by", "why"}, exclude_none=True)

    def said_why(self) -> str:
        """Say, in French, that an auditor decided, who and why."""
        by = f" ({self.by})" if self.by else ""
        return f"décision de l'auditeur{by}" + (f" : {self.why}" if self.why else "")


def _texts_as_keys(value: object) -> object:
    """Take customer codes of digits alone, which YAML reads as numbers, as the texts they are."""
    return {str(key): content for key, content in value.items()} if isinstance(value, dict) else value


class TermsDecision(Section):
    """What the auditor decides of one customer's payment terms."""

    terms: str = Field(min_length=1, description="such as 30 days, 45 days end of month, 30/60/90 days")
    by: str = Field(default="", description="who decided")
    why: str = Field(default="", description="on what ground")


TermsDecisions = Annotated[dict[str, TermsDecision], BeforeValidator(_texts_as_keys)]


class SegmentChoices(Section):
    """``segments``: size bands, and what the auditor says of a debtor."""

    balance_bands: tuple[Annotated[int, Field(gt=0)], ...] = Field(
        default=(), description="upper limits of the bands of a customer's balance, rising; empty: from the data [€]")
    most_segments: int = Field(
        default=30, ge=2, description="a free attribute with more values than this is not a segmentation")
    overrides: Annotated[dict[str, DebtorOverride], BeforeValidator(_texts_as_keys)] = Field(
        default_factory=dict, description="the auditor's decisions, by customer code")


class ForecastRules(Section):
    """``forecast``: payment curves and cash forecast."""

    history_months: int = Field(default=24, ge=6, description="invoices that the curves rest on, back from the day")
    pace_limits: tuple[int, ...] = Field(
        default=(0, 15, 30, 60), min_length=1, description="upper limits of the paces: average days beyond terms")
    minimum_invoices: int = Field(default=3, ge=1, description="settled invoices from which a customer has a pace")
    minimum_events: int = Field(default=30, ge=5, description="settled invoices from which a group has its own curve")
    minimum_at_risk: int = Field(default=10, ge=1, description="invoices left below which a curve says no more")
    dispute_days: int | None = Field(
        default=None, ge=0, description="days a dispute lasts, where fewer than five closed ones say it")
    doubtful_rate: float = Field(default=0.0, ge=0, le=1, description="share doubtful customers are expected to pay")


class TestRules(Section):
    """``tests``: thresholds of the audit tests (DOMAIN.md E)."""

    __test__ = False

    period_months: int = Field(default=12, ge=1, description="months of postings that the tests of entries look at")
    unallocated_days: int = Field(default=30, ge=0, description="age from which a loose receipt is reported [days]")
    credit_note_days: int = Field(default=90, ge=0, description="age from which a loose credit note is reported [days]")
    duplicate_days: int = Field(default=3, ge=0, description="days between two invoices of one amount, at most")
    subscription_months: int = Field(
        default=3, ge=2, description="months in which an amount comes back for a customer: then it is a subscription")
    rebilling_days: int = Field(
        default=60, ge=1, description="days from a credit note to the invoice that bills it again, at most")
    late_posting_days: int = Field(default=60, ge=0, description="delay from document to posting [days]")
    closing_days: int = Field(default=5, ge=1, description="last days of a fiscal year whose sales are looked at")
    reversal_days: int = Field(default=30, ge=1, description="days after closing in which a sale may be reversed")
    large_sale_quantile: float = Field(
        default=0.90, ge=0, lt=1, description="a sale is large from this quantile of the period's invoices [share 0-1]")
    validation_days: int = Field(default=60, ge=0, description="delay from posting to validation [days]")
    batch_lines: int = Field(
        default=10, ge=2, description="lines of one journal and day from which they are an automatic batch")
    weekend_habit: float = Field(
        default=0.10, ge=0, le=1, description="share of a journal posted on days off above which it is a habit")
    round_amount: int = Field(default=1_000, ge=1, description="multiples of this are round [currency]")
    round_factor: float = Field(
        default=3.0, ge=1, description="times the share of round amounts among invoices that raises the test")
    benford_items: int = Field(default=500, ge=100, description="amounts needed before Benford's law says anything")
    benford_deviation: float = Field(
        default=0.015, gt=0, lt=1, description="mean deviation of first digits above which they do not conform")
    due_at_issue_share: float = Field(
        default=0.50, ge=0, le=1, description="share of a customer's invoices due on their own date [share 0-1]")
    silent_days: int = Field(default=60, ge=0, description="days overdue from which a dispute is suspected")
    dispute_words: tuple[str, ...] = Field(
        default=("litige", "avoir", "qualité", "contest", "réclam", "retour", "non conforme", "dispute"),
        description="words of a label that hint at a dispute")
    declaration_months: int = Field(
        default=2, ge=1, description="months from publication to declare a claim (4 for a creditor outside France)")
    top_one_share: float = Field(default=0.15, gt=0, le=1, description="largest balance [share 0-1]")
    top_five_share: float = Field(default=0.40, gt=0, le=1, description="five largest balances [share 0-1]")
    herfindahl: float = Field(default=1_000, gt=0, description="concentration index [0-10 000]")
    old_days: int = Field(default=90, ge=0, description="days overdue from which a claim should be provided for")
    prescription_days: int = Field(default=180, ge=0, description="days left before prescription [days]")
    subsequent_days: int = Field(
        default=60, ge=1, description="days after the as-of date by which a claim due should be settled [days]")
    reminder_days: int = Field(default=15, ge=0, description="days overdue from which a reminder is expected")
    residue_cents: int = Field(default=500, ge=0, description="residual under which a lettering was left open [cents]")
    residue_share: float = Field(
        default=0.005, ge=0, le=1, description="or under this share of the item's amount [share 0-1]")
    due_shift_days: int = Field(default=1, ge=1, description="change of a due date between two extracts [days]")
    serious_share: float = Field(
        default=0.05, gt=0, le=1, description="share of the gross receivable from which an exception is serious")
