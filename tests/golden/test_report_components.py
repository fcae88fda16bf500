"""Parts of a page are the bytes that were kept; after a wanted change, set OUTCOMES_KEEP_GOLDEN and read the diff."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from outcomes.exchange.findings_csv import findings_csv
from outcomes.report.catalogue_page import catalogue_page
from outcomes.report.charts import interval_bar, share_bar, sparkline, tally
from outcomes.report.covering_note import covering_note
from outcomes.report.fragment import to_html_fragment
from outcomes.report.line_view import series_of, spark_label
from outcomes.report.marks import Mark
from outcomes.report.pages import overview_page, place_page
from outcomes.report.result_page import result_page
from outcomes.report.symbols import symbols
from outcomes.workflows.cataloguing import catalogue
from tests.report_cards import castlewick, collection
from tests.returned import returned

KEPT = Path(__file__).parent / "report"


def between(html: str, start: str, end: str) -> str:
    begin = html.index(start)
    return html[begin : html.index(end, begin) + len(end)]


def row(indicator: str) -> str:
    return between(place_page(castlewick()), f'<tr class="row" id="m-{indicator}"', '<tr class="more')


def spark(indicator: str) -> str:
    line = next(line for line in castlewick().lines if line.indicator_id == indicator)
    return sparkline(series_of(line), spark_label(line))


PARTS: dict[str, Callable[[], str]] = {
    "line-better.html": lambda: row("93085"),
    "line-no-reply.html": lambda: row("20602"),
    "line-hidden.html": lambda: row("missing-5"),
    "line-no-points.html": lambda: row("no-points"),
    "sparkline-gap.svg": lambda: spark("90631"),
    "sparkline-break.svg": lambda: spark("a-break"),
    "sparkline-one-point.svg": lambda: spark("one-point"),
    "tally.svg": lambda: tally([(Mark("good"), 2), (Mark("bad"), 1), (Mark("none"), 1)], "4 measures"),
    "share-bar.svg": lambda: share_bar([("on_time", 16), ("rejected", 10)], "16 on time, 10 sent back"),
    "interval-bar.svg": lambda: interval_bar(
        58.9, 52.9, 64.9, "Low Fen", low=50, high=80, beside=66.3, mark=Mark("bad")
    ),
    "marks.svg": symbols,
    "place-brief.html": lambda: between(place_page(castlewick()), '<section aria-labelledby="brief">', "</section>"),
    "overview-brief.html": lambda: between(
        overview_page(collection().cards, title="Eastvale and Moor"), '<section aria-labelledby="brief"', "</section>"
    ),
    "catalogue-entry.html": lambda: between(
        catalogue_page(catalogue(frameworks=["bcf"])), '<tbody class="entry" id="bcf--22401"', "</tbody>"
    ),
    "result-page.html": lambda: re.sub(
        r"<style>.*?</style>|<meta[^>]*>", "", result_page(*returned()), flags=re.DOTALL
    ),
    "result-note.txt": lambda: covering_note(*returned(), page="page.html"),
    "result-list.csv": lambda: b"".join(findings_csv([returned()[0]])).decode(),
    "fragment.html": lambda: re.sub(
        r"<style>.*?</style>", "", to_html_fragment(castlewick(), indicator="local-03"), flags=re.DOTALL
    ),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_a_page_is_the_one_that_was_kept(name: str) -> None:
    made, path = PARTS[name]() + "\n", KEPT / name
    if os.environ.get("OUTCOMES_KEEP_GOLDEN"):
        path.write_text(made, encoding="utf-8", newline="\n")
    assert made == path.read_text(encoding="utf-8")


def test_nothing_is_kept_that_nothing_makes() -> None:
    assert {path.name for path in KEPT.iterdir()} == set(PARTS)
