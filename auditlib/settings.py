"""Sections of the parameters file that chapters of the audit read: law, payers, segments, forecast, risk, tests."""

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
    """``risk``: provisions, failure what-if, insolvency check."""


class PayerRules(Section):
    """``payers``: thresholds of the payer profiles (DOMAIN.md A10)."""


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
