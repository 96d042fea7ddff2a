"""The auditor confirms a customer's terms, in the form, in the parameters or in a file: dated, said, and claimable."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import ipywidgets
import pytest

from auditlib.errors import BadInputError
from auditlib.formats import Formats
from auditlib.indicators import AuditResults, compute
from auditlib.loaders.intake import Intake, load_documents
from auditlib.parameters import load_parameters
from auditlib.present.terms_form import terms_form, unconfirmed_terms
from auditlib.run.terms_decisions import save_terms

LEDGER = """Code client;Nom;Journal;Date;Pièce;Libellé;Débit;Crédit
C1;Alpha;VE;10/01/2025;FA0001;Facture FA0001;100,00;
C1;Alpha;BQ;20/02/2025;VIR1;Virement;;10,00
C2;Beta;VE;10/02/2025;FA0003;Facture FA0003;500,00;
C3;Gamma;VE;15/03/2025;FA0004;Facture FA0004 échéance 30/04/2025;70,00;
42;Delta;VE;15/03/2025;FA0005;Facture FA0005;40,00;
"""
CUSTOMERS = "Code client;Raison sociale;Conditions de paiement\nC1;Alpha;30 jours\nC2;Beta;\nC3;Gamma;60 jours\n"
PARAMETERS = """# of this client
client: acme  # kept
as_of_date: 2025-12-31
documents: .
nda: {allow_unsigned: true}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the parameters file of an engagement with a ledger and a customer list."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    (tmp_path / "docs" / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    file = tmp_path / "acme.yaml"
    file.write_text(PARAMETERS.replace("documents: .", "documents: docs"), encoding="utf-8")
    return file


def loaded(path: Path) -> Intake:
    return load_documents(load_parameters(path), as_of_date=dt.date(2025, 12, 31))


def audited(path: Path) -> AuditResults:
    given = load_parameters(path)
    return compute(loaded(path), parameters=given, as_of_date=given.as_of_date)


def invoices(intake: Intake) -> dict[str, tuple[str, str, bool]]:
    """Return due date, its origin and whether its terms are confirmed, by document (its last part)."""
    rows = intake.movements[intake.movements["amount_cents"] > 0]
    confirmed = rows.get("is_terms_confirmed", rows["amount_cents"] < 0)
    return {str(ref): (str(due)[:10], str(origin), bool(flag)) for ref, due, origin, flag in zip(
        rows["document_ref"], rows["due_date"], rows["due_date_origin"], confirmed, strict=True)}


def test_confirmed_terms_date_the_items_and_count_as_confirmed(path: Path) -> None:
    before = invoices(loaded(path))
    assert before["FA0001"] == ("2025-02-09", "terms", False)
    assert before["FA0003"] == ("NaT", "none", False)
    save_terms(path, {"C1": {"terms": "30 jours", "by": "A. Martin", "why": "CGV signées"},
                      "C2": {"terms": "30/60 jours", "by": "A. Martin", "why": ""}})
    intake = loaded(path)
    after = invoices(intake)
    assert after["FA0001"] == ("2025-02-09", "terms", True)
    assert after["FA0003"] == ("2025-04-11", "terms", True)  # its second part: 10 February + 60 days
    assert after["FA0004"] == ("2025-04-30", "label", False)
    who = intake.customers.set_index("customer_id")["terms_confirmed_by"]
    assert who.loc[["C1", "C2", "C3"]].tolist() == ["A. Martin", "A. Martin", ""]


def test_the_finding_says_how_many_due_dates_come_from_where(path: Path) -> None:
    save_terms(path, {"C2": {"terms": "30 jours", "by": "A. Martin", "why": ""}})
    found = loaded(path).findings
    split = found[found["finding"].astype(str) == "due_dates_inferred"]
    said = {str(row.sentence).split(" : ")[1].split(" (")[0]: (row.rows, row.amount_cents)
            for row in split.itertuples()}
    assert said == {"lue dans le libellé": (1, 7000), "conditions du client confirmées par l'auditeur": (1, 50000),
                    "conditions du client, à confirmer": (1, 10000)}


