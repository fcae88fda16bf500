"""Templates held to what spreadsheet programs really do with them."""
