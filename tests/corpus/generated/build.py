"""Puts all generated cases in a folder laid out as the corpus is."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

from tests.corpus.generated import (
    codes,
    columns_of_parquet,
    combinations,
    encoding,
    headers,
    hostile_files,
    hostile_text,
    keys,
    ledger,
    markers,
    meanings,
    number_forms,
    periods,
    personal,
    shapes,
    workbook_places,
    workbook_sheets,
    workbooks,
)
from tests.corpus.generated.case import Case
from tests.corpus.generated.description import DESCRIPTION

__all__ = ["CATEGORIES", "all_cases", "build"]

CATEGORIES: Final[dict[str, Callable[[], Iterator[Case]]]] = {
    "encoding": encoding.cases,
    "header": headers.cases,
    "shape": shapes.cases,
    "numbers": number_forms.cases,
    "period": periods.cases,
    "codes": codes.cases,
    "markers": markers.markers,
    "missing": markers.missing,
    "meaning": meanings.meaning,
    "consistency": meanings.consistency,
    "duplicates": keys.duplicates,
    "entitlement": keys.entitlement,
    "completeness": keys.completeness,
    "hostile text": hostile_text.hostile_text,
    "personal data": personal.personal_data,
    "limits": hostile_text.limits,
    "hostile file": hostile_files.hostile_files,
    "xlsx": lambda: chain(workbooks.cases(), workbook_places.cases(), workbook_sheets.cases()),
    "parquet": columns_of_parquet.cases,
    "ledger": ledger.cases,
    "combinations": combinations.cases,
}


def all_cases() -> Iterator[Case]:
    """Yield every case, under its category."""
    for category, cases in CATEGORIES.items():
        for case in cases():
            yield replace(case, category=category)


def build(folder: Path) -> int:
    """Write the folder, the same bytes each time; return how many cases there are."""
    (folder / "files").mkdir(parents=True, exist_ok=True)
    (folder / "prior").mkdir(exist_ok=True)
    (folder / "framework.json").write_text(json.dumps(DESCRIPTION, ensure_ascii=False, indent=1), encoding="utf-8")
    lines, known = [], set()
    for case in all_cases():
        if case.id in known:
            raise ValueError(f"two cases are called {case.id}")
        known.add(case.id)
        (folder / "files" / f"{case.id}.{case.suffix}").write_bytes(case.content)
        if case.prior is not None:
            (folder / "prior" / f"{case.id}.csv").write_bytes(case.prior)
        # escaped: some texts hold line ends of other kinds
        lines.append(json.dumps(case.expectation()))
    (folder / "expectations.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)
