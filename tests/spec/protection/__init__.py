"""What users may rely on of protection, told by example."""
