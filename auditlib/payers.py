"""How each customer pays: lateness, its spread and its trend, and payments in several parts (DOMAIN.md A2 and A10)."""

import datetime as dt
import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import NO_DAY, add_months, day_number, day_numbers
from auditlib.results import Window

__all__ = ["HABITS", "TREND", "payment_habits", "ranked", "trend_dates"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

TREND_POINTS, ROLLING_MONTHS = 12, 6
TREND = tuple(f"days_beyond_terms_6m_{back:02d}" for back in range(TREND_POINTS - 1, -1, -1))
"""Columns of the trend, oldest first: the number is how many months before the as-of date the six months end."""
HABITS = ("paid_invoices", "dated_invoices", "direct_debit_invoices", "paid_cents", "days_beyond_terms",
          "days_late_p90", "days_late_spread", "part_paid_share", "share_estimated", "trend_days", *TREND)
"""Columns of `payment_habits`."""


def trend_dates(as_of_date: dt.date) -> list[dt.date]:
    """Return the dates the points of the trend end at, oldest first: month ends where the as-of date is one."""
    return [add_months(as_of_date, -back) for back in range(TREND_POINTS - 1, -1, -1)]


def payment_habits(payments: pd.DataFrame, *, window: Window) -> pd.DataFrame:
    """Measure the payments of each customer.

    Parameters
    ----------
    payments : DataFrame
        What receipts paid on each claim, returned ones left out: ``customer_id`` (categorical), ``root_id`` (claim),
        ``event_date`` (of the allocation), ``settlement_date`` (of the receipt), ``due_date`` (may be missing),
        ``amount_cents`` > 0 [cents, VAT included], ``is_direct_debit``, ``is_estimated`` (its due date is assumed),
        ``is_open`` (the claim is not wholly cleared).
    window : Window
        Ends at the as-of date.

    Returns
    -------
    DataFrame
        Indexed by every category of ``customer_id``; of the window, direct debits left out but where said:
        ``paid_invoices`` (wholly cleared, last paid in it), ``dated_invoices`` (those with a due date),
        ``direct_debit_invoices`` (cleared by direct debits alone), ``paid_cents`` [cents],
        ``days_beyond_terms`` (signed, weighted by amount [days]), ``days_late_p90`` and ``days_late_spread`` (ninth
        decile and interquartile range, by nearest rank, of the days late of the dated invoices paid [days]),
        ``part_paid_share`` (of the invoices that got a payment, those paid on several days or still open [share 0–1]),
        ``share_estimated`` (of the amount paid, due date assumed [share 0–1]), the columns `TREND` (days beyond terms
        over rolling six months [days]) and ``trend_days`` (latest six months less the six before [days]).
        NaN where there is nothing to measure.
    """
    count = len(payments["customer_id"].cat.categories)
    payments = _of_recent_claims(payments, window.end)
    who = payments["customer_id"].cat.codes.to_numpy().astype(np.int64)
    own = ~payments["is_direct_debit"].to_numpy()
    day, due = day_numbers(payments["event_date"]).astype(np.int64), day_numbers(payments["due_date"]).astype(np.int64)
    amount, dated = payments["amount_cents"].to_numpy(), due != NO_DAY
    late = np.where(dated, day_numbers(payments["settlement_date"]) - due, 0)
    inside = own & (day >= day_number(window.start)) & (day <= day_number(window.end))
    timed = inside & dated
    claims = _claims(payments, who=who, day=day, due=due, own=own, inside=inside)
    table = _of_claims(claims, count=count, window=window)
    table["paid_cents"] = _sum(who[inside], amount[inside], count)
    weight = _sum(who[timed], amount[timed], count)
    table["days_beyond_terms"] = _over(_sum(who[timed], (amount * late)[timed], count), weight)
    guessed = timed & payments["is_estimated"].to_numpy()
    table["share_estimated"] = _over(_sum(who[guessed], amount[guessed], count), weight)
    usable = own & dated
    points = _trend(who[usable], day[usable], amount[usable], late[usable], count=count, as_of_date=window.end)
    table |= dict(zip(TREND, points.T, strict=True))
    table["trend_days"] = points[:, -1] - points[:, -1 - ROLLING_MONTHS]
    return pd.DataFrame(table, index=payments["customer_id"].cat.categories.astype("str"))[list(HABITS)]


def _of_recent_claims(payments: pd.DataFrame, as_of_date: dt.date) -> pd.DataFrame:
    """Leave out the claims without a payment since the trend begins: no measure looks further back."""
    begins = pd.Timestamp(add_months(as_of_date, -TREND_POINTS - ROLLING_MONTHS))
    root, recent = payments["root_id"].to_numpy(), (payments["event_date"] > begins).to_numpy()
    seen = np.zeros(int(root.max(initial=-1)) + 1, dtype=bool)
    seen[root[recent]] = True
    return payments if seen[root].all() else payments[seen[root]]


def _claims(payments: pd.DataFrame, *, who: Ints, day: Ints, due: Ints, own: Flags, inside: Flags) -> pd.DataFrame:
    """Return one row a claim that was paid: first and last day, days late, by whom, and how."""
    root = payments["root_id"].to_numpy()
    size = int(root.max(initial=-1)) + 1
    first, last, settled = (np.full(size, fill, dtype=np.int64) for fill in (NO_DAY, -NO_DAY, -NO_DAY))
    np.minimum.at(first, root, day)
    np.maximum.at(last, root, day)
    np.maximum.at(settled, root, day_numbers(payments["settlement_date"]).astype(np.int64))
    seen = np.flatnonzero(last > -NO_DAY)
    of, dues, is_open, is_own, is_touched = (np.zeros(size, dtype=kind) for kind in (int, int, bool, bool, bool))
    of[root], dues[root], is_open[root] = who, due, payments["is_open"].to_numpy()
    is_own[root[own]] = True
    is_touched[root[inside]] = True
    return pd.DataFrame({
        "who": of[seen], "last": last[seen], "is_dated": dues[seen] != NO_DAY, "late": (settled - dues)[seen],
        "is_open": is_open[seen], "is_own": is_own[seen], "is_touched": is_touched[seen],
        "is_in_parts": (first != last)[seen] | is_open[seen]})


def _of_claims(claims: pd.DataFrame, *, count: int, window: Window) -> dict[str, npt.NDArray[np.generic]]:
    last = claims["last"].to_numpy()
    closed = ~claims["is_open"].to_numpy() & (last >= day_number(window.start)) & (last <= day_number(window.end))
    own, touched = claims["is_own"].to_numpy(), claims["is_touched"].to_numpy()
    dated = claims[closed & own & claims["is_dated"].to_numpy()]

    def counted(rows: Flags) -> Ints:
        return np.bincount(claims["who"].to_numpy()[rows], minlength=count)

    late = dated["late"].to_numpy()
    ninth, third, first = (ranked(dated["who"].to_numpy(), late, count=count, part=part) for part in (90, 75, 25))
    return {
        "paid_invoices": counted(closed & own), "dated_invoices": np.bincount(dated["who"], minlength=count),
        "direct_debit_invoices": counted(closed & ~own), "days_late_p90": ninth, "days_late_spread": third - first,
        "part_paid_share": _over(counted(touched & claims["is_in_parts"].to_numpy()), counted(touched))}


def ranked(who: Ints, values: Ints, *, count: int, part: int) -> Floats:
    """Return the percentile of each customer's values by nearest rank: the ⌈part × n / 100⌉th smallest.

    Parameters
    ----------
    who : ndarray of int64
        Customer of each value, below `count`.
    values : ndarray of int64
    count : int
    part : int
        From 1 to 100.

    Returns
    -------
    ndarray of float64, shape (count,)
        NaN for a customer without a value.

    Examples
    --------
    >>> ranked(np.array([0, 0, 0, 0]), np.array([40, 10, 20, 30]), count=2, part=90)
    array([40., nan])
    """
    sizes = np.bincount(who, minlength=count)
    found = np.full(count, math.nan)
    if not len(values):
        return found
    low = int(values.min())
    span = int(values.max()) - low + 1
    ordered = np.sort(who * span + (values - low)) % span + low
    starts, some = np.cumsum(sizes) - sizes, sizes > 0
    rank = -(-sizes * part // 100) - 1
    found[some] = ordered[(starts + rank)[some]]
    return found


def _trend(who: Ints, day: Ints, amount: Ints, late: Ints, *, count: int, as_of_date: dt.date) -> Floats:
    """Return the weighted days beyond terms of rolling six months, one row a customer, one column a point."""
    steps = TREND_POINTS + ROLLING_MONTHS
    edges = [day_number(add_months(as_of_date, -back)) for back in range(steps - 1, -1, -1)]
    step = np.searchsorted(edges, day, side="left")
    known = (step > 0) & (step < steps)
    cell = who[known] * steps + step[known]
    sums = [np.cumsum(_sum(cell, values[known], count * steps).reshape(count, steps), axis=1)
            for values in (amount * late, amount)]
    rolled = [total[:, ROLLING_MONTHS:] - total[:, :-ROLLING_MONTHS] for total in sums]
    return _over(rolled[0], rolled[1])


def _sum(cell: Ints, values: Ints, count: int) -> Ints:
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, cell, values)
    return sums


def _over(part: Ints, whole: Ints) -> Floats:
    shares: Floats = np.divide(part, whole, out=np.full(part.shape, math.nan), where=whole > 0)
    return shares
