"""The first-analysis note: two pages whose figures are those of the results."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.answers import Answer, InterviewAnswers, answers_table
from auditlib.deliver.first_note import FirstNote, first_note, note_content, note_pdf
from auditlib.first_call import first_call
from auditlib.formats import Formats
from auditlib.interview_questions import QUESTIONS
from auditlib.parameters import Parameters
from tests.truths import Audited
from tests.unit.received import BALANCE, LEDGER, states_on
from tests.unit.results_fixture import AS_OF_DATE, parameters, results

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

REQUESTS = {"requested_on": "2026-01-05", "kinds": {"procedures": {"not_applicable": "aucune"}}}


def composed(audited: "AuditResults", own: Parameters, *, formats: Formats | None = None) -> FirstNote:
    """Return the note on 13 January, both tables having come on the 12th."""
    states = list(states_on("2026-01-13", own.requests, LEDGER, BALANCE, on="2026-01-12").values())
    return first_note(audited, states, first_call(states, own.requests.call, day=dt.date(2026, 1, 13)),
                      to_place=("scan.pdf",), parameters=own, formats=formats or Formats())


def pages_of(note: FirstNote, folder: Path, *, formats: Formats | None = None) -> list[str]:
    """Return the text of each page, each space a plain one."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not installed")
    path = folder / "note.pdf"
    path.write_bytes(note_pdf(note, formats or Formats(), as_of_date=AS_OF_DATE))
    done = subprocess.run([reader, "-layout", str(path), "-"], capture_output=True, text=True, check=True)  # noqa: S603
    plain = done.stdout.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")
    return [" ".join(page.split()) for page in plain.split("\f") if page.strip()]


def replaced(found: "AuditResults", **fields: Any) -> "AuditResults":
    """Return the results with other tables."""
    return cast("AuditResults", SimpleNamespace(**(vars(found) | fields)))


def euros(amount: float) -> str:
    """Write an amount as a French reader expects it, without the package."""
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",") + " €"


def share(value: float) -> str:
    return f"{value * 100:.1f}".replace(".", ",") + " %"


def days(value: float) -> str:
    return f"{value:.1f}".replace(".", ",") + " jours"


def expected(summary: dict[str, Any]) -> list[str]:
    stock, entries = summary["receivable"], summary["indicators"]
    return [*(euros(stock[name]) for name in ("total", "overdue", "net_overdue")),
            *(euros(row["amount"]) for row in summary["ageing"]),
            share(entries["overdue_rate"]["value"]), days(entries["dso"]["value"])]


def test_the_note_has_two_pages_and_the_results_figures(tmp_path: Path) -> None:
    found = results()
    first, second = pages_of(composed(found, parameters(requests=REQUESTS)), tmp_path)
    for figure in expected(found.summary):
        assert figure in first, figure
    assert "Acme #1 & Fils <SAS>" in first and "+Belle & Fils <SARL>" in first
    assert "en retard (demandé le 05/01/2026, attendu le 12/01/2026)" in first
    assert "sans objet : aucune" in first and "À classer : scan.pdf." in first
    assert "reçu le 12/01/2026" in first and "écart de 123,45 € avec la source" in first
    assert "À demander pendant l'appel" in second
    assert "Prise de contact au plus tard le 15 janvier 2026" in second
    assert "Restent à recevoir : Organigramme ;" in second


def test_findings_of_the_data_stand_apart_from_what_is_at_risk() -> None:
    found = results()
    said = {"rows_rejected": "Trois lignes rejetées.", "broken_tie": "Un écart.", "insolvent_customers": "Un débiteur."}
    found = replaced(found, findings=schemas.validate(pd.DataFrame({
        "finding": list(said), "severity": "serious", "rows": 1, "amount_cents": [300, 200, 10**12],
        "sentence": list(said.values())}), schemas.FINDINGS))
    note = composed(found, parameters(requests=REQUESTS))
    assert [paper[1] for paper in note.quality[:2]] == ["Trois lignes rejetées.", "Un écart."]
    assert note.risks[0][1] == "Un débiteur." and note.risks[0][3]
    assert [paper[0] for paper in note.quality[:2]] == ["Lignes rejetées", "Rapprochement rompu"]


def test_questions_follow_the_findings_and_those_answered_are_not_asked_again() -> None:
    own, top, declared = parameters(requests=REQUESTS), QUESTIONS["causes.top"], QUESTIONS["failures.declaration"]
    finding = pd.DataFrame({"finding": ["insolvent_debtors"], "severity": "serious", "rows": 1,
                            "amount_cents": 10**12, "sentence": "Débiteurs défaillants."})
    found = replaced(results(), findings=schemas.validate(finding, schemas.FINDINGS))
    asked = composed(found, own).questions
    assert asked[0] == declared and top in asked and len(set(asked)) == 7
    assert declared not in composed(results(), own).questions
    said = InterviewAnswers(interview={"causes.top": (Answer(answer="Le client conteste."),)})
    assert top not in composed(replaced(found, interview=answers_table(said)), own).questions


def test_what_is_not_available_is_said_with_its_reason(tmp_path: Path) -> None:
    found = results()
    reason = "moins de trois mois de ventes"
    found.summary["indicators"]["dso"] |= {"value": None, "reason": reason}
    first, _second = pages_of(composed(found, parameters()), tmp_path)
    assert "non disponible" in first and f"DSO – {reason}" in first


def test_the_same_note_gives_the_same_bytes() -> None:
    note = composed(results(), parameters(requests=REQUESTS))
    assert note_pdf(note, Formats(), as_of_date=AS_OF_DATE) == note_pdf(note, Formats(), as_of_date=AS_OF_DATE)


def test_long_names_and_many_kinds_still_make_two_pages(tmp_path: Path) -> None:
    kinds = {f"own_{rank}": {"name": f"Document de la direction financière et commerciale n° {rank}"}
             for rank in range(14)}
    own = parameters(client_name="Établissements " * 5, requests={**REQUESTS, "kinds": kinds})
    assert len(pages_of(composed(results(), own), tmp_path)) == 2


@pytest.mark.xdist_group("truth")
def test_the_note_of_the_demo_has_two_pages_and_the_results_figures(sme_audit: Audited, tmp_path: Path) -> None:
    found = sme_audit.results
    pages = pages_of(composed(found, parameters(requests=REQUESTS)), tmp_path)
    assert len(pages) == 2
    for figure in expected(found.summary):
        assert figure in pages[0], figure
    late = found.customers.nlargest(5, "net_overdue_cents")
    for row in late.to_dict("records"):
        assert f"{row['name']} {euros(row['net_overdue_cents'] / 100)}" in pages[0]
    assert "rapproché (balance âgée), sans écart" in pages[0]


def test_the_note_has_no_layout_of_the_client_s_making() -> None:
    """What the template reads is data: a name such as ``#text`` is printed as it is."""
    content = note_content(composed(results(), parameters(client_name="#pagebreak() *Acme*")), Formats())
    assert content["client"] == "#pagebreak() *Acme*"
