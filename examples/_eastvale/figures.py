"""Makes every partner's figures: one `Figure` for each indicator, area, period and group, drawn from seeded chance."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from examples._eastvale.chance import Chance
from examples._eastvale.geography import FORCE_AREA, FORMER_CODES, NEIGHBOURHOODS, OLDER_BANDS, PLACES, SYSTEM, people
from examples._eastvale.shapes import COUNTED, CRISES, DELAYS, PUBLISHED, RATES, SHARES, STANDARDISED, Path, Shape

from outcomes.period import Period, period_from_text
from outcomes.statistics import european_standard_population_2013

__all__ = ["Figure", "every_figure", "level", "periods_of"]

_ALDERMERE, _CASTLEWICK, _DUNMARSH, _THORNMOOR = PLACES
# since then the falls pick-up service answers in Castlewick
_PICK_UP_SERVICE: Final = date(2026, 2, 1)
_WINTER: Final = (12, 1, 2)
# Marsh and Moor Housing became part of Eastvale Homes three months later; its last quarter it had not sent
_SENT_BEFORE_MERGER: Final = (_DUNMARSH, _THORNMOOR)
_LAST_SENT: Final = date(2026, 3, 31)
FIFTHS: Final = ("1 most deprived", "2", "3", "4", "5 least deprived")


@dataclass(frozen=True)
class Figure:
    """One figure as a partner would send it; texts and numbers in natural units, None where a cell is empty."""

    partner: str
    indicator: str
    area: str
    period: Period
    numerator: int | float | str | None = None
    denominator: int | float | str | None = None
    value: float | None = None
    sex: str = ""
    age_band: str = ""
    deprivation_quintile: str = ""
    source: str = ""
    sum_of_squares: int | None = None
    lower: float | None = None
    upper: float | None = None
    value_status: str = ""
    value_note: str = ""
    comment: str = ""


def periods_of(shape: Shape) -> tuple[Period, ...]:
    """Return the periods of a shape, earliest first."""
    period, last = period_from_text(shape.kind, shape.first), period_from_text(shape.kind, shape.last)
    found = [period]
    while period < last:
        period = period.shifted(1)
        found.append(period)
    return tuple(found)


def level(path: Path, shape: Shape, period: Period) -> float:
    """Return where a path stands in a period: on the straight line from its first to its last level."""
    periods = periods_of(shape)
    return path[0] + (path[1] - path[0]) * periods.index(period) / (len(periods) - 1)


def _areas(shape: Shape) -> Iterator[tuple[str, Path, float]]:
    """Each area of a shape, its path, and its residents: neighbourhoods where deprivation matters, else places."""
    if not shape.deprived:
        for place, path in zip(PLACES, shape.paths, strict=True):
            yield place, path, people(place, 2025)
        return
    for neighbourhood in NEIGHBOURHOODS:
        # the place that most of it looks to
        place = max(neighbourhood.weights, key=lambda code: neighbourhood.weights[code])
        first, last = shape.paths[PLACES.index(place)]
        shift = shape.deprived * neighbourhood.deprived
        yield neighbourhood.code, (first + shift, last + shift), neighbourhood.residents


def every_figure() -> tuple[Figure, ...]:
    """Return every figure that any partner could send, in the order of measures, areas and periods."""
    makers = (
        _shares(),
        _falls_calls(),
        _rates(),
        _infants(),
        _standardised(),
        _delays(),
        _respect(),
        _counted(),
        _crises(),
        _published(),
    )
    return tuple(_as_sent(figure) for maker in makers for figure in maker if _had_one_code(figure))


# who sends what; the two councils share a list
_SENDERS: Final = {
    "EVH": ("93085", "bcf-emergency-admissions-65", "bcf-discharge-delay", "op-01", "op-02", "op-03"),
    "VCT": ("local-02", "92517"),
    "EMI": ("22401", "92443", "93759"),
    "PCC": ("local-06",),
    "EMA": ("local-08", "local-10"),
    "EHG": ("local-05",),
    "EVP": ("op-04",),
    "ESP": ("local-03",),
    "STA": ("local-07",),
    "EMP": ("local-01", "local-04"),
}


def _sender(indicator: str, area: str) -> str:
    for partner, indicators in _SENDERS.items():
        if indicator in indicators:
            return partner
    return "CWC" if area == _CASTLEWICK else "EVC"


def _shares() -> Iterator[Figure]:
    for indicator, shape in SHARES.items():
        if indicator == "local-09":
            continue
        for area, path, residents in _areas(shape):
            chance = Chance(indicator, area)
            for period in periods_of(shape):
                share = level(path, shape, period) / 100
                if period.first.month in _WINTER:
                    share += shape.winter / 100
                base = Figure(_sender(indicator, area), indicator, area, period)
                size = chance.near(residents * shape.size, shape.wobble)
                if indicator == "local-03" and area in (_ALDERMERE, _THORNMOOR):
                    # not a priority there
                    yield replace(base, numerator="z", denominator="z")
                elif indicator == "local-06":
                    yield from _by_sex(base, chance, size, share)
                elif indicator == "op-01":
                    yield from _by_age(base, chance, size, share)
                elif indicator == "op-02":
                    yield _with_halves(base, chance, size, share)
                else:
                    whole = replace(base, numerator=chance.of(size, share), denominator=size)
                    yield whole
                    if shape.gaps:
                        yield from _by_deprivation(whole, level(shape.gaps[PLACES.index(area)], shape, period))
    yield from _other_carers()


def _by_sex(base: Figure, chance: Chance, size: int, share: float) -> Iterator[Figure]:
    men = chance.of(size, 0.51)
    well = (chance.of(men, share - 0.035), chance.of(size - men, share + 0.035))
    yield replace(base, sex="Persons", numerator=sum(well), denominator=size)
    yield replace(base, sex="Male", numerator=well[0], denominator=men)
    yield replace(base, sex="Female", numerator=well[1], denominator=size - men)


def _by_age(base: Figure, chance: Chance, size: int, share: float) -> Iterator[Figure]:
    young, old = chance.of(size, 0.24), chance.of(size, 0.23)
    parts = {"0-17": (young, share + 0.1), "18-64": (size - young - old, share), "65+": (old, share - 0.13)}
    seen = {band: chance.of(people_, level_) for band, (people_, level_) in parts.items()}
    yield replace(base, age_band="All ages", numerator=sum(seen.values()), denominator=size)
    for band, (attended, _) in parts.items():
        yield replace(base, age_band=band, numerator=seen[band], denominator=attended)


def _by_deprivation(whole: Figure, gap: float) -> Iterator[Figure]:
    """Divide a figure over fifths by deprivation, so that the fifths add up to it."""
    counted, people_ = whole.numerator, whole.denominator
    assert isinstance(counted, int)
    assert isinstance(people_, int)
    chance = Chance(whole.indicator, whole.area, str(whole.period), "by deprivation")
    sizes = _divided(people_, [share * (1 + 0.01 * chance.bell()) for share in (0.22, 0.21, 0.2, 0.19, 0.18)])
    levels = [max(0.002, counted / people_ + gap / 100 * (0.5 - place / 4)) for place in range(len(FIFTHS))]
    drawn = [
        size * share * (1 + 0.4 * chance.bell() * ((1 - share) / (size * share)) ** 0.5)
        for size, share in zip(sizes, levels, strict=True)
    ]
    counts = _divided(counted, [max(0.0, expected) for expected in drawn])
    for fifth, numerator, denominator in zip(FIFTHS, counts, sizes, strict=True):
        yield replace(whole, deprivation_quintile=fifth, numerator=min(numerator, denominator), denominator=denominator)


def _divided(whole: int, weights: list[float]) -> list[int]:
    """Divide a whole number by weights: largest remainders, the first of equal ones first."""
    total = sum(weights)
    shares = [whole * weight / total for weight in weights]
    found = [math.floor(share) for share in shares]
    order = sorted(range(len(shares)), key=lambda place: (found[place] - shares[place], place))
    for place in order[: whole - sum(found)]:
        found[place] += 1
    return found


def _with_halves(base: Figure, chance: Chance, size: int, share: float) -> Figure:
    """A patient treated together with another hospital counts one half in each."""
    shared = chance.of(size, 0.17)
    in_time = chance.of(size - shared, share) + chance.of(shared, share - 0.1) / 2
    return replace(base, numerator=in_time, denominator=size - shared + shared / 2)


def _other_carers() -> Iterator[Figure]:
    """The council asked carers too, and has another figure for Castlewick: a dispute."""
    period = periods_of(SHARES["local-08"])[-1]
    note = "Our own survey, return 61%"
    yield Figure("CWC", "local-08", _CASTLEWICK, period, numerator=160, denominator=484, comment=note)


def _falls_calls() -> Iterator[Figure]:
    """Two services answer calls after a fall; the figures of both together are the place's."""
    shape = SHARES["local-09"]
    for place, path, residents in _areas(shape):
        for partner, part, better in (("VCT", 1.0, 0.0), ("EMA", 0.45, 0.04)):
            chance = Chance("local-09", place, partner)
            for period in periods_of(shape):
                share = level(path, shape, period) / 100 + better
                if place == _CASTLEWICK and period.first >= _PICK_UP_SERVICE:
                    share += 0.14
                calls = chance.near(residents * shape.size * part, shape.wobble)
                yield Figure(partner, "local-09", place, period, numerator=chance.of(calls, share), denominator=calls)


