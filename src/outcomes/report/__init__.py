"""Pages: single-file, accessible HTML from scorecards and check results."""
