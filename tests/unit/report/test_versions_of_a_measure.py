"""Two versions of one measure are told apart in every list, map, link and dispute; the later keeps the plain name."""

import re
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

from outcomes.errors import UnknownNameError
from outcomes.exchange.mutual_tables import mutual_tables
from outcomes.ledger.model import ReturnsStatus
from outcomes.period import period_from_text
from outcomes.profile.model import Balance
from outcomes.report.challenge_view import open_challenges
from outcomes.report.chance_view import chance_view, remaining_places
from outcomes.report.fragment import to_html_fragment
from outcomes.report.indicator_view import beside
from outcomes.report.overview_view import overview_view
from outcomes.report.printed import printed_figures
from outcomes.report.room_view import room_section
from outcomes.report.site import html_pages
from outcomes.scorecard.collection import Scorecards
from outcomes.scorecard.disputes import POSITION_COLUMNS
from outcomes.scorecard.model import ChallengeLine, IndicatorLine, Scorecard
from outcomes.vocabulary import PeriodKind, Reason, Word
from tests.seeds.street import built
from tests.small_world import estimates, inclusion, indicator
from tests.unit.scorecard.card_world import agreement, cards, judgements, partnership, status
from tests.world_folder import write_world

PERIOD: Final = "2024/25"
SAID: Final = "The register counts people who moved away."


def compared(measure: str, version: int, word: str, p_value: float) -> dict[str, Any]:
    return {
        **{"indicator_id": measure, "indicator_version": version, "signal": "comparison", "word": word},
        **{"against": "fixed_value", "against_value": 25.0, "p_value": p_value},
    }


def moving(measure: str, version: int, word: str) -> dict[str, Any]:
    return {"indicator_id": measure, "indicator_version": version, "signal": "trend", "word": word, "points": 5}


def held(version: int, partner: str, value: float, *, is_taken: bool) -> dict[str, Any]:
    period = period_from_text(PeriodKind.FINANCIAL_YEAR, PERIOD)
    return {
        **{"indicator_id": "smoking", "indicator_version": version, "area_code": "PL1", "breakdown": ""},
        **{"period_kind": "financial_year", "period_start": period.first, "period": PERIOD},
        **{
            "partner_code": partner,
            "source_code": partner,
            "value": value,
            "is_taken": is_taken,
            "submission": version,
        },
    }


def position(**changes: Any) -> dict[str, Any]:
    return {
        **{"id": "d1", "indicator": "smoking", "about": "method", "partner": "VA", "position": SAID},
        **{"opened_on": date(2026, 5, 1)},
        **changes,
    }


def two_versions(
    *said: dict[str, Any],
    first_hidden: bool = False,
    earlier_name: str = "Smoking",
    returns: ReturnsStatus | None = None,
) -> Scorecards:
    """A place whose smoking was worse by the old question and is better by the new one; hospital stays beside both."""
    meeting = {"id": "jc", "body": "Joint committee", "held_on": date(2026, 12, 9), "quorum": 2}
    duty = {"partner": "CC", "role": "accountable", "indicators": ["smoking", "stays"]}
    world = partnership(
        indicators=[
            indicator(name="Smoking, old question", short_name=earlier_name),
            indicator(name="Smoking, new question", short_name="Smoking", version=2),
            indicator("stays"),
        ],
        # the later version stands first, so that neither first nor last in a list is always right
        local=[
            inclusion(version=2, order=1, balance="stays"),
            inclusion(order=2, balance="stays"),
            inclusion("stays", order=3, balance="smoking"),
        ],
        agreements=[agreement(responsibilities=[duty], disputes=list(said), meetings=[meeting])],
    )
    old = {"reason": Reason.CONFIDENTIAL.value} if first_hidden else {"value": 40.0}
    values = estimates(
        {"indicator_version": 1, **old},
        {"indicator_version": 2, "value": 20.0},
        {"indicator_id": "stays", "value": 30.0},
    )
    words = judgements(
        compared("smoking", 1, "worse", 0.2),
        compared("smoking", 2, "better", 0.001),
        compared("stays", 1, "worse", 0.3),
        moving("smoking", 2, "improving"),
        moving("stays", 1, "getting worse"),
    )
    apart = {"word": Word.IMPROVING, "balance_word": Word.GETTING_WORSE, "moves_apart": True}
    turned = {"word": Word.GETTING_WORSE, "balance_word": Word.IMPROVING, "moves_apart": True}
    pairs = [("smoking", 2, "stays", 1, apart), ("smoking", 1, "stays", 1, {}), ("stays", 1, "smoking", 2, turned)]
    balances = [
        Balance.model_validate(
            {
                **{"framework_id": "local", "indicator_id": measure, "indicator_version": version},
                **{"balance_id": other, "balance_version": of, **moves},
            }
        )
        for measure, version, other, of, moves in pairs
    ]
    rows = [
        held(1, "CC", 40.0, is_taken=True),
        held(1, "VA", 41.0, is_taken=False),
        held(2, "CC", 20.0, is_taken=True),
        held(2, "VA", 22.0, is_taken=False),
    ]
    frame = pl.DataFrame([{name: row.get(name) for name in POSITION_COLUMNS} for row in rows], schema=POSITION_COLUMNS)
    return cards(values, words, of=world, balances=balances, positions=frame, returns=returns)


