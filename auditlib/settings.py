"""Sections of the parameters file that chapters of the audit read: law, payers, segments, forecast, risk, tests."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["ForecastRules", "LegalChoices", "PayerRules", "RiskChoices", "Section", "SegmentChoices", "TestRules"]


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


class SegmentChoices(Section):
    """``segments``: size bands, and what the auditor says of a debtor."""


class ForecastRules(Section):
    """``forecast``: horizons and delays of the cash forecast."""


class TestRules(Section):
    """``tests``: thresholds of the audit tests (DOMAIN.md E)."""

    __test__ = False
