"""Sections of the parameters file that chapters of the audit read: law, payers, segments, forecast, risk, tests."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["ForecastRules", "LegalChoices", "PayerRules", "RiskChoices", "Section", "SegmentChoices", "TestRules"]


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
