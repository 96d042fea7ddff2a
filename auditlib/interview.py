"""The two-hour interview: its running order, and seven topics prefilled with the client's own figures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditlib.formats import Formats
from auditlib.texts import N_, translator

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["RUNNING_ORDER", "Topic", "interview_guide", "running_order"]

OLD_DAYS = 90
FEWEST_MONTHS = 2
RUNNING_ORDER: tuple[tuple[int, str], ...] = (
    (10, N_("Cadre de la mission et confidentialité")),
    (15, N_("Activité, clients, saisonnalité, conditions de paiement")),
    (15, N_("De la commande à la facture")),
    (20, N_("Le recouvrement aujourd’hui : qui, quand, comment")),
    (15, N_("Litiges")),
    (10, N_("Outils et données, en situation")),
    (20, N_("Premiers constats, ligne à ligne")),
    (10, N_("Contentieux et pertes")),
    (5, N_("Contraintes : clients à ne pas appeler, assureur, affactureur ; responsables et dates")),
)
"""Minutes and subject, 120 minutes in all (DOMAIN.md D)."""


@dataclass(frozen=True)
class Topic:
    """One topic of the interview.

    Attributes
    ----------
    identifier, title : str
    facts : tuple of str
        What the client's own figures already say.
    questions : tuple of str
    """

    identifier: str
    title: str
    facts: tuple[str, ...]
    questions: tuple[str, ...]


def running_order(*, language: str = "fr") -> tuple[tuple[int, str], ...]:
    """Return the minutes and subjects of the call."""
    _ = translator(language).gettext
    return tuple((minutes, _(subject)) for minutes, subject in RUNNING_ORDER)


def interview_guide(results: "AuditResults", *, language: str = "fr") -> tuple[Topic, ...]:
    """Return the seven topics with the figures of this client.

    Parameters
    ----------
    results : AuditResults
    language : {"fr", "en"}
    """
    formats = Formats(language=language, currency=str(results.summary.get("currency") or ""))
    return tuple(
        Topic(name, formats.gettext(title), tuple(facts(results, formats)), tuple(map(formats.gettext, questions)))
        for name, title, facts, questions in TOPICS
    )


def _business(results: "AuditResults", formats: Formats) -> list[str]:
    kinds = results.customers.groupby(results.customers["customer_type"].astype("str"))["receivable_cents"].sum()
    total = formats.gettext("Encours : {amount} sur {customers} clients.").format(
        amount=formats.amount(results.summary["receivable"]["total"]),
        customers=formats.count(results.summary["receivable"]["customers"]),
    )
    split = formats.gettext("dont {kind} : {amount}")
    return [
        total,
        *(
            split.format(kind=kind or formats.gettext("type inconnu"), amount=formats.cents(cents))
            for kind, cents in kinds.items()
        ),
    ]


def _context(results: "AuditResults", formats: Formats) -> list[str]:
    rates = results.evolution.dropna(subset=["overdue_rate"]) if len(results.evolution) else results.evolution
    if len(rates) < FEWEST_MONTHS:
        return []
    return [
        formats.gettext("Taux d’échu : {first} fin {start}, {last} fin {end}.").format(
            first=formats.share(rates["overdue_rate"].iloc[0]),
            start=formats.month(rates["month_end"].iloc[0]),
            last=formats.share(rates["overdue_rate"].iloc[-1]),
            end=formats.month(rates["month_end"].iloc[-1]),
        )
    ]


def _systems(results: "AuditResults", formats: Formats) -> list[str]:
    estimated = results.open_items["kind_inferred"]
    facts = [
        formats.gettext("Fichiers exploités : {files}.").format(files=", ".join(dict.fromkeys(results.intake["file"])))
    ]
    if estimated.any():
        facts.append(
            formats.gettext("Nature déduite (facture, règlement…) sur {share} des pièces ouvertes.").format(
                share=formats.share(float(estimated.mean()))
            )
        )
    return facts


def _failures(results: "AuditResults", formats: Formats) -> list[str]:
    doubtful = results.open_items[results.open_items["is_doubtful"]]
    return [
        formats.gettext("Créances douteuses ou en procédure : {amount}, clients : {customers}.").format(
            amount=formats.cents(int(doubtful["residual_cents"].sum())), customers=doubtful["customer_id"].nunique()
        )
    ]


def _causes(results: "AuditResults", formats: Formats) -> list[str]:
    top = results.customers.nlargest(5, "net_overdue_cents")
    top = top[top["net_overdue_cents"] > 0]
    facts = [
        formats.gettext("{name} : {amount} d’échu net, plus ancien retard {days} jours.").format(
            name=name, amount=formats.cents(cents), days=formats.count(days)
        )
        for name, cents, days in zip(
            top["name"], top["net_overdue_cents"], top["oldest_days_overdue"].fillna(0), strict=True
        )
    ]
    disputed = int(results.open_items["disputed_cents"].sum())
    return (
        [*facts, formats.gettext("Montants en litige : {amount}.").format(amount=formats.cents(disputed))]
        if disputed
        else facts
    )


def _plans(results: "AuditResults", formats: Formats) -> list[str]:
    old = results.open_items[results.open_items["days_overdue"] > OLD_DAYS]
    return [
        formats.gettext("Échus depuis plus de 90 jours : {amount}, pièces : {rows}.").format(
            amount=formats.cents(int(old["residual_cents"].sum())), rows=formats.count(len(old))
        )
    ]


def _levers(results: "AuditResults", formats: Formats) -> list[str]:
    day = results.summary["indicators"].get("cash_per_dso_day", {}).get("value")
    return (
        []
        if day is None
        else [formats.gettext("Un jour de DSO gagné libère {amount}.").format(amount=formats.amount(day))]
    )


Facts = Callable[["AuditResults", Formats], list[str]]

TOPICS: tuple[tuple[str, str, Facts, tuple[str, ...]], ...] = (
    (
        "business",
        N_("Activité et spécificités"),
        _business,
        (
            N_("Quels clients, quelles saisons et quels usages de paiement propres au métier ?"),
            N_("Quelles conditions de paiement sont accordées, et par qui ?"),
        ),
    ),
    (
        "context",
        N_("Effets du contexte économique et mesures prises"),
        _context,
        (
            N_("Qu’est-ce qui a changé dans les paiements depuis un an ?"),
            N_("Quelles mesures ont été prises, avec quel effet ?"),
        ),
    ),
    (
        "systems",
        N_("Systèmes d’information et relance en place"),
        _systems,
        (
            N_("Qui relance, quand, avec quel outil ? Où sont notés les appels et les promesses ?"),
            N_("Comment les règlements sont-ils affectés, et sous quel délai ?"),
        ),
    ),
    (
        "failures",
        N_("Risque de défaillance des clients"),
        _failures,
        (N_("Comment une défaillance est-elle détectée ? Les créances sont-elles déclarées à temps ?"),),
    ),
    (
        "causes",
        N_("Causes récurrentes d’impayés"),
        _causes,
        (
            N_("Pour chacun : pourquoi n’a-t-il pas payé, et qui lui a parlé en dernier ?"),
            N_("Quels litiges reviennent, et chez qui se règlent-ils ?"),
        ),
    ),
    (
        "plans",
        N_("Conditions des échéanciers"),
        _plans,
        (N_("Jusqu’à combien d’échéances, avec quelle garantie, et qui décide ?"),),
    ),
    (
        "levers",
        N_("Leviers de négociation"),
        _levers,
        (N_("Délais, arrêt de service, abandon d’intérêts, gestes commerciaux : lesquels sont permis, par qui ?"),),
    ),
)
"""Identifier, title, what the figures say, and the questions of the seven topics."""
