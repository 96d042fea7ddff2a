"""Time spent on collection: what one person has to look after, from the client's figures and what he says."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditlib.answers import InterviewAnswers
from auditlib.formats import Formats
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["Workload", "collection_time"]

WEEKS = 52
NO_PEOPLE = N_("Le nombre de personnes n'a pas été indiqué dans l'entretien.")
NO_HOURS = N_("Les heures par semaine n'ont pas été indiquées dans l'entretien.")
NO_COST = N_("Le coût horaire n'a pas été indiqué dans l'entretien.")
NO_ITEMS = N_("Le détail des pièces n'est pas connu.")
NO_INVOICES = N_("Les factures de la période ne sont pas connues.")
NONE_LATE = N_("Aucune pièce n'est échue.")


@dataclass(frozen=True)
class Workload:
    """One figure of time spent: its value and unit, or the reason there is none, in words.

    Attributes
    ----------
    code, label : str
    value : float or None
        In `unit`: persons, hours, minutes, count, amount [currency units] or amount_per_year.
    unit, reason : str
    """

    code: str
    label: str
    value: float | None
    unit: str
    reason: str = ""

    def written(self, formats: Formats) -> str:
        """Write the value with its unit, or "non disponible"."""
        _ = formats.gettext
        if self.value is None:
            return _("non disponible")
        if self.unit.startswith("amount"):
            return formats.measure(self.value, self.unit)
        number = formats.short_number(self.value, digits=1)
        return {"hours": _("{number} h"), "minutes": _("{number} min")}.get(self.unit, "{number}").format(number=number)


def collection_time(
    results: "AuditResults", *, answers: InterviewAnswers, formats: Formats,
) -> tuple[Workload, ...]:
    """Return what was said of people and hours, and what falls to one person.

    Parameters
    ----------
    results : AuditResults
    answers : InterviewAnswers
        ``time``.
    formats : Formats

    Returns
    -------
    tuple of Workload
        Amounts VAT included.
    """
    _ = formats.gettext
    people, hours, cost = answers.time.people, answers.time.hours_a_week, answers.time.hourly_cost
    items = results.open_items
    late = int(((items["days_overdue"] > 0) & (items["residual_cents"] > 0)).sum()) if len(items) else None
    billed = results.summary["indicators"].get("dilution_rate", {})
    months = billed.get("window_months")
    invoices = billed["basis_items"] / months if billed.get("value") is not None and months else None
    net = float(results.customers["net_overdue_cents"].sum()) / 100
    alone = {"people": _(NO_PEOPLE) if people is None else "", "hours": _(NO_HOURS) if hours is None else ""}

    def each(code: str, label: str, total: float | None, unit: str, missing: str) -> Workload:
        if total is None or people is None:
            return Workload(code, label, None, unit, _(missing) if total is None else alone["people"])
        return Workload(code, label, total / people, unit)

    return (
        Workload("people", _("Personnes au recouvrement (équivalent temps plein)"), people, "persons", alone["people"]),
        Workload("hours", _("Heures par semaine"), hours, "hours", alone["hours"]),
        each("invoices", _("Factures émises par mois et par personne"), invoices, "count", NO_INVOICES),
        each("late_items", _("Pièces échues par personne"), late, "count", NO_ITEMS),
        each("net_overdue", _("Échu net par personne"), net, "amount", NO_ITEMS),
        _minutes(formats, late, hours),
        _cost(formats, hours, cost),
    )


def _minutes(formats: Formats, late: int | None, hours: float | None) -> Workload:
    _ = formats.gettext
    label = _("Minutes par semaine et par pièce échue")
    if hours is None or not late:
        reason = NO_HOURS if hours is None else NO_ITEMS if late is None else NONE_LATE
        return Workload("minutes", label, None, "minutes", _(reason))
    return Workload("minutes", label, hours * 60 / late, "minutes")


def _cost(formats: Formats, hours: float | None, cost: float | None) -> Workload:
    _ = formats.gettext
    label = _("Coût du temps passé, sur 52 semaines")
    if hours is None or cost is None:
        return Workload("cost", label, None, "amount_per_year", _(NO_HOURS if hours is None else NO_COST))
    return Workload("cost", label, hours * WEEKS * cost, "amount_per_year")
