"""Names of codes (kinds, origins, statuses) as a reader says them, and the status of the audit itself."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.adjustment_words import KIND_NAMES, TYPE_NAMES
from auditlib.formats import Formats
from auditlib.payer_profiles import PROFILE_NAMES
from auditlib.texts import N_, translator

if TYPE_CHECKING:
    from auditlib.parameters import Parameters

__all__ = ["label", "labels", "status", "tie_status"]

LABELS = {
    **KIND_NAMES,
    "given": N_("donnée"),
    "label": N_("lue dans le libellé"),
    "terms": N_("selon conditions"),
    "default": N_("par défaut"),
    "none": N_("sans"),
    "serious": N_("grave"),
    "warning": N_("à surveiller"),
    "info": N_("information"),
    "customer_ledger": N_("grand livre clients"),
    "e_invoice": N_("facture électronique"),
    "general_ledger": N_("grand livre général"),
    "fec": N_("FEC"),
    "aged_balance": N_("balance âgée"),
    "trial_balance": N_("balance auxiliaire"),
    "open_items": N_("postes ouverts"),
    "invoice_list": N_("liste de factures"),
    "customer_list": N_("fichier clients"),
    "dispute_list": N_("liste de litiges"),
    "promises": N_("promesses de règlement"),
    "finding_answers": N_("réponses aux constats"),
    "follow_up": N_("suivi du recouvrement"),
    "contacts": N_("contacts"),
    "actions": N_("relances et appels"),
    "commitments": N_("nos engagements"),
    "unanswered": N_("sans réponse"),
    "insolvency_list": N_("liste de procédures"),
    "ceded": N_("créances cédées ou escomptées"),
    "customers": N_("fichier clients"),
    "disputes": N_("liste de litiges"),
    "items": N_("écritures retenues"),
    "second_source": N_("rapprochement"),
    "attributes": N_("attributs"),
    "unused": N_("non utilisé"),
    "title": N_("titre"),
    "header": N_("en-tête"),
    "subtotal": N_("sous-total"),
    "total": N_("total"),
    "blank": N_("ligne vide"),
    "other_account": N_("autre compte"),
    "rejected": N_("rejetée"),
    "customer_header": N_("en-tête de client"),
    "group_header": N_("en-tête de client"),
    "carried_forward": N_("report"),
    "page_header": N_("en-tête de page"),
    "not_loaded": N_("non chargée, contient l’écart"),
    "same_amount": N_("du montant de l’écart"),
    "sign": N_("signe à vérifier"),
    "missing_block": N_("client sans ligne lue"),
    "footer": N_("pied de page"),
    "doubtful": N_("douteux (416)"),
    "insolvent": N_("procédure collective"),
    "disputed": N_("en litige"),
    "retention": N_("retenue de garantie"),
    "group": N_("société du groupe"),
    "loss": N_("perte"),
    "factored": N_("affacturage"),
    "discounted": N_("escompte"),
    **TYPE_NAMES,
    "FR": N_("France"),
    "EU": N_("Union européenne"),
    "non_EU": N_("hors Union européenne"),
    **PROFILE_NAMES,
    "days": N_("jours"),
    "share": N_("%"),
    "index": N_("indice"),
    "coefficient": N_("coefficient"),
    "amount": N_("montant"),
    "amount_per_year": N_("montant par an"),
}


def label(code: object, *, language: str = "fr") -> str:
    """Name a code; one without a name is shown as it is."""
    text = str(code)
    return translator(language).gettext(LABELS[text]) if text in LABELS else text


def labels(codes: pd.Series, *, language: str = "fr") -> list[str]:
    """Name every code of a column."""
    names = {code: label(code, language=language) for code in codes.astype("str").unique()}
    return codes.astype("str").map(names).tolist()


def status(parameters: "Parameters", *, language: str = "fr") -> str:
    """Say whether the audit is reviewed: a draft until someone has."""
    _ = translator(language).gettext
    return (
        _("Revu par {name}").format(name=parameters.reviewed_by) if parameters.reviewed_by else _("PROJET – non revu")
    )


def tie_status(summary: dict[str, Any], *, language: str = "fr") -> str:
    """Say whether the ledger ties to a second source, and by how much it does not."""
    tie = summary["reconciliation"]
    formats = Formats(language=language, currency=str(summary.get("currency") or ""))
    if tie.get("ties") is None:
        return formats.gettext("non rapproché : une seule source")
    source = label(tie.get("second_source"), language=language)
    if tie["ties"]:
        return formats.gettext("rapproché ({source}), sans écart").format(source=source)
    return formats.gettext("écart de {difference} avec la source « {source} »").format(
        difference=formats.amount(tie.get("difference")), source=source
    )
