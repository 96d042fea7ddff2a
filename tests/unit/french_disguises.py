"""The same table disguised: columns shuffled, headers renamed, titles moved, blank rows and columns put in."""

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from auditlib.loaders.aliases import ALIASES, AMBIGUOUS
from auditlib.loaders.column_rules import EXACT
from tests.unit.french_ledger import AGES, ITEMS, NAMES, OPEN, Item
from tests.unit.french_products import BUCKETS, COMPANY, Rows, book, money, text

__all__ = ["TABLES", "disguised", "disguised_groups"]

Column = tuple[str, Callable[[Any], Any]]
TITLES = (
    COMPANY, "Grand livre auxiliaire clients", "Période du 01/01/2025 au 31/12/2025", "Édité le 05/01/2026 à 08:12",
    "Tenue de compte : EUR", "Page 1 / 3", "Tous les comptes, du premier au dernier", "Comptes non soldés",
    "Utilisateur : COMPTA", "12 rue du Port, 17000 La Rochelle", "SIRET 732 829 320 00074", "Siège : La Rochelle",
)
BUCKET_NAMES = {
    "not_due": ("Non échu", "À échoir", "Non échus", "Total non échu"),
    "1-30": ("1-30", "0 à 30 jours", "Échu 1 - 30 j", "< 30 jours", "de 1 à 30 jours", "1-30 j"),
    "31-60": ("31-60", "31 à 60 jours", "Échu 31 - 60 j", "de 31 à 60 jours", "30-60 j"),
    "61-90": ("61-90", "61 à 90 jours", "Échu 61 - 90 j", "de 61 à 90 jours", "60-90 j"),
    ">90": ("> 90", "+ de 90 jours", "Plus de 90 jours", "Échu + de 90 j", "91 et plus", "Au-delà de 90 jours"),
}


PLAIN = {
    "customer_id": ("Compte", "Client", "Tiers", "N° compte", "Code"),
    "customer_name": ("Nom", "Intitulé", "Libellé client"),
    "posting_date": ("Date",), "due_date": ("Échéance", "Ech."), "document_ref": ("N°", "Pièce", "Réf."),
    "label": ("Libellé",), "journal": ("Jnl",), "debit_cents": ("Débit",), "credit_cents": ("Crédit",),
    "matching_code": ("L", "Let."), "amount_cents": ("Montant",), "side": ("D/C", "Sens"),
    "open_amount_cents": ("Solde", "Reste dû"), "total_cents": ("Solde", "Total"),
}
"""Headers that say little without the others, or without their cells."""
EXTRA: tuple[tuple[str, Callable[[int], Any]], ...] = (
    ("Mode de règlement", lambda row: ("VIR", "CHQ")[row % 2]), ("Commercial", lambda row: ("LEROY", "PETIT")[row % 2]),
    ("Jours de retard", lambda row: 7 * row % 120), ("Montant HT", lambda row: round(100.0 * row + 33.33, 2)),
    ("Commentaire", lambda row: "rappelé le 12/12" if row % 9 == 4 else None), ("TVA", lambda row: 19.6 + row),
    ("Niveau de relance", lambda row: row % 4), ("Plafond d'encours", lambda _: 15000),
)


def _item(name: str) -> Callable[[Item], Any]:
    return lambda item: getattr(item, name)


WHO: tuple[Column, ...] = (("customer_id", _item("customer")), ("customer_name", lambda item: NAMES[item.customer]))
WHAT: tuple[Column, ...] = (
    ("posting_date", _item("day")), ("due_date", _item("due")), ("document_ref", _item("ref")),
    ("label", _item("label")),
)
TABLES: dict[str, tuple[tuple[Column, ...], Sequence[Any]]] = {
    "ledger": ((*WHO, *WHAT, ("journal", _item("journal")), ("debit_cents", _item("debit")),
                ("credit_cents", _item("credit")), ("matching_code", lambda item: item.code or None)), ITEMS),
    "sided ledger": ((*WHO, *WHAT, ("amount_cents", lambda item: abs(item.amount)),
                      ("side", lambda item: "C" if item.cents < 0 else "D"),
                      ("matching_code", lambda item: item.code or None)), ITEMS),
    "open items": ((*WHO, *WHAT, ("open_amount_cents", _item("amount"))), OPEN),
    "ageing": ((("customer_id", lambda row: row[0]), ("customer_name", lambda row: NAMES[row[0]]),
                *((f"bucket {name}", lambda row, name=name: money(row[1].get(name, 0))) for name in BUCKETS),
                ("total_cents", lambda row: sum(row[1].values()) / 100)), tuple(AGES.items())),
}
"""Columns by role, and what their rows show; ages are not shuffled, an edge leans on the one before it."""


def _name(role: str, random: Random) -> str:
    if role.startswith("bucket "):
        return random.choice(BUCKET_NAMES[role.removeprefix("bucket ")])
    if random.random() < 0.4:
        return random.choice(PLAIN[role])
    own = [name for name in ALIASES[role] if len(EXACT[name]) == 1 and name not in AMBIGUOUS]
    return random.choice((str, str.upper, str.capitalize, str.title))(random.choice(own))


