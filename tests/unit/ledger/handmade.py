"""Check results made by hand, for tests of the ledger alone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from outcomes.finding import Finding
from outcomes.fingerprint import sha256_of_bytes
from outcomes.intake.model import CheckResult
from outcomes.intake.observations import KEY, OBSERVATION_COLUMNS, Observations
from outcomes.period import period_from_text
from outcomes.vocabulary import PeriodKind, Severity, Verdict

NOON = datetime(2026, 7, 20, 12, 0, tzinfo=UTC)


def figure(numerator: int | None = 5, **terms: Any) -> dict[str, Any]:
    """Return a row: of each only what differs from RXX's monthly count of falls in Castlewick in June 2026."""
    period = period_from_text(PeriodKind.MONTH, terms.pop("period", "2026-06"))
    partner = terms.get("partner_code", "RXX")
    row = {
        "partner_code": partner,
        "source_code": partner,
        "indicator_id": "falls",
        "indicator_version": 1,
        "area_code": "castlewick",
        "period_kind": period.kind.value,
        "period_start": period.first,
        "period_end": period.last,
        "period": str(period),
        "breakdown": "",
        "numerator": numerator,
        "denominator": 100,
        "submission": 0,
        "is_revision": False,
        **terms,
    }
    return {name: row.get(name) for name in OBSERVATION_COLUMNS}


def observations(rows: Sequence[dict[str, Any]]) -> Observations:
    """Return rows as a check hands them on."""
    return Observations(pl.DataFrame(list(rows), schema=OBSERVATION_COLUMNS).sort(KEY))


def accepted(*rows: dict[str, Any], content: bytes = b"a file", partner: str = "RXX", **terms: Any) -> CheckResult:
    """Return the result of a check that found nothing wrong."""
    given: dict[str, Any] = {
        "file": "return.csv",
        "partner_code": partner,
        "verdict": Verdict.ACCEPTED,
        "findings": (),
        "observations": observations(rows),
        "sha256": sha256_of_bytes(content),
        "size_bytes": len(content),
        "loaded_rows": len(rows),
    }
    return CheckResult(**{**given, **terms})


def rejected(
    content: bytes = b"a bad file",
    partner: str = "RXX",
    codes: Sequence[str] = ("OUT-101",),
    indicator_ids: tuple[str, ...] = (),
) -> CheckResult:
    """Return the result of a check that rejected a file."""
    return accepted(
        content=content,
        partner=partner,
        verdict=Verdict.REJECTED,
        findings=tuple(finding(code) for code in codes),
        keeps_bytes=False,
        indicator_ids=indicator_ids,
    )


def finding(code: str, severity: Severity = Severity.ERROR) -> Finding:
    """Return a finding that quotes a value, which no rejected attempt may keep."""
    return Finding(code=code, severity=severity, text="is no number", row=3, cell="D3", value="secret-value-17")


def day(number: int, month: int = 7) -> datetime:
    """Return noon of a day of 2026."""
    return datetime.combine(date(2026, month, number), NOON.timetz())
