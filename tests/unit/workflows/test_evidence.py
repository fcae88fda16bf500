"""An archive of a day holds nothing that was written after it, and nobody's words before they are released."""

import csv
import hashlib
import io
import shutil
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

import outcomes as oc
from outcomes.agreement.model import LOGS, is_released
from outcomes.partnership.lint import lint_partnership
from outcomes.workflows.evidence import evidence_files
from outcomes.workflows.evidence_definitions import definition_files
from tests.planted import add_row, change_row, rows_of
from tests.seeds.street import AS_OF, EASTVALE, copy_of_eastvale
from tests.unit.cli.running import Command

PLACE = "EMX060002"
LOGGED = Path("agreements") / PLACE
DAY = date(2026, 10, 1)
LATER = "2026-11-10"
MARK = "Only known later"
SAID = {"indicator": "92517", "partner": "VCT", "given_on": "2026-09-09", "text": "Two posts are empty."}
SENT = EASTVALE / "returns" / "2026-09" / "CWC_2025-26.tsv"
SENT_LATER = EASTVALE / "returns" / "2026-09" / "EMA_2025-26_carers.csv"


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line, within the test's own process."""
    return Command(capsys, monkeypatch)


def log(folder: Path, name: str) -> Path:
    return folder / LOGGED / f"{name}.csv"


def written_on(folder: Path) -> None:
    """Go on writing after the day, in every log, in the agreement, the panels and the sign-offs."""
    add_row(log(folder, "commitments"), id="later", partner="VCT", what=MARK, agreed_on=LATER, due="2027-01-31")
    (promise, *_) = (
        row["id"]
        for row in rows_of(log(folder, "commitments"))
        if not (row["kept_on"] or row["not_kept_on"] or row["withdrawn_on"] or row["explanation"])
    )
    change_row(log(folder, "commitments"), {"id": promise}, kept_on=LATER, evidence=MARK, explanation=MARK)
    add_row(log(folder, "replies"), indicator="92517", partner="VCT", given_on=LATER, text=MARK)
    # what was said by the day is released after it
    change_row(log(folder, "replies"), SAID, released_by=MARK, released_on=LATER)
    sides = {"raised_by_level": "place", "to_level": "system", "raised_by": "VCT", "to": "EMI"}
    add_row(log(folder, "challenges"), id="later", **sides, raised_on=LATER, what=MARK)
    asked = next(row for row in rows_of(log(folder, "challenges")) if not row["replied_on"])
    change_row(log(folder, "challenges"), {"id": asked["id"]}, replied_on=LATER, reply=MARK)
    for partner in ("VCT", "CWC"):
        terms = {"indicator": "local-02", "about": "method", "position": MARK, "opened_on": LATER}
        add_row(log(folder, "disputes"), id="later", partner=partner, **terms)
        ended = {"id": "C-D1", "partner": {"VCT": "EMA"}.get(partner, partner)}
        change_row(log(folder, "disputes"), ended, settled_on=LATER, decision=MARK)
    change_row(log(folder, "meetings"), {"id": "cjc-2026-12"}, present="9", minutes=MARK)
    held = {"body": "Castlewick joint committee", "quorum": "8", "held_on": "2027-03-17", "where": MARK}
    add_row(log(folder, "meetings"), id="later", **held)
    change_row(log(folder, "decisions"), {"reference": "CJC 2026/16"}, result="agreed", decided=MARK, dissent=MARK)
    add_row(log(folder, "decisions"), reference="CJC 2027/01", meeting="later", part="public", title=MARK)
    money = {"partner": "EVH", "outcome": "age-well", "period": "2026/27", "kind": "forecast", "basis": "gross"}
    add_row(log(folder, "resources"), **money, amount="1234567", reported_on=LATER, note=MARK)
    add_row(log(folder, "office_holders"), partner="VCT", role=MARK, since=LATER)
    told = {"method": "walk", "n_heard": "19", "area_code": PLACE, "theme": MARK, "text": MARK, "consent": "public"}
    add_row(log(folder, "insights"), id="later", group=MARK, **told, collected_from=LATER, collected_to=LATER)
    change_row(log(folder, "insights"), {"id": "harbour-families"}, released_by=MARK, released_on=LATER)
    add_row(folder / "sign_offs.csv", partner="CWC", file=SENT.name, role=MARK, signed_on=LATER)
    description = (folder / "panels" / "residents.yaml").read_text(encoding="utf-8")
    for path in sorted((folder / "panels").glob("residents*")):
        beside = path.with_name(path.name.replace("residents", "later"))
        (shutil.copytree if path.is_dir() else shutil.copy)(path, beside)
    counted = description.replace("counted_on: 2026-09-30", f"counted_on: {LATER}").replace("Residents' panel", MARK)
    (folder / "panels" / "later.yaml").write_text(counted, encoding="utf-8")
    world = oc.load_partnership(folder)
    draft = oc.propose_version(
        world, PLACE, decision=MARK, reason=MARK, effective_from=date(2027, 4, 1), review_by=date(2028, 3, 31)
    )
    text = as_written((*world.agreements, draft))[f"agreements/{PLACE}.yaml"]
    (folder / "agreements" / f"{PLACE}.yaml").write_bytes(text)


