"""Terms of several due dates: an item a due date, the invoice's amount to the cent, and matching that still ties."""

import datetime as dt
import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from auditlib.errors import BadInputError
from auditlib.indicators import compute
from auditlib.loaders.due_dates import complete_due_dates, label_terms
from auditlib.loaders.intake import Intake, load_documents
from auditlib.loaders.schedules import parse_schedule, read_schedule, shares
from auditlib.parameters import Method, Parameters

T = dt.date(2025, 12, 31)


@pytest.mark.parametrize(("phrase", "parts"), [
    ("30/60/90 jours", [("1/3", 30, ""), ("1/3", 60, ""), ("1/3", 90, "")]),
    ("30-60 jours", [("1/2", 30, ""), ("1/2", 60, "")]),
    ("30, 60 et 90 jours fin de mois", [("1/3", 30, "after"), ("1/3", 60, "after"), ("1/3", 90, "after")]),
    ("50 % à 30 jours 50 % à 60 jours", [("1/2", 30, ""), ("1/2", 60, "")]),
    ("50% 30j, 50% 60j fdm", [("1/2", 30, ""), ("1/2", 60, "after")]),
    ("30 % à la commande, solde à 60 jours", [("3/10", 0, ""), ("7/10", 60, "")]),
    ("3 x 30 jours", [("1/3", 30, ""), ("1/3", 60, ""), ("1/3", 90, "")]),
    ("2/10 net 30", [("1", 30, "")]), ("2 % 10 jours, net 30", [("1", 30, "")]), ("45 jours", [("1", 45, "")]),
])
def test_a_phrase_gives_its_parts(phrase: str, parts: list[tuple[str, int, str]]) -> None:
    read = [(str(part.share), part.terms.days, part.terms.month_end) for part in parse_schedule(phrase)]
    assert read == parts


def test_monthly_instalments_count_in_months() -> None:
    assert [part.terms.months for part in parse_schedule("4 mensualités")] == [1, 2, 3, 4]


@pytest.mark.parametrize("phrase", [
    "50 % à la commande", "60 % à 30 jours 60 % à 60 jours", "01/02/2025", "60/30 jours",
    "50 % à 30 jours 50 % plus tard", "3 % d'escompte", "30/60"])
def test_what_makes_no_whole_is_no_schedule(phrase: str) -> None:
    assert read_schedule(phrase) is None
    with pytest.raises(BadInputError, match="30/60/90"):
        parse_schedule(phrase)


@pytest.mark.parametrize("phrase", [
    "30/60/90 jours", "33,33 % à 30 jours 33,33 % à 60 jours 33,34 % à 90 jours", "7 x 30 jours"])
def test_parts_sum_to_the_cent_and_the_last_takes_what_is_left(phrase: str) -> None:
    source = random.Random(5)
    cents = np.array([0, 1, -1, 100, *(source.randrange(-(10**9), 10**9) for _ in range(2000))])
    split = shares(parse_schedule(phrase), cents)
    assert (split.sum(axis=1) == cents).all()
    assert (np.sign(split[split != 0]) == np.sign(np.broadcast_to(cents[:, None], split.shape)[split != 0])).all()
    assert (np.abs(split[:, -1]) >= np.abs(split[:, 0])).all()


def items(amount: int, *, original: int | None = None, terms: str = "30/60/90 jours", label: str = "") -> pd.DataFrame:
    """Return one invoice of 10 January 2025."""
    day = pd.Series([pd.Timestamp("2025-01-10")]).astype("datetime64[s]")
    return pd.DataFrame({
        "customer_id": ["C1"], "kind": "invoice", "amount_cents": amount, "original_amount_cents": original or amount,
        "vat_cents": round(amount / 6), "payment_terms": terms, "label": label, "document_date": day,
        "posting_date": day, "due_date": pd.Series(pd.NaT, dtype="datetime64[s]"), "source_row": 7})


def completed(rows: pd.DataFrame, *, terms: str = "", default: str = "") -> pd.DataFrame:
    return complete_due_dates(rows, pd.Series({"C1": terms}), default_terms=default)


def test_an_invoice_becomes_one_item_a_due_date() -> None:
    found = completed(items(100_01))
    assert found["due_date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-02-09", "2025-03-11", "2025-04-10"]
    assert found["amount_cents"].tolist() == [3333, 3333, 3335]
    assert found["original_amount_cents"].sum() == 100_01
    assert found["vat_cents"].sum() == 1667
    assert found["source_row"].tolist() == [7, 7, 7]
    assert found["due_date_origin"].tolist() == ["terms"] * 3


def test_what_is_open_of_a_part_paid_invoice_falls_due_last() -> None:
    assert completed(items(150_00, original=300_00))["amount_cents"].tolist() == [0, 50_00, 100_00]


