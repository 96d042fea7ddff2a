"""A document of the practice that its reader can edit (docx): A4, one face, tables that repeat their header."""

import datetime as dt
import io
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from auditlib.deliver.sealing import seal
from auditlib.formats import Formats, typographic

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import _Row
    from docx.text.paragraph import Paragraph

    from auditlib.deliver.parts import Table

__all__ = ["Paper"]

NAVY, GREY = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x5B, 0x67, 0x75)
FONT = "Arial"
MARGIN, PAGE_WIDTH = Cm(2.0), Cm(17.0)
LINE, WIDEST, TOGETHER = 100, 60, 8
"""What a table's line holds, and the most a column asks for [characters]; rows up to which a table stays whole."""
LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}


class Paper:
    """A document being written; texts get the spaces of French typography where they are French."""

    def __init__(self, formats: Formats) -> None:
        self.document = Document()
        self._formats = formats
        page = self.document.sections[0]
        page.page_width, page.page_height = Cm(21.0), Cm(29.7)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(10)
        normal.paragraph_format.space_after = Pt(4)
        normal.element.rPr.append(_language(formats.language))
        heading = self.document.styles["Heading 1"]
        heading.font.name, heading.font.size, heading.font.color.rgb = FONT, Pt(14), NAVY
        heading.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
        heading.element.rPr.rFonts.attrib.pop(qn("w:asciiTheme"))
        heading.element.rPr.rFonts.attrib.pop(qn("w:hAnsiTheme"), None)
        _numbered(page.footer.paragraphs[0])

    def content(self, *, day: dt.date) -> bytes:
        """Return the file, the same bytes for the same content; `day` is written as its date."""
        written = io.BytesIO()
        self.document.save(written)
        return seal(written.getvalue(), day=day)

    def title(self, words: str, lines: list[str]) -> None:
        """Write the title and what stands under it."""
        run = self.document.add_paragraph().add_run(self._spaced(words))
        run.bold, run.font.size, run.font.color.rgb = True, Pt(20), NAVY
        for line in lines:
            self.document.add_paragraph().add_run(self._spaced(line)).font.color.rgb = GREY

    def heading(self, words: str, *, on_new_page: bool = False) -> None:
        """Write a heading of the first level."""
        self.document.add_heading(self._spaced(words), level=1).paragraph_format.page_break_before = on_new_page

    def paragraph(self, words: str, *, bold: bool = False, after: str = "", indent: bool = False) -> None:
        """Write a paragraph; `after` in grey."""
        made = self.document.add_paragraph()
        made.add_run(self._spaced(words)).bold = bold
        made.paragraph_format.keep_with_next = bold
        if indent:
            made.paragraph_format.left_indent = Cm(0.6)
        if after:
            made.add_run(self._spaced(after)).font.color.rgb = GREY

    def bullet(self, words: str) -> None:
        """Write a line of a list."""
        made = self.document.add_paragraph(self._spaced(words), style="List Bullet")
        made.paragraph_format.space_after = Pt(1)

    def picture(self, png: bytes, words: str, *, share: float = 1.0) -> None:
        """Put a picture in over a share of the page's width; `words` say what it shows to those who do not see it."""
        self.document.add_picture(io.BytesIO(png), width=Emu(round(PAGE_WIDTH * share)))
        list(self.document.element.body.iter(qn("wp:docPr")))[-1].set("descr", words)

    def table(self, part: "Table") -> None:
        """Write a table of the report, its title above it."""
        if part.title:
            self.paragraph(part.title, bold=True)
        made = self.document.add_table(rows=1, cols=len(part.columns), style="Light List Accent 1")
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths = _widths(part)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Emu(width)
        _fill(made.rows[0], [self._spaced(title) for title in part.columns], part.align, widths, bold=True)
        _marked(made.rows[0], "cantSplit", "tblHeader")
        for row in part.rows:
            line = made.add_row()
            _fill(line, [self._spaced(text) for text in row], part.align, widths)
            _marked(line, "cantSplit")
        for line in made.rows[:-1] if len(part.rows) <= TOGETHER else made.rows[:1]:
            line.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def _spaced(self, words: str) -> str:
        return typographic(words) if self._formats.language == "fr" else words


def _widths(part: "Table") -> list[int]:
    """Share the width of the page: each column holds its longest word, those of long texts take what is left."""
    texts = [[title, *(row[rank] for row in part.rows)] for rank, title in enumerate(part.columns)]
    least = [max(len(word) for text in column for word in text.split(" ")) + 3 for column in texts]
    more = [min(max(map(len, column)), WIDEST) for column in texts]
    wanted = [max(size - word, 0) for size, word in zip(more, least, strict=True)]
    spare = max(LINE - sum(least), 0) / max(sum(wanted), 1)
    sizes = [word + size * min(spare, 1.0) for word, size in zip(least, wanted, strict=True)]
    return [round(PAGE_WIDTH * size / sum(sizes)) for size in sizes]


def _fill(row: "_Row", texts: list[str], align: str, widths: list[int], *, bold: bool = False) -> None:
    for cell, text, letter, width in zip(row.cells, texts, align, widths, strict=True):
        cell.width = Emu(width)
        made = cell.paragraphs[0]
        made.alignment = WD_ALIGN_PARAGRAPH.RIGHT if letter == "r" else WD_ALIGN_PARAGRAPH.LEFT
        made.paragraph_format.space_after = Pt(0)
        run = made.add_run(text)
        run.font.size, run.bold = Pt(8), bold


def _marked(row: "_Row", *names: str) -> None:
    """Mark a row: ``tblHeader`` repeats it at the top of each page, ``cantSplit`` keeps it on one page."""
    for name in names:
        mark = OxmlElement(f"w:{name}")
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 -- the library has no call for it


def _language(language: str) -> "BaseOxmlElement":
    """Return the mark by which a spell checker knows the language."""
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), LANGUAGES[language])
    return mark


def _numbered(paragraph: "Paragraph") -> None:
    """Write the number of the page."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run()
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)  # noqa: SLF001 -- the library has no call for fields
