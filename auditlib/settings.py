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


class SegmentChoices(Section):
    """``segments``: size bands, and what the auditor says of a debtor."""


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
