"""Tests of intake: reading, rules, messages, the pandera schema."""
