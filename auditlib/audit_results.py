"""What one audit comes to: the summary, and the tables that notebooks, report and dashboard show."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from auditlib.cube import SEGMENTS
from auditlib.dso import SPLIT_CLASSES
from auditlib.overdue import THRESHOLDS
from auditlib.schemas import (
    ACTIONS,
    ADJUSTMENTS,
    ALIKE_CUSTOMERS,
    COMMITMENTS,
    CONTACTS,
    CONTROL_TOTALS,
    DISPUTES,
    PROMISES,
    SUSPECTS,
    empty,
)

__all__ = [
    "AuditResults", "evolution_buckets", "no_cohorts", "no_cube", "no_differences", "no_evolution", "no_sales",
]

COHORT_TYPES = {"due_month": "str", "due_cents": "int64", "credited_cents": "int64", "recovered_1m": "float64",
                "recovered_3m": "float64"}
SEGMENT_TYPES = dict.fromkeys(SEGMENTS, "category")


@dataclass(frozen=True)
class AuditResults:
    """Results of one audit; amounts in the tables are cents, VAT included, in the summary euros.

    Attributes
    ----------
    summary : dict
        The content of ``indicators.json``.
    open_items : DataFrame
        `schemas.OPEN_ITEMS` at the as-of date.
    evolution : DataFrame
        One row a month end (`auditlib.evolution.evolution`).
    cohorts : DataFrame
        One row a due month (`auditlib.recovery.cohorts_table`).
    cohort_matrix : DataFrame
        One row a due month and horizon (`auditlib.cohort_matrix.cohort_matrix`); no column without a replay.
    customers : DataFrame
        One row a customer (`auditlib.customer_table.customer_table`).
    cube, sales : DataFrame
        Receivable and sales by month, customer and segment (`auditlib.cube`).
    tie_out, differences : DataFrame
        Second sources, and customers that differ from the first (`auditlib.reconciliation`).
    pairs, pair_differences : DataFrame
        Each two sources of one day, and the customers that differ (`auditlib.source_pairs`).
    abc : DataFrame
        ABC classes of the positive balances (`auditlib.concentration.abc_classes`).
    compensating_sales : DataFrame
        At usual margin rates and the client's own (`auditlib.costs`); empty without a VAT rate.
    findings, intake, rejected : DataFrame
        `schemas.FINDINGS`, `schemas.INTAKE`, `schemas.REJECTED`.
    late_interest, over_cap, prescription, legal_rates : DataFrame
        Of the chapter of law (`auditlib.legal_chapter`).
    roll_rates, provisions, subsequent, exposures : DataFrame
        Of the chapter of risk (`auditlib.risk_chapter`).
    payers : DataFrame
        One row a customer, with its profile (`auditlib.payer_chapter`).
    segments, segment_evolution : DataFrame
        Of the chapter of segments (`auditlib.segment_chapter`).
    curves, cash_forecast, back_test : DataFrame
        Of the chapter of forecast (`auditlib.forecast_chapter`).
    tests, test_rows : DataFrame
        Audit tests and the rows they point at (`auditlib.control_chapter`).
    answers : DataFrame
        `schemas.ANSWERS`: what the client answered to the findings of the draft report.
    prevention, prevention_rows : DataFrame
        Of the chapter of prevention (`auditlib.prevention_chapter`).
    interview : DataFrame
        `schemas.INTERVIEW`: what was said in the interview, when this run was made.
    customer_cash : DataFrame
        Of the chapter of forecast: what is expected of each customer's overdue.
    promises, disputes : DataFrame
        Of the chapter of follow-up (`auditlib.follow_up_chapter`).
    contacts, actions, commitments : DataFrame
        `schemas.CONTACTS`, `schemas.ACTIONS`, `schemas.COMMITMENTS`: what the follow-up says.
    bridge : DataFrame
        From the client's own figures to ours (`auditlib.bridge_chapter`).
    adjustments : DataFrame
        `schemas.ADJUSTMENTS`: the auditor's corrections, each applied or rejected.
    control_totals, suspects : DataFrame
        `schemas.CONTROL_TOTALS`, `schemas.SUSPECTS`: the sums that documents print, and rows that may explain gaps.
    alike_customers : DataFrame
        `schemas.ALIKE_CUSTOMERS`: pairs of codes that may be one debtor.

    A chapter's table without columns is one the documents do not allow; its indicator says why.
    """

    summary: dict[str, Any]
    open_items: pd.DataFrame
    evolution: pd.DataFrame
    cohorts: pd.DataFrame
    customers: pd.DataFrame
    cube: pd.DataFrame
    sales: pd.DataFrame
    tie_out: pd.DataFrame
    differences: pd.DataFrame
    abc: pd.DataFrame
    compensating_sales: pd.DataFrame
    findings: pd.DataFrame
    intake: pd.DataFrame
    rejected: pd.DataFrame
    cohort_matrix: pd.DataFrame = field(default_factory=pd.DataFrame)
    pairs: pd.DataFrame = field(default_factory=pd.DataFrame)
    pair_differences: pd.DataFrame = field(default_factory=pd.DataFrame)
    late_interest: pd.DataFrame = field(default_factory=pd.DataFrame)
    over_cap: pd.DataFrame = field(default_factory=pd.DataFrame)
    prescription: pd.DataFrame = field(default_factory=pd.DataFrame)
    legal_rates: pd.DataFrame = field(default_factory=pd.DataFrame)
    roll_rates: pd.DataFrame = field(default_factory=pd.DataFrame)
    provisions: pd.DataFrame = field(default_factory=pd.DataFrame)
    subsequent: pd.DataFrame = field(default_factory=pd.DataFrame)
    exposures: pd.DataFrame = field(default_factory=pd.DataFrame)
    payers: pd.DataFrame = field(default_factory=pd.DataFrame)
    segments: pd.DataFrame = field(default_factory=pd.DataFrame)
    segment_evolution: pd.DataFrame = field(default_factory=pd.DataFrame)
    curves: pd.DataFrame = field(default_factory=pd.DataFrame)
    cash_forecast: pd.DataFrame = field(default_factory=pd.DataFrame)
    back_test: pd.DataFrame = field(default_factory=pd.DataFrame)
    tests: pd.DataFrame = field(default_factory=pd.DataFrame)
    test_rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    answers: pd.DataFrame = field(default_factory=pd.DataFrame)
    prevention: pd.DataFrame = field(default_factory=pd.DataFrame)
    prevention_rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    interview: pd.DataFrame = field(default_factory=pd.DataFrame)
    customer_cash: pd.DataFrame = field(default_factory=pd.DataFrame)
    promises: pd.DataFrame = field(default_factory=lambda: empty(PROMISES))
    disputes: pd.DataFrame = field(default_factory=lambda: empty(DISPUTES))
    contacts: pd.DataFrame = field(default_factory=lambda: empty(CONTACTS))
    actions: pd.DataFrame = field(default_factory=lambda: empty(ACTIONS))
    commitments: pd.DataFrame = field(default_factory=lambda: empty(COMMITMENTS))
    bridge: pd.DataFrame = field(default_factory=pd.DataFrame)
    adjustments: pd.DataFrame = field(default_factory=lambda: empty(ADJUSTMENTS))
    control_totals: pd.DataFrame = field(default_factory=lambda: empty(CONTROL_TOTALS))
    suspects: pd.DataFrame = field(default_factory=lambda: empty(SUSPECTS))
    alike_customers: pd.DataFrame = field(default_factory=lambda: empty(ALIKE_CUSTOMERS))


def no_cohorts() -> pd.DataFrame:
    """Return a cohorts table with no row."""
    return _empty(COHORT_TYPES)


def no_cube() -> pd.DataFrame:
    """Return a cube with no row."""
    return _empty({"month_end": "datetime64[s]", "customer_id": "category", "bucket": "category", **SEGMENT_TYPES,
                   "amount_cents": "int64"})


def no_sales() -> pd.DataFrame:
    """Return a table of sales with no row."""
    return _empty({"month_end": "datetime64[s]", "customer_id": "category", **SEGMENT_TYPES, "amount_cents": "int64"})


def no_differences() -> pd.DataFrame:
    """Return a table of differences with no row."""
    return _empty({"customer_id": "str", "name": "str", "ledger_cents": "int64", "second_source_cents": "int64",
                   "difference_cents": "int64"})


def no_evolution(buckets: list[str]) -> pd.DataFrame:
    """Return an evolution with no row, in the columns of `auditlib.evolution.evolution`."""
    cents = ["receivable_cents", "gross_cents", *(f"{name}_cents" for name in buckets), "overdue_cents"]
    figures = [*THRESHOLDS, "dso", *(f"dso_{name}" for name in SPLIT_CLASSES), "dso_count_back", "recovery_rate_1m",
               "recovery_rate_3m"]
    return _empty({"month_end": "datetime64[s]", **dict.fromkeys(cents, "int64"), **dict.fromkeys(figures, "float64"),
                   "dso_count_back_is_lower_bound": "bool"})


def evolution_buckets(evolution: pd.DataFrame) -> list[str]:
    """Return the buckets an evolution is told in, in its order."""
    amounts = [name.removesuffix("_cents") for name in map(str, evolution.columns) if name.endswith("_cents")]
    return [name for name in amounts if name not in ("receivable", "gross", "overdue")]


def _empty(types: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in types.items()})
