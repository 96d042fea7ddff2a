"""Text without separators: exchange files of fixed positions, and columns aligned by spaces.

The sale of every file: F0001 of 1 200.00 on 31/01/2025, due 28/02/2025, with its two other sides; its receipt of
28/02/2025; and where there is a second customer, a credit note of 50.00.
"""

from pathlib import Path

import pytest

from auditlib.loaders.aligned_text import find_gutters
from auditlib.loaders.source import Source, read_sources
from tests import odd_files


def read_one(path: Path) -> Source:
    (source,) = read_sources(path)
    assert len(source.table) + source.skipped["count"].sum() == source.rows_read
    return source


def saved(folder: Path, lines: list[str], encoding: str = "cp1252") -> Path:
    path = folder / "export.txt"
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def days(source: Source, column: str) -> list[str]:
    return source.table[column].dt.strftime("%Y-%m-%d").fillna("").tolist()  # type: ignore[no-any-return]


def balance(source: Source) -> list[int]:
    table = source.table
    sides = table["amount_cents"] if "amount_cents" in table else table["debit_cents"] - table["credit_cents"]
    return sides.tolist()


def test_quadra_movements(tmp_path: Path) -> None:
    path = tmp_path / "QUADRA.TXT"
    path.write_bytes(odd_files.quadra())
    source = read_one(path)
    assert source.table["source_row"].tolist() == [3, 7, 9]
    assert source.table["customer_id"].tolist() == ["9DUPRE", "9DUPRE", "9MARTIN"]
    assert source.table["customer_name"].tolist() == ["Dupré SA", "Dupré SA", ""]
    assert balance(source) == [120_000, -120_000, -5_000]
    assert days(source, "posting_date") == ["2025-01-31", "2025-02-28", "2025-01-31"]
    assert days(source, "due_date") == ["2025-02-28", "", ""]
    assert source.table["matching_code"].tolist() == ["AA", "AA", ""]
    assert source.table["document_ref"].tolist() == ["F0001", "R0001", "A0002"]
    assert {"accounts_renamed", "fixed_positions"} <= set(source.findings["finding"])
    # the analytical split repeats an amount: it stands aside, with the two accounts
    assert source.skipped.loc[source.skipped["class"] == "unused", "source_row"].tolist() == [1, 2, 5]
    assert len(source.entries) == 7 or source.skipped["class"].eq("other_account").sum() == 5


def test_quadra_accounts_of_the_general_chart_keep_their_numbers(tmp_path: Path) -> None:
    lines = odd_files.quadra().decode("iso8859-15").replace("9DUPRE ", "411DUPR").replace("9MARTIN", "411MART")
    source = read_one(saved(tmp_path, lines.split("\r\n")[:-1], "iso8859-15"))
    assert source.table["customer_id"].tolist() == ["411DUPR", "411DUPR", "411MART"]
    assert "accounts_renamed" not in set(source.findings["finding"])


def test_quadra_due_dates_on_lines_of_their_own(tmp_path: Path) -> None:
    lines = [
        odd_files.quadra_line("411C1", "VE", "310125", "Facture", "D", 100, piece="F1"),
        "R280225+000000000100LC",
        odd_files.quadra_line("411C2", "VE", "310125", "Facture", "D", 200, piece="F2"),
        "R280225+000000000100LC",
        "R310325+000000000100LC",
        odd_files.quadra_line("411C3", "VE", "310125", "Facture", "D", 300, due="300425", piece="F3"),
    ]
    source = read_one(saved(tmp_path, lines))
    assert days(source, "due_date") == ["2025-02-28", "", "2025-04-30"]
    found = source.findings.set_index("finding")["sentence"]
    assert "1 écritures ont plusieurs échéances" in found["several_due_dates"]


def test_a_year_of_two_digits_may_be_of_the_last_century(tmp_path: Path) -> None:
    lines = [
        odd_files.quadra_line("411C1", "VE", f"3112{year:02d}", "Facture", "D", 100, piece="F1") for year in (99, 0, 25)
    ]
    assert days(read_one(saved(tmp_path, lines)), "posting_date") == ["1999-12-31", "2000-12-31", "2025-12-31"]


def tra_line(account: str, customer: str, words: str, side: str, amount: str, *, due: str = "", kind: str = "") -> str:
    """Return a movement of a TRA file: field by field, with the widths of the published standard form."""
    kind = kind or ("X" if customer else " ")
    return (
        f"{'VTE':<3}31012025FC{account:<17}{kind}{customer:<17}{'F0001':<35}{words:<35}VIR{due:<8}{side}{amount:>20}N"
        f"{7:>8}EUR{'1':>10}E--{'':<40}001A100"
    )


