"""Ageing columns of an aged balance, read from their headers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from auditlib.loaders.aliases import normalise

__all__ = ["Bucket", "is_bucket_header", "is_credits_header", "read_buckets"]

UNITS = r"(?: ?(?:j|jr|jrs|jours?|d|days?|dpd|dias?|dni|giorni|gg|tagen?|tage?|dagen)\b)?"
TAIL = r"(?: ?(?:past due|overdue|echus?|de retard|en retard|late|old|ou plus|et plus))?"
HEAD = (
    r"(?:(?:echus?|echues?|retard|age|aged|depuis|de|entre|from|jours?|days?|overdue|past due|late|tranche|impayes?) )*"
)
RANGE = re.compile(rf"^{HEAD}(\d{{1,3}}){UNITS}(?: ?(?:-|a|to|et|and|/|<) ?(?:de )?| )(\d{{1,3}}){UNITS}{TAIL}$")
MORE = (
    r"(?:>=?|\+|\+ ?de|plus de|plus que|over|more than|sup a|superieurs? a|au dela de|above|au moins|"
    r"mas de|mais de|oltre|uber|ueber|mehr als|meer dan|piu di|ponad|powyzej)"
)
OR_MORE = r"(?:\+|et \+|et plus|ou plus|and over|and above|or more|older|above|plus)"
OVER = re.compile(
    rf"^{HEAD}{MORE} ?(\d{{1,3}}){UNITS}{TAIL}$|^{HEAD}(\d{{1,3}}){UNITS} ?{OR_MORE}{UNITS}{TAIL}$"
)
UP_TO = re.compile(
    rf"^{HEAD}(?:<=?|moins de|up to|jusqu a|inf a|inferieur a|under)? ?(\d{{1,3}}) ?(?:j|jrs|jours?|d|days?){TAIL}$"
    rf"|^{HEAD}(?:<=?|moins de|up to|jusqu a|inferieur a) ?(\d{{1,3}}){UNITS}{TAIL}$"
)
NOT_DUE = re.compile(
    r"^(?:montants? |solde |total )?(?:(?:non|pas) (?:echue?s?|due?s?)(?: (?:au|le) .*)?|a echoir|current|"
    r"not (?:yet )?due(?: on.*)?|courant|"
    r"undue|a la date|"
    r"(?:a echoir|non echue?s?|not (?:yet )?due|undue|current)(?: (?:de |a |from |to |sous )*[<>+]* ?\d{1,3}.*)|"
    r"at date|not overdue|within terms|en cours|current amount|not past due|due)$"
)
NUMBER = re.compile(r"^\s*-?\d+[.,]\d+\s*%?\s*$|^\s*-?\d+\s*%\s*$")
BELOW = re.compile(r"<(?!=)\s*(\d{1,3})\b")
OLDER = re.compile(r"^(?:older|anterieure?s?|plus anciens?|plus ancien|au dela|beyond|> ?older)$")
LATER = re.compile(r"^(?:posterieure?s?|later|future)$")
CREDITS = re.compile(
    r"^(?:(?:avances?|acomptes?|avoirs?|unallocated|unapplied|prepayments?|trop percus?|credits? (?:notes?|memos?))\b"
    r".*|on account|credits?|"
    r"(?:.* )?non (?:affectee?s?|lettree?s?|imputee?s?))$"
)
MONTHS = re.compile(
    r"^(?:janv?(?:ier)?|fevr?(?:ier)?|mars?|avr(?:il)?|mai|juin|juil(?:let)?|aout?|sept?(?:embre)?|"
    r"oct(?:obre)?|nov(?:embre)?|dec(?:embre)?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"feb|apr|jun|jul|aug)(?: \d{2,4})?$"
    r"|^(?:0?[1-9]|1[0-2]) 20\d{2}$|^< ?1 month$|^[1-6] months?$|^[1-9] mois(?: (?:et|ou) (?:\+|plus))?$"
)


@dataclass(frozen=True)
class Bucket:
    """An ageing column of an aged balance.

    Attributes
    ----------
    role : str
        The column of the table, ``bucket:<n>``.
    header : str
        As printed.
    label : str
        ``not_due``, ``1-30``-like, ``>90``-like, ``unallocated_credits``; the header itself where no days are in it.
    from_days, to_days : int or None
        Days overdue, both inclusive; None is open. Both None: not a range of days (calendar months, "Antérieur").
    basis : str
        ``due_date``, ``document_date`` or "" (not readable).
    """

    role: str
    header: str
    label: str
    from_days: int | None
    to_days: int | None
    basis: str = ""


DAY = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
"""A day, in the header of a period."""
SHORT_PERIOD = re.compile(
    r"^(?:(?:0?[1-9]|1[0-2])[/.-]\d{2}|m(?: ?[-+] ?\d{1,2})?(?: et (?:ant|plus|\+).*)?|[tq][1-4](?: ?\d{2,4})?)$",
    re.IGNORECASE,
)
"""A month and its year, a month before that of the balance, a quarter: too short to stand alone."""
DAYS = re.compile(
    rf"^(?:(?:du|de|from)? ?{DAY} ?(?:au|a|à|to|-|–) ?{DAY}|"
    rf"(?:avant|jusqu.au|ant[ée]rieur au|before|until|apr[èe]s|post[ée]rieur au|[àa] partir du|d[èe]s|after|<|>) ?"
    rf"(?:le )?{DAY}|20\d\d-\d\d-\d\d(?: 00:00:00)?)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 16)
def _words(header: str) -> str:
    if NUMBER.match(header):
        return ""
    text = re.sub(r"(?<=\d)\s*[-–—]\s*(?=\d)", " - ", header).replace("≤", "<=").replace("≥", ">=")
    text = re.sub(r"(?i)\bj ?\+ ?(\d{1,3})\b", r"\1 j", re.sub("(?i)exigible", "échu", text))
    text = text.strip().removeprefix("(").removesuffix(")") if text.strip().startswith("(") else text
    kept = text.replace(" - ", " a ").replace("=", "")
    return normalise(kept).replace("> ", ">").replace("< ", "<").replace("+ ", "+ ")


def _kind(name: str) -> str:
    for kind, pattern in (
        ("not_due", NOT_DUE),
        ("unallocated_credits", CREDITS),
        ("older", OLDER),
        ("calendar", MONTHS),
        ("calendar", LATER),
        ("range", RANGE),
        ("over", OVER),
        ("up_to", UP_TO),
    ):
        if pattern.match(name):
            return kind
    return ""


@lru_cache(maxsize=1 << 16)
def is_bucket_header(header: str) -> bool:
    """Tell a header that can only be an ageing column (days or "not due")."""
    return _kind(_words(header)) in {"range", "over", "up_to", "not_due"} and not header.strip().isdigit()


def is_credits_header(header: str) -> bool:
    """Tell a header of what customers paid in advance, or on account."""
    return bool(CREDITS.match(_words(header)))


def read_buckets(headers: Sequence[str], *, basis: str = "") -> list[tuple[int, Bucket]]:
    """Read the ageing columns among the headers; none unless two of them say how late.

    Parameters
    ----------
    headers : sequence of str
    basis : {"", "due_date", "document_date"}
        What the title says the ages count from.

    Returns
    -------
    list of (column, Bucket)
        0-based column, in the order printed.
    """
    has_periods = sum(bool(SHORT_PERIOD.match(header.strip())) for header in headers) > 1  # 1/30 stands alone
    kinds = {
        column: "calendar"
        if DAYS.match(header.strip()) or (has_periods and SHORT_PERIOD.match(header.strip()))
        else _kind(_words(header))
        for column, header in enumerate(headers)
        if header.strip() and normalise(header) != "total due"
    }
    if (column := _oldest(headers, kinds)) is not None:
        kinds[column] = "over"
    aged = [column for column, kind in kinds.items() if kind in {"range", "over", "up_to", "calendar"}]
    if len(aged) + any(kind == "not_due" for kind in kinds.values()) < 2 or not aged:
        return []
    found: list[tuple[int, Bucket]] = []
    starts = [int(edge[1]) for column in aged if (edge := RANGE.match(_words(headers[column])))]
    ends = [_upper(headers[column], starts) for column in aged]
    highs = [end for end in ends if end is not None]
    for column, kind in kinds.items():
        if kind:
            role, header = f"bucket:{len(found) + 1}", headers[column].strip()
            found.append((column, _bucket(
                role, header, kind, highs=highs, upper=_upper(header, starts), basis=basis)))
    return [(column, _bounded(bucket, [other for _, other in found])) for column, bucket in found]


def _oldest(headers: Sequence[str], kinds: Mapping[int, str]) -> int | None:
    """Find what is older than the ranges: the column after the last, of its last day, in whatever language."""
    ranges = [column for column, kind in kinds.items() if kind == "range"]
    if len(ranges) < 2 or set(kinds.values()) & {"over", "older"}:
        return None
    last = ranges[-1]
    limit, header = _upper(headers[last], ()), headers[last + 1] if last + 1 < len(headers) else ""
    said = re.findall(r"\d+", header)
    return last + 1 if said == [str(limit)] and not header.strip().isdigit() and not NUMBER.match(header) else None


def _upper(header: str, starts: Sequence[int]) -> int | None:
    """Return the last day of a column, None where it has none; "< 30 days" ends the day before, unless 31 follows."""
    name = _words(header)
    if found := RANGE.match(name):
        return int(found[2])
    if _kind(name) != "up_to" or not (found := UP_TO.match(name)):
        return None
    limit = int(found[1] or found[2])
    return limit - 1 if BELOW.search(header) and limit + 1 not in starts else limit


def _bucket(
    role: str, header: str, kind: str, *, highs: Sequence[int], upper: int | None, basis: str
) -> Bucket:
    """Read a column, given the last days of all of them in any order, and its own."""
    name = _words(header)
    says = basis or ("due_date" if re.search(r"\bechu|\bretard|overdue|past due|non echu|not due", name) else "")
    if kind in {"not_due", "unallocated_credits"}:
        return Bucket(role, header, kind, None, 0 if kind == "not_due" else None, says if kind == "not_due" else "")
    if kind == "range" and (found := RANGE.match(name)):
        low, high = int(found[1]), int(found[2])
        return Bucket(role, header, f"{low}-{high}", low, high, says)
    if kind == "up_to" and upper is not None:
        first = 0 if upper % 10 == 9 else 1  # 0-29 has thirty days, as 30-59
        low = max((high + 1 for high in highs if high < upper), default=first)
        return Bucket(role, header, f"{low}-{upper}", low, upper, says)
    if kind == "over":
        found = OVER.match(name)
        limit = int(found[1] or found[2]) if found else max(highs)
        previous = max((high for high in highs if high <= limit), default=None)
        # "91 and over" starts at 91; "90+" starts where the bucket before it ends
        low = limit if previous == limit - 1 or limit % 10 == 1 else limit + 1
        return Bucket(role, header, f">{low - 1}", low, None, says)
    if kind == "older" and highs:
        return Bucket(role, header, f">{max(highs)}", max(highs) + 1, None, says)
    return Bucket(role, header, header, None, None, says)


def _bounded(bucket: Bucket, others: Sequence[Bucket]) -> Bucket:
    """End a column that only says where it begins ("+ de 30 jours") where the next of its kind does."""
    begins = bucket.from_days
    later = [other.from_days for other in others if other.to_days is None and other.from_days is not None]
    if begins is None or bucket.to_days is not None or begins >= max(later):
        return replace(bucket, label=bucket.label.removesuffix(" 00:00:00"))
    ends = min(day for day in later if day > begins) - 1
    return replace(bucket, label=f"{begins}-{ends}", to_days=ends)
