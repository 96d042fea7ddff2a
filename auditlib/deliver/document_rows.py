"""Rows on the documents asked for, as texts: the same on screen, in the first note and in the report."""

from collections.abc import Sequence

from auditlib.document_states import STATES, DocumentState
from auditlib.formats import Formats

__all__ = ["scope_rows", "state_words"]


def state_words(state: DocumentState, formats: Formats) -> str:
    """Say where a document stands, with the day that matters, and whether it was reviewed."""
    said = _state_words(state, formats)
    if not state.reviewed:
        return said
    _, unread = formats.gettext, len(set(state.files) - set(state.reviewed))
    read = _("relu le {date}").format(date=formats.short_date(state.reviewed_on)) if state.reviewed_on else _("relu")
    left = _("{said}, {read} (reste à relire : {count})") if unread else _("{said}, {read}")
    return left.format(said=said, read=read, count=formats.count(unread))


def _state_words(state: DocumentState, formats: Formats) -> str:
    _, name = formats.gettext, STATES[state.state]
    named = _(name)
    if state.state == "not_applicable":
        return _("{state} : {why}").format(state=named, why=state.why)
    if state.received_on:
        came = _("{state} le {date}").format(state=named, date=formats.short_date(state.received_on))
        missing = formats.listed(map(_, state.missing))
        return _("{came} ; il manque : {missing}").format(came=came, missing=missing) if missing else came
    if state.requested_on and state.due_on:
        said = _("demandé le {requested}, attendu le {due}").format(
            requested=formats.short_date(state.requested_on), due=formats.short_date(state.due_on))
        return f"{named} ({said})" if state.is_past_due else said
    return named


def scope_rows(states: Sequence[DocumentState], formats: Formats) -> tuple[tuple[str, str, bool], ...]:
    """Return title, state with the names of the files, and whether it came or does not apply, for each kind."""
    rows = []
    for state in states:
        files = f" – {', '.join(state.files)}" if state.files else ""
        settled = state.state in ("received", "partial", "not_applicable")
        rows.append((formats.gettext(state.title), state_words(state, formats) + files, settled))
    return tuple(rows)
