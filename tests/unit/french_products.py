"""Files as French accounting and invoicing products print or export them, all of the receivable of `french_ledger`."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from tests.unit.french_ledger import AGES, DAY, ITEMS, MONTHS, NAMES, OPEN, Item, french

__all__ = [
    "BUCKETS", "COMPANY", "PERIOD", "PRODUCTS", "STATE", "Product", "Rows", "aged", "at", "book", "book_dated",
    "by_customer", "item_bucket", "money", "product", "slashed", "text", "total",
]

Rows = list[list[Any]]
COMPANY = "MENUISERIES DU LITTORAL SAS"


@dataclass(frozen=True)
class Product:
    """What a file of a product shows of the receivable.

    Attributes
    ----------
    write : callable
        Writes the file, or files, into a folder.
    basis : str
        Of the intake.
    code : str
        Pattern of the customer's code: "{}" is the code itself, "" where only names are printed.
    columns : frozenset of str
        What every item says: due, code (lettering), ref.
    items : tuple of Item
    title : dict
        What the title block says.
    """

    write: Callable[[Path], None]
    basis: str = "ledger"
    code: str = "{}"
    columns: frozenset[str] = frozenset(("day", "due", "code", "ref"))
    items: tuple[Item, ...] = ITEMS
    title: dict[str, Any] = field(default_factory=dict)


PRODUCTS: dict[str, Product] = {}
PERIOD = {"company": COMPANY, "period_start": dt.date(2025, 1, 1), "period_end": DAY}
STATE = {"company": COMPANY, "as_of_date": DAY}


def product(**known: Any) -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    """Register a generator under its name."""

    def register(write: Callable[[Path], None]) -> Callable[[Path], None]:
        if isinstance(known.get("columns"), str):
            known["columns"] = frozenset(known["columns"].split())
        PRODUCTS[write.__name__] = Product(write, **known)
        return write

    return register


def book(path: Path, **sheets: Sequence[Sequence[Any]]) -> None:
    """Write a workbook, a sheet per name."""
    book_dated(path, "dd/mm/yy", sheets)


def book_dated(path: Path, date_format: str, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Write a workbook whose dates are shown in a format."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, dt.date):
                    cell.number_format = date_format
    made.save(path)


def text(path: Path, rows: Iterable[Sequence[Any]], separator: str = ";", encoding: str = "cp1252") -> None:
    """Write a delimited file, blank for None."""
    lines = [separator.join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))


def at(width: int, **cells: Any) -> list[Any]:
    """Return a row with cells at 1-based columns: at(5, c1="a", c4="b")."""
    row: list[Any] = [None] * width
    for place, value in cells.items():
        row[int(place[1:]) - 1] = value
    return row


def by_customer(items: Sequence[Item] = ITEMS) -> Iterable[tuple[str, list[Item]]]:
    """Return each customer with his items."""
    for customer in NAMES:
        yield customer, [item for item in items if item.customer == customer]


def money(cents: int) -> float | None:
    """Return an amount for a cell, empty for zero."""
    return cents / 100 if cents else None


def slashed(day: dt.date | None) -> str:
    """Write a date as dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}" if day else ""


def total(items: Iterable[Item]) -> tuple[int, int]:
    """Return the debits and the credits."""
    cents = [item.cents for item in items]
    return sum(amount for amount in cents if amount > 0), -sum(amount for amount in cents if amount < 0)


def _sage_title(width: int) -> Rows:
    return [
        [],
        at(width, c1=COMPANY, c9="Période du", c11="01/01/25", c14="au", c16="31/12/25"),
        at(width, c5="Grand-livre des tiers", c11="Tenue de compte : EUR"),
        at(width, c1="Client"),
        at(width, c1="Date de tirage", c3="05/01/26", c9="à 10:12:33", c14="Page :", c16="1"),
        at(width, c1="Complet"),
    ]


