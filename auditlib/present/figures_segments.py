"""Figures of each part of the receivable: ageing by segment, and the overdue rate of each over time."""

from typing import TYPE_CHECKING

import pandas as pd

from auditlib.ageing import UNALLOCATED
from auditlib.deliver.labels_segments import LEAST_SHARE, dimension_name, segment_name, single, telling, worst
from auditlib.formats import Formats, bucket_label
from auditlib.present.figures import Figure

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["ageing_by_segment", "segment_trend", "worst_sentence"]

LINES_SHOWN, BARS_SHOWN = 5, 12


def ageing_by_segment(results: "AuditResults", formats: Formats, *, dimension: str = "") -> Figure | None:
    """Arrange the share of each bucket in the gross receivable of each segment; None where nothing divides it.

    Parameters
    ----------
    results : AuditResults
    formats : Formats
    dimension : str
        Empty: the one that tells most (`auditlib.deliver.labels_segments.telling`).
    """
    _ = formats.gettext
    name = dimension or telling(results.segments)
    rows = single(results.segments).get(name or "")
    if name is None or rows is None:
        return None
    owed = rows[rows["gross_cents"] > 0].nlargest(BARS_SHOWN, "gross_cents").sort_index()
    buckets = [row["bucket"] for row in results.summary["ageing"] if row["bucket"] != UNALLOCATED]
    kept = [bucket for bucket in buckets if owed[f"{bucket}_cents"].any()]
    gross = owed["gross_cents"]
    return Figure(
        series={bucket_label(bucket, language=formats.language): tuple((owed[f"{bucket}_cents"] / gross).tolist())
                for bucket in kept},
        labels=tuple(segment_name(name, str(value), formats) for value in owed["segment"]), unit="share",
        title=_("Ancienneté de l’encours brut – {dimension}").format(dimension=dimension_name(name, formats).lower()),
        sentence=worst_sentence(results, name, formats), codes=tuple(kept))


def worst_sentence(results: "AuditResults", dimension: str, formats: Formats) -> str:
    """Say which segment of a dimension is most overdue, beside the whole, with its amounts."""
    _ = formats.gettext
    bad = worst(single(results.segments)[dimension])
    if bad is None:
        return _("Aucun taux d’échu n’est disponible pour ce critère.")
    whole = results.summary["indicators"].get("overdue_rate", {}).get("value")
    return _(
        "{dimension} : parmi les segments qui pèsent au moins {least} de l’encours, « {segment} » est le plus en "
        "retard, avec {rate} d’échu ({overdue} sur un encours de {receivable}), contre {whole} pour l’ensemble."
    ).format(
        dimension=dimension_name(dimension, formats), rate=formats.share(float(bad["overdue_rate"])),
        segment=segment_name(dimension, str(bad["segment"]), formats), overdue=formats.cents(bad["overdue_cents"]),
        receivable=formats.cents(bad["receivable_cents"]), whole=formats.share(whole), least=formats.share(LEAST_SHARE))


def segment_trend(results: "AuditResults", formats: Formats, *, dimension: str = "") -> Figure | None:
    """Arrange the overdue rate of the largest segments by month end; None without a replay.

    Parameters
    ----------
    results : AuditResults
    formats : Formats
    dimension : str
        Empty: the one that tells most.
    """
    _, months = formats.gettext, results.segment_evolution
    name = dimension or telling(results.segments)
    if name is None or months.empty:
        return None
    own = months[months["dimension"].astype("str") == name]
    largest = single(results.segments)[name].nlargest(LINES_SHOWN, "gross_cents")["segment"].astype("str").tolist()
    rates = own.assign(segment=own["segment"].astype("str")).pivot_table(
        index="month_end", columns="segment", values="overdue_rate", dropna=False, observed=False)
    known = [value for value in largest if value in rates and rates[value].notna().any()]
    if not known or len(rates) < 2:
        return None
    return Figure(
        series={segment_name(name, value, formats): tuple(None if pd.isna(rate) else float(rate)
                                                          for rate in rates[value]) for value in known},
        labels=tuple(formats.month(day) for day in rates.index), unit="share",
        title=_("Taux d’échu en fin de mois – {dimension}").format(dimension=dimension_name(name, formats).lower()),
        sentence=_moved(name, rates[known], formats))


def _moved(dimension: str, rates: pd.DataFrame, formats: Formats) -> str:
    """Say which segment's rate rose most from the first month known to the last."""
    _ = formats.gettext
    both = rates.dropna(axis=1, how="all")
    first, last = both.bfill().iloc[0], both.ffill().iloc[-1]
    rise = str((last - first).idxmax())
    text = (
        _("Le taux d’échu de « {segment} » est celui qui monte le plus : de {before} à {after}.")
        if last[rise] > first[rise]
        else _("Aucun taux d’échu ne monte ; celui de « {segment} » va de {before} à {after}."))
    return text.format(segment=segment_name(dimension, rise, formats), before=formats.share(first[rise]),
                       after=formats.share(last[rise]))
