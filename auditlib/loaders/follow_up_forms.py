"""Forms a follow-up may have: the sheets of our workbook and a client's own lists, each told by its headers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditlib.follow_up_words import CHANNELS, COLUMNS, COMMITMENTS, LITIGATIONS, NO, STEPS, YES
from auditlib.loaders.aliases import normalise
from auditlib.loaders.column_rules import EXACT
from auditlib.texts import LANGUAGES, translator

__all__ = ["CHOICES", "DAYS", "FORMS", "OFFERED", "Form", "header_names"]

KEYS = ("key_customer", "key_ref", "key_file", "key_sheet", "key_row", "key_amount")
AMOUNTS_OF_ITEMS = frozenset((
    "debit_cents", "credit_cents", "amount_cents", "open_amount_cents", "total_cents", "balance_debit_cents",
    "due_date", "settlement_date", "matching_code", "finding"))
"""Roles of items: a list that has one of them is no follow-up, but one of the receivable with a column of reminders."""
ATTRIBUTES = frozenset((
    "siren", "vat_number", "payment_terms", "credit_limit_cents", "customer_type", "size_class", "legal_category",
    "insolvency_procedure", "country", "salesperson", "business_unit", "group_id"))
"""Roles of a customer file, which may have a contact's telephone beside."""
OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "customer_id": ("code", "n client", "no client", "numero client", "compte client", "compte", "customer code",
                    "customer no", "customer number", "customer id", "client id"),
    "customer_name": ("nom client", "nom du client", "raison sociale", "debiteur", "tiers", "customer",
                      "customer name", "debtor", "company"),
    "document_ref": ("n piece", "n facture", "facture", "numero de facture", "no facture", "reference", "document",
                     "invoice", "invoice number", "invoice no"),
    "step": ("action", "etape", "type de relance", "niveau de relance", "niveau relance", "niveau", "relance",
             "type d action", "nature de l action", "step", "reminder", "reminder level", "action type"),
    "channel": ("canal", "moyen", "mode de relance", "support", "channel", "means"),
    "done_on": ("faite le", "date de relance", "date relance", "date de l action", "date action", "date d appel",
                "relance le", "relancee le", "date de derniere relance", "derniere relance", "done on",
                "reminder date", "action date", "call date", "date"),
    "action_owner": ("par", "faite par", "auteur", "relance par", "charge de recouvrement", "responsable", "done by",
                     "by", "owner", "collector"),
    "action_comment": ("commentaire", "commentaires", "compte rendu", "observation", "observations", "remarque",
                       "note", "notes", "comment", "comments"),
    "next_on": ("prochaine relance", "prochain appel", "a rappeler le", "next call", "next call on", "call back on"),
    "what": ("engagement pris", "notre engagement", "nos engagements", "action promise", "a faire", "commitment",
             "our commitment", "to do"),
    "owner": ("par qui", "en charge", "suivi par", "owner", "responsible", "assigned to"),
    "due_on": ("pour le", "date prevue", "date limite", "promis pour le", "a faire avant le", "due on", "due by",
               "deadline"),
    "kept_on": ("fait le", "realise le", "tenu", "kept on", "done on", "done"),
    "comment": ("precision", "precisions", "detail", "observation", "observations", "note", "comments"),
    "name": ("contact", "interlocuteur", "nom de l interlocuteur", "nom contact", "nom et prenom", "prenom et nom",
             "contact name"),
    "plain_name": ("nom", "name"),
    "role": ("poste", "role", "service", "qualite", "function", "position", "job title", "title"),
    "email": ("e mail", "mail", "courriel", "adresse e mail", "adresse mail", "adresse electronique", "email",
              "e mail address"),
    "phone": ("telephone", "tel", "portable", "mobile", "ligne directe", "n de telephone", "numero de telephone",
              "phone", "phone number", "telephone number"),
    "address": ("adresse postale", "postal address"),
    "portal": ("portail fournisseur", "plateforme", "portail de facturation", "supplier portal"),
    "do_not_contact": ("opposition", "ne pas relancer", "do not call", "no contact"),
}
"""Other names of the columns, as lists that clients keep have them; as `normalise` leaves them."""


@dataclass(frozen=True)
class Form:
    """One form: what tells it, what it holds, and which of its cells say something.

    Attributes
    ----------
    kind : str
        Of the source.
    roles : tuple of str
    needed : tuple of tuple of str
        At least one role of each must be among the columns.
    filled : tuple of str
        Roles that a row must fill in one of to say something.
    required : tuple of str
        Days without which what a row says is incomplete.
    refused : frozenset of str
        Roles of other documents that must not be among the other columns.
    unless : tuple of str
        A plain "Nom" is a person's where one of these columns is there too, else the customer's own.
    """

    kind: str
    roles: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]
    filled: tuple[str, ...]
    required: tuple[str, ...] = ()
    refused: frozenset[str] = AMOUNTS_OF_ITEMS
    unless: tuple[str, ...] = ("name", "role", "do_not_contact", "customer_name")

    def is_header(self, found: Mapping[str, int], cells: Sequence[str]) -> bool:
        """Tell whether a row of normalised cells is this form's header, from the columns found in it."""
        if not all(any(role in found for role in one_of) for one_of in self.needed):
            return False
        if "plain_name" in found and not any(role in found for role in self.unless):
            return False
        used = {cells[column] for column in found.values()}
        others = {EXACT[cell][0][1] for cell in cells if cell in EXACT and cell not in used}
        return not others & self.refused


