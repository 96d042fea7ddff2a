"""Further print-outs of the receivable of `french_ledger`: abbreviations, criteria on top, a sheet by customer."""

import datetime as dt
from pathlib import Path

from tests.unit.french_ledger import AGES, BALANCES, DAY, ITEMS, MONTHS, NAMES, OPEN, TOTAL, french
from tests.unit.french_products import (
    BUCKETS,
    COMPANY,
    STATE,
    Rows,
    book,
    book_dated,
    by_customer,
    item_bucket,
    money,
    product,
    slashed,
    text,
    total,
)

__all__: list[str] = []


@product(columns="day due code", title={"period_start": dt.date(2025, 1, 1)})
def undated_openings(folder: Path) -> None:
    """Write a grouped ledger that opens an account by an undated line, and closes it by its balance."""
    rows: Rows = [["Grand livre clients du 01/01/2025 au 31/12/2025"], [],
                  ["Date", "Jal", "N° pièce", "Libellé", "Échéance", "Lettre", "Débit", "Crédit", "Solde cumulé"]]
    for customer, items in by_customer():
        rows.append([customer, None, None, NAMES[customer]])
        running = 0
        for item in items:
            running += item.cents
            is_opening = item.journal == "AN"
            rows.append([None if is_opening else item.day, None if is_opening else item.journal,
                         None if is_opening else item.ref, "Report à nouveau" if is_opening else item.label,
                         item.due, item.code or None, item.debit, item.credit, money(running)])
        debit, credit = total(items)
        rows += [[None, None, None, f"Total {customer}", None, None, money(debit), money(credit), None],
                 [None, None, None, "Solde du compte", None, None, money(max(debit - credit, 0)),
                  money(max(credit - debit, 0)), None]]
    book(folder / "gl.xlsx", Feuil1=rows)


@product(columns="day due code ref")
def sheet_by_customer(folder: Path) -> None:
    """Write a statement a sheet, the customer named in the title only."""
    sheets: dict[str, Rows] = {}
    for customer, items in by_customer():
        debit, credit = total(items)
        sheets[NAMES[customer][:12].strip()] = [
            [COMPANY], ["Extrait de compte"], [f"Client : {customer}", None, NAMES[customer]], [],
            ["Date", "Journal", "Pièce", "Libellé", "Échéance", "Débit", "Crédit", "Lettrage"],
            *([item.day, item.journal, item.ref, item.label, item.due, item.debit, item.credit, item.code or None]
              for item in items),
            ["Totaux", None, None, None, None, money(debit), money(credit)],
        ]
    book(folder / "extraits.xlsx", **sheets)


@product(columns="day due code ref")
def abbreviated(folder: Path) -> None:
    """Write a ledger whose headers are cut short, on two lines of their cells."""
    header = ["Cpte\ntiers", "Nom\ntiers", "Dt\nécr.", "Jnl", "N°\npce", "Lib.", "Dt\néch.", "Mt\ndébit", "Mt\ncrédit",
              "Let."]
    rows = [[item.customer, NAMES[item.customer], item.day, item.journal, item.ref, item.label, item.due, item.debit,
             item.credit, item.code or None] for item in ITEMS]
    book(folder / "gl.xlsx", Feuil1=[header, *rows])


@product(columns="day due code ref", title={"company": COMPANY})
def criteria_above(folder: Path) -> None:
    """Write a ledger under the list of the criteria it was printed with, which name columns too."""
    rows: Rows = [[f"Société : {COMPANY}"], ["Interrogation des comptes auxiliaires"],
                  ["Compte", "de", "ADAM", "à", "FROMIDF"], ["Journal", "Tous", None, "Date", "01/01/2025"],
                  ["Échéance", "Toutes", None, "Lettrage", "Lettrées et non lettrées"],
                  ["Devise", "Tenue de compte", None, "Montants", "Débit et crédit"], [],
                  ["Auxiliaire", "Raison sociale", "Date", "Journal", "Pièce", "Libellé", "Échéance", "Débit", "Crédit",
                   "Lettrage"]]
    rows += [[item.customer, NAMES[item.customer], item.day, item.journal, item.ref, item.label, item.due, item.debit,
              item.credit, item.code or None] for item in ITEMS]
    book(folder / "interrogation.xlsx", Feuil1=rows)


@product(basis="aged_balance", title={"as_of_date": DAY})
def marked_balances(folder: Path) -> None:
    """Write an ageing whose amounts carry D or C behind them, and a share of the whole beside."""
    rows: Rows = [["Balance âgée arrêtée au 31 décembre 2025"], [],
                  ["Code", "Raison sociale", "Non échu", "1 à 30", "31 à 60", "61 à 90", "Plus de 90", "Solde", "%"]]

    def marked(cents: int) -> str:
        return f"{french(abs(cents), space=' ')} {'D' if cents > 0 else 'C'}" if cents else "0,00"

    for customer, ages in AGES.items():
        cells = [ages.get(name, 0) for name in BUCKETS]
        rows.append([customer, NAMES[customer], *map(marked, [*cells, sum(cells)]),
                     f"{100 * sum(cells) / TOTAL:.1f} %".replace(".", ",")])
    text(folder / "agee.csv", rows)


