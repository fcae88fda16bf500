"""A line whose value is its publisher's own says so, and says once why it stands beside no benchmark."""

from outcomes.report.line_view import line_view
from outcomes.scorecard.model import Benchmark, Comparison, IndicatorLine
from outcomes.vocabulary import AS_PUBLISHED, BenchmarkKind, Detail, PeriodKind, Statistic, Word
from tests.report_cards import ENGLAND, compared, definition, line, point, value

PUBLISHED = definition(
    statistic=Statistic.PUBLISHED_VALUE,
    method=AS_PUBLISHED,
    method_title="As published. The answers of the survey are weighted.",
)


def _survey(half: float | None, *comparisons: Comparison, detail: Detail | None = None) -> IndicatorLine:
    now = point(PeriodKind.FINANCIAL_YEAR, "2020/21", value(78.4, half, detail=detail))
    known = {"points": (now,), "definition": PUBLISHED, "comparisons": comparisons}
    return line("survey", "Control", "Control over daily life", period_kind=PeriodKind.FINANCIAL_YEAR, **known)


def test_the_line_says_that_its_value_is_taken_as_published_and_the_definition_says_why() -> None:
    view = line_view(_survey(4.2), "Castlewick")
    assert "Taken as published, not worked out here" in view.notes
    assert ("Interval and value", PUBLISHED.method_title, "") in view.definition
    assert view.interval == "74.2 to 82.6"


def test_a_published_value_without_an_interval_says_that_none_was_published() -> None:
    view = line_view(_survey(None, detail=Detail.NO_SPREAD), "Castlewick")
    assert "No interval was published" in view.notes
    assert "No interval was published" in str(view.period_rows)
    assert "spread" not in " ".join(view.notes)


def test_a_contradicted_interval_is_still_called_a_contradiction() -> None:
    view = line_view(_survey(None, detail=Detail.IMPOSSIBLE_INPUT), "Castlewick")
    assert "No interval: the figures contradict each other" in view.notes


def test_a_counted_value_is_not_called_published() -> None:
    view = line_view(line("counted", "Counted", "Counted here"), "Castlewick")
    assert not [note for note in view.notes if "published" in note]


def test_a_benchmark_without_a_figure_is_named_once() -> None:
    missing = compared(Word.NOT_COMPARED, None, because="England has no figure for 2020/21.")
    other = compared(Word.NOT_COMPARED, None, because="It is a local variant of a national measure.")
    nowhere = Benchmark(kind=BenchmarkKind.REGION, name="the region")
    itself = compared(Word.NOT_COMPARED, None, nowhere, because="London is not compared with itself.")
    (first, second, third) = line_view(_survey(4.2, missing, other, itself), "Castlewick").comparisons
    assert first.details == ("England has no figure for 2020/21.",)
    assert len(second.details) == 2
    assert ENGLAND.name in second.details[0]
    assert third.details == ("London is not compared with itself.",)
