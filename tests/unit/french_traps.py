"""More print-outs of the receivable of `french_ledger`: layouts in which readers lose or invent amounts."""

import datetime as dt
from pathlib import Path

from tests.unit.french_ledger import AGES, DAY, ITEMS, NAMES, OPEN, TOTAL, french
from tests.unit.french_products import (
    BUCKETS,
    COMPANY,
    PERIOD,
    STATE,
    Rows,
    at,
    book,
    by_customer,
    item_bucket,
    money,
    product,
    slashed,
    text,
    total,
)

__all__: list[str] = []


@product(columns="day due code ref", title={"company": COMPANY})
def header_under_each_customer(folder: Path) -> None:
    """Write a ledger that prints the header again under each customer: the first customer stands above the first."""
    rows: Rows = [[COMPANY], ["Extrait de compte clients"], []]
    for customer, items in by_customer():
        rows += [["Compte", customer, NAMES[customer]],
                 ["Date", "Jal", "Pièce", "Libellé", "Échéance", "Débit", "Crédit", "Let"]]
        rows += [[item.day, item.journal, item.ref, item.label, item.due, item.debit, item.credit, item.code or None]
                 for item in items]
        debit, credit = total(items)
        rows += [[None, None, None, "Total", None, money(debit), money(credit)], []]
    book(folder / "extraits.xlsx", Feuil1=rows)


@product(columns="day due code ref", code="411{}")
def account_column_without_name(folder: Path) -> None:
    """Write a ledger with the account on every line, its name on a title row above, and monthly subtotals."""
    rows: Rows = [["Compte", "Date", "Journal", "Pièce", "Libellé", "Débit", "Crédit", "Lettre", "Échéance"]]
    for customer, items in by_customer():
        rows.append([f"411{customer} {NAMES[customer]}"])
        for item in items:
            rows.append([f"411{customer}", slashed(item.day), item.journal, item.ref, item.label,
                         french(max(item.cents, 0)), french(max(-item.cents, 0)), item.code, slashed(item.due)])
        rows.append([f"Total 411{customer}", "", "", "", "", *map(french, total(items)), "", ""])
    text(folder / "gl.txt", rows, separator="\t")


@product(columns="day due code ref")
def two_sided_balances(folder: Path) -> None:
    """Write a ledger with a running balance in two columns, debtor and creditor."""
    rows: Rows = [["Grand livre auxiliaire", None, None, "Exercice du 01/01/2025 au 31/12/2025"], [],
                  ["Tiers", "Intitulé du tiers", "Date", "Jnl", "N° pièce", "Libellé", "Date échéance", "Let",
                   "Débit", "Crédit", "Solde débiteur", "Solde créditeur"]]
    for customer, items in by_customer():
        running = 0
        for item in items:
            running += item.cents
            rows.append([customer, NAMES[customer], item.day, item.journal, item.ref, item.label, item.due, item.code,
                         item.debit, item.credit, money(max(running, 0)), money(max(-running, 0))])
    book(folder / "gl.xlsx", GL=rows)


@product(basis="open_items", columns="day due ref", items=OPEN, title={"as_of_date": DAY})
def grouped_ageing(folder: Path) -> None:
    """Write a detailed ageing by customer: his name above, his items with their column of age, his total under them."""
    rows: Rows = [["Balance âgée détaillée au 31/12/2025"], [],
                  ["Date", "Pièce", "Libellé", "Échéance", "Total", "Non échu", "1 à 30 j", "31 à 60 j", "61 à 90 j",
                   "Plus de 90 j"]]
    for customer, items in by_customer(OPEN):
        rows.append([f"{customer} - {NAMES[customer]}"])
        rows += [[item.day, item.ref, item.label, item.due, item.amount,
                  *(item.amount if item_bucket(item) == name else None for name in BUCKETS)] for item in items]
        ages = [money(AGES[customer].get(name, 0)) for name in BUCKETS]
        rows.append([f"Total {customer}", None, None, None, sum(item.cents for item in items) / 100, *ages])
    rows.append(["Total général", None, None, None, TOTAL / 100, 5494.05, 2396.12, 3540.85, None, 8504.31])
    book(folder / "agee.xlsx", Feuil1=rows)


@product(basis="aged_balance")
def lower_limits_only(folder: Path) -> None:
    """Write an ageing whose columns name only where they begin, and percentages under the total."""
    rows: Rows = [["Clients", "Raison sociale", "Non échu", "- de 30 jours", "+ de 30 jours", "+ de 60 jours",
                   "+ de 90 jours", "Total"]]
    for customer, ages in AGES.items():
        rows.append([customer, NAMES[customer], *(money(ages.get(name, 0)) for name in BUCKETS),
                     sum(ages.values()) / 100])
    rows += [["TOTAUX", None, 5494.05, 2396.12, 3540.85, 0, 8504.31, TOTAL / 100],
             ["%", None, 0.2756, 0.1202, 0.1776, 0, 0.4266, 1]]
    book(folder / "agee.xlsx", Feuil1=rows)


