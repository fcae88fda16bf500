"""Every finding that a check can make, as a specification: a sheet that brings it about, and the same sheet mended."""
