"""One result for three readers, the same on any machine; a partner's own view; what everyone may read and take."""

import csv
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import outcomes as oc
from outcomes.report.formatting import interval_text, number_text
from outcomes.report.printed import PrintedFigure, printed_figures
from tests.seeds.seed import nothing, seed
from tests.seeds.street import AS_OF, EASTVALE, built, copy_of_eastvale, text_of

CASTLEWICK = "EMX060002"
RETURNS = EASTVALE / "returns"
# measures by neighbourhood, by group and of everybody; the last file is sent back
SENT = (
    *(RETURNS / "history" / f"{name}_history.csv" for name in ("EVH", "ESP", "VCT", "EMA")),
    RETURNS / "2026-11" / "VCT_2026-09.csv",
    RETURNS / "2026-11" / "EMA_2026-27-Q2.csv",
)
NO_VALUE = re.compile(r"[A-Z][a-z ]+")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The partnership, as files."""
    return copy_of_eastvale(tmp_path_factory.mktemp("world") / "eastvale")


@pytest.fixture(scope="module")
def cards(folder: Path) -> oc.Scorecards:
    """The result of what was sent: every page is made from it anew in each test."""
    partnership, ledger = oc.load_partnership(folder), oc.open_ledger(folder.parent / "ledger")
    noon = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 12, tzinfo=UTC)
    for path in SENT:
        oc.receive(path, partnership, ledger, received_at=noon, as_of=AS_OF)
    status = oc.returns_status(partnership, ledger, as_of=AS_OF)
    return oc.scorecards(partnership, ledger.observations(), as_of=AS_OF, policy="hes-2018", returns=status)


def figures_of(site: Path, folder: str, area: str = CASTLEWICK) -> tuple[PrintedFigure, ...]:
    return printed_figures((site / folder / f"{area}.html").read_text(encoding="utf-8"))


def results_of(site: Path) -> dict[tuple[str, str, str, str], dict[str, str]]:
    """The tidy results by the key of a figure."""
    with (site / "data" / "results.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    return {(row["indicator_id"], row["period"], row["area_code"], row["breakdown"]): row for row in rows}


def section(html: str, name: str) -> str:
    start = html.index(f'<section aria-labelledby="{name}"')
    return html[start : html.index("</section>", start)]


def as_printed(row: dict[str, str], decimals: int) -> tuple[str, str]:
    """A row of the results as a page prints it, without the unit; no value has no number."""
    if not row["value"]:
        return "", ""
    interval = ""
    if row["lower_ci_95"]:
        interval = interval_text(float(row["lower_ci_95"]), float(row["upper_ci_95"]), decimals)
    return number_text(float(row["value"]), decimals), interval


@seed(
    "Three directions of accountability",
    seen="places/, national/ and public/<area_code>.html; data/results.csv",
    behind="outcomes.report.site:public_page",
    off=nothing("<!DOCTYPE html>"),
)
def test_three_directions_of_accountability(cards: oc.Scorecards, tmp_path: Path) -> None:
    site = tmp_path / "site"
    oc.build_site(cards, site)
    place, national, public = (figures_of(site, folder) for folder in ("places", "national", "public"))
    assert len(place) > 30
    assert national == place
    assert public == place
    # value by value what the table of results holds, rounded for print and no otherwise
    card = json.loads((site / "scorecards" / f"{CASTLEWICK}.json").read_text(encoding="utf-8"))
    lines = [line for outcome in card["outcomes"] for tier in ("local", "national") for line in outcome[tier]]
    decimals = {line["indicator_id"]: line["decimals"] for line in [*lines, *card["operational"]]}
    results = results_of(site)
    values = 0
    for one in place:
        row = results[(one.indicator_id, one.period, one.area_code, one.breakdown)]
        value, interval = as_printed(row, decimals[one.indicator_id])
        if value:
            assert one.value.strip("%£") == value, one
            assert re.sub(r"^No interval.*", "", one.interval) == interval, one
            values += 1
        else:
            assert NO_VALUE.fullmatch(one.value), one
    assert values > 20
    # the same fingerprint of the one protected table, and the order of each reader
    held = card["versions"]["protected_sha256"][:16].upper()
    fingerprint = "-".join(held[start : start + 4] for start in range(0, 16, 4))
    pages = {folder: site / folder / f"{CASTLEWICK}.html" for folder in ("places", "national", "public")}
    assert all(f"figures {fingerprint}" in text_of(page) for page in pages.values())
    national_html = pages["national"].read_text(encoding="utf-8")
    assert national_html.index('id="asked"') < national_html.index('id="agreed"')
    assert "What is going well" in text_of(pages["public"])


class Structure(HTMLParser):
    """What a reader without a mouse or without sight depends on."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def small_world(tmp_path: Path, policy: str) -> Path:
    """Castlewick's four neighbourhoods, one of them with a small count, under a policy."""
    sent = tmp_path / "VCT_2026-09.csv"
    areas = ("EMX020201", "EMX020202", "EMX020203", "EMX020204")
    counts = ((3, 90), (40, 80), (50, 90), (60, 105))
    rows = [f"local-02,{area},2026-09,{top},{bottom}" for area, (top, bottom) in zip(areas, counts, strict=True)]
    sent.write_text("indicator_id,place_code,period,numerator,denominator\n" + "\n".join(rows) + "\n")
    folder = copy_of_eastvale(tmp_path / "eastvale")
    return built(folder, tmp_path / "site", sent, policy=policy, places=(CASTLEWICK,))


