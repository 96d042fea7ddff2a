"""Texts of the definitions about the cash forecast and its back-test."""

from auditlib.texts import N_

__all__ = ["FORECAST_TEXTS"]

FORECAST_TEXTS: dict[str, tuple[str, str, str, str]] = {
    "forecast_13_weeks": (
        N_("Règlements attendus à 13 semaines"),
        "amount",
        N_("Ce que l’encours existant doit faire rentrer en 13 semaines ; les ventes à venir ne sont pas comptées."),
        N_(
            "Σ créance nette de crédits × probabilité de règlement d’après la courbe de paiement de son rythme, à son "
            "âge ; promesses à leur date, litiges après leur durée moyenne, douteux exclus, retenues et groupe à part"
        ),
    ),
    "forecast_6_months": (
        N_("Règlements attendus à 6 mois"),
        "amount",
        N_("Ce que l’encours existant doit faire rentrer en 6 mois ; les ventes à venir ne sont pas comptées."),
        N_("Comme à 13 semaines, sur les 6 mois qui suivent la date d’arrêté"),
    ),
    "forecast_error": (
        N_("Écart de la prévision sur le total"),
        "share",
        N_("De combien la même prévision, faite trois mois plus tôt, s’est écartée du total venu depuis."),
        N_("|prévu − venu| ÷ venu, sur les trois mois qui précèdent la date d’arrêté"),
    ),
    "forecast_error_naive": (
        N_("Écart de « échéance + retard moyen » sur le total"),
        "share",
        N_("Le même écart pour la règle simple : chaque créance à son échéance plus le retard moyen de son client."),
        N_("|prévu − venu| ÷ venu ; échéance + retard moyen déjà passés : le lendemain"),
    ),
    "forecast_weekly_error": (
        N_("Écart de la prévision par semaine"),
        "share",
        N_("De combien la même prévision, faite trois mois plus tôt, s’est écartée de ce qui est venu chaque semaine."),
        N_("Σ |prévu − venu| par semaine ÷ Σ venu (semaines complètes)"),
    ),
    "forecast_weekly_error_naive": (
        N_("Écart de « échéance + retard moyen » par semaine"),
        "share",
        N_("Le même écart par semaine pour la règle simple."),
        N_("Σ |prévu − venu| par semaine ÷ Σ venu (semaines complètes)"),
    ),
}
"""Label, unit, sentence and formula of each identifier."""
