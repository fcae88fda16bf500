"""How each measure moves: for each place where it began and where it stands, with how many people behind it.

Order of the places: Aldermere, Castlewick, Dunmarsh, Thornmoor. Levels are on the printed scale.
"""

from dataclasses import dataclass
from typing import Final

from outcomes.vocabulary import PeriodKind

__all__ = [
    "BENCHMARK_LEVELS",
    "COUNTED",
    "CRISES",
    "DELAYS",
    "PUBLISHED",
    "RATES",
    "SHARES",
    "STANDARDISED",
    "Path",
    "Shape",
]

# the level in the first and in the last period
Path = tuple[float, float]
_MONTH, _QUARTER = PeriodKind.MONTH, PeriodKind.QUARTER
_CALENDAR, _FINANCIAL = PeriodKind.CALENDAR_YEAR, PeriodKind.FINANCIAL_YEAR
_THREE_YEARS = PeriodKind.THREE_CALENDAR_YEARS


@dataclass(frozen=True)
class Shape:
    """How one measure moves.

    Attributes:
        kind, first, last: Its periods, canonical text.
        paths: For each place.
        size: People behind it, for each resident and period.
        deprived: How many points the most deprived neighbourhood differs; 0 where it is collected for places.
        winter: How many points (or, of a rate, what share) winter adds.
        wobble: By what share the number of people behind it varies between periods.
        gaps: For each place by how many points the most deprived fifth lies above the least, in the first period and in
            the last; none where it is not sent by deprivation.
    """

    kind: PeriodKind
    first: str
    last: str
    paths: tuple[Path, Path, Path, Path]
    size: float = 0.0
    deprived: float = 0.0
    winter: float = 0.0
    wobble: float = 0.04
    gaps: tuple[Path, Path, Path, Path] | None = None


_MONTHS: Final = (_MONTH, "2023-10", "2026-09")
_QUARTERS: Final = (_QUARTER, "2023/24 Q3", "2026/27 Q2")

SHARES: Final[dict[str, Shape]] = {
    # collected for neighbourhoods
    "local-02": Shape(*_MONTHS, ((79, 66), (71, 53.5), (61, 60), (64, 65)), 0.0012, deprived=-6),
    "local-06": Shape(*_QUARTERS, ((62, 69), (60, 66), (58, 59.5), (65, 72)), 0.14, deprived=-5, wobble=0.003),
    "local-07": Shape(*_QUARTERS, ((56, 58), (55, 66), (51, 52), (63, 69)), 0.0008, deprived=-7),
    "local-10": Shape(*_QUARTERS, ((61, 62), (57, 63), (56, 55), (64, 66)), 0.0011, deprived=-4),
    # collected for places
    "local-03": Shape(
        *(_FINANCIAL, "2022/23", "2025/26"),
        ((0, 0), (44, 53), (47, 51), (0, 0)),
        0.00025,
        gaps=((0, 0), (-12, -10), (-8, -8), (0, 0)),
    ),
    "local-05": Shape(*_QUARTERS, ((66, 71), (58, 77), (56, 52), (79, 81)), 0.0006),
    "local-08": Shape(_FINANCIAL, "2019/20", "2025/26", ((36, 36.5), (33, 30.3), (37, 37), (33, 38)), 0.00137),
    "local-11": Shape(*_QUARTERS, ((52, 55), (49, 58), (52, 68), (50, 47)), 0.0005),
    "93085": Shape(
        *(_FINANCIAL, "2018/19", "2025/26"),
        ((8.7, 7.2), (11.6, 6.1), (10.7, 9.6), (12.9, 6.6)),
        0.01,
        wobble=0.015,
        gaps=((9, 7.5), (21, 4.5), (12, 13), (22, 6)),
    ),
    "92517": Shape(
        *(_FINANCIAL, "2018/19", "2025/26"),
        ((44, 53), (40, 49.5), (38.5, 38), (47, 60.5)),
        0.0098,
        wobble=0.015,
        gaps=((-14, -16), (-9, -33), (-15, -15), (-12, -14)),
    ),
    "93701": Shape(
        _FINANCIAL, "2017/18", "2024/25", ((15, 15.2), (17, 18.6), (21.5, 24), (12.4, 11.7)), 0.18, wobble=0.004
    ),
    "93759": Shape(
        *(_CALENDAR, "2017", "2024"),
        ((11.2, 13.6), (13.9, 13.4), (13.2, 12.1), (18.6, 17.4)),
        0.42,
        wobble=0.003,
        gaps=((6, 11), (9, 9), (8, 5.5), (7, 7.5)),
    ),
    "ascof-2d-1": Shape(_FINANCIAL, "2018/19", "2025/26", ((82, 82), (81, 84.6), (83, 89), (84, 84)), 0.0014),
    "ascof-3d-2a": Shape(
        _FINANCIAL, "2018/19", "2025/26", ((26, 26.5), (19.5, 29.5), (22.5, 23.5), (27, 21)), 0.006, wobble=0.02
    ),
    "op-01": Shape(*_MONTHS, ((73, 76), (68, 75), (71, 66), (77, 82)), 0.028, winter=-3),
    "op-02": Shape(*_MONTHS, ((70, 74), (63, 76), (67, 63), (76, 84)), 0.0007),
    # the calls of the trust's urgent response; those of the alliance's volunteers stand beside them
    "local-09": Shape(*_MONTHS, ((58, 66), (52, 52), (53, 62), (60, 53)), 0.0004),
}