def test_confirmed_terms_can_be_claimed_and_others_not(path: Path) -> None:
    save_terms(path, {"C2": {"terms": "30 jours", "by": "A. Martin", "why": ""}})
    items = audited(path).open_items
    flags = dict(zip(items["document_ref"].astype(str), items["is_terms_confirmed"], strict=True))
    assert {ref: flags[ref] for ref in ("FA0001", "FA0003")} == {"FA0001": False, "FA0003": True}


def test_comments_stay_and_an_empty_decision_takes_one_back(path: Path) -> None:
    save_terms(path, {"C1": {"terms": "45 jours", "by": "A. M.", "why": "contrat"},
                      "42": {"terms": "30 jours", "by": "", "why": ""}})
    text = path.read_text(encoding="utf-8")
    assert "client: acme  # kept" in text
    assert load_parameters(path).terms["C1"].why == "contrat"
    assert invoices(loaded(path))["FA0005"] == ("2025-04-14", "terms", True)  # a code of digits alone
    save_terms(path, {"C1": {"terms": "", "by": "", "why": ""}, "42": {"terms": "", "by": "", "why": ""}})
    assert not load_parameters(path).terms
    assert "terms:" not in path.read_text(encoding="utf-8")


def test_terms_nobody_understands_leave_the_file_alone(path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    with pytest.raises(BadInputError, match=r"terms\.C1: payment terms 'bientôt'"):
        save_terms(path, {"C1": {"terms": "bientôt", "by": "", "why": ""}})
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(("entry", "message"), [
    ("C9: {terms: 30 jours}", "terms: C9: no such customer"), ("C1: {terms: bientôt}", "terms: C1: payment terms"),
    ("C1: {terms: 30 jours, delay: 5}", "delay"), ("C1: {by: A. M.}", "terms")])
def test_a_decision_that_cannot_be_used_is_one_sentence(path: Path, entry: str, message: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + f"terms:\n  {entry}\n", encoding="utf-8")
    with pytest.raises(BadInputError, match=message):
        loaded(path)


def test_a_list_of_the_auditor_among_the_documents_does_the_same(path: Path) -> None:
    (path.parent / "docs" / "debtors.csv").write_text(
        "Code client;Raison sociale;Conditions de paiement;Conditions confirmées par\n"
        "C2;Beta;45 jours fin de mois;A. Martin\n", encoding="utf-8")
    assert invoices(loaded(path))["FA0003"] == ("2025-03-31", "terms", True)
    (path.parent / "docs" / "debtors.csv").rename(path.parent / "docs" / "clients bis.csv")
    assert invoices(loaded(path))["FA0003"] == ("2025-03-31", "terms", False)  # a client's list confirms nothing


def test_the_form_lists_the_largest_first_and_saves_what_is_confirmed_or_written(path: Path) -> None:
    results = audited(path)
    rows = unconfirmed_terms(results.open_items, results.customers)
    assert rows[["customer_id", "amount_cents", "payment_terms"]].to_dict("split")["data"] == [
        ["C2", 50000, ""], ["C1", 9000, "30 jours"], ["42", 4000, ""]]
    saved: dict[str, dict[str, str]] = {}

    def save(decisions: Mapping[str, Mapping[str, str]]) -> str:
        saved.update({customer: dict(said) for customer, said in decisions.items()})
        return save_terms(path, decisions).name

    form = terms_form(results.open_items, results.customers, Formats(language="fr"), save=save, by="A. Martin")
    first, second, _ = (child for child in form.children if isinstance(child, ipywidgets.HBox))
    assert first.children[0].disabled  # no terms known to confirm
    button = next(child for child in form.children if isinstance(child, ipywidgets.Button))
    said = form.children[-1]
    button.click()
    assert "Rien" in said.value
    first.children[1].value = "un jour"
    button.click()
    assert "not understood" in said.value
    first.children[1].value, second.children[0].value = "60 jours", True
    button.click()
    assert "acme.yaml" in said.value
    assert {key: one["terms"] for key, one in saved.items()} == {"C2": "60 jours", "C1": "30 jours"}
    assert unconfirmed_terms(audited(path).open_items, results.customers)["customer_id"].tolist() == ["42"]
