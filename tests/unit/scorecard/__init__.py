"""Tests of the scorecard stage."""
