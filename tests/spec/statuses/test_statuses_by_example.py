"""Statuses told by example: a table of rules, the words of the signals, and the status that each combination has."""

from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

import outcomes as oc
from outcomes.bundled import bundled_folder
from outcomes.cli.commands import app
from outcomes.errors import OutcomesError, UnknownNameError
from outcomes.framework.loading import lint_framework
from outcomes.partnership.loading import load_partnership
from outcomes.scorecard.collection import RESULT_COLUMNS, Scorecards
from outcomes.scorecard.statuses import statuses
from outcomes.status_table import SAID_BY, StatusMeasure, StatusTable
from outcomes.vocabulary import Certainty, Reached
from outcomes.workflows.example import EXAMPLE_AS_OF, ExampleRun
from tests.small_world import estimates
from tests.unit.scorecard.card_world import AS_OF, agreement, judgements, partnership
from tests.unit.scorecard.card_world import cards as cards_of
from tests.world_folder import line_of, write_world

BCF = oc.bundled_framework("bcf").statuses
TABLE = """\
title: Three statuses
source: made up
set_by: [place, nation]
not_available: none
statuses:
  - {id: good, text: Going well}
  - {id: bad, text: Going badly}
  - {id: none, text: Nothing to say}
rules:
  - {status: good, target: [met, on track], because: a}
  - {status: bad, target: [not met, off track], because: b}
  - {status: none, target: [cannot tell, no target], because: c}
"""

# columns: word, reached, certainty, and the fund's status
DRAWN = """
    met         | reached     | clear         | On track
    on track    | reached     | clear         | On track
    not met     | not reached | clear         | Not on track
    off track   | not reached | clear         | Not on track
    cannot tell | reached     | within chance | On track
    cannot tell | not reached | within chance | Not on track
    cannot tell | reached     | not judged    | On track
    cannot tell | not reached | not judged    | Not on track
    cannot tell | not reached | clear         | Data not available
    cannot tell | not judged  | not judged    | Data not available
    no target   | not judged  | not judged    | Data not available
"""
LINES = [[cell.strip() for cell in line.split("|")] for line in DRAWN.strip().splitlines()]


@pytest.mark.parametrize("line", LINES, ids=["-".join(line[:3]) for line in LINES])
def test_each_combination_of_words_has_the_drawn_status_of_the_better_care_fund(line: list[str]) -> None:
    assert BCF is not None
    target, reached, certainty, text = line
    rule = BCF.rules[BCF.rule_of({"target": target, "reached": reached, "certainty": certainty})]
    assert BCF.text_of(rule.status) == text


def test_every_combination_of_the_fund_meets_exactly_one_rule() -> None:
    assert BCF is not None
    met = [positions for _, positions in BCF.combinations()]
    assert len(met) == len(SAID_BY["target"]) * len(SAID_BY["reached"]) * len(SAID_BY["certainty"])
    assert {len(positions) for positions in met} == {1}
    assert "not seen" in BCF.to_be_confirmed


def _faults(tmp_path: Path, old: str, new: str) -> tuple[list[tuple[str, int, str]], Path]:
    folder = write_world(tmp_path / "world", {"frameworks/local/statuses.yaml": ("", TABLE.replace(old, new, 1))})
    found = lint_framework(folder / "frameworks" / "local")
    return [(fault.rule, fault.line, fault.message) for fault in found if not fault.is_advice], folder


def test_a_faultless_table_is_loaded_with_its_framework(tmp_path: Path) -> None:
    faults, folder = _faults(tmp_path, "made up", "made up")
    assert faults == []
    table = oc.load_framework(folder / "frameworks" / "local").statuses
    assert table is not None
    assert table.rule_of({"target": "off track"}) == 1


