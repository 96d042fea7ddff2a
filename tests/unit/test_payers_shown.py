"""Payer profiles on paper and on screen: they tie, no name covers another, and client texts are escaped."""

import io
import itertools

import pandas as pd
import pytest
from openpyxl import load_workbook

from auditlib.audit_results import AuditResults
from auditlib.deliver.labels import LABELS, label
from auditlib.deliver.sections_payers import payers as section_of
from auditlib.deliver.workbook import workbook_bytes
from auditlib.formats import Formats
from auditlib.parameters import Parameters
from auditlib.payer_profiles import PROFILES
from auditlib.present import palette, tables_payers
from auditlib.present.figures_payers import bubbles
from auditlib.present.label_places import LETTER, LINE, Mark, label_places
from auditlib.present.shown_payers import CHARTS
from tests.unit.intakes import T, audit, customers_of, intake_of, random_movements
from tests.unit.ledgers import movements

FORMATS = Formats(language="fr")


@pytest.fixture(scope="module")
def results() -> AuditResults:
    items = random_movements(seed=5)
    ids = sorted(items["customer_id"].astype("str").unique())
    return audit(intake_of(items, customers=customers_of(*ids).assign(name=[f"<b>{name} & Cie" for name in ids])))


def test_the_section_ties_to_the_whole(results: AuditResults) -> None:
    section = section_of(results, FORMATS)
    assert section is not None
    total = section.tables[0].rows[-1]
    assert total[2] == FORMATS.amount(results.summary["receivable"]["total"])
    assert total[3] == FORMATS.amount(results.summary["receivable"]["net_overdue"])
    assert total[1] == str(len(results.customers))
    assert len(section.tables[1].rows) == min(12, int((results.payers["net_overdue_cents"] > 0).sum()))
    assert all((section.sentence, section.meaning, section.action, section.charts[0].sentence))


def test_every_profile_has_a_name_and_a_colour() -> None:
    assert set(PROFILES) <= set(LABELS)
    assert set(PROFILES) == set(palette.PROFILES)
    assert len(set(palette.PROFILES.values())) == len(PROFILES)


def test_the_chart_draws_each_debtor_once_and_escapes_names(results: AuditResults) -> None:
    chart = CHARTS["customers_bubble"]
    figure = chart.arrange(results, FORMATS)
    assert figure is not None
    known = results.payers[(results.payers["receivable_cents"] > 0) & results.payers["days_beyond_terms"].notna()]
    drawing = chart.draw(figure, language="fr", currency="EUR")
    assert drawing.count("fill-opacity") == len(known) == len(figure.labels)
    assert "<b>" not in drawing
    assert "&lt;b&gt;" in drawing
    plotted = chart.plot(figure, FORMATS)
    assert sum(len(trace.x) for trace in plotted.data if trace.mode == "markers") == len(known)
    assert {trace.name for trace in plotted.data if trace.mode == "markers"} == {
        label(code) for code in known["profile"].astype("str")}


def test_names_cover_neither_each_other_nor_the_border(results: AuditResults) -> None:
    marks = [Mark(50.0 + 3 * rank, 50.0 + 2 * rank, 4.0, "Société anonyme") for rank in range(40)]
    places = label_places(marks, width=400, height=150, count=12)
    assert 1 < len(places) <= 12
    shift = {"right": 0.0, "left": 1.0, "top": 0.5, "bottom": 0.5}
    boxes = []
    for place in places:
        long = LETTER * len(marks[place.rank].name)
        left = place.x - shift[place.side] * long
        boxes.append((left, place.y - LINE / 2, left + long, place.y + LINE / 2))
        assert left >= 0 and left + long <= 400
    assert not any(one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
                   for one, two in itertools.combinations(boxes, 2))


def test_one_debtor_alone_can_be_drawn() -> None:
    rows = [{"kind": "invoice", "posting_date": "2025-10-01", "due_date": "2025-10-31", "amount_cents": 100_00,
             "document_ref": "F1", "matching_code": "A"},
            {"kind": "receipt", "posting_date": "2025-11-05", "amount_cents": -60_00, "matching_code": "A"}]
    figure = CHARTS["customers_bubble"].arrange(audit(intake_of(movements(*rows))), FORMATS)
    assert figure is not None
    laid = bubbles(figure, width=600, height=200, language="fr")
    assert 0 <= laid.marks[0].x <= 600
    assert 0 <= laid.marks[0].y <= 200
    assert figure.series["Écart moyen à l’échéance"] == (5.0,)


def test_without_a_debtor_to_draw_there_is_no_chart() -> None:
    rows = {"kind": "receipt", "posting_date": "2025-11-05", "amount_cents": -60_00}
    assert CHARTS["customers_bubble"].arrange(audit(intake_of(movements(rows))), FORMATS) is None


def test_the_workbook_lists_every_customer(results: AuditResults) -> None:
    parameters = Parameters(client="acme", as_of_date=T, documents=["."])
    book = load_workbook(io.BytesIO(workbook_bytes(results, parameters=parameters)))
    ids = set(results.customers["customer_id"])
    rows = [row for row in book["Profils de payeurs"].iter_rows(values_only=True) if row[0] in ids]
    assert len(rows) == len(results.customers)
    assert round(sum(float(str(row[4])) for row in rows), 2) == results.summary["receivable"]["total"]


def test_the_tables_escape_names_and_say_why_they_are_empty(results: AuditResults) -> None:
    shown = tables_payers.payers(results, Formats()) + tables_payers.profiles(results, Formats())
    assert "<b>C" not in shown
    empty = audit(intake_of(movements({"kind": "invoice", "posting_date": "2025-11-05", "amount_cents": 60_00}),
                            basis="open_items"))
    assert "ne donnent pas les règlements" in tables_payers.payers(empty, Formats())
    assert section_of(empty, FORMATS) is None


@pytest.mark.parametrize(("days", "arrow"), [(12.0, "↗"), (-12.0, "↘"), (1.5, "→"), (float("nan"), "–")])
def test_the_trend_is_an_arrow(results: AuditResults, days: float, arrow: str) -> None:
    changed = results.payers.assign(trend_days=days, net_overdue_cents=100)
    trended = AuditResults(**{**vars(results), "payers": pd.DataFrame(changed)})
    shown = tables_payers.payers(trended, Formats(), count=1)
    assert arrow in shown
