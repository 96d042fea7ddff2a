"""What each audit test is called, what it proves, how grave its exceptions are, and what it tells the client."""

from dataclasses import dataclass

from auditlib.texts import N_

__all__ = ["DETAILS", "OBJECTIVES", "TESTS", "Wording"]

OBJECTIVES = {
    "completeness": N_("exhaustivité"), "existence": N_("réalité"), "cut_off": N_("séparation des exercices"),
    "valuation": N_("évaluation"), "recoverability": N_("recouvrabilité"),
}


@dataclass(frozen=True)
class Wording:
    """Words of one test; French, for the catalogue.

    Attributes
    ----------
    title : str
    objective : str
        A key of `OBJECTIVES`.
    severity : {"info", "warning", "serious"}
        Of its exceptions.
    can_grow : bool
        Whether exceptions of much of the receivable are serious.
    rule : str
        What is an exception; fields are the parameters.
    sentence : str
        For the client, where there are exceptions; fields are ``rows``, ``amount``, ``population`` and the facts.
    """

    title: str
    objective: str
    severity: str
    can_grow: bool
    rule: str
    sentence: str


TESTS: dict[str, Wording] = {
    "credit_balance_customers": Wording(
        N_("Soldes créditeurs"), "completeness", "warning", True,
        N_("Clients dont le solde est créditeur."),
        N_("Clients au solde créditeur : {customers}, pour {amount} (lignes : {rows}). Acomptes, trop-perçus ou "
           "factures non émises, à reclasser au passif (4191, 4197) à l’arrêté des comptes.")),
    "unallocated_receipts": Wording(
        N_("Règlements non affectés"), "valuation", "warning", True,
        N_("Règlements non rapprochés d’une facture, comptabilisés depuis plus de {days} jours."),
        N_("Règlements sans facture en face : {rows}, pour {amount} ({gross_share} de l’encours brut ; clients : "
           "{customers}). L’échu affiché est surestimé d’autant, l’échu net prime, et une relance peut viser une "
           "facture déjà payée.")),
    "old_credit_notes": Wording(
        N_("Avoirs anciens non imputés"), "valuation", "warning", True,
        N_("Avoirs non imputés, comptabilisés depuis plus de {days} jours."),
        N_("Avoirs non imputés : {rows}, pour {amount} ({gross_share} de l’encours brut ; clients : {customers}). "
           "À imputer avant toute relance.")),
    "duplicate_invoices": Wording(
        N_("Factures en double possible"), "existence", "warning", False,
        N_("Même client, même montant et même référence, ou dates distantes de {days} jours au plus ; hors factures "
           "créditées, échéances d’une même pièce et abonnements (montant revenu sur {months} mois ou plus)."),
        N_("Doublons possibles : {pairs}, pour {amount} en plus de la première pièce. À rapprocher des bons de "
           "livraison avant de conclure : deux livraisons identiques ou un abonnement sont légitimes.")),
    "cut_off_year": Wording(
        N_("Rattachement à l’exercice"), "cut_off", "warning", True,
        N_("Factures et avoirs datés d’un exercice et comptabilisés dans un autre (clôture au {fiscal_year_end})."),
        N_("Pièces datées d’un exercice et comptabilisées dans un autre : {rows}, pour {amount} net. Vérifier la date "
           "de livraison et les écritures de régularisation (418, 4198).")),
    "cut_off": Wording(
        N_("Pièces comptabilisées après l’arrêté"), "cut_off", "warning", True,
        N_("Écritures datées au plus tard du {as_of} et comptabilisées après."),
        N_("Pièces datées d’avant l’arrêté mais comptabilisées après : {rows}, pour {amount} net. L’encours à la date "
           "d’arrêté ne les contient pas.")),
    "late_posting": Wording(
        N_("Comptabilisation tardive"), "completeness", "warning", True,
        N_("Factures et avoirs comptabilisés plus de {days} jours après leur date."),
        N_("Pièces comptabilisées plus de {days} jours après leur date : {rows}, pour {amount} net. Elles partent en "
           "retard chez le client et leur échéance a couru avant d’être suivie.")),
    "reversed_sales": Wording(
        N_("Ventes de fin de période annulées"), "cut_off", "serious", False,
        N_("Ventes d’au moins {large} dans les {closing_days} derniers jours d’une clôture, reprises par un avoir dans "
           "les {reversal_days} jours suivants (même client, même montant ou même référence)."),
        N_("Ventes importantes de fin de période reprises par avoir peu après : {sales}, pour {amount}. Chiffre "
           "d’affaires et encours de clôture peut-être surévalués : pièces de livraison à produire.")),
    "late_validation": Wording(
        N_("Validation tardive des écritures"), "existence", "info", False,
        N_("Date de validation postérieure de plus de {days} jours à la comptabilisation."),
        N_("Écritures validées plus de {days} jours après leur comptabilisation : {rows}, pour {amount} en valeur "
           "absolue (délai maximal : {latest} jours). Elles restaient modifiables jusque-là.")),
    "days_off": Wording(
        N_("Écritures de jours chômés"), "existence", "info", False,
        N_("Ventes et opérations diverses comptabilisées un samedi, un dimanche ou un jour férié ; hors lots "
           "automatiques ({batch_lines} lignes ou plus par journal et par jour) et journaux habitués (plus de "
           "{habit_share} de leurs lignes)."),
        N_("Écritures de vente ou diverses passées un jour chômé : {rows}, pour {amount} en valeur absolue ({left_out} "
           "autres écartées comme lots automatiques ou habitude). Auteur et motif à vérifier par sondage.")),
    "round_sums": Wording(
        N_("Montants ronds en opérations diverses"), "existence", "info", False,
        N_("Opérations diverses sur comptes clients multiples de {round}, lorsque leur part dépasse {factor} fois "
           "celle des factures."),
        N_("Montants ronds en opérations diverses : {rows}, pour {amount} ({round_share} des opérations diverses, "
           "contre {baseline_share} des factures). Pièces justificatives à produire.")),
    "benford": Wording(
        N_("Premiers chiffres (loi de Benford)"), "existence", "info", False,
        N_("Écart absolu moyen des premiers chiffres supérieur à {deviation_share}, sur plus de {minimum} factures."),
        N_("Les factures commencent par {digit} dans {found_share} des cas, contre {expected_share} attendus ({rows} "
           "factures, {amount}). Tarif répété ou seuil d’autorisation : à expliquer, sans conclure à une anomalie.")),
    "re_aged_invoices": Wording(
        N_("Échéances modifiées entre deux états"), "valuation", "serious", False,
        N_("Même facture, échéance différente d’au moins {days} jour dans un autre état."),
        N_("Factures dont l’échéance diffère d’un état à l’autre : {rows}, pour {amount} (repoussées : {later}). Le "
           "retard affiché dépend de l’état retenu : faire justifier chaque report.")),
    "rebilled_credit_notes": Wording(
        N_("Factures annulées puis refaites"), "valuation", "warning", True,
        N_("Facture annulée par un avoir, puis refaite du même montant dans les {days} jours avec une échéance plus "
           "lointaine ; hors abonnements (montant revenu sur {months} mois ou plus)."),
        N_("Factures refaites après avoir, avec une échéance repoussée : {invoices}, pour {amount}. Le retard "
           "d’origine a disparu de la balance âgée : motif et accord du client à produire.")),
    "related_parties": Wording(
        N_("Sociétés liées"), "existence", "info", False,
        N_("Clients signalés comme appartenant au groupe ou dont le nom contient « {name} » ; comptes 451 et 455."),
        N_("Créances sur des sociétés liées : {amount} (clients : {customers}, comptes courants 451 et 455 : "
           "{accounts}). Hors relance et hors DSO externe ; à confirmer par les sociétés elles-mêmes.")),
    "terms_over_cap": Wording(
        N_("Délais au-delà du plafond légal"), "valuation", "warning", False,
        N_("Factures à des entreprises dont l’échéance dépasse la lecture la plus large du plafond légal."),
        N_("Factures au-delà du plafond légal : {rows}, pour {amount} (clients : {customers}). L’amende vise le "
           "client, mais le délai accordé se finance ici : un motif pour exiger un paiement plus tôt.")),
    "missing_due_dates": Wording(
        N_("Absence d’échéance"), "valuation", "warning", True,
        N_("Pièces débitrices ouvertes sans échéance donnée, lue ni déduite."),
        N_("Pièces débitrices sans échéance : {rows}, pour {amount} ({gross_share} de l’encours brut ; clients : "
           "{customers}). Les conditions de paiement de ces clients sont à obtenir.")),
    "due_at_issue": Wording(
        N_("Échéance égale à la date de facture"), "valuation", "info", False,
        N_("Échéance égale à la date de facture, chez les clients où c’est le cas de plus de {least_share} des "
           "pièces."),
        N_("Factures échues le jour de leur émission : {rows}, pour {amount} (clients : {customers}). Vente au "
           "comptant, ou échéance jamais saisie : le retard affiché en dépend.")),
    "dispute_without_code": Wording(
        N_("Litiges non signalés"), "valuation", "warning", True,
        N_("Factures échues depuis plus de {days} jours, sans litige enregistré, payées en partie ou dont le libellé "
           "contient : {words}."),
        N_("Litiges probables non signalés : {rows}, pour {amount} (dont signalés par leur libellé : {worded}). Chacun "
           "attend une réponse, pas une relance.")),
    "insolvent_debtors": Wording(
        N_("Débiteurs défaillants"), "recoverability", "serious", False,
        N_("Clients en procédure collective selon la liste, leur nom ou le compte 416."),
        N_("Créances sur des débiteurs défaillants : {rows}, pour {amount} (clients : {customers}, dont repérés par "
           "leur seul nom : {named}). Relances et intérêts à arrêter, dépréciation à examiner.")),
    "claims_not_declared": Wording(
        N_("Créances non déclarées"), "recoverability", "serious", False,
        N_("Créances antérieures au jugement, sans date de déclaration ; délai de {months} mois depuis la "
           "publication."),
        N_("Créances non déclarées au passif : {rows}, pour {amount} (clients : {customers}), dont délai dépassé : "
           "{lapsed}. Jours restants avant la prochaine limite : {days_left}.")),
    "receivable_concentration": Wording(
        N_("Concentration de l’encours"), "recoverability", "warning", False,
        N_("Premier client au-delà de {one_share}, cinq premiers au-delà de {five_share}, ou indice de concentration "
           "au-delà de {index}."),
        N_("Les {top} premiers débiteurs portent {top_share} des soldes ({amount}), dont « {first} » à lui seul "
           "{first_share} ; indice de concentration : {measured}. Leur défaillance pèserait sur la trésorerie.")),
    "provision_shortfall": Wording(
        N_("Insuffisance de dépréciation"), "valuation", "serious", False,
        N_("Créances douteuses ou échues depuis plus de {days} jours, hors la TVA de chacune, comparées au compte "
           "491."),
        N_("Créances douteuses ou anciennes : {needed} hors taxes, contre {booked} dépréciés (perte attendue selon la "
           "matrice : {matrix}). Écart à examiner dossier par dossier : {amount}.")),
    "doubtful_coverage": Wording(
        N_("Compte 416 et dépréciation"), "valuation", "warning", True,
        N_("Créances au compte 416 sans dépréciation au compte 491, et l’inverse, par client lorsqu’il est connu."),
        N_("Compte 416 et compte 491 ne se répondent pas : {rows} lignes, pour {amount} (416 : {doubtful}, 491 : "
           "{booked}).")),
    "prescription_near": Wording(
        N_("Prescription proche"), "recoverability", "serious", False,
        N_("Créances prescrites ou qui le seront dans les {days} jours, au départ le plus prudent."),
        N_("Créances prescrites ou près de l’être : {rows}, pour {amount}, dont déjà prescrites : {lapsed}. Obtenir "
           "une reconnaissance de dette ou agir en justice : une mise en demeure n’interrompt pas le délai.")),
    "no_reminder": Wording(
        N_("Échu sans relance"), "recoverability", "warning", False,
        N_("Factures échues depuis plus de {days} jours sans relance au journal."),
        N_("Factures échues sans aucune relance : {rows}, pour {amount}.")),
    "overdue_commitments": Wording(
        N_("Engagements en retard"), "recoverability", "warning", False,
        N_("Engagements pris envers les clients (duplicata, avoir, réponse à un litige, livraison) dont la date est "
           "passée."),
        N_("Engagements non tenus à leur date : {late}. Ils suspendent la relance de {held} (lignes : {rows}) : le "
           "client attend, et a raison d’attendre.")),
    "partial_lettering": Wording(
        N_("Lettrages partiels laissés ouverts"), "valuation", "info", False,
        N_("Restes de moins de {residue} ou de moins de {residue_share} de la pièce, après règlement partiel."),
        N_("Petits restes laissés ouverts : {rows}, pour {amount} net. À solder selon une règle écrite de passage en "
           "pertes et profits.")),
    "wrong_signs": Wording(
        N_("Mauvais sens"), "existence", "info", False,
        N_("Débits ou crédits négatifs, factures au crédit, avoirs au débit selon leur libellé."),
        N_("Écritures du mauvais côté : {rows}, pour {amount} en valeur absolue. Nature à corriger : chiffre "
           "d’affaires, avoirs et encaissements en dépendent.")),
    "suspense_accounts": Wording(
        N_("Comptes d’attente non soldés"), "completeness", "warning", False,
        N_("Soldes des comptes 467 et 471 à 475."),
        N_("Comptes d’attente non soldés : {rows}, pour {amount} net. Ils peuvent retenir des règlements de clients.")),
    "overdue_bills": Wording(
        N_("Effets échus au compte 413"), "existence", "warning", True,
        N_("Effets à recevoir dont l’échéance est passée."),
        N_("Effets échus encore au compte 413 : {rows}, pour {amount}. Impayés à constater, ou remises non "
           "comptabilisées.")),
    "subsequent_cash": Wording(
        N_("Apurement postérieur"), "existence", "warning", True,
        N_("Créances à la date d’arrêté, non réglées {days} jours après."),
        N_("Créances toujours impayées {days} jours après l’arrêté : {rows}, pour {amount} ({unpaid_share} de "
           "l’encours brut). Leur existence et leur valeur sont à justifier pièce par pièce.")),
    "same_identity": Wording(
        N_("Un même débiteur sous plusieurs codes"), "existence", "info", False,
        N_("Clients de même SIREN, numéro de TVA, compte bancaire ou adresse."),
        N_("Clients partageant une même identité : {rows} codes en {groups} ensembles, pour {amount}. Plafond et "
           "encours à suivre ensemble ; des établissements d’une même société sont légitimes.")),
    "returned_payments": Wording(
        N_("Règlements revenus impayés"), "existence", "warning", True,
        N_("Effets, chèques et prélèvements revenus impayés."),
        N_("Règlements revenus impayés : {returns}, pour {amount} ; ils ne comptent plus comme encaissés.")),
    "broken_lettering": Wording(
        N_("Lettrages déséquilibrés"), "existence", "warning", True,
        N_("Groupes de lettrage dont la somme n’est pas nulle."),
        N_("Groupes de lettrage qui ne se soldent pas : {groups} (lignes : {items}), pour un écart cumulé de "
           "{amount}.")),
}
"""Every test, in the order of the work programme."""

