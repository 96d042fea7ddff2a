"""The whole audit of a synthetic ledger read from parquet: seconds of each part, and the memory it took.

Run: ``python -m benchmarks.whole --items 1000000``
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from auditlib import artifacts, concentration
from auditlib.customer_table import customer_table
from auditlib.evidence import Evidence
from auditlib.history import replay_history
from auditlib.indicators import compute
from auditlib.ledger import build_ledger
from auditlib.loaders.intake import Intake
from auditlib.main_figures import main_indicators
from auditlib.parameters import Parameters
from auditlib.results import Indicator
from auditlib.schemas import DISPUTES, FINDINGS, INSOLVENCIES, INTAKE, REGISTER, REJECTED, empty
from benchmarks.ledgers import LAST_DAY, customers_of, synthetic_movements

__all__ = ["all_indicators", "main"]


def intake_of(movements: pd.DataFrame, customers: pd.DataFrame) -> Intake:
    """Return an intake of these lines and nothing else."""
    nothing = pd.DataFrame({"customer_id": pd.Series([], dtype="str"), "amount_cents": pd.Series([], dtype="int64")})
    return Intake(
        movements=movements, customers=customers, disputes=empty(DISPUTES), insolvencies=empty(INSOLVENCIES),
        second_sources=(), deposits=nothing,
        outside=nothing.rename(columns={"customer_id": "account"}), intake=empty(INTAKE), rejected=empty(REJECTED),
        findings=empty(FINDINGS), register=empty(REGISTER), basis="ledger", currency="EUR", has_document_dates=True,
        has_dispute_information=False, history_start=movements["posting_date"].min().date())


def all_indicators(intake: Intake, parameters: Parameters) -> dict[str, Indicator]:
    """Match the lines and compute what INDICATORS.md 4 names of stock and flows, with the 36 month ends replayed."""
    ledger = build_ledger(intake.movements, as_of_date=LAST_DAY, method=parameters.method)
    evidence = Evidence(intake, parameters, LAST_DAY, ledger)
    history = replay_history(evidence)
    balances = concentration.exposures(customer_table(evidence))
    return main_indicators(evidence, balances, history)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Print the elapsed and the processor time of a block, in seconds."""
    start, used = time.perf_counter(), time.process_time()
    yield
    print(f"{name}={time.perf_counter() - start:.3f}", f"{name}_processor={time.process_time() - used:.3f}")


def main(items: int, *, chapters: bool = True) -> None:
    """Write the lines as a run writes them, read them back, audit them, and print seconds and MB."""
    parameters = Parameters.model_validate({
        "client": "scale", "as_of_date": LAST_DAY, "documents": ".", "nda": {"allow_unsigned": True},
        "method": {"default_terms": "30 days", "evolution_months": 36},
        "economics": {"financing_rate": 0.055, "margin_rate": 0.08, "vat_rate": 0.2}})
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.whole", "--items", str(items), "--write", folder]
        subprocess.run(command, check=True)  # noqa: S603 our own; drawing lines takes memory that is not the audit's
        with _told("read"):
            movements = artifacts.read(folder, "movements")
        customers = artifacts.read(folder, "customers")
    intake = intake_of(movements, customers)
    with _told("indicators"):
        all_indicators(intake, parameters)
    print(f"peak={resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
    if chapters:
        with _told("compute"):
            compute(intake, parameters=parameters, as_of_date=LAST_DAY)
        print(f"peak_compute={resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


def write(items: int, folder: Path) -> None:
    """Draw a ledger and write it as a run does."""
    movements = synthetic_movements(items)
    artifacts.write(folder, "movements", movements)
    artifacts.write(folder, "customers", customers_of(movements))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1_000_000, help="ledger lines, about")
    parser.add_argument("--write", type=Path, help="only write the lines there")
    parser.add_argument("--no-chapters", action="store_true", help="leave out the whole `compute`")
    arguments = parser.parse_args()
    if arguments.write:
        write(arguments.items, arguments.write)
    else:
        main(arguments.items, chapters=not arguments.no_chapters)
