"""Commands: bad input is one sentence, exit status 2, and nothing written."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditlib import cli
from tests.project import LEDGER, everything_in, make_project, write_client

GOOD = LEDGER.format(bravo="360,50")
HEADER = LEDGER.splitlines()[0]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with clients alpha and beta, found by AUDITLIB_HOME."""
    monkeypatch.setenv("AUDITLIB_HOME", str(tmp_path))
    return make_project(tmp_path)


def call(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run a command in this process and return its exit status."""
    monkeypatch.setattr(sys, "argv", ["auditlib", *words])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return int(end.value.code or 0)


BAD_LEDGERS = {
    "empty file": "",
    "no recognisable header": "rien;du;tout\n1;2;3\n",
    "no amount column": "Compte;Nom;Date;Pièce\n411A;Alpha;10/01/2025;F1\n",
    "no date column": "Compte;Nom;Débit;Crédit\n411A;Alpha;10,00;\n",
    "nothing before the as-of date": GOOD.replace("/2025", "/2026"),
}


@pytest.mark.parametrize("ledger", BAD_LEDGERS.values(), ids=BAD_LEDGERS)
def test_a_bad_ledger_is_one_sentence(ledger: str, project: Path, monkeypatch: pytest.MonkeyPatch,
                                      capfd: pytest.CaptureFixture[str]) -> None:
    write_client(project, "gamma", ledger)
    _refused(["run", "gamma"], project, monkeypatch, capfd)


BAD_PARAMETERS = {
    "unknown key": "langage: fr\n",
    "unreadable YAML": "method: [\n",
    "bad value": "language: de\n",
    "unknown section key": "method: {bucket: [30]}\n",
}


@pytest.mark.parametrize("extra", BAD_PARAMETERS.values(), ids=BAD_PARAMETERS)
def test_bad_parameters_are_one_sentence(extra: str, project: Path, monkeypatch: pytest.MonkeyPatch,
                                         capfd: pytest.CaptureFixture[str]) -> None:
    write_client(project, "gamma", GOOD, extra=extra)
    _refused(["run", "gamma"], project, monkeypatch, capfd)


COMMANDS = {
    "unknown client": ["run", "nobody"],
    "missing parameters file": ["run", "nowhere/nobody.yaml"],
    "unknown steps": ["run", "alpha", "--steps", "09"],
    "bad date": ["run", "alpha", "--as-of", "31/12/2025"],
    "as-of date before the first movement": ["run", "alpha", "--as-of", "2019-12-31"],
    "unknown option": ["run", "alpha", "--frobnicate"],
    "unknown language": ["run", "alpha", "--language", "de"],
    "missing file": ["inspect", "nowhere.csv"],
    "client taken": ["new", "alpha"],
    "unusable client name": ["new", "a/b"],
    "new with a missing file": ["new", "delta", "nowhere.csv"],
    "nothing to serve": ["serve", "alpha"],
    "calls before a run": ["calls", "alpha"],
    "profile of a file never corrected": ["profile", "export", "alpha", "grand_livre.csv", "--name", "ebp"],
    "profile without a name": ["profile", "export", "alpha", "grand_livre.csv"],
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_a_bad_command_is_one_sentence(words: list[str], project: Path, monkeypatch: pytest.MonkeyPatch,
                                       capfd: pytest.CaptureFixture[str]) -> None:
    _refused(words, project, monkeypatch, capfd)


@pytest.mark.parametrize("words", [
    ["run", "gamma"], ["inspect", "gamma"], ["serve", "gamma"], ["run", "gamma", "--steps", "02"]])
def test_without_a_signed_agreement_nothing_is_read(words: list[str], project: Path, monkeypatch: pytest.MonkeyPatch,
                                                    capfd: pytest.CaptureFixture[str]) -> None:
    write_client(project, "gamma", GOOD, nda="{}")
    assert "not signed" in _refused(words, project, monkeypatch, capfd)


def test_new_writes_commented_parameters_that_load(project: Path, monkeypatch: pytest.MonkeyPatch,
                                                   capfd: pytest.CaptureFixture[str]) -> None:
    ledger = project / "documents" / "alpha" / "grand_livre.csv"
    assert call(monkeypatch, "new", "delta", str(ledger), "--as-of", "2025-06-30") == 0
    text = (project / "parameters" / "delta.yaml").read_text()
    assert "as_of_date: 2025-06-30" in text and str(ledger) in text and "# upper limits" in text
    assert "not read before" in capfd.readouterr().out


def test_new_looks_at_the_files_once_the_agreement_is_signed(project: Path, monkeypatch: pytest.MonkeyPatch,
                                                             capfd: pytest.CaptureFixture[str]) -> None:
    ledger = project / "documents" / "alpha" / "grand_livre.csv"
    assert call(monkeypatch, "new", "delta", str(ledger), "--signed-on", "2025-07-01", "--signatory", "C. Martin") == 0
    assert "grand_livre.csv" in capfd.readouterr().out
    assert call(monkeypatch, "inspect", "delta") == 0


def test_inspect_gives_json(project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    assert call(monkeypatch, "inspect", str(project / "documents" / "alpha" / "grand_livre.csv"), "--json") == 0
    report = json.loads(capfd.readouterr().out)[0]
    assert report["file"] == "grand_livre.csv"
    assert (report["classes"], report["balance"]) == ({"loaded": 5, "header": 1}, 1200.5)  # F2, F3 and F4


def test_inspect_is_plain_where_it_is_piped(project: Path, monkeypatch: pytest.MonkeyPatch,
                                            capfd: pytest.CaptureFixture[str]) -> None:
    assert call(monkeypatch, "inspect", str(project / "documents" / "alpha" / "grand_livre.csv"), "--rows", "2") == 0
    shown = capfd.readouterr().out
    assert "\x1b[" not in shown
    assert [line.split()[:3] for line in shown.splitlines()[-2:]] == [["1", "header", "Compte"], ["2", "item", "411A"]]


def test_a_profile_is_exported_and_named_where_it_applies(project: Path, monkeypatch: pytest.MonkeyPatch,
                                                          capfd: pytest.CaptureFixture[str]) -> None:
    write_client(project, "gamma", GOOD, extra="mapping: {grand_livre.csv: {date_order: day_first}}")
    assert call(monkeypatch, "profile", "export", "gamma", "grand_livre.csv", "--name", "ebp") == 0
    assert "ebp.yaml" in capfd.readouterr().out
    assert call(monkeypatch, "inspect", "alpha") == 0
    assert "profile   ebp (applied)" in capfd.readouterr().out


def test_a_crashing_client_stops_no_other(project: Path, monkeypatch: pytest.MonkeyPatch,
                                          capfd: pytest.CaptureFixture[str]) -> None:
    write_client(project, "gamma", "no ledger\n")
    assert call(monkeypatch, "batch", "--workers", "2") == 2
    shown = capfd.readouterr().out
    assert shown.count("done") == 2 and "bad input" in shown
    assert call(monkeypatch, "batch", "alpha", "beta", "--resume") == 0
    assert capfd.readouterr().out.count("up to date") == 2
    assert call(monkeypatch, "portfolio") == 0
    assert "1200.5" in capfd.readouterr().out  # alpha: 600.00 + 360.50 + 240.00
    assert call(monkeypatch, "calls", "alpha", "--customer", "411A", "--from", "2025-07-14") == 0
    assert "appels_choisis.pdf" in capfd.readouterr().out
    drafts = project / "outputs" / "alpha" / "2025-06-30" / "appels_choisis_confirmations"
    assert len(list(drafts.glob("*.eml"))) == 1
    diary = (project / "outputs" / "alpha" / "2025-06-30" / "appels_choisis.ics").read_text(encoding="utf-8")
    assert "DTSTART:20250715T073000Z" in diary  # the 14th is a holiday; 9:30 in Paris in summer
    assert diary.count("BEGIN:VEVENT") == 1
    _refused(["calls", "alpha", "--customer", "411Z"], project, monkeypatch, capfd)


def test_purge_deletes_and_certifies(project: Path, monkeypatch: pytest.MonkeyPatch,
                                     capfd: pytest.CaptureFixture[str]) -> None:
    assert call(monkeypatch, "purge", "alpha", "--yes") == 0
    certificate = Path(capfd.readouterr().out.split(": ", 1)[1].strip())
    assert "documents/alpha/grand_livre.csv" in certificate.read_text()
    assert not (project / "documents" / "alpha").exists() and (project / "documents" / "beta").exists()


def test_help_is_instant() -> None:
    command = [sys.executable, "-X", "importtime", "-c", "from auditlib import cli; cli.commands(['--help'])"]
    start = time.perf_counter()
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stderr  # noqa: S603
    assert time.perf_counter() - start < 1.0  # 0.15 s on an idle machine
    assert "pandas" not in loaded and "papermill" not in loaded


def _refused(words: list[str], project: Path, monkeypatch: pytest.MonkeyPatch,
             capfd: pytest.CaptureFixture[str]) -> str:
    """Run a command that must be refused; return its sentence."""
    before = everything_in(project)
    assert call(monkeypatch, *words) == 2
    shown = capfd.readouterr()
    assert everything_in(project) == before
    assert shown.out == ""
    assert len(shown.err.strip().splitlines()) == 1, shown.err
    assert len(shown.err.strip()) > 20
    return shown.err
