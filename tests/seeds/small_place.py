"""Writes a place of a few partners whose framework has so many local, national and everyday measures."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

__all__ = ["PARTNERS", "YEARS", "write_place", "yearly_return"]

# code, name, sector
PARTNERS: Final = (
    ("TRU", "The trust", "nhs_trust"),
    ("GPS", "The practices", "primary_care"),
    ("COU", "The council", "council"),
    ("VOL", "The alliance", "voluntary_sector"),
)
YEARS: Final = ("2021/22", "2022/23", "2023/24", "2024/25", "2025/26")
_OUTCOMES: Final = ("start", "live", "age")
_COLUMNS: Final = "indicator_id,place_code,period,numerator,denominator"


def _indicator(name: str) -> str:
    return f"""\
  - id: {name}
    name: Measure {name}
    statistic: proportion
    numerator_definition: People counted
    denominator_definition: People asked
    multiplier: 100
    unit: "%"
    period: financial_year
    level: place
    source: Made up
    licence: OGL
"""


def _inclusion(name: str, tier: str, outcome: str, order: int, more: str = "") -> str:
    return f"""\
  - indicator: {name}
    outcome: {outcome}
    tier: {tier}
    polarity: lower_is_better
    polarity_agreed_by: The board
    order: {order}
{more}"""


def write_place(
    folder: Path,
    *,
    local: int = 3,
    national: int = 3,
    operational: int = 0,
    partners: Sequence[tuple[str, str, str]] = PARTNERS,
    balances: dict[str, str] | None = None,
    more_agreement: str = "",
) -> Path:
    """Write the partnership into a new folder and return it.

    Arguments:
        folder: Where; it is made.
        local, national, operational: How many measures of each tier (`l1`, `n1`, `o1` …), in turn under three outcomes.
        partners: Code, name and sector of each; measures are theirs in turn.
        balances: Of a measure, the one that would show its side effect.
        more_agreement: Further lines of the agreement's only version, or further versions.
    """
    names = [(f"{tier[0]}{number}", tier) for tier, count in
             (("local", local), ("national", national), ("operational", operational))
             for number in range(1, count + 1)]  # fmt: skip
    asked = {code: [name for number, (name, _) in enumerate(names) if number % len(partners) == place]
             for place, (code, _, _) in enumerate(partners)}  # fmt: skip
    beside = balances or {}
    inclusions = "".join(
        _inclusion(
            name,
            tier,
            _OUTCOMES[number % len(_OUTCOMES)],
            number,
            f"    balance: {beside[name]}\n" if name in beside else "",
        )
        for number, (name, tier) in enumerate(names)
    )
    duties = "".join(
        f"      - {{partner: {code}, role: accountable, indicators: [{', '.join(given)}]}}\n"
        for code, given in asked.items()
        if given
    )
    files = {
        "partnership.yaml": "schema: 1\nid: small\ntitle: A small partnership\narea_code: SYS\nis_fictional: true\n"
        "frameworks: [small]\n",
        "areas.csv": "area_code,name,level,parent_code,valid_from,valid_to,successors\n"
        "SYS,The system,system,,,,\nPL1,The place,place,SYS,,,\n",
        "partners.yaml": "partners:\n"
        + "".join(
            f"  - {{code: {code}, name: {name}, type: {kind}, footprint: [PL1], file_pattern: '{code}_*', "
            f"supplies: [{{indicators: [{', '.join(asked[code])}]}}]}}\n"
            for code, name, kind in partners
        ),
        "calendar.yaml": "returns_from: 2021-04-01\ndue:\n  financial_year: {days_after_period: 90}\n",
        "frameworks/small/framework.yaml": 'id: small\nversion: "1"\ntitle: Small\npublisher: Us\nsource: Us\n'
        "licence: OGL\npurpose: That people live well\noutcomes:\n"
        + "".join(f"  - {{id: {one}, title: People {one} well, order: {n}}}\n" for n, one in enumerate(_OUTCOMES, 1)),
        "frameworks/small/indicators.yaml": "indicators:\n" + "".join(_indicator(name) for name, _ in names),
        "frameworks/small/inclusions.yaml": "inclusions:\n" + inclusions,
        "agreements/PL1.yaml": "area_code: PL1\nversions:\n  - version: 1\n    title: Together\n"
        "    form: memorandum_of_understanding\n    frameworks: [small]\n    parties:\n"
        + "".join(
            f"      - {{partner: {code}, signatory_role: Chair, signed_on: 2026-03-20}}\n" for code, _, _ in partners
        )
        + "    effective_from: 2026-04-01\n    review_by: 2027-03-31\n    decision: Board 1\n    responsibilities:\n"
        + duties
        + more_agreement,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def yearly_return(path: Path, values: dict[str, Sequence[int]], out_of: int = 1000) -> Path:
    """Write a partner's file: of each measure so many of 1,000 people in each of five years; return its path."""
    rows = [
        f"{name},PL1,{year},{number},{out_of}"
        for name, numbers in values.items()
        for year, number in zip(YEARS, numbers, strict=True)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([_COLUMNS, *rows]) + "\n", encoding="utf-8")
    return path
