"""The items of several sources of one kind, stacked: repeated rows and repeated openings loaded once, kinds given."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from auditlib.loaders.currencies import with_currency
from auditlib.loaders.customer_codes import damaged_codes, join_codes
from auditlib.loaders.entities import by_entity, told_apart
from auditlib.loaders.item_kinds import infer_kinds
from auditlib.loaders.merging import drop_loaded_openings
from auditlib.loaders.missing_years import drop_before_missing_years
from auditlib.loaders.movements import ENTRIES_PER_SOURCE, movements_of, skip_together, with_settlements
from auditlib.loaders.quality import finding
from auditlib.loaders.repeated_rows import drop_repeated_rows
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import stacked
from auditlib.loaders.vat import vat_of_entries
from auditlib.texts import N_
from auditlib.told import Amount

__all__ = ["Stack", "stack_sources"]


@dataclass(frozen=True)
class Stack:
    """Items of one kind of source, and what was left out of them.

    Attributes
    ----------
    movements : DataFrame
        As `movements_of` returns them, with ``kind`` and ``kind_inferred``.
    left_out : dict of int to list of DataFrame
        Rows skipped or rejected, per number of the source.
    findings : list of DataFrame
    """

    movements: pd.DataFrame
    left_out: dict[int, list[pd.DataFrame]] = field(default_factory=dict)
    findings: list[pd.DataFrame] = field(default_factory=list)

    def leave_out(self, skipped: pd.DataFrame) -> None:
        """Note rows left out, each with the number of its ``source``."""
        for number in skipped["source"].unique().tolist():
            self.left_out.setdefault(number, []).append(skipped[skipped["source"] == number])


def stack_sources(
    sources: Mapping[int, Source], *, as_of_date: dt.date, perimeter: tuple[str, ...], currency: str,
) -> Stack:
    """Stack the items of sources of one kind.

    Parameters
    ----------
    sources : mapping of int to Source
        By the number that stands for each.
    as_of_date : date
    perimeter : tuple of str
    currency : str
        Of the parameters file, may be "".

    Raises
    ------
    BadInputError
        If rows of a file in several currencies have none that can be read.
    """
    books = by_entity(sources)
    if len(books) > 1:
        stacks = [stack_sources(held, as_of_date=as_of_date, perimeter=perimeter, currency=currency)
                  for held in books.values()]
        return _side_by_side(list(books), stacks)
    frames, left_out = [], {}
    for number, source in sources.items():
        frame, skipped = movements_of(source, number, as_of_date=as_of_date, perimeter=perimeter)
        frames.append(with_currency(frame, source, wanted=currency))
        left_out[number] = [skipped]
    joined, about_codes = join_codes(stacked(frames))
    kept, repeated = drop_repeated_rows(joined)
    stack = Stack(kept, left_out, [*damaged_codes(joined), *about_codes, *_repeated_findings(repeated, sources)])
    stack.leave_out(repeated)
    kind = next(iter(sources.values())).kind
    if kind == "invoice_list" and kept["settlement_date"].notna().any():
        return Stack(with_settlements(kept), stack.left_out, stack.findings)
    entries = _entries(sources)
    kinds, inferred = infer_kinds(kept, entries)
    named = kept.assign(kind=kinds, kind_inferred=inferred)
    if len(entries):
        named = named.assign(**vat_of_entries(named, entries))
    if kind == "open_items":
        return Stack(named, stack.left_out, stack.findings)
    named, before = drop_before_missing_years(named, as_of_date=as_of_date)
    for year, rows in before.groupby("source"):
        stack.leave_out(skip_together(rows, "before_missing_year", "a year after it is missing").assign(source=year))
    lasting, openings, difference = drop_loaded_openings(named)
    stack.leave_out(openings)
    said = [*stack.findings, *_years_finding(before, named), *_opening_findings(openings, difference)]
    return Stack(lasting, stack.left_out, said)


def _side_by_side(entities: Sequence[str], stacks: Sequence[Stack]) -> Stack:
    """Put the books of several companies beside one another: nothing of one repeats or continues the other."""
    movements, said = told_apart([stack.movements for stack in stacks], entities)
    left_out = {number: parts for stack in stacks for number, parts in stack.left_out.items()}
    return Stack(movements, left_out, [*said, *(found for stack in stacks for found in stack.findings)])


def _entries(sources: Mapping[int, Source]) -> pd.DataFrame:
    """Every line of the files that have them all, entry numbers told apart by source."""
    columns = ["entry", "account", "account_name", "customer_id", "amount_cents"]
    parts = [source.entries.assign(
        entry=source.entries["entry"] + number * ENTRIES_PER_SOURCE,
        amount_cents=source.entries["debit_cents"] - source.entries["credit_cents"])[columns]
        for number, source in sources.items() if len(source.entries)]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype="int64") for name in columns})
    return (
        parts[0]
        if len(parts) == 1
        else pd.concat(
            [part.astype({"account": "str", "account_name": "str", "customer_id": "str"}) for part in parts],
            ignore_index=True,
        )
    )


def _repeated_findings(repeated: pd.DataFrame, sources: Mapping[int, Source]) -> list[pd.DataFrame]:
    """Say of each pair of files how many rows they share, and for how much."""
    found = []
    for _, rows in repeated.groupby(["kept_source", "source"]):
        kept, left = (int(rows[name].iloc[0]) for name in ("kept_source", "source"))
        total = int(rows["amount_cents"].sum())
        found.append(finding(
            "rows_in_two_files", "warning", N_(
                "{rows} lignes de « {file} » figurent aussi dans « {other} » ; elles sont chargées une fois ({amount} "
                "écartés)."), rows=len(rows), amount_cents=total,
            figures={"rows": len(rows), "file": sources[left].name, "other": sources[kept].name,
                     "amount": Amount(total)}))
    return found


def _years_finding(before: pd.DataFrame, kept: pd.DataFrame) -> list[pd.DataFrame]:
    if before.empty:
        return []
    last, start, amount = before["posting_date"].max(), kept["posting_date"].min(), int(before["amount_cents"].sum())
    return [finding(
        "year_missing", "serious",
        N_("Rien n'est fourni entre le {last} et le {start} : les {rows} lignes antérieures (solde de {amount}) sont "
           "écartées, les à-nouveaux qui suivent font foi ; demander l'exercice manquant."),
        rows=len(before), amount_cents=amount,
        figures={"last": last.date(), "start": start.date(), "rows": len(before), "amount": Amount(amount)})]


def _opening_findings(openings: pd.DataFrame, difference: int) -> list[pd.DataFrame]:
    if openings.empty:
        return []
    total = int(openings["amount_cents"].sum())
    found = [finding(
        "openings_already_loaded", "info",
        N_("{rows} lignes d'à-nouveau écartées : l'exercice précédent est chargé pièce par pièce."),
        rows=len(openings), amount_cents=total, figures={"rows": len(openings)})]
    if difference:
        found.append(finding(
            "opening_differs", "serious",
            N_("Les à-nouveaux diffèrent de {amount} du solde de l'exercice précédent."),
            rows=len(openings), amount_cents=difference, figures={"amount": Amount(difference)}))
    return found
