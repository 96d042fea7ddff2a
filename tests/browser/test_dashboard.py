"""The dashboard as a client sees it: each filter shows the figure that plain sums over the results give."""

import datetime as dt
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from auditlib.demo import generate
from auditlib.run.execute import run_client
from tests.project import ROOT

CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update"]
Figures = tuple[float, float, float | None]
OVERDUE = ("1-30", "31-60", "61-90", ">90")
CODES = {"customer_type": {"Entreprise": "B2B", "Particulier": "B2C", "Secteur public": "public"},
         "zone": {"France": "FR", "Union européenne": "EU", "Hors Union européenne": "non_EU"}}
SEGMENTS = ("customer_type", "zone", "business_unit", "salesperson", "size_class")
WAIT = 20_000

pytestmark = pytest.mark.xdist_group("browser")


@dataclass(frozen=True)
class Served:
    """A presentation being served, and the results behind it."""

    url: str
    process: int
    folder: Path
    cube: list[dict[str, Any]]
    sales: list[dict[str, Any]]
    summary: dict[str, Any]

    @property
    def origin(self) -> str:
        """The address without its token."""
        return self.url.split("?")[0]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Generate a small client, run its audit, serve its presentation."""
    home = tmp_path_factory.mktemp("served")
    (home / "parameters").mkdir()
    shutil.copy(ROOT / "parameters" / "demo.yaml", home / "parameters")
    generate(home / "documents" / "demo", customers=90, invoices=2_000, months=30)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDITLIB_HOME", str(home))
        run_dir = run_client("demo").run_dir
    private = Path(tempfile.mkdtemp(prefix="t"))  # sockets need short paths
    command = [sys.executable, "-c", "from auditlib.cli import main; main()", "serve", "demo"]
    environment = {**os.environ, "AUDITLIB_HOME": str(home), "TMPDIR": str(private)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        _wait_until_listening(urlsplit(url).port or 0)
        cube, sales = [pq.read_table(run_dir / "data" / f"{name}.parquet").to_pylist() for name in ("cube", "sales")]
        summary = json.loads((run_dir / "indicators.json").read_text())
        yield Served(url, server.pid, private, cube, sales, summary)
        server.terminate()
    assert list(private.iterdir()) == []  # nothing of the server is left
    private.rmdir()


def _wait_until_listening(port: int, *, seconds: int = 60) -> None:
    """Wait until the address that was announced answers: on a busy machine that takes a while."""
    for _ in range(seconds * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield started
        started.close()


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address the page asks for."""
    return []


@pytest.fixture(scope="module")
def page(served: Served, browser: Browser, asked: list[str]) -> Page:
    """The page, live."""
    opened = browser.new_page(viewport={"width": 1440, "height": 1000})
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(served.url, timeout=90_000)
    opened.wait_for_selector(".audit-live .audit-tile .value", state="attached", timeout=90_000)
    return opened


@pytest.fixture(autouse=True)
def _unfiltered(request: pytest.FixtureRequest) -> None:
    if "page" in request.fixturenames:
        request.getfixturevalue("page").get_by_role("button", name="Réinitialiser").click()


def test_the_page_opens_on_the_audited_figures(page: Page, served: Served) -> None:
    stock, dso = served.summary["receivable"], served.summary["indicators"]["dso"]["value"]
    assert _shown(page) == (stock["total"], stock["overdue"], round(dso, 1))
    assert _expected(served, {}) == (stock["total"], stock["overdue"], round(dso, 1))


@pytest.mark.parametrize("segment", SEGMENTS)
def test_a_filter_shows_its_part(segment: str, page: Page, served: Served) -> None:
    labels = page.locator(f".audit-live .filter-{segment} option").all_inner_texts()
    assert len(labels) > 2, labels
    for label in labels[1:4]:
        _choose(page, segment, label)
        value = label.replace("\xa0", " ")
        _expect(page, _expected(served, {segment: CODES.get(segment, {}).get(value, value)}))
    _choose(page, segment, labels[0])
    _expect(page, _expected(served, {}))


def test_filters_combine(page: Page, served: Served) -> None:
    _choose(page, "customer_type", "Entreprise")
    _choose(page, "zone", "France")
    _expect(page, _expected(served, {"customer_type": "B2B", "zone": "FR"}))
    page.get_by_role("button", name="Réinitialiser").click()
    _expect(page, _expected(served, {}))


