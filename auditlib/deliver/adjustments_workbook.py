"""The workbook of the auditor's adjustments: a sheet to fill in, the items to pick from, and how it works."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from auditlib.adjustment_words import CHANGES, COLUMNS, KIND_NAMES, SHEET, TYPE_NAMES
from auditlib.deliver.open_sheets import OpenSheet, write_lists, write_open_sheet
from auditlib.deliver.sheets import Column, Sheet, add_styles, write_sheet
from auditlib.deliver.workbook_measures import column_values
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.texts import LANGUAGES, N_, translator

__all__ = ["new_adjustments", "renewed_adjustments"]

PICKS = N_("Pièces et rapprochements")
SPARE_ROWS = 200
"""Rows ready to be filled in; more may be added under them."""
PICKS_SHOWN = 20_000
ANSWER_KINDS = {"due_date": "answer_date", "decided_on": "answer_date", "amount_cents": "answer",
                "source_row": "answer", "reason": "answer", "author": "answer"}
WIDTHS = {"change": 30, "source_file": 26, "source_sheet": 16, "source_row": 8, "customer_id": 13, "document_ref": 16,
          "due_date": 12, "amount_cents": 14, "new_value": 34, "reason": 40, "author": 18, "decided_on": 12}
GUIDE = (
    (N_("Ajustements"), N_(
        "Une ligne par correction. Copier la ligne de la feuille « Pièces et rapprochements » (de la correction à la "
        "nouvelle valeur), choisir la correction, puis donner le motif, l’auteur et la date : tous trois sont "
        "obligatoires.")),
    (N_("Accepter un rapprochement"), N_(
        "Copier la ligne proposée telle quelle. Une autre contrepartie se nomme par sa référence, si une seule pièce "
        "du client la porte.")),
    (N_("Corriger l’échéance"), N_("Nouvelle valeur : une date, comme 31/12/2025.")),
    (N_("Corriger la date de pièce"), N_("Nouvelle valeur : une date, comme 31/12/2025.")),
    (N_("Corriger le type de client"), N_(
        "Le code client suffit. Nouvelle valeur : entreprise, particulier ou secteur public.")),
    (N_("Changer la nature de la pièce"), N_("Nouvelle valeur : une nature de la liste ci-dessous.")),
    (N_("Reclasser en créance douteuse"), N_("La créance est comptée comme si elle était au compte 416.")),
    (N_("Reclasser en acompte reçu"), N_(
        "Le crédit sort de l’encours (compte 4191) et reste disponible pour le client.")),
    (N_("Rattacher à un autre client"), N_("Nouvelle valeur : le code de l’autre client.")),
    (N_("Exclure de l’encours"), N_(
        "La pièce sort de l’encours et des ventes ; son montant reste dans le rapprochement avec les comptes.")),
    (N_("Relecture"), N_(
        "Le classeur est relu à chaque passage. Une pièce est retrouvée par fichier, feuille et ligne, puis contrôlée "
        "par client, référence et montant : dans un fichier renvoyé par le client avec d’autres lignes, la correction "
        "est rejetée, avec son motif, et ne touche pas une autre pièce.")),
)


def new_adjustments(picks: pd.DataFrame, *, heading: Sequence[str], formats: Formats) -> bytes:
    """Return a workbook without any correction yet.

    Parameters
    ----------
    picks : DataFrame
        `auditlib.adjustment_picks.adjustment_picks`.
    heading : sequence of str
        Printed under each title.
    formats : Formats
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = "auditlib"
    add_styles(workbook, language=formats.language)
    places = write_lists(workbook, {"change": [formats.gettext(text) for text in CHANGES.values()]}, formats)
    write_open_sheet(workbook, _asked(formats), heading=heading, places=places, formats=formats)
    write_sheet(workbook, _picks(picks, formats), heading=heading, total_label="")
    write_sheet(workbook, _guide(formats), heading=heading, total_label="")
    workbook.move_sheet(workbook.worksheets[0], offset=len(workbook.worksheets))
    workbook.active = 0
    return _saved(workbook)