@pytest.mark.parametrize(
    ("old", "new", "rule", "at", "says"),
    [
        ("[met, on track]", "[met]", "status-gap", "rules:", "1 combinations of words have no status: target on track"),
        (
            "[not met, off track]",
            "[not met, off track, met]",
            "status-overlap",
            "status: bad",
            "rules 1 and 2 both hold of target met",
        ),
        ("status: bad", "status: worst", "unknown-status", "status: worst", "there is no status 'worst'"),
        ("not_available: none", "not_available: n", "unknown-status", "not_available", "there is no status 'n'"),
        ("[met, on track]", "[met, on trak]", "unknown-signal-word", "on trak", "target never says 'on trak'"),
        ("[met, on track]", "[met, improving]", "unknown-signal-word", "improving", "never says 'improving'"),
        ("{id: bad,", "{id: good,", "status-twice", "{id: good, text: Going badly", "the status 'good' stands twice"),
    ],
)
def test_a_fault_of_a_table_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, rule: str, at: str, says: str
) -> None:
    faults, folder = _faults(tmp_path, old, new)
    line = line_of(folder, "frameworks/local/statuses.yaml", at)
    assert any(found == rule and where == line and says in message for found, where, message in faults), faults


def test_a_key_that_is_no_condition_is_refused_with_its_line(tmp_path: Path) -> None:
    faults, _ = _faults(tmp_path, "target: [met", "tarjet: [met")
    assert [(rule, line) for rule, line, _ in faults][:1] == [("unknown-key", 10)]


def _cards(rows: list[dict[str, Any]], *said: dict[str, Any], policy: str = "test") -> Scorecards:
    plain = {
        "framework_id": "local",
        "indicator_id": "smoking",
        "indicator_version": 1,
        "indicator": "Smoking",
        "area_code": "PL1",
        "area": "Castlewick",
        "level": "place",
        "breakdown": "",
        "period": "2024/25",
        "period_start": date(2024, 4, 1),
        "period_end": date(2025, 3, 31),
        "qualifiers": "",
    }
    frame = pl.DataFrame([{**dict.fromkeys(RESULT_COLUMNS), **plain, **row} for row in rows], schema=RESULT_COLUMNS)
    card = cards_of(estimates({"value": 20.0}), of=partnership(agreements=[agreement()]), places=["PL1"])["PL1"]
    table = {"local": StatusTable.model_validate(_table())}
    words = judgements(*({"signal": "target", **row} for row in said)).frame
    return Scorecards("Test", (card,), frame, AS_OF, 0, policy, words, table)


def _table() -> dict[str, Any]:
    rules = [("good", ["met", "on track"]), ("bad", ["not met", "off track"]), ("none", ["cannot tell", "no target"])]
    return {
        "title": "Three",
        "source": "us",
        "set_by": ["place", "nation"],
        "not_available": "none",
        "statuses": [{"id": name, "text": name.upper()} for name in ("good", "bad", "none")],
        "rules": [{"status": status, "target": words, "because": status} for status, words in rules],
    }


def test_a_status_has_its_rule_the_signals_it_rests_on_and_the_figures() -> None:
    said = {
        "word": "off track",
        "against": "place",
        "against_code": "JC 4",
        "against_value": 12.0,
        "amount": 3.0,
        "target_period": "2026/27",
        "target_value": 10.0,
    }
    (row,) = statuses(_cards([{"value": 15.0}], said), "local").to_dicts()
    assert (row["status_id"], row["status"], row["rule"], row["signals"]) == ("bad", "BAD", 2, "target: off track")
    assert (row["value"], row["expected"], row["distance"], row["decision"]) == (15.0, 12.0, 3.0, "JC 4")


def test_a_figure_that_is_hidden_or_missing_has_the_status_for_that_with_the_reason() -> None:
    said = {"word": "met", "against": "place", "target_period": "2024/25", "target_value": 10.0}
    for reason in ("confidential", "missing", "return rejected"):
        (row,) = statuses(_cards([{"reason": reason}], said), "local").to_dicts()
        assert (row["status_id"], row["reason"], row["rule"], row["value"]) == ("none", reason, None, None)
        assert reason in row["because"]


