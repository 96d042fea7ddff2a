"""One small receivable, summed by hand, that every print-out of the French products shows.

At 31/12/2025, in euros. ADAM: FA25101 3 480.60 (47 days late), FA25131 960.00 (11), credit note -120.60: 4 320.00.
BERNARD: FA25122 1 815.36 (19), FA25140 744.00 (not due), loose receipt -500.00: 2 059.36. CHAMPA: FA25031 12 345.67
(182), part payment -5 000.00: 7 345.67. DELOIN: FA25061 and FA25062 654.32 each (113), discount -8.64: 1 300.00.
EPIPORT: FA25150 4 750.05 (not due), FA25135 250.00 (3): 5 000.05. FROMIDF: receipt booked twice -150.00, FA25110 60.25
(31): -89.75. In all 4 320.00 + 2 059.36 + 7 345.67 + 1 300.00 + 5 000.05 - 89.75 = 19 935.33.
"""

import datetime as dt
from dataclasses import dataclass

__all__ = ["AGES", "BALANCES", "DAY", "ITEMS", "MONTHS", "NAMES", "OPEN", "TOTAL", "Item", "french"]

DAY = dt.date(2025, 12, 31)
TOTAL = 1993533
NAMES = {
    "ADAM": "ADAM MENUISERIE SARL", "BERNARD": "Bernard & Fils", "CHAMPA": "CHAMPAGNE DULAC SA",
    "DELOIN": "Éts Deloin", "EPIPORT": "Épicerie du Port", "FROMIDF": "Fromagerie Île-de-France",
}
BALANCES = {"ADAM": 432000, "BERNARD": 205936, "CHAMPA": 734567, "DELOIN": 130000, "EPIPORT": 500005, "FROMIDF": -8975}
AGES = {
    "ADAM": {"1-30": 83940, "31-60": 348060}, "BERNARD": {"not_due": 74400, "1-30": 131536},
    "CHAMPA": {">90": 734567}, "DELOIN": {"1-30": -864, ">90": 130864},
    "EPIPORT": {"not_due": 475005, "1-30": 25000}, "FROMIDF": {"31-60": 6025, ">90": -15000},
}
"""By days late, credits at their own date: 5 494.05 not due, 2 396.12, 3 540.85, nothing 61-90, 8 504.31."""
MONTHS = {
    "ADAM": {"11": 348060, "12": 83940}, "BERNARD": {"12": 131536, "after": 74400}, "CHAMPA": {"before": 734567},
    "DELOIN": {"09": 130864, "12": -864}, "EPIPORT": {"12": 25000, "after": 475005},
    "FROMIDF": {"before": -15000, "11": 6025},
}
"""By month of the due date, from September 2025."""


@dataclass(frozen=True)
class Item:
    """A line of the ledger: > 0 cents is owed; a receipt has no due date."""

    customer: str
    day: dt.date
    journal: str
    ref: str
    label: str
    due: dt.date | None
    cents: int
    code: str
    open_cents: int
    """What is left of it once the receipts of its customer that name it are taken off."""

    @property
    def amount(self) -> float:
        """The amount as a spreadsheet holds it."""
        return self.cents / 100

    @property
    def debit(self) -> float | None:
        """The amount owed, None for a credit."""
        return self.amount if self.cents > 0 else None

    @property
    def credit(self) -> float | None:
        """The amount taken off, None for a debit."""
        return -self.amount if self.cents < 0 else None


def _day(text: str) -> dt.date | None:
    day, month, year = text.split("/") if text else ("", "", "")
    return dt.date(2000 + int(year), int(month), int(day)) if text else None


_LINES = """
ADAM|01/01/25|AN|FA24118|A nouveau FA24118|30/01/25|125000|A|0
ADAM|20/01/25|BQ|VIR0120|VIR ADAM FA24118||-125000|A|0
ADAM|15/10/25|VE|FA25101|Facture FA25101|14/11/25|348060||348060
ADAM|20/11/25|VE|FA25131|Facture FA25131|20/12/25|96000||96000
ADAM|05/12/25|VE|AV25004|Avoir AV25004||-12060||-12060
BERNARD|03/09/25|VE|FA25077|Facture FA25077|03/10/25|240000|A|0
BERNARD|08/10/25|BQ|CHQ4471|Chèque 4471 FA25077||-240000|A|0
BERNARD|12/11/25|VE|FA25122|Facture FA25122|12/12/25|181536||181536
BERNARD|15/12/25|VE|FA25140|Facture FA25140|14/01/26|74400||74400
BERNARD|18/12/25|BQ|VIR1218|Virement reçu||-50000||-50000
CHAMPA|02/06/25|VE|FA25031|Facture FA25031|02/07/25|1234567||734567
CHAMPA|15/07/25|BQ|VIR0715|Virement, acompte sur FA25031||-500000||0
CHAMPA|30/09/25|VE|FA25095|Facture FA25095|30/10/25|800000|A|0
CHAMPA|02/11/25|BQ|VIR1102|Virement FA25095||-800000|A|0
DELOIN|10/08/25|VE|FA25061|Facture FA25061|09/09/25|65432||65432
DELOIN|10/08/25|VE|FA25062|Facture FA25062|09/09/25|65432||65432
DELOIN|28/12/25|OD|OD12007|Escompte accordé||-864||-864
EPIPORT|25/03/25|VE|FA25015|Facture FA25015|24/04/25|9990|A|0
EPIPORT|24/04/25|BQ|CB0424|Carte bancaire FA25015||-9990|A|0
EPIPORT|28/11/25|VE|FA25135|Facture FA25135|28/12/25|25000||25000
EPIPORT|24/12/25|VE|FA25150|Facture FA25150|23/01/26|475005||475005
FROMIDF|14/05/25|VE|FA25027|Facture FA25027|13/06/25|100000|A|0
FROMIDF|20/06/25|BQ|VIR0620|Virement FA25027||-100000|A|0
FROMIDF|30/06/25|BQ|VIR0630|Virement en double||-15000||-15000
FROMIDF|31/10/25|VE|FA25110|Facture FA25110|30/11/25|6025||6025
"""
ITEMS = tuple(
    Item(customer, _day(day) or DAY, journal, ref, label, _day(due), int(cents), code, int(left))
    for customer, day, journal, ref, label, due, cents, code, left in (line.split("|") for line in _LINES.split("\n")
                                                                      if line)
)
OPEN = tuple(item for item in ITEMS if not item.code)
"""The 15 lines that no letter closes; they add up to the balances."""


def french(cents: int, *, space: str = "\u00a0") -> str:
    """Write 1234567 as 12 345,67; nothing for 0."""
    return f"{cents / 100:,.2f}".translate({ord(","): space, ord("."): ","}) if cents else ""
