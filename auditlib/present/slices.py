"""Parts of the results, by segment and month: what the dashboard shows when someone filters.

Nothing is audited here. Without a filter the figures are the summary's; with one they are sums of the cube and the
sales, put together as INDICATORS.md 3 and 4 define them. A figure that a part cannot give has its reason instead.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib import reasons
from auditlib.ageing import AGE_UNKNOWN, NO_DUE_DATE, UNALLOCATED, is_overdue
from auditlib.amounts import euros, ratio
from auditlib.cube import SEGMENTS
from auditlib.dates import is_month_end
from auditlib.dso import days_sales_outstanding
from auditlib.present.selection import Measure, Selection, State
from auditlib.present.windows import sales_windows
from auditlib.results import Window
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["Slices"]

UNDATED_LIMIT = 0.10
PROFILE = "payer_profile"
OTHER_BASIS = N_("La balance âgée ne part pas des échéances : l’échu d’une sélection n’est pas disponible.")
WINDOW_UNKNOWN = N_("Les ventes de la fenêtre ne sont pas connues pour cette sélection.")
NO_CUBE = N_("Cette mesure n’est pas disponible.")


@dataclass(frozen=True)
class Slices:
    """Slices one audit's results.

    Parameters
    ----------
    results : AuditResults
    """

    results: "AuditResults"

    @cached_property
    def as_of_date(self) -> pd.Timestamp:
        """The audit's date."""
        return pd.Timestamp(self.results.summary["as_of_date"])

    @cached_property
    def buckets(self) -> list[str]:
        """Every bucket, in order."""
        return [row["bucket"] for row in self.results.summary["ageing"]]

    @cached_property
    def months(self) -> list[pd.Timestamp]:
        """Dates that can be looked at, the latest first; the audit's own is always there."""
        return sorted(
            {self.as_of_date, *(pd.Timestamp(day) for day in self.results.cube["month_end"].unique())}, reverse=True
        )

    @cached_property
    def windows(self) -> dict[pd.Timestamp, Window]:
        """Period of sales of each date, where it can be told."""
        entry = self.results.summary["indicators"].get("dso", {})
        return sales_windows(entry, dates=self.months, sales=self.results.sales, as_of_date=self.as_of_date)

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """Names of the segments one can filter by."""
        return (*SEGMENTS, PROFILE) if len(self.results.payers) else SEGMENTS

    @cached_property
    def cube(self) -> pd.DataFrame:
        """The cube, with each customer's payer profile where it is known."""
        return self._profiled(self.results.cube)

    @cached_property
    def sales(self) -> pd.DataFrame:
        """The sales, with each customer's payer profile where it is known."""
        return self._profiled(self.results.sales)

    def _profiled(self, table: pd.DataFrame) -> pd.DataFrame:
        payers = self.results.payers
        if not len(payers) or table.empty:
            return table
        profile = payers.set_index(payers["customer_id"].astype("str"))["profile"].astype("str")
        customer = table["customer_id"].astype("category").cat
        named = profile.reindex(customer.categories.astype("str")).fillna("").to_numpy()
        return table.assign(**{PROFILE: pd.Categorical(named[customer.codes])})

    def options(self, segment: str) -> list[str]:
        """Return the values of a segment in the cube, sorted; ``""`` (not allocated) last."""
        if self.cube.empty:
            return []
        values = {str(value) for value in self.cube[segment].unique()}
        return sorted(values - {""}) + ([""] if "" in values else [])

    def state(self, selection: Selection) -> State:
        """Return the figures of a selection."""
        amounts = self._amounts(selection.segments).reindex([selection.month_end], fill_value=0).iloc[0]
        whole = not selection.segments
        is_audit_s = whole and selection.month_end == self.as_of_date
        counted = self.results.summary["receivable"].get("customers") if is_audit_s else None
        figures = self._known(selection.month_end) if whole else None
        return State(
            **(figures or self._summed(selection, amounts)),
            net_overdue=self._net_overdue(selection),
            ageing=self._ageing(amounts, whole=is_audit_s),
            customers=int(self._cells(selection)["customer_id"].nunique() if counted is None else counted),
            window=self.windows.get(selection.month_end),
        )

    def history(self, segments: Mapping[str, str]) -> pd.DataFrame:
        """Return ``receivable_cents``, ``overdue_cents``, ``overdue_rate`` and ``dso`` at each ``month_end``.

        Without a filter it is the evolution itself, count-back DSO included. [cents, VAT included; share 0–1; days]
        """
        evolution = self.results.evolution
        if not segments or evolution.empty:
            return evolution
        evolution = evolution[evolution["month_end"].isin(self.cube["month_end"].unique())]
        months = pd.DatetimeIndex(evolution["month_end"])
        amounts = self._amounts(segments).reindex(months, fill_value=0)
        receivable = amounts.sum(axis=1)
        table = pd.DataFrame({"month_end": evolution["month_end"], "receivable_cents": receivable.to_numpy()})
        late = amounts.loc[:, is_overdue(pd.Series(amounts.columns))].sum(axis=1).to_numpy()
        table["overdue_cents"] = late if self._has_due_dates else np.nan
        table["overdue_rate"] = [_number(self._rate(row).value) for _, row in amounts.iterrows()]
        sold = self.sales[_matching(self.sales, segments)]
        table["dso"] = [
            _number(self._dso(int(cents), sold, month).value) for cents, month in zip(receivable, months, strict=True)
        ]
        return table

    def customers(self, selection: Selection) -> pd.DataFrame:
        """Return the customers of a selection, the largest overdue first.

        Returns
        -------
        DataFrame
            ``customer_id``, ``name``, ``customer_type``, ``receivable_cents``, ``overdue_cents`` and
            ``oldest_cents`` (last bucket) of the selection; at the audit's date also ``net_overdue_cents`` (the
            customer's, at most his overdue here) and ``oldest_days_overdue``. [cents, VAT included; days]
        """
        cells = self._cells(selection)
        bucket, customer = cells["bucket"].astype("str"), cells["customer_id"].astype("str")
        late = is_overdue(bucket)
        sums = pd.DataFrame(
            {
                "receivable_cents": cells["amount_cents"].groupby(customer).sum(),
                "overdue_cents": cells["amount_cents"].where(late, 0).groupby(customer).sum(),
                "oldest_cents": cells["amount_cents"].where(bucket == self.oldest_bucket, 0).groupby(customer).sum(),
            }
        )
        known = self.results.customers.set_index("customer_id")
        if selection.month_end == self.as_of_date:
            sums["net_overdue_cents"] = np.minimum(
                known["net_overdue_cents"].reindex(sums.index).fillna(0).astype("int64"), sums["overdue_cents"]
            )
            sums["oldest_days_overdue"] = known["oldest_days_overdue"].reindex(sums.index)
        names = known[["name", "customer_type"]].astype("str").reindex(sums.index).fillna("")
        ordered = names.join(sums).sort_values(["overdue_cents", "receivable_cents"], ascending=False, kind="stable")
        return ordered.rename_axis("customer_id").reset_index()

    def open_items(self, customer_id: str) -> pd.DataFrame:
        """Return one customer's open items at the audit's date, the longest overdue first."""
        items = self.results.open_items[self.results.open_items["customer_id"] == customer_id]
        return items.sort_values(["days_overdue", "residual_cents"], ascending=False, na_position="last", kind="stable")

    @cached_property
    def oldest_bucket(self) -> str:
        """The overdue bucket of the longest delay."""
        late = [
            name for name, is_late in zip(self.buckets, is_overdue(pd.Series(self.buckets)), strict=True) if is_late
        ]
        return late[-1] if late else ""

    @cached_property
    def _has_due_dates(self) -> bool:
        """Whether the buckets of the cube count from due dates, as the overdue does."""
        cube = self.results.cube
        late = cube.loc[(cube["month_end"] == self.as_of_date) & is_overdue(cube["bucket"]), "amount_cents"]
        return bool(euros(int(late.sum())) == self.results.summary["receivable"]["overdue"])

    def _cells(self, selection: Selection) -> pd.DataFrame:
        cube = self.cube
        return cube[_matching(cube, selection.segments) & (cube["month_end"] == selection.month_end).to_numpy()]

    def _amounts(self, segments: Mapping[str, str]) -> pd.DataFrame:
        """Return amounts by date (rows) and bucket (every one, in order) [cents]."""
        kept = self.cube[_matching(self.cube, segments)]
        summed = kept["amount_cents"].groupby([kept["month_end"], kept["bucket"].astype("str")]).sum()
        by_bucket = summed.unstack(fill_value=0)  # noqa: PD010 -- a sum by two keys, no frame to pivot
        return by_bucket.reindex(columns=self.buckets, fill_value=0).astype("int64")

    def _known(self, month_end: pd.Timestamp) -> dict[str, Measure] | None:
        """Return the figures of everything, from the summary or the evolution."""
        summary, evolution = self.results.summary, self.results.evolution
        if month_end == self.as_of_date:
            stock, entries = summary["receivable"], summary["indicators"]
            absent = stock.get("reason") or NO_CUBE
            return {
                name: _measure(stock.get(key), absent)
                for name, key in (("receivable", "total"), ("overdue", "overdue"))
            } | {
                name: _measure(entries.get(name, {}).get("value"), entries.get(name, {}).get("reason") or NO_CUBE)
                for name in ("overdue_rate", "dso")
            }
        row = evolution[evolution["month_end"] == month_end]
        if row.empty:
            return None
        point = row.iloc[0]
        return {
            "receivable": Measure(euros(int(point["receivable_cents"]))),
            "overdue": Measure(euros(int(point["overdue_cents"]))),
            "overdue_rate": _measure(point["overdue_rate"], reasons.TOO_MUCH_UNDATED),
            "dso": _measure(point["dso"], summary.get("evolution_reason") or reasons.SHORT_HISTORY),
        }

    def _summed(self, selection: Selection, amounts: pd.Series) -> dict[str, Measure]:
        receivable = int(amounts.sum())
        sold = self.sales[_matching(self.sales, selection.segments)]
        overdue = Measure(euros(_overdue(amounts))) if self._has_due_dates else Measure(None, OTHER_BASIS)
        return {
            "receivable": Measure(euros(receivable)),
            "overdue": overdue,
            "overdue_rate": self._rate(amounts),
            "dso": self._dso(receivable, sold, selection.month_end),
        }

    def _rate(self, amounts: pd.Series) -> Measure:
        """Return overdue over what has an age, from amounts by bucket."""
        if not self._has_due_dates:
            return Measure(None, OTHER_BASIS)
        gross = int(amounts.sum() - amounts.get(UNALLOCATED, 0))
        undated = int(amounts.reindex([NO_DUE_DATE, AGE_UNKNOWN], fill_value=0).sum())
        if undated > UNDATED_LIMIT * gross:
            return Measure(None, reasons.TOO_MUCH_UNDATED)
        return _measure(ratio(_overdue(amounts), gross - undated), reasons.NOTHING_OPEN)

    def _dso(self, receivable: int, sold: pd.DataFrame, month_end: pd.Timestamp) -> Measure:
        window = self.windows.get(month_end)
        if window is None:
            entry = self.results.summary["indicators"].get("dso", {})
            return Measure(None, entry.get("reason") or WINDOW_UNKNOWN)
        inside = sold["month_end"].between(pd.Timestamp(window.start), pd.Timestamp(_month_end(window.end)))
        total = int(sold.loc[inside, "amount_cents"].sum())
        return _measure(days_sales_outstanding(receivable, sales_cents=total, days=window.days), reasons.NO_SALES)

    def _net_overdue(self, selection: Selection) -> Measure:
        if selection.month_end != self.as_of_date:
            return Measure(None, N_("L’échu net n’est connu qu’à la date d’arrêté."))
        if not selection.segments:
            return _measure(self.results.summary["receivable"].get("net_overdue"), NO_CUBE)
        return Measure(euros(int(self.customers(selection)["net_overdue_cents"].sum())))

    def _ageing(self, amounts: pd.Series, *, whole: bool) -> list[dict[str, Any]]:
        rows = self.results.summary["ageing"]
        if whole:
            return list(rows)
        total = int(amounts.sum())
        return [
            row
            | {
                "amount": euros(int(amounts[row["bucket"]])),
                "share": ratio(int(amounts[row["bucket"]]), total),
                "items": None,
            }
            for row in rows
        ]


def _overdue(amounts: pd.Series) -> int:
    return int(amounts[is_overdue(pd.Series(amounts.index))].sum())


def _matching(table: pd.DataFrame, segments: Mapping[str, str]) -> npt.NDArray[np.bool_]:
    kept = np.ones(len(table), dtype=bool)
    for name, value in segments.items():
        kept &= (table[name] == value).to_numpy()
    return kept


def _measure(value: float | None, reason: str) -> Measure:
    return Measure(None, reason) if value is None or pd.isna(value) else Measure(float(value))


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _month_end(day: dt.date) -> dt.date:
    return day if is_month_end(day) else (pd.Timestamp(day) + pd.offsets.MonthEnd(0)).date()
