"""The receivable of `world_receivable` as international products export or print it, under their own header names."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl

from tests.unit.world_receivable import BALANCES, CLEARED, DAY, ITEMS, NAMES, Item, months_overdue, of

__all__ = ["HEADER", "PRODUCTS", "SYNONYMS", "Printed", "save", "varied"]

Row = list[Any]
Rows = list[Row]
Edges = list[tuple[int | None, int | None]]
HEADER: Row = ["<header>"]
"""Stands in a body for the header printed again."""


@dataclass(frozen=True)
class Printed:
    """A file of a product, and what it lets one know.

    Attributes
    ----------
    name : str
    basis : str
        That of the intake.
    title, header, body : list of rows
        Rows shorter than the header are words that stand alone.
    separator, encoding : str
        Of a text file; a workbook where ``separator`` is "".
    has_date, has_codes, has_names, has_refs : bool
        Whether the file prints the as-of date, customer codes, customer names, document numbers.
    currency : str
        As the file says it, "" where it does not.
    dates : tuple of str
        Which dates it prints of an item: ``document``, ``due``.
    edges : list of (int or None, int or None)
        Days of an aged balance's columns, in order.
    by_document : bool
        The columns age from the document.
    fixed : int
        Columns whose place means something.
    warned : str
        Finding its own total calls for.
    sheets : dict of str to rows
        Other sheets of the workbook.
    """

    name: str
    basis: str
    title: Rows
    header: Rows
    body: Rows
    separator: str = ""
    encoding: str = "utf-8"
    has_date: bool = True
    has_codes: bool = True
    has_names: bool = True
    has_refs: bool = True
    currency: str = ""
    dates: tuple[str, ...] = ("document", "due")
    edges: Edges | None = None
    by_document: bool = False
    fixed: int = 0
    warned: str = ""
    sheets: dict[str, Rows] | None = None

    @property
    def rows(self) -> Rows:
        """Every row of the sheet."""
        body = [line for row in self.body for line in (self.header if row is HEADER else [row])]
        return [*self.title, *self.header, *body]


def save(printed: Printed, folder: Path) -> Path:
    """Write the file."""
    if printed.separator:
        path = folder / f"{printed.name}.txt"
        lines = [printed.separator.join(_text(cell, printed.separator) for cell in row) for row in printed.rows]
        path.write_bytes("\r\n".join([*lines, ""]).encode(printed.encoding))
        return path
    path, book = folder / f"{printed.name}.xlsx", openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in {**(printed.sheets or {}), "Data": printed.rows}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def _text(cell: Any, separator: str) -> str:
    text = "" if cell is None else str(cell)
    return f'"{text}"' if separator in text else text


def german(amount: float) -> str:
    """Write -1234.5 as 1.234,50-."""
    return f"{abs(amount):,.2f}".translate({ord(","): ".", ord("."): ","}) + ("-" if amount < 0 else "")


def american(amount: float) -> str:
    """Write 1234.5 as 1,234.50."""
    return f"{amount:,.2f}"


def spread(value: float, days: int, edges: Edges) -> Row:
    """Put an amount into the column of its age."""
    return [value if (low is None or low <= days) and (high is None or days <= high) else None for low, high in edges]


def sums(rows: Sequence[Row]) -> Row:
    """Add columns of amounts up."""
    return [round(sum(cell or 0 for cell in column), 2) for column in zip(*rows, strict=True)]


AGED: Edges = [(None, 0), (1, 30), (31, 60), (61, 90), (91, 120), (121, None)]
SAP_TYPES = {"invoice": "RV", "credit_note": "DG", "receipt": "DZ"}


def _sap(item: Item) -> dict[str, Any]:
    """Return what SAP knows of an item, by technical name."""
    return {"side": "S" if item.amount > 0 else "H", "type": SAP_TYPES[item.kind],
            "text": {"invoice": "Warenlieferung", "credit_note": "Gutschrift", "receipt": "Zahlung"}[item.kind]}


def sap_english() -> Printed:
    """Write FBL5N to a spreadsheet: signed amounts beside S/H, days of arrears, a last row with the sum only."""
    header = ["Account", "Document Number", "Assignment", "Document Type", "Document Date", "Posting Date",
              "Net due date", "Arrears after net due date", "Amount in local currency", "Local currency",
              "Amount in doc. curr.", "Document currency", "Text", "Reference", "Billing Document", "Terms of Payment",
              "Invoice reference", "Payment date", "Clearing date", "Clearing Document", "Debit/Credit ind",
              "Payment Method", "Dunning Block", "Reference Key 3", "G/L Account", "Company Code", "Profit Center",
              "Net due date symbol", "Baseline Payment Dte"]
    body = [[item.customer, item.ref, f"20251231{place:03}", _sap(item)["type"], item.date, item.date, item.due,
             item.days, item.amount, "EUR", item.amount, "EUR", _sap(item)["text"], f"X{item.ref[-4:]}",
             item.ref if item.kind == "invoice" else None, "Z030", None, None, None, None, _sap(item)["side"], "T",
             None, None, "1210000", "FR01", "PC100", "@5C@", item.date] for place, item in enumerate(ITEMS)]
    total = [36701.30 if name.startswith("Amount") else None for name in header]
    return Printed("sap_english", "open_items", [], [header], [*body, total], has_date=False, has_names=False,
                   currency="EUR")


def sap_cleared() -> Printed:
    """Write all items of FBL5N, cleared beside open ones, with trailing minus signs, as tabbed text."""
    header = ["Account", "Document Number", "Document Type", "Document Date", "Posting Date", "Net Due Date",
              "Arrears by Net Due Date", "Amount in local currency", "Local currency", "Clearing date",
              "Clearing Document", "Reference", "Text"]
    rows = [(item, "", None) for item in ITEMS] + list(CLEARED)
    body: Rows = [
        [item.customer, item.ref, _sap(item)["type"], f"{item.date:%d.%m.%Y}", f"{item.date:%d.%m.%Y}",
         f"{item.due:%d.%m.%Y}", item.days, german(item.amount), "EUR", f"{day:%d.%m.%Y}" if day else "", code,
         item.ref, _sap(item)["text"]]
        for item, code, day in sorted(rows, key=lambda row: (row[0].customer, row[0].date))]
    return Printed("sap_cleared", "ledger", [], [header], body, "\t", has_date=False, has_names=False, currency="EUR")


def sap_french() -> Printed:
    """Write FBL5N in French: amounts without a sign beside the debit/credit code."""
    header = ["Compte", "Affectation", "Numéro de pièce", "Type de pièce", "Date de pièce", "Date comptable",
              "Echéance nette", "Retard", "Code débit/crédit", "Montant en devise interne", "Devise interne", "Texte",
              "Pièce rapprochement", "Date de dernière relance", "Niveau de relance"]
    body: Rows = [
        [item.customer, "20251231", item.ref, _sap(item)["type"], f"{item.date:%d.%m.%Y}", f"{item.date:%d.%m.%Y}",
         f"{item.due:%d.%m.%Y}", item.days, _sap(item)["side"], german(abs(item.amount)), "EUR", "Facture client",
         "", "15.12.2025" if item.days > 30 else "", 1 if item.days > 30 else 0] for item in ITEMS]
    return Printed("sap_french", "open_items", [], [header], body, "\t", "cp1252", has_date=False, has_names=False,
                   currency="EUR")


def sap_dutch() -> Printed:
    """Write FBL5N in Dutch, a name beside no code."""
    header = ["Rekening", "Toewijzing", "Documentnummer", "Documentsoort", "Documentdatum", "Boekingsdatum",
              "Netto vervaldatum", "Achterstand na vervaldatum", "Bedrag in lokale valuta", "Lokale valuta", "Tekst"]
    body: Rows = [[item.customer, item.ref, item.ref, _sap(item)["type"], item.date, item.date, item.due, item.days,
                   item.amount, "EUR", "Factuur"] for item in ITEMS]
    return Printed("sap_dutch", "open_items", [], [header], body, has_date=False, has_names=False, currency="EUR")


def sap_tables() -> Printed:
    """Write a download of the tables: field names, AAAAMMJJ, S/H, a baseline date that is no due date."""
    header = ["MANDT", "BUKRS", "BELNR", "BUZEI", "GJAHR", "KUNNR", "BLART", "BLDAT", "BUDAT", "ZFBDT", "NETDT",
              "DMBTR", "WRBTR", "WAERS", "SHKZG", "AUGDT", "AUGBL", "SGTXT"]
    body: Rows = [["100", "FR01", item.ref, "001", item.date.year, item.customer.zfill(10), _sap(item)["type"],
                   f"{item.date:%Y%m%d}", f"{item.date:%Y%m%d}", f"{item.date:%Y%m%d}", f"{item.due:%Y%m%d}",
                   f"{abs(item.amount):.2f}", f"{abs(item.amount):.2f}", "EUR", _sap(item)["side"], "00000000", "",
                   _sap(item)["text"]] for item in ITEMS]
    return Printed("sap_tables", "open_items", [], [header], body, "|", has_date=False, has_names=False, currency="EUR")


def _sap_list(name: str, words: dict[str, str], header: Row) -> Printed:
    rule = ["-" * 120]
    body: Rows = []
    for customer, title in NAMES.items():
        body += [[f"{words['customer']}            {customer}"], [f"{words['company']}      FR01"], [],
                 [f"{words['name']}               {title}"], [f"{words['city']}              Lille"], rule,
                 HEADER, rule]
        body += [["", "@5B@", item.ref, item.ref, _sap(item)["type"], f"{item.date:%d.%m.%Y}",
                  f"{item.due:%d.%m.%Y}", german(item.amount), "EUR", "", _sap(item)["text"], ""]
                 for item in of(customer)]
        body += [rule, ["", "*", "", "", "", "", "", german(BALANCES[customer]), "EUR", "", "", ""], rule,
                 ["", f"** {words['account']} {customer}", "", "", "", "", "", german(BALANCES[customer]), "EUR", "",
                  "", ""], rule, []]
    body += [["", "***", "", "", "", "", "", german(36701.30), "EUR", "", "", ""], rule]
    title = [[f"31.12.2025                    {words['title']}                     1"], rule]
    return Printed(name, "open_items", title, [header], body, "|", "cp1252", has_date=False, currency="EUR", fixed=2)


def sap_list_english() -> Printed:
    """Write FBL5N as the list prints it: a block a customer, sums marked by stars."""
    words = {"customer": "Customer", "company": "Company Code", "name": "Name", "city": "City", "account": "Account",
             "title": "Customer Line Item Display"}
    return _sap_list("sap_list_english", words,
                     ["", "St", "Assignment", "DocumentNo", "Type", "Doc. Date", "Net due dt", "Amt in loc.cur.",
                      "LCurr", "Clrng doc.", "Text", ""])


def sap_list_french() -> Printed:
    """Write the same list in French."""
    words = {"customer": "Client  ", "company": "Société     ", "name": "Nom ", "city": "Ville", "account": "Compte",
             "title": "Liste des postes individuels clients"}
    return _sap_list("sap_list_french", words,
                     ["", "St", "Affectation", "Nº pièce", "Type", "Date pièce", "Ech. nette", "Mnt en dev. int.",
                      "DevIn", "Pièce rapp.", "Texte", ""])


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


def _xero(name: str, *, with_codes: bool) -> Printed:
    header = ["Contact Account Number", "Primary Person", "Phone", "Email", "Mobile", "Contact Group", "Invoice Date",
              "Due Date", "Expected Date", "Invoice Number", "Invoice Reference", "Current", "< 1 Month", "1 Month",
              "2 Months", "3 Months", "Older", "Total", "Outstanding Tax"]

    def months(item: Item) -> Row:
        place = min(months_overdue(item) + 1, 5)
        return [item.amount if place == column else 0 for column in range(6)]

    body: Rows = [[]]
    for customer, title in NAMES.items():
        lines = [[*months(item), item.amount, round(item.amount / 6, 2)] for item in of(customer)]
        body += [[title], *(
            [customer if with_codes else None, "Jo Smith", "0123 456", "ap@x.example", None, None, item.date,
             item.due if item.kind == "invoice" else None, None, item.ref if item.kind == "invoice" else None, None,
             *line] for item, line in zip(of(customer), lines, strict=True)),
            [f"Total {title}", *[None] * 10, *sums(lines)], []]
    whole = sums([[*months(item), item.amount, round(item.amount / 6, 2)] for item in ITEMS])
    body += [["Total", *[None] * 10, 0, *whole[1:6], round(whole[6] - whole[0], 2), whole[7]],
             ["Percentage of total", *[None] * 10, "0.00%", *["20.00%"] * 5, "100.00%", None]]
    return Printed(name, "open_items", [
        ["Aged Receivables Detail"], ["Dupont SAS"], ["As at 31 December 2025"], ["Ageing by due date"]],
        [header], body, has_codes=with_codes, has_refs=False, warned="broken_totals", fixed=1)


def xero_detail() -> Printed:
    """Write aged receivables of Xero: the contact above its items, a grand total without what is not due."""
    return _xero("xero_detail", with_codes=True)


def xero_detail_without_codes() -> Printed:
    """Write the same where nobody keeps account numbers."""
    return _xero("xero_detail_without_codes", with_codes=False)


def xero_summary() -> Printed:
    """Write the summary: a row a contact, shares of the total under it."""
    months = [[*([item.amount if min(months_overdue(item) + 1, 5) == column else 0 for column in range(6)]),
               item.amount] for item in ITEMS]
    owner = [item.customer for item in ITEMS]
    body: Rows = [[title, *sums([row for row, code in zip(months, owner, strict=True) if code == customer])]
                  for customer, title in NAMES.items()]
    body += [["Total", *sums(months)], ["Percentage of total", *["16.67%"] * 6, "100.00%"]]
    return Printed("xero_summary", "aged_balance", [
        ["Aged Receivables Summary"], ["Dupont SAS"], ["As at 31 December 2025"], ["Ageing by due date"], []],
        [["Contact", "Current", "< 1 Month", "1 Month", "2 Months", "3 Months", "Older", "Total"]], body,
        has_codes=False)


QB_TYPES = {"invoice": "Invoice", "credit_note": "Credit Memo", "receipt": "Payment"}
QB_SECTIONS: list[tuple[str, int | None, int | None]] = [
    ("91 or more days past due", 91, None), ("61 - 90 days past due", 61, 90), ("31 - 60 days past due", 31, 60),
    ("1 - 30 days past due", 1, 30), ("Current", None, 0)]
QB_TITLE: Rows = [["A/R Aging Detail"], ["Dupont SAS"], ["As of December 31, 2025"], []]


def _in_section(low: int | None, high: int | None) -> list[Item]:
    return [item for item in ITEMS if (low is None or item.days >= low) and (high is None or item.days <= high)]


def quickbooks_detail() -> Printed:
    """Write the ageing detail of QuickBooks Online: sections by age, text amounts with thousands commas."""
    header = ["", "Date", "Transaction type", "Num", "Customer", "Due date", "Past due", "Amount", "Open balance"]
    body: Rows = []
    for section, low, high in QB_SECTIONS:
        items = _in_section(low, high)
        body += [[section], *([None, f"{item.date:%m/%d/%Y}", QB_TYPES[item.kind], item.ref, NAMES[item.customer],
                               f"{item.due:%m/%d/%Y}", item.days, american(item.original), american(item.amount)]
                              for item in items),
                 [f"Total for {section}", None, None, None, None, None, None,
                  "$" + american(round(sum(item.original for item in items), 2)),
                  "$" + american(round(sum(item.amount for item in items), 2))]]
    body.append(["TOTAL", *[None] * 6, "$" + american(38701.30), "$" + american(36701.30)])
    return Printed("quickbooks_detail", "open_items", QB_TITLE, [header], body, ",", has_codes=False, currency="USD",
                   fixed=1)


def quickbooks_detail_variant() -> Printed:
    """Write the other column set, as a workbook."""
    header = ["Num", "Customer", "Date", "Due Date", "Amount", "Open Balance", "P.O. #"]
    body: Rows = []
    for section, low, high in QB_SECTIONS:
        items = _in_section(low, high)
        body += [[section], *([item.ref, NAMES[item.customer], f"{item.date:%m/%d/%Y}", f"{item.due:%m/%d/%Y}",
                               item.original, item.amount, None] for item in items),
                 [f"Total for {section}", None, None, None, round(sum(item.original for item in items), 2),
                  round(sum(item.amount for item in items), 2), None]]
    body.append(["TOTAL", None, None, None, 38701.30, 36701.30, None])
    return Printed("quickbooks_detail_variant", "open_items", QB_TITLE, [header], body, has_codes=False, fixed=1)


def quickbooks_desktop() -> Printed:
    """Write the ageing detail of QuickBooks Desktop: the section in the first column, no title."""
    header = ["", "Type", "Date", "Num", "P. O. #", "Name", "Terms", "Due Date", "Class", "Aging", "Open Balance"]
    body: Rows = []
    for section, low, high in [("Current", None, 0), ("1 - 30", 1, 30), ("31 - 60", 31, 60), ("61 - 90", 61, 90),
                               ("> 90", 91, None)]:
        items = _in_section(low, high)
        body += [[section], *([None, QB_TYPES[item.kind], f"{item.date:%m/%d/%Y}", item.ref, None,
                               NAMES[item.customer], "Net 30", f"{item.due:%m/%d/%Y}", None,
                               item.days if item.days > 0 else None, item.amount] for item in items),
                 [f"Total {section}", *[None] * 9, round(sum(item.amount for item in items), 2)]]
    body.append(["TOTAL", *[None] * 9, 36701.30])
    return Printed("quickbooks_desktop", "open_items", [], [header], body, has_date=False, has_codes=False, fixed=1)


def quickbooks_summary() -> Printed:
    """Write the ageing summary: a customer with jobs has a row of his own, one a job, and a total."""
    header = ["", "Current", "1 - 30", "31 - 60", "61 - 90", "91 and over", "Total"]
    edges: Edges = [(None, 0), (1, 30), (31, 60), (61, 90), (91, None)]

    def line(items: Sequence[Item]) -> Row:
        return sums([[*spread(item.amount, item.days, edges), item.amount] for item in items])

    body: Rows = []
    for customer, name in NAMES.items():
        items = of(customer)
        if customer in ("10040", "10060"):
            own = [line(items[:1])] if customer == "10060" else [[None] * 6]
            body += [[name, *own[0]], ["   Chantier A", *line(items[len(own) if own[0][5] else 0:3])],
                     ["   Chantier B", *line(items[3:])], [f"Total {name}", *line(items)]]
        else:
            body.append([name, *line(items)])
    body.append(["TOTAL", *line(ITEMS)])
    return Printed("quickbooks_summary", "aged_balance", [
        ["A/R Aging Summary"], ["Dupont SAS"], ["As of December 31, 2025"], []], [header], body, has_codes=False,
        edges=edges, fixed=1)


def tally() -> Printed:
    """Write bills receivable of Tally: a header of two rows, credits marked Cr, a last sum without a word."""
    header = [["Date", "Ref. No.", "Party's Name", "Opening", "Pending", "Due on", "Overdue"],
              [None, None, None, "Amount", "Amount", None, "by days"]]

    def written(amount: float) -> str:
        return f"{abs(amount):,.2f} {'Dr' if amount > 0 else 'Cr'}"

    body: Rows = [[f"{item.date.day}-{item.date:%b-%y}", item.ref, NAMES[item.customer], written(item.original),
                   written(item.amount), f"{item.due.day}-{item.due:%b-%y}", item.days if item.days > 0 else None]
                  for item in ITEMS]
    body.append([None, None, None, written(38701.30), written(36701.30), None, None])
    return Printed("tally", "open_items", [["Dupont SAS"], ["12 rue du Port"], ["Bills Receivable"],
                                           ["1-Apr-25 to 31-Dec-25"]], header, body, has_codes=False)


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


def sap_fiori() -> Printed:
    """Write customer line items as the web application exports them."""
    header = ["Clearing Status", "Company Code", "Customer", "Customer Name", "Assignment Reference", "Journal Entry",
              "Journal Entry Type", "Journal Entry Date", "Posting Date", "Net Due Date", "Days in Arrears",
              "Amount (CoCd Crcy)", "Company Code Currency", "Special G/L Transaction", "Item Text"]
    body: Rows = [["Open", "FR01", item.customer, NAMES[item.customer], "20251231", item.ref,
                   f"{_sap(item)['type']} (Rechnung)", item.date, item.date, item.due, item.days, item.amount, "EUR",
                   None, _sap(item)["text"]] for item in ITEMS]
    return Printed("sap_fiori", "open_items", [], [header], body, has_date=False, currency="EUR")


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


def zoho_detail() -> Printed:
    """Write the ageing detail of Zoho Books: text amounts with the currency's sign."""
    header = ["Date", "Transaction#", "Type", "Status", "Customer Name", "Age", "Amount", "Balance Due"]
    body: Rows = [[f"{item.date:%d %b %Y}", item.ref, BC_TYPES[item.kind], "Overdue" if item.days > 0 else "Sent",
                   NAMES[item.customer], f"{item.days} Days", f"€{american(item.original)}",
                   f"€{american(item.amount)}"] for item in ITEMS]
    return Printed("zoho_detail", "open_items", [["Dupont SAS"], ["AR Aging Details"], ["As of 31 Dec 2025"]], [header],
                   body, ";", has_codes=False, currency="EUR", dates=("document",))


