"""Ledgers printed customer by customer: the customer stands on its own row above its items."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.grid import Mask, is_filled, row_text
from auditlib.loaders.parsed import ITEM_DATES, Parsed
from auditlib.loaders.row_words import TOTAL_WORD

__all__ = ["Groups", "find_groups", "has_headed_items", "leading_sums", "names_items"]

PREFIX = (
    r"(?i)^(?:(?:n°|no\.?|num[ée]ro|code|compte|tiers|client|auxiliaire|customer|account|d[ée]biteur|collectif)\b"
    r"[ .]*)+"
    r"(?:n°|no\.?)?\s*(?:[:|]\s*\|?\s*|(?=\S*\d)|(?=[^\s:|]{1,20}\s*(?:[:|]|\s[-–]\s)))"
)
CODE_LABEL = r"(?i)^\W*(?:n°|no\.?|num[ée]ro|code)?\s*(?:client|customer|kunde|klant|debit[eo]r|d[ée]biteur|tiers)\b"
NAME_LABEL = r"(?i)^\W*(?:name|nom|naam|raison sociale|intitul[ée])\b[\s:|]*"
"""Words before a customer's code and name where several rows above the items describe him."""
SUFFIX = r"(?i)\s*(?:\((?:suite|continued|cont\.?|cont'd)\)|\b(?:suite|continued)\b)\s*(?=\||$)"
"""Words that say a customer goes on from the page before, wherever its code or name ends."""
TWO, FEW = 2, 0.2
"""Customers that show a habit, and the share of them without an address."""


@dataclass(frozen=True)
class Groups:
    """Customers of a grouped ledger, one entry a body row.

    Attributes
    ----------
    is_header : ndarray of bool
        Rows that name a customer.
    customer_id, customer_name : ndarray of str
        Customer each row stands under, "" above the first.
    has_codes : bool
        False where only names are printed.
    """

    is_header: Mask
    customer_id: npt.NDArray[np.object_]
    customer_name: npt.NDArray[np.object_]
    has_codes: bool


def leading_sums(cells: pa.Table, classes: npt.NDArray[np.str_]) -> Mask:
    """Find the sums that stand above their items, under the customer's name and no word for a sum."""
    sums = np.flatnonzero(np.isin(classes, ["subtotal", "total"]))
    worded = np.asarray(pc.match_substring_regex(row_text(cells, sums), TOTAL_WORD), dtype=bool)
    lettered = np.asarray(pc.match_substring_regex(row_text(cells, sums), r"^\W*[A-Za-zÀ-ÿ]"), dtype=bool)
    leading = np.zeros(len(classes), dtype=bool)
    counting = np.flatnonzero(~np.isin(classes, ["blank", "page_header", "title", "words"]))
    following = np.append(classes[counting], "")[np.searchsorted(counting, sums) + 1]
    above = following == "item"  # a name may start with "Total"
    leading[sums[lettered & (above | ~worded)]] = True
    return leading if len(counting) and leading[counting[0]] else np.zeros_like(leading)


def has_headed_items(parsed: Parsed) -> bool:
    """Tell a balance that prints dated items, their customers above them."""
    dated = parsed.has_date(*ITEM_DATES)
    return bool(dated.any()) and not parsed.filled("customer_id", "customer_name")[dated].any()


def names_items(classes: npt.NDArray[np.str_], rows: npt.NDArray[np.int64]) -> Mask:
    """Tell the rows of words after a sum and right above an item: they name a customer, whatever their first word."""
    counting = np.flatnonzero((classes != "blank") & (classes != "page_header"))
    place = np.searchsorted(counting, rows)
    padded = np.concatenate([["subtotal"], classes[counting], [""]])
    above: Mask = np.isin(padded[place], ["subtotal", "total", ""]) & (padded[place + 2] == "item")
    return above


