"""Whole books and summaries around the receivable of `french_ledger`: other accounts, collective accounts, agents."""

from pathlib import Path

from tests.unit.french_ledger import AGES, DAY, ITEMS, MONTHS, NAMES, OPEN, TOTAL, french
from tests.unit.french_products import (
    BUCKETS,
    COMPANY,
    Rows,
    book,
    by_customer,
    item_bucket,
    money,
    product,
    text,
    total,
)

__all__ = ["AGENTS", "balance_of_third_parties"]

AGENTS = {"LEROY": ("ADAM", "BERNARD", "CHAMPA"), "PETIT": ("DELOIN", "EPIPORT", "FROMIDF")}


@product(columns="day due code ref", code="411{}", title={"company": COMPANY})
def general_ledger(folder: Path) -> None:
    """Write the general ledger, account by account: suppliers, bank and sales are no customers."""
    rows: Rows = [[COMPANY], ["Grand livre général"], ["Période du 01/01/2025 au 31/12/2025"], [],
                  ["Date", "Jnl", "Pièce", "Libellé", "Échéance", "Débit", "Crédit", "Let."]]
    facing = {"401100": ("Fournisseurs", "AC"), "512000": ("Banque", "BQ"), "706000": ("Prestations", "VE")}
    rows += [["401100", None, None, "Fournisseurs"],
             [DAY, "AC", "AC001", "Facture fournisseur", DAY, None, 777.77, None],
             ["Total 401100", None, None, None, None, None, 777.77, None]]
    for customer, items in by_customer():
        rows.append([f"411{customer}", None, None, NAMES[customer]])
        rows += [[item.day, item.journal, item.ref, item.label, item.due, item.debit, item.credit, item.code or None]
                 for item in items]
        rows.append([f"Total 411{customer}", None, None, None, None, *map(money, total(items)), None])
    for account, (name, journal) in list(facing.items())[1:]:
        rows.append([account, None, None, name])
        rows += [[item.day, item.journal, item.ref, item.label, None, item.credit, item.debit, None]
                 for item in ITEMS if item.journal == journal]
        rows.append([f"Total {account}", None, None, None, None, 1.0, 1.0, None])
    book(folder / "grand livre.xlsx", Feuil1=rows)


def _aged(customer: str) -> list[float | None]:
    ages = [AGES[customer].get(name, 0) for name in BUCKETS]
    return [money(cents) for cents in (*ages, sum(ages))]


def _sums(customers: tuple[str, ...]) -> list[float | None]:
    columns = [sum(AGES[customer].get(name, 0) for customer in customers) for name in BUCKETS]
    return [money(cents) for cents in (*columns, sum(columns))]


AGED = ["Compte", "Intitulé", "Non échu", "1 à 30 jours", "31 à 60 jours", "61 à 90 jours", "> 90 jours", "Solde"]


@product(basis="aged_balance", title={"as_of_date": DAY})
def ageing_by_agent(folder: Path) -> None:
    """Write an ageing agent by agent, each with a total that bears his name."""
    rows: Rows = [["Balance âgée au 31/12/2025"], [], AGED]
    for agent, customers in AGENTS.items():
        rows += [[f"Représentant : {agent}"],
                 *([customer, NAMES[customer], *_aged(customer)] for customer in customers),
                 [f"Total {agent}", None, *_sums(customers)], []]
    rows.append(["Total général", None, *_sums(tuple(NAMES))])
    book(folder / "agee.xlsx", Feuil1=rows)


@product(basis="aged_balance")
def ageing_by_collective(folder: Path) -> None:
    """Write an ageing under its collective account, whose row bears the sums."""
    rows: Rows = [AGED, ["4110000", "CLIENTS", *[None] * 6],
                  *([customer, NAMES[customer], *_aged(customer)] for customer in NAMES),
                  ["Total compte collectif 4110000", None, *_sums(tuple(NAMES))],
                  ["Nombre de comptes : 6"]]
    book(folder / "agee.xlsx", Feuil1=rows)


