"""Due dates read in labels, and the order of their origins."""

import pandas as pd
import pytest

from auditlib.errors import BadInputError
from auditlib.loaders.due_dates import complete_due_dates, label_due_dates


@pytest.mark.parametrize(("label", "due"), [
    ("Facture 12 échéance 30/04", "2025-04-30"), ("FA12 ECH. 30/04/2025", "2025-04-30"),
    ("éch 30.04.25", "2025-04-30"),
    ("Facture échéance au 15/01", "2026-01-15"),  # the first 15 January on or after the document
    ("Facture ech 300425", "2025-04-30"), ("éch. 30042025", "2025-04-30"),
    ("échéance 30 avril 2025", "2025-04-30"), ("échéance le 1er avril", "2025-04-01"), ("ech 311325", None),
    ("échéance 30 lots", None), ("due on 2025-04-30", "2025-04-30"), ("payable le 30-04-2025", "2025-04-30"),
    ("Facture 30/04/2025", None), ("échéance 30/04/2029", None), ("échéance 01/01/2025", None),
    ("échéance 31/02", None),
])
def test_a_label_says_the_due_date_or_nothing(label: str, due: str | None) -> None:
    found = label_due_dates(pd.Series([label]), pd.Series([pd.Timestamp("2025-03-01")]).astype("datetime64[s]")).iloc[0]
    assert pd.isna(found) if due is None else found == pd.Timestamp(due)


def items(*rows: tuple[str, int, str]) -> pd.DataFrame:
    """Items of 2025-03-01 by kind, amount and own terms."""
    day = pd.Series([pd.Timestamp("2025-03-01")] * len(rows)).astype("datetime64[s]")
    frame = pd.DataFrame(list(rows), columns=["kind", "amount_cents", "payment_terms"])
    undated = pd.Series(dtype="datetime64[s]")
    return frame.assign(customer_id="C1", label="", document_date=day, posting_date=day, due_date=undated)


def test_credits_reclassifications_and_lump_openings_get_no_due_date() -> None:
    kinds = {"invoice": 5, "receipt": -5, "reclassification": 5, "unpaid_return": 5, "opening": 5}
    rows = items(*((kind, amount, "") for kind, amount in kinds.items()))
    found = complete_due_dates(rows, pd.Series({"C1": ""}), default_terms="30 days")
    assert found["due_date_origin"].tolist() == ["default", "none", "none", "none", "none"]


def test_the_row_s_terms_come_before_the_customer_s() -> None:
    rows = items(("invoice", 5, "60 jours"), ("invoice", 5, ""))
    found = complete_due_dates(rows, pd.Series({"C1": "30 jours"}), default_terms="")
    assert found["due_date"].tolist() == [pd.Timestamp("2025-04-30"), pd.Timestamp("2025-03-31")]


def test_default_terms_nobody_understands_are_refused_even_when_unused() -> None:
    with pytest.raises(BadInputError, match="payment terms 'bientôt'"):
        complete_due_dates(items(("receipt", -5, "")), pd.Series({"C1": ""}), default_terms="bientôt")
