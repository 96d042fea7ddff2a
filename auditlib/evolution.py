"""The last months replayed: receivable, ageing, overdue, DSO, its split, count-back and recovery by month end."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib import sales
from auditlib.ageing import AGE_UNKNOWN, NO_DUE_DATE, NOT_DUE, UNALLOCATED, bucket_labels, is_overdue
from auditlib.conversion import part_of
from auditlib.dates import day_number, day_numbers, month_ends
from auditlib.dso import SPLIT_CLASSES, count_back, days_sales_outstanding, split_cents, split_days
from auditlib.evidence import Evidence
from auditlib.open_items import account_starts, states
from auditlib.ordering import sums_at
from auditlib.overdue import THRESHOLDS
from auditlib.recovery import Horizon, pooled
from auditlib.replay import month_end_balances

__all__ = ["evolution", "net_overdue_totals", "replayed_dates", "split_totals", "with_dated_status"]

UNDATED_LIMIT = 0.10


def replayed_dates(evidence: Evidence, *, count: int) -> list[dt.date]:
    """Return the latest month ends up to the as-of date that the ledger reaches back to, oldest first."""
    first = evidence.ledger.items["posting_date"].min().date()
    return [day for day in month_ends(evidence.as_of_date, count) if day >= first]


def evolution(
    evidence: Evidence, *, dates: list[dt.date], by_due_date: pd.DataFrame, shown: pd.DataFrame,
) -> pd.DataFrame:
    """Return one row per month end, each figure as an audit at that date would have given it.

    Parameters
    ----------
    evidence : Evidence
    dates : list of date
        Month ends, rising.
    by_due_date : DataFrame
        Balances of a sweep by due date whose buckets hold the limits 30, 60 and 90.
    shown : DataFrame
        Balances of a sweep in the buckets the parameters ask for.

    Returns
    -------
    DataFrame
        ``month_end``, ``receivable_cents``, ``gross_cents``, one ``<bucket>_cents`` each, ``overdue_cents`` [cents, VAT
        included], the overdue rates, ``dso``, its split, ``dso_count_back`` [days] and whether it is a lower bound,
        ``recovery_rate_1m`` and ``_3m`` [share 0–1]; NaN where not available.
    """
    by_bucket, aged = _by_bucket(shown, dates), _by_bucket(by_due_date, dates)
    labels = bucket_labels(evidence.parameters.method.buckets)
    table = pd.DataFrame({"month_end": np.array(dates, dtype="datetime64[s]")})
    table["receivable_cents"] = aged.sum(axis=1).to_numpy()
    table["gross_cents"] = table["receivable_cents"] - aged[UNALLOCATED].to_numpy()
    for label in labels:
        table[f"{label}_cents"] = by_bucket[label].to_numpy()
    late = is_overdue(pd.Series(aged.columns))
    table["overdue_cents"] = aged.loc[:, late].sum(axis=1).to_numpy()
    table = table.assign(**_overdue_rates(aged, gross=table["gross_cents"].to_numpy()))
    table = table.assign(**_days(evidence, dates=dates, balances=by_due_date, receivable=table["receivable_cents"]))
    return table.assign(**{
        f"recovery_rate_{months}m": _recovery(evidence, dates=dates, months=months) for months in (1, 3)})


def _by_bucket(balances: pd.DataFrame, dates: list[dt.date]) -> pd.DataFrame:
    """Return amounts by date (rows) and bucket (every label, in order) [cents]."""
    bucket = balances["bucket"].cat
    labels = list(bucket.categories)
    cell = _places(balances, dates) * len(labels) + bucket.codes.to_numpy()
    amounts = sums_at(cell, balances["amount_cents"].to_numpy(), count=(len(dates) + 1) * len(labels))
    return pd.DataFrame(amounts.reshape(-1, len(labels))[:-1], columns=labels)


def _places(balances: pd.DataFrame, dates: list[dt.date]) -> npt.NDArray[np.int64]:
    """Return the place of each row's date among the dates, their number where it is none of them."""
    days = np.array([day_number(day) for day in dates], dtype=np.int64)
    at = day_numbers(balances["month_end"]).astype(np.int64)
    place = np.searchsorted(days, at)
    found = np.append(days, -1)[place] == at
    return np.where(found, place, len(dates))


