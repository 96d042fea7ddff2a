"""How invoices get paid: when, by which means, in how many parts, and with which accidents."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from auditlib.demo.behaviour import BILL, DEBIT, NEVER, TRANSFER
from auditlib.demo.book import ACCOUNTS, NO_KEY, Book
from auditlib.demo.days import Days, next_business_day, run_days
from auditlib.demo.habits import Habits

__all__ = ["plan_payments", "post_payments"]

Mask = npt.NDArray[np.bool_]
MINIMUM_PART = 20_000  # cents: nobody splits a smaller invoice


def plan_payments(sales: pd.DataFrame, customers: pd.DataFrame, *, first: int, last: int, habits: Habits,
                  calendar: np.busdaycalendar, rng: np.random.Generator) -> pd.DataFrame:
    """Decide for each invoice the day its first payment comes.

    Returns
    -------
    DataFrame
        `sales` with ``day`` (`NEVER` where nobody pays), ``stop`` (no payment after it) and ``mode``.
    """
    count, customer = len(sales), sales["customer"].to_numpy()
    of = {name: customers[name].to_numpy()[customer] for name in
          ("lateness", "spread", "drift", "run", "mode", "stop_day", "takes_discount")}
    months = np.maximum(sales["due"].to_numpy() - first, 0) / 30.4
    late = of["lateness"] + of["drift"] * months + of["spread"] * rng.standard_normal(count)
    wanted = np.rint(sales["due"].to_numpy() + late)
    wanted = np.where(of["takes_discount"], sales["posting"] + 7, wanted)
    wanted = np.where(sales["disputed"], np.maximum(wanted, sales["closed"] + rng.integers(3, 40, count)), wanted)
    wanted = np.maximum(wanted, np.maximum(sales["posting"] + 2, sales["not_before"]))
    day = next_business_day(run_days(wanted.astype(np.int64), of["run"]), calendar)
    lost = rng.random(count) < habits.lost_rate * np.where(sales["amount"] < 100_000, 3.0, 0.4)
    return sales.assign(day=np.where(lost, NEVER, day), stop=np.minimum(of["stop_day"], last), mode=of["mode"])


def post_payments(book: Book, plan: pd.DataFrame, customers: pd.DataFrame, *, last: int, habits: Habits,
                  calendar: np.busdaycalendar, rng: np.random.Generator) -> None:
    """Post every settlement that falls on or before `last`, and link it to what it pays."""
    due = plan[(plan["remaining"] > 0) & (plan["day"] < NEVER)]
    sets_off, discounted = _chosen(due, customers, rng)
    accepted = next_business_day(due["posting"].to_numpy() + 6, calendar)
    is_bill = ((due["mode"] == BILL) & (due["due"] > accepted + 10) & ~due["disputed"]).to_numpy() & ~sets_off
    is_debit = (due["mode"] == DEBIT).to_numpy() & ~sets_off & ~due["disputed"].to_numpy() & ~discounted
    _post_set_offs(book, due[sets_off], calendar)
    _post_bills(book, due[is_bill], accepted[is_bill], last=last, habits=habits, calendar=calendar, rng=rng)
    _post_debits(
        book, due[is_debit].assign(earliest=due["posting"] + 2), last=last, habits=habits, calendar=calendar, rng=rng
    )
    ordinary = due[~sets_off & ~is_bill & ~is_debit]
    ordinary = _post_discounts(book, ordinary, discounted[~sets_off & ~is_bill & ~is_debit])
    _post_receipts(book, _in_parts(ordinary, customers, habits, calendar, rng), customers, last=last, habits=habits,
                   calendar=calendar, rng=rng)


def _chosen(due: pd.DataFrame, customers: pd.DataFrame, rng: np.random.Generator) -> tuple[Mask, Mask]:
    """Mark invoices settled by set-off, and those paid early for a discount."""
    customer, in_time = due["customer"].to_numpy(), (due["day"] <= due["stop"]).to_numpy()
    sets_off = customers["sets_off"].to_numpy()[customer] & in_time & (rng.random(len(due)) < 0.4)
    early = (due["day"] <= due["posting"] + 12).to_numpy()
    return sets_off, customers["takes_discount"].to_numpy()[customer] & in_time & early & ~sets_off


def _post_set_offs(book: Book, due: pd.DataFrame, calendar: np.busdaycalendar) -> None:
    customer, key, amount = (due[name].to_numpy() for name in ("customer", "key", "remaining"))
    day = next_business_day(due["day"].to_numpy(), calendar)
    book.link(key, book.post("set_off", customer=customer, posting=day, amount=-amount, quote=key), amount)


def _post_discounts(book: Book, due: pd.DataFrame, discounted: Mask) -> pd.DataFrame:
    """Post the 2 % taken for early payment, and return what is left to pay in cash."""
    taken = np.where(discounted, np.rint(due["remaining"] * 0.02), 0).astype(np.int64)
    here = due[taken > 0]
    credit = book.post("discount", customer=here["customer"].to_numpy(), posting=here["day"].to_numpy(),
                       amount=-taken[taken > 0], quote=here["key"], vat_rate=here["vat_rate"])
    book.link(here["key"].to_numpy(), credit, taken[taken > 0])
    return due.assign(remaining=due["remaining"] - taken)


def _post_bills(book: Book, due: pd.DataFrame, accepted: Days, *, last: int, habits: Habits,
                calendar: np.busdaycalendar, rng: np.random.Generator) -> None:
    """Post bills of exchange: 411 to 413 at acceptance, credited by the bank at maturity, some returned unpaid."""
    here = accepted <= last
    due, accepted = due[here], accepted[here]
    customer, key, amount, maturity = (due[name].to_numpy() for name in ("customer", "key", "remaining", "due"))
    bill = ACCOUNTS.index("413000")
    claim = {"customer": customer, "posting": accepted, "document": due["document"].to_numpy(), "due": maturity}
    moved = book.post("reclassification", **claim, amount=-amount, quote=key, origin=key, true_due=maturity)
    drawn = book.post("reclassification", **claim, amount=amount, quote=key, origin=key, true_due=maturity, entry=moved,
                      account=bill)
    book.link(key, moved, amount)
    paid = next_business_day(maturity, calendar)
    done = paid <= last
    credit = book.post("receipt", customer=customer[done], posting=paid[done], amount=-amount[done], quote=key[done],
                       account=bill, mode=BILL)
    book.link(drawn[done], credit, amount[done])
    _post_returns(book, due[done], paid[done], last=last, habits=habits, calendar=calendar, rng=rng)


def _post_debits(book: Book, due: pd.DataFrame, *, last: int, habits: Habits, calendar: np.busdaycalendar,
                 rng: np.random.Generator) -> None:
    """Post direct debits, drawn on the due date, some returned unpaid."""
    drawn = next_business_day(due[["due", "earliest", "not_before"]].max(axis=1).to_numpy(), calendar)
    done = drawn <= np.minimum(last, due["stop"].to_numpy())
    due, drawn = due[done], drawn[done]
    customer, key, amount = (due[name].to_numpy() for name in ("customer", "key", "remaining"))
    credit = book.post("receipt", customer=customer, posting=drawn, amount=-amount, quote=key, mode=DEBIT)
    book.link(key, credit, amount)
    _post_returns(book, due, drawn, last=last, habits=habits, calendar=calendar, rng=rng)


def _post_returns(book: Book, paid: pd.DataFrame, day: Days, *, last: int, habits: Habits,
                  calendar: np.busdaycalendar, rng: np.random.Generator) -> None:
    """Post what the bank takes back some days later, and the transfer that makes up for it weeks after."""
    back = next_business_day(day + rng.integers(3, 9, len(day)), calendar)
    returned = (rng.random(len(day)) < habits.return_rate) & (back <= last)
    paid, back = paid[returned], back[returned]
    customer, key, amount, due = (paid[name].to_numpy() for name in ("customer", "key", "remaining", "due"))
    claim = book.post(
        "unpaid_return", customer=customer, posting=back, amount=amount, quote=key, origin=key, true_due=due
    )
    again = next_business_day(back + rng.integers(12, 90, len(back)), calendar)
    done = again <= np.minimum(last, paid["stop"].to_numpy())
    credit = book.post("receipt", customer=customer[done], posting=again[done], amount=-amount[done], quote=key[done])
    book.link(claim[done], credit, amount[done])


def _in_parts(due: pd.DataFrame, customers: pd.DataFrame, habits: Habits, calendar: np.busdaycalendar,
              rng: np.random.Generator) -> pd.DataFrame:
    """Split the payments of some invoices into two parts, weeks apart; one row per part."""
    count, amount = len(due), due["remaining"].to_numpy()
    round_sums = customers["pays_round_sums"].to_numpy()[due["customer"]]
    split = ((rng.random(count) < habits.part_payment_rate) | round_sums) & (amount >= MINIMUM_PART)
    part = (amount * rng.uniform(0.3, 0.7, count)).astype(np.int64)
    part = np.where(round_sums, part // 10_000 * 10_000, part)
    part = np.where(split & (part > 0), part, amount)
    later = run_days(due["day"].to_numpy() + rng.integers(18, 60, count), customers["run"].to_numpy()[due["customer"]])
    rest = due.assign(remaining=amount - part, day=next_business_day(later, calendar))
    parts = pd.concat(
        [due.assign(remaining=part, on_account=round_sums), rest.assign(on_account=False)], ignore_index=True
    )
    return parts[(parts["remaining"] > 0) & (parts["day"] <= parts["stop"])]


def _post_receipts(book: Book, parts: pd.DataFrame, customers: pd.DataFrame, *, last: int, habits: Habits,
                   calendar: np.busdaycalendar, rng: np.random.Generator) -> None:
    """Post transfers and cheques; customers who pay on fixed days send one for all the invoices of the day."""
    parts = parts.sort_values(["day", "customer", "key"], kind="stable", ignore_index=True)
    in_runs = customers["run"].to_numpy()[parts["customer"]] > 0
    day, customer = parts["day"].to_numpy(), parts["customer"].to_numpy()
    run = np.where(in_runs, customer, len(customers) + np.arange(len(parts)))
    begins, of, size = np.unique(day << 32 | run, return_index=True, return_inverse=True, return_counts=True)[1:]
    total = np.bincount(of, weights=parts["remaining"], minlength=len(begins)).astype(np.int64)
    gap = _small_gaps(total, size, habits, rng)
    quote = _quoted(parts, begins, habits, rng)
    mode = np.where(parts["mode"].to_numpy()[begins] == 1, 1, TRANSFER)
    receipts = book.post("receipt", customer=customer[begins], posting=day[begins], amount=-(total - gap), quote=quote,
                         quotes=size, mode=mode)
    short = np.where(size[of] == 1, np.maximum(gap, 0)[of], 0)
    book.link(parts["key"].to_numpy(), receipts[of], parts["remaining"].to_numpy() - short)
    _post_roundings(book, parts, begins, receipts, gap, last=last, calendar=calendar, rng=rng)
    _post_duplicates(book, parts, begins, total, last=last, habits=habits, calendar=calendar, rng=rng)


def _small_gaps(total: Days, size: Days, habits: Habits, rng: np.random.Generator) -> Days:
    """Draw the cents that miss (positive) or exceed on some single payments."""
    odd = (size == 1) & (total > 5_000) & (rng.random(len(total)) < habits.rounding_rate)
    return np.where(odd, rng.choice([-150, -10, -2, -1, 1, 1, 2, 5, 30, 200], len(total)), 0)


def _quoted(parts: pd.DataFrame, begins: Days, habits: Habits, rng: np.random.Generator) -> Days:
    """Choose the invoice a receipt names: its first, none, or now and then another one of anybody's."""
    own = parts["key"].to_numpy()[begins]
    near = np.clip(begins + rng.integers(-40, 41, len(begins)), 0, len(parts) - 1)
    draw = rng.random(len(begins))
    silent = (draw > habits.reference_rate) | parts["on_account"].to_numpy()[begins]
    wrong = draw < habits.wrong_reference_rate
    return np.select([silent, wrong], [np.int64(NO_KEY), parts["key"].to_numpy()[near]], default=own)


