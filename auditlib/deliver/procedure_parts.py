"""Tables and charts of the collection procedure, for the report, the document the client adopts, and the screen."""

from auditlib.deliver.parts import Chart, Table, table
from auditlib.deliver.svg_flow import general_chart, kind_chart
from auditlib.flowchart import day_mark, general_flow, kind_flow
from auditlib.formats import Formats
from auditlib.procedure import Procedure, Treatment
from auditlib.scenario_texts import TEMPLATE_NAMES

__all__ = [
    "actions_table", "changes_table", "duties_table", "flow_chart", "kind_flow_chart", "stakes_table", "steps_table",
]


def flow_chart(procedure: Procedure, formats: Formats) -> Chart:
    """Draw the general flow."""
    flow = general_flow(procedure, formats)
    return Chart(flow.title, general_chart(flow), formats.gettext(
        "Les questions se posent avant chaque étape ; un oui suspend ou arrête la relance de la pièce."))


def kind_flow_chart(treatment: Treatment, formats: Formats) -> Chart:
    """Draw the flow of one kind of debtor, read by this client's figures."""
    said = treatment.sentence if not treatment.pace else f"{treatment.sentence} {treatment.pace}"
    return Chart(treatment.scenario.title, kind_chart(kind_flow(treatment, formats)), said)


def stakes_table(procedure: Procedure, formats: Formats) -> Table:
    """Set the kinds of debtor side by side: stakes, method, what a reminder is about."""
    _ = formats.gettext
    rows = [(one.scenario.title, formats.count(one.customers), formats.cents(one.net_overdue_cents),
             formats.cents(one.claim_cents), one.scenario.method, one.scenario.dunning_sentence)
            for one in procedure.treatments]
    return table([_("Débiteurs"), _("Clients"), _("Échu net"), _("À réclamer"), _("Méthode"), _("Relance")], "lrrrll",
                 rows, title=_("Enjeu et méthode par type de débiteur"), widths=(2, 0, 0, 0, 4, 3))


def actions_table(procedure: Procedure, formats: Formats, *, shown: int | None = None) -> Table:
    """List what to do now, the most urgent first, all of it or the first so many."""
    _ = formats.gettext
    rows = [(one.when, one.action + (f" ({_(TEMPLATE_NAMES[one.template])})" if one.template else ""), one.debtors,
             formats.count(one.customers), formats.cents(one.amount_cents), f"{one.owner}, {one.channel}",
             ", ".join(one.first)) for one in procedure.actions[:shown]]
    hidden = len(procedure.actions) - len(rows)
    title = _("À faire maintenant, par urgence")
    if hidden > 0:
        title = _("{title} : les {shown} premières actions sur {all}").format(
            title=title, shown=formats.count(len(rows)), all=formats.count(len(procedure.actions)))
    return table([_("Urgence"), _("Action (modèle)"), _("Débiteurs"), _("Clients"), _("Montant"),
                  _("Qui et comment"), _("D’abord")], "lllrrll", rows, title=title, widths=(0, 4, 3, 0, 0, 4, 4))


def duties_table(procedure: Procedure, formats: Formats) -> Table:
    """List the roles: who holds each, and what it does."""
    _ = formats.gettext
    rows = [(one.role, one.holder, ", ".join(one.steps), formats.count(one.customers))
            for one in procedure.duties]
    return table([_("Rôle"), _("Titulaire"), _("Étapes"), _("Clients suivis")], "lllr", rows, title=_("Qui fait quoi"),
                 widths=(2, 3, 6, 0))


def changes_table(procedure: Procedure, formats: Formats) -> Table:
    """Set what the client said he does today beside what the procedure asks."""
    _ = formats.gettext
    rows = [(one.subject, one.today, one.tomorrow) for one in procedure.changes]
    return table([_("Sujet"), _("Aujourd’hui"), _("Ce que demande la procédure")], "lll", rows,
                 title=_("Ce qui change"), widths=(2, 4, 6))


def steps_table(treatment: Treatment, formats: Formats) -> Table:
    """List the steps of one scenario."""
    _ = formats.gettext
    rows = [(day_mark(step.from_day, formats), step.name, f"{step.owner}, {step.channel}",
             _(TEMPLATE_NAMES[step.template]) or "–", step.content) for step in treatment.scenario.steps]
    return table([_("Jour"), _("Étape"), _("Qui et comment"), _("Modèle"), _("Contenu")], "lllll", rows,
                 widths=(0, 3, 3, 2, 7))
