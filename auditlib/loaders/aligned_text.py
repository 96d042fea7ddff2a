"""Text whose columns are aligned by spaces, as a printer's output is, cut at its gutters into a grid."""

import itertools
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.double_encoding import repair_double_encoding
from auditlib.loaders.grid import Grid, as_texts
from auditlib.loaders.text_lines import cut, read_lines

__all__ = ["find_gutters", "read_aligned"]

DATE = re.compile(r"(?<!\d)\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)")
GROUPED_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+[.,]\d{2}(?!\d)")
LONE_AMOUNT = re.compile(r"[-(]?[\d .,']*\d[.,]\d{2}[-)]?")
CUT_INSIDE = r"^.\S\S|^\d \d{3}|^.\d \d{3}"
"""Two letters before and four after a cut: it goes through a word, or through the thousands of an amount."""
TWO_AMOUNTS = r"(\d[.,]\d{2})\s+([-(]?\d)"
"""Two numbers in one cell, that a reader of numbers would take for one: a bar keeps them apart, and unreadable."""
AMOUNT = re.compile(r"\d[.,]\d{2}(?:\s|[-)]|$)")
TYPED = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}|(?=\S*\d)[A-Z\d][\w./-]{2,}")
MIN_LINES, MIN_COLUMNS = 3, 3
FULL = 0.6
"""Share of the columns that a line of column names fills; a page's title fills fewer, and its words stay together."""
STRAY = 0.02
"""Share of the lines that may cross a gutter: titles with a date, totals; one of them where there are `SOME_LINES`."""
SOME_LINES, FEW_LINES = 6, 20
"""Under so many, a column one space wide may be chance."""


def find_gutters(lines: Sequence[str]) -> list[int]:
    """Return where to cut the lines (0-based positions between columns), none where they are not aligned."""
    items = _items([line.replace("\t", " ").replace("\f", " ").rstrip() for line in lines if line.strip()])
    if len(items) < MIN_LINES:
        return []
    width = max(map(len, items))
    letters = np.frombuffer("".join(line.ljust(width) for line in items).encode("utf-32-le"), dtype="<u4")
    shares = (letters.reshape(len(items), width) != ord(" ")).mean(axis=0)
    strays = max(STRAY * len(items), len(items) >= SOME_LINES)
    gutters = _gutters(shares <= strays / len(items), least=2 if len(items) < FEW_LINES else 1)
    gutters = [gutter for gutter in gutters if not _is_in_amounts(gutter, items)]
    edges = [0, *(end for _, end in gutters), width]
    typed = [_is_typed([line[start:end] for line in items]) for start, end in itertools.pairwise(edges)]
    cuts = [
        end if shares[end] > 0.5 else (start + end + 1) // 2
        for place, (start, end) in enumerate(gutters)
        if end - start > 1 or typed[place] or typed[place + 1]
    ]
    return cuts if len(cuts) >= MIN_COLUMNS - 1 else []


def _items(lines: Sequence[str]) -> list[str]:
    """Return the lines with a date and an amount, where they are many; else all with an amount: totals are fewer."""
    priced = [line for line in lines if AMOUNT.search(line)]
    dated = [line for line in priced if DATE.search(line)]
    items = dated if len(dated) >= 0.3 * len(priced) else priced
    return items if len(items) >= 0.3 * len(lines) else []


def _gutters(is_free: npt.NDArray[np.bool_], *, least: int) -> list[tuple[int, int]]:
    """Return the runs of positions that are free on nearly all lines, between others."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_free, [False]]).astype(np.int8)))
    runs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [(start, end) for start, end in runs if start > 0 and end < len(is_free) and end - start >= least]


def _is_in_amounts(gutter: tuple[int, int], items: Sequence[str]) -> bool:
    """Tell a free position between the thousands of amounts from one between columns."""
    start, end = gutter
    return end - start == 1 and any(
        found.start() < start < found.end() for line in items for found in GROUPED_AMOUNT.finditer(line)
    )


def _is_typed(cells: Sequence[str]) -> bool:
    """Tell dates, amounts and codes from words, which one space separates too."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and sum(
        bool(TYPED.fullmatch(cell) or LONE_AMOUNT.fullmatch(cell)) for cell in filled
    ) >= 0.9 * len(filled)


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
        around = pc.utf8_slice_codeunits(pc.utf8_rpad(lines, place + 4), place - 2, place + 4)
        crossing |= np.asarray(pc.match_substring_regex(around, CUT_INSIDE), dtype=bool)
    crossed = np.flatnonzero(crossing)
    texts = lines.take(pa.array(crossed)).to_pylist()
    placed = [_placed(text, edges) for text in texts]
    cells = [
        pc.replace_with_mask(column, pa.array(crossing), pa.array([row[place] for row in placed], pa.string()))
        for place, column in enumerate(columns)
    ]
    apart = [pc.replace_substring_regex(column, TWO_AMOUNTS, r"\1 | \2") for column in cells]
    table, notes = repair_double_encoding(as_texts(apart))
    note = ("aligned_columns", "info", "texte sans séparateur : colonnes découpées à leurs espaces.")
    return Grid(path.name, "", table, decimal=",", notes=(*notes, note))


def _placed(line: str, edges: Sequence[int]) -> list[str]:
    """Put the words of a line into the columns they overlap most; a sentence stays whole."""
    parts = list(re.finditer(r"\S+(?: \S+)*", line))
    row = [""] * len(edges)
    if len(parts) < MIN_COLUMNS and not any(LONE_AMOUNT.fullmatch(part[0]) for part in parts):
        row[0] = line.strip()
        return row
    ends = [*edges[1:], 1 << 20]
    is_full = len(parts) >= FULL * len(edges)
    for part in parts:
        for start, end in _split(line, *part.span(), edges) if is_full else [part.span()]:
            overlaps = [min(end, right) - max(start, left) for left, right in zip(edges, ends, strict=True)]
            best = int(np.argmax(overlaps))
            row[best] = f"{row[best]} {line[start:end].strip()}".strip()
    return row


def _split(line: str, start: int, end: int, edges: Sequence[int]) -> list[tuple[int, int]]:
    """Split words one space apart where a column begins between them; the digits of one amount stay together."""
    whole = [found.span() for found in GROUPED_AMOUNT.finditer(line, start, end)]
    cuts = [
        edge
        for edge in edges
        if start < edge < end
        and " " in line[edge - 1 : edge + 1]
        and not any(first < edge < last for first, last in whole)
    ]
    return list(itertools.pairwise([start, *cuts, end]))
