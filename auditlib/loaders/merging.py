"""Years one after another: opening entries of a file whose previous period is loaded too."""

import pandas as pd

from auditlib.loaders.movements import skip
from auditlib.loaders.table_columns import plain

__all__ = ["drop_loaded_openings"]

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
        return movements, _skipped(movements[loaded]), 0
    carried = _carry_codes_back(movements, loaded)
    skipped = _skipped(movements[loaded])
    return carried[~loaded].reset_index(drop=True), skipped, difference


def _carry_codes_back(movements: pd.DataFrame, loaded: pd.Series) -> pd.DataFrame:
    """Give the items of earlier years the code their opening line got later.

    The code is marked with the year it was given in, on both sides: letters are reused each year.
    """
    keys = ["customer_id", "document_ref", "amount_cents"]
    movements = movements.assign(matching_code=plain(movements["matching_code"]))
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


def _skipped(rows: pd.DataFrame) -> pd.DataFrame:
    return skip(rows, "opening_already_loaded", "the previous period is loaded item by item").assign(
        source=rows["source"].to_numpy(), amount_cents=rows["amount_cents"].to_numpy())
