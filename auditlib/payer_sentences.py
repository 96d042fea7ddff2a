"""The evidence of each payer's profile in words, with his own figures."""

import math
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from auditlib.formats import Formats
from auditlib.payers import TREND
from auditlib.settings import PayerRules

__all__ = ["evidence_sentences"]

BEFORE, AFTER = TREND[-7], TREND[-1]
"""Trend of two quarters ago, and of today."""
WELL_TIMED = frozenset((
    "punctual", "short_late", "slow", "negligent", "slipping", "irregular", "part_paying", "disputing", "silent"))
"""Profiles of customers with enough payments to say how late they come."""


def evidence_sentences(payers: pd.DataFrame, *, rules: PayerRules, months: int, formats: Formats) -> list[str]:
    """Say for each customer why he has his profile.

    Parameters
    ----------
    payers : DataFrame
        ``profile`` and the measures it rests on.
    rules : PayerRules
    months : int
        Of the window.
    formats : Formats

    Returns
    -------
    list of str
        One a customer, in the order given.
    """
    writer = _Writer(rules, months, formats)
    return [writer.sentence(row) for row in payers.to_dict("records")]


class _Writer:
    """Writes sentences; figures that recur are formatted once."""

    def __init__(self, rules: PayerRules, months: int, formats: Formats) -> None:
        self.rules, self.months, self.formats, self.say = rules, months, formats, formats.gettext
        self._written: dict[tuple[str, float], str] = {}

    def number(self, value: float) -> str:
        return self._once("number", round(value, 1), lambda number: self.formats.short_number(number, digits=1))

    def share(self, value: float) -> str:
        return self._once("share", round(value, 3), self.formats.share)

    def _once(self, kind: str, value: float, write: Callable[[float], str]) -> str:
        if (kind, value) not in self._written:
            self._written[kind, value] = write(value)
        return self._written[kind, value]

    @cached_property
    def texts(self) -> dict[str, str]:
        """The sentences in the reader's language, looked up once."""
        _ = self.say
        return {
            "silent": _("Aucun règlement depuis {days} jours alors que {amount} sont échus."),
            "broken": _("Promesses de règlement non tenues : {broken} sur {promises}."),
            "direct_debit": _("Factures réglées par prélèvement : {count} ; ses habitudes de paiement ne se mesurent "
                              "pas."),
            "new": _("Factures réglées en {months} mois : {count} ; il en faut {minimum} pour un profil."),
            "disputing": _("Part contestée du montant facturé : {share}."),
            "part_paying": _("Factures payées en plusieurs fois ou restées entamées : {share}."),
            "negligent": _("Factures payées en retard : {late} ; réglées dans les {chase} jours d’une relance ou d’un "
                           "appel : {chased}."),
            "undetermined": _("Factures réglées dont l’échéance est connue : {dated} sur {count} ; trop peu pour "
                              "mesurer un retard."),
            "slipping": _("Écart moyen à l’échéance passé de {before} à {after} jours en deux trimestres."),
            "habit": _("Factures réglées en {months} mois : {count} ; payées {delay} en moyenne pondérée, neuf sur dix "
                       "à {p90} jours au plus."),
            "spread": _("La moitié centrale des factures se tient en {spread} jours."),
            "late": _("{days} jours après l’échéance"),
            "early": _("{days} jours avant l’échéance"),
            "on_time": _("à l’échéance"),
            "kept": _("Promesses tenues : {kept} sur {judged}."),
            "estimated": _("Échéance supposée pour {share} du montant réglé."),
        }

    def sentence(self, row: Mapping[Any, Any]) -> str:
        parts = [self._reason(row)]
        if row["profile"] in WELL_TIMED and row["dated_invoices"] >= self.rules.minimum_invoices:
            parts.append(self._habit(row))
        if row["profile"] in ("short_late", "slow", "irregular"):
            parts.append(self.texts["spread"].format(spread=self.number(row["days_late_spread"])))
        judged = row["promises_kept"] + row["promises_broken"]
        if judged:
            parts.append(self.texts["kept"].format(kept=row["promises_kept"], judged=judged))
        if row["share_estimated"] > 0:
            parts.append(self.texts["estimated"].format(share=self.share(row["share_estimated"])))
        return " ".join(filter(None, parts))

    def _reason(self, row: Mapping[Any, Any]) -> str:
        profile = row["profile"]
        if profile == "silent":
            return self._silence(row)
        if profile not in self.texts:
            return ""
        return self.texts[profile].format(
            months=self.months, minimum=self.rules.minimum_invoices, dated=row["dated_invoices"],
            count=row["direct_debit_invoices" if profile == "direct_debit" else "paid_invoices"],
            share=self._part(row["disputed_share" if profile == "disputing" else "part_paid_share"]),
            before=self._days(row[BEFORE]), after=self._days(row[AFTER]), late=row["late_invoices"],
            chase=self.rules.chase_days, chased=row["chased_invoices"])

    def _silence(self, row: Mapping[Any, Any]) -> str:
        said = []
        if row["net_overdue_cents"] > 0 and row["silent_days"] >= self.rules.silent_days:
            said.append(self.texts["silent"].format(
                days=self.number(row["silent_days"]), amount=self.formats.cents(row["net_overdue_cents"])))
        if row["promises_broken"] >= self.rules.broken_promises:
            said.append(self.texts["broken"].format(broken=row["promises_broken"], promises=row["promises"]))
        return " ".join(said)

    def _habit(self, row: Mapping[Any, Any]) -> str:
        late = round(row["days_beyond_terms"], 1)
        name = "late" if late > 0 else "early" if late < 0 else "on_time"
        return self.texts["habit"].format(
            months=self.months, count=row["paid_invoices"], p90=self.number(row["days_late_p90"]),
            delay=self.texts[name].format(days=self.number(abs(late))))

    def _part(self, share: float) -> str:
        return "" if math.isnan(share) else self.share(share)

    def _days(self, days: float) -> str:
        return "" if math.isnan(days) else self.number(days)
