"""What docs/layouts.md shows of `outcomes layout try` is what it prints."""

import re
from pathlib import Path

from outcomes.cli.trial_lines import trial_lines
from outcomes.partnership.scaffold import init_partnership
from outcomes.workflows.trying import try_layout
from tests.unit.workflows.test_trying import unmarked

PAGE = Path(__file__).resolve().parents[2] / "docs" / "layouts.md"
SHEET = (
    "Report of June,,,,,\n"
    "Measure,Area Code,Area Name,Quarter,Number seen,Asked\n"
    "L1,PLACE-A,North,2026/27 Q1,40,100\n"
    "L1,PLACE-B,South,2026/27 Q1,30,90\n"
    "L9,PLACE-B,South,2026/27 Q1,3,9\n"
    ",Total,,,73,199\n"
)


def test_the_page_shows_what_is_printed(tmp_path: Path) -> None:
    init_partnership(tmp_path / "world")
    (tmp_path / "measures.csv").write_text(SHEET, encoding="utf-8")
    proposal, shown = re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert try_layout(tmp_path / "measures.csv", tmp_path / "world").proposal == proposal
    mended = unmarked(proposal).replace('"Number seen": numerator', '"Number seen": numerator\n  "Asked": denominator')
    mended = re.sub(r'  - "Asked".*\n', "", mended) + "codes: {indicator_id: {L1: local-01}}\n"
    (tmp_path / "measures.yaml").write_text(mended, encoding="utf-8")
    trial = try_layout(tmp_path / "measures.csv", tmp_path / "world", layout=tmp_path / "measures.yaml", rows=2)
    assert "\n".join(trial_lines(trial)).startswith(shown)
