"""Of several targets the one due last speaks for today; the overview shows targets where most measures have one."""

import re
from collections.abc import Sequence

from outcomes.report.pages import overview_page
from outcomes.report.signals import headline_target, spoken_signals, target_view
from outcomes.scorecard.model import IndicatorLine, OutcomeSection, Scorecard, TargetSignal, Trend
from outcomes.vocabulary import AreaLevel, PeriodKind, Tier, Word
from tests.report_cards import castlewick, line, series, target

MONTH = PeriodKind.MONTH
STANDARD = target(Word.NOT_MET, 85.0, "2023-10", set_by=AreaLevel.NATION)
BY_MARCH = target(Word.MET, 70.0, "2025-03", set_by=AreaLevel.NATION)
NEXT = target(Word.CANNOT_TELL, 75.0, "2026-03", set_by=AreaLevel.NATION)


def waits(*targets: TargetSignal, **more: object) -> IndicatorLine:
    points = series(MONTH, "2025-03", [70.0, 71.0, 72.0], 2.0)
    return line("waits", "Waits", "Waits", period_kind=MONTH, points=points, targets=targets, **more)


def overview(lines: Sequence[IndicatorLine], *, population: int | None = 1000) -> str:
    section = OutcomeSection(id="sooner", title="Sooner", description="", local=(), national=tuple(lines))
    card: Scorecard = castlewick()
    place = card.place.model_copy(update={"population": population})
    return overview_page(
        [card.model_copy(update={"outcomes": (section,), "operational": (), "place": place})], title="X"
    )


def rows_of(page: str) -> list[str]:
    head = re.search(r'<span class="gl-head" aria-hidden="true"><span></span>(.*?)</span><ul>', page)
    assert head
    return re.findall(r"<span>(.*?)</span>", head[1])


def test_the_target_that_was_due_last_speaks_for_today() -> None:
    assert headline_target(waits(STANDARD, BY_MARCH, NEXT)) == BY_MARCH
    assert headline_target(waits(NEXT)) == NEXT
    assert headline_target(waits(target(Word.NO_TARGET, 1.0, ""))) is None
    assert headline_target(waits()) is None


def test_a_setter_that_comes_first_is_not_passed_over_for_a_later_date_of_another() -> None:
    local = target(Word.NOT_MET, 80.0, "2024-03")
    assert headline_target(waits(local, BY_MARCH)) == local


def test_a_target_on_the_way_is_not_passed_over_for_a_due_one_of_another_setter() -> None:
    path = target(Word.ON_TRACK, 80.0, "2027-03")
    assert headline_target(waits(path, BY_MARCH)) == path


def test_a_target_still_held_after_its_period_is_said_to_hold_from_then_on() -> None:
    assert "Target of 70% in Mar 2025 met" in spoken_signals(waits(STANDARD, BY_MARCH))
    assert "Target of 85% from Oct 2023 not met" in spoken_signals(waits(STANDARD))
    assert target_view(waits(STANDARD), STANDARD).details[0].startswith("85% from Oct 2023, ")
    assert target_view(waits(BY_MARCH), BY_MARCH).details[0].startswith("70% in Mar 2025, ")
    assert target_view(waits(NEXT), NEXT).details[0].startswith("75% in Mar 2026, ")


def test_the_overview_has_a_row_for_targets_where_most_measures_have_one() -> None:
    with_method = Trend(word=Word.CANNOT_TELL, method="trend_fingertips_2020", because="3 points; 5 are needed.")
    held, free = waits(BY_MARCH, tier=Tier.NATIONAL), line("free", "Free", "Free", tier=Tier.NATIONAL)
    assert rows_of(overview([held])) == ["Against", "Target"]
    assert rows_of(overview([held, free.model_copy(update={"trend": with_method})])) == ["Against", "Trend"]
    page = overview([held.model_copy(update={"trend": with_method})])
    assert rows_of(page) == ["Against", "Trend", "Target"]
    assert "Waits: not compared; trend: cannot tell; target: met" in page


def test_residents_are_called_unrecorded_only_where_those_of_others_are_known() -> None:
    assert "Residents not recorded" not in overview([waits(BY_MARCH)], population=None)
    assert "1,000 residents" in overview([waits(BY_MARCH)])
