"""Rules 10 and 12: hostile text, limits and bounded messages."""

from collections.abc import Iterator
from typing import Final

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.description import COLUMNS, DESCRIPTION
from tests.corpus.generated.sheet import Sheet, months
from tests.corpus.generated.writing import csv_text

__all__ = ["hostile_text", "limits"]

_FREE: Final = ("value_note", "comment")


_TEXTS: Final = (
    "=1+1", "=HYPERLINK(\"http://a.invalid\",\"x\")", "+1-1", "-2+3", "@SUM(A1:A9)", "\t=1+1", "\r=1+1",
    "=cmd|' /C calc'!A0", "{{7*7}}", "{% raw %}", "${7*7}", "${jndi:ldap://a.invalid/x}", "<%= 1 %>", "#{1}",
    "<script>alert(1)</script>", "\"><svg onload=alert(1)>", "' onmouseover='alert(1)", "]]>", "<!--", "&lt;b&gt;",
    "</style></title>", "javascript:alert(1)", "[x](javascript:alert(1))", "a\x07b", "a\x1b[31mred\x1b[0m",
    "a\x08\x08b", "a\x7fb", "\u202egnp.exe", "\u2066x\u2069", "a\u200bb", "a\u2028b\u2029c", "a\ufeffb",
    "\ue000\uf8ff", "e\u0301\u0301\u0301\u0301", "'; DROP TABLE submissions; --", "%s%n%x", "../../etc/passwd",
    "file:///etc/passwd", "\\\\server\\share", "a\u0085b", "0" * 900, "🏳️‍🌈" * 20, "null", "True", "\uffff",
    "a\x00b",
)  # fmt: skip


def hostile_text() -> Iterator[Case]:
    """Yield the cases of hostile text."""
    kept = "in free-text columns it is data: stored as sent, flagged"
    for number, text in enumerate(_TEXTS[:-1]):
        column = _FREE[number % 2]
        sheet = months().put(3, **{column: text})
        if text == "null":
            # a null word, in any case of letters
            yield made(
                f"txt-{number:02d}",
                "the word null",
                WARNED,
                5,
                "null_words are folded; read as not given",
                sheet,
                rows=[3],
                columns=[column],
            )
            continue
        yield made(
            f"txt-{number:02d}",
            f"{column} {text[:40]!r}",
            WARNED,
            10,
            kept,
            sheet,
            also_ok=[ACCEPTED],
            text_check={"row": 3, column: text},
            report_max_bytes=60_000,
        )
    yield made(
        "txt-nul",
        "a NUL in a comment",
        REJECTED,
        11,
        "NUL bytes: damaged",
        months(),
        content=csv_text(months().put(3, comment="a\x00b")).encode(),
    )
    for column in COLUMNS[:9]:
        for number, text in enumerate(("=1+1", "<script>alert(1)</script>", "{{7*7}}", "\x1b[2J")):
            sheet = months().put(3, **{column: text})
            yield made(
                f"txt-in-{column}-{number}",
                f"{column} {text!r}",
                REJECTED,
                10,
                "text is data in free-text columns only; here it is no code, period or number",
                sheet,
                rows=[3],
                columns=[column],
            )
    sheet = (
        months()
        .put(3, place_code="P" * 700)
        .put(4, numerator="9" * 700)
        .put(5, period="2" * 700)
        .put(6, sex="S" * 700)
        .put(7, indicator_id="I" * 700)
    )
    yield made(
        "txt-long-everywhere",
        "700 characters in five columns",
        REJECTED,
        12,
        "long values are quoted short",
        sheet,
        rows=[3, 4, 5, 6, 7],
        columns=["place_code", "numerator", "period", "sex", "indicator_id"],
        report_max_bytes=20_000,
        report_must_not_contain=["P" * 200, "9" * 200, "2" * 200, "S" * 200, "I" * 200],
    )


