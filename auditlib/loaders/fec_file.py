"""A large FEC understood from its first lines, then scanned: the same reading as any file's, in a tenth of the time."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.column_rules import AMOUNT_ROLES, DATE_ROLES
from auditlib.loaders.columns_map import MappedColumn
from auditlib.loaders.date_values import DateOrder, decide_order, parse_dates
from auditlib.loaders.encoding import sample_encoding
from auditlib.loaders.fec import empty_entries
from auditlib.loaders.fec_scan import AMOUNTS, Scan, scan_lines
from auditlib.loaders.grid import Grid, as_texts
from auditlib.loaders.remarks import Remarks
from auditlib.loaders.sheet import Reading
from auditlib.loaders.sheet_amounts import with_customer
from auditlib.loaders.sheet_table import IDENTIFIERS
from auditlib.loaders.text import Dialect
from auditlib.loaders.values import parse_amounts, repair_identifiers

__all__ = ["Sample", "fec_sample", "read_clean_fec"]

LEAST_BYTES = 1 << 20
"""Under that the usual reading takes no time."""
SAMPLE = 256 << 10
NEEDED = {"journal", "entry_number", "account", "posting_date", *AMOUNTS}
DELIMITERS = "\t|;"
Codes = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Sample:
    """The first lines of a file as a grid, and how they are written."""

    grid: Grid
    dialect: Dialect


def fec_sample(path: Path) -> Sample | None:
    """Return the first lines of a large FEC; None for a small file, and for what cannot be one.

    Its names stand on the first line, every line has as many fields, and none is in quotation marks.
    """
    if not path.is_file() or path.stat().st_size < LEAST_BYTES or not os.access(path, os.R_OK):
        return None
    with path.open("rb") as stream:
        content = stream.read(SAMPLE)
    if b"\0" in content:  # a workbook, or UTF-16
        return None
    encoding = sample_encoding(path)
    lines = content[: content.rfind(b"\n")].decode(encoding, "replace").splitlines()
    counts = {mark: lines[0].count(mark) for mark in DELIMITERS} if lines else {}
    mark = max(counts, key=lambda name: counts[name], default="")
    if not lines or counts[mark] < len(NEEDED) or any(line.count(mark) != counts[mark] for line in lines):
        return None
    if any(f'{mark}"' in line or line.startswith('"') for line in lines):
        return None
    fields = zip(*(line.split(mark) for line in lines), strict=True)
    grid = Grid(path.name, "", as_texts([pa.array(column, pa.string()) for column in fields]), decimal=",")
    return Sample(grid, Dialect(encoding, mark, is_quoted=False, width=counts[mark] + 1))


def read_clean_fec(
    path: Path, sample: Sample, first: Reading, *, date_order: str, perimeter: tuple[str, ...],
) -> Reading | None:
    """Scan what stands under the first lines; None where one of the lines is not as it should be.

    Parameters
    ----------
    path : Path
    sample : Sample
    first : Reading
        What was understood of the sample: which column plays which role.
    date_order : str
        The auditor's choice, "" for none.
    perimeter : tuple of str

    Notes
    -----
    A line with more or fewer fields, an amount or a date that cannot be read, amounts with a side beside them: all of
    these leave the file to the usual reading, which accounts for them.
    """
    roles = {column.role for column in first.columns}
    apart = set(first.skipped["class"].astype("str")) - {"header", "other_account"}
    if first.kind != "fec" or apart or not roles >= NEEDED or "side" in roles or first.skipped["source_row"].min() != 1:
        return None
    width = sample.grid.cells.num_columns
    scan = scan_lines(path, sample.dialect, first.columns, width=width, perimeter=perimeter)
    if scan is None or not scan.inside.any() or _is_encoded_twice(scan):
        return None
    return _reading(sample.grid, first, scan, date_order, perimeter)


def _is_encoded_twice(scan: Scan) -> bool:
    written = [*(pa.array(names, pa.string()) for names in scan.names.values()), *scan.texts.values()]
    return any(pc.any(pc.match_substring(texts, "Ã")).as_py() for texts in written if len(texts))


def _reading(
    grid: Grid, first: Reading, scan: Scan, date_order: str, perimeter: tuple[str, ...],
) -> Reading | None:
    dates = {role: pa.array(scan.names[role], pa.string()) for role in DATE_ROLES if role in scan.names}
    order = DateOrder(date_order) if date_order else decide_order(dates)
    days = {role: parse_dates(texts, order.name) for role, texts in dates.items()}
    beside = {role: parse_amounts(pa.array(names, pa.string()), decimal=",")
              for role, names in scan.names.items() if role in AMOUNT_ROLES}
    if any(read.is_bad.any() for read in days.values()) or np.isnat(days["posting_date"].days).any():
        return None
    if any(read.is_bad.any() or np.any(read.rounding) for read in beside.values()):
        return None
    remarks = Remarks(grid.name)
    remarks.about_order(order)
    rows = np.flatnonzero(scan.inside)
    values: dict[str, npt.NDArray[Any]] = {role: read.days for role, read in days.items()}
    values |= {role: read.cents for role, read in beside.items()}
    table = _table(first.columns, scan, rows, values)
    entries = _entries(scan, days["posting_date"].days)
    table["source_row"] = rows + 2
    table["entry"] = entries["entry"].to_numpy()[rows]
    return replace(
        first, table=with_customer(table, perimeter), skipped=_skipped(first, scan.inside),
        rows_read=len(scan.inside) + 1, date_order=order.name,
        date_order_evident=order.is_evident, findings=remarks.frame(), entries=entries)


def _table(
    columns: tuple[MappedColumn, ...], scan: Scan, rows: npt.NDArray[np.int64],
    values: dict[str, npt.NDArray[Any]],
) -> pd.DataFrame:
    """Put the customers' lines under their roles, in the order of the columns; `values` are those of distinct texts."""
    inside = scan.inside
    taken: dict[str, Any] = {}
    for role in (column.role for column in columns):
        if role in AMOUNTS:
            taken[role] = scan.cents[role][inside]
        elif role in scan.texts:
            texts = scan.texts[role]
            taken[role] = pd.array(repair_identifiers(texts) if role in IDENTIFIERS else texts, dtype="str")
        else:
            codes = scan.codes[role]
            codes = codes if len(codes) == len(rows) != len(inside) else codes[inside]
            taken[role] = values[role][codes] if role in values else _category(codes, scan.names[role], role)
    return pd.DataFrame(taken)


