"""Header names by role, French and English, as accounting and invoicing programs print them.

Order matters inside a role: of two headers with the same role the earlier alias wins. Names are written
as `normalise` leaves them: lower case, no accent, no punctuation. A name in several roles is decided by
the cells under it and by the other columns (`columns_map`).
"""

import re
import unicodedata
from functools import lru_cache

from auditlib.loaders.composed_aliases import COMPOSED_ALIASES, DEBTOR_WORDS, WITHOUT_TAX
from auditlib.loaders.item_aliases import ITEM_ALIASES
from auditlib.loaders.short_aliases import SHORT_ALIASES

__all__ = ["ALIASES", "AMBIGUOUS", "CURRENCY_CODES", "NOT_A_ROLE", "OPEN_WORDS", "normalise"]

CURRENCY_CODES = frozenset((
    "aed", "aud", "brl", "cad", "chf", "cny", "czk", "dkk", "dzd", "eur", "gbp", "hkd", "huf", "ils", "inr", "jpy",
    "mad", "mxn", "nok", "nzd", "pln", "ron", "sar", "sek", "sgd", "tnd", "try", "usd", "xaf", "xof", "xpf", "zar",
))
OPEN_WORDS = frozenset((
    "balance", "du", "encours", "impaye", "open", "outstanding", "ouvert", "remaining", "residual", "residuel",
    "restant", "reste", "solde", "unpaid",
))

