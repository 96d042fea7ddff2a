"""Reading what clients send beside other readers: the same cents first, then seconds and memory.

Run: ``python -m benchmarks.reading --rows 1048000 --lines 10000000``
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.client_files import (
    FEC_HEADER,
    write_fec,
    write_flat_workbook,
    write_printed_workbook,
    write_wide_workbook,
)
from benchmarks.ledgers import LAST_DAY, synthetic_movements
from benchmarks.tables import show

__all__ = ["main"]

HEADER_ROW = 4
DATES = ("EcritureDate", "PieceDate", "DateLet", "ValidDate")
AMOUNTS = ("Debit", "Credit", "Montantdevise")
NEEDED = (
    "JournalCode", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef",
    "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet")
PRINT_ROWS = 0.86
"""Entries of a print-out among its rows: titles, subtotals and pages take the rest of a sheet."""
LINES_A_MOVEMENT = 2.56


def _movements(path: Path, cache: Path | None = None) -> int:
    """Load a file as an audit does: cents of the customers' balances."""
    from auditlib.loaders.intake import load_documents
    from auditlib.parameters import Parameters

    parameters = Parameters.model_validate({
        "client": "reading", "as_of_date": LAST_DAY, "documents": str(path), "nda": {"allow_unsigned": True}})
    intake = load_documents(parameters, as_of_date=LAST_DAY, cache_dir=cache)
    return int(intake.movements["amount_cents"].sum())


def _detection(path: Path) -> int:
    """Find the layout of every sheet, and print the share of the load it takes."""
    from auditlib.loaders.columns_map import map_columns
    from auditlib.loaders.layout import find_layout
    from auditlib.loaders.source import read_sources
    from auditlib.loaders.workbook import read_workbook

    grids = read_workbook(path)
    start = time.perf_counter()
    for grid in grids:
        layout = find_layout(grid)
        assert layout is not None
        map_columns(layout.labels, layout.contents, chosen={}, buckets=[], where=grid.name)
    found = time.perf_counter() - start
    del grids
    start = time.perf_counter()
    sources = read_sources(path)
    _tell(share=found / (time.perf_counter() - start))
    return sum(int(source.table["debit_cents"].sum() - source.table["credit_cents"].sum()) for source in sources)


def _inflate(path: Path) -> None:
    with zipfile.ZipFile(path) as archive, archive.open("xl/worksheets/sheet1.xml") as sheet:
        while sheet.read(1 << 20):
            pass


def _fastexcel(path: Path) -> int:
    import fastexcel
    import pyarrow.compute as pc

    types: dict[str | int, Any] = dict.fromkeys(range(12), "string")
    types |= dict.fromkeys((4, 5, 8), "date") | dict.fromkeys((9, 10), "float")
    sheet = fastexcel.read_excel(path).load_sheet(0, header_row=HEADER_ROW, dtypes=types).to_arrow()
    return round((pc.sum(sheet.column(9)).as_py() - pc.sum(sheet.column(10)).as_py()) * 100)


def _calamine(path: Path) -> int:
    table = pd.read_excel(path, engine="calamine", header=HEADER_ROW)
    return round((table["Débit"].sum() - table["Crédit"].sum()) * 100)


def _openpyxl(path: Path) -> int:
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    rows = sheet.iter_rows(min_row=HEADER_ROW + 2, values_only=True)
    return sum(round((float(row[9] or 0) - float(row[10] or 0)) * 100) for row in rows)  # type: ignore[arg-type]


def _wc(path: Path) -> None:
    subprocess.run(["/usr/bin/wc", "-l", str(path)], check=True, capture_output=True)  # noqa: S603 a fixed command


def _arrow(path: Path, columns: tuple[str, ...]) -> int:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv as pacsv

    repeated = pa.dictionary(pa.int32(), pa.string())
    types = dict.fromkeys(FEC_HEADER, repeated) | dict.fromkeys(("EcritureNum", "PieceRef", "EcritureLib"), pa.string())
    types |= dict.fromkeys(DATES, pa.timestamp("s")) | dict.fromkeys(AMOUNTS, pa.float64())
    table = pacsv.read_csv(
        path, pacsv.ReadOptions(encoding="cp1252", block_size=16 << 20),
        pacsv.ParseOptions(delimiter="\t", quote_char=False),
        pacsv.ConvertOptions(decimal_point=",", timestamp_parsers=["%Y%m%d"], null_values=[""],
                             strings_can_be_null=False, column_types=types, include_columns=list(columns)))
    accounts = table.column("CompteNum").cast(pa.string())
    inside = table.filter(pc.match_substring_regex(accounts, "^41[136]"))
    return round((pc.sum(inside.column("Debit")).as_py() - pc.sum(inside.column("Credit")).as_py()) * 100)


def _polars(path: Path) -> int:
    import polars as pl

    lines = pl.scan_csv(path, separator="\t", quote_char=None, encoding="utf8-lossy", decimal_comma=True,
                        schema_overrides=dict.fromkeys(FEC_HEADER, pl.String) | dict.fromkeys(AMOUNTS, pl.Float64))
    inside = lines.filter(pl.col("CompteNum").str.contains("^41[136]")).select(*NEEDED).collect(engine="streaming")
    return round((inside["Debit"].sum() - inside["Credit"].sum()) * 100)


def _pandas(path: Path) -> int:
    texts = [name for name in FEC_HEADER if name not in AMOUNTS]
    table = pd.read_csv(path, sep="\t", encoding="cp1252", decimal=",", quoting=3,
                        dtype=dict.fromkeys(texts, "category") | {"EcritureNum": "str", "EcritureLib": "str"})
    inside = table[table["CompteNum"].astype("str").str.match("41[136]")]
    return round((inside["Debit"].sum() - inside["Credit"].sum()) * 100)


