"""Rows of the tables on risk as texts: the same for the report and for the notebook."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.deliver.labels import label
from auditlib.formats import Formats, bucket_label

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["cents_or", "class_label", "failure_rows", "failure_titles", "provision_rows", "provision_titles"]

TOP_FAILURES = 5
SHARE_DIGITS = 100


def cents_or(absent: str, formats: Formats) -> Callable[[Any], str]:
    """Return a writer of cents that writes `absent` where there are none."""
    return lambda cents: absent if pd.isna(cents) else formats.cents(int(cents))


def class_label(name: str, formats: Formats) -> str:
    """Name a bucket of the matrix, or a class assessed one by one."""
    named = label(name, language=formats.language)
    return named[:1].upper() + named[1:] if named != name else bucket_label(name, language=formats.language)


def provision_titles(formats: Formats) -> list[str]:
    """Return the headings of `provision_rows`."""
    _ = formats.gettext
    return [_("Tranche ou dossiers"), _("Brut TTC"), _("Couvert par crédits"), _("TVA"), _("Net HT"), _("Taux"),
            _("Dépréciation")]


def provision_rows(results: "AuditResults", formats: Formats) -> list[tuple[str, ...]]:
    """Return the buckets of the matrix, other classes that hold something, and the gross they add up to."""
    table, to_assess = results.provisions, formats.gettext("à apprécier")
    matrix = ~table["is_individual"] & ~table["class"].isin(["no_due_date", "age_unknown"])
    rows = table[matrix | (table["gross_cents"] != 0)]
    cents = cents_or("–", formats)
    rows = rows.assign(**{name: rows[name].where(rows["is_vat_known"]) for name in ("vat_cents", "net_cents")})
    shown = [(
        class_label(row["class"], formats), cents(row["gross_cents"]), cents(row["covered_cents"]),
        cents(row["vat_cents"]), cents(row["net_cents"]),
        _rate(row["rate"], to_assess if row["is_individual"] else "–", formats),
        cents_or(to_assess if row["is_individual"] else "–", formats)(row["provision_cents"]),
    ) for row in rows.to_dict("records")]
    whole = (formats.gettext("Encours brut"), cents(rows["gross_cents"].sum()), cents(rows["covered_cents"].sum()))
    return [*shown, (*whole, "", "", "", "")]


def _rate(rate: float, absent: str, formats: Formats) -> str:
    """Write a rate with two decimals: those of the first buckets are small."""
    if pd.isna(rate):
        return absent
    return formats.gettext("{share} %").format(share=formats.short_number(SHARE_DIGITS * rate, digits=2))


def failure_titles(formats: Formats) -> list[str]:
    """Return the headings of `failure_rows`."""
    _ = formats.gettext
    return [_("Client"), _("Trésorerie manquante TTC"), _("Perte HT"), _("TVA récupérable"),
            _("Ventes de compensation"), _("Part de la marge annuelle"), _("Part de l’encours")]


def failure_rows(results: "AuditResults", formats: Formats, *, count: int = TOP_FAILURES) -> list[tuple[str, ...]]:
    """Return the largest exposures that can fail (a public body cannot), and what each failure alone would cost."""
    cents = cents_or("–", formats)
    able = (results.exposures["exposure_cents"] > 0) & (results.exposures["customer_type"] != "public")
    top = results.exposures[able].head(count)
    return [(
        row["name"] or row["customer_id"], cents(row["exposure_cents"]), cents(row["loss_cents"]),
        cents(row["vat_recoverable_cents"]), cents(row["compensating_cents"]), formats.share(row["share_of_margin"]),
        formats.share(row["share_of_receivable"]),
    ) for row in top.to_dict("records")]
