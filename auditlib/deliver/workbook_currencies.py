"""Columns of the open items that give each document in its own currency."""

import pandas as pd

from auditlib.deliver.sections_currencies import document_amounts, has_foreign_documents
from auditlib.deliver.sheets import Column
from auditlib.deliver.workbook_measures import column_values
from auditlib.formats import Formats

__all__ = ["document_columns"]


def document_columns(items: pd.DataFrame, formats: Formats) -> list[Column]:
    """Return two columns, currency and amount of the document, where some are in another than the amounts."""
    _ = formats.gettext
    if not has_foreign_documents(items):
        return []
    stated = document_amounts(items)
    own = _("Reste dû en devise") if "foreign_residual_cents" in items else _("Montant de la pièce en devise")
    return [Column(_("Devise de la pièce"), column_values(stated["currency"]), "text", 9),
            Column(own, column_values(stated["amount_cents"]), "amount", 16)]
