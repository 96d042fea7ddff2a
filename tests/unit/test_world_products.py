"""Files of international products, all of one receivable, are read to the same figures without any mapping."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from auditlib.indicators import compute
from auditlib.loaders.intake import Intake, load_documents
from auditlib.loaders.source import read_sources
from auditlib.parameters import NonDisclosure, Parameters
from tests.unit.world_disguises import varied
from tests.unit.world_printed import HEADER, Printed, save
from tests.unit.world_products import PRODUCTS
from tests.unit.world_receivable import AGES, BALANCES, CLEARED, DAY, ITEMS, NAMES, TOTAL, of


def load(folder: Path) -> tuple[Parameters, Intake]:
    parameters = Parameters(client="world", as_of_date=DAY, documents=[str(folder)],
                            nda=NonDisclosure(allow_unsigned=True))
    return parameters, load_documents(parameters, as_of_date=DAY)


def check(printed: Printed, folder: Path) -> None:
    """Read a file on its own, and compare all that it says with the receivable, figures included."""
    parameters, intake = check_tables(printed, folder)
    summary = compute(intake, parameters=parameters, as_of_date=DAY).summary
    assert summary["receivable"]["total"] == TOTAL
    if printed.basis != "aged_balance" and "due" in printed.dates:
        assert {row["bucket"]: row["amount"] for row in summary["ageing"] if row["amount"]} == AGES


def check_tables(printed: Printed, folder: Path) -> tuple[Parameters, Intake]:
    """Compare what is read of a file with the receivable, row by row."""
    folder.mkdir(exist_ok=True)
    path = save(printed, folder)
    check_source(printed, path)
    parameters, intake = load(folder)
    rows = intake.intake
    assert (rows["rows_read"] == rows["rows_loaded"] + rows["rows_skipped"] + rows["rows_rejected"]).all()
    assert intake.basis == printed.basis
    assert intake.currency == (printed.currency or "EUR")
    found = {"broken_totals", "rows_rejected", "settlement_not_applied"} & set(intake.findings["finding"].astype("str"))
    assert found == ({printed.warned} if printed.warned else set())
    (check_aged if printed.basis == "aged_balance" else check_items)(printed, intake)
    return parameters, intake


def check_source(printed: Printed, path: Path) -> None:
    source = read_sources(path)[-1]
    rows = printed.rows
    while not any(cell not in (None, "") for cell in rows[-1]):
        rows.pop()
    assert source.rows_read == len(rows) == len(source.table) + int(source.skipped["count"].sum())
    assert not (source.skipped["class"].astype("str") == "rejected").any(), source.skipped
    assert (source.title.as_of_date == DAY) == printed.has_date
    if printed.has_date and printed.currency:
        assert source.currency == printed.currency or "currency" in source.table


def key(printed: Printed, customer: str) -> str:
    return customer if printed.has_codes else NAMES[customer]


def named(printed: Printed, intake: Intake) -> None:
    """Compare codes and names of the customers."""
    wanted = {key(printed, customer): NAMES[customer] if printed.has_names else key(printed, customer)
              for customer in NAMES}
    codes = intake.customers["customer_id"].astype("str").str.lstrip("0")
    names = intake.customers["name"].astype("str") if printed.has_names else codes
    assert dict(zip(codes, names, strict=True)) == wanted


def check_items(printed: Printed, intake: Intake) -> None:
    named(printed, intake)
    moves = intake.movements[intake.movements["amount_cents"] != 0]
    settled = [item for item, _, _ in CLEARED] if printed.basis == "ledger" else []
    wanted = [*ITEMS, *settled]
    owner = moves["customer_id"].astype("str").str.lstrip("0")
    assert Counter(zip(owner, moves["amount_cents"], strict=True)) == Counter(
        (key(printed, item.customer), round(item.amount * 100)) for item in wanted)
    refs = moves["document_ref"].astype("str")
    if printed.has_refs:
        assert Counter(refs) == Counter(item.ref for item in wanted)
    by_amount = {(key(printed, item.customer), round(item.amount * 100)): item for item in wanted}
    for mine, amount, date, due in zip(owner, moves["amount_cents"], moves["document_date"], moves["due_date"],
                                       strict=True):
        item = by_amount[mine, amount]
        if "document" in printed.dates:
            assert date == pd.Timestamp(item.date)
        if "due" in printed.dates and amount > 0:
            assert due == pd.Timestamp(item.due)


def check_aged(printed: Printed, intake: Intake) -> None:
    named(printed, intake)
    second = intake.second_sources[0]
    rows = second.balances.assign(customer_id=second.balances["customer_id"].astype("str"))
    totals = rows[rows["bucket"].astype("str") == "total"].set_index("customer_id")["amount_cents"]
    assert totals.to_dict() == {key(printed, customer): round(BALANCES[customer] * 100) for customer in NAMES}
    aged = rows[rows["bucket"].astype("str") != "total"]
    found: Counter[tuple[str, int | None, int | None]] = Counter()
    for customer, low, high, cents in aged[["customer_id", "from_days", "to_days", "amount_cents"]].to_numpy().tolist():
        found[customer, None if pd.isna(low) else int(low), None if pd.isna(high) else int(high)] += int(cents)
    if printed.edges is None:  # calendar months: no days are in them
        return
    assert {(low, high) for _, low, high in found} == set(printed.edges)
    for customer in NAMES:
        for low, high in printed.edges:
            aging = [(item, item.age if printed.by_document else item.days) for item in of(customer)]
            lowest = None if low == 0 and not printed.by_document else low
            amount = sum(item.amount for item, days in aging
                         if (lowest is None or lowest <= days) and (high is None or days <= high))
            assert found[key(printed, customer), low, high] == round(amount * 100), (customer, low, high)


@pytest.mark.parametrize("make", PRODUCTS, ids=lambda make: make.__name__)
def test_every_product_gives_the_same_receivable(make: Callable[[], Printed], tmp_path: Path) -> None:
    check(make(), tmp_path)


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("make", PRODUCTS, ids=lambda make: make.__name__)
def test_neither_places_nor_names_nor_titles_matter(make: Callable[[], Printed], seed: int, tmp_path: Path) -> None:
    check_tables(varied(make(), seed), tmp_path)


def test_a_grand_total_that_leaves_out_what_is_not_due_is_told_with_its_gap(tmp_path: Path) -> None:
    printed = next(make for make in PRODUCTS if make.__name__ == "xero_detail")()
    _, intake = check_tables(printed, tmp_path)
    broken = intake.findings[intake.findings["finding"].astype("str") == "broken_totals"]
    assert broken["amount_cents"].tolist() == [1474637]  # what is not due


@pytest.mark.parametrize("name", ["oca_detail", "xero_detail", "bc_ageing_report", "sap_list_english"])
def test_a_customer_s_sum_that_is_wrong_is_told(name: str, tmp_path: Path) -> None:
    printed = next(make for make in PRODUCTS if make.__name__ == name)()
    wrong = {22479.99: 22480.99, "22.479,99": "22.480,99"}  # the second customer's
    body = [[wrong.get(cell, cell) for cell in row] for row in printed.body]
    save(replace(printed, body=[HEADER if row == HEADER else row for row in body]), tmp_path)
    _, intake = load(tmp_path)
    broken = intake.findings[intake.findings["finding"].astype("str") == "broken_totals"]
    assert -100 in broken["amount_cents"].tolist()
