"""The calls, worked by hand: amounts to the cent, who is called, days of the diary, offers, objections, the page."""

import datetime as dt
import json
import re
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from pydantic import ValidationError

from auditlib import schemas
from auditlib.action_plan import claimable
from auditlib.call_account import Instalment
from auditlib.call_contacts import unreachable_customers, whom_to_reach
from auditlib.call_diary import promise_days, spread_calls
from auditlib.call_files import CallBook, call_book
from auditlib.call_objections import OBJECTIONS, Grounds, fitting_objections, likely_objections
from auditlib.call_rules import CallRules
from auditlib.call_script import STEPS
from auditlib.collection_rules import CollectionRules
from auditlib.deliver.call_calendar import call_calendar
from auditlib.deliver.call_confirmation import call_confirmation
from auditlib.deliver.call_pages import calls_content, calls_pdf
from auditlib.deliver.content import printed, report_content
from auditlib.deliver.phone_method_docx import phone_method_docx
from auditlib.formats import Formats
from auditlib.phone_method import debtor_types
from auditlib.present.rehearsal_form import RehearsalForm, rehearsal
from tests.unit.results_fixture import parameters, results

AS_OF = dt.date(2025, 12, 31)
FIRST_DAY = dt.date(2026, 1, 2)
CUSTOMER = "000001"


def debtor(*, net: int = 165_000, items: tuple[dict[str, Any], ...] = (), tables: dict[str, pd.DataFrame] | None = None,
           **person: Any) -> Any:
    """Return results of one business: by default 1 000.00 of which 300.00 is disputed, 500.00, and 400.00 retained.

    A credit of 250.00 is not allocated: the net overdue is 1 900.00 - 250.00.
    """
    whole = results()
    base = whole.open_items.iloc[:1].assign(
        customer_id=CUSTOMER, residual_cents=100_000, days_overdue=40.0, disputed_cents=0, is_doubtful=False,
        is_retention=False, is_group=False, due_date_origin="given", is_terms_confirmed=False)
    given = items or (
        {"document_ref": "F1", "disputed_cents": 30_000, "due_date": pd.Timestamp("2025-11-21")},
        {"document_ref": "F2", "residual_cents": 50_000, "days_overdue": 20.0, "due_date": pd.Timestamp("2025-12-11")},
        {"document_ref": "F3", "residual_cents": 40_000, "days_overdue": 10.0, "due_date": pd.Timestamp("2025-12-21"),
         "is_retention": True})
    rows = [base.assign(**one, item_id=rank, movement_id=rank) for rank, one in enumerate(given)]
    known: dict[str, Any] = {
        "net_overdue_cents": net, "overdue_cents": 190_000, "customer_type": "B2B", "zone": "FR", "size_class": "PME",
        "is_group": False, "salesperson": "Zoé"} | person
    people = whole.customers[whole.customers["customer_id"] == CUSTOMER].assign(**known)
    return SimpleNamespace(**(vars(whole) | {
        "open_items": pd.concat(rows, ignore_index=True), "customers": people} | (tables or {})))


def book_of(audit: Any, **options: Any) -> CallBook:
    return call_book(audit, rules=CollectionRules(), creditor="Acme", **options)


def contact(**changes: Any) -> dict[str, pd.DataFrame]:
    row = {"customer_id": CUSTOMER, "name": "Mme Roy", "role": "Comptabilité fournisseurs", "email": "roy@a.example",
           "phone": "01 02 03 04 05", "address": "", "portal": "", "do_not_contact": False, "source_file": "",
           "source_sheet": "", "source_row": 1}
    return {"contacts": schemas.validate(pd.DataFrame([row | changes]), schemas.CONTACTS)}


def promised(*rows: tuple[str, str]) -> pd.DataFrame:
    """Return promises of 100.00: day and outcome."""
    return pd.DataFrame([{"customer_id": CUSTOMER, "movement_id": -1, "document_ref": "", "amount_cents": 10_000,
                          "made_on": pd.NaT, "promised_on": pd.Timestamp(day), "paid_cents": 0, "outcome": outcome}
                         for day, outcome in rows])


