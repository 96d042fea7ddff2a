"""Why a figure of a segment is not available: French sentences, for the catalogue."""

from auditlib.texts import N_

__all__ = ["AGE_HAS_NO_FLOWS", "AGE_IS_ITS_RATE", "AMOUNTS_ONLY", "NOTHING_THEN", "NO_SHARE", "TOO_RECENT"]

AGE_HAS_NO_FLOWS = N_("Sans objet par tranche d'âge, car ventes et règlements n'ont pas d'ancienneté.")
AGE_IS_ITS_RATE = N_("Sans objet par tranche d'âge, car une tranche est échue ou ne l'est pas.")
AMOUNTS_ONLY = N_("Le croisement de deux critères donne les montants et les taux de retard seulement.")
NO_SHARE = N_("Aucune part ne se calcule, car l'encours total n'est pas positif.")
TOO_RECENT = N_("L'historique ne remonte pas assez loin pour une comparaison.")
NOTHING_THEN = N_("Aucun encours daté à l'une des deux dates comparées.")
