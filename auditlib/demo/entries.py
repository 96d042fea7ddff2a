"""The demo client's general ledger: the other side of each customer movement, and the rest of its books."""

import datetime as dt

import numpy as np
import pandas as pd

from auditlib.dates import add_months, month_end, month_ends
from auditlib.demo.truth import Truth

__all__ = ["ACCOUNT_NAMES", "JOURNAL_NAMES", "general_ledger", "year_of_entries"]

ACCOUNT_NAMES = {
    "101000": "Capital social",
    "106100": "Réserve légale",
    "110000": "Report à nouveau",
    "120000": "Résultat de l'exercice",
    "164000": "Emprunts bancaires",
    "215000": "Matériel et outillage",
    "281500": "Amortissements matériel",
    "370000": "Stocks de marchandises",
    "401000": "Fournisseurs",
    "411000": "Clients",
    "411700": "Clients - retenues de garantie",
    "413000": "Clients - effets à recevoir",
    "416000": "Clients douteux",
    "418100": "Clients - factures à établir",
    "419100": "Clients - avances et acomptes reçus",
    "421000": "Personnel",
    "431000": "Sécurité sociale",
    "445510": "TVA à décaisser",
    "445660": "TVA déductible",
    "445710": "TVA collectée",
    "445870": "TVA sur factures à établir",
    "491000": "Dépréciation des comptes clients",
    "512000": "Banque",
    "601000": "Achats de matières",
    "613000": "Locations",
    "641000": "Rémunérations",
    "645000": "Charges sociales",
    "654000": "Pertes sur créances irrécouvrables",
    "658000": "Charges diverses de gestion",
    "665000": "Escomptes accordés",
    "681120": "Dotations aux amortissements",
    "681740": "Dotations dépréciation créances",
    "701000": "Ventes de produits finis",
    "701100": "Ventes de produits finis UE",
    "701200": "Ventes de produits finis export",
    "704000": "Travaux",
    "704100": "Travaux UE",
    "704200": "Travaux export",
    "707000": "Ventes de marchandises",
    "707100": "Ventes de marchandises UE",
    "707200": "Ventes de marchandises export",
    "758000": "Produits divers de gestion",
}
JOURNAL_NAMES = {"VTE": "Ventes", "BQ1": "Banque", "EFF": "Effets de commerce", "OD": "Opérations diverses",
                 "AN": "À nouveau", "ACH": "Achats", "PAI": "Paie"}
OPENING_BALANCE = {"101000": -50_000_000, "106100": -5_000_000, "164000": -30_000_000, "215000": 120_000_000,
                   "281500": -48_000_000, "370000": 62_000_000, "401000": -90_000_000, "512000": 65_000_000}
"""Other accounts on the ledger's first day [cents]; 110000 takes the difference."""
SALES_ACCOUNTS = {"Fabrication": "701", "Pose et chantiers": "704", "Négoce": "707"}
COUNTERPARTS = {"receipt": "512000", "refund": "512000", "unpaid_return": "512000", "set_off": "401000",
                "discount": "665000", "write_off": "654000"}
EU = ("BE", "DE", "ES", "IT", "LU")
NO_DATE = np.datetime64("NaT", "s")
COLUMNS = ["entry_id", "journal", "posting_date", "account", "customer_id", "document_ref", "document_date", "label",
           "amount_cents", "matching_code", "matching_date"]


def general_ledger(truth: Truth) -> pd.DataFrame:
    """Return every line of the books from the ledger's first day, balanced by entry.

    Returns
    -------
    DataFrame
        ``entry_id``, ``journal``, ``posting_date``, ``account``, ``customer_id`` ("" but for customers and
        suppliers), ``document_ref``, ``document_date``, ``label``, ``amount_cents`` (debit positive),
        ``matching_code``, ``matching_date``.
    """
    customers = pd.concat([truth.movements, truth.deposits.assign(account="419100", kind="receipt", vat_rate=0.0)],
                          ignore_index=True)
    customers = customers.assign(
        **{name: customers[name].astype("str") for name in ("account", "kind", "customer_id", "journal")}
    )
    opening = customers["journal"] == "AN"
    lines = [customers[COLUMNS].assign(entry_id=customers["entry_id"].where(~opening, -1)),
             _opening_lines(truth, int(customers.loc[opening, "amount_cents"].sum())),
             _counterparts(customers[~opening], truth)]
    lines.append(_running_costs(truth, pd.concat(lines, ignore_index=True)))
    books = pd.concat(lines, ignore_index=True)
    return books.sort_values(["posting_date", "entry_id", "account"], kind="stable", ignore_index=True)


