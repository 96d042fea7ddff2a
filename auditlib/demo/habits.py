"""How the demo's debtors and its accountant behave: rates a test may change, nothing else."""

from dataclasses import dataclass

__all__ = ["HARSH_HABITS", "SME_HABITS", "Habits"]


@dataclass(frozen=True)
class Habits:
    """Rates that shape a generated client.

    Attributes
    ----------
    mean_invoice_cents : int
        Average invoice. [cents, VAT included]
    credit_note_rate, dispute_rate, part_payment_rate, lost_rate, no_due_date_rate, rounding_rate : float
        Shares of invoices credited, disputed, paid in parts, never paid, entered without a due date,
        paid with a small difference. [share 0–1]
    duplicate_rate : float
        Share of receipts that come twice; `refund_rate` of these are paid back. [share 0–1]
    return_rate : float
        Share of bills and direct debits the bank returns unpaid. [share 0–1]
    deposit_rate : float
        Share of the building unit's larger invoices preceded by a deposit. [share 0–1]
    lateness_factor : float
        Multiplies every customer's mean lateness. [no unit]
    run_rate : float
        Share of customers who pay on fixed days, hence several invoices at once. [share 0–1]
    twice_monthly_rate : float
        Share of those who pay twice a month rather than weekly. [share 0–1]
    reference_rate, wrong_reference_rate, partial_reference_rate, invoice_as_piece_rate : float
        Shares of receipts whose label quotes an invoice, quotes a wrong one, quotes its last six
        digits only, or which are entered under the invoice's number. [share 0–1]
    lettering_rate, small_lettering_rate : float
        Shares of settled groups the accountant letters, on average `lettering_lag_days` later; small
        groups are those under 400 €. [share 0–1]
    backlog_rate : float
        Share of the groups settled in the last 30 days that are left for later. [share 0–1]
    codes_restart_yearly : bool
        The sequence AA, AB… of a customer starts again each fiscal year.
    lump_opening_rate : float
        Share of customers whose opening is one line without dates. [share 0–1]
    """

    mean_invoice_cents: int = 475_000
    credit_note_rate: float = 0.034
    dispute_rate: float = 0.025
    part_payment_rate: float = 0.04
    lost_rate: float = 0.004
    no_due_date_rate: float = 0.004
    rounding_rate: float = 0.012
    duplicate_rate: float = 0.003
    refund_rate: float = 0.5
    return_rate: float = 0.035
    deposit_rate: float = 0.25
    lateness_factor: float = 1.0
    run_rate: float = 0.45
    twice_monthly_rate: float = 0.3
    reference_rate: float = 0.72
    wrong_reference_rate: float = 0.004
    partial_reference_rate: float = 0.0
    invoice_as_piece_rate: float = 0.0
    lettering_rate: float = 0.9995
    small_lettering_rate: float = 0.6
    backlog_rate: float = 0.02
    lettering_lag_days: float = 1.5
    codes_restart_yearly: bool = False
    lump_opening_rate: float = 0.03


SME_HABITS = Habits()
"""A small firm whose accountant letters nearly every receipt."""

HARSH_HABITS = Habits(
    part_payment_rate=0.22,
    dispute_rate=0.04,
    duplicate_rate=0.006,
    rounding_rate=0.03,
    run_rate=0.85,
    twice_monthly_rate=0.7,
    reference_rate=0.45,
    wrong_reference_rate=0.06,
    partial_reference_rate=0.15,
    invoice_as_piece_rate=0.15,
    lettering_rate=0.55,
    small_lettering_rate=0.4,
    backlog_rate=0.5,
    lettering_lag_days=25.0,
    codes_restart_yearly=True,
    lump_opening_rate=0.08,
)
"""Bulk receipts, wrong references, many part payments, and too little lettering to rely on."""