WHO = ("key_customer", "customer_id", "customer_name")
PROMISE = ("promised_cents", "promise_made_on", "promised_on")
ACTION = ("step", "channel", "done_on", "contact", "action_owner", "action_comment", "next_on")
DISPUTE = ("dispute_reason", "dispute_opened_on", "dispute_cents", "dispute_owner", "dispute_closed_on", "litigation",
           "litigation_on")
MEANS = ("email", "phone", "address", "portal", "do_not_contact")
NAMED = (*KEYS, "customer_id", "customer_name", "document_ref")
FORMS = (
    Form("follow_up", (*NAMED, *PROMISE, *ACTION, *DISPUTE),
         (("key_customer",), ("promise_made_on",), ("promised_on",), ("step", "dispute_reason")),
         (*PROMISE, *ACTION, *DISPUTE), refused=frozenset()),
    Form("promises", (*NAMED, *PROMISE), (("key_customer",), ("promised_cents",), ("promise_made_on",),
                                          ("promised_on",)), PROMISE, refused=frozenset()),
    Form("commitments", (*NAMED, "what", "comment", "owner", "due_on", "kept_on"), (WHO, ("what",), ("due_on",)),
         ("what", "comment", "owner", "due_on", "kept_on"), required=("due_on",)),
    Form("actions", (*NAMED, *ACTION), (WHO, ("done_on",), ("step", "channel")), ACTION, required=("done_on",)),
    Form("contacts", ("key_customer", "customer_id", "customer_name", "name", "plain_name", "role", *MEANS),
         (WHO, MEANS, ("name", "plain_name", "role", "do_not_contact")), ("name", "plain_name", "role", *MEANS),
         refused=AMOUNTS_OF_ITEMS | ATTRIBUTES),
)
"""In the order tried; the sheets of our workbook, which have keys, come first."""
DAYS = ("promise_made_on", "promised_on", "done_on", "next_on", "dispute_opened_on", "dispute_closed_on",
        "litigation_on", "due_on", "kept_on")


def header_names(role: str) -> tuple[str, ...]:
    """Return the names a role's column may have: ours in each language, then those of other lists."""
    ours = [normalise(translator(language).gettext(COLUMNS[role])) for language in LANGUAGES if role in COLUMNS]
    return (*dict.fromkeys(ours), *OTHER_NAMES.get(role, ()))


def _choices(words: Mapping[str, str]) -> dict[str, str]:
    """Return the code of each choice, by its normalised text in each language, and by the code itself."""
    said = {normalise(translator(language).gettext(text)): code for language in LANGUAGES
            for code, text in words.items()}
    return {**{normalise(code): code for code in words}, **said}


CHOICES: dict[str, dict[str, str]] = {
    "step": _choices(STEPS) | {
        "1": "reminder_1", "2": "reminder_2", "3": "reminder_3", "r1": "reminder_1", "r2": "reminder_2",
        "r3": "reminder_3", "relance 1": "reminder_1", "relance 2": "reminder_2", "relance 3": "reminder_3",
        "1ere relance": "reminder_1", "2e relance": "reminder_2", "2eme relance": "reminder_2",
        "3e relance": "reminder_3", "3eme relance": "reminder_3", "relance": "reminder_1", "appel": "call_1",
        "appel 1": "call_1", "appel 2": "call_2", "troisieme relance": "reminder_3", "derniere relance": "reminder_3",
        "echeancier": "payment_plan", "contentieux": "hand_over", "lrar": "formal_notice"},
    "channel": _choices(CHANNELS) | {
        "mail": "email", "email": "email", "courriel": "email", "appel": "phone", "tel": "phone", "lettre": "letter",
        "lrar": "registered", "recommande": "registered", "chorus pro": "portal", "chorus": "portal"},
    "litigation": _choices(LITIGATIONS),
    "what": _choices(COMMITMENTS) | {
        "duplicata": "duplicate", "avoir": "credit_note", "livraison": "delivery", "livrer": "delivery",
        "litige": "dispute_answer", "autre": "other"},
    "do_not_contact": {**_choices({"yes": YES, "no": NO}), "x": "yes", "o": "yes", "n": "no", "1": "yes", "0": "no",
                       "vrai": "yes", "faux": "no", "true": "yes", "false": "no"},
}
"""Choices of each dropdown list, by their normalised text."""
OFFERED: dict[str, tuple[str, ...]] = {
    "step": tuple(STEPS.values()), "channel": tuple(CHANNELS.values()), "litigation": tuple(LITIGATIONS.values()),
    "what": tuple(COMMITMENTS.values()), "do_not_contact": (YES, NO)}
"""What each list shows."""