def find_groups(cells: pa.Table, classes: npt.NDArray[np.str_]) -> Groups:
    """Find the rows that name a customer, and whom each row belongs to.

    A row of words names a customer if the next row that counts is an item, a total, or the end of a page.

    Parameters
    ----------
    cells : Table
        The body.
    classes : ndarray of str
        Classes of the body's rows so far; rows of words are ``words``.
    """
    counting = ~np.isin(classes, ["blank", "page_header", "footer", "carried_forward", "title"])
    rows = np.flatnonzero(counting)
    following = np.full(len(classes), "", dtype=classes.dtype)
    following[rows[:-1]] = classes[rows[1:]]
    is_header = (classes == "words") & np.isin(following, ["item", "rejected", "subtotal"])
    is_header[_continued(cells, np.flatnonzero(is_header), rows, classes)] = False
    described, named = _of_described(cells, rows[classes[rows] == "words"], is_header, np.cumsum(counting))
    is_header = described if (named != "").any() else _above_addresses(described, rows, classes)
    headers = np.flatnonzero(is_header)
    codes, names = _code_and_name(row_text(cells, headers))
    names = np.where(named[headers] != "", named[headers], names)
    has_codes = bool((codes != "").any())
    if has_codes:
        codes = np.where(codes == "", names, codes)
    place = np.cumsum(is_header) - 1
    customer = np.concatenate([codes, [""]]).astype(object)[place]
    name = np.concatenate([names, [""]]).astype(object)[place]
    return Groups(is_header, customer, name, has_codes)


def _above_addresses(is_header: Mask, counting: npt.NDArray[np.int64], classes: npt.NDArray[np.str_]) -> Mask:
    """Take the first row of words over the items of each customer, where nearly all have several: the rest describe."""
    words = classes[counting] == "words"
    after_blank = np.append(True, np.diff(counting) > 1)
    starts = words & (after_blank | ~np.append(False, words[:-1]))
    run = np.cumsum(starts)[np.isin(counting, np.flatnonzero(is_header))]
    first = counting[starts][run - 1]
    if len(run) < TWO or (first == np.flatnonzero(is_header)).mean() > FEW:
        return is_header
    chosen = np.zeros_like(is_header)
    chosen[first] = True
    return chosen


def _continued(
    cells: pa.Table, headers: npt.NDArray[np.int64], counting: npt.NDArray[np.int64], classes: npt.NDArray[np.str_]
) -> npt.NDArray[np.int64]:
    """Find the rows that go on with the label of the item above: they begin further right than a customer's row."""
    if not len(headers):
        return headers
    filled = np.column_stack([is_filled(column) for column in cells.take(pa.array(headers)).itercolumns()])
    begins = filled.argmax(axis=1)
    before = counting[np.maximum(np.searchsorted(counting, headers) - 1, 0)]
    continued: npt.NDArray[np.int64] = headers[(begins > begins[0]) & (classes[before] == "item")]
    return continued


def _of_described(
    cells: pa.Table, words: npt.NDArray[np.int64], is_header: Mask, counted: npt.NDArray[np.int64]
) -> tuple[Mask, npt.NDArray[np.object_]]:
    """Where rows one under the other describe a customer, take the one that gives his code, and the name beside it."""
    names = np.full(len(is_header), "", dtype=object)
    texts = pd.Series(row_text(cells, words), dtype="str")
    run = pd.Series(np.cumsum(np.diff(counted[words], prepend=-1) != 1))
    says_code, says_name = texts.str.contains(CODE_LABEL), texts.str.contains(NAME_LABEL)
    last = pd.Series(is_header[words]).groupby(run).transform("any")
    coded = says_code & last & ~says_code.groupby(run).cumsum().gt(1)
    if not (run.duplicated() & last).any() or not coded.any():
        return is_header, names
    chosen = is_header.copy()
    chosen[words[run.isin(run[coded])]] = False
    chosen[words[coded]] = True
    said = texts[says_name].str.replace(NAME_LABEL, "", regex=True).groupby(run[says_name]).first()
    names[words[coded]] = run[coded].map(said).fillna("").to_numpy(dtype=object)
    return chosen, names


def _code_and_name(texts: pa.Array) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Split "Compte : 411DUPONT  DUPONT SA" and its like into code and name."""
    plain = (
        pd.Series(texts, dtype="str")
        .str.replace(PREFIX, "", regex=True)
        .str.replace(SUFFIX, " ", regex=True)
        .str.strip(" :|")
    )
    split = plain.str.extract(r"^(?P<code>[^\s|]{1,20})\s*(?:\||\s{2,}|\s[-–:]\s|:\s|\t)\s*(?P<name>[^|]*\S)")
    spaced = plain.str.extract(r"^(?P<code>(?:\S*\d\S*|[A-Z]{1,3}\d+))\s+(?P<name>[^|]*\S)")
    alone = plain.str.extract(r"^(?P<code>\S*\d\S*|[A-Z0-9_.-]{2,12})$")
    code = split["code"].fillna(spaced["code"]).fillna(alone["code"]).fillna("")
    name = split["name"].fillna(spaced["name"]).fillna(plain.str.split(" | ", regex=False).str[0]).fillna("")
    return code.to_numpy(dtype=object), name.str.strip().to_numpy(dtype=object)
