"""Rule 6: separators, blank rows, short and long rows, totals, labels, footnotes."""

from collections.abc import Iterator
from typing import Final

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.description import COLUMNS
from tests.corpus.generated.sheet import Sheet, months, quarters
from tests.corpus.generated.writing import csv_bytes, csv_text

__all__ = ["cases"]

_SKIPPED: Final = "skipped with a warning"
_NO_PLACE: Final = "rows with numbers that belong to no known place reject the file"


def cases() -> Iterator[Case]:
    """Yield the cases."""
    yield from _separators()
    yield from _lines()
    yield from _totals()
    yield from _lengths()
    yield from _nothing()


def _separators() -> Iterator[Case]:
    yield made(
        "shp-semicolon",
        "semicolons",
        WARNED,
        3,
        "separators, said as a warning",
        months(),
        content=csv_bytes(months(), separator=";"),
    )
    yield made(
        "shp-semicolon-quoted",
        "semicolons, every cell quoted",
        WARNED,
        3,
        "separators, said as a warning",
        months(),
        content=csv_bytes(months(), separator=";", quote_all=True),
    )
    yield made(
        "shp-tabs",
        "tabs in a .tsv",
        ACCEPTED,
        3,
        "TSV needs no warning",
        months(),
        content=csv_bytes(months(), separator="\t"),
        suffix="tsv",
    )
    yield made(
        "shp-tabs-in-csv",
        "tabs in a .csv",
        WARNED,
        3,
        "separators, said as a warning",
        months(),
        content=csv_bytes(months(), separator="\t"),
        also_ok=[ACCEPTED],
    )
    yield made(
        "shp-commas-in-tsv",
        "commas in a .tsv",
        WARNED,
        3,
        "separators, said as a warning",
        months(),
        suffix="tsv",
        also_ok=[ACCEPTED],
    )
    sheet = months().put(3, comment="a; b; c; d; e; f; g; h; i; j; k; l")
    yield made(
        "shp-semicolons-in-comment",
        "a comma-separated file with many semicolons in a comment",
        ACCEPTED,
        3,
        "the header decides",
        sheet,
        text_check={"row": 3, "comment": "a; b; c; d; e; f; g; h; i; j; k; l"},
    )
    sheet = months().put(3, comment="a, b, c, d, e, f, g, h, i, j, k, l, m")
    yield made(
        "shp-commas-in-semicolon-comment",
        "a semicolon-separated file with many commas in a comment",
        WARNED,
        3,
        "the header decides",
        sheet,
        content=csv_bytes(sheet, separator=";"),
        text_check={"row": 3, "comment": "a, b, c, d, e, f, g, h, i, j, k, l, m"},
    )
    sheet = months().insert(1, "Return; first half; 2025")
    yield made(
        "shp-title-with-other-separator",
        "a title line with semicolons above a comma-separated header",
        WARNED,
        6,
        "rows above the header are " + _SKIPPED,
        sheet,
        rows=[1],
    )
    yield made(
        "shp-all-quoted",
        "every cell quoted",
        ACCEPTED,
        3,
        "plain CSV",
        months(),
        content=csv_bytes(months(), quote_all=True),
    )
    yield made(
        "shp-excel-sep-line",
        "Excel's sep=; line above the header",
        WARNED,
        6,
        "rows above the header are " + _SKIPPED,
        months().insert(1, "sep=;"),
        content=b"sep=;\r\n" + csv_bytes(months(), separator=";"),
        rows=[1],
    )


