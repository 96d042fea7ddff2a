"""Tables: escaped text, French figures, and a reason where there is no figure."""

import pandas as pd

from auditlib.formats import Formats
from auditlib.present import customer_tables, tables
from auditlib.present.markup import Cell, Column, Html, absent, shown, sparkline, table
from auditlib.present.selection import Selection
from auditlib.present.slices import Slices
from tests.unit import results_fixture, slices_fixture


def test_amounts_are_written_as_the_french_do() -> None:
    printed = tables.key_figures(slices_fixture.results(), Formats())
    assert "2\u202f230,00\xa0€" in printed
    assert "38,6\xa0%" in printed  # 88,000 / 228,000
    assert "165,4 jours" in printed  # 223,000 / 492,000 x 365


def test_opening_figures_stand_beside_those_of_a_year_before() -> None:
    results = slices_fixture.results()
    past = results.evolution.iloc[:1].assign(
        month_end=pd.Timestamp("2024-12-31"), receivable_cents=123_456, overdue_rate=0.25, dso=float("nan"))
    beside = slices_fixture.results(evolution=pd.concat([past, results.evolution], ignore_index=True))
    printed = tables.key_figures(beside, Formats())
    assert "un an avant : 1\u202f234,56\xa0€" in printed
    assert "un an avant : 25,0\xa0%" in printed
    assert printed.count("un an avant") == 3  # no DSO then
    assert "un an avant" not in tables.key_figures(results, Formats())


def test_client_text_is_escaped_once() -> None:
    slices = Slices(slices_fixture.results())
    listed = slices.customers(Selection(slices.as_of_date))
    printed = customer_tables.customers(listed, Formats(), oldest=">30")
    assert "&lt;b&gt;Bêta &amp; Cie&lt;/b&gt;" in printed
    assert "<b>Bêta" not in printed
    assert "Dont plus de 30 j" in printed


def test_a_customer_without_a_name_is_shown_by_his_code() -> None:
    slices = Slices(slices_fixture.results())
    printed = customer_tables.customers(
        slices.customers(Selection(slices.as_of_date, {"customer_type": "public"})), Formats(), oldest=">30"
    )
    assert ">C</td>" in printed


def test_every_open_item_shows_where_it_comes_from() -> None:
    items = Slices(slices_fixture.results()).open_items("B")
    printed = customer_tables.open_items(items, Formats())
    assert printed.index("ligne 13") < printed.index("ligne 14")  # the longest overdue first
    assert "grand &lt;livre&gt;.xlsx" in printed
    assert "16/11/2025" in printed
    assert "45\xa0j" in printed or "45 j" in printed
    assert "litige" in printed
    assert "1\u202f000,00\xa0€" in printed  # the total, 600 + 400


def test_items_cut_off_are_said_and_counted_in_the_total() -> None:
    printed = customer_tables.open_items(Slices(slices_fixture.results()).open_items("B"), Formats(), count=1)
    assert "1 premières pièces sur 2." in printed
    assert "1\u202f000,00\xa0€" in printed


def test_an_absent_indicator_shows_its_reason() -> None:
    results = results_fixture.results()
    results.summary["indicators"]["dso"] |= {"value": None, "reason": "Aucune <vente>."}
    assert "n. d." in tables.key_figures(results, Formats())
    printed = tables.indicators(results, Formats())
    assert 'title="Aucune &lt;vente&gt;."' in printed
    assert "<small>Aucune &lt;vente&gt;.</small>" in printed


def test_a_reason_several_cells_share_is_printed_once_under_the_table() -> None:
    shared = [Cell("n. d.", reason="Aucun <litige>.")]
    printed = table([Column("A")], [shared, shared, [absent("n. d.", "Seul.")]], note="Fin.")
    assert printed.count("Aucun &lt;litige&gt;.") == 1
    assert printed.count("n. d.<sup>1</sup>") == 2
    assert "<small>Seul.</small>" in printed
    assert printed.index("</table>") < printed.index("<sup>1</sup> Aucun &lt;litige&gt;.") < printed.index("Fin.")


def test_disputes_nobody_told_of_are_not_nil() -> None:
    results = results_fixture.results()
    results.summary["receivable"]["disputed"] = None
    assert "Aucune information sur les litiges" in tables.top_overdue(results, Formats())


def test_an_aged_balance_alone_says_why_items_are_not_counted() -> None:
    results = slices_fixture.results()
    for row in results.summary["ageing"]:
        row["items"] = None
    results.summary["receivable"]["open_items"] = None
    printed = tables.ageing(results, Formats())
    assert "Une balance âgée seule" in printed
    assert ">–<" not in printed


def test_past_months_say_what_is_not_known_then() -> None:
    slices = Slices(slices_fixture.results())
    listed = slices.customers(Selection(pd.Timestamp(slices_fixture.NOVEMBER)))
    assert "qu’à la date d’arrêté" in customer_tables.customers(listed, Formats(), oldest=">30")


def test_tables_are_written_in_thousands() -> None:
    assert "2\u00a0k€" in tables.key_figures(slices_fixture.results(), Formats(thousands=True))


def test_the_ageing_ends_on_the_receivable() -> None:
    printed = tables.ageing(slices_fixture.results(), Formats())
    assert printed.index("Non échu") < printed.index("1 à 30 j") < printed.index("Plus de 30 j")
    assert "2\u202f230,00\xa0€" in printed[printed.index("<tfoot>") :]


def test_tie_out_findings_and_intake_say_what_is_wrong() -> None:
    results = results_fixture.results(ties=False)
    assert 'class="text bad">écart</td>' in tables.tie_out(results, Formats())
    assert "123,45\xa0€" in tables.differences(results, Formats())
    assert 'class="number late">2</td>' in tables.intake(results, Formats())
    assert "31/12/2022" in tables.findings(results.findings, Formats())


def test_nothing_to_show_is_said_in_words() -> None:
    results = results_fixture.results(ties=None)
    assert "une seule source" in tables.tie_out(results, Formats())
    assert "Aucun constat" in tables.findings(results.findings.iloc[:0], Formats())
    assert "Aucune pièce" in customer_tables.open_items(pd.DataFrame({"residual_cents": []}), Formats())


def test_markup_escapes_plain_text_and_keeps_markup() -> None:
    assert shown("a < b") == "a &lt; b"
    assert shown(Html("<i>x</i>")) == "<i>x</i>"
    assert "&lt;script&gt;" in table([Column("<script>")], [[Cell("x", detail="<script>", hint='"')]])
    assert Html("x")._repr_html_().endswith('<div class="audit">x</div>')


def test_a_sparkline_needs_three_points() -> None:
    assert sparkline([1.0, None, 2.0]) == ""
    assert "polyline" in sparkline([1.0, 1.0, 1.0])