def _sage_ledger(*, is_progressive: bool, as_text: bool) -> Rows:
    """Header in row 8: labels stand in the first cell of a merged group, values in its last."""
    width = 18

    def amount(cents: int) -> float | str | None:
        return french(cents) or None if as_text else money(cents)

    def day(item: Item) -> Any:
        return f"{item.day:%d/%m/%y}" if as_text else item.day

    header = at(width, c1="Date", c2="C.j", c3="N° pièce", c5="Libellé écriture", c9="Lettr.",
                c11="Mouvement débit", c14="Mouvement crédit", c17="Solde progressif" if is_progressive else None)
    rows = [*_sage_title(width), [], header]
    done: list[Item] = []
    for customer, items in by_customer():
        rows.append(at(width, c1=customer, c4=NAMES[customer]))
        running = 0
        for item in items:
            running += item.cents
            done.append(item)
            debit, credit = (item.cents, 0) if item.cents > 0 else (0, -item.cents)
            rows.append(at(width, c1=day(item), c2=item.journal, c3=item.ref, c5=item.label, c9=item.code or None,
                           c13=amount(debit), c15=amount(credit), c18=amount(running) if is_progressive else None))
            if item.ref == "VIR0715":  # the page ends within a customer
                debit, credit = total(done)
                carried = {"c13": amount(debit), "c15": amount(credit)}
                rows += [at(width, c1="A reporter", **carried),
                         at(width, c1="© Sage - Sage 100 Comptabilité 5.03"),
                         *_sage_title(width)[1:], header, at(width, c1="Report", **carried)]
        debit, credit = total(items)
        rows.append(at(width, c1="Total du tiers", c13=amount(debit), c15=amount(credit),
                       c18=amount(debit - credit) if is_progressive else None))
    debit, credit = total(done)
    rows += [at(width, c1="Totaux", c13=amount(debit), c15=amount(credit)), [],
             at(width, c1="© Sage - Sage 100 Comptabilité 5.03")]
    return rows


@product(columns="day code ref", title={**PERIOD, "currency": "EUR", "printed_on": dt.date(2026, 1, 5)})
def sage_ledger(folder: Path) -> None:
    """Write the ledger of third parties with real dates, in a US format left in the template."""
    book_dated(folder / "GLT.xlsx", "mm/dd/yy", {"Sage": _sage_ledger(is_progressive=False, as_text=False)})


@product(columns="day code ref", title={**PERIOD, "currency": "EUR"})
def sage_ledger_running(folder: Path) -> None:
    """Write the same with its running balance, as texts with no-break spaces."""
    book(folder / "GLT.xlsx", Sage=_sage_ledger(is_progressive=True, as_text=True))


BUCKETS = ("not_due", "1-30", "31-60", "61-90", ">90")


def item_bucket(item: Item) -> str:
    """Return the column of age of an item; a credit is aged at its own date."""
    late = (DAY - (item.due or item.day)).days
    return next(name for name, last in zip(BUCKETS, (0, 30, 60, 90, 9999), strict=True) if late <= last)


SAGE_AGES = ["Non échu", "0 à 30", "31 à 60", "61 à 90", "+ 90"]


@product(basis="open_items", columns="every_due ref", items=OPEN, title={**STATE, "currency": "EUR"})
def sage_ageing_detail(folder: Path) -> None:
    """Write the detailed ageing, one row an item and a total by third party, pages repeated."""
    header = ["N° compte tiers", "Intitulé", "N° facture", "Référence", "Échéance", *SAGE_AGES, "Solde"]
    rows: Rows = [[COMPANY], ["Balance âgée clients", None, None, "Arrêtée au 31/12/25"],
                  ["Tenue de compte : EUR"], [], header]
    for customer, items in by_customer(OPEN):
        for item in items:
            ages = [item.amount if item_bucket(item) == name else None for name in BUCKETS]
            rows.append([customer, NAMES[customer], item.ref, item.label, item.due or item.day, *ages, item.amount])
        ages = [money(AGES[customer].get(name, 0)) for name in BUCKETS]
        rows.append([f"Total {customer}", None, None, None, None, *ages, sum(item.cents for item in items) / 100])
        if customer == "CHAMPA":
            rows += [["© Sage", *[None] * 8, "Page 1"], *rows[:5]]
    rows += [["Total général", *[None] * 4, 5494.05, 2396.12, 3540.85, None, 8504.31, 19935.33], ["© Sage"]]
    book(folder / "balance agee.xlsx", Feuil1=rows)