PRODUCTS: tuple[Callable[[], Printed], ...] = (
    sap_english, sap_cleared, sap_french, sap_dutch, sap_tables, sap_list_english, sap_list_french, bc_entries,
    bc_entries_french, bc_ageing_api, bc_ageing_api_plain, bc_ageing_excel,
    bc_ageing_report, d365_ageing, odoo_16, odoo_16_french, odoo_17,
    odoo_17_french, oca_summary, oca_detail, erpnext_detail, erpnext_summary, xero_detail, xero_detail_without_codes,
    quickbooks_detail, quickbooks_detail_variant, quickbooks_desktop, quickbooks_summary, tally, maconomy, sage_uk,
    sage_uk_below, sap_fiori, odoo_folded, xero_summary, netsuite_detail, zoho_detail)

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("Customer No.", "Customer No", "Customer account", "Code client", "N° client", "Customer ID", "customerNumber"),
    ("Customer Name", "Nom du client", "Raison sociale", "Nom client"),
    ("Document No.", "Document Number", "N° pièce", "Numéro de pièce", "Invoice Number", "N° facture", "Voucher No",
     "N° document", "Documentnummer", "Belegnummer"),
    ("Document Type", "Type de pièce", "Transaction type", "Voucher Type", "Type document", "Belegart"),
    ("Document Date", "Invoice Date", "Date facture", "Date de facturation", "Date de pièce", "Belegdatum"),
    ("Posting Date", "Date comptable", "Date comptabilisation", "Boekingsdatum", "Buchungsdatum"),
    ("Due Date", "Net due date", "Date d'échéance", "Échéance", "Echéance nette", "Due date", "Due on",
     "Netto vervaldatum", "Nettofälligkeit"),
    ("Remaining Amount", "Open balance", "Outstanding Amount", "Montant restant dû", "Reste à payer", "Montant ouvert"),
    ("Amount in local currency", "Montant en devise interne", "Bedrag in lokale valuta", "Betrag in Hauswährung"),
    ("Local currency", "Devise interne", "Lokale valuta", "Hauswährung"),
    ("Arrears after net due date", "Retard", "Age (Days)", "Days overdue", "Jours de retard", "Past due"),
    ("Debit/Credit ind", "Code débit/crédit", "Sens", "SHKZG"),
    ("Clearing Document", "Pièce rapprochement", "Lettrage", "AUGBL"), ("Clearing date", "Date de lettrage", "AUGDT"),
    ("1 - 30", "1-30", "1 - 30 days", "1 à 30 jours", "1-30 j"), ("31 - 60", "31-60", "31 - 60 days", "31 à 60 jours"),
    ("61 - 90", "61-90", "61 - 90 days", "61 à 90 jours"), ("91 - 120", "91-120", "91 - 120 days"),
    ("Not Due", "Non échu", "At Date", "À échoir"), ("Older", "Plus ancien"), ("Over 90 days", "> 90", "+ de 90 jours"),
)
"""Names of one column, of several products and languages (PEERS.md 4.2)."""
LINES: Rows = [["Confidential"], [], ["Établi par le service comptable"], ["Printed by: J. Smith"], ["Page 1 / 1"],
               ["Edité le 05/01/2026"], ["Filters:", "All customers"], ["12 rue du Port", None, "59000 Lille"]]


