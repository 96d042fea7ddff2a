"""Chapter of law: late interest and the €40 indemnity, terms over the cap, prescription."""

import numpy as np
import pandas as pd

from auditlib.chapter import Chapter
from auditlib.dates import day_number, day_numbers, from_day_numbers
from auditlib.evidence import Evidence
from auditlib.history import History
from auditlib.late_interest import indemnities, late_interest, rates_of
from auditlib.late_portions import open_portions, settled_portions, stopped
from auditlib.legal_basis import RETENTION, LegalBasis, caps_of
from auditlib.legal_figures import INTEREST_UNITS, interest_indicators, prescription_indicators, terms_indicators
from auditlib.legal_tables import half_years
from auditlib.legal_terms import over_cap
from auditlib.open_items import account_starts
from auditlib.prescription import acknowledgements, prescription
from auditlib.results import Window

__all__ = ["UNITS", "legal_chapter"]

UNITS: dict[str, str] = {
    **INTEREST_UNITS, "terms_over_cap": "share", "terms_over_cap_amount": "amount", "terms_over_cap_public": "share",
    "prescription_at_risk": "amount", "prescription_at_risk_6m": "amount", "prescription_at_risk_3m": "amount",
    "prescription_lapsed": "amount"}
"""Unit of each indicator of this chapter, in the order reported."""
SOURCE = ["source_file", "source_sheet", "source_row"]
JUDGED = ["item_id", "customer_id", "account", "document_ref", "posting_date", "document_date", "due_date",
          "due_date_origin", "is_terms_confirmed", "amount_cents", *SOURCE]
GIVEN = ("given", "label")
USED_ALWAYS = ("business_addition", "public_addition", "contract_floor_multiple", "recovery_indemnity",
               "prescription_business", "prescription_consumer", "prescription_public")
RATES = ("ecb_main_refinancing", "legal_rate_professional")


def legal_chapter(evidence: Evidence, *, history: History, customers: pd.DataFrame) -> Chapter:
    """Return the chapter.

    Parameters
    ----------
    evidence : Evidence
    history : History
    customers : DataFrame
        `auditlib.customer_table.customer_table`.

    Returns
    -------
    Chapter
        Tables ``late_interest`` (a line a claim, portion and half-year), ``over_cap``, ``prescription`` (a line an open
        debit item) and ``legal_rates`` (every legal row, used here or not).
    """
    law = LegalBasis(evidence)
    lapses = _prescription(law)
    interest = _late_interest(law, lapses)
    judged = _judged_invoices(law)
    over = _over_cap(law, judged)
    return Chapter(
        interest_indicators(law, interest) | terms_indicators(law, judged, over)
        | prescription_indicators(law, lapses),
        {"late_interest": interest, "over_cap": over, "prescription": lapses,
         "legal_rates": _legal_rates(law, interest)})


def _prescription(law: LegalBasis) -> pd.DataFrame:
    """List the open debit items with their lapse date; the claimable amount is the net overdue."""
    evidence = law.evidence
    if law.periods is None:
        return pd.DataFrame()
    items = evidence.open_items[evidence.open_items["residual_cents"] > 0]
    root = evidence.roots[items["item_id"].to_numpy()]
    claims = items.assign(root_id=root, debtor=law.debtors(items["customer_id"]),
                          declared_on=law.declared(items["customer_id"]))
    found = prescription(
        claims, periods=law.periods, as_of_date=evidence.as_of_date,
        acknowledged=acknowledgements(evidence.ledger, roots=evidence.roots, claims=root))
    net = evidence.net_overdue["net_overdue_cents"].reindex(items.index).fillna(0).astype("int64")
    shown = items[["item_id", "customer_id", "document_ref", "document_date", "due_date"]]
    debtor = pd.Categorical(claims["debtor"], categories=["business", "consumer", "public", "unknown"])
    return shown.assign(debtor=debtor, residual_cents=items["residual_cents"], net_overdue_cents=net,
                        **dict(found), **dict(items[SOURCE])).reset_index(drop=True)


def _late_interest(law: LegalBasis, lapses: pd.DataFrame) -> pd.DataFrame:
    """List the interest of every claim that ran late, by half-year, with the indemnity on its first line."""
    evidence = law.evidence
    portions, today = _portions(law, lapses), day_number(evidence.as_of_date)
    span = half_years(np.array([portions["due"].min() + 1 if len(portions) else today, today]))
    rates = rates_of(law.table, first=int(span[0]), last=int(span[1]), clause=law.stipulated.clause,
                     is_frozen=law.choices.freeze_rate)
    return _decorated(law, late_interest(portions, rates=rates))


