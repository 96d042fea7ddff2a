"""The self-assessment to fill in: a score, an evidence and a document a criterion, the radar following each change."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ipywidgets

from auditlib.answers import NOT_APPLICABLE, Criterion, TimeSpent, answers_of
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.present.charts_radar import radar as draw
from auditlib.present.controls import ChartBox, box, html, wrapped
from auditlib.present.figures_assessment import NOTHING_SCORED, radar
from auditlib.present.interview_form import Told
from auditlib.present.markup import Html
from auditlib.present.tables_interview import assessment, paragraph
from auditlib.self_assessment import Assessed, Dimension, scale_legend, self_assessment
from auditlib.self_assessment_criteria import SCALE
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["AssessmentForm", "Save"]

Save = Callable[[str, str, Criterion | float | None], str]
"""Writes a value of a section of the answers by its key, and returns the name of the file."""
TIMES: dict[str, str] = {
    "people": N_("Personnes au recouvrement (équivalent temps plein)"),
    "hours_a_week": N_("Heures par semaine, toutes personnes ensemble"),
    "hourly_cost": N_("Coût d’une heure, charges comprises"),
    "invoicing_delay_days": N_("Jours entre livraison et facture, en moyenne"),
}
"""Figures that only the client knows, by field of `TimeSpent`."""


class AssessmentForm:
    """The grid's widgets; every change is saved, and the radar and tables follow it.

    Parameters
    ----------
    results : AuditResults
        With the scores already given.
    formats : Formats
    save : callable
    printed : Html
        What a reader without a kernel sees.
    current : callable
        Returns the results with the answers as they are after a change.

    Attributes
    ----------
    view : ipywidgets.VBox
    rows : dict of str to CriterionRow
        By criterion.
    times : dict of str to Text
        By field of `TimeSpent`.
    """

    def __init__(self, results: "AuditResults", formats: Formats, *, save: Save, printed: Html,
                 current: Callable[[], "AuditResults"]) -> None:
        self._formats, self._save, self._printed, self._current = formats, save, printed, current
        answers = answers_of(results.interview)
        dimensions = self_assessment(answers, language=formats.language)
        self.rows = {one.identifier: CriterionRow(one, formats, changed=self._scored)
                     for dimension in dimensions for one in dimension.criteria}
        self.times = {name: self._time(name, getattr(answers.time, name)) for name in TIMES}
        self.told, self._radar, self._tables = Told(formats), ChartBox(), html(Html(""))
        grid = ipywidgets.Accordion([self._dimension(one) for one in dimensions], selected_index=0)
        for rank, dimension in enumerate(dimensions):
            grid.set_title(rank, dimension.title)
        legend = html(paragraph(scale_legend(language=formats.language)))
        self.view = box([legend, self.told.view, grid, *self.times.values(), self._radar.view, self._tables],
                        "audit-panel audit-assessment")
        self._redraw(results)

    def _dimension(self, dimension: Dimension) -> ipywidgets.VBox:
        return box([self.rows[one.identifier].view for one in dimension.criteria], "audit-dimension")

    def _time(self, name: str, value: float | None) -> ipywidgets.Text:
        written = "" if value is None else self._formats.short_number(value, digits=2)
        made = ipywidgets.Text(value=written, description=self._formats.gettext(TIMES[name]), continuous_update=False,
                               style={"description_width": "340px"}, layout={"width": "480px"})
        made.observe(lambda _change: self._timed(name), "value")
        return made

    def _timed(self, name: str) -> None:
        self._keep(lambda: self._save("time", name, _number(self.times[name].value, name)))

    def _scored(self, identifier: str) -> None:
        self._keep(lambda: self._save("self_assessment", identifier, self.rows[identifier].given()))

    def _keep(self, save: Callable[[], str]) -> None:
        self.told.say(save)
        try:
            self._redraw(self._current())
        except BadInputError:
            return  # said already: what is shown stays as it was

    def _redraw(self, results: "AuditResults") -> None:
        figure = radar(results, self._formats)
        self._radar.show(figure, draw, self._formats, instead=self._formats.gettext(NOTHING_SCORED))
        self._tables.value = wrapped(assessment(results, self._formats))

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Show the form where there is a kernel behind, and the grid elsewhere."""
        return {**self.view._repr_mimebundle_(**options), "text/html": self._printed._repr_html_()}


class CriterionRow:
    """One criterion: its score, the evidence for it and the document that shows it."""

    def __init__(self, criterion: Assessed, formats: Formats, *, changed: Callable[[str], None]) -> None:
        _, given, self._before = formats.gettext, criterion.given, criterion.given
        options: list[tuple[str, Any]] = [(_("non évalué"), None)]
        options += [(f"{score} – {_(words)}", score) for score, words in enumerate(SCALE)]
        options.append((_("sans objet"), NOT_APPLICABLE))
        self.score = ipywidgets.Dropdown(options=options, value=given.score, layout={"width": "210px"})
        self.evidence = ipywidgets.Text(
            value=given.evidence, layout={"width": "38%"},
            placeholder=_("Preuve : {evidence}").format(evidence=criterion.expected))
        self.document = ipywidgets.Text(value=given.document, placeholder=_("Document"), layout={"width": "28%"})
        line = ipywidgets.HBox([self.score, self.evidence, self.document])
        self.view = box([html(paragraph(criterion.statement)), line], "audit-criterion")
        for widget in (self.score, self.evidence, self.document):
            widget.observe(lambda _change: changed(criterion.identifier), "value")

    def given(self) -> Criterion | None:
        """Return what is scored; None where all was taken back."""
        score, evidence, document = self.score.value, self.evidence.value, self.document.value
        if score is None and not evidence and not document:
            return None
        return Criterion(score=score, evidence=evidence, document=document, by=self._before.by)


def _number(written: str, name: str) -> float | None:
    """Read a number with a decimal comma or point; nothing is None.

    Raises
    ------
    BadInputError
        If it is no number that the field may hold.
    """
    plain = written.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not plain:
        return None
    try:
        value = float(plain)
        TimeSpent(**{name: value})
    except ValueError as problem:
        raise BadInputError(f"« {written} »: expected a positive number such as 1,5") from problem
    return value
