"""Terms over the legal cap, in its most generous reading (DOMAIN.md A7)."""

import datetime as dt
from typing import Any

import numpy as np
import pytest

from auditlib.dates import day_number, from_day_number
from auditlib.legal_tables import legal_table
from auditlib.legal_terms import PUBLIC_CAPS, cap_days
from tests.unit.law import audit_law, invoice, value


def latest(day: str, *parameters: str) -> dt.date:
    days, is_known = cap_days(np.array([day_number(dt.date.fromisoformat(day))], dtype=np.int64), table=legal_table(),
                              parameters=parameters)
    assert is_known.all()
    return from_day_number(int(days[0]))


@pytest.mark.parametrize(("day", "parameters", "cap"), [
    # DOMAIN.md A7, invoice of 10/03/2026: 60 d = 09/05, 45 d then month end = 30/04, month end then 45 d = 15/05.
    ("2026-03-10", ["cap_general"], "2026-05-15"),
    ("2026-02-01", ["cap_general"], "2026-04-14"),  # 60 d = 02/04, 18/03 then 31/03, 28/02 + 45
    ("2025-12-31", ["cap_general"], "2026-03-01"),  # 60 d = 01/03, 14/02 then 28/02, 31/12 + 45 = 14/02
    ("2025-12-17", ["cap_general"], "2026-02-15"),  # 60 d = 15/02, 31/01, 14/02
    ("2026-03-10", ["cap_periodic"], "2026-04-24"),
    ("2026-03-10", ["cap_transport"], "2026-04-09"),
    ("2026-03-10", ["cap_fresh_meat"], "2026-03-30"),
    ("2026-03-10", ["cap_perishable_food"], "2026-04-09"),  # 10/03 closes its decade
    ("2026-03-11", ["cap_perishable_food"], "2026-04-19"),  # decade to 20/03, then 30 days
    ("2026-03-21", ["cap_perishable_food"], "2026-04-30"),  # decade to 31/03
    ("2026-03-10", ["cap_alcohol"], "2026-04-30"),  # 31/03 + 30 = 30/04 = month end of 09/04
    ("2026-03-10", ["cap_ski"], "2026-06-14"),  # 15/05 and 30 days more
    ("2026-09-30", ["cap_toys"], "2027-01-03"), ("2026-10-01", ["cap_toys"], "2026-12-15"),  # 95 d; 75 d
    ("2026-03-10", ["cap_jewellery"], "2026-05-31"),  # 74 d = 23/05; 08/05 then 31/05; 31/03 + 59 = 29/05
    ("2026-03-10", ["cap_public_state"], "2026-04-09"), ("2026-03-10", list(PUBLIC_CAPS), "2026-05-09"),
])
def test_latest_day_the_law_allows(day: str, parameters: list[str], cap: str) -> None:
    assert latest(day, *parameters) == dt.date.fromisoformat(cap)


def test_a_day_before_the_law_has_no_cap() -> None:
    day = np.array([day_number(dt.date(2008, 12, 31))], dtype=np.int64)
    assert not cap_days(day, table=legal_table(), parameters=("cap_general",))[1].any()


ROWS = (
    invoice("2025-03-10", "2025-05-15", 700, "F1"),  # on the cap
    invoice("2025-03-10", "2025-05-16", 200, "F2"),  # one day over
    invoice("2025-03-10", "2025-05-10", 100, "F3", customer_id="B"),  # public, 61 days
    invoice("2025-03-10", "2026-03-10", 900, "F4", customer_id="C"),  # consumer
    invoice("2025-03-10", "2026-03-10", 50, "F5", account="411700"),  # retention: not a term
)


def over(**legal: Any) -> dict[str, float]:
    results = audit_law(*ROWS, types={"B": "public", "C": "B2C"}, legal=legal)
    names = ("terms_over_cap", "terms_over_cap_amount", "terms_over_cap_public")
    return {name: value(results, name) for name in names}


def test_only_terms_beyond_the_most_generous_reading_count() -> None:
    assert over() == {"terms_over_cap": pytest.approx(200 / 900), "terms_over_cap_amount": 200,
                      "terms_over_cap_public": 1}


def test_settings_choose_the_cap() -> None:
    assert over(sector="jewellery")["terms_over_cap"] == 0
    assert over(sector="transport")["terms_over_cap"] == 1
    assert over(periodic_invoices=True)["terms_over_cap_amount"] == 900


def test_the_table_names_each_invoice_and_its_cap() -> None:
    table = audit_law(*ROWS, types={"B": "public", "C": "B2C"}).over_cap
    assert table["document_ref"].tolist() == ["F2", "F3"]
    assert table["days_over"].tolist() == [1, 1]
    assert table["term_days"].tolist() == [67, 61]
    assert table["cap_date"].dt.date.tolist() == [dt.date(2025, 5, 15), dt.date(2025, 5, 9)]
    assert table["amount_cents"].tolist() == [200_00, 100_00]


def test_without_an_agreed_due_date_there_is_nothing_to_judge() -> None:
    results = audit_law({"kind": "invoice", "posting_date": "2025-03-10", "amount_cents": 100_00})
    assert "échéance convenue" in results.summary["indicators"]["terms_over_cap"]["reason"]
