"""What stops dunning, whom to escalate to, and what the law asks for, by kind of debtor."""

from auditlib.scenario_calendar import Kind
from auditlib.texts import N_

__all__ = ["CAUTIONS", "ESCALATIONS", "STOPS", "STOPS_OF"]

STOPS: dict[str, str] = {
    "dispute": N_("Part contestée : relance suspendue, réponse écrite sous {dispute_days} jours ouvrés ; le reste dû "
                  "se réclame."),
    "promise": N_("Promesse en cours : relance suspendue jusqu’au jour promis et au délai de banque ; rompue une fois, "
                  "appel le jour même ; deux fois, étape suivante."),
    "plan_running": N_("Plan de paiement respecté : relance et actions suspendues ; une échéance manquée, la clause de "
                       "déchéance joue."),
    "our_commitment": N_("Engagement de notre part en retard (duplicata, avoir, livraison) : relance de la pièce "
                         "suspendue jusqu’à ce qu’il soit tenu."),
    "insolvency": N_("Procédure collective publiée : toute relance cesse, les intérêts aussi ; déclarer la créance."),
    "do_not_contact": N_("Client marqué « ne pas contacter » : rien ne part sans l’accord de qui a posé la marque."),
    "below_threshold": N_("Échu net du client au-dessous de {minimum} : ni appel ni lettre, relevé mensuel seulement."),
    "unconfirmed": N_("Échéance déduite, non confirmée : faire confirmer les conditions avant de réclamer."),
    "unallocated": N_("Règlement non affecté : le rapprocher d’abord ; on ne réclame que l’échu net."),
    "group": N_("Société du groupe : pas de relance, quelle que soit l’ancienneté."),
}
ALWAYS = ("dispute", "promise", "plan_running", "our_commitment", "insolvency", "do_not_contact", "below_threshold",
          "unconfirmed", "unallocated")
PUBLIC = tuple(code for code in ALWAYS if code != "insolvency")
STOPS_OF: dict[Kind, tuple[str, ...]] = {
    "group": ("group",), "insolvent": ("insolvency",), "public": PUBLIC,
    **dict.fromkeys(("fragile", "consumer", "export_non_eu", "export_eu", "large_account", "mid_small", "very_small"),
                    ALWAYS),
}
"""A public body is under no collective procedure: nothing to stop for there."""

ESCALATIONS: dict[Kind, tuple[str, ...]] = {
    "group": (N_("Écart inexpliqué à la clôture suivante : directions financières des deux sociétés."),),
    "insolvent": (
        N_("Délai de déclaration à moins de quinze jours : direction."),
        N_("Délai manqué : avocat, relevé de forclusion{relief}."),
        N_("Livraisons après le jugement : payées à l’échéance ; à défaut, mandataire et responsable financier."),
    ),
    "fragile": (
        N_("Premier silence ou première promesse rompue : responsable financier, le jour même."),
        N_("Rumeur, incident bancaire ou inscription publiée : direction, livraisons contre paiement."),
    ),
    "public": (
        N_("Facture rejetée ou suspendue : facturation, correction le jour même."),
        N_("Sans mandatement après la demande écrite : directeur général des services, puis médiateur."),
        N_("Sans réponse : direction, demande de mandatement d’office ou référé-provision."),
    ),
    "consumer": (
        N_("Désaccord exprimé : service client, réponse écrite avant tout autre rappel."),
        N_("Difficulté de paiement : responsable financier, étalement ; surendettement déclaré : suspendre."),
    ),
    "export_non_eu": (
        N_("Délai de l’assureur à moins de quinze jours : responsable financier, déclaration."),
        N_("Blocage bancaire ou douanier : banque et agent local."),
        N_("Silence après la mise en demeure : direction, correspondant local."),
    ),
    "export_eu": (
        N_("Deuxième appel sans date : commercial ou agent, puis direction financière du client."),
        N_("Silence après la mise en demeure : direction, injonction européenne."),
    ),
    "large_account": (
        N_("Facture bloquée plus d’une campagne de paiement : acheteur, par le commercial."),
        N_("Deux campagnes : trésorerie ou direction du crédit du client, par notre responsable financier."),
        N_("Menace juridique : décidée par la direction, avec le commercial."),
    ),
    "mid_small": (
        N_("Premier appel sans date : dirigeant ou directeur financier du client, à l’appel suivant."),
        N_("Promesse rompue deux fois : étape suivante sans attendre son jour."),
        N_("Avant la mise en demeure : accord de la direction, information du commercial."),
    ),
    "very_small": (
        N_("Silence à deux appels : autre numéro, autre canal, puis courrier."),
        N_("Plan rompu : mise en demeure dans la semaine."),
    ),
}
CAUTIONS: dict[Kind, tuple[str, ...]] = {
    "group": (N_("Délais de paiement légaux et prix de transfert s’appliquent aussi entre sociétés liées."),),
    "insolvent": (
        N_("Poursuites individuelles arrêtées, intérêts arrêtés au jugement (sauf crédit d’un an ou plus) ; ni "
           "pénalité ni indemnité réclamée."),
        N_("Compensation entre créances connexes seulement ; aucun paiement préférentiel n’est demandé ni accepté."),
    ),
    "fragile": (
        N_("Ne pas soutenir abusivement ni rompre sans préavis : motiver par écrit chaque réduction de crédit."),
        N_("Reconnaissance de dette et paiement partiel interrompent la prescription{business_years} ; une mise en "
           "demeure ne l’interrompt pas."),
    ),
    "public": (
        N_("Délai compté de la réception de la demande de paiement ; intérêts et indemnité{indemnity} dus sans "
           "rappel."),
        N_("Prescription{public_years} à partir du 1er janvier suivant ; toute demande écrite de paiement "
           "l’interrompt."),
    ),
    "consumer": (
        N_("Ni pénalités des professionnels ni indemnité forfaitaire ; intérêts au taux légal après mise en demeure."),
        N_("Frais de recouvrement amiable à la charge du créancier (art. L. 111-8 CPCE)."),
        N_("Prescription{consumer_years} ; appels répétés et menaces interdits."),
    ),
    "export_non_eu": (
        N_("Déclaration tardive à l’assureur : garantie perdue ; aucun délai accordé sans son accord."),
        N_("Loi et juge du contrat ; pénalités françaises seulement si le contrat les prévoit."),
    ),
    "export_eu": (
        N_("Loi du contrat : intérêts et frais selon la transposition de la directive 2011/7 du pays désigné."),
        N_("Injonction européenne réservée aux créances non contestées."),
    ),
    "large_account": (
        N_("Pénalités et indemnité{indemnity} dues sans rappel : les chiffrer même si l’on y renonce."),
        N_("Délai convenu au-delà du plafond légal : motif pour exiger un paiement plus tôt."),
    ),
    "mid_small": (
        N_("Pénalités et indemnité{indemnity} dues sans rappel par un professionnel."),
        N_("Suspendre une livraison : seulement si le contrat ou l’inexécution le permet, après préavis."),
        N_("Type non établi : ni pénalité ni indemnité tant que la qualité de professionnel n’est pas prouvée."),
    ),
    "very_small": (
        N_("Indemnité{indemnity} due par tout professionnel, entrepreneur individuel compris ; pas par un "
           "particulier."),
        N_("Type non établi : ni pénalité ni indemnité tant que la qualité de professionnel n’est pas prouvée."),
    ),
}
