"""Sections on each part of the receivable."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.deliver import svg, svg_segments
from auditlib.deliver.labels_segments import dimension_name, segment_name, single, telling, worst
from auditlib.deliver.parts import Section, Table, chart, table, text_rows
from auditlib.formats import Formats
from auditlib.present import figures_segments

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SECTIONS", "segments"]

LONGEST_TABLE, NEARLY_ALL = 15, 0.99
COLUMNS = "lrrrrrrr"


def segments(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Où se concentre le retard ?"; None where nothing divides the receivable."""
    _, name = formats.gettext, telling(results.segments)
    if name is None:
        return None
    aged = figures_segments.ageing_by_segment(results, formats, dimension=name)
    trend = figures_segments.segment_trend(results, formats, dimension=name)
    charts = [] if aged is None else [chart(svg_segments.stacked, aged, formats)]
    charts += [] if trend is None else [chart(svg.lines, trend, formats)]
    tables = [_table(results, other, rows, formats) for other, rows in single(results.segments).items()
              if other != "age" and 1 < len(rows) <= LONGEST_TABLE and not (rows["share"] >= NEARLY_ALL).any()]
    return Section(
        "segments", _("L’encours par segment"), _("Où se concentre le retard ?"),
        figures_segments.worst_sentence(results, name, formats), charts=tuple(charts), tables=tuple(tables),
        meaning=_(
            "Un segment plus en retard que l’ensemble appelle une relance qui lui soit propre. Un crédit affecté suit "
            "sa facture ; un crédit sans attribut est « non affecté ». Chaque tableau totalise l’encours au centime."),
        action=_action(results, name, formats))


def _action(results: "AuditResults", dimension: str, formats: Formats) -> str:
    """Say what to do about the segment most overdue."""
    _, bad = formats.gettext, worst(single(results.segments)[dimension])
    if bad is None:
        return ""
    said = _("Donner un responsable, un scénario de relance et un objectif à « {segment} ».").format(
        segment=segment_name(dimension, str(bad["segment"]), formats))
    if bad["segment"] != "public":
        return said
    return " ".join((said, _("Vérifier d’abord sur Chorus Pro les factures rejetées, suspendues ou non certifiées.")))


def _table(results: "AuditResults", dimension: str, rows: pd.DataFrame, formats: Formats) -> Table:
    _ = formats.gettext
    titles = [dimension_name(dimension, formats), _("Encours"), _("Part"), _("Échu"), _("Taux d’échu"), _("DSO"),
              _("Recouvré à 1 mois"), _("Variation sur 12 mois")]
    named = rows.assign(name=[segment_name(dimension, str(value), formats) for value in rows["segment"]])
    lines = text_rows(named, {
        "name": str, "receivable_cents": formats.cents, "share": formats.share, "overdue_cents": formats.cents,
        "overdue_rate": formats.share, "dso": formats.days,
        "recovery_rate_1m": formats.share, "receivable_change_12m_cents": _change(formats)})
    return table(titles, COLUMNS, [*lines, _total(results, rows, formats)], has_total=True, title=titles[0])


def _total(results: "AuditResults", rows: pd.DataFrame, formats: Formats) -> tuple[str, ...]:
    entries = results.summary["indicators"]

    def whole(name: str) -> Any:
        return entries.get(name, {}).get("value")

    change = rows["receivable_change_12m_cents"]
    return (
        formats.gettext("Ensemble"), formats.cents(int(rows["receivable_cents"].sum())),
        formats.share(1.0 if rows["share"].notna().all() else None), formats.cents(int(rows["overdue_cents"].sum())),
        formats.share(whole("overdue_rate")), formats.days(whole("dso")), formats.share(whole("recovery_rate_1m")),
        _change(formats)(change.sum() if change.notna().all() else None))


def _change(formats: Formats) -> Callable[[float | None], str]:
    """Write a change in cents with its sign; a dash where there is none."""
    def write(cents: float | None) -> str:
        if cents is None or pd.isna(cents):
            return formats.amount(None)
        return ("+" if cents > 0 else "") + formats.cents(int(cents))

    return write


SECTIONS: tuple[Callable[["AuditResults", Formats], Section | None], ...] = (segments,)
