"""Remainders: what belongs to no area of its level counts in the whole, and is never expected, judged or shown."""

from datetime import date

import polars as pl
import pytest

import outcomes as oc
from outcomes.framework.model import Framework, Inclusion, Indicator, Outcome
from outcomes.partnership.calendar import Calendar
from outcomes.partnership.model import Partner, Partnership
from outcomes.partnership.supplies import expected_figures
from outcomes.scorecard.assembly import places_of

AS_OF = date(2026, 7, 1)
NHSE = {"code": "NHSE", "name": "Publisher", "type": "publisher", "footprint": ["E92"]}


def world(is_remainder: str | None = "true", **more: object) -> Partnership:
    waits = Indicator(
        id="waits",
        name="Waits",
        statistic="proportion",
        numerator_definition="Seen in time",
        denominator_definition="Seen",
        multiplier=100,
        period="month",
        level="place",
        source="Ours",
        licence="OGL v3.0",
    )
    terms = Inclusion(
        indicator="waits",
        outcome="sooner",
        tier="national",
        polarity="higher_is_better",
        polarity_agreed_by="The board",
        benchmarks=("nation",),
    )
    framework = Framework(
        id="ours",
        version="1",
        title="Ours",
        publisher="Us",
        source="Us",
        licence="OGL v3.0",
        outcomes=(Outcome(id="sooner", title="Sooner"),),
        indicators=(waits,),
        inclusions=(terms,),
    )
    areas = pl.DataFrame(
        {
            "area_code": ["E92", "P1", "P2", "UNKNOWN"],
            "name": ["England", "North", "South", "Unknown commissioner"],
            "level": ["nation", "place", "place", "place"],
            "parent_code": [None, "E92", "E92", "E92"],
            "is_remainder": [None, None, "false", is_remainder],
        }
    )
    return oc.partnership_from(frameworks=[framework], areas=areas, **more)  # type: ignore[arg-type]


def figures(*rows: tuple[str, int, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [("NHSE", "", "waits", 1, code, "month", date(2026, 3, 1), "", of, total) for code, of, total in rows],
        schema={
            "partner_code": pl.String,
            "source_code": pl.String,
            "indicator_id": pl.String,
            "indicator_version": pl.Int32,
            "area_code": pl.String,
            "period_kind": pl.String,
            "period_start": pl.Date,
            "breakdown": pl.String,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
        },
        orient="row",
    )


def england(partnership: Partnership, *rows: tuple[str, int, int]) -> dict[str, object]:
    found = oc.roll_up(figures(*rows), partnership, as_of=AS_OF).frame
    return found.filter(pl.col("area_code") == "E92").row(0, named=True)


def test_a_remainder_counts_in_the_whole_above_it() -> None:
    row = england(world(), ("P1", 8, 10), ("P2", 3, 10), ("UNKNOWN", 1, 5))
    assert (row["numerator"], row["denominator"], row["qualifiers"]) == (12, 25, [])


def test_a_whole_is_complete_without_a_figure_of_a_remainder() -> None:
    rows = (("P1", 8, 10), ("P2", 3, 10))
    assert england(world(), *rows)["qualifiers"] == []
    assert england(world(is_remainder=None), *rows)["missing_parts"] == ["UNKNOWN"]


def test_a_place_that_is_missing_is_missing_whatever_a_remainder_sent() -> None:
    assert england(world(), ("P1", 80, 100), ("UNKNOWN", 1, 5))["missing_parts"] == ["P2"]


def test_nothing_is_judged_of_a_remainder() -> None:
    partnership = world()
    measures = oc.roll_up(figures(("P1", 8, 10), ("P2", 3, 10), ("UNKNOWN", 1, 5)), partnership, as_of=AS_OF)
    estimates = oc.estimate(measures, partnership)
    assert "UNKNOWN" in estimates.frame["area_code"].to_list()
    judged = oc.judge(estimates, partnership, as_of=AS_OF).frame["area_code"].unique().sort().to_list()
    assert judged == ["E92", "P1", "P2"]


def test_a_remainder_has_no_page() -> None:
    partnership = world()
    assert places_of(partnership, AS_OF) == ("P1", "P2")
    with pytest.raises(oc.UnknownNameError, match="is a remainder"):
        places_of(partnership, AS_OF, ["P1", "UNKNOWN"])


def test_nothing_is_expected_of_a_remainder() -> None:
    calendar = {"returns_from": "2026-03-01"}
    partner = Partner.model_validate({**NHSE, "supplies": [{"indicators": ["waits"]}]})
    partnership = world(partners=[partner], calendar=Calendar.model_validate(calendar))
    expected = expected_figures(partnership, date(2026, 4, 1))
    assert expected["area_code"].unique().sort().to_list() == ["P1", "P2"]


def test_a_remainder_is_said_with_true_or_false() -> None:
    with pytest.raises(oc.DefinitionError, match="is_remainder is 'yes'"):
        world(is_remainder="yes")


def test_a_partnership_made_of_anothers_areas_keeps_its_remainders() -> None:
    partnership = world()
    again = oc.partnership_from(
        frameworks=partnership.frameworks, areas=partnership.areas, footprints=partnership.footprints
    )
    assert again.areas.remainders == frozenset({"UNKNOWN"})


def test_a_remainder_stands_after_the_areas_of_a_whole_and_is_not_counted_among_them() -> None:
    partnership = world()
    sent = pl.DataFrame(
        [("waits", code, "2026-03", "1", "5") for code in ("P1", "P2", "UNKNOWN")],
        schema=["indicator_id", "place_code", "period", "numerator", "denominator"],
        orient="row",
    )
    observations = oc.observations(sent, partnership)
    (card,) = oc.scorecards(partnership, observations, as_of=AS_OF, policy="none", places=["E92"])
    (line,) = card.lines
    assert [(part.area_code, part.is_remainder) for part in line.parts] == [
        ("P1", False),
        ("P2", False),
        ("UNKNOWN", True),
    ]
    html = oc.to_html_fragment(card, indicator="waits")
    assert "2 areas inside England" in html
    assert html.count("Counted here, in none of the areas above") == 1
