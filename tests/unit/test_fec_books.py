"""FECs of several years, habits and companies: one balance, worked by hand, whatever came and in which dress."""

import datetime as dt
from pathlib import Path

import pytest

from auditlib.errors import BadInputError
from auditlib.loaders.intake import Intake, load_documents
from auditlib.parameters import Method, Parameters
from tests.unit.test_fec import HEADER, check, records, write

Lines = list[list[str]]
T = dt.date(2025, 12, 31)


def line(
    journal: str, day: str, account: str, customer: str, ref: str, amount: float, piece_date: str = "",
) -> list[str]:
    """Return one line of an FEC; a debit is positive. The entry's number is its reference."""
    sides = [f"{max(side, 0):.2f}".replace(".", ",") for side in (amount, -amount)]
    name = f"Nom {customer}" if customer else ""
    return [journal, journal, ref or day, day, account, account, customer, name, ref, piece_date or day, f"Ligne {ref}",
            *sides, "", "", "", "", ""]


def invoice(day: str, customer: str, ref: str, amount: float, account: str = "411000") -> Lines:
    return [line("VE", day, account, customer, ref, amount), line("VE", day, "707000", "", ref, -amount)]


def payment(day: str, customer: str, ref: str, amount: float, account: str = "411000") -> Lines:
    return [line("BQ", day, "512000", "", ref, amount), line("BQ", day, account, customer, ref, -amount)]


def opening(day: str, *items: tuple[str, str, float, str]) -> Lines:
    total = sum(item[2] for item in items)
    return [*(line("AN", day, "411000", customer, ref, amount, dated) for customer, ref, amount, dated in items),
            line("AN", day, "890000", "", "", -total)]


FIRST = [*invoice("20231110", "C1", "F2", 200), *invoice("20231210", "C2", "F3", 300)]
SECOND = [*payment("20240210", "C1", "V2", 200), *invoice("20241115", "C2", "F4", 400)]
THIRD = [*payment("20250215", "C2", "V3", 300), *invoice("20251120", "C1", "F5", 500)]
DETAILED = (opening("20240101", ("C1", "F2", 200, "20231110"), ("C2", "F3", 300, "20231210")),
            opening("20250101", ("C2", "F3", 300, "20231210"), ("C2", "F4", 400, "20241115")))
LUMP = (opening("20240101", ("C1", "", 200, ""), ("C2", "", 300, "")), opening("20250101", ("C2", "", 700, "")))
BALANCE = {"C1": 50000, "C2": 40000}  # F5; F4, since V3 paid F3


def load(tmp_path: Path, files: dict[str, Lines], **method: tuple[str, ...]) -> Intake:
    for name, lines in files.items():
        text = "\n".join("\t".join(fields) for fields in [HEADER, *lines]) + "\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    given = Parameters(client="acme", as_of_date=T, documents=[str(tmp_path)], method=Method(**method))
    intake = load_documents(given, as_of_date=T)
    rows = intake.intake
    assert (rows["rows_read"] == rows["rows_loaded"] + rows["rows_skipped"] + rows["rows_rejected"]).all()
    return intake


def balances(intake: Intake) -> dict[str, int]:
    summed = intake.movements.groupby(intake.movements["customer_id"].astype(str))["amount_cents"].sum()
    return {str(key): int(value) for key, value in summed.items() if value}


def found(intake: Intake, name: str) -> list[tuple[str, int, int]]:
    """Return severity, rows and amount of the findings of that name."""
    rows = intake.findings[intake.findings["finding"].astype(str) == name]
    columns = (rows["severity"].astype(str), rows["rows"], rows["amount_cents"])
    return list(zip(*(column.tolist() for column in columns), strict=True))


@pytest.mark.parametrize("openings", [DETAILED, LUMP], ids=["detailed", "lump"])
def test_three_years_count_no_opening_twice(tmp_path: Path, openings: tuple[Lines, Lines]) -> None:
    intake = load(tmp_path, {"123456789FEC20231231.txt": FIRST, "123456789FEC20241231.txt": [*openings[0], *SECOND],
                             "123456789FEC20251231.txt": [*openings[1], *THIRD]})
    assert balances(intake) == BALANCE
    assert len(found(intake, "openings_already_loaded")) == 1
    assert not found(intake, "opening_differs")
    assert set(intake.movements["kind"].astype(str)) == {"invoice", "receipt"}


@pytest.mark.parametrize("openings", [DETAILED, LUMP], ids=["detailed", "lump"])
def test_a_missing_year_leaves_its_openings_to_say_what_is_owed(tmp_path: Path, openings: tuple[Lines, Lines]) -> None:
    intake = load(tmp_path, {"123456789FEC20231231.txt": FIRST, "123456789FEC20251231.txt": [*openings[1], *THIRD]})
    assert balances(intake) == BALANCE
    assert found(intake, "year_missing") == [("serious", 2, 50000)]
    assert intake.intake.set_index("file")["rows_loaded"].to_dict() == {
        "123456789FEC20231231.txt": 0, "123456789FEC20251231.txt": len(openings[1]) - 1 + 2}


