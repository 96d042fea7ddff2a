"""The canonical tables, assembled from the sources once each has its use."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from auditlib.errors import BadInputError
from auditlib.loaders.account_totals import account_totals
from auditlib.loaders.alike_customers import alike_customers, alike_findings
from auditlib.loaders.ceded import ceded_claims
from auditlib.loaders.company_numbers import number_findings
from auditlib.loaders.currencies import main_currency
from auditlib.loaders.debtors import align_ids, build_customers, customer_file
from auditlib.loaders.decided_terms import with_decided_terms
from auditlib.loaders.due_dates import complete_due_dates
from auditlib.loaders.entry_checks import entry_findings
from auditlib.loaders.extracts import other_due_dates, told_columns
from auditlib.loaders.file_findings import file_findings
from auditlib.loaders.finding_answers import finding_answers
from auditlib.loaders.follow_up import read_follow_up, with_followed_disputes, with_followed_promises
from auditlib.loaders.insolvency_lists import registered_insolvencies
from auditlib.loaders.item_findings import item_findings
from auditlib.loaders.movements import COPIED_TEXTS
from auditlib.loaders.promises import listed_promises
from auditlib.loaders.quality import stack_findings
from auditlib.loaders.row_accounting import account_for_rows
from auditlib.loaders.same_files import copy_finding
from auditlib.loaders.selection import Selection, choice_for
from auditlib.loaders.set_findings import (
    currency_findings,
    disputes_findings,
    follow_up_findings,
    names_findings,
    no_currency_findings,
    unlisted_findings,
)
from auditlib.loaders.source import Source
from auditlib.loaders.spellings import attributes_of, spellings_of
from auditlib.loaders.stacking import Stack, stack_sources
from auditlib.loaders.status_files import flagged_disputes, has_dispute_column, insolvencies_of, listed_disputes
from auditlib.loaders.summaries import (
    SecondSource,
    account_balances,
    aligned_findings,
    customer_deposits,
    in_order,
    ledger_totals,
    outside_balances,
    summarise,
)
from auditlib.loaders.table_columns import by_alphabet, look_up
from auditlib.loaders.totals_check import TotalsCheck, check_totals, together
from auditlib.loaders.vat import with_vat_of
from auditlib.parameters import Parameters
from auditlib.schemas import DISPUTES, INSOLVENCIES, MOVEMENTS, VAT_COLUMNS, empty, validate

__all__ = ["assemble"]

Refused = dict[int, list[pd.DataFrame]]
STACKED_KINDS = ("fec", "customer_ledger", "open_items")


def assemble(
    sources: Sequence[Source], selection: Selection, *, parameters: Parameters, as_of_date: dt.date,
    copies: Mapping[str, str] | None = None, checks: Mapping[int, TotalsCheck] | None = None,
) -> dict[str, Any]:
    """Return the fields of an intake, but for its register.

    Parameters
    ----------
    sources : sequence of Source
        In the order read.
    selection : Selection
    parameters : Parameters
    as_of_date : date
    copies : mapping of str to str, optional
        The file that each file sent twice repeats.
    checks : mapping of int to TotalsCheck, optional
        By ``id`` of the source, totals that were checked before.

    Raises
    ------
    BadInputError
        If nothing is posted by `as_of_date`, or a currency or default terms cannot be read.
    """
    perimeter = parameters.method.perimeter
    numbers = {id(source): number for number, source in enumerate(sources)}
    stack = _stack(selection.items, numbers, parameters, as_of_date)
    if selection.items:
        _check_history(stack.movements, as_of_date)
    currency = main_currency(stack.movements["currency"], wanted=parameters.currency, others=selection.seconds)
    raw_seconds, second_stacks = _second_sources(selection, numbers, parameters, as_of_date)
    seconds = in_order(raw_seconds, as_of_date=as_of_date, known=spellings_of(stack.movements))
    customers, listed = _customers(_all_spellings(stack.movements, seconds), sources, selection, parameters)
    movements = with_vat_of(stack.movements, [second.movements for second in second_stacks])
    movements = _completed(movements, customers, default_terms=parameters.method.default_terms, currency=currency)
    followed, refused, unread = _followed_up(movements, customers, selection, numbers)
    risk, unused_rows, risk_findings = _risk(sources, selection, numbers, customers)
    left_out = _together(
        stack.left_out, *(second.left_out for second in second_stacks), refused, *unread, unused_rows)
    intake, rejected = account_for_rows(sources, selection, left_out, perimeter=perimeter)
    alike = alike_customers(customers, _owed(movements, seconds, as_of_date))
    checked = [(checks or {}).get(id(source)) or check_totals(source)
               for source in sources if selection.role(source) != "unused"]
    found = [*stack.findings, *aligned_findings(raw_seconds, seconds), *names_findings(spellings_of(movements)),
             *currency_findings(movements, parameters.currency), *disputes_findings(refused),
             *follow_up_findings(intake), *risk_findings, *number_findings(customers), *alike_findings(alike, currency),
             *no_currency_findings(stack.movements, used=currency, wanted=parameters.currency),
             *unlisted_findings(movements, listed, as_of_date=as_of_date, currency=currency),
             *(part for source in sources for part in _of_file(source, selection, as_of_date, copies or {})),
             *(part for check in checked for part in check.findings),
             *item_findings(movements, as_of_date=as_of_date, currency=currency)]
    return {
        "movements": _canonical(movements), "customers": customers, "second_sources": seconds, **risk, **followed,
        **_beside(selection, customers, parameters, as_of_date), **_dates(movements, selection), "intake": intake,
        "rejected": rejected, "findings": stack_findings(found), "basis": selection.basis, "currency": currency,
        "answers": finding_answers(sources), "extracts": other_due_dates(second.movements for second in second_stacks),
        **together(checked), "alike_customers": alike,
    }


def _beside(
    selection: Selection, customers: pd.DataFrame, parameters: Parameters, as_of_date: dt.date,
) -> dict[str, pd.DataFrame]:
    """Sum the accounts beside the customers': what is owed them, what is shown apart, and the books' others."""
    books = (*selection.items, *selection.seconds)
    beside = account_balances(books, as_of_date=as_of_date)
    return {"deposits": customer_deposits(beside, customers), "outside": outside_balances(beside),
            "accounts": account_totals(books, parameters=parameters, as_of_date=as_of_date)}


def _dates(movements: pd.DataFrame, selection: Selection) -> dict[str, Any]:
    """Say when the history starts, whether documents are dated, and which day a list of open items is printed for."""
    printed = [day for source in selection.items if (day := source.title.as_of_date)]
    return {
        "has_document_dates": bool(movements["document_date"].notna().any()),
        "history_start": movements["posting_date"].min().date() if len(movements) else None,
        "items_as_of": max(printed, default=None) if selection.basis == "open_items" else None}


def _all_spellings(movements: pd.DataFrame, seconds: Sequence[SecondSource]) -> pd.DataFrame:
    named = (second.balances[["customer_id", "name"]] for second in seconds)
    return pd.concat([spellings_of(movements), *named], ignore_index=True)


def _followed_up(
    movements: pd.DataFrame, customers: pd.DataFrame, selection: Selection, numbers: dict[int, int],
) -> tuple[dict[str, Any], Refused, tuple[Refused, Refused]]:
    """Return what is known of disputes, promises and the client's own follow-up, and the rows that could not be used.

    The rows refused among disputes come apart: a finding counts them.
    """
    disputes, refused = _disputes(movements, customers, selection, numbers)
    followed = read_follow_up(selection.follow_up, numbers, movements=movements, customers=customers)
    promises, unread = listed_promises(selection.promises, numbers, movements=movements, customers=customers)
    return {
        "disputes": with_followed_disputes(disputes, followed.disputes),
        "promises": with_followed_promises(promises, followed.promises),
        "contacts": followed.contacts, "actions": followed.actions, "commitments": followed.commitments,
        "has_dispute_information": bool(selection.dispute_lists) or has_dispute_column(selection.items)
        or bool(len(followed.disputes)),
    }, refused, (unread, followed.refused)


def _stack(chosen: Sequence[Source], numbers: dict[int, int], parameters: Parameters, as_of_date: dt.date) -> Stack:
    if not chosen:
        texts = {name: pd.Series(dtype="str") for name in (*COPIED_TEXTS, "kind")}
        unknown = {"vat_cents": pd.Series(dtype="int64"), "is_vat_known": pd.Series(dtype="bool")}
        return Stack(empty(MOVEMENTS).assign(**texts, **unknown, source=pd.Series(dtype="int64")))
    return stack_sources(
        {numbers[id(source)]: source for source in chosen},
        as_of_date=as_of_date,
        perimeter=parameters.method.perimeter,
        currency=parameters.currency,
    )


def _check_history(movements: pd.DataFrame, as_of_date: dt.date) -> None:
    if movements.empty:
        raise BadInputError(
            f"no item is posted by {as_of_date.isoformat()}; check the as-of date, and the file with auditlib inspect"
        )
    first = movements["posting_date"].min().date()
    if first > as_of_date:
        raise BadInputError(
            f"the as-of date {as_of_date.isoformat()} is before the first movement ({first.isoformat()}); "
            "give an as-of date inside the history of the documents")


def _second_sources(
    selection: Selection, numbers: dict[int, int], parameters: Parameters, as_of_date: dt.date,
) -> tuple[list[SecondSource], list[Stack]]:
    """Summarise what does not give the items; the files of one kind stand together, unless printed at several dates."""
    seconds, stacks = summarise(selection.seconds, perimeter=parameters.method.perimeter), []
    for kind in STACKED_KINDS:
        ledgers = [source for source in selection.seconds if source.kind == kind]
        for group in ([[s] for s in ledgers] if kind == "open_items" else [ledgers] if ledgers else []):
            stack = _stack(group, numbers, parameters, as_of_date)
            stacks.append(stack)
            seconds.append(ledger_totals(group, stack.movements, as_of_date=as_of_date))
    return seconds, stacks


def _customers(
    spellings: pd.DataFrame, sources: Sequence[Source], selection: Selection, parameters: Parameters,
) -> tuple[pd.DataFrame, pd.Series]:
    """Build the customers, those of the lists under the codes the items use; and return the codes listed."""
    listed = customer_file(selection.customer_lists, _terms(parameters, sources))
    listed["customer_id"] = align_ids(listed["customer_id"], listed["name"], spellings)
    beside = attributes_of((*selection.items, *selection.seconds))
    customers = build_customers(
        listed.drop_duplicates("customer_id"), spellings, beside, overrides=parameters.segments.overrides)
    return with_decided_terms(customers, parameters.terms), listed["customer_id"]


def _owed(movements: pd.DataFrame, seconds: Sequence[SecondSource], as_of_date: dt.date) -> pd.Series:
    """Return what each customer owes: by the items, else by the best second source [cents]."""
    if movements.empty and seconds:
        totals = seconds[0].balances[seconds[0].balances["bucket"].astype("str") == "total"]
        return totals["amount_cents"].groupby(totals["customer_id"].astype("str")).sum()
    posted = movements[movements["posting_date"] <= pd.Timestamp(as_of_date)]
    return posted["amount_cents"].groupby(posted["customer_id"].astype("str")).sum()


def _completed(
    movements: pd.DataFrame, customers: pd.DataFrame, *, default_terms: str, currency: str,
) -> pd.DataFrame:
    """Add to the items what depends on their customer: due date, business unit, salesperson."""
    by_id = customers.set_index("customer_id")
    completed = complete_due_dates(
        movements, by_id["payment_terms"], default_terms=default_terms, confirmed_by=by_id["terms_confirmed_by"])
    completed["currency"] = completed["currency"].where(completed["currency"] != "", currency)
    completed["movement_id"] = range(len(completed))
    owed = completed["amount_cents"] > 0
    for role in ("business_unit", "salesperson"):
        own = completed[role].astype("str")
        # Where debits carry their own, a credit without one takes its debit's once allocated, and none before.
        fills = (own == "") & (owed | bool((own[owed] == "").all()))
        completed[role] = own.where(~fills, look_up(completed["customer_id"], by_id[role].astype("str")))
    return completed


def _terms(parameters: Parameters, sources: Sequence[Source]) -> dict[str, dict[str, str]]:
    """Terms the auditor states for a whole file in ``mapping``: under its sheet's name, else its own."""
    roles = {"terms": "payment_terms", "terms_confirmed_by": "terms_confirmed_by"}
    return {source.name: {
        role: str(choice) for key, role in roles.items() if (choice := choice_for(source, parameters.mapping, key))}
        for source in sources}


