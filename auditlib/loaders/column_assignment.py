"""Which column was given which role so far: a role and a column are used once."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditlib.loaders.aliases import normalise

__all__ = ["Assignment", "MappedColumn", "rename"]


@dataclass(frozen=True)
class MappedColumn:
    """A column of a file and the role it was given.

    Attributes
    ----------
    role : str
        A role of `ROLES`, ``bucket:<n>``, or ``attribute:<header>``.
    header : str
        The header as printed.
    position : int
        1-based, as a spreadsheet counts.
    how : str
        ``mapping``, ``exact``, ``fuzzy``, ``content`` or ``attribute``.
    confidence : float
        From 0 to 1.
    """

    role: str
    header: str
    position: int
    how: str
    confidence: float


class Assignment:
    """Roles given so far; a role and a column are used once."""

    def __init__(self, headers: Sequence[str]) -> None:
        self.headers = headers
        self.names = [normalise(header) for header in headers]
        self.taken: dict[int, MappedColumn] = {}
        self.roles: set[str] = set()

    def give(self, column: int, role: str, how: str, confidence: float) -> None:
        """Give a column a role, in the place of the one it may have."""
        if column in self.taken:
            self.roles.discard(self.taken[column].role)
        self.roles.add(role)
        self.taken[column] = MappedColumn(role, self.headers[column], column + 1, how, confidence)

    def has(self, *roles: str) -> bool:
        """Tell whether one of the roles is given."""
        return not self.roles.isdisjoint(roles)

    @property
    def free(self) -> list[int]:
        """The columns with a header and no role."""
        return [column for column, header in enumerate(self.headers) if column not in self.taken and header.strip()]


def rename(given: Assignment, column: int, role: str) -> None:
    """Give a column another role, found as the one it has was."""
    before = given.taken[column]
    given.give(column, role, before.how, before.confidence)
