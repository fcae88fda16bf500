"""What `explain` says of each stage: one module an estimate or signal, all built of workings and tables."""
