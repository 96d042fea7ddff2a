"""Letters claim what may be claimed, to the cent; the law and the auditor's marks forbid the others, in words."""

import csv
import dataclasses
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from docx import Document

from auditlib import schemas
from auditlib.audit_results import AuditResults
from auditlib.claimable import claimable
from auditlib.deliver.letter_words import LETTER_NAMES
from auditlib.deliver.letters import LetterWriter
from auditlib.errors import BadInputError
from auditlib.letter_cases import LetterCases
from auditlib.letter_settings import LetterRules, Practice
from auditlib.present.letters_form import LettersForm
from auditlib.review_rules import DocumentReview, ReviewedPoint
from auditlib.run import letters, stored
from auditlib.run.engagement import Engagement, open_engagement
from tests.project import ROOT, write_client

LEDGER = """Compte;Nom;Journal;Date;Pièce;Libellé;Échéance;Débit;Crédit;Lettrage
411A;Alpha SARL;VE;05/03/2025;F2;Facture F2;04/04/2025;600,00;;
411A;Alpha SARL;VE;01/04/2025;F5;Facture F5;01/05/2025;200,00;;
411A;Alpha SARL;BQ;20/05/2025;R5;Virement;;;150,00;
411B;Mme Bravo;VE;20/05/2025;F3;Facture F3;19/06/2025;360,50;;
411C;Charlie SAS;VE;20/03/2025;F6;Facture F6;19/04/2025;500,00;;
411D;Commune de Delta;VE;20/03/2025;F7;Facture F7;19/04/2025;1000,00;;
411E;Echo;VE;20/03/2025;F8;Facture F8;19/04/2025;300,00;;
"""
PARAMETERS = """method: {matching: codes}
risk: {insolvency_checked_on: 2025-06-20}
segments:
  overrides:
    411A: {customer_type: B2B, zone: FR}
    411B: {customer_type: B2C, zone: FR}
    411C: {customer_type: B2B, zone: FR, is_group: true}
    411D: {customer_type: public, zone: FR}
"""
WHOLE_PRACTICE = Practice(
    name="Cabinet Martin", address="3 place Royale\n44000 Nantes", mandate_signed_on=dt.date(2025, 6, 1),
    insurance="Assureur, contrat 12", dedicated_account="FR76 1234", declared_to_prosecutor_on=dt.date(2025, 1, 6))
DEMANDS = ("reminder_1", "reminder_2", "reminder_3", "statement", "formal_notice", "payment_plan")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the parameters file of a client with a business, a consumer, a group company and a public body."""
    home = tmp_path_factory.mktemp("letters")
    return write_client(home, "gamma", LEDGER, extra=PARAMETERS)


@pytest.fixture(scope="module")
def audit(project: Path) -> Engagement:
    """Return the engagement; its results are computed once."""
    return open_engagement(project)


@pytest.fixture(scope="module")
def results(audit: Engagement) -> AuditResults:
    """Return its results."""
    return audit.results()


def cases(audit: Engagement, results: AuditResults, *, insolvencies: pd.DataFrame | None = None,
          **changes: Any) -> LetterCases:
    """Return the letters of the audit, with sections of the parameters changed."""
    parameters = audit.parameters.model_copy(update=changes)
    known = schemas.empty(schemas.INSOLVENCIES) if insolvencies is None else insolvencies
    return LetterCases(results, parameters, known)


def with_items(results: AuditResults, customer: str, **values: Any) -> AuditResults:
    """Return the results with something changed in one customer's open items."""
    items = results.open_items
    mine = (items["customer_id"].astype("str") == customer).to_numpy()
    changed = {name: items[name].astype("object").where(~mine, value) for name, value in values.items()}
    return dataclasses.replace(results, open_items=schemas.validate(items.assign(**changed), schemas.OPEN_ITEMS))


