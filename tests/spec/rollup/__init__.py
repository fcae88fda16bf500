"""What users may rely on of roll-up."""
