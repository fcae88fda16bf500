"""Every word that pages print about challenges, disputes, replies and who is in the room; joined to that of all."""

from typing import Final

__all__ = ["MUTUAL_WORDING"]

MUTUAL_WORDING: Final = {
    "challenges": "Challenges",
    "challenges_text": (
        "Place, system and nation may ask each other to answer for something, either way, and the same clock holds for "
        "every reply. Unanswered ones come first, the longest waiting first, whoever asked."
    ),
    "none_challenged": "No challenge is recorded.",
    "none_unanswered": "No challenge is unanswered.",
    "challenges_more": "Every challenge, and how long replies took",
    "challenge_way": "{raised_by} to {to}",
    "challenge_side": "{name} ({level})",
    "challenge_says": "{way}: {raised} raised, {answered} answered in time, {late} late, {open} not yet due, "
    "{unanswered} unanswered.",
    "challenge_asked": "Asked by",
    "challenge_of": "Of",
    "challenge_what": "What was asked",
    "challenge_about": "About: {measure}",
    "challenge_state": "Reply",
    "challenge_words": "Reply and outcome",
    "challenge_due": "Reply due {date}",
    "challenge_raised": "Raised {date}",
    "challenge_over": "{days} over",
    "challenge_replied": "Replied {date}, after {days}",
    "challenge_closed": "Closed {date}:",
    "challenge_none": "No reply recorded",
    "responses": "How long replies took",
    "responses_text": "Counted by one rule for both ways, so that neither is seen more than the other.",
    "response_way": "Who asked whom",
    "response_raised": "Raised",
    "response_answered": "In time",
    "response_late": "Late",
    "response_open": "Not yet due",
    "response_unanswered": "Unanswered",
    "response_median": "Half within",
    "days_in_part": "{number} days",
    "response_waiting": "Waiting longest",
    "response_no_days": "No reply yet",
    "response_no_wait": "Nobody waits",
    "reply_due_by": "No reply recorded, due {date}",
    "reply_was_due": "No reply recorded, was due {date}",
    "reply_due_on": "Due by {date}.",
    "reply_overdue_on": "It was due by {date}.",
    "replies_counted": "Of {called} that call for a reply, {given} have one and {none} have none recorded.",
    "replies_counted_one": "The one measure that calls for a reply {has}.",
    "replies_has": "has one",
    "replies_has_none": "has none recorded",
    "replies_not_called": "No reply is called for.",
    "dispute_value": "Disputed value",
    "dispute_target": "Disputed target",
    "dispute_method": "Disputed method",
    "dispute_in": "{about}, {period}",
    "dispute_in_area": "{about}, {area}, {period}",
    "dispute_open": "Since {date}; not settled.",
    "dispute_settled": "Settled on {date}: {decision}.",
    "dispute_of_record": "These figures differ in the record.",
    "dispute_taken": "computation goes on with this one",
    "dispute_no_number": "no number given",
    "disputes": "Disputes",
    "disputes_text": (
        "Both sides stand here with their own number and words. Computation goes on with one of them; that says "
        "nothing of who is right."
    ),
    "room": "Who is in the room",
    "room_text": "Whom to call for which conversation, for which people, and in which part.",
    "room_for": "Population",
    "room_accountable": "Accountable",
    "room_contributes": "Contributes",
    "room_supplies_data": "Supplies data",
    "room_consulted": "Consulted",
    "room_nobody": "Nobody",
    "room_few": "Fewer than two partners are in the room.",
    "promises_all": "What each partner promised",
}
