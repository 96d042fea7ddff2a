"""What a file may cost to read: limits no honest ledger meets, each with its reason."""

from auditlib.errors import BadInputError

__all__ = [
    "MOST_CELLS",
    "MOST_COLUMNS",
    "MOST_INFLATED",
    "MOST_LINE",
    "MOST_MARKUP",
    "MOST_MEMBERS",
    "MOST_RATIO",
    "MOST_ROWS",
    "MOST_STORED",
    "check_width",
]

MOST_ROWS = 1 << 20
"""Rows of a sheet: what Excel can show."""
MOST_COLUMNS = 1_000
"""The widest export met has some hundred columns; Excel's 16 384 mean that a whole row was formatted or filled."""
MOST_CELLS = 64 * MOST_ROWS
"""Of a sheet's used range: a full sheet of 64 columns, some 2 GB once read, blank cells included."""
MOST_INFLATED = 4 << 30
"""Bytes of a workbook once inflated: six full sheets of 640 MB."""
MOST_STORED = 512 << 20
"""Bytes of a workbook's file, which is held in memory whole: the fullest ones take 100 MB."""
MOST_RATIO = 200
"""Inflated bytes by byte stored. Rows of the same styled blank cells reach 60; deflate itself stops at 1 032."""
RATIO_FROM = 16 << 20
"""Bytes under which a high ratio harms nothing."""
MOST_MEMBERS = 10_000
"""Files in a workbook: a sheet, its drawing and its links make three."""
MOST_LINE = 16 << 20
"""Bytes of a line of text, which is held in memory whole."""
MOST_MARKUP = 256 << 20
"""Bytes of an HTML or XML page: read whole, and ten times as large in memory."""


def check_width(name: str, columns: int) -> None:
    """Refuse a sheet or text wider than any ledger.

    Raises
    ------
    BadInputError
        Past `MOST_COLUMNS`.
    """
    if columns > MOST_COLUMNS:
        raise BadInputError(
            f"{name}: {columns} columns are in use, {MOST_COLUMNS} at most can be read; "
            "delete the columns to the right of the data and save it again"
        )