def test_a_month_shows_its_own_state(page: Page, served: Served) -> None:
    labels = page.locator(".audit-live .filter-month option").all_inner_texts()
    _choose(page, "month", labels[3])
    day = dt.datetime.strptime(labels[3], "%d/%m/%Y").date()  # noqa: DTZ007
    _expect(page, _expected(served, {}, day=day)[:2])
    _choose(page, "month", labels[0])


def test_no_request_leaves_the_machine(page: Page, asked: list[str]) -> None:
    assert page.url
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}


@pytest.mark.parametrize("path", ["", "voila/render/05_presentation.ipynb", "voila/api/contents/", "api/kernels",
                                  "voila/files/report.html", "voila/files/indicators.json", "voila/preheat/"])
@pytest.mark.parametrize("token", ["", "?token=wrong"])
def test_without_the_token_nothing_is_served(path: str, token: str, served: Served) -> None:
    status, text = _fetch(f"{served.origin}{path}{token}")
    assert "Delorme" not in text and "audit-tile" not in text
    assert status in {302, 403, 404, 405}


@pytest.mark.parametrize("path", ["voila/files/report.html", "voila/files/indicators.json", "voila/files/audit.xlsx",
                                  "voila/render/04a_analysis.ipynb", "voila/tree/"])
def test_with_the_token_only_the_presentation_is_served(path: str, served: Served) -> None:
    status, text = _fetch(f"{served.origin}{path}?{served.url.split('?')[1]}")
    assert status in {302, 403, 404}, text[:200]


def test_the_token_is_private(served: Served) -> None:
    token = served.url.split("token=")[1]
    assert token not in Path(f"/proc/{served.process}/cmdline").read_text()
    settings = list(served.folder.glob("*/voila.json"))
    assert len(settings) == 1 and token in settings[0].read_text()
    assert stat.S_IMODE(settings[0].stat().st_mode) == 0o600


def _expected(served: Served, wanted: dict[str, str], *, day: dt.date | None = None) -> Figures:
    """Add up receivable, overdue and DSO of a part, row by row."""
    as_of = dt.date.fromisoformat(served.summary["as_of_date"])
    day = day or as_of
    receivable = overdue = sales = 0
    for row in served.cube:
        if row["month_end"].date() == day and all(row[name] == value for name, value in wanted.items()):
            receivable += row["amount_cents"]
            overdue += row["amount_cents"] if row["bucket"] in OVERDUE else 0
    start = as_of.replace(year=as_of.year - 1) + dt.timedelta(days=1)
    for row in served.sales:
        in_window = start <= row["month_end"].date() <= as_of
        if in_window and all(row[name] == value for name, value in wanted.items()):
            sales += row["amount_cents"]
    days = (as_of - start).days + 1
    return receivable / 100, overdue / 100, round(receivable / sales * days, 1) if sales > 0 else None


def _shown(page: Page) -> Figures:
    return (_tile(page, "receivable"), _tile(page, "overdue"), _tile(page, "dso"))


def _tile(page: Page, name: str) -> float:
    text = page.locator(f'.audit-live [data-figure="{name}"] .value').inner_text()
    return float(re.sub(r"[^\d,-]", "", text).replace(",", "."))


def _expect(page: Page, figures: tuple[float | None, ...]) -> None:
    """Wait for the figures to be shown: a filter's answer comes from the kernel. One that is absent says why."""
    for name, figure in zip(("receivable", "overdue", "dso"), figures, strict=False):
        if figure is None:
            expect(page.locator(f'.audit-live [data-figure="{name}"].absent .note')).not_to_be_empty(timeout=WAIT)
            continue
        euros = f"{figure:,.{1 if name == 'dso' else 2}f}".translate(str.maketrans(",.", " ,"))
        pattern = re.compile(r"\s*" + r"\s".join(map(re.escape, euros.split(" "))) + r"\s(€|jours)\s*")
        expect(page.locator(f'.audit-live [data-figure="{name}"] .value')).to_have_text(pattern, timeout=WAIT)


def _choose(page: Page, segment: str, label: str) -> None:
    page.locator(f".audit-live .filter-{segment} select").select_option(label=label)


def _fetch(url: str) -> tuple[int, str]:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any, **__: Any) -> None:
            return None

    try:
        with urllib.request.build_opener(Stay).open(url, timeout=30) as answer:
            return answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode(errors="replace")
