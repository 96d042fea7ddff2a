"""Column names and contracts of the canonical tables.

Every frame that crosses a floor is one of these. Amounts are signed integer cents, VAT
included; dates are ``datetime64[s]``; repeated text is categorical; a missing text is ``""``.
A frame is validated where it enters (the loaders' edge) and on every artifact read.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from auditlib.errors import BadInputError

__all__ = [
    "ACCEPTED", "ACCOUNTS", "ACTIONS", "ADJUSTMENTS", "AGED_BALANCE", "ALIKE_CUSTOMERS", "ALLOCATIONS", "ANSWERS",
    "CEDED", "COMMITMENTS", "CONTACTS", "CONTROL_COLUMNS", "CONTROL_TOTALS", "CUSTOMERS", "DISPUTES", "EXTRACTS",
    "E_INVOICES", "FINDINGS", "INSOLVENCIES", "INTAKE", "INTERVIEW", "ITEMS", "KINDS", "MOVEMENTS", "OPEN_ITEMS",
    "PROMISES", "REGISTER", "REJECTED", "SETTLEMENT_KINDS", "SUSPECTS", "VAT_COLUMNS", "Table", "empty", "validate",
]

KINDS = (
    "invoice", "credit_note", "receipt", "unpaid_return", "set_off", "deposit_applied", "discount",
    "write_off", "fx_difference", "refund", "reclassification", "transfer", "rounding", "opening", "adjustment",
)
SETTLEMENT_KINDS = ("receipt", "set_off", "deposit_applied", "discount")
"""Kinds of credit that pay a debit (INDICATORS.md 1: a credit note or a write-off never does)."""

TEXT, CODE, DATE, CENTS, WHOLE, FLAG, NUMBER = "text", "code", "date", "cents", "whole", "flag", "number"


@dataclass(frozen=True)
class Table:
    """A canonical table: its name, and its columns with their types.

    Attributes
    ----------
    name : str
    columns : dict of str to str
        ``text`` (Arrow string), ``code`` (categorical), ``date`` (may be missing), ``day``
        (a date that may not be missing), ``cents`` and ``whole`` (int64), ``flag`` (bool),
        ``number`` (float64, may be missing).
    """

    name: str
    columns: dict[str, str]


ROW = {"source_file": CODE, "source_sheet": CODE, "source_row": WHOLE}

MOVEMENTS = Table("movements", {
    "movement_id": WHOLE, "customer_id": CODE, "kind": CODE, "document_date": DATE, "posting_date": "day",
    "due_date": DATE, "due_date_origin": CODE, "document_ref": TEXT, "label": TEXT, "journal": CODE,
    "amount_cents": CENTS, "original_amount_cents": CENTS, "currency": CODE, "foreign_amount_cents": CENTS,
    "foreign_currency": CODE, "matching_code": CODE, "matching_date": DATE, "account": CODE,
    "business_unit": CODE, "salesperson": CODE, "kind_inferred": FLAG, **ROW,
})
"""Items of customer accounts, in source order; ``movement_id`` is the row position."""

CONTROL_COLUMNS = {"valid_date": DATE, "is_negative_entry": FLAG, "is_terms_confirmed": FLAG}
"""Columns that movements have beside where the files tell: the day an entry was validated (FEC), whether its debit
or credit was printed negative, and whether the terms its due date comes from were checked by the auditor."""
VAT_COLUMNS = {"vat_cents": CENTS, "is_vat_known": FLAG}
"""Columns that movements may have beside: the VAT in the amount, signed alike, where the entry's own 4457 says it."""

ITEMS = Table("items", {
    **MOVEMENTS.columns, "item_id": WHOLE, "origin_id": WHOLE, "is_age_unknown": FLAG, "is_terms_confirmed": FLAG,
})
"""Movements as the engine sees them: a reclassification or a returned payment that stands for several
claims is one item per claim, with the claim's dates and ``origin_id`` (the item it carries on, else -1)."""

