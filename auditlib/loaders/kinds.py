"""What kind of document a sheet is, from the roles of its columns and what they hold."""

import re

from auditlib.loaders.aliases import normalise

__all__ = ["KINDS_OF_SOURCE", "decide_kind"]

KINDS_OF_SOURCE = (
    "fec",
    "customer_ledger",
    "invoice_list",
    "open_items",
    "aged_balance",
    "trial_balance",
    "customer_list",
    "dispute_list",
    "finding_answers",
    "follow_up",
    "commitments",
    "actions",
    "contacts",
    "promises",
    "ceded",
    "insolvency_list",
    "unknown",
)
ITEM_DATES = frozenset(("document_date", "posting_date", "due_date"))
CUSTOMER = frozenset(("customer_id", "customer_name"))
ATTRIBUTES = frozenset(
    (
        "siren",
        "vat_number",
        "country",
        "customer_type",
        "payment_terms",
        "salesperson",
        "business_unit",
        "size_class",
        "legal_category",
        "credit_limit_cents",
        "group_id",
        "insolvency_procedure",
        "judgment_date",
        "publication_date",
        "claim_declared_on",
    )
)
DISPUTE = frozenset(("dispute_opened_on", "dispute_closed_on", "dispute_reason"))
PROCEDURE = frozenset(("insolvency_procedure", "judgment_date", "publication_date"))
CEDED_TITLES = re.compile(
    r"\b(?:(?:creances|factures) cedees|affacturage|affacturees?|factoring|factor|dailly|effets escomptes|"
    r"escomptes? non echus?|remise?s? a l escompte|ceded|discounted bills)\b"
)
OPEN_TITLES = (
    "open item",
    "open invoice",
    "poste ouvert",
    "postes ouverts",
    "non solde",
    "non regle",
    "non lettre",
    "factures en cours",
    "echeancier",
    "outstanding",
    "impaye",
)
LEDGER_TITLES = (
    "grand livre",
    "general ledger",
    "customer ledger",
    "extrait de compte",
    "historique",
    "mouvements",
    "statement",
)
MOSTLY_OWED = 0.5
"""Credits over debits up to which items that are all open are likelier than a year's movements. [share]"""


def decide_kind(  # noqa: PLR0911 (a decision table: the first row that holds)
    roles: set[str],
    *,
    has_buckets: bool,
    has_settlements: bool,
    has_codes: bool,
    has_counterparts: bool,
    credit_share: float,
    words: str,
) -> tuple[str, float]:
    """Decide a document's kind.

    Parameters
    ----------
    roles : set of str
        Roles with at least one value.
    has_buckets : bool
        Ageing columns were found.
    has_settlements, has_codes : bool
        At least one settlement date, one matching code.
    has_counterparts : bool
        Lines of other accounts face those of the customers.
    credit_share : float
        Credits over debits, by amount. [share]
    words : str
        Title lines, sheet and file name.

    Returns
    -------
    kind, confidence
    """
    sided = {"debit_cents", "credit_cents"} <= roles
    amounts = roles & {"amount_cents", "open_amount_cents"}
    dated, marked = bool(roles & ITEM_DATES), {"side", "due_date"} <= roles
    plain = normalise(words)
    has_entries = {"journal", "entry_number", "account", "posting_date"} <= roles
    if sided and has_entries and (has_counterparts or "due_date" not in roles):
        return "fec", 0.9
    if beside := _kind_beside(roles, plain, sided=sided or has_codes, has_buckets=has_buckets):
        return beside
    if has_buckets:
        # without due dates its columns alone tell the age, as in a balance
        is_detail = "due_date" in roles and bool(roles & {"document_ref", "account"})
        return ("open_items", 0.9) if is_detail else ("aged_balance", 0.95)
    if not dated:
        return _summary_kind(roles, sided=sided, has_amount=bool(amounts))
    if sided:
        is_open = any(title in plain for title in OPEN_TITLES) or (marked and credit_share <= MOSTLY_OWED)
        return ("open_items", 0.7) if is_open and not has_codes else ("customer_ledger", 0.95)
    if not amounts:
        return "unknown", 0.5
    if "open_amount_cents" in roles:
        return "open_items", 0.95
    if has_settlements:
        return "invoice_list", 0.95
    if "settlement_date" in roles and not has_codes:  # a column kept for settlements, and none yet
        return "open_items", 0.9
    return _single_amount_kind(plain, has_codes=has_codes, credit_share=credit_share)


def _is_promises(roles: set[str]) -> bool:
    """Tell a list of promises to pay from open items that have a column for them."""
    beside = {"debit_cents", "credit_cents", "open_amount_cents", "settlement_date", "due_date", "posting_date"}
    return "promised_on" in roles and bool(roles & (CUSTOMER | {"document_ref"})) and not roles & beside


def _kind_beside(roles: set[str], plain: str, *, sided: bool, has_buckets: bool) -> tuple[str, float] | None:
    """Name a list that stands beside the items: promises, claims sold, procedures, disputes; None for none of them."""
    if _is_promises(roles):
        return "promises", 0.9
    if _is_ceded(roles, plain, sided=sided):
        return "ceded", 0.85
    if _is_insolvency_list(roles):
        return "insolvency_list", 0.85
    return ("dispute_list", 0.85) if not has_buckets and _is_dispute_list(roles, plain) else None


def _is_ceded(roles: set[str], plain: str, *, sided: bool) -> bool:
    """Tell a list of claims sold to a factor or bills discounted: by its columns, else by its title."""
    named = bool(roles & {"ceded_on", "ceded_way"}) or bool(CEDED_TITLES.search(plain))
    amounts = roles & {"amount_cents", "open_amount_cents", "total_cents"}
    return named and bool(amounts) and not sided and "journal" not in roles


def _is_insolvency_list(roles: set[str]) -> bool:
    """Tell an extract of an official register from a list of customers: companies by SIREN, no code of ours."""
    ours = roles & {"customer_id", "payment_terms", "salesperson", "business_unit", "credit_limit_cents", "account"}
    amounts = roles & {"debit_cents", "credit_cents", "amount_cents", "open_amount_cents", "total_cents"}
    return "siren" in roles and bool(roles & PROCEDURE) and not ours and not amounts


def _is_dispute_list(roles: set[str], plain: str) -> bool:
    named = "litige" in plain or "dispute" in plain
    return (
        bool(roles & DISPUTE)
        and not roles & {"debit_cents", "open_amount_cents", "settlement_date"}
        and (named or "dispute_opened_on" in roles or "due_date" not in roles)
    )


def _summary_kind(roles: set[str], *, sided: bool, has_amount: bool) -> tuple[str, float]:
    if sided or roles & {"total_cents", "balance_debit_cents"}:
        return ("trial_balance", 0.85) if roles & (CUSTOMER | {"account"}) else ("unknown", 0.5)
    if roles & (CUSTOMER | {"siren"}) and roles & ATTRIBUTES and not has_amount:
        return "customer_list", 0.85
    if roles & CUSTOMER and has_amount:
        return "trial_balance", 0.6
    if roles >= CUSTOMER:
        return "customer_list", 0.6
    return "unknown", 0.5


def _single_amount_kind(plain: str, *, has_codes: bool, credit_share: float) -> tuple[str, float]:
    if any(title in plain for title in OPEN_TITLES) and not has_codes:
        return "open_items", 0.85
    if has_codes or any(title in plain for title in LEDGER_TITLES):
        return "customer_ledger", 0.85
    return ("customer_ledger", 0.65) if credit_share > MOSTLY_OWED else ("open_items", 0.7)
