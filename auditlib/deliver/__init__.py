"""What a client receives: report, workbook, agreement and invitation; takes results, computes nothing."""
