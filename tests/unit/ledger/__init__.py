"""The ledger: what it keeps, what it refuses, what survives a crash."""
