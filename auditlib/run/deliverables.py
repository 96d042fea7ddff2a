"""What is handed over with a run: report, procedure, calls, workbooks, invitation."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from auditlib.audit_results import AuditResults
from auditlib.deliver.content import report_content
from auditlib.deliver.document_rows import scope_rows
from auditlib.deliver.follow_up_workbook import write_follow_up
from auditlib.deliver.html import write_html
from auditlib.deliver.mail import call_invitation
from auditlib.deliver.minutes import FILE_NAME, write_minutes
from auditlib.deliver.pdf import write_pdf
from auditlib.deliver.phone_method_docx import FILE_NAME as METHOD
from auditlib.deliver.phone_method_docx import write_phone_method
from auditlib.deliver.procedure_docx import FILE_NAME as PROCEDURE
from auditlib.deliver.procedure_docx import write_procedure
from auditlib.deliver.workbook import write_workbook
from auditlib.document_states import DocumentState
from auditlib.formats import Formats
from auditlib.parameters import Parameters
from auditlib.procedure import collection_procedure
from auditlib.run.calls import write_call_files

__all__ = ["write_deliverables"]


def write_deliverables(run_dir: Path, results: AuditResults, parameters: Parameters, *, language: str,
                       documents: Sequence[DocumentState] = ()) -> None:
    """Write everything a run hands over into its folder; `documents` are the states of the kinds asked for."""
    extracted = results.intake["extracted_on"].max()
    report = report_content(results, parameters=parameters, language=language,
                            documents=scope_rows(documents, Formats(language=language)),
                            extracted_on=None if pd.isna(extracted) else extracted.date())
    write_html(report, run_dir / "report.html")
    write_pdf(report, run_dir / "report.pdf", as_of_date=dt.date.fromisoformat(results.summary["as_of_date"]))
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""),
                      thousands=parameters.amounts_in == "thousands")
    procedure = collection_procedure(results, rules=parameters.collection, language=language)
    write_procedure(procedure, run_dir / PROCEDURE, results=results, parameters=parameters,
                    formats=formats)
    write_follow_up(results, run_dir, parameters=parameters, language=language)
    write_call_files(results, run_dir, parameters=parameters, language=language)
    write_phone_method(run_dir / METHOD, day=parameters.as_of_date, formats=formats)
    write_workbook(results, run_dir / "audit.xlsx", parameters=parameters, language=language)
    write_minutes(results, run_dir / FILE_NAME, parameters=parameters, language=language)
    (run_dir / "invitation.eml").write_bytes(bytes(call_invitation(parameters, language=language)))