def _overdue_rates(aged: pd.DataFrame, *, gross: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[np.float64]]:
    undated = aged[[NO_DUE_DATE, AGE_UNKNOWN]].sum(axis=1).to_numpy()
    dated = gross - undated
    available = (dated > 0) & (undated <= UNDATED_LIMIT * gross)
    lows = {label: _first_day(label) for label in aged.columns[is_overdue(pd.Series(aged.columns))]}
    rates = {}
    for name, days in THRESHOLDS.items():
        late = aged[[label for label, low in lows.items() if low > days]].sum(axis=1).to_numpy()
        rates[name] = np.divide(late, dated, out=np.full(len(dated), np.nan), where=available)
    return rates


def _first_day(label: str) -> int:
    return int(label[1:]) + 1 if label.startswith(">") else int(label.partition("-")[0])


def _days(
    evidence: Evidence, *, dates: list[dt.date], balances: pd.DataFrame, receivable: pd.Series,
) -> dict[str, list[float] | list[bool]]:
    """Return the DSO, its split and the count-back at each date; each date has its own window of sales [days]."""
    parts = split_totals(evidence, dates=dates, balances=balances)
    names = ["dso", *(f"dso_{name}" for name in SPLIT_CLASSES), "dso_count_back"]
    found: dict[str, list[float]] = {name: [] for name in names}
    is_bound = []
    for number, day in enumerate(dates):
        row, at_least = _days_at(evidence, day, int(receivable.iloc[number]), {
            name: int(parts[name].iloc[number]) for name in SPLIT_CLASSES})
        for name in names:
            found[name].append(row.get(name) if row.get(name) is not None else np.nan)  # type: ignore[arg-type]
        is_bound.append(at_least)
    return found | {"dso_count_back_is_lower_bound": is_bound}


def _days_at(
    evidence: Evidence, day: dt.date, receivable: int, parts: dict[str, int],
) -> tuple[dict[str, float | None], bool]:
    """Return the figures of one date, and whether the history was used up before its receivable."""
    row: dict[str, float | None] = {}
    at_least = False
    months = sales.monthly_sales(evidence.daily_sales, as_of_date=day)
    if len(months) or receivable <= 0:
        counted = count_back(receivable, monthly_sales=months, as_of_date=day)
        row["dso_count_back"], at_least = counted.days, counted.is_lower_bound
    if (window := evidence.window(day)) is None:
        return row, at_least
    sold = sales.sales_between(evidence.daily_sales, window=window)
    row["dso"] = days_sales_outstanding(receivable, sales_cents=sold, days=window.days)
    row |= {f"dso_{name}": value for name, value in split_days(parts, sales_cents=sold, days=window.days).items()}
    if not evidence.intake.has_dispute_information:
        row["dso_disputed"] = None
    return row, at_least


def split_totals(evidence: Evidence, *, dates: list[dt.date], balances: pd.DataFrame) -> pd.DataFrame:
    """Split the receivable at each date as `auditlib.dso.split_cents` would, most of it from one sweep.

    Only customers with a dated dispute or procedure, or a doubtful account, have states to replay one by one; for all
    others the bucket says the class. A status without a date holds at the as-of date only, whose state is known.

    Returns
    -------
    DataFrame of int64
        One row a date, one column a class. [cents, VAT included]
    """
    special = with_dated_status(evidence, doubtful=False)
    usual = _by_bucket(balances[~balances["customer_id"].isin(special)], dates)
    parts = pd.DataFrame(0, index=range(len(dates)), columns=list(SPLIT_CLASSES))
    parts["best_possible"] = usual[NOT_DUE].to_numpy()
    parts["late"] = usual.loc[:, is_overdue(pd.Series(usual.columns))].sum(axis=1).to_numpy()
    parts["undated"] = usual[[NO_DUE_DATE, AGE_UNKNOWN]].sum(axis=1).to_numpy()
    parts["unallocated"] = usual[UNALLOCATED].to_numpy()
    parts = parts.add(_moved_to_doubtful(evidence, dates=dates, apart=special), fill_value=0)
    if special:
        ledger = part_of(evidence.ledger, evidence.ledger.items["customer_id"].isin(special).to_numpy())
        disputes, insolvencies = evidence.intake.disputes, evidence.intake.insolvencies
        replayed = [split_cents(states(ledger, disputes=disputes, insolvencies=insolvencies, as_of_date=day))
                    for day in dates]
        parts += pd.DataFrame(replayed, columns=list(SPLIT_CLASSES))
    if dates and dates[-1] == evidence.as_of_date:
        parts.iloc[-1] = pd.Series(split_cents(evidence.open_items))
    return parts