def test_a_year_ending_on_its_last_day_is_not_taken_for_the_one_before_the_missing_year(tmp_path: Path) -> None:
    """From 31 December 2022 to 1 January 2024 there are 366 days: 2023 is missing."""
    intake = load(tmp_path, {"123456789FEC20221231.txt": invoice("20221231", "C1", "F1", 80),
                             "123456789FEC20241231.txt": [*opening("20240101", ("C1", "", 30, "")),
                                                          *invoice("20240615", "C1", "F2", 10)]})
    assert balances(intake) == {"C1": 4000}
    assert len(found(intake, "year_missing")) == 1


def test_a_year_without_a_customer_is_not_missing(tmp_path: Path) -> None:
    carried = opening("20250101", ("C1", "", 200, ""), ("C2", "", 300, ""))
    intake = load(tmp_path, {"123456789FEC20231231.txt": FIRST,
                             "123456789FEC20251231.txt": [*carried, *invoice("20250601", "C1", "F9", 10)]})
    assert balances(intake) == {"C1": 21000, "C2": 30000}
    assert not found(intake, "year_missing")


def test_an_opening_that_differs_is_said_with_its_amount(tmp_path: Path) -> None:
    intake = load(tmp_path, {"123456789FEC20241231.txt": [*LUMP[0], *SECOND],
                             "123456789FEC20251231.txt": [*opening("20250101", ("C2", "", 690, "")), *THIRD]})
    assert found(intake, "opening_differs") == [("serious", 1, -1000)]


def test_two_companies_are_read_apart_and_said(tmp_path: Path) -> None:
    """The second company's opening is not the first's balance, and its C2 is another customer."""
    other = [[field.replace("Nom C2", "Boulangerie Martin") for field in fields]
             for fields in [*opening("20250101", ("C2", "", 50, "")), *invoice("20250303", "C2", "F5", 60)]]
    intake = load(tmp_path, {"123456789FEC20241231.txt": [*LUMP[0], *SECOND], "123456789FEC20251231.txt": [
        *LUMP[1], *THIRD], "987654321FEC20251231.txt": other})
    assert balances(intake) == {**BALANCE, "C2 (987654321)": 11000}
    assert found(intake, "several_entities") == [("serious", 8, 101000)]
    assert not found(intake, "opening_differs")


def test_one_row_in_the_books_of_two_companies_is_loaded_twice(tmp_path: Path) -> None:
    same = invoice("20250303", "C1", "F1", 60)
    intake = load(tmp_path, {"123456789FEC20251231.txt": same, "987654321FEC20251231.txt": [
        *same, *invoice("20250404", "C3", "F9", 5)]})
    assert balances(intake) == {"C1": 12000, "C3": 500}


@pytest.mark.parametrize(("account", "customer", "code"), [
    ("411000", "DUPONT", "DUPONT"), ("411DUPONT", "", "411DUPONT"), ("411000", "9DUPONT", "9DUPONT"),
    ("9DUPONT", "", "4119DUPONT")])
def test_the_customer_stands_in_either_account(tmp_path: Path, account: str, customer: str, code: str) -> None:
    intake = load(tmp_path, {"123456789FEC20251231.txt": [
        *invoice("20250303", customer, "F1", 60, account), *payment("20250404", customer, "V1", 20, account)]})
    assert balances(intake) == {code: 4000}
    assert intake.movements["kind"].astype(str).tolist() == ["invoice", "receipt"]


def test_receivables_outside_411_enter_by_the_perimeter_and_are_missed_in_words_without(tmp_path: Path) -> None:
    books = {"123456789FEC20251231.txt": [*invoice("20250303", "G1", "F1", 60, "453000"),
                                          *payment("20250404", "G1", "V1", 20, "453000")]}
    assert balances(load(tmp_path, books, perimeter=("411", "453"))) == {"G1": 4000}
    with pytest.raises(BadInputError, match=r"method\.perimeter"):
        load(tmp_path, books)


def test_odd_lines_and_entries_are_said_with_their_amounts(tmp_path: Path) -> None:
    nil = [line("VE", "20250305", "411000", "C9", "F9", 0), line("VE", "20250305", "707000", "", "F9", 0)]
    both = invoice("20250306", "C9", "F10", 60)
    both[0][11:13] = ["100,00", "40,00"]
    short = [line("VE", "20250307", "411000", "C9", "F11", 120), line("VE", "20250307", "707000", "", "F11", -100)]
    intake = load(tmp_path, {"123456789FEC20251231.txt": [*THIRD, *invoice("20250308", "C9", "F12", 5), *nil, *both,
                                                          *short]})
    assert balances(intake)["C9"] == 18500
    assert found(intake, "lines_without_amount") == [("info", 1, 0)]
    assert found(intake, "both_sides_filled") == [("warning", 1, 6000)]
    assert found(intake, "entries_unbalanced") == [("serious", 1, 2000)]


