"""Which levels are drawn beside the points: those that comparison may use, as known on the date."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from outcomes.reference_series import ReferenceSeries
from tests.small_world import Row, benchmark_series, estimates, inclusion, indicator, world
from tests.unit.scorecard.card_world import AS_OF, judgements, line, partnership

SERIES: tuple[Row, ...] = ({"period": "2023/24", "value": 24.0}, {"period": "2024/25", "value": 20.0})
NATION: Row = {"signal": "comparison", "word": "worse", "against": "nation", "against_code": "E92000001"}
SYSTEM: Row = {**NATION, "against": "system", "against_code": "SYS1"}


def _released(on: date, level: float, series_id: str, **more: Any) -> ReferenceSeries:
    found = benchmark_series({"value": level, **more}, series_id=series_id)
    return replace(found, description=found.description.model_copy(update={"released_on": on}))


def _drawn(word: Row, *series: ReferenceSeries, further: Row | None = None, place: str = "PL1") -> list[float | None]:
    terms = partnership(local=[inclusion(benchmarks=(word["against"],))], series=series)
    given = [{**one, "area_code": place} for one in SERIES]
    found = line(
        estimates(*given, *([further] if further else [])),
        judgements({**word, "area_code": place}),
        of=terms,
        place=place,
    )
    return [point.benchmark for point in found.points]


def test_a_level_that_was_not_released_yet_is_not_drawn() -> None:
    late = _released(date(2026, 11, 23), 15.0, "late")
    assert late.description.released_on > AS_OF
    assert _drawn(NATION, late) == [None, None]
    assert _drawn(NATION, _released(AS_OF, 15.0, "in-time")) == [None, 15.0]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_releases_the_later_is_drawn_whatever_their_order(order: tuple[int, int]) -> None:
    releases = (_released(date(2025, 1, 1), 15.0, "b-first"), _released(date(2026, 1, 1), 16.0, "a-revised"))
    assert _drawn(NATION, *(releases[number] for number in order)) == [None, 16.0]


def test_a_systems_own_figure_comes_before_a_published_one_as_in_its_comparison() -> None:
    published = _released(date(2025, 1, 1), 15.0, "system", area_code="SYS1")
    own: Row = {"area_code": "SYS1", "period": "2024/25", "value": 17.0}
    assert _drawn(SYSTEM, published, further=own) == [None, 17.0]
    assert _drawn(SYSTEM, published) == [None, 15.0]


def test_the_nation_is_not_drawn_beside_a_local_variant() -> None:
    terms = world(
        [indicator(is_proxy=True)], [inclusion(benchmarks=("nation",))], series=[benchmark_series({"value": 15.0})]
    )
    found = line(estimates(*SERIES), judgements({**NATION, "word": "not compared"}), of=terms)
    assert [point.benchmark for point in found.points] == [None, None]


def test_an_area_is_not_drawn_beside_itself() -> None:
    assert _drawn({**SYSTEM, "word": "not compared"}, place="SYS1") == [None, None]
