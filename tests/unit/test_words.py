"""References and words of labels, byte by byte, against the plain rules (INDICATORS.md 2, meaningful reference)."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.matching.words import is_among, meaningful_words, normalised

TEXTS = st.lists(st.text(alphabet="aZé09 ,;:()#-/.\n", max_size=24), max_size=12)


def plainly(text: str) -> str:
    kept = re.sub("[^0-9A-Z]", "", text.upper())
    return kept if len(kept) >= 4 and sum(letter.isdigit() for letter in kept) >= 3 else ""


@pytest.mark.parametrize(("text", "reduced"), [
    ("fa-2025/001", "FA2025001"), ("F 12", ""), ("ABCD", ""), ("123", ""), ("A123", "A123"), ("Né 1234", "N1234"),
    ("", "")])
def test_a_reference_is_letters_and_digits_and_means_something(text: str, reduced: str) -> None:
    assert normalised(pd.Series([text], dtype="str")).tolist() == [reduced]


@given(TEXTS)
def test_references_are_reduced_as_one_by_one(texts: list[str]) -> None:
    assert normalised(pd.Series(texts, dtype="str")).tolist() == [plainly(text) for text in texts]


@given(TEXTS)
def test_words_are_cut_and_reduced_as_one_by_one(texts: list[str]) -> None:
    found = meaningful_words(pd.Series(texts, dtype="str"))
    words = [(at, plainly(word)) for at, text in enumerate(texts) for word in re.split(r"[\s,;:()#]+", text)]
    assert list(zip(found["position"], found["reference"], strict=True)) == [word for word in words if word[1]]


def test_a_label_quotes_its_words_in_order() -> None:
    found = meaningful_words(pd.Series(["Rglt FA0001, FA0002", "rien", "F-0003"], dtype="str"))
    assert found.to_numpy().tolist() == [[0, "FA0001"], [0, "FA0002"], [2, "F0003"]]


def test_texts_are_looked_up_among_others() -> None:
    assert is_among(pd.Series(["A", "b", ""], dtype="str"), pd.Series(["b", "c"], dtype="str")).tolist() == [
        False, True, False]
