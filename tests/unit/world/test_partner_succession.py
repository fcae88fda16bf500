"""Partners that follow others: chains, what is one to one, and names."""

from datetime import date
from pathlib import Path

import outcomes as oc
from outcomes.partnership.model import Partnership
from outcomes.partnership.partner_succession import ended_before, heir_of, is_one_to_one, name_now
from tests.seeds.places_world import indicator, write_partnership

NOW = date(2026, 11, 22)


def partner(code: str, first: str = "", last: str = "", successor: str = "") -> str:
    keys = {"valid_from": first, "valid_to": last, "successor": successor}
    more = "".join(f"    {key}: {value}\n" for key, value in keys.items() if value)
    return f"  - code: {code}\n    name: Trust {code}\n    type: nhs_trust\n    footprint: [PL1]\n{more}"


def partnership(folder: Path, *partners: str) -> Partnership:
    write_partnership(folder, {"falls": indicator("falls")}, partners="partners:\n" + "".join(partners), parties=("Z",))
    return oc.load_partnership(folder)


def test_a_chain_is_followed_to_whoever_stands_there_on_the_day(tmp_path: Path) -> None:
    world = partnership(
        tmp_path / "world",
        partner("A", "", "2020-03-31", "B"),
        partner("B", "2020-04-01", "2024-03-31", "C"),
        partner("C", "2024-04-01"),
        partner("Z"),
    )
    assert [heir_of(world, "A", day) for day in (date(2020, 3, 31),)] == [None]
    assert [one.code for day in (date(2020, 4, 1), NOW) if (one := heir_of(world, "A", day))] == ["B", "C"]
    assert heir_of(world, "Z", NOW) is None
    assert [one.code for one in ended_before(world, date(2024, 3, 31))] == ["A"]
    assert (name_now(world, "A", NOW), name_now(world, "C", NOW)) == ("Trust A (now Trust C)", "Trust C")
    assert is_one_to_one(world, "B")
    assert is_one_to_one(world, "C")


def test_a_merger_and_a_taking_in_are_not_one_to_one(tmp_path: Path) -> None:
    world = partnership(
        tmp_path / "world",
        partner("A", "", "2020-03-31", "M"),
        partner("B", "", "2020-03-31", "M"),
        partner("M", "2020-04-01"),
        partner("D", "", "2020-03-31", "Z"),
        partner("Z"),
    )
    assert not is_one_to_one(world, "M")
    # it was there before it took another in
    assert not is_one_to_one(world, "Z")
    assert not is_one_to_one(world, "A")
