"""One sheet or text file, read and understood: what every later step takes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from auditlib.errors import BadInputError
from auditlib.layout_profiles import LayoutProfile
from auditlib.loaders.answer_sheet import answer_sheet
from auditlib.loaders.buckets_map import Bucket
from auditlib.loaders.columns_map import MappedColumn
from auditlib.loaders.fec_file import fec_sample, read_clean_fec
from auditlib.loaders.follow_up_sheet import follow_up_sheet
from auditlib.loaders.grid import Grid
from auditlib.loaders.grids import CHANGED, file_state, read_grids
from auditlib.loaders.known_layouts import KnownLayout, header_labels, known_layouts, recognised_layout, with_layout
from auditlib.loaders.mapping import check_choices, choices_for
from auditlib.loaders.own_sheet import is_own_sheet
from auditlib.loaders.preview import preview_rows
from auditlib.loaders.same_headers import agreed_kinds
from auditlib.loaders.sheet import Reading, read_grid
from auditlib.loaders.title_block import TitleBlock

__all__ = ["Bucket", "MappedColumn", "Source", "TitleBlock", "read_sources", "understood"]


@dataclass(frozen=True)
class Source:
    """One sheet or text file, read and understood.

    Attributes
    ----------
    path : Path
    file, sheet : str
        ``sheet`` is "" for a text file.
    kind : str
        ``fec``, ``customer_ledger`` (movements both ways, flat or grouped), ``invoice_list`` (one row per
        invoice with settlement dates), ``open_items``, ``aged_balance``, ``trial_balance``,
        ``customer_list``, ``dispute_list``, ``promises``, ``ceded`` (claims sold with recourse), ``insolvency_list``
        (an extract of an official register), ``finding_answers``, ``follow_up``, ``commitments``, ``actions``,
        ``contacts`` or ``unknown``.
    confidence : float
        In the kind, from 0 to 1.
    table : DataFrame
        Loaded rows only. Columns are the roles that were found, plus ``attribute:<header>`` for the others
        and ``source_row`` (1-based, as a spreadsheet shows it; int64). Texts are ``str`` with "" where
        missing, dates ``datetime64[s]``, ``*_cents`` and ``bucket:<n>`` int64 (0 where blank). Only
        ``customer_name``: no ``customer_id`` column. A file with `entries` has ``entry`` too, the key into them.
        A ledger has ``debit_cents`` and ``credit_cents``, or ``amount_cents`` (signed, > 0 is owed; a
        separate debit/credit mark is applied already), never both; open items have ``open_amount_cents``
        (signed) or else ``amount_cents``.
    skipped : DataFrame
        `schemas.REJECTED` plus ``count`` (int64): each row that is not in `table`, with its class (title,
        header, subtotal, total, carried_forward, page_header, customer_header, blank, footer, other_account, unused,
        rejected) and why. ``count`` is 1, but for the FEC lines of other accounts, one row for all.
    rows_read : int
        Every physical row of the used range; ``len(table) + skipped["count"].sum()``.
    columns : tuple of MappedColumn
    title : TitleBlock
    buckets : tuple of Bucket
        Of an aged balance, in the order printed.
    date_order : str
        ``day_first``, ``month_first``, ``iso`` or ``serial`` (typed dates of a spreadsheet); "" without dates.
    date_order_evident : bool
    printed_totals : DataFrame
        source_row, class (subtotal, total, carried_forward), customer_id ("" for a grand total),
        debit_cents, credit_cents, balance_cents as printed (0 where blank).
    findings : DataFrame
        `schemas.FINDINGS`.
    entries : DataFrame
        Every line of a file whose accounts tell customers from others (an FEC, a general ledger, a trial
        balance), compact: entry (int64, one number per journal, entry number and date), source_row, journal,
        account, account_name, customer_id (all categorical), posting_date, debit_cents, credit_cents.
        Empty for other files.
    currency : str
        ISO code read in a header, the title or the mapping; "" where rows carry it or nothing does.
    preview : DataFrame
        The first rows as they stand, with their class; see `auditlib.loaders.preview`.
    headers : tuple of str
        Signature of the header; see `auditlib.loaders.known_layouts`.
    layout : str
        The correction of another file, or the profile, it was read with; "" for none.
    choices : dict
        All choices it was read with.
    problem : str
        Why it cannot be used, where it is unknown.
    """

    path: Path
    file: str
    sheet: str
    kind: str
    confidence: float
    table: pd.DataFrame
    skipped: pd.DataFrame
    rows_read: int
    columns: tuple[MappedColumn, ...]
    title: TitleBlock
    buckets: tuple[Bucket, ...]
    date_order: str
    date_order_evident: bool
    printed_totals: pd.DataFrame
    findings: pd.DataFrame
    entries: pd.DataFrame
    currency: str = ""
    preview: pd.DataFrame = field(default_factory=pd.DataFrame)
    headers: tuple[str, ...] = ()
    layout: str = ""
    choices: dict[str, Any] = field(default_factory=dict)
    problem: str = ""

    @property
    def name(self) -> str:
        """The file's name, with the sheet where there is one, as ``mapping`` is keyed."""
        return f"{self.file}/{self.sheet}" if self.sheet else self.file


