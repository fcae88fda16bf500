"""Measures what chance does to every signal as configured: coverage, false alarms, power."""
