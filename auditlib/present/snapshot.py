"""The first screen as plain markup: Voilà shows it while the live dashboard starts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditlib.formats import Formats
from auditlib.present.markup import Html, shown
from auditlib.present.panels import masthead, state_tiles
from auditlib.present.selection import Selection
from auditlib.present.slices import Slices

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["snapshot"]


def snapshot(
    results: "AuditResults", formats: Formats, *, client: str = "", status: str = "", drawings: Sequence[str] = ()
) -> Html:
    """Return the dashboard's first screen without a control or a script.

    Parameters
    ----------
    results : AuditResults
    formats : Formats
    client, status : str
        As for `auditlib.present.widgets.dashboard`.
    drawings : sequence of str
        Inline SVG of charts, from `auditlib.deliver.svg`.
    """
    slices = Slices(results)
    selection = Selection(slices.as_of_date)
    figures = state_tiles(slices.state(selection), slices.history({}), selection, formats)
    waiting = shown(formats.gettext("Les filtres arrivent : le tableau de bord se prépare."))
    panels = "".join(f'<div class="audit-panel audit-drawing">{drawing}</div>' for drawing in drawings)
    name = client or str(results.summary["client"])
    return Html(
        f'<div class="audit-dashboard audit-snapshot">'
        f"{masthead(results.summary, client=name, status=status, language=formats.language)}"
        f'<div class="audit-filters audit-waiting">{waiting}</div>{figures}<div class="audit-pair">{panels}</div></div>'
    )