def test_cegid_tra(tmp_path: Path) -> None:
    lines = [
        f"{'***S5EXPJRLETE':<222}",
        "***CAEC001     Dupré",
        tra_line("41100000", "CDUPRE", "Facturé", "D", "1200,00", due="28022025"),
        tra_line("70700000", "", "Facturé", "C", "1000,00"),
        tra_line("70700000", "A1", "Facturé", "C", "1000,00", kind="A"),
        tra_line("44571000", "", "Facturé", "C", "200,00"),
    ]
    assert len(lines[2]) == 222
    source = read_one(saved(tmp_path, lines))
    assert source.table["source_row"].tolist() == [3]
    assert source.table["customer_id"].tolist() == ["CDUPRE"]
    assert source.table["label"].tolist() == ["Facturé"]
    assert balance(source) == [120_000]
    assert days(source, "due_date") == ["2025-02-28"]
    assert source.entries["credit_cents"].tolist() == [0, 100_000, 20_000]


def test_ciel_ximport(tmp_path: Path) -> None:
    def line(due: str, account: str, amount: str, side: str, name: str) -> str:
        return (
            f"{1:<5}VE20250131{due:<8}{'F0001':<12}{account:<11}{'Facture 1':<25}{amount:>13}{side}{'':<18}"
            f"{name:<34}O2003"
        )

    lines = [
        line("20250228", "411DUPRE", "1200.00", "D", "Dupré SA"),
        line("", "707000", "1000.00", "C", "Ventes"),
        line("", "445710", "200.00", "C", "TVA"),
    ]
    source = read_one(saved(tmp_path, lines))
    assert source.table[["customer_id", "customer_name"]].to_numpy().tolist() == [["411DUPRE", "Dupré SA"]]
    assert balance(source) == [120_000]
    assert (days(source, "posting_date"), days(source, "due_date")) == (["2025-01-31"], ["2025-02-28"])


def test_sage_pnm(tmp_path: Path) -> None:
    def line(account: str, customer: str, side: str, amount: str, due: str = "") -> str:
        return (
            f"{'VTE':<3}310125FC{account:<13}{'X' if customer else ' '}{customer:<13}{'F0001':<13}{'Facture 1':<25}V"
            f"{due:<6}{side}{amount:>20}N{12:>7}{'':<26}"
        )

    lines = [f"{'ACME SAS':<30}", line("411000", "DUPRE", "D", "1200.00", "280225"), line("707000", "", "C", "1200.00")]
    assert {len(text) for text in lines[1:]} == {138}
    source = read_one(saved(tmp_path, lines))
    assert source.table["customer_id"].tolist() == ["DUPRE"]
    assert balance(source) == [120_000]
    assert days(source, "due_date") == ["2025-02-28"]


def test_aligned_columns_under_a_header(tmp_path: Path) -> None:
    path = tmp_path / "edition.prn"
    path.write_bytes(odd_files.aligned())
    source = read_one(path)
    assert len(source.table) == 8
    assert source.table["source_row"].tolist() == list(range(5, 13))
    assert source.table["label"].tolist()[:3] == ["Facture du mois", "Facture du mois", "Virement reçu"]
    # 1 001.50 + 1 002.50 + 1 004.50 + 1 005.50 + 1 007.50 + 1 008.50, less 903.50 + 906.50
    assert sum(balance(source)) == 603_000 - 181_000
    assert str(source.title.as_of_date) == "2025-12-31"
    assert "aligned_columns" in set(source.findings["finding"])


def test_aligned_columns_without_any_header(tmp_path: Path) -> None:
    lines = odd_files.aligned().decode("cp850").split("\r\n")[4:-1]
    source = read_one(saved(tmp_path, lines, "cp850"))
    assert sum(balance(source)) == 603_000 - 181_000
    assert {"aligned_columns", "columns_by_content"} <= set(source.findings["finding"])


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Bonjour Madame,",
            "veuillez trouver ci-joint notre balance au 31/12/2025.",
            "Le solde est de 1 200,00 euros.",
        ],
        ["a b c"] * 30,
    ],
)
def test_a_letter_has_no_columns(lines: list[str]) -> None:
    assert find_gutters(lines) == []