def _rates() -> Iterator[Figure]:
    for indicator, shape in RATES.items():
        if indicator == "92196":
            continue
        multiplier = {"20401": 1_000, "op-04": 1_000}.get(indicator, 100_000)
        for area, path, _ in _areas(shape):
            chance = Chance(indicator, area)
            for period in periods_of(shape):
                year = period.first.year
                rate = level(path, shape, period) / multiplier
                if period.first.month in _WINTER:
                    rate *= 1 + shape.winter
                base = Figure(_sender(indicator, area), indicator, area, period)
                if indicator == "20401":
                    # women of 15 to 17: three of the five years of the band, and not quite half of it
                    women = round(people(area, year, ("15-19",)) * 0.6 * 0.49)
                    yield replace(base, numerator=chance.events(women * rate), denominator=women)
                else:
                    exposed = people(area, year) if indicator == "op-04" else people(area, year, OLDER_BANDS)
                    yield replace(base, numerator=chance.events(exposed * rate))


def _infants() -> Iterator[Figure]:
    """Deaths under one year: three years pooled, so that neighbouring figures share two of them."""
    shape = RATES["92196"]
    for place, path, residents in _areas(shape):
        of_year: dict[int, tuple[int, int]] = {}
        for period in periods_of(shape):
            rate = level(path, shape, period) / 1_000
            years = range(period.first.year, period.last.year + 1)
            for year in years:
                if year not in of_year:
                    chance = Chance("92196", place, year)
                    births = chance.near(residents * shape.size, 0.015)
                    of_year[year] = (chance.events(births * rate), births)
            deaths, births = (sum(of_year[year][part] for year in years) for part in (0, 1))
            yield Figure(_sender("92196", place), "92196", place, period, numerator=deaths, denominator=births)


