"""The statistical methods: polars expressions and small frames in and out; no framework and no place."""

from outcomes.statistics.comparison import compare_with_benchmark
from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, limit_names, normal_quantile
from outcomes.statistics.means import mean, mean_of_values
from outcomes.statistics.methods import METHODS, Method, method_named
from outcomes.statistics.proportions import proportion
from outcomes.statistics.rates import count, crude_rate
from outcomes.statistics.standard_populations import european_standard_population_2013
from outcomes.statistics.standardised_rates import directly_standardised_rate
from outcomes.statistics.trends import recent_trend

__all__ = [
    "DEFAULT_CONFIDENCE",
    "METHODS",
    "Method",
    "compare_with_benchmark",
    "count",
    "crude_rate",
    "directly_standardised_rate",
    "european_standard_population_2013",
    "limit_names",
    "mean",
    "mean_of_values",
    "method_named",
    "normal_quantile",
    "proportion",
    "recent_trend",
]
