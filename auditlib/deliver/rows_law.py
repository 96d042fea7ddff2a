"""Rows of the tables on law as texts: the same for the report and for the notebook."""

from typing import TYPE_CHECKING

import pandas as pd

from auditlib.deliver.labels_law import half_year_name, legal_label, legal_value
from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = [
    "check_rows", "check_titles", "debtor_rows", "debtor_titles", "half_year_rows", "half_year_titles", "legal_rows",
    "legal_titles", "over_cap_rows", "over_cap_titles", "prescription_rows", "prescription_titles",
]

CLAIMED = ("business", "public")
"""Regimes of the main figure; the others are shown beside it."""
AT_STAKE = ("lapsed", "within_3m", "within_6m", "within_12m")
REGIMES = (*CLAIMED, "abroad", "unconfirmed")
Row = tuple[str, ...]


def half_year_titles(formats: Formats) -> list[str]:
    """Return the headings of `half_year_rows`."""
    _ = formats.gettext
    return [_("Semestre"), _("Professionnels"), _("Acheteurs publics"), _("Hors de France"), _("Type à confirmer")]


def half_year_rows(results: "AuditResults", formats: Formats) -> list[Row]:
    """Return the interest run in each half-year by regime, then the whole; "n. d." where a rate is missing."""
    lines = results.late_interest
    if lines.empty:
        return []
    plain = lines[["interest_cents"]].assign(
        half=lines["half_year"].astype("str"), regime=lines["regime"].astype("str"), lacking=lines["rate"].isna())
    sums, lacking = (
        plain.pivot_table(index="half", columns="regime", values=name, aggfunc="sum", fill_value=0)
        .reindex(columns=list(REGIMES), fill_value=0) for name in ("interest_cents", "lacking"))

    def written(cents: int, is_lacking: object) -> str:
        return formats.gettext("n. d.") if is_lacking else formats.cents(cents) if cents else "–"

    rows = [(half_year_name(half, formats), *map(written, amounts, missing)) for half, amounts, missing in zip(
        sums.index, sums.to_numpy().tolist(), lacking.to_numpy(dtype=bool).tolist(), strict=True)]
    whole = map(written, sums.to_numpy().sum(axis=0).tolist(), (lacking.to_numpy().sum(axis=0) > 0).tolist())
    return [*rows, (formats.gettext("Total"), *whole)]


def debtor_titles(formats: Formats) -> list[str]:
    """Return the headings of `debtor_rows`."""
    _ = formats.gettext
    return [_("Client"), _("Nature"), _("Factures en retard"), _("Pénalités"), _("Indemnités"), _("Total")]


def debtor_rows(results: "AuditResults", formats: Formats, *, count: int) -> list[Row]:
    """Return the customers of the main figure who would owe most; none where a rate is missing."""
    lines = results.late_interest[results.late_interest["regime"].isin(CLAIMED)]
    if lines["rate"].isna().any():
        return []
    customer = lines["customer_id"].astype("str")
    sums = lines[["interest_cents", "indemnity_cents"]].groupby(customer).sum()
    sums = sums.assign(regime=lines["regime"].astype("str").groupby(customer).first(),
                       claims=lines["item_id"].groupby(customer).nunique(), total_cents=sums.sum(axis=1))
    top = sums.sort_values("total_cents", ascending=False, kind="stable").head(count)
    names = _names(results)
    return [(names.get(str(key), str(key)), legal_label(row["regime"], formats), formats.count(row["claims"]),
             formats.cents(row["interest_cents"]), formats.cents(row["indemnity_cents"]),
             formats.cents(row["total_cents"]))
            for key, row in zip(top.index, top.to_dict("records"), strict=True)]


def over_cap_titles(formats: Formats) -> list[str]:
    """Return the headings of `over_cap_rows`."""
    _ = formats.gettext
    return [_("Client"), _("Nature"), _("Factures"), _("Montant"), _("Délai accordé, au plus (j)"),
            _("Au-delà du plafond (j)")]


