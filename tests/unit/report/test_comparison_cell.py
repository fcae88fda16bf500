"""The cell of comparison: that chance alone is allowed for is said once a line, and why behind it."""

from outcomes.report.definition_view import definition_pairs
from outcomes.report.line_view import line_view
from outcomes.report.signals import comparison_views
from outcomes.scorecard.model import Benchmark, Comparison, IndicatorLine, Overdispersion
from outcomes.vocabulary import BenchmarkKind, Word
from tests.report_cards import line

FEW = Overdispersion(method="chosen", volume=10_000, areas=4)
ENOUGH = Overdispersion(word=Word.SIMILAR, method="chosen", volume=10_000, areas=12, lower_limit=50, upper_limit=60)


def compared(*found: Overdispersion | None) -> IndicatorLine:
    names = ("England", "The other places", "Moorland and Coast")
    benchmarks = [Benchmark(kind=BenchmarkKind.NATION, name=name, value=55.0) for name in names]
    comparisons = tuple(
        Comparison(word=Word.BETTER, benchmark=benchmark, overdispersion=one)
        for benchmark, one in zip(benchmarks, found, strict=False)
    )
    return line("share", "Share", "Share of people", comparisons=comparisons)


def test_chance_alone_is_said_once_a_line_however_many_comparisons_it_holds_for() -> None:
    views = comparison_views(compared(FEW, FEW, FEW))
    assert [view.details for view in views] == [
        ("England 55.0%", "Not allowing for how areas usually differ"),
        ("The other places 55.0%",),
        ("Moorland and Coast 55.0%",),
    ]
    assert line_view(compared(FEW, FEW, FEW), "Castlewick").comparisons == views


def test_why_it_is_chance_alone_stands_with_the_definition_for_every_comparison() -> None:
    behind = {term: text for term, text, _ in definition_pairs(compared(FEW, None, FEW))}
    assert behind["Comparison"] == (
        "With England by chance alone: 4 of the 10 areas that it takes to tell how areas usually differ; "
        "With Moorland and Coast by chance alone: 4 of the 10 areas that it takes to tell how areas usually differ"
    )
    assert "Comparison" not in {term for term, _, _ in definition_pairs(compared(ENOUGH, None))}


def test_a_word_that_allows_for_more_than_chance_keeps_its_sentences() -> None:
    (allowing, plain) = comparison_views(compared(ENOUGH, FEW))
    assert allowing.details[1:] == (
        "Allowing for how 12 areas usually differ (50.0 to 60.0)",
        "By its interval alone: better",
    )
    assert plain.details == ("The other places 55.0%", "Not allowing for how areas usually differ")
