"""What a page says of the areas that were there before its own: from observations to the printed sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from outcomes.framework.model import Framework, Inclusion, Indicator, Outcome
from outcomes.intake.checking import check
from outcomes.intake.from_frame import observations
from outcomes.intake.observations import Observations
from outcomes.ledger.recording import record
from outcomes.ledger.store import Ledger, open_ledger
from outcomes.partnership.building import partnership_from
from outcomes.partnership.model import Partner, Partnership, Supply
from outcomes.report.fragment import to_html_fragment
from outcomes.report.site import write_html
from outcomes.scorecard.model import FormerArea, FormerAreas, Scorecard
from outcomes.vocabulary import AreaChange, Qualifier, Reason, Word
from outcomes.workflows.explaining import explain
from outcomes.workflows.scoring import scorecards

TODAY = date(2024, 4, 1)
YEARS = [f"{year}/{year - 1999}" for year in range(2014, 2023)]
# North Yorkshire got a new code, Cumbria was divided, and Christchurch of Dorset joined Bournemouth
AREAS = pl.DataFrame(
    [
        ("R1", "Region", "region", None, None, None, None),
        ("NY1", "North Yorkshire", "place", "R1", None, date(2019, 3, 31), "NY2"),
        ("NY2", "North Yorkshire", "place", "R1", date(2019, 4, 1), None, None),
        ("CU", "Cumbria", "place", "R1", None, date(2019, 3, 31), "CL;WF"),
        ("CL", "Cumberland", "place", "R1", date(2019, 4, 1), None, None),
        ("WF", "Westmorland and Furness", "place", "R1", date(2019, 4, 1), None, None),
        ("BO", "Bournemouth", "place", "R1", None, date(2019, 3, 31), "BC"),
        ("DO", "Dorset", "place", "R1", None, date(2019, 3, 31), "BC"),
        ("BC", "Bournemouth and Dorset", "place", "R1", date(2019, 4, 1), None, None),
        ("BIG", "Big", "place", "R1", None, None, None),
        ("SMALL", "Small", "place", "R1", None, date(2019, 3, 31), "BIG"),
    ],
    schema=["area_code", "name", "level", "parent_code", "valid_from", "valid_to", "successors"],
    orient="row",
)


def _world(**more: Any) -> Partnership:
    given: dict[str, Any] = {
        "id": "smokers",
        "name": "Smokers",
        "statistic": "proportion",
        "numerator_definition": "Smokers",
        "denominator_definition": "Asked",
        "multiplier": 100,
        "unit": "%",
        "period": "financial_year",
        "level": "place",
        "source": "Ours",
        "licence": "OGL v3.0",
    }
    smokers = Indicator.model_validate(given | more)
    inclusion = Inclusion(
        indicator="smokers",
        outcome="health",
        tier="local",
        polarity="lower_is_better",
        trend="trend_fingertips_2020",
        polarity_agreed_by="A meeting",
        benchmarks=("region", "other_places"),
    )
    framework = Framework(
        id="ours",
        version="1",
        title="Ours",
        publisher="Us",
        source="Us",
        licence="OGL v3.0",
        outcomes=(Outcome(id="health", title="Health"),),
        indicators=(smokers,),
        inclusions=(inclusion,),
    )
    supply = Supply(indicators=("smokers",))
    partner = Partner(code="A", name="A", type="publisher", footprint=("R1",), supplies=(supply,))
    return partnership_from(frameworks=[framework], areas=AREAS, partners=[partner], area_code="R1")


def _frame(*codes: str, years: list[str] = YEARS) -> pl.DataFrame:
    """Every area in every year in which it was there, more by 30 each year."""
    dates = {code: (first, last) for code, first, last in AREAS.select("area_code", "valid_from", "valid_to").rows()}
    rows = []
    for place, year in enumerate(years):
        begins, ends = date(int(year[:4]), 4, 1), date(int(year[:4]) + 1, 3, 31)
        for code in codes:
            first, last = dates[code]
            if (first is None or first <= begins) and (last is None or ends <= last):
                rows.append(("smokers", code, year, 100 + 30 * place, 1000))
    return pl.DataFrame(
        rows, schema=["indicator_id", "area_code", "period", "numerator", "denominator"], orient="row"
    ).cast({"numerator": pl.Int64, "denominator": pl.Int64})


def _sent(partnership: Partnership, *codes: str, years: list[str] = YEARS) -> Observations:
    return observations(_frame(*codes, years=years), partnership, partner="A")


def _card(
    partnership: Partnership, place: str, *codes: str, years: list[str] = YEARS, as_of: date = TODAY
) -> Scorecard:
    found = _sent(partnership, *codes, years=years)
    (card,) = scorecards(partnership, found, as_of=as_of, policy="none", places=[place])
    return card


def test_a_new_code_is_said_and_the_trend_goes_across_it() -> None:
    (line,) = _card(_world(), "NY2", "NY1", "NY2").lines
    assert line.former_areas == (
        FormerAreas(
            change=AreaChange.RECODE,
            last=date(2019, 3, 31),
            areas=(FormerArea(area_code="NY1", name="North Yorkshire", share=1.0),),
        ),
    )
    former = [point.period for point in line.points if Qualifier.FORMER_AREAS in point.value.qualifiers]
    assert former == YEARS[:5]
    assert (line.trend.word, line.trend.points) == (Word.GETTING_WORSE, 5)
    assert not any(Qualifier.BREAK_IN_SERIES in point.value.qualifiers for point in line.points)


def test_a_divided_area_has_no_figures_a_break_and_no_trend_across_it() -> None:
    (line,) = _card(_world(), "CL", "CU", "CL", "WF").lines
    (stretch,) = line.former_areas
    assert (stretch.change, stretch.is_without_figures, stretch.areas[0].share) == (AreaChange.SPLIT, True, None)
    assert [point.value.reason for point in line.points] == [Reason.NOT_COMPARABLE] * 5 + [None] * 4
    breaks = [point.period for point in line.points if Qualifier.BREAK_IN_SERIES in point.value.qualifiers]
    assert breaks == ["2019/20"]
    assert line.trend.word is Word.CANNOT_TELL


def test_an_area_that_took_another_in_shows_a_break_and_no_trend_across_it() -> None:
    (line,) = _card(_world(), "BIG", "BIG", "SMALL").lines
    (stretch,) = line.former_areas
    assert (stretch.change, stretch.last) == (AreaChange.TAKEN_IN, date(2019, 3, 31))
    assert [area.name for area in stretch.areas] == ["Small"]
    assert line.trend.word is Word.CANNOT_TELL


def test_a_page_without_changes_says_nothing_of_them(tmp_path: Path) -> None:
    partnership = _world()
    found = _sent(partnership, "NY2", years=YEARS[5:])
    cards = scorecards(partnership, found, as_of=TODAY, policy="none", places=["NY2"])
    assert cards.cards[0].lines[0].former_areas == ()
    page = next(path for path in write_html(cards, tmp_path) if path.name == "NY2.html").read_text(encoding="utf-8")
    assert "former areas" not in page and "became this area" not in page


@pytest.mark.parametrize(
    ("place", "codes", "sentence"),
    [
        (
            "NY2",
            ("NY1", "NY2"),
            "Figures up to 31 March 2019 are those of North Yorkshire (NY1), which became this area.",
        ),
        ("BC", ("BO", "DO", "BC"), "Figures up to 31 March 2019 are the sums of Bournemouth (BO) and Dorset (DO)"),
        ("CL", ("CU", "CL"), "There are no figures up to 31 March 2019: this area was made of a part of Cumbria (CU)"),
        ("BIG", ("BIG", "SMALL"), "Figures up to 31 March 2019 are without Small (SMALL)"),
    ],
)
def test_the_page_says_what_earlier_figures_rest_on(
    place: str, codes: tuple[str, ...], sentence: str, tmp_path: Path
) -> None:
    partnership = _world()
    # once above the measures of the place, once behind the chart of the measure
    partners = {
        "index.html": 0,
        f"places/{place}.html": 1,
        f"agreements/{place}.html": 0,
        f"indicators/{place}/smokers.html": 1,
    }
    # the pages for the region and for the public leave it to these
    everyone = {**partners, f"national/{place}.html": 0, f"public/{place}.html": 0}
    for policy, expected in (("none", partners), ("hes-2018", everyone)):
        cards = scorecards(partnership, _sent(partnership, *codes), as_of=TODAY, policy=policy, places=[place])
        folder = tmp_path / policy
        pages = [path for path in write_html(cards, folder) if path.suffix == ".html"]
        written = {path.relative_to(folder).as_posix(): path for path in pages}
        assert {name: path.read_text(encoding="utf-8").count(sentence) for name, path in written.items()} == expected


def test_a_figure_of_a_former_area_is_held_against_what_the_area_of_today_lies_in() -> None:
    # soon enough that the figure is not too old to be judged
    day, codes = date(2021, 4, 1), ("NY1", "CU", "BO", "DO", "BIG", "SMALL")
    (line,) = _card(_world(), "NY2", *codes, years=YEARS[:5], as_of=day).lines
    region, others = line.comparisons
    assert region.benchmark is not None
    assert (region.benchmark.area_code, region.benchmark.value, region.word) == ("R1", 22.0, Word.SIMILAR)
    # the area of then is among the others of then
    assert others.word is Word.NOT_COMPARED


def test_a_larger_area_lists_its_parts_of_today_each_once() -> None:
    card = _card(_world(), "R1", "NY1", "CU", years=YEARS[:5])
    assert [part.area_code for part in card.lines[0].parts] == ["CL", "NY2", "WF"]
    names = ("Big", "Bournemouth and Dorset", "Cumberland", "North Yorkshire", "Westmorland and Furness")
    assert card.place.part_names == names


def test_a_current_value_that_rests_on_former_areas_says_so_beside_it() -> None:
    card = _card(_world(), "CL", "CU", years=YEARS[:5])
    assert card.lines[0].current is not None
    assert "this area was made of a part of Cumbria (CU)" in to_html_fragment(card, indicator="smokers")


def test_published_values_of_several_areas_are_not_added_up_and_the_page_says_why() -> None:
    partnership = _world(statistic="published_value", denominator_definition="")
    frame = _frame("BO", "DO", "BC").select(
        "indicator_id", "area_code", "period", value=pl.col("numerator").cast(float)
    )
    found = observations(frame, partnership, partner="A")
    (card,) = scorecards(partnership, found, as_of=TODAY, policy="none", places=["BC"])
    (stretch,) = card.lines[0].former_areas
    assert (stretch.change, stretch.is_without_figures) == (AreaChange.MERGER, True)
    fragment = to_html_fragment(card, indicator="smokers")
    assert "the published values of" not in fragment
    assert card.lines[0].points[0].value.reason is Reason.NOT_COMPARABLE


def _recorded(partnership: Partnership, folder: Path, *codes: str) -> Ledger:
    ledger = open_ledger(folder / "ledger")
    content = _frame(*codes).write_csv().replace("area_code", "place_code").encode()
    result = check(content, partnership, partner="A", as_of=TODAY, ledger=ledger, file_name="sent.csv")
    assert result.verdict != "rejected", result.findings
    record(ledger, result, content, received_at=datetime(2024, 4, 1, tzinfo=UTC))
    return ledger


def test_explain_shows_the_rows_of_former_areas_that_no_footprint_places(tmp_path: Path) -> None:
    partnership = _world()
    placed = partnership.footprints
    former = ("NY1", "CU", "BO", "DO", "SMALL")
    is_former = pl.col("member_code").is_in(former)
    # that those of today lie in the region says that they did, but not that the sender may name them
    (sender,) = partnership.partners
    partnership = replace(
        partnership,
        footprints=replace(placed, frame=placed.frame.filter(~is_former)),
        partners=(sender.model_copy(update={"footprint": ("R1", *former)}),),
    )
    ledger = _recorded(partnership, tmp_path, *former, "BIG")
    found = explain(ledger, partnership, place="R1", indicator="smokers", as_of=TODAY, period="2016/17")
    assert found.value.numerator == sum(row.numerator or 0 for row in found.rows) == 960
    assert [row.area_code for row in found.rows] == sorted([*former, "BIG"])


def test_explain_shows_the_rows_of_the_former_area(tmp_path: Path) -> None:
    partnership = _world()
    ledger = _recorded(partnership, tmp_path, "NY1", "CU")
    found = explain(ledger, partnership, place="NY2", indicator="smokers", as_of=TODAY, period="2016/17")
    assert [(row.area_code, row.numerator, row.file) for row in found.rows] == [("NY1", 160, "sent.csv")]
    figures = [text for step in found.steps for name, text in step.figures if name == "former area"]
    assert figures == ["all of North Yorkshire (NY1)"]
    divided = explain(ledger, partnership, place="CL", indicator="smokers", as_of=TODAY, period="2016/17")
    assert (divided.value.reason, [row.area_code for row in divided.rows]) == (Reason.NOT_COMPARABLE, ["CU"])
    figures = [text for step in divided.steps for name, text in step.figures if name == "former area"]
    assert figures == ["an unknown part of Cumbria (CU)"]
