"""Cases of what a partner may send, worked out from the twelve rules alone, laid out as the corpus is."""
