"""Compiles the subset of nhsuk-frontend that the pages use. Run by a maintainer when the version rises; needs npm.

    python reports/build_styles.py

It installs nhsuk-frontend and sass into a temporary folder, compiles `styles/nhsuk-subset.scss`, leaves out the rules
of variants that no page has (a third of a page's styles are not carried by every page for nothing) and writes
`styles/nhsuk-subset.css` and `styles/versions.json` (versions and SHA-256). Users of the library never need npm.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FRONTEND = "10.6.1"
SASS = "1.108.2"
# of the components that are used: links of other looks, reversed ones, tags of other colours, wrappers
NOT_USED = re.compile(
    r"\.nhsuk-(?:link|icon|main-wrapper|width-container-fluid|u-visually-hidden-focusable|skip-link-focused"
    r"|tag--(?!yellow)|[a-z_-]+--reverse)|button\."
)
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


def without_unused(css: str) -> str:
    """Return compressed CSS without the selectors that no page has, and without what is then empty.

    >>> without_unused("a{color:red}@media print{.nhsuk-link,b{color:blue}.nhsuk-icon{fill:red}}")
    'a{color:red}@media print{b{color:blue}}'
    """
    kept, place = [], 0
    while (opening := css.find("{", place)) >= 0:
        selectors, depth, end = css[place:opening], 1, opening + 1
        while depth:
            depth += (css[end] == "{") - (css[end] == "}")
            end += 1
        body = css[opening + 1 : end - 1]
        if selectors.startswith("@"):
            body = without_unused(body) if "{" in body else body
        else:
            selectors = ",".join(one for one in selectors.split(",") if not NOT_USED.search(one))
        if selectors and body:
            kept.append(f"{selectors}{{{body}}}")
        place = end
    return "".join(kept)


def main() -> None:
    """Compile, and write the result with its versions."""
    css = without_unused(build()) + "\n"
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
