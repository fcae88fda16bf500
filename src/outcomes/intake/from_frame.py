"""Makes observations of an analyst's own frame, under the same rules as a partner's file."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from outcomes.errors import TableError
from outcomes.intake.checking import examined_frame
from outcomes.intake.frame_looks import PERSONAL
from outcomes.intake.observations import Observations
from outcomes.intake.preparing import observations_frame
from outcomes.intake.remark import Remark
from outcomes.intake.rules import RULES
from outcomes.intake.terms import Terms
from outcomes.intake.wording import findings_of
from outcomes.partnership.model import Partnership
from outcomes.vocabulary import Severity

__all__ = ["observations"]

_SHOWN: Final = 50


def observations(frame: pl.DataFrame, partnership: Partnership, *, partner: str = "") -> Observations:
    """Return the observations of a frame in the long form.

    Arguments:
        frame: Columns indicator_id, place_code (or area_code), period, numerator and denominator, and whichever others
            the long form has.
        partnership: What the figures are read against.
        partner: Whose figures they are, held to what that partner supplies; empty: nobody's, any place may be named.

    Returns:
        One row a figure, exact repeats once, sorted by key.

    Raises:
        TableError: Something is wrong; every fault is listed, with row and column (the first record is row 2).
        UnknownNameError: No partner has this code.
    """
    sender = partnership.partner(partner) if partner else None
    terms = Terms(partnership, sender, None, partnership.layouts["native"])
    if "area_code" in frame.columns and "place_code" not in frame.columns:
        frame = frame.rename({"area_code": "place_code"})
    found = examined_frame(frame, terms)
    faults = [remark for remark in found.remarks if RULES[remark.code].severity is Severity.ERROR]
    # of a frame with a personal number nothing else is told: a message would quote its values
    faults = [remark for remark in faults if remark.code == PERSONAL] or faults
    if faults or found.table is None or found.entries is None:
        raise TableError(_listed(faults))
    return Observations(observations_frame(found.entries, found.table, terms))


def _listed(remarks: Sequence[Remark]) -> str:
    findings = findings_of(remarks, "frame", None)
    lines = []
    for finding in findings[:_SHOWN]:
        where = [f"row {finding.row}"] if finding.row is not None else []
        where += [finding.column] if finding.column else []
        lines.append(f"  {' '.join([finding.code, *where])}: {finding.text} {finding.fix}")
    more = f"\n  and {len(findings) - _SHOWN} more" if len(findings) > _SHOWN else ""
    return f"the frame has {len(findings)} faults:\n" + "\n".join(lines) + more
