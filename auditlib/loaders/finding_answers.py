"""The client's answers to the findings of a draft report, as his documents give them."""

from collections.abc import Iterable

import pandas as pd

from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import dates, texts
from auditlib.schemas import ANSWERS, empty, validate

__all__ = ["finding_answers"]


def finding_answers(sources: Iterable[Source]) -> pd.DataFrame:
    """Return the answers of all files; of two to one finding, the one read last stands.

    Parameters
    ----------
    sources : iterable of Source
        In the order read.

    Returns
    -------
    DataFrame, schema ANSWERS
    """
    parts = [pd.DataFrame({
        **{role: texts(source.table, role) for role in ("finding", "answer", "owner", "decision")},
        "due_date": dates(source.table, "due_date"), "source_file": source.file, "source_sheet": source.sheet,
        "source_row": source.table["source_row"]}) for source in sources if source.kind == "finding_answers"]
    if not parts:
        return empty(ANSWERS)
    return validate(pd.concat(parts, ignore_index=True).drop_duplicates("finding", keep="last"), ANSWERS)
