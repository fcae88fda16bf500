"""Documentation that runs: README, day-one scripts, generated pages."""
