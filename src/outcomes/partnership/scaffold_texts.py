"""The texts of a first partnership folder, file by file, with the comments that teach."""

import json
from typing import Final

from outcomes.partnership.indicator_list import ListedIndicator, slug_of

__all__ = ["POLICY", "calendar_text", "first_files"]

SYSTEM: Final = "SYSTEM"
PLACES: Final = {"PLACE-A": "First place", "PLACE-B": "Second place"}
PARTNERS: Final = ("TRUST", "COUNCIL")
OUTCOME: Final = "our-outcome"
ABOVE: Final = {"nation": "NATION", "region": "REGION"}


def first_files(listed: tuple[ListedIndicator, ...], origin: str, offered: tuple[str, ...]) -> dict[str, str]:
    """Return the name and text of every file of a first partnership folder.

    Arguments:
        listed: Its indicators.
        origin: The name of the list that they come from; empty for the examples.
        offered: A line for each framework that ships with the library.
    """
    levels = {one.keys["level"] for one in listed}
    files = {
        "partnership.yaml": _PARTNERSHIP.replace("@offered@", "\n".join(f"#   {line}" for line in offered)),
        "areas.csv": _areas(levels),
        "partners.yaml": _partners(listed, levels),
        "calendar.yaml": calendar_text("2026-04-01"),
        "frameworks/local/framework.yaml": _framework(listed),
        "frameworks/local/indicators.yaml": _indicators(listed),
        "frameworks/local/inclusions.yaml": _inclusions(listed, origin),
        "policies/local.yaml": POLICY,
    }
    files |= {f"agreements/{code}.yaml": _agreement(code, name, listed) for code, name in PLACES.items()}
    return dict(sorted(files.items()))


def calendar_text(returns_from: str) -> str:
    """Return the calendar of a first folder: how long after its period a figure is due.

    Arguments:
        returns_from: The day before which no period may begin of which a figure is expected, year-month-day.
    """
    return _CALENDAR.replace("@returns_from@", returns_from)


def _quoted(text: str) -> str:
    """Write text as a YAML scalar that means exactly this."""
    return json.dumps(text, ensure_ascii=False)


def _top(levels: set[str]) -> str:
    return next((code for level, code in ABOVE.items() if level in levels), SYSTEM)


def _areas(levels: set[str]) -> str:
    rows = ["area_code,name,level,parent_code"]
    parent = ""
    for level, code in ABOVE.items():
        if level in levels:
            rows.append(f"{code},The {level},{level},{parent}")
            parent = code
    rows.append(f"{SYSTEM},Our system,system,{parent}")
    below = sorted(levels - {"nation", "region", "system", "place"})
    for code, name in PLACES.items():
        rows.append(f"{code},{name},place,{SYSTEM}")
        rows += [f"{code}-{level.upper()}-1,A {level} of {name.lower()},{level},{code}" for level in below]
    return "\n".join(rows) + "\n"


def _outcomes(listed: tuple[ListedIndicator, ...]) -> dict[str, str]:
    """Return id and title of each outcome, in the order of the list."""
    found: dict[str, str] = {}
    for one in listed:
        found.setdefault(_outcome(one), one.outcome or "The end that our partners share, in plain words")
    return found


def _outcome(one: ListedIndicator) -> str:
    return slug_of(one.outcome) or OUTCOME


def _framework(listed: tuple[ListedIndicator, ...]) -> str:
    outcomes = "".join(
        f"  - id: {_quoted(outcome_id)}\n    title: {_quoted(title)}\n    order: {order}\n"
        "    heard_through: to be agreed, such as a residents' panel\n"
        for order, (outcome_id, title) in enumerate(_outcomes(listed).items(), 1)
    )
    return _FRAMEWORK + outcomes


def _indicators(listed: tuple[ListedIndicator, ...]) -> str:
    entries = []
    for one in listed:
        lines = [f"{key}: {_quoted(value)}" for key, value in one.keys.items()]
        entries.append("  - " + "\n    ".join(lines) + "\n")
    return _INDICATORS + "\n".join(entries)


def _inclusions(listed: tuple[ListedIndicator, ...], origin: str) -> str:
    agreed = f"as written in {origin}; to be confirmed by the partners" if origin else "example; to be agreed"
    entries = []
    for order, one in enumerate(listed, 1):
        entry = (
            f"  - indicator: {_quoted(one.keys['id'])}\n    outcome: {_quoted(_outcome(one))}\n    tier: local\n"
            f"    polarity: {one.polarity}\n"
        )
        if one.polarity != "no_judgement":
            entry += f"    polarity_agreed_by: {_quoted(agreed)}\n"
        # a count grows with the size of its area: there is nothing to compare it with
        if one.keys["level"] in ("nation", "region", "system") or one.keys["statistic"] == "count":
            entry += "    benchmarks: []\n"
        else:
            entry += "    benchmarks: [system]\n"
        entries.append(f"{entry}    order: {order}\n")
    return _INCLUSIONS + "\n".join(entries)


