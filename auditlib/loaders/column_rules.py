"""What a column may be: the aliases of its header, the look of its cells, the columns beside it."""

from collections.abc import Sequence

from auditlib.loaders.aliases import ALIASES, AMBIGUOUS, NOT_A_ROLE, OPEN_WORDS
from auditlib.loaders.cell_content import Content

__all__ = [
    "ALIAS_NAMES",
    "AMOUNT_ROLES",
    "COMPANIES",
    "DATE_ROLES",
    "DATE_WORDS",
    "EXACT",
    "LIKELY",
    "NEAR",
    "OURS",
    "ROLES",
    "AllowedRoles",
    "fits",
    "is_open_name",
]

DATE_ROLES = (
    "document_date",
    "posting_date",
    "due_date",
    "settlement_date",
    "matching_date",
    "dispute_opened_on",
    "dispute_closed_on",
    "judgment_date",
    "publication_date",
    "claim_declared_on",
    "valid_date",
    "promised_on",
    "promise_made_on",
    "ceded_on",
)
AMOUNT_ROLES = (
    "debit_cents",
    "credit_cents",
    "amount_cents",
    "open_amount_cents",
    "original_amount_cents",
    "paid_amount_cents",
    "foreign_amount_cents",
    "total_cents",
    "balance_debit_cents",
    "balance_credit_cents",
    "credit_limit_cents",
)
ROLES = tuple(ALIASES)
LIKELY, NEAR = 0.6, 88
"""Share of cells that must look their role, and likeness of two names (of 100)."""
EXACT: dict[str, list[tuple[int, str]]] = {}
for _role, _names in ALIASES.items():
    for _rank, _name in enumerate(_names):
        EXACT.setdefault(_name, []).append((_rank, _role))
ALIAS_NAMES = tuple(EXACT)
DATE_WORDS = {
    "due_date": frozenset(("echeance", "ech", "exigibilite", "exigible", "due", "maturity")),
    "document_date": frozenset(("emission", "emise", "emis", "facturation", "issued")),
}
COMPANIES = frozenset(("societe", "entreprise", "company", "organisation", "entite", "entity"))
OURS = 3
"""Companies of one group that a file may hold the items of."""


class AllowedRoles:
    """Which roles the other columns leave open: a balance beside debit and credit is a running one, and so on."""

    def __init__(
        self, names: dict[int, str], taken: set[str], contents: Sequence[Content], *, has_buckets: bool
    ) -> None:
        roles = {role for name in names.values() for _, role in EXACT.get(name, [])} | taken
        named_dates = {"document_date", "posting_date", "due_date"} & roles
        self.is_two_sided = {"debit_cents", "credit_cents"} <= roles or (
            "side" in roles and not {"document_ref", "due_date"} <= roles
        )
        has_sides = {"debit_cents", "credit_cents"} <= roles
        is_dated = bool(named_dates)
        self.refused: set[str] = set()
        if has_sides:
            self.refused |= {"amount_cents", "original_amount_cents", "open_amount_cents"}
        if has_buckets:
            is_detail = is_dated and "document_ref" in roles
            self.refused |= {"amount_cents"} if is_detail else {"open_amount_cents", "amount_cents"}
        if not has_buckets and is_dated:
            self.refused |= {"total_cents", "balance_debit_cents", "balance_credit_cents"}
        is_open = any(
            contents[column].amount_share >= LIKELY
            and (_names_open_amount(name) if name in EXACT else is_open_name(name) and name not in NOT_A_ROLE)
            for column, name in names.items()
        )
        has_open = "open_amount_cents" in taken or (is_open and "open_amount_cents" not in self.refused)
        beside = "amount_cents" if has_open and "amount_cents" not in taken else "original_amount_cents"
        self.refused.add(beside)

    def __call__(self, role: str) -> bool:
        """Tell whether a role may still be given."""
        return role not in self.refused


def fits(role: str, content: Content, name: str) -> bool:
    """Tell whether the cells can be what the role asks for."""
    fitting = content.is_empty
    if role in DATE_ROLES:
        fitting |= content.date_share >= LIKELY
    elif role in AMOUNT_ROLES:
        fitting |= content.amount_share >= LIKELY
    elif name in AMBIGUOUS and role == "account":
        fitting |= content.account_share >= LIKELY
    elif name in AMBIGUOUS and role == "customer_name":
        fitting |= content.code_share < LIKELY
    elif name in AMBIGUOUS and role == "customer_id":
        fitting |= content.code_share >= LIKELY
    elif role == "side":
        fitting |= content.distinct <= 4
    else:
        fitting = True
    return fitting


def _names_open_amount(name: str) -> bool:
    return "open_amount_cents" in {role for _, role in EXACT.get(name, [])}


def is_open_name(name: str) -> bool:
    """Tell a header that calls its amounts open ("Open Advance"), dates, delays and limits left out."""
    words = set(name.split())
    return bool(words & (OPEN_WORDS - {"du"})) and not words & {
        "date",
        "days",
        "jours",
        "limit",
        "limite",
        "maxi",
        "maximum",
        "plafond",
        "autorise",
        "progressif",
        "cumule",
        "tax",
        "taxe",
        "taxes",
        "tva",
        "vat",
    }
