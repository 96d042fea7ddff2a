"""Layouts corrected before, recognised by their header: next year's file of a client, the same product elsewhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from auditlib.layout_profiles import LayoutProfile
from auditlib.loaders.aliases import normalise
from auditlib.loaders.grid import Grid

__all__ = ["CARRIED", "OF_FILE", "KnownLayout", "header_labels", "known_layouts", "placed_header", "recognised_layout",
           "signature", "with_layout"]

CARRIED = ("columns", "ignored_columns", "date_order", "kind", "currency", "sign")
"""What a correction says of a layout; use, date and terms belong to one file and stay with it."""
OF_FILE = "mapping: "
"""What the name of a layout begins with where it is the correction of another file."""


@dataclass(frozen=True)
class KnownLayout:
    """A correction, and the header it is for.

    Attributes
    ----------
    name : str
        The profile's, or ``mapping: <file>`` for another file of the client.
    headers : tuple of str
        As `signature` writes them.
    found_as : str
        Kind the loader finds without it, "" where the header alone decides.
    places_header : bool
        The correction says which row the header is: it is looked for by its labels.
    choices : dict
    """

    name: str
    headers: tuple[str, ...]
    found_as: str
    places_header: bool
    choices: dict[str, Any]


def signature(cells: Sequence[str]) -> tuple[str, ...]:
    """Write the labels of a header so that they are the same next year: normalised, their numbers as ``#``.

    Examples
    --------
    >>> signature(["N° pièce", "", "Échéance", "Solde 2025"])
    ('n piece', 'echeance', 'solde #')
    """
    return tuple(re.sub(r"\d+", "#", name) for cell in cells if (name := normalise(cell)))


def header_labels(grid: Grid, skipped: pd.DataFrame) -> tuple[str, ...]:
    """Return the signature of the header a sheet was read with, () where none was found."""
    rows = skipped.loc[skipped["class"].astype("str") == "header", "source_row"]
    return tuple(label for row in rows for label in signature(grid.row(int(row) - 1)))


def known_layouts(
    mapping: Mapping[str, Mapping[str, Any]], profiles: Sequence[LayoutProfile],
) -> tuple[KnownLayout, ...]:
    """Return the corrections that other files may take: the client's own, the last written first, then the practice's.

    Parameters
    ----------
    mapping : mapping
        Of the parameters file; an entry with ``headers`` counts for other files too.
    profiles : sequence of LayoutProfile
    """
    own = [
        KnownLayout(f"{OF_FILE}{name}", tuple(signature(choices["headers"])), str(choices.get("found_as", "")),
                    "header_row" in choices, {key: choices[key] for key in CARRIED if key in choices})
        for name, choices in mapping.items() if (choices or {}).get("headers")
    ]
    shared = [KnownLayout(one.name, tuple(signature(one.headers)), one.found_as, one.places_header, one.choices())
              for one in profiles]
    return (*own[::-1], *shared)


def recognised_layout(
    grid: Grid, found: tuple[str, ...], kind: str, own: Mapping[str, Any], layouts: Sequence[KnownLayout],
) -> KnownLayout | None:
    """Return the first layout known that a sheet has; None for none.

    Parameters
    ----------
    grid : Grid
    found : tuple of str
        Signature of the header the loader found by itself.
    kind : str
        The kind it found.
    own : mapping
        The choices made for this very sheet: a kind among them is not held against the layout's.
    layouts : sequence of KnownLayout
    """
    for layout in layouts:
        if layout.places_header and "header_row" not in own:
            if placed_header(grid, layout):
                return layout
        elif layout.headers == found and (layout.found_as in ("", kind) or "kind" in own):
            return layout
    return None


def placed_header(grid: Grid, layout: KnownLayout) -> int:
    """Return the row (1-based) that holds the labels of a layout, 0 where there is none."""
    return next((row for row, cells in enumerate(grid.head, 1) if signature(cells) == layout.headers), 0)


def with_layout(grid: Grid, own: Mapping[str, Any], layout: KnownLayout) -> dict[str, Any]:
    """Return a sheet's choices with those of its layout under them, key by key and column by column."""
    placed = {"header_row": placed_header(grid, layout)} if layout.places_header and "header_row" not in own else {}
    columns = {**layout.choices.get("columns", {}), **own.get("columns", {})}
    return placed | layout.choices | dict(own) | ({"columns": columns} if columns else {})
