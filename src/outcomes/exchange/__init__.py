"""Exports: tidy tables and JSON of the same protected figures."""
