"""The receivable of `world_receivable` as SAP exports and prints it, in several languages."""

from typing import Any

from tests.unit.world_printed import HEADER, Printed, Row, Rows, german
from tests.unit.world_receivable import BALANCES, CLEARED, ITEMS, NAMES, Item, of

__all__ = [
    "SAP_TYPES", "sap_cleared", "sap_dutch", "sap_english", "sap_fiori", "sap_french", "sap_list_english",
    "sap_list_french", "sap_tables",
]

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
    top = [[f"31.12.2025                    {words['title']}                     1"], rule]
    return Printed(name, "open_items", top, [header], body, "|", "cp1252", has_date=False, currency="EUR", fixed=2)


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


def sap_fiori() -> Printed:
    """Write customer line items as the web application exports them."""
    header = ["Clearing Status", "Company Code", "Customer", "Customer Name", "Assignment Reference", "Journal Entry",
              "Journal Entry Type", "Journal Entry Date", "Posting Date", "Net Due Date", "Days in Arrears",
              "Amount (CoCd Crcy)", "Company Code Currency", "Special G/L Transaction", "Item Text"]
    body: Rows = [["Open", "FR01", item.customer, NAMES[item.customer], "20251231", item.ref,
                   f"{_sap(item)['type']} (Rechnung)", item.date, item.date, item.due, item.days, item.amount, "EUR",
                   None, _sap(item)["text"]] for item in ITEMS]
    return Printed("sap_fiori", "open_items", [], [header], body, has_date=False, currency="EUR")
