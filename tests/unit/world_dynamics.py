"""The receivable of `world_receivable` as Dynamics exports and prints it."""

import datetime as dt
from dataclasses import replace

from tests.unit.world_printed import Edges, Printed, Rows, spread, sums
from tests.unit.world_receivable import BALANCES, CLEARED, DAY, ITEMS, NAMES, of

__all__ = [
    "BC_TYPES", "BC_TYPES_FR", "bc_ageing_api", "bc_ageing_api_plain", "bc_ageing_excel", "bc_ageing_report",
    "bc_entries", "bc_entries_french", "d365_ageing",
]

BC_TYPES = {"invoice": "Invoice", "credit_note": "Credit Memo", "receipt": "Payment"}
BC_TYPES_FR = {"invoice": "Facture", "credit_note": "Avoir", "receipt": "Paiement"}


def bc_entries() -> Printed:
    """Write customer ledger entries of Business Central, closed ones beside those still open."""
    header = ["Posting Date", "Document Date", "Document Type", "Document No.", "External Document No.", "Customer No.",
              "Customer Name", "Description", "Currency Code", "Original Amount", "Amount", "Amount (LCY)",
              "Remaining Amount", "Remaining Amt. (LCY)", "Due Date", "Closed at Date", "Open", "Entry No."]
    rows = [(item, None) for item in ITEMS] + [(item, day) for item, _, day in CLEARED]
    body: Rows = [[item.date, item.date, BC_TYPES[item.kind], item.ref, f"PO-{place}", item.customer,
                   NAMES[item.customer], f"Order {place}", None, item.original, item.original, item.original,
                   0 if day else item.amount, 0 if day else item.amount, item.due, day, not day, place]
                  for place, (item, day) in enumerate(rows, 3001)]
    return Printed("bc_entries", "open_items", [], [header], body, has_date=False)


def bc_entries_french() -> Printed:
    """Write the same page in French; only open entries, Oui in the column of what is open."""
    header = ["Date comptabilisation", "Type document", "N° document", "N° client", "Nom du client", "Description",
              "Code devise", "Montant initial", "Montant", "Montant ouvert", "Montant ouvert DS", "Date d'échéance",
              "Code condition paiement", "Ouvert", "Date clôture", "N° doc. externe", "N° séquence"]
    body: Rows = [[item.date, BC_TYPES_FR[item.kind], item.ref, item.customer, NAMES[item.customer], "Commande",
                   "EUR", item.original, item.original, item.amount, item.amount, item.due, "30J", "Oui", None,
                   f"BC{place}", place] for place, item in enumerate(ITEMS, 3001)]
    return Printed("bc_entries_french", "open_items", [], [header], body, has_date=False, currency="EUR")


def bc_ageing_api() -> Printed:
    """Write the ageing resource as a table: what its columns mean stands in columns of labels."""
    header = ["customerId", "customerNumber", "name", "currencyCode", "balanceDue", "currentAmount", "period1Label",
              "period1Amount", "period2Label", "period2Amount", "period3Label", "period3Amount", "agedAsOfDate",
              "periodLengthFilter"]
    edges: Edges = [(None, 0), (1, 30), (31, 60), (61, None)]
    body: Rows = []
    for place, (customer, name) in enumerate(NAMES.items()):
        now, first, second, third = sums([spread(item.amount, item.days, edges) for item in of(customer)])
        body.append([f"5d115c9c-44e3-ea11-bb43-000d3a2fec{place:02}", customer, name, "EUR", BALANCES[customer], now,
                     "1 - 30 days", first, "31 - 60 days", second, "Over 60 days", third, "2025-12-31", "30D"])
    return Printed("bc_ageing_api", "aged_balance", [], [header], body, ",", currency="EUR", edges=edges)


