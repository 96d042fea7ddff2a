"""Payment terms: phrases, and the two readings of 45 days end of month (Code de commerce L. 441-10)."""

import pandas as pd
import pytest

from auditlib.errors import BadInputError
from auditlib.loaders.instalments import first_due_dates
from auditlib.loaders.terms import due_dates, parse_terms, read_terms


@pytest.mark.parametrize(("phrase", "day", "due"), [
    ("30 days", "2025-01-31", "2025-03-02"),  # 28 days to 28 February, 2 more
    ("30 jours nets", "2025-01-31", "2025-03-02"),
    ("net 30", "2025-01-31", "2025-03-02"),
    ("2/10 net 30", "2025-01-31", "2025-03-02"),
    ("2/10 n/30", "2025-01-31", "2025-03-02"),
    ("2 % 10 jours, net 30", "2025-01-31", "2025-03-02"),
    ("le 15 du mois suivant", "2025-01-10", "2025-02-15"),
    ("le 10", "2025-01-11", "2025-02-10"),
    ("30 jours le 15", "2025-01-10", "2025-02-15"),  # 9 February, then the 15th
    ("contre-remboursement", "2025-01-10", "2025-01-10"),
    ("45 days end of month", "2025-01-10", "2025-02-28"),  # 24 February, then the end of February
    ("45 jours fin de mois", "2025-01-31", "2025-03-31"),  # 17 March
    ("45JFDM", "2025-01-31", "2025-03-31"),
    ("end of month 45 days", "2025-01-10", "2025-03-17"),  # 31 January + 45
    ("fin de mois + 45 jours", "2025-01-10", "2025-03-17"),
    ("fin de mois", "2025-01-10", "2025-01-31"),
    ("30 jours fin de mois le 10", "2025-01-10", "2025-03-10"),  # 9 February, 28 February, 10 March
    ("45 jours FDM le 15", "2024-12-20", "2025-03-15"),
    ("2 mois", "2024-12-31", "2025-02-28"),
    ("à réception", "2025-01-10", "2025-01-10"),
    ("Due on receipt", "2025-01-10", "2025-01-10"),
    ("comptant", "2025-01-10", "2025-01-10"),
    ("60", "2025-01-10", "2025-03-11"),
])
def test_a_phrase_gives_its_due_date(phrase: str, day: str, due: str) -> None:
    documents = pd.Series([pd.Timestamp(day)])
    assert due_dates(documents, parse_terms(phrase)).tolist() == [pd.Timestamp(due)]


@pytest.mark.parametrize("phrase", ["NAA8", "CA10", "selon contrat", "", "999 jours", "Z030"])
def test_what_is_no_term_is_not_read(phrase: str) -> None:
    assert read_terms(phrase) is None


def test_terms_that_are_not_understood_are_refused_with_examples() -> None:
    with pytest.raises(BadInputError, match="45 days end of month"):
        parse_terms("quand il peut")


def test_a_missing_date_stays_missing_and_unknown_terms_date_nothing() -> None:
    documents = pd.Series([pd.NaT, pd.Timestamp("2025-01-01"), pd.Timestamp("2025-01-01")]).astype("datetime64[s]")
    found, _ = first_due_dates(documents, pd.Series(["30 days", "NAA8", "30 days"]))
    assert found.isna().tolist() == [True, True, False]
