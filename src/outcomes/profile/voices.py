"""The nouns of people's voice: Voices of an area, its insights, and panels beside their population. Only pydantic."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from outcomes.vocabulary import (
    AreaLevel,
    Consent,
    Detail,
    InsightMethod,
    PanelVerdict,
    Reason,
    Recruitment,
    Representation,
)

__all__ = [
    "Dissent",
    "Heard",
    "InsightLine",
    "OutcomeVoices",
    "PanelAnswer",
    "PanelComparison",
    "PanelGroup",
    "Step",
    "Voices",
]


class _Frozen(BaseModel):
    """Closed and frozen, without inf or NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Heard(_Frozen):
    """How many people were heard, each person and each record once.

    Attributes:
        people: Those of the records whose number may be shown.
        records: How many records there are.
        few_records: How many of them heard too few for their number to be shown; their people are in no sum, which
            would give them away.
    """

    people: int = 0
    records: int = 0
    few_records: int = 0


class Step(_Frozen):
    """One step by which an insight is carried up.

    Attributes:
        level: The level of the areas.
        areas: Their names; two where a boundary runs through the area below.
    """

    level: AreaLevel
    areas: tuple[str, ...]


class Dissent(_Frozen):
    """What a minority said, in its own words, and where; whether it is released to the public."""

    insight: str
    area_code: str
    area: str
    text: str
    is_released: bool = False


class InsightLine(_Frozen):
    """What was said, or what several records say together.

    Attributes:
        id: Its own in the partnership.
        method: How people were listened to; `summary` of several records.
        partner_code, partner: Who gathered it; empty where only a group is named.
        group: The group that gathered it or was heard; empty for none.
        logged_at: The place beside whose agreement it is logged, where its page shows it.
        area_code, area, level: Whom it is about.
        path: From its own area up to the area that looks, so that it can be traced.
        collected_from, collected_to: When.
        theme: About what.
        text: What was said; empty where it is withheld.
        withheld: Why there is no text; None where there is.
        heard: How many people; of a summary those of its records, once.
        panel: The id of the panel whose members were heard; empty for none.
        is_voluntary: Whether any of the people came of themselves, so that nothing is estimated of a population.
        consent: What the people allow to be shown, and to whom.
        released_by, released_on: The role that released it to the public by the page's date; empty and None for nobody.
        is_released: Whether its words may stand on a public page.
        indicators, outcomes: What it speaks to.
        summarises: The ids that it sums up itself.
        records: The ids of the records that it rests on, each once; of a record its own.
        summarised_by: The ids of the summaries that sum it up.
        dissents: Its own minority view, and those of what it sums up, each once.
    """

    id: str
    method: InsightMethod
    partner_code: str = ""
    partner: str = ""
    group: str = ""
    logged_at: str
    area_code: str
    area: str
    level: AreaLevel
    path: tuple[Step, ...] = ()
    collected_from: date
    collected_to: date
    theme: str
    text: str = ""
    withheld: Reason | None = None
    heard: Heard
    panel: str = ""
    is_voluntary: bool = True
    consent: Consent
    released_by: str = ""
    released_on: date | None = None
    is_released: bool = False
    indicators: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    summarises: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    summarised_by: tuple[str, ...] = ()
    dissents: tuple[Dissent, ...] = ()


class PanelGroup(_Frozen):
    """One group of a panel beside the same group of the population; shares and gaps in per cent of everybody.

    Attributes:
        dimension, group: Which, such as `age_band`, `16-24`; of area_code the code.
        title: How the group is printed.
        members: How many members; None where so few that they are not shown.
        reason: Why nothing of the panel is shown; None where it is.
        share, lower_ci_95, upper_ci_95: Of the members who said, with the Wilson interval; of volunteers without one.
        population_share: Of the population.
        gap, gap_lower_ci_95, gap_upper_ci_95: The share less the population's, in percentage points.
        weighted_share: With the raked weights; None where there are none.
        weight: What a member of the group counts for on average; None where not shown, or where there are no weights.
        word: How the share stands to the population's, by the 99.8 % interval.
    """

    dimension: str
    group: str
    title: str
    members: int | None = None
    reason: Reason | None = None
    share: float | None = None
    lower_ci_95: float | None = None
    upper_ci_95: float | None = None
    population_share: float
    gap: float | None = None
    gap_lower_ci_95: float | None = None
    gap_upper_ci_95: float | None = None
    weighted_share: float | None = None
    weight: float | None = None
    word: Representation


