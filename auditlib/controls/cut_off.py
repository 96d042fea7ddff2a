"""Tests of cut-off: documents of one period posted in another, and sales of the last days that were reversed."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from auditlib.controls.entries import sale_entries
from auditlib.controls.found import NO_POSTING, Found, not_tested, pointed
from auditlib.dates import add_months, day_number, day_numbers, month_end
from auditlib.matching import normalised
from auditlib.matching.codes import fiscal_years
from auditlib.texts import N_

__all__ = ["dated_before_posted_after", "fiscal_year_cut_off", "late_posting", "reversed_sales"]

NOTHING_AFTER = N_("Non testé : aucune écriture postérieure à la date d’arrêté n’a été fournie.")


def fiscal_year_cut_off(entries: pd.DataFrame, *, fiscal_year_end: str, has_posting_dates: bool) -> Found:
    """List invoices and credit notes dated in one fiscal year and posted in another (cut-off).

    Parameters
    ----------
    entries : DataFrame, schema ITEMS
        Of the period looked at.
    fiscal_year_end : str
        Month and day, ``"12-31"``.
    has_posting_dates : bool
        False for lists that know the document's date only.
    """
    parameters = {"fiscal_year_end": "/".join(fiscal_year_end.split("-")[::-1])}
    if not has_posting_dates:
        return not_tested(NO_POSTING, **parameters)
    sold = entries[sale_entries(entries)]
    dated = fiscal_years(day_numbers(sold["document_date"].fillna(sold["posting_date"])), fiscal_year_end)
    posted = fiscal_years(day_numbers(sold["posting_date"]), fiscal_year_end)
    apart = dated != posted
    found = sold[apart]
    detail = np.where(dated[apart] < posted[apart], "dated_before_year", "dated_after_year")
    return Found(
        len(sold), int(sold["amount_cents"].sum()),
        pointed(found, detail=detail, days=_delay(found)), parameters)


def dated_before_posted_after(movements: pd.DataFrame, *, as_of_date: dt.date, has_posting_dates: bool) -> Found:
    """List what is dated by the as-of date and posted after it (cut-off).

    Parameters
    ----------
    movements : DataFrame, schema MOVEMENTS
        Those posted after the as-of date included.
    """
    day = pd.Timestamp(as_of_date)
    later = movements[(movements["posting_date"] > day).to_numpy()]
    parameters = {"as_of_on": as_of_date.isoformat()}
    if not has_posting_dates:
        return not_tested(NO_POSTING, **parameters)
    if not len(later):
        return not_tested(NOTHING_AFTER, **parameters)
    found = later[((later["document_date"] <= day) & (later["kind"] != "opening")).to_numpy()]
    return Found(len(later), int(later["amount_cents"].sum()),
                 pointed(found, detail="posted_after_closing", days=_delay(found)), parameters)


def late_posting(entries: pd.DataFrame, *, days: int, has_posting_dates: bool) -> Found:
    """List invoices and credit notes posted long after their date (completeness).

    Parameters
    ----------
    entries : DataFrame, schema ITEMS
        Of the period looked at.
    days : int
        From document to posting. [days]
    has_posting_dates : bool
        False for lists that know the document's date only.
    """
    if not has_posting_dates:
        return not_tested(NO_POSTING, days=days)
    sold = entries[sale_entries(entries)]
    delay = _delay(sold)
    late = delay > days
    return Found(len(sold), int(sold["amount_cents"].sum()),
                 pointed(sold[late], detail="posted_late", days=delay[late]), {"days": days})


def reversed_sales(
    movements: pd.DataFrame, *, as_of_date: dt.date, months: int, fiscal_year_end: str, closing_days: int,
    reversal_days: int, quantile: float,
) -> Found:
    """List large sales of the last days before a closing that a credit note takes back soon after (cut-off).

    A credit note takes a sale back when it is of the same customer, and of the same amount or reference. Closings
    are the as-of date and the fiscal year ends of the months before it; one whose following days are not loaded is
    left out.

    Parameters
    ----------
    movements : DataFrame, schema MOVEMENTS
        Those posted after the as-of date included.
    as_of_date : date
    months : int
        Looked at, to the as-of date.
    fiscal_year_end : str
        Month and day, ``"12-31"``.
    closing_days, reversal_days : int
        [days]
    quantile : float
        A sale is large from this quantile of the invoices of the months looked at. [share 0–1]

    References
    ----------
    DOMAIN.md E: large sales in the last 5 days reversed in the next 30.
    """
    sold = movements[sale_entries(movements)]
    invoices = sold[(sold["amount_cents"] > 0).to_numpy()]
    year = invoices["posting_date"].between(
        pd.Timestamp(add_months(as_of_date, -months)) + pd.Timedelta(days=1), pd.Timestamp(as_of_date))
    large_cents = int(invoices["amount_cents"][year].quantile(quantile, interpolation="higher")) if year.any() else 0
    parameters = {"closing_days": closing_days, "reversal_days": reversal_days, "large_cents": large_cents}
    last = day_numbers(movements["posting_date"]).max(initial=-1)
    first = max(day_number(add_months(as_of_date, -months)), day_numbers(movements["posting_date"]).min(initial=last))
    closings = [day for day in _closings(as_of_date, fiscal_year_end, months=months)
                if first <= day <= last - reversal_days]
    if not closings:
        return not_tested(NOTHING_AFTER, **parameters)
    posted = day_numbers(invoices["posting_date"])
    is_last = np.any([(posted > day - closing_days) & (posted <= day) for day in closings], axis=0)
    looked_at = invoices[is_last & (invoices["amount_cents"] >= large_cents).to_numpy()]
    notes = sold[(sold["amount_cents"] < 0).to_numpy()]
    rows = _reversals(looked_at, notes, closings=closings, days=reversal_days)
    return Found(len(looked_at), int(looked_at["amount_cents"].sum()), rows, parameters,
                 {"sales": int((rows["amount_cents"] > 0).sum())})


def _delay(items: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the days from document to posting, nil where the document is undated."""
    delay = (items["posting_date"] - items["document_date"]).dt.days
    return np.asarray(delay.fillna(0), dtype=np.float64)


