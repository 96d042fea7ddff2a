"""Rows of the tables on what will come in, as texts: the same for the report and for the notebook."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.forecast import PARTS
from auditlib.formats import Formats
from auditlib.present.figures_forecast import curve_at, group_label, shown_dimension

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = [
    "back_test_rows", "back_test_titles", "cash_rows", "cash_titles", "curve_rows", "curve_titles", "period_label",
]

CURVE_DAYS = (0, 15, 30, 60, 90)


def period_label(row: Any, formats: Formats) -> str:
    """Name a period of the forecast: its first and last day, later, or not expected."""
    _ = formats.gettext
    if row["period"] == "later":
        return _("Au-delà")
    if row["period"] == "not_expected":
        return _("Non attendu")
    return _("du {start} au {end}").format(start=formats.short_date(row["start"]), end=formats.short_date(row["end"]))


def cash_titles(results: "AuditResults", formats: Formats) -> list[str]:
    """Return the headings of `cash_rows`."""
    _ = formats.gettext
    names = {"promised": _("Promis"), "disputed": _("En litige"), "overdue": _("Échu"), "not_due": _("Non échu"),
             "undated": _("Sans échéance"), "doubtful": _("Douteux")}
    return [_("Période"), _("Attendu"), _("Bas"), _("Haut"), *(names[part] for part in _parts(results))]


def _parts(results: "AuditResults") -> list[str]:
    """Return the parts of the base that hold something."""
    return [part for part in PARTS if results.cash_forecast[f"{part}_cents"].any()]


def cash_rows(results: "AuditResults", formats: Formats, *, kind: str) -> list[tuple[str, ...]]:
    """Return the periods of a forecast, later, not expected, and the base they add up to."""
    cash = results.cash_forecast[results.cash_forecast["kind"] == kind]
    names = ["expected_cents", "low_cents", "high_cents", *(f"{part}_cents" for part in _parts(results))]
    rows = [(period_label(row, formats), *(_cents(row[name], formats) for name in names))
            for row in cash.to_dict("records")]
    sums = [formats.cents(int(cash[name].sum())) if name not in ("low_cents", "high_cents") else "" for name in names]
    return [*rows, (formats.gettext("Base de la prévision"), *sums)]


def _cents(cents: Any, formats: Formats) -> str:
    return "" if pd.isna(cents) else formats.cents(int(cents))


def back_test_titles(formats: Formats) -> list[str]:
    """Return the headings of `back_test_rows`."""
    _ = formats.gettext
    return [_("Période"), _("Prévu trois mois plus tôt"), _("Échéance + retard moyen"), _("Venu")]


def back_test_rows(results: "AuditResults", formats: Formats, *, kind: str) -> list[tuple[str, ...]]:
    """Return the periods of the back-test, their sum, and the errors under it."""
    _, tested = formats.gettext, results.back_test
    names = ("forecast_cents", "naive_cents", "came_cents")
    rows = [(period_label(row | {"period": ""}, formats), *(formats.cents(row[name]) for name in names))
            for row in tested[tested["kind"] == kind].to_dict("records")]
    summed = tested[tested["kind"] == f"{kind}_error"].iloc[0]
    biases, wapes = (_pair(summed, name, formats) for name in ("bias", "wape"))
    total = (_("Total"), *(formats.cents(summed[name]) for name in names))
    return [*rows, total, (_("Écart sur le total"), *biases, ""),
            (_("Écart par période, en moyenne"), *wapes, "")]


def _pair(row: pd.Series, name: str, formats: Formats) -> tuple[str, str]:
    return formats.share(row[f"forecast_{name}"]), formats.share(row[f"naive_{name}"])


def curve_titles(formats: Formats) -> list[str]:
    """Return the headings of `curve_rows`."""
    _ = formats.gettext
    days = [_("Impayé à {days} j").format(days=day) for day in CURVE_DAYS]
    return [_("Groupe"), _("Factures réglées"), *days, _("Courbe")]


def curve_rows(results: "AuditResults", formats: Formats) -> list[tuple[str, ...]]:
    """Return the share still unpaid some days after the due date, of all and of each group shown."""
    _, curves = formats.gettext, results.curves
    dimension = shown_dimension(curves)
    rows = []
    for name in dict.fromkeys(("all", dimension)):
        for group, curve in curves[curves["dimension"] == name].groupby("group", observed=True):
            own = curve["basis"].iloc[0] == "own"
            shares = [formats.share(curve_at(curve, day)) for day in CURVE_DAYS]
            basis = _("la sienne") if own else _("celle de l’ensemble : trop peu de factures réglées")
            settled = formats.count(curve["events"].sum()) if own else "–"
            rows.append((group_label(str(group), formats), settled, *shares, basis))
    return rows
