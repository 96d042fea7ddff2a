"""What a debtor and the client said and did before a call, as facts: promises, disputes, calls, our commitments."""

from typing import TYPE_CHECKING

import pandas as pd

from auditlib.claimable import as_of
from auditlib.commitments import outcomes
from auditlib.follow_up_chapter import DISPUTE_COLUMNS, PROMISE_COLUMNS
from auditlib.follow_up_words import COMMITMENTS, STEPS
from auditlib.formats import Formats
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["History", "histories", "known_promises"]

MOST_LINES, COMMENT_LENGTH = 3, 90
CONTESTED = ["customer_id", "movement_id", "document_ref", "disputed_cents"]
PROMISE_STATES = {
    "kept": N_("tenue"), "broken": N_("non tenue"), "pending": N_("à venir"), "unjudged": N_("non vérifiable")}
PROMISE = N_("{amount} pour le {day} : {state}")
DISPUTE = N_("{ref} : {amount}, {reason}, suivi par {owner}")
UNNAMED_DISPUTE = N_("{ref} : {amount}, motif non communiqué")
ACTION = N_("le {day} : {step}, {who}")
NO_REASON, NOBODY, CALLED = N_("motif non communiqué"), N_("personne"), N_("interlocuteur non noté")
COMMITMENT = N_("{what}, pour le {day} ({state})")
COMMITMENT_STATES = {"late": N_("en retard : à tenir avant d’appeler"), "pending": N_("à venir")}
BROKEN = N_(" {amount} promis pour le {day} ne sont pas arrivés.")


class History:
    """The facts of one debtor, in words; each a tuple of lines, the latest first.

    Attributes
    ----------
    promises, disputes, actions, commitments : tuple of str
    broken : str
        The last promise not kept, as the call states it; "" for none.
    lacks_invoice : bool
        A dispute or a commitment of ours says that an invoice is waited for.
    """

    def __init__(self, promises: pd.DataFrame, disputes: pd.DataFrame, actions: pd.DataFrame,
                 commitments: pd.DataFrame, *, disputed: pd.DataFrame, formats: Formats) -> None:
        self._formats = formats  # most debtors have nothing of most kinds: look no further then
        self.promises = self._promises(promises) if len(promises) else ()
        self.disputes = self._disputes(disputes, disputed) if len(disputed) else ()
        self.actions = self._actions(actions) if len(actions) else ()
        self.commitments = self._commitments(commitments) if len(commitments) else ()
        self.broken = self._broken(promises) if len(promises) else ""
        reasons = disputes["reason"].astype("str").str.lower()
        self.lacks_invoice = bool(reasons.str.contains("non reçue|not received").any()
                                  or (commitments["what"].astype("str") == "duplicate").any())

    def _promises(self, rows: pd.DataFrame) -> tuple[str, ...]:
        _ = self._formats.gettext
        last = rows.sort_values("promised_on", ascending=False, kind="stable").head(MOST_LINES)
        return tuple(_(PROMISE).format(
            amount=self._formats.cents(one["amount_cents"]), day=self._formats.short_date(one["promised_on"]),
            state=_(PROMISE_STATES[str(one["outcome"])])) for one in last.to_dict("records"))

    def _broken(self, rows: pd.DataFrame) -> str:
        last = rows[rows["outcome"].astype("str") == "broken"].sort_values("promised_on", kind="stable").tail(1)
        return "".join(self._formats.gettext(BROKEN).format(
            amount=self._formats.cents(one["amount_cents"]), day=self._formats.short_date(one["promised_on"]))
            for one in last.to_dict("records"))

    def _disputes(self, rows: pd.DataFrame, disputed: pd.DataFrame) -> tuple[str, ...]:
        """List each contested item, with what the list of disputes says of it."""
        _ = self._formats.gettext
        known = rows.drop_duplicates("movement_id").set_index("movement_id")[["reason", "owner"]]
        lines = []
        for one in disputed.head(MOST_LINES).to_dict("records"):
            reason, owner = known.loc[one["movement_id"]] if one["movement_id"] in known.index else ("", "")
            said = DISPUTE if owner else UNNAMED_DISPUTE if not reason else N_("{ref} : {amount}, {reason}")
            lines.append(_(said).format(ref=one["document_ref"], amount=self._formats.cents(one["disputed_cents"]),
                                        reason=_(str(reason)) if reason else _(NO_REASON), owner=owner))
        return tuple(lines)

    def _actions(self, rows: pd.DataFrame) -> tuple[str, ...]:
        _ = self._formats.gettext
        last = rows.sort_values("done_on", ascending=False, kind="stable").head(MOST_LINES)
        return tuple(self._action(one["step"], one["done_on"], str(one["contact"]), str(one["comment"]))
                     for one in last.to_dict("records"))

    def _action(self, step: object, day: object, contact: str, comment: str) -> str:
        _ = self._formats.gettext
        known = STEPS.get(str(step))
        line = _(ACTION).format(day=self._formats.short_date(day), step=_(known).lower() if known else str(step),
                                who=contact or _(CALLED))
        short = comment if len(comment) <= COMMENT_LENGTH else comment[:COMMENT_LENGTH - 1].rstrip() + "…"
        return f"{line} – {short}" if short else line

    def _commitments(self, rows: pd.DataFrame) -> tuple[str, ...]:
        _ = self._formats.gettext
        open_ones = rows[rows["outcome"].isin(list(COMMITMENT_STATES))].sort_values("due_on", kind="stable")
        return tuple(_(COMMITMENT).format(
            what=_(COMMITMENTS.get(str(one["what"]), COMMITMENTS["other"])),
            day=self._formats.short_date(one["due_on"]), state=_(COMMITMENT_STATES[str(one["outcome"])]))
            for one in open_ones.head(MOST_LINES).to_dict("records"))


def histories(results: "AuditResults", customers: list[str], formats: Formats) -> dict[str, History]:
    """Return the facts of each customer."""
    day = pd.Timestamp(as_of(results))
    held = results.commitments.assign(outcome=outcomes(results.commitments, as_of_date=day.date()))
    done = results.actions[results.actions["done_on"] <= day]
    items = results.open_items
    contested = items[(items["disputed_cents"] > 0) & (items["residual_cents"] > 0)].sort_values(
        ["disputed_cents", "item_id"], ascending=[False, True], kind="stable")[CONTESTED]
    tables = [_by_customer(table) for table in (
        known_promises(results), _with_columns(results.disputes, DISPUTE_COLUMNS), done, held, contested)]
    return {one: History(*(found.get(one, none) for found, none in tables[:4]),
                         disputed=tables[4][0].get(one, tables[4][1]), formats=formats) for one in customers}


def known_promises(results: "AuditResults") -> pd.DataFrame:
    """Return the promises with what became of each; none where the documents tell of none."""
    return _with_columns(results.promises, PROMISE_COLUMNS)


def _with_columns(table: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    if set(columns) <= set(table.columns):
        return table
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})


def _by_customer(table: pd.DataFrame) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    who = table["customer_id"].astype("str")
    return {str(one): rows for one, rows in table.groupby(who, sort=False)}, table.head(0)
