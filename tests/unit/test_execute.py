"""A run replaces the last good one at its end, or leaves it alone."""

import json
import stat
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from auditlib.errors import AuditError, BadInputError, BrokenTieError
from auditlib.run import execute
from auditlib.run.execute import run_client
from auditlib.run.steps import STEPS, chosen_steps
from auditlib.run.verdict import broken_law
from tests.project import LEDGER, everything_in, make_project, write_client

RECEIVABLE = 600.00 + 360.50 + 240.00  # F2 + F3 + F4: F1 is paid


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with clients alpha and beta, found by AUDITLIB_HOME."""
    monkeypatch.setenv("AUDITLIB_HOME", str(tmp_path))
    return make_project(tmp_path)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of alpha, run once for the tests that only look."""
    folder = make_project(tmp_path_factory.mktemp("finished"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDITLIB_HOME", str(folder))
        return run_client("alpha").run_dir


def test_a_run_leaves_what_it_promises(finished: Path) -> None:
    expected = {f"{step}.ipynb" for step in STEPS} | {
        "report.html", "report.pdf", "audit.xlsx", "indicators.json", "manifest.json", "data", "run.log",
        "demande_documents.eml", "entretien.eml", "entretien.ics", "prise_de_contact.ics", "note_premiere_analyse.pdf"}
    assert expected <= {path.name for path in finished.iterdir()}
    assert finished.name == "2025-06-30" and finished.parent.name == "alpha"


def test_the_figures_are_those_worked_out_by_hand(finished: Path) -> None:
    summary = json.loads((finished / "indicators.json").read_text())
    assert summary["receivable"]["total"] == RECEIVABLE
    buckets = {row["bucket"]: row["amount"] for row in summary["ageing"]}
    assert (buckets["not_due"], buckets["1-30"], buckets["61-90"]) == (240.00, 360.50, 600.00)


def test_only_its_owner_can_look_into_a_run(finished: Path) -> None:
    assert stat.S_IMODE(finished.stat().st_mode) == 0o700


def test_no_temporary_folder_is_left(finished: Path) -> None:
    outputs = finished.parent.parent
    assert [path.name for path in outputs.iterdir()] == ["alpha"]
    assert str(outputs / ".tmp-") not in (finished / "05_presentation.ipynb").read_text()


def test_the_manifest_names_inputs_versions_and_timings(finished: Path) -> None:
    manifest = json.loads((finished / "manifest.json").read_text())
    assert len(manifest["inputs"]["../documents/alpha/grand_livre.csv"]) == 64
    assert manifest["parameters"]["client"] == "alpha"
    assert set(STEPS) <= set(manifest["seconds"])
    assert "pandas" in manifest["versions"]


def test_a_failed_run_leaves_the_last_good_one(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = everything_in(run_client("alpha").run_dir)

    def fail(*_: object, **__: object) -> None:
        raise AuditError("broken on purpose")

    monkeypatch.setattr("auditlib.run.stages.execute_notebook", fail)
    with pytest.raises(AuditError, match="on purpose"):
        run_client("alpha")
    assert everything_in(project / "outputs" / "alpha" / "2025-06-30") == good


def test_bad_input_writes_nothing(project: Path) -> None:
    write_client(project, "gamma", "this is no ledger\n")
    before = everything_in(project)
    with pytest.raises(BadInputError):
        run_client("gamma")
    assert everything_in(project) == before
    assert not (project / "outputs").exists()


def test_an_unsigned_client_is_not_read(project: Path) -> None:
    write_client(project, "gamma", "no matter\n", nda="{}")
    with pytest.raises(BadInputError, match="not signed"):
        run_client("gamma")
    assert not (project / "outputs").exists() and not (project / ".cache").exists()


def test_the_agreement_is_drafted_before_it_is_signed(project: Path) -> None:
    write_client(project, "gamma", "no matter\n", nda="{}")
    assert (run_client("gamma", steps="01").run_dir / "01_confidentiality.ipynb").is_file()


def test_the_documents_are_asked_for_before_any_is_read(project: Path) -> None:
    """The client has sent a ledger, but signed nothing: the request still lists it, and nothing is reminded of."""
    write_client(project, "gamma", LEDGER.format(bravo="1,00"), nda="{}")
    folder = run_client("gamma", steps="01").run_dir
    asked = message_from_bytes((folder / "demande_documents.eml").read_bytes(), policy=default)
    assert "- Grand livre et balance âgée" in asked.get_content().replace("\xa0", " ")
    assert {path.name for path in folder.glob("*.eml")} == {"demande_documents.eml"}


def test_a_file_placed_that_did_not_come_writes_nothing(project: Path) -> None:
    write_client(project, "gamma", LEDGER.format(bravo="1,00"),
                 extra="requests: {kinds: {procedures: {received: [grand_livres.csv]}}}")
    with pytest.raises(BadInputError, match=r"did you mean grand_livre\.csv\?"):
        run_client("gamma")
    assert not (project / "outputs").exists()


def test_some_steps_keep_the_others(project: Path) -> None:
    first = run_client("alpha").run_dir
    before = (first / "02_documents.ipynb").read_bytes()
    run_client("alpha", steps="05")
    assert (first / "02_documents.ipynb").read_bytes() == before


def test_steps_without_the_analysis_refuse_changed_documents(project: Path) -> None:
    run_client("alpha")
    write_client(project, "alpha", (project / "documents" / "beta" / "grand_livre.csv").read_text())
    with pytest.raises(BadInputError, match="04a"):
        run_client("alpha", steps="05")


def test_unknown_steps_are_refused() -> None:
    with pytest.raises(BadInputError, match="07 is no step"):
        chosen_steps("02-07")


def test_a_run_that_does_not_tie_is_finished_and_says_so(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execute, "broken_law", lambda _: "alpha: the ledger does not tie")
    with pytest.raises(BrokenTieError, match="does not tie"):
        run_client("alpha")
    assert (project / "outputs" / "alpha" / "2025-06-30" / "report.html").is_file()


@pytest.mark.parametrize(("change", "words"), [
    ({"reconciliation": {"ledger_balance": 10.0, "open_items": 10.0, "second_source": "aged_balance",
                         "difference": 0.01, "ties": False}}, "does not tie to aged_balance"),
    ({"reconciliation": {"ledger_balance": 10.0, "open_items": 9.99, "ties": None}}, "do not make the ledger balance"),
    ({"reconciliation": {"ledger_balance": 10.0, "open_items": 10.0, "ties": None,
                         "conservation": {"points": 12, "breaches": 1}}}, "in 1 of 12 states"),
    ({"ageing": [{"amount": 9.99}]}, "does not add up"),
    ({"intake": [{"file": "a.csv", "rows_read": 3, "rows_loaded": 1, "rows_skipped": 1, "rows_rejected": 0}]},
     "accounted for"),
])
def test_a_broken_law_is_named(change: dict[str, object], words: str) -> None:
    sound: dict[str, object] = {
        "client": "alpha", "receivable": {"total": 10.0}, "ageing": [{"amount": 7.3}, {"amount": 2.7}], "intake": [],
        "reconciliation": {"ledger_balance": 10.0, "open_items": 10.0, "ties": None}}
    assert broken_law(sound) == ""
    assert words in broken_law(sound | change)
