"""What `import outcomes` costs, against `import polars`, and which heavy packages it loads."""

import subprocess
import sys
from collections.abc import Callable

__all__ = ["HEAVY", "importing", "loaded_by"]

HEAVY = ("pandera", "pandas", "jinja2", "scipy", "polars", "pydantic", "ruamel", "typer", "rich", "xlsxwriter", "numpy")


def importing(statement: str) -> Callable[[], None]:
    """Return what runs a statement in a fresh interpreter."""

    def run() -> None:
        subprocess.run([sys.executable, "-c", statement], check=True, capture_output=True)

    return run


def loaded_by(statement: str) -> list[str]:
    """Return which of the heavy packages stand in a fresh interpreter after a statement."""
    script = f"{statement}\nimport sys; print(*sorted({HEAVY!r} & sys.modules.keys()))"
    script = script.replace(repr(HEAVY), repr(set(HEAVY)))
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return run.stdout.split()
