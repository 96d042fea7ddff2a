"""The call files on paper: the list of calls, one page a debtor, and who is not called and why."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from babel.dates import format_time

from auditlib.action_plan import URGENCIES
from auditlib.call_files import CallBook, CallFile
from auditlib.deliver.typesetting import spaced, typeset
from auditlib.formats import Formats
from auditlib.scenarios import kind_title
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.call_contacts import Person
    from auditlib.call_diary import Slot

__all__ = ["FILE_NAME", "NO_CALL", "call_page", "calls_content", "calls_pdf", "slot_words", "write_calls"]

FILE_NAME = "appels.pdf"
ITEMS_SHOWN, PEOPLE_SHOWN, LEFT_OUT_SHOWN = 8, 3, 40
WORDS: dict[str, str] = {
    "title": N_("Fiches d’appel"), "calls": N_("Appels à passer"), "reach": N_("Qui joindre"),
    "habit": N_("Comment il paie"), "goals": N_("Objectif et replis"), "facts": N_("Ce qui a été dit et fait"),
    "proofs": N_("Preuves sous la main"), "items": N_("Pièces échues"), "objections": N_("Objections probables"),
    "script": N_("L’appel en neuf étapes"), "report": N_("Compte rendu (des faits, aucun jugement)"),
    "claim": N_("À réclamer"), "not_called": N_("Clients à ne pas appeler"), "page": N_("page"),
    "goal": N_("Objectif"), "fallback": N_("Repli"),
    "spoken": N_("Date, heure, personne jointe"), "said": N_("Ce qu’elle a dit"),
    "promised": N_("Promis : montant, date, moyen, par qui"),
    "dispute": N_("Litige : pièce, montant, motif, suivi par"),
    "next": N_("Prochain appel"),
}
DONE = (N_("confirmation par e-mail dans l’heure"), N_("fiche client à jour"), N_("rendez-vous à l’agenda"),
        N_("ticket de litige ouvert"))
ITEM_TITLES = (N_("Pièce"), N_("Date"), N_("Échéance"), N_("Retard (j)"), N_("Reste dû"), N_("Contesté ou mis à part"),
               N_("À réclamer"), N_("Cde"), N_("BL"), N_("Fact."))
FACTS = {"promises": N_("Promesses"), "disputes": N_("Litiges"), "actions": N_("Derniers échanges"),
         "commitments": N_("Nos engagements")}
LINES = {
    "overdue_cents": N_("Échu"), "barred_cents": N_("Contesté, retenue de garantie"),
    "suspended_cents": N_("Suspendu par notre retard"), "unconfirmed_cents": N_("Échéance à confirmer"),
    "credits_cents": N_("Règlements, avoirs et acomptes non affectés"), "claim_cents": N_("À réclamer"),
}
NO_FACT = N_("Ni promesse, ni litige, ni échange communiqué.")
NO_CONTACT = N_("Aucun interlocuteur communiqué. Demander au standard {ask_for}.")
NO_NUMBER = N_("Aucun numéro communiqué. Ne parler qu’à {ask_for}.")
ELSE = N_("À défaut, demander {ask_for}.")
PORTAL = N_("Portail : {portal}")
DELAY = N_("Retard moyen pondéré : {days} jours.")
EARLY = N_("Paie en moyenne {days} jours avant l’échéance.")
OTHERS = N_("Autres pièces ({count})")
NO_CALL = N_("Aucun appel à passer : rien n’est à réclamer par téléphone.")
MORE = N_("{count} autres clients peuvent être appelés : « auditlib calls » avec leur code donne leur fiche.")
MORE_OUT = N_("{count} autres clients ne sont pas appelés : rien d’échu net, ou des montants plus petits.")
CHECK_FIRST = N_("Situation au {date} : vérifier en banque et en comptabilité ce qui est arrivé depuis.")


def write_calls(book: CallBook, path: Path, *, client: str, as_of_date: dt.date, formats: Formats) -> Path:
    """Write ``appels.pdf``."""
    path.write_bytes(calls_pdf(book, client=client, as_of_date=as_of_date, formats=formats))
    return path


def calls_pdf(book: CallBook, *, client: str, as_of_date: dt.date, formats: Formats) -> bytes:
    """Return the call files as a PDF file.

    Parameters
    ----------
    book : CallBook
    client : str
        Name of the audited client.
    as_of_date : date
    formats : Formats
        Amounts are printed to the cent: not those in thousands.
    """
    content = calls_content(book, client=client, as_of_date=as_of_date, formats=formats)
    return typeset("calls.typ", content, as_of_date=as_of_date)


def calls_content(book: CallBook, *, client: str, as_of_date: dt.date, formats: Formats) -> dict[str, Any]:
    """Return what the template prints, as plain values."""
    _ = formats.gettext
    content = {
        "language": formats.language, "client": client, "words": {code: _(word) for code, word in WORDS.items()},
        "check": _(CHECK_FIRST).format(date=formats.short_date(as_of_date)), "done": [_(one) for one in DONE],
        "calls": _list_of_calls(book, formats), "pages": [call_page(one, formats) for one in book.files],
        "more": _(MORE).format(count=formats.count(book.more)) if book.more else "",
        "not_called": _not_called(book, formats), "none": _(NO_CALL),
    }
    return cast("dict[str, Any]", spaced(content)) if formats.language == "fr" else content


def slot_words(slot: "Slot", formats: Formats) -> str:
    """Write day and hour of a call."""
    return f"{formats.short_date(slot.day)} {format_time(slot.at, 'short', locale=formats.language)}"


def call_page(file: CallFile, formats: Formats) -> dict[str, Any]:
    """Return one debtor's page as plain values."""
    _ = formats.gettext
    facts = [(_(title), list(getattr(file.history, name))) for name, title in FACTS.items()
             if getattr(file.history, name)]
    return {
        "name": file.name, "code": file.customer_id if file.name != file.customer_id else "",
        "kind": " · ".join(filter(None, (kind_title(file.kind, language=formats.language), file.salesperson))),
        "urgency": _(URGENCIES[file.urgency - 1]), "when": slot_words(file.slot, formats),
        "why": file.rule[:1].upper() + file.rule[1:],
        "next_step": file.next_step, "claim": formats.cents(file.account.claim_cents), "reach": _reach(file, formats),
        "habit": [file.habit, *_delay(file, formats)], "goals": list(file.goals), "proofs": list(file.proofs),
        "facts": facts or [("", [_(NO_FACT)])], "items": _items(file, formats),
        "item_titles": [_(title) for title in ITEM_TITLES], "account": _account(file, formats),
        "steps": [[one.title, one.said] for one in file.steps],
        "objections": [[one.heard, one.answer] for one in file.objections],
    }


