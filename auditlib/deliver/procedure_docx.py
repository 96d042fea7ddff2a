"""The collection procedure as a document the client edits and adopts: roles, flowcharts, scenarios, what changes."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from auditlib.deliver.definitions import definition
from auditlib.deliver.labels import status
from auditlib.deliver.parts import Chart, Table, table
from auditlib.deliver.procedure_parts import (
    actions_table,
    changes_table,
    duties_table,
    flow_chart,
    kind_flow_chart,
    stakes_table,
    steps_table,
)
from auditlib.deliver.sealing import seal
from auditlib.formats import Formats, typographic

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults
    from auditlib.parameters import Parameters
    from auditlib.procedure import Procedure, Treatment

__all__ = ["procedure_docx", "write_procedure"]

ACTIONS_SHOWN = 20
BLANK = "……………………"
PIXELS_PER_INCH = 144
"""Of a chart 720 points wide: 220 dots an inch once it is as wide as the page's text."""
NAVY, MUTED = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x5B, 0x67, 0x75)
HEADER_FILL = "E8EDF3"
TEXT_WIDTH = Cm(17)
FOLLOWED = ("overdue_rate_net", "overdue_rate_90", "dso", "recovery_rate_1m", "recovery_rate_3m")
"""What tells whether the procedure works, with where the client stands today."""


def write_procedure(procedure: "Procedure", path: Path, *, results: "AuditResults", parameters: "Parameters",
                    formats: Formats) -> Path:
    """Write ``procedure_recouvrement.docx``."""
    path.write_bytes(procedure_docx(procedure, results=results, parameters=parameters, formats=formats))
    return path


def procedure_docx(procedure: "Procedure", *, results: "AuditResults", parameters: "Parameters",
                   formats: Formats) -> bytes:
    """Return the procedure as a Word document, the same bytes for the same content.

    Parameters
    ----------
    procedure : Procedure
    results : AuditResults
        For the figures the procedure will be followed by.
    parameters : Parameters
        Who the client is, who prepared this and whether it was reviewed.
    formats : Formats
    """
    paper = _Paper(formats)
    paper.opening(procedure, results, parameters)
    _ = formats.gettext
    paper.heading(_("Règles qui valent pour tous"))
    paper.bullets([_("On ne réclame que l’échu net : ce qui reste dû une fois les règlements et avoirs affectés."),
                   *(stop.sentence for stop in procedure.stops)])
    paper.heading(_("Le déroulement"), on_new_page=True)
    if procedure.treatments:
        paper.chart(flow_chart(procedure, formats))
    for part in (duties_table(procedure, formats), actions_table(procedure, formats, shown=ACTIONS_SHOWN),
                 stakes_table(procedure, formats), changes_table(procedure, formats)):
        paper.heading(part.title)
        paper.table(part)
    for treatment in procedure.treatments:
        paper.scenario(treatment)
    paper.heading(_("Suivi de la procédure"))
    paper.table(_followed(results, formats))
    paper.text(_("Revue chaque mois en comité de recouvrement ; procédure révisée chaque année et à chaque changement "
                 "d’organisation ou de loi."))
    return seal(paper.content(), day=parameters.as_of_date)


