"""The collection procedure: steps by urgency, and the scenario of each kind of debtor the client really has."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.formats import Formats
from auditlib.texts import N_, translator

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["STEPS", "Scenario", "Step", "collection_steps", "doubtful_customers", "kind_of_debtor", "scenarios"]


@dataclass(frozen=True)
class Step:
    """One step of amicable collection.

    Attributes
    ----------
    from_day : int
        First day overdue it is due on; negative before the due date. [days]
    name, channel, owner, content : str
        What is done, by which means, by whom, and what it holds.
    """

    from_day: int
    name: str
    channel: str
    owner: str
    content: str


@dataclass(frozen=True)
class Scenario:
    """How one kind of debtor is followed, with what this client has at stake there.

    Attributes
    ----------
    kind, title, sentence, method : str
    customers : int
    net_overdue_cents : int
        [cents, VAT included]
    """

    kind: str
    title: str
    sentence: str
    method: str
    customers: int
    net_overdue_cents: int


STEPS: tuple[tuple[int, str, str, str, str], ...] = (
    (
        -7,
        N_("Pré-relance"),
        N_("e-mail"),
        N_("chargé de recouvrement"),
        N_("Réception de la facture, numéro de commande, litige éventuel ; ton commercial."),
    ),
    (3, N_("Première relance"), N_("e-mail"), N_("chargé de recouvrement"), N_("Ton neutre, relevé de compte joint.")),
    (
        8,
        N_("Premier appel"),
        N_("téléphone"),
        N_("chargé de recouvrement"),
        N_("Obtenir une date, un montant, un moyen de paiement ; confirmation écrite le jour même."),
    ),
    (
        15,
        N_("Deuxième relance"),
        N_("courrier"),
        N_("chargé de recouvrement"),
        N_("Ton ferme ; pénalités et indemnité de 40 € rappelées aux professionnels."),
    ),
    (
        20,
        N_("Deuxième appel"),
        N_("téléphone"),
        N_("commercial et responsable financier"),
        N_("Levier commercial ; interlocuteur financier du client."),
    ),
    (
        30,
        N_("Avis avant mise en demeure"),
        N_("courrier"),
        N_("responsable financier"),
        N_("Dernier délai ; blocage des livraisons si le contrat le permet et après préavis."),
    ),
    (
        35,
        N_("Mise en demeure"),
        N_("lettre recommandée"),
        N_("direction"),
        N_("Montants détaillés, délai de 8 à 15 jours ; ensuite agir, sans revenir aux relances."),
    ),
    (
        60,
        N_("Remise à un tiers"),
        N_("mandat écrit"),
        N_("direction"),
        N_("Commissaire de justice, avocat ou injonction de payer selon le montant et le litige."),
    ),
)
"""DOMAIN.md B: first day overdue, name, channel, owner, content."""

DEBTORS: dict[str, tuple[str, str]] = {
    "group": (
        N_("Sociétés du groupe"),
        N_("Rapprochement intersociétés et compensation ; hors relance et hors DSO externe."),
    ),
    "insolvent": (
        N_("Douteux et procédures collectives"),
        N_(
            "Aucune relance. Déclarer la créance dans les deux mois de la publication au BODACC ; revendiquer "
            "les biens "
            "sous réserve de propriété dans les trois mois."
        ),
    ),
    "public": (
        N_("Secteur public"),
        N_(
            "Statut Chorus Pro d’abord (rejetée, suspendue, à recycler) ; réclamation écrite au comptable, "
            "intérêts de plein "
            "droit, puis médiation ou mandatement d’office."
        ),
    ),
    "B2C": (
        N_("Particuliers"),
        N_("Ton courtois, aucun frais professionnel ; conciliateur ; prescription de deux ans."),
    ),
    "EU": (N_("Export, Union européenne"), N_("Langue du débiteur, loi du contrat ; injonction de payer européenne.")),
    "non_EU": (
        N_("Export, hors Union européenne"),
        N_("Délais de déclaration de l’assureur-crédit d’abord ; garanties, agent local, lettre de crédit."),
    ),
    "B2B": (
        N_("Entreprises françaises"),
        N_(
            "Appel dès cinq à huit jours de retard, direction du client à quinze jours ; échéancier court "
            "avec clause de déchéance "
            "du terme."
        ),
    ),
}
"""Title and method by kind of debtor, the first that applies."""


def collection_steps(*, language: str = "fr") -> tuple[Step, ...]:
    """Return the steps of amicable collection, earliest first."""
    _ = translator(language).gettext
    return tuple(Step(day, _(name), _(channel), _(owner), _(content)) for day, name, channel, owner, content in STEPS)


def kind_of_debtor(customers: pd.DataFrame, *, insolvent: pd.Series) -> pd.Series:
    """Return the kind of each debtor, a key of the scenarios.

    Parameters
    ----------
    customers : DataFrame
        `schemas.CUSTOMERS`.
    insolvent : Series of bool
        Same index: doubtful accounts and insolvency proceedings.
    """
    zone, kind = customers["zone"].astype("str"), customers["customer_type"].astype("str")
    kinds = pd.Series("B2B", index=customers.index)
    kinds = kinds.mask(zone == "non_EU", "non_EU").mask(zone == "EU", "EU")
    kinds = kinds.mask(kind == "B2C", "B2C").mask(kind == "public", "public")
    return kinds.mask(insolvent, "insolvent").mask(customers["is_group"], "group")


def scenarios(results: "AuditResults", *, language: str = "fr") -> tuple[Scenario, ...]:
    """Return the scenario of each kind of debtor that this client has, largest net overdue first.

    Parameters
    ----------
    results : AuditResults
    language : {"fr", "en"}
    """
    customers = results.customers
    kinds = kind_of_debtor(customers, insolvent=doubtful_customers(results.open_items, customers))
    counted = customers[customers["gross_cents"] > 0].groupby(kinds)["net_overdue_cents"].agg(["size", "sum"])
    ranked = counted.sort_values("sum", ascending=False)
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""))
    return tuple(
        _scenario(str(kind), int(size), int(amount), formats)
        for kind, size, amount in zip(ranked.index, ranked["size"], ranked["sum"], strict=True)
    )


def doubtful_customers(open_items: pd.DataFrame, customers: pd.DataFrame) -> pd.Series:
    """Tell which customers have a doubtful item or an insolvency proceeding; same index as `customers`."""
    doubtful = open_items.loc[open_items["is_doubtful"], "customer_id"].astype("str")
    return customers["customer_id"].isin(doubtful.unique())


def _scenario(kind: str, customers: int, amount: int, formats: Formats) -> Scenario:
    title, method = DEBTORS[kind]
    sentence = formats.gettext("Clients avec un encours : {customers} ; échu net : {amount}.").format(
        customers=formats.count(customers), amount=formats.cents(amount)
    )
    return Scenario(kind, formats.gettext(title), sentence, formats.gettext(method), customers, amount)
