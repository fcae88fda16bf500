"""The named methods: what each is called in print, its formula in a sentence, and where it comes from."""

from dataclasses import dataclass

from outcomes.errors import UnknownNameError
from outcomes.vocabulary import AS_PUBLISHED, Signal, Statistic

__all__ = ["METHODS", "Method", "method_named"]


@dataclass(frozen=True, slots=True)
class Method:
    """A named method; it never changes silently: a change gets a new name.

    Attributes:
        name: The name that frameworks write.
        title: The title that pages print.
        formula: What is done, in one or two plain sentences.
        references: The literature or official guidance.
        statistics: The statistics whose interval it gives; empty where it gives none.
        signal: The signal it gives, or None for a method of estimation.
    """

    name: str
    title: str
    formula: str
    references: tuple[str, ...]
    statistics: tuple[Statistic, ...] = ()
    signal: Signal | None = None


_BYAR = "Breslow NE, Day NE. Statistical methods in cancer research, volume II. IARC 1987"
_EXACT = "Armitage P, Berry G. Statistical methods in medical research, 4th edition. Blackwell 2002"
_WILSON = "Wilson EB. Journal of the American Statistical Association 1927;22:209-12"
_NEWCOMBE = "Newcombe RG, Altman DG. In: Statistics with confidence, 2nd edition. BMJ Books 2000"
_DOBSON = "Dobson AJ and others. Statistics in Medicine 1991;10:457-62"
_STUKEL = "Stukel TA and others. Statistics in Medicine 1994;13:1781-91"
_HYNDMAN = "Hyndman RJ, Fan Y. American Statistician 1996;50:361-5"
_GUIDANCE = "OHID. Fingertips public health technical guidance"
_STUDENT = "Student. Biometrika 1908;6:1-25"
_ARMITAGE = "Armitage P. Biometrics 1955;11:375-86"
_LOW = "Low A, Low A. Journal of Public Health 2004;26:388-95"
_SPIEGELHALTER = "Spiegelhalter DJ. Statistics in Medicine 2005;24:1185-202"
_OVERDISPERSION = "Spiegelhalter DJ. Quality and Safety in Health Care 2005;14:347-51"
_LINE = (
    "A straight line is fitted to the newest five yearly values, each weighted by the inverse square of its "
    "confidence interval's width. It is a trend if chance would give it less than 2 times in 1,000 and the slope "
    "keeps its sign when any one of the five points is left out."
)

_WHEELER = "Wheeler DJ. Understanding variation, 2nd edition. SPC Press 2000"
_DATA_COUNT = "NHS England. Making Data Count"
_PROCESS = (
    "The limits are the mean plus and minus 2.66 times the average of the differences between neighbouring points. A "
    "special cause is a point beyond a limit, seven points in a row that only rises (or only falls), two in three "
    "beyond two thirds of the way to one limit with the third on their side, or seven in a row on one side of the "
    "mean; the first rule that applies is named."
)

