"""What a reader sees of segments: charts, tables, section, sheets, and the form of the auditor's decisions."""

import dataclasses
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from ruamel.yaml import YAML

from auditlib.audit_results import AuditResults
from auditlib.deliver import sections_segments, svg_segments, workbook_segments
from auditlib.deliver.labels_segments import segment_name, telling
from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.parameters import load_parameters
from auditlib.present import charts_segments, figures_segments, tables_segments
from auditlib.present.debtor_form import debtor_form, uncertain
from auditlib.run.debtor_decisions import save_decisions
from tests.unit.intakes import audit, customers_of, intake_of
from tests.unit.ledgers import movements

FRENCH = Formats()


@pytest.fixture(scope="module")
def results() -> AuditResults:
    """A (company, France) owes 900.00, of which 100.00 overdue; P (public, France) 600.00, of which 450.00 overdue."""
    def owed(customer: str, posted: str, due: str, cents: int) -> dict[str, Any]:
        return {"customer_id": customer, "kind": "invoice", "posting_date": posted, "due_date": due,
                "amount_cents": cents, "account": "411000"}

    items = movements(
        owed("A", "2025-02-01", "2025-12-20", 100_00), owed("A", "2025-11-15", "2026-01-15", 800_00),
        owed("P", "2025-03-01", "2025-04-01", 450_00), owed("P", "2025-12-01", "2026-01-01", 150_00))
    people = customers_of("A", "P", customer_type=["B2B", "public"], zone=["FR", "FR"],
                          name=["Alpha <SAS>", "Mairie de Sète"], type_confidence=["high", "low"],
                          type_reason=["SIREN", "nom"], zone_confidence=["high", "medium"])
    return audit(intake_of(items, customers=people))


def test_the_worst_segment_is_named_with_its_figures(results: AuditResults) -> None:
    assert telling(results.segments) == "customer_type"
    figure = figures_segments.ageing_by_segment(results, FRENCH)
    assert figure is not None
    assert figure.labels == ("Entreprise", "Secteur public")
    assert figure.series["Plus de 90 j"] == (0.0, 0.75)
    assert [sum(values) for values in zip(*figure.series.values(), strict=True)] == pytest.approx([1.0, 1.0])
    # 450 of 600 overdue; the whole: 550 of 1 500.
    assert "« Secteur public » est le plus en retard, avec 75,0\u00a0% d’échu (450,00\u00a0€" in figure.sentence
    assert "contre 36,7\u00a0% pour l’ensemble" in figure.sentence


def test_charts_draw_what_they_are_given(results: AuditResults) -> None:
    figure = figures_segments.ageing_by_segment(results, FRENCH)
    assert figure is not None
    chart = charts_segments.ageing_by_segment(figure, FRENCH)
    assert [trace.name for trace in chart.data] == list(figure.series)
    assert sum(trace.x[1] for trace in chart.data) == pytest.approx(1.0)
    drawing = svg_segments.stacked(figure)
    assert drawing.count("<rect") == 3 * 2 + 3  # three buckets of two segments, and the legend
    assert "75,0\u00a0%" in drawing
    trend = figures_segments.segment_trend(results, FRENCH)
    assert trend is not None
    assert set(trend.series) == {"Entreprise", "Secteur public"}
    assert trend.series["Secteur public"][-1] == 0.75
    assert len(charts_segments.segment_trend(trend, FRENCH).data[0].x) == len(trend.labels)


def test_nothing_divided_gives_no_chart_and_no_section(results: AuditResults) -> None:
    bare = dataclasses.replace(results, segments=pd.DataFrame(), segment_evolution=pd.DataFrame())
    assert figures_segments.ageing_by_segment(bare, FRENCH) is None
    assert figures_segments.segment_trend(bare, FRENCH) is None
    assert sections_segments.segments(bare, FRENCH) is None
    assert [build(bare, FRENCH) for build in workbook_segments.SHEETS] == [None, None]
    assert "ne permettent pas" in tables_segments.segments(bare, Formats())


def test_the_section_prints_every_dimension_and_its_total(results: AuditResults) -> None:
    section = sections_segments.segments(results, FRENCH)
    assert section is not None
    table = next(table for table in section.tables if table.title == "Type de client")
    assert table.rows[-1][:2] == ("Ensemble", "1\u202f500,00\u00a0€")
    assert [row[0] for row in table.rows] == ["Entreprise", "Secteur public", "Ensemble"]
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_a_cell_that_is_not_available_says_why(results: AuditResults) -> None:
    markup = tables_segments.segments(results, Formats(), dimension="customer_type")
    assert "n. d." in markup
    assert "historique ne remonte pas assez loin" in markup
    crossed = tables_segments.crossed(results, Formats(), "customer_type", "age")
    assert crossed.count("<tr>") == 4  # heading, two types, the whole
    assert tables_segments.crossed(results, Formats(), "age", "customer_type").count("<tr>") == 5  # three buckets
    assert "Secteur public" in crossed
    assert "1 500,00" in crossed.replace("\u202f", " ")