def renewed_adjustments(path: Path, picks: pd.DataFrame, *, heading: Sequence[str], formats: Formats) -> bytes:
    """Return the workbook of a file with its list of items and matches written anew; all else stays as it is.

    Raises
    ------
    BadInputError
        If the file is no workbook that can be read.
    """
    try:
        workbook = load_workbook(path)
    except Exception as problem:  # openpyxl has one class of errors per part of the format
        raise BadInputError(
            f"{path.name}: not a readable workbook; close it, or put it aside and make a new one") from problem
    add_styles(workbook, language=formats.language)
    titles = [translator(language).gettext(PICKS) for language in LANGUAGES]
    old = [name for name in workbook.sheetnames if name in titles]
    place = workbook.sheetnames.index(old[0]) if old else len(workbook.sheetnames)
    for name in old:
        del workbook[name]
    write_sheet(workbook, _picks(picks, formats), heading=heading, total_label="")
    workbook.move_sheet(workbook.worksheets[-1], offset=place - len(workbook.worksheets) + 1)
    return _saved(workbook)


def _saved(workbook: Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _asked(formats: Formats) -> OpenSheet:
    _ = formats.gettext
    columns = [Column(_(title), [None] * SPARE_ROWS, ANSWER_KINDS.get(role, "answer_text"), WIDTHS[role])
               for role, title in COLUMNS.items()]
    return OpenSheet(Sheet(_(SHEET), columns, is_open=True, notes=[
        _("Une ligne par correction, avec motif, auteur et date. Le mode d’emploi est dans la dernière feuille.")]),
        lists={columns[0].title: "change"})


def _picks(picks: pd.DataFrame, formats: Formats) -> Sheet:
    _ = formats.gettext
    shown = picks.head(PICKS_SHOWN)
    change = {code: _(text) for code, text in CHANGES.items()} | {"": ""}
    columns = [Column(_(title), _values(shown, role, change), _kind(role), WIDTHS[role])
               for role, title in COLUMNS.items() if role in shown]
    notes = [_("Les rapprochements proposés d’abord, puis les pièces ouvertes, les plus grosses en tête. Cette feuille "
               "est réécrite à chaque mise à jour : ne rien y saisir.")]
    if len(shown) < len(picks):
        notes.append(_("Lignes montrées : {shown} sur {count}.").format(
            shown=formats.count(len(shown)), count=formats.count(len(picks))))
    kinds = {code: _(text) for code, text in KIND_NAMES.items()}
    return Sheet(_(PICKS), [
        *columns, Column(_("Client"), column_values(shown["name"]), "text", 30),
        Column(_("Nature"), [kinds.get(code, code) for code in shown["kind"].astype("str")], "text", 14),
        Column(_("Date de pièce"), column_values(shown["document_date"]), "date", 12),
        Column(_("Libellé"), column_values(shown["label"]), "text", 28),
        Column(_("Devise"), column_values(shown["currency"]), "text", 8),
        Column(_("Reste dû ou rapproché"), column_values(shown["open_cents"]), "amount", 16)], notes=notes)


def _values(shown: pd.DataFrame, role: str, change: dict[str, str]) -> list[Any]:
    return [change[code] for code in shown["change"]] if role == "change" else column_values(shown[role])


def _kind(role: str) -> str:
    return {"due_date": "date", "amount_cents": "figure", "source_row": "count"}.get(role, "text")


def _guide(formats: Formats) -> Sheet:
    _ = formats.gettext
    rows = [(_(name), _(text)) for name, text in GUIDE]
    rows.append((_("Natures"), ", ".join(_(name) for name in KIND_NAMES.values())))
    rows.append((_("Types de client"), ", ".join(_(name) for name in TYPE_NAMES.values())))
    return Sheet(_("Mode d’emploi"), [
        Column(_("Sujet"), [name for name, _text in rows], "text", 32),
        Column(_("Comment faire"), [text for _name, text in rows], "wrapped", 100)])
