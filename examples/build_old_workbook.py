"""Writes the old workbook of the fictional Riverside, its correction, and the last pack that was made of it.

Run it as `uv run python -m examples.build_old_workbook`; it reproduces the committed files byte for byte. The faults
are those of real packs: totals typed wrong, a value left from the year before, a denominator of another year, a digit
cut off, a month revised after the pack was printed.
"""

import argparse
import csv
import math
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import xlsxwriter

__all__ = ["build"]

PLACES: Final = ("Northbank", "Old Harbour", "Millfield", "Stonebridge")
WHOLE: Final = "Riverside"
YEARS: Final = (2023, 2024, 2025)
MONTHS: Final = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
_FALLS: Final = {"Northbank": 41, "Old Harbour": 63, "Millfield": 28, "Stonebridge": 35}
_DAYS: Final = {"Northbank": 210, "Old Harbour": 330, "Millfield": 120, "Stonebridge": 190}
# supported and asked, a pair a year
_CARERS: Final = {
    "Northbank": ((212, 340), (221, 352), (230, 361)),
    "Old Harbour": ((301, 520), (296, 531), (288, 540)),
    "Millfield": ((118, 176), (124, 181), (121, 179)),
    "Stonebridge": ((143, 260), (139, 248), (151, 255)),
}
# Old Harbour's falls of February 2026: as first sent, and as corrected after the pack was printed
_FIRST_SENT, _CORRECTED = 58, 71


def falls(place: str, year: int, month: int) -> int:
    """Return the admissions of a month, 0 for April."""
    if (place, year, month) == ("Old Harbour", 2025, 10):
        return _FIRST_SENT
    return _FALLS[place] + (year - 2023) * 2 + (month * 7 + len(place) * 3 + year) % 11


def days(place: str, year: int, month: int) -> int:
    """Return the delayed days of a month."""
    return _DAYS[place] - (year - 2023) * 9 + (month * 13 + len(place) * 5 + year) % 37


