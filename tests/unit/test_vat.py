"""The VAT in what is owed: of its own entry, else by zone, else at the rate given."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from auditlib.loaders.vat import vat_of_entries, with_vat_of
from auditlib.parameters import Economics
from auditlib.vat import net_of_vat, vat_share
from tests.unit.intakes import audit, customers_of, intake_of
from tests.unit.ledgers import movements

ENTRY = ("entry", "account", "amount_cents")


def items_of(*rows: tuple[int, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["entry", "kind", "amount_cents"])


def entries_of(*rows: tuple[int, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(ENTRY))


def read(items: pd.DataFrame, entries: pd.DataFrame) -> list[int | None]:
    found = vat_of_entries(items, entries)
    columns = (found["vat_cents"].tolist(), found["is_vat_known"].tolist())
    return [cents if known else None for cents, known in zip(*columns, strict=True)]


def test_the_vat_of_an_invoice_and_of_a_credit_note() -> None:
    items = items_of((1, "invoice", 12_000), (2, "credit_note", -1_100), (3, "receipt", -12_000))
    entries = entries_of((1, "411", 12_000), (1, "707", -10_000), (1, "445710", -2_000), (2, "411", -1_100),
                         (2, "709", 1_000), (2, "44571", 100), (3, "411", -12_000), (3, "512", 12_000))
    assert read(items, entries) == [2_000, -100, None]


def test_an_entry_without_vat_has_none_and_an_entry_in_part_says_nothing() -> None:
    items = items_of((1, "invoice", 12_000), (2, "invoice", 5_000), (-1, "invoice", 700))
    entries = entries_of((1, "411", 12_000), (1, "707100", -12_000), (2, "411", 5_000))
    assert read(items, entries) == [0, None, None]


def test_instalments_share_the_vat_of_their_entry_to_the_cent() -> None:
    items = items_of((1, "invoice", 4_000), (1, "invoice", 4_000), (1, "invoice", 4_001))
    entries = entries_of((1, "411", 12_001), (1, "707", -10_001), (1, "4457", -2_000))
    shares = read(items, entries)
    assert sum(share or 0 for share in shares) == 2_000
    assert max(abs((share or 0) - 2_000 / 3) for share in shares) < 1


def test_an_entry_of_both_signs_says_nothing() -> None:
    items = items_of((1, "invoice", 12_000), (1, "credit_note", -2_400))
    entries = entries_of((1, "411", 9_600), (1, "707", -8_000), (1, "4457", -1_600))
    assert read(items, entries) == [None, None]


def test_a_ledger_takes_the_vat_of_the_fec_beside_it() -> None:
    known = {"vat_cents": 2_000, "is_vat_known": True}
    fec = pd.DataFrame([{"customer_id": "C1", "document_ref": "F1", "kind": "invoice", "amount_cents": 12_000, **known},
                        {"customer_id": "C2", "document_ref": "F2", "kind": "invoice", "amount_cents": 600, **known},
                        {"customer_id": "C2", "document_ref": "F2", "kind": "invoice", "amount_cents": 600, **known,
                         "vat_cents": 33}])
    ledger = fec.iloc[:2].assign(vat_cents=0, is_vat_known=False)
    other = ledger.iloc[:1].assign(document_ref="F9")
    found = with_vat_of(pd.concat([ledger, other], ignore_index=True), [fec])
    assert found["vat_cents"].tolist() == [2_000, 0, 0]
    assert found["is_vat_known"].tolist() == [True, False, False]  # F2 is said twice, differently; F9 is not there


ITEMS = pd.DataFrame({"movement_id": [0, 1, 2, 3], "customer_id": pd.Categorical(["A", "B", "C", "A"])})
ZONES = pd.Series({"A": "FR", "B": "EU", "C": ""})
ROOTS = np.array([0, 1, 2, 0])


def test_vat_by_entry_then_zone_then_rate_and_a_transfer_has_that_of_its_invoice() -> None:
    said = pd.DataFrame({"movement_id": range(4), "amount_cents": [11_000, 500, 600, 4_000],
                         "vat_cents": [1_000, 0, 0, 0], "is_vat_known": [True, False, False, False]})
    share = vat_share(ITEMS, movements=said, roots=ROOTS, zones=ZONES, vat_rate=0.20)
    assert share.tolist() == pytest.approx([1 / 11, 0, 1 / 6, 1 / 11])
    assert net_of_vat(np.array([11_000, 500, 600, 4_400]), share=share).tolist() == [10_000, 500, 500, 4_000]


def test_without_a_rate_what_the_entry_does_not_say_is_not_known() -> None:
    plain = pd.DataFrame({"movement_id": range(4), "amount_cents": 1})
    share = vat_share(ITEMS, movements=plain, roots=ROOTS, zones=ZONES, vat_rate=None)
    assert np.isnan(share).tolist() == [True, False, True, True]
    with pytest.raises(ValueError, match="not known"):
        net_of_vat(np.array([100, 100, 100, 100]), share=share)
    assert net_of_vat(np.array([0, 100, 0, 0]), share=share).tolist() == [0, 100, 0, 0]


def test_compensating_sales_by_item() -> None:
    """300.00 overdue at 10 % VAT by its entry, 600.00 in France at 20 %, 200.00 abroad: 272.73 + 500 + 200."""
    sold = {"kind": "invoice", "posting_date": "2025-06-01", "due_date": "2025-07-01", "account": "411000"}
    rows = movements({**sold, "customer_id": "A", "amount_cents": 30_000},
                     {**sold, "customer_id": "B", "amount_cents": 60_000},
                     {**sold, "customer_id": "C", "amount_cents": 20_000})
    rows = rows.assign(vat_cents=[2_727, 0, 0], is_vat_known=[True, False, False])
    customers = customers_of("A", "B", "C", zone=["FR", "FR", "EU"])
    entries = audit(intake_of(rows, customers=customers)).summary["indicators"]
    assert entries["compensating_sales"]["value"] == pytest.approx((272.73 + 500 + 200) / 0.10)
    poor = audit(intake_of(rows, customers=customers), economics=Economics(margin_rate=0.10)).summary["indicators"]
    assert poor["compensating_sales"]["value"] is None and "TVA" in poor["compensating_sales"]["reason"]
    known = rows.assign(is_vat_known=True)  # every entry says its VAT: no rate is needed
    rich = audit(intake_of(known, customers=customers), economics=Economics(margin_rate=0.10)).summary["indicators"]
    assert rich["compensating_sales"]["value"] == pytest.approx((272.73 + 600 + 200) / 0.10)


def test_a_fec_is_read_with_its_vat(tmp_path: Path) -> None:
    from auditlib.loaders.intake import load_documents
    from auditlib.parameters import NonDisclosure, Parameters
    from tests.unit.test_fec import write

    write(tmp_path / "999999999FEC20251231.txt", "\t")
    parameters = Parameters(client="acme", as_of_date="2025-12-31", documents=["."], source=tmp_path / "acme.yaml",
                            nda=NonDisclosure(allow_unsigned=True))
    intake = load_documents(parameters, as_of_date=parameters.as_of_date)
    names = ("document_ref", "vat_cents", "is_vat_known")
    found = list(zip(*(intake.movements[name].tolist() for name in names), strict=True))
    assert sorted(found) == [("AN", 0, False), ("FA1", 20_000, True), ("VIR", 0, False)]
    totals = list(zip(*(intake.accounts[name].tolist() for name in ("account", "debit_cents", "credit_cents")),
                      strict=True))
    assert totals == [("445710", 0, 20_000), ("512000", 120_000, 0), ("707000", 0, 100_000)]
