"""The audit tests: each red flag of DOMAIN.md E as one function over rows, with all the exceptions it finds."""
