"""Tests of the statistical methods."""
