"""Turns a panel beside its population into sentences, a table of groups and a table of answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from outcomes.report.formatting import date_text, interval_text, joined, number_text
from outcomes.report.wording import WORDING, counted, say, sentence_case
from outcomes.scorecard.model import PanelAnswer, PanelComparison, PanelGroup
from outcomes.vocabulary import Detail, PanelVerdict, Reason, Recruitment, Representation

__all__ = ["AnswerRow", "GroupRow", "PanelView", "panel_view", "skew_text"]

_SKEWED = (Representation.UNDER_REPRESENTED, Representation.OVER_REPRESENTED)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: its head, then the cells of its row; `dimension` stands at the first group of each."""

    dimension: str
    title: str
    members: str
    share: str
    interval: str
    population: str
    gap: str
    gap_interval: str
    weight: str
    word: str
    is_out: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question, of everybody or of one group: how many answered, and what they said."""

    title: str
    answered: str
    value: str
    interval: str
    note: str


@dataclass(frozen=True, slots=True)
class PanelView:
    """A panel as it is printed.

    Attributes:
        anchor, head: Its place on the page and its heading, the verdict in it.
        sentences: Verdict, facts, weights, what is not shown.
        table_title: The caption of the groups.
        groups: Their rows.
        answers: (question and when it was put, what counts as agreeing, rows: everybody first) of each question.
    """

    anchor: str
    head: str
    sentences: tuple[str, ...]
    table_title: str
    groups: tuple[GroupRow, ...]
    answers: tuple[tuple[str, str, tuple[AnswerRow, ...]], ...]


def _group_title(group: PanelGroup) -> str:
    """A group as it stands in a sentence."""
    key = f"panel_group_{group.dimension}"
    return say(key, group=group.title) if key in WORDING else group.title


def _dimension(dimension: str) -> str:
    key = f"dimension_{dimension}"
    return say(key) if key in WORDING else sentence_case(dimension.replace("_", " "))


def skew_text(panel: PanelComparison, *, longest: int = 4) -> str:
    """Return which groups are out of proportion and by how much, the ones that are short and furthest off first.

    Arguments:
        panel: A panel beside its population.
        longest: So many groups are named, then counted.
    """
    out = [group for group in panel.groups if group.word in _SKEWED]
    out.sort(key=lambda group: (group.word is not Representation.UNDER_REPRESENTED, -abs(group.gap or 0.0)))
    told = []
    for group in out[:longest]:
        is_short = group.word is Representation.UNDER_REPRESENTED
        title = _group_title(group)
        if group.gap is None:
            told.append(say("voices_hidden_short" if is_short else "voices_hidden_over", group=title))
        else:
            points = number_text(abs(group.gap), 1)
            told.append(say("voices_short" if is_short else "voices_over", group=title, points=points))
    if len(out) > longest > 1:
        told.append(say("voices_more_groups", groups=counted(len(out) - longest, "group")))
    return ", ".join(told)


def panel_view(panel: PanelComparison) -> PanelView:
    """Return a panel as it is printed."""
    questions: dict[str, list[PanelAnswer]] = {}
    for answer in panel.answers:
        questions.setdefault(answer.question, []).append(answer)
    return PanelView(
        anchor=f"panel-{panel.id}",
        head=say("panel_head", title=panel.title, verdict=say(f"verdict_{panel.verdict.name.lower()}")),
        sentences=tuple(text for text in (_verdict(panel), _facts(panel), _weights(panel), _hidden(panel)) if text),
        table_title=say("panel_table", title=panel.title, population=panel.population_title),
        groups=_rows(panel.groups, is_weighted=panel.greatest_weight is not None),
        answers=tuple(
            (_question(rows[0]), say("panel_value", counted=rows[0].counted), tuple(_answer(row) for row in rows))
            for rows in questions.values()
        ),
    )


def _question(answer: PanelAnswer) -> str:
    """The question and when it was put: a year's figure may rest on other answers of the same panel."""
    if answer.asked_from is None or answer.asked_to is None:
        return answer.text
    first, last = (date_text(day, short=True) for day in (answer.asked_from, answer.asked_to))
    when = last if first == last else say("insight_period", first=first, last=last)
    return say("panel_question", text=answer.text, when=when)


