"""Makes the reference series: populations, the standard population, and figures for the region and England."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path as FilePath

from examples._eastvale.figures import level, periods_of
from examples._eastvale.geography import (
    BANDS,
    ENGLAND,
    FORMER_CODES,
    NEIGHBOURHOODS,
    OLDER_BANDS,
    PLACES,
    REGION,
    SYSTEM,
    YEARS,
    people,
)
from examples._eastvale.panels import population
from examples._eastvale.shapes import BENCHMARK_LEVELS, DELAYS, PUBLISHED, RATES, SHARES, STANDARDISED, Path, Shape

from outcomes.period import Period
from outcomes.statistics import european_standard_population_2013

__all__ = ["write_series"]

_AREAS = (ENGLAND, REGION, SYSTEM, *PLACES, *(neighbourhood.code for neighbourhood in NEIGHBOURHOODS))
# (area in the file, area whose people they are, years): those of today over all years, former codes while they held
_COUNTED = (
    *((area, area, tuple(YEARS)) for area in _AREAS),
    *((code, now, tuple(year for year in YEARS if year <= last.year)) for now, (code, last) in FORMER_CODES.items()),
)
_WINTER = (12, 1, 2)
Row = Sequence[object]


def write_series(folder: FilePath) -> None:
    """Write `series/*.csv` of the partnership."""
    _write(folder / "population.csv", "area_code,period_kind,period,breakdown,numerator", _populations())
    _write(folder / "population-65-and-over.csv", "area_code,period_kind,period,numerator", _older())
    _write(folder / "population-16-and-over.csv", "area_code,period_kind,period,breakdown,numerator", population())
    _write(folder / "esp2013.csv", "breakdown,numerator", _standard())
    header = "indicator_id,area_code,period_kind,period,numerator,denominator,value,lower_ci_95,upper_ci_95"
    _write(folder / "benchmarks.csv", header, _benchmarks())


def _write(path: FilePath, header: str, rows: Iterator[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def _populations() -> Iterator[Row]:
    for code, area, years in _COUNTED:
        for year in years:
            yield code, "calendar_year", year, "", people(area, year)
            if area in (ENGLAND, REGION):
                continue
            for band in BANDS:
                yield code, "calendar_year", year, f"age_band={band}", people(area, year, (band,))


def _older() -> Iterator[Row]:
    for code, area, years in _COUNTED:
        for year in years:
            yield code, "calendar_year", year, people(area, year, OLDER_BANDS)


def _standard() -> Iterator[Row]:
    for band, weight in european_standard_population_2013().iter_rows():
        yield f"age_band={band}", weight


def _benchmarks() -> Iterator[Row]:
    shapes = SHARES | RATES | STANDARDISED | PUBLISHED | {"bcf-discharge-delay": DELAYS}
    for name, (nation, region) in BENCHMARK_LEVELS.items():
        for area, path in ((ENGLAND, nation), (REGION, region)):
            for period in periods_of(shapes[name]):
                yield name, area, period.kind.value, str(period), *_figures(name, area, path, shapes[name], period)


def _figures(name: str, area: str, path: Path, shape: Shape, period: Period) -> Row:
    """Numerator, denominator, value and its limits; only a value and limits where that is what is published."""
    value = level(path, shape, period)
    is_winter = period.first.month in _WINTER
    residents = people(area, period.first.year)
    if name in STANDARDISED:
        half = value * (6 if area == ENGLAND else 20) / 1000
        return "", "", f"{value:.1f}", f"{value - half:.1f}", f"{value + half:.1f}"
    if name in PUBLISHED:
        half = 0.2 if area == ENGLAND else 0.6
        return "", "", f"{value:.1f}", f"{value - half:.1f}", f"{value + half:.1f}"
    if name in RATES:
        value *= 1 + shape.winter * is_winter
        exposed = people(area, period.first.year, OLDER_BANDS)
        if name == "20401":
            exposed = round(people(area, period.first.year, ("15-19",)) * 0.6 * 0.49)
        elif name == "92196":
            exposed = round(residents * shape.size * 3)
        multiplier = 1_000 if name in ("20401", "92196") else 100_000
        events = round(exposed * value / multiplier)
        return events, exposed, f"{events / exposed * multiplier:.4f}", "", ""
    if name == "bcf-discharge-delay":
        patients = round(residents * shape.size)
        days = round(patients * value * (1 + shape.winter * is_winter))
        return days, patients, f"{days / patients:.4f}", "", ""
    size = round(residents * shape.size)
    counted = round(size * value / 100)
    return counted, size, f"{counted / size * 100:.4f}", "", ""
