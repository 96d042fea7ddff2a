"""Tables of each part of the receivable: every segment beside the whole, each absent figure with its reason."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.deliver.labels_segments import dimension_name, segment_name, single, telling
from auditlib.formats import Formats
from auditlib.present.markup import Cell, Column, Html, absent, join, table
from auditlib.present.switch import redrawn
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["crossed", "every_segment", "segments"]

MEASURES = {
    "overdue_rate": ("share", N_("Taux d’échu")), "dso": ("days", N_("DSO")),
    "recovery_rate_1m": ("share", N_("Recouvré à 1 mois")),
    "weighted_days_beyond_terms": ("days", N_("Retard moyen de paiement")),
    "overdue_rate_change_12m": ("points", N_("Taux d’échu sur 12 mois")),
}
"""Unit and title of each figure shown beside the amounts."""


@redrawn
def segments(results: "AuditResults", formats: Formats, *, dimension: str = "") -> Html:
    """Return the segments of one dimension, and the whole they add up to.

    Parameters
    ----------
    results : AuditResults
    dimension : str
        Empty: the one that tells most.
    language : {"fr", "en"}
    """
    _, divided = formats.gettext, single(results.segments)
    name = dimension or telling(results.segments) or next(iter(divided), "")
    rows = divided.get(name)
    if rows is None:
        return table((Column(_("Segment")),), [], empty=_("Les documents reçus ne permettent pas ce découpage."))
    kept, note = _available(rows, formats)
    columns = (
        Column(dimension_name(name, formats), "wide"), Column(_("Encours"), "number"), Column(_("Part"), "number"),
        Column(_("Échu net"), "number"), *(Column(_(MEASURES[measure][1]), "number") for measure in kept))
    return table(columns, [_segment(name, row, kept, formats) for row in rows.to_dict("records")],
                 total=_whole(results, rows, kept, formats), note=note)


def _available(rows: pd.DataFrame, formats: Formats) -> tuple[list[str], str]:
    """Return the measures some segment has; a reason that holds for all of a column is said once, under the table."""
    _ = formats.gettext
    reasons = {name: set(rows[f"{name}_reason"].astype("str")) for name in MEASURES}
    common = {name: next(iter(found)) for name, found in reasons.items() if len(found) == 1 and found != {""}}
    notes = [
        _("{measures} : non disponible. {reason}").format(
            measures=", ".join(_(MEASURES[name][1]) for name, why in common.items() if why == reason),
            reason=formats.stored(reason))
        for reason in dict.fromkeys(common.values())]
    return [name for name in MEASURES if name not in common], " ".join(notes)


@redrawn
def every_segment(results: "AuditResults", formats: Formats) -> Html:
    """Return the table of each dimension, one under the other."""
    return join(segments(results, formats, dimension=name) for name in single(results.segments))


@redrawn
def crossed(results: "AuditResults", formats: Formats, first: str, second: str) -> Html:
    """Return the receivable and overdue rate by two dimensions: a row a segment of the first, a column of the second.

    Parameters
    ----------
    results : AuditResults
    first, second : str
        Dimensions, in either order.
    language : {"fr", "en"}
    """
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


def _segment(dimension: str, row: Mapping[Any, Any], kept: list[str], formats: Formats) -> tuple[str | Cell, ...]:
    shares = row["share"] if not pd.isna(row["share"]) else None
    return (
        segment_name(dimension, str(row["segment"]), formats),
        Cell(formats.cents(row["receivable_cents"]), bar=None if shares is None else max(shares, 0.0)),
        _measure(row, "share", "share", formats), formats.cents(row["net_overdue_cents"]),
        *(_measure(row, name, MEASURES[name][0], formats) for name in kept))


def _measure(row: Mapping[Any, Any], name: str, unit: str, formats: Formats) -> str | Cell:
    if reason := str(row[f"{name}_reason"]):
        return absent(formats.gettext("n. d."), formats.stored(reason))
    if unit == "points":
        points = formats.short_number(100 * row[name], digits=1)
        return formats.gettext("{points} pt").format(points=points if row[name] <= 0 else f"+{points}")
    return formats.measure(float(row[name]), unit)


def _whole(results: "AuditResults", rows: pd.DataFrame, kept: list[str], formats: Formats) -> tuple[str, ...]:
    entries = results.summary["indicators"]
    given = {name: entries.get(name, {}).get("value") for name in kept}
    return (
        formats.gettext("Ensemble"), formats.cents(int(rows["receivable_cents"].sum())),
        formats.share(1.0 if rows["share"].notna().all() else None),
        formats.cents(int(rows["net_overdue_cents"].sum())),
        *("–" if value is None else formats.measure(value, MEASURES[name][0]) for name, value in given.items()))

