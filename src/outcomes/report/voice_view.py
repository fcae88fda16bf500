"""Turns what people said into one line beside an outcome, a section of the record, and a table of the overview."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from outcomes.report.formatting import date_text, joined
from outcomes.report.panel_view import PanelView, panel_view, skew_text
from outcomes.report.wording import counted, say, sentence_case
from outcomes.scorecard.model import Heard, InsightLine, Scorecard, Voices
from outcomes.vocabulary import PanelVerdict, Recruitment

Href = Callable[[str], str]

__all__ = ["InsightView", "VoicesSection", "insight_views", "voices_line", "voices_section"]


@dataclass(frozen=True, slots=True)
class InsightView:
    """One insight as it is printed.

    Attributes:
        anchor: Its place on the record's page.
        theme, text, not_shown: About what, what was said, or why that is not shown.
        dissents: (heading, own words) of each minority.
        gathered: Who gathered it, how and when.
        heard: How many people, and whether they came of themselves.
        way: The areas on its way up, one step after another.
        provenance: Links (text before, then (id, href) pairs): the records it rests on, and the summaries above it.
        released: Who released it to the public; empty for nobody.
        href: Its place on the record's page of the area that logged it; empty where the site has none.
    """

    anchor: str
    theme: str
    text: str
    not_shown: str
    dissents: tuple[tuple[str, str], ...]
    gathered: str
    heard: str
    way: tuple[str, ...]
    provenance: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    released: str
    href: str


@dataclass(frozen=True, slots=True)
class VoicesSection:
    """The section on people's voice: the counts, the panels, the insights."""

    text: str
    heard: str
    panels: tuple[PanelView, ...]
    insights: tuple[InsightView, ...]


def _heard_text(heard: Heard) -> str:
    """How many people in how many records; those of a few are said apart, since a sum would give them away."""
    shown = heard.records - heard.few_records
    few = say("voices_few", records=counted(heard.few_records, "record")) if heard.few_records else ""
    if not shown:
        return sentence_case(few)
    told = say("voices_heard", people=counted(heard.people, "person"), records=counted(shown, "record"))
    return f"{told}{say('voices_few_more', few=few)}" if few else told


def voices_line(card: Scorecard, outcome_id: str) -> str:
    """Return who stands behind one outcome, in one line; empty where nobody looked.

    Arguments:
        card: The place's.
        outcome_id: The outcome.
    """
    voices = card.voices
    mine = next((one for one in voices.outcomes if one.outcome == outcome_id), None) if voices else None
    if voices is None or mine is None:
        return ""
    told = []
    for panel in voices.panels:
        if panel.id in mine.panels and panel.recruitment is Recruitment.DEMOGRAPHICALLY_RECRUITED:
            verdict = skew_text(panel, longest=1) if panel.verdict is PanelVerdict.SKEWED else ""
            verdict = verdict or say(f"verdict_{panel.verdict.name.lower()}")
            told.append(say("voices_line_panel", panel=panel.title, members=f"{panel.members:,}", verdict=verdict))
    # chosen people and volunteers are told apart: they are never one figure
    for key, heard in (("voices_line_chosen", mine.of_panels), ("voices_line_open", mine.of_volunteers)):
        shown = heard.records - heard.few_records
        if shown:
            told.append(say(key, people=counted(heard.people, "person"), records=counted(shown, "record")))
    if mine.heard.few_records:
        told.append(say("voices_line_few", records=counted(mine.heard.few_records, "record")))
    if mine.dissents:
        told.append(say("voices_line_dissent", areas=joined(mine.dissents)))
    if not told and mine.experience_measures:
        names = {line.page_name: line.short_name or line.name for line in card.lines}
        measured = joined([names.get(one, one) for one in mine.experience_measures])
        told.append(say("voices_line_measured", measures=measured))
    if not told and mine.heard_through:
        told.append(mine.heard_through)
    return f"{say('voices_line', told='; '.join(told))}." if told else say("voices_line_none")


def voices_section(card: Scorecard) -> VoicesSection | None:
    """Return the section on people's voice; None where nobody looked, or nothing is there."""
    voices = card.voices
    if voices is None or not (voices.insights or voices.panels):
        return None
    return VoicesSection(
        text=say("voices_text"),
        heard=f"{sentence_case(_heard_text(voices.heard))}." if voices.insights else say("voices_none"),
        panels=tuple(panel_view(panel) for panel in voices.panels),
        insights=insight_views(voices, here=card.place.area_code),
    )


def insight_views(voices: Voices, *, here: str = "", pages: Collection[str] = ()) -> tuple[InsightView, ...]:
    """Return insights as they are printed, in their order.

    Arguments:
        voices: Of an area.
        here: The area whose record is the page itself: links stay on it.
        pages: The areas whose record has a page in the site, for links from elsewhere.
    """
    by_id = {line.id: line for line in voices.insights}

    def href(insight_id: str) -> str:
        line = by_id.get(insight_id)
        if line is None:
            return ""
        if here:
            return f"#insight-{quote(insight_id)}"
        is_there = line.logged_at in pages
        return f"agreements/{quote(line.logged_at)}.html#insight-{quote(insight_id)}" if is_there else ""

    return tuple(_insight(line, [(one, href(one)) for one in line.records], href) for line in voices.insights)


def _insight(line: InsightLine, records: Sequence[tuple[str, str]], href: Href) -> InsightView:
    provenance = []
    if line.summarises:
        rests = say("insight_rests", records=counted(len(line.records), "record"))
        provenance.append((rests, tuple(records)))
    if line.summarised_by:
        above = tuple((one, href(one)) for one in line.summarised_by)
        provenance.append((say("insight_carried"), above))
    people = "" if line.summarises else say("insight_voluntary" if line.is_voluntary else "insight_panel")
    is_shown = line.heard.records > line.heard.few_records
    heard = (_heard_text(line.heard) if line.summarises else counted(line.heard.people, "person")) if is_shown else ""
    released = ""
    if line.released_on is not None:
        released = say("insight_released", role=line.released_by, date=date_text(line.released_on, short=True))
    first, last = (date_text(day, short=True) for day in (line.collected_from, line.collected_to))
    when = last if line.collected_from == line.collected_to else say("insight_period", first=first, last=last)
    who = [name for name in (line.partner, line.group) if name]
    return InsightView(
        anchor=f"insight-{line.id}",
        theme=line.theme,
        text=line.text,
        not_shown="" if line.text else say("insight_not_shown"),
        dissents=tuple((say("insight_dissent", area=dissent.area), dissent.text) for dissent in line.dissents),
        gathered=f"{', '.join(who)}. {sentence_case(say(f'method_{line.method.value}'))}, {when}",
        heard=", ".join(text for text in (heard or say("insight_few"), people) if text),
        way=tuple(" / ".join(step.areas) for step in line.path),
        provenance=tuple(provenance),
        released=released,
        href=href(line.id),
    )
