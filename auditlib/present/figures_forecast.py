"""Figures of payment curves and of the cash forecast, arranged."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from auditlib.deliver.labels import label
from auditlib.formats import Formats, bucket_label
from auditlib.present.figures import Figure

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["OUTSIDE", "cash_forecast", "curve_at", "error_sentence", "group_label", "payment_curves", "shown_dimension"]

OUTSIDE = ("later", "not_expected")
DIMENSIONS = ("payer_profile", "pace", "all")
"""Shown first where it has two groups of their own."""
FIRST_DAY, LAST_DAY, STEP = -30, 120, 5
GROUPS_SHOWN = 5


def payment_curves(results: "AuditResults", formats: Formats) -> Figure | None:
    """Arrange the share still unpaid by days after due, by payer profile where it is known; None without a curve."""
    _, curves = formats.gettext, results.curves
    if not len(curves):
        return None
    dimension = shown_dimension(curves)
    own = curves[(curves["dimension"] == dimension) & (curves["basis"] == "own")]
    largest = own.groupby("group", observed=True)["events"].sum().sort_values(ascending=False, kind="stable")
    names = [str(name) for name in largest.index[:GROUPS_SHOWN]]
    grid = range(FIRST_DAY, LAST_DAY + 1, STEP)
    return Figure(
        series={group_label(name, formats): tuple(curve_at(own[own["group"] == name], day) for day in grid)
                for name in names},
        labels=tuple(formats.count(day) for day in grid), unit="share",
        title=_("Part des factures encore impayées, par jours après l’échéance"),
        sentence=_unpaid(curves, formats))


def shown_dimension(curves: pd.DataFrame) -> str:
    """Return the first dimension with two groups of their own, else the whole."""
    own = curves[curves["basis"] == "own"]
    groups = own.groupby("dimension", observed=True)["group"].nunique()
    return next(name for name in DIMENSIONS if name == DIMENSIONS[-1] or groups.get(name, 0) > 1)


def curve_at(curve: pd.DataFrame, day: int) -> float | None:
    """Read a curve after a day: whole before its first settlement, unknown once it has stopped [share 0–1]."""
    days = curve["days"].to_numpy()
    rank = int(np.searchsorted(days, day, side="right"))
    if rank == len(days) and day > days[-1]:
        return None
    return float(curve["unpaid"].iloc[rank - 1]) if rank else 1.0


def group_label(group: str, formats: Formats) -> str:
    """Name a group: the whole, a pace, a code of ours, or the client's own word."""
    _ = formats.gettext
    if group == "all":
        return _("Ensemble")
    if group.startswith("<="):
        return _("Retard moyen jusqu’à {days} j").format(days=group[2:])
    named = label(group, language=formats.language)
    if named == group and any(mark in group for mark in "->") and group.strip("->").replace("-", "").isdigit():
        named = _("Retard moyen : {band}").format(band=bucket_label(group, language=formats.language).lower())
    return named[:1].upper() + named[1:]


def _unpaid(curves: pd.DataFrame, formats: Formats) -> str:
    """Say what is still unpaid 30 and 60 days after the due date, of all invoices."""
    whole = curves[curves["dimension"] == "all"]
    month, two = curve_at(whole, 30), curve_at(whole, 60)
    if month is None:
        return formats.gettext("Trop peu de factures sont suivies jusqu’à trente jours après l’échéance.")
    return formats.gettext(
        "Trente jours après l’échéance, {month} des factures restent impayées ; soixante jours après, {two}. "
        "Les factures ouvertes comptent tant qu’elles sont suivies."
    ).format(month=formats.share(month), two=formats.share(two))


def cash_forecast(results: "AuditResults", formats: Formats) -> Figure | None:
    """Arrange the settlements expected by week, with their band; None without a forecast."""
    _, cash = formats.gettext, results.cash_forecast
    if not len(cash):
        return None
    weeks = cash[(cash["kind"] == "week") & ~cash["period"].isin(OUTSIDE)]
    names = {"expected_cents": _("Attendu"), "low_cents": _("Bas"), "high_cents": _("Haut")}
    total = results.summary["indicators"]["forecast_13_weeks"]["value"]
    said = _("En 13 semaines, {amount} sont attendus de l’encours existant.").format(amount=formats.round_amount(total))
    return Figure(
        series={text: tuple(None if pd.isna(cents) else float(cents) / 100 for cents in weeks[name])
                for name, text in names.items()},
        labels=tuple(formats.short_date(day)[:5] if formats.language == "fr" else formats.short_date(day)[:6].strip()
                     for day in weeks["start"]),
        unit="amount", title=_("Règlements attendus par semaine"),
        sentence=f"{said} {error_sentence(results, formats)}")


def error_sentence(results: "AuditResults", formats: Formats) -> str:
    """Say how the same forecast went three months ago, beside due date and average delay; or why it is not known."""
    _, entries = formats.gettext, results.summary["indicators"]
    error = entries["forecast_error"]
    if error["value"] is None:
        return formats.stored(error["reason"])
    names = ("forecast_error", "forecast_weekly_error", "forecast_error_naive", "forecast_weekly_error_naive")
    total, week, plain, plain_week = (formats.share(entries[name]["value"]) for name in names)
    return _(
        "La même prévision, faite trois mois plus tôt, s’est écartée de {total} sur le total et de {week} par semaine "
        "(« échéance + retard moyen » : {plain} et {plain_week}). {verdict} La fourchette est cet écart par semaine."
    ).format(total=total, week=week, plain=plain, plain_week=plain_week, verdict=formats.stored(error["note"]))