def line_of(card: Scorecard, name: str) -> IndicatorLine:
    (found,) = (line for line in card.lines if line.page_name == name)
    return found


@pytest.fixture(scope="module")
def made() -> Scorecards:
    return two_versions(position())


@pytest.fixture(scope="module")
def pages(made: Scorecards) -> dict[str, str]:
    return {name: page.decode() for name, page in html_pages(made).items()}


def part(html: str, start: str, end: str = "</section>") -> str:
    begin = html.index(start)
    return html[begin : html.index(end, begin)]


def test_two_versions_of_a_measure_have_a_page_each(tmp_path: Path) -> None:
    site = built(write_world(tmp_path / "world"), tmp_path / "site")
    pages = sorted(path.name for path in (site / "indicators" / "PL1").glob("*.html"))
    assert pages == ["carers.1.html", "carers.html", "falls.html", "smoking.html"]
    page = (site / "places" / "PL1.html").read_text(encoding="utf-8")
    ids = re.findall(r' id="(m-[^"]+)"', page)
    assert sorted(ids) == ["m-carers", "m-carers.1", "m-falls", "m-smoking"]
    assert 'href="../indicators/PL1/carers.1.html"' in page


def test_each_list_of_the_summary_names_the_version(made: Scorecards) -> None:
    summary = made["PL1"].summary
    assert (summary.better, summary.worse) == (("smoking",), ("smoking.1", "stays"))
    # the new question improves while its balance gets worse
    assert (summary.call_for_reply, summary.with_reply) == (("smoking", "smoking.1", "stays"), ())
    other = made["PL2"].summary
    assert other.cannot_tell == ("smoking", "smoking.1", "stays")


def test_each_version_has_its_own_p_value(made: Scorecards) -> None:
    card = made["PL1"]
    adjusted = {line.page_name: line.comparisons[0].p_value_on_page for line in card.lines}
    # of three: 0.001 · 3 / 1, 0.2 · 3 / 2 and 0.3
    assert adjusted == pytest.approx({"smoking": 0.003, "smoking.1": 0.3, "stays": 0.3})
    assert card.summary.remaining == made.remaining_together["PL1"] == ("smoking",)
    told = {row.anchor: (row.p_value.split(",")[0], row.stays) for row in chance_view(card).rows}
    assert told == {"m-smoking": ("0.001", "Yes"), "m-smoking.1": ("0.200", "No"), "m-stays": ("0.300", "No")}
    assert remaining_places([card], {"PL1": ("smoking.1",)}) == (("Castlewick", "Smoking."),)
    assert remaining_places([card], {"PL1": ("smoking.1", "smoking")}) == (("Castlewick", "Smoking and Smoking."),)


def test_the_lists_of_a_places_page_lead_to_each_version(pages: dict[str, str]) -> None:
    brief = part(pages["places/PL1.html"], '<section aria-labelledby="brief"')
    items = dict(re.findall(r'<li[^>]*>.*?href="#m-([^"]+)">(.*?)</li>', brief, flags=re.DOTALL))
    assert items.keys() == {"smoking", "smoking.1", "stays"}
    assert "20.0%" in items["smoking"]
    assert "40.0%" in items["smoking.1"]