def _category(codes: Codes, names: list[str], role: str) -> pd.Categorical:
    texts = pa.array(names, pa.string())
    written = pd.Series(repair_identifiers(texts) if role in IDENTIFIERS else texts, dtype="str")
    places, distinct = pd.factorize(written)
    return pd.Categorical.from_codes(places[codes], categories=pd.Index(distinct))


def _entries(scan: Scan, days: npt.NDArray[np.datetime64]) -> pd.DataFrame:
    """Number the entries: the lines of one journal, number and day are one, wherever they stand."""
    journal, day = (scan.codes[role][scan.first_lines] for role in ("journal", "posting_date"))
    numbers, _ = pd.factorize(pd.Series(scan.numbers, dtype="str"))
    key = (numbers * len(scan.names["journal"]) + journal) * len(scan.names["posting_date"]) + day
    runs, _ = pd.factorize(key)
    entry = np.repeat(runs, np.diff(scan.first_lines, append=len(scan.inside)))
    blank = np.zeros(len(entry), dtype=np.int32)
    held = {role: _category(scan.codes.get(role, blank), scan.names.get(role, [""]), role)
            for role in ("journal", "account", "account_name", "customer_id")}
    return pd.DataFrame({
        "entry": entry, "source_row": np.arange(2, len(entry) + 2), **held,
        "posting_date": days[scan.codes["posting_date"]], **scan.cents})[list(empty_entries().columns)]


def _skipped(first: Reading, inside: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """List the header, and the lines of other accounts as one."""
    header = first.skipped[first.skipped["class"].astype("str") == "header"]
    if inside.all():
        return header
    told: dict[str, Any] = {
        "source_row": int(np.flatnonzero(~inside)[0]) + 2, "class": "other_account",
        "reason": "account outside the perimeter", "text": "", "count": int((~inside).sum())}
    beside = header.assign(**told)
    return pd.concat([header, beside], ignore_index=True)
