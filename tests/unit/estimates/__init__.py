"""Unit tests of estimates."""
