"""The ten lines of a place: signals, promises and data counted, never one number."""
