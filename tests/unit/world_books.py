"""The receivable of `world_receivable` as programs for small firms print it: Xero, QuickBooks and their like."""

from collections.abc import Sequence

from tests.unit.world_dynamics import BC_TYPES
from tests.unit.world_printed import Edges, Printed, Row, Rows, american, spread, sums
from tests.unit.world_receivable import ITEMS, NAMES, Item, months_overdue, of

__all__ = [
    "QB_SECTIONS", "QB_TITLE", "QB_TYPES", "quickbooks_desktop", "quickbooks_detail", "quickbooks_detail_variant",
    "quickbooks_summary", "tally", "xero_detail", "xero_detail_without_codes", "xero_summary", "zoho_detail",
]


def _xero(name: str, *, with_codes: bool) -> Printed:
    header = ["Contact Account Number", "Primary Person", "Phone", "Email", "Mobile", "Contact Group", "Invoice Date",
              "Due Date", "Expected Date", "Invoice Number", "Invoice Reference", "Current", "< 1 Month", "1 Month",
              "2 Months", "3 Months", "Older", "Total", "Outstanding Tax"]

    def months(item: Item) -> Row:
        place = min(months_overdue(item) + 1, 5)
        return [item.amount if place == column else 0 for column in range(6)]

    body: Rows = [[]]
    for customer, title in NAMES.items():
        lines = [[*months(item), item.amount, round(item.amount / 6, 2)] for item in of(customer)]
        body += [[title], *(
            [customer if with_codes else None, "Jo Smith", "0123 456", "ap@x.example", None, None, item.date,
             item.due if item.kind == "invoice" else None, None, item.ref if item.kind == "invoice" else None, None,
             *line] for item, line in zip(of(customer), lines, strict=True)),
            [f"Total {title}", *[None] * 10, *sums(lines)], []]
    whole = sums([[*months(item), item.amount, round(item.amount / 6, 2)] for item in ITEMS])
    body += [["Total", *[None] * 10, 0, *whole[1:6], round(whole[6] - whole[0], 2), whole[7]],
             ["Percentage of total", *[None] * 10, "0.00%", *["20.00%"] * 5, "100.00%", None]]
    return Printed(name, "open_items", [
        ["Aged Receivables Detail"], ["Dupont SAS"], ["As at 31 December 2025"], ["Ageing by due date"]],
        [header], body, has_codes=with_codes, has_refs=False, warned="broken_totals", fixed=1)


def xero_detail() -> Printed:
    """Write aged receivables of Xero: the contact above its items, a grand total without what is not due."""
    return _xero("xero_detail", with_codes=True)


def xero_detail_without_codes() -> Printed:
    """Write the same where nobody keeps account numbers."""
    return _xero("xero_detail_without_codes", with_codes=False)


def xero_summary() -> Printed:
    """Write the summary: a row a contact, shares of the total under it."""
    months = [[*([item.amount if min(months_overdue(item) + 1, 5) == column else 0 for column in range(6)]),
               item.amount] for item in ITEMS]
    owner = [item.customer for item in ITEMS]
    body: Rows = [[title, *sums([row for row, code in zip(months, owner, strict=True) if code == customer])]
                  for customer, title in NAMES.items()]
    body += [["Total", *sums(months)], ["Percentage of total", *["16.67%"] * 6, "100.00%"]]
    return Printed("xero_summary", "aged_balance", [
        ["Aged Receivables Summary"], ["Dupont SAS"], ["As at 31 December 2025"], ["Ageing by due date"], []],
        [["Contact", "Current", "< 1 Month", "1 Month", "2 Months", "3 Months", "Older", "Total"]], body,
        has_codes=False)


QB_TYPES = {"invoice": "Invoice", "credit_note": "Credit Memo", "receipt": "Payment"}
QB_SECTIONS: list[tuple[str, int | None, int | None]] = [
    ("91 or more days past due", 91, None), ("61 - 90 days past due", 61, 90), ("31 - 60 days past due", 31, 60),
    ("1 - 30 days past due", 1, 30), ("Current", None, 0)]
QB_TITLE: Rows = [["A/R Aging Detail"], ["Dupont SAS"], ["As of December 31, 2025"], []]


def _in_section(low: int | None, high: int | None) -> list[Item]:
    return [item for item in ITEMS if (low is None or item.days >= low) and (high is None or item.days <= high)]


def quickbooks_detail() -> Printed:
    """Write the ageing detail of QuickBooks Online: sections by age, text amounts with thousands commas."""
    header = ["", "Date", "Transaction type", "Num", "Customer", "Due date", "Past due", "Amount", "Open balance"]
    body: Rows = []
    for section, low, high in QB_SECTIONS:
        items = _in_section(low, high)
        body += [[section], *([None, f"{item.date:%m/%d/%Y}", QB_TYPES[item.kind], item.ref, NAMES[item.customer],
                               f"{item.due:%m/%d/%Y}", item.days, american(item.original), american(item.amount)]
                              for item in items),
                 [f"Total for {section}", None, None, None, None, None, None,
                  "$" + american(round(sum(item.original for item in items), 2)),
                  "$" + american(round(sum(item.amount for item in items), 2))]]
    body.append(["TOTAL", *[None] * 6, "$" + american(38701.30), "$" + american(36701.30)])
    return Printed("quickbooks_detail", "open_items", QB_TITLE, [header], body, ",", has_codes=False, currency="USD",
                   fixed=1)


