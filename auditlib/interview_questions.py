"""The questions of the interview: seven topics, each with what to ask and in what order."""

from auditlib.texts import N_

__all__ = ["QUESTIONS", "RUNNING_ORDER", "TOPICS"]

RUNNING_ORDER: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (10, N_("Cadre de la mission et confidentialité"), ()),
    (15, N_("Activité, clients, saisonnalité, conditions de paiement"), ("business", "context")),
    (15, N_("De la commande à la facture"), ("business",)),
    (20, N_("Le recouvrement aujourd’hui : qui, quand, comment"), ("systems",)),
    (15, N_("Litiges"), ("causes",)),
    (10, N_("Outils et données, en situation"), ("systems",)),
    (20, N_("Premiers constats, ligne à ligne"), ("causes",)),
    (10, N_("Contentieux et pertes"), ("failures",)),
    (5, N_("Contraintes et leviers : clients à ne pas appeler, assureur, affactureur ; responsables et dates"),
     ("plans", "levers")),
)
"""Minutes, subject and topics it draws on; 120 minutes in all (DOMAIN.md D)."""

TOPICS: dict[str, str] = {
    "business": N_("Activité et spécificités"),
    "context": N_("Effets du contexte économique et mesures prises"),
    "systems": N_("Systèmes d’information et relance en place"),
    "failures": N_("Risque de défaillance des clients"),
    "causes": N_("Causes récurrentes d’impayés"),
    "plans": N_("Conditions des échéanciers"),
    "levers": N_("Leviers de négociation"),
}
"""Title of each topic, in the order of the issue they come from."""