def text_of(content: bytes) -> str:
    """Return everything a letter says, its tables and its foot included."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    foot = [one.text for one in document.sections[0].footer.paragraphs]
    return "\n".join([*(one.text for one in document.paragraphs), *cells, *foot]).replace("\u202f", " ").replace(
        "\u00a0", " ")


def written(made: LetterCases, customer: str, template: Any, *, own: Path = Path("nowhere")) -> str:
    """Return the text of a letter that must not be refused."""
    case = made.case(customer, template)
    assert not case.refusal
    return text_of(LetterWriter(own, Path()).letter(made, case)[0])


def test_a_formal_notice_splits_what_is_due(audit: Engagement, results: AuditResults) -> None:
    """F2 600.00 less the loose 150.00, 87 days, and F5 200.00, 60 days, at 3.15 + 10 %: 14.10 + 4.32; 40 each."""
    made = cases(audit, results)
    case = made.case("411A", "formal_notice")
    assert case.principal_cents == 65_000
    assert case.credits_cents == -15_000
    assert case.charges.interest_cents == round(45_000 * 0.1315 * 87 / 365) + round(20_000 * 0.1315 * 60 / 365) == 1_842
    assert case.charges.indemnity_cents == 8_000
    said = written(made, "411A", "formal_notice")
    for expected in ("mise en demeure", "1344", "650,00 €", "-150,00 €", "18,42 €", "80,00 €", "748,42 €", "F2", "F5",
                     "1er semestre 2025", "13,15 %", "L. 441-10", "8 jours", "règlements et avoirs non affectés"):
        assert expected in said, expected


def test_totals_are_the_claims_of_the_plan(audit: Engagement, results: AuditResults) -> None:
    made = cases(audit, results)
    claims = claimable(results)["claim_cents"].set_axis(results.customers["customer_id"])
    for customer, cents in claims.items():
        for template in DEMANDS:
            case = made.case(str(customer), template)  # type: ignore[arg-type]
            assert case.refusal or case.principal_cents == cents
            assert case.refusal or int(case.items["claim_cents"].sum()) + case.credits_cents == cents
    assert not made.case("411A", "reminder_1").refusal
    assert claims["411A"] == 65_000


def test_the_disputed_part_is_not_claimed(audit: Engagement, results: AuditResults) -> None:
    """A third of F2 is disputed: 400.00 + 200.00 less 150.00."""
    made = cases(audit, disputed(results))
    assert made.case("411A", "reminder_2").principal_cents == 45_000
    acknowledged = made.case("411A", "dispute_acknowledgement")
    assert acknowledged.principal_cents == 0
    assert acknowledged.items["document_ref"].tolist() == ["F2"]
    assert made.case("411B", "dispute_acknowledgement").refusal
    whole = cases(audit, with_items(results, "411B", disputed_cents=36_050))
    assert "contesté" in whole.case("411B", "reminder_1").refusal


def disputed(results: AuditResults) -> AuditResults:
    """Return the results with 200.00 of F2 disputed."""
    items = results.open_items
    return dataclasses.replace(results, open_items=items.assign(
        disputed_cents=items["disputed_cents"].mask(items["document_ref"] == "F2", 20_000)))


def test_a_consumer_owes_neither_interest_nor_indemnity(audit: Engagement, results: AuditResults) -> None:
    made = cases(audit, results)
    assert made.case("411B", "formal_notice").template == "formal_notice_consumer"
    for template in DEMANDS:
        said = written(made, "411B", template)
        assert "360,50 €" in said
        for word in ("L. 441-10", "intérêts de retard", "Intérêts de retard", "40,00", "indemnité", "Indemnité"):
            assert word not in said, (template, word)


def test_a_public_body_gets_the_law_of_public_orders(audit: Engagement, results: AuditResults) -> None:
    said = written(cases(audit, results), "411D", "formal_notice")
    assert "L. 2192-12" in said
    assert "mandatement" in said
    assert "L. 441-10" not in said


def test_one_of_unknown_type_may_be_a_consumer(audit: Engagement, results: AuditResults) -> None:
    case = cases(audit, results).case("411E", "formal_notice")
    assert not case.charges.is_due
    assert "à confirmer" in case.notes[0]
    assert "Intérêts de retard" not in written(cases(audit, results), "411E", "formal_notice")


def test_a_group_company_gets_no_letter(audit: Engagement, results: AuditResults) -> None:
    made = cases(audit, results)
    for template in (*DEMANDS, "dispute_acknowledgement", "declaration_of_claim", "retention_claim"):
        assert "groupe" in made.case("411C", template).refusal  # type: ignore[arg-type]


def test_an_unconfirmed_due_date_bears_no_letter(audit: Engagement, results: AuditResults) -> None:
    made = cases(audit, with_items(results, "411B", due_date_origin="default"))
    assert "non confirmées" in made.case("411B", "reminder_1").refusal


def test_what_waits_for_us_is_not_claimed_nor_its_interest(audit: Engagement, results: AuditResults) -> None:
    """Our answer about F2 is late: F5 alone, 200.00 less the loose 150.00, with its own 4.32 and 40.00."""
    owed = schemas.validate(pd.DataFrame({
        "customer_id": ["411A"], "document_ref": ["F2"], "what": ["duplicate"], "comment": "", "owner": "",
        "due_on": [pd.Timestamp("2025-06-01")], "kept_on": [pd.NaT], "source_file": "f", "source_sheet": "",
        "source_row": 1}), schemas.COMMITMENTS)
    case = cases(audit, dataclasses.replace(results, commitments=owed)).case("411A", "formal_notice")
    assert case.items["document_ref"].tolist() == ["F5"]
    assert case.principal_cents == 5_000
    assert (case.charges.interest_cents, case.charges.indemnity_cents) == (432, 4_000)
    whole = cases(audit, dataclasses.replace(results, commitments=owed.assign(document_ref="")))
    assert "01/06/2025" in whole.case("411A", "reminder_1").refusal


def test_a_promise_to_come_suspends_reminders(audit: Engagement, results: AuditResults) -> None:
    """650.00 promised for 10 July: nothing is asked again before, but a statement may go."""
    promised = pd.DataFrame({
        "customer_id": ["411A"], "outcome": ["pending"], "amount_cents": [65_000], "paid_cents": [0],
        "promised_on": [pd.Timestamp("2025-07-10")]})
    made = cases(audit, dataclasses.replace(results, promises=promised))
    assert "10/07/2025" in made.case("411A", "reminder_2").refusal
    assert not made.case("411A", "statement").refusal
    part = cases(audit, dataclasses.replace(results, promises=promised.assign(amount_cents=60_000)))
    assert not part.case("411A", "reminder_2").refusal


def test_nobody_writes_against_the_mark(audit: Engagement, results: AuditResults) -> None:
    marked = contacts([("411A", "", "", True), ("411B", "Mme Colin", "comptabilité", True)])
    made = cases(audit, dataclasses.replace(results, contacts=marked))
    assert "ne pas contacter" in made.case("411A", "reminder_1").refusal
    assert not made.case("411B", "reminder_1").refusal  # one person, not the debtor
    assert made.contacts == {}


def contacts(rows: list[tuple[str, str, str, bool]]) -> pd.DataFrame:
    """Return contacts: customer, name, role, mark; each with an e-mail."""
    frame = pd.DataFrame(rows, columns=["customer_id", "name", "role", "do_not_contact"])
    return schemas.validate(frame.assign(
        email="paie@alpha.example", phone="", address="", portal="", source_file="f", source_sheet="", source_row=1),
        schemas.CONTACTS)


@pytest.mark.parametrize("checked", [None, dt.date(2025, 6, 1)])
def test_procedures_are_checked_before_a_business_is_written_to(
    audit: Engagement, results: AuditResults, checked: dt.date | None,
) -> None:
    risk = audit.parameters.risk.model_copy(update={"insolvency_checked_on": checked})
    made = cases(audit, results, risk=risk)
    assert "vérification" in made.case("411A", "formal_notice").refusal
    assert not made.case("411B", "formal_notice").refusal
    assert not made.case("411D", "formal_notice").refusal


def proceedings(published_on: str | None, *, declared_on: str | None = None) -> pd.DataFrame:
    """Return the proceeding of Alpha, judged on 10 May 2025."""
    return schemas.validate(pd.DataFrame({
        "customer_id": ["411A"], "procedure": ["Redressement judiciaire"],
        "judgment_date": [pd.Timestamp("2025-05-10")],
        "publication_date": [pd.Timestamp(published_on) if published_on else pd.NaT],
        "claim_declared_on": [pd.Timestamp(declared_on) if declared_on else pd.NaT]}), schemas.INSOLVENCIES)


def test_an_insolvent_debtor_gets_the_two_claims_alone(audit: Engagement, results: AuditResults) -> None:
    """All that was born before the judgment is declared: 800.00, due on that day; the loose receipt came later."""
    failed = with_items(results, "411A", is_doubtful=True)
    creditor = audit.parameters.creditor.model_copy(update={"retention_clause": "article 8"})
    made = cases(audit, failed, insolvencies=proceedings("2025-05-20"), creditor=creditor)
    for template in (*DEMANDS, "dispute_acknowledgement"):
        assert "procédure collective" in made.case("411A", template).refusal  # type: ignore[arg-type]
    declared = made.case("411A", "declaration_of_claim")
    assert (declared.refusal, declared.principal_cents) == ("", 80_000)
    assert declared.act_by == dt.date(2025, 7, 20)
    said = written(made, "411A", "declaration_of_claim")
    for expected in ("800,00 €", "10 mai 2025", "20 mai 2025", "chirographaire", "L. 622-24"):
        assert expected in said, expected
    assert made.case("411A", "retention_claim").act_by == dt.date(2025, 8, 20)
    assert "article 8" in written(made, "411A", "retention_claim")
    assert "réservée" in made.case("411B", "declaration_of_claim").refusal


def test_letters_quote_the_clause_and_court_of_the_reviewed_terms_of_sale(
    audit: Engagement, results: AuditResults,
) -> None:
    said = {"retention_of_title": ReviewedPoint(answer="yes", value="article 8"),
            "jurisdiction": ReviewedPoint(answer="yes", value="le tribunal de commerce de Nantes")}
    accepted = {**said, "customer_acceptance": ReviewedPoint(answer="yes")}
    failed = with_items(results, "411A", is_doubtful=True)
    made = [cases(audit, failed, insolvencies=proceedings("2025-05-20"), reviews={
        "CGV.pdf": DocumentReview(kind="terms_and_conditions", points=points)}) for points in (said, accepted)]
    assert "réserve de propriété" in made[0].case("411A", "retention_claim").refusal
    assert "article 8" in written(made[1], "411A", "retention_claim")
    assert "le tribunal de commerce de Nantes" in written(made[1], "411B", "formal_notice")


def test_a_claim_is_declared_once_and_in_time(audit: Engagement, results: AuditResults) -> None:
    failed = with_items(results, "411A", is_doubtful=True)
    late = cases(audit, failed, insolvencies=proceedings("2025-04-01"))
    assert "01/06/2025" in late.case("411A", "declaration_of_claim").refusal
    done = cases(audit, failed, insolvencies=proceedings("2025-05-20", declared_on="2025-06-02"))
    assert "02/06/2025" in done.case("411A", "declaration_of_claim").refusal
    assert "BODACC" in cases(audit, failed).case("411A", "declaration_of_claim").refusal
    assert "réserve de propriété" in done.case("411A", "retention_claim").refusal


def test_the_practice_writes_with_a_mandate_only(audit: Engagement, results: AuditResults) -> None:
    ours = LetterRules(sender="practice")
    refused = cases(audit, results, letters=ours).case("411A", "reminder_1").refusal
    assert "date du mandat écrit" in refused
    assert "R. 124-1" in refused
    lacking = WHOLE_PRACTICE.model_copy(update={"insurance": ""})
    assert "assurance" in cases(audit, results, letters=ours, practice=lacking).case("411A", "reminder_1").refusal
    made = cases(audit, results, letters=ours, practice=WHOLE_PRACTICE)
    said = written(made, "411A", "reminder_1")
    for expected in ("recouvrement amiable", "au nom et pour le compte de", "1er juin 2025", "L. 111-8", "FR76 1234"):
        assert expected in said, expected
    assert "lui-même" in made.case("411A", "payment_plan").refusal


def test_a_plan_adds_up_to_the_cent(audit: Engagement, results: AuditResults) -> None:
    """360.50 in four: 90.12 three times, 90.14."""
    said = written(cases(audit, results), "411B", "payment_plan")
    assert said.count("90,12 €") == 3
    assert "90,14 €" in said
    for expected in ("reconnaît devoir", "08/07/2025", "08/10/2025", "novation", "exigible"):
        assert expected in said, expected


def test_a_missing_rate_claims_interest_without_a_figure(audit: Engagement, results: AuditResults) -> None:
    rates = results.late_interest.assign(rate=float("nan"))
    case = cases(audit, dataclasses.replace(results, late_interest=rates)).case("411A", "formal_notice")
    assert case.charges.interest_cents is None
    assert "1er semestre 2025" in case.notes[0]
    made = cases(audit, dataclasses.replace(results, late_interest=rates))
    assert "pour mémoire" in written(made, "411A", "formal_notice")
    assert "730,00 €" in written(made, "411A", "formal_notice")


def test_a_template_of_ones_own_is_used(audit: Engagement, results: AuditResults, tmp_path: Path) -> None:
    own = Document()
    own.add_paragraph("Notre texte pour {{ debtor }} : {{ principal }}")
    own.save(str(tmp_path / "reminder_1.docx"))
    made = cases(audit, results)
    assert written(made, "411A", "reminder_1", own=tmp_path).startswith("Notre texte pour Alpha SARL : 650,00 €")
    own.add_paragraph("{{ amount_of_nothing }}")
    own.save(str(tmp_path / "reminder_1.docx"))
    with pytest.raises(BadInputError, match="amount_of_nothing"):
        written(made, "411A", "reminder_1", own=tmp_path)


def test_who_pays_gets_a_draft_by_mail(audit: Engagement, results: AuditResults) -> None:
    known = contacts([("411A", "Mme Colin", "comptabilité fournisseurs", False), ("411B", "M. Du", "acheteur", False)])
    made = cases(audit, dataclasses.replace(results, contacts=known))
    writer = LetterWriter(Path("nowhere"), Path())
    _content, mail, _values = writer.letter(made, made.case("411A", "reminder_1"))
    assert mail is not None
    assert mail["To"] == "paie@alpha.example"
    assert mail["X-Unsent"] == "1"
    assert "factures échues" in mail["Subject"]
    assert "F2 | 05/03/2025" in mail.get_content()
    assert writer.letter(made, made.case("411A", "formal_notice"))[1] is None
    assert writer.letter(made, made.case("411B", "reminder_1"))[1] is None


def test_same_letter_same_bytes(audit: Engagement, results: AuditResults) -> None:
    made = cases(audit, results)
    case = made.case("411A", "formal_notice")
    first, second = (LetterWriter(Path("nowhere"), Path()).letter(made, case)[0] for _again in range(2))
    assert first == second


# --- a run's folder


@pytest.fixture
def finished(results: AuditResults, audit: Engagement, tmp_path: Path) -> Path:
    """Return the folder of outputs of a run that is finished, as far as letters go."""
    run_dir = tmp_path / "gamma" / "2025-06-30"
    run_dir.mkdir(parents=True)
    stored.write_intake(run_dir, audit.documents())
    stored.write_results(run_dir, results)
    return tmp_path


def register(outputs: Path) -> list[dict[str, str]]:
    """Return the register of the letters."""
    text = (outputs / "gamma" / "2025-06-30" / letters.FOLDER / letters.REGISTER).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_command_writes_letters_and_their_register(project: Path, finished: Path) -> None:
    report = letters.write_client_letters(
        project, customers=("411A", "411C"), template="formal_notice", outputs=finished)
    assert (report.written, report.refused) == (1, 1)
    first, second = register(finished)
    assert first["Principal réclamé TTC"] == "650,00"
    assert (first["Intérêts"], first["Indemnité"]) == ("18,42", "80,00")
    assert "IBAN" in first["À compléter"]
    assert (report.folder / first["Fichier"]).is_file()
    assert second["Refus"].startswith("société du groupe")
    assert second["Fichier"] == ""


def test_the_letters_of_others_stay(project: Path, finished: Path) -> None:
    for customer, template in (("411A", "reminder_1"), ("411B", "reminder_1"), ("411A", "reminder_1")):
        letters.write_client_letters(project, customers=(customer,), template=template, outputs=finished)
    assert [row["Code client"] for row in register(finished)] == ["411B", "411A"]
    folder = finished / "gamma" / "2025-06-30" / letters.FOLDER
    assert sorted(path.name for path in folder.glob("*.docx")) == ["411A_relance-1.docx", "411B_relance-1.docx"]


def test_what_the_plan_asks_for_is_written(project: Path, finished: Path) -> None:
    letters.write_client_letters(project, outputs=finished)
    assert {row["Code client"] for row in register(finished)} >= {"411A"}
    assert all(row["Fichier"] or row["Refus"] for row in register(finished))


@pytest.mark.parametrize(("customers", "template", "said"), [
    (("Z",), "", "Z"), (("411A",), "nothing", "reminder_1"), ((), "nothing", "reminder_1")])
def test_what_does_not_exist_is_named_and_nothing_is_written(
    project: Path, finished: Path, customers: tuple[str, ...], template: str, said: str,
) -> None:
    with pytest.raises(BadInputError, match=said):
        letters.write_client_letters(project, customers=customers, template=template, outputs=finished)
    assert sorted(path.name for path in (finished / "gamma" / "2025-06-30").iterdir()) == ["data", "indicators.json"]


def test_a_run_writes_them_anew_and_no_more_than_asked(
    audit: Engagement, results: AuditResults, tmp_path: Path,
) -> None:
    parameters = audit.parameters.model_copy(update={"letters": LetterRules(most=1)})
    known = schemas.empty(schemas.INSOLVENCIES)
    letters.write_planned_letters(tmp_path, results, audit.parameters, insolvencies=known)
    before = len(list((tmp_path / letters.FOLDER).glob("*.docx")))
    letters.write_planned_letters(tmp_path, results, parameters, insolvencies=known)
    assert before > 1
    assert len(list((tmp_path / letters.FOLDER).glob("*.docx"))) == 1
    assert "letters.most" in (tmp_path / letters.FOLDER / letters.REGISTER).read_text(encoding="utf-8-sig")


def test_the_form_says_what_came_of_it(project: Path, finished: Path) -> None:
    audit = open_engagement(project, run_dir=str(finished / "gamma" / "2025-06-30"))
    form = letters.letters_form(audit)
    assert isinstance(form, LettersForm)
    assert not (finished / "gamma" / "2025-06-30" / letters.FOLDER).exists()
    form.customer.value, form.template.value = "411A", "reminder_1"
    form.button.click()
    assert "écrites\u00a0: 1" in form.said.value
    assert [row["Lettre"] for row in register(finished)] == ["relance 1"]
    form.customer.value, form.template.value = "411C", ""
    form.button.click()
    assert "411C" in form.said.value


def test_letters_need_a_finished_run(project: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no finished run"):
        letters.write_client_letters(project, outputs=tmp_path / "none")


def test_the_practice_says_once_who_it_is(tmp_path: Path) -> None:
    path = write_client(tmp_path, "gamma", LEDGER, extra="practice: {mandate_signed_on: 2025-06-01, name: Own}")
    shared = tmp_path / "parameters" / "practice.yaml"
    shared.write_text("name: Cabinet Martin\ninsurance: Assureur", encoding="utf-8")
    practice = open_engagement(path).parameters.practice
    assert (practice.name, practice.insurance) == ("Own", "Assureur")
    shared.write_text("nom: Cabinet Martin", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"practice\.yaml: unknown key nom; did you mean name"):
        open_engagement(path)


def test_every_letter_of_the_plan_has_a_template() -> None:
    folder = ROOT / "auditlib" / "deliver" / "templates"
    assert {path.stem for path in folder.glob("*.docx")} >= set(LETTER_NAMES)
