"""Writes a small partnership folder that has every kind of definition file, for tests to read and to spoil."""

from pathlib import Path
from typing import Final

FILES: Final[dict[str, str]] = {
    "partnership.yaml": """\
schema: 1
id: test
title: A partnership for tests
area_code: SYS
is_fictional: true
frameworks: [local, other]
series:
  - id: population
    kind: population
    title: Population
    source: Made up
    licence: OGL
    released_on: 2026-01-31
  - id: england
    kind: benchmark
    title: Benchmarks
    source: Made up
    licence: OGL
    released_on: 2026-01-31
  - id: esp
    kind: standard_population
    title: Weights
    source: Made up
    licence: OGL
    released_on: 2026-01-31
""",
    "areas.csv": """\
area_code,name,level,parent_code,valid_from,valid_to,successors
ENG,England,nation,,,,
SYS,Our system,system,ENG,,,
PL1,First place,place,SYS,,,
PL2,Second place,place,SYS,,,
NB1,One,neighbourhood,PL1,,,
NB2,Two,neighbourhood,PL2,,2025-03-31,NB3
NB3,Three,neighbourhood,PL2,2025-04-01,,
NB4,Four,neighbourhood,,,,
""",
    "footprints.csv": """\
area_code,member_code,weight,valid_from,valid_to
PL1,NB4,0.25,,
PL2,NB4,0.75,,2025-03-31
PL2,NB4,0.75,2025-04-01,
""",
    "neighbours.csv": """\
area_code,neighbour_code,source,edition
PL1,PL2,CIPFA,2024
PL2,PL1,CIPFA,2024
""",
    "partners.yaml": """\
partners:
  - code: T1
    name: A trust
    type: nhs_trust
    footprint: [PL1, PL2]
    supplies:
      - indicators: [carers, falls]
      - indicators: [smoking]
        area_codes: [PL1]
        source_codes: [T1, GP]
    file_pattern: "T1_*"
  - code: C1
    name: A council
    type: council
    footprint: [PL1]
    supplies:
      - indicators: [carers]
    layout: wide
    valid_from: 2020-04-01
  - code: P1
    name: A publisher
    type: publisher
    footprint: [SYS]
""",
    "calendar.yaml": """\
returns_from: 2025-04-01
due:
  quarter: {days_after_period: 30}
indicators:
  smoking: {days_after_period: 90}
""",
    "frameworks/local/framework.yaml": """\
id: local
version: "1"
title: Local
publisher: Us
source: Us
licence: OGL
includes: [shared/smoking@1]
outcomes:
  - id: live-well
    heard_through: A yearly survey of carers
    title: Live well
""",
    "frameworks/local/indicators.yaml": """\
indicators:
  - id: carers
    name: Carers who feel supported
    official_code: 2D(1)
    statistic: proportion
    numerator_definition: Carers who feel supported
    denominator_definition: Carers asked
    multiplier: 100
    unit: "%"
    period: quarter
    level: place
    valid_to: 2025-09-30
    breakdowns:
      - {dimension: sex, categories: [Male, Female], whole: Persons}
    source: Us
    licence: OGL
  - id: carers
    version: 2
    name: Carers who feel supported, new question
    statistic: proportion
    numerator_definition: Carers who feel supported
    denominator_definition: Carers asked
    multiplier: 100
    unit: "%"
    period: quarter
    level: place
    valid_from: 2025-10-01
    breakdowns:
      - {dimension: sex, categories: [Male, Female], whole: Persons}
    source: Us
    licence: OGL
  - id: falls
    name: Falls
    statistic: directly_standardised_rate
    numerator_definition: Admissions
    denominator_definition: Residents
    denominator: reference:population
    multiplier: 100000
    unit: per 100,000
    period: quarter
    level: neighbourhood
    breakdowns:
      - {dimension: age_band, categories: [0-64, 65+]}
    strata: age_band
    standard_population: esp
    optional_columns: [source_code]
    source: Us
    licence: OGL
""",
    "frameworks/local/inclusions.yaml": """\
inclusions:
  - indicator: carers
    outcome: live-well
    tier: local
    polarity: higher_is_better
    polarity_agreed_by: Board
    benchmarks: [statistical_neighbours]
  - indicator: carers
    version: 2
    outcome: live-well
    tier: local
    polarity: higher_is_better
    polarity_agreed_by: Board
  - indicator: falls
    outcome: live-well
    tier: operational
    polarity: lower_is_better
    polarity_agreed_by: Board
    balance: carers
    benchmarks: [fixed_value]
    benchmark_value: 12.5
  - indicator: smoking
    outcome: live-well
    tier: local
    polarity: no_judgement
""",
    "frameworks/other/framework.yaml": """\
id: other
version: "1"
title: Another
publisher: Them
source: Them
licence: OGL
includes: [shared/smoking@1]
outcomes:
  - id: prevention
    heard_through: Clinics
    title: Prevention
""",
    "frameworks/other/inclusions.yaml": """\
inclusions:
  - indicator: smoking
    outcome: prevention
    tier: national
    polarity: lower_is_better
    polarity_agreed_by: Ministry
    targets:
      - indicator: smoking
        kind: level
        points: [{period: 2026/27, value: 5}]
        set_by: nation
        decision: Plan 1
        agreed_on: 2026-01-15
""",
    "frameworks/shared/framework.yaml": """\
id: shared
version: "7"
title: Shared
publisher: Them
source: Them
licence: OGL
outcomes:
  - id: any
    title: Any
""",
    "frameworks/shared/indicators.yaml": """\
indicators:
  - id: smoking
    name: Smoking
    aliases: ["92443"]
    statistic: crude_rate
    numerator_definition: Smokers
    denominator_definition: Adults
    multiplier: 100
    period: financial_year
    level: place
    source: Them
    licence: OGL
  - id: unasked
    name: Asked by nobody
    statistic: count
    numerator_definition: Things
    period: month
    level: place
    source: Them
    licence: OGL
""",
    "series/population.csv": """\
area_code,period_kind,period,breakdown,numerator
NB1,calendar_year,2025,,1000
NB1,calendar_year,2025,age_band=0-64,800
NB1,calendar_year,2025,age_band=65+,200
""",
    "series/england.csv": """\
indicator_id,area_code,period_kind,period,value,lower_ci_95,upper_ci_95
smoking,ENG,financial_year,2025/26,11.9,11.5,12.3
carers,ENG,quarter,2025/26 Q1,50,,
""",
    "series/esp.csv": """\
breakdown,numerator
age_band=0-64,80000
age_band=65+,20000
""",
    "layouts/wide.yaml": """\
title: A wide sheet
columns: {code: place_code}
""",
    "policies/ours.yaml": """\
version: "1"
title: Ours
preset: {suppress_from: 1, suppress_to: 4}
presets:
  smoking: {suppress_from: 0, suppress_to: 7}
""",
    "agreements/PL1.yaml": """\
area_code: PL1
versions:
  - version: 1
    title: First
    form: memorandum_of_understanding
    frameworks: [local, other]
    parties:
      - {partner: T1, signatory_role: Chief executive, signed_on: 2025-03-20}
      - {partner: C1, signatory_role: Leader, signed_on: 2025-03-21}
    effective_from: 2025-04-01
    review_by: 2026-03-31
    decision: Board 1
  - version: 2
    title: Second
    form: joint_committee
    frameworks: [local, other]
    parties:
      - {partner: T1, signatory_role: Chief executive, signed_on: 2026-03-20}
      - {partner: C1, signatory_role: Leader}
    sign_off: {rule: quorate, number: 1}
    effective_from: 2026-04-01
    review_by: 2027-03-31
    supersedes: 1
    decision: Board 2
    responsibilities:
      - {partner: T1, role: accountable, indicators: [carers, smoking]}
      - {partner: C1, role: accountable, indicators: [carers, smoking]}
      - {partner: C1, role: supplies_data, indicators: [smoking]}
      - {partner: T1, role: contributes, indicators: [falls]}
      - {partner: C1, role: consulted, indicators: [falls]}
    targets:
      - indicator: carers
        area_code: PL1
        breakdown: sex=Female
        kind: path
        points: [{period: 2025/26 Q4, value: 50}, {period: 2026/27 Q4, value: 60}]
        set_by: place
        decision: Board 2
        agreed_on: 2026-03-20
""",
    "agreements/PL1/commitments.csv": """\
id,partner,outcome,indicator,what,due,kept_on
c1,T1,live-well,carers,Open a hub,2026-09-30,
c2,C1,,,Hire two people,2026-06-30,2026-06-15
""",
    "agreements/PL1/replies.csv": """\
indicator,partner,given_on,text
carers,C1,2026-08-01,"The survey moved, and
fewer answered."
""",
}


def write_world(folder: Path, changes: dict[str, tuple[str, str]] | None = None) -> Path:
    """Write the partnership into a new folder, with one piece of text replaced in each file named.

    Arguments:
        folder: Where; it is made.
        changes: File to (old, new): the first `old` becomes `new`; an empty `old` means the whole file.
    """
    files = dict(FILES)
    for name, (old, new) in (changes or {}).items():
        text = files.get(name, "")
        assert old in text, f"{old!r} is not in {name}"
        files[name] = text.replace(old, new, 1) if old else new
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def line_of(folder: Path, name: str, text: str, *, last: bool = False) -> int:
    """Return the 1-based line on which a text stands in a file: the first, or the last."""
    lines = (folder / name).read_text(encoding="utf-8").split("\n")
    found = [number for number, line in enumerate(lines, 1) if text in line]
    assert found, f"{text!r} is not in {name}"
    return found[-1] if last else found[0]
