"""The nine steps of a collection call, filled with one debtor's figures, and the figures in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from auditlib.call_account import Account, Offers
from auditlib.formats import Formats
from auditlib.texts import N_

__all__ = ["STEPS", "ScriptStep", "account_words", "offer_lines", "offer_words", "script"]

STEPS: dict[str, str] = {
    "check": N_("Vérifier l’interlocuteur"),
    "introduce": N_("Se présenter"),
    "state": N_("Énoncer les faits, demander le paiement"),
    "silence": N_("Se taire"),
    "listen": N_("Écouter, reformuler"),
    "answer": N_("Traiter l’objection"),
    "negotiate": N_("Négocier"),
    "restate": N_("Reformuler l’accord"),
    "close": N_("Remercier, conclure"),
}
"""The nine steps of a call (DOMAIN.md B), in order."""
SAID: dict[str, str] = {
    "check": N_("« Bonjour, vous occupez-vous bien du règlement de nos factures ? » Sinon, demander {ask_for}. Un "
                "appel à qui ne décide pas est un appel à refaire."),
    "check:consumer": N_("« Bonjour, est-ce bien {name} ? » Ne parler de la dette à personne d’autre : ni à un "
                         "proche, ni sur un répondeur."),
    "check:named": N_("« Bonjour, êtes-vous bien {person}, et vous occupez-vous du règlement de nos factures ? » "
                      "Sinon, demander {ask_for}."),
    "introduce": N_("« Je suis (prénom, nom), de la société {creditor}. Je vous appelle au sujet de votre compte. »"),
    "state": N_("« Au {as_of}, {items}.{credited}{broken} Je vous demande de régler {claim} aujourd’hui, par "
                "virement. »"),
    "state:public": N_("« Au {as_of}, {items}.{credited}{broken} Quel est le statut de chaque facture, et quel jour "
                       "{claim} seront-ils mis en paiement ? »"),
    "silence": N_("Ne rien ajouter. Attendre sa réponse, même si le silence dure : c’est à lui de parler."),
    "listen": N_("Le laisser finir, noter ses mots, redire : « Si je comprends bien… » Séparer la raison du prétexte : "
                 "« Ce point réglé, payez-vous aujourd’hui ? »"),
    "answer": N_("Répondre à ce qui est dit, pas à autre chose : réponses ci-dessous. Puis revenir à la date et au "
                 "montant."),
    "negotiate": N_("Dans l’ordre du mandat : objectif, puis replis. Jamais moins, jamais sans date, sans moyen de "
                    "paiement ni sans trace écrite."),
    "restate": N_("« Donc vous réglez ………… le …/…/……, par ………………… Vous recevez ma confirmation dans l’heure. "
                  "Sans règlement ce jour-là : {otherwise}. »"),
    "close": N_("« Merci de votre temps. Mon numéro direct est le ………………… » Raccrocher après lui, écrire tout de "
                "suite."),
}
"""What is said at each step; ``step:kind`` where a kind of debtor, or a name known, asks for other words."""
ONE_ITEM = N_("la pièce {ref}, de {amount}, échue le {due}, est en retard de {days} jours")
SEVERAL = N_("{count} pièces échues restent dues pour {amount}, dont {ref} depuis le {due} ({days} jours)")
CREDITED = N_(" Nous en déduisons {credits} de règlements ou d’avoirs non affectés.")
UNALLOCATED = N_(" {credits} de règlements ou d’avoirs ne sont pas affectés : demander à quelle pièce ils se "
                 "rapportent.")
PLAN = N_(" Sinon, échéancier de {count} versements de {each}, le premier le jour même.")
ALL = N_("{claim} tout de suite, par virement : vu en banque le {seen_on}")
PART = N_("{first} tout de suite, le solde de {balance} le {balance_on}")
STAGGERED = N_("échéancier écrit de {count} versements : {amounts}")
THEN = N_("{first} le {first_on}, puis {each} les {days}")
NO_PLAN = N_("pas d’échéancier pour ce type de client : une date certaine, sinon l’étape suivante ({otherwise})")
NO_REFERENCE = N_("sans référence")


@dataclass(frozen=True)
class ScriptStep:
    """One of the nine steps: code, title, and what is said or done."""

    code: str
    title: str
    said: str


def account_words(account: Account, formats: Formats) -> dict[str, str]:
    """Return the figures of an account in words: what is claimed, the oldest item claimed, and what is deducted."""
    _ = formats.gettext
    claimed = account.items[account.items["free_cents"] > 0]
    oldest, cents = claimed.iloc[0], formats.cents
    ref = str(oldest["document_ref"]) or _(NO_REFERENCE)
    amount = cents(int(claimed["free_cents"].sum()))
    said = (ONE_ITEM if len(claimed) == 1 else SEVERAL)
    items = _(said).format(count=formats.count(len(claimed)), amount=amount, ref=ref, due=formats.short_date(
        oldest["due_date"]), days=formats.count(int(oldest["days_overdue"])))
    credits_said = {"credits": cents(account.credits_cents)}
    return {
        "claim": cents(account.claim_cents), "items": items, "oldest_ref": ref,
        "oldest_amount": cents(int(oldest["free_cents"])),
        "credited": _(CREDITED).format(**credits_said) if account.credits_cents else "",
        "unallocated": _(UNALLOCATED).format(**credits_said) if account.credits_cents else ""}


def offer_words(made: Offers, formats: Formats) -> dict[str, str]:
    """Return what may be accepted, in words."""
    plan = "" if not made.plan else formats.gettext(PLAN).format(
        count=formats.count(len(made.plan)), each=formats.cents(made.plan[-1].amount_cents))
    return {"seen_on": formats.short_date(made.seen_on), "first": formats.cents(made.first.amount_cents),
            "balance": formats.cents(made.balance.amount_cents),
            "balance_on": formats.short_date(made.balance.due_on), "plan": plan}


def offer_lines(made: Offers, words: Mapping[str, str], formats: Formats) -> tuple[str, ...]:
    """Return the goal, then the fallbacks, as the call file prints them.

    Parameters
    ----------
    made : Offers
    words : mapping of str to str
        From `account_words`, `offer_words`, and ``otherwise``, the step that follows without an agreement.
    formats : Formats
    """
    _ = formats.gettext
    last = _(NO_PLAN).format(**words)
    if made.plan:
        amounts = _(THEN).format(
            first=formats.cents(made.plan[0].amount_cents), first_on=formats.short_date(made.plan[0].due_on),
            each=formats.cents(made.plan[-1].amount_cents),
            days=", ".join(formats.short_date(one.due_on) for one in made.plan[1:]))
        last = _(STAGGERED).format(count=formats.count(len(made.plan)), amounts=amounts)
    return _(ALL).format(**words), _(PART).format(**words), last


def script(kind: str, *, words: Mapping[str, str], formats: Formats) -> tuple[ScriptStep, ...]:
    """Return the nine steps, filled.

    Parameters
    ----------
    kind : str
        One of `auditlib.scenario_calendar.KINDS`.
    words : mapping of str to str
        From `account_words` and `offer_words`, with ``name``, ``person`` ("" for none known), ``ask_for``,
        ``creditor``, ``as_of``, ``broken`` (the promise not kept, "" for none) and ``otherwise``.
    formats : Formats
    """
    _ = formats.gettext
    named = "named" if words["person"] else ""
    return tuple(ScriptStep(code, _(title), _(_words_of(code, kind, named)).format(**words))
                 for code, title in STEPS.items())


def _words_of(code: str, kind: str, named: str) -> str:
    return next(SAID[key] for key in (f"{code}:{kind}", f"{code}:{named}", code) if key in SAID)