ALIASES: dict[str, tuple[str, ...]] = {
    **ITEM_ALIASES,
    "business_unit": (
        "codeetablissement", "code etablissement", "etablissement", "agence", "code agence", "site", "societe",
        "code societe", "business unit", "bu", "profit center", "centre de profit", "cost center", "company code",
        "bukrs", "branch", "business code", "division", "activite", "area business", "filiale", "entite", "entity",
        "store", "magasin", "secteur",
    ),
    "salesperson": (
        "commercial", "nom commercial", "code commercial", "representant", "code representant", "nom representant",
        "co nom", "vendeur", "charge de compte", "charge d affaires", "sales person", "salesperson", "salesman",
        "sales rep", "sales employee", "account manager", "rep",
    ),
    "payment_terms": (
        "conditions de paiement", "condition de paiement", "condition paiement", "conditions paiement",
        "conditions de reglement", "condition de reglement", "code condition paiement", "delai de paiement",
        "delai de reglement", "delai reglement", "delai paiement", "echeance client", "payment terms",
        "terms of payment", "terms", "payment term", "cust payment terms", "zterm", "reglement conditions",
    ),
    "terms_confirmed_by": (
        "conditions confirmees par", "conditions de paiement confirmees par", "terms confirmed by",
    ),
    "disputed": (
        "litige", "en litige", "litigieux", "disputed", "in dispute", "dispute", "conteste", "dispute flag",
        "facture en litige",
    ),
    "dispute_reason": (
        "motif litige", "motif du litige", "motif de litige", "nature du litige", "nature litige", "motif",
        "cause du litige", "dispute reason", "reason", "reason code", "objet du litige", "type de litige",
        "dispute type",
    ),
    "dispute_opened_on": (
        "date litige", "date du litige", "date d ouverture", "date ouverture", "ouvert le", "litige ouvert le",
        "date ouverture litige", "date de litige", "debut litige", "date debut litige", "opened on", "dispute date",
        "dispute opened on", "opened", "open date", "date opened", "declare le",
    ),
    "dispute_closed_on": (
        "date cloture", "date de cloture", "cloture le", "date resolution", "date de resolution", "resolu le",
        "fin litige", "date fin litige", "litige clos le", "clos le", "closed on", "dispute closed on",
        "resolved on", "date closed", "leve le", "date de levee",
    ),
    "owner": (
        "responsable", "suivi par", "en charge", "proprietaire", "charge du litige", "gestionnaire", "owner",
        "assigned to", "responsible",
    ),
    "siren": (
        "siren", "n siren", "numero siren", "siret", "n siret", "numero siret", "company registration number",
        "registration number", "registre", "n identification", "numero d identification", "rcs", "n rcs",
        "numero rcs",
    ),
    "vat_number": (
        "tva intracommunautaire", "n tva", "numero tva", "n tva intracom", "n tva intracommunautaire",
        "identifiant tva", "numero de tva", "tva intracom", "vat number", "vat no", "vat id", "vat registration no",
        "tax id", "vat",
    ),
    "country": (
        "pays", "code pays", "country", "country code", "countrycode", "land",
    ),
    "customer_type": (
        "type client", "type de client", "categorie client", "categorie de client", "categorie tarifaire",
        "famille client", "typologie", "nature client", "customer type", "customer category", "customer class",
        "customer group", "type tiers", "client type", "categorie",
    ),
    "size_class": (
        "taille", "taille entreprise", "categorie entreprise", "categorie d entreprise", "tranche effectif",
        "effectif", "size", "size class", "company size", "size band",
    ),
    "legal_category": (
        "categorie juridique", "cat juridique", "code categorie juridique", "forme juridique", "legal category",
        "legal form", "nature juridique",
    ),
    "credit_limit_cents": (
        "encours autorise", "plafond", "plafond d encours", "plafond encours", "limite de credit", "limite credit",
        "encours maximum", "encours maxi", "credit limit", "credit line", "credit insurance limit", "ct encours",
    ),
    "total_cents": (
        "solde total", "total du", "total client", "total general", "encours total", "total solde", "total due",
        "total balance", "total outstanding", "total echeances", "montant total", "solde final", "solde de cloture",
        "solde fin de periode", "solde fin", "closing balance", "ending balance", "solde au", "total", "solde",
        "balance",
        "open balance", "outstanding amount", "outstanding balance", "outstanding", "o s amt", "o s amount",
        "os amount",
        "balance due", "amount due",
        "residual", "reste du", "restant du", "montant du", "encours",
    ),
    "balance_debit_cents": (
        "solde debiteur", "soldes debiteurs", "solde debit", "debit balance", "soldes debit", "solde final debit",
        "solde cloture debit", "solde debiteur final",
    ),
    "balance_credit_cents": (
        "solde crediteur", "soldes crediteurs", "solde credit", "credit balance", "soldes credit",
        "solde final credit", "solde cloture credit", "solde crediteur final",
    ),
    "insolvency_procedure": (
        "procedure collective", "procedure", "type procedure", "type de procedure", "nature procedure",
        "nature de la procedure", "insolvency", "insolvency procedure", "nature du jugement", "nature jugement",
        "nature de jugement", "type de jugement", "jugement", "familleavis lib", "famille avis", "type d annonce",
        "type annonce",
    ),
    "judgment_date": (
        "date jugement", "date du jugement", "date de jugement", "date ouverture procedure", "jugement du",
        "judgment date", "judgement date", "date d ouverture de la procedure",
    ),
    "publication_date": (
        "date publication", "date de publication", "date bodacc", "publication bodacc", "parution bodacc",
        "date parution", "date de parution", "dateparution", "date de parution bodacc", "publication date",
    ),
    "claim_declared_on": (
        "date declaration", "date de declaration", "declaration de creance", "date declaration creance",
        "declaree le", "date de declaration de creance", "creance declaree le", "claim declared on", "claim date",
    ),
    "promised_on": (
        "date promise", "date de paiement promise", "date de reglement promise", "date promise de paiement",
        "date promise de reglement", "date de paiement annoncee", "date de reglement annoncee", "promis pour le",
        "reglement promis le", "paiement promis le", "reglement promis pour le", "paiement promis pour le",
        "promised on", "promised date", "promised payment date", "promised for", "promise to pay date", "ptp date",
        "promise due date",
    ),
    "promise_made_on": (
        "date de la promesse", "date de promesse", "date promesse", "promesse du", "promesse faite le",
        "promesse recue le", "promesse obtenue le", "date de l engagement", "date d engagement", "promise made on",
        "date of promise", "date of the promise", "promise taken on", "promise date", "made on",
    ),
    "ceded_on": (
        "date de cession", "date cession", "cede le", "cedee le", "date de la cession", "date de remise a l escompte",
        "date remise escompte", "date d escompte", "date escompte", "escompte le", "escomptee le",
        "remis a l escompte le",
        "date de quittance", "date quittance", "date de remise factor", "date remise factor", "date d affacturage",
        "ceded on", "assigned on", "factored on", "discounted on", "assignment date", "cession date",
    ),
    "ceded_way": (
        "mode de cession", "nature de la cession", "nature cession", "type de cession", "type cession",
        "mode de mobilisation", "type de mobilisation", "mobilisation", "affacturage ou escompte", "way",
        "assignment type", "type of assignment",
    ),
    "recourse": (
        "recours", "avec recours", "cession avec recours", "with recourse", "recourse",
    ),
    "notes": (
        "commentaire", "commentaires", "observation", "observations", "remarque", "remarques", "note", "notes",
        "comment", "comments",
    ),
}
for later in (SHORT_ALIASES, COMPOSED_ALIASES):
    ALIASES |= {role: (*ALIASES.get(role, ()), *(name for name in names if name not in ALIASES.get(role, ())))
                for role, names in later.items()}

