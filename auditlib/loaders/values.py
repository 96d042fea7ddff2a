"""Cells into numbers and identifiers, whole columns at a time."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.amounts import cents_from_floats
from auditlib.loaders.grid import Mask

__all__ = ["Amounts", "amount_share", "parse_amounts", "repair_identifiers"]

NOISE = "[\\s\u00a0\u202f\u2009'’€$£¥₪]|(?i:eur|usd|gbp|chf|cad|mad|ils|tnd|xof)"
BLANKS = r"^(?:|-+|—|–|\.|(?i:n/?a|null|nan|none|nil|#n/a))$"
NUMBER = r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$"
SHAPED = r"^\(?[+-]?\d[\d.,]*(?:[eE][+-]?\d+)?(?:%|-|\+|\)|(?i:cr|dr|c|d))?$|^[+-]?\.\d+$"
EXTRA_DECIMALS = 5e-4
LARGEST = 2.0**53 / 100
"""Above it a float no longer holds every cent, and no receivable is that large: a code read as an amount."""


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
    parentheses, and ``CR``/``DR`` are understood. The decimal mark is decided on the whole column.

    Parameters
    ----------
    column : Arrow array of string, or of float64 (already numbers)
    decimal : {".", ","}
        Decimal mark where nothing in the column tells.
    is_workbook : bool
        Numbers of a workbook have a decimal point, so that ``1.234`` is not a thousand.

    Returns
    -------
    Amounts
        [cents]
    """
    if pa.types.is_floating(column.type):
        return _from_floats(np.asarray(column.fill_null(float("nan"))), None, is_evident=True)
    encoded = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if (plain := _plain(encoded)) is not None:
        return plain
    bare = pc.replace_substring_regex(encoded, NOISE, "")
    bare = pc.replace_substring(bare, "−", "-")
    is_missing = np.asarray(pc.match_substring_regex(bare, BLANKS))
    negative, bare = _sign(bare)
    mark, is_evident = _decimal_mark(bare, decimal, is_workbook=is_workbook)
    plain = _with_point(bare, mark)
    is_number = pc.match_substring_regex(plain, NUMBER)
    numbers = np.asarray(pc.cast(pc.if_else(is_number, plain, "nan"), pa.float64()))
    return _from_floats(np.where(negative, -numbers, numbers), is_missing, is_evident=is_evident)


def _plain(column: pa.Array) -> Amounts | None:
    """Read at once a column of plain numbers with at most two decimals, such as an FEC's; None for any other."""
    is_plain = pc.match_substring_regex(column, r"^-?\d{1,15}(?:[.,]\d{1,2})?$|^$")
    if not pc.all(is_plain).as_py():
        return None
    is_missing = np.asarray(pc.equal(column, ""), dtype=bool)
    pointed = pc.replace_substring(pc.if_else(pa.array(is_missing), "nan", column), ",", ".")
    return _from_floats(np.asarray(pc.cast(pointed, pa.float64())), is_missing, is_evident=True)


def _sign(bare: pa.Array) -> tuple[Mask, pa.Array]:
    """Take signs after, parentheses and credit marks off; tell which amounts they make negative."""
    in_parentheses = np.asarray(pc.match_substring_regex(bare, r"^\([^()]*\)$"))
    trailing = np.asarray(pc.match_substring_regex(bare, r"^[^-]*\d[.,]?(?:-|(?i:c|cr))$"))
    cleaned = pc.replace_substring_regex(bare, r"^\(|\)$|(?:[-+]|(?i:c|cr|d|dr))$", "")
    return in_parentheses | trailing, pc.replace_substring_regex(cleaned, r"^\+", "")


def _count(texts: pa.Array, pattern: str) -> int:
    return int(pc.sum(pc.match_substring_regex(texts, pattern)).as_py() or 0)


def _decimal_mark(bare: pa.Array, default: str, *, is_workbook: bool) -> tuple[str, bool]:
    """Choose the decimal mark of a column; the second value is False if three digits after it leave a doubt."""
    comma = _count(bare, r"\..*,|^-?\d*,(?:\d{1,2}|\d{4,})$|^-?(?:\d{4,}|0|),\d{3}$|\..*\..*\d$")
    point = _count(bare, r",.*\.|^-?\d*\.(?:\d{1,2}|\d{4,})$|^-?(?:\d{4,}|0|)\.\d{3}$|,.*,.*\d$")
    if comma != point:
        return ("," if comma > point else "."), True
    mark = "." if is_workbook else default
    in_doubt = _count(bare, rf"^-?[1-9]\d{{0,2}}[{',' if is_workbook else '.,'}]\d{{3}}$")
    return mark, in_doubt == 0


def _with_point(bare: pa.Array, mark: str) -> pa.Array:
    """Write every number with a decimal point and no thousands separator."""
    other = "." if mark == "," else ","
    escaped, strange = ("," if mark == "," else r"\."), (r"\." if mark == "," else ",")
    # a lone mark of the other kind, not before three digits, can only be a decimal mark too
    is_other_decimal = pc.match_substring_regex(
        bare, rf"^-?\d*{strange}(?:\d{{1,2}}|\d{{4,}})$|{escaped}.*{strange}\d*$"
    )
    several = pc.match_substring_regex(bare, rf"{escaped}.*{escaped}")
    usual = pc.replace_substring(pc.replace_substring(bare, other, ""), mark, ".")
    swapped = pc.replace_substring(pc.replace_substring(bare, mark, ""), other, ".")
    whole = pc.replace_substring_regex(bare, r"[.,]", "")
    return pc.if_else(is_other_decimal, swapped, pc.if_else(several, whole, usual))


def _from_floats(numbers: npt.NDArray[np.float64], is_missing: Mask | None, *, is_evident: bool) -> Amounts:
    is_nan = ~(np.abs(numbers) <= LARGEST)
    missing = is_nan if is_missing is None else is_missing
    values = np.where(is_nan, 0.0, numbers)
    cents = cents_from_floats(values)
    exact = values * 100.0
    extra = np.abs(exact - np.rint(exact)) > EXTRA_DECIMALS
    rounding = np.where(extra, cents - exact, 0.0) if extra.any() else np.empty(0)
    return Amounts(cents, missing, is_nan & ~missing, rounding, is_evident)


def amount_share(column: pa.ChunkedArray | pa.Array) -> float:
    """Return which share of the filled cells of a column look like numbers."""
    bare = pc.replace_substring_regex(column, NOISE, "")
    filled = len(bare) - _count(bare, BLANKS)
    return _count(bare, SHAPED) / filled if filled else 0.0


def repair_identifiers(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Give back their form to codes a spreadsheet turned into numbers (``12345.0`` is ``12345``)."""
    is_float = pc.match_substring_regex(column, r"^\d+\.0+$")
    return pc.if_else(is_float, pc.replace_substring_regex(column, r"\.0+$", ""), column)
