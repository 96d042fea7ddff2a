"""Sheets of a follow-up workbook: debtors, items, promises, our commitments, contacts and actions, to fill in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from auditlib.action_plan import URGENCIES
from auditlib.deliver.follow_up_rows import Segment
from auditlib.deliver.open_sheets import BAD, GOOD, WARN, Colour, OpenSheet
from auditlib.deliver.sheets import Column, Sheet
from auditlib.deliver.workbook_measures import column_values
from auditlib.follow_up_words import CHANNELS, COLUMNS, COMMITMENTS, DISPUTE_REASONS, LITIGATIONS, NO, STEPS, YES
from auditlib.formats import Formats
from auditlib.payer_profiles import PROFILE_NAMES
from auditlib.texts import N_

__all__ = ["choice_lists", "open_sheets"]

SPARE_ROWS = 40
"""Blank rows under a journal, ready to be filled in."""
KINDS: dict[str, str] = {
    **dict.fromkeys(("promised_cents", "dispute_cents"), "answer_amount"),
    **dict.fromkeys(("promise_made_on", "promised_on", "done_on", "next_on", "dispute_opened_on", "dispute_closed_on",
                     "litigation_on", "due_on", "kept_on"), "answer_date"),
}
"""Kinds of the columns filled in, by role; the others are texts."""
WIDTHS = {
    "action_comment": 34, "comment": 30, "address": 30, "email": 28, "customer_name": 30, "dispute_reason": 22,
    "name": 22, "what": 24, "step": 24, "litigation": 20, "contact": 18, "dispute_owner": 18, "portal": 18, "role": 18,
    "document_ref": 16,
}
"""Widths of the columns filled in, by role; 14 for the others. [characters]"""
LIST_OF = {"step": "step", "channel": "channel", "litigation": "litigation", "what": "what",
           "dispute_reason": "dispute_reason", "do_not_contact": "yes_no", "customer_id": "customers"}
STATES = {
    "claimed": N_("à réclamer"), "disputed": N_("en litige"), "suspended": N_("suspendu : notre engagement"),
    "unconfirmed": N_("échéance à confirmer"),
}
OUTCOMES = {
    "kept": N_("tenue"), "broken": N_("rompue"), "pending": N_("en attente"), "unjudged": N_("non jugée"),
}
COMMITMENT_STATES = {
    "kept": N_("tenu"), "kept_late": N_("tenu en retard"), "late": N_("en retard"), "pending": N_("à venir"),
}
PROMISE = ("promised_cents", "promise_made_on", "promised_on")
ACTION = ("step", "channel", "done_on", "contact", "action_owner", "action_comment", "next_on")
DISPUTE = ("dispute_reason", "dispute_opened_on", "dispute_cents", "dispute_owner", "dispute_closed_on", "litigation",
           "litigation_on")


def choice_lists(segment: Segment, formats: Formats) -> dict[str, list[str]]:
    """Return what the dropdown lists offer, by name."""
    _ = formats.gettext
    lists = {"step": STEPS, "channel": CHANNELS, "litigation": LITIGATIONS, "what": COMMITMENTS}
    return {**{name: [_(text) for text in words.values()] for name, words in lists.items()},
            "dispute_reason": [_(text) for text in DISPUTE_REASONS], "yes_no": [_(YES), _(NO)],
            "customers": segment.debtors["customer_id"].astype("str").tolist()}


def open_sheets(segment: Segment, formats: Formats) -> list[OpenSheet]:
    """Return the sheets of one segment's workbook, in the order they are used."""
    return [build(segment, formats) for build in (_debtors, _items, _promises, _commitments, _contacts, _actions)]


class _Maker:
    """Makes the columns of a sheet: what is shown, what is filled in, and its hidden keys."""

    def __init__(self, rows: pd.DataFrame, formats: Formats, *, spare: int = 0) -> None:
        self.rows, self.formats, self.spare = rows, formats, spare
        self.columns: list[Column] = []
        self.roles: dict[str, str] = {}

    def title(self, role: str) -> str:
        return self.formats.gettext(COLUMNS[role])

    def shown(self, title: str, values: Sequence[Any], kind: str = "text", width: float = 14, total: str = "") -> None:
        self.columns.append(Column(title, [*values, *[None] * self.spare], kind, width, total))

    def asked(self, role: str, values: Sequence[Any] | None = None) -> None:
        """Add a column to fill in, with what is known already."""
        title = self.title(role)
        known = list(values) if values is not None else [None] * len(self.rows)
        kind = KINDS.get(role, "answer")
        self.columns.append(Column(title, [*known, *[None] * self.spare], kind, WIDTHS.get(role, 14)))
        self.roles[title] = role

    def keys(self, values: Mapping[str, Iterable[Any]]) -> list[str]:
        """Add the hidden columns that let a row be found again, wherever it is sorted to."""
        for role, known in values.items():
            self.shown(self.title(role), [str(value) for value in known])
        return [self.title(role) for role in values]

    def lists(self) -> dict[str, str]:
        return {title: LIST_OF[role] for title, role in self.roles.items() if role in LIST_OF}

    def proposals(self) -> list[str]:
        return [title for title, role in self.roles.items() if role in ("dispute_reason", "customer_id")]


