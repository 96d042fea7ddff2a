"""References and the words of labels, reduced to upper-case letters and digits, whole columns of bytes at a time."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.ordering import arrow_texts, text_bytes
from auditlib.parallel import each, part_bounds

__all__ = ["is_among", "meaningful_words", "normalised"]

SHORTEST_REFERENCE, FEWEST_DIGITS = 4, 3
SEPARATORS = r"[\s,;:()#]+"
BATCH = 1 << 20
"""Texts cut into words at once: what it takes is some fifty times their size in memory."""
Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

NOTHING = np.zeros(1, dtype=np.int32)
_BYTES = np.arange(128, dtype=np.uint8)
_UPPER = np.where((ord("a") <= _BYTES) & (ord("z") >= _BYTES), _BYTES - 32, _BYTES).astype(np.uint8)
_IS_DIGIT = (ord("0") <= _UPPER) & (ord("9") >= _UPPER)
_IS_KEPT = _IS_DIGIT | ((ord("A") <= _UPPER) & (ord("Z") >= _UPPER))
_IS_SEPARATOR = np.isin(_BYTES, np.frombuffer(b" \t\n\r\f\v,;:()#\x1c\x1d\x1e\x1f", dtype=np.uint8))


def normalised(texts: pd.Series) -> pd.Series:
    """Reduce references to upper-case letters and digits; those too short to mean anything become ``""``."""
    array = arrow_texts(texts)
    is_plain = _is_ascii(array)
    if not is_plain.all():
        reduced = np.empty(len(array), dtype=object)
        reduced[is_plain] = _reduced(array.filter(pa.array(is_plain))).to_numpy(zero_copy_only=False)
        reduced[~is_plain] = _slowly(texts[~is_plain]).to_numpy(dtype=object)
        return pd.Series(reduced, index=texts.index, dtype="str")
    parts = part_bounds(len(array))
    reduced = pa.chunked_array(each(lambda bounds: _reduced(array.slice(bounds[0], bounds[1] - bounds[0])), parts))
    return pd.Series(reduced.to_pandas(), dtype="str").set_axis(texts.index)


def _slowly(texts: pd.Series) -> pd.Series:
    """Reduce texts with letters beyond ASCII, whose upper case may be a letter of it."""
    plain = texts.astype("str").str.upper().str.replace(r"[^0-9A-Z]", "", regex=True)
    digits = plain.str.count(r"\d")
    return plain.where((plain.str.len() >= SHORTEST_REFERENCE) & (digits >= FEWEST_DIGITS), "")


def _reduced(array: pa.LargeStringArray) -> pa.LargeStringArray:
    data, starts = text_bytes(array)
    digits = np.diff(np.concatenate((NOTHING, np.cumsum(_IS_DIGIT[data], dtype=np.int32)))[starts])
    kept, ends = _IS_KEPT[data], starts
    if kept.all():
        letters = _UPPER[data]
    else:
        letters = _UPPER[data[kept]]
        ends = np.concatenate((NOTHING, np.cumsum(kept, dtype=np.int32)))[starts].astype(np.int64)
    length = np.diff(ends)
    meant = (length >= SHORTEST_REFERENCE) & (digits >= FEWEST_DIGITS)
    if (length[~meant] > 0).any():
        letters = letters[np.repeat(meant, length)]
    if not meant.all():
        ends = np.concatenate((NOTHING, np.cumsum(np.where(meant, length, 0))))
    return _texts(letters, ends)


def is_among(texts: pd.Series, wanted: pd.Series) -> npt.NDArray[np.bool_]:
    """Tell which texts are among some others."""
    found = pc.is_in(arrow_texts(texts), value_set=arrow_texts(wanted))
    told: npt.NDArray[np.bool_] = found.to_numpy(zero_copy_only=False)
    return told


def meaningful_words(texts: pd.Series) -> pd.DataFrame:
    """List the words of each text that mean something, reduced.

    Returns
    -------
    DataFrame
        position (of the text), reference; in order of position, then of place in the text.
    """
    parts = [_words(texts.iloc[start:start + BATCH], start) for start in range(0, len(texts), BATCH)]
    return pd.concat(parts, ignore_index=True) if parts else _words(texts, 0)


def _words(texts: pd.Series, first: int) -> pd.DataFrame:
    array = arrow_texts(texts)
    is_plain = _is_ascii(array)
    found = _ascii_words(array.filter(pa.array(is_plain)), np.flatnonzero(is_plain) + first)
    if is_plain.all():
        return found
    split = texts[~is_plain].str.upper().str.split(SEPARATORS, regex=True)
    others = split.set_axis(np.flatnonzero(~is_plain) + first).explode()
    reduced = _slowly(others)
    slow = pd.DataFrame({"position": reduced.index, "reference": pd.Series(reduced.to_numpy(), dtype="str")})
    both = pd.concat([found, slow[slow["reference"] != ""]])
    return both.sort_values("position", kind="stable").reset_index(drop=True)


def _ascii_words(array: pa.LargeStringArray, positions: Ints) -> pd.DataFrame:
    data, starts = text_bytes(array)
    cut = _IS_SEPARATOR[data]
    cut[starts[1:-1][starts[1:-1] < len(data)]] = True  # a text begins a word, whatever it begins with
    word = np.cumsum(cut)
    kept = _IS_KEPT[data]
    letters, word = _UPPER[data[kept]], word[kept]
    at = np.repeat(positions, np.diff(starts))[kept]
    begin = np.flatnonzero(np.concatenate(([True], word[1:] != word[:-1]))) if len(word) else np.empty(0, np.int64)
    length = np.diff(np.concatenate((begin, [len(word)])))
    digits = np.diff(np.concatenate(([0], np.cumsum(_IS_DIGIT[letters])))[np.concatenate((begin, [len(word)]))])
    meant = (length >= SHORTEST_REFERENCE) & (digits >= FEWEST_DIGITS)
    ends = np.concatenate(([0], np.cumsum(length[meant])))
    found = _texts(letters[np.repeat(meant, length)], ends)
    return pd.DataFrame({"position": at[begin[meant]], "reference": pd.Series(found.to_pandas(), dtype="str")})


def _is_ascii(array: pa.LargeStringArray) -> npt.NDArray[np.bool_]:
    data, starts = text_bytes(array)
    beyond = data > 127
    if not beyond.any():
        return np.ones(len(array), dtype=bool)
    count = np.concatenate(([0], np.cumsum(beyond)))
    plain: npt.NDArray[np.bool_] = np.diff(count[starts]) == 0
    return plain


def _texts(letters: Bytes, ends: Ints) -> pa.LargeStringArray:
    starts = pa.py_buffer(ends.astype(np.int64).tobytes())
    return pa.LargeStringArray.from_buffers(len(ends) - 1, starts, pa.py_buffer(letters.tobytes()))
