"""The signature of the agreement: recorded with the file's fingerprint, checked afterwards, and the gate it opens."""

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from auditlib.errors import BadInputError
from auditlib.parameters import load_parameters
from auditlib.present.signature_form import SignatureForm
from auditlib.run import agreement, agreement_signature, engagement
from auditlib.run.agreement_signature import keep_signed_file, record_signature, signed_file_problem
from auditlib.run.inspection import inspected
from auditlib.run.start import start_engagement
from tests.project import LEDGER, ROOT, write_client

SIGNED_ON = dt.date(2026, 1, 5)
CONTENT = b"%PDF-1.7 signed by both"
LATER = sorted(path.name for path in (ROOT / "notebooks").glob("0[2-5]*.ipynb"))


@pytest.fixture
def gamma(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the parameters file of a client who has not signed."""
    monkeypatch.setenv("AUDITLIB_HOME", str(tmp_path))
    return write_client(tmp_path, "gamma", LEDGER.format(bravo="360,50"), nda="{years: 3}  # three years")


@pytest.fixture
def signed(gamma: Path) -> Path:
    """Return the agreement he signs."""
    file = gamma.with_name("signed.pdf")
    file.write_bytes(CONTENT)
    return file


def sign(source: Path, file: Path) -> None:
    record_signature(source, signed_on=SIGNED_ON, signatory=" Paul Rivière, DAF ", file=file)


def test_the_fingerprint_recorded_is_that_of_the_file(gamma: Path, signed: Path) -> None:
    sign(gamma, signed)
    nda = load_parameters(gamma).nda
    assert nda.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (nda.signed_on, nda.signatory, nda.signed_file) == (SIGNED_ON, "Paul Rivière, DAF", "signed.pdf")
    assert nda.years == 3 and "# three years" in gamma.read_text(encoding="utf-8")
    load_parameters(gamma).require_signed()


def test_a_signature_keeps_comments_and_order_of_the_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITLIB_HOME", str(tmp_path))
    (tmp_path / "parameters").mkdir()
    template = (ROOT / "parameters" / "template.yaml").read_text(encoding="utf-8")
    (tmp_path / "parameters" / "template.yaml").write_text(template, encoding="utf-8")
    source = start_engagement("delta", as_of_date=dt.date(2025, 12, 31))
    before = source.read_text(encoding="utf-8").splitlines()
    file = keep_signed_file(source, SIGNED_ON, "Scan 12.PDF", CONTENT)
    sign(source, file)
    after = source.read_text(encoding="utf-8").splitlines()
    assert file.name == "delta.agreement-2026-01-05.pdf"
    added = ["  signed_on: 2026-01-05", "  signatory: Paul Rivière, DAF", f"  signed_file: {file.name}",
             f"  sha256: {hashlib.sha256(CONTENT).hexdigest()}"]
    place = before.index("nda:") + 1
    assert after == before[:place] + added + before[place:]


def test_signing_again_replaces_the_record(gamma: Path, signed: Path) -> None:
    sign(gamma, signed)
    signed.write_bytes(b"the second version")
    sign(gamma, signed)
    assert load_parameters(gamma).nda.sha256 == hashlib.sha256(b"the second version").hexdigest()


def test_a_changed_or_missing_signed_file_is_said_and_the_gate_stays_open(gamma: Path, signed: Path) -> None:
    sign(gamma, signed)
    assert signed_file_problem(load_parameters(gamma)) == ""
    signed.write_bytes(CONTENT + b" and one word more")
    parameters = load_parameters(gamma)
    assert "signed.pdf a changé depuis son enregistrement" in signed_file_problem(parameters)
    assert "a changé" in agreement.signature_warning(engagement.open_engagement("gamma"))
    parameters.require_signed()
    signed.unlink()
    assert "n’est plus à sa place" in signed_file_problem(parameters)


@pytest.mark.parametrize(("signatory", "content"), [("  ", CONTENT), ("Paul Rivière", b""), ("Paul Rivière", None)])
def test_an_incomplete_signature_writes_nothing(gamma: Path, signatory: str, content: bytes | None) -> None:
    file, before = gamma.with_name("signed.pdf"), gamma.read_bytes()
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadInputError):
        record_signature(gamma, signed_on=SIGNED_ON, signatory=signatory, file=file)
    assert gamma.read_bytes() == before


def test_another_agreement_of_the_same_day_is_not_overwritten(gamma: Path) -> None:
    first = keep_signed_file(gamma, SIGNED_ON, "a.pdf", CONTENT)
    with pytest.raises(BadInputError, match="another content"):
        keep_signed_file(gamma, SIGNED_ON, "b.pdf", b"other")
    assert first.read_bytes() == CONTENT


def test_an_empty_upload_is_not_kept(gamma: Path) -> None:
    with pytest.raises(BadInputError, match="empty"):
        keep_signed_file(gamma, SIGNED_ON, "a.pdf", b"")
    assert [path.name for path in gamma.parent.iterdir()] == ["gamma.yaml"]


def test_the_form_says_what_is_missing_then_records_an_upload(gamma: Path) -> None:
    saved: list[tuple[object, ...]] = []
    form = SignatureForm(load_parameters(gamma).nda, save=lambda *given: saved.append(given) or "f00d")  # type: ignore[func-returns-value]
    form.record()
    assert "Il faut la date" in form.message.value and not saved
    form.signed_on.value, form.signatory.value = SIGNED_ON, "Paul Rivière, DAF"
    form.upload.value = ({"name": "a.pdf", "type": "application/pdf", "size": len(CONTENT), "content": CONTENT,
                          "last_modified": dt.datetime(2026, 1, 5, tzinfo=dt.UTC)},)
    form.record()
    assert saved == [(SIGNED_ON, "Paul Rivière, DAF", ("a.pdf", CONTENT))] and "f00d" in form.message.value


def test_the_form_of_the_notebook_opens_the_gate(gamma: Path, signed: Path) -> None:
    before = gamma.read_bytes()
    view = agreement_signature.sign_agreement(engagement.open_engagement("gamma"))
    assert gamma.read_bytes() == before  # shown in a run, it writes nothing
    day, signatory, _upload, path, button, message = view.children
    day.value, signatory.value, path.value = SIGNED_ON, "Paul Rivière, DAF", "nowhere.pdf"
    button.click()
    assert "nowhere.pdf" in message.value and gamma.read_bytes() == before
    path.value = signed.name
    button.click()
    assert hashlib.sha256(CONTENT).hexdigest() in message.value
    load_parameters(gamma).require_signed()


@pytest.mark.parametrize("nda", ["{}", "{signed_on: 2026-01-05}", "{signatory: Paul}",
                                 '{signed_on: 2026-01-05, signatory: "  "}'])
def test_a_date_without_a_signatory_is_no_signature(gamma: Path, nda: str) -> None:
    write_client(gamma.parent.parent, "gamma", "no matter", nda=nda)
    with pytest.raises(BadInputError, match="not signed"):
        load_parameters(gamma).require_signed()


def test_unsigned_documents_are_not_inspected_by_their_path_either(gamma: Path) -> None:
    folder = gamma.parent.parent / "documents" / "gamma"
    for name in (folder, folder / "grand_livre.csv"):
        with pytest.raises(BadInputError, match="not signed"):
            inspected([str(name)])


def test_the_audit_runs_on_pseudonyms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The agreement lets the client send codes instead of names: the figures are the same."""
    monkeypatch.setenv("AUDITLIB_HOME", str(tmp_path))
    ledger = LEDGER.format(bravo="360,50")
    write_client(tmp_path, "named", ledger)
    write_client(tmp_path, "coded", ledger.replace("Alpha", "P01").replace("Bravo", "P02"))
    named, coded = (engagement.open_engagement(client).results() for client in ("named", "coded"))
    assert coded.open_items["residual_cents"].tolist() == named.open_items["residual_cents"].tolist()
    assert coded.open_items["residual_cents"].sum() == 120050  # 600.00 + 360.50 + 240.00
    assert set(coded.customers["name"]) == {"P01", "P02"}


def run_cells(sources: list[str], names: dict[str, object]) -> None:
    """Run a notebook's cells in order."""
    for source in sources:
        exec(source, names)  # noqa: S102 -- a notebook of this project


@pytest.mark.parametrize("name", LATER)
def test_every_later_notebook_stops_before_it_reads(name: str, gamma: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cells are run one by one, without a kernel; the client's file is never opened and nothing is cached."""
    opened: list[Path] = []
    really = Path.open

    def watched(path: Path, *args: object, **options: object) -> object:
        opened.append(path)
        return really(path, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", watched)
    cells = json.loads((ROOT / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    run_cells(sources[:1], names)
    names["client"] = "gamma"
    with pytest.raises(BadInputError, match="not signed"):
        run_cells(sources[1:], names)
    assert not [path for path in opened if path.name == "grand_livre.csv"]
    assert not (gamma.parent.parent / ".cache").exists()


def test_there_are_five_later_notebooks() -> None:
    assert len(LATER) == 5