class _Paper:
    """A Word document being written, in one look."""

    def __init__(self, formats: Formats) -> None:
        self.formats = formats
        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(10)
        normal.paragraph_format.space_after = Pt(5)
        for level, size in ((1, 15), (2, 11.5)):
            style = self.document.styles[f"Heading {level}"]
            style.font.name, style.font.size, style.font.color.rgb, style.font.bold = "Arial", Pt(size), NAVY, True
            style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
            for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                style.element.rPr.rFonts.attrib.pop(qn(f"w:{name}"), None)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(16), Pt(6)
            style.paragraph_format.keep_with_next = True

    def opening(self, procedure: "Procedure", results: "AuditResults", parameters: "Parameters") -> None:
        """Write the title, what is at stake, and the box by which the client adopts the procedure."""
        _ = self.formats.gettext
        title = _("Procédure de recouvrement amiable")
        core = self.document.core_properties
        core.title, core.author, core.comments = f"{parameters.title} – {title}", parameters.prepared_by, ""
        self.text(parameters.title, size=12, color=MUTED)
        self.text(title, size=22, bold=True, color=NAVY)
        self.text(_("Situation au {date} ; {status}").format(
            date=self.formats.date(results.summary["as_of_date"]),
            status=status(parameters, language=self.formats.language)), color=MUTED)
        self.text(procedure.sentence, bold=True)
        self.table(table([_("Adoption"), ""], "ll", [
            (_("Rédigée par"), parameters.prepared_by or BLANK), (_("Relue par"), parameters.reviewed_by or BLANK),
            (_("Adoptée par (nom, fonction)"), BLANK), (_("Date et signature"), BLANK),
            (_("Prochaine révision"), BLANK)], widths=(2, 5)))
        self._page_numbers(f"{parameters.title} – {title}")

    def scenario(self, treatment: "Treatment") -> None:
        """Write how one kind of debtor is followed."""
        _, scenario = self.formats.gettext, treatment.scenario
        self.heading(scenario.title)
        self.text(treatment.sentence, bold=True, is_kept=True)
        if treatment.pace:
            self.text(treatment.pace, is_kept=True)
        self.text(scenario.method, is_kept=True)
        self.text(_("Débiteurs concernés : {grounds}.").format(grounds=" ; ".join(
            f"{reason} ({self.formats.count(count)})" for reason, count in treatment.grounds)),
            color=MUTED, is_kept=True)
        self.chart(kind_flow_chart(treatment, self.formats), is_named=False)
        self.text(f"{scenario.dunning_sentence} {scenario.clock_sentence}")
        self.table(steps_table(treatment, self.formats))
        for title, said in ((_("Escalade"), scenario.escalation), (_("Vigilance juridique"), scenario.cautions)):
            self.heading(title, level=2)
            self.bullets(said)

    def heading(self, words: str, *, level: int = 1, on_new_page: bool = False) -> None:
        """Write a heading."""
        written = self.document.add_heading(self._spaced(words), level)
        written.paragraph_format.page_break_before = on_new_page or None

    def text(self, words: str, *, size: float | None = None, bold: bool = False, color: RGBColor | None = None,
             is_kept: bool = False) -> None:
        """Write a paragraph, kept on the page of what follows where asked."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = is_kept or None
        run = paragraph.add_run(self._spaced(words))
        run.bold = bold or None
        if size is not None:
            run.font.size = Pt(size)
        if color is not None:
            run.font.color.rgb = color

    def bullets(self, sentences: "list[str] | tuple[str, ...]") -> None:
        """Write a list."""
        for sentence in sentences:
            paragraph = self.document.add_paragraph(self._spaced(sentence), style="List Bullet")
            paragraph.paragraph_format.space_after = Pt(2)

    def chart(self, chart: Chart, *, is_named: bool = True) -> None:
        """Put a chart in, as a picture every word processor shows, and the sentence to read it by."""
        self.document.add_picture(io.BytesIO(_picture(chart)), width=TEXT_WIDTH)
        paragraph = self.document.paragraphs[-1]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        list(self.document.element.body.iter(qn("wp:docPr")))[-1].set("descr", chart.title)
        if is_named:
            self.text(chart.sentence, color=MUTED)

    def table(self, part: Table) -> None:
        """Write a table: its header comes back on each page, and no row is cut by the end of one."""
        drawn = self.document.add_table(rows=1, cols=len(part.columns))
        drawn.autofit = False
        for cell, words in zip(drawn.rows[0].cells, part.columns, strict=True):
            self._fill(cell, words, bold=True)
        for row in part.rows:
            line = drawn.add_row()
            for cell, words, align in zip(line.cells, row, part.align, strict=True):
                self._fill(cell, words, right=align == "r")
        for column, width in zip(drawn.columns, _widths(part), strict=True):
            column.width = width
            for cell in column.cells:
                cell.width = width
        whole = self.document.element.body.tbl_lst[-1]
        whole.tblPr.append(_rules())
        written = whole.tr_lst
        for cell in written[0].tc_lst:
            cell.get_or_add_tcPr().append(_shade())
        for rank, line in enumerate(written):
            line.get_or_add_trPr().append(OxmlElement("w:cantSplit" if rank else "w:tblHeader"))
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def content(self) -> bytes:
        """Return the file."""
        written = io.BytesIO()
        self.document.save(written)
        return written.getvalue()

    def _fill(self, cell: Any, words: str, *, bold: bool = False, right: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(self._spaced(words))
        run.bold, run.font.size = bold or None, Pt(8)

    def _page_numbers(self, words: str) -> None:
        footer = self.document.sections[0].footer
        paragraph = footer.paragraphs[0]
        run = paragraph.add_run(f"{words} – ")
        run.font.size, run.font.color.rgb = Pt(8), MUTED
        number = paragraph.add_run()
        number.font.size, number.font.color.rgb = Pt(8), MUTED
        for kind, code in (("begin", ""), ("", " PAGE "), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.text = code
            list(footer.part.element.iter(qn("w:r")))[-1].append(part)

    def _spaced(self, words: str) -> str:
        return typographic(words) if self.formats.language == "fr" else words


def _picture(chart: Chart) -> bytes:
    """Turn a chart into a PNG by typst, with the fonts it carries: the same picture on every machine."""
    page = '#set page(width: 720pt, height: auto, margin: 0pt)\n#image("chart.svg", width: 100%)'
    drawn: bytes = typst.compile(  # type: ignore[call-overload]  # it takes files by name, its stubs do not say so
        {"main.typ": page.encode(), "chart.svg": chart.svg.encode()}, format="png", ppi=PIXELS_PER_INCH,
        ignore_system_fonts=True)
    return drawn


def _widths(part: Table) -> list[Emu]:
    """Share the page's width out; a column of figures takes as much as its longest one needs."""
    longest = [max((len(row[place]) for row in part.rows), default=6) for place in range(len(part.columns))]
    fixed = [Cm(0.55 + 0.17 * max(min(length, 16), len(max(column.split(), key=len, default=""))))
             if width == 0 else Emu(0)
             for length, column, width in zip(longest, part.columns, part.widths, strict=True)]
    left = TEXT_WIDTH - sum(fixed)
    shares = sum(part.widths) or 1
    return [Emu(size or left * width // shares) for size, width in zip(fixed, part.widths, strict=True)]


def _rules() -> Any:
    """Return the lines of a table: thin ones between rows, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "C9D1D9")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    return borders


def _shade() -> Any:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), HEADER_FILL)
    return shade


def _followed(results: "AuditResults", formats: Formats) -> Table:
    """Say where the client stands today on what the procedure should move, and leave room for the aim."""
    _, entries = formats.gettext, results.summary["indicators"]
    rows = [(definition(name, language=formats.language).label, formats.measure(
        entries[name]["value"], entries[name]["unit"]) if entries[name]["value"] is not None
        else formats.stored(entries[name]["reason"]), BLANK) for name in FOLLOWED if name in entries]
    return table([_("Indicateur"), _("Aujourd’hui"), _("Objectif à douze mois")], "lll", rows, widths=(4, 3, 2))
