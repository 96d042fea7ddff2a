"""What `inspect` prints of a sheet: a few lines on what was understood, then its first rows, coloured by class."""

from typing import Any

import click

from auditlib.loaders.inspection import SourceReport

__all__ = ["ROWS", "described"]

ROWS, MOST = 12, 60
"""Rows of the preview shown from the top, and in all: those that are no items come in addition."""
LINE = 150
"""Characters of a row shown."""
STYLES: dict[str, dict[str, Any]] = {
    "title": {"fg": "yellow"}, "header": {"fg": "cyan", "bold": True}, "customer_header": {"fg": "blue", "bold": True},
    "subtotal": {"fg": "magenta"}, "total": {"fg": "magenta", "bold": True}, "carried_forward": {"fg": "magenta"},
    "page_header": {"fg": "yellow"}, "footer": {"fg": "yellow"}, "rejected": {"fg": "red", "bold": True},
    "blank": {"dim": True}, "unused": {"dim": True}, "other_account": {"dim": True},
}
"""How each class is set on a terminal; piped, the text alone is left."""


def described(report: SourceReport, *, rows: int = ROWS) -> str:
    """Write what the loader saw in a sheet or text file as lines.

    Parameters
    ----------
    report : SourceReport
    rows : int
        Rows shown from the top, before those that are no items; 0 shows none.
    """
    return "\n".join([*_summary(report), *_columns(report), *_controls(report), *_problems(report),
                      *_preview(report, rows)])


def _summary(report: SourceReport) -> list[str]:
    certainty = "" if report.date_order_evident or not report.date_order else " (no evidence in the file)"
    doubt = "" if report.decimal_mark_evident else " (no evidence in the file)"
    header = " and ".join(map(str, report.header_rows)) or "none"
    classes = ", ".join(f"{count} {name}" for name, count in report.classes.items())
    sides = f"debit {report.debit:,.2f}, credit {report.credit:,.2f}, balance {report.balance:,.2f}"
    applied = [f"  profile   {report.profile} (applied)"] if report.profile else []
    return [
        f"{report.name}: {report.kind} (confidence {report.confidence:.0%}), {report.layout}, header in row {header}",
        *applied,
        f"  rows      {report.rows_read} read: {classes}",
        f"  amounts   {sides} {report.currency}".rstrip(),
        f"  written   {report.sign}, decimals {report.decimal_mark or 'none'}{doubt}",
        f"  as of     {report.as_of_date or 'unknown'}",
        f"  dates     {report.date_order or 'none'}{certainty}" + "".join(
            f"; {role} {first} to {last}" for role, (first, last) in report.periods.items()),
    ]


def _columns(report: SourceReport) -> list[str]:
    return [
        f"  column    {column['role']} = {column['header']!r} ({column['how']}, {column['confidence']:.0%})"
        if column["role"] else
        f"  no role   {column['header'] or column['position']!r}, such as {', '.join(column['samples'])}"
        for column in report.columns]


def _controls(report: SourceReport) -> list[str]:
    compared, agreeing = report.controls["subtotals_compared"], report.controls["subtotals_agreeing"]
    said = [f"  control   {agreeing} of {compared} printed subtotals agree"] if compared else []
    return said + [
        f"  control   {total['class']} printed in row {total['row']}: {total['printed']:,.2f}, "
        f"loaded {total['loaded']:,.2f}" + ("" if total["agrees"] else f", difference {total['delta']:,.2f}")
        for total in report.controls["totals"]]


def _problems(report: SourceReport) -> list[str]:
    return [
        *([f"  problem   {report.problem}"] if report.problem else []),
        *(f"  rejected  row {row['source_row']}: {row['reason']}" for row in report.rejected),
        *(f"  finding   {finding['sentence']}" for finding in report.findings)]


def _preview(report: SourceReport, rows: int) -> list[str]:
    return [_coloured(line) for line in report.rows_shown(rows)[:MOST]] if rows else []


def _coloured(line: dict[str, Any]) -> str:
    text = f"  {line['row']:>7} {line['class']:<16} {' | '.join(filter(None, line['cells']))}"
    return click.style(text[:LINE].rstrip(), **STYLES.get(line["class"], {}))
