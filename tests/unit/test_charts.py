"""Charts show the figures they are given, in order, with the colours that say what they are."""

import json

import pandas as pd

from auditlib.formats import Formats
from auditlib.present import charts, figures, figures_evolution
from auditlib.present.palette import CALM, WARM, bucket_colours
from tests.unit import results_fixture, slices_fixture

FRENCH = Formats()


def test_ageing_keeps_the_order_of_buckets_and_grades_the_overdue() -> None:
    figure = figures.ageing(slices_fixture.results().summary["ageing"], FRENCH)
    assert figure.codes == ("not_due", "1-30", ">30", "unallocated_credits")  # nil buckets set apart are left out
    chart = charts.ageing(figure, FRENCH)
    assert list(chart.data[0].y) == [1400.0, 280.0, 600.0, -50.0]
    assert chart.data[0].marker.color[:3] == (CALM, WARM[0], WARM[-1])
    assert chart.data[0].customdata[1] == "280,00\xa0€"
    assert chart.layout.separators == ",\u202f"
    assert "600,00\xa0€" in figure.sentence
    assert "26,9\xa0%" in figure.sentence  # 600 / 2,230


def test_any_number_of_buckets_has_a_colour_each() -> None:
    assert len(set(bucket_colours(("not_due", "1-15", "16-30", "31-60", ">60")))) == 5


def test_evolution_draws_both_series_and_names_the_last_point() -> None:
    figure = figures_evolution.evolution(slices_fixture.results().evolution, FRENCH)
    chart = charts.evolution(figure, FRENCH)
    named = {trace.name: trace for trace in chart.data if trace.name}
    assert list(named["Encours"].y) == [1800.0, 2230.0]
    assert list(named["Échu"].y) == [600.0, 880.0]
    assert list(named["Encours"].x) == ["nov. 2025", "déc. 2025"]
    assert "1\u202f800,00\xa0€ à 2\u202f230,00\xa0€" in figure.sentence


def test_a_month_without_dso_leaves_a_gap() -> None:
    months = slices_fixture.results().evolution.assign(dso=[float("nan"), 60.0])
    figure = figures_evolution.dso_evolution(months, FRENCH)
    assert figure.series["DSO"] == (None, 60.0)
    assert charts.dso_evolution(figure, FRENCH).data[0].y[0] is None
    assert "trop court" in figure.sentence


def test_the_split_stands_on_what_comes_before_and_ends_on_the_dso() -> None:
    """31 + 18.2 + 4.11 + 1.5 + 0.5 - 3 = 52.31."""
    figure = figures.dso_split(results_fixture.results().summary["indicators"], FRENCH)
    assert figure is not None
    chart = charts.dso_split(figure, FRENCH)
    bases = [round(base, 2) for base in chart.data[0].base]
    assert bases == [0.0, 31.0, 49.2, 53.31, 54.81, 55.31, 0.0]
    assert round(bases[5] + chart.data[0].y[5], 2) == chart.data[0].y[6] == 52.31


def test_no_split_without_a_dso() -> None:
    assert figures.dso_split({"dso": {"value": None, "reason": "x"}}, FRENCH) is None


def test_a_cohort_too_recent_has_no_bar() -> None:
    figure = figures_evolution.recovery_cohorts(results_fixture.results().cohorts, FRENCH)
    chart = charts.recovery_cohorts(figure, FRENCH)
    assert {trace.name: trace.y[-1] for trace in chart.data} == {"à 3 mois": None, "à 1 mois": None}
    assert "80,0\xa0% de ce qui est échu en nov. 2025" in figure.sentence


def test_concentration_escapes_and_sets_apart_two_customers_of_one_name() -> None:
    customers = pd.DataFrame(
        {"customer_id": ["1", "2", "3"], "name": ["<b>A</b>", "<b>A</b>", "C"], "receivable_cents": [600, 300, 100]}
    )
    figure = figures.concentration(customers, FRENCH)
    assert figure is not None
    assert figure.series["Part cumulée"] == (0.6, 0.9, 1.0)
    names = charts.concentration(figure, FRENCH).data[0].y
    assert names[0] == "&lt;b&gt;A&lt;/b&gt;"
    assert len(set(names)) == 3


def test_no_customer_owing_anything_gives_no_figure() -> None:
    assert (
        figures.concentration(pd.DataFrame({"customer_id": ["1"], "name": ["A"], "receivable_cents": [-5]}), FRENCH)
        is None
    )


def test_the_bundle_carries_the_drawing_and_the_sentence_and_no_script() -> None:
    figure = figures_evolution.evolution(slices_fixture.results().evolution, FRENCH)
    bundle = charts.mimebundle(charts.evolution(figure, FRENCH), sentence=figure.sentence)
    assert set(bundle) == {"application/vnd.plotly.v1+json", "text/plain"}
    assert bundle["text/plain"] == figure.sentence
    assert "http" not in json.dumps(bundle)