READERS: dict[str, Callable[[Path], int | None]] = {
    "ours": _movements, "detection": _detection, "inflating the sheet": _inflate, "fastexcel, types given": _fastexcel,
    "pandas with calamine": _calamine, "openpyxl read-only": _openpyxl, "wc -l": _wc,
    "pyarrow, every column": lambda path: _arrow(path, FEC_HEADER),
    "pyarrow, needed columns": lambda path: _arrow(path, NEEDED),
    "polars streaming filter": _polars, "pandas C engine": _pandas,
    "first load": lambda path: _movements(path, path.with_suffix(".cache")),
    "second load": lambda path: _movements(path, path.with_suffix(".cache")),
}
XLSX_PEERS = ("inflating the sheet", "fastexcel, types given", "pandas with calamine")
FEC_PEERS = (
    "wc -l", "pyarrow, every column", "pyarrow, needed columns", "polars streaming filter", "pandas C engine")
MODULES = {"pandas with calamine": "python_calamine", "polars streaming filter": "polars"}


def _tell(**found: object) -> None:
    print(json.dumps(found))


def run(reader: str, path: Path) -> dict[str, float]:
    """Time a reader in a process of its own: seconds, processor seconds, peak MB, cents."""
    if reader in MODULES and importlib.util.find_spec(MODULES[reader]) is None:
        return {}
    command = [sys.executable, "-m", "benchmarks.reading", "--reader", reader, "--path", str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 our own
    found: dict[str, float] = {}
    for line in told.splitlines():
        found |= json.loads(line)
    return found


def _one(reader: str, path: Path) -> None:
    start, used = time.perf_counter(), time.process_time()
    cents = READERS[reader](path)
    _tell(seconds=time.perf_counter() - start, processor=time.process_time() - used, cents=cents, peak=_peak())


def _peak() -> float:
    """Return the most memory held, in MB; `getrusage` counts that of the process this one was started from too."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _board(title: str, path: Path, readers: tuple[str, ...], *, repeat: int) -> dict[str, float]:
    """Run readers of one file in turn, assert that they find the same cents, print what each took; return ours."""
    best: dict[str, dict[str, float]] = {}
    for _ in range(repeat):
        for reader in readers:
            found = run(reader, path)
            if found and found["seconds"] < best.get(reader, {"seconds": float("inf")})["seconds"]:
                best[reader] = found
    cents = {found["cents"] for found in best.values() if found["cents"] is not None}
    if len(cents) > 1:
        raise SystemExit(f"{title}: the readers do not find the same cents: {best}")
    ours = best[readers[0]]
    show(title, ["reader", "s", "processor s", "peak MB", "ours ÷ it"], [
        [reader, f"{found['seconds']:.2f}", f"{found['processor']:.2f}", f"{found['peak']:.0f}",
         f"{ours['seconds'] / found['seconds']:.2f}"] if found else [reader, "not installed", "–", "–", "–"]
        for reader in readers for found in [best.get(reader, {})]])
    return ours


def main(rows: int, lines: int, *, repeat: int = 1, slow: bool = False) -> None:
    """Write the files, read them with each reader, print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        movements = synthetic_movements(rows).iloc[:rows]
        write_flat_workbook(place / "flat.xlsx", movements)
        write_printed_workbook(place / "printed.xlsx", movements.iloc[: int(rows * PRINT_ROWS)])
        write_wide_workbook(place / "wide.xlsx", movements.iloc[: rows // 4])
        peers = ("ours", *XLSX_PEERS, *["openpyxl read-only"] * slow)
        flat = _board(f"Flat ledger, xlsx, {rows} rows × 12 columns", place / "flat.xlsx", peers, repeat=repeat)
        printed = _board("The same as its print-out", place / "printed.xlsx", peers[:2], repeat=repeat)
        print(f"print-out ÷ flat: {printed['seconds'] / flat['seconds']:.2f}")
        _board("Second load, xlsx", place / "flat.xlsx", ("first load", "second load"), repeat=1)
        share = run("detection", place / "wide.xlsx")["share"]
        print(f"layout detection, 20 sheets × 60 columns × {rows // 80} rows: {share:.1%} of the load")
        fec = place / "123456789FEC20251231.txt"
        write_fec(fec, synthetic_movements(int(lines / LINES_A_MOVEMENT)))
        _board(f"FEC, {lines} lines", fec, ("ours", *FEC_PEERS), repeat=repeat)
        _second_loads(fec)


def _second_loads(fec: Path) -> None:
    first, second = run("first load", fec), run("second load", fec)
    touched = fec.stat().st_mtime + 1
    os.utime(fec, (touched, touched))
    hashed = run("second load", fec)
    shares = [f"{again['seconds'] / first['seconds']:.1%}" for again in (second, hashed)]
    print(f"FEC again, of the first load: {shares[0]} unchanged, {shares[1]} hashed again")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_048_000, help="rows of the workbooks")
    parser.add_argument("--lines", type=int, default=10_000_000, help="lines of the FEC, about")
    parser.add_argument("--repeat", type=int, default=1, help="the best of so many runs of each reader")
    parser.add_argument("--slow", action="store_true", help="openpyxl too: three minutes")
    parser.add_argument("--reader", choices=READERS)
    parser.add_argument("--path", type=Path)
    arguments = parser.parse_args()
    if arguments.reader:
        _one(arguments.reader, arguments.path)
    else:
        main(arguments.rows, arguments.lines, repeat=arguments.repeat, slow=arguments.slow)
