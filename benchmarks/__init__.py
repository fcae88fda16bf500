"""Speed of the whole street, measured as ratios to reading the file; in the code, benchmark means the comparator."""
