"""Risk at the generated clients against what really happened to them."""

import numpy as np
import pandas as pd
import pytest

from auditlib.dates import month_ends
from tests import oracle_risk
from tests.truths import Audited, truth_ledger

pytestmark = pytest.mark.xdist_group("truth")  # one worker generates the clients


def test_the_vat_of_every_invoice_of_the_fec_year_is_that_of_the_truth(audit: Audited) -> None:
    """The ledger has no VAT: it is taken from the FEC beside it; instalments of one entry share its VAT to the cent."""
    both = audit.case.both[audit.case.both["_merge"] == "both"]
    sold = both[both["kind_truth"].isin(["invoice", "credit_note"])]
    known = sold[sold["is_vat_known"].astype(bool)]
    in_year = sold["posting_date"].dt.year == audit.day.year
    assert len(known) == int(in_year.sum())
    amount, rate = known["amount_cents"], known["vat_rate"].astype(float)
    difference = known["vat_cents"].astype(float) - (amount - np.rint(amount / (1 + rate)))
    assert (difference.groupby(known["entry_id"]).sum() == 0).all()
    assert difference.abs().max() <= 1


def test_losses_of_the_matrix_are_the_write_offs_of_the_truth(audit: Audited) -> None:
    rolls = audit.results.roll_rates
    truth, dates = audit.case.truth, month_ends(audit.day, 25)
    known = audit.results.customers
    group, moves = known.loc[known["is_group"], "customer_id"], truth.movements
    during = (moves["posting_date"] > pd.Timestamp(dates[0])) & (moves["posting_date"] <= pd.Timestamp(dates[-1]))
    lost = moves[during & (moves["kind"] == "write_off") & ~moves["customer_id"].isin(group)]
    assert int(rolls["arrived_cents"].iloc[-1]) == -int(lost["amount_cents"].sum())


def test_roll_rates_are_near_those_of_what_really_happened(sme_audit: Audited) -> None:
    """Receipts never lettered stay open for codes: what reaches the late buckets is a little too much."""
    customers = sme_audit.results.customers
    outside = set(customers.loc[customers["is_group"], "customer_id"])
    dates = month_ends(sme_audit.day, 25)
    lettered = truth_ledger(sme_audit.case.truth, lettered_only=True)
    steps = oracle_risk.roll_rates(lettered, dates, outside=outside)
    for rate, (could, did) in zip(sme_audit.results.roll_rates["rate"], steps, strict=True):
        assert rate == pytest.approx(did / could, abs=0.02)


def test_the_depreciation_booked_is_that_of_the_books(audit: Audited) -> None:
    """The generator depreciates half of account 416 net of VAT at each year end."""
    movements = audit.case.truth.movements
    doubtful = int(movements.loc[movements["account"] == "416000", "amount_cents"].sum())
    assert audit.value("provision_booked") == doubtful * 5 // 12 / 100


def test_classes_and_exposures_tie_to_the_receivable(audit: Audited) -> None:
    stock = audit.results.summary["receivable"]
    assert audit.results.provisions["gross_cents"].sum() == round(100 * stock["gross"])
    assert audit.results.exposures["receivable_cents"].sum() == round(100 * stock["total"])