def _stratum_rates() -> dict[str, float]:
    """Return how the rate of falls of each age band stands to the standardised rate of all."""
    shape = dict(zip(OLDER_BANDS, (0.3, 0.45, 0.8, 1.6, 2.9, 4.2), strict=True))
    weights = dict(european_standard_population_2013().iter_rows())
    whole = sum(weights[band] * rate for band, rate in shape.items()) / sum(weights[band] for band in shape)
    return {band: rate / whole for band, rate in shape.items()}


def _standardised() -> Iterator[Figure]:
    for indicator, shape in STANDARDISED.items():
        bands = _stratum_rates()
        for place, path, _ in _areas(shape):
            chance = Chance(indicator, place)
            for period in periods_of(shape):
                rate = level(path, shape, period) / 100_000
                for band, relative in bands.items():
                    expected = people(place, period.first.year, (band,)) * rate * relative
                    yield Figure(
                        _sender(indicator, place),
                        indicator,
                        place,
                        period,
                        age_band=band,
                        numerator=chance.events(expected),
                    )


def _delays() -> Iterator[Figure]:
    for place, path, residents in _areas(DELAYS):
        chance = Chance("bcf-discharge-delay", place)
        for period in periods_of(DELAYS):
            mean = level(path, DELAYS, period) * (1 + DELAYS.winter * (period.first.month in _WINTER))
            days = [chance.days(mean) for _ in range(chance.near(residents * DELAYS.size, DELAYS.wobble))]
            yield Figure(
                "EVH",
                "bcf-discharge-delay",
                place,
                period,
                numerator=sum(days),
                denominator=len(days),
                sum_of_squares=sum(day * day for day in days),
            )


