"""The due date of each item, and where it comes from."""

import pandas as pd

from auditlib.loaders.date_values import MONTHS
from auditlib.loaders.instalments import first_due_dates, split_instalments
from auditlib.loaders.schedules import parse_schedule
from auditlib.loaders.table_columns import look_up, matches

__all__ = ["complete_due_dates", "label_due_dates", "label_terms", "lump_openings"]

WORDED = r"(?:[ée]ch[ée]ances?|(?:^|[\s(,;:/-])[ée]ch\.?|\bdue\b(?: date| on)?|payable)\s*(?:le|au|du|on|:|-)?\s*"
DATED = (
    r"(?:(?P<a>\d{1,4})[/.-](?P<b>\d{1,2})(?:[/.-](?P<c>\d{2,4}))?(?!\d)|(?P<d>\d{2})(?P<e>\d{2})(?P<f>\d{4}|\d{2})(?!\d)"
    r"|(?P<g>\d{1,2})(?:er)?\s+(?P<h>[A-Za-zÀ-ÿ]{3,9})\.?(?:\s+(?P<i>\d{4}|\d{2}))?(?!\d))"
)
SPAN = r"\d{1,3}\s*(?:j(?:ours?|rs?)?|d(?:ays?)?)\b"
END = r"(?:fin (?:de |du )?mois|fdm|eom|end of (?:the )?month)"
TERMED = (
    rf"\d{{1,3}}\s*%\s*(?:[àa]\s*)?{SPAN}.*%.*|\d{{1,3}}\s*%\s*[àa] la commande.*"
    rf"|\d{{1,3}}(?:/\d{{1,3}})+\s*(?:j(?:ours?|rs?)?|d(?:ays?)?)\b(?:\s*{END})?"
    rf"|\d{{1,2}}\s*(?:x|fois)\s*{SPAN}"
    rf"|\d{{1,3}}\s*(?:j(?:ours?|rs?)?|d(?:ays?)?)?\s*{END}(?:\s+le \d{{1,2}})?|{END}\s*\+?\s*{SPAN}"
    rf"|(?:\b[àa]|[ée]ch[ée]ance|\b[ée]ch\.?|r[èe]glement|paiement|payable|conditions?|terms?:?)\s+(?:[àa]\s+)?{SPAN}"
    r"|\bnet\s*\d{1,3}\b|\d{1,3}\s*(?:j(?:ours?|rs?)?|d(?:ays?)?)?\s*nets?\b(?!\s*\d)"
    r"|(?:payable|r[èe]glement|paiement)\s+(?:comptant|[àa] r[ée]ception)"
)
"""Payment terms inside a label."""
SOLD = r"livraison|d[ée]lai|garantie|validit[ée]|location|formation|abonnement|prestation"
"""Words that make a length of time something else than terms."""
LONGEST_TERM = 400
"""A date further than this from the document is not its due date. [days]"""
YEAR_DIGITS, FULL_YEAR, CENTURY = 4, 1000, 2000
UNDATED_KINDS = ("reclassification", "unpaid_return")
"""The engine gives them the dates of the claim they carry on (INDICATORS.md 1)."""


def complete_due_dates(
    movements: pd.DataFrame, customer_terms: pd.Series, *, default_terms: str, confirmed_by: pd.Series | None = None,
) -> pd.DataFrame:
    """Give debits without a due date the one read in the label, else that of their terms, else the default's.

    An invoice due in several parts becomes one item a part (`instalments`).

    Parameters
    ----------
    movements : DataFrame
        With ``kind`` and ``payment_terms`` (the row's own, may be "").
    customer_terms : Series of str
        Terms by customer_id.
    default_terms : str
        "" gives none: the items have no due date.
    confirmed_by : Series of str, optional
        Who checked the terms of each customer, by customer_id.

    Returns
    -------
    DataFrame
        ``due_date`` completed, ``due_date_origin``, and ``is_terms_confirmed``.

    Raises
    ------
    BadInputError
        If the default terms are not understood.
    """
    given = movements["due_date"].notna()
    due = movements["due_date"].copy()
    origin = pd.Series("none", index=movements.index).where(~given, "given")
    from_date = movements["document_date"].fillna(movements["posting_date"])
    own = movements["payment_terms"].astype("str")
    terms = own.where(own != "", look_up(movements["customer_id"], customer_terms))
    if default_terms:
        parse_schedule(default_terms)
    datable = _can_be_dated(movements) & movements["document_date"].notna()
    parted = pd.Series("", index=movements.index)
    rows = datable & due.isna()
    found = label_due_dates(movements.loc[rows, "label"], from_date.loc[rows]).dropna()
    due.loc[found.index], origin.loc[found.index] = found, "label"
    for name, phrases in (
        ("label", label_terms(movements["label"])), ("terms", terms),
        ("default", pd.Series(default_terms, index=movements.index)),
    ):
        rows = datable & due.isna() & (phrases != "")
        found, is_parted = first_due_dates(from_date.loc[rows], phrases.loc[rows])
        found = found.dropna()
        due.loc[found.index], origin.loc[found.index] = found, name
        several = is_parted.index[is_parted]
        parted.loc[several] = phrases.loc[several]
    who = look_up(movements["customer_id"], confirmed_by) if confirmed_by is not None else ""
    dated = movements.assign(
        due_date=due, due_date_origin=origin, is_terms_confirmed=(origin == "terms") & (own == "") & (who != ""))
    return split_instalments(dated, parted, from_date)


