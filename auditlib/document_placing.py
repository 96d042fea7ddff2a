"""Which file received is of which kind asked for: the auditor's word, else its content, else the words of its name."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from rapidfuzz import process

from auditlib.document_kinds import LEDGER_KIND, kinds_named
from auditlib.errors import BadInputError
from auditlib.request_rules import RequestRules
from auditlib.review_points import INVOICE

__all__ = ["placed_documents", "to_place"]

BALANCES = frozenset(("customer_ledger", "general_ledger", "fec", "invoice_list", "open_items", "aged_balance",
                      "trial_balance"))
UNREAD = frozenset(("document", "unknown"))
"""Kinds of the register of a file that no loader knows."""


def placed_documents(register: pd.DataFrame, rules: RequestRules, *, name: str) -> pd.DataFrame:
    """Return the files received with the kind of document each is.

    Parameters
    ----------
    register : DataFrame
        `schemas.REGISTER`.
    rules : RequestRules
    name : str
        Of the parameters file, for messages.

    Returns
    -------
    DataFrame
        The register's columns, ``received_on`` as the auditor says where he does, with ``document_kind`` (a kind
        asked for, or "") and ``placed_by``: ``auditor``, ``content`` (also where a table read is of no kind asked for),
        ``name`` (a proposal), or "" for a file that is yet to be placed. A file of two kinds has two rows.

    Raises
    ------
    BadInputError
        If the parameters place a file that was not received.
    """
    _refuse_strangers(set(register["name"]), rules, name)
    rows = [{**row, "document_kind": kind, "placed_by": by} for row in register.to_dict("records")
            for kind, by in _places(row, rules)]
    placed = pd.DataFrame(rows, columns=[*register.columns, "document_kind", "placed_by"])
    said = placed["document_kind"].map(lambda kind: rules.of(str(kind)).received_on)
    known = placed["received_on"].astype("datetime64[s]")
    return placed.assign(received_on=pd.to_datetime(said).astype("datetime64[s]").fillna(known))


def to_place(placed: pd.DataFrame) -> tuple[str, ...]:
    """Return the names of the files whose kind nobody and nothing tells."""
    return tuple(placed.loc[placed["placed_by"] == "", "name"])


def _places(row: Mapping[Any, Any], rules: RequestRules) -> Iterator[tuple[str, str]]:
    """Yield the kinds of one file, each with what says so."""
    said = [code for code in rules.codes() if row["name"] in rules.of(code).received]
    if said or row["name"] in rules.set_aside:
        yield from ((code, "auditor") for code in said or [""])
        return
    read = set(str(row["kind"]).split("+"))
    if read & BALANCES or not read & UNREAD:
        yield (LEDGER_KIND if read & BALANCES else INVOICE if "e_invoice" in read else "", "content")
        return
    named = [code for code in kinds_named(str(row["name"])) if not rules.of(code).not_applicable]
    yield (named[0], "name") if len(named) == 1 else ("", "")


def _refuse_strangers(received: set[str], rules: RequestRules, name: str) -> None:
    places = {f"requests.kinds.{code}.received": rules.of(code).received for code in rules.codes()}
    for where, files in {**places, "requests.set_aside": rules.set_aside}.items():
        for file in files:
            if file not in received:
                nearest = process.extractOne(file, sorted(received))
                hint = f"did you mean {nearest[0]}?" if nearest else "no file was received yet"
                raise BadInputError(f"{name}: {where}: {file} is none of the documents; {hint}")
