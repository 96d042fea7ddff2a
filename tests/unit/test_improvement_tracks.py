"""Improvement tracks worked by hand: what each frees at most, and never more than the net overdue."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from auditlib import schemas
from auditlib.answers import InterviewAnswers, TimeSpent, answers_table
from auditlib.audit_results import AuditResults
from auditlib.formats import Formats
from auditlib.improvement_tracks import (
    Track,
    best_tracks,
    financing_rate,
    improvement_tracks,
    overlap,
    reachable_overdue_cents,
)
from auditlib.indicators import compute
from auditlib.parameters import Economics, Method, Parameters
from tests.unit.intakes import T, aged_balance, audit, customers_of, intake_of, random_movements
from tests.unit.ledgers import movements

FRENCH = Formats()


def sale(amount: int, posted: str, due: str, customer: str, **more: Any) -> dict[str, Any]:
    return {"kind": "invoice", "amount_cents": amount, "posting_date": posted, "due_date": due, "account": "411000",
            "customer_id": customer, **more}


def credit(amount: int, posted: str, customer: str, **more: Any) -> dict[str, Any]:
    return {"kind": "receipt", "amount_cents": -amount, "posting_date": posted, "account": "411000",
            "customer_id": customer, **more}


# At 31/12/2025, in euros. A: 1 000 due 1 July and 2 000 due 1 December, 500 of credit nobody allocated.
# B: 4 000 due 1 December, of which 3 000 disputed; a credit of 1 500. C: 600 not due.
# D: 28 900 paid, so that the year's sales are 36 500: 100 a day.
ROWS = (
    sale(1_000_00, "2025-06-01", "2025-07-01", "A"), sale(2_000_00, "2025-11-01", "2025-12-01", "A"),
    credit(500_00, "2025-12-15", "A"), sale(4_000_00, "2025-11-01", "2025-12-01", "B"),
    credit(1_500_00, "2025-12-20", "B"), sale(600_00, "2025-12-01", "2026-01-30", "C"),
    sale(28_900_00, "2025-01-01", "2025-01-31", "D", matching_code="L"),
    credit(28_900_00, "2025-02-10", "D", matching_code="L"))
LIMITS = [2_000_00, 0, 100_00, 0]


def audited(*rows: dict[str, Any], limits: list[int] | None = None, **changes: Any) -> AuditResults:
    frame = movements(*rows)
    disputes = schemas.validate(pd.DataFrame({
        "movement_id": [3], "amount_cents": [3_000_00], "opened_on": [pd.Timestamp("2025-12-05")],
        "closed_on": [pd.NaT], "reason": [""], "owner": [""]}), schemas.DISPUTES)
    people = customers_of("A", "B", "C", "D", credit_limit_cents=limits or LIMITS)
    intake = intake_of(frame, **({"customers": people, "disputes": disputes} | changes))
    parameters = Parameters(client="acme", as_of_date=T, documents=["."], method=Method(matching="codes"),
                            economics=Economics(financing_rate=0.10, vat_rate=0.20))
    return compute(intake, parameters=parameters, as_of_date=T)


def tracks(found: AuditResults, **time: float) -> dict[str, Track]:
    answers = InterviewAnswers(time=TimeSpent(**time))
    return {one.code: one for one in improvement_tracks(found, formats=FRENCH, answers=answers)}


def test_the_case_is_the_one_described() -> None:
    found = audited(*ROWS)
    assert found.summary["indicators"]["cash_per_dso_day"]["value"] == pytest.approx(100.0)
    net = found.customers.set_index("customer_id")["net_overdue_cents"]
    assert net.to_dict() == {"A": 2_500_00, "B": 2_500_00, "C": 0, "D": 0}
    assert reachable_overdue_cents(found) == 5_000_00


def test_each_track_by_hand() -> None:
    """The days are euros over 100 a day; the cost is a tenth.

    disputes: 3 000 contested at B, whose net overdue is 2 500. old: the 1 000 of July at A, of which the credit of 500
    takes the oldest first: 500. limits: A owes 2 500 against 2 000, so 500, all within its net overdue of 2 500; C owes
    600 against 100, but nothing of it is overdue: nothing. invoicing: 6.5 days less 2, at 100 a day: 450.
    """
    found = tracks(audited(*ROWS), invoicing_delay_days=6.5)
    expected = {"disputes": 2_500_00, "old": 500_00, "limits": 500_00, "invoicing": 450_00, "credits": 0}
    assert {code: found[code].cents for code in expected} == expected
    assert found["disputes"].days == pytest.approx(25.0) and found["invoicing"].days == pytest.approx(4.5)
    assert found["disputes"].cost_cents == 250_00
    assert not found["invoicing"].is_in_dso and found["disputes"].is_in_dso
    assert "3\u202f000,00" in found["disputes"].computation and "2\u202f500,00" in found["disputes"].computation


def test_terms_over_the_cap_are_averaged_over_the_period() -> None:
    """3 650.00 given 90 days from 1 March: due 30 May. The latest legal day, 45 days end of month, is 15 May.

    15 days too many on 3 650.00 in a year of 365 days hold 150.00 on average.
    """
    paid = credit(3_650_00, "2025-05-30", "A", matching_code="Z")
    found = tracks(audited(*ROWS, sale(3_650_00, "2025-03-01", "2025-05-30", "A", matching_code="Z"), paid,
                           customers=customers_of("A", "B", "C", "D", credit_limit_cents=LIMITS,
                                                  customer_type=["B2B"] * 4, zone=["FR"] * 4)))
    assert found["terms"].cents == 150_00
    assert not found["terms"].is_overdue


def test_dunning_takes_its_indicator_and_no_more_than_the_net_overdue() -> None:
    found = audited(*ROWS)
    entry = found.summary["indicators"]["cash_releasable"]
    assert tracks(found)["dunning"].cents == round(entry["value"] * 100)
    entry["value"] = 1e9
    assert tracks(found)["dunning"].cents == 5_000_00


def test_the_best_three_are_ranked_and_ties_keep_their_order() -> None:
    found = audited(*ROWS)
    found.summary["indicators"]["cash_releasable"]["value"] = 0.0
    ranked = improvement_tracks(found, formats=FRENCH)
    assert [one.code for one in best_tracks(ranked)] == ["disputes", "old", "limits"]  # 500.00 each: the table's order
    assert ranked[-1].cents is None and ranked[-1].reason
    assert "5\u202f000,00" in overlap(found, ranked, formats=FRENCH)


def test_what_is_lapsed_doubtful_or_contested_is_not_collected() -> None:
    """At A only the invoice of 2019 is old, and it has lapsed; at B the old invoice is contested whole."""
    rows = (sale(1_000_00, "2019-01-01", "2019-02-01", "A"), credit(1_00, "2025-01-05", "C"),
            sale(2_000_00, "2025-11-01", "2025-12-01", "A"), sale(3_000_00, "2025-06-01", "2025-07-01", "B"))
    found = audited(*rows, customers=customers_of("A", "B", "C", "D", customer_type=["B2B"] * 4, zone=["FR"] * 4))
    assert set(found.prescription.loc[found.prescription["class"] == "lapsed", "document_date"].dt.year) == {2019}
    assert tracks(found)["old"].cents == 0
    bankrupt = schemas.validate(pd.DataFrame({
        "customer_id": ["A"], "procedure": ["liquidation"], "judgment_date": [pd.Timestamp("2025-10-01")],
        "publication_date": [pd.NaT], "claim_declared_on": [pd.NaT]}), schemas.INSOLVENCIES)
    gone = audited(*ROWS, insolvencies=bankrupt)
    assert reachable_overdue_cents(gone) == 2_500_00  # B's only
    assert tracks(gone)["old"].cents == 0 and tracks(gone)["limits"].cents == 0


def test_no_track_on_what_is_late_exceeds_the_net_overdue() -> None:
    for seed in range(4):
        frame = random_movements(seed=seed)
        ids = sorted(frame["customer_id"].astype("str").unique())
        parameters = Parameters(client="acme", as_of_date=T, documents=["."])
        people = customers_of(*ids, credit_limit_cents=[50_00] * len(ids))
        found = compute(intake_of(frame, customers=people), parameters=parameters, as_of_date=T)
        late = [one for one in improvement_tracks(found, formats=FRENCH) if one.is_overdue and one.cents is not None]
        net = int(found.customers["net_overdue_cents"].sum())
        assert len(late) >= 4 and all(0 <= one.cents <= net for one in late if one.cents is not None)


def test_what_cannot_be_reckoned_gives_its_reason() -> None:
    source = aged_balance(("A", "not_due", np.nan, 0, 400_00), ("A", ">45", 46, np.nan, 100_00))
    aged = audit(intake_of(schemas.empty(schemas.MOVEMENTS), basis="aged_balance", second_sources=(source,),
                           customers=customers_of("A")))
    found = improvement_tracks(aged, formats=FRENCH)
    assert all(one.reason for one in found if one.cents is None)
    assert {one.code for one in found if one.cents is not None} <= {"credits"}
    mixed = AuditResults(**(vars(audited(*ROWS)) | {"summary": audited(*ROWS).summary | {"currency": None}}))
    assert all(one.cents is None for one in improvement_tracks(mixed, formats=FRENCH))


def test_the_answers_kept_with_the_results_are_read() -> None:
    said = answers_table(InterviewAnswers(time=TimeSpent(invoicing_delay_days=12)))
    found = AuditResults(**(vars(audited(*ROWS)) | {"interview": said}))
    assert {one.code: one.cents for one in improvement_tracks(found, formats=FRENCH)}["invoicing"] == 1_000_00


def test_the_financing_rate_is_the_one_given() -> None:
    assert financing_rate(audited(*ROWS)) == pytest.approx(0.10)