RATES: Final[dict[str, Shape]] = {
    "20401": Shape(_CALENDAR, "2017", "2024", ((17.5, 12.6), (27, 12.8), (23, 20.5), (15, 10.8))),
    "ascof-2c": Shape(_FINANCIAL, "2018/19", "2025/26", ((590, 560), (680, 540), (590, 730), (640, 450))),
    "bcf-emergency-admissions-65": Shape(
        *_MONTHS, ((1800, 1760), (2060, 1835), (1900, 2020), (1680, 1590)), winter=0.07
    ),
    # deaths under one year, three years pooled
    "92196": Shape(
        _THREE_YEARS, "2017 to 2019", "2023 to 2025", ((3.8, 3.4), (4.6, 3.9), (4.9, 5.3), (3.1, 2.7)), 0.0098
    ),
    "op-04": Shape(*_QUARTERS, ((4.6, 4.9), (5.9, 6.3), (6.4, 6.2), (3.2, 3.6)), deprived=2.2),
}

STANDARDISED: Final[dict[str, Shape]] = {
    "22401": Shape(_FINANCIAL, "2016/17", "2025/26", ((2070, 1950), (3010, 2260), (2110, 2420), (1990, 1690))),
}

# days of delay, for those delayed
DELAYS: Final = Shape(*_MONTHS, ((5.4, 5.1), (6.6, 5.0), (5.6, 4.7), (5.3, 6.9)), 0.0011, winter=0.06)

COUNTED: Final = Shape(*_MONTHS, ((46, 3), (96, 11), (30, 7), (12, 0)))

# collected for the police force area: one path, whatever the place
CRISES: Final = Shape(*_QUARTERS, ((46, 63),) * 4, 0.00013)

# surveys and models publish a value with its interval; half its width for each place, from the place's sample
PUBLISHED: Final[dict[str, Shape]] = {
    "local-01": Shape(_CALENDAR, "2021", "2025", ((56.1, 57.9), (58, 66.3), (57.4, 59.8), (64.9, 69.6)), 2.7),
    "local-04": Shape(_CALENDAR, "2021", "2025", ((60.4, 61.2), (61, 62.1), (64.1, 66.3), (60.9, 59.2)), 2.8),
    "40401": Shape(_CALENDAR, "2018", "2025", ((71, 68), (94, 76), (76, 93), (67, 61)), 7.0),
    "92443": Shape(_CALENDAR, "2018", "2025", ((14.6, 12.4), (16.9, 12), (17.8, 16.1), (13.5, 10.4)), 2.1),
}

# England, then the region; as fictional as the rest
BENCHMARK_LEVELS: Final[dict[str, tuple[Path, Path]]] = {
    "93085": ((10.6, 7.4), (11.4, 8.3)),
    "20401": ((17.8, 13.4), (18.9, 14.2)),
    "92517": ((46.2, 53.1), (44, 50.8)),
    "92196": ((3.9, 3.9), (4.2, 4.1)),
    "local-04": ((62.9, 61.6), (63.4, 62.2)),
    "40401": ((71.7, 69.4), (75.2, 73)),
    "92443": ((14.4, 11.6), (15.1, 12.3)),
    "93759": ((12.6, 13), (13.5, 13.9)),
    "22401": ((2110, 1984), (2160, 2050)),
    "bcf-emergency-admissions-65": ((1850, 1815), (1890, 1850)),
    "bcf-discharge-delay": ((5.8, 5.6), (5.9, 5.7)),
    "ascof-2d-1": ((82.4, 83.7), (81.9, 83)),
    "ascof-2c": ((580, 566), (601, 590)),
    "93701": ((15.3, 16.4), (16.9, 17.8)),
    "ascof-3d-2a": ((27.9, 25.6), (26.4, 25)),
}
