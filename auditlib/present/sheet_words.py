"""Words for what was recognised of a sheet: roles of columns, classes of rows, how each was found."""

from auditlib.deliver.labels import label
from auditlib.formats import Formats
from auditlib.texts import N_

__all__ = ["CLASSES", "ROLE_NAMES", "class_name", "found_by", "kind_name", "role_name"]

ROLE_NAMES = {
    "customer_id": N_("code client"), "customer_name": N_("nom du client"), "account": N_("compte"),
    "account_name": N_("intitulé du compte"), "document_ref": N_("numéro de pièce"),
    "document_type": N_("type de pièce"), "label": N_("libellé"), "document_date": N_("date de pièce"),
    "posting_date": N_("date comptable"), "posting_day": N_("jour du mois"),
    "due_date": N_("échéance"), "debit_cents": N_("débit"),
    "credit_cents": N_("crédit"), "side": N_("sens (débit ou crédit)"), "amount_cents": N_("montant"),
    "open_amount_cents": N_("reste dû"), "original_amount_cents": N_("montant d’origine"),
    "paid_amount_cents": N_("montant réglé"), "total_cents": N_("solde total"),
    "balance_debit_cents": N_("solde débiteur"), "balance_credit_cents": N_("solde créditeur"),
    "matching_code": N_("lettrage"), "matching_date": N_("date de lettrage"),
    "settlement_date": N_("date de règlement"), "journal": N_("code journal"), "journal_name": N_("nom du journal"),
    "entry_number": N_("numéro d’écriture"), "valid_date": N_("date de validation"), "currency": N_("devise"),
    "foreign_amount_cents": N_("montant en devise"), "foreign_currency": N_("devise d’origine"),
    "payment_terms": N_("conditions de règlement"),
    "terms_confirmed_by": N_("conditions confirmées par"), "status": N_("état"), "salesperson": N_("commercial"),
    "business_unit": N_("établissement"), "group_id": N_("groupe"), "siren": N_("numéro SIREN"),
    "vat_number": N_("numéro de TVA"), "country": N_("pays"), "customer_type": N_("type de client"),
    "size_class": N_("taille d’entreprise"), "legal_category": N_("catégorie juridique"),
    "credit_limit_cents": N_("plafond de crédit"), "disputed": N_("en litige"),
    "dispute_reason": N_("motif du litige"), "dispute_opened_on": N_("litige ouvert le"),
    "dispute_closed_on": N_("litige clos le"), "owner": N_("responsable"),
    "insolvency_procedure": N_("procédure collective"), "judgment_date": N_("date du jugement"),
    "publication_date": N_("date de publication"), "claim_declared_on": N_("créance déclarée le"),
    "promised_on": N_("règlement promis pour le"), "promise_made_on": N_("promesse faite le"),
    "ceded_on": N_("cédée le"), "ceded_way": N_("mode de cession"), "recourse": N_("recours"), "notes": N_("remarques"),
}
"""Roles of columns in the order they are offered: what a ledger has comes first."""
CLASSES = ("item", "header", "customer_header", "subtotal", "total", "carried_forward", "title", "page_header",
           "footer", "blank", "other_account", "unused", "rejected")
"""Classes of rows in the order of the legend."""
FOUND_BY = {
    "mapping": N_("choisi"), "exact": N_("nom connu"), "fuzzy": N_("nom proche"), "content": N_("contenu"),
}


def role_name(role: str, formats: Formats) -> str:
    """Name the role of a column; one that has none is said not to be used."""
    _ = formats.gettext
    if role.startswith("bucket:"):
        return _("tranche d’âge {number}").format(number=role.removeprefix("bucket:"))
    return _(ROLE_NAMES[role]) if role in ROLE_NAMES else _("non utilisée")


def class_name(code: str, formats: Formats) -> str:
    """Name the class of a row."""
    return formats.gettext("ligne reconnue") if code in ("item", "loaded") else label(code, language=formats.language)


def kind_name(kind: str, formats: Formats) -> str:
    """Name the kind of a document."""
    return formats.gettext("non reconnu") if kind == "unknown" else label(kind, language=formats.language)


def found_by(how: str, formats: Formats) -> str:
    """Say how the role of a column was found."""
    return formats.gettext(FOUND_BY[how]) if how in FOUND_BY else ""
