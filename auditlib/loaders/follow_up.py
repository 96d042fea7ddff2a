"""What the follow-up gives back: contacts, actions, commitments, promises and disputes, under the items' own names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.follow_up_words import LITIGATION_PREFIX, LITIGATIONS
from auditlib.loaders.debtors import align_ids
from auditlib.loaders.movements import skip
from auditlib.loaders.named_items import items_named
from auditlib.loaders.promises import REFUSALS, promises_of
from auditlib.loaders.source import Source
from auditlib.loaders.table_columns import cents, dates, texts
from auditlib.schemas import ACTIONS, COMMITMENTS, CONTACTS, DISPUTES, PROMISES, Table, empty, validate

__all__ = ["FollowUp", "read_follow_up", "with_followed_disputes", "with_followed_promises"]

NO_CUSTOMER = REFUSALS["no_customer"]
NO_ITEM = REFUSALS["no_item"]
NO_DISPUTE_ITEM = "a dispute or a litigation needs the document it is about; give its reference"
CLOSED_FIRST = "Litige clos le: the dispute is closed before it is opened"
NO_ACTION_DAY = "Action faite le: no date is given; write it like 31/12/2025"
Reasons = npt.NDArray[np.object_]


@dataclass(frozen=True)
class FollowUp:
    """What the follow-up sheets say.

    Attributes
    ----------
    contacts, actions, commitments : DataFrame
        `schemas.CONTACTS`, `schemas.ACTIONS`, `schemas.COMMITMENTS`.
    promises, disputes : DataFrame
        `schemas.PROMISES`, `schemas.DISPUTES`: to join those of other documents. [cents, VAT included]
    refused : dict of int to list of DataFrame
        Rows that cannot be used, with the reason, by place of the source.
    """

    contacts: pd.DataFrame
    actions: pd.DataFrame
    commitments: pd.DataFrame
    promises: pd.DataFrame
    disputes: pd.DataFrame
    refused: dict[int, list[pd.DataFrame]] = field(default_factory=dict)


def read_follow_up(
    sources: Sequence[Source], numbers: Mapping[int, int], *, movements: pd.DataFrame, customers: pd.DataFrame,
) -> FollowUp:
    """Read the sheets of follow-up; of the same thing said twice the later document stands, once.

    Parameters
    ----------
    sources : sequence of Source
        Of the kinds follow_up, contacts, actions and commitments; a workbook printed for an earlier date is older.
    numbers : mapping of int to int
        Place of each source, by its ``id``.
    movements : DataFrame
        As `auditlib.loaders.named_items.items_named` takes them, with ``movement_id``.
    customers : DataFrame, schema CUSTOMERS
    """
    found: dict[str, list[pd.DataFrame]] = {}
    refused = {}
    for source in sorted(sources, key=lambda one: (str(one.title.as_of_date or ""), one.file)):
        rows = _rows(source, movements, customers)
        for name, part in _parts(source.kind, rows, movements, customers).items():
            found.setdefault(name, []).append(part)
        refused[numbers[id(source)]] = [
            skip(source.table[rows.reason == why], "rejected", why) for why in dict.fromkeys(rows.reason) if why]
    return FollowUp(
        contacts=_last(found.get("contacts", []), CONTACTS, ["customer_id", "name"]),
        actions=_last(found.get("actions", []), ACTIONS,
                      ["customer_id", "document_ref", "step", "channel", "done_on", "comment"]),
        commitments=_last(found.get("commitments", []), COMMITMENTS,
                          ["customer_id", "document_ref", "what", "due_on"]),
        promises=_last(found.get("promises", []), PROMISES, ["customer_id", "movement_id", "amount_cents",
                                                             "promised_on"]),
        disputes=_last(found.get("disputes", []), DISPUTES, ["movement_id"]), refused=refused)


@dataclass(frozen=True)
class _Rows:
    """A source's rows, customers under the items' codes: the item each names (-1: none), why it says nothing usable."""

    table: pd.DataFrame
    item: npt.NDArray[np.int64]
    reason: Reasons

    def refuse(self, bad: npt.NDArray[np.bool_], why: str) -> None:
        """Write down why rows cannot be used, where nothing is yet."""
        self.reason[bad & (self.reason == "")] = why

    def fill(self, *roles: str) -> npt.NDArray[np.bool_]:
        """Tell the rows that fill in one of some columns of texts, days or amounts."""
        filled = np.zeros(len(self.table), dtype=bool)
        for role in roles:
            column = self.table[role]
            is_day = column.dtype.kind == "M"
            filled |= (column.notna() if is_day else ~column.isin(["", 0])).to_numpy()
        return filled


def _rows(source: Source, movements: pd.DataFrame, customers: pd.DataFrame) -> _Rows:
    code, name = texts(source.table, "customer_id"), texts(source.table, "customer_name")
    who = align_ids(code.where(code != "", name), name, customers)
    unknown = ~who.isin(customers["customer_id"]).to_numpy()
    table = source.table.assign(customer_id=who, source_file=source.file, source_sheet=source.sheet)
    return _Rows(table, items_named(table, who.to_numpy(dtype=object), movements),
                 np.where(unknown, NO_CUSTOMER, "").astype(object))


def _parts(kind: str, rows: _Rows, movements: pd.DataFrame, customers: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return what the rows say, by table."""
    table = rows.table
    if kind == "contacts":
        return {"contacts": _contacts(table)[rows.reason == ""]}
    if kind == "actions":  # the log outlives what it is about
        return {"actions": _actions(table)[rows.reason == ""]}
    lost = (texts(table, "document_ref") != "").to_numpy() & (rows.item < 0)
    if kind == "commitments":
        rows.refuse(lost & dates(table, "kept_on").isna().to_numpy(), NO_ITEM)
        return {"commitments": _commitments(table)[rows.reason == ""]}
    rows.refuse(lost, NO_ITEM)
    return _of_workbook(rows, movements, customers)