def as_written(agreements: tuple[oc.Agreement, ...]) -> dict[str, bytes]:
    """Every file of an agreement as the archive for the parties writes it, at the end of days."""
    found = definition_files(agreements, PLACE, date(9999, 12, 31), is_working_copy=True)
    return {one.path: one.content for one in found}


def record(folder: Path, *, with_later: bool) -> oc.Ledger:
    ledger = oc.open_ledger(folder.with_name(f"{folder.name}-ledger"))
    world = oc.load_partnership(copy_of_eastvale(folder.with_name(f"{folder.name}-sent")))
    sent = [(SENT, DAY)] + ([(SENT_LATER, date.fromisoformat(LATER))] if with_later else [])
    for path, day in sent:
        oc.receive(path, world, ledger, received_at=datetime.combine(day, time(9), UTC), as_of=day)
    return ledger


def archive(
    folder: Path, ledger: oc.Ledger, *, policy: str = "hes-2018", as_of: date = DAY, with_unreleased: bool = False
) -> dict[str, bytes]:
    number = ledger.number_known(datetime.combine(as_of, time.max, UTC))
    world = oc.load_partnership(folder)
    status = oc.returns_status(world, ledger, as_of=as_of, known_at=number)
    cards = oc.scorecards(
        world, ledger.observations(number), as_of=as_of, policy=policy, returns=status, places=[PLACE]
    )
    return evidence_files(cards, ledger, place=PLACE, definitions=folder, with_unreleased=with_unreleased)


