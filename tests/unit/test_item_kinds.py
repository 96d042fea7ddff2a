"""Kinds of items, each from an entry as a French accountant posts it."""

from typing import Any

import pandas as pd
import pytest

from auditlib.loaders.item_kinds import infer_kinds

COLUMNS = ("account", "customer_id", "amount_cents")


def booked(*entries: list[tuple[str, str, int]], journal: str = "OD", label: str = "") -> list[str]:
    """Kinds of the customer lines of entries given as account, customer, signed cents."""
    lines = pd.concat(
        [pd.DataFrame(lines, columns=list(COLUMNS)).assign(entry=number) for number, lines in enumerate(entries)]
    )
    lines = lines.assign(account_name="").reset_index(drop=True)
    items = lines[lines["account"].str.startswith(("411", "413", "416"))].reset_index(drop=True)
    days = pd.to_datetime("2025-01-01") + pd.to_timedelta(items["entry"], unit="D")
    items = items.assign(
        journal=journal, journal_name="", label=label, document_type="", posting_date=days.astype("datetime64[s]")
    )
    kinds, inferred = infer_kinds(items, lines)
    assert not inferred.any()
    return kinds.tolist()


def worded(**given: Any) -> str:
    """Kind of one item of a file without entries."""
    row = {
        "account": "",
        "customer_id": "C",
        "amount_cents": 100,
        "entry": -1,
        "journal": "",
        "journal_name": "",
        "label": "",
        "document_type": "",
        "posting_date": pd.Timestamp("2025-01-01"),
        **given,
    }
    nothing = pd.DataFrame({name: [] for name in ("entry", "account", "account_name", "customer_id", "amount_cents")})
    return str(infer_kinds(pd.DataFrame([row]), nothing)[0].iloc[0])


@pytest.mark.parametrize(("lines", "kinds"), [
    ([("411", "C", 12000), ("707", "", -10000), ("44571", "", -2000)], ["invoice"]),
    ([("411", "C", -12000), ("707", "", 10000), ("44571", "", 2000)], ["credit_note"]),
    ([("411", "C", -600), ("709", "", 500), ("44571", "", 100)], ["credit_note"]),
    ([("411", "C", -500), ("709", "", 500)], ["discount"]),
    ([("512", "", 9800), ("665", "", 200), ("411", "C", -10000)], ["receipt"]),
    ([("512", "", 9800), ("665", "", 200), ("411", "C", -9800), ("411", "C", -200)], ["receipt", "discount"]),
    ([("530", "", 900), ("411", "C", -900)], ["receipt"]),
    ([("654", "", 1000), ("44571", "", 200), ("411", "C", -1200)], ["write_off"]),
    ([("416", "C", 1200), ("411", "C", -1200)], ["reclassification", "reclassification"]),
    ([("413", "C", 700), ("411", "C", -700)], ["reclassification", "reclassification"]),
    ([("512", "", 700), ("413", "C", -700)], ["receipt"]),
    ([("4191", "", 300), ("411", "C", -300)], ["deposit_applied"]),
    ([("411", "C", 360), ("4191", "", -300), ("44571", "", -60)], ["invoice"]),
    ([("401", "", 300), ("411", "C", -300)], ["set_off"]),
    ([("666", "", 30), ("411", "C", -30)], ["fx_difference"]),
    ([("467", "", 5000), ("411", "C", -5000)], ["transfer"]),
    ([("658", "", 3), ("411", "C", -3)], ["rounding"]),
    ([("658", "", 90000), ("411", "C", -90000)], ["adjustment"]),
    ([("411001", "C", 90), ("411002", "D", -90)], ["adjustment", "adjustment"]),
    ([("411", "C", 500), ("411", "D", 700), ("512", "", -1200)], ["refund", "refund"]),
])
def test_the_other_accounts_of_the_entry_name_the_item(lines: list[tuple[str, str, int]], kinds: list[str]) -> None:
    assert booked(lines) == kinds


def test_a_debit_from_the_bank_after_an_equal_receipt_is_a_returned_payment() -> None:
    receipt = [("512", "", 800), ("411", "C", -800)]
    back = [("411", "C", 800), ("512", "", -800)]
    assert booked(receipt, back) == ["receipt", "unpaid_return"]
    assert booked(back) == ["refund"]
    assert booked(back, label="CHEQUE IMPAYE") == ["unpaid_return"]


def test_the_opening_journal_outranks_the_accounts() -> None:
    assert booked([("411", "C", 800), ("101", "", -800)], journal="AN") == ["opening"]


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"document_type": "RV"}, "invoice"),
        ({"document_type": "DG", "amount_cents": -5}, "credit_note"),
        ({"document_type": "DZ", "amount_cents": -5}, "receipt"),
        ({"document_type": "Facture", "amount_cents": -5}, "credit_note"),
        ({"document_type": "Avoir", "amount_cents": -5}, "credit_note"),
        ({"document_type": "RGL", "amount_cents": -5}, "receipt"),
        ({"document_type": "RGL"}, "refund"),
        ({"document_type": "Rejet prélèvement"}, "unpaid_return"),
        ({"journal": "VE"}, "invoice"),
        ({"journal": "VE", "amount_cents": -5, "label": "Règlement"}, "credit_note"),
        ({"journal": "BQ1", "amount_cents": -5}, "receipt"),
        ({"journal": "BNP", "label": "LCR impayée"}, "unpaid_return"),
        ({"journal": "BQ", "label": "Remboursement"}, "refund"),
        ({"journal": "AN"}, "opening"),
        ({"journal": "RAN"}, "opening"),
        ({"journal": "X9", "journal_name": "Journal des ventes"}, "invoice"),
        ({"journal": "OD", "amount_cents": -90000, "label": "Créance irrécouvrable"}, "write_off"),
        ({"journal": "OD", "amount_cents": -90000, "label": "Compensation fournisseur"}, "set_off"),
        ({"journal": "OD", "amount_cents": -3, "label": "Ecart de règlement"}, "rounding"),
        ({"journal": "OD", "amount_cents": 1500, "label": "Réévaluation créances en devises 31/12"}, "fx_difference"),
        ({"journal": "OD", "amount_cents": -1500, "label": "Ecart de conversion USD"}, "fx_difference"),
        ({"journal": "OD", "amount_cents": 90000, "label": "Réévaluation du loyer"}, "adjustment"),
        ({"journal": "OD"}, "adjustment"),
        ({"label": "Avoir AV0012", "amount_cents": -5}, "credit_note"),
        ({"amount_cents": -5}, "receipt"),
        ({}, "invoice"),
        ({"label": "A nouveau"}, "opening"), ({"label": "À nouveau 2025"}, "opening"),
    ],
)
def test_without_entries_the_wording_names_the_item(given: dict[str, Any], kind: str) -> None:
    assert worded(**given) == kind