def varied(printed: Printed, seed: int) -> Printed:
    """Return the same file with its columns shuffled, headers renamed, and its title longer and elsewhere."""
    dice = random.Random(f"{printed.name}{seed}")
    width = len(printed.header[0])
    moved = list(range(printed.fixed, width))
    dice.shuffle(moved)
    order = [*range(printed.fixed), *moved]

    def shuffled(rows: Rows) -> Rows:
        return [row if len(row) < width else [row[place] for place in order] for row in rows]

    renamed = _renamed(printed.header[0], dice) if len(printed.header) == 1 else printed.header[0]
    indent: Row = [None] * dice.randint(0, 3)
    title = [[*indent, *row] if row else [] for row in printed.title]
    for line in dice.sample(LINES, dice.randint(1, len(LINES))):
        title.insert(dice.randint(0, len(title)), line)
    header, body = shuffled([renamed, *printed.header[1:]]), shuffled(printed.body)
    if dice.random() < 0.5:  # a column that only parts two others
        gap = dice.randint(printed.fixed, width - 1)
        header, body = ([row if len(row) < width else [*row[:gap], None, *row[gap:]] for row in rows]
                        for rows in (header, body))
    return replace(printed, title=title, header=header, body=body)


def _renamed(header: Row, dice: random.Random) -> Row:
    """Rename a few columns, never to a name another column has."""
    names = list(header)
    for place, name in enumerate(header):
        others = next((group for group in SYNONYMS if name in group), ())
        if others and not set(names) & (set(others) - {name}):
            names[place] = dice.choice(others)
    return names
