"""Why a figure of a segment is not available: French sentences, for the catalogue."""

from auditlib.texts import N_

__all__ = ["AGE_HAS_NO_FLOWS", "AMOUNTS_ONLY", "NOTHING_THEN", "NO_SHARE", "TOO_RECENT"]

AGE_HAS_NO_FLOWS = N_("Les ventes et les règlements n'ont pas d'ancienneté : sans objet par tranche d'âge.")
AMOUNTS_ONLY = N_("Croisement de deux critères : montants et taux de retard seulement.")
NO_SHARE = N_("L'encours total n'est pas positif : aucune part ne se calcule.")
TOO_RECENT = N_("L'historique ne remonte pas assez loin pour une comparaison.")
NOTHING_THEN = N_("Aucun encours daté à l'une des deux dates comparées.")
