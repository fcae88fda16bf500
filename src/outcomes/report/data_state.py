"""Says in what state the data of a value are: a word or two in a chip, and short sentences on what is to be known."""

from dataclasses import dataclass
from typing import Final

from outcomes.report.formatting import value_text
from outcomes.report.former_areas import former_areas_notes, rests_on_former_areas
from outcomes.report.former_partners import former_partners_notes
from outcomes.report.line_tables import absent_parts, is_marked, why_no_interval, withheld_parts
from outcomes.report.signals import absence_text, reason_text
from outcomes.report.submitted import submitted_notes
from outcomes.report.wider import wider_notes
from outcomes.report.wording import say, sentence_case
from outcomes.scorecard.model import IndicatorLine, Value
from outcomes.vocabulary import AS_PUBLISHED, Qualifier, Reason

__all__ = ["Chip", "chip_of", "data_notes"]

# qualifiers that stand beside a value whose return is in full order
_QUIET: Final = frozenset({Qualifier.REVISED})


@dataclass(frozen=True, slots=True)
class Chip:
    """The state of the data in one or two words: `complete`, `say` (something to know) or `hidden`."""

    kind: str
    text: str


def chip_of(value: Value | None) -> Chip:
    """Return the state of a value's data in a word or two."""
    if value is None:
        return Chip("say", say("not_yet"))
    if value.reason is Reason.CONFIDENTIAL:
        return Chip("hidden", say("hidden"))
    if value.value is None:
        return Chip("say", absence_text(value))
    to_know = [qualifier.value for qualifier in value.qualifiers if qualifier not in _QUIET]
    return Chip("say", sentence_case(", ".join(to_know))) if to_know else Chip("complete", say("complete"))


def data_notes(line: IndicatorLine) -> tuple[str, ...]:
    """Return what is to be known of the current value's data, in short sentences."""
    notes = [line.data_note] if line.data_note else []
    value = line.current.value if line.current else None
    if value is None:
        return wider_notes(line) or tuple(notes)
    if value.value is None:
        notes.insert(0, sentence_case(reason_text(value)))
    elif value.lower_ci_95 is None and value.detail is not None:
        notes.append(why_no_interval(value, line))
    if value.value is not None and line.definition.method == AS_PUBLISHED:
        notes.append(say("taken_as_published"))
    if not is_marked(value):
        notes += _notes_on_parts(value, line)
    notes += former_areas_notes(line) if rests_on_former_areas(line) else ()
    notes += former_partners_notes(line)
    return (*notes, *submitted_notes(value, line.decimals, line.unit))


def _notes_on_parts(value: Value, line: IndicatorLine) -> list[str]:
    """How many parts came, which did not and, where it is not simply that share of the parts, how many people."""
    notes = []
    expected, came = value.parts_expected, value.parts_contributed
    if expected is not None and came not in (None, expected):
        key = "parts_counted" if withheld_parts(value, line) else "parts_in"
        notes.append(say(key, received=came, all=expected))
    notes += absent_parts(value, line)
    is_of_parts = expected and came is not None and value.coverage == came / expected
    if value.coverage is not None and value.coverage < 1 and not is_of_parts:
        notes.append(say("coverage", share=value_text(value.coverage * 100, 1, "%")))
    return notes
