"""The dashboard without a browser: what its controls change, against sums done by hand."""

import re

import pandas as pd
import pytest

from auditlib.formats import Formats
from auditlib.present.controls import EVERYTHING
from auditlib.present.snapshot import snapshot
from auditlib.present.widgets import Dashboard, dashboard
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


def exposures(**changes: object) -> pd.DataFrame:
    """B owes 1,000 of which 600 overdue: 833.33 net of VAT, 166.67 of VAT; 20 % of margin makes 4,166.65 of sales."""
    row = {
        "customer_id": "B", "name": "<b>Bêta & Cie</b>", "customer_type": "B2B",
        "exposure_cents": 100_000, "overdue_cents": 60_000,
        "vat_cents": 16_667, "is_vat_known": True, "loss_cents": 83_333.0, "vat_recoverable_cents": 16_667.0,
        "compensating_cents": 416_665.0, "share_of_margin": 0.25, "share_of_receivable": 0.4484,
        "procedure": "", "vat_deadline": pd.NaT}
    return pd.DataFrame([row | changes])


def failure_tiles(page: Dashboard) -> str:
    return re.sub(r"\s", " ", page.failure.value)


def test_the_failure_of_a_customer_says_loss_vat_and_what_makes_up_for_it() -> None:
    page = dashboard(made.results(exposures=exposures()))
    assert page.debtor.options == (("<b>Bêta & Cie</b> (B)", "B"),)
    said = failure_tiles(page)
    for figure_ in ("1 000,00 €", "dont 600,00 € échus", "44,8 % des soldes débiteurs", "833,33 €", "166,67 €",
                    "jugement de liquidation", "4 166,65 €", "25,0 %", "soit 3 mois de marge"):
        assert figure_ in said
    page.unit.value = "thousands"
    assert "0,8 k€" in failure_tiles(page)


def test_what_a_failure_lacks_has_its_reason() -> None:
    names = ("loss_cents", "vat_recoverable_cents", "compensating_cents", "share_of_margin")
    missing: dict[str, object] = dict.fromkeys(names, float("nan"))
    unknown = dashboard(made.results(exposures=exposures(is_vat_known=False, **missing)))
    assert failure_tiles(unknown).count("n. d.") == 4
    assert failure_tiles(unknown).count('class="note">La TVA d&#x27;une partie') == 4
    unsold = dashboard(made.results(exposures=exposures(share_of_margin=float("nan"))))
    assert "ventes de l" in failure_tiles(unsold)
    no_rule = dashboard(made.results(exposures=exposures(vat_recoverable_cents=float("nan"))))
    assert "risk.vat_due_on" in failure_tiles(no_rule)
    paid = dashboard(made.results(exposures=exposures(vat_recoverable_cents=0.0)))
    assert "rien à récupérer" in failure_tiles(paid)
    liquidated = exposures(vat_deadline=pd.Timestamp("2027-12-31"), procedure="liquidation")
    dated = dashboard(made.results(exposures=liquidated))
    assert "à réclamer avant le 31/12/2027" in failure_tiles(dated)
    assert "procédure en cours" in failure_tiles(dated)
    late = exposures(vat_deadline=pd.Timestamp("2024-12-31"), vat_recoverable_cents=0.0)
    assert "délai de réclamation passé le 31/12/2024" in failure_tiles(dashboard(made.results(exposures=late)))


def test_without_exposures_or_debtors_the_panel_says_why(shown: Dashboard) -> None:
    assert "ne permettent pas de simuler" in failure_tiles(shown)
    page = dashboard(made.results(exposures=exposures()))
    page.filters["zone"].value = "FR"
    assert "Aucun client privé n’a de solde débiteur" in failure_tiles(page)
    public = dashboard(made.results(exposures=exposures(customer_type="public")))
    assert "Aucun client privé" in failure_tiles(public)


def test_payer_profiles_are_a_filter_where_they_are_known() -> None:
    """A and B are bad payers: 115,000 + 100,000 cents."""
    payers = pd.DataFrame({"customer_id": ["A", "B", "C"], "profile": ["late", "late", "good"]})
    page = dashboard(made.results(payers=payers))
    assert list(page.filters) == ["customer_type", "zone", "payer_profile"]
    page.filters["payer_profile"].value = "late"
    assert figure(page, "receivable") == "2 150,00 €"
    assert figure(page, "dso") == "163,5 jours"  # 215,000 / (12 x 40,000) x 365
    assert "Profil de payeur" in page.figures.value


def test_the_dashboard_opens_in_the_unit_of_the_parameters() -> None:
    page = dashboard(made.results(), thousands=True)
    assert page.unit.value == "thousands"
    assert figure(page, "receivable") == "2 k€"


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
