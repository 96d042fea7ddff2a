"""Risk as screen and paper show it: what the results hold, absent figures with their reason."""

import datetime as dt
import json
from functools import cache
from typing import Any

from auditlib.audit_results import AuditResults
from auditlib.deliver.definitions import definition
from auditlib.deliver.sections_risk import SECTIONS
from auditlib.deliver.workbook_risk import SHEETS
from auditlib.formats import Formats
from auditlib.present import tables_risk
from auditlib.present.shown import CHARTS
from auditlib.risk_chapter import UNITS
from tests.unit.ledgers import movements
from tests.unit.test_restated import BILL, ceded
from tests.unit.test_risk_chapter import SALE, results, two_years

FRENCH = Formats()


@cache
def whole() -> AuditResults:
    """A ledger of two years, audited two months before its end, with a bill discounted."""
    return results(two_years(), day=dt.date(2025, 9, 30), ceded=ceded(BILL | {"ceded_on": "2025-09-15"}),
                   risk={"vat_due_on": "invoice", "insolvency_checked_on": "2025-09-25"})


@cache
def poor() -> AuditResults:
    """One open item: nearly nothing can be said."""
    return results(movements({**SALE, "amount_cents": 120_000}))


def sections(found: AuditResults) -> dict[str, Any]:
    return {part.identifier: part for build in SECTIONS if (part := build(found, FRENCH)) is not None}


def test_every_identifier_has_a_definition() -> None:
    for name, unit in UNITS.items():
        said = definition(name)
        assert said.label != name and said.unit == unit and said.formula


def test_the_report_has_what_the_documents_allow() -> None:
    shown = sections(whole())
    assert list(shown) == ["provisions", "subsequent", "failure", "restated"]
    assert list(sections(poor())) == ["provisions", "failure"]
    matrix = whole().summary["indicators"]["provision_matrix"]["value"]
    assert FRENCH.amount(matrix) in shown["provisions"].sentence
    assert shown["provisions"].charts[0].svg.startswith("<svg")
    rows = shown["provisions"].tables[0].rows
    assert rows[-1][1] == FRENCH.amount(whole().summary["receivable"]["gross"])
    assert "cours de validité" in shown["failure"].action
    assert "1 000,00" in shown["restated"].sentence.replace("\u202f", " ")


def test_a_figure_that_is_missing_gives_its_reason() -> None:
    part = sections(poor())["provisions"]
    assert "douze passages" in part.sentence
    assert not part.charts
    beside = {row[0]: row[1:] for row in part.tables[1].rows}
    assert beside["Dépréciation comptabilisée"] == (
        "non disponible", "Ni FEC ni balance générale à cette date : le compte 491 n'est pas connu.")
    assert "aucune lettre ne doit partir" in sections(poor())["failure"].action


def test_the_failure_table_leaves_public_bodies_out() -> None:
    found = whole()
    names = [row[0] for row in sections(found)["failure"].tables[0].rows]
    assert names == found.exposures.loc[found.exposures["exposure_cents"] > 0, "name"].head(5).tolist()
    public = AuditResults(**(vars(found) | {"exposures": found.exposures.assign(customer_type="public")}))
    assert "failure" not in sections(public)


def test_the_sheets_hold_the_tables_in_euros() -> None:
    sheets = {sheet.title: sheet for build in SHEETS if (sheet := build(whole(), FRENCH)) is not None}
    assert list(sheets) == ["Dépréciations", "Taux de passage", "Encaissements postérieurs", "Défaillance d’un client"]
    column = {one.title: one for one in sheets["Dépréciations"].columns}
    gross, provision = (column[title].values for title in ("Brut TTC", "Dépréciation"))
    assert sum(gross) == whole().summary["receivable"]["gross"]
    assert provision[0] == 0.0
    assert [build(poor(), FRENCH) is None for build in SHEETS] == [False, True, True, False]


def test_the_roll_rate_chart_shows_each_step_whole() -> None:
    chart = CHARTS["roll_rates"]
    figure = chart.arrange(whole(), FRENCH)
    assert figure is not None
    # Nothing was ever not due at a month end: a rate that is not known is no bar of nil.
    assert figure.labels[0] == "1 à 30 j → 31 à 60 j" and figure.labels[-1] == "Plus de 90 j → perte"
    assert figure.codes == ("1-30", "31-60", "61-90", ">90")
    slides, rest = figure.series.values()
    assert [round((a or 0.0) + (b or 0.0), 9) for a, b in zip(slides, rest, strict=True)] == [1.0] * 4
    assert "C’est au passage « 1 à 30 j → 31 à 60 j »" in figure.sentence
    drawn = chart.plot(figure, FRENCH)
    assert drawn.layout.barmode == "stack" and len(drawn.data) == 2
    json.dumps(json.loads(drawn.to_json()), allow_nan=False)
    assert chart.draw(figure).startswith("<svg")
    assert chart.arrange(poor(), FRENCH) is None


def test_the_tables_of_a_notebook() -> None:
    for make in (tables_risk.provisions, tables_risk.measures, tables_risk.failures, tables_risk.unsettled):
        assert "<table" in make(whole(), Formats())
        assert make(poor(), Formats())
    assert "Aucune perte" not in tables_risk.measures(whole(), Formats())
    assert "douze passages" in tables_risk.provisions(poor(), Formats())
    assert "ne couvrent pas encore" in tables_risk.unsettled(poor(), Formats())
    assert "aucune lettre ne doit partir" in tables_risk.measures(poor(), Formats())


def test_names_of_customers_are_escaped() -> None:
    found = whole()
    odd = found.exposures.assign(name="<b>&Co</b>")
    shown = tables_risk.failures(AuditResults(**(vars(found) | {"exposures": odd})), Formats())
    assert "<b>&Co" not in shown and "&lt;b&gt;" in shown
