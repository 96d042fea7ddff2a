"""A text file into a grid: records of a known format, delimited fields, or columns aligned by spaces."""

import re
from collections.abc import Sequence
from pathlib import Path

from auditlib.errors import BadInputError
from auditlib.loaders.aligned_text import find_gutters, read_aligned
from auditlib.loaders.encoding import Encoding, detect_encoding
from auditlib.loaders.grid import Grid
from auditlib.loaders.limits import MOST_LINE
from auditlib.loaders.record_formats import find_format
from auditlib.loaders.records import read_records
from auditlib.loaders.text import Dialect, detect_dialect, read_text

__all__ = ["read_plain_text"]

SAMPLE_BYTES = 256 << 10
DECIMAL_COMMA = re.compile(r"\d,\d")


def read_plain_text(path: Path) -> Grid:
    """Read a text file.

    Raises
    ------
    BadInputError
        If it is empty, no text, has a line without end, or nothing tells its columns apart.
    """
    encoding, lines = _sample(path)
    form = find_format(lines)
    if form is not None:
        return read_records(path, encoding.name, form)
    dialect = detect_dialect(path.name, lines, encoding)
    if dialect is None or _has_decimal_commas_only(dialect, lines):
        cuts = find_gutters(lines)
        if cuts:
            return read_aligned(path, encoding.name, cuts)
    if dialect is None:
        raise BadInputError(
            f"{path.name}: no column separator found (tab, |, ; or ,), and no columns aligned by spaces; "
            "save the file as .csv with a header row"
        )
    return read_text(path, dialect)


def _sample(path: Path) -> tuple[Encoding, list[str]]:
    """Return a file's encoding and its first lines."""
    found = detect_encoding(path)
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE_BYTES).decode(found.name, "replace")
    if found.has_nul or "\x00" in sample:
        raise BadInputError(f"{path.name}: it holds NUL bytes, which no text does; save it as .xlsx or .csv")
    if found.has_endless_line:
        raise BadInputError(
            f"{path.name}: a line of it is longer than {MOST_LINE >> 20} MB; save it again with a line for each entry"
        )
    if not sample.strip("\ufeff \r\n\t"):
        raise BadInputError(f"{path.name}: the file is empty; expected a ledger, a list or an aged balance")
    lines = re.split("\r\n|\r|\n", sample.removeprefix("\ufeff"))
    whole = lines[:-1] if len(sample) > SAMPLE_BYTES // 2 else lines
    return found, whole or lines


def _has_decimal_commas_only(dialect: Dialect, lines: Sequence[str]) -> bool:
    """Tell a comma that only stands in amounts from one that separates fields."""
    if dialect.delimiter != ",":
        return False
    commas = sum(line.count(",") for line in lines)
    return sum(len(DECIMAL_COMMA.findall(line)) for line in lines) >= 0.95 * commas
