"""The self-assessment of the client's collection organisation: 13 dimensions, scored 0 to 4 in the interview."""

from collections.abc import Mapping
from dataclasses import dataclass

from auditlib.texts import N_, translator

__all__ = ["DIMENSIONS", "SCALE", "Dimension", "overall_score", "self_assessment"]

SCALE = (N_("inexistant"), N_("dépend des personnes"), N_("écrit"), N_("mesuré"), N_("mesuré et amélioré"))
"""What the scores 0 to 4 stand for."""

DIMENSIONS: dict[str, tuple[str, str]] = {
    "policy": (
        N_("Politique et rôles"),
        N_(
            "La politique de crédit est-elle écrite ? Qui peut bloquer une commande ? La prime des "
            "commerciaux dépend-elle "
            "des encaissements ?"
        ),
    ),
    "account_opening": (
        N_("Ouverture de compte"),
        N_(
            "Le SIREN est-il vérifié ? Sur quoi repose la limite de crédit ? Les contacts et le portail "
            "sont-ils relevés ?"
        ),
    ),
    "contract": (
        N_("Contrat et conditions"),
        N_(
            "Les CGV portent-elles pénalités, 40 €, réserve de propriété et suspension ? Quels clients ont "
            "plus de 60 jours ?"
        ),
    ),
    "order": (
        N_("Commande et livraison"),
        N_("Le numéro de commande est-il obligatoire ? La preuve de livraison est-elle classée ?"),
    ),
    "invoicing": (
        N_("Facturation"),
        N_(
            "Combien de jours entre livraison et facture ? Quelle part est rejetée ? La plateforme de facture "
            "électronique "
            "est-elle prête ?"
        ),
    ),
    "exposure": (
        N_("Suivi de l’encours"),
        N_("Les limites sont-elles revues ? Quels délais de déclaration à l’assureur-crédit ?"),
    ),
    "disputes": (N_("Litiges"), N_("Codes, responsable, délai, part de l’encours, analyse des causes ?")),
    "dunning": (
        N_("Relance"),
        N_("Scénarios par segment, date de dernière relance conservée, appels notés, promesses suivies ?"),
    ),
    "litigation": (
        N_("Contentieux"),
        N_("Jour et montant de déclenchement, avocats, commissaires de justice, taux de succès ?"),
    ),
    "cash_application": (
        N_("Affectation des règlements"),
        N_("Règlements non affectés en fin de mois, part lettrée automatiquement, délai de lettrage ?"),
    ),
    "reporting": (
        N_("Pilotage"),
        N_("Méthode du DSO, fréquence de la balance âgée, prévision d’encaissement, dépréciation ?"),
    ),
    "tools": (N_("Outils et données"), N_("ERP, outil de relance, doublons de clients, responsable du fichier ?")),
    "staffing": (N_("Moyens"), N_("Effectif, factures et euros par personne, formation, remplacement ?")),
}
"""DOMAIN.md D: title and questions of each dimension."""


@dataclass(frozen=True)
class Dimension:
    """One dimension and its score.

    Attributes
    ----------
    identifier, title, questions : str
    score : int or None
        0 to 4; None is "not assessed", never 0.
    reading : str
        What the score stands for, in words.
    """

    identifier: str
    title: str
    questions: str
    score: int | None
    reading: str


def self_assessment(scores: Mapping[str, int] | None = None, *, language: str = "fr") -> tuple[Dimension, ...]:
    """Return the 13 dimensions with the scores given so far.

    Parameters
    ----------
    scores : mapping of str to int, optional
        Score 0 to 4 by dimension; what is absent is "non évalué".
    language : {"fr", "en"}

    Raises
    ------
    ValueError
        If a dimension is unknown or a score is outside 0 to 4.
    """
    _ = translator(language).gettext
    given = dict(scores or {})
    wrong = [name for name, score in given.items() if name not in DIMENSIONS or score not in range(len(SCALE))]
    if wrong:
        raise ValueError(
            f"self-assessment: {', '.join(wrong)}: expected a dimension among {', '.join(DIMENSIONS)} and 0 to 4"
        )
    return tuple(
        Dimension(
            name, _(title), _(questions), given.get(name), _(SCALE[given[name]]) if name in given else _("non évalué")
        )
        for name, (title, questions) in DIMENSIONS.items()
    )


def overall_score(dimensions: tuple[Dimension, ...]) -> float | None:
    """Return the mean of the dimensions assessed, None when none is: 0 to 4."""
    given = [dimension.score for dimension in dimensions if dimension.score is not None]
    return sum(given) / len(given) if given else None