@product(basis="aged_balance")
def months_as_dates(folder: Path) -> None:
    """Write an ageing whose columns are months that the spreadsheet holds as dates."""
    keys = ("before", "09", "10", "11", "12", "after")
    header = ["Compte", "Intitulé", "Antérieur", *(dt.date(2025, month, 1) for month in (9, 10, 11, 12)), "Postérieur",
              "Total"]
    rows: Rows = [["Échéances par mois"], [], header]
    for customer, months in MONTHS.items():
        cells = [months.get(key, 0) for key in keys]
        rows.append([customer, NAMES[customer], *map(money, [*cells, sum(cells)])])
    book_dated(folder / "agee.xlsx", "mmm-yy", {"Feuil1": rows})


@product(basis="open_items", columns="day due ref", items=OPEN, title={"as_of_date": DAY})
def schedule(folder: Path) -> None:
    """Write the schedule of Sage: what is not lettered, debit and credit, a running balance and totals by customer."""
    rows: Rows = [["Échéancier clients", None, None, "Arrêté au 31/12/2025"], ["Écritures non lettrées"], [],
                  ["N° compte tiers", "Intitulé", "Date", "N° pièce", "Libellé", "Échéance", "Débit", "Crédit",
                   "Solde"]]
    for customer, items in by_customer(OPEN):
        running = 0
        for item in items:
            running += item.cents
            rows.append([customer, NAMES[customer], item.day, item.ref, item.label, item.due, item.debit, item.credit,
                         money(running)])
        rows.append([f"Total {customer}", None, None, None, None, None, *map(money, total(items)), money(running)])
    book(folder / "echeancier.xlsx", Feuil1=rows)


@product(basis="open_items", columns="day due ref", items=OPEN, code="")
def ageing_of_invoices(folder: Path) -> None:
    """Write the detailed ageing of an invoicing tool: amounts of origin and open, ages, days late."""
    header = ["Client", "Numéro de facture", "Date de facture", "Échéance", "Retard (jours)", "Montant TTC",
              "Restant dû", "Non échu", "1-30 jours", "31-60 jours", "61-90 jours", "+90 jours"]
    rows = []
    for item in OPEN:
        late = (DAY - (item.due or item.day)).days
        rows.append([NAMES[item.customer], item.ref, slashed(item.day), slashed(item.due), max(late, 0),
                     f"{item.amount + 10:.2f}", f"{item.amount:.2f}",
                     *(f"{item.amount:.2f}" if item_bucket(item) == name else "0.00" for name in BUCKETS)])
    text(folder / "balance_agee.csv", [header, *rows], separator=",", encoding="utf-8")


@product(basis="aged_balance", title={**STATE})
def ageing_with_more_totals(folder: Path) -> None:
    """Write an ageing that prints what is due in all and what is disputed of it beside its columns of age."""
    rows: Rows = [[COMPANY], ["Balance âgée au 31/12/2025"],
                  ["Client", "Nom du client", "Commercial", "Encours autorisé", "Total encours", "Non échu",
                   "Total échu", "Échu 1-30 j", "Échu 31-60 j", "Échu 61-90 j", "Échu > 90 j", "Dont litige"]]
    for customer, ages in AGES.items():
        cells = [ages.get(name, 0) for name in BUCKETS]
        rows.append([customer, NAMES[customer], "LEROY", 20000, BALANCES[customer] / 100, cells[0] / 100,
                     sum(cells[1:]) / 100, *(cents / 100 for cents in cells[1:]),
                     1308.64 if customer == "DELOIN" else 0])
    rows.append(["Total général", None, None, None, TOTAL / 100, 5494.05, 14441.28, 2396.12, 3540.85, 0, 8504.31,
                 1308.64])
    book(folder / "agee.xlsx", Feuil1=rows)


@product(columns="day due code ref")
def ledger_and_summary(folder: Path) -> None:
    """Write a workbook of three sheets: a cover, a summary by customer, and the entries."""
    entries: Rows = [["Code tiers", "Tiers", "Date comptable", "Code journal", "Numéro de pièce", "Libellé écriture",
                      "Date d'échéance", "Débit EUR", "Crédit EUR", "Lettrage"]]
    entries += [[item.customer, NAMES[item.customer], item.day, item.journal, item.ref, item.label, item.due,
                 item.debit or 0, item.credit or 0, item.code or None] for item in ITEMS]
    summary: Rows = [["Code tiers", "Tiers", "Total débit", "Total crédit", "Solde"]]
    for customer, items in by_customer():
        debit, credit = total(items)
        summary.append([customer, NAMES[customer], debit / 100, credit / 100, (debit - credit) / 100])
    book(folder / "clients.xlsx", Couverture=[["Export comptable"], ["Confidentiel"]], Synthèse=summary,
         Écritures=[["Montants en EUR"], *entries])


@product(columns="day due code ref", code="411{}")
def addresses(folder: Path) -> None:
    """Write statements one under the other: the account and name, the address in two rows, then the entries."""
    rows: Rows = [["RELEVÉS DE COMPTES CLIENTS", None, None, "Édité le 05/01/2026"], [],
                  ["Date", "Journal", "Pièce", "Libellé", "Échéance", "Débit", "Crédit", "Lettrage"]]
    for number, (customer, items) in enumerate(by_customer(), 3):
        rows += [[f"411{customer}", None, None, NAMES[customer]], [None, None, None, f"{number} rue du Port"],
                 [None, None, None, "17000 LA ROCHELLE"]]
        rows += [[item.day, item.journal, item.ref, item.label, item.due, item.debit, item.credit, item.code or None]
                 for item in items]
        debit, credit = total(items)
        rows += [["Totaux", None, None, None, None, money(debit), money(credit)],
                 [None, None, None, f"Nombre d'écritures : {len(items)}"], []]
    book(folder / "releves.xlsx", Feuil1=rows)