def aged(labels: Sequence[str], *, sign: int = 1) -> Rows:
    """Return an ageing by customer under the labels of its code, name, five ages and total."""
    rows: Rows = [list(labels)]
    for customer, ages in AGES.items():
        cells = [money(sign * ages.get(name, 0)) for name in BUCKETS]
        rows.append([customer, NAMES[customer], *cells, money(sign * sum(ages.values()))])
    totals = [money(sign * cents) for cents in (549405, 239612, 354085, 0, 850431, 1993533)]
    return [*rows, ["Total", None, *totals]]


@product(basis="aged_balance", title={**STATE, "currency": "EUR"})
def sage_ageing(folder: Path) -> None:
    """Write the ageing by third party, on two pages, sums carried over."""
    header, *rows = aged(["N° compte tiers", "Intitulé", *SAGE_AGES, "Solde"])
    title: Rows = [[COMPANY], ["Balance âgée simplifiée", None, None, "Arrêtée au", dt.date(2025, 12, 31)],
                   ["Tenue de compte : EUR"], []]
    carried = [744.00, 2154.76, 3480.60, None, 7345.67, 13725.03]
    book(folder / "balance agee.xlsx", Feuil1=[
        *title, header, *rows[:3], ["A reporter", None, *carried], ["© Sage - Sage 100", *[None] * 5, "Page : 1"],
        *title, header, ["Report", None, *carried], *rows[3:], ["© Sage - Sage 100", *[None] * 5, "Page : 2"]])


@product(basis="aged_balance", title={"as_of_date": DAY})
def sage_i7_ageing(folder: Path) -> None:
    """Write the ageing of Sage i7, whose debits carry a minus sign, as text of a spreadsheet."""
    rows = aged(["Compte", "Intitulé", "Non échu", "1 à 30 jours", "31 à 60 jours", "61 à 90 jours",
                    "Plus de 90 jours", "Solde"], sign=-1)
    cells = [[french(round(cell * 100)) if isinstance(cell, float) else cell for cell in row] for row in rows]
    book(folder / "agee.xlsx", Export=[["Balance âgée au 31/12/2025"], [], *cells])


def _sql_day(day: dt.date | None) -> str:
    return f"{day or dt.date(1753, 1, 1)} 00:00:00.000"


@product(columns="day due code ref")
def sage_sql(folder: Path) -> None:
    """Write F_ECRITUREC as ODBC gives it: the day is the period plus EC_Jour, a missing date is 1753-01-01."""
    header = [
        "JO_Num", "EC_No", "JM_Date", "EC_Jour", "EC_Piece", "EC_RefPiece", "EC_Reference", "CG_Num", "CT_Num",
        "EC_Intitule", "EC_Echeance", "EC_Sens", "EC_Montant", "EC_Lettrage",
    ]
    rows = [[item.journal, number, _sql_day(item.day.replace(day=1)), item.day.day, f"{number:04d}", item.ref, "",
             "411000", item.customer, item.label, _sql_day(item.due), int(item.cents < 0), f"{abs(item.amount):.6f}",
             item.code] for number, item in enumerate(ITEMS, 2001)]
    text(folder / "F_ECRITUREC.csv", [header, *rows], encoding="utf-8")


