"""What the demo client answered in its interview: invented, part of the questions left unasked."""

from importlib import resources
from pathlib import Path

__all__ = ["write_answers"]


def write_answers(folder: Path) -> Path:
    """Write the demo client's answers beside its parameters file; those already typed there are left as they are.

    Parameters
    ----------
    folder : Path
        The project's ``parameters/``.

    Returns
    -------
    Path
        The file of answers.
    """
    target = folder / "demo.answers.yaml"
    if not target.exists():
        invented = resources.files("auditlib.demo") / "answers.yaml"
        target.write_text(invented.read_text(encoding="utf-8"), encoding="utf-8")
    return target