def lump_openings(movements: pd.DataFrame) -> pd.Series:
    """Tell the opening entries that have no date of their own (INDICATORS.md 1, opening)."""
    own = movements["due_date"].notna() | (movements["document_date"] < movements["posting_date"])
    return (movements["kind"] == "opening") & ~own


def label_due_dates(labels: pd.Series, documents: pd.Series) -> pd.Series:
    """Read a due date in each label ("échéance 30/04", "ech 300425", "échéance 30 avril 2025"), day first.

    A date without a year is the first such day on or after the document's.

    Returns
    -------
    Series of datetime64[s]
        Missing where there is none, or one too far from the document to be its due date.
    """
    due = pd.Series(pd.NaT, index=labels.index, dtype="datetime64[s]")
    worded = labels[matches(labels, WORDED + r"\d")]
    if worded.empty:
        return due
    parts = _dated_parts(worded)
    iso = parts["a"].str.len() == YEAR_DIGITS
    year_text = parts["a"].where(iso, parts["c"])
    day = pd.to_numeric(parts["c"].where(iso, parts["a"]), errors="coerce")
    month = pd.to_numeric(parts["b"], errors="coerce")
    year = pd.to_numeric(year_text, errors="coerce")
    year = year.where(year.isna() | (year >= FULL_YEAR), year + CENTURY)
    base = documents[worded.index]
    found = _dates(year.fillna(base.dt.year), month, day)
    next_year = year.isna() & (found < base)
    found = found.where(~next_year, _dates(base.dt.year + 1, month, day))
    gap = (found - base).dt.days
    due.loc[worded.index] = found.where((gap >= 0) & (gap <= LONGEST_TERM))
    return due


def _dated_parts(worded: pd.Series) -> pd.DataFrame:
    """Return first number, second number and year of the date in each label, whichever way it is written."""
    parts = worded.str.extract(f"(?i:{WORDED}){DATED}")
    month = parts["h"].str.normalize("NFKD").str.replace(r"[\u0300-\u036f]", "", regex=True).str.lower().map(MONTHS)
    named = month.astype("Int64").astype("str").where(month.notna())
    return pd.DataFrame({
        "a": parts["a"].fillna(parts["d"]).fillna(parts["g"].where(month.notna())),
        "b": parts["b"].fillna(parts["e"]).fillna(named), "c": parts["c"].fillna(parts["f"]).fillna(parts["i"]),
    }).fillna("")


def label_terms(labels: pd.Series) -> pd.Series:
    """Return the payment terms that a label spells out ("à 60 jours", "30 jrs fdm", "net 30"), "" where none.

    A length of time alone says nothing: "location 30 jours" is what was sold.
    """
    found = pd.Series("", index=labels.index, dtype="object")
    likely = labels[matches(labels, r"\d\s*(?:j|d|%|fdm|eom)|\bnet\s*\d|comptant|r[ée]ception")]
    if likely.empty:
        return found
    texts = likely[~matches(likely, SOLD)].astype("str")
    phrases = texts.str.extract(f"(?i)({TERMED})")[0].fillna("")
    found.loc[phrases.index] = phrases
    return found


def _can_be_dated(movements: pd.DataFrame) -> pd.Series:
    return (movements["amount_cents"] > 0) & ~movements["kind"].isin(UNDATED_KINDS) & ~lump_openings(movements)


def _dates(year: pd.Series, month: pd.Series, day: pd.Series) -> pd.Series:
    parts = pd.DataFrame({"year": year, "month": month, "day": day})
    return pd.to_datetime(parts, errors="coerce").astype("datetime64[s]")
