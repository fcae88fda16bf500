"""Workflows: the compositions of stages that users call."""