def _debtors(segment: Segment, formats: Formats) -> OpenSheet:
    _, rows = formats.gettext, segment.debtors
    make = _Maker(rows, formats)
    make.shown(_("Urgence"), [_(URGENCIES[int(one) - 1]) if pd.notna(one) else _("à débloquer")
                              for one in rows["urgency"]], width=13)
    make.shown(make.title("customer_id"), column_values(rows["customer_id"]), width=11)
    make.shown(make.title("customer_name"), column_values(rows["name"]), width=30)
    make.shown(_("À réclamer"), column_values(rows["claim_cents"]), "amount", 15, "subtotal")
    make.shown(_("Échu net"), column_values(rows["net_overdue_cents"]), "amount", 15, "subtotal")
    make.shown(_("Mis à part"), column_values(rows["set_aside_cents"]), "amount", 14, "subtotal")
    make.shown(_("Retard (jours)"), _whole(rows["oldest_days"]), "count", 9)
    make.shown(_("Profil"), [_(PROFILE_NAMES.get(code, "")) for code in rows["profile"]], width=16)
    make.shown(_("Pourquoi"), [text or _("montants contestés ou à part") for text in rows["rule"]], "wrapped", 34)
    make.shown(_("Prochaine étape"), [text or _("Lever le litige") for text in rows["next_step"]], "wrapped", 30)
    make.shown(_("À faire le"), column_values(rows["due_on"].astype("datetime64[s]")), "date", 11)
    make.shown(_("Qui"), column_values(rows["owner"]), "wrapped", 20)
    make.shown(_("Commercial"), column_values(rows["salesperson"]), width=14)
    make.shown(_("Attendu à 30 jours"), column_values(rows["expected_cents"].astype("Int64")), "amount", 14, "subtotal")
    make.shown(_("Dernière action"), column_values(rows["last_action_on"].astype("datetime64[s]")), "date", 11)
    reached = rows["contact"].where(~rows["is_barred"], _("ne pas contacter"))
    make.shown(_("Interlocuteur"), column_values(reached), "wrapped", 18)
    make.shown(make.title("phone"), column_values(rows["contact_phone"]), width=14)
    for role in (*ACTION, *PROMISE):
        make.asked(role)
    hidden = make.keys({"key_customer": rows["customer_id"]})
    urgent, today = "{" + _("Urgence") + "}", "{" + make.title("next_on") + "}"
    promised = "{" + make.title("promised_on") + "}"
    return OpenSheet(
        Sheet(_("Clients"), make.columns, freeze=3, is_open=True, notes=_notes_of_debtors(segment, formats)),
        make.lists(), make.proposals(), hidden, (
            Colour(_("Urgence"), f'{urgent}="{_(URGENCIES[0])}"', BAD),
            Colour(_("Urgence"), f'{urgent}="{_(URGENCIES[1])}"', WARN),
            Colour(make.title("next_on"), f'AND({today}<>"",{today}<=TODAY())', BAD),
            Colour(make.title("promised_on"), f'AND({promised}<>"",{promised}<TODAY())', BAD),
            Colour(make.title("promised_on"), f'AND({promised}<>"",{promised}<=TODAY()+1)', WARN)))


def _notes_of_debtors(segment: Segment, formats: Formats) -> list[str]:
    _ = formats.gettext
    notes = [_("Saisir dans les colonnes jaunes ce qui vient d’être fait ou obtenu ; les totaux suivent le filtre.")]
    if segment.left_out:
        notes.append(_("Les plus gros montants seulement : {count} autres clients ne figurent pas ici.").format(
            count=formats.count(segment.left_out)))
    return notes


