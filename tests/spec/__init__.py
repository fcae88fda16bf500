"""The specification: what users may rely on, told by example."""
