"""What users may rely on of estimates, told by example."""