def test_one_space_is_a_gutter_beside_codes_dates_and_amounts_only() -> None:
    lines = [f"C{n:03d} {n:02d}/01/2025 Facture client {n * 10 + 0.5:8.2f}" for n in range(1, 31)]
    starts = [0, *find_gutters(lines)]
    assert [lines[4][start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)] == [
        "C005",
        "05/01/2025",
        "Facture client",
        "50.50",
    ]


def printed_page(number: int) -> list[str]:
    return [
        f"ACMÉ SAS                        GRAND LIVRE AUXILIAIRE                     Page {number}",
        "Période du 01/01/2025 au 31/12/2025                         Edité le 05/01/2026",
        "-" * 96,
        "Date       Jnl Pièce    Libellé                     Let       Débit      Crédit        Solde",
        "-" * 96,
    ]


def printed_line(day: int, journal: str, words: str, code: str, amounts: tuple[str, str, str]) -> str:
    debit, credit, running = amounts
    return f"{day:02d}/03/25   {journal}  F{day:04d}    {words:<27} {code:<3} {debit:>10}  {credit:>10}  {running:>11}"


def test_a_ledger_printed_to_text_page_by_page(tmp_path: Path) -> None:
    """Two customers of twelve lines: 1 001.00 to 1 012.00, every third a receipt of half of it.

    Invoices 1001, 1002, 1004, 1005, 1007, 1008, 1010, 1011 = 8 048; receipts (1003 + 1006 + 1009 + 1012) / 2 = 2 015.
    """
    lines = []
    for customer in ("411DUP  Dupré SA", "411MAR  Martin & Fils"):
        lines += [*printed_page(1), f"Compte : {customer}"]
        running = 0.0
        for day in range(1, 13):
            amount = 1000.0 + day if day % 3 else -(1000.0 + day) / 2
            running += amount
            sides = (odd_files.french(amount), "") if amount > 0 else ("", odd_files.french(-amount))
            words, journal = (f"Facture n° {day}", "VE") if amount > 0 else ("Virement reçu", "BQ")
            lines.append(printed_line(day, journal, words, "A" if day < 3 else "", (*sides, odd_files.french(running))))
            if day == 6:
                lines += [
                    f"{'A reporter':>50}{odd_files.french(running):>43}",
                    "\f",
                    *printed_page(2),
                    f"{'Report':>50}{odd_files.french(running):>43}",
                ]
        lines += [f"{'':<25}{'Total du compte':<31} {'8 048,00':>10}  {'2 015,00':>10}  {'6 033,00':>11}", ""]
    source = read_one(saved(tmp_path, lines, "cp850"))
    assert source.table.groupby("customer_id")[["debit_cents", "credit_cents"]].sum().to_numpy().tolist() == [
        [804_800, 201_500],
        [804_800, 201_500],
    ]
    assert set(source.table["journal"]) == {"VE", "BQ"}
    assert source.skipped["class"].value_counts()["carried_forward"] == 4
    assert source.printed_totals.query("`class` == 'subtotal'")["debit_cents"].tolist() == [804_800, 804_800]


def test_an_amount_wider_than_its_column_is_never_cut(tmp_path: Path) -> None:
    lines = [
        f"411C{n:02d}  {n % 28 + 1:02d}/01/2025  F{n:04d}  {odd_files.french(n * 10 + 0.5):>10}" for n in range(1, 90)
    ]
    lines[50] = "411C51  24/01/2025  F0051 1 234 567,00"
    source = read_one(saved(tmp_path, ["Compte  Date        Pièce    Reste dû", *lines]))
    amounts = dict(zip(source.table["source_row"], source.table["open_amount_cents"], strict=True))
    # 10 times the sum of 1 to 89 less 51, and half a euro each
    assert sum(cents for row, cents in amounts.items() if row != 52) == 100 * 10 * (89 * 90 // 2 - 51) + 50 * 88
    assert amounts.get(52, 123_456_700) == 123_456_700
    assert 52 in amounts or 52 in set(source.skipped.loc[source.skipped["class"] == "rejected", "source_row"])


def test_a_space_in_the_thousands_of_all_amounts_is_no_gutter(tmp_path: Path) -> None:
    lines = [f"411C{n % 3} {n:02d}/01/2025 {odd_files.french(12_000.0 + n)}" for n in range(1, 26)]
    source = read_one(saved(tmp_path, lines))
    # 25 times 12 000, and 1 to 25
    assert source.table["amount_cents"].sum() == 100 * (300_000 + 325)
