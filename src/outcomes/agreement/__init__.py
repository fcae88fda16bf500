"""Agreements: who owes what for a place, signed by whom, from when."""
