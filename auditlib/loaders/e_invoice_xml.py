"""The content of an electronic invoice: UN/CEFACT CII (Factur-X, ZUGFeRD 2) or OASIS UBL, by the terms of EN 16931.

Parties, references, dates, terms and totals are at the same places in every profile; what a profile lacks stays
empty. Notes carry a subject (UNTDID 4451): PMT the €40 indemnity, PMD the penalties, AAB the discount; a UBL note has
it before its text, between number signs. BT-8, the day VAT falls due, is a code of UNTDID 2475 in CII and of 2005 in
UBL; that its first value stands for the option for debits is to check with the client.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element, ParseError  # types: defusedxml parses

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

__all__ = ["UnreadableInvoiceError", "invoice_fields", "is_invoice"]

HEAD, LONGEST = 1 << 16, 20 << 20
"""Bytes looked at to tell an invoice, and beyond which none is read."""
ROOTS = re.compile(rb"CrossIndustryInvoice|xsd:(?:Invoice|CreditNote)-2\b")
AGREEMENT = "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement/"
DELIVERY = "SupplyChainTradeTransaction/ApplicableHeaderTradeDelivery/"
SETTLEMENT = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/"
SUMS = SETTLEMENT + "SpecifiedTradeSettlementHeaderMonetarySummation/"
LINE = "SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem/"
CII = {
    "process": "ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter/ID",
    "number": "ExchangedDocument/ID", "type_code": "ExchangedDocument/TypeCode",
    "issued_on": "ExchangedDocument/IssueDateTime/DateTimeString",
    "due_on": SETTLEMENT + "SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString",
    "delivered_on": DELIVERY + "ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString",
    "currency": SETTLEMENT + "InvoiceCurrencyCode", "terms": SETTLEMENT + "SpecifiedTradePaymentTerms/Description",
    "buyer_reference": AGREEMENT + "BuyerReference",
    "order_reference": AGREEMENT + "BuyerOrderReferencedDocument/IssuerAssignedID",
    "vat_point": SETTLEMENT + "ApplicableTradeTax/DueDateTypeCode",
    "vat_rate": SETTLEMENT + "ApplicableTradeTax/RateApplicablePercent",
    "line_name": LINE + "SpecifiedTradeProduct/Name",
    "line_quantity": LINE + "SpecifiedLineTradeDelivery/BilledQuantity",
    "line_price": LINE + "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount",
    "net_cents": SUMS + "TaxBasisTotalAmount", "vat_cents": SUMS + "TaxTotalAmount",
    "total_cents": SUMS + "GrandTotalAmount",
}
UBL = {
    "process": "ProfileID", "number": "ID", "type_code": "InvoiceTypeCode", "issued_on": "IssueDate",
    "due_on": "DueDate", "delivered_on": "Delivery/ActualDeliveryDate", "currency": "DocumentCurrencyCode",
    "terms": "PaymentTerms/Note", "buyer_reference": "BuyerReference", "order_reference": "OrderReference/ID",
    "vat_point": "InvoicePeriod/DescriptionCode", "vat_rate": "TaxTotal/TaxSubtotal/TaxCategory/Percent",
    "line_name": "InvoiceLine/Item/Name", "line_quantity": "InvoiceLine/InvoicedQuantity",
    "line_price": "InvoiceLine/Price/PriceAmount", "net_cents": "LegalMonetaryTotal/TaxExclusiveAmount",
    "vat_cents": "TaxTotal/TaxAmount", "total_cents": "LegalMonetaryTotal/TaxInclusiveAmount",
}
CREDITED = {"type_code": "CreditNoteTypeCode", "due_on": "PaymentMeans/PaymentDueDate",
            "line_name": "CreditNoteLine/Item/Name", "line_quantity": "CreditNoteLine/CreditedQuantity",
            "line_price": "CreditNoteLine/Price/PriceAmount"}
"""What a UBL credit note names otherwise."""
PARTIES = {"seller": ("SellerTradeParty", "AccountingSupplierParty/Party"),
           "buyer": ("BuyerTradeParty", "AccountingCustomerParty/Party")}
CII_ADDRESS = ("LineOne", "LineTwo", "PostcodeCode", "CityName", "CountryID")
UBL_ADDRESS = ("StreetName", "AdditionalStreetName", "PostalZone", "CityName", "Country/IdentificationCode")
SUBJECTS = {"PMT": "indemnity_note", "PMD": "penalty_note", "AAB": "discount_note"}
UBL_SUBJECT = re.compile(r"^#(\w{3})#\s*(.*)$", re.DOTALL)
ON_DEBITS = {"CII": "5", "UBL": "3"}
SIREN_SCHEMES = ("0002", "0009")
"""Of ISO 6523: SIREN, and SIRET, whose first nine digits are the SIREN."""
AMOUNTS = ("net_cents", "vat_cents", "total_cents")
DAYS = ("issued_on", "due_on", "delivered_on")


class UnreadableInvoiceError(ValueError):
    """An electronic invoice that is not read; the message says why, in French."""


def is_invoice(content: bytes) -> bool:
    """Tell whether the beginning of a file is that of an electronic invoice."""
    return bool(ROOTS.search(content[:HEAD].replace(b"\0", b"")))  # UTF-16 has a nil beside each letter


def invoice_fields(content: bytes) -> dict[str, Any]:
    """Read an electronic invoice.

    Parameters
    ----------
    content : bytes
        The XML.

    Returns
    -------
    dict
        The columns of `auditlib.schemas.E_INVOICES` but ``file`` and ``container``; amounts in cents, as printed (those
        of a credit note are positive).

    Raises
    ------
    UnreadableInvoiceError
        If it declares entities, is too large, not XML, no invoice, or lacks its number or a total.
    """
    root = _parsed(content)
    name = root.tag.rpartition("}")[2]
    if name not in ("CrossIndustryInvoice", "Invoice", "CreditNote"):
        raise UnreadableInvoiceError(f"élément « {name} » inconnu (attendu : facture CII ou UBL)")
    syntax = "CII" if name == "CrossIndustryInvoice" else "UBL"
    paths = CII if syntax == "CII" else UBL | CREDITED if name == "CreditNote" else UBL
    fields: dict[str, Any] = {"syntax": syntax} | {key: _text(root, path) for key, path in paths.items()}
    for key in DAYS:
        fields[key] = _day(fields[key])
    fields |= _totals(root, paths, fields["currency"])
    if not fields["number"]:
        raise UnreadableInvoiceError("numéro de facture absent (BT-1)")
    fields["is_vat_on_debits"] = fields.pop("vat_point") == ON_DEBITS[syntax]
    address = _address(root, DELIVERY + "ShipToTradeParty/PostalTradeAddress", CII_ADDRESS) if syntax == "CII" else (
        _address(root, "Delivery/DeliveryLocation/Address", UBL_ADDRESS))
    return fields | {"delivery_address": address} | _parties(root, syntax) | _notes(root, syntax)


def _parsed(content: bytes) -> Element:
    if len(content) > LONGEST:
        raise UnreadableInvoiceError(f"plus de {LONGEST >> 20} Mo de XML")
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as problem:
        raise UnreadableInvoiceError("le XML déclare un type de document ou des entités, refusés par sécurité ; "
                                     "demander la facture telle qu’émise") from problem
    except (ParseError, ValueError, LookupError) as problem:
        raise UnreadableInvoiceError("XML illisible") from problem
    return root


def _all(root: Element, path: str) -> list[Element]:
    """Return the elements at a path of local names, whatever their namespaces."""
    return root.findall("/".join("{*}" + name for name in path.split("/")))


def _text(root: Element, path: str) -> str:
    """Return the first text at a path, its spaces made single."""
    return next((text for one in _all(root, path) if (text := " ".join((one.text or "").split()))), "")


def _day(text: str) -> dt.date | None:
    """Read 20260131 or 2026-01-31; None where it is neither."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _totals(root: Element, paths: Mapping[str, str], currency: str) -> dict[str, int]:
    """Return the totals in the invoice's currency; a VAT left out is what one total has over the other [cents]."""
    net, vat, total = (_cents(root, paths[key], currency) for key in AMOUNTS)
    if net is None or total is None:
        raise UnreadableInvoiceError("total hors taxe ou toutes taxes absent (BT-109, BT-112)")
    return dict(zip(AMOUNTS, (net, total - net if vat is None else vat, total), strict=True))


