"""Tables of customers and of their open items, each walked back to its source row."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from auditlib.deliver.labels import label
from auditlib.formats import Formats, bucket_label
from auditlib.present.markup import Cell, Column, Html, table

__all__ = ["customers", "late_days", "open_items", "who"]

ITEMS_SHOWN = 200


def customers(rows: pd.DataFrame, formats: Formats, *, oldest: str, empty: str = "") -> Html:
    """Return a table of customers from `auditlib.present.slices.Slices.customers`, in the order given.

    Parameters
    ----------
    rows : DataFrame
    formats : Formats
    oldest : str
        The last bucket, of which ``oldest_cents`` is the amount.
    empty : str
        Shown where there is none.
    """
    _, dated = formats.gettext, "net_overdue_cents" in rows
    largest = max(int(rows["overdue_cents"].max()), 1) if len(rows) else 1
    columns = [
        Column(_("Client"), "wide"),
        Column(_("Type")),
        Column(_("Encours"), "number"),
        Column(_("Échu"), "number"),
        Column(_("Dont {bucket}").format(bucket=bucket_label(oldest, language=formats.language).lower()), "number"),
    ]
    if dated:
        columns += [Column(_("Échu net"), "number"), Column(_("Plus ancien retard"), "number")]
    printed = [_customer(row, formats, largest=largest, dated=dated) for row in rows.to_dict("records")]
    unknown = "" if dated else _("L’échu net et le plus ancien retard ne sont connus qu’à la date d’arrêté.")
    return table(columns, printed, empty=empty, note=unknown if printed else "")


def open_items(items: pd.DataFrame, formats: Formats, *, count: int = ITEMS_SHOWN) -> Html:
    """Return open items, each with the file, sheet and row it comes from; the total covers all of them."""
    _ = formats.gettext
    columns = (
        Column(_("Pièce")),
        Column(_("Nature")),
        Column(_("Date")),
        Column(_("Échéance")),
        Column(_("Retard"), "number"),
        Column(_("Restant dû"), "number"),
        Column(_("Statut")),
        Column(_("Source"), "wide"),
    )
    printed = [_item(row, formats) for row in items.head(count).to_dict("records")]
    note = (
        _("{count} premières pièces sur {all}.").format(count=count, all=formats.count(len(items)))
        if len(items) > count
        else ""
    )
    total = (_("Total"), "", "", "", "", formats.cents(int(items["residual_cents"].sum())), "", "")
    return table(columns, printed, empty=_("Aucune pièce ouverte."), total=total if len(items) else (), note=note)


def _customer(row: Mapping[Any, Any], formats: Formats, *, largest: int, dated: bool) -> tuple[str | Cell, ...]:
    cells: tuple[str | Cell, ...] = (
        who(row),
        label(row["customer_type"], language=formats.language),
        formats.cents(row["receivable_cents"]),
        Cell(formats.cents(row["overdue_cents"]), bar=row["overdue_cents"] / largest),
        formats.cents(row["oldest_cents"]) if row["oldest_cents"] else "–",
    )
    if not dated:
        return cells
    return (*cells, formats.cents(row["net_overdue_cents"]), late_days(row["oldest_days_overdue"], formats))


def who(row: Mapping[Any, Any]) -> Cell:
    """Name a customer, with his code beside."""
    return Cell(row["name"] or row["customer_id"], detail=row["customer_id"] if row["name"] else "", tone="inline")


def _item(row: Mapping[Any, Any], formats: Formats) -> tuple[str | Cell, ...]:
    _, days = formats.gettext, row["days_overdue"]
    states = (
        (row["is_disputed"], _("litige")),
        (row["is_doubtful"], _("douteux")),
        (row["is_retention"], _("retenue de garantie")),
    )
    place = _("ligne {row}").format(row=row["source_row"])
    source = " · ".join(filter(None, (str(row["source_sheet"]), place)))
    is_late = bool(days > 0 and row["residual_cents"] > 0)
    return (
        row["document_ref"] or "–",
        label(row["kind"], language=formats.language),
        formats.short_date(row["document_date"]),
        formats.short_date(row["due_date"]),
        Cell(late_days(days, formats) if is_late else "–", tone="late" if is_late else ""),
        formats.cents(row["residual_cents"]),
        ", ".join(text for is_so, text in states if is_so),
        Cell(str(row["source_file"]), detail=source, tone="inline"),
    )


def late_days(days: float | None, formats: Formats) -> str:
    """Write days overdue; a dash where there are none."""
    if days is None or pd.isna(days):
        return "–"
    return formats.gettext("{days} j").format(days=formats.count(days))
