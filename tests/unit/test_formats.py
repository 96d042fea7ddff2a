"""Amounts in euros and in thousands, in French and in English; rounding is for the eye only."""

import pytest

from auditlib.formats import Formats

EUROS = {
    "fr": ("1\u202f234\u202f567,89\u00a0€", "1\u202f234\u202f568\u00a0€", "-370\u202f877,40\u00a0€"),
    "en": ("€1,234,567.89", "€1,234,568", "-€370,877.40"),
}
THOUSANDS = {
    "fr": ("1\u202f235\u00a0k€", "1\u202f235\u00a0k€", "-371\u00a0k€"),
    "en": ("€1,235k", "€1,235k", "-€371k"),
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("thousands", "expected"), [(False, EUROS), (True, THOUSANDS)])
def test_amounts_are_written_in_the_unit(language: str, thousands: bool, expected: dict[str, tuple[str, ...]]) -> None:
    formats = Formats(language=language, thousands=thousands)
    written = (formats.amount(1_234_567.89), formats.short_amount(1_234_567.89), formats.cents(-37_087_740))
    assert written == expected[language]


def test_little_is_not_read_as_nothing() -> None:
    formats = Formats(thousands=True)
    assert [formats.amount(amount) for amount in (0.0, 40.0, 460.0, -460.0, 1_500.0, 2_500_000_000.0)] == [
        "0\u00a0k€", "0,0\u00a0k€", "0,5\u00a0k€", "-0,5\u00a0k€", "2\u00a0k€", "2\u202f500\u202f000\u00a0k€"]


def test_a_missing_amount_stays_a_dash_and_a_rounded_nil_has_no_sign() -> None:
    assert [Formats(thousands=kind).amount(None) for kind in (False, True)] == ["–", "–"]
    assert Formats().short_amount(-0.3) == "0\u00a0€"


def test_the_unit_is_named_in_the_client_s_currency() -> None:
    assert Formats(thousands=True).unit_of_amounts() == "k€"
    assert Formats(language="en", thousands=True).unit_of_amounts() == "€k"
    assert Formats(currency="USD", thousands=True).amount(12_345.0) == "12\u00a0k$US"
    assert Formats(currency="CHF").unit_of_amounts() == "CHF"


def test_a_year_s_amount_and_a_chart_s_millions() -> None:
    assert Formats(thousands=True).measure(12_345.6, "amount_per_year") == "12\u00a0k€ par an"
    assert Formats().short_amount(250e6) == "250,0\u00a0M€"  # no room on a chart for more figures
    assert Formats(thousands=True).short_amount(250e6) == "250\u202f000\u00a0k€"


@pytest.mark.parametrize(("kept", "expected"), [
    (None, ""),
    ("Litiges non identifiés.", "Disputes not identified."),
    ("Rien à simuler. Litiges non identifiés.", "Nothing to simulate. Disputes not identified."),
    ("Un constat du client. Litiges non identifiés.", "Un constat du client. Disputes not identified."),
    ("Litiges non identifiés. Selon l'art. 39.", "Disputes not identified. Selon l'art. 39."),
])
def test_a_note_of_several_messages_is_translated_one_by_one(kept: str | None, expected: str) -> None:
    assert Formats(language="en").stored(kept) == expected
    assert Formats(language="fr").stored(kept) == (kept or "")
