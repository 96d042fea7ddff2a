"""Layouts real programs print, rebuilt small: what is read must be every item, and nothing else."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from auditlib.errors import BadInputError
from auditlib.loaders.source import Source, read_sources
from auditlib.loaders.title_block import read_title

DAY = dt.datetime


def workbook(path: Path, rows: Sequence[Sequence[object]], *, name: str = "Feuil1") -> Path:
    """Write rows as they are into a one-sheet workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def text(path: Path, lines: Sequence[str], *, encoding: str = "cp1252") -> Path:
    """Write lines into a text file."""
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def read_one(path: Path, **choices: object) -> Source:
    """Read a file of one sheet, and check that no row of it is lost."""
    mapping = {path.name: dict(choices)} if choices else {}
    (source,) = read_sources(path, mapping=mapping)
    assert source.rows_read == len(source.table) + source.skipped["count"].sum()
    return source


def classes(source: Source) -> dict[str, int]:
    """Count skipped rows by class."""
    return {str(name): int(count) for name, count in source.skipped.groupby("class")["count"].sum().items()}


SAGE_HEADER = (
    "Date",
    None,
    "C.j",
    "N° pièce",
    None,
    "Libellé écriture",
    None,
    "Lettr.",
    "Mouvement débit",
    None,
    "Mouvement crédit",
    None,
    "Solde progressif",
)


def sage_item(
    day: DAY, journal: str, piece: str, label: str, code: str, debit: float | None, credit: float | None
) -> tuple[object, ...]:
    """Print an item as the merged cells do: debit and credit one column right of their headers."""
    return (day, None, journal, piece, None, label, None, code, None, debit, None, credit, 0)


def sage_rows() -> list[tuple[object, ...]]:
    """Two customers over two pages: 1 200.00 + 800.50 − 1 200.00 = 800.50, and 99.99."""
    page = [
        ("MON ENTREPRISE SAS",),
        ("Grand-livre des tiers",),
        ("Période du", None, "01/01/2025", None, "au", None, "31/12/2025"),
        (),
    ]
    return [
        *page,
        SAGE_HEADER,
        ("411DUPONT", None, None, "DUPONT SA"),
        sage_item(DAY(2025, 1, 15), "VE", "FA001", "FAC/FA001 Dupont", "A", 1200, None),
        sage_item(DAY(2025, 2, 3), "VE", "FA002", "FAC/FA002 Dupont", "", 800.5, None),
        ("À reporter", None, None, None, None, None, None, None, None, 2000.5, None, None, 2000.5),
        ("© Sage", None, None, None, None, None, None, None, None, None, None, "Page 1/2"),
        *page,
        SAGE_HEADER,
        ("Report", None, None, None, None, None, None, None, None, 2000.5, None, None, 2000.5),
        ("411DUPONT", None, None, "DUPONT SA (suite)"),
        sage_item(DAY(2025, 2, 20), "BQ", "VIR12", "Virement Dupont", "A", None, 1200),
        ("Total du tiers", None, None, None, None, None, None, None, None, 2000.5, None, 1200, 800.5),
        ("411MARTIN", None, None, "MARTIN & FILS"),
        sage_item(DAY(2025, 3, 1), "VE", "FA003", "FAC/FA003 Martin", "", 99.99, None),
        ("Total du tiers", None, None, None, None, None, None, None, None, 99.99, None, None, 99.99),
        ("Total général", None, None, None, None, None, None, None, None, 2100.49, None, 1200, 900.49),
        ("© Sage", None, None, None, None, None, None, None, None, None, None, "Page 2/2"),
    ]


def test_grouped_ledger_with_pages_and_merged_cells(tmp_path: Path) -> None:
    source = read_one(workbook(tmp_path / "gl.xlsx", sage_rows()))
    assert source.kind == "customer_ledger"
    assert source.table["customer_id"].tolist() == ["411DUPONT"] * 3 + ["411MARTIN"]
    assert source.table["customer_name"].tolist() == ["DUPONT SA"] * 3 + ["MARTIN & FILS"]
    assert source.table["debit_cents"].tolist() == [120000, 80050, 0, 9999]
    assert source.table["credit_cents"].tolist() == [0, 0, 120000, 0]
    assert source.table["source_row"].tolist() == [7, 8, 18, 21]
    assert source.table["matching_code"].tolist() == ["A", "", "A", ""]
    assert (source.title.company, source.title.period_start, source.title.period_end) == (
        "MON ENTREPRISE SAS",
        dt.date(2025, 1, 1),
        dt.date(2025, 12, 31),
    )
    totals = source.printed_totals
    assert totals.loc[totals["class"] == "subtotal", "customer_id"].tolist() == ["411DUPONT", "411MARTIN"]
    assert totals.loc[totals["class"] == "total", "debit_cents"].tolist() == [210049]
    assert classes(source)["customer_header"] == 3
    assert "rejected" not in classes(source)


