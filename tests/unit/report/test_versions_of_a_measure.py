"""Two versions of one measure have two lines, two anchors and two pages; the later one keeps the plain name."""

import re
from pathlib import Path

from tests.seeds.street import built
from tests.world_folder import write_world


def test_two_versions_of_a_measure_have_a_page_each(tmp_path: Path) -> None:
    site = built(write_world(tmp_path / "world"), tmp_path / "site")
    pages = sorted(path.name for path in (site / "indicators" / "PL1").glob("*.html"))
    assert pages == ["carers.1.html", "carers.html", "falls.html", "smoking.html"]
    page = (site / "places" / "PL1.html").read_text(encoding="utf-8")
    ids = re.findall(r' id="(m-[^"]+)"', page)
    assert sorted(ids) == ["m-carers", "m-carers.1", "m-falls", "m-smoking"]
    assert 'href="../indicators/PL1/carers.1.html"' in page
