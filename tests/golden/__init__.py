"""Tests that hold what is made against what was kept."""