def _closings(as_of_date: dt.date, fiscal_year_end: str, *, months: int) -> list[int]:
    """Return the as-of date and the fiscal year ends of the years before it, as day numbers."""
    month, day = (int(part) for part in fiscal_year_end.split("-"))
    years = range(as_of_date.year - months // 12 - 1, as_of_date.year + 1)
    ends = [min(month_end(dt.date(year, month, 1)), dt.date(year, month, min(day, 28)) + dt.timedelta(days=day - min(
        day, 28))) for year in years]
    return sorted({day_number(end) for end in (*ends, as_of_date) if end <= as_of_date})


def _reversals(sales: pd.DataFrame, notes: pd.DataFrame, *, closings: Sequence[int], days: int) -> pd.DataFrame:
    """Pair each sale with the first credit note that takes it back in the days after its closing."""
    sale, note = _keys(sales), _keys(notes)
    by_amount = sale.merge(note, on=["customer", "size"], suffixes=("", "_note"))
    named = sale[sale["reference"] != ""], note[note["reference"] != ""]
    by_reference = named[0].merge(named[1], on=["customer", "reference"], suffixes=("", "_note"))
    columns = ["place", "day", "place_note", "day_note"]
    pairs = pd.concat([by_amount[columns], by_reference[columns]])
    ends = np.asarray(closings)
    closing = ends[np.minimum(np.searchsorted(ends, pairs["day"].to_numpy()), len(ends) - 1)]
    after = pairs["day_note"].to_numpy() - closing
    pairs = pairs[(after > 0) & (after <= days)].sort_values(["place", "day_note", "place_note"])
    pairs = pairs.drop_duplicates("place").drop_duplicates("place_note")
    both = pd.concat([sales.iloc[pairs["place"]], notes.iloc[pairs["place_note"]]])
    count = len(pairs)
    amount = np.where(np.arange(2 * count) < count, both["amount_cents"].to_numpy(), 0)
    detail = np.repeat(np.array(["sale_before_closing", "taken_back"], dtype=object), count)
    delay = np.tile((pairs["day_note"] - pairs["day"]).to_numpy(dtype="float64"), 2)
    return pointed(both, amount=amount, detail=detail, days=delay, sets=np.tile(np.arange(count), 2))


def _keys(items: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "place": np.arange(len(items)), "customer": items["customer_id"].astype("str").to_numpy(),
        "size": items["amount_cents"].abs().to_numpy(), "reference": normalised(items["document_ref"]).to_numpy(),
        "day": day_numbers(items["posting_date"]).astype(np.int64)})
