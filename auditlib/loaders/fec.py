"""The French accounting entries file (FEC): perimeter lines, and every line's counterpart, compact."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.grid import Mask
from auditlib.loaders.parsed import Parsed
from auditlib.loaders.values import repair_identifiers

__all__ = [
    "empty_entries", "entry_numbers", "has_french_chart", "is_in_perimeter", "read_entries", "with_customer_accounts",
]

ENTRY_COLUMNS = {
    "entry": "int64",
    "source_row": "int64",
    "journal": "category",
    "account": "category",
    "account_name": "category",
    "customer_id": "category",
    "posting_date": "datetime64[s]",
    "debit_cents": "int64",
    "credit_cents": "int64",
}


def empty_entries() -> pd.DataFrame:
    """Return entries without a line."""
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in ENTRY_COLUMNS.items()})


def is_in_perimeter(accounts: pa.ChunkedArray | pa.Array, perimeter: tuple[str, ...]) -> Mask:
    """Tell the accounts that start with one of the prefixes, account by account only once."""
    encoded = _encode(accounts)
    inside = np.array([str(name).startswith(perimeter) for name in encoded.dictionary.to_pylist()], dtype=bool)
    codes = np.asarray(encoded.indices)
    return inside[codes] if len(inside) else np.zeros(len(codes), dtype=bool)


def with_customer_accounts(parsed: Parsed, perimeter: tuple[str, ...]) -> Parsed:
    """Put 411 before the accounts of customers named 9DUPONT (Quadra), where no account is in the perimeter."""
    position = next((mapped.position - 1 for mapped in parsed.columns if mapped.role == "account"), None)
    accounts = parsed.texts("account")
    if position is None or is_in_perimeter(accounts, perimeter).any() or not has_french_chart(accounts):
        return parsed
    named = pc.match_substring_regex(accounts, r"^9[A-Z]")
    renamed = pc.if_else(named, pc.binary_join_element_wise("411", accounts, ""), accounts)
    return replace(parsed, cells=parsed.cells.set_column(position, parsed.cells.column_names[position], renamed))


def has_french_chart(accounts: pa.ChunkedArray | pa.Array) -> bool:
    """Tell whole books on the French chart of accounts: sales or VAT, and a bank."""
    names = pc.unique(accounts)
    return all(pc.any(pc.match_substring_regex(names, pattern)).as_py() for pattern in (r"^(?:70|4457)\d", r"^51\d"))


def _encode(column: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries() if pa.types.is_dictionary(column.type) else column
        column = column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks else pa.array([], pa.string())
    return column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)


def _categorical(column: pa.ChunkedArray | pa.Array) -> pd.Categorical:
    encoded = _encode(column)
    names = pd.Series(repair_identifiers(pc.utf8_trim_whitespace(encoded.dictionary)), dtype="str")
    codes, distinct = pd.factorize(names)
    return pd.Categorical.from_codes(codes[np.asarray(encoded.indices)], categories=pd.Index(distinct))


def entry_numbers(
    journal: pa.ChunkedArray, number: pa.ChunkedArray, days: npt.NDArray[np.datetime64]
) -> npt.NDArray[np.int64]:
    """Give each entry a number: the lines of one journal, entry number and date are one entry."""
    journals = np.asarray(_encode(journal).indices).astype(np.int64)
    numbers = np.asarray(_encode(number).indices).astype(np.int64)
    day = days.astype("datetime64[D]").astype(np.int64)
    day = np.where(np.isnat(days), -1, day)
    first = journals * (int(numbers.max(initial=0)) + 1) + numbers
    codes = pd.factorize(first)[0].astype(np.int64)
    return pd.factorize(codes * 200_000 + day + 1)[0].astype(np.int64)


def read_entries(
    texts: dict[str, pa.ChunkedArray],
    days: npt.NDArray[np.datetime64],
    debit: npt.NDArray[np.int64],
    credit: npt.NDArray[np.int64],
    rows: npt.NDArray[np.int64],
) -> pd.DataFrame:
    """Build the compact table of all lines.

    Parameters
    ----------
    texts : dict of Arrow columns
        journal, entry_number (document_ref where there is none), account, account_name, customer_id.
    days : ndarray of datetime64
        Posting dates.
    debit, credit : ndarray of int64
        [cents]
    rows : ndarray of int64
        Row of the file of each line, 1-based.
    """
    return pd.DataFrame(
        {
            "entry": entry_numbers(texts["journal"], texts["entry_number"], days),
            "source_row": rows,
            "journal": _categorical(texts["journal"]),
            "account": _categorical(texts["account"]),
            "account_name": _categorical(texts["account_name"]),
            "customer_id": _categorical(texts["customer_id"]),
            "posting_date": days,
            "debit_cents": debit,
            "credit_cents": credit,
        }
    )
