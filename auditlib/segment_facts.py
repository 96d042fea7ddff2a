"""What segments are summed from, read from an audit once: members, balances, sales, cohorts and settlements."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib import cube, sales
from auditlib.ageing import bucket_labels
from auditlib.dates import day_number, day_numbers
from auditlib.evidence import Evidence
from auditlib.flow_indicators import settled_in
from auditlib.history import History
from auditlib.recovery import CohortMembers, Horizon
from auditlib.results import Window
from auditlib.segment_balances import OF_ITEMS, Balances, replayed_balances
from auditlib.segmentation import Dimension, Division, dimension_of, totals
from auditlib.size_bands import band_names, bands_of, default_limits

__all__ = ["DIMENSIONS", "SegmentFacts"]

DIMENSIONS = ("age", "customer_type", "zone", "size_class", "business_unit", "salesperson", "size_band",
              "payer_profile")
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class SegmentFacts:
    """One audit, ready to be divided; each part is read when first asked for.

    Attributes
    ----------
    evidence : Evidence
    history : History
    customers : DataFrame
        `auditlib.customer_table.customer_table`; with ``payer_profile`` where known.
    """

    evidence: Evidence
    history: History
    customers: pd.DataFrame
    _made: dict[object, Any] = field(default_factory=dict, repr=False)

    def once(self, key: object, make: Callable[[], Any]) -> Any:
        """Return what `make` gives, made the first time only: what no dimension changes."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    @cached_property
    def keys(self) -> cube.SegmentKeys:
        """The distinct (customer, segments) of the ledger, and the one each item belongs to."""
        return cube.segment_keys(self.evidence)

    def division(self, *names: str) -> Division:
        """Divide by one or two dimensions.

        Raises
        ------
        KeyError
            If a dimension is neither one of `DIMENSIONS` nor a column of the customers.
        """
        return Division(tuple(self.dimension(name) for name in names))

    def dimension(self, name: str) -> Dimension:
        """Return a dimension by name: one of `DIMENSIONS`, or any column of the customers."""
        found: Dimension = self.once(("dimension", name), lambda: self._dimension(name))
        return found

    def members_of(self, division: Division) -> Ints:
        """Return the segment of each member (row of ``keys.keys``); not for a division by age."""
        return division.joined([self._member_codes(one) for one in division.dimensions])

    def _member_codes(self, dimension: Dimension) -> Ints:
        found: Ints = self.once(("members", dimension.name), lambda: dimension.codes(self.keys.keys))
        return found

    def open_items_of(self, division: Division) -> Ints:
        """Return the segment of each open item at the as-of date."""
        return division.joined([self._open_codes(one) for one in division.dimensions])

    def _open_codes(self, dimension: Dimension) -> Ints:
        def read() -> Ints:
            if dimension.by == "bucket":
                return dimension.codes(self.evidence.shown_items)
            member = self.keys.code[self.evidence.open_items["item_id"].to_numpy()]
            codes: Ints = self._member_codes(dimension)[member]
            return codes

        found: Ints = self.once(("open", dimension.name), read)
        return found

    def _dimension(self, name: str) -> Dimension:
        if name == "age":
            labels = bucket_labels(self.evidence.parameters.method.buckets)
            return Dimension(name, "bucket", tuple(labels), pd.Series(range(len(labels)), index=labels))
        if name in OF_ITEMS:
            own = self.keys.keys[name].cat.categories.astype("str")
            return dimension_of(name, pd.Series(own, index=own, dtype="str"), by=name)
        values = self._bands() if name == "size_band" else self.customers[name].astype("str").fillna("")
        by_customer = pd.Series(values.to_numpy(), index=self.customers["customer_id"].astype("str"), dtype="str")
        order = band_names(self.band_limits) if name == "size_band" else ()
        return dimension_of(name, by_customer, by="customer_id", order=order)

    @cached_property
    def band_limits(self) -> tuple[int, ...]:
        """Upper limits of the bands of a customer's balance: the parameters', else from the balances [euros]."""
        balances = self.customers["receivable_cents"].to_numpy()
        return tuple(sorted(self.evidence.parameters.segments.balance_bands)) or default_limits(balances)

    def _bands(self) -> pd.Series:
        names = np.array(band_names(self.band_limits), dtype=object)
        balances = self.customers["receivable_cents"].to_numpy()
        return pd.Series(names[bands_of(balances, limits=self.band_limits)])

    @cached_property
    def early(self) -> pd.DataFrame:
        """Credits allocated across segments: what moves from the credit's member to the debit's, and from when.

        Returns
        -------
        DataFrame
            ``of_credit`` and ``of_debit`` (members), ``amount_cents`` > 0, ``posted`` and ``allocated`` (day numbers),
            ``is_credit_note``.
        """
        made, items = self.evidence.ledger.allocations, self.evidence.ledger.items
        credit, debit = made["credit_id"].to_numpy(), made["debit_id"].to_numpy()
        of_credit, of_debit = self.keys.code[credit], self.keys.code[debit]
        across = of_credit != of_debit
        credit = credit[across]
        return pd.DataFrame({
            "of_credit": of_credit[across], "of_debit": of_debit[across],
            "amount_cents": made["amount_cents"].to_numpy()[across],
            "posted": day_numbers(items["posting_date"])[credit].astype(np.int64),
            "allocated": day_numbers(made["allocation_date"])[across].astype(np.int64),
            "is_credit_note": (items["kind"] == "credit_note").to_numpy()[credit]})

    def balances(self, dates: Sequence[dt.date], *, shown: bool = False) -> Balances:
        """Return the balances at dates, an allocated credit with its debit from its posting on.

        Parameters
        ----------
        dates : sequence of date
        shown : bool
            In the buckets the parameters ask for, instead of by due date with the limits 30, 60 and 90.
        """
        found: Balances = self.once(("balances", tuple(dates), shown), lambda: replayed_balances(
            self.evidence, history=self.history, keys=self.keys, early=self.early, dates=list(dates), shown=shown))
        return found

    @cached_property
    def sold(self) -> pd.DataFrame:
        """Invoices and credit notes: ``member``, ``day`` (number), ``amount_cents``, ``is_credit_note``."""
        items = self.evidence.ledger.items
        listed = sales.sales_items(items)
        own = pd.DataFrame({
            "member": self.keys.code[listed.index.to_numpy()],
            "day": day_numbers(listed["posting_date"]).astype(np.int64),
            "amount_cents": listed["amount_cents"].to_numpy(),
            "is_credit_note": (listed["kind"] == "credit_note").to_numpy()})
        notes = self.early[self.early["is_credit_note"]]
        moved = [pd.DataFrame({"member": notes[side], "day": notes["posted"],
                               "amount_cents": sign * notes["amount_cents"], "is_credit_note": True})
                 for side, sign in (("of_credit", 1), ("of_debit", -1))]
        return pd.concat([own, *moved], ignore_index=True)

    @cached_property
    def months(self) -> pd.PeriodIndex:
        """Every month from the first of the sales history to the as-of month."""
        if not len(self.sold):
            return pd.PeriodIndex([], freq="M")
        first = pd.Timestamp(int(self.sold["day"].min()), unit="D")
        return pd.period_range(first.to_period("M"), pd.Period(self.evidence.as_of_date, freq="M"), freq="M")

    @cached_property
    def monthly(self) -> Ints:
        """Net sales by member and month, shape (n_members, n_months) [cents, VAT included]."""
        starts = [day_number(month.start_time.date()) for month in self.months]
        return self._by_step(self.sold, starts)

    def _by_step(self, sold: pd.DataFrame, starts: Sequence[int]) -> Ints:
        """Sum sales by member and by the latest of the rising `starts` not after their day."""
        step = np.searchsorted(np.array(starts, dtype=np.int64), sold["day"].to_numpy(), side="right") - 1
        kept = step >= 0
        cell = sold["member"].to_numpy()[kept] * max(len(starts), 1) + step[kept]
        size = len(self.keys.keys) * max(len(starts), 1)
        return totals(cell, sold["amount_cents"].to_numpy()[kept], count=size).reshape(len(self.keys.keys), -1)

    def sales_in(self, windows: Sequence[Window | None], *, kinds: str = "net") -> Ints:
        """Return the sales of each member in each window, shape (n_members, n_windows) [cents, VAT included].

        Parameters
        ----------
        windows : sequence of Window or None
            Where there is none, nil.
        kinds : {"net", "invoice", "credit_note"}
            Credit notes are negative.
        """
        found: Ints = self.once(("sales", tuple(windows), kinds), lambda: self._sales_in(windows, kinds))
        return found

    def _sales_in(self, windows: Sequence[Window | None], kinds: str) -> Ints:
        sold = self.sold if kinds == "net" else self.sold[self.sold["is_credit_note"] == (kinds == "credit_note")]
        edges = [(day_number(each.start), day_number(each.end) + 1) if each else (0, 0) for each in windows]
        starts = sorted({-(2**31), *(day for pair in edges for day in pair)})
        until = np.cumsum(self._by_step(sold, starts), axis=1)
        place = {day: number for number, day in enumerate(starts)}
        columns = [until[:, place[end] - 1] - until[:, place[start] - 1] for start, end in edges]
        return np.stack(columns, axis=1) if columns else np.zeros((len(self.keys.keys), 0), dtype=np.int64)

    def cohorts(self, *, months: int, dates: Sequence[dt.date]) -> tuple[CohortMembers, Ints]:
        """Return the invoices mature at dates, and the member of each."""
        members: CohortMembers = self.once(("cohorts", months, tuple(dates)), lambda: self.evidence.cohorts.members(
            Horizon(months=months), dates=dates))
        return members, self.keys.code[members.item_id]

    def settled(self, window: Window) -> pd.DataFrame:
        """Return, by member, the settlements of a window and Σ settlement × days, to pay and beyond terms.

        Returns
        -------
        DataFrame
            ``paid_cents``, ``paid_days``, ``due_cents``, ``due_days``: the last two over settlements whose claim has a
            due date. [cents, VAT included; cents × days]
        """
        found: pd.DataFrame = self.once(("settled", window), lambda: self._settled(window))
        return found

    def _settled(self, window: Window) -> pd.DataFrame:
        paid = settled_in(self.evidence, window)
        count, member = len(self.keys.keys), self.keys.code[paid["root_id"].to_numpy()]
        amount, day = paid["amount_cents"].to_numpy(), day_numbers(paid["settlement_date"]).astype(np.int64)
        found = {}
        for name, start in (("paid", "document_date"), ("due", "due_date")):
            known = paid[start].notna().to_numpy()
            days = day[known] - day_numbers(paid[start])[known]
            found[f"{name}_cents"] = totals(member[known], amount[known], count=count)
            found[f"{name}_days"] = totals(member[known], amount[known] * days, count=count)
        return pd.DataFrame(found)
