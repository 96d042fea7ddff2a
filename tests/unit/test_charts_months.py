"""Figures of the months: the same month of the year before beside each, and the cohort heat map."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from auditlib.cohort_matrix import cohort_matrix
from auditlib.deliver import svg, svg_heat, svg_title
from auditlib.formats import Formats
from auditlib.present import charts, charts_cohorts, figures_cohorts, figures_evolution
from auditlib.present.figures import HeatMap
from auditlib.present.palette import WASH
from auditlib.present.shown import CHARTS
from tests.unit import results_fixture
from tests.unit.case_c2 import CLAIMS, INVOICES

FRENCH = Formats()
EURO = "\u00a0€"


def months(count: int) -> pd.DataFrame:
    """Month ends up to December 2025; the receivable is 100 € times its rank, 1 being the oldest."""
    ends = pd.date_range(end="2025-12-31", periods=count, freq="ME").as_unit("s")
    rank = np.arange(1, count + 1)
    return pd.DataFrame({"month_end": ends, "receivable_cents": rank * 10_000, "overdue_cents": rank * 1_000,
                         "dso": rank * 1.0, "dso_count_back": rank * 2.0})


def test_the_year_before_stands_behind_the_same_months() -> None:
    """24 months: December 2025 is 2,400 € and December 2024 1,200 €: + 100 %; overdue 240 € against 120 €."""
    figure = figures_evolution.evolution(months(24), FRENCH)
    assert figure.labels[0] == "janv. 2025"
    assert figure.series["Encours"] == tuple(100.0 * rank for rank in range(13, 25))
    assert figure.series["Encours un an avant"] == tuple(100.0 * rank for rank in range(1, 13))
    assert figure.behind == ("Encours un an avant", "Échu un an avant")
    assert "2\u202f400,00\u00a0€, contre 1\u202f200,00\u00a0€ un an avant (+100,0\u00a0%)" in figure.sentence
    assert "240,00\u00a0€, contre 120,00\u00a0€ (+100,0\u00a0%)" in figure.sentence


def test_a_year_before_known_in_part_leaves_gaps() -> None:
    figure = figures_evolution.evolution(months(14), FRENCH)
    assert figure.series["Encours un an avant"] == (None,) * 10 + (100.0, 200.0)  # November and December 2024


def test_without_a_year_before_all_months_are_shown() -> None:
    figure = figures_evolution.evolution(months(9), FRENCH)
    assert (len(figure.labels), figure.behind) == (9, ())
    assert figure.sentence.startswith("L’encours passe de 100,00")


def test_the_dso_says_how_it_was_a_year_before() -> None:
    figure = figures_evolution.dso_evolution(months(24), FRENCH)
    assert figure.series["DSO un an avant"][-1] == 12.0
    assert "24,0 jours, contre 12,0 jours un an avant (+12 j)" in figure.sentence
    assert list(figure.series) == ["DSO", "DSO par épuisement", "DSO un an avant"]


def test_the_past_is_dotted_behind_and_named_once_in_the_legend() -> None:
    figure = figures_evolution.evolution(months(24), FRENCH)
    chart = charts.evolution(figure, FRENCH)
    past = [trace for trace in chart.data if trace.line.dash == "dot"]
    assert [trace.name for trace in past if trace.showlegend is not False] == ["un an avant"]
    assert list(past[0].y) == list(figure.series["Encours un an avant"])
    drawn = svg.lines(figure)
    assert drawn.count("stroke-dasharray") == 3  # two lines and their entry of the legend
    assert drawn.count("un an avant") == 1


def test_cohorts_of_the_year_before_are_dashes() -> None:
    due = [f"{month.year}-{month.month:02d}" for month in months(24)["month_end"]]
    cohorts = pd.DataFrame({"due_month": due, "recovered_1m": np.arange(24) / 100, "recovered_3m": np.arange(24) / 50})
    figure = figures_evolution.recovery_cohorts(cohorts, FRENCH)
    assert figure.series["à 1 mois, un an avant"][-1] == 0.11
    assert "23,0\u00a0%" in figure.sentence and "Un an avant, c’était 11,0\u00a0%." in figure.sentence
    dashes = charts.recovery_cohorts(figure, FRENCH).data[2:]
    assert [trace.marker.symbol for trace in dashes] == ["line-ew"] * 2
    assert [trace.name for trace in dashes if trace.showlegend] == ["un an avant"]
    assert [trace.y[-1] for trace in dashes] == [0.22, 0.11]


@pytest.fixture
def heat() -> HeatMap:
    """C2 of DOMAIN.md A3 as of 15 August 2026: horizons of one to four months are over."""
    matrix = cohort_matrix(INVOICES, claims=CLAIMS, as_of_date=dt.date(2026, 8, 15))
    figure = figures_cohorts.cohort_heatmap(matrix, FRENCH)
    assert figure is not None
    return figure


def test_the_heat_map_of_the_oracle(heat: HeatMap) -> None:
    assert heat.labels == ("mars 2026",)
    assert [values[0] for values in heat.series.values()] == [0.48, 0.48, 0.48, 0.6, None, None]
    assert [reasons[0] for reasons in heat.gaps.values()] == [
        "", "", "", "", "recul insuffisant : connu le 31/08/2026", "recul insuffisant : connu le 30/09/2026"]
    assert "Case grise" in heat.sentence


def test_each_known_share_is_written_in_its_cell_and_others_are_grey(heat: HeatMap) -> None:
    chart = charts_cohorts.cohort_heatmap(heat, FRENCH)
    assert [note.text for note in chart.layout.annotations] == ["48,0\u00a0%"] * 3 + ["60,0\u00a0%"]
    assert chart.data[1].customdata[0][4].startswith("recul insuffisant")
    assert [value is None for value in chart.data[1].z[0]] == [True] * 4 + [False] * 2
    drawn = svg_heat.heat(heat)
    assert drawn.count("48,0\u00a0%") == 3
    assert drawn.count(f'fill="{WASH}"') == 2
    assert "à 6 mois" in drawn


def test_best_and_worst_months_are_named_at_three_months() -> None:
    matrix = pd.DataFrame({
        "due_month": ["2026-01", "2026-02"], "months_after": [3, 3], "is_mature": [True, True],
        "available_on": pd.to_datetime(["2026-04-30", "2026-05-31"]), "rate": [0.9, 0.75]})
    figure = figures_cohorts.cohort_heatmap(matrix, FRENCH)
    assert figure is not None
    assert "75,0\u00a0% (échéances de févr. 2026) à 90,0\u00a0% (échéances de janv. 2026)" in figure.sentence
    assert "grise" not in figure.sentence


def test_no_heat_map_before_any_horizon_is_over() -> None:
    matrix = cohort_matrix(INVOICES, claims=CLAIMS[:0], as_of_date=dt.date(2026, 3, 31))
    assert figures_cohorts.cohort_heatmap(matrix, FRENCH) is None
    assert figures_cohorts.cohort_heatmap(pd.DataFrame(), FRENCH) is None


def test_marks_of_every_chart_follow_the_unit() -> None:
    """Overdue beside receivable in thousands: axis, end labels and drawing alike."""
    results, thousands = results_fixture.results(), Formats(thousands=True)
    figure = CHARTS["evolution"].arrange(results, thousands)
    assert figure is not None
    chart = charts.evolution(figure, thousands)
    assert all(text.endswith("k€") for text in chart.layout.yaxis.ticktext)
    assert all(text.strip().endswith("k€") for trace in chart.data for text in trace.text or ())
    assert EURO not in svg.lines(figure.in_unit_of(thousands))
    assert "k€" not in svg.lines(figure.in_unit_of(FRENCH))


def test_a_drawing_with_its_title_keeps_its_proportions() -> None:
    figure = figures_evolution.evolution(months(24), FRENCH)
    headed = svg_title.headed(figure, svg.lines(figure))
    assert 'viewBox="0 0 720 258"' in headed
    assert headed.count("Encours et échu en fin de mois</text>") == 1