def test_grouped_ledger_as_text(tmp_path: Path) -> None:
    lines = [
        "Grand livre auxiliaire;;;;;",
        "Arrêté au 31/12/2025;;;;;",
        "",
        "Date;Journal;Pièce;Libellé;Débit;Crédit",
        "Compte : 411D  DUPONT SA;;;;;",
        "05/01/2025;VE;F1;Facture;1 234,56;",
        "31/01/2025;BQ;;Virement;;1 000,00",
        "Total compte 411D;;;;1 234,56;1 000,00",
        "Compte : 411E  ÉTÉ & CIE;;;;;",
        "Report à nouveau;;;;50,00;",
        "Total compte 411E;;;;50,00;",
        "Total général;;;;1 284,56;1 000,00",
    ]
    source = read_one(text(tmp_path / "gl.csv", lines))
    assert source.kind == "customer_ledger"
    assert source.table["customer_id"].tolist() == ["411D", "411D", "411E"]
    assert source.table["customer_name"].tolist()[-1] == "ÉTÉ & CIE"
    assert int((source.table["debit_cents"] - source.table["credit_cents"]).sum()) == 28456  # 1 234.56 - 1 000 + 50
    assert source.title.as_of_date == dt.date(2025, 12, 31)
    assert source.table["posting_date"].iloc[-1] == pd.Timestamp(2025, 1, 5)  # no period printed: the first day met


FBL5N = [
    (
        [
            "Account",
            "Document Number",
            "Document Type",
            "Document Date",
            "Posting Date",
            "Net due date",
            "Arrears after net due date",
            "Amount in local currency",
            "Local currency",
            "Clearing Document",
            "Text",
        ]
    ),
    (
        [
            "Compte",
            "Numéro de pièce",
            "Type de pièce",
            "Date pièce",
            "Date comptable",
            "Echéance nette",
            "Retard",
            "Montant en devise interne",
            "Devise interne",
            "Pièce rapprochement",
            "Texte",
        ]
    ),
]


@pytest.mark.parametrize("header", FBL5N, ids=["en", "fr"])
def test_sap_line_items(tmp_path: Path, header: list[str]) -> None:
    rows = [
        header,
        [
            "0000100234",
            "1800000012",
            "RV",
            "15.01.2025",
            "16.01.2025",
            "14.02.2025",
            "45",
            "1.234,56",
            "EUR",
            "",
            "Invoice",
        ],
        ["0000100234", "1400000003", "DZ", "20.02.2025", "20.02.2025", "20.02.2025", "39", "234,56-", "EUR", "", ""],
        ["0000100234", "", "", "", "", "", "", "1.000,00", "EUR", "", ""],
        ["0000100777", "1800000044", "RV", "01.03.2025", "01.03.2025", "31.03.2025", "0", "10,00", "EUR", "", ""],
        ["0000100777", "", "", "", "", "", "", "10,00", "EUR", "", ""],
        ["", "", "", "", "", "", "", "1.010,00", "EUR", "", ""],
    ]
    source = read_one(workbook(tmp_path / "fbl5n.xlsx", rows))
    assert source.kind == "open_items"
    assert source.table["customer_id"].tolist() == ["0000100234", "0000100234", "0000100777"]
    assert source.table["amount_cents"].tolist() == [123456, -23456, 1000]
    assert source.table["due_date"].tolist() == [
        pd.Timestamp(2025, 2, 14),
        pd.Timestamp(2025, 2, 20),
        pd.Timestamp(2025, 3, 31),
    ]
    assert source.table["document_ref"].tolist() == ["1800000012", "1400000003", "1800000044"]
    assert source.table["currency"].unique().tolist() == ["EUR"]
    assert source.date_order == "day_first"


