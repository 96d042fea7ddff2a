"""The bridge from a client's own figures to ours, worked out by hand."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from auditlib.bridge_chapter import bridge_chapter
from auditlib.deliver.bridge_shown import bridge_section, bridge_sheet
from auditlib.errors import BadInputError
from auditlib.evidence import Evidence
from auditlib.formats import Formats
from auditlib.history import no_history
from auditlib.indicators import compute
from auditlib.ledger import build_ledger
from auditlib.parameters import Economics, Method, Parameters, load_parameters
from auditlib.present.tables_bridge import bridge
from tests.project import LEDGER, write_client
from tests.unit.intakes import T, customers_of, intake_of
from tests.unit.ledgers import movements

A, B, G = ({"customer_id": name, "account": "411000"} for name in "ABG")
SOLD = {"kind": "invoice"}
BOOKS: tuple[dict[str, Any], ...] = (
    A | SOLD | {"posting_date": "2024-11-01", "due_date": "2024-12-01", "amount_cents": 120_00, "matching_code": "X"},
    A | {"kind": "receipt", "posting_date": "2024-12-05", "amount_cents": -120_00, "matching_code": "X"},
    A | SOLD | {"posting_date": "2025-02-10", "due_date": "2025-03-10", "amount_cents": 7_200_00, "matching_code": "Y"},
    A | {"kind": "receipt", "posting_date": "2025-03-10", "amount_cents": -7_200_00, "matching_code": "Y"},
    A | SOLD | {"posting_date": "2025-11-01", "due_date": "2025-12-01", "amount_cents": 2_400_00},
    A | SOLD | {"posting_date": "2025-10-05", "due_date": "2026-02-01", "amount_cents": 720_00, "account": "413000"},
    A | SOLD | {"posting_date": "2025-03-01", "due_date": "2025-04-01", "amount_cents": 480_00, "account": "416000"},
    B | SOLD | {"posting_date": "2025-12-10", "due_date": "2026-01-10", "amount_cents": 1_200_00},
    B | {"kind": "receipt", "posting_date": "2025-12-20", "amount_cents": -720_00},
    G | SOLD | {"posting_date": "2025-09-01", "due_date": "2025-10-01", "amount_cents": 1_200_00})
"""Open: 2 400 and 1 200, a bill of 720, a doubtful claim of 480, 1 200 on the group, a loose receipt of 720. Sales of
2025: 13 200 with VAT, of which 1 200 to the group. Ours: DSO 5 280 / 13 200 × 365 = 146.0; overdue 4 080 / 6 000,
68.0 %."""
OTHERS = {"includes_416": False, "includes_bills": False, "includes_group": False}


def lines(*, rows: tuple[dict[str, Any], ...] = BOOKS, group: bool = True, vat_rate: float | None = 0.20,
          **published: Any) -> pd.DataFrame:
    """Return the bridge of the books above, by cause."""
    items = movements(*rows)
    intake = intake_of(items, customers=customers_of("A", "B", "G", is_group=[False, False, group]))
    parameters = Parameters(client="acme", as_of_date=T, documents=["."], published=published,
                            economics=Economics(vat_rate=vat_rate), method=Method(matching="codes"))
    evidence = Evidence(intake, parameters, T, build_ledger(items, as_of_date=T, method=parameters.method))
    chapter = bridge_chapter(evidence, history=no_history("", buckets=(30,)), customers=intake.customers)
    return chapter.tables["bridge"].set_index("cause")


def test_the_lines_of_a_dso_lead_from_the_client_s_figure_to_ours() -> None:
    found = lines(dso=135, method={"vat_included": False, "credits_deducted": False, "window_months": 12} | OTHERS)
    # 3 600 / 10 000 × 365 = 131.4; with VAT 109.5; less credits 87.6; with 416 102.2; bills 124.1; group 146.0
    assert found["tenths"].to_dict() == {
        "published": 1350, "vat_included": -219, "window_months": 0, "credits_deducted": -219, "includes_416": 146,
        "includes_bills": 219, "includes_group": 219, "as_of_date": 0, "unexplained": -36, "ours": 1460}
    assert found.loc["window_months", "state"] == "same"
    assert found["tenths"].iloc[:-1].sum() == found["tenths"].iloc[-1]


def test_the_lines_of_an_overdue_rate_lead_from_the_client_s_figure_to_ours() -> None:
    found = lines(overdue_rate=0.80, method={"credits_deducted": True, "vat_included": False} | OTHERS)
    # 2 400 / 2 880 = 83.3 %, gross of credits 66.7, with 416 2 880 / 4 080 = 70.6, with bills 60.0, with group 68.0
    assert found["tenths"].to_dict() == {
        "published": 800, "vat_included": 0, "window_months": 0, "credits_deducted": -166, "includes_416": 39,
        "includes_bills": -106, "includes_group": 80, "as_of_date": 0, "unexplained": 33, "ours": 680}
    assert found.loc[["vat_included", "window_months"], "state"].tolist() == ["not_applicable"] * 2


def test_what_the_client_does_not_state_is_said_and_counts_for_nothing() -> None:
    found = lines(dso=150)
    assert found["tenths"].to_dict() | {"published": 0, "ours": 0, "unexplained": 0} == dict.fromkeys(found.index, 0)
    assert found.loc["vat_included":"includes_group", "state"].tolist() == ["unstated"] * 6
    assert (found.loc["unexplained", "tenths"], found.loc["ours", "tenths"]) == (-40, 1460)


def test_a_window_of_three_months_is_his_season() -> None:
    found = lines(dso=112.4, method={"window_months": 3})
    # October to December: 92 days, sales 2 400 + 720 + 1 200 = 4 320; 5 280 / 4 320 × 92 = 112.4
    assert found["tenths"].to_dict() | {"vat_included": 0} == {
        "published": 1124, "vat_included": 0, "window_months": 336, "credits_deducted": 0, "includes_416": 0,
        "includes_bills": 0, "includes_group": 0, "as_of_date": 0, "unexplained": 0, "ours": 1460}


def test_a_figure_of_an_earlier_day_is_bridged_to_ours_of_today() -> None:
    found = lines(dso=90, as_of_date=dt.date(2025, 10, 31))
    # On 31 October: 720 + 480 + 1 200 open; sales of twelve months 9 720; 2 400 / 9 720 × 365 = 90.1
    assert found.loc[["as_of_date", "unexplained", "ours"], "tenths"].tolist() == [559, 1, 1460]


def test_a_day_before_the_documents_begin_cannot_be_gone_back_to() -> None:
    found = lines(dso=90, overdue_rate=0.5, as_of_date=dt.date(2024, 10, 31)).loc["as_of_date"]
    assert found["state"].tolist() == ["unavailable"] * 2
    assert found["reason"].str.contains("revenir").all()


@pytest.mark.parametrize(("changes", "cause", "said"), [
    ({"vat_rate": None, "method": {"vat_included": False}}, "vat_included", "TVA"),
    ({"group": False, "method": {"includes_group": False}}, "includes_group", "groupe"),
    ({"method": {"window_months": 18}}, "window_months", "plus court"),
    ({"rows": tuple(row | {"account": ""} for row in BOOKS), "method": {"includes_416": False}}, "includes_416",
     "comptes")])
def test_what_the_documents_do_not_tell_is_not_counted_and_says_why(
    changes: dict[str, Any], cause: str, said: str,
) -> None:
    found = lines(dso=146, **changes)
    assert (found.loc[cause, "state"], found.loc[cause, "tenths"]) == ("unavailable", 0)
    assert said in str(found.loc[cause, "reason"]) and found["tenths"].iloc[:-1].sum() == found["tenths"].iloc[-1]


def test_a_figure_that_is_not_available_is_not_bridged() -> None:
    found = lines(dso=50, rows=BOOKS[-3:-1])
    assert found.index.tolist() == ["published", "ours"] and "historique" in str(found.loc["ours", "reason"])


def test_our_end_of_the_bridge_is_the_indicator_of_the_report() -> None:
    intake = intake_of(movements(*BOOKS), customers=customers_of("A", "B", "G", is_group=[False, False, True]))
    parameters = Parameters(
        client="acme", as_of_date=T, documents=["."], economics=Economics(vat_rate=0.2),
        method=Method(matching="codes"),
        published={"dso": 135, "overdue_rate": 0.8, "source": "Rapport 2025",
                   "method": {"vat_included": False, **OTHERS}})
    results = compute(intake, parameters=parameters, as_of_date=T)
    ours = results.bridge[results.bridge["cause"] == "ours"].set_index("measure")["tenths"]
    entries = results.summary["indicators"]
    assert ours["dso"] == round(10 * entries["dso"]["value"])
    assert ours["overdue_rate"] == round(1000 * entries["overdue_rate"]["value"])
    formats = Formats()
    section, sheet = bridge_section(results, formats), bridge_sheet(results, formats)
    assert section is not None and sheet is not None and len(section.tables) == 2
    assert [row[0] for row in section.tables[0].rows][-2:] == ["Non expliqué", "Notre chiffre"]
    assert section.tables[0].rows[0][1:4] == ("Rapport 2025", "", "135,0 jours")
    assert section.tables[0].rows[1][1:3] == ("ventes hors taxes", "ventes TTC")
    assert "non précisée" in section.tables[0].rows[2][1] and "146,0" in bridge(results, formats)
    steps = [value for value in list(sheet.columns[4].values)[:9] if value is not None]
    assert sum(steps[:-1]) == pytest.approx(steps[-1]) == 146.0
    english = bridge_sheet(results, Formats(language="en"))
    assert english is not None and max(len(sheet.title), len(english.title)) <= 31  # more and Excel "repairs" the file


def test_without_a_published_figure_nothing_is_shown() -> None:
    intake = intake_of(movements(*BOOKS))
    results = compute(intake, as_of_date=T, parameters=Parameters(client="acme", as_of_date=T, documents=["."]))
    assert bridge_section(results, Formats()) is None and bridge_sheet(results, Formats()) is None
    assert "communiqué" in bridge(results, Formats())


def test_an_unknown_convention_is_an_error_that_names_the_nearest(tmp_path: Any) -> None:
    path = write_client(tmp_path, "alpha", LEDGER.format(bravo="1,00"),
                        extra="published: {dso: 58, method: {include_416: false}}")
    with pytest.raises(BadInputError, match="did you mean includes_416"):
        load_parameters(path)
