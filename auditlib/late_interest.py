"""Statutory late interest by half-year, and the €40 indemnity (DOMAIN.md A6, INDICATORS.md 4).

Interest = amount, VAT included × yearly rate × days ÷ 365 (in leap years too), from the day after the due date to the
day of payment. A business owes the contract's rate, never below three times the legal rate, else the rate of the
European Central Bank in force on the first day of each half-year + 10 points; a public buyer owes that of the
half-year in which interest began + 8 points, to the end. The exact sum of a claim is rounded once, half up, to the
cent; its half-years share that rounding, so that they add up to it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import day_number, from_day_numbers
from auditlib.legal_tables import half_year_label, half_year_rates, half_year_start, half_years, values_on
from auditlib.penalty_clause import PenaltyClause

__all__ = ["REGIMES", "Rates", "indemnities", "late_interest", "missing_half_years", "rates_of"]

REGIMES = ("business", "public", "abroad", "unconfirmed")
"""``abroad`` and ``unconfirmed`` (debtor of unknown type) are counted apart, at the rate of a business."""
YEAR_DAYS, POINTS = 365, 10_000
"""Days of a year, and hundredths of a percent in the whole: rates are exact to the hundredth of a percent."""
Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Rates:
    """Yearly rates of the half-years from `first` on, in hundredths of a percent; NaN where the table has none.

    Attributes
    ----------
    first : int
        Number of the first half-year (`auditlib.legal_tables.half_years`).
    business, public, floor : ndarray of float64, shape (n_half_years,)
        ``floor`` is three times the legal rate: what a stipulated rate cannot go under.
    is_frozen : bool
        Whether a business keeps the rate of the half-year in which interest began, as a public buyer does.
    """

    first: int
    business: Numbers
    public: Numbers
    floor: Numbers
    is_frozen: bool = False


def rates_of(
    table: pd.DataFrame, *, first: int, last: int, clause: PenaltyClause | None = None, is_frozen: bool = False,
) -> Rates:
    """Return the rates of a span of half-years.

    Parameters
    ----------
    table : DataFrame
        `auditlib.legal_tables.legal_table`.
    first, last : int
        Numbers of half-years, both included.
    clause : PenaltyClause, optional
        Late interest of the terms of sale; None: what the law gives without one.
    is_frozen : bool
    """
    span = np.arange(first, last + 1)
    days = np.array([day_number(half_year_start(int(index))) for index in span], dtype=np.int64)
    bank = half_year_rates(table, "ecb_main_refinancing", span)
    legal = half_year_rates(table, "legal_rate_professional", span)
    floor = legal * values_on(table, "contract_floor_multiple", days)
    business = bank + values_on(table, "business_addition", days)
    if clause is not None:
        business = np.maximum(clause.agreed_percent(bank=bank, legal=legal), floor)  # NaN without one: it is tested
    public = bank + values_on(table, "public_addition", days)
    return Rates(first, business=np.round(business * 100), public=np.round(public * 100), floor=np.round(floor * 100),
                 is_frozen=is_frozen)


def late_interest(portions: pd.DataFrame, *, rates: Rates) -> pd.DataFrame:
    """Return the interest of each portion in each half-year it runs through.

    Parameters
    ----------
    portions : DataFrame
        ``root_id`` (the claim), ``principal_cents`` [cents, VAT included], ``due`` and ``end`` (day numbers, the end
        later), ``basis``, ``is_inferred``, ``regime`` (categorical, of `REGIMES`).
    rates : Rates
        Of every half-year from the first day of interest to the last.

    Returns
    -------
    DataFrame
        By claim: the columns of the portion but its end, ``portion`` (number of the portion), ``from_date``,
        ``to_date`` (both bear interest), ``days``, ``half_year`` (categorical, "2025-H2"),
        ``rate`` [share 0–1 a year, NaN where the table has none], ``rate_half_year`` (whose rate it is) and
        ``interest_cents`` (nil without a rate: no figure).
    """
    portions = portions.sort_values(["root_id", "due", "end"], kind="stable").reset_index(drop=True)
    due, end = portions["due"].to_numpy(), portions["end"].to_numpy()
    begun = half_years(due + 1)
    count = half_years(end) - begun + 1
    at = np.repeat(np.arange(len(portions)), count)
    half = begun[at] + np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count)
    first, last = _bounds(half, rates)
    start, stop = np.maximum(first, due[at] + 1), np.minimum(last, end[at])
    days = stop - start + 1
    of = _rate_half(portions["regime"].cat.codes.to_numpy()[at], half, begun[at], rates)
    is_public = portions["regime"].cat.codes.to_numpy()[at] == REGIMES.index("public")
    rate = np.where(is_public, rates.public[of - rates.first], rates.business[of - rates.first])
    root = portions["root_id"].to_numpy()[at]
    interest = _rounded(portions["principal_cents"].to_numpy()[at], np.nan_to_num(rate).astype(np.int64), days, root)
    kept = portions[["root_id", "regime", "basis", "is_inferred", "principal_cents", "due"]].iloc[at]
    return kept.reset_index(drop=True).assign(
        portion=at,
        from_date=from_day_numbers(start.astype(np.int32)), to_date=from_day_numbers(stop.astype(np.int32)), days=days,
        half_year=_labels(half, rates), rate=rate / POINTS, rate_half_year=_labels(of, rates), interest_cents=interest)


def _bounds(half: Ints, rates: Rates) -> tuple[Ints, Ints]:
    starts = [day_number(half_year_start(rates.first + number)) for number in range(len(rates.business) + 1)]
    days = np.array(starts, dtype=np.int64)
    return days[half - rates.first], days[half - rates.first + 1] - 1


def _rate_half(regime: npt.NDArray[np.integer], half: Ints, begun: Ints, rates: Rates) -> Ints:
    """Return the half-year whose rate applies: that in which interest began where the rate is frozen."""
    return np.where((regime == REGIMES.index("public")) | rates.is_frozen, begun, half)


def _labels(half: Ints, rates: Rates) -> pd.Categorical:
    names = [half_year_label(rates.first + number) for number in range(len(rates.business))]
    return pd.Categorical.from_codes(half - rates.first, categories=pd.Index(names, dtype="str"))


def _rounded(principal: Ints, rate: Ints, days: Ints, root: Ints) -> Ints:
    """Round the running sum of each claim half up, and give each row what it adds to it [cents]."""
    exact = principal * rate * days  # in cents × YEAR_DAYS × POINTS
    running = np.cumsum(exact)  # may wrap round: differences within a claim are exact all the same
    begins = np.flatnonzero(np.diff(root, prepend=-1))
    base = np.repeat(running[begins] - exact[begins], np.diff(begins, append=len(root)))
    unit = YEAR_DAYS * POINTS
    upto = (2 * (running - base) + unit) // (2 * unit)
    added: Ints = np.diff(upto, prepend=0)
    added[begins] = upto[begins]
    return added


def missing_half_years(interest: pd.DataFrame, *, regimes: tuple[str, ...]) -> list[str]:
    """Name the half-years whose rate some regimes need and the table lacks: "2026-H2", in order.

    Parameters
    ----------
    interest : DataFrame
        `late_interest`.
    regimes : tuple of str
    """
    lacking = interest[interest["regime"].isin(regimes) & interest["rate"].isna()]
    return sorted(str(name) for name in lacking["rate_half_year"].unique())


def indemnities(claims: pd.DataFrame, *, table: pd.DataFrame) -> Ints:
    """Return the indemnity of each late claim: one an invoice, on its earliest late line.

    Parameters
    ----------
    claims : DataFrame
        Late claims, one row each: ``customer`` (code), ``document_date`` (day number), ``document_ref``, ``source``
        (number of the source row) and ``due`` (day number).
    table : DataFrame
        `auditlib.legal_tables.legal_table`.

    Returns
    -------
    ndarray of int64
        Nil on the further lines of an invoice: same customer, day and reference, or same source row. [cents]
    """
    value = values_on(table, "recovery_indemnity", claims["due"].to_numpy() + 1)
    order = claims.assign(at=np.arange(len(claims))).sort_values(["due", "at"], kind="stable")
    twins = order[order.duplicated(["customer", "document_date"], keep=False)]
    named = twins["document_ref"].astype("str").str.strip() != ""
    further = np.zeros(len(claims), dtype=bool)
    for rows, key in ((twins[named], "document_ref"), (twins, "source")):
        further[rows.loc[rows.duplicated(["customer", "document_date", key]), "at"]] = True
    return np.where(further | np.isnan(value), 0, np.round(np.nan_to_num(value) * 100)).astype(np.int64)
