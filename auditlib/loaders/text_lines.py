"""The lines of a text file that has no column separator, as one column."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from auditlib.errors import BadInputError
from auditlib.loaders.limits import MOST_LINE

__all__ = ["cut", "read_lines"]

NO_SEPARATOR = "\x01"
"""A mark no printed text holds."""


def read_lines(path: Path, encoding: str) -> pa.ChunkedArray:
    """Read each line of a file, blank ones included; a tab counts as a space.

    Raises
    ------
    BadInputError
        If its bytes are not text in that encoding.
    """
    try:
        table = pacsv.read_csv(
            path,
            pacsv.ReadOptions(encoding=encoding, column_names=["line"], block_size=MOST_LINE),
            pacsv.ParseOptions(delimiter=NO_SEPARATOR, quote_char=False, ignore_empty_lines=False),
            pacsv.ConvertOptions(column_types={"line": pa.string()}, null_values=[""], strings_can_be_null=False),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError) as problem:
        raise BadInputError(f"{path.name}: not readable as {encoding} text; save it as .xlsx or .csv") from problem
    return pc.replace_substring_regex(table.column(0), "[\t\f]", " ")


def cut(lines: pa.ChunkedArray, start: int, length: int) -> pa.ChunkedArray:
    """Return the characters of each line from a position (1-based), trimmed."""
    return pc.utf8_trim_whitespace(pc.utf8_slice_codeunits(lines, start - 1, start - 1 + length))
