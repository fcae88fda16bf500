"""The workflows that users call."""
