"""What users may rely on of judgement, told by example."""
