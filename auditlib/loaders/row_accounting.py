"""Every row of every file accounted for: loaded, skipped with its class, or rejected with its reason."""

from collections.abc import Mapping, Sequence

import pandas as pd

from auditlib.loaders.movements import signed_amounts, skip_together
from auditlib.loaders.selection import Selection
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import dates, texts
from auditlib.schemas import INTAKE, REJECTED, validate

__all__ = ["account_for_rows"]

COLUMNS = ["source_row", "class", "reason", "text", "count"]


def account_for_rows(
    sources: Sequence[Source],
    selection: Selection,
    left_out: Mapping[int, list[pd.DataFrame]],
    *,
    perimeter: tuple[str, ...],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Count the rows of each source.

    Parameters
    ----------
    sources : sequence of Source
        In the order read.
    selection : Selection
    left_out : mapping of int to list of DataFrame
        Per position in `sources`, the rows of its table that were skipped or rejected since: ``source_row, class,
        reason, text, count``.
    perimeter : tuple of str

    Returns
    -------
    intake : DataFrame
        `schemas.INTAKE`; rows_read = rows_loaded + rows_skipped + rows_rejected.
    rejected : DataFrame
        `schemas.REJECTED`, with ``count`` (1, but where one row stands for many).
    """
    rows, stacked = [], []
    for number, source in enumerate(sources):
        role = selection.role(source)
        apart = _left_out(source, role, left_out.get(number, []), perimeter)
        refused = int(apart.loc[apart["class"] == "rejected", "count"].sum())
        skipped = int(apart["count"].sum()) - refused
        debit, credit = _sides(source, role, apart, perimeter)
        rows.append(
            {
                "file": source.file,
                "sheet": source.sheet,
                "kind": source.kind,
                "role": role,
                "rows_read": source.rows_read,
                "rows_loaded": source.rows_read - skipped - refused,
                "rows_skipped": skipped,
                "rows_rejected": refused,
                "debit_cents": debit,
                "credit_cents": credit,
                "note": "",
                "extracted_on": _extracted_on(source),
            }
        )
        stacked.append(apart.assign(source_file=source.file, source_sheet=source.sheet))
    rejected = pd.concat(stacked, ignore_index=True)
    return validate(pd.DataFrame(rows), INTAKE), validate(rejected, REJECTED)


def _extracted_on(source: Source) -> object:
    """Say when a file was printed; an extract of a register is at least as recent as its last publication."""
    said = source.title.printed_on or (source.title.as_of_date if source.kind == "insolvency_list" else None)
    if said is not None or source.kind != "insolvency_list":
        return pd.Timestamp(said) if said else pd.NaT
    return dates(source.table, "publication_date").max()


def _left_out(source: Source, role: str, since: list[pd.DataFrame], perimeter: tuple[str, ...]) -> pd.DataFrame:
    parts = [source.skipped.assign(**{"class": source.skipped["class"].astype("str")})]
    parts += since
    if role == "unused" and len(source.table):
        parts.append(skip_together(source.table, "unused", "the document is not used"))
    if role == "second_source" and source.kind in ("aged_balance", "trial_balance"):
        inside = texts(source.table, "account").str.startswith(perimeter)
        if inside.any() and not inside.all():
            parts.append(skip_together(source.table[~inside], "other_account", "account outside the perimeter"))
    return pd.concat([part.reindex(columns=COLUMNS) for part in parts], ignore_index=True).astype(
        {"count": "int64", "source_row": "int64"}
    )


def _sides(source: Source, role: str, apart: pd.DataFrame, perimeter: tuple[str, ...]) -> tuple[int, int]:
    """Debits and credits of the rows loaded as items or second source."""
    if role not in ("items", "second_source"):
        return 0, 0
    inside = texts(source.table, "account").str.startswith(perimeter)
    table = source.table[inside] if inside.any() else source.table
    table = table[~table["source_row"].isin(apart.loc[apart["count"] == 1, "source_row"])]
    if {"debit_cents", "credit_cents"} <= set(table.columns) and source.kind != "open_items":
        return int(table["debit_cents"].sum()), int(table["credit_cents"].sum())
    amount = signed_amounts(table, source.kind)
    return int(amount[amount > 0].sum()), int(-amount[amount < 0].sum())
