"""How each debtor pays, and what becomes of it: habits, drift, failure."""

import datetime as dt
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import day_number
from auditlib.demo.habits import Habits

__all__ = ["BILL", "CHEQUE", "DEBIT", "NEVER", "TRANSFER", "add_behaviour", "insolvencies"]

Columns = dict[str, npt.NDArray[Any]]
NEVER = 1 << 40
"""A day that does not come."""
TRANSFER, CHEQUE, DEBIT, BILL = range(4)

PROFILES = np.array([  # share, mean lateness [days], spread [days]
    (0.40, -1.0, 4.0), (0.32, 9.0, 7.0), (0.20, 23.0, 14.0), (0.08, 52.0, 28.0)])
PROCEDURES = ("Redressement judiciaire", "Liquidation judiciaire", "Sauvegarde")


def add_behaviour(customers: pd.DataFrame, *, start: dt.date, last: dt.date, habits: Habits,
                  rng: np.random.Generator) -> pd.DataFrame:
    """Add to each customer how it pays and its dated fate.

    Returns
    -------
    DataFrame
        `customers` with ``first_day`` and ``last_day`` of purchases, ``lateness`` and ``spread``
        [days], ``drift`` [days a month], ``run`` (see `days.run_days`), ``mode``, flags
        ``retains``, ``sets_off``, ``takes_discount``, ``pays_round_sums``; ``stop_day`` (last payment),
        ``doubtful_day`` (transfer to 416), ``judgment_day``, ``publication_day``, ``declared_day`` and ``procedure``.
    """
    kind = customers["customer_type"].to_numpy()
    table = customers.assign(**_timing(kind, habits, rng), **_means(customers, rng))
    table = table.assign(**_fate(customers, day_number(start), day_number(last), rng))
    plain = table["doubtful_day"].to_numpy() == NEVER
    bill = plain & (table["mode"] == BILL)
    return table.assign(mode=np.where(plain, table["mode"], TRANSFER), takes_discount=table["takes_discount"] & ~bill,
                        retains=table["retains"] & plain & ~bill & (table["mode"] != DEBIT))


def _timing(kind: npt.NDArray[np.object_], habits: Habits, rng: np.random.Generator) -> Columns:
    count = len(kind)
    profile = rng.choice(len(PROFILES), count, p=PROFILES[:, 0])
    lateness = PROFILES[profile, 1] * rng.uniform(0.7, 1.3, count) * habits.lateness_factor
    lateness = lateness + np.select([kind == "public", kind == "B2C"], [6.0, 2.0], default=0.0)
    drift = np.where(rng.random(count) < 0.07, rng.uniform(0.5, 1.3, count), 0.0)
    pays_in_runs = (kind != "B2C") & (rng.random(count) < habits.run_rate)
    twice_monthly = rng.random(count) < habits.twice_monthly_rate
    run = np.where(pays_in_runs, np.where(twice_monthly, 10, rng.integers(1, 6, count)), 0)
    return {"lateness": lateness, "spread": PROFILES[profile, 2], "drift": drift, "run": run}


def _means(customers: pd.DataFrame, rng: np.random.Generator) -> Columns:
    count = len(customers)
    kind, french = customers["customer_type"].to_numpy(), (customers["country"] == "FR").to_numpy()
    draw = rng.random(count)
    deferred = (customers["term_days"] >= 30).to_numpy()
    mode = np.select([(kind == "B2B") & french & deferred & (draw < 0.11), (kind != "public") & french & (draw < 0.2),
                      (kind == "B2C") & (draw < 0.7), (kind == "B2B") & (draw > 0.93)],
                     [BILL, DEBIT, CHEQUE, CHEQUE], default=TRANSFER)
    builder = (customers["business_unit"] == 1).to_numpy() & (kind != "B2C") & french
    flag = rng.random((4, count))
    return {"mode": mode, "retains": builder & (flag[0] < 0.25), "sets_off": (kind == "B2B") & (flag[1] < 0.02),
            "takes_discount": (kind == "B2B") & (flag[2] < 0.03), "pays_round_sums": (flag[3] < 0.02) & (mode != BILL)}


def _fate(customers: pd.DataFrame, start: int, last: int, rng: np.random.Generator) -> Columns:
    """Let some customers come late, leave, be given up as doubtful (3 %), and two thirds of these fail."""
    count, span = len(customers), last - start
    first = np.where(rng.random(count) < 0.18, start + rng.integers(0, span, count), -NEVER)
    ends = np.where(rng.random(count) < 0.08, last - rng.integers(0, span // 2, count), NEVER)
    able = np.flatnonzero((customers["customer_type"] == "B2B").to_numpy() & (customers["country"] == "FR").to_numpy())
    able = able[able > 0]
    fallen = rng.choice(able, max(3, round(count * 0.03)), replace=False)
    judged = fallen[: len(fallen) * 2 // 3]
    crisis = np.full(count, NEVER)
    crisis[fallen] = (
        start + 150 + (np.arange(len(fallen)) * (span - 190)) // len(fallen) + rng.integers(0, 25, len(fallen))
    )
    is_judged = np.isin(np.arange(count), judged)
    publication = np.where(is_judged, crisis + rng.integers(8, 21, count), NEVER)
    return {
        "first_day": np.where(crisis < NEVER, -NEVER, first),
        "last_day": np.minimum(ends, crisis - 5),
        "stop_day": crisis - np.where(crisis < NEVER, rng.integers(60, 130, count), 0),
        "doubtful_day": np.where(crisis < NEVER, crisis + 28, NEVER),
        "judgment_day": np.where(is_judged, crisis, NEVER),
        "publication_day": publication,
        "declared_day": np.where(
            is_judged & (rng.random(count) < 0.7), publication + rng.integers(15, 55, count), NEVER
        ),
        "procedure": np.where(is_judged, np.array(PROCEDURES)[rng.choice(3, count, p=[0.45, 0.45, 0.1])], ""),
    }


def insolvencies(customers: pd.DataFrame, last: dt.date) -> pd.DataFrame:
    """Return the procedures opened on or before `last`, one row each; an event after `last` is not known yet."""
    limit = day_number(last)
    judged = customers[customers["judgment_day"] <= limit]
    known = {name: judged[f"{short}_day"].where(judged[f"{short}_day"] <= limit) for name, short in
             (("judgment_date", "judgment"), ("publication_date", "publication"), ("claim_declared_on", "declared"))}
    dates = {name: pd.to_datetime(column, unit="D").astype("datetime64[s]") for name, column in known.items()}
    return pd.DataFrame({"customer_id": judged["customer_id"], "procedure": judged["procedure"], **dates}).reset_index(
        drop=True
    )
