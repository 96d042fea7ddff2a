"""The parts a report is made of: section, chart, table; texts only, already formatted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.present.figures import Figure

__all__ = ["Chart", "Section", "Table", "chart", "table", "text_rows"]


@dataclass(frozen=True)
class Chart:
    """A drawn figure: its title, its SVG, and the sentence to read it by."""

    title: str
    svg: str
    sentence: str


@dataclass(frozen=True)
class Table:
    """A table of texts.

    Attributes
    ----------
    title : str
    columns : tuple of str
    align : str
        One letter a column: ``l`` for text, ``r`` for figures.
    rows : tuple of tuple of str
    widths : tuple of int
        Share of the page's width a column takes; 0 as much as its content.
    has_total : bool
        Whether the last row is the total.
    is_dense : bool
        Whether it is a long annex, set in smaller letters.
    """

    title: str
    columns: tuple[str, ...]
    align: str
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    has_total: bool = False
    is_dense: bool = False


@dataclass(frozen=True)
class Section:
    """One question of the report with its answer: figures, what they mean, what to do."""

    identifier: str
    title: str
    question: str
    sentence: str
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    meaning: str = ""
    action: str = ""


def chart(draw: Callable[..., str], figure: "Figure", formats: Formats) -> Chart:
    """Draw a figure with one of the functions of `auditlib.deliver.svg`."""
    drawn = draw(figure.in_unit_of(formats), language=formats.language, currency=formats.currency)
    return Chart(figure.title, drawn, figure.sentence)


def table(
    columns: Sequence[str],
    align: str,
    rows: Sequence[Sequence[str]],
    *,
    title: str = "",
    widths: Sequence[int] = (),
    has_total: bool = False,
    is_dense: bool = False,
) -> Table:
    """Return a table from rows of texts; without widths, columns of text share what figures leave."""
    shares = tuple(widths) or tuple(int(letter == "l") for letter in align)
    return Table(title, tuple(columns), align, tuple(tuple(row) for row in rows), shares, has_total, is_dense)


def text_rows(frame: pd.DataFrame, writers: Mapping[str, Callable[[Any], str]]) -> list[tuple[str, ...]]:
    """Return a frame's rows as texts, each column by its writer."""
    return list(zip(*(map(write, frame[name]) for name, write in writers.items()), strict=True))