ALLOCATIONS = Table("allocations", {
    "debit_id": WHOLE, "credit_id": WHOLE, "amount_cents": CENTS, "allocation_date": "day", "method": CODE,
})
"""Credit set against debit; the identifiers are ``item_id``, the amount is positive."""

ACCEPTED = Table("accepted", {"debit_id": WHOLE, "credit_id": WHOLE})
"""Matches the auditor accepted, by ``movement_id``, in the order accepted."""

OPEN_ITEMS = Table("open_items", {
    **ITEMS.columns, "residual_cents": CENTS, "days_overdue": NUMBER, "bucket": CODE, "is_disputed": FLAG,
    "disputed_cents": CENTS, "is_doubtful": FLAG, "is_retention": FLAG, "is_group": FLAG,
})
"""Items with a residual other than nil at the as-of date."""

CUSTOMERS = Table("customers", {
    "customer_id": TEXT, "name": TEXT, "group_id": TEXT, "customer_type": CODE, "zone": CODE, "country": CODE,
    "business_unit": CODE, "salesperson": CODE, "size_class": CODE, "siren": TEXT, "vat_number": TEXT,
    "legal_category": TEXT, "credit_limit_cents": CENTS, "payment_terms": TEXT, "terms_confirmed_by": TEXT,
    "is_group": FLAG, "type_reason": TEXT, "type_confidence": CODE, "zone_reason": TEXT, "zone_confidence": CODE,
    "size_reason": TEXT,
})
"""Debtors, one row each. ``customer_type`` is B2B, B2C, public or "" (unknown); ``zone`` FR, EU, non_EU or "". The
confidence is high, medium, low or "" where nothing tells; the reason is French."""

DISPUTES = Table("disputes", {
    "movement_id": WHOLE, "amount_cents": CENTS, "opened_on": DATE, "closed_on": DATE, "reason": TEXT, "owner": TEXT,
})
INSOLVENCIES = Table("insolvencies", {
    "customer_id": TEXT, "procedure": TEXT, "judgment_date": DATE, "publication_date": DATE,
    "claim_declared_on": DATE,
})
PROMISES = Table("promises", {
    "customer_id": TEXT, "movement_id": WHOLE, "amount_cents": CENTS, "made_on": DATE, "promised_on": "day",
})
"""Payments a debtor promised; ``movement_id`` is -1 where the promise names no item."""
CEDED = Table("ceded", {
    "customer_id": TEXT, "document_ref": TEXT, "amount_cents": CENTS, "ceded_on": DATE, "due_date": DATE, "way": CODE,
    "settled_on": DATE,
})
"""Claims sold with recourse: ``way`` is factored or discounted; no longer in the receivable, added back beside it.
``settled_on`` is the day the debtor paid the factor, missing until he has."""
ACCOUNTS = Table("accounts", {"account": TEXT, "customer_id": TEXT, "debit_cents": CENTS, "credit_cents": CENTS})
"""Totals by account (and auxiliary, where the file has one) at the as-of date, of accounts outside the perimeter."""
AGED_BALANCE = Table("aged_balance", {
    "customer_id": TEXT, "name": TEXT, "bucket": CODE, "from_days": NUMBER, "to_days": NUMBER,
    "amount_cents": CENTS, **ROW,
})
"""A summary the client sent, long: one row per customer and bucket; ``bucket`` "total" is the printed balance,
"not_due" and "unallocated_credits" as ours, others "1-30"-like. A trial balance has "total" rows only."""

