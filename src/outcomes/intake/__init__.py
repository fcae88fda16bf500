"""Intake: from a partner's bytes to checked observations, or to findings that say what to mend."""
