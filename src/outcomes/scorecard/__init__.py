"""Scorecards: frozen trees of everything that a page or an export says."""
