"""Names of dimensions and of their segments, as a reader says them, and which dimension tells most."""

from typing import Any

import pandas as pd

from auditlib.deliver.labels import label
from auditlib.formats import Formats, bucket_label
from auditlib.texts import N_

__all__ = ["LEAST_SHARE", "dimension_name", "segment_name", "single", "telling", "worst"]

DIMENSIONS = {
    "age": N_("Ancienneté"), "customer_type": N_("Type de client"), "zone": N_("Zone"), "size_class": N_("Taille"),
    "business_unit": N_("Activité"), "salesperson": N_("Commercial"), "size_band": N_("Tranche de solde"),
    "payer_profile": N_("Profil de payeur"),
}
SAYS_ITSELF = ("age", "payer_profile")
"""Dimensions whose segments are late by definition."""
LEAST_SHARE, LEAST_SEGMENTS = 0.05, 2
"""A segment of less of the receivable is not held up as the worst."""


def dimension_name(dimension: str, formats: Formats) -> str:
    """Name a dimension; a free attribute by its column's title in the client's file."""
    return formats.gettext(DIMENSIONS[dimension]) if dimension in DIMENSIONS else dimension.removeprefix("attribute:")


def segment_name(dimension: str, segment: str, formats: Formats) -> str:
    """Name a segment of a dimension."""
    if dimension == "age":
        return bucket_label(segment, language=formats.language)
    if dimension == "size_band":
        return _band(segment, formats)
    name = label(segment, language=formats.language) if segment else formats.gettext("non affecté")
    return name[:1].upper() + name[1:]


def _band(segment: str, formats: Formats) -> str:
    _ = formats.gettext
    if segment in ("<0", "0", ""):
        return {"<0": _("Solde créditeur"), "0": _("Solde nul"), "": _("Non affecté")}[segment]
    if segment.startswith(">"):
        return _("Plus de {amount}").format(amount=formats.round_amount(float(segment[1:])))
    low, _dash, high = segment.partition("-")
    if low == "0":
        return _("Jusqu’à {amount}").format(amount=formats.round_amount(float(high)))
    return _("De {low} à {high}").format(low=formats.round_amount(float(low)), high=formats.round_amount(float(high)))


def single(segments: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows of one dimension each, in the order of the table."""
    if segments.empty:
        return {}
    alone = segments[segments["dimension_2"].astype("str") == ""]
    return {str(name): rows.reset_index(drop=True)
            for name, rows in alone.groupby(alone["dimension"].astype("str"), sort=False)}


def worst(rows: pd.DataFrame) -> pd.Series | None:
    """Return the segment with the highest overdue rate among those that weigh; None where no rate is available."""
    weighing = rows[(rows["share"] >= LEAST_SHARE) & rows["overdue_rate"].notna()]
    return None if weighing.empty else weighing.iloc[int(weighing["overdue_rate"].to_numpy().argmax())]


def telling(segments: pd.DataFrame) -> str | None:
    """Return the dimension whose worst segment is overdue by most euros beyond the rate of the whole."""
    found = {}
    for name, rows in single(segments).items():
        bad = worst(rows)
        if bad is None or name in SAYS_ITSELF or len(rows) < LEAST_SEGMENTS:
            continue
        usual = int(rows["overdue_cents"].sum()) / max(int(_dated(rows).sum()), 1)
        found[name] = int(bad["overdue_cents"]) - usual * int(_dated(bad))
    return max(found, key=lambda name: found[name]) if found else None


def _dated(rows: Any) -> Any:
    """Return the gross receivable that has an age, of each row or of one [cents]."""
    return rows["gross_cents"] - rows["no_due_date_cents"] - rows["age_unknown_cents"]