def test_xero_detail_names_the_customer_above_its_invoices(tmp_path: Path) -> None:
    rows = [
        ("Aged Receivables Detail",),
        ("Demo Company Ltd",),
        ("As at 31 March 2026",),
        ("Ageing by due date",),
        (
            "Contact Account Number",
            "Invoice Date",
            "Due Date",
            "Invoice Number",
            "Current",
            "< 1 Month",
            "1 Month",
            "Older",
            "Total",
        ),
        (),
        ("Acme Trading",),
        (None, DAY(2026, 1, 5), DAY(2026, 2, 4), "INV-1", 0, 0, 120.5, 0, 120.5),
        (None, DAY(2026, 3, 5), DAY(2026, 4, 4), "INV-2", 80, 0, 0, 0, 80),
        ("Total Acme Trading", None, None, None, 80, 0, 120.5, 0, 200.5),
        (),
        ("Bright Ltd",),
        (None, DAY(2025, 1, 1), DAY(2025, 1, 31), "INV-9", 0, 0, 0, 9.99, 9.99),
        ("Total Bright Ltd", None, None, None, 0, 0, 0, 9.99, 9.99),
        (),
        ("Total", None, None, None, 80, 0, 120.5, 9.99, 210.49),
        ("Percentage of total", None, None, None, 0.38, 0, 0.57, 0.05, 1),
    ]
    source = read_one(workbook(tmp_path / "xero.xlsx", rows))
    assert source.kind == "open_items"
    assert source.table["customer_name"].tolist() == ["Acme Trading", "Acme Trading", "Bright Ltd"]
    assert source.table["open_amount_cents"].tolist() == [12050, 8000, 999]
    assert source.title.as_of_date == dt.date(2026, 3, 31)
    assert source.title.basis == "due_date"


FLAT = [
    "Société Générale de Bois;;;;;;;",
    "Édité le 02/01/2026;;;;;;;",
    "",
    "Code client;Raison sociale;N° facture;Date facture;Date d'échéance;Débit;Crédit;Lettrage",
    "00012;Forêt & Fils;FA-1;05/11/2025;05/12/2025;1 200,00;;AA",
    "00012;Forêt & Fils;;20/12/2025;;;1 200,00;AA",
    "00345;L’Œuvre;FA-2;13/12/2025;12/01/2026;(3,10);;",
]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_flat_ledger_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    source = read_one(text(tmp_path / "grand livre.csv", FLAT, encoding=encoding))
    assert source.kind == "customer_ledger"
    assert source.table["customer_id"].tolist() == ["00012", "00012", "00345"]
    assert source.table["customer_name"].tolist()[-1] == "L’Œuvre"
    assert source.table["debit_cents"].tolist() == [120000, 0, -310]
    assert source.table["source_row"].tolist() == [5, 6, 7]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Date d'échéance", "Echéance"),
        ("Raison sociale", "Nom du client"),
        ("Lettrage", "Let."),
        ("Code client", "N° client"),
        ("Débit", "Mouvement débit"),
        ("N° facture", "Numéro de pièce"),
        ("Date facture", "Date écriture"),
        ("Lettrage", "Code letrage"),
    ],
)
def test_other_names_for_the_same_columns(tmp_path: Path, old: str, new: str) -> None:
    lines = [line.replace(old, new) for line in FLAT]
    source = read_one(text(tmp_path / "x.csv", lines))
    assert source.kind == "customer_ledger"
    assert source.table["debit_cents"].sum() - source.table["credit_cents"].sum() == -310
    assert {"due_date", "customer_id", "customer_name", "matching_code", "document_ref"} <= set(source.table)


def test_shuffled_columns_and_title_elsewhere(tmp_path: Path) -> None:
    order = [5, 2, 7, 0, 3, 6, 4, 1]
    lines = [
        "",
        "",
        *(";".join(line.split(";")[place] for place in order) for line in FLAT[3:]),
        "",
        "Fin de l'édition",
    ]
    source = read_one(text(tmp_path / "x.csv", lines))
    assert source.table["debit_cents"].tolist() == [120000, 0, -310]
    assert source.table["source_row"].tolist() == [4, 5, 6]


