"""Electronic invoices as a client's software would issue them, made by the tests."""

import io
from pathlib import Path

from pypdf import PdfWriter

__all__ = ["BOMB", "cii", "pdf_with", "ubl", "ubl_credit_note"]

NAMESPACES = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" '
    'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"')
NOTES = "".join(
    f"<ram:IncludedNote><ram:Content>{text}</ram:Content>{subject}</ram:IncludedNote>" for text, subject in (
        ("Indemnité forfaitaire de 40 €", "<ram:SubjectCode>PMT</ram:SubjectCode>"),
        ("Pénalités : 12 % l'an", "<ram:SubjectCode>PMD</ram:SubjectCode>"),
        ("Pas d'escompte", "<ram:SubjectCode>AAB</ram:SubjectCode>"), ("Merci", "")))
BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100">&b;
</rsm:CrossIndustryInvoice>"""


def cii(*, notes: str = NOTES, total: str = "1200.00", tax: str = '<ram:TaxTotalAmount currencyID="EUR">200.00'
        "</ram:TaxTotalAmount>") -> str:
    """Return a CII invoice of 1 000.00 net of VAT, with every term that is read."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice {NAMESPACES}>
<rsm:ExchangedDocumentContext><ram:BusinessProcessSpecifiedDocumentContextParameter><ram:ID>S1</ram:ID>
</ram:BusinessProcessSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>FA-2026-014</ram:ID><ram:TypeCode>380</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20260105</udt:DateTimeString></ram:IssueDateTime>{notes}
</rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
<ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedTradeProduct><ram:Name>Audit de câblage</ram:Name>
</ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>
<ram:ChargeAmount>500.00</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="DAY">2</ram:BilledQuantity>
</ram:SpecifiedLineTradeDelivery></ram:IncludedSupplyChainTradeLineItem>
<ram:ApplicableHeaderTradeAgreement><ram:BuyerReference>SERVICE-77</ram:BuyerReference>
<ram:SellerTradeParty><ram:Name>Vendeur SAS</ram:Name><ram:SpecifiedLegalOrganization>
<ram:ID schemeID="0002">732829320</ram:ID></ram:SpecifiedLegalOrganization><ram:PostalTradeAddress>
<ram:PostcodeCode>69003</ram:PostcodeCode><ram:LineOne>12 rue des Forges</ram:LineOne><ram:CityName>Lyon</ram:CityName>
<ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress><ram:SpecifiedTaxRegistration>
<ram:ID schemeID="VA">FR44732829320</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>Mairie de Saint-Élix</ram:Name><ram:SpecifiedLegalOrganization>
<ram:ID schemeID="0009">21310475600017</ram:ID></ram:SpecifiedLegalOrganization></ram:BuyerTradeParty>
<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>EJ-4500</ram:IssuerAssignedID>
</ram:BuyerOrderReferencedDocument></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:ApplicableTradeTax><ram:DueDateTypeCode>5</ram:DueDateTypeCode>
<ram:RateApplicablePercent>20.00</ram:RateApplicablePercent></ram:ApplicableTradeTax>
<ram:SpecifiedTradePaymentTerms><ram:Description>30 jours
 date de facture</ram:Description><ram:DueDateDateTime><udt:DateTimeString format="102">20260204</udt:DateTimeString>
</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>1000.00</ram:TaxBasisTotalAmount>
{tax}<ram:TaxTotalAmount currencyID="USD">230.00</ram:TaxTotalAmount>
<ram:GrandTotalAmount>{total}</ram:GrandTotalAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""


def ubl(root: str = "Invoice", lines: str = "", due: str = "<cbc:DueDate>2026-03-31</cbc:DueDate>") -> str:
    """Return a UBL document of 99.50 net of VAT, 119.40 with it."""
    return f"""<?xml version="1.0"?><{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ProfileID>M1</cbc:ProfileID><cbc:ID>F-9</cbc:ID><cbc:IssueDate>2026-02-28</cbc:IssueDate>{due}
<cbc:Note>#PMD#Taux : 3 fois l'intérêt légal</cbc:Note><cbc:Note>Note libre</cbc:Note>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:BuyerReference>B-1</cbc:BuyerReference>
<cac:OrderReference><cbc:ID>PO-7</cbc:ID></cac:OrderReference>
<cac:AccountingSupplierParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>FR44732829320</cbc:CompanyID>
<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity>
<cbc:RegistrationName>Vendeur SAS</cbc:RegistrationName><cbc:CompanyID schemeID="0002">732829320</cbc:CompanyID>
</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyName><cbc:Name>Client</cbc:Name></cac:PartyName>
<cac:PartyLegalEntity><cbc:CompanyID schemeID="0088">3700000000000</cbc:CompanyID></cac:PartyLegalEntity>
</cac:Party></cac:AccountingCustomerParty>
<cac:PaymentTerms><cbc:Note>31 mars</cbc:Note></cac:PaymentTerms>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">19.90</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">99.50</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="EUR">119.40</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal>{lines}</{root}>"""


def ubl_credit_note() -> str:
    """Return a credit note, whose due date and lines have names of their own."""
    line = ("<cac:CreditNoteLine><cbc:CreditedQuantity>3</cbc:CreditedQuantity><cac:Item><cbc:Name>Retour</cbc:Name>"
            "</cac:Item></cac:CreditNoteLine>")
    due = ("<cac:PaymentMeans><cbc:PaymentDueDate>2026-04-30</cbc:PaymentDueDate></cac:PaymentMeans>")
    return ubl("CreditNote", line, due)


def pdf_with(path: Path, *attached: tuple[str, str]) -> Path:
    """Write a PDF of one blank page with files attached."""
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    for name, text in attached:
        writer.add_attachment(name, text.encode())
    writer.write(content)
    path.write_bytes(content.getvalue())
    return path
