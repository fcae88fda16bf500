"""Finds the folder of reference material that some tests read, and skips them in one clear line where it is absent."""

import os
from pathlib import Path

import pytest


def find_shared() -> Path | None:
    """Return the folder named by OUTCOMES_SHARED, else `shared` beside the checkout, else None."""
    named = os.environ.get("OUTCOMES_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    return folder if folder.is_dir() else None


SHARED: Path | None = find_shared()

# in continuous integration the material must be there: a skip would hide a broken set-up
IN_CI = os.environ.get("CI", "").lower() == "true"

needs_shared = pytest.mark.skipif(
    SHARED is None and not IN_CI,
    reason="the reference material is not here: set OUTCOMES_SHARED to its folder",
)


def shared_path(*parts: str) -> Path:
    """Return the path of a file of the reference material; a test that asks for it bears `needs_shared`."""
    assert SHARED is not None, "the reference material must be here in CI: set OUTCOMES_SHARED to its folder"
    return SHARED.joinpath(*parts)