def _lines() -> Iterator[Case]:
    yield made(
        "shp-blank-separators",
        "a row of separators alone",
        WARNED,
        6,
        "blank rows are " + _SKIPPED,
        months().insert(4, *[""] * 11),
        rows=[4],
    )
    yield made(
        "shp-blank-line",
        "an empty line in the middle",
        WARNED,
        6,
        "blank rows are " + _SKIPPED,
        months().insert(4),
        rows=[4],
    )
    yield made(
        "shp-blank-spaces",
        "a row of spaces and no-break spaces",
        WARNED,
        6,
        "blank rows are " + _SKIPPED,
        months().insert(5, " ", "\u00a0", "", "  "),
        rows=[5],
    )
    yield made(
        "shp-blank-quoted",
        "a row of quoted nothings",
        WARNED,
        6,
        "blank rows are " + _SKIPPED,
        months().insert(3, *[""] * 11),
        content=csv_bytes(months().insert(3, *[""] * 11), quote_all=True),
        rows=[3],
    )
    yield made(
        "shp-blank-under-header",
        "three blank rows below the header",
        WARNED,
        6,
        "blank rows are " + _SKIPPED,
        months().insert(2).insert(2).insert(2),
        rows=[2, 3, 4],
    )
    sheet = months()
    for _ in range(40):
        sheet.end(*[""] * 11)
    yield made(
        "shp-forty-blank-at-end", "forty rows of separators at the end", WARNED, 6, "blank rows are " + _SKIPPED, sheet
    )
    for number, label in enumerate((
        "Northern places", "Section 2: tdv", "Source: own system", "* suppressed", "End of file", "=== April ===",
        "Total", "12",
    )):  # fmt: skip
        sheet = months().insert(5, label)
        yield made(
            f"shp-label-{number}",
            f"a row that holds only {label!r} in the first column",
            WARNED,
            6,
            "text-only rows are " + _SKIPPED,
            sheet,
            rows=[5],
        )
    sheet = months().insert(5, "Southern places", *[""] * 9, "checked by finance")
    yield made(
        "shp-label-with-comment",
        "a section label with a remark in the comment column",
        WARNED,
        6,
        "text_only_row: place, period, numerator and denominator are empty",
        sheet,
        rows=[5],
    )
    sheet = months().insert(5, "tdv-1")
    yield made(
        "shp-indicator-alone",
        "a row that holds an indicator's id and nothing more",
        REJECTED,
        6,
        "text_only_row: indicator_id is no indicator of the framework",
        sheet,
        rows=[5],
    )
    sheet = months().insert(5, "TDV-1 ", *[""] * 10)
    yield made(
        "shp-indicator-alone-folded",
        "a row that holds an indicator's id in capitals and nothing more",
        REJECTED,
        6,
        "text_only_row: it is an indicator after folding",
        sheet,
        rows=[5],
    )
    sheet = months()
    sheet.insert(5, *sheet.columns)
    yield made(
        "shp-header-again", "the header again", WARNED, 6, "repeats of the header are " + _SKIPPED, sheet, rows=[5]
    )
    sheet = months()
    sheet.insert(5, *[column.upper().replace("_", " ") for column in sheet.columns])
    yield made(
        "shp-header-again-folded",
        "the header again, in capitals with spaces",
        WARNED,
        6,
        "repeats of the header are " + _SKIPPED,
        sheet,
        rows=[5],
        also_ok=[REJECTED],
    )
    sheet = months()
    for row in (2, 5, 8):
        sheet.insert(row, *sheet.columns)
    yield made(
        "shp-header-three-times",
        "the header three times more, once at once below itself",
        WARNED,
        6,
        "repeats of the header are " + _SKIPPED,
        sheet,
        rows=[2, 5, 8],
    )
    sheet = months().put(3, comment='one\r\ntwo, with a comma\n"three"')
    yield made(
        "shp-quoted-break-then-fault",
        "a quoted line break above, a fault two rows on",
        REJECTED,
        6,
        "a quoted line break does not start a new row",
        sheet.copy().put(5, numerator="x1"),
        rows=[5],
        columns=["numerator"],
    )
    text = csv_text(months().put(4, comment="QQQ")).replace("QQQ", '"never closed')
    yield made(
        "shp-quote-never-closed",
        "a quote that is never closed",
        REJECTED,
        11,
        "damaged: a quote never closed",
        months(),
        content=text.encode(),
    )
    text = csv_text(months()).replace("W06000082", '"W06000082', 1)
    yield made(
        "shp-quote-never-closed-code",
        "a quote never closed before a code",
        REJECTED,
        11,
        "damaged: a quote never closed",
        months(),
        content=text.encode(),
    )


def _totals() -> Iterator[Case]:
    for number, cells in enumerate((
        ("tdv-1", "Total", "2025-04", 1030, 1230), ("tdv-1", "All places", "2025-04", 1030, 1230),
        ("tdv-1", "", "2025-04", 1030, 1230), ("tdv-1", "W54000077", "2025-04", 1030, 1230),
        ("tdv-1", "*", "2025-04", 1030, 1230), ("tdv-1", "England", "2025-04", 1030, 1230),
        ("tdv-1", "TOTAL W06000081-83", "2025-04", 1030, 1230), ("tdv-1", "-", "2025-04", 1030, 1230),
        ("tdv-1", "ALL", "2025-04", "*", 1230),
    )):  # fmt: skip
        sheet = months().insert(5, *cells)
        yield made(
            f"shp-total-{number}",
            f"a total row: place {cells[1]!r}",
            REJECTED,
            6,
            _NO_PLACE,
            sheet,
            rows=[5],
            columns=["place_code"],
        )
    sheet = months().end("Total", "", "", 2052, 2443)
    yield made(
        "shp-total-last", "a grand total below: only a word and two numbers", REJECTED, 6, _NO_PLACE, sheet, rows=[8]
    )
    sheet = months().end("", "", "", 2052, 2443)
    yield made("shp-total-unlabelled", "a grand total without a word", REJECTED, 6, _NO_PLACE, sheet, rows=[8])
    sheet = (
        months().insert(5, "tdv-1", "Subtotal", "2025-04", 1030, 1230).end("tdv-1", "Subtotal", "2025-05", 1022, 1223)
    )
    yield made(
        "shp-two-subtotals",
        "two subtotals",
        REJECTED,
        1,
        "every fault is listed",
        sheet,
        rows=[5, 9],
        columns=["place_code"],
    )
    sheet = months().insert(5).end().end("Total", "", "", 2052, 2443).end("Source: own system")
    yield made(
        "shp-blank-total-footnote",
        "blank rows, a total and a footnote together",
        REJECTED,
        6,
        _NO_PLACE,
        sheet,
        rows=[10],
    )