@product(basis="aged_balance")
def twelve_months(folder: Path) -> None:
    """Write an ageing by twelve months of the year past and the months to come, as text."""
    names = ["janv. 2025", "févr. 2025", "mars 2025", "avr. 2025", "mai 2025", "juin 2025", "juil. 2025", "août 2025",
             "sept. 2025", "oct. 2025", "nov. 2025", "déc. 2025", "À échoir"]
    before = {"CHAMPA": {"07": 734567}, "FROMIDF": {"06": -15000}}
    rows: Rows = [["Code client", "Nom", *names, "Total"]]
    for customer, months in MONTHS.items():
        own = {**months, **before.get(customer, {})}
        cells = [own.get(f"{month:02d}", 0) for month in range(1, 13)] + [own.get("after", 0)]
        rows.append([customer, NAMES[customer], *map(french, [*cells, sum(cells)])])
    text(folder / "agee.csv", rows)


@product(basis="aged_balance", title={"as_of_date": DAY})
def months_back(folder: Path) -> None:
    """Write the ageing of LDCompta: months back from that of the balance, the first with all that comes after."""
    rows: Rows = [["Balance âgée clients arrêtée au 31/12/2025"], [],
                  ["Compte", "Raison sociale", "Solde", "12/25", "11/25", "10/25", "09/25", "Antérieur"]]
    for customer, months in MONTHS.items():
        cells = [months.get("12", 0) + months.get("after", 0), *(months.get(key, 0) for key in ("11", "10", "09")),
                 months.get("before", 0)]
        rows.append([customer, NAMES[customer], *(f"{cents / 100:.2f}".replace(".", ",") for cents in (
            sum(cells), *cells))])
    text(folder / "agee.csv", rows)


@product(basis="open_items", columns="day due ref", items=OPEN)
def open_items_by_agent(folder: Path) -> None:
    """Write open items agent by agent, with a total by customer and one by agent, in a column of words."""
    rows: Rows = [["Impayés par représentant"], [], ["Code", "Client", "Facture", "Date facture", "Échéance", "Solde"]]
    for agent, customers in AGENTS.items():
        rows.append([f"Représentant {agent}"])
        for customer in customers:
            items = [item for item in OPEN if item.customer == customer]
            rows += [[customer, NAMES[customer], item.ref, item.day, item.due, item.amount] for item in items]
            rows.append([None, f"Total {NAMES[customer]}", None, None, None, sum(item.cents for item in items) / 100])
        rows.append([f"Total {agent}", None, None, None, None,
                     sum(item.cents for item in OPEN if item.customer in customers) / 100])
    rows.append(["TOTAL", None, None, None, None, TOTAL / 100])
    book(folder / "impayes.xlsx", Feuil1=rows)


@product(basis="aged_balance")
def items_aged_only(folder: Path) -> None:
    """Write items by age without a date of any kind: the customer and his document, and the column of its age."""
    rows: Rows = [["Compte tiers", "Raison sociale", "N° pièce", *AGED[2:]]]
    for item in OPEN:
        rows.append([item.customer, NAMES[item.customer], item.ref,
                     *(item.amount if item_bucket(item) == name else None for name in BUCKETS), item.amount])
    book(folder / "agee detail.xlsx", Feuil1=rows)


def balance_of_third_parties(folder: Path) -> None:
    """Write the balance of third parties of Sage: a header of two rows, movements and balances on both sides."""
    rows: Rows = [[COMPANY], ["Balance des tiers"], ["Période du 01/01/25 au 31/12/25"], [],
                  ["Numéro de compte", "Intitulé du compte", "Mouvements", None, "Soldes", None],
                  [None, None, "Débit", "Crédit", "Débit", "Crédit"]]
    for customer, items in by_customer():
        debit, credit = total(items)
        rows.append([customer, NAMES[customer], money(debit), money(credit), money(max(debit - credit, 0)),
                     money(max(credit - debit, 0))])
    debit, credit = total(ITEMS)
    rows.append(["Totaux", None, money(debit), money(credit), 20025.08, 89.75])
    book(folder / "balance.xlsx", Feuil1=rows)
