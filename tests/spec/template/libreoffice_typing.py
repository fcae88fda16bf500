"""Types into a workbook with LibreOffice and saves it; run by the system's Python, which has `uno`.

usage: /usr/bin/python3 libreoffice_typing.py JOB.json

JOB.json holds `source`, `target`, `sheet`, `typed` (address to what is typed) and `profile` (a folder); `asked`, the
addresses of which `checked` says the kind of check that they have; `tried`, lists of an address, what is typed there,
a rule and a free cell, of which `lets_in` says the outcome. Printed as JSON, with `sheets` (name to whether it is
seen).
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

_MOST_SECONDS = 60


def main() -> int:
    """Do the job named by the only argument."""
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    pipe = f"outcomes-{Path(job['profile']).name}"
    office = subprocess.Popen(
        [
            *("soffice", "--headless", "--invisible", "--norestore", "--nologo", "--nodefault"),
            f"-env:UserInstallation={Path(job['profile']).as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        desktop = _desktop(pipe)
        print(json.dumps(_typed(desktop, job)))
        desktop.terminate()
    finally:
        try:
            office.wait(timeout=10)
        except subprocess.TimeoutExpired:
            office.kill()
    return 0


def _desktop(pipe: str) -> Any:
    # only where the script runs: nobody else has these modules
    import uno  # type: ignore[import-not-found]
    from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(_MOST_SECONDS * 4):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
            continue
        return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    raise TimeoutError("LibreOffice did not start")


def _typed(desktop: Any, job: dict[str, Any]) -> dict[str, Any]:
    book = desktop.loadComponentFromURL(Path(job["source"]).as_uri(), "_blank", 0, (_named("Hidden", True),))
    try:
        page = book.Sheets.getByName(job["sheet"])
        for address, text in job["typed"].items():
            # as if it were typed: the program decides whether it is a number
            page.getCellRangeByName(address).setFormula(text)
        said: dict[str, Any] = {
            "sheets": {sheet.Name: sheet.IsVisible for sheet in book.Sheets},
            "checked": {
                address: page.getCellRangeByName(address).Validation.Type.value for address in job.get("asked", [])
            },
            "lets_in": [],
        }
        book.storeToURL(Path(job["target"]).as_uri(), (_named("FilterName", "Calc MS Excel 2007 XML"),))
        # whether a rule lets in what is typed into its cell, worked out in a cell nobody needs
        for address, text, rule, scratch in job.get("tried", []):
            cell, result = page.getCellRangeByName(address), page.getCellRangeByName(scratch)
            before = cell.getFormula()
            cell.setFormula(text)
            result.setFormula(rule)
            said["lets_in"].append(bool(result.getValue()) and not result.getError())
            cell.setFormula(before)
            result.setFormula("")
    finally:
        book.close(True)
    return said


def _named(name: str, value: Any) -> Any:
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    given = PropertyValue()
    given.Name, given.Value = name, value
    return given


if __name__ == "__main__":
    sys.exit(main())
