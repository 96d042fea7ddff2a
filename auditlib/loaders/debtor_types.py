"""Whether a debtor is a company, a consumer or a public body, how large and where, when no file says so."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.loaders.company_numbers import CompanyNumbers, company_numbers
from auditlib.loaders.table_columns import fold, matches, texts
from auditlib.loaders.territories import first_holding, zones

__all__ = ["with_types"]

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
    r"|COMMUNAUTE (?:D AGGLO|D AGGLOMERATION|DE COMMUNES|URBAINE)|SYNDICAT (?:MIXTE|INTERCOMMUNAL)|SDIS|CCAS|CIAS|EHPAD"
    r"|CHU|CHR|CHRU|CENTRE HOSPITALIER|HOPITA(?:L|UX)|LYCEE|COLLEGE|UNIVERSITE|CROUS|OPH|PREFECTURE|SOUS PREFECTURE"
    r"|MINISTERE|DDFIP|DRFIP|TRESOR PUBLIC|RECTORAT|EPCI|REGIE|CPAM|CAF|URSSAF|ECOLE (?:PRIMAIRE|MATERNELLE)"
    r"|CAISSE PRIMAIRE|AGENCE DE L EAU|OFFICE PUBLIC|ETABLISSEMENT PUBLIC|SERVICE DEPARTEMENTAL)\b"
    r"|\b(?:CENTRE HOSPITALIER|COMMUNAUTE DE COMMUNES|MAIRIE DE|TRESOR PUBLIC)\b"
)
SHORT_PUBLIC_NAME = r"^(?:CH|CC|CA|CU) (?:DE|DU|DES|D|LE|LA|LES)\b"
"""Initials of hospitals and groups of communes before a place: a hint, no more."""
NOT_PUBLIC = (
    r"\b(?:BAR|BRASSERIE|CAFE|RESTAURANT|TABAC|PRESSE|HOTEL|BOULANGERIE|PHARMACIE|GARAGE|AUBERGE|PRIVEE?"
    r"|SA HLM|SEM|SEML|SARL|SAS|SASU|EURL|SA|SNC|SCI)\b")
"""Trades and forms that a name borrowed from a public body gives away."""
CIVIL_TITLE = r"^(?:M|MR|MME|MLLE|MONSIEUR|MADAME|MADEMOISELLE|MRS|MS|M ET MME|M OU MME|MR ET MME)\s+\S"
LEGAL_FORM = (r"\b(?:SAS|SASU|SARL|EURL|SA|SNC|SCI|SCOP|SCM|SCEA|GAEC|EARL|GIE|SELARL|SCP|EIRL|LTD|LIMITED|LLC|INC|CORP"
              r"|GMBH|AG|KG|OHG|SRL|SPA|SL|BV|NV|BVBA|SPRL|PLC|OY|AB|LDA|CO|CORPORATION|COMPANY|GROUP|FOUNDATION"
              r"|ASSOCIATES|ASSOCIATION|FONDATION|ETS|ETABLISSEMENTS|SOCIETE|ENTREPRISE)\b")
VERY_SMALL_FORM = r"\b(?:EI|EIRL|AUTO ?ENTREPRENEUR|MICRO ?ENTREPRENEUR|MICRO ?ENTREPRISE|ARTISAN)\b"
SIZE_WORDS = (("Public", r"public|collectivit"), ("Particulier", r"particulier|b2c|consommateur"),
              ("TPE", r"\btpe\b|micro|tr[èe]s petite"))
"""Default wording of an inferred class, and how a file words it."""
HIGH, MEDIUM, LOW = "high", "medium", "low"


def with_types(customers: pd.DataFrame) -> pd.DataFrame:
    """Add type, zone and size class with how surely and why; what a file gives is only put in our words.

    Parameters
    ----------
    customers : DataFrame
        ``name, customer_type, country, siren, vat_number, legal_category`` and, where there is one, ``size_class``,
        texts.

    Returns
    -------
    DataFrame
        With ``customer_type`` (B2B, B2C, public, ""), ``zone`` (FR, EU, non_EU, ""), ``size_class``, the confidence of
        type and zone (high, medium, low, "") and the reason of each, in French.

    Notes
    -----
    Order of the evidence: the file, the legal category, the SIREN (1 and 2 are public bodies), the name,
    a VAT number or a SIREN, a civil title without either, a legal form. A size is never guessed from a turnover nobody
    gave: public bodies, consumers and one-person businesses are told apart, the rest stays unknown.

    References
    ----------
    DOMAIN.md C (public bodies, territory, legal forms).
    """
    numbers = company_numbers(customers)
    found = customers.assign(**_types(customers, numbers)).assign(**dict(zones(customers, numbers)))
    return found.assign(**_sizes(found))


def _types(customers: pd.DataFrame, numbers: CompanyNumbers) -> dict[str, npt.NDArray[np.object_]]:
    evidence = _type_evidence(customers, numbers)
    given = _given_type(customers["customer_type"]).to_numpy(dtype=object)
    conditions = [given != "", *(np.asarray(held, dtype=bool) for held, _, _, _ in evidence)]
    kinds, confidences, reasons = zip(*(choice for _, *choice in evidence), strict=True)
    columns = {
        "customer_type": ([given, *kinds], ""), "type_confidence": ([HIGH, *confidences], ""),
        "type_reason": (["fichier clients", *reasons], "aucun indice")}
    return {name: first_holding(conditions, choices, default) for name, (choices, default) in columns.items()}


def _type_evidence(customers: pd.DataFrame, numbers: CompanyNumbers) -> tuple[tuple[Any, str, Any, Any], ...]:
    """Return what may tell a type, strongest first: where it holds, the type, how surely, and why."""
    name, category = fold(customers["name"]), customers["legal_category"].str.strip()
    borrowed = matches(name, NOT_PUBLIC)
    public_name = matches(name, PUBLIC_NAME) & ~borrowed
    short_name = matches(name, SHORT_PUBLIC_NAME) & ~borrowed
    public_siren = numbers.siren.str.match(r"[12]\d{8}$").to_numpy()
    form, person = matches(name, LEGAL_FORM), matches(name, CIVIL_TITLE)
    right = ~numbers.is_wrong
    firm = np.where(numbers.has_siren, "SIREN", "numéro de TVA")
    firm = np.where(right, firm, firm + " (clé fausse)")
    return (
        (category.str.match(r"[47]\d{0,3}$"), "public", HIGH, "catégorie juridique " + category + " (droit public)"),
        (category.str.match(r"[123569]\d{0,3}$"), "B2B", HIGH, "catégorie juridique " + category),
        (public_siren, "public", np.where(public_name & right, HIGH, np.where(right, MEDIUM, LOW)),
         np.where(public_name, "SIREN commençant par 1 ou 2, et nom", "SIREN commençant par 1 ou 2")),
        (public_name, "public", np.where(numbers.has_siren, LOW, MEDIUM),
         np.where(numbers.has_siren, "nom, contre un SIREN qui ne commence ni par 1 ni par 2", "nom")),
        (numbers.has_siren | numbers.has_vat, "B2B", np.where(right, HIGH, LOW), firm),
        (short_name, "public", LOW, "initiales du nom"),
        (person & ~form, "B2C", MEDIUM, "civilité, sans SIREN ni numéro de TVA"),
        (form, "B2B", MEDIUM, "forme juridique dans le nom"),
    )


def _given_type(written: pd.Series) -> pd.Series:
    found = pd.Series("", index=written.index, dtype="str")
    for name, pattern in reversed(GIVEN_TYPES):
        found = found.mask(matches(written, pattern), name)
    return found


def _sizes(customers: pd.DataFrame) -> dict[str, npt.NDArray[np.object_]]:
    """Tell the size class where no file does, in the file's own word where it has one for that class."""
    given = texts(customers, "size_class")
    words = {default: next(iter(given[matches(given, pattern)].mode()), default) for default, pattern in SIZE_WORDS}
    kind = customers["customer_type"]
    very_small = (kind == "B2B") & (matches(fold(customers["name"]), VERY_SMALL_FORM)
                                    | customers["legal_category"].str.match(r"\s*1\d{0,3}$"))
    held = [np.asarray(one, dtype=bool) for one in (given != "", kind == "public", kind == "B2C", very_small)]
    return {
        "size_class": first_holding(held, [given, *(words[name] for name, _ in SIZE_WORDS)], ""),
        "size_reason": first_holding(
            held, ["fichier clients", "organisme public", "particulier", "entrepreneur individuel"],
            "aucun indice : ni le fichier ni la forme juridique ne donnent la taille"),
    }