def build(folder: Path) -> None:
    """Write the workbook, its correction and the pack into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_workbook(folder / "RCC_monitoring_2023_to_2026.xlsx")
    _write_correction(folder / "RCC_monitoring_corrected.xlsx")
    with (folder / "pack_2026-04.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("place", "indicator", "period", "value", "lower", "upper", "comparison"))
        writer.writerows(_pack())


def _write_workbook(path: Path) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        # xlsxwriter would write the time of day
        workbook.set_properties({"created": datetime(2026, 4, 20)})
        about = workbook.add_worksheet("About")
        about.write_string(0, 0, "Riverside monitoring. Kept by the council until April 2026.")
        for year in YEARS:
            rows: list[Sequence[str | int | None]] = []
            for name, measure in (("Falls", falls), ("Delayed days", days)):
                parts = [[measure(place, year, month) for month in range(12)] for place in PLACES]
                if (name, year) == ("Delayed days", 2023):
                    # nobody counted in August 2023
                    for part in parts:
                        part[4] = -1
                totals = [sum(month) for month in zip(*parts, strict=True)]
                if (name, year) == ("Falls", 2024):
                    # a total typed over its formula
                    totals[8] += 10
                for place, part in zip((*PLACES, WHOLE), (*parts, totals), strict=True):
                    shown = [number if number >= 0 else None for number in part]
                    rows.append((name, place, *shown, sum(number or 0 for number in shown)))
            _sheet(workbook, f"{year}-{(year + 1) % 100}", ("Measure", "Locality", *MONTHS, "Year"), rows)
        labels = [f"{year}/{(year + 1) % 100}" for year in YEARS]
        header = ("Locality", *(f"{what} {label}" for label in labels for what in ("Supported", "Asked")))
        carers = [(place, *(number for pair in _CARERS[place] for number in pair)) for place in PLACES]
        sums = [sum(pairs) for pairs in zip(*(row[1:] for row in carers), strict=True)]
        _sheet(workbook, "Carers", header, [*carers, (WHOLE, *sums)])


def _write_correction(path: Path) -> None:
    """One month of one place, found wrong after the pack was printed."""
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": datetime(2026, 5, 11)})
        months = [_CORRECTED if month == 10 else None for month in range(12)]
        header = ("Measure", "Locality", *MONTHS, "Year")
        _sheet(workbook, "2025-26", header, [("Falls", "Old Harbour", *months, None)])
        pairs = [number for pair in _CARERS["Old Harbour"] for number in pair]
        labels = [f"{year}/{(year + 1) % 100}" for year in YEARS]
        asked = ("Locality", *(f"{what} {label}" for label in labels for what in ("Supported", "Asked")))
        _sheet(workbook, "Carers", asked, [("Old Harbour", *pairs)])


def _sheet(
    workbook: xlsxwriter.Workbook, name: str, header: Sequence[str], rows: Sequence[Sequence[str | int | None]]
) -> None:
    sheet = workbook.add_worksheet(name)
    sheet.write_string(0, 0, f"Riverside monitoring {name}")
    for across, text in enumerate(header):
        sheet.write_string(2, across, text)
    for down, row in enumerate(rows, 3):
        for across, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(down, across, cell)
            elif cell is not None:
                sheet.write_number(down, across, cell)


Row = tuple[str, str, str, str, str, str, str]


def _pack() -> list[Row]:
    """Return the rows of the pack of April 2026 as it was printed, with its faults."""
    rows: list[Row] = []
    for name, indicator, measure in (
        ("falls", "Emergency admissions after a fall", falls),
        ("days", "delayed-days", days),
    ):
        for month in range(12):
            period = f"{2025 + (month > 8)}-{(month + 3) % 12 + 1:02}"
            numbers = [measure(place, 2025, month) for place in PLACES]
            whole = sum(numbers)
            if (name, month) == ("falls", 5):
                # the formula missed the last row
                whole -= numbers[-1]
            if (name, month) == ("days", 7):
                # a row was added in twice
                whole += numbers[0]
            if (name, month) == ("days", 2):
                # two digits changed places
                whole += 45
            rows += [
                (place, indicator, period, f"{number:,}", "", "", "")
                for place, number in zip(PLACES, numbers, strict=True)
            ]
            rows.append((WHOLE, indicator, period, f"{whole:,}", "", "", ""))
    for at, year in enumerate(YEARS):
        period = f"{year}/{(year + 1) % 100}"
        together = (sum(_CARERS[place][at][0] for place in PLACES), sum(_CARERS[place][at][1] for place in PLACES))
        for place in PLACES:
            supported, asked = _CARERS[place][at]
            word = _word((supported, asked), together) if year == YEARS[-1] else ""
            if (place, year) == ("Millfield", 2025):
                # left from the year before
                supported, asked = _CARERS[place][at - 1]
            if (place, year) == ("Stonebridge", 2024):
                # the numerator was brought up to date, the denominator was not
                asked = _CARERS[place][at - 1][1]
            cut = (place, year) == ("Northbank", 2023)
            rows.append((place, "carers-supported", period, *_printed(supported, asked, cut=cut), word))
        rows.append((WHOLE, "carers-supported", period, *_printed(*together), ""))
    # a year that the workbook does not hold, and an indicator that nobody defined here
    rows.append((WHOLE, "carers-supported", "2022/23", "57.3", "54.6", "60.0", ""))
    rows.append((WHOLE, "Reablement offered", "2025/26", "81.2", "", "", ""))
    return rows


def _printed(supported: int, asked: int, *, cut: bool = False) -> tuple[str, str, str]:
    """Return a share and its Wilson limits in per cent, to one decimal."""
    lower, upper = _wilson(supported, asked)
    share = 100 * supported / asked
    shown = f"{math.floor(share * 10) / 10:.1f}" if cut else f"{share:.1f}"
    return shown, f"{100 * lower:.1f}", f"{100 * upper:.1f}"


def _wilson(supported: int, asked: int) -> tuple[float, float]:
    z = 1.959963984540054
    share = supported / asked
    middle = share + z * z / (2 * asked)
    half = z * math.sqrt(share * (1 - share) / asked + z * z / (4 * asked * asked))
    return (middle - half) / (1 + z * z / asked), (middle + half) / (1 + z * z / asked)


def _word(place: tuple[int, int], whole: tuple[int, int]) -> str:
    lower, upper = _wilson(*place)
    benchmark = whole[0] / whole[1]
    return "better" if lower > benchmark else "worse" if upper < benchmark else "similar"


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "old_workbook" / "history")
    folder = parser.parse_args().out
    build(folder)
    print(f"Written: {folder}")


if __name__ == "__main__":
    main()