def over_cap_rows(results: "AuditResults", formats: Formats, *, count: int) -> list[Row]:
    """Return the customers whose terms are over the cap, the largest amount first."""
    table = results.over_cap
    grouped = table.groupby(table["customer_id"].astype("str"))
    sums = grouped.agg(debtor=("debtor", "first"), invoices=("item_id", "size"), amount_cents=("amount_cents", "sum"),
                       term_days=("term_days", "max"), days_over=("days_over", "max"))
    top = sums.sort_values("amount_cents", ascending=False, kind="stable").head(count)
    names = _names(results)
    return [(names.get(str(key), str(key)), legal_label(row["debtor"], formats), formats.count(row["invoices"]),
             formats.cents(row["amount_cents"]), formats.count(row["term_days"]), formats.count(row["days_over"]))
            for key, row in zip(top.index, top.to_dict("records"), strict=True)]


def prescription_titles(formats: Formats) -> list[str]:
    """Return the headings of `prescription_rows`."""
    _ = formats.gettext
    return [_("Client"), _("Nature"), _("Pièce"), _("Du"), _("Prescrite le"), _("Échu net"), _("Situation")]


def prescription_rows(results: "AuditResults", formats: Formats, *, count: int) -> list[Row]:
    """Return the claims lapsed or about to, those that can still be saved first, then by date."""
    table = results.prescription[results.prescription["class"].isin(AT_STAKE)]
    table = table.assign(is_gone=table["class"] == "lapsed")
    table = table[(table["net_overdue_cents"] > 0) | table["due_date"].isna()]
    names = _names(results)
    return [(names.get(str(row["customer_id"]), str(row["customer_id"])), legal_label(row["debtor"], formats),
             row["document_ref"], formats.short_date(row["document_date"]), formats.short_date(row["lapse_date"]),
             formats.cents(row["net_overdue_cents"]), legal_label(row["class"], formats))
            for row in table.sort_values(["is_gone", "lapse_date"], kind="stable").head(count).to_dict("records")]


def legal_titles(formats: Formats) -> list[str]:
    """Return the headings of `legal_rows`."""
    _ = formats.gettext
    return [_("Paramètre"), _("Valeur"), _("En vigueur"), _("Source"), _("Vérifié le")]


def legal_rows(table: pd.DataFrame, formats: Formats) -> list[Row]:
    """Return legal parameters with their dates, their source and the day they were checked.

    Parameters
    ----------
    table : DataFrame
        ``parameter``, ``value``, ``unit``, ``valid_from``, ``valid_to``, ``source``, ``checked_on``, ``status``.
    """
    return [(legal_label(row["parameter"], formats), legal_value(row["value"], row["unit"], formats),
             _span(row["valid_from"], row["valid_to"], formats), row["source"],
             formats.short_date(row["checked_on"]) if row["status"] == "verified"
             else legal_label(row["status"], formats))
            for row in table.to_dict("records")]


def check_titles(formats: Formats) -> list[str]:
    """Return the headings of `check_rows`."""
    _ = formats.gettext
    return [_("À faire"), _("Paramètre"), _("Valeur"), _("Depuis le"), _("Vérifié le"), _("Source")]


def check_rows(listed: pd.DataFrame, formats: Formats) -> list[Row]:
    """Return the yearly check-list (`auditlib.legal_upkeep.check_list`)."""
    return [(legal_label(row["problem"], formats), legal_label(row["parameter"], formats),
             legal_value(row["value"], row["unit"], formats), formats.short_date(row["valid_from"]),
             formats.short_date(row["checked_on"]), row["source"]) for row in listed.to_dict("records")]


def _span(start: pd.Timestamp, end: pd.Timestamp, formats: Formats) -> str:
    if pd.isna(end):
        return formats.gettext("depuis le {start}").format(start=formats.short_date(start))
    return formats.gettext("du {start} au {end}").format(start=formats.short_date(start), end=formats.short_date(end))


def _names(results: "AuditResults") -> dict[str, str]:
    people = results.customers
    named = people["name"].where(people["name"] != "", people["customer_id"])
    return dict(zip(people["customer_id"].astype("str"), named.astype("str"), strict=True))
