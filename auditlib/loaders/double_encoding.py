"""Texts encoded twice ("SociÃ©tÃ©" for "Société"), given back their letters cell by cell."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.grid import Mask, Note

__all__ = ["repair_double_encoding"]

SUSPECTS = ("Ã", "Â", "â€", "Å", "√", "├", "┬", "ï»¿")
"""What the first byte of a letter of two or three bytes looks like, read as Windows, Mac or DOS text."""
SUSPECT_BYTES = (
    re.compile(rb"\xc3[\x82\x83\xa2]"),
    re.compile(rb"\xc5\x85|\xe2(?:\x88\x9a|\x94[\x9c\xac])|\xc3\xaf\xc2\xbb"),
)
READ_AS = ("cp1252", "mac-roman", "cp850")
UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
"""Bytes Windows' encoding has no letter for: programs keep them as they are."""


def repair_double_encoding(cells: pa.Table) -> tuple[pa.Table, tuple[Note, ...]]:
    """Give their letters back to the cells whose every odd letter is a part of one encoded twice.

    A genuine "Ã" (SÃO PAULO) is followed by no such part, and stays.

    Returns
    -------
    cells, notes
        One note where something was repaired.
    """
    repaired = 0
    for place, name in enumerate(cells.column_names):
        column = cells.column(place)
        if not _is_suspect(column):
            continue
        suspect = _suspect_cells(column)
        texts = column.filter(pa.array(suspect)).to_pylist()
        found = {text: _repaired(text) for text in set(texts)}
        changed = sum(found[text] != text for text in texts)
        if changed:
            better = pa.array([found[text] for text in texts], pa.string())
            column = pc.replace_with_mask(column.combine_chunks(), pa.array(suspect), better)
            cells = cells.set_column(place, name, column)
            repaired += changed
    if not repaired:
        return cells, ()
    sentence = f"{repaired} textes étaient mal encodés (« Ã© » pour « é ») ; leurs lettres ont été rétablies."
    return cells, (("double_encoding", "info", sentence),)


def _is_suspect(column: pa.ChunkedArray) -> bool:
    """Look for the bytes of such letters in a column's memory, at the speed of a search."""
    for chunk in column.chunks:
        data = chunk.buffers()[2]
        if data is not None and any(pattern.search(data) for pattern in SUSPECT_BYTES):
            return True
    return False


def _suspect_cells(column: pa.ChunkedArray) -> Mask:
    found = np.zeros(len(column), dtype=bool)
    for mark in SUSPECTS:
        found |= np.asarray(pc.match_substring(column, mark), dtype=bool)
    return found


def _repaired(text: str) -> str:
    for encoding in READ_AS:
        try:
            once = b"".join(_byte(letter, encoding) for letter in text).decode("utf-8")
            once = once.removeprefix("\ufeff")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if once.isprintable():
            return once
    return text


def _byte(letter: str, encoding: str) -> bytes:
    if encoding == "cp1252" and ord(letter) in UNDEFINED:
        return bytes([ord(letter)])
    return letter.encode(encoding)
