"""Which column of a file plays which role: mapping, exact alias, words, near alias, content, in that order."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from auditlib.errors import BadInputError
from auditlib.loaders.aliases import AMBIGUOUS, NOT_A_ROLE, normalise
from auditlib.loaders.buckets_map import is_bucket_header
from auditlib.loaders.cell_content import Content
from auditlib.loaders.column_assignment import Assignment, MappedColumn, rename
from auditlib.loaders.column_rules import (
    ALIAS_NAMES,
    COMPANIES,
    DATE_ROLES,
    DATE_WORDS,
    EXACT,
    LIKELY,
    NEAR,
    OURS,
    ROLES,
    AllowedRoles,
    fits,
    is_open_name,
)
from auditlib.loaders.columns_guessed import (
    give_by_content,
    give_code_beside_name,
    give_currency_of_amount,
    give_near,
)

__all__ = ["MappedColumn", "header_hits", "map_columns"]


def header_hits(cells: Sequence[str], *, with_near: bool) -> float:
    """Score how much a row looks like a header: the roles its cells name, buckets included.

    Near aliases are slow to look for, and no header is made of them alone: they are left out of a first pass.
    """
    names = [normalise(cell) for cell in cells if cell and len(cell) <= 60]
    roles = {EXACT[name][0][1] for name in names if name in EXACT}
    known = sum(name in NOT_A_ROLE for name in names)
    buckets = sum(is_bucket_header(name) for name in names)
    score = len(roles) + 0.5 * known + min(buckets, 6)
    if not with_near:
        return score
    near = sum(
        process.extractOne(name, ALIAS_NAMES, scorer=fuzz.ratio, score_cutoff=NEAR) is not None
        for name in names[:60]
        if len(name) >= 5 and name not in EXACT and name not in NOT_A_ROLE and not any(map(str.isdigit, name))
    )
    return score + 0.6 * near


def map_columns(
    headers: Sequence[str],
    contents: Sequence[Content],
    *,
    chosen: dict[str, str | int],
    ignored: Sequence[str | int] = (),
    buckets: Sequence[int] = (),
    where: str = "",
) -> list[MappedColumn]:
    """Give each column its role.

    Parameters
    ----------
    headers : sequence of str
        As printed, "" where there is none.
    contents : sequence of Content
        What the cells under each header look like.
    chosen : dict
        The auditor's mapping, role to header (or to the column's number); it comes first.
    ignored : sequence of str or int
        Columns that have no role, whatever they look like.
    buckets : sequence of int
        Columns already read as ageing buckets (0-based).
    where : str
        File and sheet, for messages.

    Raises
    ------
    BadInputError
        If the mapping names a role or a header that does not exist.
    """
    given = Assignment(headers)
    _give_chosen(given, chosen, where)
    _ignore(given, ignored, where)
    for number, column in enumerate(buckets, start=1):
        if column not in given.taken:
            given.give(column, f"bucket:{number}", "exact", 1.0)
    allowed = AllowedRoles(
        {column: given.names[column] for column in given.free},
        {mapped.role for mapped in given.taken.values()},
        contents,
        has_buckets=bool(buckets),
    )
    _give_exact(given, contents, allowed)
    _give_open_amount(given, contents, allowed)
    if buckets:
        _give_total_of_ages(given, contents)
    give_near(given, contents, allowed)
    _give_dates(given, contents)
    _give_companies(given, contents)
    give_by_content(given, contents, has_buckets=bool(buckets))
    give_code_beside_name(given, contents)
    give_currency_of_amount(given)
    return _with_attributes(given, contents)


def _give_chosen(given: Assignment, chosen: dict[str, str | int], where: str) -> None:
    for role, header in chosen.items():
        name = role if role in ROLES else f"{role}_cents"
        if name not in ROLES:
            raise BadInputError(f"{where}: mapping: unknown column role {role}; did you mean {_nearest(role, ROLES)}?")
        given.give(_place(given, header, where), name, "mapping", 1.0)


def _ignore(given: Assignment, ignored: Sequence[str | int], where: str) -> None:
    for header in ignored:
        column = _place(given, header, where)
        if column not in given.taken:
            given.give(column, f"attribute:{given.headers[column].strip() or column + 1}", "mapping", 1.0)


def _place(given: Assignment, header: str | int, where: str) -> int:
    """Return the column (0-based) that the auditor names by its header, or by its number."""
    matches = [i for i, text in enumerate(given.headers) if text == str(header)]
    matches += [i for i, text in enumerate(given.names) if text and text == normalise(str(header))]
    if not matches and isinstance(header, int) and 1 <= header <= len(given.headers):
        return header - 1
    if not matches:
        raise BadInputError(
            f"{where}: mapping: no column is headed {header!r}; "
            f"did you mean {_nearest(str(header), given.headers)!r}?"
        )
    return matches[0]


def _nearest(text: str, choices: Sequence[str]) -> str:
    found = process.extractOne(text, [choice for choice in choices if choice], scorer=fuzz.WRatio)
    return str(found[0]) if found else ""


def _give_exact(given: Assignment, contents: Sequence[Content], allowed: AllowedRoles) -> None:
    """Serve the best alias first; where "date" stands alone in a two-sided ledger it is the posting date."""
    pairs = [
        (rank + (_customer_penalty(given.names[column]) if role == "customer_id" else 0), column, role)
        for column in given.free
        for rank, role in EXACT.get(given.names[column], [])
        if allowed(role) and fits(role, contents[column], given.names[column])
    ]
    preferred = "posting_date" if allowed.is_two_sided else "document_date"
    pairs.sort(
        key=lambda pair: (
            given.names[pair[1]] in {"date", "dat"} and pair[2] != preferred,
            contents[pair[1]].is_empty,
            pair[2] == "customer_id" and contents[pair[1]].code_share < LIKELY,  # a key of the database, or a name
            pair[0],
            pair[1],
        )
    )
    for _, column, role in pairs:
        if role == "customer_id" and given.names[column] == "id" and given.has(*DATE_ROLES[:3]):
            continue  # the number of the row itself, in a list of dated items
        if column not in given.taken and not given.has(role):
            given.give(column, role, "exact", 0.9 if given.names[column] in AMBIGUOUS else 1.0)


def _customer_penalty(name: str) -> int:
    """Put a name that may be a code's after the others, and a plain "id", that may be the row's own, last."""
    return 2000 if name == "id" else 1000 * (name in AMBIGUOUS)


def _give_open_amount(given: Assignment, contents: Sequence[Content], allowed: AllowedRoles) -> None:
    if given.has("open_amount_cents") or not allowed("open_amount_cents"):
        return
    if (column := _open_column(given, contents, with_known=False)) is not None:
        given.give(column, "open_amount_cents", "fuzzy", 0.9)


def _give_total_of_ages(given: Assignment, contents: Sequence[Content]) -> None:
    """Take what is open for the total where its parts by age stand beside it."""
    if not given.has("total_cents") and (column := _open_column(given, contents, with_known=True)) is not None:
        given.give(column, "total_cents", "fuzzy", 0.9)


def _open_column(given: Assignment, contents: Sequence[Content], *, with_known: bool) -> int | None:
    """Find a column that calls its amounts open, aliases of the role left out or not."""
    for column in given.free:
        name = given.names[column]
        is_alias = any(role == "open_amount_cents" for _, role in EXACT.get(name, []))
        is_open = (with_known and is_alias) or ((with_known or name not in EXACT) and is_open_name(name))
        if is_open and name not in NOT_A_ROLE and contents[column].amount_share >= LIKELY:
            return column
    return None


def _give_dates(given: Assignment, contents: Sequence[Content]) -> None:
    """Give dates by the word of their header that says which: "Échéance le", "Date d'émission du document"."""
    for role, words in DATE_WORDS.items():
        for column in given.free:
            name = given.names[column]
            if given.has(role) or name in NOT_A_ROLE or name in EXACT:
                continue
            if set(name.split()) & words and contents[column].date_share >= LIKELY:
                given.give(column, role, "fuzzy", 0.85)


def _give_companies(given: Assignment, contents: Sequence[Content]) -> None:
    """Take many companies for the customers of items that name none else: elsewhere they are ours."""
    if given.has("customer_id", "customer_name", "account") or not given.has(*DATE_ROLES[:3]):
        return
    for column, mapped in list(given.taken.items()):
        if given.names[column] in COMPANIES and mapped.how == "exact" and contents[column].distinct > OURS:
            rename(given, column, "customer_name")


def _with_attributes(given: Assignment, contents: Sequence[Content]) -> list[MappedColumn]:
    """Keep what has no role as a free attribute, under its header; two headers alike are numbered."""
    seen: dict[str, int] = {}
    for column in given.free:
        if contents[column].is_empty:
            continue
        header = given.headers[column].strip()
        seen[header] = seen.get(header, 0) + 1
        name = header if seen[header] == 1 else f"{header} {seen[header]}"
        given.give(column, f"attribute:{name}", "attribute", 0.0)
    return [given.taken[column] for column in sorted(given.taken)]
