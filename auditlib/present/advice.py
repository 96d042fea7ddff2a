"""What surrounds the figures: things and the state each is in, and single sentences."""

from collections.abc import Mapping

from auditlib.formats import Formats, typographic
from auditlib.present.markup import Column, Html, shown, table

__all__ = ["said", "states"]


def states(rows: Mapping[str, str], *, language: str = "fr") -> Html:
    """Return things and the state each is in."""
    _ = Formats(language=language).gettext
    return table((Column(_("Élément")), Column(_("État"), "wide")), list(rows.items()))


def said(sentence: str, *, language: str = "fr") -> Html:
    """Return one sentence."""
    return Html(f'<p class="audit-sentence">{shown(typographic(sentence) if language == "fr" else sentence)}</p>')
