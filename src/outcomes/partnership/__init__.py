"""A partnership: everything that the figures are read against."""
