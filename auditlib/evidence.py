"""What the indicators of one audit rest on, computed once: state, net overdue, sales, claims and settlements."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib import overdue, reasons, replay, sales, vat
from auditlib.ageing import bucket_table
from auditlib.ledger import Ledger
from auditlib.open_items import open_items, residuals
from auditlib.parallel import each
from auditlib.parameters import Parameters
from auditlib.recovery import Cohorts
from auditlib.results import Window, sales_window
from auditlib.settlements import settlements
from auditlib.statuses import roots

if TYPE_CHECKING:
    from auditlib.loaders.intake import Intake

__all__ = ["Evidence", "is_due_date_estimated"]

INVOICED = ["item_id", "movement_id", "origin_id", "customer_id", "posting_date", "document_date", "due_date",
            "due_date_origin", "is_terms_confirmed", "is_age_unknown", "amount_cents", "kind_inferred"]
SOLD = ["customer_id", "kind", "posting_date", "amount_cents", "kind_inferred"]
ESTIMATED_LIMIT = 0.20
"""Above this share of gross receivable on assumed due dates, due-date figures are titled as estimates."""


def is_due_date_estimated(items: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which items are dated by default terms, or by terms nobody confirmed (INDICATORS.md 1)."""
    origin = items["due_date_origin"]
    return ((origin == "default") | ((origin == "terms") & ~items["is_terms_confirmed"])).to_numpy()


@dataclass(frozen=True)
class Evidence:
    """One audit's ledger and what is read from it; each part is computed when first asked for.

    Attributes
    ----------
    intake : Intake
    parameters : Parameters
    as_of_date : date
    ledger : Ledger
    documents : DataFrame or None
        The movements in their own currencies, where the ledger and the intake are converted into the main one.
    """

    intake: "Intake"
    parameters: Parameters
    as_of_date: dt.date
    ledger: Ledger
    documents: pd.DataFrame | None = None

    @property
    def has_flows(self) -> bool:
        """Whether sales and payments are known, not only what is left open."""
        return self.intake.basis in ("ledger", "invoice_list")

    def state(self, day: dt.date, *, basis: str = "due_date") -> pd.DataFrame:
        """Return `schemas.OPEN_ITEMS` at a date; an open-item list has its own date only."""
        return open_items(
            self.ledger, customers=self.intake.customers, disputes=self.intake.disputes,
            insolvencies=self.intake.insolvencies, buckets=self.parameters.method.buckets, basis=basis, as_of_date=day)

    @cached_property
    def open_items(self) -> pd.DataFrame:
        """Open items at the as-of date, aged by due date."""
        return self.state(self.as_of_date)

    @cached_property
    def shown_items(self) -> pd.DataFrame:
        """Open items with the bucket the parameters ask for (by due date, or by document date)."""
        basis = self.parameters.method.ageing_basis
        if basis == "due_date" or not self.intake.has_document_dates:
            return self.open_items
        return self.open_items.assign(bucket=self.state(self.as_of_date, basis=basis)["bucket"])

    def ageing_at(self, day: dt.date) -> pd.DataFrame:
        """Return the table of buckets at a date, aged as the parameters ask (`auditlib.ageing.bucket_table`)."""
        method = self.parameters.method
        basis = method.ageing_basis if self.intake.has_document_dates else "due_date"
        return bucket_table(self.state(day, basis=basis), buckets=method.buckets)

    @cached_property
    def gross_cents(self) -> int:
        """Gross receivable: Σ residuals of debit items [cents, VAT included]."""
        return int(self.open_items["residual_cents"].clip(lower=0).sum())

    @cached_property
    def net_overdue(self) -> pd.DataFrame:
        """Net overdue per item at the as-of date (`auditlib.overdue.net_overdue`)."""
        return overdue.net_overdue(self.open_items, deposits=self.intake.deposits)

    @cached_property
    def share_due_dates_estimated(self) -> float:
        """Share of gross receivable whose due date is assumed [share 0–1]."""
        debit = self.open_items["residual_cents"].clip(lower=0).to_numpy()
        return float(debit[is_due_date_estimated(self.open_items)].sum() / debit.sum()) if debit.sum() else 0.0

    @property
    def is_estimated(self) -> bool:
        """Whether too many due dates are assumed for due-date figures to be more than estimates."""
        return self.share_due_dates_estimated > ESTIMATED_LIMIT

    def due_date_note(self, *others: str | None) -> str | None:
        """Return the note of a figure resting on due dates: that too many are assumed, and what else is to say."""
        estimated = reasons.ESTIMATED if self.is_estimated else None
        return " ".join(note for note in (estimated, *others) if note) or None

    @cached_property
    def daily_sales(self) -> pd.Series:
        """Net sales by day [cents, VAT included]."""
        return sales.daily_sales(self.ledger.items)

    @cached_property
    def sold(self) -> pd.DataFrame:
        """Invoices and credit notes, on the index of the items: what sales and their shares are counted from."""
        return sales.sales_items(self.ledger.items, columns=SOLD)

    def is_of_group(self, items: pd.DataFrame) -> npt.NDArray[np.bool_]:
        """Tell which items are on flagged group companies."""
        customers = self.intake.customers
        return items["customer_id"].isin(customers.loc[customers["is_group"], "customer_id"]).to_numpy()

    def window(self, day: dt.date, *, months: int | None = None) -> Window | None:
        """Return the window of sales at a date, None where the history is too short."""
        return sales_window(day, months=months or self.parameters.method.window_months,
                            history_start=sales.first_day(self.daily_sales))

    def receivable_at(self, day: dt.date) -> int:
        """Return the balance of the perimeter at a date [cents, VAT included]."""
        return int(residuals(self.ledger, as_of_date=day).sum())

    @cached_property
    def roots(self) -> npt.NDArray[np.int64]:
        """The claim each item goes back to."""
        return roots(self.ledger.items["origin_id"].to_numpy())

    @cached_property
    def vat_share(self) -> npt.NDArray[np.float64]:
        """Share of VAT in each item's amount, NaN where nothing says it (`auditlib.vat.vat_share`) [share 0–1]."""
        zones = self.intake.customers.set_index("customer_id")["zone"].astype("str")
        return vat.vat_share(self.ledger.items, movements=self.intake.movements, roots=self.roots, zones=zones,
                             vat_rate=self.parameters.economics.vat_rate)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """Events of each claim."""
        return replay.claims(self.ledger)

    @cached_property
    def settlements(self) -> pd.DataFrame:
        """Settlements that stand, each claim's."""
        return settlements(self.ledger)

    @cached_property
    def cohorts(self) -> Cohorts:
        """The invoices by due month, and what was settled of each within a horizon."""
        return Cohorts(self.invoices, self.claims)

    @cached_property
    def invoices(self) -> pd.DataFrame:
        """Invoices that raise what is owed, credit notes apart: their dates and amounts, on the index of the items."""
        items = self.ledger.items
        rows = np.flatnonzero((items["kind"] == "invoice") & (items["amount_cents"] > 0))
        taken = each(lambda name: items[name].take(rows), INVOICED)
        return pd.DataFrame(dict(zip(INVOICED, taken, strict=True)), copy=False)