def _post_roundings(book: Book, parts: pd.DataFrame, begins: Days, receipts: Days, gap: Days, *, last: int,
                    calendar: np.busdaycalendar, rng: np.random.Generator) -> None:
    """Clear small differences by a miscellaneous entry some days later."""
    odd = np.flatnonzero(gap)
    day = next_business_day(parts["day"].to_numpy()[begins[odd]] + rng.integers(3, 25, len(odd)), calendar)
    odd, day = odd[day <= last], day[day <= last]
    key, customer = parts["key"].to_numpy()[begins[odd]], parts["customer"].to_numpy()[begins[odd]]
    cleared = book.post(
        "rounding", customer=customer, posting=day, amount=-gap[odd], quote=key, vat_rate=np.zeros(len(odd))
    )
    missing = gap[odd] > 0
    book.link(key[missing], cleared[missing], gap[odd][missing])
    book.link(cleared[~missing], receipts[odd][~missing], -gap[odd][~missing])


def _post_duplicates(book: Book, parts: pd.DataFrame, begins: Days, total: Days, *, last: int, habits: Habits,
                     calendar: np.busdaycalendar, rng: np.random.Generator) -> None:
    """Post payments that come twice; some are paid back, the others stay as a credit nobody looks at."""
    day = next_business_day(parts["day"].to_numpy()[begins] + rng.integers(5, 25, len(begins)), calendar)
    twice = (rng.random(len(begins)) < habits.duplicate_rate) & (day <= last)
    key, customer = parts["key"].to_numpy()[begins[twice]], parts["customer"].to_numpy()[begins[twice]]
    day, amount = day[twice], total[twice]
    credit = book.post("receipt", customer=customer, posting=day, amount=-amount, quote=key)
    back = next_business_day(day + rng.integers(20, 90, len(day)), calendar)
    refunded = (rng.random(len(day)) < habits.refund_rate) & (back <= last)
    debit = book.post("refund", customer=customer[refunded], posting=back[refunded], amount=amount[refunded],
                      quote=key[refunded])
    book.link(debit, credit[refunded], amount[refunded])
