"""Laws of the cash forecast on invented ledgers: it ties, and a past one knows nothing of what came later."""

import datetime as dt

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib.evidence import Evidence
from auditlib.known_then import known_then
from auditlib.ledger import build_ledger
from auditlib.parameters import Method, Parameters
from auditlib.past_forecast import period_days, spread_over
from auditlib.payment_model import claims_to_come, fit
from auditlib.settings import ForecastRules
from tests.oracle import Row
from tests.properties import frames
from tests.properties.strategies import AS_OF, carried_ledgers, ledgers
from tests.unit.intakes import intake_of

THEN = dt.date(2025, 3, 31)
RULES = ForecastRules(minimum_events=5, minimum_at_risk=1, minimum_invoices=1)
EXAMPLES = 60


def forecast(rows: list[Row], day: dt.date, *, made_on: dt.date, method: str) -> tuple[list[list[int]], pd.DataFrame]:
    movements = frames.movements(rows)
    parameters = Parameters(client="acme", as_of_date=made_on, documents=["."], forecast=RULES,
                            method=Method.model_validate({"matching": method}))
    ledger = build_ledger(movements, as_of_date=made_on, method=parameters.method)
    known = known_then(Evidence(intake_of(movements), parameters, made_on, ledger), day)
    model = fit(known, rules=RULES, grace_days=3)
    claims = claims_to_come(known, model, rules=RULES)
    return spread_over(claims, model, days=period_days(day, weeks=13)).tolist(), known.items


@settings(max_examples=EXAMPLES)
@given(st.one_of(ledgers(), carried_ledgers()), st.sampled_from(["codes", "all"]))
def test_a_past_forecast_is_the_one_made_then(rows: list[Row], method: str) -> None:
    early = [row for row in rows if row.posted <= THEN]
    replayed, _ = forecast(rows, THEN, made_on=AS_OF, method=method)
    made_then, _ = forecast(early, THEN, made_on=THEN, method=method)
    assert replayed == made_then


@settings(max_examples=EXAMPLES)
@given(st.one_of(ledgers(), carried_ledgers()), st.sampled_from(["codes", "all"]))
def test_the_forecast_ties_to_what_customers_owe(rows: list[Row], method: str) -> None:
    spread, items = forecast(rows, AS_OF, made_on=AS_OF, method=method)
    balance = items["residual_cents"].groupby(items["customer_id"].astype("str")).sum()
    assert sum(sum(part) for part in spread) == int(balance.clip(lower=0).sum())
