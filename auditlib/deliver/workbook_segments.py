"""Sheets on each part of the receivable."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.deliver.definitions import definition
from auditlib.deliver.labels_segments import dimension_name, segment_name
from auditlib.deliver.sheets import Column, Sheet
from auditlib.deliver.workbook_measures import column_values
from auditlib.formats import Formats, bucket_label

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SHEETS"]

RATES = ("overdue_rate", "overdue_rate_30", "overdue_rate_60", "overdue_rate_90")
DAYS = ("dso", "dso_best_possible", "dso_late", "dso_disputed", "dso_doubtful", "dso_undated", "dso_unallocated",
        "dso_count_back", "weighted_days_to_pay", "weighted_days_beyond_terms")
FLOW_SHARES = ("recovery_rate_1m", "recovery_rate_3m", "dilution_rate")


def _segments(results: "AuditResults", formats: Formats) -> Sheet | None:
    if results.segments.empty:
        return None
    _, rows = formats.gettext, results.segments[results.segments["dimension_2"].astype("str") == ""]
    columns = [*_names(rows, formats, ("",)), *_amounts(results, rows, formats)]
    columns += [_figure(rows, name, "share", formats) for name in (*RATES, "concentration_top1", *FLOW_SHARES)]
    columns += [_figure(rows, name, "days", formats) for name in DAYS]
    columns += [Column(_("Ventes de la fenêtre"), column_values(rows["sales_cents"]), "amount", 17),
                *_trend(rows, formats), Column(_("Motif si non disponible"), _reasons(rows, formats), "wrapped", 70)]
    return Sheet(_("Segments"), columns, freeze=2, notes=[
        _("Chaque critère totalise l’encours au centime ; filtrer sur un critère avant d’additionner."),
        _("Une cellule vide n’est pas disponible : le motif est dans la dernière colonne.")])


def _crossed(results: "AuditResults", formats: Formats) -> Sheet | None:
    if results.segments.empty:
        return None
    _, rows = formats.gettext, results.segments[results.segments["dimension_2"].astype("str") != ""]
    if rows.empty:
        return None
    columns = [*_names(rows, formats, ("", "_2")), *_amounts(results, rows, formats)]
    columns += [_figure(rows, name, "share", formats) for name in RATES]
    return Sheet(_("Segments croisés"), columns, freeze=4, notes=[
        _("Deux critères à la fois ; filtrer sur un couple de critères avant d’additionner : il totalise l’encours.")])


def _names(rows: pd.DataFrame, formats: Formats, suffixes: tuple[str, ...]) -> list[Column]:
    _ = formats.gettext
    columns = []
    for suffix in suffixes:
        dimensions, values = (rows[f"{name}{suffix}"].astype("str").tolist() for name in ("dimension", "segment"))
        columns.append(Column(_("Critère"), [dimension_name(name, formats) for name in dimensions], "text", 20))
        columns.append(Column(_("Segment"), [
            segment_name(name, value, formats) for name, value in zip(dimensions, values, strict=True)], "text", 28))
    return columns


def _amounts(results: "AuditResults", rows: pd.DataFrame, formats: Formats) -> list[Column]:
    _ = formats.gettext
    titles = {
        "receivable": _("Encours"), "gross": _("Encours brut"),
        **{row["bucket"]: bucket_label(row["bucket"], language=formats.language) for row in results.summary["ageing"]},
        "overdue": _("Échu"), "net_overdue": _("Échu net"), "disputed": _("En litige"), "doubtful": _("Douteux")}
    amounts = [Column(title, column_values(rows[f"{name}_cents"]), "amount", 17) for name, title in titles.items()]
    counts = [Column(title, column_values(rows[name]), "count", 10)
              for name, title in (("customers", _("Clients")), ("open_items", _("Postes ouverts")))]
    return [*amounts, *counts, Column(_("Part de l’encours"), column_values(rows["share"]), "share", 10)]


def _figure(rows: pd.DataFrame, name: str, kind: str, formats: Formats) -> Column:
    return Column(definition(name, language=formats.language).label, column_values(rows[name]), kind, 15)


def _trend(rows: pd.DataFrame, formats: Formats) -> list[Column]:
    _ = formats.gettext
    titles = {3: (_("Variation de l’encours sur 3 mois"), _("Variation du taux d’échu sur 3 mois")),
              12: (_("Variation de l’encours sur 12 mois"), _("Variation du taux d’échu sur 12 mois"))}
    columns = []
    for months, (amount, rate) in titles.items():
        columns.append(Column(amount, column_values(rows[f"receivable_change_{months}m_cents"].astype("Float64")),
                              "amount", 17))
        columns.append(Column(rate, column_values(rows[f"overdue_rate_change_{months}m"]), "share", 12))
    return columns


def _reasons(rows: pd.DataFrame, formats: Formats) -> list[str]:
    """Return, for each row, every distinct reason why a figure of it is missing."""
    names = [name for name in map(str, rows.columns) if name.endswith("_reason")]
    listed = rows[names].astype("str").to_numpy()
    return [" ".join(formats.stored(reason) for reason in dict.fromkeys(row) if reason) for row in listed]


SHEETS: tuple[Callable[["AuditResults", Formats], Sheet | None], ...] = (_segments, _crossed)
