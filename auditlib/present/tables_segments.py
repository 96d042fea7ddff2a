"""Tables of each part of the receivable: every segment beside the whole, each absent figure with its reason."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.deliver.labels_segments import dimension_name, segment_name, single, telling
from auditlib.formats import Formats
from auditlib.present.markup import Cell, Column, Html, absent, join, table

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["crossed", "every_segment", "segments"]

MEASURES = (("overdue_rate", "share"), ("dso", "days"), ("recovery_rate_1m", "share"),
            ("weighted_days_beyond_terms", "days"), ("overdue_rate_change_12m", "share"))


def segments(results: "AuditResults", *, dimension: str = "", language: str = "fr") -> Html:
    """Return the segments of one dimension, and the whole they add up to.

    Parameters
    ----------
    results : AuditResults
    dimension : str
        Empty: the one that tells most.
    language : {"fr", "en"}
    """
    formats = _formats(results, language)
    _, divided = formats.gettext, single(results.segments)
    name = dimension or telling(results.segments) or next(iter(divided), "")
    columns = (
        Column(dimension_name(name, formats) if name else _("Segment"), "wide"), Column(_("Encours"), "number"),
        Column(_("Part"), "number"), Column(_("Échu net"), "number"), Column(_("Taux d’échu"), "number"),
        Column(_("DSO"), "number"), Column(_("Recouvré à 1 mois"), "number"),
        Column(_("Retard moyen de paiement"), "number"), Column(_("Taux d’échu sur 12 mois"), "number"))
    rows = divided.get(name)
    if rows is None:
        return table(columns, [], empty=_("Les documents reçus ne permettent pas ce découpage."))
    return table(columns, [_segment(name, row, formats) for row in rows.to_dict("records")],
                 total=_whole(results, rows, formats))


def every_segment(results: "AuditResults", *, language: str = "fr") -> Html:
    """Return the table of each dimension, one under the other."""
    return join(segments(results, dimension=name, language=language) for name in single(results.segments))


def crossed(results: "AuditResults", first: str, second: str, *, language: str = "fr") -> Html:
    """Return the receivable and overdue rate by two dimensions: a row a segment of the first, a column of the second.

    Parameters
    ----------
    results : AuditResults
    first, second : str
        Dimensions, in either order.
    language : {"fr", "en"}
    """
    formats = _formats(results, language)
    _, rows = formats.gettext, results.segments
    if not rows.empty:
        rows = rows.astype(dict.fromkeys(("dimension", "segment", "dimension_2", "segment_2"), "str"))
        turned = rows.rename(columns={"dimension": "dimension_2", "dimension_2": "dimension", "segment": "segment_2",
                                      "segment_2": "segment"})
        rows = pd.concat([rows, turned])
        rows = rows[(rows["dimension"] == first) & (rows["dimension_2"] == second)]
    if rows.empty:
        return table((Column(_("Segment")),), [], empty=_("Les documents reçus ne permettent pas ce découpage."))
    cells = {(row["segment"], row["segment_2"]): row for row in rows.to_dict("records")}
    down, across = (list(dict.fromkeys(rows[name])) for name in ("segment", "segment_2"))
    columns = [Column(dimension_name(first, formats), "wide"),
               *(Column(segment_name(second, value, formats), "number") for value in across),
               Column(_("Ensemble"), "number")]
    total = rows.groupby("segment_2")["receivable_cents"].sum()
    by_row = rows.groupby("segment")["receivable_cents"].sum()
    return table(
        columns, [(segment_name(first, value, formats),
                   *(_cell(cells.get((value, other)), formats) for other in across),
                   formats.cents(int(by_row[value]))) for value in down],
        total=(_("Ensemble"), *(formats.cents(int(total[other])) for other in across),
               formats.cents(int(total.sum()))),
        note=_("Sous chaque encours, son taux d’échu."))


def _cell(row: Mapping[Any, Any] | None, formats: Formats) -> str | Cell:
    if row is None:
        return "–"
    missing = row["overdue_rate_reason"]
    detail = formats.gettext("n. d.") if missing else formats.share(row["overdue_rate"])
    return Cell(formats.cents(row["receivable_cents"]), detail=detail, hint=formats.stored(str(missing)))


def _segment(dimension: str, row: Mapping[Any, Any], formats: Formats) -> tuple[str | Cell, ...]:
    shares = row["share"] if not pd.isna(row["share"]) else None
    return (
        segment_name(dimension, str(row["segment"]), formats),
        Cell(formats.cents(row["receivable_cents"]), bar=None if shares is None else max(shares, 0.0)),
        _measure(row, "share", "share", formats), formats.cents(row["net_overdue_cents"]),
        *(_measure(row, name, unit, formats) for name, unit in MEASURES))


def _measure(row: Mapping[Any, Any], name: str, unit: str, formats: Formats) -> str | Cell:
    if reason := str(row[f"{name}_reason"]):
        return absent(formats.gettext("n. d."), formats.stored(reason))
    if name.endswith("m") and "_change_" in name:
        points = formats.short_number(100 * row[name], digits=1)
        return formats.gettext("{points} pt").format(points=points if row[name] <= 0 else f"+{points}")
    return formats.measure(float(row[name]), unit)


def _whole(results: "AuditResults", rows: pd.DataFrame, formats: Formats) -> tuple[str, ...]:
    entries = results.summary["indicators"]
    given = [entries.get(name, {}).get("value") for name, _unit in MEASURES[:-1]]
    return (
        formats.gettext("Ensemble"), formats.cents(int(rows["receivable_cents"].sum())),
        formats.share(1.0 if rows["share"].notna().all() else None),
        formats.cents(int(rows["net_overdue_cents"].sum())),
        *(formats.measure(value, unit) if value is not None else "–"
          for value, (_name, unit) in zip(given, MEASURES, strict=False)), "")


def _formats(results: "AuditResults", language: str) -> Formats:
    return Formats(language=language, currency=str(results.summary.get("currency") or ""))
