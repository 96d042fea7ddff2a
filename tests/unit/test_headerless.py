"""Files without a row of column names: roles by content, with a finding that says so."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from auditlib.errors import BadInputError
from auditlib.loaders.source import Source, read_sources
from tests.odd_files import french

Line = list[str]


def ledger() -> list[Line]:
    """Return a Sage general ledger's lines: three customers, each fourth line a receipt of the three before it."""
    lines = []
    for customer in ("411DUPRE", "411MARTIN", "411ECOLE"):
        running = 0.0
        for number in range(16):
            is_receipt = number % 4 == 3
            amount = 300.0 + 3 * number - 6 if is_receipt else 100.0 + number
            running += -amount if is_receipt else amount
            lines.append(
                [
                    customer,
                    f"{number + 1:02d}0325",
                    "BQ" if is_receipt else "VE",
                    f"{'R' if is_receipt else 'F'}{number:05d}",
                    "Virement reçu ce jour" if is_receipt else f"Facture n° {number}",
                    "AA" if number < 4 else "",
                    "" if is_receipt else french(amount),
                    french(amount) if is_receipt else "",
                    french(running),
                ]
            )
    return lines


def read_one(folder: Path, lines: list[Line], *, separator: str = "\t", **mapping: object) -> Source:
    path = folder / "export.txt"
    path.write_bytes("\r\n".join([*map(separator.join, lines), ""]).encode("iso8859-1"))
    (source,) = read_sources(path, mapping={"export.txt": dict(mapping)})
    assert len(source.table) + source.skipped["count"].sum() == source.rows_read
    return source


def test_a_sage_general_ledger_text(tmp_path: Path) -> None:
    source = read_one(tmp_path, ledger())
    table = source.table
    assert source.kind == "customer_ledger"
    assert table["source_row"].tolist() == list(range(1, 49))
    assert table["customer_id"].unique().tolist() == ["411DUPRE", "411MARTIN", "411ECOLE"]
    assert table["posting_date"].iloc[2].strftime("%Y-%m-%d") == "2025-03-03"
    # each customer: 100..102, 104..106, 108..110, 112..114 in; 303, 315, 327, 339 out
    assert table["debit_cents"].sum() == 3 * 128_400
    assert table["credit_cents"].sum() == 3 * 128_400
    assert (table["matching_code"] != "").sum() == 12
    assert table["journal"].unique().tolist() == ["VE", "BQ"]
    assert {column.how for column in source.columns} == {"content"}
    assert max(column.confidence for column in source.columns) <= source.confidence == 0.9
    found = source.findings.set_index("finding")["sentence"]
    assert "colonne 7" in found["columns_by_content"] and "90\u00a0%" in found["columns_by_content"]


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_columns_does_not_matter(tmp_path: Path, seed: int) -> None:
    order = list(range(9))
    random.Random(seed).shuffle(order)
    table = read_one(tmp_path, [[line[place] for place in order] for line in ledger()]).table
    assert table["debit_cents"].sum() == 3 * 128_400
    assert table["customer_id"].nunique() == 3
    assert set(table["journal"]) == {"VE", "BQ"}


def test_a_running_balance_tells_credit_printed_first(tmp_path: Path) -> None:
    lines = [[*line[:6], line[7], line[6], line[8]] for line in ledger()]
    table = read_one(tmp_path, lines).table
    assert table.loc[table["journal"] == "VE", "credit_cents"].sum() == 0


def test_open_items_with_a_due_date_and_names(tmp_path: Path) -> None:
    lines = [
        [
            f"C{n % 3:03d}",
            ("Dupré SA", "Martin & Fils", "École")[n % 3],
            f"F{n:04d}",
            f"{n:02d}/01/2025",
            f"{n:02d}/02/2025",
            french(100.0 + n),
        ]
        for n in range(1, 20)
    ]
    source = read_one(tmp_path, lines, separator=";")
    assert source.table["customer_id"].nunique() == 3
    assert set(source.table["customer_name"]) == {"Dupré SA", "Martin & Fils", "École"}
    assert source.table["document_ref"].iloc[0] == "F0001"
    assert (source.table["due_date"] - source.table["posting_date"]).dt.days.between(28, 31).all()


def test_unclear_roles_are_asked_for_by_number(tmp_path: Path) -> None:
    lines = [[str(number * 7), str(number), french(number + 0.5)] for number in range(1, 30)]
    with pytest.raises(BadInputError, match="by number, such as columns") as caught:
        read_one(tmp_path, lines, separator=";")
    assert "\n" not in str(caught.value)


def swap(line: Line) -> Line:
    return [line[0], line[1], line[6] or f"-{line[7]}", "x"]


@pytest.mark.parametrize("change", [swap])
def test_columns_named_by_number(tmp_path: Path, change: Callable[[Line], Line]) -> None:
    source = read_one(
        tmp_path,
        [change(line) for line in ledger()],
        columns={"customer_id": 1, "posting_date": 2, "amount": 3},
        kind="customer_ledger",
    )
    assert source.table["amount_cents"].sum() == 0
    assert source.table["customer_id"].nunique() == 3
    assert len(source.table) == 48
