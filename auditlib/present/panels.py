"""What the dashboard says of a selection: tiles, masthead, what-if and questions, as markup."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from auditlib.deliver.labels import label, tie_status
from auditlib.formats import Formats, signed
from auditlib.present.markup import Html, Tile, chip, join, shown, tiles
from auditlib.present.selection import Measure, Selection, State

__all__ = [
    "masthead",
    "questions",
    "segment_label",
    "segment_name",
    "selection_line",
    "state_tiles",
    "what_if",
]

TREND_MONTHS = 13
FIGURES = ("receivable", "overdue", "overdue_rate", "dso")


def masthead(summary: dict[str, Any], *, client: str, status: str = "", language: str = "fr") -> Html:
    """Return the client's name, the date, and whether the ledger ties.

    Parameters
    ----------
    summary : dict
        The content of ``indicators.json``.
    client : str
        Name to show.
    status : str
        Whether the audit is reviewed; empty: not said.
    language : {"fr", "en"}
    """
    formats = Formats(language=language, currency=str(summary.get("currency") or ""))
    _, ties = formats.gettext, summary["reconciliation"].get("ties")
    tone = {True: "good", False: "bad"}.get(ties, "warn")
    tied = tie_status(summary, language=language)
    chips = [chip(tied[:1].upper() + tied[1:], tone=tone)] + ([chip(status, tone="warn")] if status else [])
    line = _("Situation au {date} · montants TTC").format(date=formats.date(summary["as_of_date"]))
    return Html(
        f'<div class="audit-masthead"><div><h1>{shown(client)}</h1><p>{shown(line)}</p></div>'
        f'<div class="audit-chips">{join(chips)}</div></div>'
    )


def segment_label(segment: str, formats: Formats) -> str:
    """Name a segment."""
    _ = formats.gettext
    return {
        "customer_type": _("Type de client"),
        "zone": _("Zone"),
        "business_unit": _("Activité"),
        "salesperson": _("Commercial"),
        "size_class": _("Taille"),
        "payer_profile": _("Profil de payeur"),
    }[segment]


def segment_name(value: str, formats: Formats) -> str:
    """Name a segment's value."""
    name = label(value, language=formats.language) if value else formats.gettext("non affecté")
    return name[:1].upper() + name[1:]


def selection_line(selection: Selection, as_of_date: pd.Timestamp, formats: Formats) -> Html:
    """Say what is selected, for screen and print; nothing where it is everything at the audit's date."""
    _ = formats.gettext
    chosen = [
        f"{segment_label(name, formats)} : {segment_name(value, formats)}" for name, value in selection.segments.items()
    ]
    if selection.month_end != as_of_date:
        chosen.append(_("situation au {date}").format(date=formats.short_date(selection.month_end)))
    if not chosen:
        return Html("")
    line = _("Sélection – {chosen}").format(chosen=" · ".join(chosen))
    return Html(f'<p class="audit-selection">{shown(line)}</p>')


def state_tiles(state: State, history: pd.DataFrame, selection: Selection, formats: Formats) -> Html:
    """Return the four figures of a selection, each with what stands beside it and its past year."""
    _ = formats.gettext
    past = history[history["month_end"] <= selection.month_end].tail(TREND_MONTHS)
    before = _year_before(past, selection.month_end)
    names = dict(zip(FIGURES, (_("Encours clients"), _("Échu"), _("Taux d’échu"), _("DSO")), strict=True))
    notes = {
        "receivable": [
            _count(state.customers, formats),
            _change(state.receivable, before.get("receivable_cents"), formats, scale=0.01),
        ],
        "overdue": [
            _("échu net {amount}").format(amount=formats.amount(state.net_overdue.value))
            if state.net_overdue.value is not None
            else _oldest(state, formats)
        ],
        "overdue_rate": [_points(state.overdue_rate, before.get("overdue_rate"), formats)],
        "dso": [_days(state.dso, before.get("dso"), formats), _window(state, formats)],
    }
    columns = dict(zip(FIGURES, ("receivable_cents", "overdue_cents", "overdue_rate", "dso"), strict=True))
    write = {"overdue_rate": formats.share, "dso": formats.days}
    return tiles(
        Tile(
            name,
            names[name],
            _value(measure, write.get(name, formats.amount), formats),
            reason=_(measure.reason) if measure.reason else "",
            note=" · ".join(filter(None, notes[name])),
            trend=_trend(past, columns[name]),
        )
        for name in FIGURES
        if (measure := getattr(state, name)) is not None
    )


