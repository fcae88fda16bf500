"""Says what a row of a partner's sheet is about: indicator, place and period, by name."""

from collections.abc import Iterator, Mapping
from typing import Final

from outcomes.finding import Finding
from outcomes.intake.model import ExcerptRow, ReturnSummary, SheetExcerpt
from outcomes.report.formatting import shortened
from outcomes.report.result_subject import Subject
from outcomes.report.wording import say

__all__ = ["about_texts", "is_of_sheet", "row_is_about"]

_PARTS: Final = ("indicator_id", "place_code", "period")
# a column of a template that stands beside a code, for the eye
_BESIDE: Final = {"indicator_id": "indicator_name", "place_code": "place_name"}


def is_of_sheet(finding: Finding, excerpt: SheetExcerpt, subject: Subject) -> bool:
    """Whether a finding is about the sheet of an excerpt."""
    return finding.sheet == excerpt.sheet or (finding.sheet is None and excerpt is subject.excerpts[0])


def row_is_about(finding: Finding, subject: Subject, longest: int = 200, *, has_period: bool = True) -> str:
    """Return what the row of a finding is about; empty where the row is not among those that are shown.

    The column that the finding is about is left out; where it is a code, the name that stands beside it is given.

    Arguments:
        finding: It stands in a row.
        subject: The return.
        longest: How many characters an indicator's name may have.
        has_period: Whether the period is said.
    """
    for excerpt in subject.excerpts:
        if not is_of_sheet(finding, excerpt, subject):
            continue
        for row in excerpt.rows:
            if row.row == finding.row and not (row.is_header or row.is_withheld):
                texts = _texts_of(excerpt, row) | ({} if has_period else {"period": ""})
                return "; ".join(about_texts(texts, finding.column, _names(subject.summary), longest))
    return ""


def _texts_of(excerpt: SheetExcerpt, row: ExcerptRow) -> dict[str, str]:
    heads = [one for one in excerpt.rows if one.is_header]
    headers = heads[-1].cells if heads else ("",) * len(row.cells)
    named = zip(excerpt.columns, headers, row.cells, strict=True)
    return {column or header.strip().lower(): text.strip() for column, header, text in named}


def about_texts(
    texts: Mapping[str, str], faulty: str | None, names: Mapping[str, Mapping[str, str]], longest: int
) -> Iterator[str]:
    """Yield the parts of what a row is about, each by name where the name is known.

    Arguments:
        texts: What stands in the row, by column.
        faulty: The column that a finding is about; what stands there is not to be relied on.
        names: Of `indicator_id` and `place_code`: what stands there, to its name.
        longest: How many characters an indicator's name may have.
    """
    for column in _PARTS:
        text, beside = texts.get(column, ""), texts.get(_BESIDE.get(column, ""), "")
        if column == faulty:
            if beside:
                yield say("res_beside", name=shortened(beside, longest))
            continue
        if not text:
            continue
        yield shortened(names.get(column, {}).get(text, text), longest)


def _names(summary: ReturnSummary | None) -> Mapping[str, Mapping[str, str]]:
    return {"indicator_id": summary.indicator_names, "place_code": summary.area_names} if summary else {}