def _partners(listed: tuple[ListedIndicator, ...], levels: set[str]) -> str:
    ids = [_quoted(one.keys["id"]) for one in listed]
    # in turn, so that both have something to send where there are two or more
    halves = dict(zip(PARTNERS, (ids[::2], ids[1::2]), strict=True))
    details = {"TRUST": ("Our hospital trust", "nhs_trust"), "COUNCIL": ("Our council", "council")}
    text = _PARTNERS
    for code, (name, kind) in details.items():
        text += f"  - code: {code}\n    name: {name}\n    type: {kind}\n    footprint: [{_top(levels)}]\n"
        if halves[code]:
            text += f"    supplies:\n      - indicators:\n{_listing(halves[code], 10)}"
        text += f'    file_pattern: "{code}_*"\n'
    return text


def _agreement(code: str, name: str, listed: tuple[ListedIndicator, ...]) -> str:
    responsibilities = "".join(
        f"      - partner: {partner}\n        role: accountable\n        indicators:\n"
        f"{_listing([_quoted(one.keys['id']) for one in listed], 10)}"
        for partner in PARTNERS
    )
    return _AGREEMENT.format(code=code, name=name, first=_quoted(listed[0].keys["id"])) + responsibilities


def _listing(values: list[str], indent: int) -> str:
    return "".join(f"{' ' * indent}- {value}\n" for value in values)


_PARTNERSHIP: Final = """\
# yaml-language-server: $schema=schemas/partnership.json
# A partnership: everything that figures are read against lies in this folder.
# Change these files in any text editor; `outcomes lint` names every fault with its file and line.
schema: 1
id: our-partnership
title: Our partnership
# the area that the pages open with; see areas.csv
area_code: SYSTEM
introduction: How the people of our places are doing, and what the partners do about it.
# folders of frameworks/, and sets that ship with the library:
@offered@
frameworks: [local]
# of a large set, only what you ask for; a set that is not named here is taken whole
# selections:
#   - framework: phof
#     indicators: ["22401", "93085"]
# populations and published benchmarks; each entry has a file series/<id>.csv
# series:
#   - id: population
#     kind: population
#     title: Mid-year population
#     source: Office for National Statistics
#     licence: Open Government Licence v3.0
#     released_on: 2026-07-15
"""

_CALENDAR: Final = """\
# yaml-language-server: $schema=schemas/calendar.json
# When figures are due, in days after the end of their period.
# No figure is expected for a period that begins before this day.
returns_from: @returns_from@
due:
  month: {days_after_period: 30}
  quarter: {days_after_period: 45}
  calendar_year: {days_after_period: 180}
  financial_year: {days_after_period: 180}
  academic_year: {days_after_period: 180}
"""

_FRAMEWORK: Final = """\
# yaml-language-server: $schema=../../schemas/framework.json
# A framework: which outcomes, and in the files beside it which indicators on which terms.
id: local
version: "1"
title: Our local outcomes framework
publisher: Our partnership
source: Agreed by the partners
licence: Open Government Licence v3.0
# indicators of other frameworks, asked of partners once however many frameworks use them: [phof/20401@1].
# `outcomes catalogue` lists those that ship with the library: first what is official, its definition seen at the
# publisher, then what is to be confirmed. Include what is official; of the rest read the publisher's definition first.
includes: []
# heard_through: how people themselves are listened to about it. A measure that is their own account of their care or
# their life says is_experience_measure: true; what they said is logged beside the agreement, in insights.csv.
outcomes:
"""

_INDICATORS: Final = """\
# yaml-language-server: $schema=../../schemas/indicators.json
# What is measured. A changed definition is a new version: copy the entry, raise its version, end the old one with
# valid_to and begin the new one with valid_from.
indicators:
"""

_INCLUSIONS: Final = """\
# yaml-language-server: $schema=../../schemas/inclusions.json
# The terms for each indicator: its outcome, who asks for it (local, national, operational), which direction is good and
# who agreed that, and what it is compared with.
inclusions:
"""

_PARTNERS: Final = """\
# yaml-language-server: $schema=schemas/partners.json
# The partners: every type has the same rights, deadlines and checks. The footprint names areas; what lies below them
# belongs to it. A file in the inbox whose name fits file_pattern is taken to be that partner's.
partners:
"""

POLICY: Final = """\
# yaml-language-server: $schema=../schemas/policy.json
# How small numbers are protected. hes-2018, opensafely and under-5 ship with the library and need no file.
id: local
version: "1"
title: Counts of 1 to 7 hidden, the rest to the nearest 5
source: To be agreed by the partners
preset:
  suppress_from: 1
  suppress_to: 7
  rounds_to: 5
"""

_AGREEMENT: Final = """\
# yaml-language-server: $schema=../schemas/agreement.json
# What the partners of one place agreed. A change of a target, priority or definition is a new version.
# Promises and replies stand in {code}/commitments.csv and {code}/replies.csv beside this file.
area_code: {code}
versions:
  - version: 1
    title: Agreement for {name}
    form: memorandum_of_understanding
    frameworks: [local]
    # it is a draft, and so is every page made under it, until each party has its signed_on: 2026-03-31
    parties:
      - partner: TRUST
        signatory_role: Chief executive
      - partner: COUNCIL
        signatory_role: Leader of the council
    effective_from: 2026-04-01
    review_by: 2027-03-31
    decision: Partnership board, to be recorded
    # targets:
    #   - indicator: {first}
    #     area_code: {code}
    #     kind: level
    #     points: [{{period: 2026/27 Q4, value: 60}}]
    #     set_by: place
    #     decision: Partnership board 2026/04
    #     agreed_on: 2026-04-20
    # a shared outcome has several owners: partners with the role accountable
    responsibilities:
"""
