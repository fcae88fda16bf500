"""Rules 3 and 6: the header's names, order and place."""

from collections.abc import Iterator
from typing import Final

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.description import COLUMNS
from tests.corpus.generated.sheet import Sheet, counts, months, years

__all__ = ["cases"]

_FOLD: Final = "header_folding: said as a warning"
_REQUIRED: Final = ("indicator_id", "place_code", "period", "numerator", "denominator")


def cases() -> Iterator[Case]:
    """Yield the cases."""
    for name, spelled in (
        ("upper", str.upper), ("title-spaces", lambda text: text.replace("_", " ").title()),
        ("hyphens", lambda text: text.replace("_", "-")), ("no-break", lambda text: text.replace("_", "\u00a0")),
        ("tabs", lambda text: text.replace("_", "\t")), ("line-breaks", lambda text: text.replace("_", "\n")),
        ("around", lambda text: f"  {text} "), ("zero-width", lambda text: text[:2] + "\u200b" + text[2:]),
        ("byte-order-mark", lambda text: "\ufeff" + text),
        ("ideographic-space", lambda text: text.replace("_", "\u3000")),
    ):  # fmt: skip
        sheet = months().head(**{column: spelled(column) for column in COLUMNS[:5]})
        yield made(f"hdr-fold-{name}", f"required names: {name}", WARNED, 3, _FOLD, sheet, rows=[1])
    for column in COLUMNS[5:]:
        sheet = months().head(**{column: column.replace("_", " ").upper()})
        yield made(f"hdr-fold-optional-{column}", f"{column} in capitals", WARNED, 3, _FOLD, sheet, rows=[1])
    for column in _REQUIRED:
        yield made(
            f"hdr-missing-{column}",
            f"no column {column}",
            REJECTED,
            6,
            "a required column is absent",
            months().without(column),
            rows=[1],
            columns=[column],
        )
        sheet = months().with_column(column.upper(), ["1"] * 6)
        yield made(
            f"hdr-twice-{column}",
            f"two columns of one name after folding: {column}",
            REJECTED,
            3,
            "two columns of one name after folding are rejected",
            sheet,
            rows=[1],
            columns=[column],
        )
    for column in COLUMNS[5:]:
        sheet = months().with_column(column.replace("_", "-"), [])
        yield made(
            f"hdr-twice-{column}",
            f"{column} twice, the second empty",
            REJECTED,
            3,
            "two columns of one name after folding are rejected",
            sheet,
            rows=[1],
            columns=[column],
        )
    for number, (column, written) in enumerate((
        ("numerator", "num"), ("numerator", "numerator (n)"), ("numerator", "numerator*"),
        ("numerator", "numerators"), ("numerator", "'numerator'"), ("denominator", "denom"), ("denominator", "base"),
        ("denominator", "denominator1"), ("place_code", "place"), ("place_code", "placecode"),
        ("place_code", "place\u2013code"), ("place_code", "place.code"), ("place_code", "area_code"),
        ("period", "month"), ("period", "period."), ("period", "per\u0456od"), ("indicator_id", "indicator"),
        ("indicator_id", "\u0131ndicator_id"), ("indicator_id", "indicator_\uff49\uff44"),
        ("numerator", "=numerator"),
    )):  # fmt: skip
        sheet = months().head(**{column: written})
        yield made(
            f"hdr-near-{number:02d}",
            f"{written!r} for {column}",
            REJECTED,
            3,
            "header_folding knows no other synonyms",
            sheet,
            rows=[1],
            columns=[column],
        )
    yield from _places_and_orders()
    yield from _others()
    yield from _where()


def _places_and_orders() -> Iterator[Case]:
    sheet = months()
    order = [4, 10, 3, 8, 2, 0, 9, 1, 7, 5, 6]
    turned = Sheet([sheet.columns[place] for place in order])
    turned.lines = [[line[place] for place in order] for line in sheet.lines]
    turned.meanings = sheet.meanings
    yield made("hdr-other-order", "the columns in another order", ACCEPTED, 3, "columns go by name", turned)
    yield made(
        "hdr-required-only",
        "only the five required columns",
        ACCEPTED,
        3,
        "the rest is optional",
        months(columns=COLUMNS[:5]),
    )
    yield made(
        "hdr-count-without-denominator",
        "no denominator column, counts only",
        ACCEPTED,
        6,
        "required_unless_count",
        counts().without("denominator"),
        partner="LINKS-S",
    )
    mixed = years(("2023/24",)).add("bed-6", "W06000084", "2023/24", 4, None)
    yield made(
        "hdr-count-and-proportion",
        "a count beside a proportion, the denominator column there",
        ACCEPTED,
        6,
        "required_unless_count: the cell may be empty for a count",
        mixed,
        partner="SHIRE-Q",
    )
    yield made(
        "hdr-count-and-proportion-no-column",
        "a count beside a proportion, no denominator column",
        REJECTED,
        6,
        "required_unless_count means every indicator in question",
        mixed.copy().without("denominator"),
        rows=[1],
        columns=["denominator"],
        partner="SHIRE-Q",
    )


