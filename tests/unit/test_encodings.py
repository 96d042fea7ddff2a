"""Encodings, line ends and Excel's separator line of text files."""

from pathlib import Path

import pytest

from auditlib.loaders.source import Source, read_sources

LINES = [
    "Client;Facture;Date facture;Échéance;Reste dû",
    "Société Générale d'Été;F1;05/01/2025;25/01/2025;1200,50",
    "Hôtel « Le Chêne »;F2;06/01/2025;26/01/2025;360,00",
]
NAMES = ["Société Générale d'Été", "Hôtel « Le Chêne »"]


def read_one(folder: Path, content: bytes) -> Source:
    path = folder / "export.csv"
    path.write_bytes(content)
    (source,) = read_sources(path)
    return source


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "iso8859-15", "cp850", "mac-roman", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    source = read_one(tmp_path, end.join([*LINES, ""]).encode(encoding))
    assert source.table["customer_name"].tolist() == NAMES
    assert source.table["source_row"].tolist() == [2, 3]
    assert not len(source.findings)


def test_excels_separator_line_is_obeyed_and_counted(tmp_path: Path) -> None:
    lines = [line.replace(";", "^") for line in LINES]
    source = read_one(tmp_path, "\r\n".join(["sep=^", *lines]).encode("cp1252"))
    assert source.table["source_row"].tolist() == [3, 4]
    assert source.table["open_amount_cents"].tolist() == [120_050, 36_000]
    assert source.rows_read == 4


@pytest.mark.parametrize("read_as", ["cp1252", "mac-roman", "cp850"])
def test_texts_encoded_twice_get_their_letters_back(tmp_path: Path, read_as: str) -> None:
    content = "\r\n".join(LINES).encode("utf-8").decode(read_as).encode("utf-8")
    source = read_one(tmp_path, content)
    assert source.table["customer_name"].tolist() == NAMES
    assert source.findings["finding"].tolist() == ["double_encoding"]
    assert "4 textes" in source.findings["sentence"].iloc[0]


def test_letters_windows_has_no_sign_for_survive_twice(tmp_path: Path) -> None:
    """Letters such as Á are stored as C3 81, of which Windows' table leaves the second byte empty."""
    words = "Ávila à À ÍÏ"
    twice = "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in words.encode()
    )
    source = read_one(tmp_path, "\n".join([*LINES, f"{twice};F3;07/01/2025;27/01/2025;1,00"]).encode())
    assert source.table["customer_name"].iloc[2] == words


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_one_letter_of_another_encoding_spoils_itself_only(tmp_path: Path, mark: bytes) -> None:
    content = "\n".join([*LINES, "Orph?e;F3;07/01/2025;27/01/2025;1,00"]).encode().replace(b"?", b"\xe9")
    source = read_one(tmp_path, mark + content)
    assert source.table["customer_name"].tolist() == [*NAMES, "Orphée"]


@pytest.mark.parametrize("name", ["SÃO PAULO LTDA", "Â Ê Î", "ÃÃÃ", "Conceição Ã", "Åse", "√2 Conseil", "100 €"])
def test_genuine_letters_stay(tmp_path: Path, name: str) -> None:
    source = read_one(tmp_path, "\n".join([*LINES, f"{name};F3;07/01/2025;27/01/2025;1,00"]).encode())
    assert source.table["customer_name"].iloc[2] == name
    assert not len(source.findings)
