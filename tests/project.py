"""A small project in a temporary folder: two clients whose figures are worked out by hand."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

LEDGER = """Compte;Nom;Journal;Date;Pièce;Libellé;Échéance;Débit;Crédit;Lettrage
411A;Alpha;VE;10/01/2025;F1;Facture F1;09/02/2025;1200,00;;A
411A;Alpha;BQ;15/02/2025;R1;Virement Alpha;;;1200,00;A
411A;Alpha;VE;05/03/2025;F2;Facture F2;04/04/2025;600,00;;
411B;Bravo;VE;20/05/2025;F3;Facture F3;19/06/2025;{bravo};;
411B;Bravo;VE;10/06/2025;F4;Facture F4;10/07/2025;240,00;;
"""
"""At 2025-06-30: Alpha owes 600.00, 87 days overdue; Bravo owes F3, 11 days overdue, and 240.00 not due."""


def make_project(folder: Path) -> Path:
    """Write parameters and documents of clients ``alpha`` and ``beta``; return the project's folder."""
    write_client(folder, "alpha", LEDGER.format(bravo="360,50"))
    write_client(folder, "beta", LEDGER.format(bravo="999,99"))
    return folder


def write_client(folder: Path, client: str, ledger: str, *, nda: str = "{allow_unsigned: true}",
                 extra: str = "") -> Path:
    """Write one client's ledger and parameters file; return the latter."""
    documents = folder / "documents" / client
    documents.mkdir(parents=True, exist_ok=True)
    (documents / "grand_livre.csv").write_text(ledger, encoding="utf-8")
    parameters = folder / "parameters" / f"{client}.yaml"
    parameters.parent.mkdir(exist_ok=True)
    lines = [f"client: {client}", "as_of_date: 2025-06-30", f"documents: ../documents/{client}", f"nda: {nda}", extra]
    parameters.write_text("\n".join(lines), encoding="utf-8")
    return parameters


def everything_in(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its content, but for the reading cache."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and ".cache" not in path.parts}
