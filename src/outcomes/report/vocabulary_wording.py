"""What the closed lists of words are called in print, and what each word that a page may say means."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from outcomes.vocabulary import (
    AgreementForm,
    AreaLevel,
    Assurance,
    Certainty,
    CommitmentState,
    Detail,
    Polarity,
    Qualifier,
    Reached,
    Reason,
    Statistic,
    Word,
)

__all__ = ["LEVELS", "MEANINGS", "VOCABULARY_WORDING"]

# one of a level, and several
LEVELS: Final = {
    AreaLevel.NATION: ("nation", "nations"),
    AreaLevel.REGION: ("region", "regions"),
    AreaLevel.SYSTEM: ("system", "systems"),
    AreaLevel.PLACE: ("place", "places"),
    AreaLevel.NEIGHBOURHOOD: ("neighbourhood", "neighbourhoods"),
    AreaLevel.WARD: ("ward", "wards"),
    AreaLevel.LSOA: ("small area", "small areas"),
    AreaLevel.COUNCIL: ("council area", "council areas"),
    AreaLevel.POLICE_FORCE_AREA: ("police force area", "police force areas"),
    AreaLevel.OTHER: ("area", "areas"),
}

_REASONS: Final = {
    Reason.MISSING: "no figure was received",
    Reason.NOT_AVAILABLE: "the partner says that it is not available",
    Reason.NOT_APPLICABLE: "it does not apply here",
    Reason.NOT_YET_DUE: "it is not due yet",
    Reason.RETURN_REJECTED: "the return is not accepted yet",
    Reason.CONFIDENTIAL: "a small number, or one that protects it",
    Reason.NOT_COMPARABLE: "it cannot be compared with the rest",
    Reason.CANNOT_BE_CALCULATED: "it cannot be calculated",
}

_DETAILS: Final = {
    Detail.ZERO_DENOMINATOR: "nobody to count among",
    Detail.TOO_FEW_EVENTS: "too few events",
    Detail.MISSING_STRATUM: "a stratum is missing",
    Detail.NO_SPREAD: "no spread was given",
    Detail.COVERAGE_TOO_LOW: "too little of the population is covered",
    Detail.IMPOSSIBLE_INPUT: "the figures contradict each other",
    Detail.TOO_FEW_POINTS: "too few points",
    Detail.POPULATION_TOO_SMALL: "too few people live there",
    Detail.INTERVAL_TOO_WIDE: "its interval is too wide",
}

_STATISTICS: Final = {
    Statistic.PROPORTION: "proportion",
    Statistic.CRUDE_RATE: "crude rate",
    Statistic.DIRECTLY_STANDARDISED_RATE: "directly standardised rate",
    Statistic.INDIRECTLY_STANDARDISED_RATIO: "indirectly standardised ratio",
    Statistic.MEAN: "mean",
    Statistic.COUNT: "count",
    Statistic.RATIO: "ratio",
    Statistic.LIFE_EXPECTANCY: "life expectancy",
    Statistic.PUBLISHED_VALUE: "published value",
}

_POLARITIES: Final = {
    Polarity.HIGHER_IS_BETTER: "higher is better",
    Polarity.LOWER_IS_BETTER: "lower is better",
    Polarity.NO_JUDGEMENT: "no judgement",
}

VOCABULARY_WORDING: Final = {
    **{f"level_{level.value}": names[0] for level, names in LEVELS.items()},
    **{f"reason_{reason.value}": text for reason, text in _REASONS.items()},
    **{f"detail_{detail.value}": text for detail, text in _DETAILS.items()},
    **{f"statistic_{statistic.value}": text for statistic, text in _STATISTICS.items()},
    **{f"polarity_{polarity.value}": text for polarity, text in _POLARITIES.items()},
    **{f"form_{form.value}": form.value.replace("_", " ") for form in AgreementForm},
}

MEANINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Word.MUCH_BETTER: "on the good side of what it is compared with, which lies outside its 99.8% interval",
        Word.BETTER: "on the good side of what it is compared with, which lies outside its 95% interval",
        Word.SIMILAR: "what it is compared with lies inside its 95% interval",
        Word.WORSE: "on the bad side of what it is compared with, which lies outside its 95% interval",
        Word.MUCH_WORSE: "on the bad side of what it is compared with, which lies outside its 99.8% interval",
        Word.MUCH_HIGHER: "above what it is compared with, which lies outside its 99.8% interval; not judged",
        Word.HIGHER: (
            "above what it is compared with, which lies outside its 95% interval, or a special cause upwards; not "
            "judged"
        ),
        Word.LOWER: (
            "below what it is compared with, which lies outside its 95% interval, or a special cause downwards; not "
            "judged"
        ),
        Word.MUCH_LOWER: "below what it is compared with, which lies outside its 99.8% interval; not judged",
        Word.IMPROVING: "the last points move, or the last one lies, the good way by more than chance",
        Word.GETTING_WORSE: "the last points move, or the last one lies, the bad way by more than chance",
        Word.INCREASING: "the last points rise by more than chance; not judged",
        Word.DECREASING: "the last points fall by more than chance; not judged",
        Word.NO_SIGNIFICANT_CHANGE: "the last points move no more than chance would move them",
        Word.MET: "its date has come, and the whole interval lies on the good side of the target",
        Word.NOT_MET: "its date has come, and the whole interval lies on the bad side of the target",
        Word.ON_TRACK: "the whole interval lies on the good side of the agreed path",
        Word.OFF_TRACK: "the whole interval lies on the bad side of the agreed path",
        Word.NARROWING: "the gap between the most and the least deprived shrinks by more than chance",
        Word.WIDENING: "the gap between the most and the least deprived grows by more than chance",
        Word.IMPROVING_UNEQUALLY: (
            "the average improves while the gap between the most and the least deprived grows, both by more than chance"
        ),
        Word.CANNOT_TELL: "the figures do not allow an answer; the reason stands beside it",
        Word.NOT_COMPARED: "nothing that may fairly be compared with it",
        Word.NO_TARGET: "nobody has agreed a target",
        Word.NOT_ASKED: "this is not asked of this area",
        Reached.REACHED: "the target is reached by its setter’s own rule, whatever chance says",
        Reached.NOT_REACHED: "the target is not reached by its setter’s own rule, whatever chance says",
        Certainty.CLEAR: "the target lies outside the 95% interval",
        Certainty.WITHIN_CHANCE: "the target lies inside the 95% interval",
        Assurance.CONSISTENTLY_MEETS: "as things are, the target is expected to be met in every period",
        Assurance.HIT_AND_MISS: "as things are, chance decides in which periods the target is met",
        Assurance.CONSISTENTLY_MISSES: "as things are, the target is not expected to be met in any period",
        CommitmentState.KEPT: "done as promised",
        CommitmentState.LATE: "its date has passed and it is not done",
        CommitmentState.NOT_KEPT: "not done, or not as it was promised",
        CommitmentState.NOT_YET_DUE: "its date has not come",
        CommitmentState.WITHDRAWN: "taken back by a recorded decision",
        Qualifier.PROVISIONAL: "may still change",
        Qualifier.REVISED: "replaces an earlier figure",
        Qualifier.ESTIMATED: "worked out, not counted",
        Qualifier.BREAK_IN_SERIES: "counted in another way than before",
        Qualifier.LOW_RELIABILITY: "to be read with care",
        Qualifier.PARTIAL: "some parts have not come in",
        Qualifier.STALE: "a later figure was due and has not come",
        Qualifier.APPORTIONED: "shared out over areas by agreed weights",
        Qualifier.FORMER_AREAS: "the figure of the areas that this one followed, under their codes of then",
        Qualifier.DISPUTED: "two sources give different figures",
    }
)
