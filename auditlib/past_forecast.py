"""The forecast as it would have been made three months ago, against what then came in."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.amounts import within_limits
from auditlib.back_test import back_test_table, by_period, naive_cents
from auditlib.dates import add_months, day_number, day_numbers
from auditlib.evidence import Evidence
from auditlib.forecast import PARTS, expected_cents, period_shares
from auditlib.known_then import Known, known_then
from auditlib.payment_model import PaymentModel, claims_to_come, fit
from auditlib.schemas import SETTLEMENT_KINDS

__all__ = ["BACK_MONTHS", "WEEKS", "by_customer", "past_forecast", "period_days", "spread_over"]

Ints = npt.NDArray[np.int64]
BACK_MONTHS = 3
WEEKS = 13


def period_days(day: dt.date, *, weeks: int = 0, months: int = 0) -> list[pd.Timestamp]:
    """Return a day, then the last day of each of the weeks or months that follow it."""
    ends = [day + dt.timedelta(days=7 * number) for number in range(weeks + 1)] if weeks else [
        add_months(day, number) for number in range(months + 1)]
    return [pd.Timestamp(end) for end in ends]


def bounds_of(days: list[pd.Timestamp]) -> Ints:
    """Return the periods' limits in days from the first."""
    return np.array([(end - days[0]).days for end in days], dtype=np.int64)


def spread_over(claims: pd.DataFrame, model: PaymentModel, *, days: list[pd.Timestamp]) -> Ints:
    """Spread what is owed over periods (`auditlib.forecast.expected_cents`)."""
    return expected_cents(claims, curves=model.curves, bounds=bounds_of(days))


def by_customer(claims: pd.DataFrame, model: PaymentModel, *, days: list[pd.Timestamp]) -> pd.DataFrame:
    """Return what is expected of each customer by the last of the days, out of what is overdue or promised.

    Returns
    -------
    DataFrame
        ``customer`` (code), ``expected_cents`` and ``base_cents``. [cents, VAT included]
    """
    late = claims[claims["part"].isin([PARTS.index("overdue"), PARTS.index("promised")])].reset_index(drop=True)
    within = np.sum(period_shares(late, model.curves, bounds_of(days))[:-2], axis=0) if len(late) else np.empty(0)
    spread = pd.DataFrame({"customer": late["customer"], "expected_cents": late["cents"] * within,
                           "base_cents": late["cents"]})
    return spread.groupby("customer", as_index=False).sum().astype("int64")


def past_forecast(evidence: Evidence) -> tuple[pd.DataFrame, PaymentModel] | None:
    """Make the forecast of three months ago from what was posted by then, and set it against what came.

    What came: settlements posted since then on the claims open then, retentions and group apart, as they stand at the
    audit's date (a return takes back what it undoes), even where credits were held to cover them; and receipts still
    unallocated, within what their customer still owes of what was forecast.

    Returns
    -------
    tuple or None
        `auditlib.back_test.back_test_table`, by week (those complete) and by month, and the model of that day; None
        where nothing was to come.
    """
    day = add_months(evidence.as_of_date, -BACK_MONTHS)
    known, rules = known_then(evidence, day), evidence.parameters.forecast
    model = fit(known, rules=rules, grace_days=evidence.parameters.payers.promise_grace_days)
    claims = claims_to_come(known, model, rules=rules)
    if not len(claims):
        return None
    came = _came(evidence, known, claims)
    sound = claims[claims["part"] != PARTS.index("doubtful")]
    weeks = min((evidence.as_of_date - day).days // 7, WEEKS)
    parts = {}
    for kind, days in (("week", period_days(day, weeks=weeks)), ("month", period_days(day, months=BACK_MONTHS))):
        bounds = bounds_of(days)
        parts[kind] = (
            days, spread_over(claims, model, days=days)[:, :-2].sum(axis=0),
            naive_cents(sound["cents"].to_numpy(), age=sound["age"].to_numpy(), delay=sound["naive_days"].to_numpy(),
                        bounds=bounds),
            by_period(came["day"].to_numpy(), came["cents"].to_numpy(), bounds))
    return back_test_table(parts), model


def _came(evidence: Evidence, known: Known, claims: pd.DataFrame) -> pd.DataFrame:
    """Return what came in after a day on what was open then: ``day`` (from then) and ``cents``."""
    items, then = evidence.ledger.items, known.items
    is_counted = (then["residual_cents"] > 0) & ~then["is_retention"] & ~then["is_group"]
    events = evidence.claims[evidence.claims["event_date"] > pd.Timestamp(known.day)]
    root = events["root_id"].to_numpy()
    among = np.isin(items["movement_id"].to_numpy()[root], known.claim_of_item[is_counted])
    events, root = events[among], root[among]
    left = np.zeros(len(items["customer_id"].cat.categories), dtype=np.int64)
    np.add.at(left, claims["customer"].to_numpy(), claims["cents"].to_numpy())
    np.subtract.at(left, items["customer_id"].cat.codes.to_numpy()[root], events["amount_cents"].to_numpy())
    settled = events.loc[events["kind"] == "settlement", ["event_date", "amount_cents"]]
    dated = pd.concat([settled, _unallocated(evidence, known.day, np.maximum(left, 0))])
    return pd.DataFrame({"day": day_numbers(dated["event_date"]).astype(np.int64) - day_number(known.day),
                         "cents": dated["amount_cents"].to_numpy()})


def _unallocated(evidence: Evidence, day: dt.date, limit: Ints) -> pd.DataFrame:
    """Return receipts posted after a day and still unallocated, within what each customer still owed of then."""
    items = evidence.open_items
    loose = items[(items["residual_cents"] < 0) & items["kind"].isin(SETTLEMENT_KINDS)
                  & (items["posting_date"] > pd.Timestamp(day))]
    owner = loose["customer_id"].cat.codes.to_numpy().astype(np.int64)
    order = np.lexsort((day_numbers(loose["posting_date"]), owner))
    cents = within_limits(-loose["residual_cents"].to_numpy()[order], owner=owner[order], limit=limit)
    return pd.DataFrame({"event_date": loose["posting_date"].to_numpy()[order], "amount_cents": cents})
