"""A ledger in several currencies brought into one, so that every state still adds up to the cent.

Matching is done in the documents' own amounts, within each currency. Then each item is converted on its own, half up,
and an allocation takes off each side what its residual loses: residual = rate × residual in the document's currency,
rounded, at every date. What a fully settled claim is worth is therefore nil. Where the two sides of an allocation
differ by the rounding, always one cent, an item of one cent makes it up on the day of the allocation and is used up by
it: it completes the payment it belongs to, or takes the cent the payment has too many. Converted items and allocations
hence obey the same laws as any others, at any date, and what is posted later changes no past figure.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.ledger import Ledger
from auditlib.matching.codes import lettering_coverage
from auditlib.matching.postings import postings
from auditlib.schemas import ALLOCATIONS, ITEMS, SETTLEMENT_KINDS, validate
from auditlib.texts import N_

__all__ = ["ROUNDING_LABEL", "Rates", "convert_ledger", "convert_movements", "part_of"]

Ints = npt.NDArray[np.int64]
ROUNDING_LABEL = N_("Arrondi de conversion")
SAFE = 1 << 62


class Rates:
    """How much of the main currency one unit of each other is worth.

    Parameters
    ----------
    rates : mapping of str to float
        By ISO code; the shortest decimal each stands for is what counts. [units of the main currency]
    main : str
        ISO code, worth 1.
    """

    def __init__(self, rates: Mapping[str, float], *, main: str) -> None:
        exact = {code: Decimal(str(rate)) for code, rate in rates.items()} | {main: Decimal(1)}
        digits = max(-int(rate.as_tuple().exponent) for rate in exact.values())
        self.main = main
        self._scale = 10 ** max(digits, 0)
        self._factors = {code: int(rate * self._scale) for code, rate in exact.items()}

    def missing(self, currencies: Iterable[str]) -> list[str]:
        """Return the currencies without a rate, in alphabetical order."""
        return sorted(set(map(str, currencies)) - set(self._factors))

    def factors(self, currency: pd.Series) -> Ints:
        """Return the factor of each row of a categorical column, to be given to `converted`."""
        codes = currency.cat.codes.to_numpy()
        known = np.zeros(len(currency.cat.categories), dtype=np.int64)
        for used in np.unique(codes):
            known[used] = self._factors[str(currency.cat.categories[used])]
        return known[codes]

    def converted(self, cents: Ints, factors: Ints) -> Ints:
        """Convert amounts, each by its factor, half up away from nil [cents]."""
        whole, half = 2 * self._scale, self._scale
        largest = int(np.abs(cents).max(initial=0)) * int(factors.max(initial=1))
        size = np.abs(cents) if 2 * largest + half < SAFE else np.abs(cents).astype(object)
        found: Ints = (np.sign(cents) * ((2 * size * factors + half) // whole)).astype(np.int64)
        return found


def convert_movements(movements: pd.DataFrame, *, rates: Rates) -> pd.DataFrame:
    """Convert movements row by row; the document's amount and currency are kept beside.

    Parameters
    ----------
    movements : DataFrame
        ``amount_cents``, ``original_amount_cents``, ``currency`` (categorical; each has a rate),
        ``foreign_amount_cents`` and ``foreign_currency``.
    rates : Rates

    Returns
    -------
    DataFrame
        In the main currency. [cents, VAT included]
    """
    factors, amount = rates.factors(movements["currency"]), movements["amount_cents"].to_numpy()
    abroad = (movements["currency"] != rates.main).to_numpy()
    code = movements["currency"].astype("str")
    return movements.assign(
        amount_cents=rates.converted(amount, factors),
        original_amount_cents=rates.converted(movements["original_amount_cents"].to_numpy(), factors),
        foreign_amount_cents=np.where(abroad, amount, movements["foreign_amount_cents"].to_numpy()),
        foreign_currency=code.where(abroad, movements["foreign_currency"].astype("str")).astype("category"),
        currency=pd.Categorical.from_codes(
            np.zeros(len(code), dtype=np.int8), categories=pd.Index([rates.main], dtype="str")))


def convert_ledger(ledger: Ledger, *, rates: Rates) -> Ledger:
    """Convert a ledger matched in its documents' own amounts (the module says how).

    Parameters
    ----------
    ledger : Ledger
        Each of its currencies has a rate.
    rates : Rates

    Returns
    -------
    Ledger
        The items in the same order, then those that make up roundings: one cent each, of the kind, customer, document
        and source row of the credit they go with (``rounding`` where that is no settlement), wholly allocated. How
        matching replaced inferences is not told: it would add amounts of several currencies.
    """
    made = ledger.allocations
    items = convert_movements(ledger.items, rates=rates)
    factors = rates.factors(ledger.items["currency"])
    sizes = np.abs(ledger.items["amount_cents"].to_numpy())
    debit, credit = (_taken_off(made, side, sizes=sizes, factors=factors, rates=rates)
                     for side in ("debit_id", "credit_id"))
    low, apart = np.minimum(debit, credit), debit - credit
    short, over = np.flatnonzero(apart > 0), np.flatnonzero(apart < 0)
    roundings = pd.concat([_roundings(items, made.iloc[short], sign=-1), _roundings(items, made.iloc[over], sign=1)])
    new = len(items) + np.arange(len(roundings))
    allocations = pd.concat([
        made.assign(amount_cents=low)[low > 0],
        made.iloc[short].assign(amount_cents=apart[short], credit_id=new[:len(short)]),
        made.iloc[over].assign(amount_cents=-apart[over], debit_id=new[len(short):])], ignore_index=True)
    coverage = lettering_coverage(postings(items), ledger.as_of_date)
    report = dataclasses.replace(
        ledger.matching, proposals=_proposals(ledger, factors, rates), replaced_count=0, replaced_cents=0,
        lettering_coverage=None if ledger.matching.applied == "none" else coverage)
    items = validate(_with_rows(items, roundings.assign(item_id=new)), ITEMS)
    return Ledger(items, validate(allocations, ALLOCATIONS), ledger.as_of_date, report)


def _taken_off(made: pd.DataFrame, side: str, *, sizes: Ints, factors: Ints, rates: Rates) -> Ints:
    """Return what each allocation takes off the converted residual of its debit, or of its credit [cents]."""
    item = made[side].to_numpy()
    order = np.lexsort((made["allocation_date"].to_numpy(), item))
    ordered, amount = item[order], made["amount_cents"].to_numpy()[order]
    running = np.cumsum(amount)
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(ordered) else np.empty(0, dtype=int)
    before_item = np.repeat(running[starts] - amount[starts], np.diff(np.append(starts, len(ordered))))
    left = sizes[ordered] - (running - before_item)
    factor = factors[ordered]
    off = np.empty(len(made), dtype=np.int64)
    off[order] = rates.converted(left + amount, factor) - rates.converted(left, factor)
    return off


def _roundings(items: pd.DataFrame, made: pd.DataFrame, *, sign: int) -> pd.DataFrame:
    """Return the items of one cent that make up the rounding of allocations."""
    rows = items.iloc[made["credit_id"].to_numpy()]
    kind = rows["kind"].astype("str")
    kept = kind.isin(SETTLEMENT_KINDS) if sign < 0 else pd.Series(False, index=rows.index)
    undated = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[s]")
    return rows.assign(
        kind=kind.where(kept, "rounding").astype("category"), amount_cents=sign, original_amount_cents=sign,
        foreign_amount_cents=0, posting_date=made["allocation_date"].to_numpy(), due_date=undated,
        due_date_origin="none", label=ROUNDING_LABEL, matching_code="", matching_date=undated, origin_id=-1,
        is_age_unknown=False)


def _with_rows(items: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Append rows; categorical columns stay so."""
    if rows.empty:
        return items
    coded = [name for name in items if isinstance(items[name].dtype, pd.CategoricalDtype)]
    joined = pd.concat([items.drop(columns=coded), rows.drop(columns=coded)], ignore_index=True)
    for name in coded:
        joined[name] = pd.api.types.union_categoricals([items[name], rows[name].astype("category")])
    return joined


def _proposals(ledger: Ledger, factors: Ints, rates: Rates) -> pd.DataFrame:
    proposals = ledger.matching.proposals
    amount = proposals["amount_cents"].to_numpy()
    return proposals.assign(amount_cents=rates.converted(amount, factors[proposals["debit_id"].to_numpy()]))


def part_of(ledger: Ledger, kept: npt.NDArray[np.bool_]) -> Ledger:
    """Return the ledger of some items; nothing is allocated between those kept and the others.

    Parameters
    ----------
    ledger : Ledger
    kept : ndarray of bool, shape (n_items,)
    """
    place = np.where(kept, np.cumsum(kept) - 1, -1)
    items = ledger.items[kept].reset_index(drop=True)
    origin = items["origin_id"].to_numpy()
    items = items.assign(item_id=np.arange(len(items)), origin_id=np.where(origin >= 0, place[origin], -1))
    made = ledger.allocations[kept[ledger.allocations["debit_id"].to_numpy()]]
    made = made.assign(debit_id=place[made["debit_id"]], credit_id=place[made["credit_id"]])
    return dataclasses.replace(ledger, items=items, allocations=made)
