"""Words the right of reply in little room: the reply's date, or that none is recorded and when it is due."""

from outcomes.report.formatting import date_text
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
    if called == 1:
        return say("replies_counted_one", has=say("replies_has" if given else "replies_has_none"))
    return say("replies_counted", called=counted(called, "measure"), given=given, none=called - given)
