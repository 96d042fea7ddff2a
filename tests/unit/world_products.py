"""The receivable of `world_receivable` as international products export or print it, under their own header names."""

from collections.abc import Callable

from tests.unit.world_books import (
    quickbooks_desktop,
    quickbooks_detail,
    quickbooks_detail_variant,
    quickbooks_summary,
    tally,
    xero_detail,
    xero_detail_without_codes,
    xero_summary,
    zoho_detail,
)
from tests.unit.world_dynamics import (
    bc_ageing_api,
    bc_ageing_api_plain,
    bc_ageing_excel,
    bc_ageing_report,
    bc_entries,
    bc_entries_french,
    d365_ageing,
)
from tests.unit.world_odoo import (
    erpnext_detail,
    erpnext_summary,
    oca_detail,
    oca_summary,
    odoo_16,
    odoo_16_french,
    odoo_17,
    odoo_17_french,
    odoo_folded,
)
from tests.unit.world_offices import maconomy, netsuite_detail, sage_uk, sage_uk_below
from tests.unit.world_printed import Printed
from tests.unit.world_sap import (
    sap_cleared,
    sap_dutch,
    sap_english,
    sap_fiori,
    sap_french,
    sap_list_english,
    sap_list_french,
    sap_tables,
)

__all__ = ["PRODUCTS"]

PRODUCTS: tuple[Callable[[], Printed], ...] = (
    sap_english, sap_cleared, sap_french, sap_dutch, sap_tables, sap_list_english, sap_list_french, bc_entries,
    bc_entries_french, bc_ageing_api, bc_ageing_api_plain, bc_ageing_excel,
    bc_ageing_report, d365_ageing, odoo_16, odoo_16_french, odoo_17,
    odoo_17_french, oca_summary, oca_detail, erpnext_detail, erpnext_summary, xero_detail, xero_detail_without_codes,
    quickbooks_detail, quickbooks_detail_variant, quickbooks_desktop, quickbooks_summary, tally, maconomy, sage_uk,
    sage_uk_below, sap_fiori, odoo_folded, xero_summary, netsuite_detail, zoho_detail)
