"""A page of 150 comparisons: how many flags, how many of them false, and what holding false discoveries leaves."""

from typing import Final

import numpy as np
import polars as pl

from benchmarks.simulation.draws import counts
from benchmarks.simulation.figures import Table, average
from benchmarks.simulation.plan import Plan
from outcomes.statistics import (
    agreeing_with_limits,
    compare_with_benchmark,
    crude_rate,
    false_discovery_adjusted,
    poisson_p_value,
)
from outcomes.vocabulary import Polarity, Word

__all__ = ["page_of_many"]

MEASURES: Final = 150
PERSONS: Final = 100_000.0
HELD_TO: Final = 0.05


def page_of_many(plan: Plan) -> list[Table]:
    """Return the table of pages on which some measures truly differ, by 20 % up or down."""
    pages, found = plan.runs(60, 4_000), []
    # from small places' counts to large ones', in an order that has nothing to do with which differ
    sizes = np.geomspace(20.0, 2_000.0, MEASURES)[np.arange(MEASURES) * 61 % MEASURES]
    for differing in (0, 15, 50):
        generator = plan.generator("page", differing)
        ratios = np.ones((pages, MEASURES))
        ratios[:, :differing] = generator.choice([1.2, 1.0 / 1.2], (pages, differing))
        rows = pl.DataFrame(
            {"events": counts(generator, sizes * ratios, (pages, MEASURES)).ravel(), "expected": np.tile(sizes, pages)}
        ).with_columns(
            crude_rate("events", pl.lit(PERSONS)).struct.unnest(),
            # per 100,000 of 100,000 the rate is the count
            benchmark=pl.col("expected"),
        )
        told = rows.select(
            compare_with_benchmark(polarity=Polarity.NO_JUDGEMENT).alias("word"),
            agreeing_with_limits(poisson_p_value("events", "expected"), "benchmark").alias("p_value"),
        )
        is_flagged = (told["word"] != Word.SIMILAR.value).to_numpy().reshape(pages, MEASURES)
        is_much = told["word"].is_in([Word.MUCH_HIGHER.value, Word.MUCH_LOWER.value]).to_numpy()
        p_values = told["p_value"].to_numpy().reshape(pages, MEASURES)
        is_kept = np.array([false_discovery_adjusted(page.tolist()) for page in p_values]) <= HELD_TO
        for name, marks in (
            ("95 %", is_flagged),
            ("99.8 %", is_much.reshape(pages, MEASURES)),
            ("false discoveries held to 5 %", is_kept),
        ):
            false, true = marks[:, differing:].sum(axis=1), marks[:, :differing].sum(axis=1)
            share_false = false / np.maximum(1, false + true)
            figures = (
                average(marks.sum(axis=1)),
                average(false),
                average(100.0 * share_false),
                average(100.0 * true / differing) if differing else None,
            )
            found.append(((f"{differing} of {MEASURES}", name), figures))
    heads = ("flags a page", "false flags a page", "of 100 flags false", "of 100 true differences found")
    return [Table("page-of-many", ("truly different", "flagged at"), heads, tuple(found))]
