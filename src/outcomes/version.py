"""The version of the library, printed on every page and kept with every publication."""

__all__ = ["VERSION"]

VERSION = "0.1.0"
