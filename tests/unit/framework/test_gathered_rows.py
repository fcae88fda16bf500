"""Every row of the gathered lists is accounted for: nothing lost, nothing added, each difference with its reason."""

import re
from collections import Counter
from collections.abc import Callable

import pytest

from outcomes.vocabulary import Measured, PeriodKind, Polarity, Statistic
from tests.shared import needs_shared
from tests.unit.framework.gathered import (
    FILES,
    FRAMEWORKS,
    HOMES,
    Entry,
    Row,
    addresses_of,
    entries,
    entries_of,
    key_of,
    pairs,
    rows,
    state_of,
)

pytestmark = needs_shared

TWO_PARTS = {
    "LOF ASCOF 2B/2C: Admissions to residential a": "two measures in one line",
    "LOF ASCOF 2E(2a)/(2b): People who receive lo": "two measures in one line",
}
POLARITIES = {
    "high_is_good": Polarity.HIGHER_IS_BETTER,
    "low_is_good": Polarity.LOWER_IS_BETTER,
    "neutral": Polarity.NO_JUDGEMENT,
}
STATISTICS = {
    "proportion": Statistic.PROPORTION,
    "crude rate": Statistic.CRUDE_RATE,
    "DSR": Statistic.DIRECTLY_STANDARDISED_RATE,
    "mean": Statistic.MEAN,
    "count": Statistic.COUNT,
    "ratio": Statistic.RATIO,
}
PUBLISHED_AS = {
    "proportion": {"proportion"},
    "crude rate": {"crude rate"},
    "DSR": {"directly standardised rate"},
    "ISR": {"indirectly standardised ratio", "indirectly standardised rate"},
    "mean": {"mean"},
    "ratio": {"ratio", "rate"},
    "score": {"score"},
    "other": {
        "difference",
        "difference of two percentages",
        "flag",
        "healthy life expectancy",
        "life expectancy",
        "percentage change",
        "segment",
        "slope index of inequality",
    },
    "": {"", "percentage"},
}
# units of the lists that are printed in other words
UNITS = {
    "0-24": "out of 24",
    "0-12": "out of 12",
    "1.00-4.00": "score from 1 to 4",
    "score 1-4": "score from 1 to 4",
    "segment 1-4": "segment from 1 to 4",
    "segment 1-4 (5 = most support)": "segment from 1 to 5",
    "flag 0/1": "1 for yes, 0 for no",
    "% (100 = expected)": "% of expected",
}
# the short names of data sources, written out for a board
SOURCES = {
    "ONS": "Office for National Statistics",
    "DWP": "Department for Work and Pensions",
    "HMRC": "HMRC",
    "DfE": "Department for Education",
    "EYFSP": "Early Years Foundation Stage Profile",
    "MoJ": "Ministry of Justice",
    "ASCOF": "Adult Social Care Outcomes Framework",
    "APS": "Annual Population Survey",
    "LFS": "Labour Force Survey",
    "DfT": "Department for Transport",
    "Home Office": "Home Office",
    "MHCLG": "Ministry of Housing, Communities and Local Government",
    "IoD2025": "Indices of Deprivation 2025",
    "MENE": "Monitor of Engagement with the Natural Environment",
    "DESNZ": "Department for Energy Security and Net Zero",
    "ASCS": "Adult Social Care Survey",
    "SACE": "Survey of Adult Carers in England",
    "Active Lives": "Active Lives",
    "HES": "Hospital Episode Statistics",
    "OHID": "OHID",
    "NHS England": "NHS England",
    "NCMP": "National Child Measurement Programme",
    "NDTMS": "National Drug Treatment Monitoring System",
    "Defra": "Defra",
    "UKHSA": "UKHSA",
    "COVER": "COVER",
    "Moorfields": "Moorfields",
    "RCOphth": "Royal College of Ophthalmologists",
    "CLD": "client level data",
    "SAC": "Safeguarding Adults Collection",
    "Skills for Care": "Skills for Care",
    "CQC": "Care Quality Commission",
    "SUS": "SUS",
    "DRD": "discharge ready date",
    "SALT": "SALT",
    "RTT": "Referral to treatment",
    "Cancer waiting": "Cancer waiting",
    "A&E": "A&E",
    "Community waiting list": "Community waiting list",
    "MHSDS": "Mental Health Services Data Set",
    "CSDS": "Community Services Data Set",
    "HCAI": "healthcare-associated infections",
    "NHS Staff Survey": "NHS Staff Survey",
    "ESR": "Electronic Staff Record",
    "NHSE": "NHS England",
    "National cost collection": "National cost collection",
    "derived": "derived",
    "Fingertips": "Fingertips",
    "DHSC": "Department of Health and Social Care",
}
PERIODS = {
    "financial": {PeriodKind.FINANCIAL_YEAR},
    "calendar": {PeriodKind.CALENDAR_YEAR},
    "academic": {PeriodKind.ACADEMIC_YEAR},
    "3-year pooled calendar": {PeriodKind.THREE_CALENDAR_YEARS},
    "3-year pooled": {PeriodKind.THREE_CALENDAR_YEARS},
    "calendar (1y/3y)": {PeriodKind.CALENDAR_YEAR, PeriodKind.THREE_CALENDAR_YEARS},
    "1y/3y calendar": {PeriodKind.CALENDAR_YEAR, PeriodKind.THREE_CALENDAR_YEARS},
    "1-year and 3-year pooled calendar": {PeriodKind.CALENDAR_YEAR, PeriodKind.THREE_CALENDAR_YEARS},
    "financial (every 2 years)": {PeriodKind.FINANCIAL_YEAR},
    "financial (Q3 cohort)": {PeriodKind.FINANCIAL_YEAR},
    "financial multi-year cumulative": {PeriodKind.FINANCIAL_YEAR},
    "financial plan": {PeriodKind.FINANCIAL_YEAR},
    "flu season": {PeriodKind.FINANCIAL_YEAR},
    "survey year": {PeriodKind.FINANCIAL_YEAR},
    "winter year (Aug-Jul)": {PeriodKind.ACADEMIC_YEAR},
    "snapshot 31 March": {PeriodKind.FINANCIAL_YEAR},
    "snapshot": {PeriodKind.FINANCIAL_YEAR},
    "annual snapshot": {PeriodKind.CALENDAR_YEAR},
    "monthly": {PeriodKind.MONTH},
    "monthly plan, quarterly report": {PeriodKind.MONTH},
    "quarterly": {PeriodKind.QUARTER},
    "quarter": {PeriodKind.QUARTER},
    "12 months": {PeriodKind.QUARTER},
    "year to date": {PeriodKind.QUARTER},
    "latest month": {PeriodKind.QUARTER},
    "latest month in period": {PeriodKind.QUARTER},
    "rolling 12 months vs previous": {PeriodKind.QUARTER},
    "annual": {PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR},
    "annual/quarterly local": {PeriodKind.FINANCIAL_YEAR},
    "": {PeriodKind.FINANCIAL_YEAR},
}

