"""The form that corrects how a sheet is read: use, header, roles of columns, sign, dates; tried before it is saved."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets

from auditlib.deliver.labels import label
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.loaders.inspection import SourceReport
from auditlib.loaders.kinds import KINDS_OF_SOURCE
from auditlib.loaders.known_layouts import CARRIED
from auditlib.present.column_form import ColumnForm
from auditlib.present.controls import box, dropdown, html, wrapped
from auditlib.present.markup import Html, shown
from auditlib.present.sheet_effect import effect
from auditlib.present.sheet_words import kind_name
from auditlib.present.sheets_shown import recognised

__all__ = ["SheetForm"]

Read = Callable[[str, Mapping[str, Any]], SourceReport]
Keep = Callable[[str, Mapping[str, Any]], str]
Export = Callable[[str, Mapping[str, Any], str], str]
SIMPLE = ("role", "kind", "sign", "date_order")
"""Choices with a list of their own."""
USES = ("items", "second_source", "attributes", "unused")


class SheetForm:
    """The form's widgets; `show_effect`, `save`, `export` and `reset` are what its buttons do.

    Parameters
    ----------
    reports : sequence of SourceReport
        As the documents were read.
    read : callable
        Takes a sheet's name and choices, and returns its report as they make it.
    keep : callable
        Writes choices, and returns the name of the file.
    export : callable
        Takes a name besides, writes a profile, and returns the name of its file.
    formats : Formats

    Attributes
    ----------
    view : ipywidgets.VBox
    sheet, role, kind, sign, date_order : ipywidgets.Dropdown
    header_row : ipywidgets.IntText
    columns : ColumnForm
    """

    def __init__(self, reports: Sequence[SourceReport], *, read: Read, keep: Keep, export: Export,
                 formats: Formats) -> None:
        self._reports = {report.name: report for report in reports}
        self._read, self._keep, self._export, self._formats = read, keep, export, formats
        _ = formats.gettext
        self.sheet = dropdown(_("Feuille"), [(name, name) for name in self._reports], css="sheet-name")
        self.role = self._choice(_("Usage"), [(label(one, language=formats.language), one) for one in USES])
        self.kind = self._choice(_("Nature"), [(kind_name(one, formats), one) for one in KINDS_OF_SOURCE])
        self.sign = self._choice(_("Sens"), [(_("ce qui est dû est positif"), "debit_positive"),
                                             (_("ce qui est dû est négatif"), "debit_negative")])
        self.date_order = self._choice(_("Ordre des dates"), [(_("jour puis mois"), "day_first"),
                                                    (_("mois puis jour"), "month_first")])
        self.header_row = ipywidgets.IntText(description=_("Ligne d’en-tête"), style={"description_width": "initial"},
                                             layout={"max_width": "130px"})
        self.header_row.add_class("audit-filter")
        self.columns = ColumnForm(formats)
        self.product = ipywidgets.Text(description=_("Profil"), placeholder="sage-grand-livre",
                                       style={"description_width": "initial"})
        self.message, self.effect = html(Html("")), html(Html(""))
        self.view = self._arranged()
        self._choices: dict[str, Any] = {}
        self._corrected = {report.name for report in reports if report.choices}
        self.sheet.observe(lambda _change: self._begin(), "value")
        self._begin()

    def choices(self) -> dict[str, Any]:
        """Return all that is corrected, as ``mapping`` of the parameters file writes it.

        Raises
        ------
        BadInputError
            In the reader's language, if one role is given twice or the header row does not exist.
        """
        made = {key: value for key, value in self._choices.items() if key not in (*SIMPLE, "headers", "found_as")}
        made |= {name: value for name in SIMPLE if (value := getattr(self, name).value)}
        if self.header_row.value != (self._report.header_row or 0):
            self._check_row()
            made = {key: value for key, value in made.items() if key not in ("columns", "ignored_columns")}
            return made | {"header_row": self.header_row.value}
        return self.columns.changed(made)

    def show_effect(self) -> bool:
        """Read the sheet again with the choices made and show what they change; return whether it could be read."""
        _ = self._formats.gettext
        try:
            choices = self.choices()
        except BadInputError as problem:
            return self._say(str(problem), "late")
        try:
            report = self._read(self.sheet.value, choices)
        except (BadInputError, OSError):
            return self._say(_("Avec ces choix la feuille ne peut pas être lue ; vérifiez la ligne d’en-tête et les "
                               "colonnes choisies."), "late")
        self._take(report, choices)
        return self._say(self._told(report), "good" if report.classes["loaded"] else "late")

    def save(self) -> None:
        """Write the choices into the parameters file, once they have been read."""
        if not self.show_effect():
            return
        _, name = self._formats.gettext, self.sheet.value
        if not self._choices and name not in self._corrected:
            self._say(_("Rien n’a été choisi."), "late")
            return
        try:
            file = self._keep(name, self._choices)
        except (BadInputError, OSError):
            self._say(_("Le fichier de paramètres n’a pas pu être écrit ; il est resté tel quel."), "late")
            return
        self._corrected.add(name)
        saved = _("Enregistré dans {file}, pour {name}.") if self._choices else _(
            "Correction retirée de {file}, pour {name}.")
        carried = _("Un fichier de mêmes en-têtes, l’an prochain, sera lu de même.") if any(
            key in self._choices for key in (*CARRIED, "header_row")) else ""
        told = " ".join(filter(None, (saved.format(file=file, name=name), self._next(), carried)))
        self._say(told, "good")

    def export(self) -> None:
        """Write the choices as a profile that serves other clients."""
        _ = self._formats.gettext
        if not self.show_effect():
            return
        try:
            file = self._export(self.sheet.value, self._choices, self.product.value.strip())
        except (BadInputError, OSError):
            self._say(_("Le profil n’a pas été écrit : il faut une correction de la mise en page, et un nom nouveau, "
                        "sans espace ni accent."), "late")
            return
        self._say(_("Profil enregistré : {file}. Il sert dès la prochaine exécution à tout fichier de mêmes en-têtes, "
                    "pour tous les clients.").format(file=file), "good")

    def reset(self) -> None:
        """Take all choices back: what the tool reads by itself."""
        self._fill({})
        self.header_row.value = self._report.header_row or 0
        self._choices = {}
        self.columns.reset()
        self.show_effect()

    def _begin(self) -> None:
        """Take another sheet."""
        report = self._reports[self.sheet.value]
        self._take(report, dict(report.choices))
        self.effect.value = self.message.value = ""

    def _take(self, report: SourceReport, choices: Mapping[str, Any]) -> None:
        """Hold a reading and the choices that made it, and show both."""
        self._report, self._choices = report, dict(choices)
        self._fill(choices)
        self.header_row.value = report.header_row or 0
        self.columns.show(report)
        formats = self._formats.in_currency(report.currency)
        self.effect.value = wrapped(effect(self._reports[self.sheet.value], report, formats))

    def _fill(self, choices: Mapping[str, Any]) -> None:
        for name in SIMPLE:
            getattr(self, name).value = choices.get(name, "")

    def _check_row(self) -> None:
        if not 1 <= self.header_row.value <= self._report.rows_read:
            raise BadInputError(self._formats.gettext(
                "La ligne d’en-tête doit être comprise entre 1 et {last}.").format(
                    last=self._formats.count(self._report.rows_read)))

    def _told(self, report: SourceReport) -> str:
        _ = self._formats.gettext
        if report.kind == "unknown":
            return _("Avec ces choix la feuille n’est pas reconnue : il faut une colonne de client, et une date ou un "
                     "montant.")
        if not report.classes["loaded"]:
            return _("Avec ces choix aucune ligne n’est reconnue.")
        return _("Effet de ces choix, rien n’est encore enregistré :")

    def _next(self) -> str:
        """Say what the next run will do with the sheet."""
        report, formats = self._report, self._formats.in_currency(self._report.currency)
        if self._choices.get("role") == "unused":
            return formats.gettext("À la prochaine exécution la feuille ne sera pas utilisée.")
        return formats.gettext("La prochaine exécution la lira ainsi : {kind}, {loaded} lignes reconnues, solde "
                               "{balance}.").format(
            kind=kind_name(report.kind, formats), loaded=formats.count(report.classes["loaded"]),
            balance=formats.amount(report.balance))

    def _say(self, sentence: str, tone: str) -> bool:
        self.message.value = wrapped(Html(f'<p class="audit-detail {tone}">{shown(sentence)}</p>'))
        return tone == "good"

    def _choice(self, name: str, options: list[tuple[str, str]]) -> ipywidgets.Dropdown:
        return dropdown(name, [(self._formats.gettext("automatique"), ""), *options], css="sheet-choice")

    def _arranged(self) -> ipywidgets.VBox:
        _ = self._formats.gettext
        made = []
        for words, done in ((_("Voir l’effet"), self.show_effect), (_("Enregistrer"), self.save),
                            (_("Lecture automatique"), self.reset), (_("Exporter le profil"), self.export)):
            button = ipywidgets.Button(description=words, layout={"width": "auto"})
            button.on_click(lambda _button, done=done: done())
            made.append(button)
        made[1].button_style = "primary"
        simple = ipywidgets.HBox([self.role, self.kind, self.header_row, self.sign, self.date_order],
                                 layout={"flex_flow": "row wrap"})
        return box([self.sheet, simple, self.columns.view, ipywidgets.HBox(made[:3]),
                    ipywidgets.HBox([self.product, made[3]]), self.message, self.effect], "audit-panel audit-sheets")

    def _ipython_display_(self) -> None:
        """Show what was recognised, then the form; where no kernel is behind, how to do without."""
        from IPython.display import display  # only a notebook shows it

        without = shown(self._formats.gettext(
            "Sans noyau actif, la lecture se corrige dans le fichier de paramètres, sous mapping."))
        display(recognised(list(self._reports.values()), self._formats))
        display({**self.view._repr_mimebundle_(), "text/html": Html(f"<p>{without}</p>")._repr_html_()}, raw=True)
