"""Which differences stay when the share of false ones is held to 5 %: on a page, over all, never for what is hidden."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from outcomes.scorecard.chance import FALSE_DISCOVERIES, remaining_together, with_false_discoveries
from outcomes.scorecard.headers import summary_of
from outcomes.scorecard.model import Comparison, OutcomeSection, Overdispersion, Scorecard
from outcomes.vocabulary import AreaLevel, Word
from tests.report_cards import bare_scorecard
from tests.report_cards import line as page_line

PLAIN = bare_scorecard()


def card(code: str, *p_values: float | None, level: AreaLevel = AreaLevel.PLACE) -> Scorecard:
    """A page whose measures have these p-values; None for one that is hidden."""
    lines = [
        page_line(f"m{number}", "short", "name").model_copy(
            update={
                "comparisons": (
                    Comparison(word=Word.CANNOT_TELL)
                    if p is None
                    else Comparison(word=Word.WORSE if p < 0.05 else Word.SIMILAR, p_value=p),
                    # a second benchmark looks at the same figure again
                    Comparison(word=Word.MUCH_WORSE, p_value=1e-9),
                )
            }
        )
        for number, p in enumerate(p_values)
    ]
    section = OutcomeSection(id="o", title="O", description="", local=tuple(lines[:1]), national=tuple(lines[1:]))
    place = PLAIN.place.model_copy(update={"area_code": code, "level": level})
    changes = {"place": place, "outcomes": (section,), "operational": (), "summary": summary_of(lines)}
    return PLAIN.model_copy(update=changes)


def test_what_stays_by_hand() -> None:
    # of four: 0.01 · 4 / 1 and 0.02 · 4 / 2 are 0.04; 0.04 · 4 / 3 is 0.053
    found = with_false_discoveries(card("A", 0.02, 0.04, 0.5, 0.01))
    assert found.summary.differing == 3
    assert found.summary.remaining == ("m0", "m3")
    adjusted = [line.comparisons[0].p_value_on_page for line in found.lines]
    assert adjusted == pytest.approx([0.04, 0.16 / 3, 0.5, 0.04])
    assert found.lines[0].comparisons[1].p_value_on_page is None


def test_the_overview_is_one_family_of_the_pages_of_one_level() -> None:
    cards = [card("A", 0.02, 0.6), card("B", 0.9, 0.7), card("S", 0.02, level=AreaLevel.SYSTEM)]
    assert with_false_discoveries(cards[0]).summary.remaining == ("m0",)
    # 0.02 · 4 / 1 is 0.08
    assert remaining_together(cards) == {"A": (), "B": (), "S": ("m0",)}


def test_a_hidden_comparison_is_in_no_family() -> None:
    hidden = with_false_discoveries(card("A", 0.03, None, None, 0.04))
    shown = with_false_discoveries(card("A", 0.03, 0.04))
    assert hidden.summary.remaining == ("m0", "m3")
    assert hidden.lines[1].comparisons[0].p_value_on_page is None
    assert [hidden.lines[place].comparisons[0].p_value_on_page for place in (0, 3)] == [
        line.comparisons[0].p_value_on_page for line in shown.lines
    ]


def test_a_difference_without_a_p_value_is_counted_and_cannot_stay() -> None:
    plain = card("A", 0.01, 0.02)
    section = plain.outcomes[0]
    bare = section.local[0].model_copy(update={"comparisons": (Comparison(word=Word.MUCH_WORSE),)})
    found = with_false_discoveries(
        plain.model_copy(update={"outcomes": (section.model_copy(update={"local": (bare,)}),)})
    )
    assert (found.summary.remaining, found.summary.without_p_value) == (("m1",), 1)


def test_the_first_screen_reads_the_word_that_allows_for_overdispersion_and_chance_counts_intervals() -> None:
    allowing = Overdispersion(word=Word.SIMILAR, method="funnel_additive", volume=10_000)
    told = page_line("m", "short", "name").model_copy(
        update={"comparisons": (Comparison(word=Word.MUCH_WORSE, overdispersion=allowing),)}
    )
    told = told.model_copy(
        update={"trend": told.trend.model_copy(update={"word": Word.CANNOT_TELL}), "special_cause": None}
    )
    found = summary_of([told])
    assert (found.worse, found.no_difference, found.differing) == ((), ("m",), 1)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6), min_size=1, max_size=4), st.integers(0, 10**6))
def test_the_order_of_pages_leaves_no_trace_and_the_family_is_scipys(pages: list[list[float]], seed: int) -> None:
    cards = [card(f"P{number}", *p_values) for number, p_values in enumerate(pages)]
    shuffled = cards[:]
    random.Random(seed).shuffle(shuffled)
    together = remaining_together(cards)
    assert remaining_together(shuffled) == together
    every = iter(stats.false_discovery_control([p for page in pages for p in page]))
    for one, p_values in zip(cards, pages, strict=True):
        told = with_false_discoveries(one)
        on_page = [line.comparisons[0].p_value_on_page for line in told.lines]
        assert on_page == stats.false_discovery_control(p_values).tolist()
        # what stays differs
        assert len(told.summary.remaining) <= told.summary.differing
        staying = [f"m{number}" for number, _ in enumerate(p_values) if next(every) <= FALSE_DISCOVERIES]
        assert set(together[one.place.area_code]) <= set(staying)
