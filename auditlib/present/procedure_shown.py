"""The collection procedure on screen: flowcharts, what to do now, who does what, the scenario of each debtor."""

from dataclasses import replace

from auditlib.deliver.parts import Chart, Table
from auditlib.deliver.procedure_parts import (
    actions_table,
    changes_table,
    duties_table,
    flow_chart,
    kind_flow_chart,
    stakes_table,
    steps_table,
)
from auditlib.formats import Formats
from auditlib.present.markup import Column, Html, heading, join, shown, table
from auditlib.procedure import Procedure, Treatment

__all__ = ["actions", "changes", "duties", "general_flow", "printed_table", "scenarios", "stakes"]

ACTIONS_SHOWN = 20


def general_flow(procedure: Procedure, formats: Formats) -> Html:
    """Return the procedure's stakes and its general flowchart."""
    said = Html(f"<p>{shown(procedure.sentence)}</p>")
    return join((said, _drawn(flow_chart(procedure, formats)))) if procedure.treatments else said


def actions(procedure: Procedure, formats: Formats) -> Html:
    """Return what to do now, the most urgent first."""
    return printed_table(actions_table(procedure, formats, shown=ACTIONS_SHOWN))


def duties(procedure: Procedure, formats: Formats) -> Html:
    """Return the roles, who holds them, and their steps."""
    return printed_table(duties_table(procedure, formats))


def changes(procedure: Procedure, formats: Formats) -> Html:
    """Return what the client does today beside what the procedure asks."""
    return printed_table(changes_table(procedure, formats))


def stakes(procedure: Procedure, formats: Formats) -> Html:
    """Return the kinds of debtor side by side."""
    return printed_table(stakes_table(procedure, formats))


def scenarios(procedure: Procedure, formats: Formats) -> Html:
    """Return the scenario of each kind of debtor, the first one open, the others to unfold."""
    return join(_scenario(one, formats, is_open=rank == 0) for rank, one in enumerate(procedure.treatments))


def _scenario(treatment: Treatment, formats: Formats, *, is_open: bool) -> Html:
    scenario = treatment.scenario
    _ = formats.gettext
    rules = join((_list(_("Escalade"), scenario.escalation), _list(_("Vigilance juridique"), scenario.cautions),
                  _list(_("Ce qui suspend ou arrête la relance"), [stop.sentence for stop in scenario.stops])))
    method = Html(f"<p>{shown(scenario.method)} {shown(scenario.dunning_sentence)}</p>")
    drawn = replace(kind_flow_chart(treatment, formats), sentence=treatment.pace)  # the figures stand in the summary
    inside = join((method, _drawn(drawn), printed_table(steps_table(treatment, formats)), rules))
    title = Html(f"<b>{shown(scenario.title)}</b> – {shown(treatment.sentence)}")
    state = " open" if is_open else ""
    return Html(f'<details class="audit-scenario"{state}><summary>{title}</summary>{inside}</details>')


def _list(title: str, sentences: "list[str] | tuple[str, ...]") -> Html:
    items = join(Html(f"<li>{shown(one)}</li>") for one in sentences)
    return join((heading(title), Html(f"<ul>{items}</ul>")))


def _drawn(chart: Chart) -> Html:
    """Show a chart at its natural width at most, with the sentence to read it by where there is one."""
    below = f'<p class="audit-detail">{shown(chart.sentence)}</p>' if chart.sentence else ""
    return Html(f'<div class="audit-flow">{chart.svg}</div>{below}')


def printed_table(part: Table) -> Html:
    """Show a table of the report."""
    widest = max(part.widths)
    columns = [Column(title, "number" if align == "r" else "wide" if width == widest else "text")
               for title, align, width in zip(part.columns, part.align, part.widths, strict=True)]
    if part.has_total:
        return table(columns, part.rows[:-1], caption=part.title, total=part.rows[-1])
    return table(columns, part.rows, caption=part.title)
