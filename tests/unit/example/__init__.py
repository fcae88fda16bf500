"""Tests of the bundled frameworks and of the fictional partnership Eastvale and Moor."""
