"""The reviews of documents: what the file may hold, the findings they make, and the figures and letters they change."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from auditlib.deliver.document_rows import state_words
from auditlib.document_kinds import DOCUMENT_KINDS
from auditlib.document_states import document_states
from auditlib.errors import BadInputError
from auditlib.finding_codes import FINDING_CODES
from auditlib.findings import audit_findings
from auditlib.formats import Formats
from auditlib.indicators import AuditResults
from auditlib.letter_settings import Creditor, LetterRules
from auditlib.paper_texts import DATA, paper_text
from auditlib.parameters import Method, load_parameters
from auditlib.penalty_clause import read_penalty_clause
from auditlib.request_rules import RequestRules
from auditlib.review_findings import review_findings
from auditlib.review_points import REVIEW_POINTS
from auditlib.review_uses import jurisdiction, retention_clause, stipulated
from auditlib.settings import LegalChoices
from auditlib.working_papers import finding_title, working_papers
from tests.project import ROOT, write_client
from tests.unit.law import audit_law, invoice, receipt, value
from tests.unit.received import placed
from tests.unit.results_fixture import parameters

C3 = (invoice("2025-05-01", "2025-05-31", 12_000), receipt("2025-09-30", 12_000))
"""DOMAIN.md C3: 12 000 € paid four months late, over two half-years."""
YES = {"answer": "yes"}


def terms(document: str = "CGV.pdf", /, **points: dict[str, Any]) -> dict[str, Any]:
    return {document: {"kind": "terms_and_conditions", "points": points}}


def said(value: str, **more: Any) -> dict[str, Any]:
    return {"answer": "yes", "value": value, **more}


def found(reviews: dict[str, Any], **changes: Any) -> dict[str, tuple[str, int, str]]:
    """Return severity, documents and sentence of each finding, by code."""
    listed = review_findings(parameters(reviews=reviews, **changes), as_of_date=dt.date(2025, 12, 31), language="fr")
    return {str(row["finding"]): (str(row["severity"]), row["rows"], row["sentence"])
            for row in listed.to_dict("records")}


@pytest.mark.parametrize(("text", "field", "number"), [
    ("12 %", "rate", 0.12), ("0.1215", "rate", 0.1215), ("1 % par mois", "rate", 0.12), ("12,15% l'an", "rate", 0.1215),
    ("3 fois le taux d'intérêt légal", "legal_multiple", 3), ("trois fois le taux légal", "legal_multiple", 3),
    ("4 x legal rate", "legal_multiple", 4), ("taux BCE majoré de 10 points", "bank_points", 10),
    ("refi + 8 %", "bank_points", 8),
])
def test_a_clause_is_read_as_it_is_written(text: str, field: str, number: float) -> None:
    assert getattr(read_penalty_clause(text), field) == pytest.approx(number)


@pytest.mark.parametrize("text", ["", "selon la loi", "12,345 %", "0 %", "150 %", "10 % puis 12 %",
                                  "3 fois le taux légal, soit 8,28 %", "10 %, au moins 3 fois le taux légal"])
def test_a_clause_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a late interest"):
        read_penalty_clause(text)


@pytest.mark.parametrize(("points", "interest", "note"), [
    ({}, 497.19, ""),  # the law's: 30 d × 13.15 % + 92 d × 12.15 %
    ({"penalty_rate": said("12 %")}, 481.32, "« CGV.pdf »"),  # 12 000 × 12 % × 122 / 365
    ({"penalty_rate": said("1 % par mois")}, 481.32, "« CGV.pdf »"),
    # 30 d × 11.13 % + 92 d × 8.28 %
    ({"penalty_rate": said("3 fois le taux légal")}, 360.22, "3 fois l’intérêt légal"),
    # 4 × 3.71 % = 14.84 %, 4 × 2.76 % = 11.04 %: 146.3671 + 333.9222 = 480.2893
    ({"penalty_rate": said("4 fois le taux légal")}, 480.29, "4 fois l’intérêt légal"),
    ({"penalty_rate": said("BCE + 10 points")}, 497.19, "BCE + 10 points"),
    ({"penalty_rate": {"answer": "partly", "value": "12 %"}}, 497.19, ""),
])
def test_the_reviewed_rate_is_that_of_the_calculation(points: dict[str, Any], interest: float, note: str) -> None:
    results = _audited(terms(**points))
    assert value(results, "late_interest") == interest
    assert note in results.summary["indicators"]["late_interest"]["note"]


def _audited(reviews: dict[str, Any], **legal: Any) -> AuditResults:
    return audit_law(*C3, legal=legal, reviews=reviews)


def test_the_auditor_s_rate_comes_first_and_the_conflict_is_said() -> None:
    results = _audited(terms(penalty_rate=said("10 %")), contract_rate=0.12)
    assert value(results, "late_interest") == 481.32
    assert "CGV.pdf" not in results.summary["indicators"]["late_interest"]["note"]
    sentences = results.findings.set_index("finding")["sentence"]
    assert sentences["contract_rate_differs"].startswith(
        "Les taux de pénalités se contredisent : 10,00 % (« CGV.pdf ») ; 12,00 % (paramètre).")
    assert "legal.contract_rate" in sentences["contract_rate_differs"]


def test_terms_of_sale_that_contradict_one_another_are_not_followed() -> None:
    both = terms(penalty_rate=said("12 %")) | terms("CGV export.pdf", penalty_rate=said("14 %"))
    assert stipulated(parameters(reviews=both)).clause is None
    severity, count, sentence = found(both)["contract_rate_differs"]
    assert (severity, count) == ("warning", 2) and "Aucun n’est retenu" in sentence
    same = terms(penalty_rate=said("12 %")) | terms("CGV export.pdf", penalty_rate=said("1 % par mois"))
    assert stipulated(parameters(reviews=same)).clause == read_penalty_clause("12 %")
    assert "contract_rate_differs" not in found(same)


@pytest.mark.parametrize(("text", "is_low"), [
    ("8,27 %", True), ("8,28 %", False),  # 3 × 2.76 % in the second half of 2025
    ("2 fois le taux légal", True), ("3 fois le taux légal", False),
    ("BCE + 6 points", True), ("BCE + 7 points", False),  # 2.15 + 6 = 8.15 %; 2.15 + 7 = 9.15 %
])
def test_a_rate_below_three_times_the_legal_one_is_a_finding(text: str, is_low: bool) -> None:
    findings = found(terms(penalty_rate=said(text)))
    assert ("contract_rate_below_floor" in findings) == is_low
    if is_low:
        severity, _count, sentence = findings["contract_rate_below_floor"]
        assert severity == "serious" and "soit 8,28 % au semestre ouvert le 01/07/2025" in sentence


def test_the_auditor_s_own_rate_is_held_against_the_minimum_too() -> None:
    severity, _count, sentence = found({}, legal=LegalChoices(contract_rate=0.05))["contract_rate_below_floor"]
    assert severity == "serious"
    assert sentence.startswith("Paramètre legal.contract_rate : le taux stipulé (5,00 %)")
    assert found({}, legal=LegalChoices(contract_rate=0.12)) == {}


@pytest.mark.parametrize(("phrase", "days"), [
    ("60 jours", 0), ("45 jours fin de mois", 0), ("fin de mois 45 jours", 0),
    # an invoice of 31 December: 60 days reach 1 March, 45 days 14 February, whose month ends on the 28th
    ("90 jours", 30),  # 31 March
    ("60 jours fin de mois", 30),  # 1 March, then the month's end
    ("60 jours le 10", 27),  # of 15 November: the latest reading is 14 January, the 10th that follows 10 February
])
def test_the_payment_term_is_held_against_the_cap(phrase: str, days: int) -> None:
    findings = found(terms(payment_term=said(phrase)))
    assert ("terms_of_sale_over_cap" in findings) == bool(days)
    if days:
        assert f"jusqu’à {days} jours au-delà" in findings["terms_of_sale_over_cap"][2]
    assert findings["default_terms_proposed"][0] == "info"


def test_a_sector_s_cap_and_other_default_terms() -> None:
    transport = LegalChoices(sector="transport")
    given = Method(default_terms="30 jours")
    findings = found(terms(payment_term=said("45 jours")), legal=transport, method=given)
    assert "jusqu’à 15 jours au-delà" in findings["terms_of_sale_over_cap"][2]  # 30 days in road transport
    assert "method.default_terms : 30 jours" in findings["default_terms_differ"][2]
    assert "default_terms_proposed" not in findings
    same = found(terms(payment_term=said("30 j nets")), legal=transport, method=given)
    assert set(same) == set()
    assert set(found(terms(payment_term=said("à convenir")))) == {"terms_of_sale_unread"}


def test_what_documents_lack_is_said_with_where() -> None:
    reviews = terms(retention_of_title={"answer": "no"}, jurisdiction=YES, recovery_indemnity={
        "answer": "partly", "remark": "ancien texte"}) | {
        "F1.pdf": {"kind": "sample_invoices", "points": {
            "recovery_indemnity": {"answer": "no"}, "number": {"answer": "no", "remark": "sans suite"},
            "quantity": {"answer": "partly"}, "due_date": {"answer": "not_seen"}, "issue_date": YES}},
        "F2.pdf": {"kind": "sample_invoices", "points": {"recovery_indemnity": {"answer": "no"}}},
        "CAC.pdf": {"kind": "auditors_reports", "points": {
            "reservation": YES, "depreciation": {"answer": "partly"}, "cut_off": {"answer": "no"}}}}
    findings = found(reviews)
    assert {code: (severity, rows) for code, (severity, rows, _sentence) in findings.items()} == {
        "terms_retention_missing": ("warning", 1), "terms_indemnity_missing": ("serious", 1),
        "invoice_indemnity_missing": ("serious", 2), "invoice_mentions_missing": ("warning", 1),
        "auditors_reservation": ("serious", 1), "auditors_receivable_points": ("warning", 1)}
    assert findings["terms_indemnity_missing"][2].startswith("« CGV.pdf » (ancien texte) : ")
    assert "« F1.pdf » ; « F2.pdf »" in findings["invoice_indemnity_missing"][2]
    assert "« F1.pdf » (Numéro de facture – sans suite, Quantité)" in findings["invoice_mentions_missing"][2]
    assert "Dépréciation jugée insuffisante" in findings["auditors_receivable_points"][2]


def test_every_finding_of_a_grid_has_a_title_and_texts() -> None:
    codes = {point.finding for grid in REVIEW_POINTS.values() for point in grid.values()}
    assert codes <= FINDING_CODES and set(REVIEW_POINTS) <= set(DOCUMENT_KINDS)
    for code in codes:
        assert finding_title(code) != code.replace("_", " ")
        assert paper_text(code) is not DATA


def test_they_are_among_the_audit_s_findings_and_working_papers() -> None:
    results = _audited(terms(retention_of_title={"answer": "no"}))
    assert "terms_retention_missing" in audit_findings(results)["finding"].astype("str").tolist()
    paper = working_papers(results).set_index("finding").loc["terms_retention_missing"]
    assert paper["owner"] == "Juridique" and "CGV.pdf" in paper["sentence"]
    assert "terms_retention_missing" not in audit_findings(_audited({}))["finding"].astype("str").tolist()


def test_clauses_reach_the_letters_where_the_parameters_are_blank() -> None:
    accepted = terms(retention_of_title=said("article 8"), customer_acceptance=YES, jurisdiction=said("TC de Lyon"))
    assert (retention_clause(parameters(reviews=accepted)), jurisdiction(parameters(reviews=accepted))) == (
        "article 8", "TC de Lyon")
    given: dict[str, Any] = {"creditor": Creditor(retention_clause="clause 3"),
                             "letters": LetterRules(jurisdiction="TC de Paris")}
    assert (retention_clause(parameters(reviews=accepted, **given)),
            jurisdiction(parameters(reviews=accepted, **given))) == ("clause 3", "TC de Paris")


def test_a_clause_nobody_accepted_or_that_differs_is_not_quoted() -> None:
    unknown = terms(retention_of_title=said("article 8"))
    refused = terms(retention_of_title=said("article 8"), customer_acceptance={"answer": "no"})
    assert retention_clause(parameters(reviews=unknown)) == retention_clause(parameters(reviews=refused)) == ""
    two = terms(jurisdiction=said("TC de Lyon")) | terms("CGV 2.pdf", jurisdiction=said("TC de Paris"))
    assert jurisdiction(parameters(reviews=two)) == ""


@pytest.mark.parametrize(("section", "words"), [
    ("{CGV.pdf: {kind: cgv}}", "reviews.CGV.pdf.kind"),
    ("{CGV.pdf: {kind: terms_and_conditions, points: {penality: {answer: no}}}}", "did you mean penalty_rate?"),
    ("{CGV.pdf: {kind: terms_and_conditions, points: {jurisdiction: {answer: maybe}}}}", "points.jurisdiction.answer"),
    ("{CGV.pdf: {kind: terms_and_conditions, points: {jurisdiction: {value: x}}}}", "jurisdiction.answer is missing"),
    ("{CGV.pdf: {kind: terms_and_conditions, points: {penalty_rate: {answer: yes, value: cher}}}}",
     "points.penalty_rate.value: expected a late interest such as 12 %"),
])
def test_a_wrong_section_is_refused_in_words(section: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as refused:
        load_parameters(write_client(tmp_path, "acme", "", extra=f"reviews: {section}"))
    said_of = str(refused.value)
    assert said_of.startswith("acme.yaml: ") and words in said_of


def test_the_template_s_section_is_usable_as_it_is(tmp_path: Path) -> None:
    text = (ROOT / "parameters" / "template.yaml").read_text(encoding="utf-8").split("# reviews:")[1].split("\n\n")[0]
    section = "reviews:" + text.replace("\n# ", "\n")
    reviews = load_parameters(write_client(tmp_path, "acme", "", extra=section)).reviews
    assert reviews["CGV 2024.pdf"].points["penalty_rate"].by == "A. Martin"
    assert reviews["FA2025-014.pdf"].points["recovery_indemnity"].answer == "partly"
    assert reviews["CGV 2024.pdf"].read_on == dt.date(2026, 1, 14)


def test_a_truth_value_is_the_yes_or_no_that_was_meant() -> None:
    reviews = parameters(reviews=terms(jurisdiction={"answer": False}, penalty_rate={"answer": True, "value": 0.12}))
    points = reviews.reviews["CGV.pdf"].points
    assert (points["jurisdiction"].answer, points["penalty_rate"].answer) == ("no", "yes")
    assert stipulated(reviews).clause == read_penalty_clause("12 %")


def test_the_register_says_what_was_reviewed() -> None:
    files = (("CGV.pdf", "document"), ("CGV export.pdf", "document"))
    own = parameters(reviews=terms(jurisdiction={"answer": "no", "on": dt.date(2026, 5, 4)}))
    states = {state.kind: state for state in document_states(
        placed(RequestRules(), *files), RequestRules(), day=dt.date(2026, 5, 6), reviews=own.reviews)}
    assert state_words(states["terms_and_conditions"], Formats()) == (
        "reçu le 30/04/2026, relu le 04/05/2026 (reste à relire : 1)")
    assert not states["sample_invoices"].reviewed
    on_paper = {state.kind: state for state in document_states(
        placed(RequestRules()), RequestRules(), day=dt.date(2026, 5, 6), reviews=own.reviews)}
    assert state_words(on_paper["terms_and_conditions"], Formats()) == "reçu le 04/05/2026, relu le 04/05/2026"
