"""Sentences of letters that depend on the debtor: what is asked of him, what the claim rests on; French as they are."""

__all__ = ["APPROACHES", "BASES", "LETTER_NAMES", "MANDATE", "MEMO", "PLAIN_BASIS", "RECOVERY_COSTS", "THIRD_PARTY"]

APPROACHES = {
    "public": "Nous vous remercions de nous indiquer le statut de chaque facture sur Chorus Pro, la date du service "
              "fait "
              "et celle du mandatement.",
    "consumer": "Si vous rencontrez une difficulté de paiement, appelez-nous : nous chercherons ensemble une solution.",
    "large_account": "Nous vous remercions de nous confirmer que ces factures sont validées dans vos circuits et la "
                     "date "
                     "de la campagne de règlement qui les comprend.",
    "very_small": "Si votre trésorerie ne permet pas un règlement en une fois, appelez-nous sans attendre : un "
                  "échéancier court peut être convenu par écrit.",
    "fragile": "Si votre trésorerie ne permet pas un règlement en une fois, appelez-nous sans attendre : un échéancier "
               "court peut être convenu par écrit, avec un premier versement immédiat.",
    "export_eu": "Nous vous remercions de nous adresser la copie de l’ordre de virement.",
    "export_non_eu": "Nous vous remercions de nous adresser la copie du message de paiement de votre banque (SWIFT).",
    "mid_small": "Nous vous remercions de nous confirmer, par retour, la date de votre règlement.",
}
"""By kind of debtor: what helps him pay."""

BASES = {
    "business": "Les intérêts de retard et l’indemnité forfaitaire de recouvrement sont dus de plein droit, sans "
                "rappel "
                "(articles L. 441-10 et D. 441-5 du code de commerce).",
    "public": "Les intérêts moratoires et l’indemnité forfaitaire de recouvrement sont dus de plein droit, sans autre "
              "formalité (articles L. 2192-12 à L. 2192-14 et D. 2192-35 du code de la commande publique).",
}
PLAIN_BASIS = "Notre créance résulte des factures désignées ci-dessus, restées impayées à leur échéance."
MEMO = "pour mémoire"

THIRD_PARTY = ("{practice}, {address}, exerce une activité de recouvrement amiable. Nous vous écrivons au nom et pour "
               "le "
               "compte de {creditor}, {creditor_address}, créancier, en vertu d’un mandat écrit du {signed_on}.")
MANDATE = ("Activité de recouvrement amiable exercée selon les articles R. 124-1 et suivants du code des procédures "
           "civiles d’exécution : assurance de responsabilité {insurance} ; fonds reçus sur un compte dédié aux "
           "créanciers ; déclaration au procureur de la République du {declared_on}.")
RECOVERY_COSTS = (
    "Article L. 111-8 du code des procédures civiles d’exécution, deuxième et troisième alinéas : « Les frais de "
    "recouvrement entrepris sans titre exécutoire restent à la charge du créancier, sauf s’ils concernent un acte dont "
    "l’accomplissement est prescrit par la loi au créancier. Toute stipulation contraire est réputée non écrite, sauf "
    "disposition législative contraire. Cependant, le créancier qui justifie du caractère nécessaire des démarches "
    "entreprises pour recouvrer sa créance peut demander au juge de l’exécution de laisser tout ou partie des frais "
    "ainsi "
    "exposés à la charge du débiteur de mauvaise foi. »")

LETTER_NAMES = {
    "reminder_1": "relance 1", "reminder_2": "relance 2", "reminder_3": "relance 3", "statement": "relevé de compte",
    "formal_notice": "mise en demeure", "formal_notice_consumer": "mise en demeure (particulier)",
    "payment_plan": "échéancier", "dispute_acknowledgement": "accusé de réception de contestation",
    "declaration_of_claim": "déclaration de créance", "retention_claim": "revendication"}
"""Names of the letters, for the register and their files."""
