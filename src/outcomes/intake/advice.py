"""Fits what a finding advises to the column and the file: the kind of number, the markers, the list, locked cells."""

from collections.abc import Mapping
from typing import Final

from outcomes.errors import UnknownNameError
from outcomes.framework.model import Indicator
from outcomes.intake.number_words import number_example, number_in_words, readings_of_comma, scale_of
from outcomes.intake.quoting import quoted
from outcomes.intake.terms import Terms
from outcomes.partner_words import UNLOCK, markers_in_words
from outcomes.partnership.layout import NUMBERS
from outcomes.period import period_from_text

__all__ = ["advice"]

_LISTS: Final = {"indicator_id": "Indicators", "place_code": "Places"}
_LOCKED: Final = ("indicator_id", "place_code", "period", "source_code")
_MOST_DEFINITION: Final = 120


def advice(column: str, entry: Mapping[str, object], terms: Terms) -> dict[str, str]:
    """Return what the sentences of findings have gaps for, as it is in this column of this file.

    Arguments:
        column: The column that is concerned; empty for the whole row.
        entry: The row, with what was read of it.
        terms: What the file is held against.

    Returns:
        For a number `kind`, `sample_number`, `definition`, `readings` and `markers`; for others `list`, where the
        codes are listed, `asked`, for what the template asked, and `unlock`, how a locked cell is changed.
    """
    if column in NUMBERS:
        return _of_number(column, entry, terms)
    said = {"list": "the code list", "unlock": ""}
    if terms.template is not None:
        said["list"] = f"the sheet “{_LISTS[column]}” of your workbook" if column in _LISTS else "the code list"
        if column in _LOCKED or column in terms.dimensions:
            said["unlock"] = f" If the cell is locked: {UNLOCK}."
        if column == "period":
            said |= _of_template(entry, terms)
    return said


def _of_template(entry: Mapping[str, object], terms: Terms) -> dict[str, str]:
    asked = terms.periods_asked.get(str(entry.get("indicator_id")), ())
    return {
        "asked": " or ".join(_spoken(entry, period, terms) for period in asked),
        "asked_code": " or ".join(asked),
        "sent": _spoken(entry, str(entry.get("period") or ""), terms),
    }


def _spoken(entry: Mapping[str, object], period: str, terms: Terms) -> str:
    for version in terms.partnership.versions_of(str(entry.get("indicator_id"))):
        try:
            spoken = period_from_text(version.period, period).spoken
        except ValueError:
            continue
        return spoken if spoken == period else f"{spoken} ({period})"
    return period


def _of_number(column: str, entry: Mapping[str, object], terms: Terms) -> dict[str, str]:
    said = {
        "markers": markers_in_words(terms.layout.markers),
        "readings": " or ".join(readings_of_comma(quoted(str(entry.get(f"{column}_text") or "")))),
        "kind": "a number",
        "sample_number": "412",
        "definition": "",
    }
    indicator = _indicator(entry, terms)
    if indicator is None:
        return said
    meaning = {
        "numerator": indicator.numerator_definition,
        "denominator": indicator.denominator_definition,
    }.get(column, "")
    said["kind"] = number_in_words(indicator, column)
    said["sample_number"] = number_example(indicator, column)
    said["point"] = "" if scale_of(indicator, column) == 1 else ", with a point before decimals"
    if not said["kind"].endswith("0 or more"):
        said["point"] += ", and a minus sign before it where it is below zero"
    if meaning:
        said["definition"] = f" The {column} is: {quoted(meaning.rstrip('. '), _MOST_DEFINITION)}."
    return said


def _indicator(entry: Mapping[str, object], terms: Terms) -> Indicator | None:
    indicator_id, version = entry.get("indicator_id"), entry.get("version_held")
    if indicator_id is None:
        return None
    try:
        versions = terms.partnership.versions_of(str(indicator_id))
    except UnknownNameError:
        return None
    return next((one for one in versions if one.version == version), versions[-1])
