"""How rules about meetings and decisions are broken: rule, file, old, new, text on the line named, its file, last."""

from typing import Final

__all__ = ["MEETING_FAULTS"]

HELD: Final = "id,body,held_on,quorum,present\nm1,Board,2026-03-18,2,2\n"
MEETINGS: Final = "agreements/PL1/meetings.csv"
DECISIONS: Final = "agreements/PL1/decisions.csv"
HEAD: Final = "reference,meeting,part,private_because,title,outcome,result,decided\n"
ROW: Final = "B 2,m1,public,,Targets,live-well,agreed,As put\n"

Spoilt = tuple[str, str, str, str, str, str, bool]


def _told(rule: str, row: str, at: str = "B 2,") -> Spoilt:
    """A register whose only meeting is missing, so that every row complains of that too."""
    return rule, DECISIONS, "", HEAD + row, at, "", True


MEETING_FAULTS: Final[tuple[Spoilt, ...]] = (
    ("meeting-twice", MEETINGS, "", HELD + "m1,Board,2026-06-18,2,2\n", "m1,Board,2026-06", "", False),
    _told("unknown-meeting", ROW),
    _told("decision-twice", ROW + ROW),
    _told("decision-outcome", ROW.replace("live-well", "live-long")),
    _told("decision-without-words", ROW.replace("As put", "")),
    _told("decision-without-words", ROW.replace("agreed,", ",")),
    _told("private-without-reason", ROW.replace("public", "private")),
    _told("private-without-reason", ROW.replace("public,", "public,Because")),
)
