"""Which way an amount goes: marks, columns, minus signs and types; nothing is guessed silently."""

import datetime as dt
from pathlib import Path

import pytest

from auditlib.errors import BadInputError
from auditlib.loaders.intake import Intake, load_documents
from auditlib.loaders.source import Source, read_sources
from auditlib.parameters import Parameters

LEDGER = [
    ("411A", "Alpha", "05/01/2025", "F1", "Facture 1", 100), ("411A", "Alpha", "20/01/2025", "V1", "Virement", -100),
    ("411B", "Beta", "25/01/2025", "F2", "Facture 2", 250), ("411B", "Beta", "28/01/2025", "F3", "Facture 3", 70),
    ("411C", "Gamma", "28/02/2025", "F4", "Facture 4", 60), ("411C", "Gamma", "28/03/2025", "A4", "Avoir 4", -20)]
OPEN = "Code client;Nom;Type;N° facture;Date facture;Echéance;Solde"
OPEN_ROWS = ["A;Alpha;Facture;F1;15/01/2025;15/02/2025;{}100,00", "A;Alpha;Avoir;A1;16/01/2025;16/02/2025;{}30,00",
             "B;Beta;Facture;F2;15/01/2025;15/02/2025;{}200,00", "B;Beta;Règlement;R1;17/01/2025;;{}50,00"]


def ledger(tmp_path: Path, header: str, *cells: str) -> Source:
    """Write a ledger whose amounts are printed as given, and read it."""
    lines = [";".join([*map(str, row[:5]), cell]) for row, cell in zip(LEDGER, cells, strict=True)]
    path = tmp_path / "ledger.csv"
    path.write_text("\n".join([f"Compte;Nom;Date;Pièce;Libellé;{header}", *lines]) + "\n", encoding="utf-8")
    (source,) = read_sources(path)
    return source


def signed(source: Source) -> list[int]:
    """Return what each row adds to what is owed, in cents."""
    table = source.table
    if "amount_cents" in table:
        return [int(value) for value in table["amount_cents"]]
    return [int(value) for value in table["debit_cents"] - table["credit_cents"]]


def found(source: Source) -> dict[str, str]:
    return dict(zip(source.findings["finding"].astype(str), source.findings["severity"].astype(str), strict=True))


EXPECTED = [row[5] * 100 for row in LEDGER]


@pytest.mark.parametrize(("debit", "credit"), [
    ("D", "C"), ("d", " c "), ("Débit", "Crédit"), ("DEBIT", "CREDIT"), ("Dr", "Cr"), ("+1", "-1"), ("1", "-1"),
    ("0", "1"), ("S", "H"), ("Soll", "Haben"), ("+", "-"), ("", "C")])
def test_a_mark_beside_the_amount_signs_it(tmp_path: Path, debit: str, credit: str) -> None:
    cells = [f"{abs(row[5])},00;{debit if row[5] > 0 else credit}" for row in LEDGER]
    source = ledger(tmp_path, "Montant;Sens", *cells)
    assert signed(source) == EXPECTED
    assert "side_not_understood" not in found(source)


def test_marks_beside_amounts_that_are_signed_already_change_nothing(tmp_path: Path) -> None:
    assert signed(ledger(tmp_path, "Montant;D/C", *(f"{row[5]},00;{'SH'[row[5] < 0]}" for row in LEDGER))) == EXPECTED


def test_marks_nobody_knows_are_said_with_their_amount(tmp_path: Path) -> None:
    source = ledger(tmp_path, "Montant;Sens", *(f"{row[5]},00;{'XY'[row[5] < 0]}" for row in LEDGER))
    assert signed(source) == EXPECTED  # the sign printed stands
    (remark,) = source.findings[source.findings["finding"] == "side_not_understood"].to_dict("records")
    assert (remark["severity"], remark["rows"], remark["amount_cents"]) == ("serious", 6, sum(EXPECTED))


