"""report.pdf prints the figures of report.html, on numbered pages, the same bytes each time."""

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from auditlib.deliver.content import Report, report_content
from auditlib.deliver.pdf import report_pdf
from tests.unit.results_fixture import AS_OF_DATE, parameters, results

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def report() -> Report:
    return report_content(results(), parameters=parameters())


@pytest.fixture(scope="module")
def text(report: Report, tmp_path_factory: pytest.TempPathFactory) -> str:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not installed")
    path: Path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(report_pdf(report, as_of_date=AS_OF_DATE))
    done = subprocess.run([reader, "-layout", str(path), "-"], capture_output=True, text=True, check=True)  # noqa: S603
    return " ".join(done.stdout.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_the_figures_are_printed(text: str) -> None:
    total = f"{results().summary['receivable']['total']:,.2f}".replace(",", " ").replace(".", ",") + " €"
    assert total in text
    assert "52,3 jours" in text
    assert "page 1 / " in text


def test_the_text_of_a_client_is_never_markup(text: str) -> None:
    assert "Acme #1 & Fils <SAS>" in text
    assert "+Belle & Fils <SARL>" in text


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert report_pdf(report, as_of_date=AS_OF_DATE) == report_pdf(report, as_of_date=AS_OF_DATE)
