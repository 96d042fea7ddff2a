"""Electronic invoices: what is read of CII and UBL, alone or in a PDF, and what is refused in a sentence."""

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pypdf import PdfReader, PdfWriter

from auditlib.document_placing import placed_documents
from auditlib.e_invoice_points import invoice_answers
from auditlib.formats import Formats
from auditlib.loaders.e_invoice_xml import UnreadableInvoiceError, invoice_fields
from auditlib.loaders.e_invoices import read_e_invoices
from auditlib.loaders.intake import load_documents
from auditlib.parameters import load_parameters
from auditlib.present import documents_shown
from auditlib.request_rules import RequestRules
from tests.project import LEDGER, write_client
from tests.unit.e_invoice_files import BOMB, cii, pdf_with, ubl, ubl_credit_note


def one(path: Path) -> dict[Any, Any]:
    """Return the only invoice of a file."""
    invoices, findings = read_e_invoices([path])
    assert not findings and len(invoices) == 1
    return dict(invoices.to_dict("records")[0])


def test_a_factur_x_is_read_within_its_pdf(tmp_path: Path) -> None:
    read = one(pdf_with(tmp_path / "FA.pdf", ("lisez-moi.txt", "rien"), ("factur-x.xml", cii())))
    expected = {
        "file": "FA.pdf", "container": "pdf", "syntax": "CII", "number": "FA-2026-014", "currency": "EUR",
        "issued_on": pd.Timestamp("2026-01-05"), "due_on": pd.Timestamp("2026-02-04"),
        "seller_name": "Vendeur SAS", "seller_siren": "732829320", "seller_vat_number": "FR44732829320",
        "seller_address": "12 rue des Forges, 69003, Lyon, FR", "buyer_siren": "213104756",
        "buyer_reference": "SERVICE-77", "order_reference": "EJ-4500", "terms": "30 jours date de facture",
        "indemnity_note": "Indemnité forfaitaire de 40 €", "penalty_note": "Pénalités : 12 % l'an",
        "discount_note": "Pas d'escompte", "net_cents": 100_000, "vat_cents": 20_000, "total_cents": 120_000}
    assert {name: read[name] for name in expected} == expected


def test_a_vat_left_out_is_what_the_total_has_over_the_net() -> None:
    fields = invoice_fields(cii(total="1100.00", tax="").encode())
    assert (fields["net_cents"], fields["vat_cents"], fields["total_cents"]) == (100_000, 10_000, 110_000)