@product(columns="day due code ref")
def sage_sql_dated(folder: Path) -> None:
    """Write the same to a workbook, with EC_Date and the third party's name joined."""
    header = ["CT_Num", "CT_Intitule", "JO_Num", "EC_No", "EC_Date", "EC_RefPiece", "CG_Num", "EC_Intitule",
              "EC_Echeance", "EC_Sens", "EC_Montant", "EC_Lettrage", "CO_Nom"]
    rows = [[item.customer, NAMES[item.customer], item.journal, number, item.day, item.ref, "411000", item.label,
             item.due or "1753-01-01", int(item.cents < 0), abs(item.amount), item.code or None, "LEROY"]
            for number, item in enumerate(ITEMS, 2001)]
    book(folder / "requete.xlsx", Requête1=[header, *rows])


@product(columns="day due code ref")
def sage_1000(folder: Path) -> None:
    """Write a query on TECHEANCE, its entry and its matching; total is 1 for a full match."""
    header = [
        "codeTiers", "raisonSociale", "TECRITURE.numero", "TECRITURE.reference", "TECRITURE.dateEcriture",
        "TECHEANCE.dateEcheance", "TECHEANCE.sens", "TECHEANCE.montant_TCValue", "oidLettrage",
        "TLETTRAGE.dateLettrage", "TLETTRAGE.total",
    ]
    rows = [[item.customer, NAMES[item.customer], 70000 + number, item.ref, f"{item.day}",
             f"{item.due}" if item.due else "NULL", 1 if item.cents < 0 else 0, f"{abs(item.amount):.2f}",
             f"{item.code}{item.customer}" if item.code else "NULL", "2025-12-31" if item.code else "NULL",
             1 if item.code else "NULL"] for number, item in enumerate(ITEMS)]
    text(folder / "echeances.csv", [header, *rows], encoding="utf-8-sig")


CEGID = [
    "E_JOURNAL", "E_GENERAL", "E_AUXILIAIRE", "E_DATECOMPTABLE", "E_DATEECHEANCE", "E_NUMEROPIECE", "E_REFINTERNE",
    "E_REFEXTERNE", "E_LIBELLE", "E_DEBIT", "E_CREDIT", "E_DEVISE", "E_DEBITDEV", "E_CREDITDEV", "E_MODEPAIE",
    "E_NATUREPIECE", "E_LETTRAGE", "E_ETATLETTRAGE", "E_COUVERTURE",
]


def _cegid(item: Item, number: int) -> list[Any]:
    covered = 500000 if item.ref in {"FA25031", "VIR0715"} else abs(item.cents) if item.code else 0
    sides = [f"{cell or 0:.2f}".replace(".", ",") for cell in (item.debit, item.credit)]
    nature = {"VE": "FC", "BQ": "RC"}.get(item.journal, "OD")
    return [item.journal, "411000", item.customer, slashed(item.day), slashed(item.due) or "01/01/1900", number,
            item.ref, "", item.label, *sides, "EUR", *sides, "VIR", "AC" if item.ref == "AV25004" else nature,
            item.code or ("" if covered == 0 else "a"), "TL" if item.code else "PL" if covered else "AL",
            f"{covered / 100:.2f}".replace(".", ",")]


@product(columns="day due ref")
def cegid_entries(folder: Path) -> None:
    """Write ECRITURE whole: what covers an invoice is in the file too."""
    text(folder / "ECRITURE.csv", [CEGID, *(_cegid(item, number) for number, item in enumerate(ITEMS, 1))])


@product(basis="open_items", columns="day due open ref",
         items=tuple(item for item in OPEN if item.open_cents))
def cegid_open(folder: Path) -> None:
    """Write the lines of ECRITURE that are open: of FA25031, 5 000.00 is covered by a receipt left out."""
    kept = [item for item in OPEN if item.open_cents]
    text(folder / "ECRITURE.csv", [CEGID, *(_cegid(item, number) for number, item in enumerate(kept, 1))])


