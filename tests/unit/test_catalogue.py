"""The English catalogue is complete, and an English report says nothing in French of its own."""

import ast
import html
import io
import json
import re
from importlib import resources
from pathlib import Path

import openpyxl
import pytest
from babel.messages.pofile import read_po

from auditlib import formats, settings
from auditlib.deliver.content import report_content
from auditlib.deliver.html import report_html
from auditlib.deliver.workbook import workbook_bytes
from auditlib.parameters import NonDisclosure
from auditlib.texts import translator
from tests.unit.results_fixture import NAMES, parameters, results

PACKAGE = Path(str(resources.files("auditlib")))
PLACEHOLDER = re.compile(r"\{[^}]*\}")
MARKING = {"_", "N_", "gettext", "say", "_say"}
ALIKE = {
    "%", "Action", "Actions", "Code", "Concentration", "Conclusion", "Contacts", "DSO", "Date", "Dimension",
    "Document", "FEC", "France", "Minutes", "Note", "Notes", "Question", "Questions", "Segment", "Segments", "Source",
    "Test", "Total", "Type", "Zone", "coefficient", "contacts", "curative", "dissuasive", "exceptions", "information",
    "page", "probable", "services", "total", "{said}, {read}", "{number} h", "{number} min", "{profile}. {evidence}",
}  # fmt: skip
"""Written the same in both languages."""
STAGES = {"chapters", "indicators", "matching", "replay", "report"}
"""Stages of the progress log, which is English whatever the report."""
FRENCH = re.compile(
    r"[àâçéèêëîïôûùœ]|\b(?:[ldn]|qu)['’]|\b(?:le|la|les|des|du|un|une|est|sont|et|sur|dans|pour|par|avec|sans|aux|au"
    r"|dont|depuis|jours|montants?|encours|règlements?)\b",
    re.IGNORECASE,
)
INVENTED = "aucun mouvement postérieur n’a été fourni"
"""A reason that only the fixture gives: the package's own are all in the catalogue."""
SEARCHED = str(list(settings.TestRules().dispute_words))
"""Words looked for in the client's labels, as the list of parameters shows them."""
LAW = re.compile(r"\([^()]*\)")
"""French-law terms stand in brackets after their English."""


def messages() -> dict[str, str]:
    with (PACKAGE / "locale" / "en.po").open("rb") as text:
        return {str(message.id): str(message.string) for message in read_po(text, locale="en") if message.id}


def literals() -> set[str]:
    """Return the sentences given to gettext in the code, nested in f-strings or not."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in MARKING:
                    found.add(str(node.args[0].value))
    return found


def edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_every_sentence_of_the_code_is_in_the_catalogue() -> None:
    assert literals() - set(messages()) == set()


def test_every_message_is_translated_with_its_placeholders() -> None:
    wrong = [
        french
        for french, english in messages().items()
        if not english
        or sorted(PLACEHOLDER.findall(french)) != sorted(PLACEHOLDER.findall(english))
        or edges(french) != edges(english)
    ]
    assert wrong == []


def test_no_translation_is_its_french_source() -> None:
    assert {french for french, english in messages().items() if french == english} - ALIKE - STAGES == set()


def test_no_sentence_stays_no_sentence() -> None:
    assert translator("en").gettext("") == ""


def test_english_figures_and_dates() -> None:
    written = formats.Formats(language="en")
    assert written.amount(1234.56) == "€1,234.56"
    assert (written.short_amount(2_326_612.0), written.short_amount(-370_877.0)) == ("€2,326,612", "-€370,877")
    assert written.short_date("2025-12-31") == "31 Dec 2025"


@pytest.fixture(scope="module")
def english_texts() -> set[str]:
    found, given = results(), parameters(language="en", prepared_by="Ann Lee", nda=NonDisclosure(allow_unsigned=True))
    page = report_html(report_content(found, parameters=given, language="en"))
    page = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(found, parameters=given, language="en")))
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    return {html.unescape(text) for text in re.findall(r">([^<]+)<", page)} | cells | set(book.sheetnames)


def test_an_english_report_has_no_french_of_its_own(english_texts: set[str]) -> None:
    found = results()
    data = json.dumps([  # the client's own words, and the loaders' findings, which are French whatever the report
        frame.astype("str").to_dict("list")
        for frame in (found.customers, found.open_items, found.intake, found.rejected, found.findings, found.tie_out)
    ], ensure_ascii=False)
    left = {
        text
        for text in english_texts
        if FRENCH.search(LAW.sub("", text)) and json.dumps(text, ensure_ascii=False)[1:-1] not in data
        and not any(name in text for name in (*NAMES, INVENTED, SEARCHED))
    }
    assert left == set()
