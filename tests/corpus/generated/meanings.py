"""Rule 7: what the numbers mean, and parts against their whole."""

from collections.abc import Iterator
from typing import Any

from tests.corpus.generated.case import ACCEPTED, REJECTED, WARNED, Case, made
from tests.corpus.generated.sheet import (
    Sheet,
    counts,
    months,
    quarters,
    split_by_sex,
    without_row,
    years,
)

__all__ = ["consistency", "meaning"]


def meaning() -> Iterator[Case]:
    """Yield the cases of what the numbers mean."""
    yield made(
        "mean-all-of-all",
        "522 of 522",
        ACCEPTED,
        7,
        "numerator <= denominator",
        months().put(3, numerator=522).mean(3, numerator=522),
        also_ok=[WARNED],
    )
    yield made(
        "mean-one-too-many",
        "523 of 522",
        REJECTED,
        7,
        "numerator <= denominator",
        months().put(3, numerator=523),
        rows=[3],
        columns=["numerator"],
    )
    yield made(
        "mean-none-of-some",
        "0 of 522",
        ACCEPTED,
        7,
        "a true zero",
        months().put(3, numerator=0).mean(3, numerator=0),
        also_ok=[WARNED],
    )
    yield made("mean-rate-above", "more contacts than people", ACCEPTED, 7, "rates have no such bound", quarters())
    sheet = quarters("adm-3").put(2, numerator=0, denominator=0).mean(2, numerator=0, denominator=0)
    yield made(
        "mean-rate-zero-over-zero",
        "0 of 0 in a rate",
        WARNED,
        7,
        "0/0 is stored without a value (warning)",
        sheet,
        rows=[2],
        columns=["denominator"],
    )
    sheet = months().put(3, numerator=0, denominator=0, value="0").mean(3, numerator=0, denominator=0)
    yield made(
        "mean-zero-over-zero-value",
        "0 of 0 with a value of 0",
        WARNED,
        7,
        "0/0 is stored without a value (warning); the value is not checked",
        sheet,
        rows=[3],
        columns=["denominator"],
    )
    yield made(
        "mean-rate-over-zero",
        "214 of 0 in a rate",
        REJECTED,
        7,
        "n/0 is rejected",
        quarters("adm-3").put(2, denominator=0),
        rows=[2],
        columns=["denominator"],
    )
    sheet = Sheet().add("hrs-2", "W06000081", "2025-04", 1200.5, 0)
    yield made(
        "mean-mean-over-zero",
        "hours over no visits",
        REJECTED,
        7,
        "n/0 is rejected",
        sheet,
        rows=[2],
        columns=["denominator"],
    )
    sheet = Sheet().add("hrs-2", "W06000081", "2025-04", 100, 400)
    yield made(
        "mean-mean-below-one",
        "100 hours over 400 visits",
        WARNED,
        7,
        "means have no such bound (two places are missing)",
        sheet,
        missing=[{"indicator_id": "hrs-2", "place_code": "W06000082", "period": "2025-04"}],
    )
    for indicator, sheet, partner in (
        ("tdv-1", months(), "INFIRMARY-P"),
        ("adm-3", quarters("adm-3"), "INFIRMARY-P"),
        ("lnk-7", counts(), "LINKS-S"),
    ):
        yield made(
            f"mean-negative-{indicator}",
            f"a negative numerator of {indicator}",
            REJECTED,
            7,
            "negatives only where allowed",
            sheet.copy().put(2, numerator=-3),
            rows=[2],
            columns=["numerator"],
            partner=partner,
        )
        if indicator != "lnk-7":
            yield made(
                f"mean-negative-denominator-{indicator}",
                f"a negative denominator of {indicator}",
                REJECTED,
                7,
                "never in a denominator",
                sheet.copy().put(2, denominator=-390),
                rows=[2],
                columns=["denominator"],
                partner=partner,
            )
    scores = (
        Sheet()
        .add("scr-9", "W06000081", "2024/25", -12.5, 40)
        .add("scr-9", "W06000085", "2024/25", 7.25, 31)
        .add("scr-9", "W06000087", "2024/25", 0, 22)
    )
    yield made(
        "mean-negative-mean",
        "a mean change below zero",
        ACCEPTED,
        7,
        "negatives where allowed",
        scores,
        partner="LINKS-S",
    )
    yield made(
        "mean-negative-mean-denominator",
        "a negative denominator of a mean that may be negative",
        REJECTED,
        7,
        "never in a denominator",
        scores.copy().put(2, denominator=-40),
        rows=[2],
        columns=["denominator"],
        partner="LINKS-S",
    )
    yield made(
        "mean-both-negative",
        "two minuses that would make a plus",
        REJECTED,
        7,
        "negatives only where allowed, never in a denominator",
        months().put(2, numerator=-312, denominator=-390),
        rows=[2],
        columns=["numerator", "denominator"],
    )
    yield made(
        "mean-turned-round",
        "numerator and denominator changed places in one row",
        REJECTED,
        7,
        "numerator <= denominator",
        months().put(4, numerator=318, denominator=271),
        rows=[4],
        columns=["numerator"],
    )
    sheet = years(("2023/24",)).add("bed-6", "W06000084", "2023/24", -7, None)
    yield made(
        "mean-negative-count", "a net change of -7", ACCEPTED, 7, "negatives where allowed", sheet, partner="SHIRE-Q"
    )
    yield made(
        "mean-negative-count-half",
        "a net change of -7.5",
        REJECTED,
        7,
        "counts are whole",
        sheet.copy().put(3, numerator="-7.5"),
        rows=[3],
        columns=["numerator"],
        partner="SHIRE-Q",
    )