DETAILS = {
    "never_reminded": N_("aucune relance au journal, jours de retard"),
    "commitment_late": N_("engagement non tenu à sa date"),
    "loose_credit": N_("crédit sans facture, jours depuis la comptabilisation"),
    "same_reference": N_("même référence"), "same_amount_near_date": N_("même montant, dates proches"),
    "dated_before_year": N_("datée de l’exercice précédent"), "dated_after_year": N_("datée d’un exercice suivant"),
    "posted_after_closing": N_("comptabilisée après l’arrêté"), "posted_late": N_("jours de la pièce à l’écriture"),
    "sale_before_closing": N_("vente de fin de période"), "taken_back": N_("avoir qui la reprend"),
    "validated_late": N_("jours de l’écriture à sa validation"), "saturday": N_("samedi"), "sunday": N_("dimanche"),
    "holiday": N_("jour férié"), "round_sum": N_("montant rond"), "first_digit": N_("premier chiffre en excès"),
    "due_later": N_("échéance repoussée (jours)"), "due_earlier": N_("échéance avancée (jours)"),
    "first_invoice": N_("facture d’origine"), "credit_note": N_("avoir"),
    "billed_again": N_("facture refaite, jours d’échéance gagnés"), "group_flag": N_("société du groupe"),
    "group_name": N_("nom proche de celui du client"), "current_account": N_("compte courant"),
    "over_cap": N_("jours au-delà du plafond"), "no_due_date": N_("sans échéance"),
    "due_at_issue": N_("échéance = date de facture"), "dispute_words": N_("libellé de litige, jours de retard"),
    "paid_in_part": N_("payée en partie, jours de retard"), "procedure_listed": N_("procédure communiquée"),
    "procedure_named": N_("procédure d’après le nom"), "account_416": N_("compte 416"),
    "deadline_passed": N_("délai de déclaration dépassé (jours)"), "deadline_ahead": N_("jours pour déclarer"),
    "publication_unknown": N_("date de publication inconnue"), "large_balance": N_("solde important"),
    "old_net_of_vat": N_("créance ancienne, hors taxes"), "doubtful_net_of_vat": N_("créance douteuse, hors taxes"),
    "depreciation_booked": N_("dépréciation comptabilisée"), "doubtful_alone": N_("416 sans dépréciation"),
    "depreciation_alone": N_("dépréciation sans 416"), "lapsed": N_("prescrite (jours)"),
    "lapsing": N_("jours avant prescription"), "residue": N_("reste après règlement"),
    "negative_entry": N_("débit ou crédit négatif"), "note_in_debit": N_("avoir au débit"),
    "invoice_in_credit": N_("facture au crédit"), "suspense_balance": N_("compte non soldé"),
    "bill_past_due": N_("effet échu, jours de retard"), "unpaid_since": N_("impayée après l’arrêté"),
    "same_siren": N_("même SIREN"), "same_vat_number": N_("même numéro de TVA"), "same_bank": N_("même compte "
                                                                                                 "bancaire"),
    "same_address": N_("même adresse"), "came_back": N_("revenu impayé"), "group_left_open": N_("groupe non soldé"),
}
"""What is odd about a row; a number of days goes with some."""
