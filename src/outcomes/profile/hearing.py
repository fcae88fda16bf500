"""Carries up what people said: from neighbourhood to place to system, with its provenance and dissent, counted once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from outcomes.agreement.model import Insight, is_released, least_heard, may_show_words, people_heard, records_of
from outcomes.geography.areas import RANK
from outcomes.partnership.model import Partnership
from outcomes.profile.panels import panel_against_population
from outcomes.profile.voices import Dissent, Heard, InsightLine, OutcomeVoices, PanelComparison, Step, Voices
from outcomes.vocabulary import AreaLevel, Audience, InsightMethod, Reason, Recruitment, Tier

__all__ = ["carried_up", "every_voice", "panel_comparisons", "voices_of"]

Every = Mapping[str, Insight]


@dataclass(frozen=True, slots=True)
class _Log:
    """What is known of a world on a date: every insight by its id, and the place beside whose agreement it stands."""

    partnership: Partnership
    as_of: date
    every: Every
    logged: Mapping[str, str]


def _log(partnership: Partnership, as_of: date) -> _Log:
    every: dict[str, Insight] = {}
    logged: dict[str, str] = {}
    for agreement in partnership.agreements:
        for insight in agreement.insights:
            # each version of an agreement carries its place's whole log
            if insight.collected_to <= as_of:
                every.setdefault(insight.id, insight)
                logged.setdefault(insight.id, agreement.area_code)
    return _Log(partnership, as_of, every, logged)


def carried_up(
    partnership: Partnership, area_code: str, *, as_of: date, audience: Audience = Audience.PARTNERS
) -> tuple[InsightLine, ...]:
    """Return what people of an area and of everything below it said, each insight once with its way up.

    Nothing is merged and nothing lost: a record stands beside the summaries that sum it up, each names the other, and
    the view of a minority goes with both. An area that two wholes share is there once from above both of them.

    Arguments:
        partnership: The world.
        area_code: The area that looks, at any level.
        as_of: The date; what was collected later is not known yet.
        audience: For whom: words are withheld where the people did not agree to them being shown.

    Returns:
        The newest first.

    Raises:
        UnknownNameError: There is no such area.

    >>> from outcomes.partnership.loading import load_partnership
    >>> from outcomes.bundled import bundled_folder
    >>> world = load_partnership(bundled_folder("examples", "eastvale"))
    >>> (bus,) = [one for one in carried_up(world, "EMX540001", as_of=date(2026, 11, 22)) if one.id == "low-fen-walk"]
    >>> [step.areas for step in bus.path]
    [('Low Fen',), ('Dunmarsh',), ('Eastvale and Moor',)]
    """
    return _carried_up(_log(partnership, as_of), partnership.areas[area_code].code, audience)


def _carried_up(log: _Log, here: str, audience: Audience) -> tuple[InsightLine, ...]:
    within = set(log.partnership.footprints.within(here))
    chosen = [one for one in log.every.values() if one.area_code in within]
    summarised_by: dict[str, list[str]] = {}
    for one in chosen:
        for named in one.summarises:
            summarised_by.setdefault(named, []).append(one.id)
    lines = (_line(log, one, within, audience, tuple(sorted(summarised_by.get(one.id, ())))) for one in chosen)
    return tuple(sorted(lines, key=lambda line: (-line.collected_to.toordinal(), line.id)))


def _line(
    log: _Log, insight: Insight, within: set[str], audience: Audience, summarised_by: tuple[str, ...]
) -> InsightLine:
    partnership, every, as_of = log.partnership, log.every, log.as_of
    area = partnership.areas[insight.area_code]
    partner = partnership.partners_by_code.get(insight.partner)
    records = records_of(insight.id, every)
    heard = _heard(records, every)
    is_shown = _may_show(insight, every, audience, as_of)
    panel = partnership.panels.get(insight.panel)
    is_public = is_released(insight, as_of)
    return InsightLine(
        id=insight.id,
        method=insight.method,
        partner_code=insight.partner,
        partner=partner.name if partner else insight.partner,
        group=insight.group,
        logged_at=log.logged[insight.id],
        area_code=area.code,
        area=area.name,
        level=area.level,
        path=_path(partnership, area.code, within),
        collected_from=insight.collected_from,
        collected_to=insight.collected_to,
        theme=insight.theme,
        text=insight.text if is_shown else "",
        withheld=None if is_shown else Reason.CONFIDENTIAL,
        heard=heard,
        panel=panel.description.id if panel else "",
        is_voluntary=any(_is_voluntary(partnership, every[one]) for one in records),
        consent=insight.consent,
        released_by=insight.released_by if is_public else "",
        released_on=insight.released_on if is_public else None,
        is_released=may_show_words(insight, Audience.PUBLIC, as_of),
        indicators=insight.indicators,
        outcomes=insight.outcomes,
        summarises=tuple(sorted(set(insight.summarises))),
        records=records,
        summarised_by=summarised_by,
        dissents=tuple(
            Dissent(
                insight=one,
                area_code=every[one].area_code,
                area=partnership.areas[every[one].area_code].name,
                text=every[one].dissent,
                is_released=may_show_words(every[one], Audience.PUBLIC, as_of),
            )
            for one in _below(insight.id, every)
            if every[one].dissent and _may_show(every[one], every, audience, as_of)
        ),
    )


def _is_voluntary(partnership: Partnership, record: Insight) -> bool:
    """Whether people came of themselves: everybody but the members of a panel that was recruited."""
    panel = partnership.panels.get(record.panel)
    # whoever answers a survey came of themselves, whatever panel they were asked beside
    is_panel = panel is not None and record.method is InsightMethod.PANEL
    return not (is_panel and panel and panel.description.recruitment is Recruitment.DEMOGRAPHICALLY_RECRUITED)


def _may_show(insight: Insight, every: Every, audience: Audience, as_of: date) -> bool:
    heard = insight.n_heard or people_heard(records_of(insight.id, every), every).people
    return may_show_words(insight, audience, as_of) and heard >= least_heard(insight.method)


def _below(insight_id: str, every: Every) -> list[str]:
    """An insight and everything that it sums up, each once, itself first."""
    found: list[str] = []
    front = [insight_id]
    while front:
        one = front.pop(0)
        if one in every and one not in found:
            found.append(one)
            front += sorted(every[one].summarises)
    return found


def _heard(records: Iterable[str], every: Every) -> Heard:
    people, number, few = people_heard(records, every)
    return Heard(people=people, records=number, few_records=few)


def _path(partnership: Partnership, area_code: str, within: set[str]) -> tuple[Step, ...]:
    """The areas from one up to the area that looks, level by level."""
    above = [code for code in partnership.footprints.ancestors(area_code) if code in within]
    levels: dict[str, list[str]] = {}
    for code in (area_code, *above):
        levels.setdefault(partnership.areas[code].level.value, []).append(partnership.areas[code].name)
    # `other` stands nowhere among the levels: it keeps its place beside the area below it
    lowest = max(RANK.values())
    order = sorted(levels, key=lambda level: lowest - RANK.get(level, lowest))
    return tuple(Step(level=AreaLevel(level), areas=tuple(sorted(levels[level]))) for level in order)


def panel_comparisons(partnership: Partnership, as_of: date) -> dict[str, PanelComparison]:
    """Return every panel that was counted by a date beside its population, by id."""
    return {
        panel_id: panel_against_population(partnership, panel_id, as_of=as_of)
        for panel_id, panel in sorted(partnership.panels.items())
        if panel.description.counted_on <= as_of
    }


def voices_of(
    partnership: Partnership,
    area_code: str,
    *,
    as_of: date,
    panels: Mapping[str, PanelComparison] | None = None,
) -> Voices:
    """Return the voices of an area: insights carried up to it, the panels that speak for it, outcome by outcome.

    Arguments:
        partnership: The world.
        area_code: The area, at any level.
        as_of: The date.
        panels: The comparisons of panels, where they are at hand for several areas.

    Raises:
        UnknownNameError: There is no such area.

    >>> from outcomes.partnership.loading import load_partnership
    >>> from outcomes.bundled import bundled_folder
    >>> world = load_partnership(bundled_folder("examples", "eastvale"))
    >>> all(one.is_heard for one in voices_of(world, "EMX060003", as_of=date(2026, 11, 22)).outcomes)
    True
    """
    compared = panel_comparisons(partnership, as_of) if panels is None else panels
    return _voices(_log(partnership, as_of), area_code, compared)


def _voices(log: _Log, area_code: str, panels: Mapping[str, PanelComparison]) -> Voices:
    partnership = log.partnership
    area = partnership.areas[area_code]
    around = {*partnership.footprints.ancestors(area.code), *partnership.footprints.within(area.code)}
    speaking = tuple(panel for _, panel in sorted(panels.items()) if panel.area_code in around)
    insights = _carried_up(log, area.code, Audience.PARTNERS)
    return Voices(
        area_code=area.code,
        area=area.name,
        level=area.level,
        heard=_heard((record for line in insights for record in line.records), log.every),
        insights=insights,
        panels=speaking,
        outcomes=_outcomes(log, area.code, insights, speaking),
    )


def every_voice(partnership: Partnership, area_codes: Iterable[str], *, as_of: date) -> dict[str, Voices]:
    """Return the voices of several areas; the log is read, and each panel compared with its population, once.

    Arguments:
        partnership: The world.
        area_codes: The areas, at any level.
        as_of: The date.
    """
    log, panels = _log(partnership, as_of), panel_comparisons(partnership, as_of)
    return {code: _voices(log, code, panels) for code in dict.fromkeys(area_codes)}


def _outcomes(
    log: _Log, area_code: str, insights: tuple[InsightLine, ...], panels: tuple[PanelComparison, ...]
) -> tuple[OutcomeVoices, ...]:
    partnership, every = log.partnership, log.every
    agreement = partnership.agreement_for(area_code, log.as_of)
    measures: dict[str, list[str]] = {}
    felt: dict[str, list[str]] = {}
    for _, inclusion in partnership.lines_for(agreement):
        if inclusion.tier is not Tier.OPERATIONAL:
            measures.setdefault(inclusion.outcome, []).append(inclusion.indicator)
            if partnership.indicators[inclusion.key].is_experience_measure:
                felt.setdefault(inclusion.outcome, []).append(inclusion.indicator)
    found = []
    for outcome in partnership.outcomes_for(agreement):
        here = set(measures.get(outcome.id, ()))
        if not here:
            continue
        said = [one for one in insights if outcome.id in one.outcomes or here & set(one.indicators)]
        ids = {one.id for one in said}
        records = sorted({record for one in said for record in one.records})
        voluntary = {one for one in records if _is_voluntary(partnership, every[one])}
        found.append(
            OutcomeVoices(
                outcome=outcome.id,
                title=outcome.title,
                heard=_heard(records, every),
                of_panels=_heard((one for one in records if one not in voluntary), every),
                of_volunteers=_heard((one for one in records if one in voluntary), every),
                insights=tuple(one.id for one in said if ids.isdisjoint(one.summarised_by)),
                panels=tuple(
                    panel.id for panel in panels if outcome.id in panel.outcomes or here & set(panel.indicators)
                ),
                experience_measures=tuple(dict.fromkeys(felt.get(outcome.id, ()))),
                heard_through=outcome.heard_through,
                dissents=tuple(sorted({dissent.area for one in said for dissent in one.dissents})),
            )
        )
    return tuple(found)
