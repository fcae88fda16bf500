"""Runs on what England publishes, held against what was published."""
