"""How the rules about releasing partners' words are broken: rule, file, old, new, text on the line named."""

from typing import Final

__all__ = ["RELEASE_FAULTS"]

PROMISES: Final = "agreements/PL1/commitments.csv"
REPLIES: Final = "agreements/PL1/replies.csv"
PROMISE_HEAD: Final = "id,partner,outcome,indicator,what,due,kept_on\n"
PROMISE: Final = "c1,T1,live-well,carers,Open a hub,2026-09-30,\n"
REPLY_HEAD: Final = "indicator,partner,given_on,text\n"


def _promise(by: str, on: str) -> tuple[str, str, str]:
    """The log of promises with one promise, and what it says of its release."""
    head, row = (text.removesuffix("\n") for text in (PROMISE_HEAD, PROMISE))
    return PROMISE_HEAD + PROMISE, f"{head},released_by,released_on\n{row},{by},{on}\n", "c1,T1"


def _reply(by: str, on: str) -> tuple[str, str, str]:
    """The log of replies with one reply before the others."""
    row = f"carers,C1,2026-07-01,We know,{by},{on}\n"
    return REPLY_HEAD, f"{REPLY_HEAD[:-1]},released_by,released_on\n{row}", "2026-07-01"


RELEASE_FAULTS: Final[tuple[tuple[str, str, str, str, str], ...]] = (
    ("release-without-role", PROMISES, *_promise("", "2026-10-01")),
    ("release-without-role", REPLIES, *_reply("", "2026-10-01")),
    ("release-without-day", REPLIES, *_reply("Chair", "")),
    ("released-by-a-person", PROMISES, *_promise("Dr Jane Green", "2026-10-01")),
)
