"""The texts of a first partnership folder made from a template: a tree of outcomes, and one place's first agreement."""

from pathlib import Path
from typing import Final

from outcomes.bundled import bundled_folder
from outcomes.errors import UnknownNameError
from outcomes.framework.loading import load_framework
from outcomes.framework.model import Framework, Inclusion
from outcomes.partnership.scaffold_texts import POLICY, calendar_text
from outcomes.vocabulary import Tier

__all__ = ["template_files", "template_names"]

# where the schemas lie beside the bundled definitions, and beside those of a new folder
_HERE: Final = "../../../src/outcomes/schemas/"
_THERE: Final = "../../schemas/"
_PARTIES: Final = {
    "TRUST": ("Our hospital trust", "nhs_trust", "Chief executive"),
    "PRIMARY": ("Our primary care network", "primary_care", "Clinical director"),
    "COUNCIL": ("Our council", "council", "Leader of the council"),
    "VOLUNTARY": ("Our voluntary sector alliance", "voluntary_sector", "Chair of trustees"),
}


def template_names() -> tuple[str, ...]:
    """Return the names of the templates that ship with the library, sorted.

    >>> template_names()
    ('life-course',)
    """
    return tuple(sorted(path.parent.name for path in _folder().glob("*/framework.yaml")))


def template_files(name: str) -> dict[str, str]:
    """Return the name and text of every file of a partnership of one place that begins with a template.

    Arguments:
        name: One of `template_names`.

    Raises:
        UnknownNameError: There is no such template; those there are, are listed.
    """
    if name not in template_names():
        raise UnknownNameError(f"there is no template {name!r}; there are: {', '.join(template_names())}")
    folder = _folder() / name
    framework = load_framework(folder)
    files = {
        f"frameworks/{name}/{path.name}": path.read_text(encoding="utf-8").replace(_HERE, _THERE)
        for path in sorted(folder.glob("*.yaml"))
    }
    files |= {
        "partnership.yaml": _PARTNERSHIP.replace("@template@", name),
        "areas.csv": "area_code,name,level,parent_code\nSYSTEM,Our system,system,\nPLACE-A,Our place,place,SYSTEM\n",
        "partners.yaml": _partners(framework),
        # figures of the year before the agreement are asked for too: they are what its targets start from
        "calendar.yaml": calendar_text("2025-04-01"),
        "policies/local.yaml": POLICY,
        "agreements/PLACE-A.yaml": _agreement(framework),
        "agreements/PLACE-A/commitments.csv": _COMMITMENTS,
        "agreements/PLACE-A/meetings.csv": _MEETINGS,
        "agreements/PLACE-A/decisions.csv": _DECISIONS,
    }
    return dict(sorted(files.items()))


def _folder() -> Path:
    return bundled_folder("frameworks", "templates")


def _ids(framework: Framework) -> list[str]:
    return [one.indicator for one in _ordered(framework)]


def _ordered(framework: Framework) -> list[Inclusion]:
    return sorted(framework.inclusions, key=lambda inclusion: (inclusion.order, inclusion.indicator))


def _listing(ids: list[str], indent: int) -> str:
    return "".join(f'{" " * indent}- "{one}"\n' for one in ids)


def _partners(framework: Framework) -> str:
    ids = _ids(framework)
    # in turn, so that each of them has something to send
    shares = {code: ids[number :: len(_PARTIES)] for number, code in enumerate(_PARTIES)}
    text = _PARTNERS
    for code, (name, kind, _) in _PARTIES.items():
        text += f"  - code: {code}\n    name: {name}\n    type: {kind}\n    footprint: [PLACE-A]\n"
        text += f"    supplies:\n      - indicators:\n{_listing(shares[code], 10)}"
        text += f'    file_pattern: "{code}_*"\n'
    return text