def _lengths() -> Iterator[Case]:
    longer = "a row with more fields than the header is rejected even when the surplus is empty"
    for number, surplus in enumerate((("",), ("", ""), ("x",), ("5",), ("", "", "late"))):
        sheet = months()
        sheet.lines[4] += list(surplus)
        yield made(
            f"shp-longer-{number}", f"one row with {len(surplus)} fields more", REJECTED, 6, longer, sheet, rows=[5]
        )
    sheet = months()
    for line in sheet.lines[1:]:
        line.append("")
    yield made(
        "shp-longer-all-empty",
        "every data row has one empty field more",
        WARNED,
        6,
        "the same empty surplus in every data row",
        sheet,
        also_ok=[REJECTED],
    )
    sheet = months()
    for line in sheet.lines[1:]:
        line.append("x")
    yield made(
        "shp-longer-all-filled",
        "every data row has one filled field more than the header",
        REJECTED,
        6,
        longer,
        sheet,
        rows=[2, 3, 4, 5, 6, 7],
    )
    sheet = months()
    for number, line in enumerate(sheet.lines[1:]):
        line.extend([""] * (1 + number % 2))
    yield made(
        "shp-longer-uneven",
        "one or two empty fields more, by turns",
        REJECTED,
        6,
        longer,
        sheet,
        rows=[2, 3, 4, 5, 6, 7],
    )
    text = csv_text(quarters())
    content = text.replace("41834,", "41,834,").encode()
    yield made(
        "shp-thousands-split",
        "an unquoted 41,834 under eleven headings",
        REJECTED,
        6,
        longer,
        quarters(),
        content=content,
        rows=[2],
    )
    required = COLUMNS[:5]
    content = csv_text(quarters_required()).replace("41834", "41,834").encode()
    yield made(
        "shp-thousands-split-required",
        f"an unquoted 41,834 under {len(required)} headings",
        REJECTED,
        6,
        longer,
        quarters_required(),
        content=content,
        rows=[2],
    )
    for row in (3, 7):
        sheet = months()
        sheet.lines[row - 1] = sheet.lines[row - 1][:5]
        yield made(
            f"shp-shorter-{row}",
            f"row {row} ends after the denominator",
            WARNED,
            6,
            "a shorter row is read (warning) if its required fields are there",
            sheet,
            rows=[row],
        )
    sheet = months()
    sheet.lines[6] = sheet.lines[6][:5]
    yield made(
        "shp-shorter-last-no-line-end",
        "the last row ends after the denominator, and no line end",
        REJECTED,
        6,
        "a last row that is shorter than the header and has no line end is cut off",
        sheet,
        content=csv_bytes(sheet, last_line_end=False),
        rows=[7],
    )
    for fields in (1, 2, 3, 4):
        sheet = months()
        sheet.lines[4] = sheet.lines[4][:fields]
        yield made(
            f"shp-shorter-required-{fields}",
            f"row 5 has {fields} of the five required fields",
            REJECTED,
            6,
            "its required fields are not there",
            sheet,
            rows=[5],
        )
    for cut in (1, 8, 14, 20):
        content = csv_bytes(quarters())[: -13 - cut]
        yield made(
            f"shp-cut-{cut}",
            f"the file is cut {cut} characters into the last row's figures",
            REJECTED,
            6,
            "a last row that is shorter than the header and has no line end is cut off",
            quarters(),
            content=content,
            rows=[4],
        )


def quarters_required() -> Sheet:
    """Return the quarterly return without its optional columns."""
    return quarters().without(*COLUMNS[5:])


def _nothing() -> Iterator[Case]:
    header = csv_bytes(Sheet())
    for name, content in (
        ("empty", b""), ("mark-only", b"\xef\xbb\xbf"), ("utf16-mark-only", b"\xff\xfe"),
        ("line-ends", b"\r\n\r\n\n"), ("spaces", b"   \t \r\n  "), ("separators", b",,,,,,\r\n" * 5),
        ("header", header), ("header-no-line-end", header[:-2]),
        ("header-and-blanks", header + b",,,,,,,,,,\r\n" * 3),
        ("header-and-label", header + b"Nothing to report,,,,,,,,,,\r\n"), ("header-twice", header * 2),
        ("one-word", b"none\r\n"), ("one-byte", b"0"),
    ):  # fmt: skip
        yield made(
            f"shp-nothing-{name}",
            f"nothing submitted: {name}",
            REJECTED,
            1,
            "no data is not the same as zero: there is nothing to accept",
            content,
        )