def test_a_word_that_is_withheld_is_not_read() -> None:
    said = {
        "word": "cannot tell",
        "reason": "confidential",
        "against": "place",
        "target_period": "2024/25",
        "target_value": 10.0,
    }
    (row,) = statuses(_cards([{"value": 15.0}], said), "local").to_dicts()
    assert (row["status_id"], row["reason"], row["rule"]) == ("none", "confidential", None)


def test_the_target_of_the_first_setter_counts_and_of_several_the_nearest_not_past() -> None:
    def said(word: str, by: str, period: str) -> dict[str, Any]:
        return {"word": word, "against": by, "target_period": period, "target_value": 1.0, "against_code": period}

    every = [
        said("met", "nation", "2024/25"),
        said("not met", "place", "2023/24"),
        said("on track", "place", "2026/27"),
        said("off track", "place", "2029/30"),
    ]
    (row,) = statuses(_cards([{"value": 15.0}], *every), "local").to_dicts()
    assert (row["set_by"], row["target_period"], row["status_id"]) == ("place", "2026/27", "good")
    (past,) = statuses(_cards([{"value": 15.0}], *every[:2]), "local").to_dicts()
    assert (past["set_by"], past["target_period"], past["status_id"]) == ("place", "2023/24", "bad")


def test_of_two_targets_for_one_period_the_decision_decides_and_one_without_a_level_is_no_obstacle() -> None:
    def said(word: str, decision: str, value: float | None) -> dict[str, Any]:
        where = {"against": "place", "target_period": "2026/27", "target_key": f"{decision} {value}"}
        return {"word": word, "against_code": decision, "target_value": value, **where}

    level, change, other = said("met", "JC 4", 10.0), said("not met", "JC 4", None), said("not met", "JC 5", 1.0)
    for order in ((level, change, other), (other, change, level)):
        (row,) = statuses(_cards([{"value": 15.0}], *order), "local").to_dicts()
        assert (row["status_id"], row["decision"], row["target_value"]) == ("good", "JC 4", 10.0)


def test_a_measure_of_which_nothing_was_ever_sent_has_a_row_for_every_place() -> None:
    measures = (StatusMeasure("smoking", 1, None, "Smoking", "%"), StatusMeasure("vaping", 2, "C9", "Vaping", "%"))
    cards = replace(_cards([{"value": 15.0}]), status_measures={"local": measures})
    rows = statuses(cards, "local").to_dicts()
    assert [(row["indicator_id"], row["status_id"], row["reason"]) for row in rows] == [
        ("smoking", "none", None),
        ("vaping", "none", "missing"),
    ]
    assert (rows[1]["indicator_version"], rows[1]["official_code"], rows[1]["area"]) == (2, "C9", "Castlewick")


def test_every_measure_of_the_fund_has_a_row_for_every_place_of_the_example(example: ExampleRun) -> None:
    found = pl.read_csv(example.site / "data" / "statuses_bcf.csv", schema_overrides={"indicator_id": pl.String})
    (fund,) = (one for one in load_partnership(bundled_folder("examples", "eastvale")).frameworks if one.id == "bcf")
    measures = {inclusion.indicator for inclusion in fund.inclusions}
    assert set(found["indicator_id"]) == measures
    assert found.height == len(measures) * found["area_code"].n_unique()


def test_a_figure_that_is_too_old_for_a_word_says_so_beside_its_value() -> None:
    old = {"word": "cannot tell", "reason": "not available", "against": "place", "target_period": "2026/27"}
    (row,) = statuses(_cards([{"value": 15.0, "qualifiers": "stale"}], old), "local").to_dicts()
    assert (row["status_id"], row["value"], row["reason"]) == ("none", 15.0, "not available")
    assert row["qualifiers"] == "stale"


