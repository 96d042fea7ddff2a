"""Whether preventive action would help this client: each measure of prevention read in words, with its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditlib.formats import Formats
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["LABELS", "Reading", "prevention_readings", "prevention_verdict"]

LABELS: dict[str, str] = {
    "late_at_due": N_("Non payé le soir de l’échéance"),
    "late_with_reminder": N_("Non payé à l’échéance, avec une relance avant"),
    "late_without_reminder": N_("Non payé à l’échéance, sans relance avant"),
    "disputed_after_due": N_("Litiges connus seulement après l’échéance"),
    "cancelled_invoices": N_("Factures annulées en entier par un avoir"),
    "rebilled_invoices": N_("dont refacturées au même montant"),
    "over_limit": N_("Facturé au-dessus de la limite de crédit"),
}
SENTENCES: dict[str, str] = {
    "late_at_due": N_("{share} des montants échus sur la période n’étaient pas payés le soir de l’échéance."),
    "late_with_reminder": N_("Relancés avant l’échéance, {share} des montants n’étaient pas payés à cette date."),
    "late_without_reminder": N_("Sans relance avant l’échéance, {share} des montants n’étaient pas payés à cette "
                                "date."),
    "disputed_after_due": N_("{share} des montants en litige ont été contestés après l’échéance : un contact avant "
                             "l’aurait montré plus tôt."),
    "cancelled_invoices": N_("{share} des montants facturés ont été annulés en entier par un avoir : facture fausse, "
                             "refusée ou mal adressée."),
    "rebilled_invoices": N_("{share} des montants facturés ont été refacturés au même montant : le client a payé plus "
                            "tard ce qu’il aurait pu payer à l’échéance."),
    "over_limit": N_("{share} des montants facturés aux clients qui ont une limite l’ont été au-delà : la commande a "
                     "été acceptée sans contrôle, ou la limite n’est pas à jour."),
}
THRESHOLDS: dict[str, float] = {
    "disputed_after_due": 0.50, "cancelled_invoices": 0.02, "rebilled_invoices": 0.01,
    "over_limit": 0.10}
"""Share of the amount from which a measure speaks for prevention."""
FEWEST_CASES = 5
"""Fewer items tell nothing, whatever their share."""
GAIN = 0.05
"""A reminder before the due date helps when it lowers the late share by so much."""
NO_CASE = N_("Aucun cas sur la période.")
FOR, AGAINST, SILENT = N_("plaide pour"), N_("ne plaide pas pour"), N_("trop peu de cas")


@dataclass(frozen=True)
class Reading:
    """One measure of prevention.

    Attributes
    ----------
    measure, label : str
    share : float or None
        Of the amounts; None where `sentence` says why. [share 0–1]
    cases, of_cases : int
    cents, of_cents : int
        [cents, VAT included]
    sentence, verdict : str
        ``verdict`` is empty where there is no share, or nothing to judge.
    speaks_for : bool
        Whether it shows that acting before the due date would help.
    """

    measure: str
    label: str
    share: float | None
    cases: int
    of_cases: int
    cents: int
    of_cents: int
    sentence: str
    verdict: str
    speaks_for: bool


def prevention_readings(results: "AuditResults", *, formats: Formats) -> tuple[Reading, ...]:
    """Return each measure of `auditlib.prevention_chapter` with what it says; none where the run has none."""
    if results.prevention.empty:
        return ()
    rows = results.prevention.to_dict("records")
    shares = {row["measure"]: None if row["share"] != row["share"] else row["share"] for row in rows}
    return tuple(_reading(row, shares, formats) for row in rows)


def prevention_verdict(readings: tuple[Reading, ...], *, formats: Formats) -> str:
    """Say in a sentence whether the figures call for preventive action."""
    _ = formats.gettext
    judged = [one for one in readings if one.verdict and one.verdict != _(SILENT)]
    if not judged:
        return _("Les documents ne permettent pas de dire si une action avant l’échéance serait utile.")
    pleading = [one.label for one in judged if one.speaks_for]
    if not pleading:
        return _("Aucune des mesures connues ne montre qu’agir avant l’échéance changerait beaucoup : l’effort va "
                 "d’abord à la relance.")
    return _("Mesures qui montrent qu’agir avant l’échéance est utile ici : {count} sur {total} ({names}).").format(
        count=len(pleading), total=len(judged), names=" ; ".join(pleading).lower())


def _reading(row: Mapping[Any, Any], shares: Mapping[str, float | None], formats: Formats) -> Reading:
    _, name = formats.gettext, str(row["measure"])
    share, speaks = shares[name], _speaks(name, shares)
    few = int(row["cases"]) < FEWEST_CASES and name in THRESHOLDS and speaks
    verdict = "" if share is None or speaks is None else SILENT if few else FOR if speaks else AGAINST
    sentence = _(SENTENCES[name] if row["cases"] else NO_CASE).format(
        share=formats.share(share)) if share is not None else formats.stored(str(row["reason"]))
    return Reading(name, _(LABELS[name]), share, int(row["cases"]), int(row["of_cases"]), int(row["cents"]),
                   int(row["of_cents"]), sentence, _(verdict), bool(speaks) and not few)


def _speaks(name: str, shares: Mapping[str, float | None]) -> bool | None:
    """Tell whether a measure speaks for prevention; None where it is not to be judged by itself."""
    share = shares[name]
    if name in THRESHOLDS:
        return None if share is None else share >= THRESHOLDS[name]
    without = shares["late_without_reminder"]
    if name == "late_with_reminder" and share is not None and without is not None:
        return without - share >= GAIN
    return None
