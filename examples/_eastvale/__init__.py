"""How the figures of the fictional partnership Eastvale and Moor are made; run by examples/build_eastvale.py."""
