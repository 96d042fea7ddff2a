"""Why a figure is not available, and what must be said beside one: French sentences, for the catalogue."""

from auditlib.texts import N_

__all__ = [
    "AGED_BALANCES",
    "AGED_BALANCE_ONLY", "ALL_EVIDENCE", "CODES_DECIDE", "CREDITS_LEAD", "DEPOSITS_AT_END_ONLY", "DISPUTES_UNKNOWN",
    "DISPUTES_UNKNOWN_NOTE", "ESTIMATED", "HISTORY_USED_UP", "NOTHING_BILLED", "NOTHING_COLLECTIBLE",
    "NOTHING_OPEN", "NOTHING_OVERDUE_THEN", "NOTHING_SETTLED", "NO_BALANCE", "NO_CEDED", "NO_CODES", "NO_COHORT",
    "NO_DATED_INVOICE", "NO_EVOLUTION", "NO_FINANCING_RATE", "NO_GIVEN_TERMS", "NO_MARGIN_RATE", "NO_MEDIAN",
    "NO_MONTH_END", "NO_OLD_CREDIT", "NO_SALES", "NO_VAT_RATE", "OPEN_ITEMS_ONLY", "SEVERAL_CURRENCIES",
    "SHORT_HISTORY", "TOO_MUCH_UNDATED", "UNDATED_STATUS", "UNTIED",
]

OPEN_ITEMS_ONLY = N_("Une liste de postes ouverts ne donne ni les ventes ni les règlements.")
AGED_BALANCE_ONLY = N_("Une balance âgée seule ne donne que l'encours et son ancienneté.")
AGED_BALANCES = N_(
    "Évolution lue dans les balances âgées reçues, à leurs dates : elles ne disent ni le DSO ni les encaissements.")
SEVERAL_CURRENCIES = N_("Plusieurs devises sans cours : les montants sont donnés devise par devise.")
SHORT_HISTORY = N_("L'historique des ventes couvre moins de trois mois complets.")
NO_SALES = N_("Aucune vente nette positive sur la période.")
NOTHING_BILLED = N_("Aucune facture sur la période.")
NOTHING_OPEN = N_("Aucun encours daté.")
TOO_MUCH_UNDATED = N_("Plus de 10 % de l'encours brut est sans échéance ou d'âge inconnu.")
NO_BALANCE = N_("Aucun solde client débiteur.")
DISPUTES_UNKNOWN = N_("Aucune information sur les litiges.")
NO_CEDED = N_("Les créances cédées ou escomptées n'ont pas été communiquées.")
NO_COHORT = N_("Aucune cohorte de factures échues n'a encore le recul nécessaire.")
NOTHING_OVERDUE_THEN = N_("Aucune créance échue à la date d'ouverture, ou elle a été soldée par avoirs.")
NOTHING_SETTLED = N_("Aucun règlement affecté sur la période.")
NO_MEDIAN = N_("Moins de la moitié des factures est réglée : la médiane n'est pas atteinte.")
NO_DATED_INVOICE = N_("Aucune facture ne porte d'échéance.")
NO_GIVEN_TERMS = N_("Aucune facture de la période ne porte d'échéance donnée.")
NOTHING_COLLECTIBLE = N_("Rien n'était à encaisser sur la période.")
NO_FINANCING_RATE = N_("Le taux de financement n'est pas renseigné (economics.financing_rate).")
NO_MARGIN_RATE = N_("Le taux de marge n'est pas renseigné (economics.margin_rate).")
NO_VAT_RATE = N_("Le taux de TVA n'est pas renseigné (economics.vat_rate).")
NO_MONTH_END = N_("Aucune fin de mois de la fenêtre n'a d'encours rejoué.")
NO_OLD_CREDIT = N_("Aucun crédit de plus de 60 jours.")
NO_EVOLUTION = N_("Aucun taux de retard passé n'est disponible pour fixer la cible.")
CODES_DECIDE = N_("Affectations par le seul lettrage du client.")
ALL_EVIDENCE = N_("Affectations par lettrage, puis référence, montant exact et ancienneté.")
NO_CODES = N_("Affectation par le seul lettrage demandée, mais aucun lettrage dans les pièces : rien n'est affecté.")
UNTIED = N_("non rapproché")

ESTIMATED = N_("Estimé : plus de 20 % de l'encours brut repose sur des échéances supposées.")
DISPUTES_UNKNOWN_NOTE = N_("Litiges non identifiés.")
HISTORY_USED_UP = N_("Minorant : l'historique des ventes est épuisé avant l'encours.")
CREDITS_LEAD = N_("À retenir en premier : les crédits non affectés dépassent 5 % de l'encours brut.")
DEPOSITS_AT_END_ONLY = N_("Acomptes reçus (419) connus à la date d'arrêté seulement.")
UNDATED_STATUS = N_("Litiges et procédures sans date : pris en compte à la date d'arrêté seulement.")
