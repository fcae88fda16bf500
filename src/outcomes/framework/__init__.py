"""Frameworks: indicators, the outcomes they serve, and the terms on which each is included."""