def _counterparts(lines: pd.DataFrame, truth: Truth) -> pd.DataFrame:
    """Return the sales, VAT, bank and loss lines that balance customer lines, one per entry and account."""
    moved = lines["kind"].isin(["reclassification"]) | (lines.groupby("entry_id")["amount_cents"].transform("sum") == 0)
    lines = lines[~moved]
    gross = -lines["amount_cents"]
    net = pd.Series(np.rint(gross / (1 + lines["vat_rate"])).astype(np.int64), index=lines.index)
    taxed = lines["kind"].isin(["invoice", "credit_note", "discount", "write_off"])
    tax = (gross - net).where(taxed, 0)
    main = lines.assign(account=_main_accounts(lines, truth), amount_cents=gross - tax)
    vat = lines.assign(account="445710", amount_cents=tax)[tax != 0]
    both = pd.concat([main, vat])
    both = both.assign(matching_code="", customer_id=np.where(both["account"] == "401000", "F00001", ""))
    rest = {name: "first" for name in COLUMNS if name not in ("entry_id", "account", "amount_cents", "matching_date")}
    summed = both.groupby(["entry_id", "account"], as_index=False, sort=False).agg({"amount_cents": "sum", **rest})
    return summed.assign(matching_date=NO_DATE)[COLUMNS]


def _main_accounts(lines: pd.DataFrame, truth: Truth) -> pd.Series:
    country = lines["customer_id"].map(truth.customers.set_index("customer_id")["country"])
    zone = np.select([country == "FR", country.isin(EU)], ["000", "100"], default="200")
    unit = lines["customer_id"].map(truth.customers.set_index("customer_id")["business_unit"])
    sales = unit.map(SALES_ACCOUNTS).astype("str") + pd.Series(zone, index=lines.index)
    small = pd.Series(np.where(lines["amount_cents"] > 0, "758000", "658000"), index=lines.index)
    named = lines["kind"].map(COUNTERPARTS)
    return named.where(named.notna(), small.where(lines["kind"] == "rounding", sales))


def _lines(
    day: dt.date, journal: str, label: str, amounts: dict[str, int], *, ref: str, entry: int, supplier: str = ""
) -> pd.DataFrame:
    accounts = list(amounts)
    return pd.DataFrame({
        "entry_id": entry, "journal": journal, "posting_date": pd.Timestamp(day), "account": accounts,
        "customer_id": [supplier if account == "401000" else "" for account in accounts], "document_ref": ref,
        "document_date": pd.Timestamp(day), "label": label, "amount_cents": list(amounts.values()), "matching_code": "",
        "matching_date": NO_DATE})[COLUMNS]


def _opening_lines(truth: Truth, customers: int) -> pd.DataFrame:
    amounts = OPENING_BALANCE | {"110000": -customers - sum(OPENING_BALANCE.values())}
    return _lines(truth.start, "AN", "REPRISE DES SOLDES", amounts, ref="REPRISE", entry=-1, supplier="F00001")


def _running_costs(truth: Truth, lines: pd.DataFrame) -> pd.DataFrame:
    """Return purchases, pay, rent, VAT and closing entries, month by month, in proportion to sales."""
    month = lines["posting_date"].dt.to_period("M")
    sales = -lines[lines["account"].str.startswith("70")].groupby(month)["amount_cents"].sum()
    vat = -lines[lines["account"].str.startswith("4457")].groupby(month)["amount_cents"].sum()
    count = (truth.as_of_date.year - truth.start.year) * 12 + truth.as_of_date.month - truth.start.month + 1
    made: list[pd.DataFrame] = []
    entry = int(lines["entry_id"].max()) + 1
    for end in month_ends(truth.as_of_date, count):
        sold, due = (int(series.get(pd.Period(end, "M"), 0)) for series in (sales, vat))
        for day, journal, label, amounts in _month(end, sold, due):
            ref = f"{journal}{end:%Y%m}{entry % 10_000:04d}"
            made.append(_lines(day, journal, label, amounts, ref=ref, entry=entry, supplier=f"F{entry % 12 + 1:05d}"))
            entry += 1
        if end.month == 12:
            made.append(_closing(truth, end, entry, made))
            entry += 1
    return pd.concat(made, ignore_index=True)


