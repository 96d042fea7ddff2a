"""Header names cut short, by role, as narrow columns and queries have them; they come after those of `aliases`."""

__all__ = ["SHORT_ALIASES"]

SHORT_ALIASES: dict[str, tuple[str, ...]] = {
    "customer_id": ("cpt tiers", "cpte tiers", "cpt aux", "cpte aux", "cpt client", "cpte client", "cpte", "cpt"),
    "customer_name": (
        "nom auxiliaire", "nom aux", "libelle du tiers", "libelle du client", "nom du debiteur", "intitule aux",
        "nom du compte tiers",
    ),
    "account_name": ("lib compte", "lib cpte"),
    "document_ref": ("n pce", "pce", "n fact", "no fact", "num fact", "n fac", "fact", "n"),
    "label": ("lib ecriture", "lib ecr", "libelle ecr", "lib"),
    "document_date": (
        "dt facture", "dt fact", "date fact", "date fac", "dt fac", "dt piece", "dt pce", "date pce",
    ),
    "posting_date": (
        "dt ecriture", "dt ecr", "date ecr", "dt comptable", "dt compta", "date compta", "date cpta",
    ),
    "posting_day": ("ec jour", "jour", "jour du mois", "day", "day of month"),
    "due_date": ("dt ech", "dte ech"),
    "matching_code": ("oid lettrage", "l"),
    "debit_cents": ("mt debit", "mnt debit", "mts debit", "debit societe", "debit local", "debit devise locale"),
    "credit_cents": ("mt credit", "mnt credit", "mts credit", "credit societe", "credit local", "credit devise locale"),
    "amount_cents": ("mt ttc", "mnt ttc", "mt", "mnt"),
    "open_amount_cents": ("rap", "mt restant du", "mnt restant du", "mt du"),
    "original_amount_cents": ("ttc", "mt ttc", "mnt ttc"),
    "paid_amount_cents": ("e couverture", "couverture", "montant couvert"),
}
"""``posting_day`` is the day of a posting date that only says the month."""
