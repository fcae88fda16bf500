"""The main job on a real, published file: every published figure reproduced, or explained."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import needs_shared, shared_path

RUN = Path(__file__).resolve().parents[2] / "examples" / "fingertips" / "run.py"
FILE = ("data", "fingertips", "indicators-CountyUA.data.csv")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the documented command prints, kind by kind; its site lies under the key `out`."""
    out = tmp_path_factory.mktemp("fingertips")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(RUN), str(shared_path(*FILE)), "--out", str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line.strip() for line in done.stdout.splitlines() if ": " in line]
    return {kind: figure for kind, _, figure in (line.partition(": ") for line in lines)} | {"out": str(out)}


@needs_shared
def test_the_file_is_read_as_it_comes(printed: dict[str, str]) -> None:
    # 792 rows without those by deprivation decile of areas, less the 32 totals: ten of them without a figure
    assert printed[FILE[-1]] == "accepted with warning, 760 figures read"


@needs_shared
def test_every_published_value_is_reproduced(printed: dict[str, str]) -> None:
    assert printed["values"] == "755 of 755"


@needs_shared
def test_every_published_total_is_the_sum_of_its_authorities(printed: dict[str, str]) -> None:
    assert printed["totals of regions and England"].startswith("32 of 32")


@needs_shared
def test_every_published_comparison_is_reproduced(printed: dict[str, str]) -> None:
    assert printed["comparisons with England"] == "750 of 750"


@needs_shared
def test_the_publisher_used_two_methods_for_its_intervals(printed: dict[str, str]) -> None:
    assert printed["intervals, all ages, by the exact method"].startswith("453 of 453")
    assert printed["intervals, ages 0 to 9, by Byar's method with 1.96 for 1.959964"].startswith("302 of 302")


@needs_shared
def test_our_one_method_is_close_to_both(printed: dict[str, str]) -> None:
    assert printed["intervals, all ages, as printed on our pages (Byar)"].startswith("453 of 453")
    assert printed["intervals, ages 0 to 9, as printed on our pages (Byar)"].startswith("302 of 302")


@needs_shared
def test_every_authority_has_a_page_that_names_its_source(printed: dict[str, str]) -> None:
    places = Path(printed["out"]) / "site" / "places"
    assert len(list(places.glob("*.html"))) == 152
    page = (places / "E06000046.html").read_text(encoding="utf-8")
    assert "Isle of Wight" in page
    assert "Open Government Licence v3.0" in page
    # City of London has no figure of its own: its page says so
    assert "Not available" in (places / "E09000001.html").read_text(encoding="utf-8")
