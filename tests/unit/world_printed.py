"""A file that a product exports or prints, as rows, what it lets one know, and how it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

__all__ = ["AGED", "HEADER", "Edges", "Printed", "Row", "Rows", "american", "german", "save", "spread", "sums"]

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
