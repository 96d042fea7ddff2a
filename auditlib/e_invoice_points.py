"""What an electronic invoice answers in the grid of sample invoices; what it lacks says nothing of the paper."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from auditlib.amounts import euros
from auditlib.texts import N_

__all__ = ["READ_IN_FILE", "invoice_answers"]

READ_IN_FILE = N_("lu dans le fichier")
COLUMNS = {
    "number": ("number",), "issue_date": ("issued_on",), "sale_date": ("delivered_on",),
    "seller_identity": ("seller_name", "seller_address"), "buyer_identity": ("buyer_name", "buyer_address"),
    "seller_siren": ("seller_siren",), "seller_vat_number": ("seller_vat_number",),
    "buyer_vat_number": ("buyer_vat_number",), "order_number": ("order_reference",), "description": ("line_name",),
    "quantity": ("line_quantity",), "unit_price": ("line_price",), "vat_rate": ("vat_rate",),
    "due_date": ("due_on",), "discount_terms": ("discount_note",), "penalty_rate": ("penalty_note",),
    "recovery_indemnity": ("indemnity_note",), "buyer_siren": ("buyer_siren",),
    "delivery_address": ("delivery_address",),
}
"""Columns of `auditlib.schemas.E_INVOICES` that together answer a point of `auditlib.review_points`."""
OPERATIONS = {"B": N_("biens"), "S": N_("services"), "M": N_("mixte")}
"""First letters of the French invoicing processes (BT-23): B1, S1, M1 and so on."""


def invoice_answers(invoice: Mapping[Any, Any]) -> dict[str, str]:
    """Return the value of each point that an electronic invoice holds, by point; French where words are ours.

    Parameters
    ----------
    invoice : mapping
        A row of `auditlib.schemas.E_INVOICES`.
    """
    found = {point: ", ".join(_written(invoice[name]) for name in names) for point, names in COLUMNS.items()
             if all(_written(invoice[name]) for name in names)}
    if invoice["vat_rate"]:
        found["vat_amount"] = f"{euros(invoice['vat_cents']):.2f}".replace(".", ",")
    if re.fullmatch(r"[BSM]\d+", invoice["process"]):
        found["operation_category"] = OPERATIONS[invoice["process"][0]]
    if invoice["is_vat_on_debits"]:
        found["vat_on_debits"] = N_("exigibilité à la date de facture")
    return found


def _written(value: object) -> str:
    if value is None or value is pd.NaT:
        return ""
    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else str(value)
