"""Sections of the collection procedure: the general flow with what to do now, and the scenario of each debtor."""

from auditlib.deliver.parts import Section, Table, table
from auditlib.deliver.procedure_parts import (
    actions_table,
    changes_table,
    duties_table,
    flow_chart,
    kind_flow_chart,
    stakes_table,
)
from auditlib.formats import Formats
from auditlib.procedure import Procedure

__all__ = ["procedure_sections"]

ACTIONS_SHOWN = 15


def procedure_sections(procedure: Procedure, formats: Formats) -> tuple[Section, ...]:
    """Compose "Que faire, quand, et par qui ?" and "Comment suivre chaque débiteur ?"; none where nobody owes."""
    if not procedure.treatments:
        return ()
    return _general(procedure, formats), _by_debtor(procedure, formats)


def _general(procedure: Procedure, formats: Formats) -> Section:
    _ = formats.gettext
    missing = [one.subject for one in procedure.changes if not one.is_answered]
    action = _("Nommer un titulaire et un remplaçant par rôle, adopter la procédure (document joint) et noter chaque "
               "relance le jour même.")
    if missing:
        action += " " + _("Restent à préciser avec le client : {subjects}.").format(
            subjects=", ".join(missing))
    return Section(
        "procedure", _("La procédure de recouvrement"), _("Que faire, quand, et par qui ?"), procedure.sentence,
        charts=(flow_chart(procedure, formats),),
        tables=(actions_table(procedure, formats, shown=ACTIONS_SHOWN), duties_table(procedure, formats),
                changes_table(procedure, formats)),
        meaning=_("On ne réclame que l’échu net, jamais une part contestée, une retenue, une société du groupe ni un "
                  "débiteur en procédure ; après une mise en demeure on agit, on ne revient pas aux relances."),
        action=action)


def _by_debtor(procedure: Procedure, formats: Formats) -> Section:
    _ = formats.gettext
    return Section(
        "scenarios", _("Le scénario de chaque type de débiteur"), _("Comment suivre chaque débiteur, jour par jour ?"),
        _("Un scénario par type de débiteur que le client a vraiment ; le premier qui s’applique l’emporte."),
        charts=tuple(kind_flow_chart(one, formats) for one in procedure.treatments),
        tables=(stakes_table(procedure, formats), _rules(procedure, formats)),
        meaning="\n".join(stop.sentence for stop in procedure.stops),
        action=_("Porter ces jours dans l’outil de relance ; un changement se décide par écrit et se date."))


def _rules(procedure: Procedure, formats: Formats) -> Table:
    """List, by kind of debtor, whom to escalate to and what the law asks for."""
    _ = formats.gettext
    rows = [(one.scenario.title, " ".join(one.scenario.escalation), " ".join(one.scenario.cautions))
            for one in procedure.treatments]
    return table([_("Débiteurs"), _("Escalade"), _("Vigilance juridique")], "lll", rows,
                 title=_("Escalade et vigilance"), widths=(2, 5, 5))