def _reach(file: CallFile, formats: Formats) -> list[str]:
    _ = formats.gettext
    people = [_person(one) for one in file.reach.people[:PEOPLE_SHOWN]]
    unknown = NO_NUMBER if file.kind == "consumer" else NO_CONTACT
    ask = _(ELSE if people else unknown).format(ask_for=file.ask_for)
    portal = [_(PORTAL).format(portal=file.reach.portal)] if file.reach.portal else []
    return [*people, ask, *portal]


def _person(one: "Person") -> str:
    return " · ".join(filter(None, (one.name, one.role, one.phone, one.email)))


def _delay(file: CallFile, formats: Formats) -> list[str]:
    if file.mean_delay is None:
        return []
    days = formats.short_number(abs(file.mean_delay), digits=1)
    if days in file.habit:  # its evidence says so already
        return []
    return [formats.gettext(DELAY if file.mean_delay >= 0 else EARLY).format(days=days)]


def _items(file: CallFile, formats: Formats) -> list[list[str]]:
    """Return the oldest items, then one line for the others: the columns add up to the account."""
    table = file.account.items
    shown = [[str(one["document_ref"]) or "–", formats.short_date(one["document_date"]),
              formats.short_date(one["due_date"]), formats.count(int(one["days_overdue"])),
              *_amounts(one["residual_cents"], one["free_cents"], formats)]
             for one in table.head(ITEMS_SHOWN).to_dict("records")]
    rest = table.iloc[ITEMS_SHOWN:]
    if len(rest):
        others = formats.gettext(OTHERS).format(count=formats.count(len(rest)))
        residual, free = int(rest["residual_cents"].sum()), int(rest["free_cents"].sum())
        shown.append([others, "", "", "", *_amounts(residual, free, formats)])
    return shown


def _amounts(residual: int, free: int, formats: Formats) -> list[str]:
    apart = residual - free
    return [formats.cents(residual), formats.cents(apart) if apart else "–", formats.cents(free)]


def _account(file: CallFile, formats: Formats) -> list[list[str]]:
    """Return the way from the overdue to the claim; what is nil is left out."""
    amounts = {name: getattr(file.account, name) for name in LINES}
    last = len(LINES) - 1
    return [[formats.gettext(title), formats.cents(amounts[name] if rank in (0, last) else -amounts[name])]
            for rank, (name, title) in enumerate(LINES.items()) if rank in (0, last) or amounts[name]]


def _list_of_calls(book: CallBook, formats: Formats) -> dict[str, Any]:
    _ = formats.gettext
    titles = [_("Quand"), _("Client"), _("Téléphone"), _("À réclamer"), _("Urgence"), _("Par qui")]
    rows = [[slot_words(one.slot, formats), one.name, next((who.phone for who in one.reach.people if who.phone), "–"),
             formats.cents(one.account.claim_cents), _(URGENCIES[one.urgency - 1]), one.owner] for one in book.files]
    total = formats.cents(sum(one.account.claim_cents for one in book.files))
    return {"titles": titles, "rows": rows, "total": ["", _("Total"), "", total, "", ""]}


def _not_called(book: CallBook, formats: Formats) -> dict[str, Any]:
    _ = formats.gettext
    listed = book.not_called[book.not_called["net_overdue_cents"] > 0].head(LEFT_OUT_SHOWN)
    rest = len(book.not_called) - len(listed)
    rows = [[one["name"] or one["customer_id"], formats.cents(one["net_overdue_cents"]), one["reason"]]
            for one in listed.to_dict("records")]
    return {"titles": [_("Client"), _("Échu net"), _("Pourquoi")], "rows": rows,
            "more": _(MORE_OUT).format(count=formats.count(rest)) if rest else ""}