@pytest.mark.parametrize(("label", "phrase"), [
    ("Facture F1 à 60 jours", "à 60 jours"), ("FA12 30 jrs fdm", "30 jrs fdm"), ("FA 45JFDM", "45JFDM"),
    ("Invoice 12 net 30", "net 30"), ("Facture échéance 30 jours", "échéance 30 jours"),
    ("FA 7 30/60/90 jours", "30/60/90 jours"), ("FA 9 payable comptant", "payable comptant"),
    ("Location 30 jours", ""), ("Formation à 2 jours", ""), ("Délai à 30 jours", ""), ("Facture 30", ""),
    ("3 jours", "")])
def test_terms_inside_a_label(label: str, phrase: str) -> None:
    assert label_terms(pd.Series([label])).tolist() == [phrase]


def test_the_label_comes_before_the_customer_s_terms_and_those_before_the_default() -> None:
    own = items(100_00, terms="", label="Facture à 60 jours")
    assert completed(own, terms="30 jours")["due_date_origin"].tolist() == ["label"]
    assert completed(items(100_00, terms=""), terms="3 x 30 jours", default="10 jours")["due_date_origin"].tolist() == [
        "terms"] * 3
    assert completed(items(100_00, terms=""), default="30/60 jours")["due_date_origin"].tolist() == ["default"] * 2


LEDGER = """Code client;Nom;Journal;Date;Pièce;Libellé;Lettrage;Débit;Crédit
C1;Alpha;VE;10/01/2025;FA0001;Facture FA0001;{a};100,01;
C1;Alpha;BQ;20/02/2025;VIR1;Virement FA0001;{a};;33,33
C1;Alpha;VE;15/03/2025;FA0002;Facture FA0002;B;90,00;
C1;Alpha;BQ;30/06/2025;VIR2;Virement;B;;90,00
C2;Beta;VE;10/01/2025;FA0003;Facture FA0003;;50,00;
C2;Beta;BQ;30/09/2025;VIR3;Virement FA0003;;;20,00
"""


def given(tmp_path: Path, matching: str) -> Parameters:
    return Parameters(client="acme", as_of_date=T, documents=[str(tmp_path)], method=Method(matching=matching))


def loaded(tmp_path: Path, *, matching: str = "auto", code: str = "A") -> Intake:
    """Read the ledger and its customers' terms; every row is accounted for once, however many items it gives."""
    (tmp_path / "ledger.csv").write_text(LEDGER.format(a=code), encoding="utf-8")
    (tmp_path / "customers.csv").write_text(
        "Code client;Raison sociale;Conditions de paiement\nC1;Alpha;30/60/90 jours\nC2;Beta;30/60/90 jours\n",
        encoding="utf-8")
    intake = load_documents(given(tmp_path, matching), as_of_date=T)
    counted = intake.intake.set_index("file")
    assert (counted["rows_read"] == counted[["rows_loaded", "rows_skipped", "rows_rejected"]].sum(axis=1)).all()
    assert counted.loc["ledger.csv", "rows_loaded"] == 6
    return intake


@pytest.mark.parametrize("matching", ["auto", "codes", "all"])
@pytest.mark.parametrize("code", ["A", ""])
def test_receipts_pay_the_parts_in_turn_and_the_receivable_ties(tmp_path: Path, matching: str, code: str) -> None:
    """Open: 66.68 of the first invoice and 30.00 of the third, whichever way receipts are matched."""
    intake = loaded(tmp_path, matching=matching, code=code)
    results = compute(intake, parameters=given(tmp_path, matching), as_of_date=T)
    left = results.open_items.groupby(results.open_items["customer_id"].astype(str))["residual_cents"].sum()
    assert left.to_dict() == {"C1": 66_68, "C2": 30_00}
    if matching == "codes" and not code:
        return  # a receipt without a code stays loose
    first = results.open_items[results.open_items["document_ref"] == "FA0001"].sort_values("due_date")
    assert first["residual_cents"].tolist() == [33_33, 33_35]
    if code and matching != "all":
        return  # the codes decide alone, and the third has none
    third = results.open_items[results.open_items["document_ref"] == "FA0003"].sort_values("due_date")
    assert third["residual_cents"].tolist() == [13_32, 16_68]  # 20.00 paid the first 16.66 and 3.34 of the second
    assert results.open_items["source_row"].nunique() == 2


@pytest.mark.parametrize(("amount", "disputed"), [("", 100_01), ("50,00", 50_00), ("10,00", 10_00)])
def test_a_dispute_of_an_invoice_lies_on_its_last_parts(tmp_path: Path, amount: str, disputed: int) -> None:
    (tmp_path / "litiges.csv").write_text(
        f"Code client;N° facture;Montant en litige;Motif litige;Date litige\nC1;FA0001;{amount};qualité;01/03/2025\n",
        encoding="utf-8")
    intake = loaded(tmp_path)
    rows = intake.disputes.merge(intake.movements, on="movement_id", suffixes=("", "_item"))
    assert rows["amount_cents"].sum() == disputed
    assert (rows["amount_cents"] <= rows["amount_cents_item"]).all()
    assert rows["due_date"].max() == pd.Timestamp("2025-04-10")  # the third of three
