"""The tests of `outcomes`, one folder a kind (see CONTRIBUTING.md)."""
