"""Findings of the loaders: one row each, its sentence kept with its figures, and their stacking by severity."""

from collections.abc import Iterable, Mapping

import pandas as pd

from auditlib.schemas import FINDINGS, empty, validate
from auditlib.told import Figure, packed, told

__all__ = ["finding", "stack_findings"]


def finding(
    name: str, severity: str, sentence: str, *, rows: int = 0, amount_cents: int = 0,
    figures: Mapping[str, Figure] | None = None,
) -> pd.DataFrame:
    """Return one row of `schemas.FINDINGS`.

    Parameters
    ----------
    name, severity : str
    sentence : str
        French; with a place in braces for each of the `figures`, so that it can be told in another language.
    rows : int
    amount_cents : int
        [cents, VAT included]
    figures : mapping of str, optional
        What fills the places (`auditlib.told`).

    Returns
    -------
    DataFrame
        The sentence in French, and beside it ``msgid`` and ``figures``, "" where it has no figures apart.
    """
    kept = "" if figures is None else packed(figures)
    return pd.DataFrame([{
        "finding": name, "severity": severity, "rows": rows, "amount_cents": amount_cents,
        "sentence": told(sentence, kept) if kept else sentence, "msgid": sentence if kept else "", "figures": kept}])


def stack_findings(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Stack findings, the serious ones first."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return empty(FINDINGS)
    stacked = pd.concat(
        [part.astype({"finding": "str", "severity": "str"}) for part in filled], ignore_index=True
    ).fillna({"msgid": "", "figures": ""}).drop_duplicates()
    rank = stacked["severity"].map({"serious": 0, "warning": 1, "info": 2})
    return validate(stacked.iloc[rank.argsort(kind="stable")], FINDINGS)
