"""What the auditor reads in documents, written into the parameters file with its comments and order kept."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml.comments import CommentedMap

from auditlib.e_invoice_points import invoice_answers
from auditlib.review_points import REVIEW_POINTS
from auditlib.run.document_requests import DocumentFollowUp
from auditlib.run.parameters_file import change_parameters

if TYPE_CHECKING:
    import ipywidgets

__all__ = ["review_documents", "save_review"]


def review_documents(documents: DocumentFollowUp) -> "ipywidgets.VBox":
    """Return the grids to fill in; what is saved counts from the next run on.

    The documents are those received that have a grid, and those reviewed before; a new electronic invoice comes
    filled in with what its file says.
    """
    from auditlib.present.review_form import ReviewForm  # widgets, where a notebook asks for them only

    parameters = documents.audit.parameters

    def save(document: str, kind: str, points: Mapping[str, Mapping[str, Any]]) -> str:
        return save_review(parameters.source, document, kind=kind, points=points).name

    kinds = {name: state.kind for state in documents.states if state.kind in REVIEW_POINTS for name in state.files}
    kinds |= {name: review.kind for name, review in parameters.reviews.items()}
    read = {str(row["file"]): invoice_answers(row) for row in documents.e_invoices.to_dict("records")}
    return ReviewForm(kinds, parameters.reviews, documents.formats, save=save, read=read, by=parameters.prepared_by,
                      on=dt.date.today()).view  # noqa: DTZ011 -- the auditor's own calendar day


def save_review(path: Path, document: str, *, kind: str, points: Mapping[str, Mapping[str, Any]]) -> Path:
    """Write answers under ``reviews`` of a parameters file; those of other points and documents stay.

    Parameters
    ----------
    path : Path
        The parameters file.
    document : str
    kind : str
        Of the document: a key of `auditlib.review_points.REVIEW_POINTS`.
    points : mapping
        By point, fields of `auditlib.review_rules.ReviewedPoint`; one without an answer is taken back.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    BadInputError
        If an answer cannot be used; the file is left as it was.
    """
    def change(content: CommentedMap) -> None:
        section = content.get("reviews") or CommentedMap()
        review = section.get(document) or CommentedMap()
        kept = _merged(review.get("points") or CommentedMap(), points)
        review["kind"], review["points"] = kind, kept
        section[document], content["reviews"] = review, section
        if not kept:
            del section[document]
        if not section:
            del content["reviews"]

    return change_parameters(path, change)


def _merged(kept: CommentedMap, points: Mapping[str, Mapping[str, Any]]) -> CommentedMap:
    """Put the answers among those kept from before, without their empty fields."""
    for point, said in points.items():
        if said["answer"]:
            kept[point] = CommentedMap({name: value for name, value in said.items() if value not in ("", None)})
        else:
            kept.pop(point, None)
    return kept
