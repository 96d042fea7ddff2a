"""Words of the scenarios: names of channels and roles, what each step holds, and what applies to each debtor."""

from auditlib.scenario_calendar import Channel, Clock, Dunning, Kind, Role, StepCode
from auditlib.texts import N_

__all__ = ["CHANNEL_NAMES", "CLOCK_NAMES", "CONTENTS", "DUNNING_NAMES", "KIND_CONTENTS", "METHODS", "ROLE_NAMES",
           "TEMPLATE_NAMES", "TITLES"]

TITLES: dict[Kind, str] = {
    "group": N_("Sociétés du groupe"),
    "insolvent": N_("Douteux et procédures collectives"),
    "fragile": N_("Débiteurs fragiles"),
    "public": N_("Secteur public"),
    "consumer": N_("Particuliers"),
    "export_non_eu": N_("Export, hors Union européenne"),
    "export_eu": N_("Export, Union européenne"),
    "large_account": N_("Grands comptes"),
    "mid_small": N_("ETI et PME"),
    "very_small": N_("TPE et artisans"),
}
METHODS: dict[Kind, str] = {
    "group": N_("Rapprochement intersociétés et compensation ; hors relance et hors DSO externe."),
    "insolvent": N_("Aucune relance, aucun intérêt : déclarer la créance, revendiquer les biens sous réserve de "
                    "propriété."),
    "fragile": N_("Réduire l’exposition avant de relancer : plafond, paiement à la livraison, garantie, plan court "
                  "avec déchéance du terme."),
    "public": N_("Statut sur Chorus Pro d’abord ; puis demande écrite de paiement, médiation, mandatement d’office."),
    "consumer": N_("Ton courtois, rien de ce qui est réservé aux professionnels ; plan de paiement, conciliateur."),
    "export_non_eu": N_("Le délai de déclaration à l’assureur-crédit commande le calendrier ; garanties et agent "
                        "local."),
    "export_eu": N_("Langue du débiteur, loi et Incoterm du contrat ; injonction de payer européenne en dernier lieu."),
    "large_account": N_("Portail fournisseur et rapprochement commande-réception, puis comptabilité fournisseurs, "
                        "acheteur, trésorerie ; relance sur relevé, menace juridique en dernier."),
    "mid_small": N_("Appel tôt, toujours le même interlocuteur ; dirigeant ou directeur financier dès la troisième "
                    "semaine."),
    "very_small": N_("Téléphone d’abord, avec le dirigeant lui-même ; plan court, mise en demeure à un mois."),
}
TEMPLATE_NAMES: dict[str, str] = {
    "": "", "reminder_1": N_("relance 1"), "reminder_2": N_("relance 2"), "reminder_3": N_("relance 3, dernier avis"),
    "statement": N_("relevé de compte"), "formal_notice": N_("mise en demeure"),
    "formal_notice_consumer": N_("mise en demeure d’un particulier"), "payment_plan": N_("plan de paiement"),
    "dispute_acknowledgement": N_("réponse à un litige"), "declaration_of_claim": N_("déclaration de créance"),
    "retention_claim": N_("revendication"),
}
CHANNEL_NAMES: dict[Channel, str] = {
    "email": N_("e-mail"), "phone": N_("téléphone"), "sms": N_("SMS"), "letter": N_("courrier"),
    "registered": N_("lettre recommandée"), "portal": N_("portail"), "internal": N_("travail interne"),
    "mandate": N_("mandat écrit"),
}
ROLE_NAMES: dict[Role, str] = {
    "collector": N_("chargé de recouvrement"), "billing": N_("facturation"), "salesperson": N_("commercial"),
    "finance": N_("responsable financier"), "management": N_("direction"),
}
DUNNING_NAMES: dict[Dunning, str] = {
    "item": N_("Relance facture par facture, chacune à son échéance."),
    "statement": N_("Relance sur relevé : tout l’échu en une fois, calé sur les jours de paiement du client."),
    "none": N_("Aucune relance."),
}
CLOCK_NAMES: dict[Clock, str] = {
    "due_date": N_("Jours comptés depuis l’échéance."),
    "publication": N_("Jours comptés depuis la publication du jugement au BODACC."),
    "closing": N_("Jours comptés depuis la fin de chaque mois."),
}
CONTENTS: dict[StepCode, str] = {
    "pre_reminder": N_("Réception de la facture, numéro de commande, litige éventuel ; ton commercial."),
    "reminder_1": N_("Ton neutre, relevé de compte et copie des factures joints."),
    "call_1": N_("Obtenir une date, un montant, un moyen de paiement ; confirmation écrite le jour même."),
    "reminder_2": N_("Ton ferme ; pénalités de retard et indemnité forfaitaire{indemnity} rappelées."),
    "call_2": N_("Levier commercial : prochaine commande, livraison, remise ; directeur financier du client."),
    "reminder_3": N_("Dernier délai ; suspension des livraisons si le contrat le permet et après préavis."),
    "formal_notice": N_("Les mots « mise en demeure », montants détaillés, {notice} jours pour payer ; ensuite agir, "
                        "sans revenir aux relances."),
    "hand_over": N_("Injonction de payer si rien n’est contesté, référé ou assignation sinon ; procédure simplifiée "
                    "par commissaire de justice pour les petites créances{small_claims}."),
    "portal_check": N_("Facture déposée, rapprochée de la commande et de la réception, bonne à payer ? Corriger le "
                       "jour même ce qui bloque."),
    "public_claim": N_("Demande écrite à l’ordonnateur, copie au comptable : principal, intérêts de plein droit, "
                       "indemnité{indemnity} ; elle interrompt la prescription{public_years}."),
    "conciliator": N_("Saisine gratuite d’un conciliateur de justice, ou du médiateur choisi par le créancier."),
    "insurer_declaration": N_("Porter à l’agenda la date limite de déclaration d’impayé{insurer} ; déclarer avant, "
                              "même si une promesse court."),
    "reconcile_group": N_("Pointer les comptes réciproques, expliquer chaque écart, corriger avant la clôture."),
    "set_off": N_("Compenser les soldes par la convention de trésorerie ou de compensation ; solder par virement."),
    "credit_review": N_("Vérifier le BODACC ; ramener le plafond à l’encours, passer au paiement à la livraison, "
                        "demander une garantie."),
    "payment_plan": N_("Reconnaissance de la dette, {instalments} échéances au plus, première versée tout de suite, "
                       "prélèvement, clause de déchéance du terme."),
    "declaration_of_claim": N_("Procédure publiée : au mandataire judiciaire, dans le délai de {claim_time}, créances "
                               "échues et à échoir, pièces jointes. Rien de publié : vérifier le BODACC, dossier à la "
                               "direction."),
    "retention_claim": N_("Biens livrés sous réserve de propriété et encore en nature : à l’administrateur, sinon au "
                          "débiteur, ou au liquidateur, dans le délai de {retention_time}."),
}
"""What a step holds; the braces take figures of the law and of the parameters."""
KIND_CONTENTS: dict[tuple[Kind, StepCode], str] = {
    ("fragile", "pre_reminder"): N_("Confirmer la réception et la date de paiement de vive voix : le silence est un "
                                    "signal."),
    ("fragile", "call_1"): N_("Joindre le dirigeant : cause de la difficulté, paiement partiel immédiat, date du "
                              "solde."),
    ("fragile", "insurer_declaration"): N_("Si le client est assuré : déclarer la menace de sinistre{insurer}, avant "
                                           "tout délai accordé."),
    ("fragile", "hand_over"): N_("Ne pas attendre : injonction de payer ou mesure conservatoire, avant l’ouverture "
                                 "d’une procédure."),
    ("public", "portal_check"): N_("Chorus Pro : « à recycler » se renvoie au bon service, « suspendue » se complète, "
                                   "« rejetée » se refait ; certificat de dépôt gardé."),
    ("public", "call_1"): N_("Service gestionnaire : service fait constaté, mandat émis ? Comptable : date de virement "
                             "?"),
    ("public", "reminder_1"): N_("Relevé au service gestionnaire : factures, numéros d’engagement, dates de dépôt."),
    ("public", "hand_over"): N_("Médiateur des entreprises, puis mandatement d’office par le préfet ou juge "
                                "administratif, selon le montant."),
    ("consumer", "pre_reminder"): N_("Rappel courtois de la date et des moyens de paiement."),
    ("consumer", "reminder_1"): N_("Rappel courtois, copie de la facture, moyens de paiement ; aucun frais."),
    ("consumer", "call_1"): N_("Aux heures ouvrables, sans insister ni rappeler le même jour ; proposer un étalement."),
    ("consumer", "reminder_2"): N_("Deuxième rappel : montant dû seul, contact pour un désaccord ou un étalement."),
    ("consumer", "payment_plan"): N_("Étalement court et gratuit, écrit et signé : reconnaissance de la dette, "
                                     "montants, dates."),
    ("consumer", "formal_notice"): N_("Montant dû, {notice} jours pour payer, médiateur indiqué ; les intérêts au taux "
                                      "légal courent de cette lettre, sans autre somme."),
    ("consumer", "hand_over"): N_("Procédure simplifiée par commissaire de justice{small_claims}, ou injonction de "
                                  "payer ; les frais amiables restent au créancier."),
    ("export_eu", "pre_reminder"): N_("Dans la langue du débiteur : facture reçue, numéro de commande, preuve de "
                                      "livraison intracommunautaire."),
    ("export_eu", "reminder_2"): N_("Ton ferme, dans la langue du débiteur ; intérêts selon la loi du contrat."),
    ("export_eu", "call_2"): N_("Avec le commercial ou l’agent qui connaît le client ; direction financière."),
    ("export_eu", "hand_over"): N_("Injonction de payer européenne (règlement 1896/2006), ou petits litiges "
                                   "(règlement 861/2007)."),
    ("export_non_eu", "pre_reminder"): N_("Documents d’expédition et de crédit documentaire conformes ? Date d’ordre "
                                          "de virement, autorisation de change."),
    ("export_non_eu", "reminder_2"): N_("Ton ferme, dans la langue du contrat ; intérêts selon la loi du contrat."),
    ("export_non_eu", "call_2"): N_("Par l’agent local ou le commercial : blocage bancaire, douanier ou volonté ?"),
    ("export_non_eu", "hand_over"): N_("À l’assureur-crédit si le sinistre est déclaré, sinon à un correspondant local "
                                       "mandaté."),
    ("large_account", "pre_reminder"): N_("Relevé des échéances du prochain jour de paiement, au centre comptable."),
    ("large_account", "reminder_1"): N_("Relevé de compte au centre comptable, aux dates de ses campagnes de "
                                        "paiement."),
    ("large_account", "call_1"): N_("Comptabilité fournisseurs : motif de blocage de chaque facture, date du "
                                    "règlement."),
    ("large_account", "reminder_2"): N_("À l’acheteur, copie au centre comptable : factures bloquées et pièce qui "
                                        "manque ; pénalités et indemnité{indemnity} rappelées."),
    ("large_account", "call_2"): N_("Le commercial et l’acheteur : lever le blocage, engager une date."),
    ("large_account", "reminder_3"): N_("À la direction financière ou à la trésorerie, par la nôtre ; dernier délai."),
    ("mid_small", "call_2"): N_("Le dirigeant, ou le directeur financier d’une ETI ; levier commercial, plan de "
                                "{instalments} échéances au plus."),
    ("very_small", "pre_reminder"): N_("Message court : montant, échéance, moyen de paiement."),
    ("very_small", "call_1"): N_("Le dirigeant, tôt le matin ou en fin de journée : date, montant, moyen de paiement."),
}
"""What a step holds for one kind of debtor, where it is not what it holds for all."""