def what_if(state: State, *, share: float, formats: Formats) -> Html:
    """Say what a lower net overdue would free, and the DSO then: a simulation, not a forecast.

    Parameters
    ----------
    state : State
    share : float
        Part of the net overdue that is collected. [share 0–1]
    formats : Formats
    """
    _, base, receivable = formats.gettext, state.net_overdue, state.receivable.value
    if base.value is None or not receivable:
        missing = _(base.reason) or _("Rien à simuler.")
        return Html(f'<p class="audit-empty">{shown(missing)}</p>')
    freed = base.value * share
    dso = None if state.dso.value is None else state.dso.value * (1 - freed / receivable)
    gain = (
        ""
        if dso is None or state.dso.value is None
        else _("soit {days} de moins").format(days=formats.days(state.dso.value - dso))
    )
    left = receivable - freed
    rows = (
        (
            "freed", _("Trésorerie libérée"), formats.amount(freed),
            _("{share} de {amount} d’échu net").format(share=formats.share(share), amount=formats.amount(base.value)),
        ),
        (
            "dso-after", _("DSO simulé"), formats.days(dso) if dso is not None else _("n. d."),
            gain or _(state.dso.reason),
        ),
        ("overdue-after", _("Échu net restant"), formats.amount(base.value - freed), ""),
        (
            "receivable-after", _("Encours simulé"), formats.amount(left),
            _("contre {amount}").format(amount=formats.amount(receivable)),
        ),
    )
    return Html(
        '<div class="audit-whatif">'
        + "".join(
            f'<div data-figure="{code}"><div class="label">{shown(name)}</div><div class="value">{shown(value)}</div>'
            f'<div class="audit-detail">{shown(below)}</div></div>'
            for code, name, value, below in rows
        )
        + "</div>"
    )


def questions(asked: Sequence[str], formats: Formats) -> Html:
    """Return the questions noted during the call."""
    if not asked:
        none = formats.gettext("Aucune question notée.")
        return Html(f'<p class="audit-empty">{shown(none)}</p>')
    return Html(f'<ul class="audit-questions">{"".join(f"<li>{shown(text)}</li>" for text in asked)}</ul>')


def _value(measure: Measure, write: Any, formats: Formats) -> str:
    return formats.gettext("n. d.") if measure.value is None else str(write(measure.value))


def _count(customers: int, formats: Formats) -> str:
    return formats.gettext("{count} clients").format(count=formats.count(customers))


def _year_before(past: pd.DataFrame, month_end: pd.Timestamp) -> dict[Any, Any]:
    """Return the month end of a year before, empty where it is not known, or the date looked at is no month end."""
    if not month_end.is_month_end:
        return {}
    year_ago = past[past["month_end"] == month_end - pd.DateOffset(years=1) + pd.offsets.MonthEnd(0)]
    return {} if year_ago.empty else dict(year_ago.iloc[0])


def _change(now: Measure, then: float | None, formats: Formats, *, scale: float) -> str:
    if now.value is None or then is None or pd.isna(then) or then <= 0:
        return ""
    return formats.gettext("{change} en un an").format(
        change=signed(formats.share(abs(now.value / (then * scale) - 1)), now.value - then * scale)
    )


def _points(now: Measure, then: float | None, formats: Formats) -> str:
    if now.value is None or then is None or pd.isna(then):
        return ""
    points = 100 * (now.value - then)
    written = formats.gettext("{points} pt").format(points=formats.short_number(abs(points), digits=1))
    return formats.gettext("{change} en un an").format(change=signed(written, points))


def _days(now: Measure, then: float | None, formats: Formats) -> str:
    if now.value is None or then is None or pd.isna(then):
        return ""
    written = formats.gettext("{days} j").format(days=formats.short_number(abs(now.value - then), digits=1))
    return formats.gettext("{change} en un an").format(change=signed(written, now.value - then))


def _oldest(state: State, formats: Formats) -> str:
    late = [row for row in state.ageing if row["from_days"]]
    return (
        formats.gettext("dont {amount} dans la tranche la plus ancienne").format(
            amount=formats.amount(late[-1]["amount"])
        )
        if late
        else ""
    )


def _window(state: State, formats: Formats) -> str:
    if state.window is None or state.dso.value is None:
        return ""
    first, last = (formats.month(day) for day in (state.window.start, state.window.end))
    return formats.gettext("ventes de {first} à {last}").format(first=first, last=last)


def _trend(past: pd.DataFrame, column: str) -> list[float | None]:
    if column not in past:
        return []
    return [None if pd.isna(value) else float(value) for value in past[column]]
