"""Receivables flash-audit workbench: from a client's ledger to a reconciled audit.

The package is laid in floors; a module imports only from floors below its own
(ARCHITECTURE.md has the table, import-linter checks it).
"""

__all__ = ["__version__"]
__version__ = "0.1.0"