REGISTER = Table("register", {
    "name": TEXT, "kind": CODE, "received_on": DATE, "sha256": TEXT, "rows": WHOLE, "total_cents": CENTS,
})
E_INVOICES = Table("e_invoices", {
    "file": TEXT, "container": CODE, "syntax": CODE, "number": TEXT, "type_code": CODE, "issued_on": DATE,
    "due_on": DATE, "delivered_on": DATE, "currency": CODE, "process": TEXT, "seller_name": TEXT,
    "seller_address": TEXT, "seller_siren": TEXT, "seller_vat_number": TEXT, "buyer_name": TEXT, "buyer_address": TEXT,
    "buyer_siren": TEXT, "buyer_vat_number": TEXT, "delivery_address": TEXT, "buyer_reference": TEXT,
    "order_reference": TEXT, "terms": TEXT, "penalty_note": TEXT, "indemnity_note": TEXT, "discount_note": TEXT,
    "line_name": TEXT, "line_quantity": TEXT, "line_price": TEXT, "vat_rate": TEXT, "is_vat_on_debits": FLAG,
    "net_cents": CENTS, "vat_cents": CENTS, "total_cents": CENTS,
})
"""Electronic invoices received as samples, one row each: ``container`` is xml or pdf, ``syntax`` CII or UBL,
``process`` the invoicing process (BT-23), ``line_…`` the first line; amounts as printed, positive on credit notes."""
INTAKE = Table("intake", {
    "file": TEXT, "sheet": TEXT, "kind": CODE, "role": CODE, "rows_read": WHOLE, "rows_loaded": WHOLE,
    "rows_skipped": WHOLE, "rows_rejected": WHOLE, "debit_cents": CENTS, "credit_cents": CENTS, "note": TEXT,
    "extracted_on": DATE,
})
"""Row accounting, one row per file and sheet; ``role`` is items, second_source, attributes or unused,
``extracted_on`` the day the file says it was printed."""

REJECTED = Table("rejected", {**ROW, "class": CODE, "reason": TEXT, "text": TEXT})
"""Rows not loaded: ``class`` is title, header, subtotal, total, blank, other_account, … or rejected."""

CONTROL_TOTALS = Table("control_totals", {
    **ROW, "class": CODE, "customer_id": TEXT, "scope": CODE, "printed_cents": CENTS, "loaded_cents": CENTS,
    "difference_cents": CENTS, "agrees": FLAG,
})
"""Sums that documents print, beside the rows loaded that each covers (``scope``: customer, block, whole, …); the
difference is what was loaded less what is printed, of the balances, or of the debits where those agree."""
SUSPECTS = Table("suspects", {
    **ROW, "suspicion": CODE, "amount_cents": CENTS, "total_row": WHOLE, "difference_cents": CENTS, "text": TEXT,
})
"""Rows that may explain why a printed total is not that of the rows loaded; ``total_row`` is the total's own row, 0 for
a line of the title or the foot; ``suspicion`` is rejected, not_loaded, same_amount, sign, subtotal or missing_block."""
ALIKE_CUSTOMERS = Table("alike_customers", {
    "customer_id": TEXT, "name": TEXT, "other_id": TEXT, "other_name": TEXT, "why": CODE, "score": NUMBER,
    "amount_cents": CENTS, "other_amount_cents": CENTS,
})
"""Pairs of customers that may be one (``why``: name or siren), with what each owes; proposals, never merged."""

FINDINGS = Table("findings", {
    "finding": CODE, "severity": CODE, "rows": WHOLE, "amount_cents": CENTS, "sentence": TEXT,
})
"""What an auditor must know; ``severity`` is info, warning or serious; ``sentence`` is French."""

