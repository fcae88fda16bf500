"""What is everybody for one indicator may be a part, or other people, for the next."""

from outcomes.framework.model import Breakdown
from tests.unit.intake.returns_world import SEX, codes, found, indicator, returns_world, sent, sheet

WOMEN = indicator("screening", breakdowns=(Breakdown(dimension="sex", whole="Female"),))
OLD = indicator("falls", breakdowns=(SEX, Breakdown(dimension="age_band", whole="65+")))
WORLD = returns_world(indicators=(WOMEN, OLD))
HEADER = "indicator_id,place_code,period,sex,age_band,numerator,denominator"


def test_women_are_a_part_where_men_are_counted_too_and_everybody_where_not() -> None:
    rows = ("screening,P1,2026-04,Female,,1,9", "falls,P1,2026-04,Female,65+,1,9", "falls,P1,2026-04,Persons,65+,2,9")
    result = sent(sheet(*rows, header=HEADER), partnership=WORLD)
    figures = result.frame.select("indicator_id", "breakdown").rows()
    assert figures == [("falls", ""), ("falls", "sex=Female"), ("screening", "")]


def test_all_ages_are_not_the_old() -> None:
    result = sent(sheet("falls,P1,2026-04,Persons,All ages,2,9", header=HEADER), partnership=WORLD)
    assert "OUT-221" in codes(result)


def test_a_word_that_is_not_known_is_answered_with_the_word_for_everybody_too() -> None:
    (finding,) = found(sent(sheet("falls,P1,2026-04,Total,,2,9", header=HEADER), partnership=WORLD), "OUT-221")
    assert finding.text.endswith("There are: Persons, Male, Female.")
    (finding,) = found(sent(sheet("screening,P1,2026-04,Women,,2,9", header=HEADER), partnership=WORLD), "OUT-221")
    assert finding.text.endswith("There are: Female.")