@seed(
    "Accountability to local people",
    seen="public/<area_code>.html; data/results.csv",
    behind="outcomes.report.site:public_page",
    off=nothing("<!DOCTYPE html>"),
    waits_for="secondary suppression and the audit before a publication: a hidden count still follows from its total",
)
def test_accountability_to_local_people(tmp_path: Path) -> None:
    site = small_world(tmp_path, "under-5")
    public = {one.area_code: one for one in figures_of(site, "public") if one.indicator_id == "local-02"}
    assert public["EMX020201"].value == "Confidential"
    rows = {key[2]: row for key, row in results_of(site).items() if key[0] == "local-02" and not key[3]}
    shown = [float(rows[area]["numerator"]) for area in ("EMX020202", "EMX020203", "EMX020204")]
    total = rows[CASTLEWICK]["numerator"]
    assert not total or float(total) - sum(shown) != 3


def test_the_public_page_is_open_to_everyone_and_hides_small_numbers(tmp_path: Path) -> None:
    site = small_world(tmp_path, "hes-2018")
    html = (site / "public" / f"{CASTLEWICK}.html").read_text(encoding="utf-8")
    hidden = [one for one in printed_figures(html) if one.value == "Confidential"]
    assert [(one.area_code, one.interval) for one in hidden] == [("EMX020201", "No interval")]
    assert "Hidden does not mean zero" in html
    tags = Structure(html).tags
    names = [name for name, _ in tags]
    # no login, no script, nothing fetched
    assert {"form", "input", "script", "link", "iframe", "img"} & set(names) == set()
    assert [address for _, known in tags if (address := known.get("src"))] == []
    # what automated checks of WCAG ask of the text of a page; a browser's examiner runs beside this
    assert ("html", {"lang": "en-GB"}) in tags
    assert names.count("h1") == names.count("title") == names.count("main") == 1
    levels = [int(name[1]) for name in names if re.fullmatch("h[1-6]", name)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [known["id"] for _, known in tags if "id" in known]
    assert len(ids) == len(set(ids))
    drawings = [known for name, known in tags if name == "svg"]
    assert all(known.get("aria-hidden") == "true" or known.get("aria-label") for known in drawings)
    assert html.count("<table") == html.count("<caption")


@seed(
    "You are traffic",
    seen="partners/<code>.html, its first section",
    behind="outcomes.report.partner_page:duties_of",
    off=nothing(()),
)
def test_you_are_traffic(cards: oc.Scorecards, folder: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    oc.build_site(cards, site)
    html = (site / "partners" / "EMA.html").read_text(encoding="utf-8")
    first = section(html, "duties")
    assert html.index("<section") == html.index(first)
    # its own data quality, its own commitments
    assert "Mend EMA_2026-27-Q2.csv" in first
    assert "Open a carers&#39; drop-in in each of four neighbourhoods" in first
    assert "Two of four rooms fell through" in first
    # of nobody else a name or a promise
    partners = (folder / "partners.yaml").read_text(encoding="utf-8")
    names = re.findall(r"^    name: (.+)$", partners, flags=re.MULTILINE)
    assert len(names) > 10
    assert [name for name in names if name in first] == []
    for log in sorted(folder.glob("agreements/*/commitments.csv")):
        with log.open(encoding="utf-8", newline="") as table:
            others = [row["what"] for row in csv.DictReader(table) if row["partner"] != "EMA"]
        assert [what for what in others if what.replace("'", "&#39;") in first] == []
    # its own contribution follows before anything of the whole place, and no score of it stands anywhere
    assert (
        html.index('id="data"')
        < html.index('id="promises"')
        < html.index('id="contribution"')
        < html.index('id="whole"')
    )
    assert "There is no score for Eastvale and Moor Community Alliance alone" in text_of(site / "partners" / "EMA.html")


ELSEWHERE = """\
import sys
from pathlib import Path
from tests.seeds.street import built
built(Path(sys.argv[1]), Path(sys.argv[2]), *map(Path, sys.argv[4:]), places=(sys.argv[3],))
"""


@seed(
    "Fair, open, transparent",
    seen="every file of the site; the fingerprints at the foot of each page",
    behind="outcomes.scorecard.assembly:_hash_of_table",
    off=nothing("0" * 64),
)
def test_fair_open_transparent(folder: Path, tmp_path: Path) -> None:
    sent = SENT[-2:-1]
    here = built(folder, tmp_path / "here", *sent, places=(CASTLEWICK,))
    there = tmp_path / "there"
    # another process, another order of everything that is hashed, one thread, another clock and tongue
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "POLARS_MAX_THREADS": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    command = [sys.executable, "-c", ELSEWHERE, str(folder), str(there), CASTLEWICK, *map(str, sent)]
    subprocess.run(command, check=True, env=environment, cwd=Path(__file__).parents[2])
    files = sorted(path.relative_to(here) for path in here.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(there) for path in there.rglob("*") if path.is_file())
    assert len(files) > 30
    assert [str(name) for name in files if (here / name).read_bytes() != (there / name).read_bytes()] == []
    # data, definitions and the version of the code have their fingerprint on the page, and the method stands beside
    card = json.loads((here / "scorecards" / f"{CASTLEWICK}.json").read_text(encoding="utf-8"))
    page = text_of(here / "places" / f"{CASTLEWICK}.html")
    for known in (card["versions"]["protected_sha256"], card["versions"]["partnership_fingerprint"]):
        head = known[:16].upper()
        assert "-".join(head[start : start + 4] for start in range(0, 16, 4)) in page
    assert f"library {card['versions']['library']}" in page
    measure = text_of(here / "indicators" / CASTLEWICK / "local-02.html")
    assert "Interval and value" in measure
    assert "Fingerprints: figures" in measure


@seed(
    "Data sharing",
    seen="scorecards/<area_code>.json, data/results.csv and .parquet, oc.to_html_fragment",
    behind="outcomes.workflows.building:scorecard_json",
    off=nothing("{}"),
)
def test_data_sharing(cards: oc.Scorecards, tmp_path: Path) -> None:
    site = tmp_path / "site"
    oc.build_site(cards, site)
    path = site / "scorecards" / f"{CASTLEWICK}.json"
    card = oc.read_scorecard(path)
    # there and back again without loss
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(card.model_dump_json())
    again = tmp_path / "again.json"
    again.write_text(card.model_dump_json(), encoding="utf-8")
    assert oc.read_scorecard(again) == card
    parquet = pl.read_parquet(site / "data" / "results.parquet")
    table = pl.read_csv(site / "data" / "results.csv", schema=dict(parquet.schema))
    empty = {name: pl.col(name).replace("", None) for name, kind in parquet.schema.items() if kind == pl.String}
    assert table.with_columns(**empty).equals(parquet.with_columns(**empty))
    # a piece in another tool's page: every style under one class, no id, no script, nothing fetched
    fragment = oc.to_html_fragment(card, indicator="local-02")
    assert_alone(fragment)
    value = next(
        one for one in figures_of(site, "places") if one.indicator_id == "local-02" and one.area_code == CASTLEWICK
    )
    assert value.value in fragment


def assert_alone(fragment: str) -> None:
    """Hold a fragment to having no effect outside itself."""
    tags: list[tuple[str, dict[str, Any]]] = list(Structure(fragment).tags)
    assert {"script", "link", "iframe", "base", "html", "body", "form"} & {name for name, _ in tags} == set()
    assert [known["id"] for _, known in tags if "id" in known] == []
    (style,) = re.findall(r"<style>(.*?)</style>", fragment, flags=re.DOTALL)
    selectors = re.sub(r"@media[^{]*\{|\{[^}]*\}", ",", style)
    assert [one for one in selectors.split(",") if one.strip(" }\n") and ".ocf" not in one] == []