def test_a_ubl_invoice_and_its_credit_note(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(ubl(), encoding="utf-8")
    (tmp_path / "b.xml").write_text(ubl_credit_note(), encoding="utf-16")
    invoice, credit_note = one(tmp_path / "a.xml"), one(tmp_path / "b.xml")
    assert (invoice["penalty_note"], invoice["indemnity_note"]) == ("Taux : 3 fois l'intérêt légal", "")
    assert (invoice["net_cents"], invoice["vat_cents"], invoice["total_cents"]) == (9_950, 1_990, 11_940)
    assert (invoice["seller_siren"], invoice["buyer_siren"], invoice["buyer_name"]) == ("732829320", "", "Client")
    assert (invoice["due_on"], credit_note["due_on"]) == (pd.Timestamp("2026-03-31"), pd.Timestamp("2026-04-30"))
    assert (credit_note["line_name"], credit_note["line_quantity"]) == ("Retour", "3")


def test_what_a_file_holds_answers_the_grid_and_what_it_lacks_answers_nothing() -> None:
    full = invoice_answers(invoice_fields(cii().encode()))
    assert (full["penalty_rate"], full["recovery_indemnity"]) == (
        "Pénalités : 12 % l'an", "Indemnité forfaitaire de 40 €")
    assert (full["vat_amount"], full["operation_category"], full["order_number"]) == ("200,00", "services", "EJ-4500")
    assert "vat_on_debits" in full and "buyer_identity" not in full and "delivery_address" not in full
    bare = invoice_answers(invoice_fields(cii(notes="").encode()))
    assert not {"penalty_rate", "recovery_indemnity", "discount_terms"} & set(bare)


@pytest.mark.parametrize(("content", "why"), [
    (BOMB, "entités, refusés par sécurité"),
    (cii()[:-30], "XML illisible"),
    (cii(total="mille"), "montant illisible : mille"),
    (cii(total="1200.005"), "au centime"),
    (cii().replace("GrandTotalAmount", "Other"), "absent"),
    (cii().replace("FA-2026-014", " "), "numéro de facture absent"),
    ("<Order xmlns='urn:x'/>", "inconnu"),
])
def test_what_cannot_be_read_is_refused_in_a_sentence(content: str, why: str) -> None:
    with pytest.raises(UnreadableInvoiceError, match=why):
        invoice_fields(content.encode())


def test_a_refused_invoice_is_a_finding_and_stops_nothing(tmp_path: Path) -> None:
    bomb = pdf_with(tmp_path / "bombe.pdf", ("factur-x.xml", BOMB))
    (tmp_path / "faux.pdf").write_bytes(b"%PDF-1.7 broken")
    pdf_with(tmp_path / "papier.pdf")
    invoices, findings = read_e_invoices([bomb, tmp_path / "faux.pdf", tmp_path / "papier.pdf"])
    assert invoices.empty and len(findings) == 1
    assert findings[0]["finding"].tolist() == ["e_invoice_refused"]
    assert findings[0]["sentence"].tolist()[0].startswith("bombe.pdf : facture électronique non lue")


def test_a_locked_pdf_is_a_paper_like_any_other(tmp_path: Path) -> None:
    plain = pdf_with(tmp_path / "plain.pdf", ("factur-x.xml", cii()))
    writer = PdfWriter(clone_from=PdfReader(plain))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    invoices, findings = read_e_invoices([tmp_path / "locked.pdf"])
    assert invoices.empty and not findings


def test_among_the_documents_they_are_samples_no_figure_is_made_of(tmp_path: Path) -> None:
    source = write_client(tmp_path, "acme", LEDGER.format(bravo="360,50"))
    folder = tmp_path / "documents" / "acme"
    (folder / "facture.xml").write_text(cii(), encoding="utf-8")
    pdf_with(folder / "scan 12.pdf", ("zugferd-invoice.xml", cii()))
    (folder / "bombe.xml").write_text(BOMB, encoding="utf-8")
    parameters = load_parameters(source)
    found = [load_documents(parameters, as_of_date=dt.date(2025, 6, 30), cache_dir=tmp_path / "cache")
             for _reading in ("first", "kept")]
    for intake in found:
        assert sorted(intake.e_invoices["file"]) == ["facture.xml", "scan 12.pdf"]
        assert int(intake.movements["amount_cents"].sum()) == 60_000 + 36_050 + 24_000
        kinds = dict(zip(intake.register["name"], intake.register["kind"].astype("str"), strict=True))
        assert (kinds["facture.xml"], kinds["scan 12.pdf"], kinds["bombe.xml"]) == (
            "e_invoice", "e_invoice", "document")
        assert "e_invoice_refused" in intake.findings["finding"].astype("str").tolist()
    placed = placed_documents(found[0].register, RequestRules(), name="acme.yaml").set_index("name")
    assert placed["document_kind"]["scan 12.pdf"] == "sample_invoices"
    assert placed["placed_by"]["scan 12.pdf"] == "content"
    shown = documents_shown.e_invoices(found[0].e_invoices, Formats()).replace("\xa0", " ").replace("\u202f", " ")
    for expected in ("FA-2026-014", "1 000,00 €", "1 200,00 €", "SERVICE-77 ; EJ-4500", "reste à voir"):
        assert expected in shown, expected
