"""Objections heard on the telephone, which ones a given debtor is likely to raise, and what to answer him."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditlib.formats import Formats
from auditlib.texts import N_

__all__ = ["OBJECTIONS", "Grounds", "Objection", "drawn", "fitting_objections", "likely_objections", "objection"]

MOST_SHOWN, LEAST_SHOWN = 3, 2

OBJECTIONS: dict[str, tuple[str, str]] = {
    "not_received": (
        N_("« Je n’ai pas reçu la facture. »"),
        N_("Renvoyer la pièce {oldest_ref} pendant l’appel, à une adresse épelée, et la faire ouvrir : « L’avez-vous "
           "sous les yeux ? Le montant est bien {oldest_amount} ? » Puis la date : « Quel jour le paiement de {claim} "
           "part-il ? »")),
    "awaiting_approval": (
        N_("« La facture est en attente de validation. »"),
        N_("« Qui doit la valider, et pour quel jour ? » Noter le nom et la date, mettre cette personne en copie de la "
           "confirmation, et demander le paiement des pièces déjà validées sur {claim}.")),
    "dispute": (
        N_("« Nous contestons cette facture. »"),
        N_("Isoler : « Quelle pièce, quel montant, pour quelle raison ? » Ouvrir un ticket de litige, avec un "
           "responsable et une réponse sous {dispute_days} jours ouvrés ; obtenir le reste : « La part non contestée "
           "est de {claim} : quel jour la réglez-vous ? »")),
    "cash_trouble": (
        N_("« Nous n’avons pas la trésorerie. »"),
        N_("Demander des faits (rentrées attendues, dates), puis un versement tout de suite : {first}, le solde de "
           "{balance} pour le {balance_on}.{plan} Faire reconnaître la dette par écrit, demander une garantie.")),
    "already_sent": (
        N_("« C’est déjà payé. »"),
        N_("« Merci. Quel jour, quelle référence, de quelle banque ? » Demander la copie de l’ordre de virement dans "
           "l’heure, le lire, et dire quand nous vérifions : le {seen_on}.{unallocated}")),
    "payment_run": (
        N_("« Nous ne payons qu’à date fixe, et le comptable est absent. »"),
        N_("« Qui le remplace, et quelle est la date de la prochaine campagne de règlement ? » En accepter une seule, "
           "et faire confirmer par écrit que {claim} y figure.")),
    "own_customer": (
        N_("« Notre propre client ne nous a pas payés. »"),
        N_("« Je comprends ; votre contrat avec lui et le nôtre sont distincts. » Demander une partie tout de suite : "
           "{first}, et la date du solde de {balance} : le {balance_on}.")),
    "personal": (
        N_("« Je ne peux pas payer en ce moment. »"),
        N_("Rester courtois et précis : « Quelle somme pouvez-vous régler aujourd’hui, et quel jour le reste ? » "
           "Proposer {first} tout de suite et le solde de {balance} pour le {balance_on}.{plan} Aucun frais n’est "
           "ajouté ; tout accord est confirmé par écrit.")),
    "portal": (
        N_("« La facture n’est pas dans notre circuit. »"),
        N_("Lire avec lui le statut de la pièce {oldest_ref} sur le portail : rejetée, suspendue, à recycler, service "
           "fait non certifié ? « Que manque-t-il, qui le fournit, pour quel jour ? » Corriger le jour même.")),
}
"""What is heard, and the model answer, which names the case's figures."""
FOR_BUSINESSES = ("awaiting_approval", "payment_run", "own_customer", "portal")
BY_PROFILE: dict[str, tuple[str, ...]] = {
    "silent": ("cash_trouble", "already_sent"), "slipping": ("cash_trouble", "awaiting_approval"),
    "irregular": ("payment_run", "cash_trouble"), "part_paying": ("cash_trouble", "dispute"),
    "disputing": ("dispute",), "negligent": ("not_received", "awaiting_approval"),
    "slow": ("payment_run", "awaiting_approval"), "short_late": ("payment_run", "not_received"),
    "punctual": ("not_received", "awaiting_approval"), "direct_debit": ("already_sent",),
    "new": ("not_received", "awaiting_approval"),
}
BY_KIND: dict[str, tuple[str, ...]] = {
    "public": ("portal", "awaiting_approval"), "large_account": ("portal", "payment_run"),
    "consumer": ("personal", "not_received"), "fragile": ("cash_trouble",),
    "export_eu": ("awaiting_approval", "already_sent"), "export_non_eu": ("already_sent", "awaiting_approval"),
    "mid_small": ("own_customer",), "very_small": ("own_customer", "cash_trouble"),
}
LAST = ("not_received", "already_sent")


