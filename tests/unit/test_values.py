"""Cells as programs and people write them, read whole columns at a time."""

import pyarrow as pa
import pytest

from auditlib.loaders.buckets_map import read_buckets
from auditlib.loaders.date_values import decide_order, parse_dates
from auditlib.loaders.values import parse_amounts, repair_identifiers


@pytest.mark.parametrize(
    ("texts", "cents"),
    [
        (["1 234,56", "1\u00a0234,56", "1\u202f234,56", "12,5", "-3"], [123456, 123456, 123456, 1250, -300]),
        (["1.234,56-", "(1 234,56)", "1'234,50 €", "−1,00"], [-123456, -123456, 123450, -100]),
        (["1,234.56 CR", "12.5 DR", "1,234", "1,234,567"], [-123456, 1250, 123400, 123456700]),
        (["1.234", "1234,5"], [123400, 123450]),
        (["0000000069,60", "-0000000003,83", ""], [6960, -383, 0]),
        (["1.005", "2.675", "-1.005", "0.10"], [101, 268, -101, 10]),  # half up on the decimal that is written
        (["abc", "-", "5 %"], [0, 0, 0]),
    ],
)
def test_amounts(texts: list[str], cents: list[int]) -> None:
    assert parse_amounts(pa.array(texts)).cents.tolist() == cents


def test_unreadable_missing_and_rounded_amounts_are_told_apart() -> None:
    amounts = parse_amounts(pa.array(["abc", "", "-", "1,234567", "2,50"]))
    assert amounts.is_bad.tolist() == [True, False, False, False, False]
    assert amounts.is_missing.tolist() == [False, True, True, False, False]
    assert amounts.rounding.round(4).tolist() == [0, 0, 0, -0.4567, 0]  # 123 cents kept of 123.4567


def test_decimal_mark_without_evidence_is_said() -> None:
    assert not parse_amounts(pa.array(["1,234", "5,678"])).is_decimal_evident
    assert parse_amounts(pa.array(["1,234", "5,67"])).is_decimal_evident


@pytest.mark.parametrize(
    "text",
    ["31/12/2024", "31-12-24", "31.12.2024 08:15", "2024-12-31", "2024-12-31 00:00:00", "20241231", "31122024",
     "311224",
     "31-déc-24", "31 décembre 2024", "Dec 31, 2024", "45657", "12/31/2024"],
)  # fmt: skip
def test_dates_in_all_forms(text: str) -> None:
    assert str(parse_dates(pa.array([text]), "day_first").days[0])[:10] == "2024-12-31"


@pytest.mark.parametrize(
    "text", ["", "1900-01-01", "01/01/1753", "1753-01-01 00:00:00", "00/00/0000", "9999-12-31", "0"]
)
def test_the_dates_databases_write_for_none(text: str) -> None:
    dates = parse_dates(pa.array([text]), "day_first")
    assert dates.is_missing.tolist() == [True]
    assert dates.is_bad.tolist() == [False]


def test_a_day_that_does_not_exist_is_unreadable() -> None:
    assert parse_dates(pa.array(["31/02/2024", "soon"]), "day_first").is_bad.tolist() == [True, True]


def test_order_of_one_column_serves_the_others() -> None:
    order = decide_order({"document_date": pa.array(["01/02/2024"]), "due_date": pa.array(["02/13/2024"])})
    assert (order.name, order.is_evident, order.is_mixed) == ("month_first", True, False)
    assert decide_order({"due_date": pa.array(["13/02/2024", "02/13/2024"])}).is_mixed


def test_order_where_documents_are_due_after_their_date() -> None:
    # month first: 2 January due 1 February; day first it would be due before it is written
    columns = {"document_date": pa.array(["01/02/2024"]), "due_date": pa.array(["02/01/2024"])}
    assert decide_order(columns).name == "month_first"


def test_codes_that_became_numbers() -> None:
    assert repair_identifiers(pa.array(["12345.0", "00012", "1.5", "A.0"])).to_pylist() == [
        "12345",
        "00012",
        "1.5",
        "A.0",
    ]


@pytest.mark.parametrize(
    ("headers", "labels"),
    [
        (["Non échu", "0 à 30", "31-60 jours", "> 60"], ["not_due", "0-30", "31-60", ">60"]),
        (["Current", "1 - 30", "31 - 60", "91 and over"], ["not_due", "1-30", "31-60", ">90"]),
        (["Échu 30 j", "Échu 60 j", "+ de 60 j", "Acomptes"], ["1-30", "31-60", ">60", "unallocated_credits"]),
        (["Current", "Age ≤ 30 d.", "Age ≤ 60 d.", "Older"], ["not_due", "1-30", "31-60", ">60"]),
        (["1-30", "31-60", "90+", "unallocated"], ["1-30", "31-60", ">90", "unallocated_credits"]),
        (["Antérieur", "Janv. 2025", "Févr. 2025"], ["Antérieur", "Janv. 2025", "Févr. 2025"]),
        (["Date", "Retard", "Solde"], []),
    ],
)
def test_ageing_headers(headers: list[str], labels: list[str]) -> None:
    assert [bucket.label for _, bucket in read_buckets(headers)] == labels
