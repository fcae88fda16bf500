"""One case: the bytes that are sent, and what must come of them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from tests.corpus.generated.sheet import Sheet
from tests.corpus.generated.writing import csv_bytes

__all__ = ["ACCEPTED", "REJECTED", "WARNED", "Case", "made"]

ACCEPTED: Final = "accepted"
WARNED: Final = "accepted with warning"
REJECTED: Final = "rejected"


@dataclass(frozen=True)
class Case:
    """A file and the expectation of it; `conditions` holds the fields that few cases have."""

    id: str
    category: str
    what_is_wrong: str
    must_be: str
    reason: str
    content: bytes
    suffix: str = "csv"
    partner: str = "INFIRMARY-P"
    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    also_ok: tuple[str, ...] = ()
    parsed: tuple[dict[str, Any], ...] = ()
    prior: bytes | None = None
    conditions: dict[str, Any] = field(default_factory=dict)

    def expectation(self) -> dict[str, Any]:
        """Return the line of expectations.jsonl."""
        said = {
            "id": self.id,
            "file": f"files/{self.id}.{self.suffix}",
            "partner": self.partner,
            "category": self.category,
            "what_is_wrong": self.what_is_wrong,
            "must_be": self.must_be,
            "also_ok": list(self.also_ok),
            "rows": list(self.rows),
            "columns": list(self.columns),
            "reason": self.reason,
            "loaded_rows": 0 if self.must_be == REJECTED else len(self.parsed),
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }
        if self.parsed:
            said["parsed"] = list(self.parsed)
        if self.prior is not None:
            said["prior"] = f"prior/{self.id}.csv"
        return said | self.conditions


def made(
    case_id: str,
    what: str,
    must_be: str,
    rule: int,
    why: str,
    sheet: Sheet | bytes,
    /,
    *,
    content: bytes | None = None,
    suffix: str = "csv",
    partner: str = "INFIRMARY-P",
    rows: Iterable[int] = (),
    columns: Iterable[str] = (),
    also_ok: Iterable[str] = (),
    category: str = "",
    prior: Sheet | None = None,
    **conditions: Any,
) -> Case:
    """Return a case; the sheet says what must be read, and is written as CSV where no content is given."""
    let_in = tuple(also_ok) if must_be == REJECTED else (must_be,)
    parsed = tuple(sheet.parsed()) if isinstance(sheet, Sheet) and let_in else ()
    if content is None:
        content = sheet if isinstance(sheet, bytes) else csv_bytes(sheet)
    return Case(
        case_id,
        category,
        what,
        must_be,
        f"rule {rule}: {why}",
        content,
        suffix,
        partner,
        tuple(rows),
        tuple(columns),
        tuple(also_ok),
        parsed,
        None if prior is None else csv_bytes(prior),
        dict(conditions),
    )