def _others() -> Iterator[Case]:
    unknown = "unknown_or_nameless: ignored and named (warning)"
    for number, name in enumerate((
        "local_ref", "Ward", "<b>note</b>", "=cmd|' /C calc'!A0", "gender", "__proto__", "x" * 900, "comment_2",
        "row", "{{7*7}}",
    )):  # fmt: skip
        sheet = months().with_column(name, ["a", "b", "c"])
        named = [name] if number in {0, 7, 8} else []
        yield made(
            f"hdr-unknown-{number}",
            f"a column {name[:30]!r}",
            WARNED,
            6,
            unknown,
            sheet,
            rows=[1],
            columns=named,
            report_max_bytes=20_000,
        )
    sheet = months().with_column("local_ref", ["a"], at=0).with_column("Ward", ["b"], at=4)
    yield made(
        "hdr-unknown-two-between",
        "two unknown columns among the known",
        WARNED,
        6,
        unknown,
        sheet,
        rows=[1],
        columns=["local_ref"],
    )
    yield made(
        "hdr-nameless-content",
        "a column with content and no name",
        WARNED,
        6,
        unknown,
        months().with_column("", ["see note"]),
        also_ok=[REJECTED],
    )
    yield made(
        "hdr-nameless-empty",
        "three empty columns without a name, one in the middle",
        WARNED,
        6,
        "blank columns are skipped with a warning",
        months().with_column("", [], at=2).with_column("", []).with_column("", []),
    )
    yield made(
        "hdr-blank-first-columns",
        "two empty columns before the table",
        WARNED,
        6,
        "blank columns are skipped with a warning",
        months().with_column("", [], at=0).with_column("", [], at=0),
    )
    sheet = Sheet(["indicator_id", "place_code", "2025-04", "2025-05"])
    sheet.end("tdv-1", "W06000081", "312", "305")
    yield made(
        "hdr-months-across",
        "a column for each month",
        REJECTED,
        6,
        "columns go by name; three of them are absent",
        sheet,
    )
    sheet = months()
    sheet.lines = [list(column) for column in zip(*sheet.lines, strict=True)]
    yield made(
        "hdr-on-its-side",
        "the table on its side: names down the first column",
        REJECTED,
        6,
        "no header row",
        b"",
        content=b"\r\n".join(",".join(str(cell) for cell in line).encode() for line in sheet.lines) + b"\r\n",
    )
    sheet = months()
    sheet.lines.pop(0)
    sheet.meanings.pop(0)
    yield made("hdr-none", "no header at all", REJECTED, 6, "columns go by name", sheet)


def _where() -> Iterator[Case]:
    above = "rows above the header are skipped with a warning"
    for lines in (1, 4, 11):
        sheet = months()
        for number in range(lines):
            sheet.insert(1, f"Title line {lines - number}")
        yield made(
            f"hdr-row-{lines + 1}",
            f"{lines} title lines above the header",
            WARNED,
            6,
            above,
            sheet,
            rows=range(1, lines + 1),
        )
    sheet = months()
    for _ in range(12):
        sheet.insert(1, "Title line")
    yield made(
        "hdr-row-13",
        "twelve title lines: the header is beyond header_search_rows",
        REJECTED,
        6,
        "header_row: in the top header_search_rows rows",
        sheet,
    )
    sheet = months().insert(1, "Return for 2025", "", "", "W06000081", 12)
    yield made("hdr-numbers-above", "a title line that holds a code and a number", WARNED, 6, above, sheet, rows=[1])
    sheet = months().insert(1).insert(1)
    yield made("hdr-two-empty-lines-above", "two empty lines above the header", WARNED, 6, above, sheet, rows=[1, 2])
    sheet = months().insert(1, "indicator_id", "place_code", "what the columns are")
    yield made(
        "hdr-two-names-above",
        "a line above that has only two of the names",
        WARNED,
        6,
        "header_row: three or more of the names",
        sheet,
        rows=[1],
    )
    sheet = months().insert(1, "indicator_id", "place_code", "period")
    yield made(
        "hdr-three-names-above",
        "a line above that has three of the names: it is the header, and lacks two",
        REJECTED,
        6,
        "header_row: the first row in which three or more of the names stand; every row below is longer than it",
        sheet,
        rows=range(1, 9),
        columns=["numerator"],
    )
