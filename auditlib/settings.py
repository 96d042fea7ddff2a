"""Sections of the parameters file that chapters of the audit read: law, payers, segments, forecast, risk, tests."""

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["ForecastRules", "LegalChoices", "PayerRules", "RiskChoices", "Section", "SegmentChoices", "TestRules"]


class Section(BaseModel):
    """A part of the parameters file: unknown keys are errors, values never change afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LegalChoices(Section):
    """``legal``: what the law needs to know of the client and of his contracts."""


class RiskChoices(Section):
    """``risk``: provisions, failure what-if, insolvency check."""


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
