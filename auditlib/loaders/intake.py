"""From the documents a client sent to the canonical tables of its receivable."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from auditlib.loaders.assembly import assemble
from auditlib.loaders.cache import Cache
from auditlib.loaders.e_invoices import is_xml_invoice, read_e_invoices
from auditlib.loaders.grids import file_state
from auditlib.loaders.inspection import report_of
from auditlib.loaders.kept_sources import read_or_keep
from auditlib.loaders.kept_tables import assemble_or_keep
from auditlib.loaders.mapping import check_files
from auditlib.loaders.movements import OUTSIDE_PREFIXES
from auditlib.loaders.quality import stack_findings
from auditlib.loaders.same_files import copies_of
from auditlib.loaders.same_headers import agreed_kinds
from auditlib.loaders.selection import choice_for, select
from auditlib.loaders.source import Source
from auditlib.loaders.summaries import SecondSource
from auditlib.loaders.totals_check import check_totals
from auditlib.parameters import Parameters
from auditlib.register import build_register
from auditlib.schemas import (
    ACCEPTED,
    ACCOUNTS,
    ACTIONS,
    ALIKE_CUSTOMERS,
    ANSWERS,
    CEDED,
    COMMITMENTS,
    CONTACTS,
    CONTROL_TOTALS,
    E_INVOICES,
    EXTRACTS,
    PROMISES,
    SUSPECTS,
    empty,
)

__all__ = ["Intake", "SecondSource", "load_documents", "sheet_perimeter"]

NOT_TABLES = frozenset(
    [
        ".pdf",
        ".doc",
        ".docx",
        ".odt",
        ".rtf",
        ".eml",
        ".msg",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".tif",
        ".tiff",
        ".zip",
        ".7z",
        ".ppt",
        ".pptx",
        ".md",
        ".html",
        ".htm",
    ]
)
"""Documents that are registered, and read by people."""


@dataclass(frozen=True)
class Intake:
    """What the documents say, in canonical tables.

    Attributes
    ----------
    movements : DataFrame
        `schemas.MOVEMENTS`; empty when only an aged balance came. [cents, VAT included]
    customers : DataFrame
        `schemas.CUSTOMERS`: every customer of the movements and second sources has a row.
    disputes, insolvencies : DataFrame
        `schemas.DISPUTES`, `schemas.INSOLVENCIES`; a missing date is undated.
    second_sources : tuple of SecondSource
        Best first.
    deposits : DataFrame
        ``customer_id, amount_cents``: what we owe customers on accounts 419x, > 0.
    outside : DataFrame
        ``account, amount_cents``: balances of 418, 419x, 491 and 467, shown beside.
    intake, rejected, findings, register : DataFrame
        Row accounting, rows not loaded, data quality, files received.
    basis : str
        ledger, invoice_list, open_items or aged_balance.
    currency : str
        ISO code of the main figures, "" when there are several.
    has_document_dates : bool
        False for open items without a document date.
    has_dispute_information : bool
    history_start : date or None
        First day of the movements.
    items_as_of : date or None
        Day a list of open items is printed for; None where it prints none, and for what has a history.
    promises, ceded, accounts : DataFrame
        `schemas.PROMISES`, `schemas.CEDED`, `schemas.ACCOUNTS`; empty where no document gives them.
    answers, extracts : DataFrame
        `schemas.ANSWERS`, what the client answered to the findings; `schemas.EXTRACTS`, due dates of other extracts.
    contacts, actions, commitments : DataFrame
        `schemas.CONTACTS`, `schemas.ACTIONS`, `schemas.COMMITMENTS`; empty where no document gives them.
    recognised : list of dict
        `auditlib.loaders.inspection.SourceReport.to_dict` of each sheet read.
    accepted : DataFrame
        `schemas.ACCEPTED`: matches that the auditor accepted; no document gives any.
    control_totals, suspects : DataFrame
        `schemas.CONTROL_TOTALS`, the sums that documents print; `schemas.SUSPECTS`, rows that may explain their gaps.
    alike_customers : DataFrame
        `schemas.ALIKE_CUSTOMERS`: pairs of codes that may be one debtor, for the auditor to decide.
    e_invoices : DataFrame
        `schemas.E_INVOICES`: electronic invoices among the documents, samples that no figure is made of.
    """

    movements: pd.DataFrame
    customers: pd.DataFrame
    disputes: pd.DataFrame
    insolvencies: pd.DataFrame
    second_sources: tuple[SecondSource, ...]
    deposits: pd.DataFrame
    outside: pd.DataFrame
    intake: pd.DataFrame
    rejected: pd.DataFrame
    findings: pd.DataFrame
    register: pd.DataFrame
    basis: str
    currency: str
    has_document_dates: bool
    has_dispute_information: bool
    history_start: dt.date | None
    items_as_of: dt.date | None = None
    promises: pd.DataFrame = field(default_factory=lambda: empty(PROMISES))
    ceded: pd.DataFrame = field(default_factory=lambda: empty(CEDED))
    accounts: pd.DataFrame = field(default_factory=lambda: empty(ACCOUNTS))
    answers: pd.DataFrame = field(default_factory=lambda: empty(ANSWERS))
    extracts: pd.DataFrame = field(default_factory=lambda: empty(EXTRACTS))
    contacts: pd.DataFrame = field(default_factory=lambda: empty(CONTACTS))
    actions: pd.DataFrame = field(default_factory=lambda: empty(ACTIONS))
    commitments: pd.DataFrame = field(default_factory=lambda: empty(COMMITMENTS))
    recognised: list[dict[str, Any]] = field(default_factory=list)
    accepted: pd.DataFrame = field(default_factory=lambda: empty(ACCEPTED))
    control_totals: pd.DataFrame = field(default_factory=lambda: empty(CONTROL_TOTALS))
    suspects: pd.DataFrame = field(default_factory=lambda: empty(SUSPECTS))
    alike_customers: pd.DataFrame = field(default_factory=lambda: empty(ALIKE_CUSTOMERS))
    e_invoices: pd.DataFrame = field(default_factory=lambda: empty(E_INVOICES))


def load_documents(
    parameters: Parameters,
    *,
    as_of_date: dt.date,
    cache_dir: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> Intake:
    """Read an engagement's documents into the tables every later step takes (INDICATORS.md 1 and 5).

    Parameters
    ----------
    parameters : Parameters
    as_of_date : date
        The state date of the audit.
    cache_dir : Path, optional
        Where files already read are kept.
    progress : callable, optional
        Told what is being done, a sentence at a time.

    Raises
    ------
    BadInputError
        If a file cannot be read, none says what customers owe, or nothing is posted by `as_of_date`.
    """
    paths = parameters.document_paths()
    for path in paths:
        file_state(path)
    cache = Cache(cache_dir)
    digests = {path: cache.digest(path) for path in paths}
    method = parameters.method
    key = [
        [[path.name, digest] for path, digest in digests.items()],
        as_of_date.isoformat(),
        parameters.mapping,
        [profile.model_dump(mode="json") for profile in parameters.profiles],
        parameters.currency,
        method.perimeter,
        method.default_terms,
        parameters.segments.model_dump(mode="json")["overrides"],
        {code: decided.model_dump() for code, decided in parameters.terms.items()},
    ]
    fields = assemble_or_keep(cache, key, lambda: _assembled(digests, parameters, as_of_date, cache, progress))
    return Intake(**fields, register=build_register(
        paths, digests, fields["intake"], e_invoices=fields["e_invoices"]["file"]))


def sheet_perimeter(parameters: Parameters) -> tuple[str, ...]:
    """Return the prefixes of the accounts kept of a sheet: those of customers, and those shown beside."""
    return parameters.method.perimeter + OUTSIDE_PREFIXES


def _assembled(
    digests: Mapping[Path, str],
    parameters: Parameters,
    as_of_date: dt.date,
    cache: Cache,
    progress: Callable[[str], None] | None,
) -> dict[str, Any]:
    """Read the documents and assemble the fields of an intake, but for the register."""
    sources = _read_all(list(digests), parameters, cache, progress)
    copies = copies_of(digests, mapping=parameters.mapping)
    roles = {source.name: "unused" if source.file in copies else str(
        choice_for(source, parameters.mapping, "role") or "") for source in sources}
    selection = select(sources, as_of_date=as_of_date, roles=roles)
    checks = {id(source): check_totals(source) for source in sources}
    recognised = [report_of(source, use=selection.role(source), check=checks[id(source)]).to_dict()
                  for source in sources]
    fields = assemble(
        sources, selection, parameters=parameters, as_of_date=as_of_date, copies=copies, checks=checks)
    invoices, refused = read_e_invoices(list(digests))
    findings = stack_findings([fields["findings"], *refused])
    return fields | {"recognised": recognised, "e_invoices": invoices, "findings": findings}


def _read_all(
    paths: Sequence[Path], parameters: Parameters, cache: Cache, progress: Callable[[str], None] | None,
) -> list[Source]:
    perimeter = sheet_perimeter(parameters)
    check_files(parameters.mapping, [path.name for path in paths])
    tables = [path for path in paths if path.suffix.lower() not in NOT_TABLES and not is_xml_invoice(path)]
    read: dict[Path, list[Source]] = {}
    for path in tables:
        if progress:
            progress(f"reading {path.name}")
        read[path] = read_or_keep(
            path, cache, mapping=parameters.mapping, profiles=parameters.profiles, perimeter=perimeter,
            progress=progress)
    agreed = agreed_kinds(
        (source.name, source.kind, source.columns)
        for sources in read.values() for source in sources
        if not (choice_for(source, parameters.mapping, "kind") or source.choices.get("kind"))
    )
    for path in tables:
        if kinds := {source.name: agreed[source.name] for source in read[path] if source.name in agreed}:
            stated = {name: {**parameters.mapping.get(name, {}), "kind": kind} for name, kind in kinds.items()}
            read[path] = read_or_keep(path, cache, mapping={**parameters.mapping, **stated},
                                      profiles=parameters.profiles, perimeter=perimeter)
    return [source for sources in read.values() for source in sources]
