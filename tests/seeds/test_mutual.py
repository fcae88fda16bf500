"""Partners hold each other to account, either way: promises, challenges, replies, disputes, and who is in the room."""

import csv
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

import outcomes as oc
from outcomes.partnership.lint import lint_partnership
from tests.reply_scan import words_alone
from tests.seeds.seed import nothing, seed, without
from tests.seeds.street import AS_OF, EASTVALE, built, changed, copy_of_eastvale, text_of
from tests.unit.cli.running import Command

PLACE = "EMX060002"
AGREEMENT = f"agreements/{PLACE}.yaml"
CARERS = (
    EASTVALE / "returns" / "2026-09" / "CWC_2025-26.tsv",
    EASTVALE / "returns" / "2026-09" / "EMA_2025-26_carers.csv",
)
ASKED = (
    "id,raised_by,raised_by_level,to,to_level,raised_on,indicator,what,reply_due,replied_on,reply,closed_on,agreed\n"
)


def rows(site: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table of a site."""
    with (site / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def pages(site: Path) -> list[Path]:
    """Every page of a site."""
    found = sorted(site.rglob("*.html"))
    assert len(found) > 50
    return found


def advice(folder: Path, rule: str) -> list[str]:
    return [str(fault) for fault in lint_partnership(folder) if fault.rule == rule]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line, within the test's own process."""
    return Command(capsys, monkeypatch)


@seed(
    "Who is in the room, for which population",
    seen="outcomes room; agreements/<area>.html, Who is in the room; data/room.csv; outcomes lint",
    behind="outcomes.partnership.lint:AGREEMENT_RULES",
    off=without("one_in_the_room"),
)
def test_who_is_in_the_room_for_which_population(tmp_path: Path, command: Command) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    assert advice(folder, "one-in-the-room") == []
    asked = ("room", "--partnership", str(folder), "--place", PLACE, "--as-of", str(AS_OF), "--json")
    room = json.loads(command(*asked).out)
    assert {row["role"] for row in room} == {"accountable", "contributes", "supplies_data", "consulted"}
    by_indicator: dict[str, set[str]] = {}
    for row in room:
        by_indicator.setdefault(row["indicator_id"], set()).add(row["partner_code"])
    assert min(len(partners) for partners in by_indicator.values()) == 2
    # for which conversation, for which people
    few = json.loads(command(*asked, "--indicator", "local-09", "--population", "EMX020201").out)
    assert ("EHG", "EMX020201") in {(row["partner_code"], row["area_code"]) for row in few}
    others = json.loads(command(*asked, "--indicator", "local-09", "--population", "EMX020202").out)
    assert "EHG" not in {row["partner_code"] for row in others}
    site = built(folder, tmp_path / "site")
    assert {row["indicator_id"] for row in rows(site, "room") if row["area_code"] == PLACE} == set(by_indicator)
    assert "Calls about a fall at home without serious injury, Harbour" in text_of(site / f"agreements/{PLACE}.html")
    # one of two leaves
    lone = [row["partner_code"] for row in room if row["indicator_id"] == "local-05"]
    assert sorted(set(lone)) == ["CWC", "EHG"]
    text = (folder / AGREEMENT).read_text(encoding="utf-8")
    before, after = text.split("  - version: 2", 1)
    (folder / AGREEMENT).write_text(before + "  - version: 2" + after.replace("local-05, ", "", 1), encoding="utf-8")
    said = advice(folder, "one-in-the-room")
    assert len(said) == 1
    assert "in the room for 'local-05'" in said[0]


def challenge(raised_by: str, to: str) -> str:
    """One challenge of August that nobody answered."""
    return f"q1,{raised_by},{to},2026-08-17,local-09,What stands in the way?,,,,,\n"


SIDES = {"Castlewick City Council (place)": "\x01", "Eastvale and Moor Integrated Care Board (system)": "\x02"}


def sides_marked(text: str) -> str:
    """A text with a sign in place of each side's name."""
    for name, sign in SIDES.items():
        text = text.replace(name, sign)
    return text


def drawn(page: Path) -> list[str]:
    """What stands of challenges on a page, one text each, with its mark."""
    found = re.findall(r"<(tr|div)([^>]*) data-challenge[^>]*>(.*?)</\1>(?=\s*<|$)", page.read_text("utf-8"), re.DOTALL)
    return [html.unescape(inside) for _, _, inside in found]


@seed(
    "Two-way relationship",
    seen="places/<area>.html, index.html and agreements/<area>.html, Challenges; data/challenges.csv, responses.csv",
    behind="outcomes.scorecard.assembly:challenge_lines",
    off=lambda real: (
        lambda *given: tuple(
            line for line in real(*given) if (line.raised_by_level, line.to_level) != ("place", "system")
        )
    ),
)
def test_two_way_relationship(tmp_path: Path) -> None:
    ways = {"up": challenge("CWC,place", "EMI,system"), "down": challenge("EMI,system", "CWC,place")}
    sites = {}
    for way, row in ways.items():
        folder = copy_of_eastvale(tmp_path / way)
        for log in folder.glob("agreements/*/challenges.csv"):
            log.unlink()
        (folder / "agreements" / PLACE / "challenges.csv").write_text(ASKED + row, encoding="utf-8")
        sites[way] = built(folder, tmp_path / f"{way}-site")
    for page in (f"places/{PLACE}.html", "index.html", f"agreements/{PLACE}.html"):
        up, down = drawn(sites["up"] / page), drawn(sites["down"] / page)
        assert len(up) == len(down) == 1
        assert "Unanswered" in up[0]
        assert "g-bad-clock" in up[0]
        changed_sides = sides_marked(up[0]).translate({1: "\x02", 2: "\x01"})
        assert changed_sides != sides_marked(up[0])
        assert changed_sides == sides_marked(down[0])
    counted = {
        way: {(row.pop("raised_by_level"), row.pop("to_level")): row for row in rows(site, "responses")}
        for way, site in sites.items()
    }
    assert counted["up"][("place", "system")]["unanswered"] == "1"
    assert counted["up"][("place", "system")] == counted["down"][("system", "place")]
    assert counted["up"][("system", "place")] == counted["down"][("place", "system")]
    (up_row,), (down_row,) = (rows(site, "challenges") for site in sites.values())
    for own, other in (("raised_by", "to"), ("raised_by_level", "to_level")):
        up_row[own], up_row[other] = up_row[other], up_row[own]
    assert up_row == down_row
    assert up_row["days_over"] == "69"


@seed(
    "Mutual accountability",
    seen="places/<area>.html, index.html and partners/<code>.html, late promises; data/commitments.csv",
    behind="outcomes.scorecard.assembly:commitment_lines",
    off=nothing(()),
)
def test_mutual_accountability(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site")
    states = {row["commitment"]: row for row in rows(site, "commitments") if row["area_code"] == PLACE}
    assert {row["state"] for row in states.values()} == {"late", "kept", "not kept", "withdrawn", "not yet due"}
    late = states["C-02"]
    assert (late["state"], late["days_late"]) == ("late", "53")
    words = "Two appointed, starting in January. Two posts were advertised again on 2 November."
    assert late["explanation"] == words
    parties = oc.load_partnership(folder).agreement_for(PLACE, AS_OF)
    assert parties is not None
    seen_by = [site / "index.html", site / f"places/{PLACE}.html"]
    seen_by += [site / f"partners/{party.partner}.html" for party in parties.parties]
    assert len(seen_by) > 10
    for page in seen_by:
        said = text_of(page)
        assert words in said, page
        assert "Recruit four community paediatricians" in said, page
    # withdrawn: by a decision, and in its partner's own words
    assert (states["C-11"]["decision"], states["C-11"]["explanation"][:18]) == ("CJC 2026/11", "The pool is closed")
    changed(folder, {f"agreements/{PLACE}/commitments.csv": ("CJC 2026/11", "")})
    assert [fault.rule for fault in lint_partnership(folder) if not fault.is_advice] == ["withdrawn-without-reason"]


@seed(
    "Adult-to-adult",
    seen="every page: a reply, or an empty slot, beside every unwelcome word",
    behind="outcomes.report.line_view:calls_for_reply",
    off=nothing(False),
)
def test_adult_to_adult(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site", EASTVALE / "returns" / "history" / "CWC_history.tsv", CARERS[0])
    place = (site / f"places/{PLACE}.html").read_text(encoding="utf-8")
    assert re.search(r'<div class="sig bad">.*?<b>(Worse|Much worse)</b>', place)
    partnership = oc.load_partnership(folder)
    names = [name for one in partnership.indicators.values() for name in (one.name, one.short_name)]
    names += [question.text for panel in partnership.panels.values() for question in panel.description.questions]
    alone = {page.relative_to(site).as_posix(): words_alone(page.read_text("utf-8"), names) for page in pages(site)}
    assert {page: words for page, words in alone.items() if words} == {}
    # an empty slot says so, and when a reply is due: 28 days after the figure came
    assert "No reply recorded. Due by 20 December 2026." in text_of(site / f"places/{PLACE}.html")
    # a target that the place set is changed by nobody above it
    changed(folder, {AGREEMENT: ("set_by: place", "set_by: nation")})
    assert [fault for fault in lint_partnership(folder) if not fault.is_advice]


@seed(
    "Shared ownership",
    seen="outcomes lint",
    behind="outcomes.partnership.lint:AGREEMENT_RULES",
    off=without("one_owner"),
)
def test_shared_ownership(tmp_path: Path, command: Command) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    assert advice(folder, "one-owner") == []
    text = (folder / AGREEMENT).read_text(encoding="utf-8")
    before, after = text.split("  - version: 2", 1)
    (folder / AGREEMENT).write_text(before + "  - version: 2" + after.replace("local-05, ", "", 1), encoding="utf-8")
    done = command("lint", str(folder))
    said = [line for line in done.out.splitlines() if "one-owner" in line]
    assert len(said) == 1
    assert re.search(r"EMX060002\.yaml:\d+: one-owner \(advice\): 'local-05' is a shared outcome with one", said[0])


@seed(
    "No finger pointing",
    seen="every entrance of the library and the command line; docs/accountability.md",
    behind="outcomes.scorecard.assembly:refuse_partners",
    off=nothing(),
)
def test_no_finger_pointing(tmp_path: Path, command: Command) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    built(folder, tmp_path / "site", CARERS[0])
    record = ("--partnership", str(folder), "--ledger", str(tmp_path / "site-ledger"), "--as-of", str(AS_OF))
    done = command("build", *record, "--place", "EVH", "--policy", "hes-2018", "--out", str(tmp_path / "other"))
    assert (done.code, done.out) == (2, "")
    assert "no result of 'EVH' alone exists. An outcome here is what all partners bring about together" in done.err
    assert not (tmp_path / "other").exists()
    assert command("explain", *record, "--place", "CWC", "--indicator", "local-08").code == 2
    partnership, ledger = oc.load_partnership(folder), oc.open_ledger(tmp_path / "site-ledger")
    sent = ledger.observations()
    asked: dict[str, Any] = {"as_of": AS_OF, "policy": "hes-2018"}
    cards = oc.scorecards(partnership, sent, places=[PLACE], **asked)
    for entrance in (
        lambda: oc.score_of_partner("EVH", indicator="local-08"),
        lambda: oc.scorecards(partnership, sent, places=["EVH"], **asked),
        lambda: oc.scorecards(partnership, sent, partner="EVH", **asked),
        lambda: cards["EVH"],
        lambda: cards.results(partner="EVH"),
        lambda: oc.roll_up(sent, partnership, as_of=AS_OF, by="partner_code"),
        lambda: oc.explain(ledger, partnership, place="EVH", indicator="local-08", as_of=AS_OF),
        lambda: oc.explain(ledger, partnership, place=PLACE, indicator="local-08", as_of=AS_OF, partner="CWC"),
    ):
        with pytest.raises(oc.SharedOutcomeError, match="Ask for a place instead"):
            entrance()
    assert not [name for name in cards.results().columns if "partner" in name]
    manual = (EASTVALE.parents[1] / "docs" / "accountability.md").read_text(encoding="utf-8")
    assert "SharedOutcomeError" in manual


@seed(
    "Goes on in disagreement",
    seen="every page with the value; agreements/<area>.html, Disputes; data/disputes.csv",
    behind="outcomes.workflows.scoring:positions_of_values",
    off=nothing(),
)
def test_goes_on_in_disagreement(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site", *CARERS)
    # computation goes on with one of them
    (taken,) = (
        row
        for row in rows(site, "results")
        if (row["area_code"], row["indicator_id"], row["period"]) == (PLACE, "local-08", "2025/26")
    )
    assert "disputed" in taken["qualifiers"]
    held = {row["partner_code"]: row for row in rows(site, "disputes") if row["dispute"] == "C-D1"}
    assert {code: round(float(row["value"]), 1) for code, row in held.items()} == {"CWC": 33.0, "EMA": 29.4}
    assert float(taken["value"]) == float(held["CWC"]["value"])
    assert [code for code, row in held.items() if row["is_taken"] == "true"] == ["CWC"]
    both = re.compile(r"33\.0%.*29\.4%|29\.4%.*33\.0%")
    printing = [page for page in pages(site) if f'"local-08|2025/26|{PLACE}|"' in page.read_text(encoding="utf-8")]
    assert {page.parts[-2] for page in printing} >= {"places", PLACE}
    for page in (*printing, site / "index.html", site / f"agreements/{PLACE}.html"):
        assert both.search(text_of(page)), page
    # whoever says which, in its own words
    said = text_of(site / f"places/{PLACE}.html")
    for code, name in (("CWC", "Castlewick City Council"), ("EMA", "Eastvale and Moor Community Alliance")):
        assert f"{name}: {float(held[code]['value']):.1f}%" in said
        assert held[code]["position"] in said
    # a target and a method are disputed likewise, and nothing stops
    assert "Disputed target, Mar 2027" in text_of(site / f"agreements/{PLACE}.html")
    assert "Disputed method" in text_of(site / "agreements/EMX060004.html")


@seed(
    "Assurance",
    seen="outcomes explain; indicators/<area>/<id>.html, From the number to file and row",
    behind="outcomes.workflows.explaining:sign_off_of",
    off=nothing(),
)
def test_assurance(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site", *CARERS)
    partnership, ledger = oc.load_partnership(folder), oc.open_ledger(tmp_path / "site-ledger")
    receipts = {receipt.number: receipt for receipt in ledger.receipts()}
    card = oc.read_scorecard(site / "scorecards" / f"{PLACE}.json")
    printed = [line for line in card.lines if line.current is not None and line.current.value.value is not None]
    assert len(printed) > 3
    for line in printed:
        found = oc.explain(ledger, partnership, place=PLACE, indicator=line.indicator_id, as_of=AS_OF)
        assert found.rows
        for row in found.rows:
            receipt = receipts[row.submission]
            assert (row.file, row.verdict, row.sha256) == (receipt.file, receipt.verdict.value, receipt.sha256)
            # the row of the partner's own sheet
            sent = next(path for path in CARERS if path.name == row.file).read_bytes().splitlines()
            assert row.row is not None
            assert str(int(row.numerator or 0)).encode() in sent[row.row - 1]
            assert row.signed_off_by in ("Director of public health", "Treasurer")
        steps = {step.stage: step for step in found.steps}
        assert {"checked", "signed off", "agreed", "risk and confidence"} <= set(steps)
        assert all("accepted" in said for _, said in steps["checked"].figures)
        told = text_of(site / "indicators" / PLACE / f"{line.indicator_id}.html")
        assert found.rows[0].file in told
        assert f"{found.rows[0].signed_off_by}, " in told
        assert all(risk in told for risk in line.risks)
        assert line.risks
