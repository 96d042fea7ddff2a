"""The telephone method: what a collector is taught, from preparing a call to what follows it; the same for all."""

from dataclasses import dataclass

from auditlib.call_objections import OBJECTIONS
from auditlib.call_script import STEPS
from auditlib.formats import Formats
from auditlib.texts import N_

__all__ = ["Lesson", "debtor_types", "lessons", "objection_lines", "step_lines"]

LESSONS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "preparation": (N_("Préparer"), N_("Un appel se gagne avant de décrocher : dix minutes de préparation, un dossier "
                                       "ouvert, un objectif et un repli."), (
        N_("Vérifier en banque et en comptabilité ce qui est arrivé depuis la date de la fiche."),
        N_("Tenir d’abord nos engagements en retard : duplicata, avoir, réponse à un litige."),
        N_("Réunir les preuves : commande, bon de livraison, facture, conditions acceptées, e-mails."),
        N_("Relire l’historique : habitudes de paiement, promesses, litiges, derniers échanges."),
        N_("Fixer l’objectif (tout, tout de suite), puis les replis : une partie et une date, un échéancier dans la "
           "limite du mandat."),
        N_("Choisir l’heure : quand la personne qui paie est à son poste, loin de la fermeture des virements."),
        N_("Si le cabinet appelle pour le compte du créancier : mandat écrit, et le dire dès la présentation."),
    )),
    "switchboard": (N_("Passer le standard, joindre qui décide"), N_(
        "Le standard filtre les appels sans nom ni objet. Il laisse passer qui sait qui il demande et pourquoi."), (
        N_("Demander un nom et une fonction : « Madame Martin, à la comptabilité fournisseurs, je vous prie. »"),
        N_("Ne pas donner le détail de la dette au standard : « C’est au sujet du compte de votre fournisseur. »"),
        N_("« Elle est en réunion » : demander l’heure exacte où la joindre, et rappeler à cette heure."),
        N_("« Envoyez un e-mail » : l’envoyer pendant l’appel, puis redemander la personne."),
        N_("Chercher qui décide : qui saisit, qui valide, qui signe le virement. Noter les trois noms."),
        N_("Essayer tôt le matin ou après 17 heures : celui qui décide répond souvent lui-même."),
        N_("Sur un répondeur : son nom, son numéro, une heure de rappel ; ni montant ni motif."),
        N_("Chez un particulier : ne parler qu’à la personne elle-même."),
    )),
    "voice": (N_("La voix"), N_("Au téléphone on ne voit rien : le ton, le débit et les silences sont tout ce que "
                                "l’autre perçoit."), (
        N_("Se tenir droit, sourire en se présentant : cela s’entend."),
        N_("Ton posé et ferme, voix plutôt grave, aucune excuse (« je me permets », « juste une petite relance »)."),
        N_("Débit lent sur les chiffres : le montant, la date, la référence, un à un."),
        N_("Des phrases courtes, au présent : « Je vous demande de régler… »"),
        N_("Après la demande, le silence. Compter jusqu’à dix ; l’autre réfléchit, et parle."),
        N_("Ne jamais couper la parole, ne jamais hausser le ton : répondre plus bas à qui parle plus fort."),
        N_("Écouter ce qui ne se dit pas : une hésitation, un soupir, des touches de clavier, une autre voix."),
    )),
    "commitments": (N_("Faire respecter les engagements"), N_(
        "Une promesse tient en quatre points : un montant, une date, un moyen, un nom. Sans l’un d’eux, rien n’est "
        "promis."), (
        N_("La veille de la date : un rappel, par téléphone ou par e-mail."),
        N_("Le lendemain : vérifier en banque ; compter trois jours ouvrés pour un virement."),
        N_("Promesse non tenue une fois : appeler le jour même. Deux fois : passer à l’étape suivante."),
        N_("Compter les promesses tenues et non tenues : c’est un fait, il se chiffre."),
        N_("Tenir nos propres engagements à la date dite : un seul retard suspend la relance de la pièce."),
        N_("Après une mise en demeure, agir : ne pas revenir aux relances."),
    )),
    "after": (N_("Après l’appel"), N_("Un appel qui n’est pas écrit n’a pas eu lieu."), (
        N_("Compte rendu : date, heure, personne jointe, ce qu’elle a dit, ce qui est convenu. Des faits, aucun "
           "jugement sur la personne."),
        N_("Fiche client : contacts, jour de campagne de règlement, portail, circuit de validation."),
        N_("Agenda : la date promise, son rappel la veille, le prochain appel."),
        N_("E-mail de confirmation dans l’heure : montant, date, moyen, coordonnées bancaires, copie des pièces."),
        N_("Litige : ouvrir un ticket avec la pièce, le montant, le motif, un responsable et une date de réponse."),
        N_("Reporter dans le classeur de suivi : promesses, litiges et actions reviennent dans le prochain audit."),
    )),
}
"""Title, what it is about, and the points of each lesson (DOMAIN.md B)."""
TYPES: dict[str, tuple[str, str]] = {
    "aggressive": (N_("Agressif"), N_("Voix basse et calme, des faits. Proposer de rappeler à une heure dite. En cas "
                                      "d’insultes, mettre fin à l’appel et noter les mots exacts.")),
    "talkative": (N_("Bavard"), N_("Questions fermées. Revenir à chaque fois à la date et au montant.")),
    "overwhelmed": (N_("Débordé"), N_("L’aider : renvoyer la pièce, donner la liste, proposer deux dates au choix.")),
    "evasive": (N_("Fuyant"), N_("Confirmer par écrit chaque promesse, demander des preuves précises, raccourcir les "
                                 "délais, passer à l’étape suivante à la première promesse non tenue.")),
    "silent": (N_("Muet"), N_("Changer de canal, puis d’interlocuteur ; ensuite la lettre recommandée.")),
}
"""How a person may behave on the telephone: an aid for training, never kept on anyone nor printed on a call file."""