def read_sources(
    path: Path,
    *,
    mapping: dict[str, dict[str, Any]] | None = None,
    profiles: Sequence[LayoutProfile] = (),
    perimeter: tuple[str, ...] = ("411", "413", "416"),
    progress: Callable[[str], None] | None = None,
    keeps_unknown: bool = False,
) -> list[Source]:
    """Read a file into one source per sheet.

    Parameters
    ----------
    path : Path
    mapping : dict, optional
        The auditor's choices, keyed by file name or ``file name/sheet``; see `auditlib.loaders.mapping`.
    profiles : sequence of LayoutProfile
        The practice's, for sheets whose header is known; `mapping` comes first.
    perimeter : tuple of str
        Prefixes of the customer accounts, for files that have accounts.
    progress : callable, optional
        Told what is being done, a sentence at a time.
    keeps_unknown : bool
        Return a file that cannot be used too, with the problem of each sheet.

    Raises
    ------
    BadInputError
        If the file is missing, unreadable, or no sheet of it can be used.
    """
    tell = progress or (lambda _: None)
    tell(path.name)
    before = file_state(path)
    large = _large_fec(path, mapping or {}, profiles, perimeter)
    if large is not None and file_state(path) != before:
        raise BadInputError(f"{path.name}: {CHANGED}")
    if large is not None:
        return [large]
    return understood(path, read_grids(path), mapping=mapping or {}, profiles=profiles, perimeter=perimeter,
                      keeps_unknown=keeps_unknown)


def understood(
    path: Path, grids: Sequence[Grid], *, mapping: dict[str, dict[str, Any]], profiles: Sequence[LayoutProfile],
    perimeter: tuple[str, ...], keeps_unknown: bool,
) -> list[Source]:
    """Do what `read_sources` does with the raw cells of a file.

    Raises
    ------
    BadInputError
        If no sheet can be used, or a choice is not one.
    """
    sheets = [grid.sheet for grid in grids]
    chosen = {grid.sheet: choices_for(grid.file, grid.sheet, mapping, sheets=sheets) for grid in grids}
    filled_in = {grid.sheet for grid in grids if _is_filled_in(grid, chosen[grid.sheet])}
    if filled_in:
        chosen |= {grid.sheet: {"kind": "unknown"} for grid in grids if is_own_sheet(grid)
                   and grid.sheet not in filled_in}
    layouts = known_layouts(mapping, profiles)
    read = [_read_known(grid, chosen[grid.sheet], layouts, perimeter) for grid in grids]
    agreed = agreed_kinds(
        (one.grid.name, one.reading.kind, one.reading.columns) for one in read if not one.reading.is_set_aside)
    read = [
        _read(one.grid, one.choices | {"kind": agreed[one.grid.name]}, perimeter, layout=one.layout)
        if one.grid.name in agreed
        else one
        for one in read
    ]
    if not keeps_unknown and all(one.reading.kind == "unknown" and not one.reading.is_set_aside for one in read):
        problem = read[0].reading.problem
        advice = "send the file with its rows and column names, or say header_row and columns under mapping"
        raise BadInputError(f"{read[0].grid.name}: {problem}" + ("" if "mapping" in problem else f"; {advice}"))
    return [_source(path, one) for one in read]


@dataclass(frozen=True)
class _Read:
    """A grid, what was read in it, and with which choices."""

    grid: Grid
    reading: Reading
    choices: dict[str, Any]
    layout: str
    headers: tuple[str, ...]


def _read(grid: Grid, choices: dict[str, Any], perimeter: tuple[str, ...], *, layout: str = "") -> _Read:
    reading = read_grid(grid, choices, perimeter=perimeter)
    return _Read(grid, reading, choices, layout, header_labels(grid, reading.skipped))


def _read_known(
    grid: Grid, own: dict[str, Any], layouts: Sequence[KnownLayout], perimeter: tuple[str, ...],
) -> _Read:
    """Read a grid, and again with the choices of a layout known where it has one."""
    read = _read(grid, own, perimeter)
    known = None if own.get("headers") else recognised_layout(grid, read.headers, read.reading.kind, own, layouts)
    if known is None:
        return read
    check_choices(f"{grid.name} ({known.name})", known.choices)
    return _read(grid, with_layout(grid, own, known), perimeter, layout=known.name)


def _large_fec(
    path: Path, mapping: dict[str, dict[str, Any]], profiles: Sequence[LayoutProfile], perimeter: tuple[str, ...],
) -> Source | None:
    """Read a large FEC whose lines are all clean; None for any other file."""
    sample = fec_sample(path)
    if sample is None:
        return None
    before = file_state(path)
    own = choices_for(sample.grid.file, "", mapping, sheets=[""])
    first = _read_known(sample.grid, own, known_layouts(mapping, profiles), perimeter)
    order = str(first.choices.get("date_order", ""))
    reading = read_clean_fec(path, sample, first.reading, date_order=order, perimeter=perimeter)
    if file_state(path) != before:
        raise BadInputError(f"{path.name}: {CHANGED}")
    return None if reading is None else _source(path, replace(first, reading=reading))


def _is_filled_in(grid: Grid, choices: dict[str, Any]) -> bool:
    """Tell a sheet made to be filled in: answers to findings, or the follow-up."""
    return answer_sheet(grid, choices) is not None or follow_up_sheet(grid, choices) is not None


def _source(path: Path, read: _Read) -> Source:
    grid, reading = read.grid, read.reading
    return Source(
        path,
        grid.file,
        grid.sheet,
        reading.kind,
        reading.confidence,
        reading.table,
        reading.skipped,
        reading.rows_read,
        reading.columns,
        reading.title,
        reading.buckets,
        reading.date_order,
        reading.date_order_evident,
        reading.printed_totals,
        reading.findings,
        reading.entries,
        reading.currency,
        preview=preview_rows(grid, reading.table, reading.skipped),
        headers=read.headers,
        layout=read.layout,
        choices=read.choices,
        problem=reading.problem,
    )