# every difference between a gathered row and its entry, with the reason; one that is none any more fails too
NAME_EXCEPTIONS = {
    "ASCOF 2D(1)": "each version says its own window: 91 days up to 2023/24, then 12 weeks",
    "PHOF C02a": "one of the two names that public sources give to one id; the other stands in limits_of_use",
    "PHOF C06": "one of the two names that public sources give to one id; the other stands in limits_of_use",
    "BCF 2025-26 1": "aged 65+ is spelled out",
    "BCF 2025-26 2b": "says whose days are counted, which the gathered name leaves to the sentence before it",
}
NUMERATOR_EXCEPTIONS = {
    "NOF 2025/26 OF0020": "a count: its name says what is counted",
    "LOF Number of families in B&B over 6 weeks": "a count: its name says what is counted",
    "LOF Number of people sleeping rough on a sin": "a count: its name says what is counted",
    "LOF Number of people sleeping rough over the": "a count: its name says what is counted",
    "BCF 2025-26 S1": "one measure with BCF 2023-25 1, whose row says what is counted",
}
UNIT_EXCEPTIONS = {
    "LOF Births of new enterprises": "the row's note says that a percentage is published",
}


def deviations(differs: Callable[[Row, Entry], bool]) -> set[str]:
    return {key_of(row) for row, entry in pairs() if differs(row, entry)}


def is_shared(entry: Entry) -> bool:
    """Whether another framework defines the measure, in its own words."""
    return entry.indicator.key not in {one.key for one in entry.framework.indicators}


def test_the_six_lists_have_the_rows_that_they_had() -> None:
    counted = Counter(row["set"] for row in rows())
    assert counted == {
        "PHOF": 60,
        "ASCOF": 27,
        "BCF 2025-26": 9,
        "BCF 2023-25": 5,
        "NOF 2025/26": 33,
        "NOF 2026/27 (ICB)": 7,
        "LOF": 35,
        "Core20PLUS5 adults": 5,
        "Core20PLUS5 CYP": 5,
    }
    assert set(counted) == set(HOMES)
    assert len(FILES) == 6


@pytest.mark.slow
def test_every_row_has_its_entry_and_a_row_of_two_parts_has_two() -> None:
    found = {key_of(row): len(entries_of(row)) for row in rows()}
    assert {key: number for key, number in found.items() if number != 1} == dict.fromkeys(TWO_PARTS, 2)


@pytest.mark.parametrize("framework_id", FRAMEWORKS)
def test_every_entry_stands_for_one_row(framework_id: str) -> None:
    claimed = Counter(entry.inclusion.key for row, entry in pairs() if HOMES[row["set"]] == framework_id)
    assert claimed == Counter({entry.inclusion.key: 1 for entry in entries(framework_id)})


def test_names_are_those_that_were_gathered() -> None:
    def differs(row: Row, entry: Entry) -> bool:
        return entry.name != row["name"] and not (is_shared(entry) and not entry.inclusion.name)

    assert deviations(differs) == set(NAME_EXCEPTIONS)


