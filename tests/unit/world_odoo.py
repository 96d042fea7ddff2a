"""The receivable of `world_receivable` as Odoo, its community reports and ERPNext export it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.unit.world_printed import AGED, HEADER, Edges, Printed, Row, Rows, spread, sums
from tests.unit.world_receivable import BALANCES, ITEMS, NAMES, Item, of

__all__ = [
    "ERP_AGES", "ERP_EDGES", "ERP_TYPES", "OCA_ACCOUNTS", "OCA_AGES", "OCA_TITLE", "erpnext_detail",
    "erpnext_summary", "oca_detail", "oca_summary", "odoo_16", "odoo_16_french", "odoo_17", "odoo_17_french",
    "odoo_folded",
]


def _odoo(name: str, header: Row, lead: Callable[[Item], Row], title: Rows, **given: Any) -> Printed:
    def line(item: Item) -> Row:
        return [cell or 0 for cell in spread(item.amount, item.days, AGED)] + [item.amount]

    gap = len(header) - 8
    body: Rows = []
    for customer in NAMES:
        body += [[NAMES[customer], *[None] * gap, *sums([line(item) for item in of(customer)])],
                 *([f"   {item.ref}", *lead(item), *line(item)] for item in of(customer))]
    body.append(["Total", *[None] * gap, *sums([line(item) for item in ITEMS])])
    return Printed(name, given.pop("basis", "open_items"), title, [header], body, has_codes=False, fixed=1, **given)


def odoo_16() -> Printed:
    """Write the aged receivable of versions 13 to 16: sums of a partner above its items, no title."""
    return _odoo("odoo_16", ["", "Due Date", "Journal", "Account", "Exp. Date", "Not due on: 12/31/2025", "1 - 30",
                             "31 - 60", "61 - 90", "91 - 120", "Older", "Total"],
                 lambda item: [f"{item.due:%m/%d/%Y}", "INV", "411100", None], [], dates=("due",))


def odoo_16_french() -> Printed:
    """Write the same in French."""
    return _odoo("odoo_16_french", ["", "Date d'échéance", "Journal", "Compte", "Date prévue",
                                    "Non échu au : 31/12/2025", "1 - 30", "31 - 60", "61 - 90", "91 - 120",
                                    "Plus ancien", "Total"],
                 lambda item: [item.due, "FAC", "411100", None], [], dates=("due",))


def odoo_folded() -> Printed:
    """Write it with its partners folded: columns of items without a cell."""
    items = odoo_16()
    body = [row for row in items.body if row[1] is None]
    return replace(items, name="odoo_folded", basis="aged_balance", body=body, edges=AGED)


def odoo_17() -> Printed:
    """Write the aged receivable of version 17 on: no due date is printed, only the columns tell the age."""
    return _odoo("odoo_17", ["", "Invoice Date", "Amount Currency", "Currency", "Account", "Expected Date", "At Date",
                             "1-30", "31-60", "61-90", "91-120", "Older", "Total"],
                 lambda item: [item.date, item.amount, "EUR", "411100", None],
                 [["Aged Receivable"], ["As of 12/31/2025"]], basis="aged_balance", edges=AGED, currency="EUR")


def odoo_17_french() -> Printed:
    """Write the same in French."""
    return _odoo("odoo_17_french", ["", "Date de facturation", "Montant en devise", "Devise", "Compte", "Date prévue",
                                    "À la date", "1-30", "31-60", "61-90", "91-120", "Plus ancien", "Total"],
                 lambda item: [item.date, item.amount, "EUR", "411100", None],
                 [["Balance âgée client"], ["Au 31/12/2025"]], basis="aged_balance", edges=AGED, currency="EUR")


OCA_TITLE: Rows = [["Aged Partner Balance - Dupont SAS - EUR"], [], ["Date at filter", None, "31/12/2025"],
                   ["Target moves filter", None, "All posted entries"], []]
OCA_AGES = ["Residual", "Current", "Age ≤ 30 d.", "Age ≤ 60 d.", "Age ≤ 90 d.", "Age ≤ 120 d.", "Older"]
OCA_ACCOUNTS = {"411100 - Clients": list(NAMES)[:5], "416000 - Clients douteux": list(NAMES)[5:]}


def _oca_line(item: Item) -> Row:
    return [item.amount, *(cell or 0 for cell in spread(item.amount, item.days, AGED))]


def oca_summary() -> Printed:
    """Write the aged partner balance: a block an account, each with its header, total and percents."""
    body: Rows = []
    for account, customers in OCA_ACCOUNTS.items():
        lines = [sums([_oca_line(item) for item in of(customer)]) for customer in customers]
        whole = sums(lines)
        body += [*([[account], HEADER] if body else []),
                 *([NAMES[customer], *line] for customer, line in zip(customers, lines, strict=True)),
                 ["Total", *whole], ["Percents", None, *(round(cell / whole[0], 4) for cell in whole[1:])], [], []]
    return Printed("oca_summary", "aged_balance", [*OCA_TITLE, [next(iter(OCA_ACCOUNTS))]], [["Partner", *OCA_AGES]],
                   body, has_codes=False, currency="EUR", edges=AGED)


def oca_detail() -> Printed:
    """Write the same with its items: a block an account and a partner, a header above each."""
    header = ["Date", "Entry", "Journal", "Account", "Partner", "Ref - Label", "Due date", *OCA_AGES]
    body: Rows = []
    for account, customers in OCA_ACCOUNTS.items():
        for customer in customers:
            lines = [_oca_line(item) for item in of(customer)]
            above = ([[account]] if customer == customers[0] else []) + [[NAMES[customer]], HEADER]
            body += above if body else []
            body += [[item.date, item.ref, "FAC", account[:6], NAMES[customer], f"{item.ref} - Marchandises", item.due,
                      *line] for item, line in zip(of(customer), lines, strict=True)]
            body += [[None, None, None, None, None, "Partner cumul aged balance", None, *sums(lines)], []]
        whole = sums([_oca_line(item) for customer in customers for item in of(customer)])
        body += [[None, None, None, None, None, "Total", None, *whole],
                 [None, None, None, None, None, "Percents", None, None,
                  *(round(cell / whole[0], 4) for cell in whole[1:])], [], []]
    title = [*OCA_TITLE, [next(iter(OCA_ACCOUNTS))], [NAMES["10010"]]]
    return Printed("oca_detail", "open_items", title, [header], body, has_codes=False, currency="EUR")


ERP_AGES = ["0-30", "31-60", "61-90", "91-120", "121-Above"]
ERP_EDGES: Edges = [(None, 30), (31, 60), (61, 90), (91, 120), (121, None)]
ERP_TYPES = {"invoice": "Sales Invoice", "credit_note": "Sales Invoice", "receipt": "Payment Entry"}


def erpnext_detail() -> Printed:
    """Write accounts receivable of ERPNext: amounts invoiced, paid, credited and outstanding side by side."""
    header = ["Posting Date", "Party Type", "Party", "Receivable Account", "Customer Name", "Customer Contact",
              "Cost Center", "Voucher Type", "Voucher No", "Due Date", "Payment Term", "Invoice Grand Total",
              "Invoiced Amount", "Paid Amount", "Credit Note", "Outstanding Amount", "Age (Days)", *ERP_AGES,
              "Currency", "Future Payment Ref", "Future Payment Amount", "Remaining Balance", "Customer LPO",
              "Delivery Notes", "Sales Person", "Territory", "Customer Group"]
    body: Rows = []
    for item in ITEMS:
        owed, paid = max(item.original, 0), round(max(item.original, 0) - item.amount, 2)
        credited = paid if item.kind == "credit_note" else 0
        body.append([item.date, "Customer", item.customer, "1310 - Debtors - DS", NAMES[item.customer], None, "Main",
                     ERP_TYPES[item.kind], item.ref, item.due if item.kind == "invoice" else None, None, owed, owed,
                     paid - credited, credited, item.amount, item.days,
                     *(cell or 0 for cell in spread(item.amount, item.days, ERP_EDGES)),
                     "EUR", None, 0, item.amount, None, None, "Anna", "France", "Commercial"])
    whole = sums([row[11:16] + row[17:22] for row in body])
    body.append(["Total", *[None] * 10, *whole[:5], None, *whole[5:], *[None] * 9])
    return Printed("erpnext_detail", "open_items", [], [header], body, has_date=False, currency="EUR")


def erpnext_summary() -> Printed:
    """Write the summary of it: what is not due stands in the first column of days."""
    header = ["Customer", "Customer Name", "Advance Amount", "Invoiced Amount", "Paid Amount", "Credit Note",
              "Outstanding Amount", *ERP_AGES, "Total Amount Due", "Territory", "Customer Group", "Currency"]
    body: Rows = []
    for customer, name in NAMES.items():
        owed = round(sum(item.original for item in of(customer) if item.amount > 0), 2)
        credited = round(-sum(item.amount for item in of(customer) if item.kind == "credit_note"), 2)
        body.append([customer, name, 0, owed, round(owed - credited - BALANCES[customer], 2), credited,
                     BALANCES[customer],
                     *sums([spread(item.amount, item.days, ERP_EDGES) for item in of(customer)]), BALANCES[customer],
                     "France", "Commercial", "EUR"])
    body.append(["Total", None, *sums([row[2:13] for row in body]), None, None, None])
    return Printed("erpnext_summary", "aged_balance", [], [header], body, has_date=False, currency="EUR",
                   edges=[(0, 30), *ERP_EDGES[1:]])
