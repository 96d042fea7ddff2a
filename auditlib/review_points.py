"""What the auditor looks for in a document he reviews: a grid of points a kind, each with its source in law.

Sources: Code de commerce L. 441-1, L. 441-9, L. 441-10, L. 441-16, D. 441-5 (the wording of L. 441-9 I is quoted by
actu-juridique.fr, 16 October 2019; of L. 441-16 by doctrine.fr); CGI, annexe II, art. 242 nonies A (legifrance,
version of 1 January 2023) as changed by decree 2022-1299 of 7 October 2022; DOMAIN.md A6, A7 and B3. From memory, to
check before they are quoted to a client: the paragraph numbers of art. 242 nonies A beyond 7°, the articles named for
retention of title, acceptance, jurisdiction and suspension, and from which invoice on the mentions of the decree are
due (DOMAIN.md B3 gives the calendar of electronic invoices: September 2026, then September 2027).
"""

from dataclasses import dataclass

from auditlib.texts import N_

__all__ = ["INVOICE", "REPORT", "REVIEW_POINTS", "TERMS", "ReviewPoint"]

TERMS, INVOICE, REPORT = "terms_and_conditions", "sample_invoices", "auditors_reports"
"""Kinds of documents that have a grid (`auditlib.document_kinds`)."""
ABSENT, PRESENT = ("no", "partly"), ("yes", "partly")


@dataclass(frozen=True)
class ReviewPoint:
    """A point of a grid.

    Attributes
    ----------
    question : str
        French, for the catalogue; its answer is yes where the document holds it.
    source : str
        Where the law asks for it, or why it is looked for.
    finding : str
        Code of the finding (`auditlib.finding_codes`) that an answer among `against` makes.
    value : str
        What its value holds, for the form; empty: words of the auditor's own.
    against : tuple of str
        Answers that make the finding.
    """

    question: str
    source: str
    finding: str
    value: str = ""
    against: tuple[str, ...] = ABSENT


def _mention(question: str, source: str, finding: str = "invoice_mentions_missing") -> ReviewPoint:
    return ReviewPoint(question, source, finding)


REFORM = "invoice_reform_mentions_missing"
OF_TERMS = {
    "payment_term": ReviewPoint(
        N_("Délai de paiement"), "C. com. L. 441-1 I, L. 441-10 I", "terms_payment_term_missing",
        N_("45 jours fin de mois")),
    "penalty_rate": ReviewPoint(
        N_("Taux des pénalités de retard"), "C. com. L. 441-10 II", "terms_penalty_missing",
        N_("12 %, 1 % par mois, 3 fois le taux légal, BCE + 10 points")),
    "recovery_indemnity": ReviewPoint(
        N_("Indemnité forfaitaire de 40 €"), "C. com. L. 441-10 II, D. 441-5", "terms_indemnity_missing"),
    "early_payment_discount": ReviewPoint(
        N_("Escompte pour paiement anticipé"), "C. com. L. 441-1, L. 441-9 I", "terms_discount_missing"),
    "retention_of_title": ReviewPoint(
        N_("Réserve de propriété"), "C. com. L. 624-16", "terms_retention_missing",
        N_("clause citée par les lettres")),
    "delivery_suspension": ReviewPoint(
        N_("Suspension des livraisons en cas de retard"), "C. civ. 1219, 1220", "terms_suspension_missing"),
    "jurisdiction": ReviewPoint(
        N_("Attribution de juridiction"), "CPC 48", "terms_jurisdiction_missing", N_("tribunal désigné")),
    "customer_acceptance": ReviewPoint(
        N_("Acceptation par le client (signature, renvoi au bon de commande)"), "C. civ. 1119", "terms_not_accepted"),
}
OF_INVOICE = {
    "number": _mention(N_("Numéro de facture"), "CGI ann. II 242 nonies A I 7°"),
    "issue_date": _mention(N_("Date d’émission"), "CGI ann. II 242 nonies A I 6°"),
    "sale_date": _mention(N_("Date de la vente ou de la prestation"), "C. com. L. 441-9 I"),
    "seller_identity": _mention(
        N_("Nom et adresse du vendeur"), "C. com. L. 441-9 I ; CGI ann. II 242 nonies A I 1°"),
    "buyer_identity": _mention(
        N_("Nom, adresse et adresse de facturation du client"), "C. com. L. 441-9 I ; CGI ann. II 242 nonies A I 1°"),
    "seller_siren": _mention(N_("SIREN du vendeur"), "C. com. R. 123-237 ; CGI ann. II 242 nonies A I 1°"),
    "seller_vat_number": _mention(N_("Numéro de TVA du vendeur"), "CGI ann. II 242 nonies A I 2°"),
    "buyer_vat_number": _mention(
        N_("Numéro de TVA du client (livraison intracommunautaire, autoliquidation)"),
        "CGI ann. II 242 nonies A I 3° et 4°"),
    "order_number": _mention(N_("Numéro du bon de commande établi par le client"), "C. com. L. 441-9 I"),
    "description": _mention(N_("Dénomination précise"), "C. com. L. 441-9 I"),
    "quantity": _mention(N_("Quantité"), "C. com. L. 441-9 I"),
    "unit_price": _mention(N_("Prix unitaire hors taxe"), "C. com. L. 441-9 I"),
    "vat_rate": _mention(N_("Taux de TVA"), "CGI ann. II 242 nonies A I"),
    "vat_amount": _mention(N_("Montant de TVA"), "CGI ann. II 242 nonies A I"),
    "due_date": _mention(N_("Date d’échéance"), "C. com. L. 441-9 I"),
    "discount_terms": _mention(N_("Conditions d’escompte"), "C. com. L. 441-9 I"),
    "penalty_rate": _mention(
        N_("Taux des pénalités de retard"), "C. com. L. 441-9 I", "invoice_penalty_missing"),
    "recovery_indemnity": _mention(
        N_("Indemnité forfaitaire de 40 €"), "C. com. L. 441-9 I, D. 441-5", "invoice_indemnity_missing"),
    "buyer_siren": _mention(N_("SIREN du client"), "CGI ann. II 242 nonies A, décret 2022-1299", REFORM),
    "delivery_address": _mention(
        N_("Adresse de livraison, si elle diffère"), "CGI ann. II 242 nonies A, décret 2022-1299", REFORM),
    "operation_category": _mention(
        N_("Nature de l’opération (biens, services, mixte)"), "CGI ann. II 242 nonies A, décret 2022-1299", REFORM),
    "vat_on_debits": _mention(
        N_("Option pour la TVA d’après les débits, si elle est prise"),
        "CGI ann. II 242 nonies A, décret 2022-1299", REFORM),
}
OF_REPORT = {
    "reservation": ReviewPoint(
        N_("Réserve ou observation sur les créances clients"), "NEP 700", "auditors_reservation", against=PRESENT),
    **{name: ReviewPoint(question, "NEP 265", "auditors_receivable_points", against=PRESENT)
       for name, question in {
           "depreciation": N_("Dépréciation jugée insuffisante"),
           "confirmations": N_("Confirmations de clients non reçues ou en écart"),
           "cut_off": N_("Rattachement des ventes à l’exercice discuté"),
           "internal_control": N_("Faiblesse du contrôle interne des ventes, du crédit ou des encaissements"),
           "prior_points": N_("Recommandation antérieure non suivie"),
       }.items()},
}
REVIEW_POINTS: dict[str, dict[str, ReviewPoint]] = {TERMS: OF_TERMS, INVOICE: OF_INVOICE, REPORT: OF_REPORT}
"""The points of each grid, in the order they are asked."""