NOT_A_ROLE = frozenset((
    "address", "adresse", "affectation", "age", "amount excl tax", "amount excl vat", "amount excluding vat",
    "montant de la tva", "montant hors tax", "montant hors taxe", "montant hors taxes", "montant hors tva", "subtotal",
    "tax", "total excl vat", "total hors taxes", "age days", "ageing bucket", "aging", "arrears",
    "arrears after net due date", "arrears by net due date", "assignment", "baseline create date",
    "baseline payment date", "baseline payment dte", "bon a payer", "bucket", "buisness year", "business year",
    "city", "cle comptable", "code postal", "company", "contact group", "created on", "creation date",
    "credit note", "cumul", "cumulative balance", "customer contact", "customer lpo", "date creation",
    "date de creation", "date de derniere relance", "date de tirage", "date prevue",
    "date relance", "days late", "days overdue", "days in arrears", "days past due", "days to settle", "dayslate",
    "daystosettle", "delivery notes", "document header text", "dunning block", "dunning level", "e mail", "email",
    "exercice", "expected date", "fichier", "fiscal year", "future payment amount", "future payment ref",
    "ht", "jours de retard", "last payment", "mobile", "mode de paiement", "mode de reglement", "mode paiement",
    "mode reglement", "moderglt", "montant ht", "montant net ht", "montant tva", "n relance", "natop",
    "nb jours retard", "net amount", "net due date symbol", "niveau de relance", "nombre de jours de retard",
    "opening", "opening balance", "overdue by days", "paperless bill", "paperless date", "paperlessbill",
    "paperlessdate", "party type", "past due", "payment method", "percent", "period", "periode", "phone",
    "postal code", "posting key", "pourcentage", "primary person", "print date", "quantite", "quantity",
    "receivable account name", "achterstand", "achterstand na vervaldatum", "arrieres", "arrieres apres echeance",
    "verzug", "verzug nach nettofalligkeit", "zuordnung", "advance amount", "outstanding tax", "as of date",
    "aged as of date", "as at date", "date d arrete", "date arrete", "date de situation", "key date", "statement date",
    "snapshot date", "zfbdt", "retard", "running balance", "solde cumule", "solde initial", "solde progressif",
    "source", "taux tva", "tax amount", "telephone", "territory", "toewijzing", "total ht",
    "total tva", "tranche", "tva", "vat amount", "ville", "voucher subtype", "zip",
    "cout", "cout unitaire", "cost", "discount", "p u", "p u ht", "price", "price unit", "prix", "prix unitaire",
    "prix unitaire ht", "prix unitaire ttc", "pu", "pu ht", "qte", "qty", "rate", "remise", "taux", "unit cost",
    "unit price",
)) | WITHOUT_TAX
"""Headers that are known and are no role: fuzzy matching must not give them one."""

AMBIGUOUS = frozenset((
    "account", "account code", "account number", "client", "compte", "contact", "customer", "debiteur", "debtor",
    "kunde", "n compte", "n de compte", "no compte", "num compte", "numero compte", "numero de compte", "partner",
    "party", "payer", "rekening", "tiers", *DEBTOR_WORDS,
))
"""Headers under which some programs print a code, some a name, some a ledger account."""


@lru_cache(maxsize=1 << 16)
def normalise(header: str) -> str:
    """Bring a header to its words: lower case, no accent, no punctuation, units and currencies taken off.

    Examples
    --------
    >>> normalise("Open Advance (ILS)"), normalise("N° pièce"), normalise("InvoiceAmount"), normalise("due_in_date")
    ('open advance', 'n piece', 'invoice amount', 'due in date')
    """
    text = re.sub(r"\([^)]*\)\s*$", " ", header) if not header.strip().startswith("(") else header
    text = re.sub(r"^[A-Z][A-Z_]{2,}\.(?=\w+$)", "", text)  # a query names the table before the column
    text = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z][a-zà-ÿ])|(?<=[a-z])(?=[A-Z]{2,}$)", " ", text)
    plain = unicodedata.normalize("NFKD", text.replace("°", " ").replace("œ", "oe").replace("º", " "))
    plain = "".join(character for character in plain if not unicodedata.combining(character)).lower()
    plain = re.sub(r"(?<= )(?:au |as of |at )?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s*$", "", plain)
    words = re.sub(r"[^a-z0-9<>+]+", " ", plain).split()
    if len(words) > 1 and words[-1] in CURRENCY_CODES:
        words = words[:-1]
    if len(words) > 1 and words[-1] in {"en", "in"}:
        words = words[:-1]
    return " ".join(words)
