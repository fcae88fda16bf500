"""Tests of the world: definitions, frameworks, agreements, partnerships."""