def _month(end: dt.date, sold: int, vat: int) -> list[tuple[dt.date, str, str, dict[str, int]]]:
    """List the entries of a month: day, journal, label, and amounts by account that sum to nil."""
    bought, paid, charges, rent = sold * 60 // 100, sold * 21 // 100, sold * 9 // 100, 1_400_000
    tax = bought * 20 // 100
    before = add_months(end, -1).replace(day=15)
    days = [day for day in (before.replace(day=28), end.replace(day=10), end.replace(day=20)) if day.month == end.month]
    rows: list[tuple[dt.date, str, str, dict[str, int]]] = []
    for part, day in enumerate(days):
        share, share_tax = (bought // 2, tax // 2) if part == 0 else (bought - bought // 2, tax - tax // 2)
        rows.append(
            (day, "ACH", "ACHATS MATIERES", {"601000": share, "445660": share_tax, "401000": -share - share_tax})
        )
    rows += [
        (end, "PAI", "PAIE DU MOIS", {"641000": paid, "645000": charges, "421000": -paid, "431000": -charges}),
        (end, "BQ1", "VIREMENT SALAIRES", {"421000": paid, "431000": charges, "512000": -paid - charges}),
        (end, "BQ1", "REGLEMENTS FOURNISSEURS", {"401000": bought + tax, "512000": -bought - tax}),
        (
            end.replace(day=5),
            "BQ1",
            "LOYER ATELIER",
            {"613000": rent, "445660": rent // 5, "512000": -rent - rent // 5},
        ),
        (end, "OD", "DECLARATION DE TVA", {"445710": vat, "445660": -tax - rent // 5, "445510": tax + rent // 5 - vat}),
        (end, "BQ1", "PAIEMENT DE TVA", {"445510": vat - tax - rent // 5, "512000": tax + rent // 5 - vat}),
    ]
    return rows


def _closing(truth: Truth, end: dt.date, entry: int, made: list[pd.DataFrame]) -> pd.DataFrame:
    """Depreciate machines and half of the doubtful claims net of VAT; add invoices not yet issued at the end."""
    movements = truth.movements
    doubtful = movements.loc[
        (movements["account"] == "416000") & (movements["posting_date"] <= pd.Timestamp(end)), "amount_cents"
    ]
    wanted = int(doubtful.sum()) * 5 // 12
    so_far = -sum(int(lines.loc[lines["account"] == "491000", "amount_cents"].sum()) for lines in made)
    amounts = {"681740": wanted - so_far, "491000": so_far - wanted, "681120": 12_000_000, "281500": -12_000_000}
    if end == month_end(truth.as_of_date):
        amounts |= {"418100": 3_840_000, "701000": -3_200_000, "445870": -640_000}
    return _lines(end, "OD", "ECRITURES D'INVENTAIRE", amounts, ref=f"INV{end:%Y}", entry=entry)


def year_of_entries(books: pd.DataFrame, *, first: dt.date, last: dt.date) -> pd.DataFrame:
    """Return one fiscal year's lines, opened with what the accounts carry forward.

    Customers are opened item by item, those that were lettered when the year began left out; other
    accounts by balance; last year's result on 120000.
    """
    begin = pd.Timestamp(first)
    past: pd.DataFrame = books[books["posting_date"] < begin]
    year: pd.DataFrame = books[books["posting_date"].between(begin, pd.Timestamp(last))]
    by_item = past["account"].str.slice(0, 3).isin(["411", "413", "416"])
    lettered = past["matching_date"] < begin
    items = past[by_item & ~lettered]
    others = past[~by_item].assign(account=past["account"].where(past["account"].str.slice(0, 1) < "6", "120000"))
    balances = others.groupby(["account", "customer_id"], as_index=False)["amount_cents"].sum()
    balances = balances[balances["amount_cents"] != 0].assign(
        document_ref="AN", document_date=begin, label="A NOUVEAU", matching_code="", matching_date=NO_DATE)
    if past.empty:
        return year
    opening = pd.concat([items, balances])
    opened: pd.DataFrame = opening.assign(entry_id=-1, journal="AN", posting_date=begin)[COLUMNS]
    return pd.concat([opened, year], ignore_index=True)
