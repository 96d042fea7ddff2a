"""The customer ledger as accounting software prints it to Excel, and the same lines as a flat text export."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from auditlib.demo.text_columns import decimal_comma, french_dates
from auditlib.demo.truth import Truth
from auditlib.demo.workbook import Cell, write_sheet

__all__ = ["COMPANY", "write_flat_ledger", "write_grouped_ledger"]

COMPANY = "Ateliers Delorme SAS"
PAGE_ROWS = 60
WIDTH = 17
HEADER: dict[int, str] = {
    0: "Date",
    1: "C.j",
    2: "N° compte",
    3: "N° pièce",
    4: "Date pièce",
    5: "Libellé écriture",
    8: "Échéance",
    9: "Lettr.",
    10: "Date lettr.",
    11: "Mouvement débit",
    13: "Mouvement crédit",
    15: "Solde progressif",
}
MERGED = ("F{0}:H{0}", "L{0}:M{0}", "N{0}:O{0}", "P{0}:Q{0}")
DEBIT, CREDIT, BALANCE = 12, 14, 16
"""Amounts stand in the last column under a merged heading, one to the right of its text."""
FOOTER = "© Logiciel de gestion - édition de démonstration"


def write_grouped_ledger(path: Path, truth: Truth) -> None:
    """Write the "grand-livre des tiers": a block per customer, repeated page headings, subtotals."""
    printer = _Printer(dict(zip(truth.customers["customer_id"], truth.customers["name"], strict=True)))
    rows = [*_title(truth), *printer.pages(_printed(truth))]
    write_sheet(path, "Grand-livre des tiers", rows, merged=printer.merged,
                widths=(10, 5, 9, 14, 10, 18, 18, 18, 10, 6, 10, 3, 13, 3, 13, 3, 13))


def write_flat_ledger(path: Path, truth: Truth) -> None:
    """Write the same lines as a tab-separated export, one heading and no total."""
    lines = truth.movements.sort_values(["customer_id", "posting_date", "movement_id"])
    debit = lines["amount_cents"].clip(lower=0)
    pd.DataFrame(
        {
            "Code client": lines["customer_id"],
            "Raison sociale": lines["customer_id"].astype("str").map(truth.customers.set_index("customer_id")["name"]),
            "N° compte": lines["account"],
            "Date": french_dates(lines["posting_date"]),
            "Journal": lines["journal"],
            "N° pièce": lines["document_ref"],
            "Date pièce": french_dates(lines["document_date"]),
            "Libellé": lines["label"],
            "Échéance": french_dates(lines["due_date"]),
            "Lettrage": lines["matching_code"],
            "Date lettrage": french_dates(lines["matching_date"]),
            "Débit": decimal_comma(debit, blank_nil=True),
            "Crédit": decimal_comma(debit - lines["amount_cents"], blank_nil=True),
        }
    ).to_csv(path, sep="\t", index=False, encoding="cp1252", lineterminator="\r\n")


def _printed(truth: Truth) -> Iterator[tuple[str, list[Sequence[Cell]], list[int]]]:
    """Give for each customer its code, its lines without amounts, and their amounts in cents."""
    lines = truth.movements.sort_values(["customer_id", "posting_date", "movement_id"])
    columns: list[list[Cell]] = [_days(lines["posting_date"]), lines["journal"].tolist(), lines["account"].tolist(),
                                 _texts(lines["document_ref"]), _days(lines["document_date"]), _texts(lines["label"]),
                                 [None] * len(lines), [None] * len(lines), _days(lines["due_date"]),
                                 _texts(lines["matching_code"]), _days(lines["matching_date"])]
    rows, amounts = list(zip(*columns, strict=True)), lines["amount_cents"].tolist()
    begin = 0
    for customer, size in lines["customer_id"].value_counts(sort=False).items():
        if size:
            yield str(customer), list(rows[begin:begin + size]), amounts[begin:begin + size]
            begin += size


def _days(dates: pd.Series) -> list[Cell]:
    return [None if day is pd.NaT else day for day in dates.dt.date.tolist()]


def _texts(texts: pd.Series) -> list[Cell]:
    return [text or None for text in texts.tolist()]


def _title(truth: Truth) -> list[list[Cell]]:
    drawn = truth.as_of_date + dt.timedelta(days=9)
    return [[COMPANY], [*[None] * 5, "Grand-livre des tiers"],
            [*[None] * 5, f"Période du {truth.start:%d/%m/%Y} au {truth.as_of_date:%d/%m/%Y}"], ["Clients"],
            ["Tenue de compte : EUR"], [f"Date de tirage : {drawn:%d/%m/%Y}", *[None] * 14, "Page : 1"], []]


@dataclass
class _Printer:
    """Lays blocks out on pages; what it knows is where on the page it is.

    Attributes
    ----------
    names : dict of str to str
    row, page : int
        Sheet row printed last, page it is on.
    merged : list of str
        Merged ranges of the headings so far.
    """

    names: dict[str, str]
    row: int = 7
    page: int = 1
    page_top: int = 0
    merged: list[str] = field(default_factory=list)

    def pages(self, blocks: Iterator[tuple[str, list[Sequence[Cell]], list[int]]]) -> Iterator[list[Cell]]:
        """Give every row below the title."""
        total_debit = total_credit = 0
        yield self._header()
        for customer, lines, amounts in blocks:
            yield from self._block(customer, lines, amounts)
            total_debit += sum(amount for amount in amounts if amount > 0)
            total_credit -= sum(amount for amount in amounts if amount < 0)
        yield self._out(_sums("Total général", total_debit, total_credit))
        yield self._out([])
        yield self._out([FOOTER])

    def _block(self, customer: str, lines: list[Sequence[Cell]], amounts: list[int]) -> Iterator[list[Cell]]:
        debit = credit = 0
        yield from self._break_page(())
        yield self._out([customer, None, None, self.names[customer]])
        for line, amount in zip(lines, amounts, strict=True):
            yield from self._break_page((debit, credit))
            debit, credit = debit + max(amount, 0), credit + max(-amount, 0)
            yield self._out(
                [
                    *line,
                    None,
                    amount / 100 if amount > 0 else None,
                    None,
                    -amount / 100 if amount < 0 else None,
                    None,
                    (debit - credit) / 100,
                ]
            )
        yield self._out(_sums("Total du tiers", debit, credit))
        yield self._out([])

    def _break_page(self, carried: tuple[int, ...]) -> Iterator[list[Cell]]:
        """Start a new page where this one is full; within a block the sums so far are carried over."""
        if self.row - self.page_top < PAGE_ROWS:
            return
        if carried:
            yield self._out(_sums("À reporter", *carried))
        yield self._out([FOOTER])
        self.page += 1
        yield self._out([COMPANY, *[None] * 4, "Grand-livre des tiers", *[None] * 9, f"Page : {self.page}"])
        self.page_top = self.row
        yield self._header()
        if carried:
            yield self._out(_sums("Report", *carried))

    def _header(self) -> list[Cell]:
        row = self._out([HEADER.get(place) for place in range(WIDTH)])
        self.merged += [area.format(self.row) for area in MERGED]
        return row

    def _out(self, row: list[Cell]) -> list[Cell]:
        self.row += 1
        return row


def _sums(text: str, debit: int, credit: int) -> list[Cell]:
    row: list[Cell] = [None] * WIDTH
    row[5], row[DEBIT], row[CREDIT], row[BALANCE] = text, debit / 100, credit / 100, (debit - credit) / 100
    return row
