"""Where an NHS number stands in one row, what is said of several rows repeats nothing of it, and is a sentence."""

from outcomes.intake.remark import Remark
from outcomes.intake.wording import findings_of


def test_what_is_said_of_several_rows_is_a_sentence_still() -> None:
    details = {"partition": "sex", "relatives": "rows 2, 3"}
    remarks = (Remark(code="OUT-506", row=2, column="numerator", details=details), Remark(code="OUT-701", row=9))
    said = [finding.text for finding in findings_of(remarks, "a.csv", None) if finding.code == "OUT-506"]
    assert said == ["The parts by sex add up to more than the whole (rows not shown)."]
