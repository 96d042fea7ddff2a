"""Tables of what will come in: payment curves, the forecast by week and month, and how a past one went."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditlib.deliver.rows_forecast import (
    back_test_rows,
    back_test_titles,
    cash_rows,
    cash_titles,
    curve_rows,
    curve_titles,
)
from auditlib.formats import Formats
from auditlib.present.figures_forecast import error_sentence
from auditlib.present.markup import Column, Html, table
from auditlib.present.switch import redrawn

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["back_test", "curves", "forecast"]


@redrawn
def curves(results: "AuditResults", formats: Formats) -> Html:
    """Return the share still unpaid by days after the due date, of all and of each group."""
    rows = curve_rows(results, formats) if len(results.curves) else []
    return table(_columns(curve_titles(formats)), rows, empty=_reason(results, formats))


@redrawn
def forecast(results: "AuditResults", formats: Formats, *, kind: str = "week") -> Html:
    """Return the forecast by week or by month, what it adds up to, and how the same forecast went before."""
    if not len(results.cash_forecast):
        return table((), (), empty=_reason(results, formats))
    *rows, total = cash_rows(results, formats, kind=kind)
    return table(_columns(cash_titles(results, formats)), rows, total=total, note=error_sentence(results, formats))


@redrawn
def back_test(results: "AuditResults", formats: Formats, *, kind: str = "week") -> Html:
    """Return the forecast of three months ago against what came, beside due date and average delay."""
    reason = results.summary["indicators"].get("forecast_error", {}).get("reason")
    rows = back_test_rows(results, formats, kind=kind) if len(results.back_test) else []
    return table(_columns(back_test_titles(formats)), rows, empty=formats.stored(reason))


def _columns(titles: Sequence[str]) -> list[Column]:
    return [Column(titles[0], "wide"), *(Column(title, "number") for title in titles[1:])]


def _reason(results: "AuditResults", formats: Formats) -> str:
    return formats.stored(results.summary["indicators"].get("forecast_13_weeks", {}).get("reason"))