def _respect() -> Iterator[Figure]:
    """Scores of 0 to 10, of the two members of the care association."""
    levels = dict(zip(PLACES, (8.0, 8.4, 8.7, 8.2), strict=True))
    for place in PLACES:
        for source, part in (("MCA-HEATHER", 0.00022), ("MCA-KINGFISHER", 0.00015)):
            chance = Chance("local-12", place, source)
            for period in periods_of(SHARES["local-05"]):
                asked = chance.near(people(place, 2025) * part, 0.04)
                scores = [chance.of(10, levels[place] / 10) for _ in range(asked)]
                yield Figure(
                    "MCA",
                    "local-12",
                    place,
                    period,
                    source=source,
                    numerator=sum(scores),
                    denominator=asked,
                    sum_of_squares=sum(score * score for score in scores),
                )


def _counted() -> Iterator[Figure]:
    for place, path in zip(PLACES, COUNTED.paths, strict=True):
        chance = Chance("op-03", place)
        for period in periods_of(COUNTED):
            expected = level(path, COUNTED, period)
            yield Figure("EVH", "op-03", place, period, numerator=chance.events(expected) if expected > 0.5 else 0)


def _crises() -> Iterator[Figure]:
    """The police count by force area: no place has a figure of its own."""
    chance = Chance("op-05", FORCE_AREA)
    for period in periods_of(CRISES):
        detained = chance.near(people(SYSTEM, 2025) * CRISES.size, CRISES.wobble)
        taken = chance.of(detained, level(CRISES.paths[0], CRISES, period) / 100)
        yield Figure("EVP", "op-05", FORCE_AREA, period, numerator=taken, denominator=detained)


def _published() -> Iterator[Figure]:
    for indicator, shape in PUBLISHED.items():
        for place, path, residents in _areas(shape):
            chance = Chance(indicator, place)
            # a smaller place has a smaller sample
            half = shape.size * (220_000 / residents) ** 0.5
            for period in periods_of(shape):
                value = round(level(path, shape, period) + 0.25 * half * chance.bell(), 1)
                yield Figure(
                    _sender(indicator, place),
                    indicator,
                    place,
                    period,
                    value=value,
                    lower=round(value - half, 1),
                    upper=round(value + half, 1),
                )


def _had_one_code(figure: Figure) -> bool:
    """Nobody sends a figure of a period in the midst of which its area became another."""
    _, last = FORMER_CODES.get(figure.area, ("", date.min))
    return not figure.period.first <= last < figure.period.last


def _as_sent(figure: Figure) -> Figure:
    """What partners do to their own figures before they send them: hide, mark, explain."""
    key = (figure.indicator, figure.area, str(figure.period))
    if figure.indicator == "local-07" and isinstance(figure.numerator, int) and figure.numerator < 5:
        return replace(figure, numerator="*", value_note="Hidden by the hospice: fewer than 5")
    if key == ("92517", _DUNMARSH, "2023/24"):
        return replace(figure, numerator="..", denominator="..", value_note="The records system was being replaced")
    if figure.indicator == "bcf-emergency-admissions-65" and figure.period.first >= date(2026, 8, 1):
        return replace(figure, value_status="provisional")
    if figure.indicator == "local-05" and figure.area in _SENT_BEFORE_MERGER and figure.period.last <= _LAST_SENT:
        return replace(figure, partner="MMH")
    former, last = FORMER_CODES.get(figure.area, ("", date.min))
    return replace(figure, area=former) if figure.period.last <= last else figure
