"""Every lint rule: one small spoiling of a sound partnership, and the rule, file and line that are named."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from outcomes.errors import DefinitionError
from outcomes.partnership.lint import lint_partnership, rules
from outcomes.partnership.loading import load_partnership
from tests.unit.world.agreement_cases import AGREEMENT_ADVICE, AGREEMENT_FAULTS
from tests.unit.world.meeting_cases import MEETING_FAULTS
from tests.unit.world.money_cases import MONEY_ADVICE, MONEY_FAULTS
from tests.unit.world.mutual_cases import MUTUAL_ADVICE, MUTUAL_FAULTS
from tests.unit.world.place_cases import PLACE_FAULTS
from tests.unit.world.release_cases import RELEASE_FAULTS
from tests.unit.world.test_insights_and_panels import FAULTS as FAULTS_OF_VOICE
from tests.unit.world.test_rules_without_a_case import BROKEN_BY
from tests.world_folder import FILES, line_of, write_world

LOCAL = "frameworks/local/framework.yaml"
INDICATORS = "frameworks/local/indicators.yaml"
INCLUSIONS = "frameworks/local/inclusions.yaml"
OTHER = "frameworks/other/inclusions.yaml"
SHARED = "frameworks/shared/indicators.yaml"
NEIGHBOURS = "neighbours.csv"
PL1 = "agreements/PL1.yaml"
PROMISES = "agreements/PL1/commitments.csv"
REPLIES = "agreements/PL1/replies.csv"
ESP, ENGLAND, POPULATION = "series/esp.csv", "series/england.csv", "series/population.csv"


SELECTED = "selections: [{framework: "
STATUSES = "frameworks/local/statuses.yaml"
TABLE = """\
title: Two statuses
source: made up
not_available: none
statuses: [{id: good, text: Going well}, {id: none, text: Nothing to say}]
rules:
  - {status: good, target: [met, on track], because: a}
  - {status: none, target: [not met, off track, cannot tell, no target], because: b}
"""
LOCAL_REBASED = "    rebased:\n      - {indicator: carers, from: 2025-03-01, because: New, decision: Board 3}\n"
REBASED = "    rebased:\n      - {from: 2025-03-01, because: A second team}\n"


BALANCE = "    balance: carers\n"
FIFTHS = "      - {dimension: fifths, categories: [most, least], deprivation: most_deprived_first}\n"
UNORDERED = "      - {dimension: deprivation_quintile, categories: [most, least]}\n"


class Case(NamedTuple):
    """`old` becomes `new` in a file; the rule is named at the line of `at` in `where` (the same file unless given)."""

    rule: str
    file: str
    old: str
    new: str
    at: str = ""
    where: str = ""
    is_last: bool = False


def _with_remainder(code: str, said: str) -> str:
    """The areas with a column is_remainder, which one of them fills."""
    return _with_column("is_remainder", {code: said})


def _with_column(name: str, told: dict[str, str]) -> str:
    """The areas with another column, which some of them fill."""
    header, *rows = FILES["areas.csv"].splitlines()
    filled = [f"{row},{told.get(row.split(',')[0], '')}" for row in rows]
    return "\n".join([f"{header},{name}", *filled, ""])


RISING = """\
      - indicator: smoking
        area_code: PL1
        kind: change
        by: {per_cent: 10}
        baseline: {period: 2025/26}
        due: 2027/28
        set_by: place
        decision: Board 3
        agreed_on: 2026-03-20
