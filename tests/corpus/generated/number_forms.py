"""Rules 2 and 3 and number_forms: every way to write a number, and every near miss, in each column that holds one."""

from collections.abc import Iterator
from typing import Final

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.sheet import Sheet, counts, months, quarters, years
from tests.corpus.generated.writing import csv_bytes

__all__ = ["cases"]

_SAID: Final = "lenient on form, said as a warning"
_LISTED: Final = "number_forms lists what is read; everything else is rejected, never changed in silence"

# written, what it is
_GOOD: Final = (
    ("comma", "1,234", 1234), ("space", "1 234", 1234), ("no-break", "1\u00a0234", 1234),
    ("narrow-no-break", "1\u202f234", 1234), ("two-commas", "1,234,567", 1234567),
    ("two-spaces", "1 234 567", 1234567), ("two-narrow", "1\u202f234\u202f567", 1234567),
    ("three-digit-head", "234,567", 234567), ("point-zero", "1234.0", 1234), ("point-zeros", "1234.000", 1234),
    ("plus", "+1234", 1234), ("around", "  1234 ", 1234), ("tab-before", "\t1234", 1234),
    ("no-break-after", "1234\u00a0", 1234), ("leading-zero", "01234", 1234), ("leading-zeros", "0000001234", 1234),
    ("zero-with-zeros", "000", 0), ("zero-point-zero", "0.0", 0),
)  # fmt: skip
_BAD: Final = (
    "1,23", "1,2345", "12,34,567", "1234,567", ",234", "1,,234", "1,234,", "1.234.567", "1,234 567", "1 234,567",
    "1 234\u00a0567", "1'234", "1\u2019234", "1_234", "0x1F", "0b101", "1.234e3", "1E3", "1.2E+03", "1e400",
    "-1e400", "412k", "1.2m", "£412", "412 GBP", "(412)", "412-", "--412", "+-412", "- 412", "412*", "412 *", "*412",
    "~412", "412p", "412 (r)", "c412", "four", "412 people", "\u0661\u0662\u0663", "\uff14\uff11\uff12", "4\u00bd",
    "41\u00b2", "\u2163", "412%", "41/2", "412.5", "0.5", "412.", ".5", "4.1.2", "412,0", "4 12", "41 2", "1  234",
    "Infinity", "-inf", "+Inf", "NaN", "TRUE", "O12", "4l2", "9223372036854775808", "18446744073709551616",
    "340282366920938463463374607431768211457", "5000001", "-1", "\u22121", "=412", "=1+1", "#REF!", "412;413",
    "412\n413", "\u200e4\u200e12",
)  # fmt: skip


def _slug(number: int) -> str:
    return f"{number:02d}"


def cases() -> Iterator[Case]:
    """Yield the cases."""
    for name, written, number in _GOOD:
        sheet = months().put(3, numerator=written, denominator=2345678).mean(3, numerator=number, denominator=2345678)
        yield made(
            f"num-good-numerator-{name}", f"{written!r}", WARNED, 3, _SAID, sheet, rows=[3], columns=["numerator"]
        )
    for name, written, number in _GOOD[:12]:
        sheet = months().put(4, denominator=written).mean(4, denominator=number)
        yield made(
            f"num-good-denominator-{name}", f"{written!r}", WARNED, 3, _SAID, sheet, rows=[4], columns=["denominator"]
        )
    for number, written in enumerate(_BAD):
        sheet = months().put(3, numerator=written)
        yield made(
            f"num-bad-numerator-{_slug(number)}",
            f"numerator {written!r}",
            REJECTED,
            2,
            _LISTED,
            sheet,
            rows=[3],
            columns=["numerator"],
        )
    for number, written in enumerate(_BAD[::4]):
        sheet = months().put(5, denominator=written)
        yield made(
            f"num-bad-denominator-{_slug(number)}",
            f"denominator {written!r}",
            REJECTED,
            2,
            _LISTED,
            sheet,
            rows=[5],
            columns=["denominator"],
        )
    yield from _thousands_with_fraction()
    yield from _means()
    yield from _limits()
    yield from _values()
    yield from _deciles()
    yield from _separated()


