"""A file read again with choices on trial: its raw cells are read once, whatever is tried on them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from auditlib.layout_profiles import LayoutProfile
from auditlib.loaders.grid import Grid
from auditlib.loaders.grids import read_grids
from auditlib.loaders.inspection import SourceReport, report_of
from auditlib.loaders.known_layouts import CARRIED
from auditlib.loaders.source import Source, understood

__all__ = ["Trial"]

ALONE = ["", ""]
"""Headers that no sheet has: read with them, a sheet takes no other's correction."""


class Trial:
    """One file, and what it gives with other choices.

    Parameters
    ----------
    path : Path
    mapping : dict
        The choices of the parameters file, for the other sheets.
    profiles : sequence of LayoutProfile
    perimeter : tuple of str
    """

    def __init__(self, path: Path, *, mapping: Mapping[str, dict[str, Any]], profiles: Sequence[LayoutProfile] = (),
                 perimeter: tuple[str, ...] = ("411", "413", "416")) -> None:
        self.path, self._mapping, self._profiles, self._perimeter = path, mapping, profiles, perimeter

    @cached_property
    def _grids(self) -> list[Grid]:
        return read_grids(self.path)

    def report(self, name: str, choices: Mapping[str, Any]) -> SourceReport:
        """Report a sheet as these choices alone make it: no profile, no other file's correction.

        Raises
        ------
        BadInputError
            If the file cannot be read, or a choice is not one.
        """
        return report_of(self._read(name, choices))

    def keyed(self, name: str, choices: Mapping[str, Any]) -> dict[str, Any]:
        """Return choices with what other files must have to take them: labels of the header, kind found without them.

        What the choices say of one file only (its use) needs neither, unless a profile is to be kept off.
        """
        said = {key: value for key, value in choices.items() if key not in ("headers", "found_as")}
        if not any(key in said for key in (*CARRIED, "header_row")):
            taken = self._read(name, said, is_alone=False)
            return said | {"headers": list(self._read(name, said).headers)} if taken.layout else said
        found, corrected = self._read(name, {}), self._read(name, said)
        if found.headers != corrected.headers:
            row = report_of(corrected).header_row
            return said | {"header_row": row, "headers": list(corrected.headers)} if row else said
        return said | {"headers": list(corrected.headers), "found_as": found.kind}

    def _read(self, name: str, choices: Mapping[str, Any], *, is_alone: bool = True) -> Source:
        tried = {**self._mapping, name: {**choices, **({"headers": ALONE} if is_alone else {})}}
        sources = understood(self.path, self._grids, mapping=tried, profiles=self._profiles,
                             perimeter=self._perimeter, keeps_unknown=True)
        return next(source for source in sources if source.name == name)