def _agreement(framework: Framework) -> str:
    parties = "".join(
        f"      - partner: {code}\n        signatory_role: {role}\n" for code, (_, _, role) in _PARTIES.items()
    )
    responsibilities = "".join(
        f"      - partner: {code}\n        role: accountable\n        indicators:\n{_listing(_ids(framework), 10)}"
        for code in _PARTIES
    )
    priorities = "".join(
        _PRIORITY.format(id=one.indicator, title=_short_name(framework, one.indicator), outcome=one.outcome)
        for one in _ordered(framework)
        if one.tier is Tier.LOCAL
    )
    return _AGREEMENT.format(
        template=framework.id, parties=parties, responsibilities=responsibilities, priorities=priorities
    )


def _short_name(framework: Framework, indicator_id: str) -> str:
    """The short name of an indicator that a framework defines; its id where another one defines it."""
    named = {indicator.id: indicator.short_name or indicator.name for indicator in framework.indicators}
    return named.get(indicator_id, indicator_id)


_PARTNERSHIP: Final = """\
# yaml-language-server: $schema=schemas/partnership.json
# A partnership: everything that figures are read against lies in this folder.
# Change these files in any text editor; `outcomes lint` names every fault with its file and line.
schema: 1
id: our-partnership
title: Our partnership
# the area that the pages open with; see areas.csv
area_code: SYSTEM
introduction: How the people of our place are doing, and what the partners do about it.
# a tree of outcomes in frameworks/@template@: change it as you agree
frameworks: [@template@]
"""

_PARTNERS: Final = """\
# yaml-language-server: $schema=schemas/partners.json
# The partners: every type has the same rights, deadlines and checks. Who sends what is a first guess: change it.
partners:
"""

_PRIORITY: Final = """\
      - id: {id}
        title: "{title}"
        outcome: {outcome}
        indicators: [{id}]
        set_by: place
        agreed_on: 2026-03-20
        decision: PB 2026/01
        # on what it rests: replace by your own strategic needs assessment, and say who took part
        evidence:
          - title: Joint strategic needs assessment
            dated: 2025-10-01
            review_by: 2028-09-30
            took_part: [Our council, Our primary care network, Our voluntary sector alliance]
"""

_AGREEMENT: Final = """\
# yaml-language-server: $schema=../schemas/agreement.json
# What the partners of one place agreed. A change of a target, priority or definition is a new version, with its reason
# and its decision. Promises, meetings and decisions stand in CSV files in the folder beside this file; so may
# challenges, replies, insights and resources.
area_code: PLACE-A
versions:
  - version: 1
    title: Our first agreement
    form: memorandum_of_understanding
    frameworks: [{template}]
    # it is a draft, and so is every page made under it, until each party has its signed_on: 2026-03-27
    parties:
{parties}    effective_from: 2026-04-01
    review_by: 2027-03-31
    decision: Partnership board, PB 2026/01
    reason: >-
      The partners of our place share four outcomes. Each does its part; none is scored for a shared outcome alone.
    priorities:
{priorities}    # who answers for what: several partners for each measure, for these outcomes are shared
    responsibilities:
{responsibilities}    # targets:
    #   - indicator: early-help
    #     area_code: PLACE-A
    #     kind: level
    #     points: [{{period: 2026/27 Q4, value: 60}}]
    #     set_by: place
    #     decision: Partnership board, PB 2026/01
    #     agreed_on: 2026-03-20
"""

_COMMITMENTS: Final = """\
id,partner,outcome,indicator,what,due,evidence,kept_on,not_kept_on,withdrawn_on,decision,explanation
c-01,COUNCIL,start-well,early-help,Open a family hub,2026-12-31,,,,,,
"""

_MEETINGS: Final = """\
id,body,held_on,quorum,present,where,minutes
pb-2026-03,Partnership board,2026-03-20,3,4,Town hall,
"""

_DECISIONS: Final = """\
reference,meeting,part,private_because,title,asked_by,outcome,indicator,recommendation,result,decided,dissent
PB 2026/01,pb-2026-03,public,,Our first agreement,,,,Agree version 1 and its priorities.,agreed,Agreed as put.,
"""