def _notes_of_items(segment: Segment, formats: Formats) -> list[str]:
    _ = formats.gettext
    notes = [_("Ne réclamer que la part libre ; un litige se saisit avec son motif, sa date et son montant.")]
    if segment.items_left_out:
        notes.append(_("Les plus gros clients seulement : {count} autres pièces ne figurent pas ici.").format(
            count=formats.count(segment.items_left_out)))
    return notes


def _items(segment: Segment, formats: Formats) -> OpenSheet:
    _, rows = formats.gettext, segment.items
    names = segment.debtors.set_index("customer_id")["name"]
    make = _Maker(rows, formats)
    make.shown(make.title("customer_id"), column_values(rows["customer_id"].astype("str")), width=11)
    make.shown(make.title("customer_name"), rows["customer_id"].astype("str").map(names).fillna("").tolist(), width=28)
    make.shown(make.title("document_ref"), column_values(rows["document_ref"]), width=15)
    make.shown(_("Date de pièce"), column_values(rows["document_date"]), "date", 11)
    make.shown(_("Échéance"), column_values(rows["due_date"]), "date", 11)
    make.shown(_("Jours de retard"), _whole(rows["days_overdue"]), "count", 9)
    make.shown(_("Reste dû"), column_values(rows["residual_cents"]), "amount", 14, "subtotal")
    make.shown(_("Dont libre"), column_values(rows["free_cents"]), "amount", 14, "subtotal")
    make.shown(_("État"), [_(STATES[code]) for code in rows["state"]], width=18)
    for role in PROMISE:
        make.asked(role)
    court = rows["litigation"] != ""
    known = {
        "dispute_reason": _texts(rows["dispute_reason"].where(~court, "")),
        "dispute_opened_on": column_values(rows["dispute_opened_on"].astype("datetime64[s]").where(~court)),
        "dispute_cents": [cents / 100 if cents else None for cents in rows["dispute_stated_cents"].where(~court, 0)],
        "dispute_owner": _texts(rows["dispute_owner"]), "litigation": [_(text) if text else None
                                                                      for text in rows["litigation"]],
        "litigation_on": column_values(rows["dispute_opened_on"].astype("datetime64[s]").where(court))}
    for role in DISPUTE:
        make.asked(role, known.get(role))
    hidden = make.keys({
        "key_customer": rows["customer_id"].astype("str"), "key_ref": rows["document_ref"],
        "key_file": rows["source_file"].astype("str"), "key_sheet": rows["source_sheet"].astype("str"),
        "key_row": rows["source_row"], "key_amount": rows["original_amount_cents"]})
    state, promised = "{" + _("État") + "}", "{" + make.title("promised_on") + "}"
    return OpenSheet(
        Sheet(_("Pièces"), make.columns, freeze=3, is_open=True, notes=_notes_of_items(segment, formats)),
        make.lists(), make.proposals(), hidden, (
            Colour(_("État"), f'{state}="{_(STATES["suspended"])}"', BAD),
            Colour(_("État"), f'{state}="{_(STATES["disputed"])}"', WARN),
            Colour(make.title("promised_on"), f'AND({promised}<>"",{promised}<TODAY())', BAD)))


def _promises(segment: Segment, formats: Formats) -> OpenSheet:
    _, rows = formats.gettext, segment.promises
    make = _journal(rows, segment, formats)
    make.asked("promised_cents", [] if rows.empty else column_values(rows["amount_cents"]))
    make.asked("promise_made_on", [] if rows.empty else column_values(rows["made_on"]))
    make.asked("promised_on", [] if rows.empty else column_values(rows["promised_on"]))
    make.shown(_("Résultat"), [_(OUTCOMES[str(code)]) for code in rows.get("outcome", [])], width=14)
    make.shown(_("Payé à temps"), [] if rows.empty else column_values(rows["paid_cents"]), "amount", 14)
    hidden = make.keys({"key_customer": rows.get("customer_id", []), "key_ref": rows.get("document_ref", [])})
    outcome, day = "{" + _("Résultat") + "}", "{" + make.title("promised_on") + "}"
    return OpenSheet(
        Sheet(_("Promesses"), make.columns, freeze=3, is_open=True, notes=[
            _("Une promesse se note avec son montant, le jour où elle est faite et le jour promis ; la pièce est "
              "facultative.")]),
        make.lists(), make.proposals(), hidden, (
            Colour(_("Résultat"), f'{outcome}="{_(OUTCOMES["broken"])}"', BAD),
            Colour(_("Résultat"), f'{outcome}="{_(OUTCOMES["kept"])}"', GOOD),
            Colour(make.title("promised_on"),
                   f'AND({day}<>"",{day}<TODAY(),{outcome}<>"{_(OUTCOMES["kept"])}")', BAD),
            Colour(make.title("promised_on"),
                   f'AND({day}<>"",{day}<=TODAY()+1,{outcome}<>"{_(OUTCOMES["kept"])}")', WARN)))


