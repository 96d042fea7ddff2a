"""The same entry in two files: loaded once, counted by pair of files; twins inside one file are kept."""

import pandas as pd

from auditlib.loaders.movements import skip
from auditlib.loaders.table_columns import fold

__all__ = ["drop_repeated_rows"]

PAIRED = ["customer_id", "posting_date", "amount_cents"]
WORDS = ("document_ref", "label")
CUT_FROM = 20
"""A file whose longest label is shorter than this holds short labels, not labels cut to a width."""


def drop_repeated_rows(movements: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Load once the rows that two files both hold.

    Rows are the same when customer, posting date, amount, reference and label are, whatever their matching code: an
    entry may be matched, or matched anew, between two extracts. A text that one of the files does not print is not
    compared, and a label that one of them cuts to a width is compared to that width. Of a row that is *n* times in one
    file and *m* times in another, the larger number stays: those matched or settled first, then the latest extract's.

    Parameters
    ----------
    movements : DataFrame
        With ``source``, the number of the file and sheet each row comes from.

    Returns
    -------
    kept : DataFrame
    skipped : DataFrame
        With ``source``, ``kept_source`` (where the row is loaded from), ``amount_cents``, class ``already_loaded``.
    """
    several = len(movements["source"].unique()) > 1
    rows = _compared(movements) if several else movements.iloc[:0].assign(entry=0)
    repeated = rows[_surplus(rows)] if len(rows) else rows
    skipped = movements.loc[repeated.index]
    left_out = skip(skipped, "already_loaded", "the same row is in another file").assign(
        source=skipped["source"].to_numpy(), amount_cents=skipped["amount_cents"].to_numpy(),
        kept_source=_kept_in(repeated, rows.drop(repeated.index)))
    if repeated.empty:
        return movements, left_out
    return movements.drop(repeated.index).reset_index(drop=True), left_out


def _compared(movements: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that may be in two files: the ``entry`` they stand for, source, code and how late it was read."""
    latest = movements.groupby("source")["posting_date"].max()
    near = _in_several_sources(movements, PAIRED)
    rows = movements.loc[near, [*PAIRED, *WORDS, "matching_code", "settlement_date", "source"]]
    words = [name for name in WORDS if _printed_everywhere(movements, name)] or list(WORDS)
    width = movements["label"].str.len().groupby(movements["source"]).max().min() if len(rows) else 0
    folded = {name: fold(rows[name].str.slice(0, width) if name == "label" and width >= CUT_FROM else rows[name])
              for name in words}
    rows = rows.assign(**folded, latest=rows["source"].map(latest))
    rows = rows[_in_several_sources(rows, [*PAIRED, *words])]
    return rows.assign(entry=rows.groupby([*PAIRED, *words], sort=False, observed=True, dropna=False).ngroup())


def _in_several_sources(rows: pd.DataFrame, keys: list[str]) -> pd.Series:
    sources = rows.groupby(keys, sort=False, observed=True, dropna=False)["source"]
    return sources.transform("min") != sources.transform("max")


def _printed_everywhere(movements: pd.DataFrame, name: str) -> bool:
    return bool((movements[name] != "").groupby(movements["source"]).any().all())


def _surplus(rows: pd.DataFrame) -> pd.Series:
    """Tell the rows of each entry beyond the number of times that the file with the most of them has it."""
    own = ["entry", "source"]
    wanted = rows.groupby(own).size().groupby("entry").max()
    nth = rows.groupby([*own, "matching_code"], sort=False, observed=True).cumcount()
    again = rows.assign(nth=nth).duplicated(["entry", "matching_code", "nth"])
    bare = (rows["matching_code"] == "") & rows["settlement_date"].isna()
    ordered = rows.assign(again=again, bare=bare, age=-rows["latest"].astype("int64"))
    ordered = ordered.sort_values(["entry", "again", "bare", "age"], kind="stable")
    rank = ordered.groupby("entry", sort=False).cumcount().reindex(rows.index)
    return rank >= rows["entry"].map(wanted)


def _kept_in(repeated: pd.DataFrame, kept: pd.DataFrame) -> list[int]:
    """Return the source that each repeated row is loaded from: never its own, which has no more than what is kept."""
    numbered = repeated.assign(row=range(len(repeated)))
    pairs = numbered.merge(kept[["entry", "source"]], on="entry", suffixes=("", "_kept"))
    others = pairs[pairs["source"] != pairs["source_kept"]].drop_duplicates("row")
    found: list[int] = others.sort_values("row")["source_kept"].tolist()
    return found
