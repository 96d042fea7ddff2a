"""The chapter of forecast on whole ledgers: no leak, ties, edges, and what is shown."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.audit_results import AuditResults
from auditlib.deliver.sections_forecast import SECTIONS
from auditlib.deliver.workbook_forecast import SHEETS
from auditlib.evidence import Evidence
from auditlib.forecast_chapter import UNITS
from auditlib.formats import Formats
from auditlib.known_then import known_then
from auditlib.ledger import build_ledger
from auditlib.loaders.intake import Intake
from auditlib.parameters import Method, Parameters
from auditlib.past_forecast import past_forecast, period_days, spread_over
from auditlib.payment_model import claims_to_come, fit
from auditlib.present import tables_forecast
from auditlib.present.shown_forecast import CHARTS
from auditlib.settings import ForecastRules
from tests.unit.intakes import T, audit, intake_of, random_movements
from tests.unit.ledgers import movements

THEN = dt.date(2025, 9, 30)
RULES = ForecastRules(minimum_events=10, minimum_at_risk=3)
OUTSIDE = ("later", "not_expected")


def evidence_of(intake: Intake, *, day: dt.date = T, matching: str = "auto", rules: ForecastRules = RULES) -> Evidence:
    parameters = Parameters(client="acme", as_of_date=day, documents=["."], forecast=rules,
                            method=Method.model_validate({"matching": matching}))
    return Evidence(intake, parameters, day,
                    build_ledger(intake.movements, as_of_date=day, method=parameters.method))


def forecast_then(evidence: Evidence, day: dt.date) -> list[list[int]]:
    known = known_then(evidence, day)
    model = fit(known, rules=RULES, grace_days=3)
    claims = claims_to_come(known, model, rules=RULES)
    found: list[list[int]] = spread_over(claims, model, days=period_days(day, weeks=13)).tolist()
    return found


@pytest.mark.parametrize("matching", ["codes", "all"])
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_posted_later_changes_a_past_forecast(matching: str, seed: int) -> None:
    items = random_movements(seed=seed)
    disputes = pd.DataFrame({
        "movement_id": [3, 9, 40], "amount_cents": [500, 900, 700], "reason": "", "owner": "",
        "opened_on": pd.to_datetime(["2025-08-01", "2025-11-02", ""]),
        "closed_on": pd.to_datetime(["2025-12-01", "", ""])})
    intake = intake_of(items, disputes=schemas.validate(disputes, schemas.DISPUTES))
    early = replace(intake, movements=items[items["posting_date"] <= pd.Timestamp(THEN)],
                    disputes=schemas.validate(disputes[:1].assign(
                        closed_on=pd.Series([pd.NaT], dtype="datetime64[s]")), schemas.DISPUTES))
    assert forecast_then(evidence_of(intake, matching=matching), THEN) == forecast_then(
        evidence_of(early, day=THEN, matching=matching), THEN)


def test_the_base_is_the_gross_receivable_less_credits_and_what_is_apart() -> None:
    evidence = evidence_of(intake_of(random_movements()))
    known = known_then(evidence, T)
    claims = claims_to_come(known, fit(known, rules=RULES, grace_days=3), rules=RULES)
    items = known.items
    balance = items.groupby(items["customer_id"].astype("str"))["residual_cents"].sum()
    assert int(claims["cents"].sum()) == int(balance.clip(lower=0).sum())


def test_the_whole_chapter() -> None:
    results = audit(intake_of(random_movements(invoices=900)))
    cash, entries = results.cash_forecast, results.summary["indicators"]
    base = cash.groupby("kind", observed=True)["expected_cents"].sum()
    assert base["week"] == base["month"]
    parts = [name for name in map(str, cash.columns) if name.endswith("_cents")
             and name.split("_")[0] not in ("expected", "low", "high")]
    assert (cash[parts].sum(axis=1) == cash["expected_cents"]).all()
    dated = cash[~cash["period"].isin(OUTSIDE)]
    assert entries["forecast_13_weeks"]["value"] * 100 == pytest.approx(
        dated.loc[dated["kind"] == "week", "expected_cents"].sum())
    assert (dated["low_cents"] <= dated["expected_cents"]).all()
    assert (dated["high_cents"] >= dated["expected_cents"]).all()
    tested = results.back_test.set_index("kind").loc["month_error"]
    assert entries["forecast_error"]["value"] == pytest.approx(
        abs(tested["forecast_cents"] - tested["came_cents"]) / tested["came_cents"])
    assert "échéance + retard moyen" in entries["forecast_error"]["note"]


def two_payers(*, late: int, on_time: int) -> list[dict[str, Any]]:
    """Two customers with one invoice a week each: A pays `late` days after the due date, B `on_time` days."""
    rows = []
    for customer, delay in (("A", late), ("B", on_time)):
        for week in range(70):
            posted = pd.Timestamp("2024-08-26") + pd.Timedelta(weeks=week)
            due, code = posted + pd.Timedelta(days=30), f"{customer}{week}"
            own = {"customer_id": customer, "account": "411000", "matching_code": code, "amount_cents": 100_00}
            rows.append(own | {"kind": "invoice", "posting_date": posted, "due_date": due, "document_ref": code})
            paid = due + pd.Timedelta(days=delay)
            if paid <= pd.Timestamp(T):
                rows.append(own | {"kind": "receipt", "posting_date": paid, "amount_cents": -100_00})
    return sorted(rows, key=lambda row: row["posting_date"])


def test_regular_payers_are_forecast_to_the_week() -> None:
    # Each invoice is paid exactly 20, or 2, days after its due date: nothing is left to chance.
    evidence = evidence_of(intake_of(movements(*two_payers(late=20, on_time=2))))
    found = past_forecast(evidence)
    assert found is not None
    table, model = found
    weeks = table[table["kind"] == "week"]
    assert weeks["forecast_cents"].tolist() == weeks["came_cents"].tolist()
    assert weeks["naive_cents"].tolist() == weeks["came_cents"].tolist()
    assert sorted(model.delay_of_customer) == [2.0, 20.0]
    # Open on 30/09: B's invoices due from 29/09 on, A's from 11/09 on; one of each comes in every week they last.
    assert weeks["came_cents"].tolist()[:4] == [200_00] * 4


def reasons(results: AuditResults) -> set[str]:
    return {results.summary["indicators"][name]["reason"] or "" for name in UNITS}


def test_what_cannot_be_forecast_says_why() -> None:
    one = {"kind": "invoice", "posting_date": "2025-11-01", "due_date": "2025-12-01", "amount_cents": 100_00,
           "account": "411000"}
    short = audit(intake_of(movements(one)))
    assert "six mois" in reasons(short).pop()
    assert short.cash_forecast.empty
    credit = audit(intake_of(movements(one | {"amount_cents": -100_00, "kind": "receipt"})))
    assert len(reasons(credit)) == 1
    listed = audit(intake_of(movements(one), basis="open_items"))
    assert "postes ouverts" in reasons(listed).pop()
    settled = [row for row in two_payers(late=20, on_time=2) if row["posting_date"] < pd.Timestamp("2025-10-20")]
    paid = [row for row in settled if row["kind"] == "receipt" or
            row["matching_code"] in {other["matching_code"] for other in settled if other["kind"] == "receipt"}]
    assert "Aucune créance à prévoir" in audit(intake_of(movements(*paid))).summary["indicators"][
        "forecast_13_weeks"]["reason"]


def test_a_young_ledger_is_forecast_without_a_back_test() -> None:
    rows = [row for row in two_payers(late=20, on_time=2) if row["posting_date"] >= pd.Timestamp("2025-05-20")
            and (row["kind"] == "invoice" or row["posting_date"] >= pd.Timestamp("2025-07-20"))]
    results = audit(intake_of(movements(*rows)))
    entries = results.summary["indicators"]
    assert entries["forecast_13_weeks"]["value"] is not None
    assert "Trois mois plus tôt" in entries["forecast_error"]["reason"]
    assert results.cash_forecast["low_cents"].isna().all()
    assert "non contrôlée" in entries["forecast_13_weeks"]["note"]
    assert "Trois mois plus tôt" in CHARTS["cash_forecast"].arrange(results, Formats()).sentence  # type: ignore[union-attr]


def test_disputes_of_unknown_length_are_not_expected_unless_the_auditor_says() -> None:
    items = random_movements()
    open_invoice = int(evidence_of(intake_of(items)).open_items.query("residual_cents > 0")["movement_id"].iloc[-1])
    disputes = schemas.validate(pd.DataFrame({
        "movement_id": [open_invoice], "amount_cents": [10_00], "opened_on": pd.to_datetime(["2025-12-15"]),
        "closed_on": pd.to_datetime([""]), "reason": "", "owner": ""}), schemas.DISPUTES)
    intake = intake_of(items, disputes=disputes)
    for rules, delay in ((RULES, 0), (RULES.model_copy(update={"dispute_days": 60}), 44)):
        known = known_then(evidence_of(intake, rules=rules), T)
        claims = claims_to_come(known, fit(known, rules=rules, grace_days=3), rules=rules)
        disputed = claims[claims["part"] == 1]
        assert disputed["cents"].tolist() == [10_00]
        assert (disputed["curve"] < 0).tolist() == [delay == 0]
        assert disputed["delay"].tolist() == [delay]  # 60 days less the 16 already gone


def test_a_promise_is_counted_at_its_day() -> None:
    items = random_movements()
    customer = str(evidence_of(intake_of(items)).open_items.query("residual_cents > 0")["customer_id"].iloc[0])
    promises = schemas.validate(pd.DataFrame({
        "customer_id": [customer, "nobody"], "movement_id": [-1, -1], "amount_cents": [12_34, 99],
        "made_on": pd.to_datetime(["2025-12-20"] * 2), "promised_on": pd.to_datetime(["2026-01-12"] * 2)}),
        schemas.PROMISES)
    cash = audit(intake_of(items, promises=promises)).cash_forecast
    promised = cash[cash["promised_cents"] > 0]
    assert promised["promised_cents"].tolist() == [12_34, 12_34]
    assert promised["period"].tolist() == ["2", "1"]  # 12 January: second week, first month


def test_everything_shown_is_drawn_and_said() -> None:
    results, formats = audit(intake_of(random_movements(invoices=900))), Formats()
    for name, chart in CHARTS.items():
        figure = chart.arrange(results, formats)
        assert figure is not None, name
        assert figure.sentence.endswith(".")
        assert chart.draw(figure, language="fr", currency="EUR").startswith("<svg")
        assert chart.plot(figure, formats).data
    sections = [build(results, formats) for build in SECTIONS]
    assert all(section is not None and section.tables for section in sections)
    assert all(build(results, formats) is not None for build in SHEETS)
    shown = tables_forecast.forecast(results, Formats())._repr_html_()
    assert "Non attendu" in shown
    assert "plus tôt" in shown
    assert "Venu" in tables_forecast.back_test(results, Formats())._repr_html_()
    assert "Ensemble" in tables_forecast.curves(results, Formats())._repr_html_()
    nothing = audit(intake_of(movements({"kind": "invoice", "posting_date": "2025-11-01", "amount_cents": 100_00,
                                         "account": "411000"})))
    assert all(build(nothing, formats) is None for build in SECTIONS)
    assert "six mois" in tables_forecast.forecast(nothing, Formats())._repr_html_()


def test_the_band_is_the_weekly_error_of_the_back_test() -> None:
    results = audit(intake_of(random_movements(invoices=900)))
    error = results.summary["indicators"]["forecast_weekly_error"]["value"]
    assert error is not None
    for kind in ("week", "month"):
        first = results.cash_forecast[results.cash_forecast["kind"] == kind].iloc[0]
        assert first["expected_cents"] > 0
        margin = min(round(first["expected_cents"] * error), first["expected_cents"])
        assert abs(first["low_cents"] - (first["expected_cents"] - margin)) <= 1
