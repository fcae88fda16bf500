"""The comparisons of a line: which it shows, in which order, and what each says."""

from collections.abc import Mapping, Sequence

from outcomes.framework.model import Inclusion
from outcomes.period import period_from_text
from outcomes.scorecard.figures import Row
from outcomes.scorecard.model import Benchmark, Comparison, Overdispersion
from outcomes.statistics import OVERDISPERSION_METHODS
from outcomes.statistics.overdispersion import FEWEST_POINTS
from outcomes.vocabulary import AreaLevel, BenchmarkKind, PeriodKind, Word

__all__ = ["comparison_of", "shown_comparisons"]

_LEVELS = [level.value for level in AreaLevel]
_LEVEL_WORDS = {
    BenchmarkKind.NATION: "the nation",
    BenchmarkKind.REGION: "the region",
    BenchmarkKind.SYSTEM: "the system",
    BenchmarkKind.STATISTICAL_NEIGHBOURS: "The statistical neighbours",
    BenchmarkKind.FIXED_VALUE: "Fixed value",
}
# benchmarks that are the figure of one area; the other places of a system are not the system
_OF_ONE_AREA = (BenchmarkKind.NATION, BenchmarkKind.REGION, BenchmarkKind.SYSTEM)


def comparison_of(
    row: Row, inclusion: Inclusion, names: Mapping[str, str], method_titles: Mapping[str, str]
) -> Comparison:
    """Return one comparison as a scorecard holds it.

    Arguments:
        row: A judgement of the comparison.
        inclusion: Its terms.
        names: The name of every area by its code.
        method_titles: Method name to its printed title.
    """
    return Comparison(
        word=Word(row["word"]),
        benchmark=_benchmark(row, names),
        distance=row["amount"],
        p_value=row["p_value"],
        overdispersion=_overdispersion(row, inclusion, method_titles),
        because=row["because"] or "",
    )


def _benchmark(row: Row, names: Mapping[str, str]) -> Benchmark | None:
    if not row["against"]:
        return None
    kind, behind = BenchmarkKind(row["against"]), row["against_code"] or ""
    if kind is BenchmarkKind.OTHER_PLACES:
        name = f"The other {row['level']}s"
    elif kind is BenchmarkKind.OWN_EARLIER_VALUE:
        name = f"The value in {period_from_text(PeriodKind(row['period_kind']), behind).spoken}" if behind else ""
        name = name or "The earlier value"
    else:
        name = names.get(behind if kind in _OF_ONE_AREA else "", _LEVEL_WORDS[kind])
    return Benchmark(
        kind=kind,
        name=name,
        area_code=behind if kind in _OF_ONE_AREA else "",
        value=row["against_value"],
        source=behind if kind is BenchmarkKind.STATISTICAL_NEIGHBOURS else "",
    )


def _overdispersion(row: Row, inclusion: Inclusion, method_titles: Mapping[str, str]) -> Overdispersion | None:
    """What limits that allow for overdispersion say; None below their volume and where nothing is compared."""
    if row["adjusted_word"] is None and row["adjusted_areas"] is None:
        return None
    method = (
        inclusion.overdispersion if inclusion.overdispersion in OVERDISPERSION_METHODS else OVERDISPERSION_METHODS[0]
    )
    because = ""
    if row["adjusted_word"] is None:
        because = (
            f"It could not be allowed for that {row['level']}s differ by more than chance: {row['adjusted_areas']} of "
            f"them have figures, and {FEWEST_POINTS} are needed."
        )
    return Overdispersion(
        word=Word(row["adjusted_word"]) if row["adjusted_word"] else None,
        method=method,
        method_title=method_titles.get(method, method),
        volume=inclusion.overdispersion_from,
        areas=row["adjusted_areas"],
        dispersion=row["overdispersion"],
        lower_limit=row["lower_adjusted_limit"],
        upper_limit=row["upper_adjusted_limit"],
        because=because,
    )


def shown_comparisons(rows: Sequence[Row], inclusion: Inclusion) -> list[Row]:
    """Return comparisons in the order in which the inclusion names its benchmarks; judgements are sorted otherwise.

    An area of a benchmark's own level is not compared with itself, nor with a level below its own. Where nothing else
    is left, the first stays, and says so.

    Arguments:
        rows: Judgements of one indicator, area and period.
        inclusion: Its terms.
    """
    place = {kind.value: number for number, kind in enumerate(inclusion.benchmarks)}
    ordered = sorted(rows, key=lambda row: place.get(row["against"], len(place)))
    return [row for row in ordered if _is_above(row)] or ordered[:1]


def _is_above(row: Row) -> bool:
    """Whether the benchmark is no area's, or that of an area above."""
    against = row["against"]
    return against not in _LEVELS or _LEVELS.index(against) < _LEVELS.index(row["level"])
