"""Whether a debtor is a company, a consumer or a public body, and where it is, when no file says so."""

import numpy as np
import pandas as pd

from auditlib.loaders.table_columns import fold, matches

__all__ = ["with_types"]

EU = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "GR", "ES", "FI", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
))
"""Prefixes of VAT numbers and country codes; EL and GR are both Greece, XI is Northern Ireland."""
FRANCE = frozenset(["FR", "FX", "MC", "GP", "GF", "MQ", "RE", "YT", "PM", "BL", "MF"])
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
    "USA": "US", "MAROC": "MA", "TUNISIE": "TN", "ALGERIE": "DZ", "CANADA": "CA",
}
SIREN_LENGTH, SHORTEST_VAT_NUMBER = 9, 8
GIVEN_TYPES = (
    ("public", r"public|collectivit|administration|mairie|etat|government|municipal|\bb2g\b|\bbtog\b"),
    ("B2C", r"\bb2c\b|\bbtoc\b|particulier|consommateur|consumer|individual|personne physique"),
    (
        "B2B",
        r"\bb2b\b|\bbtob\b|entreprise|soci[ée]t[ée]|profession|\bpro\b|compan|business|corporate|commerc|association",
    ),
)
PUBLIC_NAME = (
    r"^(?:MAIRIE|COMMUNE DE|VILLE DE|DEPARTEMENT|CONSEIL (?:DEPARTEMENTAL|REGIONAL|GENERAL)|REGION|METROPOLE"
    r"|COMMUNAUTE (?:D AGGLO|DE COMMUNES|URBAINE)|SYNDICAT (?:MIXTE|INTERCOMMUNAL)|SDIS|CCAS|CIAS|EHPAD|CHU|CHR|CH"
    r"|CENTRE HOSPITALIER"
    r"|HOPITA(?:L|UX)|LYCEE|COLLEGE|UNIVERSITE|CROUS|OPH|PREFECTURE|SOUS PREFECTURE|MINISTERE|DDFIP|DRFIP|TRESOR PUBLIC"
    r"|RECTORAT|EPCI|REGIE|CPAM|CAF|URSSAF|ECOLE (?:PRIMAIRE|MATERNELLE)|CAISSE PRIMAIRE|AGENCE DE L EAU)\b"
    r"|\b(?:CENTRE HOSPITALIER|COMMUNAUTE DE COMMUNES|MAIRIE DE|TRESOR PUBLIC)\b"
)
NOT_PUBLIC = r"\b(?:BAR|BRASSERIE|CAFE|RESTAURANT|TABAC|HOTEL|PRIVEE?|SA HLM|SEM|SARL|SAS|SASU|EURL|SA|SNC|SCI)\b"
CIVIL_TITLE = r"^(?:M|MR|MME|MLLE|MONSIEUR|MADAME|MADEMOISELLE|MRS|MS|M ET MME|M OU MME|MR ET MME)\s+\S"
LEGAL_FORM = (r"\b(?:SAS|SASU|SARL|EURL|SA|SNC|SCI|SCOP|SCM|SCEA|GAEC|EARL|GIE|SELARL|SCP|EIRL|LTD|LIMITED|LLC|INC|CORP"
              r"|GMBH|AG|KG|OHG|SRL|SPA|SL|BV|NV|BVBA|SPRL|PLC|OY|AB|LDA|CO|CORPORATION|COMPANY|GROUP|FOUNDATION|ASSOCIATES|ASSOCIATION|FONDATION|ETS|ETABLISSEMENTS|SOCIETE|ENTREPRISE)\b")


def with_types(customers: pd.DataFrame) -> pd.DataFrame:
    """Add ``customer_type``, ``zone`` and why; a type given is only put in our words.

    Parameters
    ----------
    customers : DataFrame
        ``name, customer_type, country, siren, vat_number, legal_category``, texts.

    Returns
    -------
    DataFrame
        With ``customer_type`` (B2B, B2C, public, ""), ``zone`` (FR, EU, non_EU, "") and ``type_reason``, in French.

    Notes
    -----
    Order of the evidence: the file, the legal category, the SIREN (1 and 2 are public bodies), the name,
    a VAT number or a SIREN, a civil title without either, a legal form.
    """
    name = fold(customers["name"])
    siren = customers["siren"].str.replace(r"\D", "", regex=True).str.slice(0, 9)
    vat = fold(customers["vat_number"]).str.replace(" ", "")
    category = customers["legal_category"].str.strip()
    public_name = matches(name, PUBLIC_NAME) & ~matches(name, NOT_PUBLIC)
    numbered = (siren.str.len() == SIREN_LENGTH) | (vat.str.len() >= SHORTEST_VAT_NUMBER)
    evidence = (
        (category.str.match(r"[47]\d{0,3}$"), "public", "catégorie juridique"),
        (category.str.match(r"[123569]\d{0,3}$"), "B2B", "catégorie juridique"),
        (siren.str.match(r"[12]\d{8}$"), "public", "SIREN commençant par 1 ou 2"),
        (public_name, "public", "nom"),
        (numbered, "B2B", "SIREN ou numéro de TVA"),
        (matches(name, CIVIL_TITLE) & ~matches(name, LEGAL_FORM), "B2C", "civilité, sans SIREN ni numéro de TVA"),
        (matches(name, LEGAL_FORM), "B2B", "forme juridique"),
    )
    conditions = [np.asarray(found, dtype=bool) for found, _, _ in evidence]
    inferred = np.select(conditions, [kind for _, kind, _ in evidence], default="")
    reason = np.select(conditions, [why for _, _, why in evidence], default="")
    given = _given_type(customers["customer_type"])
    return customers.assign(
        customer_type=given.where(given != "", inferred), zone=_zones(customers["country"], vat, siren),
        type_reason=np.where(given != "", "fichier clients", reason))


def _given_type(written: pd.Series) -> pd.Series:
    found = pd.Series("", index=written.index, dtype="str")
    for name, pattern in reversed(GIVEN_TYPES):
        found = found.mask(matches(written, pattern), name)
    return found


def _zones(countries: pd.Series, vat: pd.Series, siren: pd.Series) -> pd.Series:
    """Take the VAT number's prefix, then the country, then a SIREN."""
    prefix = vat.str.extract(r"^([A-Z]{2})[0-9A-Z]{5,}$")[0].fillna("")
    plain = fold(countries)
    country = plain.replace(COUNTRY_NAMES)
    code = prefix.where(prefix != "", country)
    code = code.where((code != "") | (siren.str.len() != SIREN_LENGTH), "FR")
    zone = pd.Series("non_EU", index=code.index).mask(code.isin(EU), "EU").mask(code.isin(FRANCE), "FR")
    return zone.where(code.str.fullmatch("[A-Z]{2}"), "")
