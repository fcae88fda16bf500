"""Compiles the subset of nhsuk-frontend that the pages use. Run by a maintainer when the version rises; needs npm.

    python reports/build_styles.py

It installs nhsuk-frontend and sass into a temporary folder, compiles `styles/nhsuk-subset.scss` and writes
`styles/nhsuk-subset.css` and `styles/versions.json` (versions and SHA-256). Users of the library never need npm.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

FRONTEND = "10.6.1"
SASS = "1.108.2"
STYLES = Path(__file__).resolve().parent / "styles"


def build() -> str:
    """Return the compiled CSS."""
    with tempfile.TemporaryDirectory() as folder:
        npm = [os.environ.get("NPM", "npm"), "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*npm, "install", f"nhsuk-frontend@{FRONTEND}", f"sass@{SASS}"], check=True, stdout=sys.stderr)
        modules = Path(folder) / "node_modules"
        compiler = [
            str(modules / ".bin" / "sass"),
            "--no-source-map",
            "--style=compressed",
            "--no-charset",
            f"--load-path={modules}",
        ]
        compiled = subprocess.run(
            [*compiler, str(STYLES / "nhsuk-subset.scss")], check=True, capture_output=True, text=True, encoding="utf-8"
        )
    return compiled.stdout.strip() + "\n"


def main() -> None:
    """Compile, and write the result with its versions."""
    css = build()
    (STYLES / "nhsuk-subset.css").write_text(css, encoding="utf-8", newline="\n")
    versions = {
        "nhsuk-frontend": FRONTEND,
        "sass": SASS,
        "sha256": hashlib.sha256(css.encode()).hexdigest(),
    }
    text = json.dumps(versions, indent=2) + "\n"
    (STYLES / "versions.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
