"""How rules about promises, challenges, disputes and who is in the room are broken: rule, file, old, new, and where."""

from typing import Final

__all__ = ["MUTUAL_ADVICE", "MUTUAL_FAULTS"]

PL1: Final = "agreements/PL1.yaml"
PROMISES: Final = "agreements/PL1/commitments.csv"
CHALLENGES: Final = "agreements/PL1/challenges.csv"
DISPUTES: Final = "agreements/PL1/disputes.csv"
SIGN_OFFS: Final = "sign_offs.csv"
SIGNED: Final = "partner,file,role,signed_on\n"
HEAD: Final = (
    "id,raised_by,raised_by_level,to,to_level,raised_on,indicator,what,reply_due,replied_on,reply,closed_on,agreed\n"
)
OPEN: Final = "q1,C1,place,T1,system,2026-09-01,carers,Why?,2026-09-29,,,,\n"
SIDES: Final = "id,indicator,about,partner,position,period,number,opened_on,settled_on,decision\n"
TWO_SIDES: Final = (
    "d1,carers,value,T1,Ours is right,2026/27 Q1,50,2026-09-01,,\n"
    "d1,carers,value,C1,Ours is,2026/27 Q1,52,2026-09-01,,\n"
)


def _asked(*rows: str) -> tuple[str, str, str]:
    """The log of challenges with some rows."""
    return CHALLENGES, "", HEAD + "".join(rows)


def _held(old: str, new: str) -> tuple[str, str, str]:
    """The log of disputes, one of whose rows is spoilt."""
    assert old in TWO_SIDES
    return DISPUTES, "", SIDES + TWO_SIDES.replace(old, new, 1)


# rule, file, old, new, text on the line that is named, file of that line, whether it is the last such line
MUTUAL_FAULTS: Final[tuple[tuple[str, str, str, str, str, str, bool], ...]] = (
    ("commitment-dates", PROMISES, "id,partner,outcome,indicator,what,due,kept_on\n",
     "id,partner,outcome,indicator,what,due,kept_on,agreed_on\nc9,C1,,,Early,2026-09-30,2026-01-05,2026-02-01\n",
     "c9,", "", False),
    ("withdrawn-without-reason", PROMISES, "id,partner,outcome,indicator,what,due,kept_on\n",
     "id,partner,outcome,indicator,what,due,kept_on,withdrawn_on,decision\nc9,C1,,,Gone,2026-09-30,,2026-02-01,B 4\n",
     "c9,", "", False),
    ("sign-off-of-nobody", SIGN_OFFS, "", f"{SIGNED}T9,q1.csv,Treasurer,2026-07-20\n", "T9,", "", False),
    ("sign-off-twice", SIGN_OFFS, "", SIGNED + 2 * "T1,q1.csv,Treasurer,2026-07-20\n", "T1,", "", True),
    ("sign-off-by-a-person", SIGN_OFFS, "", f"{SIGNED}T1,q1.csv,Dr Jane Smith,2026-07-20\n", "T1,", "", False),
    ("challenge-twice", *_asked(OPEN, OPEN), "q1,", "", True),
    ("challenge-to-itself", *_asked(OPEN.replace("T1,system", "C1,system")), "q1,", "", False),
    ("challenge-level", *_asked(OPEN.replace("place", "ward")), "q1,", "", False),
    ("challenge-dates", *_asked(OPEN.replace("2026-09-29", "2026-08-29")), "q1,", "", False),
    ("challenge-half-answered", *_asked(OPEN.replace(",,,,", ",2026-09-05,,,")), "q1,", "", False),
    ("challenge-half-answered", *_asked(OPEN.replace(",,,,", ",,,2026-09-05,Done")), "q1,", "", False),
    ("challenge-without-clock", *_asked(OPEN.replace("2026-09-29", "")), "q1,", "", False),
    ("dispute-of-one", *_held("d1,carers,value,C1", "d2,carers,value,C1"), "d1,", "", False),
    ("dispute-two-things", *_held("value,C1", "method,C1"), "d1,carers,method", "", False),
    ("dispute-settled", *_held("2026-09-01,,", "2026-09-01,2026-10-01,"), "d1,", "", False),
    ("dispute-period", *_held("2026/27 Q1,50", "2026-05,50"), "d1,", "", False),
    ("responsibility-population", PL1, "role: consulted, indicators: [falls]}",
     "role: consulted, indicators: [falls], area_code: NB3}", "area_code: NB3", "", False),
    ("responsibility-population", PL1, "role: consulted, indicators: [falls]}",
     'role: consulted, indicators: [falls], breakdown: "age_band=7"}', "age_band=7", "", False),
    ("responsibility-population", PL1, "role: supplies_data, indicators: [smoking]}",
     "role: supplies_data, indicators: [smoking], area_code: PL1}", "area_code: PL1}", "", False),
)  # fmt: skip
MUTUAL_ADVICE: Final[tuple[tuple[str, str, str, str, str, str, bool], ...]] = (
    ("one-in-the-room", PL1, "      - {partner: C1, role: consulted, indicators: [falls]}\n", "",
     "responsibilities", "", False),
)  # fmt: skip