def _portions(law: LegalBasis, lapses: pd.DataFrame) -> pd.DataFrame:
    evidence = law.evidence
    items, roots = evidence.ledger.items, evidence.roots
    gone: list[int] = lapses.loc[lapses["class"] == "lapsed", "item_id"].tolist() if len(lapses) else []
    still = open_portions(
        evidence.open_items, net_overdue=evidence.net_overdue, items=items, roots=roots, excluded=law.excluded,
        lapsed=evidence.open_items["item_id"].isin(gone).to_numpy(), as_of_date=evidence.as_of_date)
    paid = settled_portions(
        evidence.settlements, items=items, roots=roots, disputed=law.disputed, excluded=law.excluded,
        lapsed=law.lapsed, as_of_date=evidence.as_of_date)
    both = pd.concat([still, paid], ignore_index=True)
    customer = items["customer_id"].iloc[both["root_id"]].reset_index(drop=True)
    both = both.assign(regime=law.regimes(customer))
    return stopped(both, judged=law.judged(customer))


def _decorated(law: LegalBasis, interest: pd.DataFrame) -> pd.DataFrame:
    """Add what names each claim, and its indemnity."""
    items = law.evidence.ledger.items
    root = interest["root_id"].to_numpy(dtype=np.int64)
    first = np.flatnonzero(np.diff(root, prepend=-1))
    claims = items[["customer_id", "document_date", "document_ref", *SOURCE]].iloc[root[first]]
    facts = pd.DataFrame({
        "customer": claims["customer_id"].cat.codes.to_numpy(), "document_date": day_numbers(claims["document_date"]),
        "document_ref": claims["document_ref"].to_numpy(), "source": _source_numbers(claims),
        "due": interest["due"].to_numpy()[first]})
    indemnity = np.zeros(len(interest), dtype=np.int64)
    if law.evidence.intake.currency == "EUR":
        indemnity[first] = indemnities(facts, table=law.table)
    named = items[["customer_id", "document_ref", "document_date"]].iloc[root].reset_index(drop=True)
    source = items[SOURCE].iloc[root].reset_index(drop=True)
    lines = interest.drop(columns=["root_id", "due"])
    due = from_day_numbers(interest["due"].to_numpy().astype(np.int32))
    return named.assign(item_id=root, due_date=due, **dict(lines), indemnity_cents=indemnity, **dict(source))


def _source_numbers(items: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Number the source rows: lines of one row have one number."""
    row = items["source_row"].to_numpy()
    sheets = len(items["source_sheet"].cat.categories)
    place = items["source_file"].cat.codes.to_numpy().astype(np.int64) * sheets + items["source_sheet"].cat.codes
    numbers: np.ndarray[tuple[int], np.dtype[np.int64]] = np.asarray(place * (row.max(initial=0) + 1) + row)
    return numbers


def _judged_invoices(law: LegalBasis) -> pd.DataFrame | None:
    """Return the window's invoices to businesses and public bodies whose term is agreed; None without a window."""
    evidence = law.evidence
    window = evidence.window(evidence.as_of_date) if evidence.has_flows else None
    if window is None:
        return None
    sold = evidence.ledger.items[JUDGED].take(evidence.invoices["item_id"].to_numpy())
    origin = sold["due_date_origin"]
    agreed = origin.isin(GIVEN) | (origin.isin(["terms"]) & sold["is_terms_confirmed"])
    dated = sold["due_date"].notna() & sold["document_date"].notna()
    retained = account_starts(sold["account"], RETENTION)  # due at release: no payment term
    judged = sold[_within(sold["posting_date"], window) & agreed & dated & ~retained]
    judged = judged.assign(debtor=law.debtors(judged["customer_id"]))
    return judged[judged["debtor"].isin(["business", "public"])]


def _within(days: pd.Series, window: Window) -> pd.Series:
    return days.between(pd.Timestamp(window.start), pd.Timestamp(window.end))


def _over_cap(law: LegalBasis, judged: pd.DataFrame | None) -> pd.DataFrame:
    if judged is None:
        return pd.DataFrame()
    parts = [over_cap(judged[judged["debtor"] == debtor], table=law.table, parameters=caps_of(law.choices, debtor))
             for debtor in ("business", "public")]
    found = pd.concat(parts).sort_index()
    rows = judged.loc[found.index]
    shown = rows[["item_id", "customer_id", "document_ref", "document_date", "due_date"]]
    debtor = pd.Categorical(rows["debtor"], categories=["business", "public"])
    return shown.assign(debtor=debtor, **dict(found), amount_cents=rows["amount_cents"],
                        **dict(rows[SOURCE])).reset_index(drop=True)


def _legal_rates(law: LegalBasis, interest: pd.DataFrame) -> pd.DataFrame:
    """Return every legal row, and whether this audit used it."""
    table = law.table
    used = {*USED_ALWAYS, *caps_of(law.choices, "business"), *caps_of(law.choices, "public")}
    used |= {"prescription_transport"} if law.choices.transport_contracts else set()
    used |= {"cap_general"} if law.choices.sector == "ski" else set()
    halves = set(map(str, interest["rate_half_year"].unique()))
    numbers = half_years(day_numbers(table["valid_from"]).astype(np.int64))
    named = pd.Series([f"{number // 2}-H{number % 2 + 1}" for number in numbers], index=table.index)
    ended = table["valid_to"].notna() & (table["valid_to"] < pd.Timestamp(law.evidence.as_of_date))
    is_rate = table["parameter"].isin(RATES)
    return table.assign(is_used=np.where(is_rate, named.isin(halves), table["parameter"].isin(used) & ~ended))