QUESTIONS: dict[str, str] = {
    "business.customers": N_("Quels types de clients (grands comptes, PME, particuliers, administrations, export), "
                             "pour quelle part des ventes, et qui suit chacun ?"),
    "business.cycle": N_("De la commande à l’encaissement : qui fait quoi, avec quel document, et combien de jours "
                         "passent entre la livraison et l’envoi de la facture ?"),
    "business.seasonality": N_("Quels mois sont hauts ou bas, et que deviennent alors les délais de facturation et de "
                               "relance ?"),
    "business.terms": N_("Quelles conditions de paiement sont accordées, par qui, et qui peut y déroger ? Les "
                         "conditions générales de vente sont-elles acceptées par écrit ?"),
    "business.trade": N_("Quels usages du métier pèsent sur le paiement : acomptes, situations de travaux, retenues de "
                         "garantie, escomptes, avoirs de fin d’année ?"),
    "business.opening": N_("Que vérifie-t-on avant d’ouvrir un compte, et que se passe-t-il quand une commande dépasse "
                           "la limite de crédit ?"),
    "business.proofs": N_("Pour une facture prise au hasard : où sont la commande, le bon de livraison signé et la "
                          "preuve d’envoi, et combien de minutes faut-il pour les réunir ?"),
    "context.change": N_("Qu’est-ce qui a changé dans les paiements depuis un an, et chez quels clients ?"),
    "context.origin": N_("Ce changement tient-il au secteur, à vos clients ou à votre organisation (effectif, "
                         "logiciel, litiges) ? Qu’est-ce qui le montre ?"),
    "context.measures": N_("Quelles mesures avez-vous prises (acomptes, limites, assurance-crédit, relance, "
                           "affacturage), depuis quand, avec quel effet mesuré ?"),
    "context.cash": N_("Que coûtent ces retards à votre trésorerie : découvert, affacturage, fournisseurs ou charges "
                       "reportés ?"),
    "context.outlook": N_("Quels clients ou secteurs vous inquiètent pour les six prochains mois ?"),
    "context.priority": N_("Si vous ne deviez changer qu’une chose cette année dans vos encaissements, laquelle, et "
                           "qu’est-ce qui l’a empêchée jusqu’ici ?"),
    "systems.who": N_("Qui relance, à quel rythme, avec quel outil, et qui le remplace en son absence ?"),
    "systems.steps": N_("Suivons une facture impayée de l’échéance au contentieux : quel jour, quel canal, quel texte, "
                        "qui décide de l’étape suivante ?"),
    "systems.before_due": N_("Prenez-vous contact avant l’échéance ? Avec quels clients, depuis quand, et qu’est-ce "
                             "que cela a changé ?"),
    "systems.log": N_("Où sont notés les appels, les promesses et les litiges ? Pouvons-nous en extraire le journal "
                      "maintenant ?"),
    "systems.cash": N_("Comment les règlements sont-ils affectés, sous quel délai, et que deviennent ceux qu’on ne "
                       "sait pas affecter ?"),
    "systems.data": N_("Quels logiciels (gestion, comptabilité, relance, commercial) se parlent ? Qui tient à jour "
                       "adresses, contacts et portails ?"),
    "systems.reports": N_("Qui regarde la balance âgée, à quelle fréquence, et quelle décision en est sortie la "
                          "dernière fois ?"),
    "systems.electronic": N_("Où en êtes-vous de la facture électronique et de Chorus Pro : plateforme choisie, "
                             "rejets, suivi des statuts ?"),
    "systems.sales": N_("Quel rôle ont les commerciaux : information, appel, blocage d’une commande, prime liée à "
                        "l’encaissement ?"),
    "systems.autonomy": N_("Quelles étapes faites-vous sans aide, et lesquelles attendent un tiers (expert-comptable, "
                           "avocat, siège) ou une seule personne ?"),
    "systems.time": N_("Combien de personnes et d’heures par semaine vont au recouvrement, sur quoi passent-elles "
                       "d’abord, et qu’est-ce qui n’est jamais fait faute de temps ?"),
    "failures.detection": N_("Comment apprenez-vous qu’un client va mal : assureur, surveillance du BODACC, "
                             "commerciaux, premiers retards ?"),
    "failures.declaration": N_("Pour la dernière procédure collective : quand l’avez-vous su, la créance a-t-elle été "
                               "déclarée à temps et la marchandise revendiquée ?"),
    "failures.history": N_("Quelles pertes ces trois dernières années, chez qui, et qu’aurait-on pu voir avant ?"),
    "failures.cover": N_("Quelles garanties : assurance-crédit (plafonds, délai de déclaration), cautions, acomptes, "
                         "réserve de propriété ?"),
    "failures.dependence": N_("Que se passerait-il, le mois suivant, si votre premier client cessait de payer ?"),
    "failures.provision": N_("Qui décide de passer une créance en douteux et de la déprécier, à quelle date et sur "
                             "quelles preuves ?"),
    "failures.litigation": N_("À partir de quel jour et de quel montant passez-vous au contentieux, par qui, avec quel "
                              "taux de succès et à quel coût ?"),
    "causes.top": N_("Pour chacun des plus gros retards : pourquoi n’a-t-il pas payé, qui lui a parlé en dernier, "
                     "qu’a-t-il promis, et que lui devons-nous (avoir, pièce, réponse) ?"),
    "causes.oldest": N_("Pour chacune des plus anciennes : est-elle encore due (livrée, acceptée, non prescrite) ? "
                        "Faut-il la poursuivre, la déprécier ou l’abandonner ?"),
    "causes.credits": N_("Pour chaque crédit non affecté : quelle facture paie-t-il, ou faut-il le rembourser ?"),
    "causes.disputes": N_("Pour chaque litige : que conteste-t-on exactement, qui tranche, pour quelle date, et la "
                          "part non contestée a-t-elle été réclamée ?"),
    "causes.recurring": N_("Quels motifs reviennent (prix, quantité, qualité, bon de commande manquant, facture mal "
                           "adressée), et à quel service tiennent-ils ?"),
    "causes.discovery": N_("Quand découvrez-vous un litige : à la livraison, à réception de la facture, à l’échéance, "
                           "ou à la deuxième relance ?"),
    "causes.own": N_("Quels retards viennent de chez vous : facture tardive ou fausse, avoir promis, pièce "
                      "manquante ?"),
    "causes.constraints": N_("Quels clients ne doit-on pas appeler, ou seulement par une personne désignée, et "
                             "pourquoi ?"),
    "plans.policy": N_("Dans quels cas accordez-vous un échéancier, jusqu’à combien d’échéances et sur quelle durée ?"),
    "plans.decision": N_("Qui décide, jusqu’à quel montant, et le commercial est-il informé ?"),
    "plans.guarantees": N_("Qu’exigez-vous en échange : premier versement immédiat, reconnaissance de dette, clause de "
                           "déchéance du terme, prélèvement, caution ?"),
    "plans.running": N_("Quels échéanciers sont en cours, et sont-ils tenus ?"),
    "plans.broken": N_("Que faites-vous le jour où une échéance manque ?"),
    "plans.deliveries": N_("Continuez-vous de livrer pendant un échéancier, et à quelles conditions ?"),
    "levers.terms": N_("Un délai plus long ou plus court peut-il être accordé contre un engagement, dans la limite "
                       "légale ? Par qui ?"),
    "levers.stop": N_("Pouvez-vous suspendre les livraisons ou le service : le contrat le prévoit-il, qui le décide, "
                      "et l’avez-vous déjà fait ?"),
    "levers.interest": N_("Facturez-vous les pénalités et l’indemnité forfaitaire, et qui peut y renoncer, contre "
                          "quoi ?"),
    "levers.gestures": N_("Quels gestes commerciaux sont permis (remise, avoir, escompte pour paiement comptant), "
                          "jusqu’où et par qui ?"),
    "levers.escalation": N_("Qui chez vous peut parler au dirigeant du client, et à quel moment l’y engage-t-on ?"),
    "levers.relation": N_("Quels clients n’avez-vous pas osé relancer par crainte de les perdre, et que pèsent-ils ?"),
    "levers.finance": N_("Affacturage, escompte, assurance-crédit, caution : lesquels sont en place ou seraient "
                         "acceptables, et à quel coût ?"),
}
"""By topic and name: stable keys of the answers."""
