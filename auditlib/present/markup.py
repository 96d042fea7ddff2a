"""Small builder of HTML: escaped text, tables with tabular figures, tiles; a notebook shows what it returns."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources

__all__ = [
    "Cell",
    "Column",
    "Html",
    "Tile",
    "absent",
    "chip",
    "heading",
    "join",
    "shown",
    "sparkline",
    "style",
    "table",
    "tiles",
]

SPARK_WIDTH, SPARK_HEIGHT = 92.0, 26.0


class Html(str):
    """Markup that is safe to show as it stands: every client text in it has been escaped."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Show it in a notebook, with the style it needs."""
        return f'{style()}<div class="audit">{self}</div>'


@dataclass(frozen=True)
class Column:
    """A column's heading, and how it is set.

    Attributes
    ----------
    title : str
    kind : {"text", "number", "wide"}
        ``number`` is set right in tabular figures; ``wide`` takes what the others leave.
    """

    title: str
    kind: str = "text"


@dataclass(frozen=True)
class Cell:
    """A cell with more than its text.

    Attributes
    ----------
    text : str
    detail : str
        Second line, smaller.
    hint : str
        Shown on hover.
    tone : {"", "late", "muted", "good", "bad", "inline", "period"}
        ``inline`` sets the detail beside the text, ``period`` keeps dates on one line.
    bar : float or None
        Length of a bar drawn behind the text. [share 0–1]
    reason : str
        Why the figure is not available: printed under it, or once under the table where several share it.
    """

    text: str
    detail: str = ""
    hint: str = ""
    tone: str = ""
    bar: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Tile:
    """A key figure: its name, its value or the reason there is none, what stands beside it.

    Attributes
    ----------
    code : str
        Stable name, for tests and style.
    label, value, note, reason : str
        `reason` is given where there is no value.
    trend : sequence of float or None
        Past values, drawn small.
    """

    code: str
    label: str
    value: str
    note: str = ""
    reason: str = ""
    trend: Sequence[float | None] = ()


@cache
def style() -> Html:
    """Return the style sheet of tables, tiles and dashboard."""
    text = (resources.files("auditlib.present") / "style.css").read_text(encoding="utf-8")
    return Html(f"<style>{text}</style>")


def shown(text: object) -> Html:
    """Escape a text for HTML."""
    return text if isinstance(text, Html) else Html(escape(str(text)))


def join(parts: Iterable[str]) -> Html:
    """Put escaped parts one after the other."""
    return Html("".join(shown(part) for part in parts))


def absent(word: str, reason: str) -> Cell:
    """Return a cell for a figure that is not available: a short word, and why."""
    return Cell(word, reason=reason, hint=reason, tone="muted")


def heading(text: str, *, detail: str = "") -> Html:
    """Return the heading of a part, with a line under it."""
    below = f'<p class="audit-detail">{shown(detail)}</p>' if detail else ""
    return Html(f'<h3 class="audit-heading">{shown(text)}</h3>{below}')


def chip(text: str, *, tone: str = "") -> Html:
    """Return a short status."""
    return Html(f'<span class="audit-chip {tone}">{shown(text)}</span>')


def table(
    columns: Sequence[Column],
    rows: Iterable[Sequence[str | Cell]],
    *,
    caption: str = "",
    empty: str = "",
    total: Sequence[str | Cell] = (),
    note: str = "",
) -> Html:
    """Return a table; `empty` is the sentence shown where it has no row.

    A reason that several cells share is printed once, under the table, and marked in each of them.

    Parameters
    ----------
    columns : sequence of Column
    rows : iterable of sequence of str or Cell
        Plain texts are escaped.
    caption, empty, note : str
    total : sequence of str or Cell
        Last row, set apart.
    """
    lines = [*rows, total] if total else [*rows]
    marks = _shared_reasons(lines)
    body = [_row(columns, row, marks) for row in lines]
    feet = [body.pop()] if total else []
    if not body and empty:
        return Html(f'{_caption(caption, "p")}<p class="audit-empty">{shown(empty)}</p>')
    head = "".join(f'<th scope="col" class="{column.kind}">{shown(column.title)}</th>' for column in columns)
    foot = f"<tfoot>{feet[0]}</tfoot>" if feet else ""
    notes = [f"<sup>{mark}</sup> {shown(reason)}" for reason, mark in marks.items()] + [shown(note)] * bool(note)
    below = "".join(f'<p class="audit-detail">{text}</p>' for text in notes)
    return Html(
        f'<div class="audit-scroll"><table class="audit-table">{_caption(caption, "caption")}'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody>{foot}</table></div>{below}"
    )