def consistency() -> Iterator[Case]:
    """Yield the cases of parts and wholes."""
    above = "parts above their whole are rejected"
    yield made(
        "sum-sexes-fit",
        "150 + 162 = 312",
        ACCEPTED,
        7,
        "parts that make up their whole",
        split_by_sex((312, 390), (150, 190), (162, 200)),
    )
    yield made(
        "sum-sexes-above",
        "151 + 162 of 312",
        REJECTED,
        7,
        above,
        split_by_sex((312, 390), (151, 190), (162, 200)),
        rows=[2, 3, 4],
        columns=["numerator"],
    )
    yield made(
        "sum-sexes-denominators-above",
        "191 + 200 of 390",
        REJECTED,
        7,
        above,
        split_by_sex((312, 390), (150, 191), (162, 200)),
        rows=[2, 3, 4],
        columns=["denominator"],
    )
    yield made(
        "sum-sexes-below",
        "149 + 162 of 312",
        WARNED,
        7,
        "below it a warning",
        split_by_sex((312, 390), (149, 190), (162, 200)),
        rows=[2, 3, 4],
        columns=["numerator"],
    )
    sheet = split_by_sex((312, 390), (313, 380), (0, 0))
    yield made(
        "sum-one-part-above",
        "one sex alone above the total",
        REJECTED,
        7,
        above,
        without_row(sheet, 4),
        rows=[2, 3],
        columns=["numerator"],
    )
    sheet = split_by_sex((312, 390), (100, 190), (162, 200))
    yield made(
        "sum-one-part-below",
        "one sex alone below the total",
        ACCEPTED,
        7,
        "below it a warning only with all parts there",
        without_row(sheet, 4),
    )
    yield made(
        "sum-no-whole",
        "two sexes without a total",
        ACCEPTED,
        7,
        "nothing to hold them against",
        without_row(split_by_sex((312, 390), (150, 190), (162, 200)), 2),
    )
    bands = (("0-17", 90, 100), ("18-64", 90, 110), ("65-74", 62, 80), ("75+", 70, 100))
    yield made(
        "sum-ages-fit", "four age bands make up the total", ACCEPTED, 7, "parts that make up their whole", _ages(bands)
    )
    yield made(
        "sum-ages-above",
        "age bands add up to one too many",
        REJECTED,
        7,
        above,
        _ages((("0-17", 91, 100), *bands[1:])),
        rows=[2, 3, 4, 5, 6],
        columns=["numerator"],
    )
    yield made(
        "sum-ages-below",
        "age bands add up to one too few",
        WARNED,
        7,
        "below it a warning",
        _ages((("0-17", 89, 100), *bands[1:])),
        rows=[2, 3, 4, 5, 6],
        columns=["numerator"],
    )
    yield made(
        "sum-three-ages",
        "three of four bands",
        ACCEPTED,
        7,
        "below it a warning only with all parts there",
        _ages(bands[:3]),
    )
    sheet = Sheet().add("tdv-1", "W06000081", "2025-04", 90, 110, age_band="18-64")
    sheet.add("tdv-1", "W06000081", "2025-04", 50, 60, sex="Male", age_band="18-64").add(
        "tdv-1", "W06000081", "2025-04", 41, 50, sex="F", age_band="18-64"
    )
    yield made(
        "sum-sexes-within-age",
        "sexes within an age band above the band",
        REJECTED,
        7,
        "with the rest of the key equal",
        _rest(sheet),
        rows=[2, 3, 4],
        columns=["numerator"],
    )
    sheet = (
        years(("2023/24",))
        .add("bed-6", "W06000084", "2023/24", 2, None)
        .add("bed-6", "W06000084", "2023/24", 5, None, sex="Male")
        .add("bed-6", "W06000084", "2023/24", -3, None, sex="Female")
    )
    yield made(
        "sum-negatives-not-held",
        "parts of a net change",
        ACCEPTED,
        7,
        "parts: only where negatives are not allowed",
        sheet.copy().put(5, numerator=4).mean(5, numerator=4),
        partner="SHIRE-Q",
    )
    sheet = split_by_sex((312, 390), (150, 190), (162, 200))
    yield made(
        "sum-other-month",
        "the parts stand in another month",
        ACCEPTED,
        7,
        "with the rest of the key equal",
        _other_month(sheet),
    )
    sheet = split_by_sex((312, 390), (151, 191), (162, 200)).put(4, sex="f").put(3, place_code=" w06000081")
    yield made(
        "sum-after-folding",
        "the parts above their whole, spelled loosely",
        REJECTED,
        8,
        "after normalising keys",
        sheet,
        rows=[2, 3, 4],
        columns=["numerator", "denominator"],
    )


def _rest(sheet: Sheet) -> Sheet:
    return sheet.add("tdv-1", "W06000082", "2025-04", 447, 522).add("tdv-1", "W06000083", "2025-04", 271, 318)


def _ages(bands: Any) -> Sheet:
    sheet = Sheet().add("tdv-1", "W06000081", "2025-04", 312, 390)
    for band, numerator, denominator in bands:
        sheet.add("tdv-1", "W06000081", "2025-04", numerator, denominator, age_band=band)
    return _rest(sheet)


def _other_month(sheet: Sheet) -> Sheet:
    for row in (3, 4):
        sheet.put(row, period="2025-05").mean(row, period="2025-05")
    sheet.add("tdv-1", "W06000082", "2025-05", 451, 530)
    return sheet.add("tdv-1", "W06000083", "2025-05", 266, 309)
