"""The action plan on screen: segments, our commitments, what salespeople are asked; the same tables as on paper."""

from typing import TYPE_CHECKING

import pandas as pd

from auditlib.deliver.plan_parts import commitments_table, debtors_table, expected_note, sales_table, segments_table
from auditlib.formats import Formats
from auditlib.plan_segments import told_apart
from auditlib.present.markup import Html, join, shown
from auditlib.present.procedure_shown import printed_table

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["commitments", "debtors", "requests", "segments"]

DEBTORS_SHOWN = 30


def debtors(plan: pd.DataFrame, formats: Formats) -> Html:
    """Return the customers to act on (`auditlib.action_plan.action_plan`), the most urgent first."""
    _ = formats.gettext
    if plan.empty:
        return Html(f"<p>{shown(_('Aucun client à relancer.'))}</p>")
    listed = printed_table(debtors_table(plan, formats, shown=DEBTORS_SHOWN))
    hidden = len(plan) - DEBTORS_SHOWN
    if hidden <= 0:
        return listed
    note = _("et {count} autres clients, dans le classeur").format(count=formats.count(hidden))
    return join((listed, Html(f"<p>{shown(note)}</p>")))


def segments(results: "AuditResults", plan: pd.DataFrame, formats: Formats) -> Html:
    """Return the plan by kind of debtor, salesperson and business unit, where the files tell them apart."""
    tables = [printed_table(segments_table(results, plan, formats, by=by))
              for by in told_apart(results)]
    return join([*tables, Html(f"<p>{shown(expected_note(results, formats))}</p>")])


def commitments(results: "AuditResults", formats: Formats) -> Html:
    """Return our commitments towards debtors, the late ones first."""
    found = commitments_table(results, formats)
    nothing = formats.gettext("Aucun engagement pris envers les clients n’a été communiqué.")
    return Html(f"<p>{shown(nothing)}</p>") if found is None else printed_table(found)


def requests(asked: pd.DataFrame, formats: Formats) -> Html:
    """Return what each salesperson is asked (`auditlib.sales_requests.sales_requests`)."""
    if asked.empty:
        return Html(f"<p>{shown(formats.gettext('Rien n’est demandé aux commerciaux.'))}</p>")
    return printed_table(sales_table(asked, formats))
