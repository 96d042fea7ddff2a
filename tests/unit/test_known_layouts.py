"""A correction made once: kept with its comments, taken by next year's file, and by other clients as a profile."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook

from auditlib.errors import BadInputError
from auditlib.layout_profiles import load_profiles
from auditlib.loaders.cache import Cache
from auditlib.loaders.inspection import SourceReport, inspect_files
from auditlib.loaders.intake import load_documents
from auditlib.loaders.kept_sources import read_or_keep
from auditlib.parameters import load_parameters
from auditlib.run.sheet_choices import export_profile, save_choices, trial_of
from tests.project import write_client

LIST = """Liste au 30/06/2025;;;
Client;Pièce;Date;Solde;Montant TTC
Alpha;F1;10/01/2025;-1200,00;100,00
Bravo;F2;05/03/2025;600,00;50,00
"""
"""Open items whose credits come first: which of the two amounts is open is for the auditor to say."""
CHOICES = {"columns": {"open_amount": "Montant TTC"}, "ignored_columns": ["Solde"], "date_order": "day_first"}


@pytest.fixture
def alpha(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the parameters file of a client with one list, and comments of its own."""
    monkeypatch.setenv("AUDITLIB_HOME", str(tmp_path))
    return write_client(tmp_path, "alpha", LIST, extra="# the year's choices\nmethod: {buckets: [30, 60]}  # ours")


def report_of(client: str | Path) -> SourceReport:
    given = load_parameters(client)
    report, = inspect_files(given.document_paths(), mapping=given.mapping, profiles=given.profiles)
    return report


def corrected(alpha: Path, choices: Mapping[str, object] = CHOICES) -> None:
    given = trial_of(load_parameters(alpha), "grand_livre.csv")
    save_choices(alpha, "grand_livre.csv", given.keyed("grand_livre.csv", choices))


def rewritten(parameters: Path, name: str, text: str) -> None:
    """Replace a client's documents by one file."""
    folder = parameters.parents[1] / "documents" / parameters.stem
    for path in folder.iterdir():
        path.unlink()
    (folder / name).write_text(text, encoding="utf-8")


def test_a_correction_is_written_with_comments_and_order_kept(alpha: Path) -> None:
    before = alpha.read_text(encoding="utf-8").splitlines()
    corrected(alpha)
    after = alpha.read_text(encoding="utf-8").splitlines()
    assert after[:len(before)] == before
    assert after[len(before):len(before) + 3] == [
        "mapping:", "  grand_livre.csv:", "    columns: {open_amount: Montant TTC}"]
    assert report_of(alpha).balance == 150.0


def test_a_correction_taken_back_leaves_what_is_no_correction(alpha: Path) -> None:
    text = alpha.read_text(encoding="utf-8")
    alpha.write_text(text + "\nmapping:\n  grand_livre.csv:\n    as_of_date: 2025-06-30  # said on the phone\n"
                     "    sign: debit_negative\n", encoding="utf-8")
    save_choices(alpha, "grand_livre.csv", {})
    assert load_parameters(alpha).mapping == {"grand_livre.csv": {"as_of_date": dt.date(2025, 6, 30)}}
    assert "# said on the phone" in alpha.read_text(encoding="utf-8")


def test_next_year_s_file_takes_the_correction_by_its_header(alpha: Path) -> None:
    corrected(alpha)
    moved = LIST.replace("Liste au 30/06/2025;;;\n", "Société;Alpha\n\nÉtat;au 30/06/2026\n").replace("100,00", "70,00")
    rewritten(alpha, "liste 2026.csv", moved)
    report = report_of(alpha)
    assert (report.balance, report.profile) == (120.0, "mapping: grand_livre.csv")
    assert load_documents(load_parameters(alpha), as_of_date=dt.date(2026, 6, 30)).recognised[0]["balance"] == 120.0


def test_a_file_with_another_header_does_not(alpha: Path) -> None:
    corrected(alpha)
    rewritten(alpha, "liste 2026.csv", LIST.replace("Pièce", "Facture"))
    report = report_of(alpha)
    assert (report.balance, report.profile) == (-600.0, "")


def test_nor_does_one_that_is_another_kind_of_document(alpha: Path) -> None:
    corrected(alpha)
    text = alpha.read_text(encoding="utf-8").replace("found_as: open_items", "found_as: trial_balance")
    alpha.write_text(text, encoding="utf-8")
    rewritten(alpha, "liste 2026.csv", LIST)
    assert report_of(alpha).profile == ""


def test_a_header_that_was_pointed_at_is_found_again_lower_down(alpha: Path) -> None:
    body = "Alpha;F1;10/01/2025;100,00\nBravo;F2;05/03/2025;50,00\n"
    rewritten(alpha, "grand_livre.csv", f"Date;Total\nX;Y;Z;T\n{body}")
    choices = {"header_row": 2, "columns": {"customer_name": "X", "document_date": "Z", "open_amount": "T"},
               "kind": "open_items"}
    corrected(alpha, choices)
    assert report_of(alpha).balance == 150.0
    rewritten(alpha, "2026.csv", f"Date;Total\n\n\nX;Y;Z;T\n{body}")
    report = report_of(alpha)
    assert (report.header_row, report.balance) == (4, 150.0)


