"""Sheets of figures: summary, indicators, definitions, evolution, cohorts, parameters."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.audit_results import evolution_buckets
from auditlib.deliver.definitions import IDENTIFIERS, definition
from auditlib.deliver.labels import label, status, tie_status
from auditlib.deliver.sheets import Column, Sheet
from auditlib.formats import Formats, bucket_label

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults
    from auditlib.parameters import Parameters

__all__ = ["SHEETS", "column_values", "parameters_sheet", "summary_sheet"]

MEASURED_SHARES = ("overdue_rate", "recovery_rate_1m", "recovery_rate_3m")
MEASURED_DAYS = ("dso", "dso_count_back")
HEADLINES = (
    "overdue_rate",
    "overdue_rate_net",
    "dso",
    "dso_count_back",
    "recovery_rate_1m",
    "recovery_rate_3m",
    "cash_per_dso_day",
)
Row = tuple[str, Any, str, str]
"""label, value, kind of value, meaning"""
PART_UNITS = {"customers": "count", "open_items": "count"}


def column_values(column: pd.Series) -> list[Any]:
    """Return a column as Excel takes it: cents as currency units, missing values as None."""
    if str(column.name).endswith("_cents"):
        column = column / 100
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype("str").tolist()
    return column.astype(object).where(column.notna(), None).tolist()


def summary_sheet(
    results: "AuditResults", parameters: "Parameters", formats: Formats, *, contents: Sequence[str]
) -> Sheet:
    """Return the first sheet: who, when, status, the main figures, and what the workbook holds."""
    _, summary, language = formats.gettext, results.summary, formats.language
    rows: list[Row] = [
        (_("Société auditée"), parameters.title, "wrapped", ""),
        (_("Date d’arrêté"), dt.date.fromisoformat(summary["as_of_date"]), "date", ""),
        (_("Devise"), summary.get("currency") or "", "text", ""),
        (_("Statut"), status(parameters, language=language), "wrapped", ""),
        (_("Préparé par"), parameters.prepared_by or _("non renseigné"), "wrapped", ""),
        (_("Revu par"), parameters.reviewed_by or _("non revu"), "wrapped", ""),
        (_("Rapprochement"), tie_status(summary, language=language), "wrapped", ""),
    ]
    rows += [
        (label, *_shown(summary["receivable"][name], PART_UNITS.get(name, "amount"), formats), _meaning(name, language))
        for name, label in _receivable_labels(formats).items()
        if name in summary["receivable"]
    ]
    rows += [
        (_headline(name, formats), *_measured(summary["indicators"][name], formats), _meaning(name, language))
        for name in HEADLINES
        if name in summary["indicators"]
    ]
    rows += [(_("Feuille"), title, "text", "") for title in contents]
    return Sheet(
        _("Sommaire"),
        [
            Column(_("Rubrique"), [row[0] for row in rows], "text", 36),
            Column(_("Valeur"), [row[1] for row in rows], "text", 34, kinds=[row[2] for row in rows]),
            Column(_("Lecture"), [row[3] for row in rows], "wrapped", 78),
        ],
        portrait=True,
    )


def _meaning(name: str, language: str) -> str:
    return definition({"total": "receivable"}.get(name, name), language=language).sentence


def _receivable_labels(formats: Formats) -> dict[str, str]:
    _ = formats.gettext
    return {
        "total": _("Encours"),
        "gross": _("Encours brut"),
        "not_due": _("Non échu"),
        "overdue": _("Échu"),
        "net_overdue": _("Échu net"),
        "disputed": _("En litige"),
        "doubtful": _("Douteux"),
        "no_due_date": _("Sans échéance"),
        "age_unknown": _("Âge inconnu"),
        "unallocated_credits": _("Crédits non affectés"),
        "customers": _("Clients avec un poste ouvert"),
        "open_items": _("Postes ouverts"),
    }


def _headline(name: str, formats: Formats) -> str:
    defined = definition(name, language=formats.language)
    return f"{defined.label} ({label('days', language=formats.language)})" if defined.unit == "days" else defined.label


def _measured(entry: dict[str, Any], formats: Formats) -> tuple[Any, str]:
    unit = str(entry["unit"])
    return _shown(entry["value"], "figure" if unit.startswith("amount") else unit, formats)  # a nil is a figure here


def _shown(value: Any, kind: str, formats: Formats) -> tuple[Any, str]:
    """Return a figure and its kind; one that is not available says so."""
    return (formats.gettext("non disponible"), "text") if value is None else (value, kind)


def _indicators(results: "AuditResults", formats: Formats) -> Sheet:
    _, entries = formats.gettext, results.summary["indicators"]
    names = list(entries)
    defined = [definition(name, language=formats.language) for name in names]
    shown = [_measured(entries[name], formats) for name in names]

    def part(key: str) -> list[Any]:
        return [entries[name].get(key) for name in names]

    def dates(key: str) -> list[Any]:
        return [dt.date.fromisoformat(text) if text else None for text in part(key)]

    return Sheet(
        _("Indicateurs"),
        [
            Column(_("Indicateur"), [d.label for d in defined], "wrapped", 36),
            Column(
                _("Valeur"), [value for value, _kind in shown], "amount", 16, kinds=[kind for _value, kind in shown]
            ),
            Column(_("Unité"), [label(unit, language=formats.language) for unit in part("unit")], "text", 14),
            Column(_("Fenêtre (mois)"), part("window_months"), "count", 9),
            Column(_("Du"), dates("window_start"), "date", 11),
            Column(_("Au"), dates("window_end"), "date", 11),
            Column(_("Base (lignes)"), part("basis_items"), "count", 10),
            Column(_("Base (montant)"), part("basis_amount"), "amount", 17),
            Column(_("Part estimée"), part("share_estimated"), "share", 9),
            Column(_("Motif si non disponible"), [formats.stored(text) for text in part("reason")], "wrapped", 40),
            Column(_("Remarque"), [formats.stored(text) for text in part("note")], "wrapped", 40),
            Column(_("Définition"), [d.sentence for d in defined], "wrapped", 52),
            Column(_("Identifiant"), names, "text", 30),
        ],
    )


def _definitions(_results: "AuditResults", formats: Formats) -> Sheet:
    _ = formats.gettext
    defined = [definition(name, language=formats.language) for name in IDENTIFIERS]
    return Sheet(
        _("Définitions"),
        [
            Column(_("Indicateur"), [d.label for d in defined], "wrapped", 40),
            Column(_("Ce qui est mesuré"), [d.sentence for d in defined], "wrapped", 60),
            Column(_("Calcul"), [d.formula for d in defined], "wrapped", 70),
            Column(_("Identifiant"), list(IDENTIFIERS), "text", 30),
        ],
    )


def _evolution(results: "AuditResults", formats: Formats) -> Sheet:
    _, months = formats.gettext, results.evolution
    names = evolution_buckets(months)
    amounts = [
        ("receivable", _("Encours")),
        ("gross", _("Encours brut")),
        *((name, bucket_label(name, language=formats.language)) for name in names),
        ("overdue", _("Échu")),
    ]
    columns = (
        [Column(_("Fin de mois"), column_values(months["month_end"]), "date", 12)]
        if len(months)
        else [Column(_("Fin de mois"), [])]
    )
    columns += [
        Column(title, column_values(months[f"{name}_cents"]), "amount", 17)
        for name, title in amounts
        if f"{name}_cents" in months
    ]
    columns += [
        Column(definition(name, language=formats.language).label, column_values(months[name]), kind, 15)
        for kind, measured in (("share", MEASURED_SHARES), ("days", MEASURED_DAYS))
        for name in measured
        if name in months
    ]
    return Sheet(_("Évolution"), columns, notes=[_("Une cellule vide n’est pas disponible à cette date.")])


def _cohorts(results: "AuditResults", formats: Formats) -> Sheet:
    _, cohorts = formats.gettext, results.cohorts
    titles = {
        "due_month": (_("Mois d’échéance"), "text"),
        "due_cents": (_("Échu dans le mois"), "amount"),
        "credited_cents": (_("Dont avoirs affectés"), "amount"),
        "recovered_1m": (_("Recouvré à 1 mois"), "share"),
        "recovered_3m": (_("Recouvré à 3 mois"), "share"),
    }
    return Sheet(
        _("Cohortes"),
        [Column(title, column_values(cohorts[name]), kind, 18) for name, (title, kind) in titles.items()],
        notes=[_("Une cohorte trop récente pour l’horizon est vide : elle n’est pas encore mesurable.")],
    )


def parameters_sheet(parameters: "Parameters", formats: Formats) -> Sheet:
    """Return the parameters the run was made with, key by key."""
    _ = formats.gettext
    content = parameters.model_dump(mode="json", exclude={"source", "documents", "profiles"})
    flat = pd.json_normalize(content, sep=".").iloc[0]
    return Sheet(
        _("Paramètres"),
        [
            Column(_("Paramètre"), [str(name) for name in flat.index], "text", 36),
            Column(_("Valeur"), ["" if value is None else str(value) for value in flat], "wrapped", 60),
        ],
    )


SHEETS: tuple[Callable[["AuditResults", Formats], Sheet], ...] = (_indicators, _definitions, _evolution, _cohorts)
