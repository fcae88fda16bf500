"""Words that a template, a finding and what goes back to a partner have in common."""

from collections.abc import Mapping, Sequence
from typing import Final

from outcomes.vocabulary import RowStatus

__all__ = ["LIST_COLUMNS", "LIST_SHEET", "MARKER_WORDS", "UNLOCK", "UNLOCK_ROW", "marker_shown", "markers_in_words"]

# what stands in place of a number, with its meaning
MARKER_WORDS: Final = {
    RowStatus.SUPPRESSED: ("suppressed", "There is a number, and you may not give it."),
    RowStatus.NOT_AVAILABLE: ("not available", "There is no number yet, or nobody counted."),
    RowStatus.NOT_APPLICABLE: ("not applicable", "The question does not arise for this place."),
}
UNLOCK: Final = "choose Review, then Unprotect Sheet; there is no password"
# an advice that ends so asks for a row to be deleted
UNLOCK_ROW: Final = f"If the row cannot be deleted: {UNLOCK}"
# the sheet that is put before the others of a workbook that goes back marked
LIST_SHEET: Final = "What to mend"
LIST_COLUMNS: Final = ("No.", "Cell", "What the row is about", "What you wrote", "What is wrong", "What to do")
# the one that says that there is a hidden number is never the first to be copied
_ORDER: Final = (RowStatus.NOT_AVAILABLE, RowStatus.NOT_APPLICABLE, RowStatus.SUPPRESSED)


def marker_shown(texts: Sequence[str]) -> str:
    """Return the one of several spellings of a marker that people are told: one in brackets, else the first.

    >>> marker_shown(("c", "[c]"))
    '[c]'
    """
    # one in brackets is the least like anything else
    return next((text for text in texts if text.startswith("[")), texts[0] if texts else "")


def markers_in_words(markers: Mapping[RowStatus, Sequence[str]]) -> str:
    """Return each marker with what it says, for a sentence.

    Arguments:
        markers: The meaning to its spellings, as in a layout.

    >>> markers_in_words({RowStatus.NOT_AVAILABLE: ("[x]",)})
    '[x] (there is no number yet, or nobody counted)'
    """
    said = []
    for status in _ORDER:
        if shown := marker_shown(markers.get(status, ())):
            meaning = MARKER_WORDS[status][1].rstrip(".")
            said.append(f"{shown} ({meaning[:1].lower()}{meaning[1:]})")
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}" if said else ""
