"""A place begins with a tree of outcomes over the course of a life, and with one call."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import outcomes as oc
from outcomes.partnership.lint import lint_partnership
from outcomes.partnership.scaffold import init_partnership
from tests.seeds.seed import nothing, seed
from tests.seeds.street import AS_OF, EASTVALE, built, text_of


def _initialised(folder: Path) -> Path:
    command = [sys.executable, "-c", "from outcomes.cli import main; main()", "init", str(folder)]
    done = subprocess.run([*command, "--template", "life-course"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@seed(
    "Life-course ambition",
    seen="outcomes init --template life-course; places/<area>.html",
    behind="outcomes.partnership.scaffold:template_files",
    off=nothing({}),
)
def test_life_course_ambition(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    init_partnership(folder, template="life-course")
    assert [fault for fault in lint_partnership(folder) if not fault.is_advice] == []
    sent = tmp_path / "TRUST_2026.csv"
    sent.write_text(
        "indicator_id,place_code,period,numerator,denominator\nearly-help,PLACE-A,2025/26 Q4,71,143\n", encoding="utf-8"
    )
    site = built(folder, tmp_path / "site", sent, policy="none")
    page = text_of(site / "places" / "PLACE-A.html")
    for outcome in ("Start well", "Live well", "Age well", "Die well"):
        assert outcome in page
    assert "49.7%" in page
    # real ids of national measures, each under its outcome
    pages = {path.stem for path in (site / "indicators" / "PLACE-A").glob("*.html")}
    assert {"93085", "90631", "92443", "40401", "ascof-5a-1", "deaths-at-home"} <= pages


def test_the_command_makes_the_same_folder_as_the_library(tmp_path: Path) -> None:
    init_partnership(tmp_path / "a", template="life-course")
    _initialised(tmp_path / "b")
    told = [
        {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
        for folder in (tmp_path / "a", tmp_path / "b")
    ]
    assert told[0] == told[1]


@seed(
    "Bandwidth",
    seen="README, docs/day_one; outcomes demo",
    behind="outcomes.workflows.scoring:build_scorecards",
    off=nothing(None),
)
def test_bandwidth(tmp_path: Path) -> None:
    month, day = EASTVALE / "returns" / "2026-09", datetime(2026, 11, 22, 9, tzinfo=UTC)
    # the first scorecard from the example pack in under ten lines, in the words of the public interface
    partnership = oc.load_partnership(EASTVALE)
    ledger = oc.open_ledger(tmp_path / "ledger")
    oc.receive(month, partnership, ledger, received_at=day, as_of=AS_OF)
    cards = oc.scorecards(partnership, ledger.observations(), as_of=AS_OF, policy="hes-2018")
    paths = oc.write_html(cards, tmp_path / "site")
    assert paths[0].name == "index.html"
    assert "Castlewick" in text_of(tmp_path / "site" / "places" / "EMX060002.html")
