"""Tables on the sources themselves: every two of one day side by side, and the totals that they print."""

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from auditlib.deliver.labels import label
from auditlib.formats import Formats
from auditlib.present.markup import Cell, Column, Html, table
from auditlib.present.switch import redrawn
from auditlib.source_pairs import LEDGER, TOTALS_ONLY

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["source_pairs"]


@redrawn
def source_pairs(results: "AuditResults", formats: Formats) -> Html:
    """Return every two sources of one day, the ledger replayed at the other's date, and whether they tie."""
    _ = formats.gettext
    columns = (
        Column(_("Première source"), "wide"), Column(_("Seconde source"), "wide"), Column(_("À la date du")),
        Column(_("Première"), "number"), Column(_("Seconde"), "number"), Column(_("Écart"), "number"),
        Column(_("Clients en écart"), "number"), Column(_("Rapprochement")))
    verdicts = {True: Cell(_("rapproché"), tone="good"), False: Cell(_("écart"), tone="bad")}
    printed = [
        (
            _("Grand livre") if row["first_kind"] == LEDGER else _side(row, "first", formats),
            _side(row, "second", formats),
            formats.short_date(row["as_of_date"]),
            formats.cents(row["first_cents"]),
            formats.cents(row["second_cents"]),
            formats.cents(row["difference_cents"]),
            _("non détaillés") if row["customers"] == TOTALS_ONLY else formats.count(row["customers"]),
            verdicts[bool(row["ties"])],
        )
        for row in results.pairs.to_dict("records")
    ]
    return table(columns, printed, empty=_("Non rapproché : une seule source a été fournie."))


def _side(row: Mapping[Hashable, object], side: str, formats: Formats) -> Cell:
    return Cell(str(row[side]), detail=label(row[f"{side}_kind"], language=formats.language))
