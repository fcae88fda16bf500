"""The version of the library, printed on every page and kept with every publication."""

from typing import Final

__all__ = ["VERSION"]

VERSION: Final = "0.1.0"
