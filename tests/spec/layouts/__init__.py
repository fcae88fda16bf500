"""What users may rely on of layouts: pages of small sheets, their descriptions, and what is read."""
