"""A form in a notebook without a kernel: what it shows is printed, never the code of its widgets."""

import ipywidgets

from auditlib.formats import Formats
from auditlib.present import controls
from auditlib.present.markup import Html

FORMATS = Formats(language="fr")


def test_what_a_form_shows_is_printed_with_where_to_fill_it_in() -> None:
    made = controls.form([controls.html(Html("<b>Durand</b>")), ipywidgets.Text()], FORMATS)
    printed = made._repr_mimebundle_()["text/html"]
    assert "<b>Durand</b>" in printed and "noyau actif" in printed and "VBox" not in printed


def test_a_form_with_nothing_to_fill_in_is_its_sentence_alone() -> None:
    printed = controls.form([controls.html(Html("Rien à décider."))], FORMATS)._repr_mimebundle_()["text/html"]
    assert "Rien à décider." in printed and "noyau actif" not in printed
