"""Clauses of INDICATORS.md, each on a tiny file read by the real loader; figures typed by hand with their working."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from auditlib import cube, replay
from auditlib.indicators import AuditResults, compute
from auditlib.loaders.intake import load_documents
from auditlib.parameters import Economics, Method, NonDisclosure, Parameters
from auditlib.run.verdict import broken_law

HEAD = "Code client;Compte;Journal;Date comptable;Date pièce;Date échéance;N° pièce;Libellé;Débit;Crédit;Lettrage"
JOURNALS = {"F": ("VE", "Facture"), "A": ("VE", "Avoir"), "R": ("BQ", "Virement client"), "O": ("AN", "A nouveau"),
            "L": ("OD", "Perte sur créance irrécouvrable"), "B": ("OD", "LCR acceptée")}
Row = tuple[Any, ...]
"""customer, kind (key of JOURNALS), posting day, amount, then due day, reference, code, account, document day."""


def line(customer: str, kind: str, posted: str, amount: float, due: str = "", ref: str = "", code: str = "",
         account: str = "411000", dated: str = "") -> str:
    journal, wording = JOURNALS[kind]
    debit, credit = (f"{amount:.2f}", "") if amount > 0 else ("", f"{-amount:.2f}")
    return ";".join([customer, account, journal, posted, dated or posted, due, ref, f"{wording} {ref}".strip(),
                     debit.replace(".", ","), credit.replace(".", ","), code])


def ledger(*rows: Row) -> dict[str, str]:
    return {"grand_livre.csv": "\n".join([HEAD, *(line(*row) for row in rows)]) + "\n"}


def audit(folder: Path, files: dict[str, str], day: str, *, currency: str = "EUR", **method: Any) -> AuditResults:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    parameters = Parameters(
        client="clauses", as_of_date=dt.date.fromisoformat(day), documents=["."], currency=currency,
        nda=NonDisclosure(allow_unsigned=True), source=folder / "p.yaml", method=Method(**method),
        economics=Economics(financing_rate=0.06, margin_rate=0.10, vat_rate=0.20))
    intake = load_documents(parameters, as_of_date=parameters.as_of_date)
    results = compute(intake, parameters=parameters, as_of_date=parameters.as_of_date)
    json.dumps(results.summary, allow_nan=False)
    broken = broken_law(results.summary)
    assert not broken or "does not tie" in broken
    return results


def values(results: AuditResults, *names: str) -> list[float | None]:
    entries = [results.summary["indicators"][name] for name in names]
    assert all((entry["value"] is None) == bool(entry["reason"]) for entry in entries)
    return [entry["value"] for entry in entries]


# One invoice of 100 on the 10th of each month of 2023 and 2024, due on the 25th; nothing is ever paid.
MONTHLY = ledger(*(("A", "F", f"{year}-{month:02d}-10", 100, f"{year}-{month:02d}-25", f"F{year}{month:02d}")
                   for year in (2023, 2024) for month in range(1, 13)))


@pytest.mark.parametrize(("day", "months", "dso", "count_back"), [
    # 1/3/2023–29/2/2024 is 366 days of 1 200; 14 invoices open; back to January 2023: 59 + 306 + 60 days.
    ("2024-02-29", 12, 1_400 / 1_200 * 366, 425),
    ("2024-02-29", 6, 1_400 / 600 * 182, 425),  # 1/9–29/2: 30 + 31 + 30 + 31 + 31 + 29
    ("2024-02-29", 3, 1_400 / 300 * 91, 425),  # 1/12–29/2: 31 + 31 + 29
    ("2024-02-15", 12, 1_400 / 1_200 * 365, 411),  # 16/2/2023–15/2/2024; February counts the 15 days elapsed
    ("2023-04-30", 12, 400 / 400 * 111, 120),  # the history starts on 10/1: 22 + 28 + 31 + 30 days, whole months back
    ("2023-04-09", 12, 300 / 300 * 90, 99),  # three full months to the day: 10/1–9/4
    ("2023-04-08", 12, None, 98),  # one day less
    ("2023-03-31", 12, None, 90),
])
def test_windows(tmp_path: Path, day: str, months: int, dso: float | None, count_back: float) -> None:
    results = audit(tmp_path, MONTHLY, day, window_months=months)
    assert values(results, "dso", "dso_count_back") == [dso if dso is None else pytest.approx(dso), count_back]
    if day == "2023-04-30":
        assert [point["dso"] for point in results.summary["evolution"]] == [None, None, None, 111]


SLOW = (("A", "F", "2025-01-10", 1_000, "2025-02-10", "F101"), ("A", "F", "2025-03-10", 600, "2025-04-10", "F102"),
        ("A", "A", "2025-05-05", -200, "", "AV1"))


@pytest.mark.parametrize(("rows", "day", "expected"), [
    # 1 700: June 300 in 30 days; May −200, April 0 and March 600 make 400 in 92; February nothing, 28; January 31.
    ([*SLOW, ("A", "F", "2025-06-05", 300, "2025-07-05", "F103")], "2025-06-30", 30 + 92 + 28 + 31),
    ([*SLOW, ("A", "F", "2025-06-05", 300, "2025-07-05", "F103"), ("A", "R", "2025-06-20", -1_200)],
     "2025-06-30", 30 + 200 / 400 * 92),
    (SLOW, "2025-05-20", 20 + 30 + 31 + 28 + 31),  # the as-of month itself is negative
    ([SLOW[0], ("A", "R", "2025-03-10", -1_500)], "2025-06-30", 0),  # nothing is owed
])
def test_count_back_over_empty_and_negative_months(
    tmp_path: Path, rows: list[Row], day: str, expected: float,
) -> None:
    assert values(audit(tmp_path, ledger(*rows), day), "dso_count_back") == [pytest.approx(expected)]


def test_a_history_used_up_is_flagged_at_each_point(tmp_path: Path) -> None:
    # 500 brought forward on 100 of sales a month: the history is used up, every time.
    files = ledger(("A", "O", "2023-01-01", 500), *(("A", "F", f"2023-{month:02d}-10", 100, "", f"F10{month}")
                                                    for month in range(1, 5)))
    results = audit(tmp_path, files, "2023-04-30")
    assert values(results, "dso_count_back") == [31 + 28 + 31 + 30]
    assert "Minorant" in results.summary["indicators"]["dso_count_back"]["note"]
    assert [point["dso_count_back_is_lower_bound"] for point in results.summary["evolution"]] == [True] * 4
    assert not audit(tmp_path, MONTHLY, "2023-04-30").summary["evolution"][-1]["dso_count_back_is_lower_bound"]


def test_balances_brought_forward_in_the_window_open_the_collection_index(tmp_path: Path) -> None:
    # (500 + 300 − 400) / (500 + 300 − 200 not due); without what was brought forward it would be −1.
    rows = [("A", "O", "2025-01-01", 500, "2024-12-15", "F099", "", "411000", "2024-11-15"),
            ("A", "F", "2025-01-01", 100, "2025-01-31", "F101"), ("A", "R", "2025-02-15", -400),
            ("A", "F", "2025-03-10", 200, "2025-04-10", "F102")]
    assert values(audit(tmp_path, ledger(*rows), "2025-03-31"), "collection_effectiveness_index") == [
        pytest.approx(400 / 600)]


def test_a_credit_note_lowers_the_base_and_a_write_off_is_no_settlement(tmp_path: Path) -> None:
    rows = [("A", "F", "2025-01-05", 1_000, "2025-02-10", "F101", "AA"),
            ("A", "A", "2025-02-20", -200, "", "AV1", "AA"),
            ("A", "R", "2025-03-20", -500, "", "", "AA"), ("A", "L", "2025-04-15", -300, "", "", "AA")]
    results = audit(tmp_path, ledger(*rows), "2025-06-30")
    names = ("recovery_rate_1m", "dilution_rate", "weighted_days_to_pay", "weighted_days_beyond_terms", "dso")
    # 500 of 800 by 31/03, on 20/03: 74 days after the invoice, 38 after it fell due.
    assert values(results, *names) == pytest.approx([0.625, 0.2, 74, 38, 0])
    # Opening 300, written off: (300 + 0 − 0 − 300) / 300.
    assert values(results, "collection_effectiveness_index", "median_days_beyond_terms_km", "overdue_rate",
                  "overdue_rate_net", "concentration_gini") == [0, None, None, None, None]


@pytest.mark.parametrize(("undated", "expected"), [(100, 1.0), (101, None)])
def test_overdue_rates_stop_above_a_tenth_undated(tmp_path: Path, undated: int, expected: float | None) -> None:
    # 100 of 1 000 is a tenth, which is not more than a tenth; 101 of 1 001 is more.
    results = audit(tmp_path, ledger(("A", "F", "2025-01-05", 900, "2025-02-10", "F101"),
                                     ("B", "F", "2025-03-05", undated, "", "F102")), "2025-06-30")
    assert values(results, "overdue_rate", "overdue_rate_90") == [expected] * 2
    assert results.summary["evolution"][-1]["overdue_rate"] == expected


def test_credits_are_netted_by_customer_and_deposits_too(tmp_path: Path) -> None:
    # A: overdue 1 000 and 500, credit 300, deposit 100 -> 1 100; B: a credit of 60. Due today is not overdue.
    rows = [("A", "F", "2025-01-05", 1_000, "2025-02-10", "F101"), ("A", "F", "2025-03-05", 500, "2025-06-29", "F102"),
            ("A", "F", "2025-06-10", 400, "2025-06-30", "F103"), ("A", "R", "2025-06-05", -300),
            ("B", "R", "2025-06-05", -60), ("A", "R", "2025-06-06", -100, "", "", "", "419100")]
    results = audit(tmp_path, ledger(*rows), "2025-06-30", matching="codes")
    receivable = results.summary["receivable"]
    assert [receivable[name] for name in ("total", "gross", "not_due", "overdue", "net_overdue", "unallocated_credits",
                                          "customers", "open_items")] == [1_540, 1_900, 400, 1_500, 1_100, -360, 2, 5]
    assert values(results, "overdue_rate", "overdue_rate_net") == pytest.approx([1_500 / 1_900, 1_100 / 1_600])
    assert "5 %" in results.summary["indicators"]["overdue_rate_net"]["note"]
    assert "no_lettering" in set(results.findings["finding"])
    # 1 100 / 1.2 / 10 %, not rounded on the way.
    assert values(results, "compensating_sales") == [9_166.67]


STATUSES = ledger(
    ("A", "F", "2025-01-05", 1_000, "2025-02-10", "F101"), ("B", "F", "2025-01-06", 600, "2025-02-10", "F102"),
    ("C", "F", "2025-01-07", 400, "2025-08-10", "F103"),
    ("D", "F", "2025-01-08", 300, "2025-02-10", "F104", "", "416000"),
    ("E", "F", "2025-01-09", 200, "2025-02-10", "F105", "", "411700"), ("A", "R", "2025-06-01", -100)) | {
    "clients.csv": "Code client;Nom;Groupe;Société du groupe\nA;A;;\nB;B;;oui\nC;C;A;\nD;D;;\nE;E;;\n",
    "litiges.csv": "Code client;N° facture;Montant en litige;Date ouverture\nA;F101;250,00;15/06/2025\n"}


def test_split_and_variants_by_status(tmp_path: Path) -> None:
    results = audit(tmp_path, STATUSES, "2025-06-30", matching="codes")
    days = 177 / 2_500  # 5/1–30/6, sales 2 500
    split = ("best_possible", "late", "disputed", "doubtful", "undated", "unallocated")
    # Of A's 1 000, 250 is disputed; late: 750 + 600 + 200 of E's retention money.
    assert values(results, *(f"dso_{name}" for name in split)) == pytest.approx(
        [400 * days, 1_550 * days, 250 * days, 300 * days, 0, -100 * days])
    # The group company leaves both sides: 2 400 − 600 over 2 500 − 600.
    assert values(results, "dso", "dso_excl_doubtful", "dso_external") == pytest.approx(
        [2_400 * days, 2_100 * days, 1_800 / 1_900 * 177])
    assert results.summary["indicators"]["dso_external"]["basis_items"] == 4
    # C belongs to A's group: 1 300, 600, 300, 200 of 2 400.
    assert values(results, "concentration_top1", "concentration_hhi", "concentration_gini") == pytest.approx(
        [1_300 / 2_400, (13**2 + 6**2 + 3**2 + 2**2) / 24**2 * 10_000, (3 * 13 + 6 - 3 - 3 * 2) / (4 * 24)])


def test_a_status_without_a_date_holds_at_the_end_only_and_evolution_says_so(tmp_path: Path) -> None:
    files = ledger(("A", "F", "2025-01-05", 1_000, "2025-02-10", "F101"),
                   ("B", "F", "2025-03-06", 600, "2025-06-10", "F102")) | {
        "procedures_collectives.csv": "Code client;Procédure collective;Date jugement\n"
                                      "A;Redressement judiciaire;15/05/2025\nB;Liquidation judiciaire;\n"}
    results = audit(tmp_path, files, "2025-06-30")
    # April: nobody; May: A over 147 days; June: both over 177 days; sales 1 600.
    assert [point["dso_doubtful"] for point in results.summary["evolution"][-3:]] == pytest.approx(
        [0, 1_000 / 1_600 * 147, 177])
    assert "sans date" in results.summary["evolution_note"]


def test_own_buckets_leave_the_overdue_rates_theirs(tmp_path: Path) -> None:
    # Overdue 140, 45 and 16 days at 30/06.
    files = ledger(*(("A", "F", day, amount, due, ref) for day, amount, due, ref in (
        ("2025-01-05", 1_000, "2025-02-10", "F101"), ("2025-05-01", 600, "2025-05-16", "F102"),
        ("2025-06-01", 400, "2025-06-14", "F103"))))
    results = audit(tmp_path, files, "2025-06-30", buckets=(15, 45))
    assert [(row["bucket"], row["from_days"], row["to_days"], row["amount"], row["share"], row["items"])
            for row in results.summary["ageing"]] == [
        ("not_due", None, 0, 0, 0, 0), ("1-15", 1, 15, 0, 0, 0), ("16-45", 16, 45, 1_000, 0.5, 2),
        (">45", 46, None, 1_000, 0.5, 1), ("no_due_date", None, None, 0, 0, 0), ("age_unknown", None, None, 0, 0, 0),
        ("unallocated_credits", None, None, 0, 0, 0)]
    assert values(results, *(f"overdue_rate{limit}" for limit in ("", "_30", "_60", "_90"))) == [1, 0.8, 0.5, 0.5]
    by_document = audit(tmp_path, files, "2025-06-30", ageing_basis="document_date").summary
    assert [row["amount"] for row in by_document["ageing"][:5]] == [0, 400, 600, 0, 1_000]
    assert by_document["receivable"]["overdue"] == 2_000


def test_a_returned_bill_is_owed_again_with_its_dates(tmp_path: Path) -> None:
    rows = [("A", "F", "2025-02-10", 1_000, "2025-03-12", "F301"), ("A", "B", "2025-03-05", -1_000, "", "F301"),
            ("A", "B", "2025-03-05", 1_000, "2025-04-30", "F301", "", "413000"),
            ("A", "R", "2025-04-30", -1_000, "", "F301", "", "413000")]
    paid = audit(tmp_path, ledger(*rows), "2025-04-30")
    assert paid.summary["receivable"]["total"] == 0
    assert values(paid, "recovery_rate_1m") == [1]  # due in March, the bank paid at the end of April
    returned = ledger(*rows).pop("grand_livre.csv") + line("A", "R", "2025-05-05", 1_000, "", "F301").replace(
        "Virement client", "LCR impayée") + "\n"
    results = audit(tmp_path, {"grand_livre.csv": returned}, "2025-06-30")
    assert results.summary["receivable"]["overdue"] == 1_000
    assert results.open_items["document_date"].to_list() == [pd.Timestamp("2025-02-10")]
    assert values(results, "weighted_days_to_pay") == [None]  # the only settlement no longer stands


def test_what_is_posted_after_the_date_counts_for_nothing_but_the_cut_off(tmp_path: Path) -> None:
    results = audit(tmp_path, ledger(
        ("A", "F", "2025-01-05", 1_000, "2025-02-10", "F101"),
        ("A", "F", "2025-07-02", 77, "2025-07-30", "F102", "", "411000", "2025-06-28")), "2025-06-30")
    assert results.summary["receivable"]["total"] == 1_000
    assert results.findings["finding"].to_list().count("cut_off") == 1


@pytest.mark.parametrize(("method", "gross", "said"), [("auto", 0, "ancienneté"), ("codes", 1_000, "seul lettrage")])
def test_lettering_coverage_says_what_decides(tmp_path: Path, method: str, gross: float, said: str) -> None:
    files = ledger(("A", "F", "2025-01-05", 1_000, "2025-02-10", "F101"), ("A", "R", "2025-03-05", -1_000))
    results = audit(tmp_path, files, "2025-06-30", matching=method)
    entry = results.summary["indicators"]["lettering_coverage"]
    assert (results.summary["receivable"]["gross"], entry["value"], entry["basis_items"], entry["basis_amount"]) == (
        gross, 0, 1, 1_000)
    assert said in entry["note"]


def test_a_currency_with_nothing_posted_yet_is_left_out(tmp_path: Path) -> None:
    files = {"factures.csv": "N° facture;Client;Date facture;Date échéance;Montant TTC;Devise;Date règlement\n"
                             "F101;A;10/01/2025;09/02/2025;1000,00;EUR;\nF102;A;10/02/2025;12/05/2025;500,00;USD;\n"
                             "F103;B;10/06/2025;09/07/2025;300,00;GBP;\n"}
    summary = audit(tmp_path, files, "2025-04-30", currency="").summary
    assert {code: each["receivable"]["total"] for code, each in summary["currencies"].items()} == {
        "EUR": 1_000, "USD": 500}
    assert summary["receivable"]["total"] is None
    assert summary["reconciliation"]["conservation"] == {"points": 2, "breaches": 0}


def test_open_items_and_aged_balance_give_states_only(tmp_path: Path) -> None:
    listed = audit(tmp_path, {"postes_ouverts.csv": (
        "N° facture;Client;Date facture;Date échéance;Solde restant dû\nF101;A;10/01/2025;09/02/2025;1000,00\n"
        "F102;A;10/02/2025;12/03/2025;-200,00\nF103;B;10/03/2025;09/05/2025;300,00\n")}, "2025-04-30")
    assert values(listed, "overdue_rate", "overdue_rate_net", "dso", "recovery_rate_1m") == pytest.approx(
        [1_000 / 1_300, 800 / 1_100, None, None])
    assert not listed.summary["evolution"]
    assert listed.summary["reconciliation"]["ties"] is None


def test_an_aged_balance_alone_keeps_its_buckets_and_its_advances(tmp_path: Path) -> None:
    summary = audit(tmp_path, {"balance_agee.csv": (
        "Client;Solde;Non échu;1 à 30 jours;31 à 60 jours;> 60 jours;Acomptes\nA;900,00;500,00;300,00;100,00;100,00;"
        "-100,00\nB;-50,00;0;0;0;0;-50,00\nC;100,00;0;0;0;100,00;0\n")}, "2025-04-30").summary
    # A: overdue 500 less his advance of 100; C: 100.
    assert [summary["receivable"][name] for name in ("total", "gross", "not_due", "overdue", "net_overdue")] == [
        950, 1_100, 500, 600, 500]
    assert [row["amount"] for row in summary["ageing"]] == [500, 300, 100, 200, 0, 0, -150]
    assert all(entry["value"] is None and entry["reason"] for entry in summary["indicators"].values())


def test_aged_balances_of_two_dates_are_no_second_source_of_each_other(tmp_path: Path) -> None:
    text = "Balance âgée au {day}\nClient;Solde;Non échu;1 à 30 jours\nA;{total};{total};0\n"
    results = audit(tmp_path, {"mars.csv": text.format(day="31/03/2025", total=900),
                               "avril.csv": text.format(day="30/04/2025", total=950)}, "2025-04-30")
    assert results.summary["receivable"]["total"] == 950
    assert results.summary["reconciliation"]["ties"] is None


@pytest.mark.parametrize(("printed", "ties"), [("120,00", True), ("120,01", False)])
def test_a_second_source_ties_to_the_cent(tmp_path: Path, printed: str, ties: bool) -> None:
    files = ledger(("A", "F", "2025-01-05", 1_000, "2025-02-10", "F101"), ("B", "F", "2025-03-05", 120, "", "F102")) | {
        "balance.csv": f"Client;Solde;Non échu;Échu\nA;1000,00;0;1000,00\nB;{printed};{printed};0\n"}
    assert audit(tmp_path, files, "2025-06-30").summary["reconciliation"]["ties"] is ties


def test_a_cent_moved_between_customers_in_a_past_month_breaks_the_law(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    sweep = replay.month_end_balances

    def moved(*args: Any, **kwargs: Any) -> pd.DataFrame:
        balances = sweep(*args, **kwargs)
        first, second = np.flatnonzero(balances["month_end"] == pd.Timestamp("2025-03-31"))[:2]
        amounts = balances["amount_cents"].to_numpy().copy()
        amounts[first] += 1
        amounts[second] -= 1
        return balances.assign(amount_cents=amounts)

    files = ledger(("A", "F", "2025-01-05", 1_000, "2025-02-10", "F101"), ("B", "F", "2025-03-05", 120, "", "F102"))
    assert audit(tmp_path, files, "2025-06-30").summary["reconciliation"]["conservation"] == {
        "points": 12, "breaches": 0}
    monkeypatch.setattr(cube, "month_end_balances", moved)
    with pytest.raises(AssertionError, match="in 2 of 12 states"):
        audit(tmp_path, files, "2025-06-30")