def test_a_sheet_of_a_workbook_passes_it_on_to_a_sheet_of_another_name(alpha: Path) -> None:
    folder = alpha.parents[1] / "documents" / "alpha"
    (folder / "grand_livre.csv").unlink()
    written(folder / "Postes 2025.xlsx", "Décembre 2025", 100)
    given = trial_of(load_parameters(alpha), "Postes 2025.xlsx")
    name = "Postes 2025.xlsx/Décembre 2025"
    save_choices(alpha, name, given.keyed(name, {"columns": {"open_amount": 6}, "ignored_columns": [5]}))
    assert report_of(alpha).balance == 150.0
    (folder / "Postes 2025.xlsx").unlink()
    written(folder / "Postes 2026.xlsx", "Décembre 2026", 70)
    report = report_of(alpha)
    assert (report.balance, report.profile, report.header_rows) == (120.0, f"mapping: {name}", (2, 3))


def written(path: Path, sheet: str, first: int) -> None:
    """Write open items under a header of two rows whose last two columns have one name."""
    book = Workbook()
    page = book.create_sheet(sheet, 0)
    for row in (["Postes ouverts"], ["Client", "", "Pièce", "Date", "Montants", ""],
                ["Code", "Nom", "", "", "Solde", "Solde"],
                ["C1", "Alpha", "F1", dt.date(2025, 1, 10), -1200, first],
                ["C2", "Bravo", "F2", dt.date(2025, 3, 5), 600, 50]):
        page.append(row)
    book.save(path)


def test_what_concerns_one_file_only_is_not_carried_over(alpha: Path) -> None:
    corrected(alpha, {"role": "unused"})
    assert load_parameters(alpha).mapping == {"grand_livre.csv": {"role": "unused"}}


def test_a_profile_serves_another_client_and_holds_no_data(alpha: Path) -> None:
    corrected(alpha)
    path = export_profile("alpha", "grand_livre.csv", name="liste-cegid")
    assert not any(word in path.read_text(encoding="utf-8") for word in ("Alpha", "Bravo", "1200", "alpha"))
    beta = write_client(alpha.parents[1], "beta", LIST.replace("100,00", "30,00"))
    report = report_of(beta)
    assert (report.balance, report.profile) == (80.0, "liste-cegid")


def test_the_client_s_own_mapping_comes_before_a_profile(alpha: Path) -> None:
    corrected(alpha)
    export_profile("alpha", "grand_livre.csv", name="liste-cegid")
    beta = write_client(alpha.parents[1], "beta", LIST,
                        extra="mapping: {grand_livre.csv: {columns: {open_amount: Solde}, ignored_columns: []}}")
    report = report_of(beta)
    assert (report.balance, report.profile) == (-600.0, "liste-cegid")
    assert report.choices["date_order"] == "day_first"


def test_a_changed_profile_is_read_again(alpha: Path, tmp_path: Path) -> None:
    corrected(alpha)
    path = export_profile("alpha", "grand_livre.csv", name="liste-cegid")
    beta = write_client(alpha.parents[1], "beta", LIST)

    def balance() -> int:
        given = load_parameters(beta)
        source, = read_or_keep(given.document_paths()[0], Cache(tmp_path / ".cache"), mapping=given.mapping,
                               perimeter=("411",), profiles=given.profiles)
        return int(source.table["open_amount_cents"].sum())

    first = balance()
    text = path.read_text(encoding="utf-8").replace("[Solde]", "[Montant TTC]").replace("open_amount: Montant TTC",
                                                                                       "open_amount: Solde")
    path.write_text(text, encoding="utf-8")
    assert (first, balance()) == (15_000, -60_000)


BAD_PROFILES = {
    "no header": ("name: x\n", "headers"),
    "no name": ("headers: [a, b]\n", "name"),
    "unknown key": ("name: x\nheaders: [a, b]\nformat: 2\n", "format"),
    "no mapping": ("- a\n- b\n", "not a readable profile"),
    "no YAML": ("name: [x\n", "not a readable profile"),
}


@pytest.mark.parametrize(("text", "told"), BAD_PROFILES.values(), ids=BAD_PROFILES)
def test_a_bad_profile_is_one_sentence(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=told) as caught:
        load_profiles(tmp_path)
    assert "\n" not in str(caught.value) and "x.yaml" in str(caught.value)


def test_a_profile_with_an_unknown_role_names_the_profile(alpha: Path) -> None:
    folder = alpha.parent / "profiles"
    folder.mkdir()
    (folder / "x.yaml").write_text(
        "name: x\nheaders: [client, piece, date, solde, montant ttc]\nkind: lists\n", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"\(x\).*lists"):
        report_of(alpha)


def test_a_name_that_is_taken_is_not_written_over(alpha: Path) -> None:
    corrected(alpha)
    export_profile("alpha", "grand_livre.csv", name="liste-cegid")
    with pytest.raises(BadInputError, match="exists"):
        export_profile("alpha", "grand_livre.csv", name="liste-cegid")


def test_a_file_without_correction_has_no_profile(alpha: Path) -> None:
    with pytest.raises(BadInputError, match="says nothing of grand_livre"):
        export_profile("alpha", "grand_livre.csv", name="liste-cegid")