def limits() -> Iterator[Case]:
    """Yield the cases at and beyond the limits."""
    above = "above a limit"
    yield made(
        "lim-cell-at",
        "a comment of exactly max_cell_chars",
        ACCEPTED,
        11,
        "at the limit is not above it",
        months().put(3, comment="y" * 1000),
        also_ok=[WARNED],
        text_check={"row": 3, "comment": "y" * 1000},
    )
    for column in ("comment", "value_note", "indicator_id", "place_code", "period", "numerator", "sex"):
        yield made(
            f"lim-cell-above-{column}",
            f"{column} of max_cell_chars + 1",
            REJECTED,
            11,
            above,
            months().put(3, **{column: "7" * 1001}),
            rows=[3],
            columns=[column],
            report_max_bytes=20_000,
        )
    yield made(
        "lim-cell-far-above",
        "a comment of a million characters",
        REJECTED,
        11,
        above,
        months().put(3, comment="y" * 1_000_000),
        rows=[3],
        columns=["comment"],
        report_max_bytes=20_000,
        max_seconds=10,
    )
    wide = months()
    for number in range(29):
        wide.with_column(f"extra_{number}", ["1"])
    yield made(
        "lim-columns-at", "exactly max_columns", WARNED, 6, "unknown columns are ignored and named", wide, rows=[1]
    )
    yield made("lim-columns-above", "max_columns + 1", REJECTED, 11, above, wide.copy().with_column("one_more", ["1"]))
    many = csv_text(months())
    yield made(
        "lim-columns-row",
        "one row of a thousand fields",
        REJECTED,
        6,
        "a row with more fields than the header",
        months(),
        content=(many + ",".join(["1"] * 1000) + "\r\n").encode(),
        also_ok=[],
    )
    row = csv_text(months()).split("\r\n")[1] + "\r\n"
    header = csv_text(Sheet())
    yield made(
        "lim-rows-below",
        "25,000 rows, all the same",
        WARNED,
        8,
        "exact duplicates count once",
        months(("2025-04",), ("W06000081",)),
        content=(header + row * 25_000).encode(),
        max_seconds=60,
    )
    yield made(
        "lim-rows-above",
        "30,000 rows",
        REJECTED,
        11,
        above,
        months(("2025-04",), ("W06000081",)),
        content=(header + row * 30_000).encode(),
        max_seconds=60,
    )
    sheet = months().put(3, comment="filler")
    for _ in range(3100):
        sheet.again(3, comment="z" * 980)
    yield made("lim-file-bytes", "above max_file_bytes", REJECTED, 11, above, sheet, max_seconds=20)
    faults = [header]
    faults += [f"tdv-1,W06000081,2025-04,bad{number},390,,,,,,\r\n" for number in range(5000)]
    yield made(
        "lim-messages",
        "5,000 rows with the same fault",
        REJECTED,
        12,
        "repeated faults are counted and at least the first 20 of each kind shown",
        b"",
        content="".join(faults).encode(),
        report_max_bytes=200_000,
        shown_rows=list(range(2, 22)),
        max_seconds=60,
    )
    faults = [header] + [f"tdv-1,Q{number},April,bad{number},{number}e9,x,q,q,q,,\r\n" for number in range(3000)]
    yield made(
        "lim-messages-all-kinds",
        "3,000 rows with eight faults each",
        REJECTED,
        12,
        "messages are bounded",
        b"",
        content="".join(faults).encode(),
        report_max_bytes=1_000_000,
        shown_rows=list(range(2, 22)),
        max_seconds=60,
    )
    names = ",".join(f"c{number}" for number in range(5000))
    yield made(
        "lim-header-of-5000",
        "a header of 5,000 unknown names",
        REJECTED,
        11,
        above,
        (names + "\r\n").encode(),
        report_max_bytes=50_000,
    )
    assert DESCRIPTION["limits"]["max_cell_chars"] == 1000