def _thousands_with_fraction() -> Iterator[Case]:
    sheet = months().put(3, numerator="1,234.00", denominator="2,345.0").mean(3, numerator=1234, denominator=2345)
    yield made(
        "num-good-groups-and-zeros",
        "'1,234.00': two listed forms in one",
        WARNED,
        3,
        _SAID,
        sheet,
        rows=[3],
        columns=["numerator", "denominator"],
        also_ok=[REJECTED],
    )
    sheet = years(("2023/24",)).add("bed-6", "W06000084", "2023/24", -14, None).put(3, numerator="\u221214")
    yield made(
        "num-good-typographic-minus",
        "U+2212 before a count that may be negative",
        WARNED,
        3,
        _SAID,
        sheet,
        rows=[3],
        columns=["numerator"],
        partner="SHIRE-Q",
    )
    sheet = Sheet().add("bed-6", "W06000084", "2023/24", -1234, None).put(2, numerator=" -1,234 ")
    yield made(
        "num-good-minus-groups-spaces",
        "' -1,234 '",
        WARNED,
        3,
        _SAID,
        sheet,
        rows=[2],
        columns=["numerator"],
        partner="SHIRE-Q",
        also_ok=[REJECTED],
    )
    for name, dash in (("en-dash", "\u2013"), ("hyphen", "\u2010"), ("em-dash", "\u2014"), ("small", "\ufe63")):
        sheet = Sheet().add("bed-6", "W06000084", "2023/24", -14, None).put(2, numerator=f"{dash}14")
        yield made(
            f"num-bad-minus-{name}",
            f"{dash}14: no listed minus",
            REJECTED,
            2,
            _LISTED,
            sheet,
            rows=[2],
            columns=["numerator"],
            partner="SHIRE-Q",
        )


def _mean(written: object, number: object) -> Sheet:
    sheet = Sheet()
    for place in ("W06000081", "W06000082", "W06000083"):
        sheet.add("hrs-2", place, "2025-04", 1200, 400)
    return sheet.put(3, numerator=written).mean(3, numerator=number)


def _means() -> Iterator[Case]:
    for name, written, number in (
        ("one-decimal", "1234.5", 1234.5),
        ("six-decimals", "1234.123456", 1234.123456),
        ("nine-decimals", "1234.123456789", 1234.123456789),
        ("trailing-zeros", "1234.500", 1234.5),
        ("whole", "1234", 1234),
        ("zero-point", "0.25", 0.25),
    ):
        yield made(
            f"num-mean-{name}",
            f"a sum of hours {written!r}",
            ACCEPTED,
            7,
            "a mean's numerator is a number, not a count",
            _mean(written, number),
        )
    yield made(
        "num-mean-groups",
        "'1,234.5' in a sum of hours",
        WARNED,
        3,
        _SAID,
        _mean("1,234.5", 1234.5),
        rows=[3],
        columns=["numerator"],
        also_ok=[REJECTED],
    )
    yield made(
        "num-mean-eleven-decimals",
        "eleven decimals: kept as they are, or refused; never cut",
        ACCEPTED,
        2,
        "never lose a digit in silence",
        _mean("1234.12345678901", 1234.12345678901),
        also_ok=[REJECTED, WARNED],
    )
    for number, written in enumerate(
        ("1234,5", "1.2345e3", ".5", "1234.", "1.234,5", "12,34.5", "1 234,5", "20:30", "1h30", "nan", "-0.5")
    ):
        yield made(
            f"num-mean-bad-{_slug(number)}",
            f"a sum of hours {written!r}",
            REJECTED,
            2,
            _LISTED,
            _mean(written, None),
            rows=[3],
            columns=["numerator"],
        )
    sheet = _mean(1200, 1200).put(4, denominator="400.5")
    yield made(
        "num-mean-half-a-visit",
        "a count of 400.5 below a mean",
        REJECTED,
        7,
        "counts are whole",
        sheet,
        rows=[4],
        columns=["denominator"],
    )


