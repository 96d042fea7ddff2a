"""Names of legal parameters, units and standings as a reader says them."""

import math

from auditlib.formats import Formats
from auditlib.texts import N_

__all__ = ["half_year_name", "legal_label", "legal_value"]

LABELS = {
    "ecb_main_refinancing": N_("Taux de refinancement de la BCE"),
    "legal_rate_professional": N_("Intérêt légal, créancier professionnel"),
    "legal_rate_individual": N_("Intérêt légal, créancier particulier"),
    "business_addition": N_("Majoration entre professionnels"),
    "public_addition": N_("Majoration due par les acheteurs publics"),
    "contract_floor_multiple": N_("Plancher d’un taux contractuel, en multiple de l’intérêt légal"),
    "recovery_indemnity": N_("Indemnité forfaitaire de recouvrement"),
    "terms_default": N_("Délai sans accord"),
    "cap_general": N_("Plafond des délais entre professionnels"),
    "cap_periodic": N_("Plafond des factures périodiques"),
    "cap_public_state": N_("Délai de l’État et des collectivités"),
    "cap_public_health": N_("Délai des établissements publics de santé"),
    "cap_public_undertaking": N_("Délai des autres entreprises publiques"),
    "cap_perishable_food": N_("Plafond des denrées périssables"),
    "cap_fresh_meat": N_("Plafond du bétail et des viandes fraîches"),
    "cap_alcohol": N_("Plafond des boissons soumises à accises"),
    "cap_wine": N_("Plafond des vins, raisins et moûts"),
    "cap_transport": N_("Plafond du transport et de la commission"),
    "cap_farm_equipment": N_("Plafond du matériel agricole"),
    "cap_green_space_equipment": N_("Plafond du matériel d’espaces verts"),
    "cap_leather": N_("Plafond du cuir"),
    "cap_ski": N_("Supplément des articles de sport d’hiver"),
    "cap_jewellery": N_("Plafond de l’horlogerie-bijouterie"),
    "cap_toys": N_("Plafond des jouets"),
    "cap_large_export": N_("Plafond du grand export"),
    "fine_person": N_("Amende, personne physique"),
    "fine_company": N_("Amende, personne morale"),
    "prescription_business": N_("Prescription, débiteur professionnel"),
    "prescription_consumer": N_("Prescription, consommateur"),
    "prescription_public": N_("Prescription, débiteur public"),
    "prescription_transport": N_("Prescription, contrat de transport"),
    "insolvency_claim": N_("Déclaration de créance"),
    "insolvency_relief": N_("Relevé de forclusion"),
    "retention_claim": N_("Revendication des biens sous réserve de propriété"),
    "payment_order_service": N_("Signification d’une injonction de payer"),
    "small_claims": N_("Plafond des petites créances"),
    "insolvency_check_age": N_("Âge maximal de la vérification des procédures"),
    "business": N_("Professionnels"),
    "public": N_("Acheteurs publics"),
    "consumer": N_("Particuliers"),
    "unknown": N_("Type à confirmer"),
    "abroad": N_("Hors de France"),
    "unconfirmed": N_("Type à confirmer"),
    "open": N_("échu"),
    "settled": N_("réglé en retard"),
    "lapsed": N_("prescrite"),
    "within_3m": N_("dans les 3 mois"),
    "within_6m": N_("dans les 6 mois"),
    "within_12m": N_("dans les 12 mois"),
    "later": N_("plus tard"),
    "interrupted": N_("interrompue (créance déclarée)"),
    "not_due": N_("non échue"),
    "undatable": N_("âge inconnu"),
    "document": N_("date de pièce"),
    "due": N_("échéance"),
    "payment": N_("acompte reçu (reconnaissance)"),
    "verified": N_("vérifié"),
    "to_check": N_("à vérifier"),
    "missing": N_("manquant"),
    "too_old": N_("vérifié depuis plus d’un an"),
    "package": N_("fourni"),
    "practice": N_("cabinet"),
}
UNITS = {
    "percent": N_("{value} %"), "points": N_("{value} points"), "times": N_("{value} fois"), "eur": N_("{value} €"),
    "days": N_("{value} jours"), "days_net": N_("{value} jours nets"),
    "days_net_january_september": N_("{value} jours nets, de janvier à septembre"),
    "days_net_october_december": N_("{value} jours nets, d’octobre à décembre"),
    "days_end_of_month": N_("{value} jours et fin de mois"), "days_end_of_decade": N_("{value} jours après la décade"),
    "days_added": N_("{value} jours de plus"), "months": N_("{value} mois"), "years": N_("{value} ans"),
    "years_from_next_january": N_("{value} ans dès le 1er janvier suivant"),
}
HALF_YEARS = (N_("1er semestre {year}"), N_("2e semestre {year}"))


def legal_label(code: object, formats: Formats) -> str:
    """Name a legal parameter, a regime, a class or a status; one without a name is shown as it is."""
    return formats.gettext(LABELS[str(code)]) if str(code) in LABELS else str(code)


def legal_value(value: float, unit: str, formats: Formats) -> str:
    """Write the value of a legal row in its unit: rates with two decimals; a missing one as a dash."""
    if math.isnan(value):
        return "–"
    number = f"{value:.2f}" if unit == "percent" else formats.short_number(value, digits=2)
    number = number.replace(".", ",") if unit == "percent" and formats.language == "fr" else number
    return formats.gettext(UNITS.get(unit, "{value}")).format(value=number)


def half_year_name(label: object, formats: Formats) -> str:
    """Name a half-year: ``2025-H2`` becomes ``2e semestre 2025``."""
    year, half = str(label).split("-H")
    return formats.gettext(HALF_YEARS[int(half) - 1]).format(year=year)
