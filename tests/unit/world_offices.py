"""The receivable of `world_receivable` as Maconomy, Sage and NetSuite print its ages."""

import datetime as dt

from tests.unit.world_dynamics import BC_TYPES
from tests.unit.world_printed import Edges, Printed, Row, Rows, spread, sums
from tests.unit.world_receivable import BALANCES, NAMES, of

__all__ = ["maconomy", "netsuite_detail", "sage_uk", "sage_uk_below"]


def maconomy() -> Printed:
    """Write the ageing of Maconomy: a row a job, and the day of the last payment."""
    header = ["Customer No", "Customer Name", "Job No", "Job Name", "Balance", "0-30 days", "31-60 days", "61-90 days",
              "91+ days", "Last Payment"]
    edges: Edges = [(None, 30), (31, 60), (61, 90), (91, None)]
    body: Rows = []
    for customer, name in NAMES.items():
        for job, items in (("J1", of(customer)[:2]), ("J2", of(customer)[2:])):
            body.append([customer, name, f"{job}{customer}", "Mission", round(sum(item.amount for item in items), 2),
                         *sums([spread(item.amount, item.days, edges) for item in items]), dt.date(2025, 12, 5)])
    return Printed("maconomy", "aged_balance", [
        ["Customer Aging Details by Dimension"], ["Statement date: 31/12/2025"], ["Currency: EUR"]], [header], body,
        currency="EUR", edges=[(0, 30), *edges[1:]])


def _sage_uk(name: str, ages: Row) -> Printed:
    edges: Edges = [(0, 29), (30, 59), (60, 89), (90, 119), (120, None)]
    body: Rows = [[customer, title, *sums([[item.amount, *spread(item.amount, item.age, edges)]
                                           for item in of(customer)])] for customer, title in NAMES.items()]
    body.append(["Total", None, *sums([row[2:] for row in body])])
    return Printed(name, "aged_balance", [
        ["Dupont SAS"], ["Aged Debtors Report"], ["As at 31/12/2025"], ["Aged by transaction date"], []],
        [["Customer Ref", "Customer Name", "O/S Amt", *ages]], body, edges=edges, by_document=True)


def sage_uk() -> Printed:
    """Write the aged debtors of Sage Accounting: columns of 30 days from 0 to 29."""
    return _sage_uk("sage_uk", ["0 - 29 days", "30 - 59 days", "60 - 89 days", "90 - 119 days", "120+ days"])


def sage_uk_below() -> Printed:
    """Write the same with the headings that only say the upper end."""
    return _sage_uk("sage_uk_below", ["< 30 days", "< 60 days", "< 90 days", "< 120 days", "Older"])


def netsuite_detail() -> Printed:
    """Write the ageing detail of NetSuite: a customer's row, items, "Total - " and his name."""
    header = ["Customer/Project", "Transaction Type", "Date", "Document Number", "P.O. No.", "Due Date", "Age",
              "Open Balance"]
    body: Rows = []
    for customer, name in NAMES.items():
        body += [[f"{customer} {name}"], *(
            [None, BC_TYPES[item.kind], f"{item.date:%m/%d/%Y}", item.ref, None, f"{item.due:%m/%d/%Y}", item.days,
             item.amount] for item in of(customer)),
            [f"Total - {customer} {name}", *[None] * 6, BALANCES[customer]]]
    body.append(["Total", *[None] * 6, 36701.30])
    return Printed("netsuite_detail", "open_items", [
        ["Dupont SAS"], ["A/R Aging Detail"], ["As of December 31, 2025"], ["Options: Show Zeros"], []], [header], body,
        fixed=1)