ANSWERS = Table("answers", {
    "finding": TEXT, "answer": TEXT, "owner": TEXT, "due_date": DATE, "decision": TEXT, **ROW,
})
"""What the client says of the findings of the draft report, one row each; ``decision`` is accepted, contested,
corrected, no_action, "" or his own words."""
INTERVIEW = Table("interview", {
    "part": CODE, "key": TEXT, "text": TEXT, "document": TEXT, "number": NUMBER, "is_applicable": FLAG, "by": TEXT,
    "said_on": DATE,
})
"""What was said in the interview, one row each: ``part`` is answer (``key`` a question), criterion (of the
self-assessment: ``number`` 0 to 4, ``text`` the evidence) or figure (``number`` in the unit of its key)."""
ADJUSTMENTS = Table("adjustments", {
    "sheet_row": WHOLE, "change": CODE, **ROW, "customer_id": TEXT, "document_ref": TEXT, "due_date": DATE,
    "amount_cents": CENTS, "new_value": TEXT, "reason": TEXT, "author": TEXT, "decided_on": DATE, "status": CODE,
    "why": TEXT, "old_value": TEXT,
})
"""The auditor's corrections, one row each: ``sheet_row`` is the row of the workbook they were written in, ``change`` a
code of `adjustment_words`; ``status`` is read, applied or rejected, and ``why`` says why a row is rejected."""
EXTRACTS = Table("extracts", {
    "customer_id": TEXT, "document_ref": TEXT, "due_date": DATE, "amount_cents": CENTS, **ROW,
})
"""Due dates that another extract of the same receivable gives, of its debits that name a document."""
CONTACTS = Table("contacts", {
    "customer_id": TEXT, "name": TEXT, "role": TEXT, "email": TEXT, "phone": TEXT, "address": TEXT, "portal": TEXT,
    "do_not_contact": FLAG, **ROW,
})
"""Whom to reach at a debtor's; a row without a name is the debtor's own address, or a mark on the whole of him."""
ACTIONS = Table("actions", {
    "customer_id": TEXT, "document_ref": TEXT, "step": CODE, "channel": CODE, "done_on": "day", "contact": TEXT,
    "owner": TEXT, "comment": TEXT, "next_on": DATE, **ROW,
})
"""The log of reminders and calls: ``step`` and ``channel`` are codes of `follow_up_words`, ``document_ref`` "" where
the action is about all a debtor owes, ``next_on`` the day agreed for the next call."""
COMMITMENTS = Table("commitments", {
    "customer_id": TEXT, "document_ref": TEXT, "what": CODE, "comment": TEXT, "owner": TEXT, "due_on": "day",
    "kept_on": DATE, **ROW,
})
"""What we owe a debtor before he pays: ``what`` is a code of `follow_up_words`; ``kept_on`` is missing until done."""

PANDAS_TYPES = {
    TEXT: "str", CODE: "category", DATE: "datetime64[s]", "day": "datetime64[s]", CENTS: "int64",
    WHOLE: "int64", FLAG: "bool", NUMBER: "float64",
}


def empty(table: Table) -> pd.DataFrame:
    """Return a frame of the table's columns and types with no row."""
    columns = {name: pd.Series([], dtype=PANDAS_TYPES[kind]) for name, kind in table.columns.items()}
    return pd.DataFrame(columns)


def validate(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Check a frame against its contract and return it with the contract's types and column order.

    Extra columns are kept after the contract's: they are free attributes.

    Raises
    ------
    BadInputError
        If a column is missing, holds a value of another type, or lacks a value it must have.
    """
    missing = [name for name in table.columns if name not in frame.columns]
    if missing:
        raise BadInputError(f"table {table.name}: column {', '.join(missing)} is missing")
    typed = {name: _typed(frame[name], kind, f"{table.name}.{name}") for name, kind in table.columns.items()}
    extra = {name: frame[name] for name in frame.columns if name not in table.columns}
    aligned = {name: column.reset_index(drop=True) for name, column in (typed | extra).items()}
    return pd.DataFrame(aligned, copy=False)  # what is written to it later is copied then


def _typed(column: pd.Series, kind: str, name: str) -> pd.Series:
    wanted = PANDAS_TYPES[kind]
    try:
        if kind == TEXT:
            typed = column.astype("str").fillna("")
        elif kind == CODE:
            typed = _categorical(column)
        else:
            typed = column if str(column.dtype) == wanted else column.astype(wanted)  # type: ignore[call-overload]
    except (TypeError, ValueError) as problem:
        raise BadInputError(f"table {name}: {problem}") from problem
    if kind == "day" and typed.isna().any():
        row = int(np.flatnonzero(typed.isna())[0])
        raise BadInputError(f"table {name}: row {row} has no date")
    return typed


def _categorical(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.CategoricalDtype) and not column.isna().any():
        return column
    return column.astype("str").fillna("").astype("category")
