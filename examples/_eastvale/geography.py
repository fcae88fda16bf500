"""The neighbourhoods of Eastvale and Moor: how many live there, how old, and how deprived; and their populations."""

from dataclasses import dataclass
from datetime import date
from typing import Final

__all__ = [
    "BANDS",
    "ENGLAND",
    "FORCE_AREA",
    "FORMER_CODES",
    "NEIGHBOURHOODS",
    "OLDER_BANDS",
    "PLACES",
    "REGION",
    "SYSTEM",
    "YEARS",
    "Neighbourhood",
    "people",
]

ENGLAND: Final = "EMX920001"
REGION: Final = "EMX120001"
SYSTEM: Final = "EMX540001"
# by which the police count; it holds the four places
FORCE_AREA: Final = "EMX230001"
ALDERMERE, CASTLEWICK, DUNMARSH, THORNMOOR = PLACES = ("EMX060001", "EMX060002", "EMX060003", "EMX060004")

# mid-years; the last is a projection
YEARS: Final = range(2016, 2027)

BANDS: Final = (*(f"{age}-{age + 4}" for age in range(0, 90, 5)), "90+")
OLDER_BANDS: Final = BANDS[13:]
# of a thousand people, how many are of each band
_PER_THOUSAND: Final = (54, 58, 61, 58, 60, 65, 69, 67, 65, 61, 67, 68, 61, 51, 46, 40, 26, 15, 8)


@dataclass(frozen=True)
class Neighbourhood:
    """One neighbourhood.

    Attributes:
        code, name: Who it is.
        residents: In mid-2025.
        older: How much older than the average its people are, about -0.3 to 0.3.
        deprived: From -1 (least) to 1 (most).
        weights: The places that it belongs to, each with its share.
    """

    code: str
    name: str
    residents: int
    older: float
    deprived: float
    weights: dict[str, float]


def _whole(code: str, name: str, residents: int, older: float, deprived: float, place: str) -> Neighbourhood:
    return Neighbourhood(code, name, residents, older, deprived, {place: 1.0})


NEIGHBOURHOODS: Final = (
    _whole("EMX020101", "Aldermere Town", 88_400, -0.05, 0.2, ALDERMERE),
    _whole("EMX020102", "Milverton", 71_600, 0.15, -0.5, ALDERMERE),
    _whole("EMX020103", "Northbank", 54_300, -0.15, 0.6, ALDERMERE),
    _whole("EMX020201", "Harbour", 92_100, -0.2, 0.9, CASTLEWICK),
    _whole("EMX020202", "Priory", 69_800, 0.2, -0.7, CASTLEWICK),
    _whole("EMX020203", "St Anne's", 84_700, -0.1, 0.7, CASTLEWICK),
    _whole("EMX020204", "Wickhill", 55_300, 0.1, -0.2, CASTLEWICK),
    _whole("EMX020301", "Dunmarsh Quay", 63_200, 0.0, 0.5, DUNMARSH),
    _whole("EMX020302", "Low Fen", 21_400, 0.2, 0.1, DUNMARSH),
    _whole("EMX020303", "Reedholme", 41_100, 0.1, -0.3, DUNMARSH),
    _whole("EMX020401", "High Moor", 9_800, 0.3, 0.0, THORNMOOR),
    _whole("EMX020402", "Thornbridge", 97_500, 0.0, 0.1, THORNMOOR),
    _whole("EMX020403", "Westmoor", 57_500, 0.15, -0.4, THORNMOOR),
    # the boundary runs through it: a quarter of its people look to Dunmarsh
    Neighbourhood("EMX020404", "Moor Edge", 11_600, 0.25, -0.1, {DUNMARSH: 0.25, THORNMOOR: 0.75}),
)

# the code of today to the one before, and the last day of that one
FORMER_CODES: Final = {THORNMOOR: ("EMX060094", date(2017, 3, 31))}

# made up, about as large as they are
_LARGER: Final = {REGION: 5_400_000, ENGLAND: 58_600_000}


def _band(neighbourhood: Neighbourhood, year: int, position: int) -> int:
    tilt = 1 + neighbourhood.older * (position - 8) / 10
    ageing = 1 + (0.014 if position >= 13 else 0.002) * (year - 2025)
    # a multiple of four, so that a quarter of it is whole
    return 4 * round(neighbourhood.residents * _PER_THOUSAND[position] / 1000 * tilt * ageing / 4)


def people(area: str, year: int, bands: tuple[str, ...] = BANDS) -> int:
    """Return how many people of some age bands lived in an area in mid-year."""
    if area in _LARGER:
        share = sum(_PER_THOUSAND[BANDS.index(band)] for band in bands)
        return round(_LARGER[area] * share / 1000 * (1 + 0.005 * (year - 2025)))
    if area == SYSTEM:
        return sum(people(place, year, bands) for place in PLACES)
    found = 0
    for neighbourhood in NEIGHBOURHOODS:
        weight = 1.0 if neighbourhood.code == area else neighbourhood.weights.get(area, 0.0)
        if weight:
            found += sum(round(_band(neighbourhood, year, BANDS.index(band)) * weight) for band in bands)
    return found
