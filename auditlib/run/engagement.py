"""An engagement as a notebook opens it: its parameters, its documents, its results.

What needs pandas is imported where it is used: a run starts its kernel before, and both import at the same time.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from auditlib.errors import BadInputError
from auditlib.parameters import Parameters, load_parameters
from auditlib.run import places
from auditlib.texts import LANGUAGES, Translator, translator

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from auditlib.answers import InterviewAnswers
    from auditlib.audit_results import AuditResults
    from auditlib.formats import Formats
    from auditlib.loaders.intake import Intake

__all__ = ["Engagement", "open_engagement"]


@dataclass(frozen=True)
class Engagement:
    """One client's audit at one date; what it has read or computed it keeps, and nobody else does.

    Attributes
    ----------
    parameters : Parameters
    as_of_date : date
    language : {"fr", "en"}
    home : Path
        The project's folder.
    run_dir : Path or None
        The run under way, or the one shown: read and written. None outside a run, where nothing is written.
    progress : callable, optional
        Told what is being read.
    """

    parameters: Parameters
    as_of_date: dt.date
    language: str
    home: Path
    run_dir: Path | None = None
    progress: Callable[[str], None] | None = None

    @property
    def texts(self) -> Translator:
        """The catalogue of the client's language."""
        return translator(self.language)

    @functools.cached_property
    def formats(self) -> Formats:
        """How figures are written for this client; needs the results, which know the currency."""
        from auditlib.formats import Formats

        return Formats(language=self.language, currency=self.results().summary["currency"] or "",
                       thousands=self.parameters.amounts_in == "thousands")

    @property
    def is_live(self) -> bool:
        """Whether somebody may be looking on: anywhere but in a run under way."""
        return self.run_dir is None or places.is_finished(self.run_dir)

    def documents(self) -> Intake:
        """Return what the client's documents hold: as the run read them, else through the cache.

        Raises
        ------
        BadInputError
            If the non-disclosure agreement is not signed, or a document cannot be used.
        """
        self.parameters.require_signed()
        return self._intake

    def results(self) -> AuditResults:
        """Return the results: the run's, else the last finished run's at this date, else computed.

        Raises
        ------
        BadInputError
            If the non-disclosure agreement is not signed, or a document cannot be used.
        """
        self.parameters.require_signed()
        return self._results

    def answers(self) -> InterviewAnswers:
        """Return the interview's answers: in a run under way those it was made from, else as they are now.

        Raises
        ------
        BadInputError
            If the file of answers cannot be read.
        """
        from auditlib.answers import answers_of

        return self._said() if self.is_live else answers_of(self.results().interview)

    def adjustments(self) -> pd.DataFrame:
        """Return the auditor's adjustments as they are now (`schemas.ADJUSTMENTS`); no row where there is no file.

        Raises
        ------
        BadInputError
            If the file cannot be read.
        """
        from auditlib.adjustment_words import adjustments_path
        from auditlib.loaders.adjustments_file import read_adjustments

        return read_adjustments(adjustments_path(self.parameters.source, self.parameters.client),
                                language=self.language)

    def save(self, results: AuditResults) -> None:
        """Write the results to a run that holds none yet; outside a run this does nothing."""
        if self.run_dir is not None and not places.is_finished(self.run_dir):
            from auditlib.run import stored

            stored.write_results(self.run_dir, results)

    def questions(self) -> list[str]:
        """Return the questions noted during presentations of this run."""
        path = self.run_dir / places.QUESTIONS if self.run_dir else None
        return path.read_text(encoding="utf-8").splitlines() if path and path.is_file() else []

    def note_question(self, question: str) -> None:
        """Add a question to the run's log; outside a run it is only shown."""
        if self.run_dir is not None:
            with (self.run_dir / places.QUESTIONS).open("a", encoding="utf-8") as log:
                log.write(" ".join(question.split()) + "\n")

    def _said(self) -> InterviewAnswers:
        """Return the answers in the file beside the parameters file, none where there is no such file."""
        from auditlib.answers import answers_path, load_answers
        from auditlib.interview import known_answers

        path = answers_path(self.parameters.source, self.parameters.client)
        return known_answers(load_answers(path), name=path.name)

    @functools.cached_property
    def _intake(self) -> Intake:
        from auditlib.loaders.intake import load_documents
        from auditlib.run import stored

        if self.run_dir is not None and stored.has_intake(self.run_dir):
            return stored.read_intake(self.run_dir)
        return load_documents(self.parameters, as_of_date=self.as_of_date, progress=self.progress,
                              cache_dir=places.cache_of(self.home, self.parameters.client))

    @functools.cached_property
    def _results(self) -> AuditResults:
        from auditlib import indicators
        from auditlib.answers import answers_table
        from auditlib.run import stored

        last = self.home / "outputs" / self.parameters.client / self.as_of_date.isoformat()
        shown = last if self.run_dir is None else self.run_dir
        if places.is_finished(shown):
            return stored.read_results(shown)
        said = self._said()
        found = indicators.compute(self._intake, parameters=self.parameters, as_of_date=self.as_of_date,
                                   language=self.language, progress=self.progress,
                                   adjustments=self.adjustments())
        return replace(found, interview=answers_table(said))


def open_engagement(client: str | Path = "demo", *, as_of_date: str = "", run_dir: str = "",
                    language: str = "") -> Engagement:
    """Open an engagement from the values of a notebook's parameter cell.

    Parameters
    ----------
    client : str or Path
        Name of ``parameters/<client>.yaml``, or the path of a parameters file.
    as_of_date, language : str
        Empty: as the parameters file says.
    run_dir : str
        Absolute folder of the run that called the notebook; empty outside a run. A finished run that was
        moved is found where the notebook lies.

    Raises
    ------
    BadInputError
        If the project, the parameters or the run cannot be found, or a value is not of its kind.
    """
    home = places.home_of(client)
    parameters = load_parameters(client, home=home)
    return Engagement(parameters, as_of_date=_date(as_of_date) or parameters.as_of_date,
                      language=_language(language) or parameters.language, home=home, run_dir=_run_dir(run_dir))


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise BadInputError(f"as-of date {text}: expected a date such as 2025-12-31") from problem


def _language(text: str) -> str:
    if text and text not in LANGUAGES:
        raise BadInputError(f"language {text}: expected {' or '.join(LANGUAGES)}")
    return text


def _run_dir(text: str) -> Path | None:
    if not text:
        return None
    for folder in (Path(text), Path.cwd()):
        if folder.is_dir() and (folder == Path(text) or places.is_finished(folder)):
            return folder.resolve()
    raise BadInputError(f"run folder {Path(text).name}: not there any more; run the audit again")
