"""Sheets of other people for the tests of what describes them: a wide one, a long one, and how they are read."""

from dataclasses import replace
from typing import Any

from outcomes.intake.checking import check
from outcomes.intake.model import CheckResult
from outcomes.partnership.layout import Layout
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Verdict
from tests.unit.intake.returns_world import AS_OF, found, returns_world

__all__ = ["HEAD", "LONG", "ROWS", "WIDE", "figures", "layout", "read", "where", "world"]

HEAD = "Area,Month,Seen 1,Seen 2,Late 1,Late 2"
ROWS = ("P1,2026-04,10,20,1,2", "P2,2026-04,30,40,3,4")
WIDE: dict[str, Any] = {
    "columns": {"Area": "place_code", "Month": "period"},
    "wide": [
        {
            "constants": {"indicator_id": "stay"},
            "cells": {
                "numerator": {"add": ["Seen 1", "Seen 2"], "less": ["Late 1", "Late 2"]},
                "denominator": {"add": ["Seen 1", "Seen 2"]},
            },
        },
        {
            "constants": {"indicator_id": "visits"},
            "cells": {"numerator": {"add": ["Late 1"]}, "denominator": {"add": ["Seen 1"]}},
        },
    ],
}
LONG: dict[str, Any] = {
    "columns": {"Area": "place_code", "Year": "period"},
    "constants": {"indicator_id": "printed"},
    "one_below_the_other": {
        "column": "Kind",
        "value": "Number",
        "figures": {"Value": "value", "Margin": "margin_95"},
        "skip": ["Base"],
    },
}


def layout(**described: Any) -> Layout:
    return Layout(**{"id": "theirs", "title": "Their sheet", **described})


def world(described: dict[str, Any], partnership: Partnership | None = None, **partner: Any) -> Partnership:
    return replace(
        partnership or returns_world(**partner),
        layouts={"theirs": layout(**described), "native": Layout(id="native", title="native")},
    )


def read(content: str | bytes, described: dict[str, Any], **terms: Any) -> CheckResult:
    partnership = world(described, terms.pop("partnership", None), **terms.pop("partner", {}))
    period = terms.pop("period", None)
    given, name = (content.encode(), "T1_x.csv") if isinstance(content, str) else (content, "T1_x.xlsx")
    return check(given, partnership, partner="T1", as_of=AS_OF, layout="theirs", file_name=name, period=period, **terms)


def figures(result: CheckResult) -> list[tuple[Any, ...]]:
    assert result.verdict is not Verdict.REJECTED, result.findings
    return result.frame.select("indicator_id", "area_code", "numerator", "denominator", "row").rows()


def where(result: CheckResult, code: str) -> list[tuple[Any, ...]]:
    return [(one.sheet, one.row, one.cell, one.column, one.header) for one in found(result, code)]
