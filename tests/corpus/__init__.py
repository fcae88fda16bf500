"""The corpus of partners' submissions: a runner for any folder laid out like it, and the test that runs it."""
