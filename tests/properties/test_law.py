"""The chapter of law against plain loops, on invented ledgers, and what must hold of any."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib.chapter import Chapter
from auditlib.evidence import Evidence
from auditlib.history import no_history
from auditlib.ledger import build_ledger
from auditlib.legal_chapter import legal_chapter
from auditlib.parameters import Method, Parameters
from tests import oracle, oracle_law
from tests.oracle import Row
from tests.properties import frames
from tests.properties.strategies import AS_OF, carried_ledgers, ledgers
from tests.unit.intakes import customers_of, intake_of

TYPES = {"A": "B2B", "B": "public", "C": "B2C", "D": "B2B", "Z": "public"}
LAWS = settings(max_examples=15)  # a chapter takes a tenth of a second


def law_of(rows: list[Row], as_of: dt.date = AS_OF, **legal: Any) -> Chapter:
    movements = frames.movements(rows)
    names = sorted({row.customer for row in rows})
    method = Method(matching="all")
    people = customers_of(*names, customer_type=[TYPES[name] for name in names])
    intake = intake_of(movements, customers=people)
    parameters = Parameters(client="laws", as_of_date=as_of, documents=["."], method=method, legal=legal)
    ledger = build_ledger(movements, as_of_date=as_of, method=method)
    evidence = Evidence(intake, parameters, as_of, ledger)
    return legal_chapter(evidence, history=no_history("", buckets=method.buckets), customers=pd.DataFrame())


def by_row(chapter: Chapter) -> dict[int, int]:
    """Return the interest of each claim, by its source row."""
    lines = chapter.tables["late_interest"]
    return {int(row): int(cents) for row, cents in lines["interest_cents"].groupby(lines["source_row"]).sum().items()}


@LAWS
@given(st.one_of(ledgers(), carried_ledgers()), st.booleans())
def test_interest_and_indemnities_agree_with_the_oracle(rows: list[Row], is_frozen: bool) -> None:
    chapter = law_of(rows, freeze_rate=is_frozen)
    ledger = oracle.build([row for row in rows if row.posted <= AS_OF], AS_OF, "all")
    expected = {ledger.items[root].row.id: cents
                for root, cents in oracle_law.interest(ledger, AS_OF, TYPES, is_frozen=is_frozen).items()}
    assert by_row(chapter) == expected
    values = {name: one.value for name, one in chapter.indicators.items()}
    assert values["late_interest"] == sum(expected.values()) / 100
    assert values["recovery_indemnity"] == oracle_law.indemnity(ledger, AS_OF, TYPES) / 100


@LAWS
@given(ledgers())
def test_terms_and_lapse_dates_agree_with_the_oracle(rows: list[Row]) -> None:
    chapter = law_of(rows)
    over = chapter.tables["over_cap"]
    judged = [row for row in rows if row.kind == "invoice" and row.posted <= AS_OF and row.due and row.document_date]
    if len(over.columns):
        business = [row for row in judged if TYPES[row.customer] == "B2B"]
        wanted = {row.id for row in business if row.due > oracle_law.cap(row.document_date)}
        assert set(over.loc[over["debtor"] == "business", "source_row"]) == wanted
    table = chapter.tables["prescription"]
    named = {row.id: row for row in rows}
    for line in table[table["start"].astype("str") == "document"].to_dict("records"):
        row = named[line["source_row"]]
        assert line["lapse_date"].date() == oracle_law.lapse(line["start_date"].date(), TYPES[row.customer])


@LAWS
@given(ledgers())
def test_nothing_posted_after_the_date_counts(rows: list[Row]) -> None:
    last = max(row.id for row in rows)
    later = Row(last + 1, "A", "receipt", AS_OF + dt.timedelta(days=1), -10_000, document_date=AS_OF)
    chapter = law_of([*rows, later])
    assert by_row(chapter) == by_row(law_of(rows))
    lines = chapter.tables["late_interest"]
    assert not (lines["to_date"] > pd.Timestamp(AS_OF)).any()


@LAWS
@given(st.integers(1, 10**8), st.integers(1, 10**8), st.integers(1, 500))
def test_splitting_an_invoice_changes_interest_by_rounding_only(first: int, second: int, days: int) -> None:
    due = AS_OF - dt.timedelta(days=days)
    whole = Row(2, "A", "invoice", due, first + second, document_date=due, due=due, ref="F1")
    parts = [replace(whole, amount=first), replace(whole, id=3, amount=second)]
    one, two = law_of([whole]), law_of(parts)
    assert abs(sum(by_row(one).values()) - sum(by_row(two).values())) <= 1
    assert one.indicators["recovery_indemnity"].value == two.indicators["recovery_indemnity"].value == 40


@LAWS
@given(ledgers())
def test_every_breakdown_ties(rows: list[Row]) -> None:
    chapter = law_of(rows)
    lines = chapter.tables["late_interest"]
    claimed = sum(round((chapter.indicators[f"late_interest{part}"].value or 0) * 100)
                  for part in ("", "_abroad", "_unconfirmed"))
    assert int(lines["interest_cents"].sum()) == claimed
    lapses = chapter.tables["prescription"]
    stake = lapses["net_overdue_cents"].groupby(lapses["class"].astype("str")).sum()
    soon = sum(int(stake.get(name, 0)) for name in ("within_3m", "within_6m", "within_12m"))
    assert chapter.indicators["prescription_at_risk"].value == soon / 100
    assert (lines["days"] == (lines["to_date"] - lines["from_date"]).dt.days + 1).all()