def _of_workbook(rows: _Rows, movements: pd.DataFrame, customers: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Take apart the rows of our workbook's customers and items: promise, action, dispute, litigation."""
    table = rows.table
    promises, why = promises_of(table.rename(columns={"promised_cents": "amount_cents"}), movements, customers)
    promising = rows.fill("promised_cents", "promise_made_on", "promised_on")
    for code, sentence in REFUSALS.items():
        rows.refuse(promising & (why == code), sentence)
    acting = rows.fill("step", "channel", "done_on", "contact", "action_owner", "action_comment", "next_on")
    rows.refuse(acting & table["done_on"].isna().to_numpy(), NO_ACTION_DAY)
    disputing = rows.fill("dispute_reason", "dispute_opened_on", "dispute_cents", "litigation", "litigation_on")
    rows.refuse(disputing & (rows.item < 0), NO_DISPUTE_ITEM)
    rows.refuse((table["dispute_closed_on"] < table["dispute_opened_on"]).to_numpy(), CLOSED_FIRST)
    good = rows.reason == ""
    chosen = disputing & good
    return {"promises": promises[promising & good],
            "actions": pd.concat([_actions(table[acting & good]), _handed_over(table[good])], ignore_index=True),
            "disputes": _disputes(table[chosen], movements.iloc[rows.item[chosen]])}


def _handed_over(table: pd.DataFrame) -> pd.DataFrame:
    """Return the litigations begun on a known day as actions."""
    begun = table[(table["litigation"] != "") & table["litigation_on"].notna()]
    which = begun["litigation"].map(LITIGATIONS).astype("str")
    return _actions(begun.assign(step="hand_over", channel="", done_on=begun["litigation_on"], next_on=dates(begun, ""),
                                 action_comment=which))


def _disputes(table: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Return disputes, a litigation being one of the whole item whose reason says which."""
    whole = items["amount_cents"].to_numpy()
    amount = cents(table, "dispute_cents").to_numpy()
    in_court = (table["litigation"] != "").to_numpy()
    court = LITIGATION_PREFIX + table["litigation"].map(LITIGATIONS).fillna("").astype("str")
    opened = dates(table, "dispute_opened_on")
    return pd.DataFrame({
        "movement_id": items["movement_id"].to_numpy(),
        "amount_cents": np.where(in_court | (amount <= 0), whole, amount),
        "opened_on": opened.where(~in_court, dates(table, "litigation_on").fillna(opened)).to_numpy(),
        "closed_on": dates(table, "dispute_closed_on").to_numpy(),
        "reason": texts(table, "dispute_reason").where(~in_court, court).to_numpy(),
        "owner": texts(table, "dispute_owner").to_numpy()})


def _contacts(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(do_not_contact=texts(table, "do_not_contact") == "yes").reindex(columns=list(CONTACTS.columns))


def _commitments(table: pd.DataFrame) -> pd.DataFrame:
    what = texts(table, "what")
    return table.assign(what=what.where(what != "", "other")).reindex(columns=list(COMMITMENTS.columns))


def _actions(table: pd.DataFrame) -> pd.DataFrame:
    renamed = table.assign(owner=texts(table, "action_owner"), comment=texts(table, "action_comment"))
    return renamed.reindex(columns=list(ACTIONS.columns))


def _last(parts: list[pd.DataFrame], table: Table, same: list[str]) -> pd.DataFrame:
    """Stack what the sources say, the later ones standing where two say the same thing."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return empty(table)
    stacked = pd.concat(filled, ignore_index=True).drop_duplicates(same, keep="last")
    return validate(stacked[list(table.columns)], table)


def with_followed_disputes(disputes: pd.DataFrame, followed: pd.DataFrame) -> pd.DataFrame:
    """Put what the follow-up says of an item's dispute in the place of what other documents say of it."""
    others = disputes[~disputes["movement_id"].isin(followed["movement_id"])]
    return validate(pd.concat([others, followed], ignore_index=True), DISPUTES)


def with_followed_promises(promises: pd.DataFrame, followed: pd.DataFrame) -> pd.DataFrame:
    """Add the promises of the follow-up; one that a list states too stands once."""
    same = ["customer_id", "movement_id", "amount_cents", "promised_on"]
    stacked = pd.concat([promises, followed], ignore_index=True)
    again = stacked.duplicated(same) & (stacked.index >= len(promises))
    return validate(stacked[~again], PROMISES)
