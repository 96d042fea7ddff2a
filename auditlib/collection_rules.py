"""Section ``collection`` of the parameters file: who collects, thresholds, and what differs from our calendars."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from auditlib.call_rules import CallRules
from auditlib.scenario_calendar import CALENDARS, Channel, Kind, Role, StepCode, Template
from auditlib.settings import Section
from auditlib.urgency_rules import UrgencyRules

__all__ = ["CollectionRules", "ScenarioOverride", "StepOverride"]


class StepOverride(Section):
    """What differs in one step; what is left out stays as our calendar has it."""

    from_day: int | None = Field(default=None, ge=-60, le=730, description="from the due date [days]")
    owner: str | None = Field(default=None, description="one of the roles, or a person's name")
    channel: Channel | None = None
    template: Template | None = Field(default=None, description="letter; empty: none")
    is_left_out: bool = Field(default=False, description="the step is not taken")


class ScenarioOverride(Section):
    """What differs in the scenario of one kind of debtor."""

    dunning: Literal["item", "statement"] | None = None
    steps: dict[StepCode, StepOverride] = Field(default_factory=dict)


class CollectionRules(Section):
    """``collection``: who does what, thresholds of urgency, and the scenarios' own days and owners."""

    roles: dict[Role, Annotated[str, Field(min_length=1)]] = Field(
        default_factory=dict, description="who holds each role, as printed; absent: the role's name")
    minimum_claim: float = Field(
        default=0, ge=0, description="net overdue of a customer under which nobody calls or writes letters [currency]")
    urgent_share: float = Field(
        default=0.5, ge=0, le=1, description="largest customers that make this share of the claims come first")
    old_days: int = Field(default=60, ge=1, description="days overdue above which a claim is urgent")
    recent_days: int = Field(default=15, ge=0, description="days overdue up to which a claim can wait [days]")
    dispute_days: int = Field(default=5, ge=1, description="working days to answer a dispute")
    notice_days: int = Field(default=8, ge=8, le=30, description="time a formal notice leaves to pay [days]")
    plan_instalments: int = Field(default=4, ge=2, le=24, description="instalments of a payment plan, at most")
    insurer_days: int | None = Field(
        default=None, ge=1, le=365, description="from the due date, to declare to the credit insurer [days]")
    urgency: UrgencyRules = UrgencyRules()
    follow_up_by: Literal["kind", "salesperson", "business_unit"] = Field(
        default="kind", description="what each follow-up workbook is about")
    calls: CallRules = CallRules()
    habit_share: float = Field(
        default=0.6, gt=0.5, le=1, description="customers of a kind with one habit from which its calendar follows it")
    habit_customers: int = Field(default=5, ge=1, description="customers of known habit that this takes, at least")
    earlier_days: int = Field(
        default=5, ge=0, le=5, description="how much earlier firm steps come where most pay late [days]")
    scenarios: dict[Kind, ScenarioOverride] = Field(default_factory=dict, description="by kind of debtor")

    @model_validator(mode="after")
    def _steps_are_of_their_kind(self) -> "CollectionRules":
        """Refuse to change a step that the kind's calendar does not have: nothing would come of it."""
        for kind, override in self.scenarios.items():
            known = [step.code for step in CALENDARS[kind].steps]
            for code in override.steps:
                if code not in known:
                    raise ValueError(f"scenarios.{kind}: no step {code} there (steps: {', '.join(known)})")
        return self