"""

FAULTS = [
    # frameworks
    Case("unknown-framework", "partnership.yaml", "[local, other]", "[local, other, phoff]", "phoff"),
    Case("unknown-framework", LOCAL, "[shared/smoking@1]", "[shared/smoking@1, no-such/x@1]", "no-such"),
    Case("unknown-framework", PL1, "[local, other]", "[local, shared]", "shared]"),
    Case("framework-twice", "partnership.yaml", "[local, other]", "[local, other, local]", "local, other, local"),
    Case(
        "unknown-selection",
        "partnership.yaml",
        "series:",
        f"{SELECTED}shared, indicators: [smoking]}}]\nseries:",
        "shared",
    ),
    Case(
        "unknown-selection",
        "partnership.yaml",
        "series:",
        f"{SELECTED}local, indicators: [carer]}}]\nseries:",
        "carer]",
    ),
    Case(
        "unknown-selection",
        "partnership.yaml",
        "series:",
        f"{SELECTED}other, indicators: [smoking]}},\n  {{framework: other, indicators: [smoking]}}]\nseries:",
        "  {framework: other",
    ),
    Case("id-and-folder", LOCAL, "id: local", "id: elsewhere", "id: elsewhere"),
    Case("id-and-folder", "layouts/wide.yaml", "title:", "id: narrow\ntitle:", "id: narrow"),
    Case("id-and-folder", PL1, "area_code: PL1", "area_code: PL2", "area_code: PL2"),
    Case("missing-version", LOCAL, "shared/smoking@1", "shared/smoking@3", "@3"),
    Case("missing-version", INCLUSIONS, "    version: 2", "    version: 9", "version: 9"),
    Case("unknown-indicator", LOCAL, "shared/smoking@1", "shared/smokers@1", "smokers"),
    Case("unknown-indicator", INCLUSIONS, "indicator: falls", "indicator: fall", "indicator: fall"),
    Case("unknown-indicator", INCLUSIONS, "balance: carers", "balance: carer", "balance: carer"),
    Case("unknown-indicator", "partners.yaml", "[carers, falls]", "[carers, nothing]", "nothing"),
    Case("unknown-indicator", "partners.yaml", "[carers, falls]", "[carers, unasked]", "unasked"),
    Case("unknown-indicator", "calendar.yaml", "smoking:", "smokin:", "smokin:"),
    Case("unknown-indicator", "policies/ours.yaml", "smoking:", "smokin:", "smokin:"),
    Case("unknown-indicator", PL1, "indicators: [carers, smoking]", "indicators: [carers, smokin]", "smokin]"),
    Case("unknown-indicator", PL1, "- indicator: carers", "- indicator: carer", "indicator: carer"),
    Case("unknown-indicator", PROMISES, ",carers,", ",carer,", ",carer,"),
    Case("unknown-indicator", REPLIES, "carers,C1", "carer,C1", "carer,C1"),
    Case(
        "include-cycle",
        "frameworks/shared/framework.yaml",
        "outcomes:",
        "includes: [local/falls@1]\noutcomes:",
        "local/",
    ),
    Case("duplicate-indicator", SHARED, "id: unasked", "id: falls", "id: falls"),
    Case("duplicate-indicator", INDICATORS, "    version: 2\n", "", "id: carers", is_last=True),
    Case("overlapping-versions", INDICATORS, "    valid_to: 2025-09-30\n", "", "version: 2"),
    Case("overlapping-versions", INDICATORS, "valid_from: 2025-10-01", "valid_from: 2025-09-30", "version: 2"),
    Case("inclusion-twice", INCLUSIONS, "    version: 2\n", "", "indicator: carers", is_last=True),
    Case("unknown-outcome", INCLUSIONS, "outcome: live-well", "outcome: live", "outcome: live"),
    Case("unknown-outcome", PROMISES, ",live-well,", ",live,", ",live,"),
    Case("outcome-twice", LOCAL, "Live well\n", "Live well\n  - {id: live-well, title: Again}\n", "Again"),
    Case(
        "indicator-without-outcome",
        INCLUSIONS,
        FILES[INCLUSIONS][FILES[INCLUSIONS].index("  - indicator: falls") :],
        "",
        "id: falls",
        INDICATORS,
    ),
    Case("polarity-not-agreed", OTHER, "    polarity_agreed_by: Ministry\n", "", "polarity: lower_is_better"),
    Case("benchmark-without-value", INCLUSIONS, "    benchmark_value: 12.5\n", "", "benchmarks: [fixed_value]"),
    Case("benchmark-without-value", INCLUSIONS, "    benchmarks: [fixed_value]\n", "", "benchmark_value"),
    Case("rebased-in-order", INCLUSIONS, "    balance: carers\n", f"    balance: carers\n{REBASED}", "rebased:"),
    Case(
        "rebased-in-order",
        INCLUSIONS,
        "    balance: carers\n",
        f"    balance: carers\n    special_cause: ptd\n{REBASED}      - {{from: 2025-02-01, because: Earlier}}\n",
        "2025-02-01",
    ),
    Case(
        "unknown-method", INCLUSIONS, "    balance: carers\n", "    balance: carers\n    trend: fingertips\n", "trend:"
    ),
    Case("unknown-method", INCLUSIONS, "    balance: carers\n", "    balance: carers\n    special_cause: pdt\n", "pdt"),
    Case("unknown-method", INDICATORS, "    strata: age_band\n", "    strata: age_band\n    method: byar\n", "method:"),
    Case("unknown-inequality-method", INCLUSIONS, BALANCE, f"{BALANCE}    inequality: gap_trend_2020\n", "inequality:"),
    Case("unknown-inequality-method", INCLUSIONS, BALANCE, f"{BALANCE}    slope_index: sii\n", "slope_index:"),
    Case("slope-seed", INCLUSIONS, BALANCE, f"{BALANCE}    slope_index: slope_index_simulated\n", "slope_index:"),
    Case("slope-seed", INCLUSIONS, BALANCE, f"{BALANCE}    slope_index_seed: 7\n", "slope_index_seed:"),
    Case(
        "one-gap",
        INDICATORS,
        "    strata: age_band\n",
        f"{FIFTHS}    is_gap: true\n    strata: age_band\n",
        "deprivation: most",
    ),
    Case("unknown-status", STATUSES, "", TABLE.replace("{status: good", "{status: god"), "status: god"),
    Case("status-twice", STATUSES, "", TABLE.replace("Nothing to say", "Going well"), "statuses:"),
    Case("unknown-signal-word", STATUSES, "", TABLE.replace("[met, on track]", "[meet]"), "[meet]"),
    Case("status-gap", STATUSES, "", TABLE.replace(", no target", ""), "rules:"),
    Case("status-overlap", STATUSES, "", TABLE.replace("[not met", "[met, not met"), "[met, not met"),
    Case("local-rebase", PL1, "    targets:\n", f"{LOCAL_REBASED}    targets:\n", "indicator: carers, from"),
    Case(
        "local-rebase-twice",
        PL1,
        "    targets:\n",
        f"{LOCAL_REBASED}      - {{indicator: carers, from: 2025-02-01, because: Old, decision: B}}\n    targets:\n",
        "2025-02-01",
    ),
    Case("unknown-optional-column", INDICATORS, "[source_code]", "[sauce_code]", "sauce_code"),
    Case("breakdown-twice", INDICATORS, "[0-64, 65+]", "[0-64, 65+, 0-64]", "0-64, 65+, 0-64"),
    Case("national-target", OTHER, "2026/27", "2026-27", "2026-27"),
    Case("national-target", OTHER, "agreed_on: 2026-01-15", "agreed_on: 2026-04-02", "agreed_on"),
    Case("national-target", OTHER, "      - indicator: smoking", "      - indicator: carers", "- indicator: carers"),
    Case(
        "target-of-one-area",
        OTHER,
        "        kind: level",
        "        area_code: PL1\n        kind: level",
        "area_code: PL1",
    ),
    # geography
    Case("area-twice", "areas.csv", "NB4,", "NB3,", "NB3,Four"),
    Case("earlier-without-periods", INCLUSIONS, "[fixed_value]", "[fixed_value, own_earlier_value]", "own_earlier"),
    Case(
        "earlier-without-periods", INCLUSIONS, "    benchmark_value", "    periods_back: 4\n    benchmark_value", "back"
    ),
    Case(
        "unknown-overdispersion-method",
        INCLUSIONS,
        "    benchmark_value",
        "    overdispersion: sometimes\n    benchmark_value",
        "sometimes",
    ),
    Case("neighbour-row", NEIGHBOURS, "PL1,PL2,CIPFA,2024", "PL1,PL2,CIPFA,", "PL1,PL2"),
    Case("neighbour-row", NEIGHBOURS, "PL1,PL2,", "PL1,PL1,", "PL1,PL1"),
    Case("neighbour-row", NEIGHBOURS, "PL2,PL1,", "PL1,PL2,", "PL1,PL2", is_last=True),
    Case("neighbours-of-one-list", NEIGHBOURS, "PL2,PL1,CIPFA,2024", "PL1,NB1,CIPFA,2018", "2018"),
    Case("unknown-neighbour", NEIGHBOURS, "PL1,PL2,", "PL7,PL2,", "PL7"),
    Case("unknown-neighbour", NEIGHBOURS, "PL1,PL2,", "PL1,PL8,", "PL8"),
    Case("unknown-level", "areas.csv", "One,neighbourhood", "One,hood", "hood"),
    Case("area-remainder", "areas.csv", "", _with_remainder("NB4", "yes"), "NB4"),
    Case("area-remainder", "areas.csv", "", _with_remainder("PL1", "true"), "PL1,First"),
    Case("area-other-code", "areas.csv", "", _with_column("other_codes", {"PL1": "X1", "NB1": "x1;Y"}), "NB1,"),
    Case("area-other-code", "areas.csv", "", _with_column("other_codes", {"PL1": "nb1"}), "PL1,"),
    Case("area-dates", "areas.csv", "2025-04-01,,", "2025-04-01,2025-03-01,", "2025-03-01"),
    Case("unknown-area", "areas.csv", "PL1,,,\n", "PL7,,,\n", "PL7"),
    Case("unknown-area", "areas.csv", "NB3\nNB3", "NB9\nNB3", "NB9"),
    Case("unknown-area", "footprints.csv", "PL1,NB4", "PL1,NB9", "NB9"),
    Case("unknown-area", "footprints.csv", "PL1,NB4", "PL9,NB4", "PL9"),
    Case("unknown-area", "partners.yaml", "footprint: [PL1]", "footprint: [PL9]", "PL9"),
    Case("unknown-area", "partners.yaml", "area_codes: [PL1]", "area_codes: [PL9]", "PL9"),
    Case("unknown-area", "partnership.yaml", "area_code: SYS", "area_code: SYX", "SYX"),
    Case("unknown-area", PL1, "        area_code: PL1", "        area_code: PL9", "PL9"),
    Case("successor-dates", "areas.csv", "PL2,,2025-03-31,NB3", "PL2,,,NB3", "NB2,Two"),
    Case("successor-dates", "areas.csv", "PL2,2025-04-01,,", "PL2,2025-04-02,,", "NB2,Two"),
    Case("successor-cycle", "areas.csv", "PL2,2025-04-01,,", "PL2,2025-04-01,2025-04-30,NB2", "NB2,Two"),
    Case(
        "successor-shares", "areas.csv", "Four,neighbourhood,,,,", "Four,neighbourhood,,,2025-04-30,PL1;PL2;NB3", "NB4"
    ),
    Case("area-cycle", "footprints.csv", "PL1,NB4", "NB4,PL1,1,,\nPL1,NB4", "NB4,PL1"),
    Case("area-level-order", "footprints.csv", "PL1,NB4", "PL2,PL1,1,,\nPL1,NB4", "PL2,PL1"),
    Case("footprint-weight", "footprints.csv", "0.25", "0", "PL1,NB4,0,"),
    Case("footprint-twice", "footprints.csv", "0.75,2025-04-01,", "0.75,2025-03-31,", "0.75,2025-03-31"),
    Case("footprint-twice", "footprints.csv", "PL1,NB4", "SYS,PL1,1,,\nPL1,NB4", "SYS,PL1"),
    Case("footprint-weights", "footprints.csv", "0.75,2025-04-01", "0.85,2025-04-01", "0.85"),
    # partners, layouts, policies
    Case("unknown-layout", "partners.yaml", "layout: wide", "layout: long", "layout: long"),
    Case("unknown-layout-column", "layouts/wide.yaml", "{code: place_code}", "{code: area_code}", "title"),
    Case("unknown-partner", "partners.yaml", "layout: wide", "successor: C9", "successor: C9"),
    Case("unknown-partner", PL1, "{partner: C1, role: supplies_data", "{partner: C9, role: supplies_data", "C9"),
    Case("unknown-partner", PL1, "{partner: C1, signatory_role: Leader}", "{partner: C9, signatory_role: L}", "C9"),
    Case("unknown-partner", PROMISES, "c2,C1", "c2,C9", "C9"),
    Case("unknown-partner", REPLIES, "carers,C1", "carers,C9", "C9"),
    Case("partner-twice", "partners.yaml", "code: C1", "code: t1", "code: t1"),
    Case("partner-dates", "partners.yaml", "2020-04-01", "2020-04-01\n    valid_to: 2019-01-01", "2019-01-01"),
    Case("supply-outside-footprint", "partners.yaml", "area_codes: [PL1]", "area_codes: [SYS]", "SYS"),
    Case("file-pattern-twice", "partners.yaml", "layout: wide", 'file_pattern: "T1_*"', "T1_*", is_last=True),
    Case(
        "policy-range",
        "policies/ours.yaml",
        "suppress_from: 1, suppress_to: 4",
        "suppress_from: 5, suppress_to: 4",
        "5",
    ),
    Case(
        "policy-range",
        "policies/ours.yaml",
        "suppress_from: 1, suppress_to: 4",
        "suppress_from: 3, suppress_to: 4",
        "3",
    ),
    Case("policy-width", "policies/ours.yaml", "title: Ours", "title: Ours\nprotection_width: 0", "width"),
    Case("policy-none", "policies/none.yaml", "", FILES["policies/ours.yaml"], "version"),
    # series
    Case("unknown-series", INDICATORS, "reference:population", "reference:people", "reference:people"),
    Case("series-kind", INDICATORS, "reference:population", "reference:esp", "reference:esp"),
    Case("series-kind", INDICATORS, "standard_population: esp", "standard_population: england", "england"),
    Case("unknown-series", INDICATORS, "standard_population: esp", "standard_population: wsp", "wsp"),
    Case("series-twice", "partnership.yaml", "id: england", "id: population", "id: population", is_last=True),
    Case("series-row", POPULATION, ",1000", ",", ",,", is_last=False),
    Case("series-row", POPULATION, ",800", ",-800", "-800"),
    Case("series-row", ENGLAND, ",50,,", ",,,", ",,,"),
    Case("series-row-twice", POPULATION, "age_band=65+,200", "age_band=0-64,200", ",200"),
    Case("series-interval", ENGLAND, "11.5", "11.95", "11.95"),
    Case("missing-stratum", ESP, "age_band=65+,20000\n", "", "strata: age_band", INDICATORS),
    # agreements
    Case("local-target", PL1, "period: 2026/27 Q4", "period: 2026-27 Q4", "2026-27"),
    Case("local-target", PL1, "agreed_on: 2026-03-20", "agreed_on: 2027-02-01", "agreed_on: 2027"),
    Case("local-target", PL1, "sex=Female", "sex=Women", "sex=Women"),
    Case("local-target", PL1, "sex=Female", "age_band=65+", "age_band"),
    Case("local-target", PL1, "{period: 2025/26 Q4, value: 50}, ", "{period: 2027/28 Q4, value: 50}, ", "2027/28"),
    Case("target-outside-place", PL1, "        area_code: PL1", "        area_code: PL2", "        area_code: PL2"),
    Case("target-outside-place", PL1, "        area_code: PL1\n", "", "- indicator: carers"),
    Case("agreement-version-twice", PL1, "version: 2", "version: 1", "version: 1", is_last=True),
    Case("agreement-supersedes", PL1, "    supersedes: 1\n", "", "version: 2"),
    Case("agreement-supersedes", PL1, "supersedes: 1", "supersedes: 2", "supersedes: 2"),
    Case("agreement-supersedes", PL1, "supersedes: 1", "supersedes: 3", "supersedes: 3"),
    Case(
        "agreement-supersedes",
        PL1,
        "effective_from: 2026-04-01",
        "effective_from: 2025-04-01",
        "effective_from",
        is_last=True,
    ),
    Case("agreement-dates", PL1, "review_by: 2027-03-31", "review_by: 2026-04-01", "review_by", is_last=True),
    Case("party-twice", PL1, "{partner: C1, signatory_role: Leader}", "{partner: T1, signatory_role: L}", "role: L}"),
    Case("carried-over-signature", PL1, "signed_on: 2026-03-20", "signed_on: 2025-03-20", "2025-03-20", is_last=True),
    Case("carried-over-signature", PL1, "signed_on: 2026-03-20", "signed_on: 2025-03-19", "2025-03-19"),
    Case("publisher-signs", PL1, "{partner: C1, signatory_role: Leader}", "{partner: P1, signatory_role: L}", "P1"),
    Case("publisher-signs", PL1, "{partner: C1, role: accountable", "{partner: P1, role: consulted", "P1"),
    Case("publisher-signs", PROMISES, "c2,C1", "c2,P1", "P1"),
    Case(
        "accountable-and-no-party", PL1, "      - {partner: C1, signatory_role: Leader}\n", "", "C1, role: accountable"
    ),
    Case("responsibility-twice", PL1, "[smoking]}", "[smoking, smoking]}", "smoking, smoking"),
    Case("commitment-twice", PROMISES, "c2,C1", "c1,C1", "c1,C1"),
    *(Case(*case) for case in AGREEMENT_FAULTS),
    *(Case(*case) for case in MUTUAL_FAULTS),
    *(Case(*case) for case in MONEY_FAULTS),
    *(Case(*case) for case in PLACE_FAULTS),
    *(Case(*case) for case in MEETING_FAULTS),
    *(Case(*case) for case in RELEASE_FAULTS),
]

ADVICE = [
    Case("no-supplier", "partners.yaml", "[carers, falls]", "[carers]", "partners:"),
    Case(
        "neighbours-asked-for",
        NEIGHBOURS,
        "PL1,PL2,CIPFA,2024\nPL2,PL1,CIPFA,2024\n",
        "",
        "statistical_neighbours",
        INCLUSIONS,
    ),
    Case("ambiguous-name", SHARED, '["92443"]', '["2D(1)"]', "aliases"),
    Case("asked-twice", SHARED, '["92443"]', '["92443"]\n    overlaps_with: [carers]', "overlaps_with"),
    Case(
        "definition-to-be-confirmed",
        INDICATORS,
        "    strata: age_band\n",
        "    strata: age_band\n    verified: to be confirmed\n",
        "frameworks: [local",
        "partnership.yaml",
    ),
    Case(
        "unsuited-special-cause",
        OTHER,
        "    polarity_agreed_by: Ministry\n",
        "    polarity_agreed_by: Ministry\n    special_cause: ptd\n",
        "special_cause: ptd",
    ),
    Case(
        "deprivation-in-order", INDICATORS, "    strata: age_band\n", f"{UNORDERED}    strata: age_band\n", "quintile"
    ),
    Case(
        "change-for-the-worse",
        PL1,
        "agreed_on: 2026-03-20\n",
        f"agreed_on: 2026-03-20\n{RISING}",
        "by: {per_cent: 10}",
    ),
    Case("balance-of-itself", INCLUSIONS, "balance: carers", "balance: falls", "balance: falls"),
    Case(
        "outcome-without-indicator",
        LOCAL,
        "    title: Live well\n",
        "    title: Live well\n  - id: die-well\n    title: Die well\n",
        "die-well",
    ),
    Case(
        "outcome-without-purpose",
        LOCAL,
        "    title: Live well\n",
        "    title: Live well\n    purpose: Long lives\n  - id: die-well\n    title: Die well\n",
        "die-well",
    ),
    Case("footprint-remainder", "footprints.csv", "0.25", "0.2", "PL1,NB4,0.2"),
    Case(
        "one-owner",
        PL1,
        "      - {partner: C1, role: accountable, indicators: [carers, smoking]}\n",
        "",
        "responsibilities",
    ),
    Case("no-owner", INCLUSIONS, "tier: operational", "tier: local", "responsibilities", PL1),
    Case(
        "publisher-supplies",
        "partners.yaml",
        "footprint: [SYS]",
        "footprint: [SYS]\n    supplies: [{indicators: [carers]}]",
        "supplies: [{",
    ),
    Case("supplies-nothing", "partners.yaml", "footprint: [PL1]", "footprint: [NB1]", "[carers]"),
    Case("nothing-expected", "calendar.yaml", "returns_from: 2025-04-01\n", "", "due:"),
    Case("series-unknown-indicator", ENGLAND, "carers,", "cares,", "cares,"),
    Case("series-unknown-area", POPULATION, "NB1,", "NB77,", "NB77"),
    *(Case(*case) for case in AGREEMENT_ADVICE),
    *(Case(*case) for case in MUTUAL_ADVICE),
    *(Case(*case) for case in MONEY_ADVICE),
]


def _spoil(case: Case, folder: Path) -> tuple[Path, str, int]:
    write_world(folder, {case.file: (case.old, case.new)})
    where = case.where or case.file
    return folder, where, line_of(folder, where, case.at, last=case.is_last)


def test_the_partnership_for_tests_is_sound(tmp_path: Path) -> None:
    assert lint_partnership(write_world(tmp_path / "world")) == ()


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: f"{case.rule}-{case.file}")
def test_a_broken_rule_is_named_with_its_file_and_line_and_nothing_loads(case: Case, tmp_path: Path) -> None:
    folder, where, line = _spoil(case, tmp_path / "world")
    faults = [fault for fault in lint_partnership(folder) if fault.rule == case.rule]
    assert (where, line) in {(fault.file, fault.line) for fault in faults}
    assert not any(fault.is_advice for fault in faults)
    assert all(fault.message.endswith(".") for fault in faults)
    with pytest.raises(DefinitionError) as raised:
        load_partnership(folder)
    assert set(faults) <= set(raised.value.faults)


@pytest.mark.parametrize("case", ADVICE, ids=lambda case: f"{case.rule}-{case.file}")
def test_advice_is_said_with_its_file_and_line_and_stops_nothing(case: Case, tmp_path: Path) -> None:
    folder, where, line = _spoil(case, tmp_path / "world")
    found = lint_partnership(folder)
    assert (case.rule, where, line, True) in {(one.rule, one.file, one.line, one.is_advice) for one in found}
    assert all(one.is_advice for one in found)
    assert f"{case.rule} (advice): " in "\n".join(map(str, found))
    load_partnership(folder)


def test_a_count_is_compared_with_nothing_but_a_fixed_value_or_its_own_earlier_one(tmp_path: Path) -> None:
    terms = "    polarity: no_judgement\n    benchmarks: [fixed_value, system]\n    benchmark_value: 3\n"
    changes = {
        SHARED: ("statistic: crude_rate", "statistic: count"),
        INCLUSIONS: ("    polarity: no_judgement\n", terms),
    }
    folder = write_world(tmp_path / "count", changes)
    (fault,) = lint_partnership(folder)
    at = line_of(folder, INCLUSIONS, "[fixed_value, system]")
    assert (fault.rule, fault.file, fault.line, fault.is_advice) == ("count-compared", INCLUSIONS, at, False)
    assert "'smoking' is a count, and would be compared with system" in fault.message
    assert lint_partnership(write_world(tmp_path / "rate", {INCLUSIONS: changes[INCLUSIONS]})) == ()
    alone = {**changes, INCLUSIONS: ("    polarity: no_judgement\n", terms.replace(", system", ""))}
    assert lint_partnership(write_world(tmp_path / "fixed", alone)) == ()
    earlier = terms.replace(", system", ", own_earlier_value").replace("value: 3", "value: 3\n    periods_back: 1")
    alone = {**changes, INCLUSIONS: ("    polarity: no_judgement\n", earlier)}
    assert lint_partnership(write_world(tmp_path / "earlier", alone)) == ()


def test_nobody_is_told_of_missing_suppliers_before_anybody_supplies(tmp_path: Path) -> None:
    text = "partners:\n  - {code: T1, name: A trust, type: nhs_trust}\n  - {code: C1, name: C, type: council}\n"
    changes = {
        "partners.yaml": ("", text),
        PL1: ("      - {partner: C1, role: supplies_data, indicators: [smoking]}\n", ""),
    }
    assert lint_partnership(write_world(tmp_path / "world", changes)) == ()


def test_a_supplier_is_not_called_missing_while_a_partner_cannot_be_read(tmp_path: Path) -> None:
    folder = write_world(tmp_path / "world", {"partners.yaml": ("type: nhs_trust", "type: trust")})
    assert [fault.rule for fault in lint_partnership(folder)] == ["unknown-word"]


def test_an_agreement_names_a_supplier_too(tmp_path: Path) -> None:
    text = FILES["partners.yaml"].replace("      - indicators: [smoking]\n", "      - indicators: [carers]\n")
    folder = write_world(tmp_path / "world", {"partners.yaml": ("", text)})
    assert lint_partnership(folder) == ()


def test_a_file_that_nothing_reads_is_advised_on(tmp_path: Path) -> None:
    folder = write_world(tmp_path / "world")
    (folder / "agreements" / "PL2.yml").write_text("area_code: PL2\n", encoding="utf-8")
    (folder / "series" / "spare.csv").write_text("a\n", encoding="utf-8")
    found = [(one.file, one.is_advice) for one in lint_partnership(folder) if one.rule == "unread-file"]
    assert found == [("agreements/PL2.yml", True), ("series/spare.csv", True)]


def test_every_rule_has_a_case_and_one_line_that_says_what_it_asks() -> None:
    from outcomes.definitions import LOADING_RULES

    said = rules()
    assert all(text.rstrip(")").endswith(("advice", ".")) for text in said.values())
    loading = set(LOADING_RULES)
    voiced = {case.rule for case in FAULTS_OF_VOICE} - loading
    cased = {case.rule for case in (*FAULTS, *ADVICE)} | voiced
    # no rule is cited that has a case of its own
    assert cased & set(BROKEN_BY) == set()
    assert set(said) - loading == cased | set(BROKEN_BY)


def test_one_mistake_is_said_once_where_it_stands_and_not_wherever_it_is_used(tmp_path: Path) -> None:
    changes = {INDICATORS: ("period: quarter", "period: fortnight")}
    found = lint_partnership(write_world(tmp_path / "world", changes))
    assert [(fault.file, fault.rule) for fault in found] == [(INDICATORS, "unknown-word")]


def test_two_targets_for_one_period_and_two_successors_of_one_version_are_refused(tmp_path: Path) -> None:
    text = FILES[PL1]
    target = text[text.index("      - indicator: carers") :]
    third = text[text.index("  - version: 2") :].replace("version: 2", "version: 3").replace("2026-04-01", "2026-05-01")
    third = third.replace("2026-03-20", "2026-04-20", 1)
    folder = write_world(tmp_path / "world", {PL1: ("", text + target + third)})
    found = {fault.rule: fault.line for fault in lint_partnership(folder) if not fault.is_advice}
    assert found == {
        "target-twice": line_of(folder, PL1, "version: 3") - target.count("\n"),
        "superseded-twice": line_of(folder, PL1, "supersedes: 1", last=True),
    }


def test_limits_that_begin_anew_here_and_in_a_framework_on_one_day_are_named_with_their_line(tmp_path: Path) -> None:
    asked = f"    balance: carers\n    special_cause: ptd\n{REBASED}"
    change = "{indicator: falls, from: 2025-03-01, because: New, decision: Board 3}"
    changes = {
        INCLUSIONS: ("    balance: carers\n", asked),
        PL1: ("    targets:\n", f"    rebased:\n      - {change}\n    targets:\n"),
    }
    folder = write_world(tmp_path / "world", changes)
    (fault,) = (fault for fault in lint_partnership(folder) if not fault.is_advice)
    assert (fault.rule, fault.file, fault.line) == ("local-rebase-twice", PL1, line_of(folder, PL1, change))
    assert "already lets the limits of 'falls' begin anew on 2025-03-01" in fault.message
    other = {**changes, PL1: ("    targets:\n", changes[PL1][1].replace("2025-03-01", "2025-04-01"))}
    assert [one for one in lint_partnership(write_world(tmp_path / "other", other)) if not one.is_advice] == []


def test_an_area_outside_the_place_has_no_limits_that_the_agreement_can_begin_anew(tmp_path: Path) -> None:
    change = "{indicator: carers, area_code: PL2, from: 2025-03-01, because: New, decision: Board 3}"
    folder = write_world(
        tmp_path / "world", {PL1: ("    targets:\n", f"    rebased:\n      - {change}\n    targets:\n")}
    )
    said = [fault.message for fault in lint_partnership(folder) if fault.rule == "local-rebase"]
    assert "the area 'PL2' lies outside 'PL1'." in said


def test_the_methods_that_may_be_named_are_those_of_the_registry() -> None:
    from outcomes.estimates.terms import interval_method
    from outcomes.framework.signal_rules import INTERVAL_METHODS, SIGNAL_METHODS
    from outcomes.statistics import METHODS
    from outcomes.vocabulary import AS_PUBLISHED, Signal
    from tests.small_world import indicator

    of_signal = {key: sorted(one.name for one in METHODS if one.signal is Signal(key)) for key in SIGNAL_METHODS}
    assert {key: sorted(names) for key, names in SIGNAL_METHODS.items()} == of_signal
    strata: dict[str, Any] = {
        "strata": "age",
        "standard_population": "esp2013",
        "breakdowns": [{"dimension": "age", "categories": ["1"]}],
    }
    for statistic, names in INTERVAL_METHODS.items():
        offered = {one.name for one in METHODS if statistic in one.statistics} - {"dobson_byar_repeat_events"}
        assert set(names) == offered
        for name in set(names) - {AS_PUBLISHED}:
            assert interval_method(indicator(statistic=statistic, method=name, **strata)) == name
