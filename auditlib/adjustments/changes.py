"""Each kind of correction: what it changes, and when it cannot be made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from auditlib.adjustment_words import OF_CUSTOMER, SIGNS
from auditlib.adjustments.edits import Edits
from auditlib.adjustments.targets import NEEDED, find_designated
from auditlib.texts import N_, translator

if TYPE_CHECKING:
    from auditlib.loaders.intake import Intake

__all__ = ["apply_changes"]

Row = dict[Any, Any]
"""A row of a table, by column."""

LEAVING = ("exclude", "deposit")
ORDER = ("customer_type", "due_date", "document_date", "kind", "customer", "doubtful", *LEAVING, "accept_match")
"""Matches come last: they are held against items as corrected."""
DOUBTFUL_ACCOUNT = "416"
LATER = N_("remplacée par une correction plus bas dans la feuille")
GONE = N_("pièce exclue par une autre correction")
LETTERED = N_("pièce lettrée par le client : sa contrepartie resterait sans objet ; le lettrage est d’abord à corriger")
BEFORE_DOCUMENT = N_("échéance antérieure à la date de la pièce")
WRONG_SIDE = N_("nature contraire au sens de la pièce (débit ou crédit)")
DEBITS_ONLY = N_("seule une créance (débit) peut être douteuse")
CREDITS_ONLY = N_("seul un crédit peut être un acompte reçu")
UNKNOWN_CUSTOMER = N_("nouveau client inconnu des documents")
SAME_CUSTOMER = N_("la pièce est déjà à ce client")
NO_COUNTERPART = N_("contrepartie introuvable, ou plusieurs pièces ont cette référence : reprendre le rapprochement de "
                    "la feuille des pièces")
NOTHING_LEFT = N_("plus rien à rapprocher : des lignes au-dessus ont déjà soldé l’une des deux pièces")
OTHER_DEBTOR = N_("les deux pièces ne sont pas au même client et dans la même devise")


def apply_changes(targets: pd.DataFrame, *, intake: "Intake", language: str) -> tuple[Edits, pd.DataFrame]:
    """Gather what the corrections change, and judge each.

    Parameters
    ----------
    targets : DataFrame
        From `auditlib.adjustments.targets.find_targets`.
    intake : Intake
    language : {"fr", "en"}

    Returns
    -------
    edits : Edits
    judged : DataFrame
        The rows with ``status`` applied or rejected, ``why`` and ``old_value``.
    """
    _ = translator(language).gettext
    book = _Book(intake, Edits())
    rows = _last_word(targets, _(LATER)).to_dict("records")
    for row in sorted(rows, key=_turn):
        if row["status"] == "rejected":
            continue
        item = {} if row["change"] in OF_CUSTOMER else book.item(row["movement"])
        gone = row["movement"] in book.edits.dropped
        why = GONE if gone else CHANGES_MADE[row["change"]](book, row, item)
        row["why"] = _(why)
        row["status"] = "rejected" if row["why"] else "applied"
    return book.edits, pd.DataFrame(rows, columns=[*targets.columns])


def _turn(row: Row) -> int:
    return ORDER.index(row["change"]) if row["change"] in ORDER else len(ORDER)


def _last_word(targets: pd.DataFrame, why: str) -> pd.DataFrame:
    """Reject what a later row corrects again; several matches of one item stand together."""
    key: pd.Series[str] = targets["change"].astype("str") + "/" + np.where(
        targets["change"].isin(OF_CUSTOMER), targets["customer_id"], targets["movement"].astype("str"))
    key = key.where(targets["change"] != "accept_match", key + "/" + targets["new_value"])
    standing = targets["status"] != "rejected"
    repeated = key.where(standing, "row " + targets["sheet_row"].astype("str")).duplicated(keep="last")
    return targets.assign(
        why=targets["why"].where(~repeated, why), status=targets["status"].astype("str").where(~repeated, "rejected"))


@dataclass
class _Book:
    """The documents, and what is gathered to be changed in them."""

    intake: "Intake"
    edits: Edits
    taken: dict[int, int] = field(default_factory=dict)
    """What accepted matches use of each item. [cents]"""

    def match(self, position: int, item: Row, other: int, counterpart: Row) -> bool:
        """Set two items against each other; False where one of them is used up already."""
        left = [abs(int(each["amount_cents"])) - self.taken.get(at, 0)
                for at, each in ((position, item), (other, counterpart))]
        if min(left) <= 0:
            return False
        for at in (position, other):
            self.taken[at] = self.taken.get(at, 0) + min(left)
        self.edits.matches.append((position, other) if item["amount_cents"] > 0 else (other, position))
        return True

    def item(self, position: int) -> Row:
        """Return an item as corrected so far."""
        own = self.intake.movements.iloc[position][NEEDED].to_dict()
        return own | {name: values[position] for name, values in self.edits.cells.items() if position in values}

    def knows(self, customer: str) -> bool:
        """Whether the documents name a customer."""
        return bool((self.intake.customers["customer_id"] == customer).any())


def _due_date(book: _Book, row: Row, item: Row) -> str:
    row["old_value"], new = _day_text(item["due_date"]), pd.Timestamp(row["new_value"])
    if pd.notna(item["document_date"]) and new < item["document_date"]:
        return BEFORE_DOCUMENT
    book.edits.put(row["movement"], due_date=new, due_date_origin="given")
    return ""


def _document_date(book: _Book, row: Row, item: Row) -> str:
    row["old_value"] = _day_text(item["document_date"])
    book.edits.put(row["movement"], document_date=pd.Timestamp(row["new_value"]))
    return ""


def _customer_type(book: _Book, row: Row, _item: Row) -> str:
    held = book.intake.customers.set_index("customer_id")["customer_type"].astype("str")
    row["old_value"] = held[row["customer_id"]]
    why = f"décision de l'auditeur ({row['author']}) : {row['reason']}"
    book.edits.types[row["customer_id"]] = (row["new_value"], why)
    return ""


def _kind(book: _Book, row: Row, item: Row) -> str:
    row["old_value"] = item["kind"]
    if SIGNS.get(row["new_value"], 0) * item["amount_cents"] < 0:
        return WRONG_SIDE
    book.edits.put(row["movement"], kind=row["new_value"], kind_inferred=False)
    return ""


def _customer(book: _Book, row: Row, item: Row) -> str:
    row["old_value"] = item["customer_id"]
    if item["matching_code"]:
        return LETTERED
    if not book.knows(row["new_value"]):
        return UNKNOWN_CUSTOMER
    if row["new_value"] == item["customer_id"]:
        return SAME_CUSTOMER
    book.edits.put(row["movement"], customer_id=row["new_value"])
    return ""


def _doubtful(book: _Book, row: Row, item: Row) -> str:
    if item["amount_cents"] <= 0:
        return DEBITS_ONLY
    if item["matching_code"]:
        return LETTERED
    book.edits.put(row["movement"], account=DOUBTFUL_ACCOUNT)
    return ""


def _deposit(book: _Book, row: Row, item: Row) -> str:
    if item["amount_cents"] >= 0:
        return CREDITS_ONLY
    refused = _exclude(book, row, item)
    if not refused:
        book.edits.received.append((str(item["customer_id"]), -int(item["amount_cents"])))
    return refused


def _exclude(book: _Book, row: Row, item: Row) -> str:
    if item["matching_code"]:
        return LETTERED
    book.edits.dropped.add(row["movement"])
    return ""


def _accept_match(book: _Book, row: Row, item: Row) -> str:
    other = find_designated(row["new_value"], movements=book.intake.movements, customer=str(item["customer_id"]),
                            debit=item["amount_cents"] < 0)
    if other < 0:
        return NO_COUNTERPART
    if other in book.edits.dropped:
        return GONE
    counterpart = book.item(other)
    if any(counterpart[name] != item[name] for name in ("customer_id", "currency")) or (
            counterpart["amount_cents"] * item["amount_cents"] > 0):
        return OTHER_DEBTOR
    if item["matching_code"] or counterpart["matching_code"]:
        return LETTERED
    return "" if book.match(row["movement"], item, other, counterpart) else NOTHING_LEFT


def _day_text(day: Any) -> str:
    return "" if pd.isna(day) else f"{day:%Y-%m-%d}"


CHANGES_MADE: dict[str, Callable[[_Book, Row, Row], str]] = {
    "due_date": _due_date, "document_date": _document_date, "customer_type": _customer_type, "kind": _kind,
    "customer": _customer, "doubtful": _doubtful, "deposit": _deposit, "exclude": _exclude,
    "accept_match": _accept_match,
}
"""Each makes its change and returns why it cannot, "" where it can."""
