"""The dashboard: filters, figures, charts, drill-down, what-if and questions, over results already made."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from auditlib.formats import Formats
from auditlib.present import charts, customer_tables, failure_panel, figures, figures_evolution, panels
from auditlib.present.controls import EVERYTHING, ChartBox, box, dropdown, html, offer, segment_filters, wrapped
from auditlib.present.markup import Html, heading, style
from auditlib.present.selection import Selection, State
from auditlib.present.slices import Slices

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["Dashboard", "dashboard"]

TOP_CUSTOMERS, CUSTOMERS_LISTED = 10, 400
FIRST_SHARE = 20
NOBODY = [("–", "")]


def dashboard(
    results: "AuditResults",
    *,
    client: str = "",
    language: str = "fr",
    status: str = "",
    thousands: bool = False,
    questions: Sequence[str] = (),
    on_question: Callable[[str], None] | None = None,
) -> "Dashboard":
    """Return the dashboard of an audit's results.

    Parameters
    ----------
    results : AuditResults
    client : str
        Name shown at the top; empty: the one in the summary.
    language : {"fr", "en"}
    status : str
        Whether the audit is reviewed.
    thousands : bool
        Whether amounts are first shown in thousands.
    questions : sequence of str
        Already noted.
    on_question : callable, optional
        Told each question noted; None: no questions are asked for.
    """
    return Dashboard(
        results,
        client=client or str(results.summary["client"]),
        language=language,
        status=status,
        thousands=thousands,
        questions=questions,
        on_question=on_question,
    )


class Dashboard:
    """The dashboard and its controls; it slices results and computes no audit.

    Attributes
    ----------
    view : ipywidgets.VBox
        What is displayed.
    filters : dict of str to Dropdown
        By segment; only segments with more than one value.
    month, unit, customer, debtor : Dropdown
    reset, add : Button
    share : IntSlider
        Part of the net overdue collected in the simulation. [percent]
    question : Textarea
    figures, ageing, evolution, dso, top, items, simulation, failure, asked
        What the controls change.
    """

    def __init__(
        self,
        results: "AuditResults",
        *,
        client: str,
        language: str,
        status: str,
        thousands: bool,
        questions: Sequence[str],
        on_question: Callable[[str], None] | None,
    ) -> None:
        currency = str(results.summary.get("currency") or "")
        self.slices = Slices(results)
        self._formats = {
            name: Formats(language=language, currency=currency, thousands=name == "thousands")
            for name in ("unit", "thousands")
        }
        self._thousands = thousands
        self._questions, self._on_question = list(questions), on_question
        self._say = self._formats["unit"].gettext
        self._make_controls()
        self.figures, self.top, self.items, self.simulation = (ipywidgets.HTML() for _ in range(4))
        self.failure, self.asked = ipywidgets.HTML(), ipywidgets.HTML()
        self.ageing, self.evolution, self.dso = (ChartBox() for _ in range(3))
        mast = panels.masthead(results.summary, client=client, status=status, language=language)
        self.view = self._layout(ipywidgets.HTML(style() + wrapped(mast)))
        self._update()
        self._show_questions()
        self._observe()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Show the dashboard as a notebook shows a widget."""
        return self.view._repr_mimebundle_(**options)

    @property
    def formats(self) -> Formats:
        """Formats of the unit chosen."""
        return self._formats[self.unit.value]

    @property
    def selection(self) -> Selection:
        """What the filters ask for."""
        chosen = {name: control.value for name, control in self.filters.items() if control.value != EVERYTHING}
        return Selection(self.month.value, chosen)

    def _make_controls(self) -> None:
        _, formats = self._say, self._formats["unit"]
        self.filters = segment_filters(self.slices, formats)
        months = [(formats.short_date(day), day) for day in self.slices.months]
        self.month = dropdown(_("Situation au"), months, css="filter-month")
        units = [(written.unit_of_amounts(), name) for name, written in self._formats.items()]
        self.unit = dropdown(_("Montants en"), units, css="filter-unit")
        self.unit.value = "thousands" if self._thousands else "unit"
        self.reset = ipywidgets.Button(description=_("Réinitialiser"), tooltip=_("Revenir à l’ensemble des clients"))
        self.customer = dropdown(_("Client"), NOBODY, css="filter-customer")
        self.debtor = dropdown(_("Client défaillant"), NOBODY, css="filter-debtor")
        self.share = ipywidgets.IntSlider(
            value=FIRST_SHARE, min=0, max=100, step=5, readout=False, layout=ipywidgets.Layout(width="100%")
        )
        self.share_label = ipywidgets.HTML()
        self.question = ipywidgets.Textarea(
            placeholder=_("Question posée pendant la présentation"), rows=2, layout=ipywidgets.Layout(width="100%")
        )
        self.add = ipywidgets.Button(description=_("Noter la question"), button_style="primary")

    def _layout(self, mast: ipywidgets.HTML) -> ipywidgets.VBox:
        _ = self._say
        simulation = self._panel(
            "audit-simulation",
            _("Simulation : et si l’échu baissait ?"),
            self.share_label,
            self.share,
            self.simulation,
            detail=_("Une hypothèse de travail, pas une prévision : l’échu net encaissé, toutes choses égales."),
        )
        drill = self._panel(
            "audit-drill",
            _("Du client aux pièces"),
            self.customer,
            self.items,
            detail=_(
                "Pièces ouvertes à la date d’arrêté, avec le fichier, la feuille et la ligne d’où elles viennent."
            ),
        )
        failing = self._panel(
            "audit-failure",
            _("Simulation : et si ce client ne payait plus ?"),
            self.debtor,
            self.failure,
            detail=_("À la date d’arrêté, clients privés : la perte, la TVA qui revient et les ventes à refaire."),
        )
        parts = [
            mast,
            box([*self.filters.values(), self.month, self.unit, self.reset], "audit-filters"),
            self.figures,
            box([self.ageing.view, self.evolution.view], "audit-pair"),
            box([self.dso.view, simulation], "audit-pair"),
            failing,
            box([self.top], "audit-panel audit-top"),
            drill,
        ]
        if self._on_question is not None:
            parts.append(self._panel("audit-asked", _("Questions"), self.question, self.add, self.asked))
        return box(parts, "audit-dashboard audit-live")

    def _panel(self, name: str, title: str, *content: ipywidgets.Widget, detail: str = "") -> ipywidgets.VBox:
        return box([html(heading(title, detail=detail)), *content], f"audit-panel {name}")

    def _observe(self) -> None:
        for control in (*self.filters.values(), self.month, self.unit):
            control.observe(lambda _change: self._update(), "value")
        self.customer.observe(lambda _change: self._show_items(), "value")
        self.debtor.observe(lambda _change: self._show_failure(), "value")
        self.share.observe(lambda _change: self._show_simulation(self.slices.state(self.selection)), "value")
        self.reset.on_click(lambda _button: self._reset())
        self.add.on_click(lambda _button: self._note_question())

    def _update(self) -> None:
        """Show what the filters ask for."""
        selection, formats = self.selection, self.formats
        state, history = self.slices.state(selection), self.slices.history(selection.segments)
        for name, control in self.filters.items():
            (control.add_class if name in selection.segments else control.remove_class)("active")
        line = panels.selection_line(selection, self.slices.as_of_date, formats)
        self.figures.value = wrapped(Html(line + panels.state_tiles(state, history, selection, formats)))
        self._show_charts(state, history)
        listed = self.slices.customers(selection)
        self._show_top(listed, selection)
        self._show_simulation(state)
        self._list_customers(listed)

    def _show_charts(self, state: State, history: pd.DataFrame) -> None:
        formats, summary = self.formats, self.slices.results.summary
        missing = self._say("L’historique est trop court pour une évolution.")
        reason = formats.stored(summary.get("evolution_reason")) or missing
        none = (
            self._say(state.receivable.reason)
            if state.receivable.reason
            else self._say("Aucun encours dans cette sélection.")
        )
        some = state.receivable.value is not None and any(row["amount"] for row in state.ageing)
        self.ageing.show(figures.ageing(state.ageing, formats) if some else None, charts.ageing, formats, instead=none)
        several = len(history) > 1
        self.evolution.show(
            figures_evolution.evolution(history, formats) if several else None,
            charts.evolution,
            formats,
            instead=reason,
        )
        dated = several and history["dso"].notna().sum() > 1
        self.dso.show(
            figures_evolution.dso_evolution(history, formats) if dated else None,
            charts.dso_evolution,
            formats,
            instead=self._say(state.dso.reason) if state.dso.reason else reason,
        )

    def _show_top(self, listed: pd.DataFrame, selection: Selection) -> None:
        _, late = self._say, listed[listed["overdue_cents"] > 0]
        detail = _("{shown} premiers sur {all} clients en retard, au {date}.").format(
            shown=min(TOP_CUSTOMERS, len(late)),
            all=self.formats.count(len(late)),
            date=self.formats.short_date(selection.month_end),
        )
        title = heading(_("Clients les plus en retard"), detail=detail if len(late) else "")
        rows = customer_tables.customers(
            late.head(TOP_CUSTOMERS),
            self.formats,
            oldest=self.slices.oldest_bucket,
            empty=_("Aucun client en retard dans cette sélection."),
        )
        self.top.value = wrapped(Html(title + rows))

    def _show_simulation(self, state: State) -> None:
        share = self.share.value / 100
        label = self._say("Échu net encaissé : {share}").format(share=f"{self.share.value}\u00a0%")
        self.share_label.value = wrapped(Html(f'<div class="audit-detail">{label}</div>'))
        self.share.disabled = state.net_overdue.value is None
        self.simulation.value = wrapped(panels.what_if(state, share=share, formats=self.formats))

    def _list_customers(self, listed: pd.DataFrame) -> None:
        """Offer the selection's customers, and keep those chosen where they are still there."""
        shown = listed.head(CUSTOMERS_LISTED)
        names = [
            (f"{name or code} ({code})", code) for name, code in zip(shown["name"], shown["customer_id"], strict=True)
        ]
        offer(self.customer, names or NOBODY)
        offer(self.debtor, failure_panel.debtors(self.slices.results, listed)[:CUSTOMERS_LISTED] or NOBODY)
        self._show_items()
        self._show_failure()

    def _show_failure(self) -> None:
        lost = failure_panel.failure(self.slices.results, self.debtor.value or "", self.formats)
        self.failure.value = wrapped(lost)

    def _show_items(self) -> None:
        items = self.slices.open_items(self.customer.value or "")
        self.items.value = wrapped(
            customer_tables.open_items(items, self._formats["unit"])
        )  # always to the cent: each can be looked up

    def _reset(self) -> None:
        for control in self.filters.values():
            control.value = EVERYTHING
        self.month.value = self.slices.as_of_date

    def _note_question(self) -> None:
        text = self.question.value.strip()
        if text and self._on_question is not None:
            self._on_question(text)
            self._questions.append(text)
            self.question.value = ""
            self._show_questions()

    def _show_questions(self) -> None:
        self.asked.value = wrapped(panels.questions(self._questions, self.formats))
