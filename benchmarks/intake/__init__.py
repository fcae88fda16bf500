"""What checking costs, beside reading alone, pandera, and the same rules by hand."""
