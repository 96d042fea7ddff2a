"""Files without a row of column names: roles found by content, with how surely, and said to the auditor."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from auditlib.loaders.column_looks import Look, look_at_columns
from auditlib.loaders.columns_map import MappedColumn
from auditlib.loaders.grid import Grid, any_filled

__all__ = ["by_content", "names_by_number", "numbered", "why_no_header", "with_labels"]

SAMPLE_ROWS = 4000
MIN_ROWS = 3
TIES = 0.8
"""Share of the rows on which a running balance must move by debit less credit."""
NAMES = {
    "EcritureDate": "date",
    "Date échéance": "échéance",
    "Debit": "débit",
    "Credit": "crédit",
    "Solde": "solde",
    "Montant": "montant",
    "Reste dû": "reste dû",
    "Sens": "sens",
    "CompteNum": "compte",
    "CompAuxNum": "code client",
    "CompAuxLib": "client",
    "JournalCode": "journal",
    "PieceRef": "pièce",
    "EcritureLib": "libellé",
    "EcritureLet": "lettrage",
    "Devise": "devise",
}
"""Labels given, under the names of an entries file (FEC), and as the auditor reads them."""
NO_HEADER = "no row of it can be a header (at least two known column names are needed)"
UNCLEAR = (
    "no row names the columns, and their content does not tell which is the date, the customer and the amount; "
    "say under mapping which is which by number, such as columns: {posting_date: 2, account: 1, debit: 7, credit: 8}"
)

Cents = npt.NDArray[np.int64]
Days = npt.NDArray[np.datetime64]


def numbered(grid: Grid) -> Grid:
    """Label the columns 1, 2, 3…, for a mapping that names them by number."""
    return replace(grid, labels=tuple(str(place + 1) for place in range(grid.cells.num_columns)))


def names_by_number(choices: Mapping[str, Any]) -> bool:
    """Tell a mapping that names columns by number, as it must where no row names them."""
    columns = choices.get("columns", {})
    return bool(columns) and "header_row" not in choices and all(isinstance(name, int) for name in columns.values())


def by_content(grid: Grid, columns: list[MappedColumn]) -> list[MappedColumn]:
    """Say of columns labelled by content how they were found, and how surely."""
    if grid.certainty == 1.0:
        return columns
    return [replace(mapped, how="content", confidence=min(mapped.confidence, grid.certainty)) for mapped in columns]


def why_no_header(grid: Grid) -> str:
    """Say what is missing: a header, or, in a table whose rows look alike, only the names of its columns."""
    sample = _sample(grid.cells)
    if sample.num_rows < MIN_ROWS or sample.num_columns < 2:
        return NO_HEADER
    looks = look_at_columns(sample, decimal=grid.decimal)
    return UNCLEAR if any(look.cents is not None or look.days is not None for look in looks) else NO_HEADER


def with_labels(grid: Grid) -> Grid | None:
    """Label the columns of a file without a header, None where a date, an amount or the customer is not found.

    Parameters
    ----------
    grid : Grid
        Without a row that names two roles.
    """
    sample = _sample(grid.cells)
    if sample.num_rows < MIN_ROWS or sample.num_columns < MIN_ROWS:
        return None
    looks = look_at_columns(sample, decimal=grid.decimal)
    labels: dict[int, str] = {}
    certainty = min(_label_amounts(looks, labels), _label_dates(looks, labels))
    _label_codes(looks, labels)
    given = set(labels.values())
    has_customer = given & {"CompteNum", "CompAuxNum", "CompAuxLib"}
    if not certainty or not has_customer:
        return None
    named = tuple(labels.get(place, f"Colonne {place + 1}") for place in range(len(looks)))
    return replace(grid, labels=named, certainty=certainty, notes=(*grid.notes, _note(labels, certainty)))


def _note(labels: dict[int, str], certainty: float) -> tuple[str, str, str]:
    listed = ", ".join(f"{NAMES[label]} = colonne {place + 1}" for place, label in sorted(labels.items()))
    sentence = (
        f"aucune ligne ne nomme les colonnes ; elles sont reconnues à leur contenu : {listed} "
        f"(certitude {certainty:.0%}) ; à vérifier."
    ).replace("%", "\u00a0%")
    return "columns_by_content", "warning", sentence


def _sample(cells: pa.Table) -> pa.Table:
    """Return the first rows that are about as full as the others: titles and blank rows are not."""
    head = cells.slice(0, SAMPLE_ROWS)
    head = head.filter(pa.array(any_filled(head)))
    filled = np.zeros(head.num_rows)
    for column in head.itercolumns():
        filled += np.asarray(pa.compute.not_equal(column, ""))
    usual = np.median(filled) if len(filled) else 0
    return head.filter(pa.array(filled >= 0.6 * usual))


def _label_amounts(looks: list[Look], labels: dict[int, str]) -> float:
    """Label debit and credit, or one amount; return how surely, 0 where there is none."""
    amounts = [look for look in looks if look.cents is not None]
    pairs = [
        (left, right) for left in amounts for right in amounts if left.place < right.place and _are_sides(left, right)
    ]
    for left, right in pairs:
        for balance in amounts:
            if balance not in (left, right) and (order := _runs(left, right, balance)):
                debit, credit = (left, right) if order > 0 else (right, left)
                labels |= {debit.place: "Debit", credit.place: "Credit", balance.place: "Solde"}
                return 0.95
    side = next((look for look in looks if look.is_side), None)
    if side is not None and len(amounts) == 1:
        labels |= {amounts[0].place: "Montant", side.place: "Sens"}
        return 0.9
    if pairs:
        left, right = pairs[0]
        labels |= {left.place: "Debit", right.place: "Credit"}
        return 0.75
    if len(amounts) == 1:
        labels[amounts[0].place] = "Montant"
        return 0.7
    if len(amounts) == 2 and (order := _is_part_of(*amounts)):
        whole, rest = amounts if order > 0 else amounts[::-1]
        labels |= {whole.place: "Montant", rest.place: "Reste dû"}
        return 0.6
    return 0.0


def _values(look: Look) -> Cents:
    assert look.cents is not None  # noqa: S101 (asked of amounts only)
    return look.cents


def _are_sides(left: Look, right: Look) -> bool:
    """Tell two columns of which each row fills one, both being used."""
    one, other = _values(left) != 0, _values(right) != 0
    return bool(one.any() and other.any() and (one & other).mean() < 0.02 and (one | other).mean() > 0.9)


def _runs(left: Look, right: Look, balance: Look) -> int:
    """Return 1 where a column adds up left less right, -1 where it adds up right less left, 0 where neither."""
    moves, printed = _values(left) - _values(right), np.diff(_values(balance))
    for sign in (1, -1):
        if len(printed) and float((printed == sign * moves[1:]).mean()) >= TIES:
            return sign
    return 0


def _is_part_of(first: Look, second: Look) -> int:
    """Return 1 where the second is always a part of the first, -1 for the reverse, 0 for neither."""
    one, other = _values(first), _values(second)
    if (np.abs(one) == np.abs(other)).all():
        return 0
    for sign, whole, part in ((1, one, other), (-1, other, one)):
        if ((np.abs(part) <= np.abs(whole)) & (part * np.sign(whole) >= 0)).all():
            return sign
    return 0


def _label_dates(looks: list[Look], labels: dict[int, str]) -> float:
    """Label the date, and the due date where another one never comes before it; return how surely."""
    dates = [look for look in looks if look.days is not None]
    if not dates:
        return 0.0
    ranked = sorted(dates, key=lambda look: (-round(look.fill_share, 1), look.place))
    first, others = ranked[0], ranked[1:]
    labels[first.place] = "EcritureDate"
    for other in others:
        if _never_precedes(_days(first), _days(other)):
            labels[other.place] = "Date échéance"
            return 0.8
    return 0.9 if not others else 0.7


def _days(look: Look) -> Days:
    assert look.days is not None  # noqa: S101 (asked of dates only)
    return look.days


def _never_precedes(first: Days, other: Days) -> bool:
    """Tell dates that mostly follow others, and at least once by a day."""
    both = ~np.isnat(first) & ~np.isnat(other)
    later = other[both] >= first[both]
    return bool(both.any() and later.mean() >= 0.95 and (other[both] > first[both]).any())


def _label_codes(looks: list[Look], labels: dict[int, str]) -> None:
    """Label what is neither date nor amount: accounts, customers, journal, document, words, lettering, currency."""
    tests: dict[str, Callable[[Look], bool]] = {
        "CompteNum": lambda look: look.matches(r"[1-7]\d{2}[0-9A-Z]*") >= 0.95 and look.fill_share > 0.9,
        "Devise": lambda look: look.is_currency,
        "JournalCode": lambda look: look.is_journal,
        "EcritureLet": lambda look: look.is_lettering,
    }
    for label, test in tests.items():
        free = [look for look in looks if look.place not in labels and look.cents is None and look.days is None]
        found = next((look for look in free if test(look)), None)
        if found is not None:
            labels[found.place] = label
    free = [look for look in looks if look.place not in labels and look.days is None and len(look.filled)]
    codes = [look for look in free if not look.is_words and look.content.code_share >= 0.6]
    _label_references(codes, labels)
    _label_words([look for look in free if look.is_words and look.cents is None], labels, looks)


def _label_references(codes: list[Look], labels: dict[int, str]) -> None:
    """Tell customers' codes, each on several rows, from documents' numbers, mostly on one or two."""
    if not codes:
        return
    repeats = {look.place: len(look.filled) / look.filled.nunique() for look in codes}
    document = min(codes, key=lambda look: repeats[look.place])
    others = [look for look in codes if look is not document]
    customer = next(
        (look for look in others if look.fill_share > 0.9 and repeats[look.place] > repeats[document.place]), None
    )
    if customer is None and "CompteNum" not in labels.values() and repeats[document.place] >= 2:
        labels[document.place] = "CompAuxNum"
        return
    labels[document.place] = "PieceRef"
    if customer is not None:
        labels[customer.place] = "CompAuxNum"


def _label_words(words: list[Look], labels: dict[int, str], looks: list[Look]) -> None:
    """Tell customers' names, one a code, from the labels of entries."""
    key = next((place for place, label in labels.items() if label in ("CompAuxNum", "CompteNum")), None)
    for look in words:
        repeated = look.filled.nunique() <= 0.7 * len(look.filled)
        depends = key is not None and _depends(looks[key].texts, look.texts)
        if look.fill_share > 0.9 and repeated and (depends or (key is None and len(words) > 1)):
            labels[look.place] = "CompAuxLib"
            break
    rest = [look for look in words if look.place not in labels]
    if rest:
        longest = max(rest, key=lambda look: float(look.filled.str.len().mean()))
        labels[longest.place] = "EcritureLib"


def _depends(codes: pd.Series, names: pd.Series) -> bool:
    """Tell whether a code always has one name."""
    pairs = pd.DataFrame({"code": codes, "name": names}).drop_duplicates()
    distinct = len(pairs["code"].unique())
    return distinct > 1 and len(pairs) <= 1.02 * distinct
