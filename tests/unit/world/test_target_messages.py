"""Targets of every kind as they are written in an agreement: read, or refused with file, line, what and what to do."""

from pathlib import Path

import pytest

from outcomes.errors import DefinitionError, Fault
from outcomes.partnership.lint import lint_partnership
from outcomes.partnership.loading import load_partnership
from outcomes.vocabulary import TargetKind, TargetMatch
from tests.world_folder import FILES, write_world

AGREEMENT = "agreements/PL1.yaml"
_START = FILES[AGREEMENT].index("        kind: path\n")
_END = FILES[AGREEMENT].index("        set_by: place\n")
FIRST_LINE = FILES[AGREEMENT][: FILES[AGREEMENT].index("      - indicator: carers\n")].count("\n") + 1

CHANGE = """\
kind: change
by: {per_cent: -20}
baseline: {period: 2024/25 Q4}
due: 2026/27 Q4
"""
GAP = """\
kind: gap
group: sex=Male
compared_with: sex=Female
by: {points: -3}
baseline: {period: 2024/25 Q4, value: 7.5, source: Board paper}
due: 2026/27 Q4
has_path: true
"""
MATCH = """\
kind: benchmark
match: best_quartile
quantile_rule: ntile
fewest_areas: 12
due: 2026/27 Q4
"""


def _world(folder: Path, target: str, *, breakdown: str = "") -> Path:
    """Write the sound partnership with another target in the latest version of its agreement."""
    told = "".join(f"        {line}\n" for line in target.strip().splitlines())
    before = FILES[AGREEMENT][:_START].replace("        breakdown: sex=Female\n", breakdown)
    return write_world(folder, {AGREEMENT: ("", before + told + FILES[AGREEMENT][_END:])})


def _fault(folder: Path, target: str, **terms: str) -> Fault:
    # an agreement that is not read has no owners: that is advised on, too
    (fault,) = [said for said in lint_partnership(_world(folder, target, **terms)) if not said.is_advice]
    assert fault.file == AGREEMENT
    return fault


def test_a_target_of_each_kind_is_read(tmp_path: Path) -> None:
    kinds = {}
    for name, text in (("change", CHANGE), ("gap", GAP), ("match", MATCH)):
        partnership = load_partnership(_world(tmp_path / name, text))
        (target,) = partnership.agreements[-1].targets
        kinds[name] = target
    assert [target.kind for target in kinds.values()] == [TargetKind.CHANGE, TargetKind.GAP, TargetKind.BENCHMARK]
    assert kinds["gap"].baseline is not None
    assert (kinds["gap"].baseline.value, kinds["gap"].has_path) == (7.5, True)
    assert (kinds["match"].match, kinds["match"].fewest_others) == (TargetMatch.BEST_QUARTILE, 12)


@pytest.mark.parametrize(
    ("target", "old", "new", "message"),
    [
        (CHANGE, "due: 2026/27 Q4", "", "a change target needs due; write by, baseline, due"),
        (CHANGE, "by: {per_cent: -20}\n", "", "a change target needs by; write by, baseline, due"),
        (CHANGE, "due:", "group: sex=Male\ndue:", "a change target has no group; take it away and write by, baseline"),
        (CHANGE, "due:", "match: nation\ndue:", "a change target has no match"),
        (CHANGE, "due:", "points: [{period: 2026/27 Q4, value: 5}]\ndue:", "a change target has no points"),
        (CHANGE, "per_cent: -20", "per_cent: -20, points: 3", "a change is in points or in per cent; write one"),
        (CHANGE, "per_cent: -20", "per_cent: 0", "a change of 0 is none; write a level target"),
        (CHANGE, "per_cent: -20", "per_cent: -101", "nothing falls by more than 100 per cent; write at most"),
        (CHANGE, "period: 2024/25 Q4", "period: 2024/25 Q4, value: 4", "a frozen baseline has a value and the source"),
        (CHANGE, "period: 2024/25 Q4", "period: 2024/25 Q4, source: Plan", "a frozen baseline has a value and"),
        (GAP, "group: sex=Male\n", "", "a gap target needs group; write group, by, baseline, due"),
        (GAP, "due:", "breakdown: sex=Male\ndue:", "a gap target has no breakdown; take it away"),
        (GAP, "points: -3", "points: 3", "a gap is reduced: write by with a minus sign, such as {per_cent: -20}"),
        (GAP, "value: 7.5", "value: -7.5", "the frozen value of a gap is its size, above 0; write it without a sign"),
        (GAP, "points: -3", "points: -8", "a gap of 7.5 cannot be reduced by 8; write less"),
        (MATCH, "match: best_quartile\n", "", "a benchmark target needs match; write match, due"),
        (MATCH, "match: best_quartile", "match: median", "quantile_rule goes with match: best_quartile, and with"),
        (MATCH, "fewest_areas: 12", "fewest_areas: 9", "fewest_areas is 9 for best_quartile; write at least 10"),
        (MATCH, "due:", "has_path: true\ndue:", "a benchmark target has no has_path; take it away"),
    ],
)
def test_a_target_whose_keys_do_not_fit_its_kind_is_refused_where_it_stands(
    tmp_path: Path, target: str, old: str, new: str, message: str
) -> None:
    fault = _fault(tmp_path, target.replace(old, new))
    assert message in fault.message
    assert fault.message.startswith("targets[1]")
    assert FIRST_LINE <= fault.line <= FIRST_LINE + 12


