"""What users may rely on of the statistical methods."""