@product(columns="day due code ref", code="411{}", title={**PERIOD})
def cegid_expert(folder: Path) -> None:
    """Write the general ledger of Cegid Expert: account and name in one cell, totals and balance under the items."""
    rows: Rows = [[COMPANY], ["Grand livre des comptes auxiliaires clients"], ["Du 01/01/2025 au 31/12/2025"],
                  ["Edité le 05/01/2026 - Page 1"], [],
                  ["Date", "Jnl", "Pièce", "Libellé", "Echéance", "Let.", "Débit", "Crédit", "Solde"]]
    for customer, items in by_customer():
        rows.append([f"411{customer}  {NAMES[customer]}"])
        running = 0
        for item in items:
            running += item.cents
            rows.append([item.day, item.journal, item.ref, item.label, item.due, item.code or None, item.debit,
                         item.credit, money(running)])
        debit, credit = total(items)
        rows += [[None, None, None, f"Total compte 411{customer}", None, None, money(debit), money(credit),
                  money(debit - credit)], []]
    debit, credit = total(ITEMS)
    rows.append([None, None, None, "Total général", None, None, money(debit), money(credit), money(debit - credit)])
    book(folder / "grand livre.xlsx", **{"Grand Livre": rows})


@product(basis="aged_balance", code="411{}", title={"as_of_date": DAY})
def ebp_ageing(folder: Path) -> None:
    """Write the ageing of EBP, balance first, empty for zero."""
    rows: Rows = [["Balance âgée - Clients - Situation au 31/12/2025"], [],
                  ["Compte", "Intitulé", "Solde", "Non échu", "1-30 j", "31-60 j", "61-90 j", "> 90 j"]]
    for customer, ages in AGES.items():
        cells = [french(ages.get(name, 0)) for name in BUCKETS]
        rows.append([f"411{customer}", NAMES[customer], french(sum(ages.values())), *cells])
    rows.append(["Total", None, *map(french, (1993533, 549405, 239612, 354085, 0, 850431))])
    book(folder / "Balance agee EBP.xlsx", Feuille1=rows)


@product(columns="day due code ref", code="411{}", title={**PERIOD})
def ebp_ledger(folder: Path) -> None:
    """Write the grouped ledger of EBP as text: the account above its lines, in two cells."""
    rows: Rows = [[f"Société : {COMPANY}"], ["Grand-livre auxiliaire"], ["Période du 01/01/2025 au 31/12/2025"],
                  ["Date", "Journal", "N° pièce", "Libellé", "Débit", "Crédit", "Lettrage", "Échéance"]]
    for customer, items in by_customer():
        rows.append(["Compte", f"411{customer}", NAMES[customer], *[""] * 5])
        rows += [[slashed(item.day), item.journal, item.ref, item.label,
                  *(french(max(cents, 0), space=" ") for cents in (item.cents, -item.cents)), item.code,
                  slashed(item.due)] for item in items]
        debit, credit = total(items)
        rows.append([f"Total 411{customer}", "", "", "", french(debit), french(credit), "", ""])
        rows.append(["Solde", "", "", "", *(french(max(c, 0)) for c in (debit - credit, credit - debit)), "", ""])
    text(folder / "grand-livre.csv", rows)


@product(columns="day due code ref", code="411{}")
def pennylane(folder: Path) -> None:
    """Write the ledger export of Pennylane: every account, the customer named in the account's label."""
    rows: Rows = [["Date", "Journal", "Numéro de compte", "Libellé de compte", "Libellé de ligne", "Numéro de pièce",
                   "Débit", "Crédit", "Lettrage", "Date d'échéance", "Devise"]]
    for item in ITEMS:
        facing = ("512000", "Banque") if item.journal == "BQ" else ("706000", "Prestations de services")
        for account, debit, credit, own in (
            ((f"411{item.customer}", NAMES[item.customer]), item.debit, item.credit, True),
            (facing, item.credit, item.debit, False),
        ):
            rows.append([item.day, item.journal, *account, item.label, item.ref, debit or 0, credit or 0,
                         item.code if own else "", item.due if own else None, "EUR"])
    book(folder / "export_grand_livre.xlsx", **{"Grand livre": rows})


