"""Rule 3: encodings, byte order marks and line ends."""

from collections.abc import Iterator
from typing import Final

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.sheet import Sheet, months
from tests.corpus.generated.writing import csv_bytes, csv_text

__all__ = ["cases"]

_SAID: Final = "decoded without doubt, said as a warning"
_NOTE: Final = "Café – £3m “winter” plan"
_LITTLE, _BIG = b"\xff\xfe", b"\xfe\xff"


def _noted(row: int = 4) -> Sheet:
    return months().put(row, comment=_NOTE)


def cases() -> Iterator[Case]:
    """Yield the cases."""
    check = {"row": 4, "comment": _NOTE}
    yield made(
        "enc-utf8-accents",
        "accents, dash and pound sign in UTF-8",
        ACCEPTED,
        3,
        "UTF-8 needs no warning",
        _noted(),
        also_ok=[WARNED],
        text_check=check,
    )
    yield made(
        "enc-utf8-bom",
        "UTF-8 with its mark",
        ACCEPTED,
        3,
        "UTF-8 BOM needs no warning",
        _noted(),
        content=csv_bytes(_noted(), mark=b"\xef\xbb\xbf"),
        also_ok=[WARNED],
        text_check=check,
    )
    sheet = _noted()
    yield made(
        "enc-utf8-bom-quoted-header",
        "UTF-8 with its mark before a quoted header",
        ACCEPTED,
        3,
        "UTF-8 BOM needs no warning",
        sheet,
        content=csv_bytes(sheet, mark=b"\xef\xbb\xbf", quote_all=True),
        also_ok=[WARNED],
        text_check=check,
    )
    for name, mark, codec in (("le", _LITTLE, "utf-16-le"), ("be", _BIG, "utf-16-be")):
        for way, form in (
            ("comma", {}),
            ("semicolon", {"separator": ";"}),
            ("tab", {"separator": "\t"}),
            ("cr", {"line_end": "\r"}),
            ("lf", {"line_end": "\n"}),
        ):
            yield made(
                f"enc-utf16{name}-{way}",
                f"UTF-16 {name} with its mark, {way}",
                WARNED,
                3,
                _SAID,
                _noted(),
                content=csv_bytes(_noted(), encoding=codec, mark=mark, **form),
                text_check=check,
            )
        yield made(
            f"enc-utf16{name}-no-mark",
            f"UTF-16 {name} without its mark",
            REJECTED,
            3,
            "UTF-16 needs its mark",
            months(),
            content=csv_bytes(months(), encoding=codec),
        )
        yield made(
            f"enc-utf16{name}-cut-in-a-unit",
            "UTF-16 that ends in half a character",
            REJECTED,
            11,
            "damaged",
            months(),
            content=csv_bytes(months(), encoding=codec, mark=mark)[:-1],
        )
        yield made(
            f"enc-utf16{name}-wrong-mark",
            "UTF-16 under the mark of the other order",
            REJECTED,
            11,
            "no header can be found in it",
            months(),
            content=csv_bytes(months(), encoding=codec, mark=_BIG if mark == _LITTLE else _LITTLE),
        )
    yield made(
        "enc-utf32",
        "UTF-32 with its mark",
        REJECTED,
        3,
        "only UTF-8, UTF-16 and Windows-1252 are read",
        months(),
        content=csv_bytes(months(), encoding="utf-32"),
    )
    surrogate = (
        csv_text(months().put(4, comment="PLACE"))
        .encode("utf-16-le")
        .replace("PLACE".encode("utf-16-le"), b"\x00\xd8" * 5)
    )
    yield made(
        "enc-utf16-lone-surrogates",
        "half characters in a UTF-16 comment",
        REJECTED,
        11,
        "damaged text is not guessed at",
        months(),
        content=_LITTLE + surrogate,
    )
    yield made(
        "enc-utf16-emoji",
        "an emoji in UTF-16 (a pair of units)",
        WARNED,
        3,
        _SAID,
        months().put(4, comment="fine 👍"),
        content=csv_bytes(months().put(4, comment="fine 👍"), encoding="utf-16-le", mark=_LITTLE),
        text_check={"row": 4, "comment": "fine 👍"},
    )
    yield from _windows()
    yield from _line_ends()


