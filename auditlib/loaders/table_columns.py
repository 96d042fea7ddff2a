"""Typed access to the columns of a source's table, present or not."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.api.extensions import ExtensionArray
from pandas.api.types import union_categoricals

__all__ = [
    "YES", "by_alphabet", "categories", "cents", "dates", "flags", "fold", "fold_references", "holds", "look_up",
    "matches", "plain", "repeated", "same", "stacked", "starting", "texts",
]

HEAD = 1_000
"""Rows of which one nearly always holds something, where a column does."""
YES = r"^\s*(?:y|yes|o|oui|true|vrai|x|1|litige|disputed|contest[ée]e?)\s*$"
"""How a yes/no column says yes, in both languages."""


def texts(table: pd.DataFrame, role: str) -> pd.Series:
    """Return a text column, trimmed, "" where the table has none."""
    if role not in table.columns:
        return pd.Series(_blanks(len(table)), index=table.index)
    return plain(table[role]).fillna("").str.strip()


def plain(column: pd.Series) -> pd.Series:
    """Return texts for categories: pandas' own conversion makes an object of each row."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype("str")
    names = column.cat.categories.astype("str").array
    return pd.Series(names.take(column.cat.codes.to_numpy(), allow_fill=True), index=column.index)


def repeated(table: pd.DataFrame, role: str) -> pd.Series:
    """Return a column of few distinct texts as categories, one "" where the table has none."""
    if role not in table.columns:
        return same("", table.index)
    return table[role] if isinstance(table[role].dtype, pd.CategoricalDtype) else categories(texts(table, role))


def categories(column: pd.Series) -> pd.Series:
    """Return texts as categories, in the order they come."""
    codes, names = pd.factorize(column)
    return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype="str")), index=column.index)


def by_alphabet(column: pd.Series) -> pd.Series:
    """Return categories in alphabetical order, those without a row left out: sorting by them is sorting texts."""
    codes, names = column.cat.codes.to_numpy(), column.cat.categories.astype("str")
    used = np.flatnonzero(np.bincount(codes, minlength=len(names)))
    order = used[np.argsort(names.to_numpy(dtype=object)[used])]
    place = np.zeros(len(names), dtype=np.int32)
    place[order] = np.arange(len(order))
    return pd.Series(pd.Categorical.from_codes(place[codes], categories=names[order]), index=column.index)


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put frames of the same columns one under the other; categories stay categories, of all frames together."""
    if len(frames) == 1:
        return frames[0]
    coded = [str(name) for name in frames[0].select_dtypes("category").columns]
    united = {name: union_categoricals([frame[name] for frame in frames]) for name in coded}
    rest = pd.concat([frame.drop(columns=coded) for frame in frames], ignore_index=True)
    return rest.assign(**united)[list(frames[0].columns)]


def same(text: str, index: pd.Index) -> pd.Series:
    """Return one text for every row, as categories."""
    codes = np.zeros(len(index), dtype=np.int8)
    return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index([text], dtype="str")), index=index)


@lru_cache(maxsize=2)
def _blanks(count: int) -> ExtensionArray:
    """Return as many blank texts: a table lacks most roles, and each blank column of millions takes its time."""
    return pd.array([""], dtype="str").repeat(count)


def dates(table: pd.DataFrame, role: str) -> pd.Series:
    """Return a date column, missing where the table has none."""
    if role not in table.columns:
        return pd.Series(pd.NaT, index=table.index, dtype="datetime64[s]")
    return table[role].astype("datetime64[s]")


def cents(table: pd.DataFrame, role: str) -> pd.Series:
    """Return an amount column in cents, 0 where the table has none."""
    if role not in table.columns:
        return pd.Series(0, index=table.index, dtype="int64")
    return table[role].fillna(0).astype("int64")


def flags(table: pd.DataFrame, role: str) -> pd.Series:
    """Return a yes/no column; what does not clearly say yes is no."""
    return pd.Series(matches(texts(table, role), YES), index=table.index)


def holds(table: pd.DataFrame, role: str) -> bool:
    """Tell whether the table has the column and at least one value in it."""
    if role not in table.columns or table.empty:
        return False
    column = table[role]
    if column.dtype.kind in "Mm":
        return bool(column.notna().any())
    texts_of = column.drop_duplicates() if isinstance(column.dtype, pd.CategoricalDtype) else column
    return any(bool((part.astype("str").fillna("").str.strip() != "").any())
               for part in (texts_of.head(HEAD), texts_of.iloc[HEAD:]))


def matches(column: pd.Series, pattern: str) -> npt.NDArray[np.bool_]:
    """Search a regular expression (RE2, case-blind) in each text; a missing one never matches."""
    found = pc.match_substring_regex(pa.array(column, type=pa.large_string()), pattern=pattern, ignore_case=True)
    mask: npt.NDArray[np.bool_] = pc.fill_null(found, False).to_numpy(zero_copy_only=False)
    return mask


def starting(accounts: pd.Series, prefixes: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Tell the accounts that start with one of the prefixes, each number looked at once."""
    codes, numbers = pd.factorize(accounts)
    starts = np.array([str(number).startswith(prefixes) for number in numbers], dtype=bool)
    return np.append(starts, False)[codes]


def look_up(column: pd.Series, values: pd.Series, *, missing: str = "") -> pd.Series:
    """Replace each text by the value it has in `values`, through its distinct texts (``map`` goes row by row).

    Parameters
    ----------
    column : Series
        Texts or categories.
    values : Series of str
        By text; what it lacks becomes `missing`.
    """
    codes, distinct = pd.factorize(column)
    found = (
        values[~values.index.duplicated()].reindex(pd.Index(distinct).astype("str")).astype("object").fillna(missing)
    )
    known = pd.array([*found, missing], dtype="str")
    return pd.Series(known.take(codes), index=column.index)  # code -1, a missing text, takes the last


def fold(column: pd.Series) -> pd.Series:
    """Fold texts for comparison: no accent, no punctuation, one space, upper case."""
    texts_of = pc.fill_null(pa.array(column.astype("str"), pa.large_string()), "")
    bare = pc.replace_substring_regex(pc.utf8_normalize(texts_of, "NFKD"), r"[\x{0300}-\x{036f}]", "")
    words = pc.replace_substring_regex(pc.utf8_upper(bare), r"[^A-Z0-9]+", " ")
    return pd.Series(pc.utf8_trim_whitespace(words), index=column.index, dtype="str")


def fold_references(column: pd.Series) -> pd.Series:
    """Fold references of documents for comparison: letters and digits only, upper case."""
    return fold(column).str.replace(" ", "")
