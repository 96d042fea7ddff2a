"""The files of the demo client, read back with plain tools and set against one another to the cent."""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import fastexcel
import pytest

from auditlib.demo import Truth, generate

Row = list[object]
PERIMETER = ("411", "413", "416")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    folder = tmp_path_factory.mktemp("documents")
    return folder, generate(folder)


@pytest.fixture(scope="module")
def folder(client: tuple[Path, Truth]) -> Path:
    return client[0]


@pytest.fixture(scope="module")
def truth(client: tuple[Path, Truth]) -> Truth:
    return client[1]


def sheet(path: Path) -> list[Row]:
    table = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_arrow()
    columns = [column.to_pylist() for column in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def cents(text: object) -> int:
    """Read an amount of a sheet or a text file; a float shown in full is rounded to the cent it stands for."""
    return int((Decimal(str(text).replace(",", ".")) * 100).to_integral_value()) if text not in (None, "") else 0


def tabbed(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="cp1252", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def fec(folder: Path) -> list[dict[str, str]]:
    return tabbed(next(folder.glob("*FEC20251231.txt")))


@pytest.fixture(scope="module")
def ledger(folder: Path) -> list[Row]:
    return sheet(folder / "Grand livre des tiers.xlsx")


def entries(ledger: list[Row]) -> Iterator[tuple[str, Row]]:
    """Give the ledger's entries with the customer whose block they stand in."""
    customer = ""
    for row in ledger:
        if row[2] is None and row[3] is not None and row[0] is not None:
            customer = str(row[0])
        elif row[2] is not None and row[2] != "N° compte":
            yield customer, row


def test_the_client_sends_six_files(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "999401177FEC20251231.txt", "Balance générale.txt", "Balance âgée.xlsx", "Fichier clients.xlsx",
        "Grand livre des tiers.xlsx", "Litiges.xlsx"]


def test_ledger_lines_and_running_balances(ledger: list[Row], truth: Truth) -> None:
    balance: dict[str, int] = defaultdict(int)
    count = 0
    for customer, row in entries(ledger):
        count += 1
        balance[customer] += cents(row[12]) - cents(row[14])
        assert balance[customer] == cents(row[16])
    assert count == len(truth.movements)
    assert sum(balance.values()) == truth.receivable()
    by_customer = truth.movements.groupby("customer_id", observed=True)["amount_cents"].sum()
    assert balance == {str(customer): int(amount) for customer, amount in by_customer.items()}


def test_ledger_pages_carry_their_sums_over(ledger: list[Row]) -> None:
    """Each "À reporter" is repeated as "Report" on the next page; "Total du tiers" sums its block."""
    debit = credit = carried = 0
    blocks = 0
    for row in ledger:
        if row[5] == "À reporter":
            carried += 1
            assert (cents(row[12]), cents(row[14])) == (debit, credit)
        elif row[5] in ("Report", "Total du tiers"):
            assert (cents(row[12]), cents(row[14]), cents(row[16])) == (debit, credit, debit - credit)
        elif row[2] is not None and row[2] != "N° compte":
            debit, credit = debit + cents(row[12]), credit + cents(row[14])
        if row[5] == "Total du tiers":
            blocks, debit, credit = blocks + 1, 0, 0
    assert carried > 400
    assert blocks > 380
    assert sum(row[2] == "N° compte" for row in ledger) > 450


def test_aged_balance_ties_to_the_ledger_by_customer(folder: Path, truth: Truth) -> None:
    rows = sheet(folder / "Balance âgée.xlsx")
    body = [row for row in rows[6:] if row[0] is not None]
    printed = {str(row[0]): cents(row[8]) for row in body}
    assert all(sum(cents(cell) for cell in row[2:8]) == cents(row[8]) for row in rows[6:])
    by_customer = truth.movements.groupby("customer_id", observed=True)["amount_cents"].sum()
    assert printed == {str(customer): int(by_customer[customer]) for customer in printed}
    assert cents(rows[-1][8]) == truth.receivable() == sum(printed.values())
    assert rows[-1][1] == "Total général"


def test_fec_balances_by_entry_and_ties_to_the_trial_balance(folder: Path, fec: list[dict[str, str]]) -> None:
    by_entry: dict[str, int] = defaultdict(int)
    by_account: dict[str, int] = defaultdict(int)
    for line in fec:
        amount = cents(line["Debit"]) - cents(line["Credit"])
        by_entry[line["EcritureNum"]] += amount
        by_account[line["CompteNum"]] += amount
    assert not any(by_entry.values())
    trial = {line["Compte"]: cents(line["Solde"]) for line in tabbed(folder / "Balance générale.txt")}
    assert trial == by_account
    assert sum(trial.values()) == 0


def test_three_sources_give_one_receivable(folder: Path, fec: list[dict[str, str]], truth: Truth) -> None:
    trial = tabbed(folder / "Balance générale.txt")
    assert sum(cents(line["Solde"]) for line in trial if line["Compte"].startswith(PERIMETER)) == truth.receivable()
    by_customer: dict[str, int] = defaultdict(int)
    for line in fec:
        if line["CompteNum"].startswith(PERIMETER):
            by_customer[line["CompAuxNum"]] += cents(line["Debit"]) - cents(line["Credit"])
    expected = truth.movements.groupby("customer_id", observed=True)["amount_cents"].sum()
    assert all(by_customer[customer] == amount for customer, amount in zip(expected.index, expected, strict=True))


def test_fec_has_the_legal_form(fec: list[dict[str, str]]) -> None:
    assert list(fec[0]) == [
        "JournalCode",
        "JournalLib",
        "EcritureNum",
        "EcritureDate",
        "CompteNum",
        "CompteLib",
        "CompAuxNum",
        "CompAuxLib",
        "PieceRef",
        "PieceDate",
        "EcritureLib",
        "Debit",
        "Credit",
        "EcritureLet",
        "DateLet",
        "ValidDate",
        "Montantdevise",
        "Idevise",
    ]
    opening = [line for line in fec if line["JournalCode"] == "AN" and line["CompteNum"].startswith(PERIMETER)]
    assert len({line["PieceDate"] for line in opening}) > 50  # item by item, with the original dates
    assert all(line["EcritureDate"][:4] == "2025" and line["CompteLib"] and line["PieceRef"] for line in fec)


def test_customer_file_and_disputes_name_what_the_ledger_holds(folder: Path, ledger: list[Row], truth: Truth) -> None:
    customers = sheet(folder / "Fichier clients.xlsx")
    codes = {row[0] for row in customers[1:]}
    assert {customer for customer, _ in entries(ledger)} <= codes
    assert len(codes) == 400
    pieces = {(customer, row[3]) for customer, row in entries(ledger)}
    disputes = sheet(folder / "Litiges.xlsx")[1:]
    assert len(disputes) > 100
    assert all((row[1], row[0]) in pieces for row in disputes)
    assert sum(row[14] is not None for row in customers[1:]) == len(truth.insolvencies)


def test_two_generations_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        generate(tmp_path / name, customers=40, invoices=300, months=14)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_flat_ledger_holds_the_same_lines(tmp_path: Path) -> None:
    truth = generate(
        tmp_path, customers=40, invoices=300, months=14, as_of_date=dt.date(2025, 6, 30), ledger_format="txt"
    )
    lines = tabbed(tmp_path / "Grand livre des tiers.txt")
    assert len(lines) == len(truth.movements)
    assert sum(cents(line["Débit"]) - cents(line["Crédit"]) for line in lines) == truth.receivable()
