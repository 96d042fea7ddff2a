"""Calls: the files and the diary a run hands over, and those of customers asked for by name."""

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from auditlib.call_files import CallBook, call_book
from auditlib.deliver.call_calendar import write_call_calendar
from auditlib.deliver.call_confirmation import write_call_confirmations
from auditlib.deliver.call_pages import FILE_NAME, write_calls
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.run.places import is_finished

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults
    from auditlib.parameters import Parameters

__all__ = ["calls_of", "write_call_files"]

CHOSEN = "appels_choisis.pdf"
"""Beside the run's own ``appels.pdf``, which it does not replace."""


def write_call_files(results: "AuditResults", folder: Path, *, parameters: "Parameters", language: str,
                     customers: Collection[str] = (), starts_on: dt.date | None = None,
                     name: str = FILE_NAME) -> CallBook:
    """Write the call files (PDF), their diary (ics, same name) and the confirmations to complete into a folder."""
    book = call_book(results, rules=parameters.collection, creditor=parameters.title, language=language,
                     customers=customers, starts_on=starts_on)
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""))
    as_of_date = dt.date.fromisoformat(str(results.summary["as_of_date"]))
    path = write_calls(book, folder / name, client=parameters.title, formats=formats, as_of_date=as_of_date)
    write_call_calendar(book, path.with_suffix(".ics"), client=parameters.client,
                        minutes=parameters.collection.calls.minutes, formats=formats)
    write_call_confirmations(book, folder / f"{path.stem}_confirmations", creditor=parameters.title,
                             as_of_date=as_of_date, formats=formats)
    return book


def calls_of(client: str, *, customers: Collection[str] = (), starts_on: dt.date | None = None, as_of_date: str = "",
             language: str = "", outputs: Path | None = None) -> Path:
    """Write the call files of chosen customers of a client, or of the most urgent ones, from the last run.

    Parameters
    ----------
    client : str
    customers : collection of str
        Codes; none: the most urgent ones.
    starts_on : date, optional
        First day of calls.
    as_of_date, language : str
        Empty: as the parameters say.
    outputs : Path, optional
        The results' folder.

    Returns
    -------
    Path
        The PDF file; its diary lies beside it.

    Raises
    ------
    BadInputError
        If there is no finished run, or a customer is not known or may not be called: the reason.
    """
    from auditlib.run.engagement import open_engagement

    asked = open_engagement(client, as_of_date=as_of_date, language=language)
    folder = (outputs or asked.home / "outputs") / asked.parameters.client / asked.as_of_date.isoformat()
    if not is_finished(folder):
        raise BadInputError(f"no finished run of {asked.parameters.client} at {asked.as_of_date}: "
                            f"run `auditlib run {client}` first")
    audit = open_engagement(client, as_of_date=as_of_date, run_dir=str(folder.resolve()), language=language)
    results, rules = audit.results(), audit.parameters
    _refuse(results, rules, customers, audit.language)
    write_call_files(results, folder, parameters=rules, language=audit.language, customers=customers,
                     starts_on=starts_on, name=CHOSEN)
    return folder / CHOSEN


def _refuse(results: "AuditResults", parameters: "Parameters", customers: Collection[str], language: str) -> None:
    """Refuse before anything is written: a customer who is not known, or whom nobody may call."""
    if not customers:
        return
    known = set(results.customers["customer_id"])
    strangers = sorted(set(customers) - known)
    if strangers:
        raise BadInputError(f"customer {strangers[0]}: not in the results; expected a code of the customers' file")
    book = call_book(results, rules=parameters.collection, creditor=parameters.title, language=language,
                     customers=customers)
    reasons = book.not_called.set_index("customer_id")["reason"]
    called = {one.customer_id for one in book.files}
    for customer in customers:
        if customer not in called:
            why = reasons.get(customer) or Formats(language=language).gettext("rien d’échu")
            raise BadInputError(f"customer {customer}: no call file – {why}")
