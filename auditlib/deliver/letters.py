"""Letters to debtors as documents their sender can edit (docx), and e-mail drafts; nothing is sent."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from auditlib.deliver.letter_context import letter_context
from auditlib.deliver.sealing import seal
from auditlib.errors import BadInputError

if TYPE_CHECKING:
    from docx.document import Document

    from auditlib.letter_cases import LetterCase, LetterCases

__all__ = ["LetterWriter"]

SUBJECT = "Objet"
LOGO_HEIGHT, SIGNATURE_HEIGHT = Cm(1.6), Cm(1.8)


class Sandbox(SandboxedEnvironment):
    """Compiles a template's text once: letters of one kind differ by their values alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._compiled: dict[str, Template] = {}

    def from_string(self, source: Any, *args: Any, **options: Any) -> Template:
        """Return the template of a text, as compiled the first time."""
        if source not in self._compiled:
            self._compiled[source] = super().from_string(source, *args, **options)
        return self._compiled[source]


@dataclass(frozen=True)
class LetterWriter:
    """Fills in the templates of letters; each is read once.

    Attributes
    ----------
    own_templates : Path
        Folder whose ``<code>.docx`` take the place of the package's; it may not exist.
    images_from : Path
        Folder that paths of logos and signatures are relative to.
    """

    own_templates: Path
    images_from: Path
    _read: dict[str, bytes] = field(default_factory=dict)
    _environment: Sandbox = field(default_factory=lambda: Sandbox(undefined=StrictUndefined, autoescape=True))

    def letter(self, cases: "LetterCases", case: "LetterCase") -> tuple[bytes, EmailMessage | None, dict[str, Any]]:
        """Return a letter, the draft of its e-mail where somebody is known to get it, and what it was filled with.

        Raises
        ------
        BadInputError
            If a template of one's own cannot be read or filled in, or an image cannot be used.
        """
        values = letter_context(cases, case)
        template = DocxTemplate(io.BytesIO(self._source(case.template)))
        party = cases.practice if cases.rules.sender == "practice" else cases.parameters.creditor
        images = {"logo": self._image(template, party.logo, LOGO_HEIGHT),
                  "signature": self._image(template, party.signature, SIGNATURE_HEIGHT)}
        document = self._filled(template, case.template, values | images)
        content = io.BytesIO()
        template.save(content)
        to = cases.contacts.get(case.customer_id, {}).get("email", "")
        mail = draft(document, to=to) if to and case.template in MAILED else None
        return seal(content.getvalue(), day=cases.day), mail, values

    def _source(self, code: str) -> bytes:
        if code not in self._read:
            own = self.own_templates / f"{code}.docx"
            packaged = resources.files("auditlib.deliver") / "templates" / f"{code}.docx"
            self._read[code] = own.read_bytes() if own.is_file() else packaged.read_bytes()
        return self._read[code]

    def _filled(self, template: DocxTemplate, code: str, values: Mapping[str, Any]) -> "Document":
        try:
            template.render(dict(values), jinja_env=self._environment, autoescape=True)
        except (TemplateError, OSError, ValueError, KeyError) as problem:
            raise BadInputError(
                f"templates/{code}.docx: cannot be filled in ({problem}); start again from the package's template, and "
                f"use only its names: {', '.join(sorted(values))}") from problem
        document: Document = template.docx
        return document

    def _image(self, template: DocxTemplate, path: str, height: Cm) -> InlineImage | str:
        if not path:
            return ""
        found = self.images_from / path
        if not found.is_file():
            raise BadInputError(f"{path}: no such image; give logo and signature by paths from the parameters file")
        return InlineImage(template, str(found), height=height)


MAILED = ("reminder_1", "reminder_2", "reminder_3", "statement")
"""Letters that may go by e-mail; the others are registered, or signed by both."""


def draft(document: "Document", *, to: str) -> EmailMessage:
    """Return the letter as the draft of an e-mail: its subject, and its text from there on.

    Parameters
    ----------
    document : docx.document.Document
        The letter, filled in.
    to : str
        Address of who pays invoices.
    """
    lines = _lines(document)
    at = next((place for place, line in enumerate(lines) if line.startswith(SUBJECT)), 0)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(lines[at].removeprefix(SUBJECT).strip("\u00a0\u202f :").split()) if lines else ""
    message["To"] = to
    message["X-Unsent"] = "1"
    message.set_content("\n\n".join(line for line in lines[at + 1:] if line.strip()) + "\n")
    return message


def _lines(document: "Document") -> list[str]:
    """Return a letter's paragraphs, and its tables row by row."""
    found: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            found.append("\n".join(_row([cell.text for cell in row.cells]) for row in block.rows))
        else:
            found.append(block.text)
    return found


def _row(cells: list[str]) -> str:
    """Join the cells of a row; a merged cell counts once."""
    kept = [cell for place, cell in enumerate(cells) if place == 0 or cell != cells[place - 1]]
    return " | ".join(cell.replace("\n", " ") for cell in kept)
