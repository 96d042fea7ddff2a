"""One small receivable at 31/12/2025, worked by hand, that every product prints in its own way.

Balances: 3 545.50 + 22 479.99 + 385.20 + 6 456.78 - 299.50 + 4 133.33 = 36 701.30. Credits: 310.75 + 500.00 + 640.00
+ 333.33 + 9 800.00 + 88.89 = 11 672.97; gross 48 374.27. Gross by days overdue: not due 14 746.37 (due today included);
1-30 3 910.56; 31-60 7 739.94; 61-90 5 532.97; 91-120 5 333.33; over 120 11 111.10.
"""

import datetime as dt
from typing import NamedTuple

__all__ = ["AGES", "BALANCES", "CLEARED", "DAY", "ITEMS", "NAMES", "TOTAL", "Item", "months_overdue", "of"]

DAY = dt.date(2025, 12, 31)
TOTAL = 36701.30
NAMES = {
    "10010": "Brasserie du Nord SA", "10020": "Martin & Fils SARL", "10030": "Ets Leblanc", "10040": "Smith, Jones Ltd",
    "10050": "Total Energies Distribution", "10060": "Café de l'Éole",
}
BALANCES = {"10010": 3545.50, "10020": 22479.99, "10030": 385.20, "10040": 6456.78, "10050": -299.50, "10060": 4133.33}
AGES = {"not_due": 14746.37, "1-30": 3910.56, "31-60": 7739.94, "61-90": 5532.97, ">90": 16444.43,
        "unallocated_credits": -11672.97}


class Item(NamedTuple):
    """An open item: `amount` is what is open of `original`; `due` of a credit is its own date."""

    customer: str
    ref: str
    kind: str
    date: dt.date
    due: dt.date
    amount: float
    original: float

    @property
    def days(self) -> int:
        """Days overdue at the end of the year."""
        return (DAY - self.due).days

    @property
    def age(self) -> int:
        """Days since the document."""
        return (DAY - self.date).days


def _item(customer: str, ref: str, kind: str, date: str, due: str, amount: float, original: float = 0.0) -> Item:
    day = dt.date.fromisoformat(date)
    return Item(customer, ref, kind, day, dt.date.fromisoformat(due) if due else day, amount, original or amount)


ITEMS = (
    _item("10010", "90001001", "invoice", "2025-11-10", "2025-12-10", 1200.00),
    _item("10010", "90001002", "invoice", "2025-12-15", "2026-01-14", 845.50),
    _item("10010", "90001003", "invoice", "2025-09-30", "2025-10-30", 2310.75, 3310.75),
    _item("10010", "16000101", "credit_note", "2025-11-20", "", -310.75),
    _item("10010", "14000201", "receipt", "2025-12-28", "", -500.00),
    _item("10020", "90001004", "invoice", "2025-08-01", "2025-08-31", 9999.99),
    _item("10020", "90001005", "invoice", "2025-10-05", "2025-11-19", 640.00),
    _item("10020", "90001006", "invoice", "2025-12-20", "2026-01-19", 12480.00),
    _item("10020", "14000202", "receipt", "2025-12-05", "", -640.00),
    _item("10030", "90001007", "invoice", "2025-12-01", "2025-12-31", 75.20),
    _item("10030", "90001008", "invoice", "2025-11-30", "2025-12-30", 150.00),
    _item("10030", "90001009", "invoice", "2025-11-01", "2025-12-01", 60.06),
    _item("10030", "90001010", "invoice", "2025-10-31", "2025-11-30", 99.94),
    _item("10040", "90001011", "invoice", "2025-07-15", "2025-09-13", 3333.33, 4333.33),
    _item("10040", "90001012", "invoice", "2025-08-18", "2025-10-02", 1000.00),
    _item("10040", "90001013", "invoice", "2025-08-17", "2025-10-01", 2000.00),
    _item("10040", "16000102", "credit_note", "2025-10-15", "", -333.33),
    _item("10040", "90001014", "invoice", "2025-12-10", "2026-02-08", 456.78),
    _item("10050", "90001015", "invoice", "2025-10-20", "2025-11-04", 7000.00),
    _item("10050", "90001016", "invoice", "2025-11-25", "2025-12-25", 2500.50),
    _item("10050", "14000203", "receipt", "2025-11-30", "", -9800.00),
    _item("10060", "90001017", "invoice", "2024-12-10", "2025-01-09", 1111.11),
    _item("10060", "90001018", "invoice", "2025-12-30", "2026-01-29", 888.89),
    _item("10060", "16000103", "credit_note", "2025-12-29", "", -88.89),
    _item("10060", "90001019", "invoice", "2025-09-15", "2025-10-15", 2222.22),
)
CLEARED = (
    (_item("10010", "90000901", "invoice", "2025-06-01", "2025-07-01", 1500.00), "14000101", dt.date(2025, 7, 10)),
    (_item("10010", "14000101", "receipt", "2025-07-10", "", -1500.00), "14000101", dt.date(2025, 7, 10)),
    (_item("10020", "90000902", "invoice", "2025-05-05", "2025-06-04", 720.00), "14000102", dt.date(2025, 6, 20)),
    (_item("10020", "14000102", "receipt", "2025-06-20", "", -720.00), "14000102", dt.date(2025, 6, 20)),
)
"""What was settled in the year, with the document and the day that cleared it."""


def of(customer: str) -> list[Item]:
    """Return the open items of a customer."""
    return [item for item in ITEMS if item.customer == customer]


def months_overdue(item: Item) -> int:
    """Count calendar months between the due date and the end of the year; -1 for what is not due."""
    return -1 if item.days <= 0 else (DAY.year - item.due.year) * 12 + DAY.month - item.due.month
