"""Figures of the months: receivable, DSO and recovery, the same month of the year before beside each."""

from collections.abc import Callable, Sequence

import pandas as pd

from auditlib.formats import Formats, signed
from auditlib.present.figures import Figure, euros_of, values_of

__all__ = ["dso_evolution", "evolution", "recovery_cohorts"]

YEAR = 12
LONGEST = 24
"""Months shown where the year before is not known."""
Values = tuple[float | None, ...]


def evolution(months: pd.DataFrame, formats: Formats) -> Figure:
    """Arrange receivable and overdue by month end, from ``month_end``, ``receivable_cents`` and ``overdue_cents``.

    The latest twelve months, and the same months of the year before where the history reaches back to them.
    """
    _ = formats.gettext
    shown, before = _folded(months)
    series = {_("Encours"): euros_of(shown["receivable_cents"]), _("Échu"): euros_of(shown["overdue_cents"])}
    past = {} if before is None else {
        _("Encours un an avant"): euros_of(before["receivable_cents"]),
        _("Échu un an avant"): euros_of(before["overdue_cents"])}
    labels = _months(shown, formats)
    return Figure(
        series=series | past,
        labels=labels,
        unit="amount",
        title=_("Encours et échu en fin de mois"),
        sentence=_stock_sentence(series, past, labels, formats),
        behind=tuple(past),
    )


def dso_evolution(months: pd.DataFrame, formats: Formats) -> Figure:
    """Arrange the DSO by month end, its value of the year before, and its count-back variant where known [days]."""
    _ = formats.gettext
    shown, before = _folded(months)
    dso, labels = values_of(shown["dso"]), _months(shown, formats)
    series = {_("DSO"): dso}
    if "dso_count_back" in months:
        series[_("DSO par épuisement")] = values_of(shown["dso_count_back"])
    past = {} if before is None else {_("DSO un an avant"): values_of(before["dso"])}
    then = next(iter(past.values()), ())
    sentence = _between(
        labels, dso, formats.days, formats=formats,
        text=_("Le DSO passe de {before} à {after} entre {start} et {end}."))
    if (pair := _last_pair(dso, then)) is not None:
        change = _("{days} j").format(days=formats.short_number(abs(pair[0] - pair[1]), digits=1))
        sentence = _("Fin {month}, le DSO est de {now}, contre {before} un an avant ({change}).").format(
            month=labels[-1], now=formats.days(pair[0]), before=formats.days(pair[1]),
            change=signed(change, pair[0] - pair[1]))
    if "dso_count_back" not in months:
        sentence += " " + _("La méthode par épuisement n’est donnée que pour l’ensemble des clients.")
    return Figure(
        series=series | past, labels=labels, unit="days", title=_("DSO en fin de mois"), sentence=sentence,
        behind=tuple(past))


def recovery_cohorts(cohorts: pd.DataFrame, formats: Formats) -> Figure:
    """Arrange the recovery rates of the latest due months, and of the same months a year before [share 0–1].

    A month too recent leaves a gap.
    """
    _ = formats.gettext
    dated = cohorts.assign(month_end=pd.to_datetime(cohorts["due_month"] + "-01") + pd.offsets.MonthEnd(0))
    shown, before = _folded(dated)
    labels = _months(shown, formats)
    series = {
        _("à 3 mois"): values_of(shown["recovered_3m"]), _("à 1 mois"): values_of(shown["recovered_1m"])}
    past = {} if before is None else {
        _("à 3 mois, un an avant"): values_of(before["recovered_3m"]),
        _("à 1 mois, un an avant"): values_of(before["recovered_1m"])}
    one, then = series[_("à 1 mois")], past.get(_("à 1 mois, un an avant"), (None,) * len(labels))
    last = next((rank for rank in range(len(one) - 1, -1, -1) if one[rank] is not None), None)
    if last is None:
        sentence = _("Aucun mois d’échéance n’a encore le recul nécessaire.")
    else:
        sentence = _("{share} de ce qui est échu en {month} était réglé à la fin du mois suivant.").format(
            share=formats.share(one[last]), month=labels[last])
        if then[last] is not None:
            sentence += " " + _("Un an avant, c’était {share}.").format(share=formats.share(then[last]))
    return Figure(
        series=series | past, labels=labels, unit="share", title=_("Recouvrement par mois d’échéance"),
        sentence=sentence, behind=tuple(past))


def _folded(months: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Return the latest year, and the same months a year before; all months where none of those is known."""
    recent = months.tail(YEAR)
    ends = pd.DatetimeIndex(recent["month_end"])
    past = months.set_index(pd.DatetimeIndex(months["month_end"]).to_period("M"))
    before = past.reindex(ends.to_period("M") - YEAR)
    if before["month_end"].isna().all():
        return months.tail(LONGEST), None
    return recent, before


def _stock_sentence(
    series: dict[str, Values], past: dict[str, Values], labels: tuple[str, ...], formats: Formats,
) -> str:
    _ = formats.gettext
    pairs = [_last_pair(now, then) for now, then in zip(series.values(), past.values(), strict=False)]
    if not pairs or pairs[0] is None:
        return _between(
            labels, next(iter(series.values())), formats.amount, formats=formats,
            text=_("L’encours passe de {before} à {after} entre {start} et {end}."))
    sentence = _("Fin {month}, l’encours est de {now}, contre {before} un an avant{change}.").format(
        month=labels[-1], now=formats.amount(pairs[0][0]), before=formats.amount(pairs[0][1]),
        change=_change(*pairs[0], formats))
    if pairs[1] is not None:
        sentence += " " + _("L’échu est de {now}, contre {before}{change}.").format(
            now=formats.amount(pairs[1][0]), before=formats.amount(pairs[1][1]), change=_change(*pairs[1], formats))
    return sentence


def _change(now: float, before: float, formats: Formats) -> str:
    """Write a change in brackets; nothing where it has no base."""
    return f" ({formats.signed_share(now / before - 1)})" if before > 0 else ""


def _last_pair(now: Sequence[float | None], before: Sequence[float | None]) -> tuple[float, float] | None:
    """Return the last value and that of a year before, None where one is missing."""
    if not now or not before or now[-1] is None or before[-1] is None:
        return None
    return now[-1], before[-1]


def _between(
    labels: tuple[str, ...], values: Values, write: Callable[[float | None], str], *, text: str, formats: Formats,
) -> str:
    """Say where a series starts and ends, leaving out the points it does not have."""
    known = [(label, value) for label, value in zip(labels, values, strict=True) if value is not None]
    if len(known) < 2:
        return formats.gettext("L’historique est trop court pour une évolution.")
    (start, before), (end, after) = known[0], known[-1]
    return text.format(before=write(before), after=write(after), start=start, end=end)


def _months(months: pd.DataFrame, formats: Formats) -> tuple[str, ...]:
    """Name each point by its month, or by its day where one of them is no month end (an aged balance has its own)."""
    is_monthly = bool(pd.DatetimeIndex(months["month_end"].dropna()).is_month_end.all())
    return tuple((formats.month if is_monthly else formats.short_date)(day) for day in months["month_end"])
