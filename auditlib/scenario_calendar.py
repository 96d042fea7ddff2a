"""Kinds of debtor, and the calendar of amicable collection of each: what, on which day, by which means, by whom."""

from dataclasses import dataclass
from typing import Literal, get_args

__all__ = [
    "CALENDARS", "CHANNELS", "KINDS", "ROLES", "STEP_CODES", "TEMPLATES", "Calendar", "Channel", "Clock", "Dunning",
    "Kind", "Planned", "Role", "StepCode", "Template",
]

Kind = Literal["group", "insolvent", "fragile", "public", "consumer", "export_non_eu", "export_eu", "large_account",
               "mid_small", "very_small"]
StepCode = Literal[
    "pre_reminder", "reminder_1", "call_1", "reminder_2", "call_2", "reminder_3", "formal_notice", "hand_over",
    "portal_check", "public_claim", "conciliator", "insurer_declaration", "reconcile_group", "set_off",
    "credit_review", "payment_plan", "declaration_of_claim", "retention_claim"]
Channel = Literal["email", "phone", "sms", "letter", "registered", "portal", "internal", "mandate"]
Role = Literal["collector", "billing", "salesperson", "finance", "management"]
Template = Literal["", "reminder_1", "reminder_2", "reminder_3", "statement", "formal_notice", "formal_notice_consumer",
                   "payment_plan", "dispute_acknowledgement", "declaration_of_claim", "retention_claim"]
Dunning = Literal["item", "statement", "none"]
"""What a reminder is about: each invoice on its own day, all that is overdue on one statement, or nothing at all."""
Clock = Literal["due_date", "publication", "closing"]
"""What days are counted from: the due date, the publication of the judgment (BODACC), the closing of a month."""

KINDS: tuple[Kind, ...] = get_args(Kind)
STEP_CODES: tuple[StepCode, ...] = get_args(StepCode)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
ROLES: tuple[Role, ...] = get_args(Role)
TEMPLATES: tuple[Template, ...] = get_args(Template)


@dataclass(frozen=True)
class Planned:
    """One step of a calendar.

    Attributes
    ----------
    code : str
    from_day : int
        First day it is due on, from what the calendar counts from; negative before it. [days]
    channel, role, template : str
        By which means, by whom, with which letter ("" for none).
    is_required : bool
        Whether no later step may take its place.
    """

    code: StepCode
    from_day: int
    channel: Channel
    role: Role
    template: Template = ""
    is_required: bool = False


@dataclass(frozen=True)
class Calendar:
    """The steps of one kind of debtor, earliest first, what a reminder is about, and what days count from."""

    dunning: Dunning
    steps: tuple[Planned, ...]
    clock: Clock = "due_date"


