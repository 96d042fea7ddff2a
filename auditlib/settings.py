"""Sections of the parameters file that chapters of the audit read: law, payers, segments, forecast, risk, tests."""

from pydantic import BaseModel, ConfigDict

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
    """``forecast``: horizons and delays of the cash forecast."""


class TestRules(Section):
    """``tests``: thresholds of the audit tests (DOMAIN.md E)."""

    __test__ = False
