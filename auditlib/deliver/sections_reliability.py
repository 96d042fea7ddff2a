"""Section on the data: whether the ledger ties, and what became of every row read."""

from typing import TYPE_CHECKING

import pandas as pd

from auditlib.deliver.labels import label, tie_status
from auditlib.deliver.parts import Section, Table, table, text_rows
from auditlib.formats import Formats
from auditlib.source_pairs import LEDGER, TOTALS_ONLY

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["reliability"]

DIFFERENCES_SHOWN = 10


def reliability(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Les fichiers disent-ils la même chose ?"."""
    _ = formats.gettext
    tables = [_ties(results.tie_out, formats), _gaps(results.differences, formats), _pairs(results.pairs, formats),
              _rows_read(results.intake, formats)]
    return Section(
        "reliability", _("La fiabilité des données"), _("Les fichiers disent-ils la même chose ?"),
        _("Grand livre et seconde source : {status}.").format(
            status=tie_status(results.summary, language=formats.language)),
        tables=tuple(shown for shown in tables if shown.rows),
        meaning=_(
            "Un écart, même faible, peut cacher des compensations entre clients : chacun est listé dans le classeur."
        ) if len(results.tie_out) else _("Rien ne montre encore que les fichiers reçus sont complets."),
        action=_("Faire expliquer chaque écart et chaque ligne rejetée par la comptabilité.") if len(results.tie_out)
        else _("Obtenir une balance âgée ou une balance auxiliaire à la même date, et rapprocher."),
    )


def _ties(ties: pd.DataFrame, formats: Formats) -> Table:
    _ = formats.gettext
    rows = text_rows(ties, {
        "source": str, "as_of_date": formats.short_date, "ledger_cents": formats.cents,
        "total_cents": formats.cents, "difference_cents": formats.cents,
    })
    titles = [_("Source comparée"), _("À la date du"), _("Grand livre"), _("Seconde source"), _("Écart")]
    return table(titles, "lrrrr", rows)


def _gaps(differences: pd.DataFrame, formats: Formats) -> Table:
    _ = formats.gettext
    order = differences["difference_cents"].abs().sort_values(ascending=False, kind="stable").index
    rows = text_rows(differences.loc[order[:DIFFERENCES_SHOWN]], {
        "customer_id": str, "name": str, "ledger_cents": formats.cents, "second_source_cents": formats.cents,
        "difference_cents": formats.cents,
    })
    titles = [_("Code"), _("Client"), _("Grand livre"), _("Seconde source"), _("Écart")]
    return table(titles, "llrrr", rows, title=_("Principaux écarts par client"), widths=(0, 1, 0, 0, 0))


def _pairs(pairs: pd.DataFrame, formats: Formats) -> Table:
    """Return the second sources beside one another; the ledger beside each is in the first table."""
    _ = formats.gettext
    others = pairs[pairs["first_kind"] != LEDGER] if len(pairs) else pairs
    rows = text_rows(others, {
        "first": str, "second": str, "as_of_date": formats.short_date, "difference_cents": formats.cents,
        "customers": lambda count: _("non détaillés") if count == TOTALS_ONLY else formats.count(count),
    })
    titles = [_("Première source"), _("Seconde source"), _("À la date du"), _("Écart"), _("Clients en écart")]
    return table(titles, "llrrr", rows, title=_("Les autres sources, deux à deux"), widths=(1, 1, 0, 0, 0))


def _rows_read(files: pd.DataFrame, formats: Formats) -> Table:
    _ = formats.gettext
    names = files["file"].where(files["sheet"] == "", files["file"] + " – " + files["sheet"])
    rows = text_rows(files.assign(file=names), {
        "file": str, "kind": lambda kind: label(kind, language=formats.language), "rows_read": formats.count,
        "rows_loaded": formats.count, "rows_skipped": formats.count, "rows_rejected": formats.count,
    })
    titles = [_("Fichier"), _("Nature"), _("Lues"), _("Chargées"), _("Écartées"), _("Rejetées")]
    return table(titles, "llrrrr", rows, title=_("Chaque ligne lue est comptée"))
