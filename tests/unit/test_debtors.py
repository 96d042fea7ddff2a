"""Customers: what they are and where, and how another file's codes find them."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from auditlib.errors import BadInputError
from auditlib.loaders.company_numbers import number_findings
from auditlib.loaders.debtor_types import with_types
from auditlib.loaders.debtors import align_ids, build_customers, customer_file, most_frequent_names
from auditlib.settings import DebtorOverride

COLUMNS = ("name", "customer_type", "country", "siren", "vat_number", "legal_category", "size_class")


def found_of(**given: str) -> pd.Series:
    return with_types(pd.DataFrame([dict.fromkeys(COLUMNS, "") | given]).astype("str")).iloc[0]


def typed(**given: str) -> tuple[str, str]:
    found = found_of(**given)
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


@pytest.mark.parametrize(("given", "expected"), [
    # DOMAIN.md C: SIREN 732829320 has VAT key 44, whether the prefix is written or not.
    ({"name": "Alpha", "vat_number": "FR44732829320"}, ("B2B", "high", "FR", "high")),
    ({"name": "Alpha", "vat_number": "44 732 829 320"}, ("B2B", "high", "FR", "high")),
    ({"name": "Alpha", "vat_number": "FR45732829320"}, ("B2B", "low", "FR", "medium")),  # a false key
    ({"name": "Alpha", "siren": "73282932000074"}, ("B2B", "high", "FR", "medium")),  # a valid SIRET
    ({"name": "Alpha", "siren": "73282932000079"}, ("B2B", "low", "FR", "low")),  # an invalid one
    ({"name": "Mairie Bar"}, ("", "", "", "")),  # the trap: a trade, not a town hall
    ({"name": "Mairie de Sète", "siren": "732829320"}, ("public", "low", "FR", "medium")),
    ({"name": "SA HLM Regain"}, ("B2B", "medium", "", "")),
    ({"name": "LYCEE PRIVE SAINT JOSEPH SAS"}, ("B2B", "medium", "", "")),
    ({"name": "CC du Val d'Orge"}, ("public", "low", "", "")),
    ({"name": "CH Robinson SAS"}, ("B2B", "medium", "", "")),  # no hospital
    ({"name": "Office public de l'habitat"}, ("public", "medium", "", "")),
    ({"name": "Athinai", "vat_number": "EL094259216"}, ("B2B", "high", "EU", "high")),  # Greece is EL
    ({"name": "Monaco Yachts", "country": "Monaco"}, ("", "", "FR", "high")),
    ({"name": "Leeds Ltd", "vat_number": "GB980780684"}, ("B2B", "high", "non_EU", "high")),
    ({"name": "Belfast Ltd", "vat_number": "XI980780684"}, ("B2B", "high", "EU", "high")),
    ({"name": "Rhum SARL", "country": "Guadeloupe"}, ("B2B", "medium", "FR", "high")),
    ({"name": "Alpha", "vat_number": "FR44732829320", "country": "Suisse"}, ("B2B", "high", "FR", "medium")),
])
def test_how_surely_type_and_zone_are_told(given: dict[str, str], expected: tuple[str, str, str, str]) -> None:
    found = found_of(**given)
    assert tuple(found[["customer_type", "type_confidence", "zone", "zone_confidence"]]) == expected


def test_the_reason_is_in_words() -> None:
    assert found_of(name="Alpha", siren="732829321")["type_reason"] == "SIREN (clé fausse)"
    assert found_of(name="Dupuis")["type_reason"] == "aucun indice"
    assert found_of(name="A", vat_number="FR44732829320", country="Suisse")["zone_reason"] == (
        "préfixe du numéro de TVA (FR), contre le pays indiqué")
    assert found_of(name="Ville de Sète")["size_reason"] == "organisme public"


def test_a_postcode_is_the_last_hint_of_a_zone() -> None:
    row = pd.DataFrame([dict.fromkeys(COLUMNS, "") | {"name": "Alpha", "attribute:Code postal": "97110"}]).astype("str")
    found = with_types(row).iloc[0]
    assert (found["zone"], found["zone_confidence"]) == ("FR", "low")


@pytest.mark.parametrize(("given", "expected"), [
    ({"name": "Ville de Sète"}, "Public"), ({"name": "Mme Dupont"}, "Particulier"),
    ({"name": "Jean Martin EI", "siren": "732829320"}, "TPE"), ({"name": "Martin", "legal_category": "1000"}, "TPE"),
    ({"name": "Alpha SAS"}, ""), ({"name": "Alpha SAS", "size_class": "Grand compte"}, "Grand compte"),
])
def test_a_size_is_inferred_only_from_what_shows_it(given: dict[str, str], expected: str) -> None:
    assert found_of(**given)["size_class"] == expected


def test_an_inferred_size_takes_the_file_s_own_word() -> None:
    rows = [dict.fromkeys(COLUMNS, "") | given for given in (
        {"name": "CHU de Nice", "size_class": "Secteur public"}, {"name": "Mairie de Sète"})]
    assert with_types(pd.DataFrame(rows).astype("str"))["size_class"].tolist() == ["Secteur public"] * 2


def test_false_keys_are_a_finding() -> None:
    rows = [dict.fromkeys(COLUMNS, "") | given for given in (
        {"siren": "732829320"}, {"siren": "732829321"}, {"siren": "73282932000079"}, {"vat_number": "FR45732829320"},
        {"siren": "35600000000048"}, {"siren": "35600000049837"},  # La Poste: head office, and an establishment
        {"vat_number": "DE136695976"}, {"vat_number": "CHE123456789"}, {})]
    found, = number_findings(pd.DataFrame(rows).assign(customer_id=[f"C{n}" for n in range(9)]).astype("str"))
    assert found["rows"].tolist() == [3]
    assert "C1 (732829321)" in found["sentence"].iloc[0]
    assert number_findings(pd.DataFrame(rows[:1]).assign(customer_id="C").astype("str")) == []


def people(**overrides: DebtorOverride) -> pd.DataFrame:
    listed = pd.DataFrame({"customer_id": ["1", "2"], "name": ["Alpha SAS", "Mairie de Sète"]}).astype("str")
    spellings = listed.copy()
    return build_customers(listed, spellings, pd.DataFrame(index=listed["customer_id"]), overrides=overrides)


def test_the_auditor_s_decision_wins_and_says_who_and_why() -> None:
    decided = DebtorOverride(customer_type="B2B", zone="EU", size_class="PME", group_id="G", is_group=True,
                             by="A. Martin", why="bail commercial")
    found = people(**{"2": decided}).set_index("customer_id").loc["2"]
    assert tuple(found[["customer_type", "zone", "size_class", "group_id"]]) == ("B2B", "EU", "PME", "G")
    assert found["is_group"]
    assert found["type_reason"] == "décision de l'auditeur (A. Martin) : bail commercial"
    assert found["zone_confidence"] == "high"
    with pytest.raises(BadInputError, match=r"segments\.overrides: 9: no such customer"):
        people(**{"9": decided})


def test_the_auditor_s_list_comes_before_the_client_s() -> None:
    def source(file: str, rows: dict[str, list[str]]) -> Any:
        return SimpleNamespace(file=file, name=file, table=pd.DataFrame(rows).astype("str"))

    client = source("clients.xlsx", {"customer_id": ["1", "2"], "customer_name": ["Alpha", "Beta"],
                                     "customer_type": ["entreprise", "entreprise"], "business_unit": ["Nord", "Sud"]})
    auditor = source("debtors.xlsx", {"customer_id": ["2"], "customer_name": [""], "customer_type": ["public"]})
    listed = customer_file([client, auditor], {})
    found = build_customers(listed, listed[["customer_id", "name"]], pd.DataFrame(index=listed["customer_id"]))
    found = found.set_index("customer_id")
    assert found["customer_type"].astype("str").to_dict() == {"1": "B2B", "2": "public"}
    assert found["type_reason"].to_dict() == {"1": "fichier clients", "2": "décision de l'auditeur (debtors.xlsx)"}
    assert found["business_unit"].astype("str").to_dict() == {"1": "Nord", "2": "Sud"}
    assert found["name"].to_dict() == {"1": "Alpha", "2": "Beta"}
