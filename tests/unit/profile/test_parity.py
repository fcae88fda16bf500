"""Local and national beside each other: each aspect by its stated rule, the same for both tiers."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.profile.model import ParityRow
from outcomes.profile.profiling import profile
from outcomes.vocabulary import Tier
from tests.small_world import inclusion, indicator
from tests.unit.scorecard.card_world import AS_OF, agreement, judgements, partnership, status


def rows(
    local: Sequence[Any], national: Sequence[Any], *, returns: Any = None, words: Any = None, **agreed: Any
) -> dict[str, ParityRow]:
    """The parity of a place of which the inclusions of both tiers are given by their terms."""
    names = [f"l{n}" for n, _ in enumerate(local)] + [f"n{n}" for n, _ in enumerate(national)]
    tiers = [("local", terms) for terms in local] + [("national", terms) for terms in national]
    included = [inclusion(name, tier=tier, **terms) for name, (tier, terms) in zip(names, tiers, strict=True)]
    world = partnership(
        indicators=[indicator(name) for name in names], local=included, national=[], agreements=[agreement(**agreed)]
    )
    found = profile(
        words or judgements(), world.agreement_for("PL1", AS_OF), returns, world, area_code="PL1", as_of=AS_OF
    ).parity
    assert found is not None
    return {row.id: row for row in found.rows}


@pytest.mark.parametrize(
    ("local", "national", "behind"),
    [(3, 30, Tier.LOCAL), (30, 3, Tier.NATIONAL), (1, 3, None), (1, 4, Tier.LOCAL), (0, 4, Tier.LOCAL), (2, 2, None)],
)
def test_fewer_than_one_in_four_is_behind_in_number(local: int, national: int, behind: Tier | None) -> None:
    assert rows([{}] * local, [{}] * national)["count"].behind is behind


@pytest.mark.parametrize(("of_local", "behind"), [(0, Tier.LOCAL), (1, None), (2, None)])
def test_less_than_half_of_the_others_share_is_behind_and_exactly_half_is_not(
    of_local: int, behind: Tier | None
) -> None:
    goal = {"kind": "level", "points": [{"period": "2028/29", "value": 12}], "set_by": "place", "decision": "JC 1"}
    goals = [
        {**goal, "agreed_on": "2026-04-02", "indicator": name} for name in ("n0", "n1", "l0", "l1")[: 2 + of_local]
    ]
    row = rows([{}, {}], [{}, {}], targets=goals)["targets"]
    assert (row.local, row.national, row.behind) == (of_local, 2, behind)


def test_an_outcome_with_the_measures_of_one_tier_alone_counts() -> None:
    row = rows([{"outcome": "health"}], [{"outcome": "health"}, {"outcome": "money"}])["outcomes"]
    assert (row.local, row.local_of, row.national, row.national_of, row.behind) == (1, 2, 2, 2, None)


def test_figures_in_time_are_counted_by_tier_and_late_ones_are_not_in_time() -> None:
    came = [{"indicator_id": "n0", "status": "received"}, {"indicator_id": "n0", "status": "not yet due"}]
    late = [{"indicator_id": "l0", "status": "late"}, {"indicator_id": "l0", "status": "missing"}]
    row = rows([{}], [{}], returns=status(*came, *late))["timeliness"]
    assert (row.local, row.local_of, row.national, row.national_of, row.behind) == (0, 2, 1, 1, Tier.LOCAL)
    assert rows([{}], [{}])["timeliness"].because == "No record of returns stands behind these figures."


def test_a_middle_figure_more_than_twice_as_old_is_behind_in_recency() -> None:
    def dated(name: str, period: str) -> dict[str, Any]:
        return {"framework_id": "local", "indicator_id": name, "signal": "trend", "word": "improving", "period": period}

    row = rows([{}], [{}], words=judgements(dated("l0", "2023/24"), dated("n0", "2025/26")))["recency"]
    assert (row.local, row.national, row.behind) == (966, 236, Tier.LOCAL)
    row = rows([{}], [{}], words=judgements(dated("l0", "2025/26"), dated("n0", "2025/26")))["recency"]
    assert row.behind is None


def test_a_promise_or_a_reply_is_a_measure_s_narrative() -> None:
    reply = {"indicator": "l0", "partner": "VA", "given_on": "2026-05-01", "text": "said"}
    promise = {"id": "1", "partner": "VA", "indicator": "n1", "what": "Open a hub", "due": "2026-09-01"}
    row = rows([{}], [{}, {}], replies=[reply], commitments=[promise])["narrative"]
    assert (row.local, row.national, row.behind) == (1, 1, None)


def test_a_tier_whose_middle_measure_stands_in_the_last_quarter_of_the_page_is_behind() -> None:
    last = rows([{"outcome": "money"}] * 1, [{"outcome": "health"}] * 3 + [{"outcome": "money"}] * 0)["position"]
    assert (last.local, last.national, last.behind) == (4, 2, Tier.LOCAL)
    first = rows([{"outcome": "health"}], [{"outcome": "health"}] * 3)["position"]
    assert (first.local, first.national, first.behind) == (1, 3, None)


@given(st.integers(0, 12), st.integers(0, 12), st.integers(1, 12), st.integers(1, 12))
def test_the_rule_is_the_same_for_both_tiers(local: int, national: int, local_of: int, national_of: int) -> None:
    from outcomes.profile.parity import _halved, _Tiers

    one = _halved("x", "x", _Tiers((min(local, local_of), local_of), (min(national, national_of), national_of))).behind
    other = _halved(
        "x", "x", _Tiers((min(national, national_of), national_of), (min(local, local_of), local_of))
    ).behind
    turned = {Tier.LOCAL: Tier.NATIONAL, Tier.NATIONAL: Tier.LOCAL, None: None}
    assert turned[one] is other
