"""Several files of one client: years one after another, extracts that overlap, openings already loaded."""

import pandas as pd

from auditlib.loaders.movements import skip

__all__ = ["drop_loaded_openings", "drop_repeated_rows"]

SAME_ROW = ["customer_id", "posting_date", "document_ref", "label", "amount_cents"]


def drop_repeated_rows(movements: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Load once the rows that two files both hold; twins inside one file are kept.

    Rows are the same when customer, posting date, reference, label, amount and matching code are, or when
    all but the code are and one of the two files was extracted before the row was matched. Of a row that is
    *n* times in one file and *m* times in another, the larger number stays.

    Parameters
    ----------
    movements : DataFrame
        With ``source``, the number of the file and sheet each row comes from.

    Returns
    -------
    kept : DataFrame
    skipped : DataFrame
        With ``source``, class ``already_loaded``.
    """
    if len(movements["source"].unique()) <= 1:
        return movements, _skipped(movements.iloc[:0])
    keyed = movements[[*SAME_ROW, "matching_code", "source"]].copy()
    nth = keyed.groupby([*SAME_ROW, "matching_code", "source"], sort=False).cumcount()
    repeated = keyed.assign(nth=nth).duplicated([*SAME_ROW, "matching_code", "nth"])
    repeated |= _unmatched_copies(keyed[~repeated]).reindex(keyed.index, fill_value=False)
    return movements[~repeated].reset_index(drop=True), _skipped(movements[repeated])


def _unmatched_copies(keyed: pd.DataFrame) -> pd.Series:
    """Tell the rows without a code that another file holds with one."""
    coded = keyed["matching_code"] != ""
    nth = keyed.groupby([*SAME_ROW, "source", coded.rename("coded")], sort=False).cumcount()
    numbered = keyed.assign(nth=nth, row=keyed.index)
    pairs = numbered[~coded].merge(numbered[coded], on=[*SAME_ROW, "nth"], suffixes=("", "_coded"))
    copies = pairs.loc[pairs["source"] != pairs["source_coded"], "row"].unique()
    return keyed.index.to_series().isin(copies)


def drop_loaded_openings(movements: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Skip the opening entries of a file whose previous period is loaded too (see `missing_years` for one that is not).

    What an opening line was matched with in its own year is carried back to the item it stands for.

    Parameters
    ----------
    movements : DataFrame
        With ``source`` and ``kind``.

    Returns
    -------
    kept, skipped : DataFrame
        Skipped rows have ``source`` and class ``opening_already_loaded``.
    difference : int
        Openings skipped, less the balance they should repeat. [cents]
    """
    starts = movements.groupby("source")["posting_date"].agg(["min", "max"])
    opening = movements["kind"] == "opening"
    loaded = pd.Series(False, index=movements.index)
    difference = 0
    for number, (start, _) in starts.iterrows():
        earlier = starts[starts["min"] < start]
        rows = opening & (movements["source"] == number) & (movements["posting_date"] <= start + pd.Timedelta(days=31))
        if earlier.empty or not rows.any():
            continue
        before = (movements["source"] != number) & (movements["posting_date"] < start) & ~loaded
        difference += int(movements.loc[rows, "amount_cents"].sum() - movements.loc[before, "amount_cents"].sum())
        loaded |= rows
    if not loaded.any():
        return movements, _skipped(movements[loaded], "opening_already_loaded"), 0
    carried = _carry_codes_back(movements, loaded)
    skipped = _skipped(movements[loaded], "opening_already_loaded")
    return carried[~loaded].reset_index(drop=True), skipped, difference


def _carry_codes_back(movements: pd.DataFrame, loaded: pd.Series) -> pd.DataFrame:
    """Give the items of earlier years the code their opening line got later.

    The code is marked with the year it was given in, on both sides: letters are reused each year.
    """
    keys = ["customer_id", "document_ref", "amount_cents"]
    numbered = movements.assign(row=movements.index)
    openings = numbered[loaded & (movements["matching_code"] != "") & (movements["document_ref"] != "")]
    originals = numbered[~loaded & (movements["matching_code"] == "") & (movements["document_ref"] != "")]
    openings = openings.assign(nth=openings.groupby(keys, sort=False).cumcount())
    originals = originals.assign(nth=originals.groupby(keys, sort=False).cumcount())
    pairs = openings.merge(
        originals[[*keys, "nth", "row", "posting_date"]], on=[*keys, "nth"], suffixes=("", "_original")
    )
    pairs = pairs[pairs["posting_date_original"] < pairs["posting_date"]]
    if pairs.empty:
        return movements
    marked = pairs["matching_code"] + "/" + pairs["posting_date"].dt.year.astype("str")
    groups = ["source", "customer_id", "matching_code"]
    renamed = movements.merge(
        pairs[groups].assign(marked=marked).drop_duplicates(groups), on=groups, how="left")["marked"]
    code = movements["matching_code"].where(renamed.isna().to_numpy(), renamed.fillna("").to_numpy())
    code.loc[pairs["row_original"]] = marked.to_numpy()
    return movements.assign(matching_code=code)


def _skipped(rows: pd.DataFrame, name: str = "already_loaded") -> pd.DataFrame:
    reason = (
        "the same row is in another file" if name == "already_loaded" else "the previous period is loaded item by item"
    )
    return skip(rows, name, reason).assign(
        source=rows["source"].to_numpy(), amount_cents=rows["amount_cents"].to_numpy()
    )
