"""Mutation testing: which mutants are run."""