@pytest.mark.parametrize(
    ("target", "old", "new", "line", "message", "fix"),
    [
        (
            CHANGE,
            "due: 2026/27 Q4",
            "due: 2026/27",
            "due: 2026/27",
            "due '2026/27' is no quarter; write it as 2026/27 Q1.",
            "",
        ),
        (
            CHANGE,
            "period: 2024/25 Q4",
            "period: 2024",
            "baseline: {period: 2024}",
            "period '2024' is no quarter; write it as 2026/27 Q1.",
            "",
        ),
        (
            CHANGE,
            "period: 2024/25 Q4",
            "period: 2026/27 Q4",
            "baseline: {period: 2026/27 Q4}",
            "the baseline, 2026/27 Q4, does not lie before 2026/27 Q4, in which the target is due.",
            "A baseline and what is held against it share no day; choose an earlier one.",
        ),
        (
            CHANGE,
            "due: 2026/27 Q4",
            "due: 2025/26 Q4",
            "agreed_on: 2026-03-20",
            "the target was agreed on 2026-03-20, after 2025/26 Q4 had begun: after the data it judges.",
            "A target is agreed on or before the first day that it judges; choose a later period.",
        ),
        (
            GAP,
            "group: sex=Male",
            "group: sex=Men",
            "group: sex=Men",
            "'sex' of 'carers' has no category 'Men'.",
            "Write it as dimension=category pairs, sorted, such as age_band=65+; sex=Female.",
        ),
        (
            GAP,
            "compared_with: sex=Female",
            "compared_with: sex=Male",
            "compared_with: sex=Male",
            "a group has no gap to itself.",
            "Name another group, or leave compared_with out.",
        ),
        (
            MATCH,
            "match: best_quartile",
            "match: england",
            "match: england",
            "targets[1].match is 'england'.",
            "Write one of 'nation', 'region', 'system', 'best_quartile', 'median'.",
        ),
    ],
)
def test_a_target_that_its_indicator_contradicts_is_named_with_file_line_and_what_to_do(
    tmp_path: Path, target: str, old: str, new: str, line: str, message: str, fix: str
) -> None:
    fault = _fault(tmp_path, target.replace(old, new))
    text = (tmp_path / AGREEMENT).read_text(encoding="utf-8").splitlines()
    assert line in text[fault.line - 1]
    assert (fault.message, fault.fix) == (message, fix)


def test_the_whole_has_a_gap_to_a_group_too(tmp_path: Path) -> None:
    assert lint_partnership(_world(tmp_path, GAP.replace("compared_with: sex=Female\n", ""))) == ()


def test_a_faulty_target_keeps_the_partnership_from_loading(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="a gap is reduced"):
        load_partnership(_world(tmp_path, GAP.replace("points: -3", "points: 3")))


def test_a_second_target_of_another_sort_for_the_same_period_is_no_repetition(tmp_path: Path) -> None:
    second = "      - indicator: carers\n        area_code: PL1\n        kind: benchmark\n        match: median\n"
    terms = "        due: 2026/27 Q4\n        set_by: place\n        decision: Board 2\n        agreed_on: 2026-03-20\n"
    folder = _world(tmp_path, CHANGE.replace("per_cent: -20", "per_cent: 20"))
    path = folder / AGREEMENT
    path.write_text(path.read_text(encoding="utf-8") + second + terms, encoding="utf-8")
    assert lint_partnership(folder) == ()
    path.write_text(path.read_text(encoding="utf-8") + second + terms, encoding="utf-8")
    (fault,) = lint_partnership(folder)
    assert fault.rule == "target-twice"
