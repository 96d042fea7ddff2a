"""Reads what a client sent, and nothing else does: files, layouts, values, then the canonical tables."""
