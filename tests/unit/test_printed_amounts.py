"""Amounts as the world prints them, against decimals counted beside: exact to the cent, or not a number."""

import random
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pytest

from auditlib.loaders.values import amount_share, parse_amounts

SPACES = {"space": " ", "no-break": "\u00a0", "narrow": "\u202f", "thin": "\u2009", "figure": "\u2007"}
SIGNS: dict[str, Callable[[str], str]] = {
    "before": lambda text: f"-{text}", "after": lambda text: f"{text}-", "parentheses": lambda text: f"({text})",
    "minus": lambda text: f"\u2212{text}", "dash": lambda text: f"\u2013{text}", "apart": lambda text: f"- {text}",
    "credit": lambda text: f"{text} CR", "dotted": lambda text: f"{text} Cr.", "letter": lambda text: f"{text} C"}
MONEY: dict[str, Callable[[str], str]] = {
    "": str, "€ after": lambda text: f"{text} €", "€ before": lambda text: f"€{text}",
    "code": lambda text: f"{text} EUR", "code before": lambda text: f"CHF {text}", "word": lambda text: f"{text} euros",
    "cfa": lambda text: f"{text} FCFA"}


def printed(amount: Decimal, *, thousands: str, mark: str, places: int) -> str:
    """Print the size of an amount by hand: no formatting of Python is trusted with separators."""
    whole, _, decimals = str(abs(amount).quantize(Decimal(1).scaleb(-places))).partition(".")
    groups = []
    while len(whole) > 3:
        whole, last = whole[:-3], whole[-3:]
        groups.append(last)
    text = thousands.join([whole, *reversed(groups)])
    return f"{text}{mark}{decimals}" if decimals else text


def in_cents(amount: Decimal, places: int) -> int:
    """Round half up, away from zero: the oracle."""
    shown = amount.quantize(Decimal(1).scaleb(-places))
    return int((shown * 100).quantize(Decimal(1), ROUND_HALF_UP))


def random_amounts(seed: int, count: int, places: int) -> list[Decimal]:
    """Amounts of every size, from a cent to a thousand million, zero among them, the first of 1 234 and some."""
    source = random.Random(seed)
    found = [Decimal("1234.56"), Decimal(0), Decimal("0.01"), Decimal("-1000.00")]
    while len(found) < count:
        size = source.choice([10, 1_000, 100_000, 10_000_000, 1_000_000_000])
        found.append(Decimal(source.randrange(-size * 10**places, size * 10**places)).scaleb(-places))
    return found


@pytest.mark.parametrize("thousands", [*SPACES.values(), "'", "\u2019", ".", ",", ""])
@pytest.mark.parametrize("sign", SIGNS)
def test_each_habit_is_read_to_the_cent(thousands: str, sign: str) -> None:
    mark = "." if thousands in (",", "'", "\u2019") else ","
    amounts = random_amounts(hash_of(thousands + sign), 120, 2)
    texts = []
    for place, amount in enumerate(amounts):
        text = printed(amount, thousands=thousands, mark=mark, places=2)
        texts.append(list(MONEY.values())[place % len(MONEY)](SIGNS[sign](text) if amount < 0 else text))
    read = parse_amounts(pa.array(texts))
    assert read.cents.tolist() == [in_cents(amount, 2) for amount in amounts]
    assert not read.is_bad.any()
    assert not len(read.rounding)
    assert amount_share(pa.array(texts)) == 1


def hash_of(text: str) -> int:
    """Return a seed that is the same in every process."""
    return int(sum(ord(character) * 31**place for place, character in enumerate(text)) % 10_000)


@pytest.mark.parametrize("places", [3, 4, 6])
def test_more_than_two_decimals_round_half_up_and_say_by_how_much(places: int) -> None:
    amounts = [*random_amounts(places, 400, places), Decimal("10000000000.005"), Decimal("2.675"), Decimal("-1.005")]
    texts = [("-" if amount < 0 else "") + printed(amount, thousands=" ", mark=",", places=places)
             for amount in amounts]
    read = parse_amounts(pa.array([*texts, "1,5"]), decimal=",")
    expected = [in_cents(amount, places) for amount in amounts]
    assert read.cents.tolist() == [*expected, 150]
    for got, cents, amount in zip(read.rounding, expected, amounts, strict=False):
        exact = amount.quantize(Decimal(1).scaleb(-places)) * 100
        assert got == pytest.approx(float(cents - exact), abs=2e-3)


@pytest.mark.parametrize(("text", "cents"), [
    ("1.2E3", 120_000), ("1,2E+3", 120_000), ("1.23457E+7", 1_234_570_000), ("-5e-1", -50), ("2E2", 20_000)])
def test_powers_of_ten(text: str, cents: int) -> None:
    assert parse_amounts(pa.array([text])).cents.tolist() == [cents]


@pytest.mark.parametrize("text", [
    "90071992547409,91", "-90071992547409,91", "70368744177664,01", "12345678901234,56", "12 345 678 901 234,57"])
def test_amounts_up_to_the_last_exact_cent_are_exact(text: str) -> None:
    plain = Decimal(text.replace(" ", "").replace(",", "."))
    assert parse_amounts(pa.array([text, "1,50"])).cents.tolist() == [int(plain * 100), 150]
    assert parse_amounts(pa.array([text, "1 000,50 €"])).cents.tolist() == [int(plain * 100), 100_050]


@pytest.mark.parametrize("text", ["90071992547409,93", "9007199254740993,07", "92233720368547758,07", "1e400",
                                  "9" * 40])
def test_what_no_amount_can_be_is_refused_rather_than_wrong(text: str) -> None:
    read = parse_amounts(pa.array([text, "1,50"]))
    assert read.is_bad.tolist() == [True, False]
    assert read.cents.tolist() == [0, 150]


@pytest.mark.parametrize("text", [
    "12..5", "1.2.3", "1,2,3", "1,234,56", "1,234,5", "12 34", "1 2345,00", "12,3.4", "--5", "5-5", "5 %", "12 k€",
    "1/2", "12 M€", "0x10", "C01"])
def test_what_is_no_number_is_not_made_one(text: str) -> None:
    assert parse_amounts(pa.array([text])).is_bad.tolist() == [True]


@pytest.mark.parametrize(("texts", "cents", "is_evident"), [
    (["1.234,56", "1.234", "7,5"], [123_456, 123_400, 750], True),
    (["1,234.56", "1,234", "7.5"], [123_456, 123_400, 750], True),
    (["1.234,56", "1,234.56", "1.234,57", "1,234"], [123_456, 123_456, 123_457, 123], False),  # German leads, 2 to 1
    (["12,5", "12.5", "13,5"], [1_250, 1_250, 1_350], True),  # each tells by itself
    (["1,23,456.00", "12,34,567.50"], [12_345_600, 123_456_750], True),  # India
])
def test_a_column_of_several_habits_is_decided_together_and_doubts_are_said(
    texts: list[str], cents: list[int], is_evident: bool,
) -> None:
    read = parse_amounts(pa.array(texts))
    assert read.cents.tolist() == cents
    assert read.is_decimal_evident is is_evident


def test_thousands_typed_as_text_in_a_workbook_are_told_by_their_zeros() -> None:
    read = parse_amounts(pa.array(["12.500", "1.234"]), is_workbook=True)
    assert read.cents.tolist() == [1_250_000, 123_400]
    assert not read.is_decimal_evident
    assert parse_amounts(pa.array(["12.5", "1.234"]), is_workbook=True).cents.tolist() == [1_250, 123]
