"""How a sheet writes its columns: samples of each, decimal mark, sign of what is owed, totals it prints."""

import re
from typing import Any

import pandas as pd

from auditlib.amounts import euros
from auditlib.loaders.parsed import ITEM_AMOUNTS
from auditlib.loaders.preview import CELL
from auditlib.loaders.source import MappedColumn, Source

__all__ = ["control_totals", "decimal_mark", "described_columns", "has_role", "sign_habit"]

SAMPLES, DIFFERENCES = 3, 20
"""Values shown of a column, differing subtotals listed."""
TYPED = re.compile(r"-?\d+(?:\.\d+)?")


def has_role(column: MappedColumn) -> bool:
    """Tell a column the loader uses from one it keeps as a free attribute."""
    return not column.role.startswith("attribute:")


def described_columns(source: Source) -> tuple[dict[str, Any], ...]:
    """Return each column with its role, how it was found and some of its values; columns without a header last."""
    known = {column.position for column in source.columns}
    places = [name for name in source.preview if str(name).startswith(CELL)]
    rows = _value_rows(source)
    nameless = [MappedColumn("", "", place, "", 0.0) for name in places
                if (place := int(str(name).removeprefix(CELL))) not in known and (rows[name] != "").any()]
    return tuple({
        "role": column.role if has_role(column) else "", "header": column.header, "position": column.position,
        "how": column.how, "confidence": column.confidence, "samples": _samples(rows, column.position),
    } for column in (*source.columns, *nameless))


def decimal_mark(source: Source) -> tuple[str, bool]:
    """Return the decimal mark of the amounts and whether it is evident.

    Returns
    -------
    mark : str
        ``,`` or ``.``, ``number`` where a spreadsheet holds numbers, "" where no amount was seen.
    is_evident : bool
    """
    rows = _value_rows(source)
    columns = [f"{CELL}{column.position}" for column in source.columns
               if column.role in ITEM_AMOUNTS or column.role.startswith("bucket:")]
    texts = [text for name in columns if name in rows for text in rows[name] if text]
    is_evident = "decimal_mark_not_evident" not in set(source.findings["finding"].astype("str"))
    if texts and source.sheet and all(TYPED.fullmatch(text) for text in texts):
        return "number", is_evident
    counts = {mark: sum(bool(re.search(rf"{re.escape(mark)}\d{{1,2}}\D*$", text)) for text in texts) for mark in ",."}
    return (max(counts, key=lambda mark: counts[mark]) if any(counts.values()) else ""), is_evident


def sign_habit(source: Source) -> str:
    """Return how the document prints what is owed: ``debit_positive`` or ``debit_negative``."""
    turned = "sign_inverted" in set(source.findings["finding"].astype("str"))
    return "debit_negative" if turned else "debit_positive"


def control_totals(compared: pd.DataFrame) -> dict[str, Any]:
    """Return the totals printed beside those loaded: the grand total, the sums that differ, how many agree.

    Parameters
    ----------
    compared : DataFrame
        ``source_row, class, customer_id, printed_cents, loaded_cents, difference_cents, agrees``.
    """
    classes = compared["class"].astype("str")
    is_total, subtotals = classes == "total", compared[classes == "subtotal"]
    shown = pd.concat([compared[is_total], compared[~is_total & ~compared["agrees"]].head(DIFFERENCES)])
    return {
        "subtotals_compared": len(subtotals), "subtotals_agreeing": int(subtotals["agrees"].sum()),
        "totals": [{
            "row": int(row["source_row"]), "class": str(row["class"]), "customer_id": str(row["customer_id"]),
            "printed": euros(int(row["printed_cents"])), "loaded": euros(int(row["loaded_cents"])),
            "delta": euros(int(row["difference_cents"])), "agrees": bool(row["agrees"]),
        } for row in shown.to_dict("records")],
    }


def _value_rows(source: Source) -> pd.DataFrame:
    """Return the rows of the preview that hold values: the items, all under the top where there is none."""
    preview = source.preview
    if preview.empty:
        return preview
    items = preview[preview["class"] == "item"]
    return items if len(items) else preview[~preview["class"].isin(["title", "header", "blank"])]


def _samples(rows: pd.DataFrame, position: int) -> list[str]:
    name = f"{CELL}{position}"
    values = rows[name] if name in rows else pd.Series([], dtype="str")
    return [str(text) for text in values[values != ""].unique()[:SAMPLES]]