def tiles(figures: Iterable[Tile]) -> Html:
    """Return key figures side by side."""
    return Html(f'<div class="audit-tiles">{"".join(_tile(figure) for figure in figures)}</div>')


def sparkline(values: Sequence[float | None]) -> Html:
    """Draw past values as a small line, a dot on the last; nothing under three of them."""
    known = [(rank, value) for rank, value in enumerate(values) if value is not None]
    if len(known) < 3:
        return Html("")
    low, high = min(value for _, value in known), max(value for _, value in known)
    across, up = (SPARK_WIDTH - 6) / max(len(values) - 1, 1), (SPARK_HEIGHT - 8) / ((high - low) or 1.0)
    points = [(3 + rank * across, SPARK_HEIGHT - 4 - (value - low) * up) for rank, value in known]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return Html(
        f'<svg class="audit-spark" viewBox="0 0 {SPARK_WIDTH:g} {SPARK_HEIGHT:g}" aria-hidden="true">'
        f'<polyline points="{path}"/><circle cx="{points[-1][0]:.1f}" cy="{points[-1][1]:.1f}" r="2.6"/></svg>'
    )


def _tile(figure: Tile) -> str:
    hint = f' title="{shown(figure.reason)}"' if figure.reason else ""
    classes = f"audit-tile {figure.code}{' absent' if figure.reason else ''}"
    return (
        f'<div class="{classes}" data-figure="{figure.code}"{hint}><div class="label">{shown(figure.label)}</div>'
        f'<div class="line"><span class="value">{shown(figure.value)}</span>{sparkline(figure.trend)}</div>'
        f'<div class="note">{shown(figure.reason or figure.note)}</div></div>'
    )


def _caption(text: str, tag: str) -> str:
    return f'<{tag} class="audit-caption">{shown(text)}</{tag}>' if text else ""


def _shared_reasons(rows: Sequence[Sequence[str | Cell]]) -> dict[str, int]:
    """Number the reasons that stand in more than one cell."""
    given = Counter(cell.reason for row in rows for cell in row if isinstance(cell, Cell) and cell.reason)
    return {reason: rank for rank, reason in enumerate((one for one in given if given[one] > 1), start=1)}


def _row(columns: Sequence[Column], row: Sequence[str | Cell], marks: Mapping[str, int]) -> str:
    return f"<tr>{''.join(_cell(column, cell, marks) for column, cell in zip(columns, row, strict=True))}</tr>"


def _cell(column: Column, cell: str | Cell, marks: Mapping[str, int]) -> str:
    if not isinstance(cell, Cell):
        return f'<td class="{column.kind}">{shown(cell)}</td>'
    hint = f' title="{shown(cell.hint)}"' if cell.hint else ""
    drawn = f' style="--share:{max(0.0, min(cell.bar, 1.0)):.4f}"' if cell.bar is not None else ""
    marked = f"<sup>{marks[cell.reason]}</sup>" if cell.reason in marks else ""
    detail = cell.detail or ("" if marked else cell.reason)
    below = f"<small>{shown(detail)}</small>" if detail else ""
    classes = " ".join(filter(None, (column.kind, cell.tone, "bar" if drawn else "")))
    return f'<td class="{classes}"{hint}{drawn}>{shown(cell.text)}{marked}{below}</td>'