def _limits() -> Iterator[Case]:
    sheet = months().put(2, denominator=5_000_000).mean(2, denominator=5_000_000)
    yield made("num-limit-reached", "a count of exactly max_count", ACCEPTED, 11, "at the limit is not above it", sheet)
    sheet = months().put(2, denominator="5,000,001")
    yield made(
        "num-limit-passed-in-groups",
        "max_count + 1, written with commas",
        REJECTED,
        11,
        "above max_count",
        sheet,
        rows=[2],
        columns=["denominator"],
    )


def _values() -> Iterator[Case]:
    """447 of 522 is 85.632183908…; 41834 of 38455 per 1,000 is 1087.86893771…"""
    agrees = "value_check: agrees within one in the last place of the decimals given, at most six"
    for number, written in enumerate(
        ("86", "85", "87", "85.6", "85.5", "85.7", "85.63", "85.64", "85.632184", "85.6321839080", "85.600")
    ):
        good = written != "85.600"
        sheet = months().put(3, value=written)
        yield made(
            f"num-value-{'fits' if good else 'off'}-{_slug(number)}",
            f"value {written} beside 447 of 522",
            ACCEPTED if good else REJECTED,
            2,
            agrees,
            sheet,
            rows=[] if good else [3],
            columns=[] if good else ["value"],
        )
    for number, written in enumerate(
        ("84", "88", "85.4", "85.8", "85.61", "58.6", "0.856", "0.86", "8563", "-85.6", "85.632199", "856.3")
    ):
        sheet = months().put(3, value=written)
        yield made(
            f"num-value-wrong-{_slug(number)}",
            f"value {written} beside 447 of 522",
            REJECTED,
            2,
            agrees,
            sheet,
            rows=[3],
            columns=["value"],
        )
    for number, written in enumerate(
        ("85,6", "8.56e1", "86 percent", "c. 85.6", "85.6*", "£85.6", "nan", "#N/A", ".", "?", "85.6%%", "85.6\u2030")
    ):
        sheet = months().put(3, value=written)
        yield made(
            f"num-value-form-{_slug(number)}",
            f"value {written!r}",
            REJECTED,
            2,
            _LISTED,
            sheet,
            rows=[3],
            columns=["value"],
        )
    for name, written in (
        ("percent", "85.6%"),
        ("percent-whole", "86%"),
        ("plus", "+85.6"),
        ("spaces", " 85.6 "),
        ("zeros", "085.6"),
    ):
        sheet = months().put(3, value=written)
        yield made(f"num-value-said-{name}", f"value {written!r}", WARNED, 3, _SAID, sheet, rows=[3], columns=["value"])
    sheet = months().put(3, value="58.6%")
    yield made(
        "num-value-percent-wrong", "58.6% beside 447 of 522", REJECTED, 2, agrees, sheet, rows=[3], columns=["value"]
    )
    sheet = quarters().put(2, value="1087.9%")
    yield made(
        "num-value-percent-of-rate",
        "a percent sign in the value of a rate",
        REJECTED,
        2,
        "percent_sign: in the value of a proportion only",
        sheet,
        rows=[2],
        columns=["value"],
    )
    sheet = _mean(1200, 1200).put(4, value="3.0%")
    yield made(
        "num-value-percent-of-mean",
        "a percent sign in the value of a mean",
        REJECTED,
        2,
        "percent_sign: in the value of a proportion only",
        sheet,
        rows=[4],
        columns=["value"],
    )
    for number, (written, must_be) in enumerate(
        (
            ("1087.9", ACCEPTED),
            ("1087.87", ACCEPTED),
            ("1088", ACCEPTED),
            ("1,087.9", WARNED),
            ("108786.9", REJECTED),
            ("1.0879", REJECTED),
            ("1090", REJECTED),
        )
    ):
        sheet = quarters().put(2, value=written)
        also = [REJECTED] if must_be == WARNED else []
        yield made(
            f"num-value-rate-{_slug(number)}",
            f"value {written} beside 41834 of 38455 per 1,000",
            must_be,
            2,
            agrees,
            sheet,
            rows=[2] if must_be != ACCEPTED else [],
            columns=["value"] if must_be != ACCEPTED else [],
            also_ok=also,
        )
    for number, (written, must_be) in enumerate(
        (("118", ACCEPTED), ("119", ACCEPTED), ("118.0", ACCEPTED), ("121", REJECTED), ("118.2", REJECTED))
    ):
        sheet = counts().put(2, value=written)
        also = [WARNED] if written == "118.0" else []
        yield made(
            f"num-value-count-{_slug(number)}",
            f"value {written} beside a count of 118",
            must_be,
            2,
            agrees,
            sheet,
            partner="LINKS-S",
            rows=[2] if must_be == REJECTED else [],
            columns=["value"] if must_be == REJECTED else [],
            also_ok=also,
        )
    sheet = months().put(3, numerator="*", value="99.9").mean(3, numerator=None, status="suppressed")
    yield made(
        "num-value-beside-marker",
        "the value stands, the numerator is a marker: not checked, but it gives the figure away",
        WARNED,
        5,
        "a suppressed figure that the value gives away is a warning",
        sheet,
        rows=[3],
        columns=["numerator"],
    )


