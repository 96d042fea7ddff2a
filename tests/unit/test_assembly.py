"""From sources to canonical tables: which source serves what, rows accounted for, findings said."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from auditlib.errors import BadInputError
from auditlib.loaders.assembly import assemble
from auditlib.loaders.selection import select
from auditlib.loaders.source import Source, TitleBlock
from tests.unit.hand_made_sources import bucket, parameters, source, table

DAY = dt.date(2025, 12, 31)
LEDGER = ("customer_id", "customer_name", "journal", "document_ref", "label", "posting_date", "due_date", "debit_cents",
          "credit_cents", "matching_code")


def assembled(*sources: Source, day: dt.date = DAY, **method: Any) -> dict[str, Any]:
    given = parameters(**method)
    return assemble(sources, select(sources, as_of_date=day), parameters=given, as_of_date=day)


def check_rows(tables: dict[str, Any]) -> None:
    """Every row read is loaded, skipped or rejected, and each of the last two is listed."""
    intake = tables["intake"]
    assert (intake["rows_read"] == intake["rows_loaded"] + intake["rows_skipped"] + intake["rows_rejected"]).all()
    assert int(tables["rejected"]["count"].sum()) == int((intake["rows_skipped"] + intake["rows_rejected"]).sum())


def ledger(*rows: tuple[Any, ...], **given: Any) -> Source:
    return source("customer_ledger", table(LEDGER, *rows), **given)


SALE = ("C1", "Alpha", "VE", "F1", "Facture F1", "2025-03-01", "2025-03-31", 12000, 0, "A")
PAYMENT = ("C1", "ALPHA SA", "BQ", "", "Virement", "2025-04-05", None, 0, 12000, "A")
OTHER_SALE = ("C2", "Beta", "VE", "F2", "Facture F2", "2025-11-01", None, 5000, 0, "")


def aged_balance(*rows: tuple[Any, ...], **given: Any) -> Source:
    columns = ("customer_id", "customer_name", "bucket:1", "bucket:2", "total_cents")
    return source(
        "aged_balance",
        table(columns, *rows),
        buckets=(bucket(1, "not_due", None, 0), bucket(2, "1-30", 1, 30)),
        **given,
    )


def test_a_ledger_gives_the_items_and_an_aged_balance_the_second_source() -> None:
    tables = assembled(
        ledger(SALE, PAYMENT, OTHER_SALE), aged_balance(("C2", "Beta", 5000, 0, 5000), title=TitleBlock(as_of_date=DAY))
    )
    assert tables["movements"]["amount_cents"].tolist() == [12000, -12000, 5000]
    assert tables["movements"]["kind"].tolist() == ["invoice", "receipt", "invoice"]
    (second,) = tables["second_sources"]
    assert (second.kind, second.as_of_date) == ("aged_balance", DAY)
    totals = second.balances[second.balances["bucket"] == "total"]
    assert totals["amount_cents"].tolist() == [5000]
    assert tables["intake"]["role"].tolist() == ["items", "second_source"]
    assert tables["history_start"] == dt.date(2025, 3, 1)
    check_rows(tables)


def test_the_most_frequent_then_longest_name_is_kept() -> None:
    tables = assembled(ledger(SALE, PAYMENT))  # one "Alpha", one "ALPHA SA": the longer
    assert tables["customers"]["name"].tolist() == ["ALPHA SA"]
    assert "customer_names_vary" in set(tables["findings"]["finding"])


def test_due_dates_come_from_the_file_then_the_terms_of_the_customer_then_the_default() -> None:
    terms = source(
        "customer_list",
        table(("customer_id", "customer_name", "payment_terms"), ("C2", "Beta", "45 jours fin de mois")),
    )
    third = ("C3", "Gamma", "VE", "F3", "Facture F3 échéance 15/01", "2025-12-10", None, 700, 0, "")
    fourth = ("C4", "Delta", "VE", "F4", "Facture F4", "2025-12-10", None, 700, 0, "")
    tables = assembled(ledger(SALE, OTHER_SALE, third, fourth), terms, default_terms="30 days")
    movements = tables["movements"].astype({"due_date_origin": "str"})
    assert movements["due_date_origin"].tolist() == ["given", "terms", "label", "default"]
    # 2025-11-01 + 45 days = 2025-12-16, end of that month; 2025-12-10 + 30 days = 2026-01-09
    expected = pd.to_datetime(["2025-03-31", "2025-12-31", "2026-01-15", "2026-01-09"])
    assert movements["due_date"].tolist() == expected.tolist()


def test_a_lump_opening_is_never_dated() -> None:
    opening = ("C1", "Alpha", "AN", "", "A nouveau", "2025-01-01", None, 9000, 0, "")
    tables = assembled(ledger(opening, SALE), default_terms="30 days")
    assert tables["movements"]["kind"].tolist() == ["opening", "invoice"]
    assert tables["movements"]["due_date_origin"].tolist() == ["none", "given"]
    assert "lump_openings" in set(tables["findings"]["finding"])


def test_an_opening_that_keeps_its_document_date_is_dated() -> None:
    columns = (*LEDGER, "document_date")
    row = ("C1", "Alpha", "AN", "F0", "A nouveau", "2025-01-01", None, 9000, 0, "", "2024-11-15")
    tables = assembled(source("customer_ledger", table(columns, row)), default_terms="30 days")
    assert tables["movements"]["due_date"].tolist() == [pd.Timestamp("2024-12-15")]


def test_rows_of_two_files_are_loaded_once_and_twins_of_one_file_kept() -> None:
    first = ledger(SALE, SALE, OTHER_SALE, file="a.xlsx")
    tables = assembled(first, ledger(SALE, PAYMENT, file="b.xlsx"))
    assert len(tables["movements"]) == 4  # two twins of a, its other sale, the payment of b
    assert tables["rejected"].query("source_file == 'b.xlsx'")["class"].astype("str").tolist() == [
        "header",
        "already_loaded",
    ]
    assert {"rows_in_two_files", "twins_kept"} <= set(tables["findings"]["finding"])
    check_rows(tables)


def test_an_extract_made_before_the_matching_is_not_loaded_again() -> None:
    unmatched = (*SALE[:-1], "")
    tables = assembled(ledger(unmatched, file="march.xlsx"), ledger(SALE, PAYMENT, file="may.xlsx"))
    assert tables["movements"]["matching_code"].tolist() == ["A", "A"]


def test_openings_of_a_later_year_are_skipped_and_their_code_carried_back() -> None:
    before = ("C1", "Alpha", "VE", "F9", "Facture F9", "2024-11-20", None, 4000, 0, "")
    opening = ("C1", "Alpha", "AN", "F9", "A nouveau F9", "2025-01-01", None, 4000, 0, "AA")
    payment = ("C1", "Alpha", "BQ", "", "Virement", "2025-01-15", None, 0, 4000, "AA")
    tables = assembled(ledger(before, file="2024.xlsx"), ledger(opening, payment, file="2025.xlsx"))
    movements = tables["movements"]
    assert movements["amount_cents"].tolist() == [4000, -4000]
    assert len(set(movements["matching_code"])) == 1
    assert "opening_already_loaded" in set(tables["rejected"]["class"])
    assert "opening_differs" not in set(tables["findings"]["finding"])
    check_rows(tables)


def test_an_opening_other_than_the_closing_before_is_a_serious_finding() -> None:
    before = ("C1", "Alpha", "VE", "F9", "Facture F9", "2024-11-20", None, 4000, 0, "")
    opening = ("C1", "Alpha", "AN", "F9", "A nouveau F9", "2025-01-01", None, 4500, 0, "")
    tables = assembled(ledger(before, file="2024.xlsx"), ledger(opening, SALE, file="2025.xlsx"))
    found = tables["findings"].set_index("finding").loc["opening_differs"]
    assert (found["severity"], found["amount_cents"]) == ("serious", 500)


def test_a_settled_invoice_of_a_list_is_two_movements_of_one_row() -> None:
    columns = (
        "customer_id",
        "document_ref",
        "document_date",
        "due_date",
        "amount_cents",
        "settlement_date",
        "disputed",
    )
    tables = assembled(
        source(
            "invoice_list",
            table(
                columns,
                ("C1", "F1", "2025-01-10", "2025-02-09", 10000, "2025-02-20", "No"),
                ("C1", "F2", "2025-12-01", "2025-12-31", 2500, None, "Yes"),
                ("C2", "A1", "2025-03-01", "2025-03-31", -700, "2025-03-15", "No"),
            ),
        )
    )
    movements = tables["movements"].astype({"kind": "str"})
    assert movements["kind"].tolist() == ["invoice", "invoice", "credit_note", "receipt", "adjustment"]
    assert movements["amount_cents"].tolist() == [10000, 2500, -700, -10000, 700]
    assert movements.groupby("matching_code")["amount_cents"].sum().to_dict()[movements["matching_code"][0]] == 0
    assert movements["source_row"].tolist() == [2, 3, 4, 2, 4]
    assert tables["disputes"]["movement_id"].tolist() == [1]
    assert tables["has_dispute_information"]
    assert tables["intake"]["rows_loaded"].tolist() == [3]
    check_rows(tables)


def test_open_items_without_a_document_date_are_posted_at_the_as_of_date() -> None:
    columns = (
        "customer_id",
        "document_ref",
        "due_date",
        "open_amount_cents",
        "original_amount_cents",
        "settlement_date",
    )
    tables = assembled(source("open_items", table(columns, ("C1", "F1", "2025-10-01", 400, 1000, "2025-10-05"))))
    row = tables["movements"].iloc[0]
    assert (row["posting_date"], row["amount_cents"], row["original_amount_cents"]) == (pd.Timestamp(DAY), 400, 1000)
    assert pd.isna(row["document_date"])
    assert not tables["has_document_dates"]
    assert "settlement_date_not_applied" in set(tables["findings"]["finding"])


def test_open_items_posted_later_are_left_out_and_another_printed_date_is_said() -> None:
    columns = ("customer_id", "document_ref", "document_date", "open_amount_cents")
    tables = assembled(source(
        "open_items", table(columns, ("C1", "F1", "2025-10-01", 400), ("C1", "F2", "2026-01-02", 300)),
        title=TitleBlock(as_of_date=dt.date(2026, 1, 15))))
    assert tables["movements"]["document_ref"].tolist() == ["F1"]
    assert "after_as_of_date" in set(tables["rejected"]["class"])
    assert "as_of_date_differs" in set(tables["findings"]["finding"])
    check_rows(tables)


def test_an_aged_balance_alone_gives_customers_and_no_movement() -> None:
    tables = assembled(aged_balance(("", "Beta", 5000, 200, 5200), ("", "Gamma", 0, 100, 100)))
    assert tables["movements"].empty
    assert tables["customers"]["name"].tolist() == ["Beta", "Gamma"]
    balances = tables["second_sources"][0].balances
    assert balances.groupby("bucket", observed=True)["amount_cents"].sum().to_dict() == {
        "total": 5300,
        "not_due": 5000,
        "1-30": 300,
    }
    check_rows(tables)


def test_a_summary_by_name_or_shorter_code_finds_the_customers_of_the_items() -> None:
    first = ("00012", "Société Bêta", "VE", "F1", "", "2025-03-01", "2025-03-31", 100, 0, "")
    second = ("00013", "Gamma", "VE", "F2", "", "2025-03-01", "2025-03-31", 100, 0, "")
    tables = assembled(ledger(first, second), aged_balance(("", "SOCIETE BETA", 0, 100, 100), ("13", "", 0, 100, 100)))
    assert set(tables["second_sources"][0].balances["customer_id"]) == {"00012", "00013"}
    assert len(tables["customers"]) == 2


def test_collective_accounts_of_a_trial_balance_name_no_customer_and_deposits_stay_outside() -> None:
    columns = ("account", "account_name", "customer_id", "debit_cents", "credit_cents")
    trial = source(
        "trial_balance",
        table(
            columns,
            ("41100000", "Clients", "", 9000, 4000),
            ("41910000", "Avances", "C2", 0, 300),
            ("49100000", "Dépréciations", "", 0, 150),
        ),
    )
    tables = assembled(ledger(SALE, PAYMENT, OTHER_SALE), trial)
    (second,) = tables["second_sources"]
    assert second.balances[["customer_id", "amount_cents"]].to_numpy().tolist() == [["", 5000]]
    assert tables["deposits"].to_numpy().tolist() == [["C2", 300]]
    assert tables["outside"].to_numpy().tolist() == [["41910000", -300], ["49100000", -150]]
    assert tables["intake"]["rows_skipped"].tolist() == [1, 3]
    check_rows(tables)


def test_disputes_are_matched_by_reference_and_customer() -> None:
    disputes = source("dispute_list", table(
        ("customer_id", "document_ref", "dispute_reason", "dispute_opened_on", "amount_cents"),
        ("C2", "f-2", "qualité", "2025-11-20", 2000), ("C2", "F77", "prix", "2025-11-20", 10)))
    tables = assembled(ledger(SALE, ("C2", "Beta", "VE", "F-2", "", "2025-11-01", None, 5000, 0, "")), disputes)
    assert tables["disputes"][["movement_id", "amount_cents"]].to_numpy().tolist() == [[1, 2000]]
    assert tables["intake"].set_index("kind").loc["dispute_list", "rows_rejected"] == 1
    assert "disputes_unmatched" in set(tables["findings"]["finding"])
    check_rows(tables)


def test_insolvencies_of_the_customer_list() -> None:
    listed = source("customer_list", table(
        ("customer_id", "customer_name", "insolvency_procedure", "judgment_date"),
        ("C1", "Alpha", "Liquidation judiciaire", "2025-06-01"), ("C2", "Beta", "néant", None)))
    tables = assembled(ledger(SALE, OTHER_SALE), listed)
    assert tables["insolvencies"]["customer_id"].tolist() == ["C1"]


def test_an_as_of_date_before_the_history_is_refused() -> None:
    with pytest.raises(BadInputError, match="before the first movement \\(2025-03-01\\)"):
        assembled(ledger(SALE, PAYMENT), day=dt.date(2024, 12, 31))


def test_documents_without_receivables_are_refused() -> None:
    with pytest.raises(BadInputError, match="no source of receivables"):
        assembled(source("customer_list", table(("customer_id", "customer_name"), ("C1", "Alpha"))))


def test_several_currencies_are_kept_apart_and_a_row_without_one_is_refused() -> None:
    columns = ("customer_id", "document_ref", "document_date", "open_amount_cents", "currency")
    rows = [("C1", "F1", "2025-10-01", 400, "USD"), ("C1", "F2", "2025-10-01", 300, "€")]
    tables = assembled(source("open_items", table(columns, *rows)))
    assert tables["currency"] == ""
    assert tables["movements"]["currency"].tolist() == ["USD", "EUR"]
    with pytest.raises(BadInputError, match="row 4 has no readable currency"):
        assembled(source("open_items", table(columns, *rows, ("C1", "F3", "2025-10-01", 300, "?"))))


def test_rows_without_a_customer_are_loaded_under_one_and_said() -> None:
    tables = assembled(ledger(SALE, ("", "", "VE", "F5", "", "2025-05-01", "2025-05-31", 800, 0, "")))
    assert tables["movements"]["amount_cents"].sum() == 12800
    assert tables["findings"].iloc[0]["finding"] == "unknown_customer"


def test_printed_totals_other_than_the_rows_are_said() -> None:
    printed = pd.DataFrame({
        "source_row": [9, 10], "class": ["subtotal", "total"], "customer_id": ["C1", ""], "debit_cents": [12000, 99999],
        "credit_cents": [12000, 12000], "balance_cents": [0, 0]})
    tables = assembled(ledger(SALE, PAYMENT, printed_totals=printed))
    found = tables["findings"].query("finding == 'broken_totals'")
    assert len(found) == 1  # the subtotal agrees, the grand total does not
