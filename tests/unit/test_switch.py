"""The switch between euros and thousands: what was shown is written again, and nothing else changes."""

import gc
import re
from typing import Any

import ipywidgets
import pytest
from IPython.display import display
from IPython.testing.globalipapp import start_ipython
from IPython.utils.capture import capture_output

from auditlib.formats import Formats
from auditlib.present import shown, switch, tables
from tests.unit import results_fixture, slices_fixture


@pytest.fixture(autouse=True)
def _in_ipython() -> None:
    start_ipython()


def bundles(outputs: Any) -> list[dict[str, Any]]:
    return [output.data for output in outputs]


def plain(text: str) -> str:
    return re.sub(r"\s", " ", text)


def test_a_table_and_a_chart_follow_the_switch() -> None:
    results, formats = slices_fixture.results(), Formats()
    toggle = switch.amounts(formats, live=True)
    assert isinstance(toggle, switch.Switch)
    with capture_output() as first:
        display(tables.ageing(results, formats))
        shown.show("ageing", results, formats)
    before = bundles(first.outputs)
    assert "2 230,00 €" in plain(before[0]["text/html"])
    assert plain(before[1]["application/vnd.plotly.v1+json"]["data"][0]["text"][0]) == "1 400 €"
    with capture_output() as second:
        toggle.unit.value = True
    after = bundles(second.outputs)
    assert len(before) == 3  # the table, the chart and its sentence
    assert set(after.pop(1)) == {"text/plain"}  # plotly's extension draws an output once only
    assert "2 k€" in plain(after[0]["text/html"])
    assert plain(after[1]["application/vnd.plotly.v1+json"]["data"][0]["text"][0]) == "1 k€"
    assert "0,6 k€" in plain(after[2]["text/html"])  # 600 in the oldest bucket: little, not nothing
    assert [output.update for output in second.outputs] == [True] * 4
    with capture_output() as third:
        toggle.unit.value = False
    assert [bundle for bundle in bundles(third.outputs) if bundle.keys() != {"text/plain"}] == before


def test_voila_gets_markup_that_is_rewritten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    placed: list[Any] = []
    monkeypatch.setattr(switch, "display", placed.append)
    results, formats = slices_fixture.results(), Formats()
    toggle = switch.amounts(formats, live=True)
    shown.show("ageing", results, formats)
    chart, sentence = placed
    assert isinstance(chart, ipywidgets.HTML)
    assert "1 400 €" in plain(chart.value)
    assert isinstance(toggle, switch.Switch)
    toggle.unit.value = True
    assert "1 k€" in plain(chart.value)
    assert "k€" in plain(sentence.value)


def test_what_is_shown_without_a_kernel_says_the_unit() -> None:
    toggle = switch.amounts(Formats(), live=True)
    assert isinstance(toggle, switch.Switch)
    bundle = toggle._repr_mimebundle_()
    assert "Montants en €." in bundle["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in bundle
    said = switch.amounts(Formats(thousands=True), live=False)
    assert "Montants en k€." in str(said)
    assert "Arrondis" in str(said)


def test_without_a_switch_nothing_is_kept_to_be_redrawn() -> None:
    results, formats = results_fixture.results(), Formats()
    with capture_output() as outputs:
        shown.show("ageing", results, formats)
    assert len(outputs.outputs) == 2
    assert formats not in switch._REDRAWN


def test_two_clients_in_one_kernel_do_not_meet() -> None:
    first, second = Formats(), Formats()
    one, _other = switch.amounts(first, live=True), switch.amounts(second, live=True)
    assert isinstance(one, switch.Switch)
    one.unit.value = True
    assert (first.thousands, second.thousands) == (True, False)
    kept = len(switch._REDRAWN)
    one.unit.close()
    one.unit.unobserve_all()
    del one, first
    gc.collect()
    assert len(switch._REDRAWN) == kept - 1
