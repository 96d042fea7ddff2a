"""Sorting and summing long columns of integers: packed into one key where they fit, exact whatever their size."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

__all__ = ["arrow_texts", "row_order", "sorted_rows", "sums_at", "text_bytes", "text_order"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
KEY_BITS = 63
CHUNK = 4
"""Bytes of a text compared at once."""
CHUNKS = 4
"""Chunks compared before texts already told apart are left alone."""


def sums_at(places: npt.NDArray[np.integer], amounts: Ints, *, count: int) -> Ints:
    """Return the sum of the amounts at each place: exact, unlike a weighted `numpy.bincount`.

    Examples
    --------
    >>> sums_at(np.array([0, 2, 0]), np.array([1, 2, 3]), count=3)
    array([4, 0, 2])
    """
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, places, amounts)
    return sums


def row_order(*columns: npt.NDArray[np.integer]) -> Ints:
    """Return the rows in rising order of the first column, then the second…; ties stay in row order.

    Examples
    --------
    >>> row_order(np.array([2, 1, 2, 1]), np.array([5, 9, 4, 9]))
    array([1, 3, 2, 0])
    """
    return sorted_rows(*columns)[0]


def sorted_rows(*columns: npt.NDArray[np.integer]) -> tuple[Ints, Bools]:
    """Return the rows as `row_order` does, and which of them equal the row before on every column.

    Columns and row number are packed into one integer, whose plain sort is several times as fast as a sort of
    positions; where they do not fit, the last columns are sorted first.
    """
    count = len(columns[0])
    if not count:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=bool)
    row_bits = max((count - 1).bit_length(), 1)
    parts = _packed(columns, KEY_BITS - row_bits)
    order: Ints | None = None
    for key in reversed(parts):
        packed = (key if order is None else key[order]) << row_bits
        packed |= np.arange(count)
        packed.sort()
        rows = packed & ((1 << row_bits) - 1)
        order = rows if order is None else order[rows]
    assert order is not None  # noqa: S101 (there is one part at least)
    same = np.zeros(count, dtype=bool)
    if len(parts) == 1:
        packed >>= row_bits
        same[1:] = packed[1:] == packed[:-1]
    else:
        same[1:] = True
        for key in parts:
            ordered = key[order]
            same[1:] &= ordered[1:] == ordered[:-1]
    return order, same


def _packed(columns: tuple[npt.NDArray[np.integer], ...], bits: int) -> list[Ints]:
    """Pack columns into keys of so many bits, first column highest; a column too wide for one key makes two."""
    parts: list[Ints] = []
    used = bits + 1
    for column in columns:
        low, high = int(column.min()), int(column.max())
        width = (high - low).bit_length()
        values = column.astype(np.int64) - low if width < KEY_BITS else np.unique(column, return_inverse=True)[1]
        low_half = (values & ((1 << bits) - 1), bits)
        for half, wide in [(values, width)] if width <= bits else [(values >> bits, width - bits), low_half]:
            if used + wide > bits:
                parts.append(half)
                used = wide
            else:
                parts[-1] = (parts[-1] << wide) | half
                used += wide
    return parts


def arrow_texts(texts: pd.Series) -> pa.LargeStringArray:
    """Return texts as one Arrow array, a missing one empty."""
    array = pa.array(texts.astype("str").fillna(""), type=pa.large_string())
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def text_bytes(array: pa.LargeStringArray) -> tuple[npt.NDArray[np.uint8], Ints]:
    """Return the bytes of all texts one behind the other, and where each begins and the last ends."""
    if not len(array):
        return np.empty(0, dtype=np.uint8), np.zeros(1, dtype=np.int64)
    starts = np.frombuffer(array.buffers()[1], dtype=np.int64)[array.offset:array.offset + len(array) + 1]
    data = np.frombuffer(array.buffers()[2] or b"", dtype=np.uint8)
    return data[starts[0]:starts[-1]], starts - starts[0]


def text_order(group: Ints, texts: pd.Series) -> tuple[Ints, Bools]:
    """Return the rows by group, then by text (byte by byte in UTF-8), and which equal the row before on both.

    Parameters
    ----------
    group : ndarray of int64, shape (n_rows,)
    texts : Series of str
        A missing text counts as empty.
    """
    data, starts = text_bytes(arrow_texts(texts))
    start, length = starts[:-1], np.diff(starts)
    order, same = sorted_rows(group, *(_chunk(data, start, length, number) for number in range(CHUNKS)))
    number = CHUNKS
    while ((tied := _alike(same)) & (length[order] > CHUNK * number)).any():
        rows, run = order[tied], np.cumsum(~same, dtype=np.int64)[tied]
        chunks = (_chunk(data, start[rows], length[rows], number + step) for step in range(CHUNKS))
        again, still = sorted_rows(run, *chunks)
        order[tied], same[tied] = rows[again], still
        number += CHUNKS
    return order, same


def _alike(same: Bools) -> Bools:
    """Tell which rows equal the one before or the one after."""
    alike = same.copy()
    alike[:-1] |= same[1:]
    return alike


def _chunk(data: npt.NDArray[np.uint8], start: Ints, length: Ints, number: int) -> Ints:
    """Return the bytes of one chunk of each text as an integer; a text that ends before counts as zeros."""
    value = np.zeros(len(start), dtype=np.int64)
    for place in range(number * CHUNK, (number + 1) * CHUNK):
        inside = place < length
        value <<= 8
        value[inside] |= data[start[inside] + place]
    return value
