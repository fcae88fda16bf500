"""Protection of small numbers: what is hidden before anything is printed."""
