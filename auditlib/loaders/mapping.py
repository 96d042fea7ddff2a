"""The auditor's choices for a file: ``mapping`` of the parameters file.

Keyed by file name, or by ``file name/sheet`` for one sheet of a workbook::

    mapping:
      ledger.xlsx/Clients:
        columns: {due_date: "Echéance nette"}   # role: header, or its column's number where no header names it alone
        ignored_columns: ["Solde progressif"]   # kept as free attributes, whatever they look like
        header_row: 8                           # as the spreadsheet numbers it
        date_order: day_first                   # or month_first
        kind: open_items
        currency: USD
        sign: debit_negative                    # what is owed is printed with a minus sign
        as_of_date: 2025-12-31
        role: second_source                     # items, second_source, attributes or unused
        terms: 45 days end of month             # of the customers the file lists without terms of their own
        terms_confirmed_by: A. Auditor          # who checked those terms
        headers: [date, n piece, debit, credit] # labels by which other files take this correction too
        found_as: open_items                    # kind the loader found without it, which these must have too
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import process

from auditlib.errors import BadInputError
from auditlib.loaders.kinds import KINDS_OF_SOURCE

__all__ = ["MAPPING_KEYS", "check_choices", "check_files", "choices_for"]

MAPPING_KEYS: dict[str, tuple[str, ...]] = {
    "columns": (),
    "ignored_columns": (),
    "header_row": (),
    "date_order": ("day_first", "month_first"),
    "kind": KINDS_OF_SOURCE,
    "currency": (),
    "sign": ("debit_positive", "debit_negative"),
    "as_of_date": (),
    "role": ("items", "second_source", "attributes", "unused"),
    "terms": (),
    "terms_confirmed_by": (),
    "headers": (),
    "found_as": KINDS_OF_SOURCE,
}
"""Keys of a file's mapping, with the values of those that have a list."""


def choices_for(file: str, sheet: str, mapping: dict[str, dict[str, Any]], *, sheets: list[str]) -> dict[str, Any]:
    """Return the choices for one sheet: those for the whole file, then those for the sheet.

    Raises
    ------
    BadInputError
        If a key or value is unknown, or a sheet is named that the file does not have.
    """
    for key, said in mapping.items():
        is_carried = bool((said or {}).get("headers"))
        if key.startswith(f"{file}/") and key.removeprefix(f"{file}/") not in sheets and not is_carried:
            raise BadInputError(
                f"mapping: {key}: {file} has no such sheet; "
                f"did you mean {_nearest(key.removeprefix(f'{file}/'), sheets)!r}?"
            )
    choices = dict(mapping.get(file, {}) or {}) | (dict(mapping.get(f"{file}/{sheet}", {}) or {}) if sheet else {})
    check_choices(f"{file}/{sheet}" if sheet else file, choices)
    return choices


def check_choices(where: str, choices: Mapping[str, Any]) -> None:
    """Refuse a key or a value that is unknown.

    Raises
    ------
    BadInputError
        Naming where it stands, and what is near.
    """
    for key, value in choices.items():
        _check(where, key, value)


def check_files(mapping: Mapping[str, Mapping[str, Any]], files: Sequence[str]) -> None:
    """Refuse choices for a file that is not among the documents, unless others may take them by their header.

    Raises
    ------
    BadInputError
        Naming the key and the nearest file.
    """
    for key, choices in mapping.items():
        if not (choices or {}).get("headers") and not any(key == file or key.startswith(f"{file}/") for file in files):
            raise BadInputError(
                f"mapping: {key}: no such file among the documents; did you mean {_nearest(key, list(files))!r}?"
            )


def _check(where: str, key: str, value: Any) -> None:
    if key not in MAPPING_KEYS:
        raise BadInputError(f"{where}: mapping: unknown key {key}; did you mean {_nearest(key, list(MAPPING_KEYS))}?")
    allowed = MAPPING_KEYS[key]
    if allowed and value not in allowed:
        raise BadInputError(
            f"{where}: mapping: {key}: unknown value {value}; did you mean {_nearest(str(value), list(allowed))}?"
        )
    if key == "header_row" and (not isinstance(value, int) or isinstance(value, bool)):
        raise BadInputError(f"{where}: mapping: header_row must be a row number, not {value!r}")
    if key == "currency" and not re.fullmatch(r"[A-Za-z]{3}", str(value)):
        raise BadInputError(f"{where}: mapping: currency must be an ISO code such as EUR, not {value!r}")
    if key == "as_of_date" and not _is_day(value):
        raise BadInputError(f"{where}: mapping: as_of_date must be a date such as 2025-12-31, not {value!r}")
    if key == "columns" and not isinstance(value, dict):
        raise BadInputError(f"{where}: mapping: columns must name headers by role, such as due_date: Échéance")
    if key in ("headers", "ignored_columns") and not isinstance(value, list | tuple):
        raise BadInputError(f"{where}: mapping: {key} must be a list of headers")


def _is_day(value: Any) -> bool:
    try:
        dt.date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _nearest(text: str, choices: list[str]) -> str:
    found = process.extractOne(text, choices)
    return str(found[0]) if found else ""