@pytest.mark.parametrize(("debit_sign", "credit_sign", "turned"), [("", "", 0), ("", "-", 1), ("-", "", 1)])
def test_two_columns_whatever_sign_they_print(tmp_path: Path, debit_sign: str, credit_sign: str, turned: int) -> None:
    cells = [f"{debit_sign}{row[5]},00;" if row[5] > 0 else f";{credit_sign}{-row[5]},00" for row in LEDGER]
    source = ledger(tmp_path, "Débit;Crédit", *cells)
    assert signed(source) == EXPECTED
    assert source.findings["finding"].astype(str).tolist().count("side_printed_negative") == turned


def test_a_negative_debit_among_others_reverses_and_is_no_receipt(tmp_path: Path) -> None:
    cells = [f"{row[5]},00;" for row in LEDGER]  # all in the debit column
    cells[1] = ";100,00"
    intake = load(tmp_path, ledger(tmp_path, "Débit;Crédit", *cells).path)
    assert [int(value) for value in intake.movements["amount_cents"]] == EXPECTED
    assert intake.movements["kind"].astype(str).tolist()[-1] == "credit_note"
    path = tmp_path / "ledger.csv"
    path.write_text(path.read_text() + "411B;Beta;30/04/2025;F3;Extourne;-70,00;\n")
    last = load(tmp_path, path).movements.iloc[-1]
    assert (last["amount_cents"], last["kind"]) == (-7000, "credit_note")


def load(tmp_path: Path, path: Path, **mapping: str) -> Intake:
    day = dt.date(2025, 12, 31)
    given = Parameters(client="acme", as_of_date=day, documents=[str(path)],
                       mapping={path.name: dict(mapping)} if mapping else {})
    return load_documents(given, as_of_date=day)


def test_a_ledger_of_one_amount_with_debits_negative_is_turned_round_by_its_labels(tmp_path: Path) -> None:
    source = ledger(tmp_path, "Montant", *(f"{-row[5]},00" for row in LEDGER))
    assert signed(source) == EXPECTED
    assert found(source)["sign_inverted"] == "serious"
    assert signed(ledger(tmp_path, "Montant", *(f"{row[5]},00" for row in LEDGER))) == EXPECTED


def open_list(tmp_path: Path, *signs: str, total: str = "") -> Path:
    rows = [row.format(sign) for row, sign in zip(OPEN_ROWS, signs, strict=True)]
    path = tmp_path / "open.csv"
    path.write_text("\n".join([OPEN, *rows, *([f"Total;;;;;;{total}"] if total else [])]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("total", ["", "220,00"])
def test_credits_printed_positive_are_told_by_their_type_and_said(tmp_path: Path, total: str) -> None:
    (source,) = read_sources(open_list(tmp_path, "", "", "", "", total=total))
    assert source.table["open_amount_cents"].tolist() == [10000, -3000, 20000, -5000]
    (remark,) = source.findings[source.findings["finding"] == "credits_signed_by_type"].to_dict("records")
    assert (remark["rows"], remark["amount_cents"], remark["severity"]) == (2, 8000, "serious")


def test_credits_printed_negative_are_left_alone(tmp_path: Path) -> None:
    (source,) = read_sources(open_list(tmp_path, "", "-", "", "-"))
    assert source.table["open_amount_cents"].tolist() == [10000, -3000, 20000, -5000]
    assert not set(found(source)) & {"credits_signed_by_type", "credits_printed_positive", "sign_inverted"}


def test_a_total_that_adds_credits_up_contradicts_their_type_until_the_auditor_decides(tmp_path: Path) -> None:
    path = open_list(tmp_path, "", "", "", "", total="380,00")
    (source,) = read_sources(path)
    assert source.table["open_amount_cents"].tolist() == [10000, 3000, 20000, 5000]
    assert found(source)["credits_printed_positive"] == "serious"
    (decided,) = read_sources(path, mapping={"open.csv": {"sign": "by_type"}})
    assert decided.table["open_amount_cents"].tolist() == [10000, -3000, 20000, -5000]
    (kept,) = read_sources(open_list(tmp_path, "", "", "", ""), mapping={"open.csv": {"sign": "debit_positive"}})
    assert kept.table["open_amount_cents"].tolist() == [10000, 3000, 20000, 5000]
    with pytest.raises(BadInputError, match="by_type"):
        read_sources(path, mapping={"open.csv": {"sign": "by_typ"}})
