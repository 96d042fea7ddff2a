"""Sorting and summing long columns of integers: sorted by counting, digit by digit; sums exact whatever their size."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

__all__ = [
    "arrow_texts", "is_rising", "order_in_runs", "row_order", "same_as_before",
    "sorted_rows", "sums_at", "text_bytes", "text_order",
]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
BYTE, DIGIT = 8, 16
"""Bits of the widest integers that NumPy sorts by counting."""
HEAD = 1_000
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

    The columns are packed into digits of 16 bits, which NumPy sorts by counting, the last digit first. A digit that
    stands in order already, as a journal's days do, costs one look.

    Examples
    --------
    >>> row_order(np.array([2, 1, 2, 1]), np.array([5, 9, 4, 9]))
    array([1, 3, 2, 0])
    """
    return _by_digits(_digits(columns), len(columns[0]))


def sorted_rows(*columns: npt.NDArray[np.integer]) -> tuple[Ints, Bools]:
    """Return the rows as `row_order` does, and which of them equal the row before on every column."""
    digits, count = _digits(columns), len(columns[0])
    order = _by_digits(digits, count)
    return order, same_as_before(*(digit[order] for digit in digits)) if digits else np.arange(count) > 0


def _by_digits(digits: list[npt.NDArray[np.uint16]], count: int) -> Ints:
    order: Ints | None = None
    for digit in reversed(digits):
        here = digit if order is None else digit[order]
        if not is_rising(here):
            step = here.argsort(kind="stable")
            order = step if order is None else order[step]
    return np.arange(count) if order is None else order


def order_in_runs(run: Ints, *columns: npt.NDArray[np.integer]) -> tuple[Ints, Bools]:
    """Return the rows by run, then by the columns, and which equal the row before on all of these.

    Only runs whose rows do not stand in order yet are sorted; the rows of a source mostly do.

    Parameters
    ----------
    run : ndarray of int64, shape (n_rows,)
        Rising from 0.
    columns : ndarray of integers, shape (n_rows,)
    """
    order = np.arange(len(run))
    falls, same = np.zeros(len(run), dtype=bool), same_as_before(run)
    for column in columns:
        falls[1:] |= same[1:] & (column[1:] < column[:-1])
        same &= same_as_before(column)
    if not falls.any():
        return order, same
    unsorted = np.zeros(int(run[-1]) + 1, dtype=bool)
    unsorted[run[falls]] = True
    rows = np.flatnonzero(unsorted[run])
    order[rows], same[rows] = sorted_rows(run[rows], *(column[rows] for column in columns))
    order[rows] = rows[order[rows]]
    return order, same


def same_as_before(*columns: npt.NDArray[np.generic]) -> Bools:
    """Tell which rows equal the row before on every column; the first equals none."""
    same = np.zeros(len(columns[0]), dtype=bool)
    if len(same):
        np.equal(columns[0][1:], columns[0][:-1], out=same[1:])
        for column in columns[1:]:
            same[1:] &= column[1:] == column[:-1]
    return same


def is_rising(column: npt.NDArray[np.integer]) -> bool:
    """Tell whether no row is less than the one before; what is plainly in disorder is not read to its end."""
    head = column[:HEAD]
    return bool((head[1:] >= head[:-1]).all()) and bool((column[1:] >= column[:-1]).all())


def _digits(columns: tuple[npt.NDArray[np.integer], ...]) -> list[npt.NDArray[np.uint16]]:
    """Pack columns into digits, first column highest; a column too wide for one digit fills several."""
    if not len(columns[0]):
        return []
    digits: list[npt.NDArray[np.uint16]] = []
    free = 0
    for column in columns:
        low, high = int(column.min()), int(column.max())
        width = (high - low).bit_length()
        if not width:
            continue
        values = _from_zero(column, low, width)
        if width <= free:
            digits[-1] = (digits[-1] << np.uint16(width)) | values.astype(np.uint16)
            free -= width
        else:
            digits += [(values >> shift).astype(np.uint16) for shift in range((width - 1) // DIGIT * DIGIT, -1, -DIGIT)]
            free = max(DIGIT - width, 0)
    return digits


def _from_zero(column: npt.NDArray[np.integer], low: int, width: int) -> npt.NDArray[np.integer]:
    """Return integers in the same order, none below zero; those of the widest range are numbered."""
    if width < column.dtype.itemsize * BYTE:
        return column - np.asarray(low, dtype=column.dtype)
    if column.dtype.itemsize < np.dtype(np.int64).itemsize:
        return column.astype(np.int64) - low
    ranks: Ints = np.unique(column, return_inverse=True)[1]
    return ranks


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


def text_order(run: Ints, texts: pd.Series) -> tuple[Ints, Bools]:
    """Return the rows by run, then by text (byte by byte in UTF-8), and which equal the row before on both.

    Parameters
    ----------
    run : ndarray of int64, shape (n_rows,)
        Rising from 0.
    texts : Series of str
        A missing text counts as empty.
    """
    data, starts = text_bytes(arrow_texts(texts))
    words = _words(data)
    start, length = starts[:-1], np.diff(starts)
    order, same = order_in_runs(run, *(_chunk(words, start, length, number) for number in range(CHUNKS)))
    number = CHUNKS
    while ((tied := _alike(same)) & (length[order] > CHUNK * number)).any():
        rows, tie = order[tied], np.cumsum(~same[tied], dtype=np.int64) - 1
        chunks = (_chunk(words, start[rows], length[rows], number + step) for step in range(CHUNKS))
        again, same[tied] = order_in_runs(tie, *chunks)
        order[tied] = rows[again]
        number += CHUNKS
    return order, same


def _alike(same: Bools) -> Bools:
    """Tell which rows equal the one before or the one after."""
    alike = same.copy()
    alike[:-1] |= same[1:]
    return alike


def _words(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    """Return the chunk of bytes that begins at each place, as one number; behind the end stand zeros."""
    padded = np.concatenate((data, np.zeros(CHUNK, dtype=np.uint8)))
    return np.ndarray(len(data) + 1, dtype=">u4", buffer=padded, strides=(1,))


def _chunk(words: npt.NDArray[np.uint32], start: Ints, length: Ints, number: int) -> Ints:
    """Return the bytes of one chunk of each text as an integer; a text that ends before counts as zeros."""
    left = np.clip(length - number * CHUNK, 0, CHUNK)
    value = words[np.where(left > 0, start + number * CHUNK, len(words) - 1)].astype(np.int64)
    unread = BYTE * (CHUNK - left)
    return value >> unread << unread
