"""The calls and the telephone method on screen; the same tables as on paper."""

from auditlib.call_files import CallBook
from auditlib.deliver.call_parts import behaviours_table, calls_sentence, calls_table, steps_table
from auditlib.formats import Formats
from auditlib.phone_method import lessons
from auditlib.present.markup import Html, heading, join, shown
from auditlib.present.procedure_shown import printed_table

__all__ = ["behaviours", "calls", "method"]

CALLS_SHOWN = 30


def calls(book: CallBook, formats: Formats) -> Html:
    """Return the calls to make, the most urgent first."""
    said = Html(f"<p>{shown(calls_sentence(book, formats))}</p>")
    return join([said, printed_table(calls_table(book, formats, shown=CALLS_SHOWN))]) if book.files else said


def method(formats: Formats) -> Html:
    """Return the nine steps, and the lessons to unfold."""
    taught = [Html(f'<details class="audit-scenario"><summary><b>{shown(one.title)}</b></summary>'
                   f"<p>{shown(one.about)}</p><ul>{join(Html(f'<li>{shown(point)}</li>') for point in one.points)}</ul>"
                   "</details>") for one in lessons(formats)]
    return join([printed_table(steps_table(formats)), heading(formats.gettext("Avant, pendant, après")), *taught])


def behaviours(formats: Formats) -> Html:
    """Return behaviours on the telephone, for training."""
    return printed_table(behaviours_table(formats))
