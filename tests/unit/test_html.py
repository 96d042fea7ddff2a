"""report.html stands alone, says what it rests on, and never runs what a client typed."""

import re
from html.parser import HTMLParser

import pytest

from auditlib.deliver.content import report_content
from auditlib.deliver.html import report_html
from tests.unit.results_fixture import parameters, results


@pytest.fixture(scope="module")
def page() -> str:
    return report_html(report_content(results(), parameters=parameters()))


class Loads(HTMLParser):
    """Collects every element and address of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action", "data")]


def test_nothing_is_asked_of_the_network_and_no_script_runs(page: str) -> None:
    loads = Loads()
    loads.feed(page)
    assert all(address.startswith("#") for address in loads.addresses)
    assert not loads.tags & {"script", "link", "iframe", "img", "object", "embed"}
    assert not re.search(r"@import|url\(", page)


def test_every_link_leads_to_a_section(page: str) -> None:
    targets = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= targets


def test_names_are_escaped_in_text_and_charts(page: str) -> None:
    assert "<SARL>" not in page
    assert "<SAS>" not in page
    assert "+Belle &amp; Fils &lt;SARL&gt;" in page


def test_the_opening_page_says_what_the_report_is_not(page: str) -> None:
    assert "n’est pas une opinion d’audit" in page
    assert "PROJET" in page
    assert "Claire Aubry" in page
    assert page.count('class="missing"') == 8
    assert "écart de 123,45\u00a0€" in page


def test_a_reviewed_report_is_no_draft() -> None:
    page = report_html(report_content(results(ties=None), parameters=parameters(reviewed_by="Jean Roy")))
    assert "PROJET" not in page
    assert "Revu par Jean Roy" in page
    assert "non rapproché" in page


def test_the_figures_are_those_of_the_results(page: str) -> None:
    total = f"{results().summary['receivable']['total']:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€"
    assert page.count(total) >= 2
    assert "52,3 jours" in page
    assert "aucun mouvement postérieur" in page


def test_a_report_in_thousands_says_so_on_its_opening_page_and_in_its_charts() -> None:
    made = results()
    page = report_html(report_content(made, parameters=parameters(amounts_in="thousands")))
    thousands = f"{made.summary['receivable']['total'] / 1000:,.0f}".replace(",", "\u202f") + "\u00a0k€"
    assert page.count(thousands) >= 2
    assert "k€, arrondis à l’affichage" in page
    assert not re.search(r"<text[^>]*>[^<]*\d\u00a0€<", page)