LDCOMPTA = (
    "Type d'enregistrement;Code journal;N° écriture;N° pièce;Date pièce;Libellé;Date échéance;Code nature;"
    "Racine compte collectif;Montant en euros;Code débit/crédit;Compte général;Date;Code lettrage;Date lettrage;"
    "Compte auxiliaire;Code nature tiers;N° relance;Référence document;Montant en devises;Code devise ISO;"
    "Mode de paiement;Bon à payer;Section analytique;Quantité;Code TVA;Code société;Code établissement;Folio;"
    "Utilisateur;Date de saisie;Heure de saisie;N° lot;Zone libre 1;Zone libre 2;Zone libre 3;Date de valeur")


@product(columns="day due code ref")
def ldcompta(folder: Path) -> None:
    """Write the accounting export in 37 columns: one amount, and D or C."""
    rows = [["E", item.journal, number, item.ref, slashed(item.day), item.label, slashed(item.due),
             "F" if item.due else "R", "411", french(abs(item.cents), space=""), "C" if item.cents < 0 else "D",
             "411000", slashed(item.day), item.code, "31/12/2025" if item.code else "", item.customer, "C", "0",
             item.ref, "0,00", "EUR", "VIR", "", "", "0", "", "01", "001", "12", "ADM", slashed(item.day), "101500",
             "7", "", "", "", slashed(item.day)] for number, item in enumerate(ITEMS, 1)]
    text(folder / "ecritures.csv", [LDCOMPTA.split(";"), *rows])


def _calendar(labels: Sequence[str], head: Rows) -> Rows:
    rows: Rows = [*head, ["Compte", "Libellé", *labels, "Total"]]
    keys = ("before", "09", "10", "11", "12", "after")
    for customer, months in MONTHS.items():
        cells = [months.get(key, 0) for key in keys]
        rows.append([customer, NAMES[customer], *map(money, [*cells, sum(cells)])])
    sums = [sum(months.get(key, 0) for months in MONTHS.values()) for key in keys]
    return [*rows, ["Total général", None, *map(money, [*sums, sum(sums)])]]


@product(basis="aged_balance", title={"company": COMPANY})
def dailybiz(folder: Path) -> None:
    """Write the ageing of DailyBiz: four months between what is before and what is after."""
    labels = ["Antérieur", "Septembre 2025", "Octobre 2025", "Novembre 2025", "Décembre 2025", "Postérieur"]
    head: Rows = [[f"Dossier : {COMPANY}"], ["Balance âgée clients"], ["Du 01/09/2025 au 31/12/2025"], []]
    book(folder / "balance.xlsx", Balance=_calendar(labels, head))


@product(basis="aged_balance", title={"as_of_date": DAY})
def month_columns(folder: Path) -> None:
    """Write an ageing whose columns are short names of months, as LDCompta and spreadsheets kept by hand have."""
    labels = ["Antérieurs", "Sept.", "Oct.", "Nov.", "Déc.", "Postérieurs"]
    book(folder / "balance.xlsx", Balance=_calendar(labels, [["Encours clients au 31/12/2025"]]))


@product(basis="open_items", code="", columns="day due ref", items=OPEN)
def billing_list(folder: Path) -> None:
    """Write the invoices of a billing tool, credit notes and deposits among them; nothing is left of those paid."""
    header = ("Numéro Facture;Date Émission;Date Échéance;Client;Montant HT;Montant TVA;Montant TTC;Statut;"
              "Montant Payé;Reste à Payer")
    rows = []
    for item in OPEN:
        before_tax = round(item.cents / 1.2)
        rows.append([item.ref, slashed(item.day), slashed(item.due), NAMES[item.customer],
                     *(f"{cents / 100:.2f}".replace(".", ",") for cents in (before_tax, item.cents - before_tax,
                                                                           item.cents)),
                     "En retard", "0,00", f"{item.amount:.2f}".replace(".", ",")])
    text(folder / "factures.csv", [header.split(";"), *rows], encoding="utf-8-sig")