def test_the_public_page_has_a_card_of_each_version(pages: dict[str, str]) -> None:
    html = pages["public/PL1.html"]
    well, work = (
        dict(
            re.findall(r'<li data-of="([^"]+)">(.*?)</li>', part(html, f'<section aria-labelledby="{name}"'), re.DOTALL)
        )
        for name in ("well", "work")
    )
    assert (list(well), list(work)) == (["smoking"], ["smoking.1", "stays"])
    assert "20.0" in well["smoking"]
    assert "40.0" in work["smoking.1"]
    assert {"smoking", "smoking.1"} <= set(re.findall(r'<tr data-of="([^"]+)"', html))


def test_the_national_page_counts_both_versions(pages: dict[str, str]) -> None:
    said = re.sub(r"<[^>]+>", "", pages["national/PL1.html"])
    assert "Agreed locally: 3 measures. 1 better or improving, 2 worse or getting worse" in said


def test_no_two_figures_of_a_page_have_one_name(pages: dict[str, str]) -> None:
    for name in ("places/PL1.html", "national/PL1.html", "public/PL1.html"):
        found = {one.indicator_id: one.value for one in printed_figures(pages[name])}
        assert {key: value.split("%")[0] for key, value in found.items()} == {
            "smoking": "20.0",
            "smoking.1": "40.0",
            "stays": "30.0",
        }, name


def test_the_overview_has_a_row_of_each_version(pages: dict[str, str]) -> None:
    html = pages["index.html"]
    assert {"smoking", "smoking.1", "stays"} <= set(re.findall(r'places/PL1\.html#m-([^"]+)"', html))
    assert {"PL1/smoking", "PL1/smoking.1", "PL1/stays"} <= set(re.findall(r'data-of="(PL1/[^"]+)"', html))
    glance = re.findall(r"Smoking: [^<\"]*", html)
    assert any("better" in said.lower() for said in glance)
    assert any("worse" in said.lower() and "better" not in said.lower() for said in glance)


def test_a_place_that_has_the_earlier_version_alone_is_not_put_beside_the_later_one() -> None:
    both = two_versions()
    first = both["PL1"]
    old = line_of(first, "smoking.1").model_copy(update={"is_earlier_version": False})
    section = first.outcomes[0].model_copy(update={"local": (old,)})
    place = first.place.model_copy(update={"area_code": "PL7", "name": "Oldham"})
    summary = first.summary.model_copy(update={"better": (), "worse": ("smoking",)})
    alone = first.model_copy(update={"place": place, "outcomes": (section,), "summary": summary, "partners": ()})

    class Two:
        cards = (first, alone)
        title = "Two"

    html = html_pages(Two())["index.html"].decode()
    badly = re.sub(r"<[^>]+>", "", part(html, '<section aria-labelledby="brief"'))
    assert "Smoking is better or improving in Castlewick." in badly
    assert "Smoking is worse or getting worse in every place" in badly
    # a row for each version: the later one is not asked of Oldham
    view = overview_view((first, alone), title="Two")
    (table,) = view.measures
    cells = [[cell.value for cell in row.cells] for _, rows in table.tiers for row in rows]
    assert cells == [["20.0%", ""], ["40.0%", "40.0%"], ["30.0%", ""]]


def test_a_partners_page_leads_to_each_version(pages: dict[str, str]) -> None:
    html = pages["partners/CC.html"]
    links = set(re.findall(r'href="\.\./indicators/PL1/([^"]+)"', html))
    assert links == {"smoking.html", "smoking.1.html", "stays.html"}
    parts = dict(re.findall(r'<tr data-of="PL1/([^"]+)">(.*?)</tr>', html, flags=re.DOTALL))
    assert "20.0%" in parts["smoking"]
    assert "40.0%" in parts["smoking.1"]
    slots = re.findall(r'<div class="reply-in empty after" data-of="PL1/([^"]+)"', html)
    assert sorted(slots) == ["smoking", "smoking.1", "stays"]


def test_the_measure_to_be_read_beside_is_found_by_its_version(made: Scorecards) -> None:
    card = made["PL1"]
    found = beside(card, line_of(card, "stays"))
    assert found is not None
    assert (found.page_name, found.href) == ("smoking", "smoking.html")
    assert found.text.startswith("20.0%")
    told = line_of(card, "stays").balance_beside
    assert told is not None
    assert (told.indicator_id, told.indicator_version) == ("smoking", 2)
    # the very version that is named, though both have one short name
    earlier = line_of(card, "stays").model_copy(
        update={"balance_beside": told.model_copy(update={"indicator_version": 1})}
    )
    found = beside(card, earlier)
    assert found is not None
    assert (found.page_name, found.href) == ("smoking.1", "smoking.1.html")
    # one that was kept without a version is the latest; one of no line on the page, and none at all, are not told
    for version, name in ((None, "smoking"), (3, None)):
        kept = told.model_copy(update={"indicator_version": version})
        found = beside(card, earlier.model_copy(update={"balance_beside": kept}))
        assert (found.page_name if found else None) == name
    assert beside(card, earlier.model_copy(update={"balance_beside": None})) is None


