"""Customers: what they are and where, and how another file's codes find them."""

import pandas as pd
import pytest

from auditlib.loaders.debtor_types import with_types
from auditlib.loaders.debtors import align_ids, most_frequent_names


def typed(**given: str) -> tuple[str, str]:
    row = dict.fromkeys(("name", "customer_type", "country", "siren", "vat_number", "legal_category"), "") | given
    found = with_types(pd.DataFrame([row]).astype("str")).iloc[0]
    return str(found["customer_type"]), str(found["zone"])


@pytest.mark.parametrize(("given", "expected"), [
    ({"name": "Mairie de Sète"}, ("public", "")),
    ({"name": "Bar de la Mairie SARL"}, ("B2B", "")),
    ({"name": "CENTRE HOSPITALIER D'ARLES", "siren": "261300081"}, ("public", "FR")),
    ({"name": "Alpha", "siren": "732829320"}, ("B2B", "FR")),
    ({"name": "Alpha", "siren": "130002827"}, ("public", "FR")),  # a SIREN in 1 is a public body's
    ({"name": "Mme Dupont"}, ("B2C", "")),
    ({"name": "M. Martin", "siren": "732829320"}, ("B2B", "FR")),  # an entrepreneur
    ({"name": "Beta GmbH", "vat_number": "DE123456789"}, ("B2B", "EU")),
    ({"name": "Gamma", "vat_number": "EL123456789"}, ("B2B", "EU")),
    ({"name": "Delta Ltd", "country": "Royaume-Uni"}, ("B2B", "non_EU")),
    ({"name": "Mairie", "customer_type": "Professionnel", "country": "FR"}, ("B2B", "FR")),  # given, never overridden
    ({"name": "Zeta", "legal_category": "7210"}, ("public", "")),
    ({"name": "Dupuis"}, ("", "")),
])
def test_the_type_and_zone_follow_the_evidence(given: dict[str, str], expected: tuple[str, str]) -> None:
    assert typed(**given) == expected


def test_names_by_frequency_then_length() -> None:
    spellings = pd.DataFrame({"customer_id": ["1"] * 5 + ["2"] * 2, "name": ["AB", "AB", "ABC", "", "ABC", "X", "XY"]})
    assert most_frequent_names(spellings).to_dict() == {"1": "ABC", "2": "XY"}


def test_codes_are_found_as_written_then_bare_then_by_name() -> None:
    known = pd.DataFrame({
        "customer_id": ["00012", "DUPONT", "77", "78", "79"],
        "name": ["Alpha", "Dupont", "Société Éta", "Twin", "Twin"]})
    names = pd.Series(["", "", "SOCIETE ETA", "Twin", "Alpha"])
    found = align_ids(pd.Series(["12", "411DUPONT", "ext-9", "ext-8", "77"]), names, known)
    assert found.tolist() == ["00012", "DUPONT", "77", "ext-8", "77"]  # "Twin" is two customers: left as written
