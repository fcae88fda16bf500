"""The world of the generated cases: indicators, places, partners, lists, markers and limits unlike the corpus'."""

from typing import Any, Final

__all__ = ["COLUMNS", "DESCRIPTION"]

COLUMNS: Final = (
    "indicator_id",
    "place_code",
    "period",
    "numerator",
    "denominator",
    "value",
    "sex",
    "age_band",
    "deprivation_decile",
    "value_note",
    "comment",
)


def _indicator(
    indicator_id: str,
    name: str,
    kind: str,
    multiplier: int,
    period: str,
    partner: str,
    *,
    unit: str,
    level: str = "place",
    polarity: str = "higher",
    numerator: str = "count",
    **more: Any,
) -> dict[str, Any]:
    return {
        "id": indicator_id,
        "name": name,
        "kind": kind,
        "unit": unit,
        "multiplier": multiplier,
        "period": period,
        "level": level,
        "polarity": polarity,
        "partners": [partner],
        "numerator": numerator,
        "denominator": None if kind == "count" else "count",
        **more,
    }


def _place(code: str, name: str, level: str, parent: str | None, **more: str) -> dict[str, Any]:
    return {"code": code, "name": name, "level": level, "parent": parent, **more}


DESCRIPTION: Final[dict[str, Any]] = {
    "as_of": "2026-02-10",
    "framework_id": "generated-reference",
    "first_period": "2020/21",
    "note": "Synthetic: every name, code and number is invented",
    "indicators": [
        _indicator("tdv-1", "Seen at home within two days", "proportion", 100, "month", "INFIRMARY-P", unit="percent"),
        _indicator(
            "hrs-2",
            "Mean hours in the department",
            "mean",
            1,
            "month",
            "INFIRMARY-P",
            unit="hours",
            numerator="number",
            polarity="lower",
        ),
        _indicator(
            "adm-3",
            "Admissions after a fall, per 100,000",
            "rate",
            100000,
            "quarter",
            "INFIRMARY-P",
            unit="per 100,000",
            polarity="lower",
        ),
        _indicator(
            "con-4",
            "Community contacts, per 1,000",
            "rate",
            1000,
            "quarter",
            "INFIRMARY-P",
            unit="per 1,000",
            polarity="neutral",
        ),
        _indicator("rea-5", "At home after reablement", "proportion", 100, "financial_year", "SHIRE-Q", unit="percent"),
        _indicator(
            "bed-6",
            "Net change in supported homes",
            "count",
            1,
            "financial_year",
            "SHIRE-Q",
            unit="homes",
            polarity="neutral",
            allow_negative=True,
        ),
        _indicator("lnk-7", "People met by a link worker", "count", 1, "quarter", "LINKS-S", unit="people"),
        _indicator(
            "cpl-8",
            "Care plans looked at again",
            "proportion",
            100,
            "financial_year",
            "SURGERIES-R",
            unit="percent",
            level="neighbourhood",
        ),
        _indicator(
            "scr-9",
            "Mean change of score",
            "mean",
            1,
            "financial_year",
            "LINKS-S",
            unit="points",
            numerator="number",
            allow_negative=True,
        ),
    ],
    "partners": [
        {"id": "INFIRMARY-P", "kind": "NHS trust", "footprint": ["W06000081", "W06000082", "W06000083"]},
        {"id": "SHIRE-Q", "kind": "council", "footprint": ["W06000084"]},
        {"id": "SURGERIES-R", "kind": "GP federation", "footprint": ["0007", "0070", "3E02", "SEP2"]},
        {"id": "LINKS-S", "kind": "voluntary sector", "footprint": ["W06000081", "W06000085", "W06000087"]},
    ],
    "places": [
        _place("W92000009", "The Whole", "england", None),
        _place("W12000008", "The Middle Lands", "region", "W92000009"),
        _place("W54000077", "Wharram System", "icb", "W12000008"),
        _place("W06000081", "Northvale", "place", "W54000077"),
        _place("W06000082", "Southvale", "place", "W54000077"),
        _place("W06000083", "Midvale", "place", "W54000077", **{"from": "2024-04-01"}),
        _place("W06000084", "Eastwold", "place", "W54000077"),
        _place("W06000085", "Westwold", "place", "W54000077"),
        _place("W06000087", "Oldwold", "place", "W54000077", until="2025-03-31"),
        _place("0007", "Mill Lane", "neighbourhood", "W06000081"),
        _place("0070", "Abbey Road", "neighbourhood", "W06000081"),
        _place("3E02", "Castle Hill", "neighbourhood", "W06000081"),
        _place("SEP2", "Quayside", "neighbourhood", "W06000081"),
    ],
    "retired_places": [
        {"code": "W07000181", "name": "Upper Midvale", "until": "2024-03-31", "successors": ["W06000083"]},
        {"code": "55K", "name": "Vales Group", "until": "2022-06-30", "successors": ["66L"]},
    ],
    "markers": {
        "suppressed": ["*", "c", "[c]", "<7"],
        "not_available": ["..", "x", ":"],
        "not_applicable": ["z", "[z]"],
        "ambiguous_rejected": ["-", "\u2013", ".", "n/a", "N/A", "NULL", "nan", "#N/A"],
    },
    "null_words_in_optional_columns": ["NULL", "N/A", "n/a", "na", "None", "-"],
    "lists": {
        "folding": "trim and lower-case (warning where that changed something); other spellings are rejected",
        "sex": {
            "Persons": ["persons", "person", "p", "both"],
            "Male": ["male", "m", "boys and men"],
            "Female": ["female", "f"],
        },
        "age_band": ["All ages", "0-17", "18-64", "65-74", "75+"],
        "deprivation_decile": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        "default_when_empty": {"sex": "Persons", "age_band": "All ages", "deprivation_decile": None},
    },
    "limits": {
        "max_file_bytes": 3_000_000,
        "max_rows": 26_000,
        "max_columns": 40,
        "max_cell_chars": 1_000,
        "max_count": 5_000_000,
        "xlsx_max_unpacked_bytes": 20_000_000,
        "xlsx_max_ratio": 80,
        "xlsx_ratio_applies_above_bytes": 2_000_000,
        "max_id_chars": 40,
        "header_search_rows": 12,
    },
}
