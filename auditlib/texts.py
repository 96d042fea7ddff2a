"""Client-facing texts: French is the source, gettext gives the other languages."""

import gettext
import io
import re
from collections.abc import Callable
from functools import lru_cache
from importlib import resources

__all__ = ["LANGUAGES", "N_", "Translator", "translate_joined", "translator"]

LANGUAGES = ("fr", "en")

Translator = gettext.NullTranslations
"""What `translator` returns; call its ``gettext`` with the French sentence."""


class Catalogue(gettext.GNUTranslations):
    """A compiled catalogue in which an empty sentence stays empty, instead of giving the catalogue's header."""

    def gettext(self, message: str) -> str:
        """Return the sentence in the catalogue's language, or as it is where it has no translation."""
        return super().gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 -- the name that message extraction looks for
    """Mark a French sentence for the catalogue where it is stored, not yet shown."""
    return message


def translate_joined(text: str, translate: Callable[[str], str]) -> str:
    """Translate messages joined by spaces, as notes keep them; what the catalogue does not know stays as it is.

    Examples
    --------
    >>> translate_joined("Un. Deux. Trois.", lambda said: {"Un. Deux.": "One. Two."}.get(said, said))
    'One. Two. Trois.'
    """
    ends = [*(found.start() for found in re.finditer(r"(?<=\.) ", text)), len(text)]
    known = next((end for end in reversed(ends) if translate(text[:end]) != text[:end]), 0)
    head, rest = text[:known or ends[0]], text[(known or ends[0]) + 1:]
    said = translate(head) if known else head
    return f"{said} {translate_joined(rest, translate)}" if rest else said


@lru_cache
def translator(language: str) -> Translator:
    """Return the catalogue of a language; French needs none, it is the source.

    Parameters
    ----------
    language : {"fr", "en"}

    Notes
    -----
    The catalogue is compiled when it is first asked for: a checkout then needs no build step.
    """
    if language == "fr":
        return gettext.NullTranslations()
    from babel.messages import mofile, pofile  # only a reader of another language pays for it

    source = resources.files("auditlib") / "locale" / f"{language}.po"
    compiled = io.BytesIO()
    with source.open("rb") as text:
        mofile.write_mo(compiled, pofile.read_po(text, locale=language))
    compiled.seek(0)
    return Catalogue(compiled)
