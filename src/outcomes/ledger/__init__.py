"""The ledger: an append-only record of submissions, revisions and publications."""