def test_a_dispute_of_the_record_stands_on_its_own_version(made: Scorecards) -> None:
    card = made["PL1"]
    numbers = {
        name: [[side.value for side in one.positions] for one in line_of(card, name).disputes]
        for name in ("smoking", "smoking.1")
    }
    assert numbers == {"smoking": [[20.0, 22.0], [None]], "smoking.1": [[40.0, 41.0]]}


def test_the_table_of_disputes_names_the_version(made: Scorecards) -> None:
    table = mutual_tables(made.cards)["disputes"]
    assert table.select("indicator_version", "dispute", "value").rows() == [
        (2, "", 20.0),
        (2, "", 22.0),
        (2, "d1", None),
        (1, "", 40.0),
        (1, "", 41.0),
    ]


def test_a_logged_dispute_stands_on_the_latest_version_alone(made: Scorecards, pages: dict[str, str]) -> None:
    card = made["PL1"]
    assert [one.id for one in line_of(card, "smoking").disputes] == ["", "d1"]
    assert [one.id for one in line_of(card, "smoking.1").disputes] == [""]
    links = re.findall(r'<h3><a href="[^"]*#m-([^"]+)">Smoking</a></h3>', pages["agreements/PL1.html"])
    assert links == ["smoking", "smoking", "smoking.1"]
    assert SAID in pages["indicators/PL1/smoking.html"]
    assert SAID not in pages["indicators/PL1/smoking.1.html"]


def test_the_board_pack_leads_a_dispute_to_its_version(pages: dict[str, str]) -> None:
    links = re.findall(r'<h3><a href="[^"]*#m-([^"]+)">Smoking</a></h3>', pages["meetings/PL1.html"])
    assert links == ["smoking", "smoking", "smoking.1"]


@pytest.mark.parametrize(("period", "expected"), [(PERIOD, (None, Reason.CONFIDENTIAL)), ("2023/24", (3.0, None))])
def test_a_logged_number_of_a_period_that_an_earlier_version_hides_stays_hidden(
    period: str, expected: tuple[float | None, Reason | None]
) -> None:
    card = two_versions(position(about="value", partner="NHS", number=3.0, period=period), first_hidden=True)["PL1"]
    (logged,) = (one for one in line_of(card, "smoking").disputes if one.id)
    (number,) = ((side.value, side.reason) for side in logged.positions if side.text == SAID)
    assert number == expected


def test_a_fragment_is_of_the_version_that_is_asked_for(made: Scorecards) -> None:
    card = made["PL1"]
    assert "Smoking, new question" in to_html_fragment(card, indicator="smoking")
    assert "Smoking, old question" in to_html_fragment(card, indicator="smoking.1")
    with pytest.raises(UnknownNameError, match=r"there are: smoking, smoking\.1, stays"):
        to_html_fragment(card, indicator="drinking")


def test_what_names_no_version_is_called_as_the_latest() -> None:
    asked = status({"status": "missing"})
    card = two_versions(earlier_name="Smoking as asked before", returns=asked)["PL1"]
    (council,) = (one for one in card.partners if one.code == "CC")
    assert [one.name for one in council.returns] == ["Smoking"]
    room = room_section(card)
    assert room is not None
    assert {row.measure for row in room.rows} == {"Smoking", "Stays"}
    challenge = ChallengeLine.model_validate(
        {
            **{"id": "c1", "raised_by": "A", "raised_by_code": "PL1", "raised_by_level": "place"},
            **{"to": "B", "to_code": "SYS1", "to_level": "system", "indicator": "smoking", "what": "Why?"},
            **{"raised_on": date(2026, 5, 1), "reply_due": date(2026, 6, 1), "state": "unanswered"},
        }
    )
    (row,) = open_challenges(card.model_copy(update={"challenges": (challenge,)}))
    assert row.about == "About: Smoking"
