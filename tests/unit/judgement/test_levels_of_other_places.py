"""The level of the other places on a protected page: of all that were judged, or none."""

from dataclasses import replace
from datetime import date

import pytest

from outcomes.estimates.estimating import estimate
from outcomes.geography.areas import Areas
from outcomes.judgement.judging import judge
from outcomes.judgement.renumbering import renumbered
from outcomes.partnership.policy import Policy
from outcomes.protection.protecting import protect
from tests.small_world import Row, inclusion, indicator, measures, world

AS_OF = date(2025, 11, 22)
POLICY = Policy.model_validate(
    {"id": "hes", "version": "1", "title": "t", "preset": {"suppress_to": 7, "rounds_to": 5}}
)


def _comparison(*counts: int) -> Row:
    """Castlewick beside Dunmere and Fellgate, each of 200 asked, as a protected page prints it."""
    partnership = world([indicator()], [inclusion(benchmarks=("other_places",))], policies=[POLICY])
    areas = ("PL1", "PL2", "PL3")
    rows: list[Row] = [
        {"area_code": area, "numerator": count, "denominator": 200} for area, count in zip(areas, counts, strict=False)
    ]
    given = measures(*rows)
    words = judge(estimate(given, partnership), partnership, as_of=AS_OF)
    found = protect(given, words, partnership, policy="hes")
    again = judge(estimate(found.measures, partnership), partnership, as_of=AS_OF)
    shown = renumbered(found.judgements, again).frame
    return shown.filter(area_code="PL1", signal="comparison").row(0, named=True)


def test_a_level_of_fewer_places_than_were_judged_is_not_printed() -> None:
    found = _comparison(90, 60, 3)
    assert (found["word"], found["against_value"], found["amount"]) == ("much worse", None, None)


def test_a_level_of_all_the_others_is_printed_from_their_protected_counts() -> None:
    found = _comparison(90, 61, 41)
    assert (found["word"], found["because"]) == ("much worse", "")
    assert (found["against_value"], found["amount"]) == (pytest.approx(25.0), pytest.approx(20.0))


def test_a_place_that_never_sent_hides_no_level() -> None:
    found = _comparison(90, 61)
    assert found["because"] == "1 of the 2 others in Eastvale have figures for this period."
    assert found["against_value"] == pytest.approx(30.0)


def test_a_remainder_is_none_of_the_others() -> None:
    plain = world([indicator()], [inclusion(benchmarks=("other_places",))])
    partnership = replace(plain, areas=Areas(plain.areas.frame, frozenset({"PL3"})))
    rows: list[Row] = [
        {"area_code": area, "numerator": count, "denominator": 200} for area, count in (("PL1", 90), ("PL2", 61))
    ]
    for further in ([], [{"area_code": "PL3", "numerator": 199, "denominator": 200}]):
        judged = judge(estimate(measures(*rows, *further), partnership), partnership, as_of=AS_OF).frame
        found = judged.filter(area_code="PL1", signal="comparison").row(0, named=True)
        assert (found["against_value"], found["because"]) == (pytest.approx(30.5), "")