def _plain_status(word: str, reached: str | None, certainty: str | None) -> str:
    """The fund's status of a figure with a value, told plainly."""
    if word in ("met", "on track"):
        return "on-track"
    if word in ("not met", "off track"):
        return "not-on-track"
    if word == "no target" or certainty == "clear" or reached is None:
        return "data-not-available"
    return "on-track" if reached == "reached" else "not-on-track"


def test_every_combination_of_words_value_and_age_has_the_plain_status_of_the_fund() -> None:
    assert BCF is not None
    words, values = SAID_BY["target"], (None, "missing", "confidential", "not available")
    combinations = list(
        product(words, (None, *Reached), (None, *Certainty), values, ("", "stale"), (None, "confidential"))
    )
    rows, said = [], []
    for place, (word, reached, certainty, reason, qualifiers, withheld) in enumerate(combinations):
        key = f"m{place:04}"
        value = {"value": 15.0} if reason is None else {"reason": reason}
        rows.append({"indicator_id": key, "indicator": key, "qualifiers": qualifiers, **value})
        target = {"against": "place", "target_period": "2026/27"} if word != "no target" else {}
        judged = {"reached": reached, "certainty": certainty, "reason": withheld}
        said.append({"indicator_id": key, "word": word, **judged, **target})
    found = statuses(replace(_cards(rows, *said), status_tables={"local": BCF}), "local")
    assert found.height == len(combinations)
    for row, (word, reached, certainty, reason, _, withheld) in zip(found.to_dicts(), combinations, strict=True):
        # where nothing was agreed nothing was withheld
        hidden = reason or (withheld if word != "no target" else None)
        expected = "data-not-available" if hidden else _plain_status(word, reached, certainty)
        assert (row["status_id"], row["rule"] is None) == (expected, bool(hidden)), row
        assert row["reason"] == hidden


def test_targets_of_other_setters_and_measures_without_a_target_have_the_status_of_none() -> None:
    neighbourhood = {"word": "met", "against": "system", "target_period": "2026/27", "target_value": 1.0}
    for said in ((neighbourhood,), ()):
        (row,) = statuses(_cards([{"value": 15.0}], *said), "local").to_dicts()
        assert (row["status_id"], row["signals"], row["set_by"]) == ("none", "target: no target", None)


def test_a_framework_without_a_table_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(UnknownNameError, match=r"'national': found no statuses\.yaml for it, expected one of: local"):
        statuses(_cards([{"value": 1.0}]), "national")


def test_an_unprotected_working_copy_has_no_statuses() -> None:
    with pytest.raises(OutcomesError, match="unprotected working copy"):
        statuses(_cards([{"value": 1.0}], policy="none"), "local")


def test_the_example_site_has_them_as_data_and_no_page_shows_them(example: ExampleRun) -> None:
    found = pl.read_csv(example.site / "data" / "statuses_bcf.csv")
    assert set(found["status"]) == {"On track", "Not on track", "Data not available"}
    assert found.filter(pl.col("value").is_null() & (pl.col("status_id") != "data-not-available")).is_empty()
    for page in example.site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "Not on track" not in text
        assert "Data not available" not in text


def test_the_command_line_writes_them_and_refuses_the_working_copy(example: ExampleRun, tmp_path: Path) -> None:
    asked = ["statuses", "--partnership", str(bundled_folder("examples", "eastvale")), "--ledger", str(example.ledger)]
    asked += ["--framework", "bcf", "--as-of", EXAMPLE_AS_OF.isoformat(), "--out", str(tmp_path / "bcf.csv")]
    run = CliRunner().invoke(app, [*asked, "--policy", "hes-2018"])
    assert run.exit_code == 0
    same = (example.site / "data" / "statuses_bcf.csv").read_bytes()
    assert (tmp_path / "bcf.csv").read_bytes() == same
    refused = CliRunner().invoke(app, [*asked, "--policy", "none"])
    assert isinstance(refused.exception, OutcomesError)
