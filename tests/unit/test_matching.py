"""Matching, on ledgers worked by hand (INDICATORS.md 2)."""

from typing import Any

from auditlib.ledger import Ledger
from tests.unit.ledgers import ledger_of


def invoice(day: str, euros: int, reference: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": "invoice", "posting_date": day, "amount_cents": euros * 100, "document_ref": reference, **more}


def receipt(day: str, euros: int, label: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": "receipt", "posting_date": day, "amount_cents": -euros * 100, "label": label, **more}


def pairs(ledger: Ledger) -> set[tuple[int, int, int, str, str]]:
    """Return (debit row, credit row, euros, date, method), rows numbered as written."""
    row = ledger.items["movement_id"].to_numpy()
    made = ledger.allocations
    return {
        (int(row[debit]), int(row[credit]), int(cents) // 100, f"{date:%Y-%m-%d}", str(method))
        for debit, credit, cents, date, method in made.itertuples(index=False)
    }


def test_a_code_clears_in_posting_order_and_at_the_later_posting() -> None:
    ledger = ledger_of(
        invoice("2025-01-10", 100, matching_code="AA", matching_date="2025-09-30"),
        invoice("2025-02-10", 200, matching_code="AA", matching_date="2025-09-30"),
        receipt("2025-01-05", 50, matching_code="AA", matching_date="2025-09-30"),
        receipt("2025-03-20", 250, matching_code="AA", matching_date="2025-09-30"),
    )
    # The 50 came before the invoice: it clears on the invoice's day. 250 = the other 50, then 200.
    assert pairs(ledger) == {
        (0, 2, 50, "2025-01-10", "codes"), (0, 3, 50, "2025-03-20", "codes"), (1, 3, 200, "2025-03-20", "codes")}


def test_codes_are_case_sensitive_and_kept_within_customer_and_account() -> None:
    ledger = ledger_of(
        invoice("2025-01-10", 100, matching_code="A"), receipt("2025-02-10", 100, matching_code="a"),
        invoice("2025-01-10", 100, matching_code="B", account="411"),
        receipt("2025-02-10", 100, matching_code="B", account="413"),
        invoice("2025-01-10", 100, matching_code="C", customer_id="X"),
        receipt("2025-02-10", 100, matching_code="C", customer_id="Y"), matching="codes")
    assert pairs(ledger) == set()
    assert sorted(ledger.matching.broken["amount_cents"]) == [-10000] * 3 + [10000] * 3


def test_a_reused_code_is_cut_where_the_year_before_it_balances() -> None:
    rows = [
        invoice("2024-03-01", 100, matching_code="AA"), receipt("2024-04-01", 100, matching_code="AA"),
        invoice("2025-03-01", 80, matching_code="AA"), receipt("2025-02-01", 30, matching_code="AA"),
    ]
    ledger = ledger_of(*rows, matching="codes")
    assert pairs(ledger) == {(0, 1, 100, "2024-04-01", "codes"), (2, 3, 30, "2025-03-01", "codes")}
    broken = ledger.matching.broken
    assert (broken["amount_cents"].tolist(), broken["items"].tolist()) == ([5000], [2])


def test_a_code_across_two_years_is_not_cut() -> None:
    ledger = ledger_of(invoice("2024-12-20", 100, matching_code="AA"), receipt("2025-01-15", 100, matching_code="AA"),
                       matching="codes")
    assert pairs(ledger) == {(0, 1, 100, "2025-01-15", "codes")}


def test_interleaved_uses_of_a_code_are_told_apart_by_matching_date() -> None:
    february = {"matching_code": "A", "matching_date": "2025-02-28"}
    april = {"matching_code": "A", "matching_date": "2025-04-30"}
    ledger = ledger_of(
        invoice("2025-01-01", 100, **april), invoice("2025-01-05", 100, **february),
        receipt("2025-02-20", 100, **february), receipt("2025-04-20", 100, **april), matching="codes")
    assert pairs(ledger) == {(1, 2, 100, "2025-02-20", "codes"), (0, 3, 100, "2025-04-20", "codes")}


def test_a_use_of_a_code_across_a_year_end_does_not_swallow_a_later_one() -> None:
    long = {"matching_code": "A", "matching_date": "2024-02-05"}
    short = {"matching_code": "A", "matching_date": "2023-05-05"}
    ledger = ledger_of(
        invoice("2022-11-10", 100, **long), invoice("2023-03-10", 70, **short), receipt("2023-05-02", 70, **short),
        receipt("2024-02-01", 100, **long), matching="codes")
    assert pairs(ledger) == {(1, 2, 70, "2023-05-02", "codes"), (0, 3, 100, "2024-02-01", "codes")}


def test_lettered_credits_without_their_debit_pay_the_opening_balance() -> None:
    opening = {"kind": "opening", "posting_date": "2025-01-01", "amount_cents": 50000}
    ledger = ledger_of(opening, receipt("2025-02-01", 120, matching_code="AA"), matching="codes")
    assert pairs(ledger) == {(0, 1, 120, "2025-02-01", "opening")}
    assert ledger.matching.broken.empty


def test_auto_lets_codes_alone_decide_from_eighty_percent_of_old_credit() -> None:
    rows = [invoice("2025-01-10", 1000, matching_code="A"), receipt("2025-02-10", 800, matching_code="A")]
    at_80 = ledger_of(*rows, receipt("2025-03-10", 200), invoice("2025-01-20", 200))
    assert (at_80.matching.lettering_coverage, at_80.matching.applied) == (0.8, "codes")
    # 200 of 1 000 still open on the coded invoice: only a proposal, for the codes decide.
    assert len(at_80.matching.proposals) == 0 or set(at_80.matching.proposals["method"]) == {"exact"}
    assert {pair[4] for pair in pairs(at_80)} == {"codes"}
    below = ledger_of(*rows, receipt("2025-03-10", 201), invoice("2025-01-20", 201))
    assert below.matching.applied == "all"


def test_coverage_counts_only_credit_older_than_sixty_days() -> None:
    rows = (invoice("2025-01-10", 500), receipt("2025-11-01", 100, matching_code="A"))  # 60 days before 31/12
    assert ledger_of(*rows).matching.lettering_coverage is None
    assert ledger_of(*rows, as_of="2026-01-01").matching.lettering_coverage == 1.0


def test_a_quoted_reference_comes_before_age() -> None:
    ledger = ledger_of(
        invoice("2025-01-10", 100, "FA-2025-001"), invoice("2025-02-10", 300, "FA-2025-002"),
        receipt("2025-03-10", 120, "VIR DUPONT FA-2025-002"))
    assert pairs(ledger) == {(1, 2, 120, "2025-03-10", "reference")}


def test_one_credit_may_quote_several_references_in_posting_order() -> None:
    ledger = ledger_of(
        invoice("2025-02-10", 300, "F2002"), invoice("2025-01-10", 100, "F2001"),
        receipt("2025-03-10", 350, "VIR F2002, F2001"))
    assert pairs(ledger) == {(1, 2, 100, "2025-03-10", "reference"), (0, 2, 250, "2025-03-10", "reference")}


def test_a_reference_of_a_later_invoice_or_of_two_documents_says_nothing() -> None:
    ledger = ledger_of(
        invoice("2025-01-10", 100, "VE 0125"), invoice("2025-01-20", 300, "VE 0125"),
        invoice("2025-05-10", 70, "F9009"), receipt("2025-03-10", 150, "VE 0125 F9009"))
    assert {pair[4] for pair in pairs(ledger)} == {"fifo"}


def test_an_exact_amount_must_be_unique_on_its_day() -> None:
    one = ledger_of(invoice("2025-01-10", 100), invoice("2025-01-20", 300), receipt("2025-03-10", 300))
    assert pairs(one) == {(1, 2, 300, "2025-03-10", "exact")}
    two = ledger_of(invoice("2025-01-10", 300), invoice("2025-01-20", 300), receipt("2025-03-10", 300))
    assert pairs(two) == {(0, 2, 300, "2025-03-10", "fifo")}
    later = ledger_of(invoice("2025-01-10", 500), invoice("2025-04-20", 300), receipt("2025-03-10", 300))
    assert pairs(later) == {(0, 2, 300, "2025-03-10", "fifo")}


def test_a_run_of_consecutive_invoices_may_be_paid_at_once() -> None:
    ledger = ledger_of(
        invoice("2025-01-10", 70), invoice("2025-01-20", 110), invoice("2025-01-30", 190), invoice("2025-02-10", 55),
        receipt("2025-03-10", 300))
    assert pairs(ledger) == {(1, 4, 110, "2025-03-10", "exact"), (2, 4, 190, "2025-03-10", "exact")}


def test_fifo_clears_the_oldest_first_and_leaves_an_overpayment_open() -> None:
    ledger = ledger_of(invoice("2025-01-10", 100), invoice("2025-02-10", 100), receipt("2025-03-10", 150),
                       receipt("2025-04-10", 90))
    assert pairs(ledger) == {
        (0, 2, 100, "2025-03-10", "fifo"), (1, 2, 50, "2025-03-10", "fifo"), (1, 3, 50, "2025-04-10", "fifo")}


def test_evidence_that_replaces_an_inference_is_counted() -> None:
    # Alone, fifo would have given the first receipt's 100 to the first invoice, which the second receipt quotes.
    ledger = ledger_of(invoice("2025-01-10", 100, "F1001"), invoice("2025-02-10", 130, "F1002"),
                       receipt("2025-03-10", 90), receipt("2025-04-10", 100, "F1001"))
    assert (ledger.matching.replaced_count, ledger.matching.replaced_cents) == (1, 9000)


def test_two_currencies_never_meet() -> None:
    ledger = ledger_of(invoice("2025-01-10", 100, currency="USD"), receipt("2025-02-10", 100, currency="EUR"))
    assert pairs(ledger) == set()