def _cents(root: Element, path: str, currency: str) -> int | None:
    texts = [(one.text or "").strip() for one in _all(root, path) if one.get("currencyID", currency) == currency]
    if not texts:
        return None
    try:
        cents = Decimal(texts[0]) * 100
    except InvalidOperation as problem:
        raise UnreadableInvoiceError(f"montant illisible : {texts[0]}") from problem
    if not cents.is_finite() or cents != cents.to_integral_value():
        raise UnreadableInvoiceError(f"montant illisible au centime : {texts[0]}")
    return int(cents)


def _address(root: Element, path: str, parts: tuple[str, ...]) -> str:
    return ", ".join(text for part in parts if (text := _text(root, f"{path}/{part}")))


def _parties(root: Element, syntax: str) -> dict[str, str]:
    found = {}
    for party, (cii, ubl) in PARTIES.items():
        path = AGREEMENT + cii if syntax == "CII" else ubl
        company = "SpecifiedLegalOrganization/ID" if syntax == "CII" else "PartyLegalEntity/CompanyID"
        found[f"{party}_siren"] = next(
            (number[:9] for one in _all(root, f"{path}/{company}")
             if one.get("schemeID") in SIREN_SCHEMES and (number := re.sub(r"\D", "", one.text or ""))), "")
        found |= {f"{party}_{key}": value for key, value in (
            _cii_party(root, path) if syntax == "CII" else _ubl_party(root, path)).items()}
    return found


