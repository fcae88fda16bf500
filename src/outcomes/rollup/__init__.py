"""Roll-up: from observations to one measure for each area, period and group, by exact integer sums."""
