"""Words of the follow-up: columns and choices of the workbook that collectors fill in, as written and as read back."""

from auditlib.texts import N_

__all__ = [
    "CHANNELS", "COLUMNS", "COMMITMENTS", "DISPUTE_REASONS", "LITIGATIONS", "LITIGATION_PREFIX", "NO", "STEPS", "YES",
]

STEPS: dict[str, str] = {
    "pre_reminder": N_("Pré-relance"),
    "reminder_1": N_("Première relance"),
    "call_1": N_("Premier appel"),
    "reminder_2": N_("Deuxième relance"),
    "call_2": N_("Deuxième appel"),
    "reminder_3": N_("Avis avant mise en demeure"),
    "formal_notice": N_("Mise en demeure"),
    "hand_over": N_("Remise à un tiers"),
    "portal_check": N_("Statut sur le portail"),
    "public_claim": N_("Demande écrite de paiement"),
    "conciliator": N_("Conciliateur ou médiateur"),
    "insurer_declaration": N_("Assureur-crédit"),
    "reconcile_group": N_("Rapprochement intersociétés"),
    "set_off": N_("Compensation"),
    "credit_review": N_("Revue du crédit"),
    "payment_plan": N_("Plan de paiement"),
    "declaration_of_claim": N_("Déclaration de créance"),
    "retention_claim": N_("Revendication des biens"),
}
"""Names of the steps, by code: in the scenarios, the plan, the workbook and the log."""
CHANNELS: dict[str, str] = {
    "email": N_("e-mail"),
    "phone": N_("téléphone"),
    "letter": N_("courrier"),
    "registered": N_("lettre recommandée"),
    "portal": N_("portail"),
    "sms": N_("SMS"),
    "visit": N_("visite"),
}
COMMITMENTS: dict[str, str] = {
    "duplicate": N_("Envoyer un duplicata"),
    "credit_note": N_("Émettre un avoir"),
    "dispute_answer": N_("Répondre au litige"),
    "delivery": N_("Livrer ou compléter"),
    "terms": N_("Confirmer les conditions"),
    "other": N_("Autre engagement"),
}
"""What we may owe a debtor before he pays."""
LITIGATIONS: dict[str, str] = {
    "small_claim": N_("Commissaire de justice"),
    "payment_order": N_("Injonction de payer"),
    "interim": N_("Référé-provision"),
    "summons": N_("Assignation"),
    "agency": N_("Société de recouvrement"),
    "lawyer": N_("Avocat"),
}
LITIGATION_PREFIX = "Contentieux : "
"""Starts the reason of a dispute that stands for a claim in court or with a third party."""
DISPUTE_REASONS = (
    N_("Prix"), N_("Quantité"), N_("Qualité ou conformité"), N_("Livraison"), N_("Facture non reçue"),
    N_("Bon de commande manquant"), N_("Avoir attendu"), N_("Facture en double"), N_("Autre motif"),
)
"""Proposed, not imposed: a client names his disputes as he does."""
YES, NO = N_("oui"), N_("non")

COLUMNS: dict[str, str] = {
    "key_customer": N_("Clé client"),
    "key_ref": N_("Clé pièce"),
    "key_file": N_("Clé fichier"),
    "key_sheet": N_("Clé feuille"),
    "key_row": N_("Clé ligne"),
    "key_amount": N_("Clé montant"),
    "customer_id": N_("Code client"),
    "customer_name": N_("Client"),
    "document_ref": N_("Pièce"),
    "promised_cents": N_("Montant promis"),
    "promise_made_on": N_("Promesse faite le"),
    "promised_on": N_("Promis pour le"),
    "step": N_("Action faite"),
    "channel": N_("Canal utilisé"),
    "done_on": N_("Action faite le"),
    "contact": N_("Personne jointe"),
    "action_owner": N_("Action faite par"),
    "action_comment": N_("Commentaire de l’action"),
    "next_on": N_("Prochain appel le"),
    "dispute_reason": N_("Motif du litige"),
    "dispute_opened_on": N_("Litige ouvert le"),
    "dispute_cents": N_("Montant contesté"),
    "dispute_owner": N_("Litige suivi par"),
    "dispute_closed_on": N_("Litige clos le"),
    "litigation": N_("Contentieux"),
    "litigation_on": N_("Contentieux engagé le"),
    "what": N_("Engagement"),
    "owner": N_("Responsable"),
    "due_on": N_("À faire pour le"),
    "kept_on": N_("Tenu le"),
    "comment": N_("Commentaire"),
    "name": N_("Nom du contact"),
    "role": N_("Fonction"),
    "email": N_("E-mail"),
    "phone": N_("Téléphone"),
    "address": N_("Adresse"),
    "portal": N_("Portail"),
    "do_not_contact": N_("Ne pas contacter"),
}
"""Headers of the workbook by what their column holds; amounts in the client's currency, VAT included."""
