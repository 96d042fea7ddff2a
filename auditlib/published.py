"""Section ``published`` of the parameters file: what the client publishes of his receivables, and how he counts."""

import datetime as dt

from pydantic import Field

from auditlib.settings import Section

__all__ = ["Published", "PublishedMethod"]


class PublishedMethod(Section):
    """``published.method``: the client's own conventions; what he does not state stays empty."""

    vat_included: bool | None = Field(default=None, description="sales with VAT; false: receivable with, sales without")
    window_months: int | None = Field(default=None, ge=1, le=24, description="months of sales")
    credits_deducted: bool | None = Field(default=None, description="unallocated credits are taken off the receivable")
    includes_416: bool | None = Field(default=None, description="doubtful claims (416) are in the receivable")
    includes_bills: bool | None = Field(default=None, description="bills of exchange (413) are in the receivable")
    includes_group: bool | None = Field(default=None, description="companies of the group are in receivable and sales")


class Published(Section):
    """``published``: the client's own figures, to be bridged to ours; nothing where none is given."""

    dso: float | None = Field(default=None, ge=0, allow_inf_nan=False, description="[days]")
    overdue_rate: float | None = Field(default=None, ge=0, le=1, description="[share 0-1]")
    as_of_date: dt.date | None = Field(default=None, description="day of these figures; empty: the audit's own")
    source: str = Field(default="", description="where they were published, as the report prints it")
    method: PublishedMethod = PublishedMethod()
