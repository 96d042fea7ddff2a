"""Tables of the action plan: debtors, segments, our commitments, what salespeople are asked; screen and paper alike."""

from typing import TYPE_CHECKING

import pandas as pd

from auditlib.action_plan import URGENCIES, no_forecast
from auditlib.claimable import as_of
from auditlib.commitments import outcomes
from auditlib.deliver.parts import Table, table, text_rows
from auditlib.follow_up_words import COMMITMENTS
from auditlib.formats import Formats
from auditlib.plan_segments import plan_by_segment
from auditlib.sales_requests import REQUESTS
from auditlib.scenarios import kind_title
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["COMMITMENT_STATES", "SEGMENT_TITLES", "commitments_table", "debtors_table", "expected_note",
           "sales_table", "segment_name",
           "segments_table"]

SEGMENT_TITLES = {
    "kind": N_("Plan par type de débiteur"), "salesperson": N_("Plan par commercial"),
    "business_unit": N_("Plan par activité"),
}
COMMITMENT_STATES = {
    "kept": N_("tenu"), "kept_late": N_("tenu en retard"), "late": N_("en retard"), "pending": N_("à venir"),
}
SHOWN_SEGMENTS, SHOWN_COMMITMENTS = 12, 20
REQUESTS_EACH = 4
"""Largest requests printed of each salesperson; the workbook has them all."""


def debtors_table(plan: pd.DataFrame, formats: Formats, *, shown: int) -> Table:
    """List the first debtors of the plan: amount, why they are urgent, what to do, by whom and when."""
    _ = formats.gettext
    rows = text_rows(plan.head(shown).assign(who=plan["name"].where(plan["name"] != "", plan["customer_id"])), {
        "who": str, "claim_cents": formats.cents, "urgency": lambda rank: _(URGENCIES[int(rank) - 1]),
        "rule": str, "next_step": str, "owner": str, "due_on": formats.short_date,
        "expected_cents": lambda cents: "–" if pd.isna(cents) else formats.cents(int(cents))})
    return table([_("Client"), _("À réclamer"), _("Urgence"), _("Pourquoi"), _("Prochaine étape"), _("Qui"), _("Le"),
                  _("Attendu à 30 jours")], "lrlllllr", rows, widths=(3, 0, 2, 4, 3, 2, 0, 0))


def segments_table(results: "AuditResults", plan: pd.DataFrame, formats: Formats, *, by: str) -> Table:
    """Add up the plan by segment; the last row is the whole, to which the others tie."""
    _ = formats.gettext
    found = plan_by_segment(results, plan, by=by)
    first, rest = found.head(SHOWN_SEGMENTS), found.iloc[SHOWN_SEGMENTS:]
    rows = [_segment_row(segment_name(str(row["segment"]), by=by, formats=formats), row, formats)
            for _place, row in first.iterrows()]
    if len(rest):
        rows.append(_segment_row(_("Autres ({count})").format(count=formats.count(len(rest))), _sum(rest), formats))
    rows.append(_segment_row(_("Total"), _sum(found), formats))
    titles = [_("Segment"), _("Clients"), _("Échu net"), _("À réclamer"), _("Suspendu"), _("À confirmer"), _("À part"),
              _("Attendu à 30 jours"), _("Immédiat")]
    return table(titles, "lrrrrrrrr", rows, title=_(SEGMENT_TITLES[by]), has_total=True)


def segment_name(code: str, *, by: str, formats: Formats) -> str:
    """Name a segment as a reader says it."""
    if by == "kind":
        return kind_title(code, language=formats.language)
    return code or formats.gettext("Sans affectation")


def _sum(rows: pd.DataFrame) -> pd.Series:
    known = rows["expected_cents"]
    summed: pd.Series = rows.drop(columns=["segment", "expected_cents"]).sum().astype("object")
    summed["expected_cents"] = pd.NA if known.isna().all() else int(known.sum())
    return summed


def _segment_row(name: str, row: pd.Series, formats: Formats) -> tuple[str, ...]:
    amounts = ("net_overdue_cents", "claim_cents", "suspended_cents", "unconfirmed_cents", "apart_cents")
    expected = row["expected_cents"]
    return (name, formats.count(row["customers"]), *(formats.cents(int(row[column])) for column in amounts),
            "–" if pd.isna(expected) else formats.cents(int(expected)), formats.count(row["immediate"]))


def commitments_table(results: "AuditResults", formats: Formats) -> Table | None:
    """List our commitments, the late ones first; None where none was communicated."""
    _, held = formats.gettext, results.commitments
    if held.empty:
        return None
    state = outcomes(held, as_of_date=as_of(results))
    order = {"late": 0, "pending": 1, "kept_late": 2, "kept": 3}
    listed = held.assign(state=state, rank=state.map(order)).sort_values(["rank", "due_on"], kind="stable")
    names = results.customers.set_index("customer_id")["name"]
    listed["who"] = listed["customer_id"].map(names).fillna("")
    rows = text_rows(listed.head(SHOWN_COMMITMENTS), {
        "who": str, "document_ref": lambda text: text or _("tout le compte"),
        "what": lambda code: _(COMMITMENTS.get(str(code), COMMITMENTS["other"])), "owner": str,
        "due_on": formats.short_date, "state": lambda code: _(COMMITMENT_STATES[code])})
    return table([_("Client"), _("Pièce"), _("Engagement"), _("Responsable"), _("Pour le"), _("Où en est-on ?")],
                 "llllll", rows, title=_("Nos engagements"), widths=(4, 2, 3, 2, 0, 2))


def sales_table(requests: pd.DataFrame, formats: Formats) -> Table:
    """List the largest requests to each salesperson, by salesperson."""
    _ = formats.gettext
    largest = requests.sort_values("amount_cents", ascending=False, kind="stable").groupby("salesperson")
    shown = requests.loc[sorted(largest.head(REQUESTS_EACH).index)]
    rows = text_rows(shown, {
        "salesperson": lambda name: name or _("Sans commercial désigné"), "name": str,
        "request": lambda code: _(REQUESTS[code]), "sentence": str, "amount_cents": formats.cents,
        "due_on": lambda day: "" if pd.isna(day) else formats.short_date(day)})
    return table([_("Commercial"), _("Client"), _("Demande"), _("Détail"), _("Enjeu"), _("Pour le")], "llllrl", rows,
                 title=_("Ce qui est demandé aux commerciaux : les plus gros enjeux de chacun"),
                 widths=(2, 3, 2, 6, 0, 0))


def expected_note(results: "AuditResults", formats: Formats) -> str:
    """Say what the expected cash is, or why there is none."""
    return no_forecast(results, language=formats.language) or formats.gettext(
        "L’encaissement attendu à 30 jours vient des courbes de paiement et des promesses ; il ne dépasse jamais le "
        "montant à réclamer.")
