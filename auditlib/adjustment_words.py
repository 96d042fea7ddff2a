"""Words of the auditor's adjustments: where they are kept, columns and choices, as written and as read back."""

from pathlib import Path

from auditlib.texts import LANGUAGES, N_, translator

__all__ = [
    "CHANGES", "COLUMNS", "KIND_NAMES", "OF_CUSTOMER", "SHEET", "SIGNS", "TYPE_NAMES", "WITHOUT_VALUE",
    "adjustments_path", "codes_by_word", "plain_word",
]

SHEET = N_("Ajustements")
"""The sheet that is filled in, and read back."""
CHANGES: dict[str, str] = {
    "accept_match": N_("Accepter un rapprochement"),
    "due_date": N_("Corriger l’échéance"),
    "document_date": N_("Corriger la date de pièce"),
    "customer_type": N_("Corriger le type de client"),
    "kind": N_("Changer la nature de la pièce"),
    "doubtful": N_("Reclasser en créance douteuse"),
    "deposit": N_("Reclasser en acompte reçu"),
    "customer": N_("Rattacher à un autre client"),
    "exclude": N_("Exclure de l’encours"),
}
"""What may be corrected, by code."""
OF_CUSTOMER = ("customer_type",)
"""Changes whose target is a customer; that of the others is an item."""
WITHOUT_VALUE = ("doubtful", "deposit", "exclude")
"""Changes that say it all by themselves."""
COLUMNS: dict[str, str] = {
    "change": N_("Correction"),
    "source_file": N_("Fichier"),
    "source_sheet": N_("Feuille"),
    "source_row": N_("Ligne"),
    "customer_id": N_("Code client"),
    "document_ref": N_("Pièce"),
    "due_date": N_("Échéance"),
    "amount_cents": N_("Montant"),
    "new_value": N_("Nouvelle valeur"),
    "reason": N_("Motif"),
    "author": N_("Auteur"),
    "decided_on": N_("Date"),
}
"""Headers of the sheet by what their column holds; amounts in the client's currency, VAT included, credits negative."""
KIND_NAMES: dict[str, str] = {
    "invoice": N_("facture"),
    "credit_note": N_("avoir"),
    "receipt": N_("règlement"),
    "unpaid_return": N_("impayé"),
    "set_off": N_("compensation"),
    "deposit_applied": N_("acompte imputé"),
    "discount": N_("escompte"),
    "write_off": N_("perte"),
    "fx_difference": N_("écart de change"),
    "refund": N_("remboursement"),
    "reclassification": N_("reclassement"),
    "transfer": N_("cession"),
    "rounding": N_("arrondi"),
    "opening": N_("à nouveau"),
    "adjustment": N_("autre écriture"),
}
SIGNS = {
    **dict.fromkeys(("invoice", "unpaid_return", "refund"), 1),
    **dict.fromkeys(("credit_note", "receipt", "set_off", "deposit_applied", "discount", "write_off"), -1),
}
"""Side of the account of the kinds that have one."""
TYPE_NAMES: dict[str, str] = {
    "B2B": N_("entreprise"), "B2C": N_("particulier"), "public": N_("secteur public"),
}


def adjustments_path(parameters_file: Path, client: str) -> Path:
    """Return where a client's adjustments are kept: beside his parameters file, and out of git like it."""
    return parameters_file.with_name(f"{client}.adjustments.xlsx")


def codes_by_word(words: dict[str, str]) -> dict[str, str]:
    """Return the code of each word in every language, lower case, apostrophes alike; a code stands for itself too."""
    spoken = [(code, translator(language).gettext(word)) for language in LANGUAGES for code, word in words.items()]
    return {plain_word(word): code for code, word in [*((code, code) for code in words), *spoken]}


def plain_word(text: str) -> str:
    """Bring a word to one spelling: lower case, straight apostrophe, single spaces.

    Examples
    --------
    >>> plain_word("Corriger  l’échéance ")
    "corriger l'échéance"
    """
    return " ".join(text.replace("’", "'").split()).lower()
