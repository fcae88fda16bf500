"""Writes a partnership from the few files that a test of places has to say something of; the rest is usual."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

__all__ = ["AREAS", "PARTNERS", "YEARS", "indicator", "results", "sheet", "write_partnership"]

YEARS: Final = ("2021/22", "2022/23", "2023/24", "2024/25", "2025/26")
AREAS: Final = """\
area_code,name,level,parent_code,valid_from,valid_to,successors
SYS,The system,system,,,,
PL1,The place,place,SYS,,,
NB1,North,neighbourhood,PL1,,,
NB2,South,neighbourhood,PL1,,,
"""
PARTNERS: Final = """\
partners:
  - code: COU
    name: The council
    type: council
    footprint: [PL1]
    file_pattern: "COU_*"
    supplies:
      - indicators: [falls]
  - code: VOL
    name: The alliance
    type: voluntary_sector
    footprint: [PL1]
    file_pattern: "VOL_*"
"""
_INCLUSION: Final = """\
  - indicator: {name}
    outcome: live
    tier: {tier}
    polarity: lower_is_better
    polarity_agreed_by: The board
    order: {order}
"""
_PARTY: Final = "      - {{partner: {}, signatory_role: Chair, signed_on: 2020-03-20}}\n"


def indicator(name: str, level: str = "place", more: Mapping[str, str] | None = None) -> str:
    """Return the definition of a measure, with further keys or others than usual."""
    keys = {
        "id": name,
        "name": f"Measure of {name}",
        "statistic": "proportion",
        "numerator_definition": "People counted",
        "denominator_definition": "People asked",
        "multiplier": "100",
        "unit": '"%"',
        "period": "financial_year",
        "level": level,
        "source": "Made up",
        "licence": "OGL",
    } | dict(more or {})
    text = "\n    ".join(f"{key}: {value}" for key, value in keys.items() if value)
    return f"  - {text}\n"


def write_partnership(
    folder: Path,
    indicators: Mapping[str, str],
    *,
    areas: str = AREAS,
    footprints: str = "",
    partners: str = PARTNERS,
    parties: Iterable[str] = ("COU", "VOL"),
    places: Iterable[str] = ("PL1",),
    inclusion: str = "",
    returns_from: str = "2021-04-01",
    agreement: str = "",
    files: Mapping[str, str] | None = None,
    series: str = "",
) -> Path:
    """Write the partnership into a new folder and return it.

    Arguments:
        folder: Where; it is made.
        indicators: Id to definition, as `indicator` writes it.
        areas, footprints, partners: The whole of these files; no footprints where empty.
        parties: Who signed the agreement of each place.
        places: The places with an agreement.
        inclusion: Further lines of every inclusion, indented by four.
        returns_from: From when on figures are expected.
        agreement: Further lines of each agreement's only version, indented by four.
        files: Further files.
        series: The list of reference series, as partnership.yaml has it.
    """
    written = {
        "partnership.yaml": "schema: 1\nid: small\ntitle: A small partnership\narea_code: SYS\nis_fictional: true\n"
        f"frameworks: [small]\n{series}",
        "areas.csv": areas,
        "partners.yaml": partners,
        "calendar.yaml": f"returns_from: {returns_from}\ndue:\n  financial_year: {{days_after_period: 90}}\n",
        "frameworks/small/framework.yaml": 'id: small\nversion: "1"\ntitle: Small\npublisher: Us\nsource: Us\n'
        "licence: OGL\npurpose: That people live well\noutcomes:\n  - {id: live, title: People live well, order: 1}\n",
        "frameworks/small/indicators.yaml": "indicators:\n" + "".join(indicators.values()),
        "frameworks/small/inclusions.yaml": "inclusions:\n"
        + "".join(
            _INCLUSION.format(name=name, tier="local", order=order) + inclusion for order, name in enumerate(indicators)
        ),
    }
    for place in places:
        written[f"agreements/{place}.yaml"] = (
            f"area_code: {place}\nversions:\n  - version: 1\n    title: Together\n"
            "    form: memorandum_of_understanding\n    frameworks: [small]\n    parties:\n"
            + "".join(_PARTY.format(code) for code in parties)
            + "    effective_from: 2020-04-01\n    review_by: 2027-03-31\n    decision: Board 1\n"
            + agreement
        )
    if footprints:
        written["footprints.csv"] = footprints
    for name, text in {**written, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def sheet(
    path: Path, rows: Iterable[str], columns: str = "indicator_id,place_code,period,numerator,denominator"
) -> Path:
    """Write a partner's file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
    return path


def results(site: Path) -> list[dict[str, str]]:
    """Return the rows of a site's results."""
    with (site / "data" / "results.csv").open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(line for line in table if not line.startswith("#")))