def test_one_row_is_a_body(tmp_path: Path) -> None:
    rows = [
        ("Client", "Facture", "Date", "Échéance", "Solde dû"),
        ("ACME SA", "F1", DAY(2025, 1, 31), DAY(2025, 3, 2), 10.5),
    ]
    source = read_one(workbook(tmp_path / "x.xlsx", rows))
    assert (source.kind, source.table["open_amount_cents"].tolist()) == ("open_items", [1050])
    assert source.table["customer_name"].tolist() == ["ACME SA"]


def test_open_amount_beside_original_and_settlement(tmp_path: Path) -> None:
    rows = [
        (
            "Customer No.",
            "Invoice No",
            "Invoice Date",
            "Due Date",
            "Invoice Amount",
            "Outstanding Amount",
            "Payment date",
        ),
        ("C1", "A", "2025-01-05", "2025-02-04", 100, 40, "2025-02-01"),
        ("C2", "B", "2025-01-06", "2025-02-05", 30, 30, None),
    ]
    source = read_one(workbook(tmp_path / "x.xlsx", rows))
    assert source.kind == "open_items"
    assert source.table["open_amount_cents"].tolist() == [4000, 3000]
    assert source.table["original_amount_cents"].tolist() == [10000, 3000]
    assert source.findings["finding"].tolist() == ["settlement_not_applied"]


@pytest.mark.parametrize(("filled", "kind"), [("03/02/2025", "invoice_list"), ("", "open_items")])
def test_settlement_dates_make_an_invoice_list(tmp_path: Path, filled: str, kind: str) -> None:
    lines = [
        "customer_id,invoice,invoice_date,due_date,amount,settled_date",
        f"1,A,13/01/2025,12/02/2025,10.00,{filled}",
        "2,B,14/01/2025,13/02/2025,20.00,",
    ]
    assert read_one(text(tmp_path / "x.csv", lines)).kind == kind


@pytest.mark.parametrize(
    ("days", "order", "evident"),
    [
        (("01/02/2025", "05/03/2025"), "day_first", False),
        (("01/02/2025", "13/03/2025"), "day_first", True),
        (("01/02/2025", "03/13/2025"), "month_first", True),
    ],
)
def test_order_of_day_and_month(tmp_path: Path, days: tuple[str, str], order: str, evident: bool) -> None:
    lines = ["Client;Facture;Date facture;Reste dû", f"A;1;{days[0]};1,00", f"B;2;{days[1]};2,00"]
    source = read_one(text(tmp_path / "x.csv", lines))
    assert (source.date_order, source.date_order_evident) == (order, evident)
    assert ("date_order_not_evident" in source.findings["finding"].tolist()) is not evident


def test_mapping_overrides_and_names_the_nearest(tmp_path: Path) -> None:
    path = text(tmp_path / "x.csv", ["Client;Facture;Date facture;Valeur A;Valeur B", "A;1;13/02/2025;1,00;7,00"])
    source = read_one(path, columns={"open_amount": "Valeur B"})
    assert source.table["open_amount_cents"].tolist() == [700]
    with pytest.raises(BadInputError, match="did you mean 'Valeur A'"):
        read_one(path, columns={"open_amount": "Valeur AA"})
    with pytest.raises(BadInputError, match="did you mean columns"):
        read_one(path, column={"open_amount": "Valeur A"})
    with pytest.raises(BadInputError, match="did you mean due_date"):
        read_one(path, columns={"due_dat": "Valeur A"})


def test_aged_balance_with_credits_and_printed_minus(tmp_path: Path) -> None:
    rows = [
        ("Balance âgée clients",),
        ("Arrêtée au :", DAY(2025, 12, 31)),
        (),
        ("Compte", "Intitulé", "Solde", "Non échu", "0 à 30", "31 à 60", "61 à 90", "+ de 90 j", "Avances"),
        ("411TOTAL", "TOTAL ENERGIES", 90, 50, 20, 0, 0, 30, -10),
        ("411B", "B SARL", 5.5, 0, 5.5, 0, 0, 0, 0),
        ("Total général", None, 95.5, 50, 25.5, 0, 0, 30, -10),
    ]
    source = read_one(workbook(tmp_path / "x.xlsx", rows))
    assert source.kind == "aged_balance"
    assert source.table["customer_id"].tolist() == ["411TOTAL", "411B"]
    assert source.table["total_cents"].tolist() == [9000, 550]
    assert [bucket.label for bucket in source.buckets] == [
        "not_due",
        "0-30",
        "31-60",
        "61-90",
        ">90",
        "unallocated_credits",
    ]
    assert source.title.as_of_date == dt.date(2025, 12, 31)
    minus = [tuple(-cell if isinstance(cell, (int, float)) else cell for cell in row) for row in rows]
    again = read_one(workbook(tmp_path / "minus.xlsx", minus))
    assert again.table["total_cents"].tolist() == [9000, 550]
    assert "sign_inverted" in again.findings["finding"].tolist()