@product(basis="aged_balance", title={**STATE})
def two_row_ageing(folder: Path) -> None:
    """Write an ageing with "Échu" merged over its columns, the credits apart and a page number in the title."""
    width = 10
    rows: Rows = [at(width, c1=COMPANY, c9="Page", c10=1), at(width, c1="Balance âgée des clients"),
                  at(width, c1="Arrêtée au :", c3=dt.date(2025, 12, 31)), [],
                  at(width, c1="Compte", c2="Nom", c3="Solde", c4="Non échu", c5="Échu"),
                  at(width, c5="1-30", c6="31-60", c7="61-90", c8="> 90", c9="Total échu")]
    for customer, ages in AGES.items():
        cells = [ages.get(name, 0) for name in BUCKETS]
        rows.append([customer, NAMES[customer], *map(money, [sum(cells), *cells, sum(cells[1:])])])
    rows.append(["Total", None, *map(money, (TOTAL, 549405, 239612, 354085, 0, 850431, 1444128))])
    book(folder / "agee.xlsx", Feuil1=rows)


@product(basis="aged_balance", code="411{}")
def periods_as_dates(folder: Path) -> None:
    """Write an ageing whose columns are periods written with their two days."""
    labels = ["Avant le 01/11/2025", "Du 01/11/2025 au 30/11/2025", "Du 01/12/2025 au 31/12/2025",
              "Après le 31/12/2025", "Solde"]
    rows: Rows = [["N° compte", "Libellé du compte", *labels]]
    months = {"ADAM": (0, 348060, 83940, 0), "BERNARD": (0, 0, 131536, 74400), "CHAMPA": (734567, 0, 0, 0),
              "DELOIN": (130864, 0, -864, 0), "EPIPORT": (0, 0, 25000, 475005), "FROMIDF": (-15000, 6025, 0, 0)}
    for customer, cells in months.items():
        rows.append([f"411{customer}", NAMES[customer], *(f"{cents / 100:.2f}".replace(".", ",")
                                                          for cents in (*cells, sum(cells)))])
    text(folder / "agee.csv", rows)


@product(basis="open_items", columns="day due ref", items=OPEN, code="")
def names_merged(folder: Path) -> None:
    """Write open items under a name printed once, on the first of its lines (merged cells), and totals by name."""
    rows: Rows = [["Échéancier clients"], [], ["Client", "N° facture", "Date", "Date d'échéance", "Reste dû (€)"]]
    for customer, items in by_customer(OPEN):
        for place, item in enumerate(items):
            rows.append([None if place else NAMES[customer], item.ref, item.day, item.due, item.amount])
        rows.append([f"Sous-total {NAMES[customer]}", None, None, None, sum(item.cents for item in items) / 100])
    book(folder / "echeancier.xlsx", Feuil1=rows)


@product(columns="day code ref", title={**PERIOD})
def wide_print(folder: Path) -> None:
    """Write a ledger printed over two rows an entry: the second holds only the rest of the label."""
    rows: Rows = [[COMPANY], ["GRAND LIVRE CLIENTS", None, None, "Période du 01/01/2025 au 31/12/2025"], [],
                  ["Date", "Jnl", "N° de pièce", "Libellé", "Débit", "Crédit", "Lettrage"]]
    for customer, items in by_customer():
        rows.append([f"Tiers : {customer}", None, None, NAMES[customer]])
        for item in items:
            rows.append([item.day, item.journal, item.ref, item.label, item.debit, item.credit, item.code or None])
            if item.label.startswith("Virement,"):
                rows.append([None, None, None, "reçu sur le compte de la banque du port"])
        rows.append(["Totaux", None, None, None, *map(money, total(items))])
    book(folder / "gl.xlsx", Feuil1=rows)


@product(columns="day due code ref")
def signed_amounts(folder: Path) -> None:
    """Write one amount with its sign behind it, credits as `1 250,00-`, and a zero line of no effect."""
    rows: Rows = [["Client;Raison sociale;Date pièce;Type;Pièce;Échéance;Montant EUR;Lettrage"]]
    lines = [[item.customer, NAMES[item.customer], slashed(item.day), "FA" if item.cents > 0 else "RG", item.ref,
              slashed(item.due), french(abs(item.cents), space=" ") + ("-" if item.cents < 0 else ""), item.code]
             for item in ITEMS]
    text(folder / "historique.csv", [*(row[0].split(";") for row in rows), *lines])
