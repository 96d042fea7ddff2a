"""The practice's view over all its clients' latest results."""

from pathlib import Path
from typing import Any

import pandas as pd

from auditlib.run import places

__all__ = ["portfolio"]

INDICATORS = ("overdue_rate", "dso", "recovery_rate_1m")


def portfolio(outputs: Path | None = None) -> pd.DataFrame:
    """Return one row per client, from the latest finished run of each.

    Parameters
    ----------
    outputs : Path, optional
        The project's ``outputs/`` when absent.

    Returns
    -------
    DataFrame
        client, as_of_date, currency, receivable and overdue [currency, VAT included], overdue_rate and
        recovery_rate_1m [share 0–1], dso [days], ties. A figure that is not available is NaN.
    """
    folder = outputs or places.home_of() / "outputs"
    clients = sorted(path.name for path in folder.glob("[!.]*") if path.is_dir())
    latest = [runs[-1] for client in clients if (runs := places.finished_runs(folder, client))]
    rows = [_row(places.summary_of(run)) for run in latest]
    columns = ["client", "as_of_date", "currency", "receivable", "overdue", *INDICATORS, "ties"]
    return pd.DataFrame(rows, columns=columns)


def _row(summary: dict[str, Any]) -> dict[str, Any]:
    figures = {name: summary["indicators"].get(name, {}).get("value") for name in INDICATORS}
    return {
        "client": summary["client"], "as_of_date": summary["as_of_date"], "currency": summary["currency"],
        "receivable": summary["receivable"]["total"], "overdue": summary["receivable"]["overdue"],
        **figures, "ties": summary["reconciliation"]["ties"],
    }
