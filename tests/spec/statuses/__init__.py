"""Specs of the statuses of other systems."""