def _moved_to_doubtful(evidence: Evidence, *, dates: list[dt.date], apart: set[str]) -> pd.DataFrame:
    """Return what the debits of doubtful accounts take from the class their bucket tells, at each date [cents]."""
    items = evidence.ledger.items
    others = np.append(~items["customer_id"].cat.categories.astype("str").isin(apart), True)
    doubtful = account_starts(items["account"], "416") & others[items["customer_id"].cat.codes.to_numpy()]
    doubtful &= items["amount_cents"].to_numpy() > 0
    parts = pd.DataFrame(0, index=range(len(dates)), columns=list(SPLIT_CLASSES))
    if not dates or not doubtful.any():
        return parts
    balances = _by_bucket(month_end_balances(evidence.ledger, dates=dates, only=doubtful), dates)
    late = is_overdue(pd.Series(balances.columns))
    parts["best_possible"] = -balances[NOT_DUE].to_numpy()
    parts["late"] = -balances.loc[:, late].sum(axis=1).to_numpy()
    parts["undated"] = -balances[[NO_DUE_DATE, AGE_UNKNOWN]].sum(axis=1).to_numpy()
    parts["doubtful"] = balances.sum(axis=1).to_numpy()
    return parts


def with_dated_status(evidence: Evidence, *, doubtful: bool = True) -> set[str]:
    """Return the customers whose claims have a status to look up at each date: dispute, procedure, `doubtful` (416)."""
    items, disputes, insolvencies = evidence.ledger.items, evidence.intake.disputes, evidence.intake.insolvencies
    dated = disputes.loc[disputes["opened_on"].notna() | disputes["closed_on"].notna(), "movement_id"]
    judged = insolvencies["judgment_date"].notna() | insolvencies["publication_date"].notna()
    concerned = items["movement_id"].isin(dated).to_numpy() if len(dated) else np.zeros(len(items), dtype=bool)
    if doubtful:
        concerned = concerned | account_starts(items["account"], "416")
    return (set(items["customer_id"][concerned].unique().astype("str"))
            | set(insolvencies.loc[judged, "customer_id"].astype("str")))


def _recovery(evidence: Evidence, *, dates: list[dt.date], months: int) -> list[float]:
    sums = evidence.cohorts.sums(Horizon(months=months), dates=dates)
    rates = [pooled(sums, date=number).rate for number in range(len(dates))]
    return [np.nan if rate is None else rate for rate in rates]


def net_overdue_totals(balances: pd.DataFrame, *, dates: list[dt.date]) -> npt.NDArray[np.int64]:
    """Return the net overdue of all customers at each date, deposits apart [cents, VAT included]."""
    bucket, customer = balances["bucket"].cat, balances["customer_id"].cat
    wanted = [is_overdue(pd.Series([label]))[0] or label == UNALLOCATED for label in bucket.categories]
    kept = np.array(wanted)[bucket.codes.to_numpy()]
    count = len(customer.categories)
    cell = (_places(balances, dates) * count + customer.codes.to_numpy())[kept]
    net = sums_at(cell, balances["amount_cents"].to_numpy()[kept], count=(len(dates) + 1) * count)
    total: npt.NDArray[np.int64] = np.maximum(net.reshape(len(dates) + 1, count), 0).sum(axis=1)[:-1]
    return total