def texts(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def test_the_account_goes_from_the_overdue_to_the_claim() -> None:
    """1 900.00 overdue, 300.00 disputed and 400.00 retained, 250.00 of credits: 950.00 are claimed."""
    account = book_of(debtor()).files[0].account
    assert (account.overdue_cents, account.barred_cents, account.credits_cents) == (190_000, 70_000, 25_000)
    assert (account.suspended_cents, account.unconfirmed_cents, account.claim_cents) == (0, 0, 95_000)
    assert account.items["document_ref"].tolist() == ["F1", "F2", "F3"]


def test_the_offers_are_dated_and_add_up() -> None:
    """F1 less credits is 450.00, under half of the claim, and F2 makes it whole: half of 950.00 is asked at once.

    Called on Friday 2 January; the bank shows it on Wednesday; the 17th is a Saturday, so the balance is for the 19th.
    """
    made = book_of(debtor()).files[0].offers
    assert made.seen_on == dt.date(2026, 1, 7)
    assert (made.first, made.balance) == (Instalment(FIRST_DAY, 47_500), Instalment(dt.date(2026, 1, 19), 47_500))
    assert [(one.due_on.isoformat(), one.amount_cents) for one in made.plan] == [
        ("2026-01-02", 23_750), ("2026-02-02", 23_750), ("2026-03-02", 23_750), ("2026-04-02", 23_750)]


def test_whole_invoices_come_first_where_they_make_the_share() -> None:
    """1 000.00 and 100.02: the older invoice alone; three instalments of 366.67, the odd cent in the first."""
    two = ({"document_ref": "F1"}, {"document_ref": "F2", "residual_cents": 10_002, "days_overdue": 5.0})
    made = book_of(debtor(items=two, net=110_002, size_class="TPE")).files[0].offers
    assert (made.first.amount_cents, made.balance.amount_cents) == (100_000, 10_002)
    assert [one.amount_cents for one in made.plan] == [36_668, 36_667, 36_667]


@pytest.mark.parametrize(("changes", "reason"), [
    ({"is_group": True}, "groupe"),
    ({"items": ({"is_doubtful": True},), "net": 100_000}, "Procédure collective"),
    ({"items": ({"disputed_cents": 100_000},), "net": 100_000}, "Rien à réclamer"),
    ({"tables": contact(do_not_contact=True)}, "Ne pas contacter"),
    ({"tables": contact(do_not_contact=True, name="", role="", email="", phone="")}, "Ne pas contacter"),
    ({"items": ({"due_date_origin": "default"},), "net": 100_000}, "confirmer les conditions"),
])
def test_who_may_not_be_called_has_no_file_and_is_listed_with_the_reason(changes: dict[str, Any], reason: str) -> None:
    book = book_of(debtor(**changes))
    assert not book.files
    assert book.not_called["customer_id"].tolist() == [CUSTOMER]
    assert reason in book.not_called["reason"].iloc[0]


def test_nobody_goes_back_to_a_call_after_a_formal_notice() -> None:
    sent = pd.DataFrame([{
        "customer_id": CUSTOMER, "document_ref": "", "step": step, "channel": "", "done_on": day, "contact": "",
        "owner": "", "comment": "", "next_on": pd.NaT, "source_file": "", "source_sheet": "", "source_row": 1}
        for step, day in (("reminder_3", "2025-12-01"), ("formal_notice", "2025-12-20"))])
    log = {"actions": schemas.validate(sent.astype({"done_on": "datetime64[s]"}), schemas.ACTIONS)}
    book = book_of(debtor(tables=log))
    assert not book.files
    assert "Mise en demeure envoyée" in book.not_called["reason"].iloc[0]


def test_two_promises_not_kept_take_the_call_out() -> None:
    """The next stage at forty days is the formal notice; one promise alone is called the same day."""
    once = book_of(debtor(tables={"promises": promised(("2025-12-20", "broken"))}))
    assert once.files[0].next_step.startswith("Appeler aujourd’hui")
    twice = book_of(debtor(tables={"promises": promised(("2025-12-20", "broken"), ("2025-12-22", "broken"))}))
    assert not twice.files
    assert twice.not_called["reason"].iloc[0].startswith("Deux promesses non tenues")


def test_every_claim_is_that_of_the_plan_and_everyone_late_is_in_one_list() -> None:
    audit = results()
    book = call_book(audit, rules=CollectionRules(calls=CallRules(files=300)), creditor="Acme")
    claims = dict(zip(audit.customers["customer_id"], claimable(audit)["claim_cents"], strict=True))
    assert len(book.files) > 3
    for file in book.files:
        shown = file.account.items
        assert file.account.claim_cents == claims[file.customer_id] > 0
        assert shown["free_cents"].sum() - file.account.credits_cents == claims[file.customer_id]
        assert sum(one.amount_cents for one in (file.offers.first, file.offers.balance)) == claims[file.customer_id]
        assert not audit.open_items.loc[audit.open_items["item_id"].isin(shown["item_id"]), "is_doubtful"].any()
    called, apart = {one.customer_id for one in book.files}, set(book.not_called["customer_id"])
    assert not called & apart
    assert called | apart == set(audit.customers.loc[audit.customers["overdue_cents"] > 0, "customer_id"])


def test_chosen_customers_alone_get_a_file() -> None:
    assert book_of(debtor(), customers=["000009"]).files == ()
    assert [one.customer_id for one in book_of(debtor(), customers=[CUSTOMER]).files] == [CUSTOMER]


def test_a_consumer_is_asked_for_nothing_of_what_businesses_owe() -> None:
    file = book_of(debtor(customer_type="B2C")).files[0]
    said = texts([[one.said for one in file.steps], [(one.heard, one.answer) for one in file.exercises], file.goals])
    assert file.kind == "consumer"
    assert not re.search(r"pénalit|indemnité|intérêt|40,00|40 €|fournisseurs", said)
    assert {one.code for one in file.exercises} == {"not_received", "dispute", "already_sent", "personal"}
    assert "Ne parler de la dette à personne d’autre" in said


def test_a_public_body_is_asked_for_a_status_and_offered_no_plan() -> None:
    file = book_of(debtor(customer_type="public")).files[0]
    assert file.offers.plan == ()
    assert "statut" in file.steps[2].said
    assert file.goals[2].startswith("pas d’échéancier")


def test_the_script_has_nine_steps_and_names_the_case() -> None:
    file = book_of(debtor(tables={"promises": promised(("2025-12-20", "broken"))} | contact())).files[0]
    assert [one.code for one in file.steps] == list(STEPS)
    assert len(file.steps) == 9
    said = " ".join(one.said for one in file.steps)
    assert "Mme Roy" in said
    assert "950,00" in said
    assert "F1 depuis le 21/11/2025 (40 jours)" in said
    assert "promis pour le 20/12/2025" in said
    assert "{" not in said
    assert file.history.promises == ("100,00\xa0€ pour le 20/12/2025 : non tenue",)


def test_objections_follow_facts_then_kind_then_habits() -> None:
    founded = Grounds("very_small", "silent", has_dispute=True, lacks_invoice=True)
    assert likely_objections(founded) == ("dispute", "not_received", "own_customer")
    assert likely_objections(Grounds("public", "silent")) == ("portal", "already_sent", "awaiting_approval")
    assert likely_objections(Grounds("fragile", "undetermined")) == ("cash_trouble", "not_received", "already_sent")
    for kind in ("public", "consumer", "fragile", "large_account", "mid_small", "export_eu"):
        for profile in ("silent", "slow", "disputing", ""):
            found = likely_objections(Grounds(kind, profile))
            assert 2 <= len(found) <= 3
            assert set(found) <= set(fitting_objections(kind)) <= set(OBJECTIONS)


def test_calls_are_spread_over_french_working_days() -> None:
    """Two a day from Wednesday 29 April 2026; Friday 1 May is a holiday, so is Friday 8 May."""
    start, hours = dt.date(2026, 4, 29), (dt.time(9, 30), dt.time(10))
    wished = [start] * 4 + [dt.date(2026, 5, 8), start]
    slots = spread_calls(wished, starts_on=start, times=hours)
    assert [f"{one.day:%d/%m} {one.at:%H:%M}" for one in slots] == [
        "29/04 09:30", "29/04 10:00", "30/04 09:30", "30/04 10:00", "11/05 09:30", "04/05 09:30"]


def test_a_promise_is_reminded_of_the_working_day_before() -> None:
    """For Monday 5 January, on Friday 2; for the first day of calls, that day; those past or kept, never."""
    made = promised(("2026-01-05", "pending"), ("2026-01-02", "pending"), ("2025-12-30", "pending"),
                    ("2026-01-06", "kept"))
    found = promise_days(made, starts_on=FIRST_DAY)
    assert [(one["promised_on"].date(), one["remind_on"].date()) for one in found.to_dict("records")] == [
        (dt.date(2026, 1, 5), FIRST_DAY), (dt.date(2026, 1, 2), FIRST_DAY)]


def test_nobody_is_reminded_who_may_not_be_called() -> None:
    tables = {"promises": promised(("2026-01-05", "pending"))}
    assert len(book_of(debtor(tables=tables)).reminders) == 1
    assert book_of(debtor(tables=tables, is_group=True)).reminders.empty
    assert book_of(debtor(tables=tables | contact(do_not_contact=True))).reminders.empty


def test_who_pays_is_called_before_who_buys_and_who_is_barred_is_not() -> None:
    rows = [contact(name="M. Achat", role="Acheteur"), contact(name="M. Stop", role="DAF", do_not_contact=True),
            contact(role="Comptabilité fournisseurs"), contact(name="", role="", portal="Chorus Pro")]
    table = pd.concat([one["contacts"] for one in rows], ignore_index=True)
    reach = whom_to_reach(table)[CUSTOMER]
    assert [one.name for one in reach.people] == ["Mme Roy", "M. Achat", ""]
    assert reach.portal == "Chorus Pro"
    assert unreachable_customers(table) == frozenset()


def test_the_diary_holds_each_call_at_its_hour_in_paris() -> None:
    """9:30 in Paris in January is 8:30 UTC; the reminder is a whole day."""
    book = book_of(debtor(tables={"promises": promised(("2026-01-06", "pending"))}))
    written = call_calendar(book, client="acme", minutes=20, formats=Formats())
    assert written.count("BEGIN:VEVENT") == 2
    assert "DTSTART:20260102T083000Z\r\nDTEND:20260102T085000Z\r\n" in written
    assert "DTSTART;VALUE=DATE:20260105\r\nDTEND;VALUE=DATE:20260106\r\n" in written
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    assert written == call_calendar(book, client="acme", minutes=20, formats=Formats())


def test_two_clients_with_the_same_customer_codes_keep_their_calls_apart_in_one_diary() -> None:
    book = book_of(debtor(tables={"promises": promised(("2026-01-06", "pending"))}))
    keys = [set(re.findall(r"UID:(\S+)", call_calendar(book, client=one, minutes=20, formats=Formats())))
            for one in ("acme", "boulon")]
    assert [len(one) for one in keys] == [2, 2]
    assert not keys[0] & keys[1]


def test_the_confirmation_states_the_claim_and_leaves_the_agreement_blank() -> None:
    """700.00 not disputed and 500.00, less 250.00 not allocated, are 950.00; the retention is not asked for."""
    [file] = book_of(debtor(tables=contact(email="roy@debtor.example"))).files
    written = call_confirmation(file, creditor="Acme", as_of_date=AS_OF, formats=Formats())
    text = written.get_content()
    assert written["To"] == "roy@debtor.example"
    cents = Formats().cents
    assert [line.split(": ", 1)[-1].split(":\u00a0")[-1] for line in text.splitlines() if line.startswith("- ")] == [
        cents(70_000), cents(50_000), cents(-25_000)]
    assert f"régler est de {cents(95_000)}" in text
    assert "F3" not in text
    assert text.count("……………") == 10
    assert bytes(written) == bytes(call_confirmation(file, creditor="Acme", as_of_date=AS_OF, formats=Formats()))
    for name, how in debtor_types(Formats()):
        assert name.lower() not in text.lower() and how not in text


def test_each_debtor_has_one_page_however_much_there_is_to_say() -> None:
    """A list of calls, a page for the debtor, a page of those not called."""
    many = tuple({"document_ref": f"FACTURE-TRES-LONGUE-{rank:05d}", "residual_cents": 10_000} for rank in range(40))
    said = {"promises": promised(*((f"2025-12-{day:02d}", "kept") for day in (1, 2)), ("2025-12-03", "broken"))}
    long = debtor(items=many, net=390_000, name="Établissements Vauquelin et Associés " * 3, tables=said | contact())
    book = book_of(long)
    pdf = calls_pdf(book, client="Acme", as_of_date=AS_OF, formats=Formats())
    assert len(re.findall(rb"/Type ?/Page\b", pdf)) == 2
    assert pdf == calls_pdf(book_of(long), client="Acme", as_of_date=AS_OF, formats=Formats())
    page = calls_content(book, client="Acme", as_of_date=AS_OF, formats=Formats())["pages"][0]
    assert len(page["items"]) == 9
    assert page["account"][-1][1] == Formats().cents(390_000)


def test_where_nobody_is_called_the_document_says_so() -> None:
    book = book_of(debtor(is_group=True))
    content = calls_content(book, client="Acme", as_of_date=AS_OF, formats=Formats())
    assert content["none"].startswith("Aucun appel")
    assert content["not_called"]["rows"][0][2].startswith("Société du groupe")
    pdf = calls_pdf(book, client="Acme", as_of_date=AS_OF, formats=Formats())
    assert len(re.findall(rb"/Type ?/Page\b", pdf)) == 2


def test_how_a_person_behaves_is_in_no_document_about_a_debtor() -> None:
    audit, formats = results(), Formats()
    book = call_book(audit, rules=CollectionRules(), creditor="Acme")
    made = texts(calls_content(book, client="Acme", as_of_date=AS_OF, formats=formats))
    made += call_calendar(book, client="acme", minutes=20, formats=formats)
    made += texts(printed(report_content(audit, parameters=parameters())))
    for name, how in debtor_types(formats):
        assert not re.search(rf"\b{name}\b", made, re.IGNORECASE)
        assert how not in made
    assert phone_method_docx(day=AS_OF, formats=formats) == phone_method_docx(day=AS_OF, formats=formats)


def test_the_rehearsal_shows_the_model_after_an_answer_and_keeps_nothing() -> None:
    form = rehearsal(book_of(debtor()), Formats())
    assert isinstance(form, RehearsalForm)
    first, heard = form.objection, form.heard.value
    form.show_model()
    assert first.answer[:20] not in form.model.value
    form.typed.value = "Je vous la renvoie."
    form.show_model()
    assert first.answer[:20] in form.model.value
    turns = [first]
    for _turn in form.file.exercises[1:]:
        form.draw_next()
        turns.append(form.objection)
    assert sorted(one.code for one in turns) == sorted(one.code for one in form.file.exercises)
    assert (form.typed.value, form.model.value) == ("", "")
    again = RehearsalForm(book_of(debtor()), Formats())
    assert again.heard.value == heard


def test_a_rehearsal_without_a_call_says_so() -> None:
    assert "Aucun appel" in str(rehearsal(book_of(debtor(is_group=True)), Formats()))


@pytest.mark.parametrize("times", [("09:30", "09:40"), ("10:00", "09:30"), (930,), ("24:00",)])
def test_hours_that_cannot_be_kept_are_refused(times: tuple[Any, ...]) -> None:
    with pytest.raises(ValidationError):
        CallRules(times=times)
