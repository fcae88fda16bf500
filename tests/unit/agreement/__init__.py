"""Agreements: their nouns and what is asked of them on a date."""
