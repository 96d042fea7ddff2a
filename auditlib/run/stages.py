"""The stages of a run: documents, results, notebooks, and beside them what is handed over."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from auditlib.errors import BadInputError
from auditlib.run import manifest, places, stored
from auditlib.run.clock import Clock
from auditlib.run.document_requests import DocumentFollowUp, documents_of, write_document_mails
from auditlib.run.engagement import Engagement
from auditlib.run.kernel import WarmKernel
from auditlib.run.notebooks import execute_notebook
from auditlib.run.steps import ANALYSIS, CONFIDENTIALITY

__all__ = ["DELIVERABLES", "DOCUMENTS", "LETTERS", "RESULTS", "run_stages"]

DOCUMENTS, RESULTS, DELIVERABLES, LETTERS = "documents", "indicators", "report, workbook", "letters"


def run_stages(audit: Engagement, run_dir: Path, *, client: str, chosen: list[str], kernel: WarmKernel,
               clock: Clock) -> None:
    """Fill a run's folder.

    Parameters
    ----------
    audit : Engagement
        Of that run.
    run_dir : Path
    client : str
        As the notebooks are told it.
    chosen : list of str
        The notebooks to execute.
    kernel : WarmKernel
    clock : Clock

    Raises
    ------
    BadInputError
        If a document cannot be used, or the documents changed and the analysis is not among `chosen`.
    """
    sources = places.notebooks_of(audit.home)
    values = {"client": client, "as_of_date": audit.as_of_date.isoformat(), "run_dir": str(run_dir),
              "language": audit.language}
    inputs = _prepare(audit, run_dir, chosen, clock)
    documents = documents_of(audit, may_read=chosen != [CONFIDENTIALITY])
    write_document_mails(documents, run_dir)
    with ThreadPoolExecutor(1) as beside:
        deliverables = beside.submit(_deliver, audit, run_dir, documents, clock)
        for step in chosen:
            with clock.part(step):
                execute_notebook(sources / f"{step}.ipynb", run_dir / f"{step}.ipynb", values=values,
                                 language=audit.language, kernel=kernel)
        deliverables.result()
    manifest.write_manifest(run_dir, audit.parameters, as_of_date=audit.as_of_date, language=audit.language,
                            inputs=inputs, seconds=clock.seconds, steps=chosen)


def _prepare(audit: Engagement, run_dir: Path, chosen: list[str], clock: Clock) -> dict[str, str]:
    """Read the documents and compute before any notebook runs: bad input is known at once.

    Returns
    -------
    dict of str to str
        The hashes of what the run was made from.
    """
    if chosen == [CONFIDENTIALITY]:
        return dict(manifest.read_manifest(run_dir).get("inputs", {}))
    with clock.part(DOCUMENTS):
        inputs = manifest.input_hashes(audit.parameters)
        if ANALYSIS in chosen:
            stored.forget(run_dir)
        elif places.is_finished(run_dir) and manifest.read_manifest(run_dir).get("inputs") != inputs:
            raise BadInputError(f"{audit.parameters.client}: the documents or the parameters changed since the last "
                                "run; let --steps include 04a")
        stored.write_intake(run_dir, audit.documents())
    with clock.part(RESULTS):
        audit.save(audit.results())
    return inputs


def _deliver(audit: Engagement, run_dir: Path, documents: DocumentFollowUp, clock: Clock) -> None:
    if places.is_finished(run_dir):
        with clock.part(DELIVERABLES):
            from auditlib.run.deliverables import write_deliverables  # a second of imports, beside the first notebook
            from auditlib.run.first_note import write_first_note

            write_deliverables(run_dir, audit.results(), audit.parameters, language=audit.language,
                               documents=documents.states)
            write_first_note(documents, run_dir)
        with clock.part(LETTERS):
            from auditlib.run.letters import write_planned_letters

            write_planned_letters(run_dir, audit.results(), audit.parameters,
                                  insolvencies=audit.documents().insolvencies)