def _commitments(segment: Segment, formats: Formats) -> OpenSheet:
    _, rows = formats.gettext, segment.commitments
    make = _journal(rows, segment, formats)
    make.asked("what", [_(COMMITMENTS[str(code)]) for code in rows["what"]])
    for role in ("comment", "owner"):
        make.asked(role, _texts(rows[role]))
    for role in ("due_on", "kept_on"):
        make.asked(role, column_values(rows[role]))
    make.shown(_("Résultat"), [_(COMMITMENT_STATES[code]) for code in rows["outcome"]], width=14)
    hidden = make.keys({"key_customer": rows["customer_id"], "key_ref": rows["document_ref"]})
    due, kept = "{" + make.title("due_on") + "}", "{" + make.title("kept_on") + "}"
    return OpenSheet(
        Sheet(_("Nos engagements"), make.columns, freeze=3, is_open=True, notes=[
            _("Ce que nous devons au client avant qu’il paie. En retard, l’engagement suspend la relance de la pièce ; "
              "sans pièce, celle de tout le compte.")]),
        make.lists(), make.proposals(), hidden, (
            Colour(make.title("due_on"), f'AND({due}<>"",{kept}="",{due}<TODAY())', BAD),
            Colour(make.title("kept_on"), f'{kept}<>""', GOOD)))


def _contacts(segment: Segment, formats: Formats) -> OpenSheet:
    _, rows = formats.gettext, segment.contacts
    make = _journal(rows, segment, formats, has_document=False)
    for role in ("name", "role", "email", "phone", "address", "portal"):
        make.asked(role, _texts(rows[role]))
    make.asked("do_not_contact", [_(YES) if flag else None for flag in rows["do_not_contact"]])
    hidden = make.keys({"key_customer": rows["customer_id"]})
    barred = "{" + make.title("do_not_contact") + "}"
    return OpenSheet(
        Sheet(_("Contacts"), make.columns, freeze=3, is_open=True, notes=[
            _("Faits professionnels seulement. « Ne pas contacter » sans nom vaut pour tout le client.")]),
        make.lists(), make.proposals(), hidden, (Colour(make.title("do_not_contact"), f'{barred}="{_(YES)}"', BAD),))


def _actions(segment: Segment, formats: Formats) -> OpenSheet:
    _, rows = formats.gettext, segment.actions
    make = _journal(rows, segment, formats)
    make.asked("step", [_(STEPS[str(code)]) if str(code) else None for code in rows["step"]])
    make.asked("channel", [_(CHANNELS[str(code)]) if str(code) else None for code in rows["channel"]])
    make.asked("done_on", column_values(rows["done_on"]))
    for role, column in (("contact", "contact"), ("action_owner", "owner"), ("action_comment", "comment")):
        make.asked(role, _texts(rows[column]))
    make.asked("next_on", column_values(rows["next_on"]))
    hidden = make.keys({"key_customer": rows["customer_id"], "key_ref": rows["document_ref"]})
    following = "{" + make.title("next_on") + "}"
    return OpenSheet(
        Sheet(_("Actions"), make.columns, freeze=3, is_open=True, notes=[
            _("Journal des relances et des appels : une ligne par action, le jour même ; rien n’y est effacé.")]),
        make.lists(), make.proposals(), hidden, (
            Colour(make.title("next_on"), f'AND({following}<>"",{following}<=TODAY())', WARN),))


def _journal(rows: pd.DataFrame, segment: Segment, formats: Formats, *, has_document: bool = True) -> _Maker:
    """Begin a journal: customer, document, then blank rows to fill in."""
    names = segment.debtors.set_index("customer_id")["name"]
    make = _Maker(rows, formats, spare=SPARE_ROWS)
    who = rows.get("customer_id", pd.Series(dtype="str"))
    make.asked("customer_id", who.tolist())
    make.asked("customer_name", who.map(names).astype("object").fillna("").tolist())
    if has_document:
        make.asked("document_ref", _texts(rows.get("document_ref", pd.Series(dtype="str"))))
    return make


def _whole(values: pd.Series) -> list[int | None]:
    return [None if pd.isna(value) else int(value) for value in values]


def _texts(values: pd.Series) -> list[str | None]:
    return [str(value) if str(value) else None for value in values]
