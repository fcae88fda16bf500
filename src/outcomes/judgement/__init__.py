"""Judgement: five separate signals about a value; no stage adds them up."""
