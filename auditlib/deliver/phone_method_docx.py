"""The telephone method as a document for training collectors, which its reader can edit."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from auditlib.deliver.call_parts import behaviours_table, objections_table, steps_table
from auditlib.deliver.paper import Paper
from auditlib.formats import Formats
from auditlib.phone_method import Lesson, lessons
from auditlib.texts import N_

__all__ = ["FILE_NAME", "phone_method_docx", "write_phone_method"]

FILE_NAME = "methode_telephone.docx"
BEFORE = ("preparation", "switchboard", "voice")
"""Lessons ahead of the call itself; the others come after it."""
ABOUT = N_("Pour former les chargés de recouvrement. Les chiffres de chaque client sont sur sa fiche d’appel.")
CAUTION = N_("Aide à la formation seulement : un comportement se travaille en exercice. Il ne se note ni sur une "
             "fiche, ni dans un logiciel, ni dans un compte rendu : on n’écrit que des faits.")


def write_phone_method(path: Path, *, day: dt.date, formats: Formats) -> Path:
    """Write ``methode_telephone.docx``."""
    path.write_bytes(phone_method_docx(day=day, formats=formats))
    return path


def phone_method_docx(*, day: dt.date, formats: Formats) -> bytes:
    """Return the document, the same bytes for the same day and language; it names no debtor.

    Parameters
    ----------
    day : date
        Written as the document's date.
    formats : Formats
    """
    _, paper = formats.gettext, Paper(formats)
    paper.title(_("Méthode d’appel téléphonique"), [_(ABOUT)])
    taught = lessons(formats)
    for lesson in taught:
        if lesson.code in BEFORE:
            _lesson(paper, lesson)
    for part in (steps_table(formats), objections_table(formats)):
        paper.heading(part.title)
        paper.table(replace(part, title=""))
    paper.heading(_("Les comportements au téléphone"))
    paper.paragraph(_(CAUTION))
    paper.table(behaviours_table(formats))
    for lesson in taught:
        if lesson.code not in BEFORE:
            _lesson(paper, lesson)
    return paper.content(day=day)


def _lesson(paper: Paper, lesson: Lesson) -> None:
    paper.heading(lesson.title)
    paper.paragraph(lesson.about)
    for point in lesson.points:
        paper.bullet(point)
