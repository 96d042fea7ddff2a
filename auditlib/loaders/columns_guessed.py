"""Roles of columns whose header is no known name: from a near name, from their content, from the columns beside."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from auditlib.loaders.aliases import NOT_A_ROLE
from auditlib.loaders.cell_content import Content
from auditlib.loaders.column_assignment import Assignment, rename
from auditlib.loaders.column_rules import AMOUNT_ROLES, DATE_ROLES, EXACT, NEAR, AllowedRoles, fits

__all__ = ["give_by_content", "give_code_beside_name", "give_currency_of_amount", "give_near"]

PLAIN_NUMBERS = frozenset(("code", "id", "n", "no", "number", "numero"))


def give_near(given: Assignment, contents: Sequence[Content], allowed: AllowedRoles) -> None:
    """Take a header for the nearest known name whose role is free and whose content fits."""
    for column in given.free:
        name = given.names[column]
        if len(name) < 5 or name in NOT_A_ROLE or name in EXACT:
            continue
        open_roles = {role for role in {pairs[0][1] for pairs in EXACT.values()} - given.roles if allowed(role)}
        choices = [
            alias
            for alias, pairs in EXACT.items()
            if len(alias) >= 5 and pairs[0][1] in open_roles and fits(pairs[0][1], contents[column], alias)
        ]
        found = process.extractOne(name, choices, scorer=fuzz.ratio, score_cutoff=NEAR) or process.extractOne(
            name, choices, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR + 6
        )
        if found:
            given.give(column, EXACT[found[0]][0][1], "fuzzy", round(found[1] / 100, 2))


def give_by_content(given: Assignment, contents: Sequence[Content], *, has_buckets: bool) -> None:
    """Last resort: the only column of dates, the only column of amounts, the texts that open a summary."""
    free = set(range(len(given.headers))) - set(given.taken)
    columns = [column for column in sorted(free) if given.names[column] not in NOT_A_ROLE]
    dates = [column for column in columns if contents[column].date_share >= 0.9 and given.headers[column].strip()]
    has_amount = given.has(*AMOUNT_ROLES[:5], "total_cents", "balance_debit_cents") or has_buckets
    if dates and has_amount and not has_buckets and not given.has(*DATE_ROLES[:3]):
        given.give(dates[0], "document_date", "content", 0.5)
    amounts = [
        column
        for column in columns
        if column not in given.taken
        and given.headers[column].strip()
        and contents[column].amount_share >= 0.95
        and contents[column].decimal_share >= 0.3
    ]
    if len(amounts) == 1 and not has_amount and given.has(*DATE_ROLES[:3]):
        given.give(amounts[0], "amount_cents", "content", 0.5)
    # a detail has its customers above its items, or in a column with a name
    held = {mapped.role for column, mapped in given.taken.items() if not contents[column].is_empty}
    if has_buckets and not held & {*DATE_ROLES[:3], "customer_id", "customer_name", "account"}:
        texts = (column for column in columns if contents[column].amount_share < 0.5 and not contents[column].is_empty)
        if (first := next(texts, None)) is not None:
            given.give(first, "customer_name", "content", 0.6)


def give_code_beside_name(given: Assignment, contents: Sequence[Content]) -> None:
    """Take a plain "No." for the customer's where documents have their own, and it changes as often as the name."""
    by_role = {mapped.role: contents[column].distinct for column, mapped in given.taken.items()}
    names, documents = by_role.get("customer_name", 0), by_role.get("document_ref", 0)
    if "customer_id" in by_role or not 1 < names < documents:
        return
    for column in given.free:
        if given.names[column] in PLAIN_NUMBERS and contents[column].distinct == names:
            given.give(column, "customer_id", "content", 0.7)
            return


def give_currency_of_amount(given: Assignment) -> None:
    """Put a plain "currency" beside a foreign amount with it; without another amount, both are the main ones."""
    by_role = {mapped.role: column for column, mapped in given.taken.items()}
    foreign = by_role.get("foreign_amount_cents")
    if foreign is None:
        return
    if "foreign_currency" not in by_role and abs(by_role.get("currency", -9) - foreign) == 1:
        rename(given, by_role["currency"], "foreign_currency")
    if not given.has(*AMOUNT_ROLES[:4], "total_cents", "bucket:1"):
        rename(given, foreign, "amount_cents")
        if "foreign_currency" in by_role and "currency" not in by_role:
            rename(given, by_role["foreign_currency"], "currency")
