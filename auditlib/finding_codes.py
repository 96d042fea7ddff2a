"""Codes of every finding an audit may make: what a client's answer refers to."""

__all__ = ["FINDING_CODES", "OTHER_CODES", "REVIEW_CODES", "TEST_CODES"]

TEST_CODES = (
    "credit_balance_customers", "unallocated_receipts", "old_credit_notes", "duplicate_invoices", "cut_off_year",
    "cut_off", "late_posting", "reversed_sales", "late_validation", "days_off", "round_sums", "benford",
    "re_aged_invoices", "rebilled_credit_notes", "related_parties", "terms_over_cap", "missing_due_dates",
    "due_at_issue", "dispute_without_code", "insolvent_debtors", "claims_not_declared", "receivable_concentration",
    "provision_shortfall", "doubtful_coverage", "prescription_near", "no_reminder",
    "overdue_commitments", "partial_lettering",
    "wrong_signs", "suspense_accounts", "overdue_bills", "subsequent_cash", "same_identity", "returned_payments",
    "broken_lettering",
)
"""The audit tests, in the order of the work programme."""
REVIEW_CODES = (
    "terms_payment_term_missing", "terms_penalty_missing", "terms_indemnity_missing", "terms_discount_missing",
    "terms_retention_missing", "terms_suspension_missing", "terms_jurisdiction_missing", "terms_not_accepted",
    "terms_of_sale_over_cap", "terms_of_sale_unread", "default_terms_differ", "default_terms_proposed",
    "contract_rate_below_floor", "contract_rate_differs", "invoice_penalty_missing", "invoice_indemnity_missing",
    "invoice_mentions_missing", "invoice_reform_mentions_missing", "auditors_reservation",
    "auditors_receivable_points",
)
"""Of the documents the auditor reviewed."""
OTHER_CODES = (
    "broken_tie", "overdue_over_90_days", "unallocated_credits", "overdue_concentration", "low_lettering_coverage",
    "same_file_twice", "sources_differ", "row_count_differs", "dates_before_1990", "dates_ahead", "due_far_ahead",
    "posted_far_from_document", "negative_amounts", "no_reference", "empty_columns", "customers_alike",
    "customers_not_listed", "currency_missing", "no_lettering", "matching_proposals", "matching_replacements",
    "matching_by_fifo", "undated_statuses", "compensating_differences", "ageing_differs", "source_not_comparable",
    "currencies_converted", "currency_revaluation", "insolvency_unchecked", "insolvent_customers",
    "insolvency_name_proposals", "as_of_date_differs", "amounts_rounded", "company_number_invalid",
    "currency_differs", "customer_names_vary", "date_order_mixed", "date_order_not_evident", "dates_unreadable",
    "decimal_mark_not_evident", "disputes_unmatched", "due_before_document", "due_dates_inferred",
    "file_name_date_differs", "follow_up_rejected", "lump_openings", "opening_differs", "openings_already_loaded",
    "broken_totals", "rows_in_two_files", "rows_rejected", "settled_without_date", "settlement_date_not_applied",
    "status_not_applied", "oldest_age_missing", "not_customers",
    "settlement_not_applied", "several_currencies", "sign_inverted", "source_not_used", "twins_kept",
    "unknown_customer", "adjustments_applied", "adjustments_rejected", "accounts_renamed", "aligned_columns",
    "columns_by_content", "double_encoding", "fixed_positions", "hidden_sheet", "several_due_dates",
    "credits_signed_by_type", "credits_printed_positive", "side_not_understood", "side_printed_negative",
    "dates_may_be_swapped", "date_forms_mixed", "customer_codes_joined", "customer_codes_alike",
    "customer_codes_damaged", "several_entities", "year_missing", "entries_unbalanced", "both_sides_filled",
    "lines_without_amount", "e_invoice_refused", *REVIEW_CODES,
)
"""Of reading, matching, reconciliation, and of the figures themselves."""
FINDING_CODES = frozenset((*TEST_CODES, *OTHER_CODES))
