"""What a debtor owes as a call states it: items, what is not claimed, credits, and what may be asked instead of all."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.call_rules import CallRules
from auditlib.claimable import item_parts
from auditlib.dates import add_months
from auditlib.working_days import is_working_day, working_day_after

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["Account", "Instalment", "Offers", "accounts", "offers"]

PARTS = ("barred_cents", "suspended_cents", "unconfirmed_cents", "free_cents")
SHOWN = ["item_id", "document_ref", "document_date", "due_date", "residual_cents", "disputed_cents"]
TRANSFER_DAYS = 3
"""From the order given to the money seen at the bank (DOMAIN.md B). [working days]"""


@dataclass(frozen=True)
class Account:
    """What one debtor owes: overdue less what is not claimed and less credits makes the claim.

    Attributes
    ----------
    items : DataFrame
        Overdue debits, oldest due date first: `SHOWN` and `auditlib.claimable.item_parts`.
    overdue_cents, barred_cents, suspended_cents, unconfirmed_cents, credits_cents, claim_cents : int
        [cents, VAT included]; ``credits_cents`` is what receipts, credit notes and deposits not allocated cover.
    """

    items: pd.DataFrame
    overdue_cents: int
    barred_cents: int
    suspended_cents: int
    unconfirmed_cents: int
    credits_cents: int
    claim_cents: int


@dataclass(frozen=True)
class Instalment:
    """One payment: day and amount [cents, VAT included]."""

    due_on: dt.date
    amount_cents: int


@dataclass(frozen=True)
class Offers:
    """What to ask for, in order; each adds up to the claim.

    Attributes
    ----------
    seen_on : date
        Day the bank shows a transfer ordered during the call.
    first, balance : Instalment
        A part at once and the rest at a fixed day.
    plan : tuple of Instalment
        Equal payments a month apart; empty where no plan is offered.
    """

    seen_on: dt.date
    first: Instalment
    balance: Instalment
    plan: tuple[Instalment, ...]


def accounts(results: "AuditResults", plan: pd.DataFrame) -> dict[str, Account]:
    """Return the account of each debtor of a plan with a claim.

    Parameters
    ----------
    results : AuditResults
    plan : DataFrame
        `auditlib.action_plan.PLAN_COLUMNS`.

    Raises
    ------
    ValueError
        If an account does not add up to the claim of the plan: nobody must be called for another amount.
    """
    claimed = plan[plan["claim_cents"] > 0].set_index("customer_id")[["net_overdue_cents", "claim_cents"]]
    parts = item_parts(results)
    parts = parts[parts["customer_id"].isin(claimed.index)]
    items = results.open_items.loc[parts.index, SHOWN].join(parts)
    items = items.sort_values(["due_date", "item_id"], kind="stable")
    amounts = claimed.to_dict("index")
    return {str(customer): _account(rows, amounts[customer]["net_overdue_cents"], amounts[customer]["claim_cents"])
            for customer, rows in items.groupby("customer_id", sort=False)}


def _account(items: pd.DataFrame, net_cents: int, claim_cents: int) -> Account:
    overdue, sums = int(items["residual_cents"].sum()), {name: int(items[name].sum()) for name in PARTS}
    credits_cents = overdue - net_cents
    if sums["free_cents"] - credits_cents != claim_cents:
        raise ValueError(f"account of {items['customer_id'].iloc[0]}: {sums['free_cents']} less credits "
                         f"{credits_cents} is not the claim, {claim_cents}")
    return Account(items.reset_index(drop=True), overdue, sums["barred_cents"], sums["suspended_cents"],
                   sums["unconfirmed_cents"], credits_cents, claim_cents)


def offers(account: Account, *, kind: str, called_on: dt.date, rules: CallRules, most_instalments: int) -> Offers:
    """Return what may be asked: all, else the oldest invoices at once and a date, else a plan.

    Parameters
    ----------
    account : Account
    kind : str
        One of `auditlib.scenario_calendar.KINDS`.
    called_on : date
        Day of the call.
    rules : CallRules
        The mandate: least share to accept at once, days for the balance, instalments by kind.
    most_instalments : int
        Parameters ``collection.plan_instalments``.
    """
    claim = account.claim_cents
    first = _first_part(account, rules.first_share)
    balance_on = _working(called_on + dt.timedelta(days=rules.balance_days))
    count = min(next((most for name, most in rules.instalments.items() if name == kind), 0), most_instalments)
    return Offers(working_day_after(called_on, TRANSFER_DAYS), Instalment(called_on, first),
                  Instalment(balance_on, claim - first), _plan(claim, count, called_on))


def _first_part(account: Account, share: float) -> int:
    """Take whole invoices, the oldest first, up to the share; a share of the claim where one invoice is all of it."""
    least = math.ceil(round(account.claim_cents * share, 6))
    left = (account.items["free_cents"].cumsum() - account.credits_cents).clip(lower=0)
    reached = int(left[left >= least].iloc[0])
    return reached if reached < account.claim_cents else least


def _plan(claim_cents: int, count: int, called_on: dt.date) -> tuple[Instalment, ...]:
    """Share a claim out in equal payments, the odd cents in the first, which is paid at once."""
    if count < 2 or claim_cents < count:
        return ()
    each = claim_cents // count
    days = [called_on, *(_working(add_months(called_on, month)) for month in range(1, count))]
    return tuple(Instalment(day, each if rank else claim_cents - each * (count - 1)) for rank, day in enumerate(days))


def _working(day: dt.date) -> dt.date:
    return day if is_working_day(day) else working_day_after(day, 1)
