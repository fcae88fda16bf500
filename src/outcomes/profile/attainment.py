"""The line of attainment: every target's word, by the kind of target and by who set it; never an average."""

from typing import Final

from outcomes.profile.model import ProfileDetail, ProfileLine
from outcomes.profile.words import Said, Subject, counts_of, sentence, spoken
from outcomes.vocabulary import Signal, TargetKind, Word

__all__ = ["attainment"]

_ORDER: Final = (Word.MET, Word.ON_TRACK, Word.NOT_MET, Word.OFF_TRACK, Word.CANNOT_TELL, Word.NO_TARGET)
_KINDS: Final = {
    TargetKind.LEVEL: "a level by a date",
    TargetKind.PATH: "a path of levels",
    TargetKind.GAP: "a gap reduced",
    TargetKind.BENCHMARK: "as good as others",
    TargetKind.CHANGE: "a change of its own",
}
_GROUP: Final = "a target for one group"


def attainment(subject: Subject) -> ProfileLine:
    """Return how many targets stand where, all together, then by kind, then by the level that set them.

    Six kinds, kept apart: a level, a path, either of them for one group, a gap, a benchmark, a change.
    """
    said = subject.said(Signal.TARGET)
    held = [one for one in said if one.word is not Word.NO_TARGET]
    counts = counts_of((one.word for one in said), _ORDER)
    measures = len({one.inclusion.key for one in held})
    number = "1 target" if len(held) == 1 else f"{len(held)} targets"
    kinds = _by_kind(subject, held)
    levels: dict[str, list[Said]] = {}
    for one in held:
        levels.setdefault(one.against, []).append(one)
    details = [(title, kinds[title]) for title in (*_KINDS.values(), _GROUP) if title in kinds]
    details += [(f"set by the {level}", levels[level]) for level in sorted(levels) if level]
    return ProfileLine(
        id="attainment",
        title="Targets",
        question="Is what was agreed being reached?",
        counts=counts,
        sentence=sentence(f"{number} on {measures} of {len(subject.lines)} measures: {spoken(counts)}"),
        details=tuple(
            ProfileDetail(title=title, counts=counts_of((one.word for one in words), _ORDER))
            for title, words in details
        ),
    )


def _by_kind(subject: Subject, held: list[Said]) -> dict[str, list[Said]]:
    known = {one.key: one.target for one in subject.partnership.targets_known(subject.as_of)}
    found: dict[str, list[Said]] = {}
    for one in held:
        target = known.get(one.target_key)
        if target is None:
            continue
        is_of_group = bool(target.breakdown) and target.kind in (TargetKind.LEVEL, TargetKind.PATH)
        found.setdefault(_GROUP if is_of_group else _KINDS[target.kind], []).append(one)
    return found
