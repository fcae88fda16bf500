"""What the source articles ask for: one test a feature, in by a file and out by a page or an export."""
