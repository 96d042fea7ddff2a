"""Tables of the calls and of the telephone method; screen and paper alike."""

from auditlib.action_plan import URGENCIES
from auditlib.call_files import CallBook
from auditlib.deliver.call_pages import NO_CALL, slot_words
from auditlib.deliver.parts import Table, table
from auditlib.formats import Formats
from auditlib.phone_method import debtor_types, objection_lines, step_lines

__all__ = ["behaviours_table", "calls_sentence", "calls_table", "objections_table", "steps_table"]


def calls_sentence(book: CallBook, formats: Formats) -> str:
    """Say how many calls are prepared, for how much, when, and how many debtors are not called."""
    _ = formats.gettext
    if not book.files:
        return _(NO_CALL)
    said = _("Appels préparés : {count}, pour {claim} à réclamer, du {first} au {last}.").format(
        count=formats.count(len(book.files)), first=formats.short_date(book.files[0].slot.day),
        claim=formats.cents(sum(one.account.claim_cents for one in book.files)),
        last=formats.short_date(max(one.slot.day for one in book.files)))
    apart = int((book.not_called["net_overdue_cents"] > 0).sum())
    return said + (" " + _("Clients en retard à ne pas appeler : {count} (procédure, groupe, litige, rien à "
                           "réclamer).").format(count=formats.count(apart)) if apart else "")


def calls_table(book: CallBook, formats: Formats, *, shown: int) -> Table:
    """List the first calls: when, whom, how much, the objection to expect first."""
    _ = formats.gettext
    rows = [(slot_words(one.slot, formats), one.name, formats.cents(one.account.claim_cents),
             _(URGENCIES[one.urgency - 1]), formats.cents(one.offers.first.amount_cents), one.objections[0].heard)
            for one in book.files[:shown]]
    titles = [_("Quand"), _("Client"), _("À réclamer"), _("Urgence"), _("Repli : tout de suite"),
              _("Objection probable")]
    return table(titles, "llrlrl", rows, title=_("Les premiers appels"), widths=(0, 2, 0, 0, 0, 3))


def steps_table(formats: Formats) -> Table:
    """List the nine steps of a call."""
    _ = formats.gettext
    rows = [(str(rank), *line) for rank, line in enumerate(step_lines(formats), start=1)]
    return table(["", _("Étape"), _("Ce qu’elle vise")], "lll", rows, title=_("L’appel en neuf étapes"),
                 widths=(0, 1, 3))


def objections_table(formats: Formats) -> Table:
    """List the objections, and what to obtain."""
    _ = formats.gettext
    return table([_("Ce qu’on entend"), _("Ce qu’il faut obtenir")], "ll", objection_lines(formats),
                 title=_("Les objections"), widths=(2, 3))


def behaviours_table(formats: Formats) -> Table:
    """List behaviours on the telephone: for training alone."""
    _ = formats.gettext
    return table([_("Comportement"), _("Comment tenir l’appel")], "ll", debtor_types(formats), widths=(1, 4))
