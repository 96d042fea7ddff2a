"""The log of reminders: who was never reminded, who pays when chased; and our own promises."""

import datetime as dt

import pandas as pd
import pytest

from auditlib import schemas
from auditlib.commitments import outcomes
from auditlib.controls.recovery import no_reminder
from auditlib.indicators import compute
from auditlib.loaders.intake import load_documents
from auditlib.parameters import Parameters
from auditlib.reminders import demands, last_demand, paid_when_chased

AS_OF = dt.date(2025, 12, 31)


def log(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Return a log: customer, document, step, day."""
    frame = pd.DataFrame(rows, columns=["customer_id", "document_ref", "step", "done_on"]).assign(
        channel="", contact="", owner="", comment="", next_on=pd.Timestamp("NaT"), source_file="", source_sheet="",
        source_row=1)
    return schemas.validate(frame.astype({"done_on": "datetime64[s]"}), schemas.ACTIONS)


def test_the_last_demand_is_on_the_document_or_on_the_whole_account_by_its_day() -> None:
    actions = demands(log(
        ("A", "", "reminder_1", "2025-03-01"), ("A", "f-1", "call_1", "2025-04-01"),
        ("A", "F2", "call_1", "2025-05-01"), ("A", "", "portal_check", "2025-06-01"),
        ("B", "F1", "call_1", "2025-06-01"), ("A", "", "call_2", "2026-01-01")),
        as_of_date=AS_OF)
    items = pd.DataFrame({"customer_id": ["A", "A", "A", "C", "A"], "document_ref": ["F1", "F2", "F3", "F1", "F1"]})
    days = pd.Series(pd.to_datetime(["2025-12-31", "2025-04-30", "2025-12-31", "2025-12-31", "2025-03-31"]))
    found = last_demand(items, actions=actions, day=days)
    assert found.dt.strftime("%m-%d").fillna("-").tolist() == ["04-01", "03-01", "03-01", "-", "03-01"]


def test_invoices_paid_within_days_of_a_demand_made_after_their_due_date_are_counted() -> None:
    """F1 is paid 5 days after the call, F2 20 days after it, F3 before it is due, F4 without one, F5 not wholly."""
    payments = pd.DataFrame({
        "customer_id": pd.Categorical(["A"] * 5), "root_id": range(5), "document_ref": ["F1", "F2", "F3", "F4", "F5"],
        "settlement_date": pd.to_datetime(["2025-03-20", "2025-04-04", "2025-03-20", "2025-09-01", "2025-03-20"]),
        "due_date": pd.to_datetime(["2025-03-01", "2025-03-01", "2025-03-31", "2025-08-01", "2025-03-01"]),
        "is_open": [False, False, False, False, True], "is_direct_debit": False})
    counted = paid_when_chased(payments, actions=log(("A", "", "call_1", "2025-03-15")), start=dt.date(2025, 1, 1),
                               days=15)
    assert counted.to_numpy().tolist() == [[3, 1]]


def test_what_is_overdue_without_a_demand_since_its_due_date_is_found() -> None:
    items = pd.DataFrame({
        "customer_id": pd.Categorical(["A"] * 5), "item_id": range(5), "document_ref": ["F1", "F2", "F3", "F4", "F5"],
        "document_date": pd.NaT, "posting_date": pd.NaT, "due_date": pd.to_datetime(["2025-10-01"] * 5),
        "amount_cents": 100, "residual_cents": [100, 100, 100, 100, -50], "disputed_cents": [0, 30, 0, 100, 0],
        "days_overdue": [91.0, 91.0, 15.0, 91.0, 91.0], "is_doubtful": False, "is_retention": False, "is_group": False,
        "source_file": "gl.csv", "source_sheet": "", "source_row": range(5)})
    asked = pd.Series(pd.to_datetime(["2025-11-01", "2025-09-30", "", "", ""]))
    found = no_reminder(items, asked_on=asked, days=15)
    assert found.rows["document_ref"].tolist() == ["F2"]
    assert found.rows["amount_cents"].tolist() == [70]
    assert (found.population_rows, found.population_cents) == (2, 170)


@pytest.mark.parametrize(("due_on", "kept_on", "outcome"), [
    ("2025-12-30", None, "late"), ("2025-12-31", None, "pending"), ("2025-12-30", "2025-12-30", "kept"),
    ("2025-12-29", "2025-12-30", "kept_late"), ("2025-12-30", "2026-01-05", "late"), ("2026-01-10", None, "pending")])
def test_what_became_of_a_commitment(due_on: str, kept_on: str | None, outcome: str) -> None:
    held = pd.DataFrame({"due_on": [pd.Timestamp(due_on)], "kept_on": [pd.Timestamp(kept_on) if kept_on else pd.NaT]})
    held["kept_on"] = held["kept_on"].astype("datetime64[s]")
    assert outcomes(held, as_of_date=AS_OF).tolist() == [outcome]


LEDGER = "Code client;Nom client;Journal;Date;N° pièce;Échéance;Débit;Crédit;Lettrage\n" + "".join(
    f"A;Alpha;VE;01/{month:02}/2025;F{month};15/{month:02}/2025;100,00;;L{month}\n"
    f"A;Alpha;BQ;28/{month:02}/2025;R{month};;;100,00;L{month}\n" for month in range(1, 7)) + (
    "A;Alpha;VE;01/11/2025;F11;30/11/2025;100,00;;\n")
REMINDERS = "Code client;Date de relance;Action;Canal\n" + "".join(
    f"A;{25:02}/{month:02}/2025;Premier appel;téléphone\n" for month in range(1, 7))


@pytest.mark.parametrize(("with_log", "profile", "status"), [(True, "negligent", "exception"), (False, "short_late",
                                                                                                "not_tested")])
def test_a_log_tells_who_pays_when_chased_and_who_was_never_reminded(
    tmp_path_factory: pytest.TempPathFactory, with_log: bool, profile: str, status: str,
) -> None:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "grand_livre.csv").write_text(LEDGER, encoding="utf-8")
    if with_log:
        (folder / "relances.csv").write_text(REMINDERS, encoding="utf-8")
    parameters = Parameters.model_validate({"client": "acme", "as_of_date": AS_OF, "documents": [str(folder)]})
    results = compute(load_documents(parameters, as_of_date=AS_OF), parameters=parameters, as_of_date=AS_OF)
    payer = results.payers.iloc[0]
    assert payer["profile"] == profile
    test = results.tests.set_index(results.tests["test"].astype("str")).loc["no_reminder"]
    assert test["status"] == status
    if with_log:
        assert payer["evidence"].startswith("Factures payées en retard : 6 ; réglées dans les 15 jours d’une relance")
        assert test["amount_cents"] == 100_00
