"""What the law is applied to: the legal table of an audit, and the legal standing of each debtor and claim."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.dates import NO_DAY, day_number, day_numbers
from auditlib.errors import BadInputError
from auditlib.evidence import Evidence
from auditlib.late_interest import REGIMES
from auditlib.legal_tables import legal_table, value_at
from auditlib.legal_terms import PUBLIC_CAPS
from auditlib.open_items import account_starts
from auditlib.parameters import Parameters
from auditlib.prescription import Periods, lapsed_before
from auditlib.review_uses import Stipulated, stipulated
from auditlib.settings import LegalChoices

__all__ = ["PRACTICE_FILE", "RETENTION", "LegalBasis", "caps_of", "debtor_of", "practice_file"]

PRACTICE_FILE = "legal_rates.csv"
"""The practice's own rows, beside the parameters files."""
RETENTION = "4117"
DEBTOR_OF_TYPE = {"B2B": "business", "B2C": "consumer", "public": "public"}
ABROAD = ("EU", "non_EU")
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.str_]
Flags = npt.NDArray[np.bool_]


def debtor_of(customers: pd.DataFrame, *, unknown: str) -> pd.Series:
    """Return what each customer is before the law: business, consumer, public or unknown.

    Parameters
    ----------
    customers : DataFrame, schema CUSTOMERS
    unknown : {"apart", "business"}
        What a debtor of unknown type counts as.
    """
    kind = customers["customer_type"].astype("str").map(DEBTOR_OF_TYPE)
    kind = kind.fillna("business" if unknown == "business" else "unknown")
    return pd.Series(kind.to_numpy(dtype=object), index=customers["customer_id"].astype("str"))


