"""Where a debtor is: France, the European Union or outside, with how surely and why."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.company_numbers import CompanyNumbers
from auditlib.loaders.table_columns import fold, texts

__all__ = ["first_holding", "zones"]

EU = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "GR", "ES", "FI", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
))
"""Prefixes of VAT numbers and country codes; EL and GR are both Greece, XI is Northern Ireland (goods only)."""
FRANCE = frozenset(["FR", "FX", "MC", "GP", "GF", "MQ", "RE", "YT", "PM", "BL", "MF"])
"""Monaco has French VAT numbers; the overseas departments are France for a debtor, though outside its VAT territory."""
COUNTRY_NAMES = {
    "FRANCE": "FR", "FRA": "FR", "MONACO": "MC", "GUADELOUPE": "GP", "MARTINIQUE": "MQ", "GUYANE": "GF",
    "REUNION": "RE", "LA REUNION": "RE", "MAYOTTE": "YT", "ALLEMAGNE": "DE", "GERMANY": "DE", "DEU": "DE",
    "DEUTSCHLAND": "DE", "BELGIQUE": "BE", "BELGIUM": "BE", "BEL": "BE", "ESPAGNE": "ES", "SPAIN": "ES", "ESP": "ES",
    "ITALIE": "IT", "ITALY": "IT", "ITA": "IT", "PORTUGAL": "PT", "PRT": "PT", "LUXEMBOURG": "LU", "LUX": "LU",
    "PAYS BAS": "NL", "NETHERLANDS": "NL", "NLD": "NL", "AUTRICHE": "AT", "AUSTRIA": "AT", "POLOGNE": "PL",
    "POLAND": "PL", "IRLANDE": "IE", "IRELAND": "IE", "SUEDE": "SE", "SWEDEN": "SE", "DANEMARK": "DK",
    "DENMARK": "DK", "FINLANDE": "FI", "FINLAND": "FI", "GRECE": "GR", "GREECE": "GR", "ROUMANIE": "RO",
    "ROMANIA": "RO", "HONGRIE": "HU", "HUNGARY": "HU", "REPUBLIQUE TCHEQUE": "CZ", "CZECH REPUBLIC": "CZ",
    "SLOVAQUIE": "SK", "SLOVENIE": "SI", "CROATIE": "HR", "BULGARIE": "BG", "ESTONIE": "EE", "LETTONIE": "LV",
    "LITUANIE": "LT", "CHYPRE": "CY", "MALTE": "MT", "SUISSE": "CH", "SWITZERLAND": "CH", "CHE": "CH",
    "ROYAUME UNI": "GB", "UNITED KINGDOM": "GB", "UK": "GB", "GBR": "GB", "ETATS UNIS": "US", "UNITED STATES": "US",
    "USA": "US", "MAROC": "MA", "TUNISIE": "TN", "ALGERIE": "DZ", "CANADA": "CA", "NORVEGE": "NO", "NORWAY": "NO",
}
POSTCODES = ("CODE POSTAL", "CP", "POSTCODE", "POSTAL CODE", "ZIP", "ZIP CODE")
FRENCH_POSTCODE = r"^(?:0[1-9]|[1-8]\d|9[0-5]|97[1-8]|980)\d{2,3}$"


def zones(customers: pd.DataFrame, numbers: CompanyNumbers) -> pd.DataFrame:
    """Return ``zone`` (FR, EU, non_EU or ""), ``zone_confidence`` and ``zone_reason`` of each debtor.

    Parameters
    ----------
    customers : DataFrame
        ``country``, and a free attribute that holds postcodes where there is one.
    numbers : CompanyNumbers

    References
    ----------
    DOMAIN.md C: VAT prefix, then the country, then (SIREN and) the postcode; never the bank account.
    """
    prefix = numbers.vat.str.extract(r"^([A-Z]{2})[0-9A-Z]{5,}$")[0].fillna("")
    prefix = prefix.where(numbers.has_vat, "")
    country = fold(customers["country"]).replace(COUNTRY_NAMES)
    country = country.where(country.str.fullmatch("[A-Z]{2}"), "")
    by_prefix, by_country = _zone(prefix), _zone(country)
    is_french = numbers.has_siren | _postcodes(customers).str.match(FRENCH_POSTCODE).to_numpy()
    found = [(by_prefix != "").to_numpy(), (by_country != "").to_numpy(), numbers.has_siren, is_french]
    agree = (by_country == "") | (by_country == by_prefix)
    sure = np.where(agree & ~numbers.is_wrong, "high", "medium")
    contrary = "préfixe du numéro de TVA (" + prefix + "), contre le pays indiqué"
    reason = ("préfixe du numéro de TVA (" + prefix + ")").where(agree, contrary)
    return pd.DataFrame({
        "zone": first_holding(found, [by_prefix, by_country, "FR", "FR"], ""),
        "zone_confidence": first_holding(found, [sure, "high", np.where(numbers.is_wrong, "low", "medium"), "low"], ""),
        "zone_reason": first_holding(
            found, [reason, "pays indiqué (" + country + ")", "SIREN", "code postal à cinq chiffres"], "aucun indice"),
    }, index=customers.index)


def first_holding(
    found: Sequence[npt.NDArray[np.bool_]], choices: Sequence[Any], default: str,
) -> npt.NDArray[np.object_]:
    """Return, row by row, the text of the first evidence that holds, else the default."""
    texts_of = [np.asarray(choice, dtype=object) for choice in choices]
    return np.select(found, texts_of, default=default)


def _zone(code: pd.Series) -> pd.Series:
    zone = pd.Series("non_EU", index=code.index, dtype="str").mask(code.isin(EU), "EU").mask(code.isin(FRANCE), "FR")
    return zone.where(code != "", "")


def _postcodes(customers: pd.DataFrame) -> pd.Series:
    """Return the postcodes a free attribute gives, "" where none does."""
    for name in map(str, customers.columns):
        if name.startswith("attribute:") and fold(pd.Series([name.partition(":")[2]])).iloc[0] in POSTCODES:
            return texts(customers, name)
    return pd.Series("", index=customers.index, dtype="str")
