"""The kinds of documents asked of a client: title, format wanted, and the words that betray a file."""

import re
import unicodedata
from dataclasses import dataclass

from auditlib.texts import N_

__all__ = ["DOCUMENT_KINDS", "LEDGER_KIND", "DocumentKind", "kinds_named", "without_accents"]

LEDGER_KIND = "ledger_and_aged_balance"
"""The one kind read by the loaders; told from a file's content, and made of two parts."""


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document.

    Attributes
    ----------
    title : str
    wanted : str
        The format asked for, and what it has to hold; French, for the catalogue.
    words : tuple of str
        Words of a file's name that propose this kind: lower case, no accent.
    is_essential : bool
        Whether the audit waits for it.
    """

    title: str
    wanted: str
    words: tuple[str, ...] = ()
    is_essential: bool = False


DOCUMENT_KINDS: dict[str, DocumentKind] = {
    "organisation_chart": DocumentKind(
        N_("Organigramme"), N_("PDF ou image, avec les noms et les fonctions"),
        ("organigramme", "organization chart", "organisation chart", "org chart", "orgchart")),
    "procedures": DocumentKind(
        N_("Procédures de crédit et de recouvrement"), N_("PDF ou Word ; à défaut, une note de quelques lignes"),
        ("procedure", "procedures", "mode operatoire", "modes operatoires")),
    "contract_templates": DocumentKind(
        N_("Modèles de contrats"), N_("PDF ou Word, un modèle par type de client"),
        ("contrat", "contrats", "contract", "contracts")),
    "terms_and_conditions": DocumentKind(
        N_("Conditions générales de vente"), N_("PDF de la version en vigueur, et sa date d’application"),
        ("cgv", "cgs", "conditions generales", "general terms", "terms and conditions", "terms of sale")),
    "sample_invoices": DocumentKind(
        N_("Exemples de factures"), N_("PDF, deux ou trois par activité, dont un avoir ; Factur-X tel qu’émis"),
        ("facture", "factures", "invoice", "invoices")),
    "systems_map": DocumentKind(
        N_("Cartographie des systèmes d’information"), N_("PDF, image ou liste des logiciels et de leurs échanges"),
        ("cartographie", "systeme d information", "systemes d information", "architecture si", "systems map")),
    LEDGER_KIND: DocumentKind(
        N_("Grand livre et balance âgée"),
        N_("Excel ou texte sorti du logiciel, pas de PDF ; grand livre des tiers ou FEC sur trois exercices, et "
           "balance âgée à la date d’arrêté"),
        ("grand livre", "balance agee", "general ledger", "aged balance"), is_essential=True),
    "financial_reporting": DocumentKind(
        N_("Tableaux de bord financiers"), N_("Excel ou PDF, les douze derniers mois"),
        ("reporting", "tableau de bord", "tableaux de bord", "dashboard")),
    "auditors_reports": DocumentKind(
        N_("Rapports des commissaires aux comptes"),
        N_("PDF des deux derniers exercices, et rapports d’autres auditeurs externes"),
        ("cac", "commissaire aux comptes", "commissaires aux comptes", "rapport d audit", "audit report",
         "auditors report", "management letter")),
}
"""The nine kinds asked for in step 2."""


def without_accents(text: str) -> str:
    """Return a text in lower case without its accents.

    Examples
    --------
    >>> without_accents("Organigramme SOCIÉTÉ")
    'organigramme societe'
    """
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()


def kinds_named(name: str) -> tuple[str, ...]:
    """Return the kinds that the words of a file's name propose, in their order.

    Examples
    --------
    >>> kinds_named("CGV_2024-signées.pdf"), kinds_named("Rapport_CAC 2024.pdf"), kinds_named("courrier.pdf")
    (('terms_and_conditions',), ('auditors_reports',), ())
    """
    words = f" {' '.join(re.findall('[a-z]+', without_accents(name)))} "
    return tuple(code for code, kind in DOCUMENT_KINDS.items() if any(f" {word} " in words for word in kind.words))
