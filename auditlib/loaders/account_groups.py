"""A whole ledger printed account by account: customers' accounts told from the others above whose lines they stand."""

from dataclasses import replace

import pandas as pd
import pyarrow as pa

from auditlib.loaders.columns_map import MappedColumn
from auditlib.loaders.grouped import Groups
from auditlib.loaders.parsed import Parsed

__all__ = ["with_accounts"]

ACCOUNT = r"[1-7]\d{2}[0-9A-Z]*$"
ACCOUNTS = 0.9
"""Share of the codes above the lines that must look like accounts of a French chart."""


def with_accounts(parsed: Parsed, groups: Groups | None, perimeter: tuple[str, ...]) -> Parsed:
    """Add the accounts above the lines as a column, where they are those of customers and of others.

    Parameters
    ----------
    parsed : Parsed
    groups : Groups, optional
    perimeter : tuple of str
        Prefixes of the customer accounts.
    """
    if groups is None or not groups.has_codes or "account" in parsed.roles:
        return parsed
    codes = pd.Series(groups.customer_id[groups.is_header], dtype="str")
    inside = codes.str.startswith(perimeter)
    if not inside.any() or inside.all() or codes.str.match(ACCOUNT).mean() < ACCOUNTS:
        return parsed
    column = MappedColumn("account", "", parsed.cells.num_columns + 1, "content", ACCOUNTS)
    cells = parsed.cells.append_column(str(parsed.cells.num_columns), pa.array(groups.customer_id, pa.string()))
    return replace(parsed, cells=cells, columns=(*parsed.columns, column))
