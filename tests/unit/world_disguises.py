"""The same file with its columns shuffled, headers renamed, and its title longer and elsewhere."""

import random
from dataclasses import replace

from tests.unit.world_printed import Printed, Row, Rows

__all__ = ["LINES", "SYNONYMS", "varied"]

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