AIMS: dict[str, str] = {
    "check": N_("Parler à qui décide ou à qui paie ; sinon demander qui, et quand."),
    "introduce": N_("Prénom, nom, société, objet : une phrase."),
    "state": N_("Pièces, dates, total, puis la demande : payer aujourd’hui."),
    "silence": N_("Se taire, même longtemps : c’est à lui de répondre."),
    "listen": N_("Laisser finir, reformuler, séparer la raison du prétexte."),
    "answer": N_("Répondre à l’objection dite, puis revenir à la date et au montant."),
    "negotiate": N_("Tout, puis une partie et une date, puis un échéancier ; jamais sous le mandat."),
    "restate": N_("Qui, combien, quand, comment, et ce qui se passe sinon."),
    "close": N_("Remercier, laisser un numéro direct, raccrocher le dernier."),
}
ANSWERS: dict[str, str] = {
    "not_received": N_("Renvoyer pendant l’appel, faire ouvrir et relire, obtenir la date du paiement."),
    "awaiting_approval": N_("Le nom de qui valide, une date, et cette personne en copie."),
    "dispute": N_("Isoler le montant, obtenir la part non contestée, ouvrir un ticket avec responsable et date."),
    "cash_trouble": N_("Des preuves, un premier versement tout de suite, une reconnaissance de dette, une garantie."),
    "already_sent": N_("La date, la référence, la copie de l’ordre de virement."),
    "payment_run": N_("Qui remplace l’absent ; accepter une seule campagne, confirmée par écrit."),
    "own_customer": N_("Deux contrats distincts ; une partie tout de suite, une date pour le reste."),
    "personal": N_("Rester courtois : une somme aujourd’hui, un jour pour le reste, sans aucun frais."),
    "portal": N_("Lire le statut ensemble, ce qui manque, qui le fournit, pour quand ; corriger le jour même."),
}
"""What to obtain, by objection; `auditlib.call_objections` has the words with a case's figures."""


@dataclass(frozen=True)
class Lesson:
    """One lesson: code, title, what it is about, and its points."""

    code: str
    title: str
    about: str
    points: tuple[str, ...]


def lessons(formats: Formats) -> tuple[Lesson, ...]:
    """Return the lessons in the reader's language, in order."""
    _ = formats.gettext
    return tuple(Lesson(code, _(title), _(about), tuple(map(_, points)))
                 for code, (title, about, points) in LESSONS.items())


def step_lines(formats: Formats) -> tuple[tuple[str, str], ...]:
    """Return the nine steps, each with what it is for."""
    _ = formats.gettext
    return tuple((_(STEPS[code]), _(why)) for code, why in AIMS.items())


def objection_lines(formats: Formats) -> tuple[tuple[str, str], ...]:
    """Return what is heard, and what to obtain."""
    _ = formats.gettext
    return tuple((_(OBJECTIONS[code][0]), _(answer)) for code, answer in ANSWERS.items())


def debtor_types(formats: Formats) -> tuple[tuple[str, str], ...]:
    """Return how a person may behave on the telephone, and how to hold the call; for training only."""
    _ = formats.gettext
    return tuple((_(name), _(how)) for name, how in TYPES.values())