def test_trial_balance_keeps_the_other_accounts_aside(tmp_path: Path) -> None:
    lines = [
        "Compte;Intitulé;Débit;Crédit;Solde débiteur;Solde créditeur",
        "411A;ALPHA;100,00;40,00;60,00;",
        "411B;BETA;10,00;30,00;;20,00",
        "419100;Avances;;5,00;;5,00",
        "512000;Banque;500,00;;500,00;",
    ]
    source = read_one(text(tmp_path / "balance.csv", lines))
    assert source.kind == "trial_balance"
    assert source.table["customer_id"].tolist() == ["411A", "411B"]
    assert source.table["total_cents"].tolist() == [6000, -2000]
    assert dict(zip(source.entries["account"], source.entries["credit_cents"], strict=True))["419100"] == 500


def test_amount_and_sense(tmp_path: Path) -> None:
    lines = ["Date;Compte tiers;Pièce;Montant;Sens", "31/01/2025;C1;F1;100,00;D", "15/02/2025;C1;R1;60,00;C"]
    source = read_one(text(tmp_path / "x.csv", lines))
    assert source.table["amount_cents"].tolist() == [10000, -6000]
    assert source.kind == "customer_ledger"


def test_formula_without_stored_result_is_rejected(tmp_path: Path) -> None:
    rows = [
        ("Client", "Facture", "Date facture", "Reste dû"),
        ("A", "1", DAY(2025, 1, 31), 5),
        ("B", "2", DAY(2025, 1, 31), "=2+3"),
    ]
    source = read_one(workbook(tmp_path / "x.xlsx", rows))
    assert source.skipped.loc[source.skipped["class"] == "rejected", "source_row"].tolist() == [3]
    assert "formula" in source.skipped.loc[source.skipped["class"] == "rejected", "reason"].iloc[0]


def test_unusable_sheet_beside_a_usable_one(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "x.xlsx", [("Client", "Facture", "Date facture", "Reste dû"), ("A", "1", DAY(2025, 1, 31), 5)]
    )
    book = openpyxl.load_workbook(path)
    book.create_sheet("Notes").append(["Bonjour, voici le fichier."])
    book.create_sheet("Vide")
    book.save(path)
    kinds = {source.sheet: source.kind for source in read_sources(path)}
    assert kinds == {"Feuil1": "open_items", "Notes": "unknown"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + b"\x00" * 40, "not a readable workbook"),
        (b"bonjour\nceci est une lettre\n", "separator"),
        (b"a;b;c\n1;2;3\n4;5;6\n", "header"),
        (b"Nom;Adresse;Ville\nA;B;C\nD;E;F\n", "date or an amount"),
        (b"<html><table></table>", "without a table"),
    ],
)
def test_bad_files_are_one_sentence(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadInputError, match=message) as caught:
        read_sources(path)
    assert "\n" not in str(caught.value)


def test_missing_file_and_empty_workbook(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no such file"):
        read_sources(tmp_path / "none.csv")
    with pytest.raises(BadInputError, match="every sheet is empty"):
        read_sources(workbook(tmp_path / "x.xlsx", []))


@pytest.mark.parametrize(("line", "day"), [
    ("Date de tirage : 05/01/2026", "2026-01-05"), ("Édité le 5 janvier 2026 | Page 1", "2026-01-05"),
    ("Printed on: | 2026-01-05", "2026-01-05"), ("Arrêté au 31/12/2025", "None"),
])
def test_the_day_a_file_was_printed_is_read_in_its_title(line: str, day: str) -> None:
    assert str(read_title([line]).printed_on) == day