def _verdict(panel: PanelComparison) -> str:
    key = f"panel_verdict_{panel.verdict.name.lower()}"
    if panel.verdict is PanelVerdict.SKEWED:
        return say(key, groups=skew_text(panel))
    if panel.verdict is PanelVerdict.CANNOT_TELL:
        missing = joined(panel.not_compared)
        because = say("panel_because_not_compared", dimensions=missing) if missing else say("panel_because_small")
        return say(key, because=because)
    return say(key)


def _facts(panel: PanelComparison) -> str:
    return say(
        "panel_facts_volunteers" if panel.recruitment is Recruitment.VOLUNTARY else "panel_facts",
        members=f"{panel.members:,}",
        area=panel.area,
        people=say("panel_people", people=panel.people) if panel.people else "",
        date=date_text(panel.counted_on),
        partner=panel.partner,
        how=panel.recruited_how.rstrip("."),
    )


def _weights(panel: PanelComparison) -> str:
    if panel.design_effect is not None and panel.effective_members is not None:
        assert panel.greatest_weight is not None and panel.greatest_difference is not None
        told = say(
            "panel_weights",
            effect=number_text(panel.design_effect, 2),
            weighted=f"{panel.weighted_members:,}",
            effective=number_text(panel.effective_members, 0),
            greatest=number_text(panel.greatest_weight, 2),
            # what is printed is never less than what was found
            difference="0.001" if panel.greatest_difference < 1e-5 else number_text(panel.greatest_difference * 100, 4),
            rounds=counted(panel.rounds, "round"),
        )
        left_out = panel.members - panel.weighted_members
        some = f" {say('panel_weights_some', number=f'{left_out:,}')}" if left_out >= panel.least_in_group else ""
        return told + some
    if panel.recruitment is Recruitment.VOLUNTARY:
        return ""
    if panel.empty_groups:
        return say("panel_no_weights_empty", groups=joined(panel.empty_groups))
    return say("panel_no_weights") if panel.no_weights is Detail.MISSING_STRATUM else ""


def _hidden(panel: PanelComparison) -> str:
    reasons = [*(group.reason for group in panel.groups), *(answer.reason for answer in panel.answers)]
    is_any = Reason.CONFIDENTIAL in reasons
    return say("panel_hidden", least=panel.least_in_group) if is_any else ""


def _rows(groups: Sequence[PanelGroup], *, is_weighted: bool) -> tuple[GroupRow, ...]:
    rows, before = [], ""
    for group in groups:
        hidden = say("panel_not_shown")
        weight = say("panel_no_weight") if not is_weighted else hidden
        rows.append(
            GroupRow(
                dimension=_dimension(group.dimension) if group.dimension != before else "",
                title=group.title,
                members=hidden if group.members is None else f"{group.members:,}",
                share=hidden if group.share is None else f"{number_text(group.share, 1)}%",
                interval=_interval(group.lower_ci_95, group.upper_ci_95),
                population=f"{number_text(group.population_share, 1)}%",
                gap=hidden if group.gap is None else _signed(group.gap),
                gap_interval=_interval(group.gap_lower_ci_95, group.gap_upper_ci_95),
                weight=weight if group.weight is None else number_text(group.weight, 2),
                word=sentence_case(group.word.value),
                is_out=group.word in _SKEWED,
            )
        )
        before = group.dimension
    return tuple(rows)


def _signed(value: float) -> str:
    text = number_text(value, 1)
    return f"+{text}" if value > 0 and text.strip("0.") else text


def _interval(lower: float | None, upper: float | None) -> str:
    return "" if lower is None or upper is None else interval_text(lower, upper, 1)


def _answer(answer: PanelAnswer) -> AnswerRow:
    if answer.value is None:
        note = say("panel_cannot") if answer.detail is not None else ""
    elif not answer.is_estimate:
        note = say("panel_of_answers")
    else:
        note = say("panel_effective", number=number_text(answer.effective_answers or 0.0, 0))
    hidden = say("panel_not_shown")
    return AnswerRow(
        title=answer.title or say("panel_everybody"),
        answered=hidden if answer.answered is None else f"{answer.answered:,}",
        value=hidden if answer.value is None else f"{number_text(answer.value, 1)}%",
        interval=_interval(answer.lower_ci_95, answer.upper_ci_95),
        note=note,
    )
