"""Makes the documents that `check --json` prints: one a file, keys as published."""

from typing import Any

from outcomes.breakdown import breakdown_from_text
from outcomes.intake.model import CheckResult
from outcomes.partnership.model import Partnership

__all__ = ["check_document"]

_WHOLES = {"sex": "Persons", "age_band": "All ages"}


def check_document(result: CheckResult, partnership: Partnership) -> dict[str, Any]:
    """Return a check's result as plain values, ready for JSON.

    Arguments:
        result: What the check found.
        partnership: The world it was checked against; counts are given in their own unit, not scaled.

    Returns:
        `file`, `verdict`, `messages`, `loaded_rows`, `new_observations` and `observations`; rows are 1-based in the
        partner's own sheet, header included.
    """
    return {
        "file": result.file,
        "partner": result.partner_code,
        "verdict": result.verdict.value,
        "messages": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "sheet": finding.sheet,
                "row": finding.row,
                "cell": finding.cell,
                "column": finding.column,
                "value": finding.value,
                "text": finding.text,
                "fix": finding.fix,
                "example": finding.example,
                "repeats": finding.repeats,
            }
            for finding in result.findings
        ],
        "loaded_rows": result.loaded_rows,
        "new_observations": result.new_observations,
        "observations": [_observation(row, partnership) for row in result.frame.iter_rows(named=True)],
    }


def _observation(row: dict[str, Any], partnership: Partnership) -> dict[str, Any]:
    indicator = partnership.indicators[(row["indicator_id"], row["indicator_version"])]
    categories = breakdown_from_text(row["breakdown"])
    decile = categories.get("deprivation_decile")
    return {
        "row": row["row"],
        "indicator_id": row["indicator_id"],
        "place_code": row["area_code"],
        "period": row["period"],
        "sex": categories.get("sex", _WHOLES["sex"]),
        "age_band": categories.get("age_band", _WHOLES["age_band"]),
        "deprivation_decile": int(decile) if decile and decile.isdecimal() else decile,
        "numerator": _unscaled(row["numerator"], indicator.numerator_scale),
        "denominator": _unscaled(row["denominator"], indicator.denominator_scale),
        "value": row["value"],
        "status": row["status"],
        "value_note": row["value_note"],
        "comment": row["comment"],
    }


def _unscaled(count: int | None, scale: int) -> int | float | None:
    """A count in its own unit: whole where it is whole."""
    if count is None or count % scale == 0:
        return count if count is None else count // scale
    return count / scale