@dataclass(frozen=True)
class Grounds:
    """What the files say of a debtor that makes an objection likely: facts, none about a person.

    Attributes
    ----------
    kind, profile : str
    has_dispute : bool
        A part of what is overdue is contested.
    lacks_invoice : bool
        A dispute or a commitment of ours says that he waits for an invoice or a duplicate.
    has_credits : bool
        A payment or credit note of his is not allocated.
    has_broken : bool
        A promise of his was not kept.
    """

    kind: str
    profile: str
    has_dispute: bool = False
    lacks_invoice: bool = False
    has_credits: bool = False
    has_broken: bool = False


@dataclass(frozen=True)
class Objection:
    """An objection and the answer to give, with the case's figures."""

    code: str
    heard: str
    answer: str


def likely_objections(grounds: Grounds) -> tuple[str, ...]:
    """Return two or three codes of `OBJECTIONS`, the best founded first: facts, then what he is, then how he pays.

    Examples
    --------
    >>> likely_objections(Grounds("mid_small", "slow", has_dispute=True))
    ('dispute', 'own_customer', 'payment_run')
    """
    facts = {"dispute": grounds.has_dispute, "not_received": grounds.lacks_invoice,
             "already_sent": grounds.has_credits, "cash_trouble": grounds.has_broken}
    wished = [*(code for code, held in facts.items() if held), *BY_KIND.get(grounds.kind, ())[:1],
              *BY_PROFILE.get(grounds.profile, ()), *BY_KIND.get(grounds.kind, ())]
    fitting = [code for code in dict.fromkeys(wished) if _fits(code, grounds.kind)][:MOST_SHOWN]
    return tuple(dict.fromkeys([*fitting, *(LAST if len(fitting) < LEAST_SHOWN else ())]))[:MOST_SHOWN]


def fitting_objections(kind: str) -> tuple[str, ...]:
    """Return the objections a debtor of this kind may raise."""
    return tuple(code for code in OBJECTIONS if _fits(code, kind))


def _fits(code: str, kind: str) -> bool:
    """Tell whether a debtor of this kind can say so; a consumer's trouble is his own, not a firm's."""
    if kind == "consumer":
        return code not in (*FOR_BUSINESSES, "cash_trouble")
    return code != "personal" and not (kind == "public" and code in ("cash_trouble", "own_customer"))


def objection(code: str, *, words: Mapping[str, str], formats: Formats) -> Objection:
    """Write an objection and its answer out.

    Parameters
    ----------
    code : str
        One of `OBJECTIONS`.
    words : mapping of str to str
        Figures of the case (`auditlib.call_script.case_words`).
    formats : Formats
    """
    heard, answer = OBJECTIONS[code]
    return Objection(code, formats.gettext(heard), formats.gettext(answer).format(**words))


def drawn(codes: Sequence[str], *, seed: str, turn: int) -> str:
    """Draw the objection of a turn of the exercise: all of them once, in an order the seed fixes, then again.

    Examples
    --------
    >>> sorted(drawn(("a", "b", "c"), seed="C1", turn=turn) for turn in range(3))
    ['a', 'b', 'c']
    """
    deck = list(codes)
    random.Random(f"{seed}/{turn // len(deck)}").shuffle(deck)  # noqa: S311 -- an exercise, not a secret
    return deck[turn % len(deck)]
