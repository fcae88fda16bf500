"""The fourth signal, along the whole street from figures to words: what is said where the truth is on a target."""

from collections.abc import Sequence
from datetime import date
from math import sqrt
from typing import Final, NamedTuple

import numpy as np
import polars as pl

from benchmarks.simulation.draws import counts, proportions
from benchmarks.simulation.figures import Table, share
from benchmarks.simulation.plan import Plan
from outcomes import estimate, judge, observations, partnership_from, roll_up
from outcomes.framework.model import Framework, Inclusion, Indicator, Outcome
from outcomes.partnership.model import Partnership
from outcomes.target import Target, TargetPoint
from outcomes.vocabulary import AreaLevel, PeriodKind, Polarity, Reached, Signal, Statistic, TargetKind, Tier, Word

__all__ = ["target"]

AS_OF: Final = date(2026, 11, 22)
PERIOD: Final = "2025/26"
LEVEL: Final = 80.0
RATE: Final = 100.0
# where the truth lies, in half-widths of the expected 95 % interval, above 0 on the good side
DISTANCES: Final = (-2, -1, 0, 1, 2)
_AREAS_AT_A_TIME: Final = 4_000


class _Setting(NamedTuple):
    """One indicator: a proportion of which 80 % or more is wanted, or a rate of which 100 or less is."""

    size: int
    distance: int
    is_proportion: bool
    dispersion: float

    @property
    def id(self) -> str:
        kind = "share" if self.is_proportion else "rate"
        return f"{kind}-{self.size}-{self.distance + 2}-{self.dispersion:g}"

    @property
    def truth(self) -> float:
        """The true share, or the true number of events expected."""
        if self.is_proportion:
            level = LEVEL / 100.0
            return level + self.distance * 1.96 * sqrt(level * (1.0 - level) / self.size)
        return self.size - self.distance * 1.96 * sqrt(self.size)


_SETTINGS: Final = (
    *(_Setting(asked, distance, True, 1.0) for asked in (200, 2_000) for distance in DISTANCES),
    *(_Setting(events, distance, False, 1.0) for events in (20, 200) for distance in DISTANCES),
    *(_Setting(events, 0, False, 2.0) for events in (20, 200)),
)


def target(plan: Plan) -> list[Table]:
    """Return the table of words where the truth is on the target, and one or two half-widths off."""
    runs = plan.runs(1_000, 20_000)
    areas = min(runs, _AREAS_AT_A_TIME)
    partnership = _partnership(areas)
    told = pl.concat([_words(plan, part, areas, partnership) for part in range(runs // areas)])
    found = []
    for setting in _SETTINGS:
        rows = told.filter(indicator_id=setting.id)
        word, reached = rows["word"], rows["reached"]
        what = f"share, {setting.size:,} asked" if setting.is_proportion else f"rate, {setting.size:,} events"
        spread = "chance" if setting.dispersion == 1.0 else "twice its variance"
        side = {-2: "2 on the bad side", -1: "1 on the bad side", 0: "on the target"}.get(
            setting.distance, f"{setting.distance} on the good side"
        )
        figures = (
            share((word == Word.MET.value).to_numpy()),
            share((word == Word.NOT_MET.value).to_numpy()),
            share((word == Word.CANNOT_TELL.value).to_numpy()),
            share((reached == Reached.REACHED.value).to_numpy()),
        )
        found.append(((what, side, spread), figures))
    heads = ("met", "not met", "cannot tell", "reached, by the point")
    return [Table("targets", ("measure", "true value, in half-widths", "spread"), heads, tuple(found))]


def _partnership(areas: int) -> Partnership:
    indicators = [_indicator(setting) for setting in _SETTINGS]
    framework = Framework(
        id="simulation",
        version="1",
        title="Simulated",
        publisher="Nobody",
        source="drawn at random",
        licence="none",
        outcomes=(Outcome(id="all", title="All"),),
        indicators=tuple(indicators),
        inclusions=tuple(_inclusion(setting) for setting in _SETTINGS),
    )
    codes = _codes(areas)
    places = pl.DataFrame(
        {
            "area_code": ["ALL", *codes],
            "name": ["All", *codes],
            "level": ["system"] + ["place"] * areas,
            "parent_code": [None] + ["ALL"] * areas,
        }
    )
    return partnership_from(frameworks=[framework], areas=places)


def _codes(areas: int) -> Sequence[str]:
    return [f"P{number:05}" for number in range(areas)]


def _indicator(setting: _Setting) -> Indicator:
    return Indicator(
        id=setting.id,
        name=setting.id,
        statistic=Statistic.PROPORTION if setting.is_proportion else Statistic.CRUDE_RATE,
        numerator_definition="drawn at random",
        denominator_definition="given",
        multiplier=100.0 if setting.is_proportion else 100_000.0,
        unit="%" if setting.is_proportion else "per 100,000",
        period=PeriodKind.FINANCIAL_YEAR,
        level=AreaLevel.PLACE,
        source="drawn at random",
        licence="none",
    )


def _inclusion(setting: _Setting) -> Inclusion:
    wanted = Target(
        indicator=setting.id,
        kind=TargetKind.LEVEL,
        points=(TargetPoint(period=PERIOD, value=LEVEL if setting.is_proportion else RATE),),
        set_by=AreaLevel.NATION,
        decision="the simulation's",
        agreed_on=date(2024, 1, 1),
    )
    return Inclusion(
        indicator=setting.id,
        outcome="all",
        tier=Tier.NATIONAL,
        polarity=Polarity.HIGHER_IS_BETTER if setting.is_proportion else Polarity.LOWER_IS_BETTER,
        polarity_agreed_by="the simulation",
        targets=(wanted,),
    )


def _words(plan: Plan, part: int, areas: int, partnership: Partnership) -> pl.DataFrame:
    """Return the judgements of the fourth signal of so many areas."""
    codes = _codes(areas)
    frames = []
    for setting in _SETTINGS:
        generator = plan.generator("target", setting.id, part)
        if setting.is_proportion:
            drawn = proportions(generator, setting.truth, setting.size, areas)
            persons = setting.size
        else:
            drawn = counts(generator, setting.truth, areas, dispersion=setting.dispersion)
            # so many persons that the events at the target are as many as the setting says
            persons = int(setting.size * 100_000 / RATE)
        frames.append(
            pl.DataFrame(
                {
                    "indicator_id": [setting.id] * areas,
                    "place_code": codes,
                    "period": [PERIOD] * areas,
                    "numerator": np.asarray(drawn),
                    "denominator": np.full(areas, persons),
                }
            )
        )
    figures = observations(pl.concat(frames), partnership)
    judged = judge(estimate(roll_up(figures, partnership, as_of=AS_OF), partnership), partnership, as_of=AS_OF)
    return judged.frame.filter((pl.col("signal") == Signal.TARGET.value) & (pl.col("level") == "place")).select(
        "indicator_id", "word", "reached"
    )
