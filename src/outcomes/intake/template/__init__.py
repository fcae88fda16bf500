"""The workbook that a partner fills: what it asks for, how it is written, and how it is known when it comes back."""
