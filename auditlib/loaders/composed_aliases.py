"""Header names put together from words: amounts with and without tax by its local names, debtors as trades say."""

__all__ = ["COMPOSED_ALIASES", "DEBTOR_WORDS", "WITHOUT_TAX"]

TAXES = ("gst", "iva", "tax", "vat", "mwst", "btw")
SUMS = ("amount", "total", "total amount", "invoice amount", "invoice total")
WITH = ("incl", "inc", "including", "with")
WITHOUT = ("excl", "exc", "ex", "excluding", "without", "before", "net of")

DEBTOR_WORDS = (
    "locataire", "adherent", "abonne", "usager", "redevable", "coproprietaire", "patient", "eleve", "acheteur",
    "preneur", "tenant", "subscriber", "buyer", "policyholder", "lessee",
)
"""What landlords, clubs, schools, towns and utilities call their customers."""

BEFORE_CODE, AFTER_CODE = ("code", "n", "no", "numero"), ("id", "code", "no")
BEFORE_NAME, AFTER_NAME = ("nom", "nom du", "nom de l"), ("name", "nom")

COMPOSED_ALIASES: dict[str, tuple[str, ...]] = {
    "customer_id": (
        *(f"{before} {word}" for word in DEBTOR_WORDS for before in BEFORE_CODE),
        *(f"{word} {after}" for word in DEBTOR_WORDS for after in AFTER_CODE), *DEBTOR_WORDS,
    ),
    "customer_name": (
        *(f"{before} {word}" for word in DEBTOR_WORDS for before in BEFORE_NAME),
        *(f"{word} {after}" for word in (*DEBTOR_WORDS, "client", "tiers") for after in AFTER_NAME), *DEBTOR_WORDS,
    ),
    "amount_cents": tuple(f"{total} {way} {tax}" for way in WITH for total in SUMS for tax in TAXES),
}
WITHOUT_TAX = frozenset((
    *(f"{total} {way} {tax}" for way in WITHOUT for total in SUMS for tax in TAXES),
    *(f"{tax} amount" for tax in TAXES), *(tax for tax in TAXES if tax != "vat"),
))
"""Known, and no amount owed: what is printed beside the amount with tax."""
