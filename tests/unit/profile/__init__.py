"""Tests of the ten lines of a place."""