def bc_ageing_api_plain() -> Printed:
    """Write the resource as it comes now: without labels, only the length of a period."""
    told = bc_ageing_api()
    kept = [place for place, name in enumerate(told.header[0]) if not name.endswith("Label")]
    rows = [[[row[place] for place in kept] for row in part] for part in (told.header, told.body)]
    return replace(told, name="bc_ageing_api_plain", header=rows[0], body=rows[1])


def bc_ageing_excel() -> Printed:
    """Write the ageing workbook of Business Central: a pivot, and the items behind it on the last sheet."""
    header = ["No.", "Name", "Period Start Date", "Period End Date", "Remaining Amount", "Original Amount",
              "Remaining Amount (LCY)", "Original Amount (LCY)", "Dimension 1 Code", "Dimension 2 Code",
              "Currency Code", "Posting Date", "Document Date", "Due Date", "Reporting Date", "Reporting Date Month",
              "Reporting Date Quarter", "Reporting Date Year", "Entry No.", "Document Type", "Document No."]
    body: Rows = [[item.customer, NAMES[item.customer], dt.date(item.due.year, item.due.month, 1), item.due,
                   item.amount, item.original, item.amount, item.original, "NORD", None, "EUR", item.date, item.date,
                   item.due, item.due, f"{item.due:%B}", f"Q{(item.due.month + 2) // 3}", item.due.year, place,
                   BC_TYPES[item.kind], item.ref] for place, item in enumerate(ITEMS, 3001)]
    pivot: Rows = [["Aged Accounts Receivable by Period (LCY)"], ["Dupont SAS"], ["Data retrieved:", DAY], [],
                   ["Open amounts in LCY", "Column Labels"], ["Row Labels", 2025, 2026, "Grand Total"]]
    pivot += [[NAMES[customer], None, None, amount] for customer, amount in BALANCES.items()]
    return Printed("bc_ageing_excel", "open_items", [], [header], body, has_date=False, currency="EUR",
                   sheets={"By period (LCY)": [*pivot, ["Grand Total", None, None, 36701.30]]})


def bc_ageing_report() -> Printed:
    """Write the printed ageing of Business Central with its details: a customer's row, items, a total."""
    header = ["Document Type", "Document No.", "Posting Date", "Due Date", "Original Amount", "Balance", "Not Due",
              "1 - 30 days", "31 - 60 days", "61 - 90 days", "Over 90 days"]
    edges: Edges = [(None, 0), (1, 30), (31, 60), (61, 90), (91, None)]
    body: Rows = []
    for customer, name in NAMES.items():
        lines = [[item.amount, *spread(item.amount, item.days, edges)] for item in of(customer)]
        body += [[customer, name], *(
            [BC_TYPES[item.kind], item.ref, item.date, item.due, item.original, *line]
            for item, line in zip(of(customer), lines, strict=True)),
            ["Total", None, None, None, None, *sums(lines)], []]
    whole = sums([[item.amount, *spread(item.amount, item.days, edges)] for item in ITEMS])
    body += [["Total (LCY)", None, None, None, None, *whole]]
    return Printed("bc_ageing_report", "open_items", [
        ["Aged Accounts Receivable"], ["Dupont SAS"], ["Aged as of 31/12/2025"], ["Aged by Due Date"], []],
        [header], body, fixed=2)


def d365_ageing() -> Printed:
    """Write the ageing of Finance and Operations; its columns are those of an aging period definition."""
    header = ["Customer account", "Name", "Balance as of", "Current", "30 days", "60 days", "90 days", "Over 90 days"]
    edges: Edges = [(None, 0), (1, 30), (31, 60), (61, 90), (91, None)]
    body: Rows = [[customer, name, BALANCES[customer],
                   *sums([spread(item.amount, item.days, edges) for item in of(customer)])]
                  for customer, name in NAMES.items()]
    body.append(["Total", None, 36701.30, *sums([row[3:] for row in body])])
    return Printed("d365_ageing", "aged_balance", [
        ["Customer aging report"], ["Dupont SAS"], ["Balance as of 12/31/2025"], ["Currency: EUR"], []],
        [header], body, currency="EUR", edges=edges)
