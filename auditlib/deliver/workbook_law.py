"""Sheets on what the law gives and takes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.deliver.labels_law import half_year_name, legal_label, legal_value
from auditlib.deliver.sheets import Column, Sheet
from auditlib.deliver.workbook_measures import column_values
from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SHEETS"]

LINES_SHOWN = 100_000
"""Of the sheet of interest; the smallest beyond are one line, so that totals tie."""


def _late_interest(results: "AuditResults", formats: Formats) -> Sheet | None:
    """List each late amount with its interest by half-year; a half-year without a rate has no figure."""
    _, lines = formats.gettext, results.late_interest
    if lines.empty:
        return None
    halves = sorted(lines["half_year"].astype("str").unique())
    rows = _by_portion(lines)
    shown, rest = rows.head(LINES_SHOWN), rows.iloc[LINES_SHOWN:]
    tail = rest[["principal_cents", "indemnity_cents", "interest", *halves]].sum(min_count=1) if len(rest) else None
    texts = {name: shown[name].astype("str").tolist() for name in ("customer_id", "document_ref", "source_file")}
    names = results.customers.set_index("customer_id")["name"]
    said = {"name": [str(names.get(key, "")) for key in texts["customer_id"]],
            "regime": [legal_label(code, formats) for code in shown["regime"]],
            "basis": [legal_label(code, formats) for code in shown["basis"]]}

    def column(title: str, values: list[Any], kind: str, width: float, total: str = "", *, last: Any = None) -> Column:
        return Column(title, [*values, last] if tail is not None else values, kind, width, total)

    def amount(title: str, name: str, scale: int = 1) -> Column:
        values = [None if pd.isna(value) else value / scale for value in shown[name]]
        last = None if tail is None or pd.isna(tail[name]) else tail[name] / scale
        return column(title, values, "amount", 15, "subtotal", last=last)

    def dated(title: str, name: str) -> Column:
        return column(title, column_values(shown[name]), "date", 12)

    return Sheet(_("Pénalités de retard"), [
        column(_("Code"), texts["customer_id"], "text", 13,
               last=_("{count} autres, moindres").format(count=formats.count(len(rest)))),
        column(_("Client"), said["name"], "text", 34, last=""),
        column(_("Régime"), said["regime"], "text", 18, last=""),
        column(_("Base"), said["basis"], "text", 16, last=""),
        column(_("Pièce"), texts["document_ref"], "text", 18, last=""),
        dated(_("Échéance"), "due_date"), dated(_("Du"), "from_date"), dated(_("Au"), "to_date"),
        column(_("Jours"), shown["days"].tolist(), "count", 8),
        amount(_("Montant en retard"), "principal_cents", 100),
        *(amount(half_year_name(half, formats), half) for half in halves),
        amount(_("Pénalités"), "interest"), amount(_("Indemnité"), "indemnity_cents", 100),
        column(_("Fichier"), texts["source_file"], "text", 24, last=""),
        column(_("Ligne"), shown["source_row"].tolist(), "count", 9),
    ], freeze=2, notes=[note for note in (_interest_note(results, formats),) if note])


def _by_portion(lines: pd.DataFrame) -> pd.DataFrame:
    """Return a row a late amount, its half-years side by side, the largest interest first."""
    by_half = pd.crosstab(lines["portion"], lines["half_year"].astype("str"), lines["interest_cents"], aggfunc="sum")
    lacking = lines.loc[lines["rate"].isna()].assign(half_year=lambda some: some["half_year"].astype("str"))
    for half, portions in lacking.groupby("half_year")["portion"]:
        by_half.loc[portions, half] = float("nan")
    rows = lines.groupby("portion").agg(**_PORTION)
    complete = ~rows.index.isin(lacking["portion"])
    joined: pd.DataFrame = rows.assign(interest=rows["interest_cents"].where(complete) / 100).join(by_half / 100)
    return joined.sort_values("interest_cents", ascending=False, kind="stable")


_PORTION: dict[str, Any] = {name: (name, "first") for name in (
    "customer_id", "regime", "basis", "document_ref", "due_date", "principal_cents", "from_date", "source_file",
    "source_row")} | {"to_date": ("to_date", "last"), "days": ("days", "sum"),
                      "interest_cents": ("interest_cents", "sum"), "indemnity_cents": ("indemnity_cents", "sum")}


def _interest_note(results: "AuditResults", formats: Formats) -> str:
    entry = results.summary["indicators"].get("late_interest", {})
    return formats.stored(entry.get("reason") or entry.get("note"))


def _over_cap(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, rows = formats.gettext, results.over_cap
    if rows.empty:
        return None
    return Sheet(_("Délais au-delà du plafond"), [
        *_who(results, rows, formats), *_document(rows, formats),
        Column(_("Délai accordé (j)"), rows["term_days"].tolist(), "count", 12),
        Column(_("Plafond légal"), column_values(rows["cap_date"]), "date", 12),
        Column(_("Au-delà (j)"), rows["days_over"].tolist(), "count", 10),
        Column(_("Montant"), column_values(rows["amount_cents"]), "amount", 16, "subtotal"),
        *_source(rows, formats),
    ], freeze=2)


def _prescription(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, rows = formats.gettext, results.prescription
    if rows.empty:
        return None
    rows = rows.sort_values("lapse_date", kind="stable")
    return Sheet(_("Prescription"), [
        *_who(results, rows, formats), *_document(rows, formats),
        Column(_("Point de départ"), column_values(rows["start_date"]), "date", 12),
        Column(_("Fondé sur"), [legal_label(code, formats) for code in rows["start"]], "text", 18),
        Column(_("Prescrite le"), column_values(rows["lapse_date"]), "date", 12),
        Column(_("Situation"), [legal_label(code, formats) for code in rows["class"]], "text", 22),
        Column(_("Restant dû"), column_values(rows["residual_cents"]), "amount", 16, "subtotal"),
        Column(_("Échu net"), column_values(rows["net_overdue_cents"]), "amount", 16, "subtotal"),
        *_source(rows, formats),
    ], freeze=2)


def _parameters(results: "AuditResults", formats: Formats) -> Sheet | None:
    _, rows = formats.gettext, results.legal_rates
    if rows.empty:
        return None
    values = [legal_value(value, unit, formats) for value, unit in zip(rows["value"], rows["unit"], strict=True)]
    return Sheet(_("Paramètres légaux"), [
        Column(_("Paramètre"), [legal_label(code, formats) for code in rows["parameter"]], "wrapped", 44),
        Column(_("Valeur"), values, "text", 28),
        Column(_("Depuis le"), column_values(rows["valid_from"]), "date", 12),
        Column(_("Jusqu’au"), column_values(rows["valid_to"]), "date", 12),
        Column(_("Source"), rows["source"].tolist(), "wrapped", 70),
        Column(_("Vérifié le"), column_values(rows["checked_on"]), "date", 12),
        Column(_("État"), [legal_label(code, formats) for code in rows["status"]], "text", 12),
        Column(_("Origine"), [legal_label(code, formats) for code in rows["origin"]], "text", 12),
        Column(_("Utilisé"), [_("oui") if used else "" for used in rows["is_used"]], "text", 10),
    ])


def _who(results: "AuditResults", rows: pd.DataFrame, formats: Formats) -> tuple[Column, ...]:
    _, codes = formats.gettext, rows["customer_id"].astype("str")
    names = codes.map(results.customers.set_index("customer_id")["name"]).fillna("")
    return (Column(_("Code"), codes.tolist(), "text", 13), Column(_("Client"), names.tolist(), "text", 34),
            Column(_("Nature"), [legal_label(code, formats) for code in rows["debtor"]], "text", 18))


def _document(rows: pd.DataFrame, formats: Formats) -> tuple[Column, ...]:
    _ = formats.gettext
    return (Column(_("Pièce"), rows["document_ref"].astype("str").tolist(), "text", 18),
            Column(_("Date"), column_values(rows["document_date"]), "date", 12),
            Column(_("Échéance"), column_values(rows["due_date"]), "date", 12))


def _source(rows: pd.DataFrame, formats: Formats) -> tuple[Column, ...]:
    _ = formats.gettext
    return (Column(_("Fichier"), rows["source_file"].astype("str").tolist(), "text", 24),
            Column(_("Ligne"), rows["source_row"].tolist(), "count", 9))


SHEETS: tuple[Callable[["AuditResults", Formats], Sheet | None], ...] = (
    _late_interest, _over_cap, _prescription, _parameters)
