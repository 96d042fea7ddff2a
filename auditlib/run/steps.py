"""The six notebooks of an audit, and the choice among them."""

from collections.abc import Sequence

from auditlib.errors import BadInputError

__all__ = ["ANALYSIS", "CONFIDENTIALITY", "PRESENTATION", "STEPS", "chosen_steps"]

STEPS = ("01_confidentiality", "02_documents", "03_interview", "04a_analysis", "04b_report", "05_presentation")
CONFIDENTIALITY, ANALYSIS, PRESENTATION = STEPS[0], STEPS[3], STEPS[5]


def chosen_steps(text: str = "") -> list[str]:
    """Return the notebooks a choice such as ``02-05``, ``04`` or ``01,04a`` names; all when it is empty.

    Raises
    ------
    BadInputError
        If the choice names a step that does not exist.

    Examples
    --------
    >>> chosen_steps("04")
    ['04a_analysis', '04b_report']
    >>> chosen_steps("03-04a")
    ['03_interview', '04a_analysis']
    """
    if not text:
        return list(STEPS)
    wanted: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        start, end = _matching(first, text), _matching(last or first, text)
        wanted |= set(range(start[0], end[-1] + 1))
    if not wanted:
        raise BadInputError(f"steps {text}: the first step comes after the last")
    return [STEPS[number] for number in sorted(wanted)]


def _matching(prefix: str, text: str) -> Sequence[int]:
    found = [number for number, step in enumerate(STEPS) if prefix and step.split("_")[0].startswith(prefix)]
    if not found:
        known = ", ".join(step.split("_")[0] for step in STEPS)
        raise BadInputError(f"steps {text}: {prefix or 'nothing'} is no step (there are {known}; write 02-05 or 04a)")
    return found
