"""What the reviewed terms of sale give where the parameters are blank: late interest, clauses, payment term."""

from dataclasses import dataclass

from auditlib.parameters import Parameters
from auditlib.penalty_clause import PenaltyClause, read_penalty_clause
from auditlib.review_points import TERMS
from auditlib.review_rules import Answered, answered

__all__ = ["Stipulated", "agreed_value", "jurisdiction", "penalty_clauses", "retention_clause", "stipulated"]

@dataclass(frozen=True)
class Stipulated:
    """The late interest that counts, and where it comes from.

    Attributes
    ----------
    clause : PenaltyClause or None
        None: what the law gives without a clause.
    document : str
        The terms of sale it was read in; empty where the parameters give it, or nothing does.
    """

    clause: PenaltyClause | None = None
    document: str = ""


def _found(parameters: Parameters, point: str) -> list[Answered]:
    """Return where a point of the terms of sale was wholly found, with its value."""
    return [one for one in answered(parameters.reviews, TERMS)
            if one.point == point and one.said.answer == "yes" and one.said.value.strip()]


def agreed_value(parameters: Parameters, point: str) -> tuple[str, str]:
    """Return the value of a point and its document; empty where no terms of sale say it, or they differ."""
    found = _found(parameters, point)
    values = {" ".join(one.said.value.split()).casefold() for one in found}
    return (found[0].said.value.strip(), found[0].document) if len(values) == 1 else ("", "")


def penalty_clauses(parameters: Parameters) -> dict[str, PenaltyClause]:
    """Return the late interest that each of the terms of sale reviewed stipulates, by document."""
    return {one.document: read_penalty_clause(one.said.value) for one in _found(parameters, "penalty_rate")}


def stipulated(parameters: Parameters) -> Stipulated:
    """Return the contract's late interest: ``legal.contract_rate``, else that of the terms of sale, if they agree."""
    if parameters.legal.contract_rate is not None:
        return Stipulated(PenaltyClause(rate=parameters.legal.contract_rate))
    clauses = penalty_clauses(parameters)
    if len(set(clauses.values())) != 1:
        return Stipulated()
    document, clause = next(iter(clauses.items()))
    return Stipulated(clause, document)


def retention_clause(parameters: Parameters) -> str:
    """Return the clause that letters quote: ``creditor.retention_clause``, else that of terms of sale accepted.

    A clause that customers are not known to have accepted by delivery is not claimed on (C. com. L. 624-16).
    """
    clause, document = agreed_value(parameters, "retention_of_title")
    accepted = document and parameters.reviews[document].points.get("customer_acceptance")
    return parameters.creditor.retention_clause or (clause if accepted and accepted.answer == "yes" else "")


def jurisdiction(parameters: Parameters) -> str:
    """Return the court that a formal notice names: ``letters.jurisdiction``, else that of the terms of sale."""
    return parameters.letters.jurisdiction or agreed_value(parameters, "jurisdiction")[0]
