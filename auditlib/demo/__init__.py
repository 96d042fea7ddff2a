"""The demo client: a fictitious French SME, generated with the truth of who paid what.

Nothing imports this package but its command, the tests and the benchmarks.
"""

import datetime as dt
from pathlib import Path

from auditlib.demo.files import write_documents
from auditlib.demo.habits import HARSH_HABITS, SME_HABITS, Habits
from auditlib.demo.simulation import generate_movements
from auditlib.demo.truth import Truth

__all__ = ["HARSH_HABITS", "SME_HABITS", "Habits", "Truth", "generate", "generate_movements"]


def generate(
    folder: Path,
    *,
    seed: int = 2025,
    customers: int = 400,
    invoices: int = 12_000,
    months: int = 38,
    as_of_date: dt.date = dt.date(2025, 12, 31),
    habits: Habits = SME_HABITS,
    ledger_format: str = "xlsx",
) -> Truth:
    """Generate the demo client and write the files it sends.

    Parameters
    ----------
    folder : Path
        Where the files go; created where it does not exist.
    seed, customers, invoices, months, as_of_date, habits
        As in `generate_movements`.
    ledger_format : {"xlsx", "txt"}
        Excel as printed by customer, or a flat text export.

    Returns
    -------
    Truth
        What happened; it is not written among the files.
    """
    truth = generate_movements(seed=seed, customers=customers, invoices=invoices, months=months, as_of_date=as_of_date,
                               habits=habits)
    write_documents(folder, truth, ledger_format=ledger_format)
    return truth
