"""The workbook of the auditor's adjustments: made beside the parameters file, or its lists renewed and nothing else."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from auditlib.adjustment_picks import adjustment_picks
from auditlib.adjustment_words import adjustments_path
from auditlib.adjustments import adjust
from auditlib.deliver.adjustments_workbook import new_adjustments, renewed_adjustments
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.ledger import build_ledger
from auditlib.run.engagement import Engagement, open_engagement
from auditlib.run.private_file import replace_file

__all__ = ["AdjustmentsReport", "write_adjustments"]


@dataclass(frozen=True)
class AdjustmentsReport:
    """What the workbook holds now.

    Attributes
    ----------
    path : Path
    is_new : bool
    proposals, items : int
        Matches and open items to pick from.
    rows : DataFrame
        `schemas.ADJUSTMENTS`: what is written, each applied or rejected.
    """

    path: Path
    is_new: bool
    proposals: int
    items: int
    rows: pd.DataFrame


def write_adjustments(client: str | Path, *, as_of_date: str = "", language: str = "") -> AdjustmentsReport:
    """Make the workbook of adjustments of a client, or write its list of items and proposed matches anew.

    Parameters
    ----------
    client : str or Path
        Name of ``parameters/<client>.yaml``, or the path of a parameters file.
    as_of_date, language : str
        Empty: as the parameters file says.

    Raises
    ------
    BadInputError
        If the agreement is not signed, a document or the workbook cannot be read, or there are no items to correct.
        What the auditor wrote is never touched.
    """
    audit = open_engagement(client, as_of_date=as_of_date, language=language)
    picks, rows = _picks(audit)
    path = adjustments_path(audit.parameters.source, audit.parameters.client)
    formats = Formats(language=audit.language, currency=audit.documents().currency)
    _ = formats.gettext
    heading = [_("{client} – pièces ouvertes au {date} – montants TTC, crédits négatifs").format(
        client=audit.parameters.title, date=formats.short_date(audit.as_of_date))]
    is_new = not path.is_file()
    content = new_adjustments(picks, heading=heading, formats=formats) if is_new else renewed_adjustments(
        path, picks, heading=heading, formats=formats)
    try:
        replace_file(path, content)
    except OSError as problem:
        raise BadInputError(f"{path.name}: cannot be written; close it in the spreadsheet and try again") from problem
    proposals = int((picks["change"] != "").sum())
    return AdjustmentsReport(path, is_new, proposals, len(picks) - proposals, rows)


def _picks(audit: Engagement) -> tuple[pd.DataFrame, pd.DataFrame]:
    intake, parameters = audit.documents(), audit.parameters
    if intake.basis == "aged_balance":
        raise BadInputError(f"{parameters.client}: an aged balance gives no items to correct; a debtor's type is "
                            "decided in the parameters file, under segments.overrides")
    corrected = adjust(intake, audit.adjustments(), language=audit.language)
    ledger = build_ledger(corrected.intake.movements, as_of_date=audit.as_of_date, method=parameters.method,
                          replayable=intake.basis in ("ledger", "invoice_list"), accepted=corrected.intake.accepted)
    return adjustment_picks(corrected, movements=intake.movements, ledger=ledger), corrected.rows
