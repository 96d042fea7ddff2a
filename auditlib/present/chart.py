"""How a chart is arranged, plotted and drawn: what a notebook needs to show it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from auditlib.audit_results import AuditResults
    from auditlib.formats import Formats
    from auditlib.present.figures import Figure

__all__ = ["Chart"]


@dataclass(frozen=True)
class Chart:
    """How a chart is arranged from results, drawn by plotly, and drawn as SVG; None where it has no figures.

    Attributes
    ----------
    arrange, plot, draw : callable
    missing : str
        Why there is nothing to draw, in French; empty: what the results say of their history.
    """

    arrange: Callable[["AuditResults", "Formats"], "Figure | None"]
    plot: Callable[["Figure", "Formats"], "go.Figure"]
    draw: Callable[..., str]
    missing: str = ""