def test_balanced_books_say_nothing_of_their_entries(tmp_path: Path) -> None:
    intake = load(tmp_path, {"123456789FEC20251231.txt": THIRD})
    assert not found(intake, "entries_unbalanced")


EXTRA = {"CodeEtablissement": "01", "DateRglt": "20250301", "ModeRglt": "VIR", "NatOp": "1", "IdClient": "Z9"}


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("extra", [["CodeEtablissement"], ["DateRglt", "ModeRglt", "NatOp", "IdClient"], list(EXTRA)])
def test_columns_after_the_eighteenth(tmp_path: Path, extra: list[str], filled: bool) -> None:
    more = [EXTRA[name] if filled else "" for name in extra]
    check(write(tmp_path / "x.txt", "\t", header=[*HEADER, *extra], rows=[[*row, *more] for row in records()]))


@pytest.mark.parametrize(("on_header", "on_rows"), [(True, True), (True, False), (False, True)])
def test_a_separator_at_the_end_of_lines(tmp_path: Path, on_header: bool, on_rows: bool) -> None:
    header = [*HEADER, ""] if on_header else HEADER
    check(write(tmp_path / "x.txt", "|", header=header, rows=[[*row, ""] if on_rows else row for row in records()]))


SPELLED = ["Code journal", "Libellé journal", "N° écriture", "Date écriture", "N° compte", "Libellé compte",
           "N° compte auxiliaire", "Libellé auxiliaire", "Réf pièce", "Date pièce", "Libellé écriture", "Débit",
           "Crédit", "Lettrage", "Date lettrage", "Date validation", "Montant devise", "Devise"]
PARTED = ["Journal_Code", "Journal_Lib", "Ecriture_Num", "Ecriture_Date", "Compte_Num", "Compte_Lib", "Comp_Aux_Num",
          "Comp_Aux_Lib", "Piece_Ref", "Piece_Date", "Ecriture_Lib", "Debit", "Credit", "Ecriture_Let", "Date_Let",
          "Valid_Date", "Montant_Devise", "Idevise"]


@pytest.mark.parametrize("header", [
    [name.lower() for name in HEADER], [name.upper() for name in HEADER], [f" {name} " for name in HEADER], SPELLED,
    PARTED])
def test_headers_in_other_cases_and_spellings(tmp_path: Path, header: list[str]) -> None:
    check(write(tmp_path / "x.txt", "\t", header=header))


@pytest.mark.parametrize("form", ["{y}-{m}-{d}", "{y}-{m}-{d} 00:00:00", "{d}/{m}/{y}", "{d}{m}{y}", "{d}.{m}.{y}"])
def test_dates_in_other_forms(tmp_path: Path, form: str) -> None:
    rows = records()
    for row in rows:
        for place in (3, 9):
            row[place] = form.format(y=row[place][:4], m=row[place][4:6], d=row[place][6:])
    check(write(tmp_path / "x.txt", "\t", rows=rows))


@pytest.mark.parametrize("form", ["+{}", "{:0>13}", "{:>15}", "{}+", " {} "])
def test_amounts_in_other_forms(tmp_path: Path, form: str) -> None:
    rows = [[*row[:11], form.format(row[11]), form.format(row[12]), *row[13:]] for row in records()]
    check(write(tmp_path / "x.txt", "\t", rows=rows))


@pytest.mark.parametrize(("debit", "credit"), [("D", "C"), ("+1", "-1"), ("1", "-1"), (" d ", "c"), ("Débit", "Crédit"),
                                               ("0", "1")])
@pytest.mark.parametrize("is_signed", [False, True])
def test_amount_and_sense_in_all_spellings(tmp_path: Path, debit: str, credit: str, is_signed: bool) -> None:
    header = [{"Debit": "Montant", "Credit": "Sens"}.get(name, name) for name in HEADER]
    rows = []
    for row in records():
        is_debit = row[11] != "0,00"
        amount = row[11] if is_debit else ("-" if is_signed else "") + row[12]
        rows.append([*row[:11], amount, debit if is_debit else credit, *row[13:]])
    check(write(tmp_path / "x.txt", "\t", header=header, rows=rows))


@pytest.mark.parametrize("newline", [b"\n", b"\r", b"\r\n"])
def test_line_ends(tmp_path: Path, newline: bytes) -> None:
    path = write(tmp_path / "x.txt", "\t")
    path.write_bytes(path.read_bytes().replace(b"\r\n", newline))
    check(path)
