"""Sections of the parameters file that chapters of the audit read: law, payers, segments, forecast, risk, tests."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

__all__ = [
    "DebtorOverride", "ForecastRules", "LegalChoices", "PayerRules", "RiskChoices", "Section", "SegmentChoices",
    "TestRules",
]


class Section(BaseModel):
    """A part of the parameters file: unknown keys are errors, values never change afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LegalChoices(Section):
    """``legal``: what the law needs to know of the client and of his contracts."""


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


class SegmentChoices(Section):
    """``segments``: size bands, and what the auditor says of a debtor."""

    balance_bands: tuple[Annotated[int, Field(gt=0)], ...] = Field(
        default=(), description="upper limits of the bands of a customer's balance, rising; empty: from the data [€]")
    most_segments: int = Field(
        default=30, ge=2, description="a free attribute with more values than this is not a segmentation")
    overrides: Annotated[dict[str, DebtorOverride], BeforeValidator(_texts_as_keys)] = Field(
        default_factory=dict, description="the auditor's decisions, by customer code")


class ForecastRules(Section):
    """``forecast``: horizons and delays of the cash forecast."""


class TestRules(Section):
    """``tests``: thresholds of the audit tests (DOMAIN.md E)."""

    __test__ = False
