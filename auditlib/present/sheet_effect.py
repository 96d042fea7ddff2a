"""What other choices change in the reading of a sheet: totals and classes of rows before and after, and the rows."""

from auditlib.formats import Formats
from auditlib.loaders.inspection import SourceReport
from auditlib.present.markup import Cell, Column, Html, join, table
from auditlib.present.sheet_words import class_name, kind_name
from auditlib.present.sheets_shown import first_rows, legend

__all__ = ["effect"]


def effect(before: SourceReport, after: SourceReport, formats: Formats) -> Html:
    """Return both readings side by side, what differs marked, and the rows as the second has them."""
    _ = formats.gettext
    columns = (Column(""), Column(_("Lecture du dernier passage"), "number"), Column(_("Avec ces choix"), "number"))
    pairs = [(_("Nature"), kind_name(before.kind, formats), kind_name(after.kind, formats)),
             *((class_name(code, formats), formats.count(before.classes.get(code, 0)),
                formats.count(after.classes.get(code, 0))) for code in {**before.classes, **after.classes}),
             *((name, formats.amount(getattr(before, side)), formats.amount(getattr(after, side)))
               for name, side in ((_("Débit"), "debit"), (_("Crédit"), "credit"), (_("Solde"), "balance")))]
    rows = [(name, old, Cell(new, tone="" if new == old else "good")) for name, old, new in pairs]
    compared = Html(f'<div class="audit-effect">{table(columns, rows)}</div>')
    return join((compared, legend(formats), first_rows(after, formats)))
