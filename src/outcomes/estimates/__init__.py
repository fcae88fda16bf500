"""Estimates: from place measures to values with intervals, by the named method, or a reason."""