@product(columns="day due code ref", title={**STATE, "currency": "EUR"})
def two_row_header(folder: Path) -> None:
    """Write shape I: a header of two rows, labels merged over their group, a title block with the day."""
    width = 10
    rows: Rows = [[], at(width, c2=COMPANY), at(width, c2="Grand livre clients"), [],
                  at(width, c2="Arrêté au", c4="31 décembre 2025"), at(width, c2="Montants en EUR"), [],
                  ["Client", None, "Pièce", None, None, None, "Mouvements", None, "Let.", "Échéance"],
                  ["Code", "Nom", "Date", "Journal", "Numéro", "Libellé", "Débit", "Crédit", None, None]]
    rows += [[item.customer, NAMES[item.customer], item.day, item.journal, item.ref, item.label, item.debit,
              item.credit, item.code or None, item.due] for item in ITEMS]
    path = folder / "grand livre.xlsx"
    book(path, Feuil1=rows)
    made = openpyxl.load_workbook(path)
    for area in ("A8:B8", "C8:F8", "G8:H8", "I8:I9", "J8:J9"):
        made["Feuil1"].merge_cells(area)
    made.save(path)


@product(basis="open_items", columns="day due ref", items=OPEN, title={**STATE})
def printed_pages(folder: Path) -> None:
    """Write shape J: a list of open items printed to a spreadsheet, title and header on top of each page."""
    header = ["Client", "Raison sociale", "Facture", "Date", "Échéance", "Reste dû"]
    title: Rows = [[COMPANY, None, None, None, "Page", 1], ["Échéancier clients au 31/12/2025"], []]
    rows: Rows = []
    carried = 0
    for place, item in enumerate(OPEN):
        if place % 5 == 0:
            if place:
                rows.append(["À reporter", None, None, None, None, carried / 100])
            title[0][-1] = place // 5 + 1
            rows += [list(row) for row in title] + [header]
            if place:
                rows.append(["Report", None, None, None, None, carried / 100])
        carried += item.cents
        rows.append([item.customer, NAMES[item.customer], item.ref, item.day, item.due, item.amount])
    rows += [["Total général", None, None, None, None, carried / 100], ["Imprimé le 05/01/2026 à 08:15"]]
    book(folder / "echeancier.xlsx", Feuil1=rows)


FLAT = ["Code client", "Nom client", "Date", "Journal", "N° pièce", "Libellé", "Échéance", "Débit", "Crédit",
        "Lettrage"]


def flat_row(item: Item) -> list[Any]:
    """Return an item under `FLAT`."""
    return [item.customer, NAMES[item.customer], item.day, item.journal, item.ref, item.label, item.due, item.debit,
            item.credit, item.code or None]


@product(columns="day due code ref", title={"company": COMPANY})
def sheets_by_month(folder: Path) -> None:
    """Write shape H: a sheet a month, each with its title; a month without an entry is an empty sheet."""
    sheets = {}
    for month in range(1, 13):
        rows = [flat_row(item) for item in ITEMS if item.day.month == month]
        last = (dt.date(2025, month, 28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        sheets[f"{month:02d}-2025"] = [[COMPANY], [f"Journal clients du 01/{month:02d}/2025 au {last:%d/%m/%Y}"],
                                       FLAT, *rows] if rows else []
    book(folder / "clients 2025.xlsx", **sheets)


@product(columns="day due code ref")
def sheets_by_entity(folder: Path) -> None:
    """Write shape H: a sheet an agency, customers apart, columns in another order, and a sheet of notes."""
    order = [2, 4, 0, 1, 9, 7, 8, 6, 5, 3]
    north = [flat_row(item) for item in ITEMS if item.customer < "D"]
    south = [[flat_row(item)[place] for place in order] for item in ITEMS if item.customer >= "D"]
    book(folder / "agences.xlsx", Notes=[["Extraction des deux agences, le 5 janvier"]],
         Nord=[["Agence Nord"], FLAT, *north, ["Total", *[None] * 6, *(cents / 100 for cents in total(
             item for item in ITEMS if item.customer < "D"))]],
         Sud=[["Agence Sud"], [], [FLAT[place] for place in order], *south])
