"""Fits what a finding advises to the column and the file: the kind of number, the markers, the list, locked cells."""

import re
from collections.abc import Mapping
from typing import Final

from outcomes.errors import UnknownNameError
from outcomes.framework.model import Indicator
from outcomes.intake.number_words import comma_in_words, number_example, number_in_words, readings_of_comma, scale_of
from outcomes.intake.quoting import quoted
from outcomes.intake.terms import Terms
from outcomes.partner_words import UNLOCK, UNLOCK_ROW, marker_shown, markers_in_words
from outcomes.partnership.layout import NUMBERS
from outcomes.period import period_from_text
from outcomes.vocabulary import RowStatus

__all__ = ["advice"]

_LISTS: Final = {"indicator_id": "Indicators", "place_code": "Places"}
_LOCKED: Final = ("indicator_id", "place_code", "period", "source_code")
_MOST_DEFINITION: Final = 120
_LEAST_SLIP: Final = 2
_DIGITS: Final = re.compile(r"[0-9]{2,15}\Z", re.ASCII)
# the letters that are typed or read by a machine in place of a nought or a one
_LOOKALIKE: Final = re.compile(r"(?=.*[0-9])[0-9.]*([OoIl])[0-9OoIl.]*\Z", re.ASCII)
# words for a number that is not there yet
_NOT_KNOWN: Final = re.compile(
    r"\b(not (yet )?(known|available|counted|in yet)|unknown|awaited|awaiting|pending|to follow|t\.?b\.?[ac])\b",
    re.IGNORECASE,
)


def advice(column: str, entry: Mapping[str, object], terms: Terms) -> dict[str, str]:
    """Return what the sentences of findings have gaps for, as it is in this column of this file.

    Arguments:
        column: The column that is concerned; empty for the whole row.
        entry: The row, with what was read of it.
        terms: What the file is held against.

    Returns:
        For a number `kind`, `sample_number`, `definition`, `comma_says`, `comma_fix`, `slip`, `hint`, `whole_check`
        (what else to look at) and `markers`; for others `list`, where the codes are listed, `code_how`, what is to be
        written in place of an unknown one, `supplies`, what is not supplied of a place, `asked`, for what the template
        asked, and `unlock` and `unlock_row`, how a locked cell is changed and a row deleted.
    """
    if column in NUMBERS:
        return _of_number(column, entry, terms)
    said = {"list": "the code list", "unlock": "", "unlock_row": ""}
    if terms.template is not None:
        said["unlock_row"] = f" {UNLOCK_ROW}."
        said["list"] = f"the sheet “{_LISTS[column]}” of your workbook" if column in _LISTS else "the code list"
        if column in _LOCKED or column in terms.dimensions:
            said["unlock"] = f" If the cell is locked: {UNLOCK}."
        if column == "period":
            said |= _of_template(entry, terms)
    if column == "place_code":
        said["supplies"] = "this indicator" if entry.get("is_entitled") else "any figures"
        likely = quoted(str(entry.get("place_code_which") or ""), 120)
        said["code_how"] = (
            f"Write {likely}: the code alone. Should another place be meant, its code stands in {said['list']}."
            if likely
            else f"Write the place's code, as text, exactly as it stands in {said['list']}."
        )
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
    unknown = terms.layout.markers.get(RowStatus.NOT_AVAILABLE, ())
    said = {
        "markers": markers_in_words(terms.layout.markers),
        "kind": "a number",
        "sample_number": marker_shown(unknown) if _NOT_KNOWN.search(str(entry.get(f"{column}_text") or "")) else "",
        "definition": "",
        "slip": _slip(entry),
        "until": "",
        "hint": _letter_among_digits(str(entry.get(f"{column}_text") or "")),
    }
    indicator = _indicator(entry, terms)
    if said["sample_number"]:
        said["until"] = f"{said['sample_number']} until the number is known; then "
    text = quoted(str(entry.get(f"{column}_text") or ""))
    readings = readings_of_comma(text)
    if indicator is None:
        said["comma_says"], said["comma_fix"] = comma_in_words(text, readings, "a number", None)
        return said
    meaning = {
        "numerator": indicator.numerator_definition,
        "denominator": indicator.denominator_definition,
    }.get(column, "")
    said["kind"] = number_in_words(indicator, column)
    # of a whole number an example says nothing more than its kind
    said["sample_number"] = said["sample_number"] or (
        "" if scale_of(indicator, column) == 1 else number_example(indicator, column)
    )
    scale = scale_of(indicator, column)
    said["comma_says"], said["comma_fix"] = comma_in_words(text, readings, said["kind"], scale)
    said["point"] = "" if scale == 1 else ", with a point before decimals"
    if not said["kind"].endswith("0 or more"):
        said["point"] += ", and a minus sign before it where it is below zero"
    if column == "numerator" and indicator.has_denominator and not indicator.reference_denominator:
        said["whole_check"] = " Check the denominator beside it, too."
    if meaning:
        said["definition"] = f" The {column} is: {quoted(meaning.rstrip('. '), _MOST_DEFINITION)}."
    return said


def _letter_among_digits(text: str) -> str:
    """What is said of a number in which a letter stands for a digit; no number is guessed."""
    found = _LOOKALIKE.match(text.strip())
    return f"Its {found[1]} is a letter, not a digit: look the number up." if found else ""


def _slip(entry: Mapping[str, object]) -> str:
    """What may have gone wrong where a part is larger than its whole."""
    part, whole = (str(entry.get(f"{name}_text") or "").strip() for name in ("numerator", "denominator"))
    others = "swapped, mistyped, or of different groups."
    if not (_DIGITS.match(part) and _DIGITS.match(whole)) or part[-1] != "0":
        return f"they may be {others}"
    # a number with a zero too many is some times, and at most ten times, what it can be
    if _LEAST_SLIP * int(whole) <= int(part) <= 10 * int(whole):
        return f"is there a zero too many in {part}? They may also be {others}"
    return f"they may be {others}"


def _indicator(entry: Mapping[str, object], terms: Terms) -> Indicator | None:
    indicator_id, version = entry.get("indicator_id"), entry.get("version_held")
    if indicator_id is None:
        return None
    try:
        versions = terms.partnership.versions_of(str(indicator_id))
    except UnknownNameError:
        return None
    return next((one for one in versions if one.version == version), versions[-1])
