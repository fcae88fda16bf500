"""What each named method is held against: golden files of other packages, and our own pages of worked examples."""

from dataclasses import dataclass
from typing import Final

__all__ = ["EVIDENCE", "Evidence", "evidence_of"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind one method.

    Attributes:
        golden: Files of values computed by the field's own packages, which `tests.reference` compares with ours.
        pages: Tests of worked examples, published vectors and published figures, from the repository's root.
        part: Which part of the golden files is the method's, where it is not all.
    """

    golden: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    part: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every file, golden ones first; where there is no golden file, that."""
        first = tuple(f"golden {file}{f' ({self.part})' if self.part else ''}" for file in self.golden)
        return (*(first or ("no golden file",)), *self.pages)


_ESTIMATES: Final = "tests/spec/estimates/test_estimates_by_example.py"
_LIVES: Final = "tests/spec/estimates/test_lives_from_neighbourhoods.py"
_TRENDS: Final = "tests/spec/statistics/test_recent_trend.py"
_PUBLISHED_TRENDS: Final = "tests/reference/test_published_trends.py"
_FUNNELS: Final = "tests/spec/statistics/test_funnels_and_inequality.py"
_GAPS: Final = "tests/unit/statistics/test_gaps.py"
_GAP_TRENDS: Final = "tests/unit/statistics/test_gap_trends.py"
_QUANTILES: Final = "tests/unit/statistics/test_quantiles.py"
_RATES: Final = "tests/unit/statistics/test_rates.py"
_CAUSES: Final = "tests/spec/statistics/test_special_cause.py"

_FUNNEL_FILES: Final = (
    "funnel_proportion.csv",
    "funnel_proportion_limits.csv",
    "funnel_rate.csv",
    "funnel_rate_limits.csv",
    "funnel_ratio.csv",
    "funnel_ratio_limits.csv",
)

EVIDENCE: Final[dict[str, Evidence]] = {
    "as_published": Evidence(pages=(_ESTIMATES,)),
    "benjamini_hochberg": Evidence(pages=("tests/unit/statistics/test_false_discovery.py",)),
    "byar": Evidence(("rates.csv", "isr.csv"), (_ESTIMATES, _RATES), "rows of 10 events or more"),
    "chi_square_proportions": Evidence(pages=("tests/unit/statistics/test_trends.py", _PUBLISHED_TRENDS)),
    "chiang_silcocks": Evidence(("life_expectancy.csv",), (_LIVES,)),
    "dobson_byar": Evidence(("dsr.csv",), (_ESTIMATES,)),
    "dobson_byar_repeat_events": Evidence(("dsr_nonindependent.csv",)),
    "exact": Evidence(("rates.csv", "isr.csv"), (_RATES,), "rows below 10 events"),
    "exact_or_byar": Evidence(("rates.csv", "proportions_grouped.csv", "isr.csv"), (_ESTIMATES, _RATES)),
    "fingertips_quintile": Evidence(pages=(_QUANTILES,)),
    "funnel_additive": Evidence(pages=(_FUNNELS, "tests/unit/statistics/test_funnels.py")),
    "funnel_additive_corrected": Evidence(
        pages=("tests/unit/statistics/test_overdispersion_corrected.py", "tests/simulation/test_chance.py")
    ),
    "funnel_chance": Evidence(_FUNNEL_FILES, (_FUNNELS,)),
    "funnel_multiplicative": Evidence(pages=("tests/unit/statistics/test_funnels.py",)),
    "gap_difference": Evidence(pages=(_GAPS,)),
    "gap_ratio_log": Evidence(pages=(_GAPS,)),
    "gap_ratio_mover": Evidence(pages=(_GAPS,)),
    "gap_trend_fingertips_2020": Evidence(pages=(_GAP_TRENDS,)),
    "gap_trend_fingertips_next": Evidence(pages=(_GAP_TRENDS,)),
    "interval_comparison": Evidence(("comparisons.csv",), ("tests/spec/judgement/test_comparison_by_example.py",)),
    "interval_of_difference": Evidence(pages=("tests/spec/judgement/test_comparison_and_chance_by_example.py",)),
    "joint_ranks": Evidence(pages=("tests/unit/statistics/test_ranks.py",)),
    "nhse_excel": Evidence(("spc_points.csv", "spc_series.csv"), (_CAUSES,), "series without screening"),
    "ntile": Evidence(pages=(_QUANTILES,)),
    "p_by_inversion": Evidence(pages=("tests/unit/statistics/test_p_values.py",)),
    "p_by_normal_approximation": Evidence(pages=("tests/unit/statistics/test_p_values.py",)),
    "phe_quantile": Evidence(("quantiles.csv",), (_QUANTILES,)),
    "ptd": Evidence(("spc_points.csv", "spc_series.csv"), (_CAUSES,), "series with screening"),
    "slope_index_analytic": Evidence(pages=("tests/unit/statistics/test_inequality_slopes.py",)),
    "slope_index_simulated": Evidence(("sii.csv",), ("tests/unit/statistics/test_inequality_slopes.py",)),
    "student_t": Evidence(("means.csv",), (_ESTIMATES,)),
    "trend_fingertips_2020": Evidence(pages=(_TRENDS, _PUBLISHED_TRENDS)),
    "trend_fingertips_next": Evidence(pages=(_TRENDS, _PUBLISHED_TRENDS)),
    "wilson": Evidence(("proportions.csv", "proportions_grouped.csv", "comparisons.csv"), (_ESTIMATES,)),
}
"""Every method by name; one that no package has computed values for says so."""


def evidence_of(method: str) -> Evidence:
    """Return what a method is held against; of a method that is not registered, nothing.

    >>> evidence_of("dobson_byar").golden
    ('dsr.csv',)
    >>> evidence_of("joint_ranks").texts[0]
    'no golden file'
    """
    return EVIDENCE.get(method, Evidence())
