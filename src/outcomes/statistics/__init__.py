"""The statistical methods: polars expressions and small frames in and out; no framework and no place."""

from outcomes.statistics.comparison import compare_with_benchmark
from outcomes.statistics.confidence import DEFAULT_CONFIDENCE, limit_names, normal_quantile
from outcomes.statistics.false_discovery import false_discovery_adjusted
from outcomes.statistics.funnel_lines import proportion_funnel_lines, ratio_funnel_lines
from outcomes.statistics.funnels import proportion_funnel, rate_funnel, ratio_funnel
from outcomes.statistics.gap_trends import gap_trend
from outcomes.statistics.gaps import absolute_gap, relative_gap
from outcomes.statistics.indirect_standardisation import indirectly_standardised_rate, indirectly_standardised_ratio
from outcomes.statistics.inequality_slopes import slope_index_of_inequality
from outcomes.statistics.life_expectancy import life_expectancy
from outcomes.statistics.means import mean, mean_of_values
from outcomes.statistics.methods import METHODS, Method, method_named
from outcomes.statistics.one_estimate import OneEstimate, estimate_of
from outcomes.statistics.overdispersed_comparison import (
    OVERDISPERSION_METHODS,
    compare_beyond_overdispersion,
    overdispersed_limits,
)
from outcomes.statistics.p_values import (
    difference_p_value,
    mean_p_value,
    poisson_p_value,
    proportion_p_value,
    published_p_value,
    standardised_p_value,
    symmetric_p_value,
)
from outcomes.statistics.p_values_and_limits import agreeing_with_limits
from outcomes.statistics.proportions import proportion
from outcomes.statistics.quantiles import quantile
from outcomes.statistics.raking import RakedWeights, design_effect, effective_sample_size, raked_weights
from outcomes.statistics.ranks import rank_words, ranks
from outcomes.statistics.rates import count, crude_rate
from outcomes.statistics.repeat_event_rates import directly_standardised_rate_of_repeat_events
from outcomes.statistics.seasons import seasonal_series, yearly_differences
from outcomes.statistics.special_cause import special_cause_points, variation_and_assurance
from outcomes.statistics.standard_populations import european_standard_population_2013
from outcomes.statistics.standardised_rates import directly_standardised_rate
from outcomes.statistics.trends import recent_trend

__all__ = [
    "DEFAULT_CONFIDENCE",
    "METHODS",
    "OVERDISPERSION_METHODS",
    "Method",
    "OneEstimate",
    "RakedWeights",
    "absolute_gap",
    "agreeing_with_limits",
    "compare_beyond_overdispersion",
    "compare_with_benchmark",
    "count",
    "crude_rate",
    "design_effect",
    "difference_p_value",
    "directly_standardised_rate",
    "directly_standardised_rate_of_repeat_events",
    "effective_sample_size",
    "estimate_of",
    "european_standard_population_2013",
    "false_discovery_adjusted",
    "gap_trend",
    "indirectly_standardised_rate",
    "indirectly_standardised_ratio",
    "life_expectancy",
    "limit_names",
    "mean",
    "mean_of_values",
    "mean_p_value",
    "method_named",
    "normal_quantile",
    "overdispersed_limits",
    "poisson_p_value",
    "proportion",
    "proportion_funnel",
    "proportion_funnel_lines",
    "proportion_p_value",
    "published_p_value",
    "quantile",
    "raked_weights",
    "rank_words",
    "ranks",
    "rate_funnel",
    "ratio_funnel",
    "ratio_funnel_lines",
    "recent_trend",
    "relative_gap",
    "seasonal_series",
    "slope_index_of_inequality",
    "special_cause_points",
    "standardised_p_value",
    "symmetric_p_value",
    "variation_and_assurance",
    "yearly_differences",
]
