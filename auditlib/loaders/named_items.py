"""Which item a row of another list speaks of: by the key our workbook gave it, else by its reference."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.table_columns import fold_references, texts

__all__ = ["items_named"]

PLACE = ("key_file", "key_sheet", "key_row")


def items_named(
    table: pd.DataFrame, customer: npt.NDArray[np.object_], movements: pd.DataFrame,
) -> npt.NDArray[np.int64]:
    """Return the row of the debit each row of a table names, -1 for none.

    The place a key states (file, sheet, row) is trusted where the item there has the customer, the reference and
    the amount of the key; else, as without a key, the reference tells: an invoice first, then the largest.

    Parameters
    ----------
    table : DataFrame
        ``document_ref``, and the columns of a key where there is one.
    customer : ndarray of object, shape (n_rows,)
        Customer of each row, "" where it names none.
    movements : DataFrame
        ``customer_id``, ``document_ref``, ``amount_cents``, ``kind``, and for keys ``original_amount_cents`` and
        the source's file, sheet and row.
    """
    reference = fold_references(texts(table, "document_ref"))
    named = _by_reference(reference, customer, movements)
    if "key_row" not in table or not len(movements):
        return named
    at_place = _by_place(table, customer, reference, movements)
    return np.where(at_place >= 0, at_place, named)


def _by_place(
    table: pd.DataFrame, customer: npt.NDArray[np.object_], reference: pd.Series, movements: pd.DataFrame,
) -> npt.NDArray[np.int64]:
    stated = {name: texts(table, name).to_numpy(dtype=object) for name in (*PLACE, "key_amount")}
    keyed = pd.DataFrame({**stated, "row": np.arange(len(table)), "customer": customer,
                          "reference": reference.to_numpy()})
    debit = (movements["amount_cents"] > 0).to_numpy()
    rows = movements[debit]
    items = pd.DataFrame({
        "place": np.flatnonzero(debit), "customer": rows["customer_id"].astype("str").to_numpy(dtype=object),
        "reference": fold_references(rows["document_ref"]).to_numpy(),
        "key_file": rows["source_file"].astype("str").to_numpy(),
        "key_sheet": rows["source_sheet"].astype("str").to_numpy(),
        "key_row": rows["source_row"].astype("str").to_numpy(),
        "key_amount": rows["original_amount_cents"].astype("str").to_numpy()})
    pairs = keyed[keyed["key_row"] != ""].merge(
        items, on=[*PLACE, "key_amount", "customer", "reference"]).drop_duplicates("row")
    return _spread(pairs, len(table))


def _by_reference(
    reference: pd.Series, customer: npt.NDArray[np.object_], movements: pd.DataFrame,
) -> npt.NDArray[np.int64]:
    debit = (movements["amount_cents"] > 0).to_numpy()
    items = pd.DataFrame({
        "place": np.flatnonzero(debit), "reference": fold_references(movements["document_ref"][debit]).to_numpy(),
        "owner": movements["customer_id"][debit].astype("str").to_numpy(),
        "rank": movements["kind"][debit].astype("str").ne("invoice").to_numpy(),
        "amount_cents": movements["amount_cents"][debit].to_numpy()})
    listed = pd.DataFrame({"row": np.arange(len(reference)), "reference": reference.to_numpy(), "customer": customer})
    pairs = listed[listed["reference"] != ""].merge(items[items["reference"] != ""], on="reference")
    pairs = pairs[(pairs["customer"] == "") | (pairs["customer"] == pairs["owner"])]
    pairs = pairs.sort_values(["row", "rank", "amount_cents"], ascending=[True, True, False]).drop_duplicates("row")
    return _spread(pairs, len(reference))


def _spread(pairs: pd.DataFrame, rows: int) -> npt.NDArray[np.int64]:
    found = np.full(rows, -1, dtype=np.int64)
    found[pairs["row"].to_numpy()] = pairs["place"].to_numpy()
    return found
