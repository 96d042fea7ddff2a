"""A dropdown for each column of a sheet: the role it has, or is given."""

from typing import Any

import ipywidgets

from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.loaders.inspection import SourceReport
from auditlib.present.sheet_words import ROLE_NAMES, role_name

__all__ = ["ColumnForm"]

Reference = str | int
"""How ``mapping`` names a column: by its header, by its number where no header names it alone."""


class ColumnForm:
    """The dropdowns of a sheet's columns.

    Attributes
    ----------
    view : ipywidgets.VBox
    roles : dict of int to ipywidgets.Dropdown
        By position of the column, 1-based.
    """

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._columns: tuple[dict[str, Any], ...] = ()
        self.roles: dict[int, ipywidgets.Dropdown] = {}
        self.view = ipywidgets.VBox([])
        self.view.add_class("audit-columns")

    def show(self, report: SourceReport) -> None:
        """Offer the columns of a reading, each at the role it was read with."""
        self._columns = report.columns
        self.roles = {column["position"]: self._dropdown(column) for column in report.columns}
        self.view.children = tuple(self.roles.values())

    def reset(self) -> None:
        """Put each column back to the role it was read with."""
        for column in self._columns:
            self.roles[column["position"]].value = column["role"]

    def changed(self, choices: dict[str, Any]) -> dict[str, Any]:
        """Return choices with the roles changed since the reading.

        Raises
        ------
        BadInputError
            In the reader's language, if one role is given to two columns.
        """
        self._check()
        columns: dict[str, Reference] = dict(choices.get("columns", {}))
        ignored: list[Reference] = list(choices.get("ignored_columns", ()))
        for column in self._columns:
            role, named = self.roles[column["position"]].value, self._reference(column)
            if role == column["role"]:
                continue
            columns = {given: header for given, header in columns.items() if header not in self._names(column)}
            ignored = [header for header in ignored if header not in self._names(column)]
            if role:
                columns[role.removesuffix("_cents")] = named
            else:
                ignored.append(named)
        rest = {key: value for key, value in choices.items() if key not in ("columns", "ignored_columns")}
        return rest | ({"columns": columns} if columns else {}) | ({"ignored_columns": ignored} if ignored else {})

    def _check(self) -> None:
        taken: dict[str, str] = {}
        for column in self._columns:
            role, header = self.roles[column["position"]].value, column["header"] or str(column["position"])
            if role in taken:
                raise BadInputError(self._formats.gettext(
                    "Le rôle « {role} » est donné à deux colonnes, {first} et {second} : choisissez l’une d’elles.")
                    .format(role=role_name(role, self._formats), first=taken[role], second=header))
            if role:
                taken[role] = header

    def _reference(self, column: dict[str, Any]) -> Reference:
        headers = [one["header"] for one in self._columns]
        position: int = column["position"]
        return str(column["header"]) if column["header"] and headers.count(column["header"]) == 1 else position

    def _names(self, column: dict[str, Any]) -> tuple[Reference, ...]:
        return self._reference(column), column["position"]

    def _dropdown(self, column: dict[str, Any]) -> ipywidgets.Dropdown:
        _, read = self._formats.gettext, column["role"]
        offered = ["", *ROLE_NAMES] if read in ("", *ROLE_NAMES) else ["", read, *ROLE_NAMES]
        header = column["header"] or _("colonne {number}").format(number=column["position"])
        made = ipywidgets.Dropdown(
            description=header, options=[(role_name(role, self._formats), role) for role in offered], value=read,
            tooltip=self._formats.listed(column["samples"]), layout={"width": "420px"},
            style={"description_width": "200px"})
        made.add_class(f"sheet-column-{column['position']}")
        return made