def _cii_party(root: Element, path: str) -> Mapping[str, str]:
    taxed = (one for one in _all(root, f"{path}/SpecifiedTaxRegistration/ID") if one.get("schemeID") == "VA")
    return {"name": _text(root, f"{path}/Name"), "vat_number": next(((one.text or "").strip() for one in taxed), ""),
            "address": _address(root, f"{path}/PostalTradeAddress", CII_ADDRESS)}


def _ubl_party(root: Element, path: str) -> Mapping[str, str]:
    taxed = (one for one in _all(root, f"{path}/PartyTaxScheme") if _text(one, "TaxScheme/ID").upper() == "VAT")
    return {"name": _text(root, f"{path}/PartyLegalEntity/RegistrationName") or _text(root, f"{path}/PartyName/Name"),
            "vat_number": next((_text(one, "CompanyID") for one in taxed), ""),
            "address": _address(root, f"{path}/PostalAddress", UBL_ADDRESS)}


def _notes(root: Element, syntax: str) -> dict[str, str]:
    """Return the notes on indemnity, penalties and discount; several of a subject are joined."""
    said: dict[str, list[str]] = {name: [] for name in SUBJECTS.values()}
    for subject, text in _subjects(root, syntax):
        if subject in SUBJECTS and text:
            said[SUBJECTS[subject]].append(text)
    return {name: " ".join(texts) for name, texts in said.items()}


def _subjects(root: Element, syntax: str) -> Iterator[tuple[str, str]]:
    if syntax == "CII":
        for note in _all(root, "ExchangedDocument/IncludedNote"):
            yield _text(note, "SubjectCode"), _text(note, "Content")
        return
    for note in _all(root, "Note"):
        if found := UBL_SUBJECT.match(" ".join((note.text or "").split())):
            yield found[1], found[2]