def manifest(files: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    return {row["file"]: row for row in csv.DictReader(io.StringIO(files["MANIFEST.csv"].decode()))}


@pytest.mark.slow
@pytest.mark.parametrize("policy", ["hes-2018", "none"])
def test_the_archive_of_a_day_is_the_same_bytes_whatever_is_written_afterwards(tmp_path: Path, policy: str) -> None:
    then, now = copy_of_eastvale(tmp_path / "then"), copy_of_eastvale(tmp_path / "now")
    for folder in (then, now):
        add_row(log(folder, "replies"), **SAID)
    written_on(now)
    assert [str(one) for one in lint_partnership(now) if not one.is_advice] == []
    before = archive(then, record(then, with_later=False), policy=policy)
    ledger = record(now, with_later=True)
    assert ledger.number == 2
    after = archive(now, ledger, policy=policy)
    assert sorted(before) == sorted(after)
    assert [path for path in before if before[path] != after[path]] == []
    if policy == "hes-2018":
        return
    # and all of it is told once its day has come
    late = archive(now, ledger, policy="none", as_of=date(2027, 4, 2))
    for name in (*(f"definitions/{LOGGED}/{one.name}.csv" for one in LOGS), f"definitions/{LOGGED}.yaml"):
        assert MARK.encode() in late[name], name
    assert {"CWC_2025-26.tsv", "EMA_2025-26_carers.csv"} == {
        row["file"] for row in csv.DictReader(io.StringIO(late["record/submissions.csv"].decode()))
    }


@pytest.mark.slow
def test_the_command_takes_the_record_as_it_stood_at_the_end_of_the_day(tmp_path: Path, command: Command) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    ledger = record(folder, with_later=True)
    asked = ("--partnership", folder, "--ledger", ledger.folder, "--place", PLACE, "--policy", "hes-2018")
    of_day, by_number = tmp_path / "day.zip", tmp_path / "number.zip"
    assert command("evidence", *asked, "--as-of", DAY.isoformat(), "--out", of_day).code == 0
    assert command("evidence", *asked, "--as-of", DAY.isoformat(), "--known-at", "2", "--out", by_number).code == 0
    files = {path: unzipped(path) for path in (of_day, by_number)}
    assert files[of_day] == archive(folder, ledger)
    assert {row["as_of"] for row in manifest(files[of_day]).values()} == {DAY.isoformat()}
    assert b"EMA_2025-26_carers.csv" not in files[of_day]["record/submissions.csv"]
    # who asks for a later point gets it, and is told so
    days = {name: row["as_of"] for name, row in manifest(files[by_number]).items()}
    assert days["data/results.csv"] == days[f"places/{PLACE}.html"] == LATER
    assert days[f"definitions/{LOGGED}.yaml"] == DAY.isoformat()
    said = files[by_number]["README.txt"].decode()
    assert f"ledger number 2, which holds what came until {LATER}, after the day above" in " ".join(said.split())


def unzipped(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def test_the_manifest_names_every_file_with_its_hash_day_and_what_was_left_out(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    files = archive(folder, record(folder, with_later=False), as_of=AS_OF)
    listed = manifest(files)
    assert set(listed) == set(files) - {"MANIFEST.csv"}
    for name, row in listed.items():
        assert row["sha256"] == hashlib.sha256(files[name]).hexdigest()
        assert row["as_of"] == AS_OF.isoformat()
    card = oc.read_scorecard(files[f"scorecards/{PLACE}.json"])
    texts = card.model_dump_json().count("(not released)")
    assert texts > 5
    insights = [one for one in card.voices.insights if one.consent.value != "count_only"] if card.voices else []
    assert int(listed[f"scorecards/{PLACE}.json"]["words_left_out"]) == texts + sum(
        one.withheld is not None for one in insights
    )
    for name in ("replies", "commitments", "challenges", "disputes"):
        path = f"definitions/{LOGGED}/{name}.csv"
        assert int(listed[path]["words_left_out"]) == files[path].decode().count("(not released)"), name


@pytest.mark.slow
def test_words_that_nobody_released_are_in_the_archive_only_where_they_are_asked_for(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    ledger = record(folder, with_later=False)
    reply = {"indicator": "92517", "partner": "VCT", "given_on": "2026-09-09"}
    add_row(log(folder, "replies"), **reply, text="Told to partners alone")
    released = {"released_by": "Chair", "released_on": "2026-09-10"}
    add_row(log(folder, "replies"), **reply, text="Told to everybody", **released)
    change_row(log(folder, "disputes"), {"id": "C-D1", "partner": "EMA"}, number="31.4159")
    held = {}
    for policy, with_unreleased in (("hes-2018", False), ("hes-2018", True), ("none", False)):
        files = archive(folder, ledger, policy=policy, as_of=AS_OF, with_unreleased=with_unreleased)
        whole = b"".join(files.values())
        said = (b"Told to everybody", b"Told to partners alone", b"31.4159", b"Families know whom to ask")
        held[policy, with_unreleased] = [words in whole for words in said]
        kept = {name.rpartition("/")[2] for name in files if name.startswith("definitions/")}
        # the registers of what is heard in private stay with the parties
        assert ({"decisions.csv", "insights.csv"} <= kept) == (policy == "none")
    assert held == {
        ("hes-2018", False): [True, False, False, False],
        ("hes-2018", True): [True, True, False, True],
        ("none", False): [True, True, True, True],
    }


def test_what_the_parties_get_can_be_loaded_again_and_is_what_was_agreed(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    world = oc.load_partnership(folder)
    mine = [one for one in world.agreements if one.area_code == PLACE]
    assert any(not is_released(row, AS_OF) for row in mine[-1].replies)
    again = copy_of_eastvale(tmp_path / "again")
    shutil.rmtree(again / LOGGED)
    for name, content in as_written(world.agreements).items():
        path = again / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    assert [one for one in oc.load_partnership(again).agreements if one.area_code == PLACE] == mine


def test_a_folder_without_the_place_or_of_before_its_agreement_is_told(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    ledger = record(folder, with_later=False)
    with pytest.raises(
        oc.UnknownNameError, match=r"no agreements/EMX060002\.yaml with a version that held by 2022-01-01"
    ):
        archive(folder, ledger, as_of=date(2022, 1, 1))
