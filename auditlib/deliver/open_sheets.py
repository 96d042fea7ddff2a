"""What makes a sheet one to fill in: dropdown lists, checked dates and amounts, colours that follow what is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from auditlib.deliver.sheets import Cached, Column, Sheet, write_sheet
from auditlib.formats import Formats
from auditlib.texts import N_

__all__ = ["BAD", "GOOD", "LISTS", "Colour", "OpenSheet", "write_lists", "write_open_sheet"]

LISTS = N_("Listes")
"""Hidden sheet of what the dropdown lists offer."""
BAD, WARN, GOOD = ("FBE3E1", "A8322D"), ("FDF0D5", "8A5A00"), ("E4F0E6", "2E6B3A")
"""Fill and ink of what is late, of what waits and of what is done."""
NOT_A_DATE = N_("Saisir une date, par exemple 31/12/2025.")
NOT_AN_AMOUNT = N_("Saisir un montant positif, sans texte.")
NOT_IN_LIST = N_("Choisir une valeur de la liste : une autre ne serait pas relue.")


@dataclass(frozen=True)
class Colour:
    """A rule of colour.

    Attributes
    ----------
    column : str
        Title of the column coloured.
    formula : str
        True where it applies; ``{Title}`` is the cell of that column in the row.
    look : tuple of str
        `BAD`, `WARN` or `GOOD`.
    """

    column: str
    formula: str
    look: tuple[str, str]


@dataclass(frozen=True)
class OpenSheet:
    """A sheet to fill in.

    Attributes
    ----------
    sheet : Sheet
        Its columns of answers may be typed in.
    lists : mapping of str to str
        Name of the list each column offers, by title.
    proposals : sequence of str
        Titles whose list is a proposal: another text is accepted.
    hidden : sequence of str
        Titles of the columns that hold keys.
    colours : sequence of Colour
    """

    sheet: Sheet
    lists: Mapping[str, str] = field(default_factory=dict)
    proposals: Sequence[str] = ()
    hidden: Sequence[str] = ()
    colours: Sequence[Colour] = ()


def write_lists(workbook: Workbook, lists: Mapping[str, Sequence[str]], formats: Formats) -> dict[str, str]:
    """Add the hidden sheet of the dropdown lists; return where each is, as a formula.

    Parameters
    ----------
    workbook : Workbook
    lists : mapping of str to sequence of str
    formats : Formats
    """
    title = formats.gettext(LISTS)
    page = workbook.create_sheet(title)
    page.sheet_state = "hidden"
    page.cell(1, 1, title)
    places = {}
    for number, (name, values) in enumerate(lists.items(), start=1):
        page.cell(2, number, name)
        for row, value in enumerate(values, start=3):
            cell = page.cell(row, number, value)
            cell.data_type = "s"
        letter = get_column_letter(number)
        places[name] = f"'{title}'!${letter}$3:${letter}${max(len(values), 1) + 2}"
    return places


def write_open_sheet(workbook: Workbook, described: OpenSheet, *, heading: Sequence[str], places: Mapping[str, str],
                     formats: Formats) -> Cached:
    """Add a sheet to fill in to a workbook.

    Parameters
    ----------
    workbook : Workbook
        Prepared by `auditlib.deliver.sheets.add_styles`.
    described : OpenSheet
    heading : sequence of str
    places : mapping of str to str
        `write_lists`.
    formats : Formats

    Returns
    -------
    dict
        The values of the formulas written.
    """
    sheet = described.sheet
    cached = write_sheet(workbook, sheet, heading=heading, total_label=formats.gettext("Total"))
    page = workbook.worksheets[-1]
    rows = len(sheet.columns[0].values)
    last = max(page.max_row, 1)
    first = last - rows + 1
    letters = {column.title: get_column_letter(rank) for rank, column in enumerate(sheet.columns, start=1)}
    if rows:
        _validate(page, described, letters, span=(first, last), places=places, formats=formats)
        _colour(page, described.colours, letters, span=(first, last))
    for title in described.hidden:
        page.column_dimensions[letters[title]].hidden = True
    return cached


def _validate(page: Worksheet, described: OpenSheet, letters: Mapping[str, str], *, span: tuple[int, int],
              places: Mapping[str, str], formats: Formats) -> None:
    for column in described.sheet.columns:
        check = _check(column, described, places, formats)
        if check is not None:
            check.add(f"{letters[column.title]}{span[0]}:{letters[column.title]}{span[1]}")
            page.add_data_validation(check)


def _check(column: Column, described: OpenSheet, places: Mapping[str, str], formats: Formats) -> DataValidation | None:
    _ = formats.gettext
    common: dict[str, Any] = {"allow_blank": True, "showErrorMessage": True}
    if column.title in described.lists:
        return DataValidation(
            type="list", formula1=places[described.lists[column.title]], error=_(NOT_IN_LIST),
            errorStyle="information" if column.title in described.proposals else "stop", **common)
    if column.kind == "answer_date":
        return DataValidation(type="date", operator="greaterThan", formula1="36526", error=_(NOT_A_DATE), **common)
    if column.kind == "answer_amount":
        return DataValidation(type="decimal", operator="greaterThan", formula1="0", error=_(NOT_AN_AMOUNT), **common)
    return None


def _colour(page: Worksheet, colours: Sequence[Colour], letters: Mapping[str, str], *, span: tuple[int, int]) -> None:
    for rule in colours:
        cells = {title: f"${letter}{span[0]}" for title, letter in letters.items()}
        formula = rule.formula
        for title, cell in cells.items():
            formula = formula.replace("{" + title + "}", cell)
        fill, ink = rule.look
        letter = letters[rule.column]
        look = DifferentialStyle(fill=PatternFill("solid", start_color=fill, end_color=fill), font=Font(color=ink))
        page.conditional_formatting.add(
            f"{letter}{span[0]}:{letter}{span[1]}", Rule(type="expression", dxf=look, formula=[formula]))
