"""Rule 10: NHS numbers of the range kept for tests, wherever they may stand, and what is none."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.description import COLUMNS
from tests.corpus.generated.sheet import months
from tests.corpus.generated.writing import csv_bytes, parquet_bytes, xlsxwriter_bytes

__all__ = ["nhs_number", "personal_data"]


def nhs_number(seed: int) -> str:
    """Return a number of the range kept for tests (999…) whose check digit is valid."""
    while True:
        digits = f"999{seed:06d}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return digits + str(0 if check == 11 else check)
        seed += 1


def personal_data() -> Iterator[Case]:
    """Yield the cases of NHS numbers."""
    refuse = "an NHS number in any column rejects the file, and is masked in every message"
    for place, column in enumerate(COLUMNS):
        for name, joint in (("plain", ""), ("spaced", " "), ("hyphened", "-")):
            number = nhs_number(1000 * place + len(name))
            shown = joint.join((number[:3], number[3:6], number[6:]))
            sheet = months().put(3, **{column: shown})
            yield made(
                f"nhs-{column}-{name}",
                f"an NHS number in {column}, {name}",
                REJECTED,
                10,
                refuse,
                sheet,
                rows=[3],
                columns=[column],
                **_masked(number),
            )
    for name, around in (
        ("sentence", "patient {} was moved"), ("colon", "NHS:{}."), ("letters", "NHS{}"), ("letters-after", "{}NHS"),
        ("brackets", "({})"), ("slashes", "ref/{}/2"), ("quoted", '"{}"'), ("formula", "={}"),
        ("two-lines", "first\n{}\nlast"), ("underscore", "id_{}_b"), ("at-end-of-900", "x" * 880 + " {}"),
        ("hash", "#{}"), ("comma", "1,{},2"),
    ):  # fmt: skip
        number = nhs_number(50_000 + len(name) * 13)
        yield made(
            f"nhs-within-{name}",
            f"an NHS number within a comment: {name}",
            REJECTED,
            10,
            refuse,
            months().put(4, comment=around.format(number)),
            rows=[4],
            columns=["comment"],
            **_masked(number),
        )
    number = nhs_number(61_000)
    for name, joint in (
        ("no-break", "\u00a0"),
        ("narrow", "\u202f"),
        ("dots", "."),
        ("non-breaking-hyphen", "\u2011"),
        ("en-dash", "\u2013"),
        ("tab", "\t"),
    ):
        shown = joint.join((number[:3], number[3:6], number[6:]))
        also = [] if name == "no-break" else [ACCEPTED, WARNED]
        yield made(
            f"nhs-grouped-{name}",
            f"3-3-4 groups with {name}",
            REJECTED,
            10,
            refuse,
            months().put(4, comment=f"see {shown}"),
            rows=[4],
            columns=["comment"],
            also_ok=also,
        )
    number = nhs_number(62_000)
    yield made(
        "nhs-unknown-column",
        "an NHS number in a column that is ignored",
        REJECTED,
        10,
        refuse,
        months().with_column("ref", ["", number]),
        rows=[3],
        columns=["ref"],
        **_masked(number),
    )
    yield made(
        "nhs-nameless-column",
        "an NHS number in a column without a name",
        REJECTED,
        10,
        refuse,
        months().with_column("", ["", number]),
        rows=[3],
        **_masked(number),
    )
    yield made(
        "nhs-column-name",
        "an NHS number as the name of a column",
        REJECTED,
        10,
        refuse,
        months().with_column(number, ["1"]),
        rows=[1],
        **_masked(number),
    )
    yield made(
        "nhs-title",
        "an NHS number in a title line",
        REJECTED,
        10,
        refuse,
        months().insert(1, f"Return for {number}"),
        rows=[1],
        **_masked(number),
    )
    yield made(
        "nhs-footnote",
        "an NHS number in a footnote",
        REJECTED,
        10,
        refuse,
        months().end(f"excludes {number}"),
        rows=[8],
        **_masked(number),
    )
    sheet = months()
    sheet.lines[4] += [number]
    yield made(
        "nhs-surplus-field",
        "an NHS number in a surplus field",
        REJECTED,
        10,
        refuse,
        sheet,
        rows=[5],
        **_masked(number),
    )
    other = nhs_number(63_000)
    sheet = months().put(3, comment=f"{number} and {other}", numerator="x1").put(6, value_note=other)
    yield made(
        "nhs-two-and-a-fault",
        "two NHS numbers and another fault",
        REJECTED,
        1,
        "every fault is listed",
        sheet,
        rows=[3, 6],
        columns=["comment", "value_note"],
        **_masked(number, other),
    )
    sheet = months().put(3, comment=f"{number}")
    yield made(
        "nhs-utf16",
        "an NHS number in UTF-16",
        REJECTED,
        10,
        refuse,
        sheet,
        content=csv_bytes(sheet, encoding="utf-16-le", mark=b"\xff\xfe"),
        rows=[3],
        columns=["comment"],
        **_masked(number),
    )
    sheet = months().put(3, comment=f"é {number}")
    yield made(
        "nhs-cp1252",
        "an NHS number in Windows-1252",
        REJECTED,
        10,
        refuse,
        sheet,
        content=csv_bytes(sheet, encoding="cp1252"),
        rows=[3],
        columns=["comment"],
        **_masked(number),
    )
    yield made(
        "nhs-typed-cell",
        "an NHS number as a typed number in a workbook",
        REJECTED,
        10,
        refuse,
        months(),
        content=xlsxwriter_bytes(months().put(3, comment=int(number))),
        suffix="xlsx",
        rows=[3],
        columns=["comment"],
        **_masked(number),
    )
    yield made(
        "nhs-text-cell",
        "an NHS number in a text cell",
        REJECTED,
        10,
        refuse,
        months(),
        content=xlsxwriter_bytes(months().put(3, value_note=f"nr {number}")),
        suffix="xlsx",
        rows=[3],
        columns=["value_note"],
        **_masked(number),
    )
    yield made(
        "nhs-other-sheet",
        "an NHS number on another sheet of the workbook",
        REJECTED,
        10,
        refuse,
        months(),
        content=xlsxwriter_bytes(
            months(), tweak=lambda workbook, _: workbook.add_worksheet("Notes").write_string(4, 2, number)
        ),
        suffix="xlsx",
        **_masked(number),
    )
    yield made(
        "nhs-hidden-row",
        "an NHS number in a hidden row",
        REJECTED,
        10,
        refuse,
        months(),
        content=xlsxwriter_bytes(
            months().put(5, comment=number),
            tweak=lambda _, worksheet: worksheet.set_row(4, None, None, {"hidden": True}),
        ),
        suffix="xlsx",
        rows=[5],
        **_masked(number),
    )
    sheet = months().with_column("ref", [None, int(number)] + [None] * 4)
    yield made(
        "nhs-parquet-number",
        "an NHS number as a Parquet integer",
        REJECTED,
        10,
        refuse,
        months(),
        content=parquet_bytes(sheet, {"ref": pl.Int64()}),
        suffix="parquet",
        rows=[3],
        columns=["ref"],
        **_masked(number),
    )
    yield made(
        "nhs-parquet-text",
        "an NHS number in a Parquet text",
        REJECTED,
        10,
        refuse,
        months(),
        content=parquet_bytes(months().put(3, comment=number)),
        suffix="parquet",
        rows=[3],
        columns=["comment"],
        **_masked(number),
    )
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    for name, text in (
        ("check-digit", wrong), ("spaced-check-digit", f"{wrong[:3]} {wrong[3:6]} {wrong[6:]}"),
        ("eleven", "1" + number), ("twelve", number + "00"), ("nine", number[:9]), ("phone", "020 7946 0958"),
        ("long-account", "GB29 NWBK 6016 1331 9268 19"), ("date-time", "2025-04-01 10:20:30"),
        ("isbn", "978-0-306-40615-7"),
    ):  # fmt: skip
        also = [WARNED, REJECTED] if name == "isbn" else [WARNED]
        sheet = months().put(4, comment=text)
        yield made(
            f"nhs-not-{name}",
            f"no NHS number: {name}",
            ACCEPTED,
            10,
            "10 digits with a valid check digit; no false alarm",
            sheet,
            also_ok=also,
            text_check={"row": 4, "comment": text},
        )


def _masked(*numbers: str) -> dict[str, Any]:
    return {"report_must_not_contain": list(numbers), "html_must_not_contain": list(numbers)}