def test_sheets_hold_every_segment(results: AuditResults) -> None:
    sheets = [build(results, FRENCH) for build in workbook_segments.SHEETS]
    titles = [sheet.title for sheet in sheets if sheet]
    assert titles == ["Segments", "Segments croisés"]
    for sheet in sheets:
        assert sheet is not None
        assert len({len(column.values) for column in sheet.columns}) == 1
        owed = next(column for column in sheet.columns if column.title == "Encours")
        total = sum(amount for name, amount in zip(sheet.columns[0].values, owed.values, strict=True)
                    if name == "Type de client")
        assert total == (1500.0 if sheet.title == "Segments" else 4500.0)  # crossed with zone, size band and profile


@pytest.mark.parametrize(("dimension", "code", "name"), [
    ("age", "1-30", "1 à 30 j"), ("size_band", "<0", "Solde créditeur"), ("zone", "EU", "Union européenne"),
    ("size_band", "0-1000", "Jusqu’à 1\u202f000\u00a0€"), ("size_band", ">5000", "Plus de 5\u202f000\u00a0€"),
    ("zone", "", "Non affecté"), ("attribute:Canal", "web", "Web"),
])
def test_segments_have_names(dimension: str, code: str, name: str) -> None:
    assert segment_name(dimension, code, FRENCH) == name


def test_the_form_lists_uncertain_debtors_and_saves_what_is_chosen(results: AuditResults) -> None:
    assert uncertain(results.customers)["customer_id"].tolist() == ["P"]
    saved: dict[str, Any] = {}

    def save(decisions: Any) -> str:
        saved.update(decisions)
        return "acme.yaml"

    form = debtor_form(results.customers, FRENCH, save=save, by="A. Martin")
    _, line, _, why, button, said = form.children
    button.click()
    assert "Rien n’a été choisi" in said.value
    line.children[0].value, why.value = "B2B", "bail commercial"
    button.click()
    assert saved == {"P": {"customer_type": "B2B", "by": "A. Martin", "why": "bail commercial"}}
    assert "acme.yaml" in said.value


PARAMETERS = """# Kept: who asked
client: acme          # short name
as_of_date: 2025-12-31
documents: [.]
segments:
  most_segments: 12   # few
  overrides:
    C1: {customer_type: public, by: X}   # asked on the phone
mapping: {}
"""


def test_decisions_are_written_beside_what_stands(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(PARAMETERS, encoding="utf-8")
    save_decisions(path, {"C2": {"zone": "EU", "by": "A. Martin", "why": "siège à Lyon"}, "C3": {"zone": ""}})
    text = path.read_text(encoding="utf-8")
    assert "# Kept: who asked" in text
    assert "most_segments: 12   # few" in text
    assert text.index("client") < text.index("segments") < text.index("mapping")
    chosen = load_parameters(path).segments
    assert chosen.overrides["C1"].customer_type == "public"
    assert chosen.overrides["C2"].said_why() == "décision de l'auditeur (A. Martin) : siège à Lyon"
    assert set(chosen.overrides) == {"C1", "C2"}
    save_decisions(path, {"C1": {"customer_type": ""}})
    assert set(load_parameters(path).segments.overrides) == {"C2"}


def test_a_decision_of_another_kind_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(PARAMETERS, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"segments\.overrides\.C1\.zone"):
        save_decisions(path, {"C1": {"zone": "Mars"}})
    assert path.read_text(encoding="utf-8") == PARAMETERS
    assert not list(tmp_path.glob(".*"))


def test_a_code_of_digits_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(PARAMETERS.replace("C1:", "411042:"), encoding="utf-8")
    assert set(load_parameters(path).segments.overrides) == {"411042"}
    save_decisions(path, {"411042": {"zone": "FR"}, "00012": {"zone": "EU"}})
    found = load_parameters(path).segments.overrides
    assert set(found) == {"411042", "00012"}
    assert (found["411042"].customer_type, found["411042"].zone) == ("public", "FR")


def test_a_file_without_the_section_gets_one(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text("client: acme\nas_of_date: 2025-12-31\ndocuments: [.]\n", encoding="utf-8")
    save_decisions(path, {"C1": {"customer_type": "B2C"}})
    assert YAML(typ="safe").load(path.read_text(encoding="utf-8"))["segments"] == {
        "overrides": {"C1": {"customer_type": "B2C"}}}
