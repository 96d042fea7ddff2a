"""The cohort heat map: what was settled of each due month, one to six months later."""

import pandas as pd

from auditlib.formats import Formats
from auditlib.present.figures import HeatMap, values_of

__all__ = ["cohort_heatmap"]

MONTHS_SHOWN = 15
HEADLINE = 3
"""Months after the due month at which two cohorts are set side by side in words."""


def cohort_heatmap(matrix: pd.DataFrame, formats: Formats) -> HeatMap | None:
    """Arrange the latest due months by horizon; None where no horizon is over [share 0–1].

    Parameters
    ----------
    matrix : DataFrame
        From `auditlib.cohort_matrix.cohort_matrix`.
    formats : Formats
    """
    _ = formats.gettext
    if matrix.empty or not matrix["is_mature"].any():
        return None
    recent = sorted(matrix.loc[matrix["is_mature"], "due_month"].unique())[-MONTHS_SHOWN:]
    shown = matrix[matrix["due_month"].isin(recent)]
    labels = {month: formats.month(f"{month}-01") for month in recent}
    series, gaps = {}, {}
    for after, part in shown.groupby("months_after"):
        name = _("à {months} mois").format(months=after)
        ordered = part.set_index("due_month").loc[recent]
        series[name] = values_of(ordered["rate"])
        gaps[name] = tuple(
            "" if pd.notna(rate) else _gap(bool(mature), day, formats)
            for rate, mature, day in zip(ordered["rate"], ordered["is_mature"], ordered["available_on"], strict=True))
    return HeatMap(
        series=series, labels=tuple(labels.values()), unit="share",
        title=_("Part encaissée de chaque mois d’échéance"),
        sentence=" ".join([*_best_and_worst(shown, labels, formats), _missing(gaps, formats)]).strip(),
        gaps=gaps)


def _gap(is_mature: bool, available_on: pd.Timestamp, formats: Formats) -> str:
    if is_mature:
        return formats.gettext("rien à encaisser : tout a été soldé par avoirs")
    return formats.gettext("recul insuffisant : connu le {date}").format(date=formats.short_date(available_on))


def _best_and_worst(shown: pd.DataFrame, labels: dict[str, str], formats: Formats) -> list[str]:
    """Say which due months came in best and worst at the headline horizon, or at the longest there is."""
    known = shown[shown["rate"].notna()]
    after = HEADLINE if (known["months_after"] == HEADLINE).any() else known["months_after"].max()
    rates = known[known["months_after"] == after].set_index("due_month")["rate"]
    if len(rates) < 2:
        return []
    low, high = str(rates.idxmin()), str(rates.idxmax())
    return [formats.gettext(
        "À {months} mois, la part encaissée va de {low} (échéances de {low_month}) "
        "à {high} (échéances de {high_month})."
    ).format(months=after, low=formats.share(rates[low]), low_month=labels[low], high=formats.share(rates[high]),
             high_month=labels[high])]


def _missing(gaps: dict[str, tuple[str, ...]], formats: Formats) -> str:
    if not any(reason for reasons in gaps.values() for reason in reasons):
        return ""
    return formats.gettext("Case grise : pas encore le recul nécessaire, ou rien à encaisser.")