def _deciles() -> Iterator[Case]:
    def sheet(written: object) -> Sheet:
        return months().put(2, deprivation_decile=written)

    for decile in (1, 10):
        yield made(f"num-decile-{decile}", f"decile {decile}", ACCEPTED, 3, "as the list has it", sheet(decile))
    for number, written in enumerate(("3.0", " 3", "03", "+3", "3.00")):
        yield made(
            f"num-decile-said-{_slug(number)}",
            f"decile {written!r}",
            WARNED,
            3,
            _SAID,
            sheet(written),
            rows=[2],
            columns=["deprivation_decile"],
        )
    for number, written in enumerate(
        ("0", "11", "-1", "3.5", "three", "3rd", "1e0", "D3", "3/10", "\uff13", "1-2", "*")
    ):
        yield made(
            f"num-decile-bad-{_slug(number)}",
            f"decile {written!r}",
            REJECTED,
            4,
            "ten deciles, whole numbers from 1 to 10",
            sheet(written),
            rows=[2],
            columns=["deprivation_decile"],
        )


def _separated() -> Iterator[Case]:
    sheet = months().put(3, numerator="1,234", denominator=2345).mean(3, numerator=1234, denominator=2345)
    yield made(
        "num-tab-comma",
        "1,234 in a file separated by tabs",
        WARNED,
        3,
        _SAID,
        sheet,
        content=csv_bytes(sheet, separator="\t"),
        suffix="tsv",
        rows=[3],
        columns=["numerator"],
    )
    yield made(
        "num-semicolon-comma",
        "1,234 in a file separated by semicolons",
        REJECTED,
        2,
        "semicolon_files: a comma inside a number is rejected",
        sheet,
        content=csv_bytes(sheet, separator=";"),
        rows=[3],
        columns=["numerator"],
    )
    sheet = _mean("1234,5", None)
    yield made(
        "num-semicolon-decimal-comma",
        "1234,5 in a file separated by semicolons",
        REJECTED,
        2,
        "semicolon_files: a comma inside a number is rejected",
        sheet,
        content=csv_bytes(sheet, separator=";"),
        rows=[3],
        columns=["numerator"],
    )
    sheet = months().put(3, value="85,6")
    yield made(
        "num-semicolon-value-comma",
        "value 85,6 in a file separated by semicolons",
        REJECTED,
        2,
        "semicolon_files: a comma inside a number is rejected",
        sheet,
        content=csv_bytes(sheet, separator=";"),
        rows=[3],
        columns=["value"],
    )
    sheet = months().put(3, numerator="1\u00a0234", denominator=2345).mean(3, numerator=1234, denominator=2345)
    yield made(
        "num-semicolon-no-break",
        "1 234 with a no-break space in a file separated by semicolons",
        WARNED,
        3,
        _SAID,
        sheet,
        content=csv_bytes(sheet, separator=";"),
        rows=[3],
        columns=["numerator"],
    )
    sheet = _mean("1234.5", 1234.5)
    yield made(
        "num-semicolon-point",
        "1234.5 in a file separated by semicolons",
        WARNED,
        3,
        _SAID,
        sheet,
        content=csv_bytes(sheet, separator=";"),
    )
