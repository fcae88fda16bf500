"""A successor that sends again what its predecessor had sent revises it: one figure counts, and nothing is disputed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

import outcomes as oc
from outcomes.partnership.model import Partnership
from outcomes.rollup.positions import disputes
from outcomes.vocabulary import Verdict
from tests.seeds.places_world import indicator, sheet, write_partnership

NOW = date(2026, 11, 22)
MERGED = {"NOR": ("", "2024-03-31", "UNI"), "SOU": ("", "2024-03-31", "UNI"), "UNI": ("2024-04-01", "", "")}
RENAMED = {"NOR": ("", "2024-03-31", "UNI"), "UNI": ("2024-04-01", "", "")}
TAKEN_IN = {"NOR": ("", "2024-03-31", "UNI"), "UNI": ("", "", "")}
Sent = tuple[str, str]


def world(folder: Path, partners: dict[str, tuple[str, str, str]], combine: str = "one_source") -> Partnership:
    text = "partners:\n"
    for code, (first, last, successor) in partners.items():
        text += (
            f"  - code: {code}\n    name: Trust {code}\n    type: nhs_trust\n    footprint: [PL1]\n"
            f'    file_pattern: "{code}_*"\n    supplies: [{{indicators: [falls]}}]\n'
        )
        keys = {"valid_from": first, "valid_to": last, "successor": successor}
        text += "".join(f"    {key}: {value}\n" for key, value in keys.items() if value)
    falls = indicator("falls", more={"combine": combine})
    write_partnership(folder / "world", {"falls": falls}, partners=text, parties=("UNI",))
    return oc.load_partnership(folder / "world")


def recorded(folder: Path, partnership: Partnership, sent: Sequence[Sent]) -> oc.Ledger:
    """The record of files that came one after the other: sender and row."""
    ledger = oc.open_ledger(folder / "ledger")
    for number, (code, row) in enumerate(sent):
        noon = datetime(2026, 10, 1, 12, tzinfo=UTC) + timedelta(days=number)
        file = sheet(folder / f"{code}_{number}.csv", [f"falls,PL1,{row}"])
        result = oc.receive(file, partnership, ledger, received_at=noon, as_of=noon.date())
        assert result[0].verdict is not Verdict.REJECTED
    return ledger


def counted(folder: Path, partnership: Partnership, *sent: Sent) -> tuple[float | None, tuple[str, ...], list[str]]:
    """The numerator of 2023/24, what is to be known of it, and whose figure it is."""
    observations = recorded(folder, partnership, sent).observations()
    measures = oc.roll_up(observations, partnership, as_of=NOW).frame
    (row,) = measures.filter(pl.col("area_code") == "PL1", pl.col("period") == "2023/24").iter_rows(named=True)
    assert disputes(observations, partnership, as_of=NOW).is_empty() == ("disputed" not in row["qualifiers"])
    return row["numerator"], tuple(row["qualifiers"]), row["partner_codes"]


def test_the_same_organisation_under_a_new_code_revises_its_own_figure(tmp_path: Path) -> None:
    partnership = world(tmp_path, RENAMED)
    assert counted(tmp_path, partnership, ("NOR", "2023/24,10,100"), ("UNI", "2023/24,12,100")) == (
        12,
        ("revised",),
        ["UNI"],
    )


def test_what_is_only_said_again_stays_the_figure_of_who_said_it_first(tmp_path: Path) -> None:
    partnership = world(tmp_path, RENAMED)
    assert counted(tmp_path, partnership, ("NOR", "2023/24,10,100"), ("UNI", "2023/24,10,100")) == (10, (), ["NOR"])


def test_of_one_organisation_the_later_word_stands_under_whichever_code(tmp_path: Path) -> None:
    partnership = world(tmp_path, RENAMED)
    assert counted(tmp_path, partnership, ("UNI", "2023/24,12,100"), ("NOR", "2023/24,10,100")) == (
        10,
        ("revised",),
        ["NOR"],
    )


@pytest.mark.parametrize(("combine", "before"), [("one_source", ("disputed",)), ("sum_of_sources", ())])
def test_where_several_became_one_its_figure_takes_the_place_of_all_of_theirs(
    tmp_path: Path, combine: str, before: tuple[str, ...]
) -> None:
    partnership = world(tmp_path, MERGED, combine)
    both = (("NOR", "2023/24,10,100"), ("SOU", "2023/24,20,100"))
    (tmp_path / "apart").mkdir()
    assert counted(tmp_path / "apart", partnership, *both)[1] == before
    numerator, notes, whose = counted(tmp_path, partnership, *both, ("UNI", "2023/24,33,200"))
    assert (numerator, whose) == (33, ["UNI"])
    assert "disputed" not in notes
    assert "revised" in notes


def test_to_a_sum_that_lacks_a_predecessors_part_the_successor_sends_what_was_owed(tmp_path: Path) -> None:
    partnership = world(tmp_path, MERGED, "sum_of_sources")
    numerator, notes, whose = counted(tmp_path, partnership, ("NOR", "2023/24,10,100"), ("UNI", "2023/24,20,100"))
    assert (numerator, notes, whose) == (30, (), ["NOR", "UNI"])


def test_one_that_was_there_before_it_took_another_in_had_a_voice_of_its_own(tmp_path: Path) -> None:
    partnership = world(tmp_path, TAKEN_IN)
    _, notes, _ = counted(tmp_path, partnership, ("NOR", "2023/24,10,100"), ("UNI", "2023/24,12,100"))
    assert "disputed" in notes


def test_the_word_goes_on_over_every_step_of_a_chain(tmp_path: Path) -> None:
    partnership = world(
        tmp_path,
        {"OLD": ("", "2022-03-31", "NOR"), "NOR": ("2022-04-01", "2024-03-31", "UNI"), "UNI": ("2024-04-01", "", "")},
    )
    sent = [("OLD", "2023/24,9,100"), ("UNI", "2023/24,12,100")]
    assert counted(tmp_path, partnership, *sent)[0::2] == (12, ["UNI"])


def test_the_record_keeps_both_and_the_status_says_revised(tmp_path: Path) -> None:
    partnership = world(tmp_path, RENAMED)
    ledger = recorded(tmp_path, partnership, [("NOR", "2023/24,10,100"), ("UNI", "2023/24,12,100")])
    assert ledger.observations().frame["numerator"].to_list() == [10, 12]
    status = oc.returns_status(partnership, ledger, as_of=NOW).frame.filter(pl.col("period") == "2023/24")
    assert status.select("partner_code", "status", "submission").rows() == [("NOR", "revised", 2)]
    explained = oc.explain(ledger, partnership, place="PL1", indicator="falls", period="2023/24", as_of=NOW)
    assert [(row.partner_code, row.numerator, row.is_revision) for row in explained.rows] == [("UNI", 12, True)]


def test_the_check_says_what_the_successor_revises(tmp_path: Path) -> None:
    partnership = world(tmp_path, RENAMED)
    ledger = recorded(tmp_path, partnership, [("NOR", "2023/24,10,100")])
    file = sheet(tmp_path / "UNI_9.csv", ["falls,PL1,2023/24,12,100"])
    found = oc.check(file, partnership, as_of=NOW, ledger=ledger).findings
    assert [one.code for one in found if one.code == "OUT-651"] == ["OUT-651"]
    assert any("10/100" in one.text for one in found)
