"""The payment terms the auditor confirms, written into the parameters file with its comments and order kept."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml.comments import CommentedMap

from auditlib.errors import BadInputError
from auditlib.loaders.schedules import parse_schedule
from auditlib.run.engagement import Engagement
from auditlib.run.parameters_file import change_parameters

if TYPE_CHECKING:
    import ipywidgets

__all__ = ["decide_terms", "save_terms"]


def decide_terms(audit: Engagement) -> "ipywidgets.VBox":
    """Return the form of customers whose terms are inferred or missing; what is saved counts from the next run on."""
    from auditlib.present.terms_form import terms_form  # widgets, where a notebook asks for them only

    results = audit.results()

    def save(decisions: Mapping[str, Mapping[str, str]]) -> str:
        return save_terms(audit.parameters.source, decisions).name

    return terms_form(results.open_items, results.customers, audit.formats, save=save, by=audit.parameters.prepared_by)


def save_terms(path: Path, decisions: Mapping[str, Mapping[str, str]]) -> Path:
    """Write decisions under ``terms`` of a parameters file; those of other customers stay.

    Parameters
    ----------
    path : Path
        The parameters file.
    decisions : mapping
        By customer_id, ``terms``, ``by`` and ``why``; empty terms take a decision back.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    BadInputError
        If terms are not understood; the file is left as it was.
    """
    for code, decided in decisions.items():
        if decided["terms"]:
            try:
                parse_schedule(decided["terms"])
            except BadInputError as problem:
                raise BadInputError(f"{path.name}: terms.{code}: {problem}") from problem

    def change(content: CommentedMap) -> None:
        section = content.get("terms") or CommentedMap()
        known = {str(key): key for key in section}  # YAML reads a code of digits alone as a number
        for code, decided in decisions.items():
            section.pop(known.get(code, code), None)
            if decided["terms"]:
                section[code] = CommentedMap({name: value for name, value in decided.items() if value})
        content["terms"] = section
        if not section:
            del content["terms"]

    return change_parameters(path, change)