def disguised(name: str, seed: int, folder: Path) -> None:
    """Write a table of `TABLES` in one of its disguises."""
    random = Random(f"{name} {seed}")
    columns, shown = TABLES[name]
    buckets = [column for column in columns if column[0].startswith("bucket ")]
    others = random.sample([column for column in columns if column not in buckets], len(columns) - len(buckets))
    place = random.randint(0, len(others))
    order: list[Column | None] = [*others[:place], *buckets, *others[place:]]
    for _ in range(random.randint(0, 2)):
        order.insert(random.randint(0, len(order)), None)
    header = [column and _name(column[0], random) for column in order]
    body: Rows = [[column and column[1](item) for column in order] for item in shown]
    for label, cell in random.sample(EXTRA, random.randint(0, 3)):
        place = random.choice([0, len(header)])
        header.insert(place, label)
        for number, row in enumerate(body):
            row.insert(place, cell(number))
    for _ in range(random.randint(0, 3)):
        body.insert(random.randint(0, len(body)), [None] * len(order))
    rows = [*_titles(random), header, *([[]] if random.random() < 0.2 else []), *body]
    _write(folder, rows, random)


GROUPED: tuple[Column, ...] = TABLES["ledger"][0][2:]
TITLE_CELLS = 3
"""A row with more cells is an item; customers' rows and totals have fewer."""
AMOUNTS = ("debit_cents", "credit_cents")
CODES = (
    tuple(NAMES), tuple(f"411{code}" for code in NAMES), tuple(f"C{number:04d}" for number in range(12, 18)),
    tuple(f"4110{number:04d}" for number in range(101, 107)), tuple(f"{number:05d}" for number in range(7, 13)),
    ("9A", "AB-12", "DU.LAC", "DEL_01", "E/04", "F1"),
)


def disguised_groups(seed: int, folder: Path) -> dict[str, str]:
    """Write the ledger customer by customer: his code and name in one cell or two, with or without totals and pages.

    Returns the codes printed, by customer.
    """
    random = Random(seed)
    first = random.choice([column for column in GROUPED if column[0] not in (*AMOUNTS, "matching_code", "due_date")])
    order: list[Column | None] = [first, *random.sample([c for c in GROUPED if c != first], len(GROUPED) - 1)]
    order.insert(random.randint(1, len(order)), None)
    names = {column: column and _name(column[0], random) for column in order}
    header: list[Any] = [names[column] for column in order]
    titles = _titles(random)
    is_one_cell, has_totals, has_pages, has_gaps = (random.random() < 0.5 for _ in range(4))
    free = [place for place, column in enumerate(order) if place and (column is None or column[0] not in AMOUNTS)]
    name_at, pattern = random.choice(free), random.choice(("Compte : {}  {}", "{} - {}", "{}  {}", "Client {} : {}"))
    rows = [*titles, header]
    codes = dict(zip(NAMES, random.choice(CODES), strict=True))
    for customer, name in NAMES.items():
        own: list[Any] = [None] * len(order)
        own[0] = pattern.format(codes[customer], name) if is_one_cell else codes[customer]
        own[name_at] = own[name_at] if is_one_cell else name
        items = [item for item in ITEMS if item.customer == customer]
        rows += [own, *([column and column[1](item) for column in order] for item in items)]
        if has_totals:
            rows.append(_sums(order, random.choice(("Total du tiers", f"Total {codes[customer]}", "Totaux")), items))
        if has_pages and customer in {"BERNARD", "DELOIN"}:
            rows += [*titles, header]
        if has_gaps:
            rows.append([])
    if has_totals:
        rows.append(_sums(order, "Total général", ITEMS))
    _write(folder, _spread(rows, order, header, random) if random.random() < 0.5 else rows, random)
    return codes


def _spread(rows: Rows, order: Sequence[Column | None], header: list[Any], random: Random) -> Rows:
    """Give columns several cells, as merged headers do: labels stand in the first, amounts and some texts last."""
    widths = [random.randint(2, 3) if column and column[0] in AMOUNTS else random.randint(1, 2) for column in order]
    ends = [column is not None and (column[0] in AMOUNTS or random.random() < 0.3) for column in order]
    spread = []
    for row in rows:
        is_title = len(row) < len(order)
        wide: list[Any] = []
        is_item = not is_title and row is not header and sum(cell is not None for cell in row) > TITLE_CELLS
        for cell, width, at_end in zip(row, widths, ends, strict=False):
            is_value = isinstance(cell, float) or (is_item and at_end)
            wide += [*[None] * (width - 1), cell] if is_value else [cell, *[None] * (width - 1)]
        spread.append(wide)
    return spread


def _sums(order: Sequence[Column | None], word: str, items: Sequence[Item]) -> list[Any]:
    sums = {"debit_cents": sum(item.debit or 0 for item in items),
            "credit_cents": sum(item.credit or 0 for item in items)}
    row = [column and (round(sums[column[0]], 2) or None if column[0] in sums else None) for column in order]
    return [word, *row[1:]]


def _titles(random: Random) -> Rows:
    titles: Rows = [[None] * random.randint(0, 4) + [line] for line in random.sample(TITLES, random.randint(0, 9))]
    for _ in range(random.randint(0, 3)):
        titles.insert(random.randint(0, len(titles)), [])
    return titles


def _write(folder: Path, rows: Rows, random: Random) -> None:
    if random.random() < 0.5:
        book(folder / "fichier.xlsx", Feuil1=rows)
    else:
        text(folder / "fichier.csv", [[_text(cell) for cell in row] for row in rows])


def _text(cell: Any) -> Any:
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",")
    return f"{cell:%d/%m/%Y}" if hasattr(cell, "year") else cell
