"""Sees what a workbook holds that does not survive being read and written again, so that it is said and never lost."""

import re
import zipfile
from typing import Final

__all__ = ["losses_of"]

# the name of a part of the workbook to what it is
_PARTS: Final = (
    (re.compile(r"xl/media/"), "pictures"),
    (re.compile(r"xl/charts/"), "charts"),
    (re.compile(r"xl/chartsheets/"), "sheets that are charts"),
    (re.compile(r"xl/vbaProject\.bin"), "macros"),
    (re.compile(r"xl/pivot"), "pivot tables"),
    (re.compile(r"xl/(slicers|slicerCaches|timelines|timelineCaches)/"), "slicers"),
    (re.compile(r"xl/(embeddings|activeX)/"), "embedded objects"),
    (re.compile(r"xl/ctrlProps/"), "buttons and form fields"),
    (re.compile(r"xl/diagrams/"), "diagrams"),
    (re.compile(r"xl/threadedComments/"), "the answers in threads of comments"),
    (re.compile(r"xl/(connections|queryTables)"), "connections to other sources of data"),
    (re.compile(r"xl/model/|customXml/"), "data models and custom XML"),
    (re.compile(r"_xmlsignatures/"), "a digital signature"),
    (re.compile(r"xl/(macrosheets|dialogsheets)/"), "macro sheets"),
)
# what stands inside a worksheet's XML
_MARKS: Final = (
    (re.compile(rb"<(?:\w+:)?sparklineGroups?[ >]"), "sparklines"),
    (re.compile(rb"<x14:dataValidations?[ >]"), "drop-downs whose list stands on another sheet"),
    (re.compile(rb"<x14:conditionalFormattings?[ >]"), "some conditional formats"),
    (re.compile(rb"<(?:\w+:)?legacyDrawingHF[ />]"), "pictures in headers and footers"),
)
_SHAPE: Final = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[ >]")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ >]")


def losses_of(archive: zipfile.ZipFile) -> tuple[str, ...]:
    """Return in words what the marked copy of a workbook lacks, sorted; formulas are told as `results of formulas`.

    Arguments:
        archive: The workbook, found safe.
    """
    found = {what for name in archive.namelist() for pattern, what in _PARTS if pattern.search(name)}
    for name in archive.namelist():
        if re.match(r"xl/drawings/drawing[^/]*\.xml", name) and _SHAPE.search(archive.read(name)):
            found.add("shapes and text boxes")
        if re.match(r"xl/worksheets/[^/]*\.xml", name):
            content = archive.read(name)
            found |= {what for pattern, what in _MARKS if pattern.search(content)}
            if _FORMULA.search(content):
                found.add("results of formulas")
    return tuple(sorted(found))
