"""Words the right of reply in little room: the reply's date, or that none is recorded and when it is due."""

from collections.abc import Mapping

from outcomes.report.formatting import date_text, joined
from outcomes.report.wording import counted, say
from outcomes.scorecard.model import IndicatorLine, Summary

__all__ = ["replies_counted", "reply_note", "when_due"]


def reply_note(line: IndicatorLine) -> str:
    """Return one short text that stands beside an unwelcome word: the reply's date, or that there is none."""
    if line.replies:
        return say("reply_on", date=date_text(max(reply.given_on for reply in line.replies), short=True))
    if line.reply_due is None:
        return say("reply_none_short").rstrip(".")
    key = "reply_was_due" if line.is_reply_overdue else "reply_due_by"
    return say(key, date=date_text(line.reply_due, short=True))


def when_due(line: IndicatorLine) -> str:
    """Return the sentence of an empty slot that says when a reply is due; empty where no clock was agreed."""
    if line.replies or line.reply_due is None:
        return ""
    return say("reply_overdue_on" if line.is_reply_overdue else "reply_due_on", date=date_text(line.reply_due))


def replies_counted(summaries: tuple[Summary, ...]) -> str:
    """Return how many of the measures that call for a reply have one: what stands beside a count of unwelcome words."""
    called = sum(len(summary.call_for_reply) for summary in summaries)
    given = sum(len(summary.with_reply) for summary in summaries)
    if not called:
        return say("replies_not_called")
    overdue = sum(len(summary.reply_overdue) for summary in summaries)
    not_yet_due = sum(len(summary.reply_not_yet_due) for summary in summaries)
    missing = {
        "overdue": overdue,
        "not_yet_due": not_yet_due,
        "no_day": called - given - overdue - not_yet_due,
    }
    if called == 1:
        told = next((f"replies_one_{state}" for state, number in missing.items() if number), "replies_one_given")
        return say("replies_counted_one", has=say(told))
    told = {0: "replies_given_none", 1: "replies_given_one"}.get(given, "replies_given")
    said = _missing(missing)
    return say(
        "replies_counted",
        called=counted(called, "measure"),
        given=say(told, number=given),
        missing=say("replies_missing", missing=joined(said)) if said else "",
    )


def _missing(numbers: Mapping[str, int]) -> list[str]:
    """How many replies are missing in each way; the first of them says of what."""
    said: list[str] = []
    for state, number in numbers.items():
        if number:
            what = f"{number:,}" if said else say("replies_what_one" if number == 1 else "replies_what", number=number)
            key = f"replies_{state}_one" if number == 1 else f"replies_{state}"
            said.append(say(key, what=what))
    return said
