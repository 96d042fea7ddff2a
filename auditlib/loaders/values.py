"""Cells into numbers and identifiers, whole columns at a time."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.amounts import cents_from_floats
from auditlib.loaders.grid import Mask

__all__ = ["Amounts", "amount_share", "parse_amounts", "repair_identifiers"]

SPACES = "[\\s\u00a0\u2000-\u200f\u2028-\u202f\u205f\u2060\ufeff]"
APOSTROPHES = "['’‘ʼ′´`]"
CURRENCIES = (
    r"[€$£¥₪]|(?i:euros?|eur|usd|gbp|chf|cad|mad|ils|tnd|dzd|xof|xaf|f\.?\s?cfa|jpy|sek|nok|dkk|pln|dhs?)"
)
NOISE = f"{SPACES}|{APOSTROPHES}|{CURRENCIES}"
DASHES = "[−–‒﹣－]"
"""Minus signs as typesetters write them."""
BLANKS = r"^(?:|-+|—|\.|(?i:n/?a|null|nan|none|nil|#n/a))$"
NUMBER = r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$"
SHAPED = r"^-?\(?[+-]?\d[\d.,]*(?:[eE][+-]?\d+)?(?:%|-|\+|\)|(?i:cr\.?|dr\.?|c|d))?$|^[+-]?\.\d+$"
MARKED = r"(?:[-+]|(?i:cr\.?|dr\.?|c|d))$"
PARTED = rf"\d(?:{SPACES}|{APOSTROPHES})+(?:\d{{1,2}}|\d{{4,}})(?:[^\d]|$)"
MISPLACED = (
    r"[.,](?:[.,]|\d[.,]|\d{4,}[.,])|[.,]\d*,\d*\.\d*,|[.,]\d*\.\d*,\d*\.|,\d{2}\.|\.\d{2},"
    r"|,\d+,(?:\d{1,2}|\d{4,})$|\.\d+\.(?:\d{1,2}|\d{4,})$"
)
"""Thousands separators that stand before something else than three digits, or two in India: no number."""
EXTRA_DECIMALS = 5e-4
LARGEST = 2**53
"""No amount is larger: such a number is a code or a mistake, and a float would no longer hold its cents. [cents]"""
EASY = 1e6
"""Up to this amount a float rounds half up like the decimal it was read from; larger ones are counted in decimals."""


@dataclass(frozen=True)
class Amounts:
    """A column of amounts.

    Attributes
    ----------
    cents : ndarray of int64
        0 where blank or unreadable.
    is_missing, is_bad : ndarray of bool
        Blank cells, and cells that hold something else than a number.
    rounding : ndarray of float64
        The rounded amount less the exact one where a cell has more than two decimals, else 0; without an
        element where no cell has. [cents]
    is_decimal_evident : bool
        False where commas or points could be decimal marks as well as thousands separators.
    """

    cents: npt.NDArray[np.int64]
    is_missing: Mask
    is_bad: Mask
    rounding: npt.NDArray[np.float64]
    is_decimal_evident: bool


def parse_amounts(column: pa.ChunkedArray | pa.Array, *, decimal: str = ".", is_workbook: bool = False) -> Amounts:
    """Read a column of amounts, whatever the habits of the country it comes from.

    Thousands separators (spaces, points, commas, apostrophes), currency signs, a sign before or after,
    parentheses, powers of ten and ``CR``/``DR`` are understood. The decimal mark is decided on the whole column.

    Parameters
    ----------
    column : Arrow array of string
    decimal : {".", ","}
        Decimal mark where nothing in the column tells.
    is_workbook : bool
        Numbers of a workbook have a decimal point, so that ``1.234`` is not a thousand.

    Returns
    -------
    Amounts
        [cents]
    """
    encoded = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if (plain := _plain(encoded)) is not None:
        return plain
    dashed = pc.replace_substring_regex(encoded, DASHES, "-")
    bare = pc.replace_substring_regex(dashed, NOISE, "")
    is_missing = np.asarray(pc.match_substring_regex(bare, BLANKS))
    negative, bare = _sign(bare)
    mark, is_evident = _decimal_mark(bare, decimal, is_workbook=is_workbook)
    plain = _with_point(bare, mark)
    is_number = pc.and_not(pc.match_substring_regex(plain, NUMBER), _is_misplaced(dashed, bare))
    plain = pc.if_else(is_number, plain, "nan")
    numbers = np.asarray(pc.cast(plain, pa.float64()))
    read = _from_floats(np.where(negative, -np.abs(numbers), numbers), is_missing, is_evident=is_evident)
    return _counted_in_decimals(read, plain, numbers, negative)


def _plain(column: pa.Array) -> Amounts | None:
    """Read at once a column of plain numbers with at most two decimals, such as an FEC's; None for any other."""
    is_plain = pc.match_substring_regex(column, r"^-?\d{1,13}(?:[.,]\d{1,2})?$|^$")
    if not pc.all(is_plain).as_py():
        return None
    is_missing = np.asarray(pc.equal(column, ""), dtype=bool)
    pointed = pc.replace_substring(pc.if_else(pa.array(is_missing), "nan", column), ",", ".")
    return _from_floats(np.asarray(pc.cast(pointed, pa.float64())), is_missing, is_evident=True)


def _is_misplaced(printed: pa.Array, bare: pa.Array) -> pa.Array:
    """Tell the texts whose separators do not part thousands (12..5, 1.2.3, 12 34)."""
    return pc.or_(pc.match_substring_regex(printed, PARTED), pc.match_substring_regex(bare, MISPLACED))


