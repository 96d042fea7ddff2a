"""Section ``collection.urgency`` of the parameters file: what each thing that makes a debtor urgent weighs."""

from pydantic import Field

from auditlib.settings import Section

__all__ = ["UrgencyRules"]


class UrgencyRules(Section):
    """``collection.urgency``: points of amount, age, payer profile and prescription, and what they add up to.

    Amounts are ranked with ``collection.urgent_share`` (two points) and `second_share` (one), ages with
    ``collection.old_days`` (two) and ``recent_days`` (one); the sum decides.
    """

    second_share: float = Field(
        default=0.8, ge=0, le=1, description="largest customers that make this share of the claims have one point")
    profiles: dict[str, int] = Field(
        default_factory=lambda: {"silent": 2, "slipping": 1, "irregular": 1, "part_paying": 1, "negligent": 1},
        description="points by payer profile; others have none")
    prescription_days: int = Field(default=90, ge=0, description="left to act in court, at most: three points [days]")
    prescription_watch_days: int = Field(default=180, ge=0, description="left, at most: one point [days]")
    immediate_points: int = Field(default=3, ge=1, description="from so many on: at once")
    soon_points: int = Field(default=1, ge=1, description="from so many on: this week")
