"""What the lines above and under a table announce: how many rows, how many customers, which total."""

import re

import pandas as pd

from auditlib.loaders.quality import finding
from auditlib.loaders.source import Source
from auditlib.loaders.suspects import MOST, amounts_in
from auditlib.loaders.total_scopes import Rows
from auditlib.schemas import SUSPECTS, empty, validate
from auditlib.texts import N_
from auditlib.told import Amount

__all__ = ["announced_findings", "announced_suspects", "announcements"]

COUNT = r"(\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+|\d+)"
ROWS = (r"(?:lignes?|[ée]critures?|mouvements?|pi[èe]ces?|factures?|enregistrements?|[ée]ch[ée]ances?|"
        r"rows?|lines?|records?|entries|items?|transactions?|invoices?)")
CUSTOMERS = r"(?:clients?|tiers|comptes?|d[ée]biteurs?|customers?|accounts?|debtors?)"
HEAD = r"(?i)^\W*(?:(?:nombre|nb|nbre|total|number|count)\b\.?\s*(?:total\s*)?(?:de |d['’]|des |of )?\s*)"
LABELLED = r"\s*(?:list[ée]e?s?|[ée]dit[ée]e?s?|export[ée]e?s?|trait[ée]e?s?|imprim[ée]e?s?)?\s*[:=|]\s*\|?\s*"
TOTAL = re.compile(
    r"(?i)^\W*(?:total|totaux|solde|encours|balance|montant)\b(?: (?:g[ée]n[ée]ral|total|clients?|tiers|d[ûu]|global|"
    r"ttc|des comptes|de l['’][ée]tat|en euros|eur|amount|due|outstanding|receivable))*\s*(?:\((?:€|eur|ttc)\))?"
    r"\s*[:=]\s*\|?\s*(?P<amount>[-(]?\d[\d \u00a0\u202f.,'’]*\)?-?)\s*(?:€|eur)?\s*$")
SAID = {"rows": re.compile(rf"{HEAD}{ROWS}{LABELLED}{COUNT}\b|(?i:^\W*{COUNT}\s+{ROWS}\W*$)"),
        "customers": re.compile(rf"{HEAD}{CUSTOMERS}{LABELLED}{COUNT}\b|(?i:^\W*{COUNT}\s+{CUSTOMERS}\W*$)")}
WORDS = ("title", "footer", "page_header")
COUNTED_KINDS = ("customer_ledger", "fec", "invoice_list", "open_items", "aged_balance", "trial_balance")
OF_ROWS = {"rows": N_("{file} : le document annonce {said} lignes, {loaded} sont lues ({gap})."),
           "customers": N_("{file} : le document annonce {said} clients, {loaded} sont lus ({gap}).")}


def announcements(source: Source) -> pd.Series:
    """Return the lines of words that announce a number of rows, of customers, or a total."""
    words = source.skipped[source.skipped["class"].astype("str").isin(WORDS)]["text"].astype("str")
    words = words[words.str.contains(r"\d")]
    patterns = (*SAID.values(), TOTAL)
    told = [any(pattern.match(text) for pattern in patterns) for text in words]
    return words[told] if source.kind in COUNTED_KINDS and len(source.table) else words.iloc[:0]


def announced_findings(source: Source, rows: Rows, lines: pd.Series) -> list[pd.DataFrame]:
    """Compare the numbers of rows and customers, and the total, that a document announces with what was loaded.

    Parameters
    ----------
    source : Source
    rows : Rows
        From `auditlib.loaders.printed_totals.rows_under_totals`.
    lines : Series of str
        From `announcements`.
    """
    return [*_counts(source, rows, lines), *_total(source, rows, lines)]


def _counts(source: Source, rows: Rows, lines: pd.Series) -> list[pd.DataFrame]:
    found = []
    for what, pattern in SAID.items():
        said = [int(re.sub(r"\D", "", next(filter(None, match.groups()))))
                for text in lines if (match := pattern.match(text))]
        counted = _counted(source, rows.table, what)
        if said and not {said[-1], sum(said)} & counted and len(set(said)) == 1:
            loaded = max(counted)
            found.append(finding(
                "row_count_differs", "warning", OF_ROWS[what], rows=abs(loaded - said[-1]),
                figures={"file": source.name, "said": said[-1], "loaded": loaded, "gap": f"{loaded - said[-1]:+d}"}))
    return found


def _counted(source: Source, rows: pd.DataFrame, what: str) -> set[int]:
    """Return the numbers that a count may rightly be."""
    if what == "customers":
        return {int(rows.loc[rows["customer_id"] != "", "customer_id"].nunique())}
    return {int(source.table["source_row"].nunique()), int(rows["source_row"].nunique())}


def _gap(rows: pd.DataFrame, lines: pd.Series) -> tuple[int, int] | None:
    """Return the total announced and what was loaded less it; None where none is announced, or it is right."""
    amounts = [amount for text in lines if (match := TOTAL.match(text)) and (
        amount := amounts_in(match["amount"]))]
    if len(amounts) != 1:
        return None
    (announced,) = amounts[0]
    debit, credit = int(rows["debit"].sum()), int(rows["credit"].sum())
    if announced in {abs(debit - credit), debit, credit}:
        return None
    return announced, debit - credit - announced


def _total(source: Source, rows: Rows, lines: pd.Series) -> list[pd.DataFrame]:
    if (apart := _gap(rows.table, lines)) is None:
        return []
    return [finding(
        "broken_totals", "warning", N_(
            "{file} : le document annonce un total de {said}, les lignes lues font {loaded} (écart {gap})."),
        rows=1, amount_cents=apart[1],
        figures={"file": source.name, "said": Amount(apart[0]), "loaded": Amount(apart[0] + apart[1]),
                 "gap": Amount(apart[1])})]


def announced_suspects(source: Source, findings: list[pd.DataFrame]) -> pd.DataFrame:
    """List the rows rejected from a document whose announced number of rows or total is not that of the rows loaded."""
    refused = source.skipped[source.skipped["class"].astype("str") == "rejected"].head(MOST)
    if refused.empty or not findings:
        return empty(SUSPECTS)
    return validate(pd.DataFrame({
        "source_file": source.file, "source_sheet": source.sheet, "source_row": refused["source_row"],
        "suspicion": "rejected", "amount_cents": 0, "total_row": 0,
        "difference_cents": int(findings[-1]["amount_cents"].iloc[0]), "text": refused["text"]}), SUSPECTS)
