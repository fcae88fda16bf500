"""Decisions are taken in public where they can be, by a quorum, and what rests on them says so."""

import zipfile
from pathlib import Path

import outcomes as oc
from outcomes.partnership.lint import lint_partnership
from tests.seeds.seed import nothing, seed
from tests.seeds.street import AS_OF, built, changed, copy_of_eastvale, text_of

CASTLEWICK = "agreements/EMX060002.yaml"
REGISTER = "agreements/EMX060002/decisions.csv"
MEETINGS = "agreements/EMX060002/meetings.csv"


def rules_broken(folder: Path) -> set[str]:
    return {fault.rule for fault in lint_partnership(folder) if not fault.is_advice}


@seed(
    "Decisions in public",
    seen="meetings/<area>.html; data/decisions.csv; outcomes evidence",
    behind="outcomes.report.site:board_page",
    off=nothing(None),
)
def test_decisions_in_public(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site")
    pack = site / "meetings" / "EMX060002.html"
    assert pack.exists()
    said = text_of(pack)
    # what is sought, who may decide, and where residents may come to hear it
    assert "CJC 2026/16: Support for unpaid carers after the delegation ended" in said
    assert "Quorum: 8 of 12 parties" in said
    assert "In public: Town hall, council chamber" in said
    # the private part: that there is one and why, and not a word of it
    assert "It concerns the premises of one partner" in said
    everything = b"".join(path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file())
    assert b"Use of a building" not in everything
    assert b"awarded as recommended" not in everything
    # a decision names the version and the targets that rest on it
    assert "Version 2 of the agreement rests on it. Targets of version 2 that rest on it:" in said
    # a target changed with no decision reference fails validation
    decision = "        decision: Better Care Fund plan 2026-27, CJC 2026/05\n"
    assert decision in (folder / CASTLEWICK).read_text(encoding="utf-8")
    spoilt = changed(copy_of_eastvale(tmp_path / "spoilt"), {CASTLEWICK: (decision, "")})
    assert any(fault.rule == "missing-key" and "decision" in fault.message for fault in lint_partnership(spoilt))


def test_nothing_is_agreed_without_a_quorum(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    changed(folder, {MEETINGS: ("2026-09-16,8,9,", "2026-09-16,8,7,")})
    assert rules_broken(folder) == {"decision-without-quorum"}


def test_the_working_copy_tells_the_parties_what_was_heard_in_private(tmp_path: Path) -> None:
    site = built(copy_of_eastvale(tmp_path / "eastvale"), tmp_path / "site", policy="none")
    said = text_of(site / "meetings" / "EMX060002.html")
    assert "CJC 2026/18: Use of a building" in said
    assert "The contract is awarded as recommended." in said


def test_a_pack_of_an_earlier_day_does_not_know_what_was_decided_later(tmp_path: Path) -> None:
    early = AS_OF.replace(month=9, day=1)
    site = built(copy_of_eastvale(tmp_path / "eastvale"), tmp_path / "site", as_of=early)
    said = text_of(site / "meetings" / "EMX060002.html")
    assert "Castlewick joint committee, 16 September 2026" in said
    assert "It is asked to agree: Set a path that stays five points below 80%" in said
    assert "No path of our own is set" not in said
    assert "were there" not in said


def test_evidence_is_one_archive_with_the_same_bytes_each_time(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    partnership = oc.load_partnership(folder)
    ledger = oc.open_ledger(tmp_path / "ledger")
    cards = oc.scorecards(partnership, ledger.observations(), as_of=AS_OF, policy="hes-2018", places=["EMX060002"])
    first = oc.write_evidence(cards, tmp_path / "a.zip", ledger, place="EMX060002", definitions=folder)
    again = oc.write_evidence(cards, tmp_path / "b.zip", ledger, place="EMX060002", definitions=folder)
    assert first.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = archive.namelist()
        texts = b"".join(archive.read(name) for name in names)
        told = [line.split(",")[0] for line in archive.read("MANIFEST.csv").decode().splitlines()[1:]]
        assert told == [name for name in names if name != "MANIFEST.csv"]
    assert names == sorted(names)
    assert {"agreements/EMX060002.html", "meetings/EMX060002.html", "data/decisions.csv"} <= set(names)
    assert f"definitions/{CASTLEWICK}" in names
    # the logs with words that are not for everybody stay at home
    assert not any(name.endswith(("EMX060002/decisions.csv", "insights.csv")) for name in names if "defin" in name)
    assert b"Use of a building" not in texts


def test_evidence_holds_no_words_that_people_said_to_the_partners_alone_whatever_is_asked_for(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    private, public = "castlewick-homecoming", "harbour-families"
    world = oc.load_partnership(folder)
    said = {one.id: one for agreement in world.agreements for one in agreement.insights}
    assert [said[one].consent.value for one in (private, public)] == ["partners", "public"]
    nothing_sent = oc.open_ledger(tmp_path / "ledger").observations()
    held = {}
    for policy in ("hes-2018", "none"):
        cards = oc.scorecards(world, nothing_sent, as_of=AS_OF, policy=policy, places=["EMX060002"])
        path = tmp_path / f"{policy}.zip"
        oc.write_evidence(cards, path, place="EMX060002", definitions=folder, with_unreleased=True)
        with zipfile.ZipFile(path) as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist())
        held[policy] = [said[one].text[:40].encode() in everything for one in (private, public)]
    assert held == {"hes-2018": [False, True], "none": [True, True]}