def test_codes_and_fingertips_ids_are_those_that_were_gathered() -> None:
    for row, entry in pairs():
        if row["set"] == "PHOF":
            assert entry.code == row["id"], key_of(row)
        if row["fingertips_id"]:
            # one metric that is the sum of two indicators has neither's id
            is_sum = row["fingertips_id"] == "93725; 93726"
            assert (entry.indicator.id == row["fingertips_id"]) is not is_sum, key_of(row)
        if row["fingertips_id"] == "93725; 93726":
            assert all(part in entry.indicator.source for part in row["fingertips_id"].split("; "))


def test_lg_inform_ids_are_aliases_but_for_parts_of_a_measure() -> None:
    # men and women apart; concessionary journeys, a part of all
    parts = {"LG Inform 3155", "3156", "12804"}
    for row, entry in pairs():
        if row["set"] == "LOF" and row["id"]:
            for name in row["id"].split("; "):
                written = name if name.startswith("LG") else f"LG Inform {name}"
                assert (written in entry.indicator.aliases) is (name not in parts), name


def test_polarity_is_the_gathered_one_and_no_person_is_said_to_have_agreed_who_did_not() -> None:
    assert deviations(lambda row, entry: entry.inclusion.polarity is not POLARITIES[row["polarity"]]) == set()
    agreed = {
        entry.indicator.id: entry.inclusion.polarity_agreed_by
        for _, entry in pairs()
        if entry.inclusion.polarity is not Polarity.NO_JUDGEMENT
        and entry.inclusion.polarity_agreed_by != "to be confirmed"
    }
    assert agreed == dict.fromkeys(("20401", "22401", "41101", "93085", "93701"), "OHID, as published in Fingertips")


def test_the_state_of_verification_is_the_gathered_one() -> None:
    assert deviations(lambda row, entry: entry.verified.state.value != state_of(row)) == set()


def test_every_address_that_was_gathered_stands_beside_its_entry() -> None:
    lost = {
        (key_of(row), address)
        for row in rows()
        for address in addresses_of(row)
        if not any(
            address.startswith(there) or there.startswith(address)
            for entry in entries_of(row)
            for there in entry.addresses
            if there
        )
    }
    assert lost == set()


def test_the_data_source_is_the_gathered_one_written_out() -> None:
    def differs(row: Row, entry: Entry) -> bool:
        told = [
            long for short, long in SOURCES.items() if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", row["source"])
        ]
        assert told, row["source"]
        return not is_shared(entry) and not all(long in entry.indicator.source for long in told)

    assert deviations(differs) == set()


def test_the_statistic_is_the_gathered_kind_or_a_published_value_that_says_why() -> None:
    def differs(row: Row, entry: Entry) -> bool:
        indicator = entry.indicator
        if indicator.statistic is Statistic.PUBLISHED_VALUE:
            assert indicator.published_because, indicator.id
            return indicator.published_as not in PUBLISHED_AS[row["kind"]]
        return indicator.statistic is not STATISTICS.get(row["kind"])

    assert deviations(differs) == set()


def test_what_is_worked_out_here_has_its_multiplier_and_both_parts_of_its_definition() -> None:
    for row, entry in pairs():
        indicator = entry.indicator
        if indicator.statistic is Statistic.PUBLISHED_VALUE:
            continue
        assert indicator.numerator_definition, key_of(row)
        assert indicator.multiplier == float(row["multiplier"] or 1), key_of(row)
        if indicator.statistic is not Statistic.COUNT and not is_shared(entry):
            assert row["numerator"], key_of(row)
            assert row["denominator"], key_of(row)


def test_what_was_not_established_is_said_to_be_open_and_nothing_else_is() -> None:
    def differs(row: Row, entry: Entry) -> bool:
        if is_shared(entry):
            return False
        return any(
            (row[column] == "") is not (key in entry.indicator.not_established)
            for column, key in (("numerator", "numerator_definition"), ("denominator", "denominator_definition"))
            if not (column == "denominator" and entry.indicator.statistic is Statistic.COUNT)
        )

    assert deviations(differs) == set(NUMERATOR_EXCEPTIONS)


def test_units_are_the_gathered_ones() -> None:
    def differs(row: Row, entry: Entry) -> bool:
        return not is_shared(entry) and entry.indicator.unit != UNITS.get(row["unit"], row["unit"])

    assert deviations(differs) == set(UNIT_EXCEPTIONS)
    for row, entry in pairs():
        if not row["unit"] and not is_shared(entry) and key_of(row) not in UNIT_EXCEPTIONS:
            assert "unit" in entry.indicator.not_established, key_of(row)


def test_periods_are_the_gathered_ones_and_open_where_they_do_not_say_which_year() -> None:
    def differs(row: Row, entry: Entry) -> bool:
        return not is_shared(entry) and entry.indicator.period not in PERIODS[row["period_type"]]

    assert deviations(differs) == set()
    for row, entry in pairs():
        if row["period_type"] in ("", "annual", "annual snapshot", "3-year pooled") and not is_shared(entry):
            is_school = entry.indicator.period is PeriodKind.ACADEMIC_YEAR
            assert "period" in entry.indicator.not_established or is_school, key_of(row)
        if "snapshot" in row["period_type"]:
            assert entry.indicator.measured is Measured.AT_POINT, key_of(row)
