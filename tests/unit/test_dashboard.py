"""The dashboard without a browser: what its controls change, against sums done by hand."""

import re

import pandas as pd
import pytest

from auditlib.formats import Formats
from auditlib.present.snapshot import snapshot
from auditlib.present.widgets import EVERYTHING, Dashboard, dashboard
from tests.unit import slices_fixture as made


@pytest.fixture
def shown() -> Dashboard:
    return dashboard(made.results(), client="Essai <SAS>", on_question=lambda _: None)


def figure(page: Dashboard, name: str) -> str:
    """Return the value a tile shows, with plain spaces."""
    found = re.search(rf'data-figure="{name}".*?class="value">(.*?)<', page.figures.value)
    assert found is not None
    return re.sub(r"\s", " ", found[1])


def test_only_segments_with_a_choice_have_a_filter(shown: Dashboard) -> None:
    assert list(shown.filters) == ["customer_type", "zone"]
    assert [label for label, _ in shown.filters["zone"].options] == ["Tous", "Union européenne", "France"]


def test_the_first_figures_are_the_summary_s(shown: Dashboard) -> None:
    assert [figure(shown, name) for name in ("receivable", "overdue", "overdue_rate", "dso")] == [
        "2 230,00 €",
        "880,00 €",
        "38,6 %",
        "165,4 jours",
    ]


def test_each_filter_changes_figures_charts_and_customers(shown: Dashboard) -> None:
    """EU is B alone: 40,000 + 60,000 cents."""
    shown.filters["zone"].value = "EU"
    assert figure(shown, "receivable") == "1 000,00 €"
    assert figure(shown, "dso") == "304,2 jours"  # 100,000 / 120,000 x 365
    drawn = shown.ageing.chart.outputs[0]["data"]["application/vnd.plotly.v1+json"]
    assert drawn["data"][0]["y"][:3] == [400.0, 0.0, 600.0]
    assert "Bêta" in shown.top.value
    assert "Alpha" not in shown.top.value
    assert [code for _, code in shown.customer.options] == ["B"]
    assert "ligne 13" in shown.items.value
    assert "active" in shown.filters["zone"]._dom_classes


def test_a_month_a_unit_and_the_way_back(shown: Dashboard) -> None:
    shown.month.value = pd.Timestamp(made.NOVEMBER)
    assert figure(shown, "receivable") == "1 800,00 €"
    assert "date d’arrêté" in shown.simulation.value
    shown.unit.value = "thousands"
    assert figure(shown, "receivable") == "2 k€"
    shown.reset.click()
    assert shown.month.value == pd.Timestamp(made.DECEMBER)
    assert all(box.value == EVERYTHING for box in shown.filters.values())


def test_the_simulation_takes_its_share_of_the_net_overdue(shown: Dashboard) -> None:
    """50 % of 830.00 is 415.00; the DSO falls by 41,500 / 223,000 to 181,500 / 492,000 x 365 = 134.649."""
    shown.share.value = 50
    text = re.sub(r"\s", " ", shown.simulation.value)
    assert "415,00 €" in text
    assert "134,6 jours" in text
    assert "1 815,00 €" in text  # 2,230 - 415


def test_a_question_is_told_once_and_shown_escaped() -> None:
    told: list[str] = []
    page = dashboard(made.results(), questions=["Déjà posée ?"], on_question=told.append)
    page.question.value = "  Pourquoi <b>B</b> ?  "
    page.add.click()
    page.add.click()
    assert told == ["Pourquoi <b>B</b> ?"]
    assert "Pourquoi &lt;b&gt;B&lt;/b&gt; ?" in page.asked.value
    assert "Déjà posée ?" in page.asked.value
    assert page.question.value == ""


def test_without_history_the_charts_say_why() -> None:
    results = made.results()
    summary = results.summary | {
        "evolution_reason": "Une liste de postes ouverts ne donne ni les ventes ni les règlements."
    }
    page = dashboard(made.results(evolution=results.evolution.iloc[:0], summary=summary))
    assert "postes ouverts" in page.evolution.chart.outputs[0]["data"]["text/html"]


def test_several_currencies_give_reasons_and_no_nil() -> None:
    results = made.results()
    nothing = dict.fromkeys(results.summary["receivable"]) | {"reason": "Plusieurs devises sans cours."}
    absent = {
        name: entry | {"value": None, "reason": "Plusieurs devises sans cours."}
        for name, entry in results.summary["indicators"].items()
    }
    rows = [row | {"amount": None, "items": None} for row in results.summary["ageing"]]
    summary = results.summary | {
        "receivable": nothing,
        "indicators": absent,
        "ageing": rows,
        "currency": None,
        "evolution_reason": "x",
    }
    page = dashboard(
        made.results(
            summary=summary,
            cube=results.cube.iloc[:0],
            sales=results.sales.iloc[:0],
            evolution=results.evolution.iloc[:0],
            open_items=results.open_items.iloc[:0],
            customers=results.customers.iloc[:0],
        )
    )
    assert page.figures.value.count("Plusieurs devises sans cours.") >= 4
    assert figure(page, "receivable") == "n. d."
    assert not page.filters


def test_the_snapshot_shows_the_same_figures_and_no_script() -> None:
    stored = snapshot(made.results(), Formats(), client="Essai <SAS>", drawings=("<svg></svg>",))
    page = dashboard(made.results(), client="Essai <SAS>")
    assert page.figures.value.removeprefix('<div class="audit">').removesuffix("</div>") in stored
    assert "Essai &lt;SAS&gt;" in stored
    assert "<script" not in stored
