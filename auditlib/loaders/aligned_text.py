"""Text whose columns are aligned by spaces, as a printer's output is, cut at its gutters into a grid."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.double_encoding import repair_double_encoding
from auditlib.loaders.grid import Grid, as_texts
from auditlib.loaders.text_lines import cut, read_lines

__all__ = ["find_gutters", "read_aligned"]

ITEM = re.compile(r"(?<!\d)\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)|\d[.,]\d{2}(?!\d)")
"""A date or an amount: what the lines of a table hold, and its titles rarely."""
AMOUNT = re.compile(r"\d[.,]\d{2}(?:\s|[-)]|$)")
TYPED = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}|[-(]?[\d .,']*\d[.,]\d{2}[-)]?|(?=\S*\d)[A-Z\d][\w./-]{2,}")
MIN_LINES, MIN_COLUMNS = 3, 3
STRAY = 0.02
"""Share of the lines that may cross a gutter: titles with a date, totals; one of them where there are `SOME_LINES`."""
SOME_LINES, FEW_LINES = 6, 20
"""Under so many, a column one space wide may be chance."""


def find_gutters(lines: Sequence[str]) -> list[int]:
    """Return where to cut the lines (0-based positions between columns), none where they are not aligned."""
    items = [line.expandtabs(8).rstrip() for line in lines if ITEM.search(line)]
    filled = sum(bool(line.strip()) for line in lines)
    amounts = sum(bool(AMOUNT.search(line)) for line in items)
    if len(items) < max(MIN_LINES, 0.3 * filled) or amounts < MIN_LINES:
        return []
    width = max(map(len, items))
    letters = np.frombuffer("".join(line.ljust(width) for line in items).encode("utf-32-le"), dtype="<u4")
    shares = (letters.reshape(len(items), width) != ord(" ")).mean(axis=0)
    strays = max(STRAY * len(items), len(items) >= SOME_LINES)
    gutters = _gutters(shares <= strays / len(items), least=2 if len(items) < FEW_LINES else 1)
    edges = [0, *(end for _, end in gutters), width]
    typed = [_is_typed([line[start:end] for line in items]) for start, end in itertools.pairwise(edges)]
    cuts = [
        end if shares[end] > 0.5 else (start + end + 1) // 2
        for place, (start, end) in enumerate(gutters)
        if end - start > 1 or typed[place] or typed[place + 1]
    ]
    return cuts if len(cuts) >= MIN_COLUMNS - 1 else []


def _gutters(is_free: npt.NDArray[np.bool_], *, least: int) -> list[tuple[int, int]]:
    """Return the runs of positions that are free on nearly all lines, between others."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_free, [False]]).astype(np.int8)))
    runs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [(start, end) for start, end in runs if start > 0 and end < len(is_free) and end - start >= least]


def _is_typed(cells: Sequence[str]) -> bool:
    """Tell dates, amounts and codes from words, which one space separates too."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and sum(bool(TYPED.fullmatch(cell)) for cell in filled) >= 0.9 * len(filled)


def read_aligned(path: Path, encoding: str, cuts: Sequence[int]) -> Grid:
    """Cut every line at the gutters; a line whose words cross them (a title, a header) is cut at its own spaces.

    Parameters
    ----------
    path : Path
    encoding : str
    cuts : sequence of int
        `find_gutters`.
    """
    lines = read_lines(path, encoding)
    edges = [0, *cuts]
    ends = [*cuts, None]
    columns = [
        cut(lines, start + 1, (end or 1 << 20) - start).combine_chunks() for start, end in zip(edges, ends, strict=True)
    ]
    crossing = np.zeros(len(lines), dtype=bool)
    for place in cuts:
        crossing |= np.asarray(
            pc.match_substring_regex(pc.utf8_slice_codeunits(lines, place - 1, place + 1), r"^\S\S$"), dtype=bool
        )
    crossed = np.flatnonzero(crossing)
    texts = lines.take(pa.array(crossed)).to_pylist()
    placed = [_placed(text, edges) for text in texts]
    cells = [
        pc.replace_with_mask(column, pa.array(crossing), pa.array([row[place] for row in placed], pa.string()))
        for place, column in enumerate(columns)
    ]
    table, notes = repair_double_encoding(as_texts(cells))
    note = ("aligned_columns", "info", "texte sans séparateur : colonnes découpées à leurs espaces.")
    return Grid(path.name, "", table, decimal=",", notes=(*notes, note))


@dataclass(frozen=True)
class _Word:
    """Words with at most one space between them, and where they stand."""

    text: str
    start: int
    end: int


def _placed(line: str, edges: Sequence[int]) -> list[str]:
    """Put the words of a line into the columns they overlap most; a sentence stays whole."""
    words = [_Word(found[0], found.start(), found.end()) for found in re.finditer(r"\S+(?: \S+)*", line)]
    row = [""] * len(edges)
    if len(words) < MIN_COLUMNS:
        row[0] = line.strip()
        return row
    ends = [*edges[1:], 1 << 20]
    for word in words:
        overlaps = [min(word.end, end) - max(word.start, start) for start, end in zip(edges, ends, strict=True)]
        best = int(np.argmax(overlaps))
        row[best] = f"{row[best]} {word.text}".strip()
    return row