def quickbooks_detail_variant() -> Printed:
    """Write the other column set, as a workbook."""
    header = ["Num", "Customer", "Date", "Due Date", "Amount", "Open Balance", "P.O. #"]
    body: Rows = []
    for section, low, high in QB_SECTIONS:
        items = _in_section(low, high)
        body += [[section], *([item.ref, NAMES[item.customer], f"{item.date:%m/%d/%Y}", f"{item.due:%m/%d/%Y}",
                               item.original, item.amount, None] for item in items),
                 [f"Total for {section}", None, None, None, round(sum(item.original for item in items), 2),
                  round(sum(item.amount for item in items), 2), None]]
    body.append(["TOTAL", None, None, None, 38701.30, 36701.30, None])
    return Printed("quickbooks_detail_variant", "open_items", QB_TITLE, [header], body, has_codes=False, fixed=1)


def quickbooks_desktop() -> Printed:
    """Write the ageing detail of QuickBooks Desktop: the section in the first column, no title."""
    header = ["", "Type", "Date", "Num", "P. O. #", "Name", "Terms", "Due Date", "Class", "Aging", "Open Balance"]
    body: Rows = []
    for section, low, high in [("Current", None, 0), ("1 - 30", 1, 30), ("31 - 60", 31, 60), ("61 - 90", 61, 90),
                               ("> 90", 91, None)]:
        items = _in_section(low, high)
        body += [[section], *([None, QB_TYPES[item.kind], f"{item.date:%m/%d/%Y}", item.ref, None,
                               NAMES[item.customer], "Net 30", f"{item.due:%m/%d/%Y}", None,
                               item.days if item.days > 0 else None, item.amount] for item in items),
                 [f"Total {section}", *[None] * 9, round(sum(item.amount for item in items), 2)]]
    body.append(["TOTAL", *[None] * 9, 36701.30])
    return Printed("quickbooks_desktop", "open_items", [], [header], body, has_date=False, has_codes=False, fixed=1)


def quickbooks_summary() -> Printed:
    """Write the ageing summary: a customer with jobs has a row of his own, one a job, and a total."""
    header = ["", "Current", "1 - 30", "31 - 60", "61 - 90", "91 and over", "Total"]
    edges: Edges = [(None, 0), (1, 30), (31, 60), (61, 90), (91, None)]

    def line(items: Sequence[Item]) -> Row:
        return sums([[*spread(item.amount, item.days, edges), item.amount] for item in items])

    body: Rows = []
    for customer, name in NAMES.items():
        items = of(customer)
        if customer in ("10040", "10060"):
            own = [line(items[:1])] if customer == "10060" else [[None] * 6]
            body += [[name, *own[0]], ["   Chantier A", *line(items[len(own) if own[0][5] else 0:3])],
                     ["   Chantier B", *line(items[3:])], [f"Total {name}", *line(items)]]
        else:
            body.append([name, *line(items)])
    body.append(["TOTAL", *line(ITEMS)])
    return Printed("quickbooks_summary", "aged_balance", [
        ["A/R Aging Summary"], ["Dupont SAS"], ["As of December 31, 2025"], []], [header], body, has_codes=False,
        edges=edges, fixed=1)


def tally() -> Printed:
    """Write bills receivable of Tally: a header of two rows, credits marked Cr, a last sum without a word."""
    header: Rows = [["Date", "Ref. No.", "Party's Name", "Opening", "Pending", "Due on", "Overdue"],
              [None, None, None, "Amount", "Amount", None, "by days"]]

    def written(amount: float) -> str:
        return f"{abs(amount):,.2f} {'Dr' if amount > 0 else 'Cr'}"

    body: Rows = [[f"{item.date.day}-{item.date:%b-%y}", item.ref, NAMES[item.customer], written(item.original),
                   written(item.amount), f"{item.due.day}-{item.due:%b-%y}", item.days if item.days > 0 else None]
                  for item in ITEMS]
    body.append([None, None, None, written(38701.30), written(36701.30), None, None])
    return Printed("tally", "open_items", [["Dupont SAS"], ["12 rue du Port"], ["Bills Receivable"],
                                           ["1-Apr-25 to 31-Dec-25"]], header, body, has_codes=False)


def zoho_detail() -> Printed:
    """Write the ageing detail of Zoho Books: text amounts with the currency's sign."""
    header = ["Date", "Transaction#", "Type", "Status", "Customer Name", "Age", "Amount", "Balance Due"]
    body: Rows = [[f"{item.date:%d %b %Y}", item.ref, BC_TYPES[item.kind], "Overdue" if item.days > 0 else "Sent",
                   NAMES[item.customer], f"{item.days} Days", f"€{american(item.original)}",
                   f"€{american(item.amount)}"] for item in ITEMS]
    return Printed("zoho_detail", "open_items", [["Dupont SAS"], ["AR Aging Details"], ["As of 31 Dec 2025"]], [header],
                   body, ";", has_codes=False, currency="EUR", dates=("document",))
