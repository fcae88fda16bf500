"""Programs that the field trusts, measured beside ours in environments of their own; none is a dependency."""