CALENDARS: dict[Kind, Calendar] = {
    "group": Calendar("none", (
        Planned("reconcile_group", 5, "internal", "billing", is_required=True),
        Planned("set_off", 15, "internal", "finance", is_required=True),
    ), clock="closing"),
    "insolvent": Calendar("none", (
        Planned("declaration_of_claim", 0, "registered", "finance", "declaration_of_claim", is_required=True),
        Planned("retention_claim", 1, "registered", "finance", "retention_claim", is_required=True),
    ), clock="publication"),
    "fragile": Calendar("item", (
        Planned("pre_reminder", -7, "phone", "collector"),
        Planned("credit_review", 1, "internal", "finance", is_required=True),
        Planned("call_1", 3, "phone", "collector"),
        Planned("reminder_1", 5, "email", "collector", "reminder_1"),
        Planned("insurer_declaration", 10, "portal", "finance"),
        Planned("payment_plan", 15, "letter", "finance", "payment_plan"),
        Planned("reminder_3", 20, "letter", "finance", "reminder_3"),
        Planned("formal_notice", 25, "registered", "management", "formal_notice", is_required=True),
        Planned("hand_over", 40, "mandate", "management"),
    )),
    "public": Calendar("item", (
        Planned("portal_check", -10, "portal", "billing", is_required=True),
        Planned("call_1", 5, "phone", "collector"),
        Planned("reminder_1", 10, "email", "collector", "statement"),
        Planned("public_claim", 30, "registered", "finance", "formal_notice", is_required=True),
        Planned("hand_over", 75, "mandate", "management"),
    )),
    "consumer": Calendar("item", (
        Planned("pre_reminder", -5, "email", "collector"),
        Planned("reminder_1", 5, "email", "collector", "reminder_1"),
        Planned("call_1", 12, "phone", "collector"),
        Planned("reminder_2", 20, "letter", "collector", "reminder_2"),
        Planned("payment_plan", 25, "letter", "finance", "payment_plan"),
        Planned("formal_notice", 40, "registered", "finance", "formal_notice_consumer", is_required=True),
        Planned("conciliator", 60, "letter", "finance", is_required=True),
        Planned("hand_over", 90, "mandate", "management"),
    )),
    "export_non_eu": Calendar("item", (
        Planned("pre_reminder", -15, "email", "collector"),
        Planned("insurer_declaration", 1, "portal", "finance", is_required=True),
        Planned("reminder_1", 3, "email", "collector", "reminder_1"),
        Planned("call_1", 8, "phone", "collector"),
        Planned("reminder_2", 15, "email", "collector", "reminder_2"),
        Planned("call_2", 20, "phone", "salesperson"),
        Planned("reminder_3", 30, "letter", "finance", "reminder_3"),
        Planned("formal_notice", 45, "registered", "management", "formal_notice", is_required=True),
        Planned("hand_over", 60, "mandate", "management"),
    )),
    "export_eu": Calendar("item", (
        Planned("pre_reminder", -10, "email", "collector"),
        Planned("reminder_1", 5, "email", "collector", "reminder_1"),
        Planned("call_1", 10, "phone", "collector"),
        Planned("reminder_2", 20, "email", "collector", "reminder_2"),
        Planned("call_2", 25, "phone", "salesperson"),
        Planned("reminder_3", 35, "letter", "finance", "reminder_3"),
        Planned("formal_notice", 45, "registered", "management", "formal_notice", is_required=True),
        Planned("hand_over", 60, "mandate", "management"),
    )),
    "large_account": Calendar("statement", (
        Planned("portal_check", -10, "portal", "billing"),
        Planned("pre_reminder", -5, "email", "collector"),
        Planned("reminder_1", 3, "email", "collector", "statement"),
        Planned("call_1", 8, "phone", "collector"),
        Planned("reminder_2", 15, "email", "collector", "reminder_2"),
        Planned("call_2", 20, "phone", "salesperson"),
        Planned("reminder_3", 35, "letter", "finance", "reminder_3"),
        Planned("formal_notice", 60, "registered", "management", "formal_notice", is_required=True),
        Planned("hand_over", 90, "mandate", "management"),
    )),
    "mid_small": Calendar("item", (
        Planned("pre_reminder", -7, "email", "collector"),
        Planned("reminder_1", 3, "email", "collector", "reminder_1"),
        Planned("call_1", 5, "phone", "collector"),
        Planned("reminder_2", 15, "letter", "collector", "reminder_2"),
        Planned("call_2", 20, "phone", "salesperson"),
        Planned("reminder_3", 30, "letter", "finance", "reminder_3"),
        Planned("formal_notice", 35, "registered", "management", "formal_notice", is_required=True),
        Planned("hand_over", 60, "mandate", "management"),
    )),
    "very_small": Calendar("item", (
        Planned("pre_reminder", -5, "sms", "collector"),
        Planned("reminder_1", 2, "email", "collector", "reminder_1"),
        Planned("call_1", 3, "phone", "collector"),
        Planned("payment_plan", 10, "letter", "collector", "payment_plan"),
        Planned("reminder_2", 15, "letter", "collector", "reminder_2"),
        Planned("reminder_3", 22, "letter", "finance", "reminder_3"),
        Planned("formal_notice", 30, "registered", "management", "formal_notice", is_required=True),
        Planned("hand_over", 45, "mandate", "management"),
    )),
}
"""By kind of debtor, the first that applies (DOMAIN.md B, A9, B3); parameters ``collection`` change any of it."""
