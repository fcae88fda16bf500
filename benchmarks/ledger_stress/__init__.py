"""Puts the ledger under stress: kills, writers at once, full disks, flipped bytes, clocks, paths, shares."""
