"""Trying a layout on a file: what the reader saw, as nouns, and a first layout proposed from a file's own headers."""
