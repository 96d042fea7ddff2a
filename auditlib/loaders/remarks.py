"""Findings of the reading itself: what an auditor must know about how a file was understood."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from auditlib.loaders.buckets_map import Bucket
from auditlib.loaders.columns_map import MappedColumn
from auditlib.loaders.date_values import DateOrder, Forms, forms_of
from auditlib.loaders.grid import Mask, Note
from auditlib.loaders.parsed import Parsed
from auditlib.loaders.sheet_amounts import unread_sides
from auditlib.loaders.type_signs import SignVerdict
from auditlib.schemas import FINDINGS, empty
from auditlib.texts import N_
from auditlib.told import Figure, Part, packed, told

__all__ = ["Remarks"]


class Remarks:
    """Findings gathered while a sheet is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[dict[str, Any]] = []

    def add(
        self, finding: str, severity: str, sentence: str, *, rows: int = 0, amount_cents: int = 0, **figures: Figure,
    ) -> None:
        """Record one; the sentence is French, with places for its figures, and is told after the file's name."""
        msgid = N_("{file} : {remark}")
        kept = packed({"file": self.name, "remark": [Part(sentence, figures)]})
        self.found.append({
            "finding": finding, "severity": severity, "rows": rows, "amount_cents": amount_cents,
            "sentence": told(msgid, kept), "msgid": msgid, "figures": kept})

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
            N_("les sommes dues sont imprimées en négatif ; les signes ont été inversés."),
            rows=rows,
        )

    def about_types(self, verdict: SignVerdict) -> None:
        """Tell what was made of credit notes and payments that are printed without a minus sign."""
        if verdict.name == "by_type":
            self.add(
                "credits_signed_by_type", "serious",
                N_("{count} avoirs ou règlements, reconnus à leur type de pièce, sont imprimés sans signe ; ils sont "
                   "comptés en moins."), rows=verdict.rows, amount_cents=verdict.amount_cents, count=verdict.rows)
        if verdict.name == "contradicted":
            self.add(
                "credits_printed_positive", "serious",
                N_("{count} avoirs ou règlements, d'après leur type de pièce, sont imprimés en plus, et le total "
                   "imprimé les compte ainsi ; ils sont laissés tels quels, à vérifier (mapping, sign: by_type)."),
                rows=verdict.rows, amount_cents=verdict.amount_cents, count=verdict.rows)

    def about_sides(self, parsed: Parsed, loaded: Mask) -> None:
        """Tell of debits or credits printed negative, and of marks not understood: those keep the sign printed."""
        for mapped in parsed.columns:
            if mapped.role in parsed.turned:
                self.add(
                    "side_printed_negative", "info",
                    N_("colonne « {column} » : imprimée avec un signe moins, lue sans ce signe."),
                    rows=int((parsed.amounts[mapped.role].cents[loaded] != 0).sum()), column=mapped.header)
        unread = unread_sides(parsed.texts("side")) & loaded
        if not unread.any():
            return
        marks = sorted(set(parsed.texts("side").filter(unread).to_pylist()))
        role = next((name for name in ("amount_cents", "open_amount_cents") if name in parsed.amounts), "")
        self.add(
            "side_not_understood", "serious",
            N_("{count} lignes dont le sens ({marks}) n'est ni débit ni crédit ; leur montant est pris avec le signe "
               "imprimé, à vérifier."), rows=int(unread.sum()), count=int(unread.sum()), marks=", ".join(marks[:5]),
            amount_cents=int(parsed.amounts[role].cents[unread].sum()) if role else 0)

    def about_dates(self, parsed: Parsed, loaded: Mask) -> None:
        """Tell how day and month were told apart, and which dates of the loaded rows could not be read."""
        for mapped in parsed.columns:
            bad = int(parsed.dates[mapped.role].is_bad[loaded].sum()) if mapped.role in parsed.dates else 0
            if bad:
                self.add(
                    "dates_unreadable",
                    "warning",
                    N_("colonne « {column} » : {bad} dates illisibles, laissées vides."),
                    rows=bad,
                    column=mapped.header,
                    bad=bad,
                )
            self._about_forms(mapped, forms_of(parsed.texts(mapped.role)) if mapped.role in parsed.dates else Forms())
        self.about_order(parsed.order)

    def about_order(self, order: DateOrder) -> None:
        """Tell what was assumed of the order of day and month."""
        if not order.is_evident:
            self.add(
                "date_order_not_evident",
                "warning",
                N_("aucune date ne permet de distinguer le jour du mois ; lecture jour/mois/année retenue."),
            )
        if order.is_mixed:
            self.add(
                "date_order_mixed",
                "serious",
                N_("certaines dates ne se lisent qu'en jour/mois et d'autres qu'en mois/jour ; l'ordre majoritaire est "
                   "retenu, à vérifier."),
            )

    def _about_forms(self, mapped: MappedColumn, forms: Forms) -> None:
        """Tell of a column with dates of two forms: both are read, unless a spreadsheet may have turned some."""
        if not (forms.year_first and forms.year_last):
            return
        if forms.may_be_swapped:
            self.add(
                "dates_may_be_swapped", "serious",
                N_("colonne « {column} » : {first} dates écrites année/mois/jour et {last} avec l'année à la fin ; "
                   "aucune des premières n'a de jour au-delà du 12 : un tableur a pu y inverser jour et mois, à "
                   "vérifier sur le fichier d'origine."),
                rows=forms.year_first, column=mapped.header, first=forms.year_first, last=forms.year_last)
        else:
            self.add(
                "date_forms_mixed", "info",
                N_("colonne « {column} » : {first} dates écrites année/mois/jour et {last} avec l'année à la fin ; les "
                   "deux sont lues."),
                rows=forms.year_last, column=mapped.header, first=forms.year_first, last=forms.year_last)

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
                    N_("{rounded} montants de la colonne « {column} » ont plus de deux décimales ; arrondis au "
                       "centime, effet {effect} centime(s) sur le total."),
                    rows=rounded,
                    amount_cents=effect,
                    rounded=rounded,
                    column=mapped.header,
                    effect=effect,
                )
            if not amounts.is_decimal_evident:
                self.add(
                    "decimal_mark_not_evident",
                    "warning",
                    N_("colonne « {column} » : rien ne distingue séparateur de milliers et séparateur décimal."),
                    column=mapped.header,
                )

    def about_ages(self, buckets: Iterable[Bucket], roles: set[str]) -> None:
        """Tell that nothing says what is older than the last age read: an age in words not understood, perhaps."""
        ends = [bucket.to_days for bucket in buckets if bucket.label != "unallocated_credits"]
        days = [end for end in ends if end is not None]
        if days and len(days) == len(ends) and "total_cents" not in roles:
            self.add(
                "oldest_age_missing", "serious",
                N_("la dernière tranche d'âge lue s'arrête à {days} jours et aucune colonne de total n'est reconnue ; "
                   "ce qui est plus ancien n'est peut-être pas compté, à vérifier."), days=max(days))

    def about_settlements(self, table: pd.DataFrame) -> None:
        """Tell of open items that have a settlement date and something left open."""
        if "settlement_date" not in table:
            return
        amount = table["open_amount_cents" if "open_amount_cents" in table else "amount_cents"]
        settled = table["settlement_date"].notna() & (amount != 0)
        if settled.any():
            self.add(
                "settlement_not_applied",
                "warning",
                N_("{count} lignes portent à la fois un montant restant dû et une date de règlement ; le montant "
                   "restant dû fait foi."),
                count=int(settled.sum()),
                rows=int(settled.sum()),
                amount_cents=int(amount[settled].sum()),
            )
