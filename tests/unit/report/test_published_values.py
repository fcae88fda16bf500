"""A line whose value is its publisher's own says so, and says once why it stands beside no benchmark."""

from outcomes.report.line_view import line_view
from outcomes.scorecard.model import AreaValue, Comparison, IndicatorLine, Value
from outcomes.vocabulary import AS_PUBLISHED, Detail, PeriodKind, Reason, Statistic, Word
from tests.report_cards import compared, definition, line, point, value

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


def test_a_comparison_that_has_a_reason_says_nothing_else() -> None:
    missing = compared(Word.NOT_COMPARED, None, because="England has no figure for 2020/21.")
    itself = compared(Word.NOT_COMPARED, None, because="London is not compared with itself.")
    unsaid = compared(Word.NOT_COMPARED, None)
    views = line_view(_survey(4.2, missing, itself, unsaid), "Castlewick").comparisons
    assert [view.details for view in views] == [
        ("England has no figure for 2020/21.",),
        ("London is not compared with itself.",),
        ("England, value not known",),
    ]


def test_what_is_said_of_two_benchmarks_alike_is_said_once() -> None:
    alike = compared(Word.NOT_COMPARED, None, because="There is no value for 2020/21: not available.")
    assert len(line_view(_survey(4.2, alike, alike), "Castlewick").comparisons) == 1


def test_a_figure_that_its_sender_marked_is_not_missing_from_anybody() -> None:
    marked = value(None, None, reason=Reason.NOT_AVAILABLE, parts_expected=1, parts_contributed=0)
    now = point(PeriodKind.FINANCIAL_YEAR, "2020/21", marked.model_copy(update={"missing_parts": ("NHS Digital",)}))
    view = line_view(line("x", "X", "X", points=(now,)), "Castlewick")
    assert not [note for note in view.notes if "parts" in note or "Missing" in note]
    assert "Missing" not in str(view.period_rows)


def test_a_share_that_is_that_of_the_parts_is_not_called_one_of_the_population() -> None:
    came = {"parts_expected": 33, "parts_contributed": 32, "missing_parts": ("Hackney",)}
    of_parts = point(PeriodKind.FINANCIAL_YEAR, "2020/21", value(94.3, 0.2, coverage=32 / 33, **came))
    of_people = point(PeriodKind.FINANCIAL_YEAR, "2020/21", value(94.3, 0.2, coverage=0.975, **came))
    notes = [line_view(line("x", "X", "X", points=(now,)), "London").notes for now in (of_parts, of_people)]
    assert notes[0] == ("32 of 33 parts in", "Missing: Hackney")
    assert notes[1] == (*notes[0], "97.5% of the population covered")


def test_a_part_that_the_table_beside_it_calls_confidential_is_withheld_and_not_missing() -> None:
    """It came; that it is withheld is what the table of areas says, and nothing more is told of it."""
    came = {"parts_expected": 3, "parts_contributed": 1, "missing_parts": ("Low Fen", "Moor Edge")}
    now = point(PeriodKind.QUARTER, "2026/27 Q2", value(50.0, 9.0, coverage=0.978, **came))
    before = point(PeriodKind.QUARTER, "2026/27 Q1", value(51.0, 9.0, coverage=0.978, **came))
    parts = (
        AreaValue(area_code="N1", name="Dunmarsh Quay", value=value(50.0, 9.0)),
        AreaValue(area_code="N2", name="Low Fen", value=Value(reason=Reason.MISSING)),
        AreaValue(area_code="N3", name="Moor Edge", value=Value(reason=Reason.CONFIDENTIAL)),
    )
    view = line_view(line("x", "X", "X", points=(before, now), parts=parts), "Dunmarsh")
    assert view.notes == (
        "1 of 3 parts counted in it",
        "Missing: Low Fen",
        "Withheld as confidential: Moor Edge",
        "97.8% of the population covered",
    )
    rows = str(view.period_rows)
    assert rows.count("Withheld as confidential: Moor Edge") == 1
    # of another period no table says why a part is not in it
    assert rows.count("Missing: Low Fen and Moor Edge") == 1