def _windows() -> Iterator[Case]:
    first = "text that is not UTF-8 is read as Windows-1252, and the first cell this touched is named"
    for row in (2, 4, 7):
        sheet = _noted(row)
        yield made(
            f"enc-cp1252-row-{row}",
            f"Windows-1252 in row {row}",
            WARNED,
            3,
            first,
            sheet,
            content=csv_bytes(sheet, encoding="cp1252"),
            rows=[row],
            columns=["comment"],
            text_check={"row": row, "comment": _NOTE},
        )
    sheet = months().put(3, value_note="naïve").put(5, comment="£1")
    yield made(
        "enc-cp1252-two-cells",
        "Windows-1252 in two cells, the first named",
        WARNED,
        3,
        first,
        sheet,
        content=csv_bytes(sheet, encoding="cp1252"),
        rows=[3],
        columns=["value_note"],
        text_check={"row": 5, "comment": "£1"},
    )
    sheet = months().put(3, numerator="1\u00a0234", denominator=2345).mean(3, numerator=1234, denominator=2345)
    yield made(
        "enc-cp1252-no-break-in-number",
        "a Windows-1252 no-break space between thousands",
        WARNED,
        3,
        first,
        sheet,
        content=csv_bytes(sheet, encoding="cp1252"),
        rows=[3],
        columns=["numerator"],
    )
    sheet = months().put(3, place_code="W06000082\u00a0")
    yield made(
        "enc-cp1252-no-break-after-code",
        "a Windows-1252 no-break space after a code",
        WARNED,
        4,
        first,
        sheet,
        content=csv_bytes(sheet, encoding="cp1252"),
        rows=[3],
        columns=["place_code"],
    )
    sheet = months().with_column("coût", ["1"])
    yield made(
        "enc-cp1252-in-header",
        "Windows-1252 in the name of a column that is ignored",
        WARNED,
        3,
        first,
        sheet,
        content=csv_bytes(sheet, encoding="cp1252"),
        rows=[1],
    )
    sheet = months().put(3, numerator="\u20134")
    yield made(
        "enc-cp1252-dash-number",
        "a Windows-1252 en dash before a number",
        REJECTED,
        2,
        "no listed minus",
        sheet,
        content=csv_bytes(sheet, encoding="cp1252"),
        rows=[3],
        columns=["numerator"],
    )
    raw = csv_text(months().put(3, comment="QQQ")).encode().replace(b"QQQ", b"a\x81b")
    yield made(
        "enc-cp1252-undefined",
        "a byte that Windows-1252 does not define",
        REJECTED,
        3,
        "neither UTF-8 nor Windows-1252",
        months(),
        content=raw,
        also_ok=[WARNED],
    )
    sheet = _noted()
    yield made(
        "enc-cp1252-semicolon-tabs",
        "Windows-1252 and semicolons",
        WARNED,
        3,
        first,
        sheet,
        content=csv_bytes(sheet, encoding="cp1252", separator=";"),
        rows=[4],
        columns=["comment"],
        text_check={"row": 4, "comment": _NOTE},
    )
    long = months()
    for _ in range(2000):
        long.again(2)
    long.put(len(long.lines), comment="fin à la ligne 2007")
    yield made(
        "enc-cp1252-far-down",
        "the only accent stands in the last of 2,007 rows (the rest repeats row 2)",
        WARNED,
        3,
        first,
        long,
        content=csv_bytes(long, encoding="cp1252"),
        rows=[len(long.lines)],
        columns=["comment"],
        also_ok=[REJECTED],
    )


def _line_ends() -> Iterator[Case]:
    yield made(
        "enc-lf",
        "LF line ends",
        ACCEPTED,
        3,
        "LF needs no warning",
        months(),
        content=csv_bytes(months(), line_end="\n"),
    )
    yield made(
        "enc-no-last-line-end",
        "no last line end",
        ACCEPTED,
        3,
        "a missing last line end needs no warning",
        months(),
        content=csv_bytes(months(), last_line_end=False),
    )
    yield made(
        "enc-lf-no-last-line-end",
        "LF, no last line end",
        ACCEPTED,
        3,
        "needs no warning",
        months(),
        content=csv_bytes(months(), line_end="\n", last_line_end=False),
    )
    yield made(
        "enc-cr",
        "CR line ends",
        WARNED,
        3,
        "line ends, said as a warning",
        months(),
        content=csv_bytes(months(), line_end="\r"),
    )
    yield made(
        "enc-cr-no-last",
        "CR line ends, none after the last row",
        WARNED,
        3,
        "line ends, said as a warning",
        months(),
        content=csv_bytes(months(), line_end="\r", last_line_end=False),
    )
    yield made(
        "enc-cr-quoted",
        "CR line ends, every cell quoted",
        WARNED,
        3,
        "line ends, said as a warning",
        months(),
        content=csv_bytes(months(), line_end="\r", quote_all=True),
    )
    text = csv_text(months())
    mixed = text.replace("\r\n", "\n", 3).encode()
    yield made(
        "enc-mixed-line-ends",
        "LF in the first lines, CRLF in the rest",
        ACCEPTED,
        3,
        "CRLF and LF need no warning",
        months(),
        content=mixed,
        also_ok=[WARNED],
    )
    sheet = months().put(4, comment="one\ntwo")
    yield made(
        "enc-lf-in-cr-file",
        "a quoted LF in a file of CR lines",
        WARNED,
        3,
        "a quoted line break does not start a row",
        sheet,
        content=csv_bytes(sheet, line_end="\r"),
    )
    sheet = months().put(4, comment="one\rtwo\rthree")
    yield made(
        "enc-cr-in-lf-file",
        "quoted CRs in a file of LF lines",
        ACCEPTED,
        3,
        "a quoted line break does not start a row",
        sheet,
        content=csv_bytes(sheet, line_end="\n"),
        also_ok=[WARNED],
    )
    yield made(
        "enc-many-last-line-ends",
        "five line ends after the last row",
        WARNED,
        6,
        "blank rows are skipped with a warning",
        months(),
        content=csv_bytes(months()) + b"\r\n" * 5,
        also_ok=[ACCEPTED],
    )
    yield made(
        "enc-control-z",
        "an end-of-file character (U+001A) after the last row",
        REJECTED,
        6,
        "a row that belongs to no known place and is no text-only row to rely on",
        months(),
        content=csv_bytes(months()) + b"\x1a",
        also_ok=[WARNED],
    )