def _sign(bare: pa.Array) -> tuple[Mask, pa.Array]:
    """Take signs after, parentheses and credit marks off; tell which amounts they make negative."""
    in_parentheses = np.asarray(pc.match_substring_regex(bare, r"^-?\([^()]*\)$"))
    trailing = np.asarray(pc.match_substring_regex(bare, r"\d[.,]?(?:-|(?i:c|cr\.?))$"))
    cleaned = pc.replace_substring_regex(bare, r"^-?\(|\)$", "")
    cleaned = pc.replace_substring_regex(cleaned, MARKED, "")
    return in_parentheses | trailing, pc.replace_substring_regex(cleaned, r"^\+", "")


def _count(texts: pa.Array, pattern: str) -> int:
    return int(pc.sum(pc.match_substring_regex(texts, pattern)).as_py() or 0)


def _decimal_mark(bare: pa.Array, default: str, *, is_workbook: bool) -> tuple[str, bool]:
    """Choose the decimal mark of a column; the second value is False if three digits after it leave a doubt."""
    comma = _count(bare, r"\..*,|^-?\d*,(?:\d{1,2}|\d{4,})$|^-?(?:\d{4,}|0|),\d{3}$|\..*\..*\d$")
    point = _count(bare, r",.*\.|^-?\d*\.(?:\d{1,2}|\d{4,})$|^-?(?:\d{4,}|0|)\.\d{3}$|,.*,.*\d$")
    doubtful = rf"^-?[1-9]\d{{0,2}}[{',' if is_workbook else '.,'}]\d{{3}}$"
    if comma != point:
        is_evident = min(comma, point) == 0 or _count(bare, r"^-?[1-9]\d{0,2}[.,]\d{3}$") == 0
        return ("," if comma > point else "."), is_evident
    # a spreadsheet prints the number 1.5 without zeros: 1.500 was typed as a text
    if is_workbook and not point and _count(bare, r"^-?[1-9]\d{0,2}\.\d{2}0$"):
        return ",", False
    return ("." if is_workbook else default), _count(bare, doubtful) == 0


def _with_point(bare: pa.Array, mark: str) -> pa.Array:
    """Write every number with a decimal point and no thousands separator."""
    other = "." if mark == "," else ","
    escaped, strange = ("," if mark == "," else r"\."), (r"\." if mark == "," else ",")
    # a lone mark of the other kind, not before three digits, can only be a decimal mark too; so is one before a power
    is_other_decimal = pc.match_substring_regex(
        bare, rf"^-?\d*{strange}(?:\d{{1,2}}|\d{{4,}})$|{escaped}.*{strange}\d*$|^-?\d*{strange}\d*[eE]"
    )
    several = pc.match_substring_regex(bare, rf"{escaped}.*{escaped}")
    usual = pc.replace_substring(pc.replace_substring(bare, other, ""), mark, ".")
    swapped = pc.replace_substring(pc.replace_substring(bare, mark, ""), other, ".")
    whole = pc.replace_substring_regex(bare, r"[.,]", "")
    return pc.if_else(is_other_decimal, swapped, pc.if_else(several, whole, usual))


def _from_floats(numbers: npt.NDArray[np.float64], is_missing: Mask, *, is_evident: bool) -> Amounts:
    is_unreadable = ~(np.abs(numbers) <= LARGEST / 100.0)  # not finite, or too large
    values = np.where(is_unreadable, 0.0, numbers)
    cents = cents_from_floats(values)
    exact = values * 100.0
    extra = np.abs(exact - np.rint(exact)) > EXTRA_DECIMALS
    rounding = np.where(extra, cents - exact, 0.0) if extra.any() else np.empty(0)
    return Amounts(cents, is_missing, is_unreadable & ~is_missing, rounding, is_evident)


def _counted_in_decimals(
    read: Amounts, plain: pa.Array, numbers: npt.NDArray[np.float64], negative: Mask,
) -> Amounts:
    """Count again, digit by digit, the large amounts that a float may round to the wrong cent."""
    large = (np.abs(numbers) > EASY) & ~read.is_bad
    large &= np.asarray(pc.match_substring_regex(plain, r"\.\d{3}|[eE]|\d{14}"))
    rows = np.flatnonzero(large)
    if not len(rows):
        return read
    cents, rounding = read.cents.copy(), read.rounding.copy() if len(read.rounding) else np.zeros(len(read.cents))
    for row, text in zip(rows, plain.take(pa.array(rows)).to_pylist(), strict=True):
        exact = Decimal(text) * 100
        whole = exact.quantize(Decimal(1), ROUND_HALF_UP)
        sign = -1 if negative[row] and exact > 0 else 1
        cents[row], rounding[row] = sign * int(whole), sign * float(whole - exact)
    return replace(read, cents=cents, rounding=rounding if rounding.any() else np.empty(0))


def amount_share(column: pa.ChunkedArray | pa.Array) -> float:
    """Return which share of the filled cells of a column look like numbers."""
    bare = pc.replace_substring_regex(pc.replace_substring_regex(column, DASHES, "-"), NOISE, "")
    filled = len(bare) - _count(bare, BLANKS)
    return _count(bare, SHAPED) / filled if filled else 0.0


def repair_identifiers(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Give back their form to codes a spreadsheet turned into numbers (``12345.0`` is ``12345``)."""
    is_float = pc.match_substring_regex(column, r"^\d+\.0+$")
    return pc.if_else(is_float, pc.replace_substring_regex(column, r"\.0+$", ""), column)
