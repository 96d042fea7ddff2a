"""Of an entry that several files hold, the largest number of copies in one file is loaded, whatever its codes."""

from collections import Counter

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from auditlib.loaders.repeated_rows import drop_repeated_rows

ROWS = st.tuples(st.sampled_from(["F1", "F2", "F3"]), st.sampled_from(["", "A", "B"]))
FILES = st.lists(st.lists(ROWS, max_size=5), min_size=1, max_size=4)


def movements(files: list[list[tuple[str, str]]]) -> pd.DataFrame:
    rows = [{"source": number, "source_row": row, "document_ref": reference, "label": f"Facture {reference}",
             "matching_code": code}
            for number, own in enumerate(files) for row, (reference, code) in enumerate(own, start=2)]
    frame = pd.DataFrame(rows, columns=["source", "source_row", "document_ref", "label", "matching_code"])
    day = pd.Timestamp("2025-03-01")
    return frame.assign(customer_id="C1", customer_name="", amount_cents=100_00, posting_date=day,
                        settlement_date=pd.Timestamp("NaT"), source=frame["source"].astype("int64"))


@settings(max_examples=60, deadline=None)
@given(FILES)
def test_as_many_copies_stay_as_one_file_holds(files: list[list[tuple[str, str]]]) -> None:
    kept, skipped = drop_repeated_rows(movements(files))
    counted = [Counter(reference for reference, _ in own) for own in files]
    assert Counter(kept["document_ref"]) == {
        reference: most for reference in ("F1", "F2", "F3") if (most := max(own[reference] for own in counted))}
    assert len(kept) + len(skipped) == sum(map(len, files))
    assert (skipped["source"] != skipped["kept_source"]).all()


@settings(max_examples=60, deadline=None)
@given(FILES)
def test_a_code_that_a_file_gives_is_kept_before_none(files: list[list[tuple[str, str]]]) -> None:
    kept, _ = drop_repeated_rows(movements(files))
    for reference, own in kept.groupby("document_ref"):
        coded = max(sum(code != "" for ref, code in rows if ref == reference) for rows in files)
        assert (own["matching_code"] != "").sum() >= coded