@dataclass(frozen=True)
class LegalBasis:
    """The law of one audit and whom it is applied to; each part is worked out when first asked for.

    Attributes
    ----------
    evidence : Evidence
    """

    evidence: Evidence

    @property
    def choices(self) -> LegalChoices:
        """What the parameters file says under ``legal``."""
        return self.evidence.parameters.legal

    @property
    def stipulated(self) -> Stipulated:
        """The late interest of the client's contracts, and where it comes from."""
        return stipulated(self.evidence.parameters)

    @cached_property
    def table(self) -> pd.DataFrame:
        """`auditlib.legal_tables.legal_table`, with the practice's own rows."""
        return legal_table(practice_file(self.evidence.parameters))

    @cached_property
    def periods(self) -> Periods | None:
        """Prescription periods at the as-of date, None where the table lacks one."""
        names = [f"prescription_{name}" for name in ("business", "consumer", "public", "transport")]
        found = [value_at(self.table, name, self.evidence.as_of_date) for name in names]
        if any(value is None for value in found):
            return None
        business, consumer, public, transport = (int(value) for value in found if value is not None)
        return Periods(business, consumer, public, every=transport if self.choices.transport_contracts else None)

    def debtors(self, customer: pd.Series) -> Texts:
        """Return what each row's customer (categorical) is before the law."""
        return self._debtors(customer)[customer.cat.codes.to_numpy()]

    def _debtors(self, customer: pd.Series) -> Texts:
        """Return the same by category: the work is done once a customer, not once a row."""
        known = debtor_of(self.evidence.intake.customers, unknown=self.choices.unknown_debtors)
        return _of_categories(customer, known, "unknown").astype(str)

    def regimes(self, customer: pd.Series) -> pd.Categorical:
        """Return the regime of late interest of each row's customer; missing for a consumer, who owes none.

        A debtor of no known country is taken to be in France where the accounts are in euros, and nowhere else.
        """
        customers, debtor = self.evidence.intake.customers, self._debtors(customer)
        zones = pd.Series(customers["zone"].astype("str").to_numpy(dtype=object),
                          index=customers["customer_id"].astype("str"))
        zone = _of_categories(customer, zones, "").astype(str)
        nowhere = (zone == "") & (self.evidence.intake.currency not in ("", "EUR"))
        regime = np.select([debtor == "consumer", np.isin(zone, ABROAD), (debtor == "unknown") | nowhere],
                           ["", "abroad", "unconfirmed"], debtor)
        names = pd.Index(REGIMES, dtype="str")
        code = names.get_indexer(pd.Index(regime))
        return pd.Categorical.from_codes(code[customer.cat.codes.to_numpy()], categories=names)

    @cached_property
    def excluded(self) -> Flags:
        """Claims, by their root, that bear no interest: retention, group, consumers."""
        items, customers = self.evidence.ledger.items, self.evidence.intake.customers
        group = pd.Series(customers["is_group"].to_numpy(), index=customers["customer_id"].astype("str"))
        names = items["customer_id"]
        out = _of_categories(names, group, False).astype(bool) | (self._debtors(names) == "consumer")
        left_out: Flags = out[names.cat.codes.to_numpy()] | account_starts(items["account"], RETENTION)
        return left_out

    @cached_property
    def lapsed(self) -> Flags:
        """Claims, by their root, that can no longer be sued for, whatever was paid on them."""
        items = self.evidence.ledger.items
        if self.periods is None:
            return np.zeros(len(items), dtype=bool)
        first = lapsed_before(self.evidence.as_of_date, periods=self.periods)
        limit = np.array([first[name] for name in self._debtors(items["customer_id"])], dtype=np.int64)
        issued = np.minimum(day_numbers(items["document_date"]), day_numbers(items["due_date"]))
        return issued < limit[items["customer_id"].cat.codes.to_numpy()]

    @cached_property
    def disputed(self) -> pd.Series:
        """What was disputed of each claim's settlements: disputes known, less what is still open of them [cents]."""
        disputes, items = self.evidence.intake.disputes, self.evidence.ledger.items
        opened = disputes["opened_on"]
        known = disputes[opened.isna() | (opened <= pd.Timestamp(self.evidence.as_of_date))]
        claimed = known["amount_cents"].groupby(known["movement_id"]).sum()
        at = np.flatnonzero(items["movement_id"].isin(claimed.index).to_numpy())
        first = pd.DataFrame({"root": self.evidence.roots[at], "movement": items["movement_id"].to_numpy()[at]})
        total = first.drop_duplicates("movement").set_index("root")["movement"].map(claimed).groupby(level=0).sum()
        still = self.evidence.open_items
        held = still["disputed_cents"].groupby(self.evidence.roots[still["item_id"].to_numpy()]).sum()
        left = total.sub(held.reindex(total.index).fillna(0)).clip(lower=0).astype("int64")
        return left[left > 0]

    def judged(self, customer: pd.Series) -> Ints:
        """Return the day number of each row's debtor's opening judgment, `NO_DAY` without one, 0 for one undated."""
        days = _judgments(self.evidence.intake.insolvencies)
        opened = days[days <= day_number(self.evidence.as_of_date)]
        return _of_categories(customer, opened, int(NO_DAY)).astype(np.int64)[customer.cat.codes.to_numpy()]

    def declared(self, customer: pd.Series) -> pd.Series:
        """Return the day each row's debtor's claim was declared in his procedure, missing where it was not."""
        known = self.evidence.intake.insolvencies
        days = known["claim_declared_on"].groupby(known["customer_id"].astype("str")).min()
        categories = days.reindex(customer.cat.categories.astype("str"))
        return pd.Series(categories.to_numpy()[customer.cat.codes.to_numpy()], index=customer.index)


def caps_of(choices: LegalChoices, debtor: str) -> tuple[str, ...]:
    """Return the caps of payment terms that apply to a debtor (business, public): parameters of the legal table."""
    if debtor == "public":
        return (f"cap_public_{choices.public_buyer}",) if choices.public_buyer else PUBLIC_CAPS
    if choices.sector:
        return (f"cap_{choices.sector}",)
    return ("cap_periodic",) if choices.periodic_invoices else ("cap_general",)


def practice_file(parameters: Parameters) -> Path | None:
    """Return the practice's file of legal rows, None where there is none.

    Raises
    ------
    BadInputError
        If the parameters name one that does not exist.
    """
    named = parameters.legal.rates_file
    path = parameters.source.parent / (named or PRACTICE_FILE)
    if path.is_file():
        return path
    if named:
        raise BadInputError(f"{parameters.source.name}: legal.rates_file: {named} does not exist; "
                            "give a CSV of legal rows, or leave it empty")
    return None


def _judgments(insolvencies: pd.DataFrame) -> pd.Series:
    opened = insolvencies["judgment_date"].fillna(insolvencies["publication_date"])
    days = pd.Series(day_numbers(opened).astype(np.int64), index=insolvencies["customer_id"].astype("str"))
    return days.where(days != NO_DAY, 0).groupby(level=0).min()


def _of_categories(column: pd.Series, values: pd.Series, default: str | float) -> npt.NDArray[np.object_]:
    """Return the value of each category of a column, by its name."""
    once = values[~values.index.duplicated()].astype(object)
    return once.reindex(column.cat.categories.astype("str"), fill_value=default).to_numpy(dtype=np.object_)