class PanelAnswer(_Frozen):
    """What a panel's answers to one question say of everybody, or of one group.

    Attributes:
        question, text, counted: The question, and which answers are counted.
        dimension, group, title: The group; empty for everybody.
        asked_from, asked_to: The first and the last day on which the question was put; None in what was written before
            they were kept.
        answered: How many answered; None where so few that they are not shown.
        value, lower_ci_95, upper_ci_95: The weighted share that agrees, in per cent, with the Wilson interval of the
            effective number of answers; None where nothing is estimated.
        effective_answers: How many answers, all counting alike, would tell as much.
        is_estimate: Whether it speaks for the population; never of volunteers.
        reason, detail: Why there is no value.
        indicators, outcomes: What the question speaks to.
    """

    question: str
    text: str
    counted: str
    dimension: str = ""
    group: str = ""
    title: str = ""
    asked_from: date | None = None
    asked_to: date | None = None
    answered: int | None = None
    value: float | None = None
    lower_ci_95: float | None = None
    upper_ci_95: float | None = None
    effective_answers: float | None = None
    is_estimate: bool = True
    reason: Reason | None = None
    detail: Detail | None = None
    indicators: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


class PanelComparison(_Frozen):
    """A panel beside the population that it is to speak for.

    Attributes:
        id, title, partner_code, partner: Which panel, and who keeps it.
        recruitment, recruited_how: How its members came to it.
        area_code, area: Whose people.
        people: Which of them, such as `aged 16 and over`.
        counted_on: The day its members were counted.
        population, population_title: The series that it is compared with.
        least_in_group: Groups of fewer are not shown.
        members: How many members.
        weighted_members: Those of them who said of every dimension which group they belong to.
        dimensions: By what it is compared.
        not_compared: Of age, sex, ethnicity, deprivation and area, those by which it is not.
        groups: Every group of every dimension, in the population's order.
        verdict: What the comparison says of it.
        design_effect, effective_members: What the weights cost (Kish), and how many members, all counting alike, would
            tell as much; None without weights.
        greatest_weight: The greatest that a member counts for.
        rounds, greatest_difference: How the weights arrived: after so many rounds no weighted share is further than
            this from the population's, as a fraction of everybody.
        no_weights: Why there are no weights; None where there are, and of volunteers, who get none.
        empty_groups: The titles of groups of the population without a member.
        answers: What was answered: of everybody, then by group.
        indicators, outcomes: What it speaks to.
    """

    id: str
    title: str
    partner_code: str
    partner: str
    recruitment: Recruitment
    recruited_how: str
    area_code: str
    area: str
    people: str = ""
    counted_on: date
    population: str
    population_title: str
    least_in_group: int
    members: int
    weighted_members: int
    dimensions: tuple[str, ...]
    not_compared: tuple[str, ...] = ()
    groups: tuple[PanelGroup, ...]
    verdict: PanelVerdict
    design_effect: float | None = None
    effective_members: float | None = None
    greatest_weight: float | None = None
    rounds: int = 0
    greatest_difference: float | None = None
    no_weights: Detail | None = None
    empty_groups: tuple[str, ...] = ()
    answers: tuple[PanelAnswer, ...] = ()
    indicators: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


class OutcomeVoices(_Frozen):
    """Whose voices stand behind one outcome.

    Attributes:
        outcome: Its id.
        title: Its title.
        heard: The people and records that speak to it, each once.
        of_panels, of_volunteers: The same of people who were chosen for a panel, and of those who came of themselves;
            the two are never one figure.
        insights: The ids of what speaks to it and is summed up by nothing else that does.
        panels: The ids of the panels that speak to it.
        experience_measures: The ids of its measures that are people's own account.
        heard_through: How people are listened to about it, as the framework says.
        dissents: The names of the areas from which a dissent is carried up, each once.
    """

    outcome: str
    title: str
    heard: Heard = Heard()
    of_panels: Heard = Heard()
    of_volunteers: Heard = Heard()
    insights: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    experience_measures: tuple[str, ...] = ()
    heard_through: str = ""
    dissents: tuple[str, ...] = ()

    @property
    def is_heard(self) -> bool:
        """Whether anybody's own account stands behind it."""
        return bool(self.heard.records or self.panels or self.experience_measures or self.heard_through)


class Voices(_Frozen):
    """What people of an area said, carried up to it.

    Attributes:
        area_code, area, level: The area.
        heard: How many people and records, each once however many paths lead up.
        insights: Summaries and records, newest first; each with its provenance and dissent.
        panels: The panels that speak for the area, or for a larger one that holds it.
        outcomes: The shared outcomes of the area, in the order of its page.
    """

    area_code: str
    area: str
    level: AreaLevel
    heard: Heard = Heard()
    insights: tuple[InsightLine, ...] = ()
    panels: tuple[PanelComparison, ...] = ()
    outcomes: tuple[OutcomeVoices, ...] = ()
