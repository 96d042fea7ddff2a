"""What is odd about the entries of an FEC: unbalanced, without an amount, or with both sides filled."""

import numpy as np
import pandas as pd

from auditlib.loaders.quality import finding
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import cents
from auditlib.texts import N_
from auditlib.told import Amount

__all__ = ["entry_findings"]

NUMBERED = 0.5
"""Above this share of unbalanced entries, the numbers are those of lines, and say nothing of entries."""


def entry_findings(source: Source) -> list[pd.DataFrame]:
    """Say which entries do not balance, and which lines of customers have no amount, or two.

    Parameters
    ----------
    source : Source
        Of kind fec; another has no finding.
    """
    if source.kind != "fec" or source.entries.empty:
        return []
    debit, credit = cents(source.table, "debit_cents"), cents(source.table, "credit_cents")
    both, nil = (debit != 0) & (credit != 0), (debit == 0) & (credit == 0)
    found = _unbalanced(source)
    if both.any():
        net = int((debit - credit)[both].sum())
        found.append(finding(
            "both_sides_filled", "warning",
            N_("{file} : {rows} lignes clients portent à la fois un débit et un crédit ; leur différence est retenue "
               "({amount})."), rows=int(both.sum()), amount_cents=net,
            figures={"file": source.name, "rows": int(both.sum()), "amount": Amount(net)}))
    if nil.any():
        found.append(finding(
            "lines_without_amount", "info",
            N_("{file} : {rows} lignes clients sont à zéro au débit comme au crédit ; elles sont lues et ne changent "
               "aucun solde."), rows=int(nil.sum()), figures={"file": source.name, "rows": int(nil.sum())}))
    return found


def _unbalanced(source: Source) -> list[pd.DataFrame]:
    lines = source.entries
    signed = (lines["debit_cents"] - lines["credit_cents"]).to_numpy()
    total = int(signed.sum())
    gaps = np.bincount(lines["entry"].to_numpy(), weights=signed).astype(np.int64)
    broken = int(np.count_nonzero(gaps))
    if broken and broken <= NUMBERED * len(gaps):
        size = int(np.abs(gaps).sum())
        return [finding(
            "entries_unbalanced", "serious" if total else "warning",
            N_("{file} : {rows} écritures ne sont pas équilibrées (écarts de {size} au total) ; sur l'ensemble du "
               "fichier, débit moins crédit font {amount}."), rows=broken, amount_cents=size,
            figures={"file": source.name, "rows": broken, "size": Amount(size), "amount": Amount(total)})]
    if not total:
        return []
    return [finding(
        "entries_unbalanced", "serious", N_("{file} : sur l'ensemble du fichier, débit moins crédit font {amount}."),
        rows=len(lines), amount_cents=total, figures={"file": source.name, "amount": Amount(total)})]
