"""A number that a partner wrote down in a dispute is as coarse as the figures beside it, wherever it is read."""

import csv
import re
from pathlib import Path

import outcomes as oc
from tests.seeds.street import EASTVALE, built, copy_of_eastvale, text_of

PLACE = "EMX060002"
LOG = f"agreements/{PLACE}/disputes.csv"
CARERS = (
    EASTVALE / "returns" / "2026-09" / "CWC_2025-26.tsv",
    EASTVALE / "returns" / "2026-09" / "EMA_2025-26_carers.csv",
)
# to so many decimals, it says how many of how many carers
WRITTEN = ("31.4159", "37.7777")
SIDES = (
    ("C-D1", "value", "VCT", "2025/26", WRITTEN[0], "2026-09-28"),
    ("C-D9", "method", "VCT", "2025/26", WRITTEN[1], "2026-09-29"),
    ("C-D9", "method", "EMA", "2025/26", "", "2026-09-29"),
)


def disputed(folder: Path) -> Path:
    """Eastvale, with a third side of a value and a method that would give another number."""
    copy_of_eastvale(folder)
    with (folder / LOG).open(encoding="utf-8", newline="") as log:
        columns = next(csv.reader(log))
    with (folder / LOG).open("a", encoding="utf-8", newline="") as log:
        writer = csv.DictWriter(log, columns)
        for dispute, about, partner, period, number, opened in SIDES:
            row = {"id": dispute, "indicator": "local-08", "about": about, "partner": partner, "period": period}
            writer.writerow({**row, "number": number, "opened_on": opened, "position": "So it is by our count."})
    return folder


def holding(folder: Path, digits: str) -> list[str]:
    """The files of a folder that hold a number, to however many decimals from the second on."""
    exact = re.compile(re.escape(digits[:5]).encode())
    return [path.name for path in sorted(folder.rglob("*")) if path.is_file() and exact.search(path.read_bytes())]


def test_no_file_of_a_site_has_a_stated_number_more_exactly_than_the_figures_are_rounded(tmp_path: Path) -> None:
    folder = disputed(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site", *CARERS, places=[PLACE])
    assert [holding(site, digits) for digits in WRITTEN] == [[], []]
    # but it is there, as one of the counts that the policy shows
    card = oc.read_scorecard(site / "scorecards" / f"{PLACE}.json")
    (line,) = (one for one in card.lines if one.indicator_id == "local-08")
    assert line.current is not None
    out_of = line.current.value.denominator
    assert out_of is not None
    stated = [side for one in line.disputes for side in one.positions if side.is_stated]
    counts = [side.value * out_of / 100 for side in stated if side.value is not None]
    assert len(counts) == len(WRITTEN)
    assert all(abs(count - 5 * round(count / 5)) < 1e-6 for count in counts)
    assert all(
        abs(count - float(digits) * out_of / 100) <= 2.5 + 0.5 for count, digits in zip(counts, WRITTEN, strict=True)
    )
    # with as many decimals as the figure, on every page that prints it, and said to be rounded where it has its words
    numbers = [f"{side.value:.1f}%" for side in stated]
    for page in ("places", "public", "agreements", "meetings"):
        assert numbers[0] in text_of(site / page / f"{PLACE}.html"), page
    said = text_of(site / f"places/{PLACE}.html")
    assert f"{numbers[0]} (rounded, like every figure here)" in said
    with (site / "data" / "disputes.csv").open(encoding="utf-8", newline="") as table:
        written = {row["value"] for row in csv.DictReader(table) if row["partner_code"] == "VCT"}
    assert {float(value) for value in written if value} >= {side.value for side in stated}


def test_the_working_copy_tells_the_partners_what_was_written(tmp_path: Path) -> None:
    folder = disputed(tmp_path / "eastvale")
    site = built(folder, tmp_path / "site", *CARERS, places=[PLACE], policy="none")
    assert all(f"{PLACE}.json" in holding(site, digits) for digits in WRITTEN)
