"""Findings of the reading itself: what an auditor must know about how a file was understood."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from auditlib.loaders.date_values import DateOrder
from auditlib.loaders.grid import Mask, Note
from auditlib.loaders.parsed import Parsed
from auditlib.schemas import FINDINGS, empty

__all__ = ["Remarks"]


class Remarks:
    """Findings gathered while a sheet is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[dict[str, Any]] = []

    def add(self, finding: str, severity: str, sentence: str, *, rows: int = 0, amount_cents: int = 0) -> None:
        """Record one; the sentence is French and is printed after the file's name."""
        self.found.append(
            {
                "finding": finding,
                "severity": severity,
                "rows": rows,
                "amount_cents": amount_cents,
                "sentence": f"{self.name} : {sentence}",
            }
        )

    def frame(self) -> pd.DataFrame:
        """Return them as `schemas.FINDINGS`."""
        return pd.DataFrame(self.found) if self.found else empty(FINDINGS)

    def about_writing(self, notes: Iterable[Note]) -> None:
        """Tell what is odd in the way the file is written."""
        for finding, severity, sentence in notes:
            self.add(finding, severity, sentence)

    def about_signs(self, rows: int) -> None:
        """Tell that what is owed was printed with a minus sign."""
        self.add(
            "sign_inverted",
            "serious",
            "les sommes dues sont imprimées en négatif ; les signes ont été inversés.",
            rows=rows,
        )

    def about_dates(self, parsed: Parsed, loaded: Mask) -> None:
        """Tell how day and month were told apart, and which dates of the loaded rows could not be read."""
        for mapped in parsed.columns:
            bad = int(parsed.dates[mapped.role].is_bad[loaded].sum()) if mapped.role in parsed.dates else 0
            if bad:
                self.add(
                    "dates_unreadable",
                    "warning",
                    f"colonne « {mapped.header} » : {bad} dates illisibles, laissées vides.",
                    rows=bad,
                )
        self.about_order(parsed.order)

    def about_order(self, order: DateOrder) -> None:
        """Tell what was assumed of the order of day and month."""
        if not order.is_evident:
            self.add(
                "date_order_not_evident",
                "warning",
                "aucune date ne permet de distinguer le jour du mois ; lecture jour/mois/année retenue.",
            )
        if order.is_mixed:
            self.add(
                "date_order_mixed",
                "serious",
                "certaines dates ne se lisent qu'en jour/mois et d'autres qu'en mois/jour ; l'ordre majoritaire est "
                "retenu, à vérifier.",
            )

    def about_amounts(self, parsed: Parsed, loaded: Mask) -> None:
        """Tell of rounding in the loaded rows, and of decimal marks in doubt."""
        for mapped in parsed.columns:
            amounts = parsed.amounts.get(mapped.role)
            if amounts is None:
                continue
            rounding = amounts.rounding[loaded] if len(amounts.rounding) else amounts.rounding
            if rounded := int(np.count_nonzero(rounding)):
                effect = round(float(rounding.sum()))
                self.add(
                    "amounts_rounded",
                    "info",
                    f"{rounded} montants de la colonne « {mapped.header} » ont plus de deux décimales ; "
                    f"arrondis au centime, effet {effect} centime(s) sur le total.",
                    rows=rounded,
                    amount_cents=effect,
                )
            if not amounts.is_decimal_evident:
                self.add(
                    "decimal_mark_not_evident",
                    "warning",
                    f"colonne « {mapped.header} » : rien ne distingue séparateur de milliers et séparateur décimal.",
                )
