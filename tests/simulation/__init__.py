"""The simulation suite, small: coverage, false alarms and power held to what is documented."""