METHODS: tuple[Method, ...] = (
    Method(
        name=AS_PUBLISHED,
        title="As published",
        formula=(
            "The value and its 95 % interval are the publisher's own; neither is worked out again, and nothing is "
            "added up. An interval that does not hold its value belongs to another figure and is not shown."
        ),
        references=("The publication that the measure names as its source",),
        statistics=(Statistic.PUBLISHED_VALUE, Statistic.INDIRECTLY_STANDARDISED_RATIO, Statistic.LIFE_EXPECTANCY),
    ),
    Method(
        name="benjamini_hochberg",
        title="Share of false flags held by Benjamini and Hochberg",
        formula=(
            "The p-values of a family of comparisons are put in order; a flag stays where its own, times the number "
            "of comparisons, over its place in the order, is at most the share agreed (or that of a later one is)."
        ),
        references=(
            "Benjamini Y, Hochberg Y. Journal of the Royal Statistical Society B 1995;57:289-300",
            "Benjamini Y, Yekutieli D. Annals of Statistics 2001;29:1165-88",
        ),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="byar",
        title="Byar's method",
        formula=(
            "The limits of the count come from Byar's approximation to the Poisson distribution, whatever the count, "
            "and are divided by the denominator."
        ),
        references=(_BYAR,),
        statistics=(Statistic.CRUDE_RATE, Statistic.COUNT, Statistic.INDIRECTLY_STANDARDISED_RATIO),
    ),
    Method(
        name="chi_square_proportions",
        title="Chi-squared test for trend in proportions",
        formula=(
            "A straight line is fitted to the newest five yearly proportions from their counts (Cochran-Armitage). It "
            "is a trend if chance would give it less than 2 times in 1,000 and the slope keeps its sign when any one "
            "of the five points is left out. The five periods must be unbroken."
        ),
        references=(_ARMITAGE, _GUIDANCE),
        signal=Signal.TREND,
    ),
    Method(
        name="chiang_silcocks",
        title="Life expectancy of Chiang with the interval of Silcocks",
        formula=(
            "An abridged life table of 20 age bands follows 100,000 born through the period's death rates. The limits "
            "come from the variance of the chances of dying and, above 90, of the death rate. Not given for 5,000 "
            "persons or fewer, or where the 95 % interval is wider than 20 years."
        ),
        references=(
            "Chiang CL. The life table and its construction. Wiley 1968",
            "Silcocks PBS and others. Journal of Epidemiology and Community Health 2001;55:38-43",
            "Eayres DP, Williams ES. Journal of Epidemiology and Community Health 2004;58:243-9",
        ),
        statistics=(Statistic.LIFE_EXPECTANCY,),
    ),
    Method(
        name="dobson_byar",
        title="Direct standardisation with the Dobson method",
        formula=(
            "The rates of the age bands are averaged with the weights of a standard population. The distances from all "
            "events to their Byar limits are scaled by the root of the weighted rate's variance over the events. Not "
            "given below 10 events."
        ),
        references=(_DOBSON, _BYAR),
        statistics=(Statistic.DIRECTLY_STANDARDISED_RATE,),
    ),
    Method(
        name="dobson_byar_repeat_events",
        title="Direct standardisation of repeat events",
        formula=(
            "As direct standardisation with the Dobson method, of events that one person may have several times: "
            "each person adds the square of the number of their events to the variance. Not given below 10 events."
        ),
        references=(_DOBSON, _STUKEL, _BYAR),
        statistics=(Statistic.DIRECTLY_STANDARDISED_RATE,),
    ),
    Method(
        name="exact",
        title="Exact Poisson limits",
        formula="The limits of the count are exact Poisson limits, however large, and are divided by the denominator.",
        references=(_EXACT,),
        statistics=(Statistic.CRUDE_RATE, Statistic.COUNT, Statistic.INDIRECTLY_STANDARDISED_RATIO),
    ),
    Method(
        name="exact_or_byar",
        title="Exact Poisson limits below 10 events, otherwise Byar's method",
        formula=(
            "The limits of the count are exact Poisson limits below 10 events and Byar's approximation from 10, and "
            "are divided by the denominator."
        ),
        references=(_BYAR, _EXACT),
        statistics=(Statistic.CRUDE_RATE, Statistic.COUNT, Statistic.INDIRECTLY_STANDARDISED_RATIO),
    ),
    Method(
        name="fingertips_quintile",
        title="Quintiles by cut points, as Fingertips",
        formula=(
            "The cut points lie at equal shares of the way through the areas in order of value, between two areas in "
            "proportion; a value on a cut point lies below it, so equal values share their class."
        ),
        references=(_HYNDMAN, _GUIDANCE),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="funnel_additive",
        title="Funnel with a variance between areas",
        formula=(
            "The limits leave room for chance and for the variance between areas that chance does not explain, "
            "estimated from z-scores of which the outer tenth at each end is drawn in; on the angular scale for "
            "proportions, the square root for rates and ratios. Not for fewer than 10 areas."
        ),
        references=(
            _SPIEGELHALTER,
            _OVERDISPERSION,
            "DerSimonian R, Laird N. Controlled Clinical Trials 1986;7:177-88",
        ),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="funnel_additive_corrected",
        title="Funnel with a variance between areas, corrected",
        formula=(
            "The limits leave room for chance and for the variance between areas at which the z-scores, the outer "
            "tenth at each end drawn in, spread as much as normal ones drawn in alike; on the angular scale for "
            "proportions, the square root for rates and ratios. Not for fewer than 10 areas."
        ),
        references=(
            _SPIEGELHALTER,
            _OVERDISPERSION,
            "Paule RC, Mandel J. Journal of Research of the National Bureau of Standards 1982;87:377-85",
        ),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="funnel_chance",
        title="Funnel of chance alone",
        formula=(
            "A value is beyond the limits where its own interval (Wilson's for a proportion; exact Poisson below 10 "
            "events, Byar's from 10) leaves out the average of all areas."
        ),
        references=(_SPIEGELHALTER, _WILSON, _BYAR),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="funnel_multiplicative",
        title="Funnel widened by overdispersion",
        formula=(
            "The limits of chance are widened by the square root of the mean squared z-score, of which the outer tenth "
            "at each end is drawn in, and never narrowed; on the angular scale for proportions, the square root for "
            "rates and ratios. Not for fewer than 10 areas."
        ),
        references=(_SPIEGELHALTER, _OVERDISPERSION),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="gap_difference",
        title="Absolute gap with an interval joined from both",
        formula=(
            "The value of the most deprived group less that of the least. The distances from both values to their "
            "own limits are joined by the root of their squares, each on its side."
        ),
        references=(
            "Newcombe RG. Statistics in Medicine 1998;17:873-90",
            "Zou GY, Donner A. Statistics in Medicine 2008;27:1693-702",
        ),
        signal=Signal.INEQUALITY,
    ),
    Method(
        name="gap_ratio_log",
        title="Relative gap with an interval joined on the scale of logarithms",
        formula=(
            "The value of the most deprived group over that of the least. The distances to their limits are joined by "
            "the root of their squares on the scale of logarithms; every value and limit must be above 0."
        ),
        references=("Zou GY, Donner A. Statistics in Medicine 2008;27:1693-702",),
        signal=Signal.INEQUALITY,
    ),
    Method(
        name="gap_ratio_mover",
        title="Relative gap with an interval joined from both",
        formula=(
            "The value of the most deprived group over that of the least, with the interval that follows from both "
            "intervals by Donner and Zou's recovery of variances."
        ),
        references=(
            "Donner A, Zou GY. Statistical Methods in Medical Research 2012;21:347-59",
            "Newcombe RG. Statistical Methods in Medical Research 2016;25:1774-8",
        ),
        signal=Signal.INEQUALITY,
    ),
    Method(
        name="gap_trend_fingertips_2020",
        title="Change of a gap, as recent trends in 2020",
        formula=(
            f"The gap is asked for its trend as a value is. {_LINE} The five periods must be unbroken. A line that "
            "comes nearer to no gap narrows, one that goes away from it widens."
        ),
        references=(_GUIDANCE,),
        signal=Signal.INEQUALITY,
    ),
    Method(
        name="gap_trend_fingertips_next",
        title="Change of a gap, as recent trends in the next Fingertips",
        formula=(
            f"The gap is asked for its trend as a value is. {_LINE} A period without a gap is passed over. A line that "
            "comes nearer to no gap narrows, one that goes away from it widens."
        ),
        references=(_GUIDANCE,),
        signal=Signal.INEQUALITY,
    ),
    Method(
        name="interval_comparison",
        title="Comparison by confidence intervals",
        formula=(
            "A benchmark inside the 95 % interval, bounds included, is similar. Outside it the value is better or "
            "worse (or higher or lower); outside the 99.8 % interval too, much so."
        ),
        references=(_GUIDANCE,),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="interval_of_difference",
        title="Change since an own earlier value, with an interval joined from both",
        formula=(
            "The value less the earlier one. The distances from both values to their own limits are joined by the root "
            "of their squares, each on its side; 0 inside the 95 % interval is similar. The two periods share no day."
        ),
        references=(
            "Newcombe RG. Statistics in Medicine 1998;17:873-90",
            "Zou GY, Donner A. Statistics in Medicine 2008;27:1693-702",
        ),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="joint_ranks",
        title="Ranks with a joint interval",
        formula=(
            "All areas' intervals are widened until they hold all true values at once (Šidák). An area's rank lies "
            "after all whose widened interval is wholly before its own, and before all whose is wholly after."
        ),
        references=(
            "Klein M, Wright T, Wieczorek J. Journal of the Royal Statistical Society C 2020;69:589-606",
            "Šidák Z. Journal of the American Statistical Association 1967;62:626-33",
        ),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="nhse_excel",
        title="Process control chart (XmR), every moving range counted",
        formula=f"{_PROCESS} Every moving range counts.",
        references=(_WHEELER, _DATA_COUNT),
        signal=Signal.SPECIAL_CAUSE,
    ),
    Method(
        name="ntile",
        title="Quantiles of equal size, the first ones larger",
        formula=(
            "The areas in order of value are cut into classes of equal size; those left over go to the first classes, "
            "one each. Equal values share the class of the first of them."
        ),
        references=("ISO/IEC 9075-2 (SQL), window function NTILE",),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="p_by_inversion",
        title="P-value by inversion of the interval",
        formula=(
            "One less the confidence level at which the value's own interval just touches what it is compared with: "
            "Wilson's by the score test; Byar's in closed form, also for standardised rates; exact Poisson limits by "
            "their tails; Student's t and normal intervals by their quantiles. Below 0.05 exactly where the 95 % "
            "interval leaves the benchmark out."
        ),
        references=(_WILSON, _BYAR, _EXACT, _DOBSON, _STUDENT),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="p_by_normal_approximation",
        title="P-value by the normal approximation",
        formula=(
            "Where only a 95 % interval is known (published values, differences of two periods): the distance to the "
            "benchmark in distances to the limit on its side, as a standard normal score of 1.96 each; for published "
            "values on the scale of the value or of logarithms, whichever makes the interval more nearly symmetrical."
        ),
        references=("Altman DG, Bland JM. British Medical Journal 2011;343:d2304",),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="phe_quantile",
        title="Quantiles by rank, as the English public health agencies",
        formula=(
            "The class is the number of classes and one, less the rank counted from the end as a share of the areas, "
            "times the number of classes, rounded up. Equal values share the class of the first of them."
        ),
        references=(_GUIDANCE,),
        signal=Signal.COMPARISON,
    ),
    Method(
        name="ptd",
        title="Process control chart (XmR), outlying moving ranges dropped",
        formula=(
            f"{_PROCESS} Moving ranges of 3.267 average ones or more are dropped, once, before the average is taken "
            "again."
        ),
        references=(_WHEELER, _DATA_COUNT, "Provost LP, Murray SK. The health care data guide. Jossey-Bass 2011"),
        signal=Signal.SPECIAL_CAUSE,
    ),
    Method(
        name="slope_index_analytic",
        title="Slope index of inequality, interval from the groups' own",
        formula=(
            "A straight line over the groups' cumulative share of the population, weighted by these shares: its height "
            "at the most deprived end less that at the least, as the gap. The groups' variances pass through the line."
        ),
        references=(_LOW, "Oehlert GW. American Statistician 1992;46:27-9"),
        signal=Signal.INEQUALITY,
    ),
    Method(
        name="slope_index_simulated",
        title="Slope index of inequality, simulated interval",
        formula=(
            "The same line, fitted again to groups' values drawn within their intervals from a named seed; the limits "
            "are percentiles of what the lines give."
        ),
        references=(_LOW,),
        signal=Signal.INEQUALITY,
    ),
    Method(
        name="student_t",
        title="Student's t interval",
        formula=(
            "The mean plus and minus the quantile of Student's t for one value fewer than there are, times the "
            "standard error of the mean. One value alone has no interval."
        ),
        references=(_STUDENT,),
        statistics=(Statistic.MEAN,),
    ),
    Method(
        name="trend_fingertips_2020",
        title="Recent trend, as Fingertips in 2020",
        formula=f"{_LINE} The five periods must be unbroken.",
        references=(_GUIDANCE,),
        signal=Signal.TREND,
    ),
    Method(
        name="trend_fingertips_next",
        title="Recent trend, as the next Fingertips",
        formula=f"{_LINE} A period without a value is passed over, and the five that are left count as 1 to 5.",
        references=(_GUIDANCE,),
        signal=Signal.TREND,
    ),
    Method(
        name="wilson",
        title="Wilson score interval",
        formula=(
            "The limits are the proportions from which the one seen lies just as many standard errors away as the "
            "confidence level allows."
        ),
        references=(_WILSON, _NEWCOMBE),
        statistics=(Statistic.PROPORTION,),
    ),
)
"""Every method that this release has, sorted by name."""

_BY_NAME = {method.name: method for method in METHODS}


def method_named(name: str) -> Method:
    """Return the method of a name.

    Args:
        name: The name, as frameworks write it.

    Returns:
        The method.

    Raises:
        UnknownNameError: This release has no method of that name.

    >>> method_named("wilson").title
    'Wilson score interval'
    """
    try:
        return _BY_NAME[name]
    except KeyError:
        known = ", ".join(_BY_NAME)
        raise UnknownNameError(
            f"method: found {name!r}, expected one of {known}. Correct the name where it is written."
        ) from None