def _disputes(
    movements: pd.DataFrame, customers: pd.DataFrame, selection: Selection, numbers: dict[int, int],
) -> tuple[pd.DataFrame, Refused]:
    """Disputes from the lists and from the items' own columns; a list is more precise, so it comes first."""
    parts, refused = [], {}
    for source in selection.dispute_lists:
        found, unmatched = listed_disputes(source, movements, customers)
        parts.append(found)
        refused[numbers[id(source)]] = [unmatched]
    listed = pd.concat(parts, ignore_index=True) if parts else empty(DISPUTES)
    flagged = flagged_disputes(movements)
    stacked = pd.concat([listed, flagged[~flagged["movement_id"].isin(listed["movement_id"])]], ignore_index=True)
    return validate(stacked, DISPUTES), refused


def _risk(
    sources: Sequence[Source], selection: Selection, numbers: dict[int, int], customers: pd.DataFrame,
) -> tuple[dict[str, pd.DataFrame], dict[int, list[pd.DataFrame]], list[pd.DataFrame]]:
    """Read claims sold and insolvency procedures: tables, rows left out, and findings."""
    ceded, unsold = ceded_claims(selection.ceded_lists, numbers, customers)
    registered, unknown, findings = registered_insolvencies(selection.insolvency_lists, numbers, customers)
    stated = insolvencies_of([s for s in sources if s not in selection.insolvency_lists], customers)
    both = pd.concat([stated, registered], ignore_index=True).drop_duplicates()
    return {"ceded": ceded, "insolvencies": validate(both, INSOLVENCIES)}, _together(unsold, unknown), findings


def _together(*parts: dict[int, list[pd.DataFrame]]) -> dict[int, list[pd.DataFrame]]:
    together: dict[int, list[pd.DataFrame]] = {}
    for part in parts:
        for number, frames in part.items():
            together[number] = together.get(number, []) + frames
    return together


def _of_file(
    source: Source, selection: Selection, as_of_date: dt.date, copies: Mapping[str, str],
) -> list[pd.DataFrame]:
    if source.file in copies:
        return [copy_finding(source, copies[source.file])]
    role = selection.role(source)
    entries = entry_findings(source) if role != "unused" else []
    return [*file_findings(source, role=role, as_of_date=as_of_date), *entries]


def _canonical(movements: pd.DataFrame) -> pd.DataFrame:
    canonical = validate(movements, MOVEMENTS)[[*MOVEMENTS.columns, *VAT_COLUMNS, *told_columns(movements)]]
    coded = canonical.select_dtypes("category").columns
    return canonical.assign(**{str(name): by_alphabet(canonical[name]) for name in coded})
