"""Holds what the library makes of the workbook against what is published in it, kind by kind."""

from collections.abc import Iterator

import polars as pl
from examples.evidence import Held

import outcomes as oc

__all__ = ["comparisons", "described_groups"]

_LAYOUT = "ascof-open-data"
_GROUP = "Disaggregation Level"
_KEY = ["indicator_id", "area_code", "breakdown"]
# outcomes are published with one decimal, halves away from zero; a hair more for the float's own rounding
_HALF_A_PLACE = 0.05 + 1e-9
_SAME = 1e-9
_NUMBERS = ("value", "lower_ci_95", "upper_ci_95")
_MARKERS = {"[x]": "not available", "[c]": "confidential"}
# other years write markers otherwise; by their meaning in the layout
_STATUSES = {"not_available": "[x]", "suppressed": "[c]"}
# numbers of which every one is a multiple of this are rounded by the publisher
_ROUNDED_TO = 5


def comparisons(
    published: pl.DataFrame, partnership: oc.Partnership, measures: oc.PlaceMeasures, estimates: oc.Estimates
) -> Iterator[Held]:
    """Compare every figure of one year's workbook.

    Arguments:
        published: One row a figure, as `published.figures_of` returns them.
        partnership: The world of the run.
        measures, estimates: What the library made of the workbook, of the same year only.
    """
    named = _with_indicators(published, partnership)
    ours = estimates.frame.select(*_KEY, "level", "numerator", "denominator", "value", "lower_ci_95", "upper_ci_95",
                                  "method", "reason", "detail")  # fmt: skip
    both = named.join(ours.rename({"level": "our_level"}), on=_KEY, how="left", maintain_order="left")
    yield from _from_published_counts(named)
    yield _councils(both)
    yield from _as_published(both)
    yield from _surveys_from_counts(named)
    yield from _without_a_number(both)
    yield from _wholes(both, partnership)
    yield _kept_beside(both, measures)


def _with_indicators(published: pl.DataFrame, partnership: oc.Partnership) -> pl.DataFrame:
    """The figures of measures that the framework describes, with id, statistic and multiplier; numbers as numbers."""
    rows = [
        (name, ids[0], indicator.statistic.value, indicator.multiplier)
        for name, ids in partnership.names_of_indicators.items()
        for indicator in partnership.versions_of(ids[0])
    ]
    schema = {"measure": pl.String, "indicator_id": pl.String, "statistic": pl.String, "multiplier": pl.Float64}
    terms = pl.DataFrame(rows, schema=schema, orient="row")
    texts = ("outcome", "numerator", "denominator", "margin", "base")
    spellings = {
        text: _STATUSES[status.value]
        for status, written in partnership.layouts[_LAYOUT].markers.items()
        if status.value in _STATUSES
        for text in written
    }
    if (empty := partnership.layouts[_LAYOUT].empty_number_means) is not None:
        spellings[""] = _STATUSES[empty.value]
    known = published.filter(pl.col("group").is_in(described_groups(partnership)))
    return known.join(terms, on="measure", maintain_order="left").with_columns(
        outcome=pl.col("outcome").replace(spellings),
        has_counts=pl.col("statistic") != "published_value",
        **{f"{name}_published": pl.col(name).str.replace_all(",", "").cast(pl.Float64, strict=False)
           for name in texts},
    ).drop(texts[1:])  # fmt: skip


def described_groups(partnership: oc.Partnership) -> list[str]:
    """Return the groups of people that the layout reads, as the workbook writes them."""
    tables = partnership.layouts[_LAYOUT].tables
    return sorted({text for table in tables for row in table.rows if row.column == _GROUP for text in row.keep})


def _near(ours: str) -> pl.Expr:
    return (pl.col(ours) - pl.col("outcome_published")).abs() <= _HALF_A_PLACE


def _from_published_counts(named: pl.DataFrame) -> Iterator[Held]:
    """Every outcome, of whichever area, from the counts published beside it."""
    counted = named.filter(
        "has_counts", pl.col("denominator_published") > 0, pl.col("numerator_published").is_not_null()
    )
    again = counted.with_columns(
        again=pl.when(pl.col("statistic") == "proportion")
        .then(
            oc.statistics.proportion("numerator_published", "denominator_published", multiplier=100).struct.field(
                "value"
            )
        )
        .otherwise(
            oc.statistics.crude_rate(
                "numerator_published", "denominator_published", multiplier=pl.col("multiplier")
            ).struct.field("value")
        )
    )
    for measure in again["measure"].unique().sort().to_list():
        rows = again.filter(pl.col("measure") == measure)
        wrong = rows.filter(~_near("again").fill_null(value=False))
        yield Held(
            f"{measure}: outcomes of all areas and groups from the published numerator and denominator",
            rows.height - wrong.height,
            rows.height,
            "to the published decimal",
            wrong.select("name", "measure_code", "outcome", "again"),
        )


def _councils(both: pl.DataFrame) -> Held:
    """The councils' values on our pages."""
    rows = both.filter("has_counts", pl.col("level") == "Council", pl.col("numerator_published").is_not_null(),
                       pl.col("denominator_published") > 0)  # fmt: skip
    wrong = rows.filter(~_near("value").fill_null(value=False))
    return Held(
        "councils: values on our pages, from their counts",
        rows.height - wrong.height,
        rows.height,
        "to the published decimal",
        wrong.select("name", "measure_code", "outcome", "value", "reason"),
    )


def _as_published(both: pl.DataFrame) -> Iterator[Held]:
    """Values without counts and of the survey: value and interval are those published."""
    rows = both.filter(~pl.col("has_counts"), pl.col("area_code") != "", pl.col("outcome_published").is_not_null())
    is_same = ((pl.col("value") - pl.col("outcome_published")).abs() <= _SAME) & (pl.col("method") == "as_published")
    is_within = (
        pl.when(pl.col("margin_published").is_null())
        .then(pl.col("lower_ci_95").is_null() & pl.col("upper_ci_95").is_null())
        .otherwise(
            ((pl.col("outcome_published") - pl.col("margin_published") - pl.col("lower_ci_95")).abs() <= _SAME)
            & ((pl.col("outcome_published") + pl.col("margin_published") - pl.col("upper_ci_95")).abs() <= _SAME)
        )
    )
    for kind, of_kind in (
        ("survey: value and interval are the published value ± margin of error", rows.filter("is_survey")),
        ("published without counts: value as published, without interval", rows.filter(~pl.col("is_survey"))),
    ):  # fmt: skip
        wrong = of_kind.filter(~(is_same & is_within).fill_null(value=False))
        shown = wrong.select(
            "name", "measure_code", "outcome", "margin_published", "value", "lower_ci_95", "upper_ci_95"
        )
        yield Held(kind, of_kind.height - wrong.height, of_kind.height, differences=shown)


def _surveys_from_counts(named: pl.DataFrame) -> Iterator[Held]:
    """What the survey's published counts would give, were they taken for counts of people who answered."""
    rows = named.filter("is_survey", pl.col("numerator_published").is_not_null(), pl.col("margin_published") > 0,
                        pl.col("denominator_published") >= pl.col("numerator_published"))  # fmt: skip
    if rows.is_empty():
        return
    taken = oc.statistics.proportion("numerator_published", "denominator_published", multiplier=100)
    again = rows.with_columns(taken.alias("taken")).unnest("taken", separator="_")
    widths = again.with_columns(
        factor=2 * pl.col("margin_published") / (pl.col("taken_upper_ci_95") - pl.col("taken_lower_ci_95"))
    )["factor"]
    middle = float(widths.quantile(0.5, "midpoint") or 0)
    near = again.filter(_near("taken_value")).height
    narrower = (widths > 1).sum()
    yield Held(
        "survey: published interval wider than one from the weighted counts, so it is never worked out anew",
        int(narrower),
        again.height,
        f"published ones are {middle:.1f} times as wide in the middle; the values themselves come out of the "
        f"rounded weighted counts {near:,} times",
        is_explained=True,
    )


def _without_a_number(both: pl.DataFrame) -> Iterator[Held]:
    """[x], [c], zeros and figures that are not there, counted on both sides."""
    areas = both.filter(pl.col("area_code") != "", pl.col("level") == "Council")
    nobody = (pl.col("numerator_published") == 0) & (pl.col("denominator_published") == 0)
    given_away = (
        pl.col("has_counts") & pl.col("outcome_published").is_not_null() & pl.col("numerator_published").is_null()
    )
    for text, reason in _MARKERS.items():
        theirs = areas.filter(pl.col("outcome") == text)
        ours = areas.filter(pl.col("reason") == reason)
        explained = pl.concat([theirs.filter(nobody & (text == "[x]")), ours.filter(given_away)]).select(_KEY)
        apart = pl.concat(
            [theirs.select(_KEY).join(ours.select(_KEY), on=_KEY, how="anti"),
             ours.select(_KEY).join(theirs.select(_KEY), on=_KEY, how="anti")]
        )  # fmt: skip
        unexplained = apart.join(explained, on=_KEY, how="anti")
        agreeing = theirs.join(ours.select(_KEY), on=_KEY, how="semi").height
        yield Held(
            f"councils: outcome {text} is “{reason}” here",
            agreeing,
            theirs.height,
            _why_apart(text, theirs.filter(nobody).height, ours.filter(given_away)),
            unexplained,
            is_explained=unexplained.is_empty(),
        )
    zeros = areas.filter(pl.col("outcome_published") == 0)
    hidden = zeros.filter(given_away)
    named = ", ".join(f"{name} {code}" for name, code in hidden.select("name", "measure_code").iter_rows())
    kept = zeros.filter(pl.col("value") == 0).height
    yield Held(
        "councils: outcomes of zero are zero here",
        kept,
        zeros.height,
        f"the other is {named}, hidden here as its counts are [c]" if named else "",
        is_explained=kept + hidden.height == zeros.height,
    )
    ours_zero = areas.filter(pl.col("value") == 0)
    yield Held(
        "councils: values of zero here are published as zero",
        ours_zero.filter(pl.col("outcome_published") == 0).height,
        ours_zero.height,
    )
    eligible = areas.filter("has_counts", nobody)
    yield Held(
        "councils: 0 of 0 (nobody eligible) cannot be calculated here, and is neither zero nor missing",
        eligible.filter(pl.col("detail") == "zero denominator").height,
        eligible.height,
    )
    there = areas.filter(pl.col("value").is_not_null() | pl.col("reason").is_not_null()).height
    missing = areas.filter(pl.col("reason") == "missing").height
    yield Held("councils: figures that are there, none of them “missing”", there - missing, areas.height)
    yield _by_measure(areas, nobody)


def _by_measure(areas: pl.DataFrame, nobody: pl.Expr) -> Held:
    """How many [x], [c], zeros and other numbers each measure code has, on both sides."""
    outcome, value, reason = pl.col("outcome_published"), pl.col("value"), pl.col("reason")
    is_nobody = nobody & (pl.col("detail") == "zero denominator")
    counted = areas.group_by("measure_code", maintain_order=True).agg(
        not_available=(pl.col("outcome") == "[x]").sum(),
        not_available_here=((reason == "not available") | is_nobody).sum(),
        confidential=(pl.col("outcome") == "[c]").sum(),
        confidential_here=(reason == "confidential").sum(),
        zeros=(outcome == 0).sum(),
        zeros_here=(value == 0).sum(),
        numbers=outcome.is_not_null().sum(),
        numbers_here=value.is_not_null().sum(),
    )
    pairs = ("not_available", "confidential", "zeros", "numbers")
    apart = counted.filter(pl.any_horizontal(pl.col(name) != pl.col(f"{name}_here") for name in pairs))
    given_away = areas.filter("has_counts", outcome.is_not_null(), pl.col("numerator_published").is_null())
    unexplained = apart.join(given_away.select("measure_code").unique(), on="measure_code", how="anti")
    return Held(
        "councils: measure codes with as many [x] (0 of 0 among them), [c], zeros and numbers on both sides",
        counted.height - apart.height,
        counted.height,
        f"the others are {', '.join(apart['measure_code'])}, as above" if apart.height else "",
        unexplained,
        is_explained=unexplained.is_empty(),
    )


def _why_apart(text: str, nobody: int, hidden: pl.DataFrame) -> str:
    if text == "[x]":
        return f"the other {nobody} are 0 of 0: nobody was eligible, which is said as such" if nobody else ""
    names = ", ".join(f"{name} {code}" for name, code in hidden.select("name", "measure_code").iter_rows())
    return f"and {names}, whose counts are [c] beside a published outcome: hidden here" if names else ""


def _wholes(both: pl.DataFrame, partnership: oc.Partnership) -> Iterator[Held]:
    """Regions and England: sums of their councils against the published rows."""
    councils = both.filter(pl.col("has_counts"), pl.col("level") == "Council")
    above = pl.DataFrame(
        [(whole, code) for code in councils["area_code"].unique() for whole in partnership.footprints.ancestors(code)],
        schema={"whole": pl.String, "area_code": pl.String},
        orient="row",
    )
    is_rounded = ((pl.col("denominator_published") % _ROUNDED_TO) == 0).all()
    missing = pl.col("numerator_published").is_null() | pl.col("denominator_published").is_null()
    within = (
        councils.join(above, on="area_code")
        .group_by("indicator_id", "breakdown", area_code="whole")
        .agg(
            councils=pl.len(),
            missing=pl.col("name").filter(missing).sort().str.join(", "),
            has_missing=missing.any(),
            is_rounded=is_rounded,
        )
    )
    rows = both.filter(pl.col("has_counts"), pl.col("level").is_in(["Region", "England"])).join(
        within, on=_KEY, how="left"
    )
    difference = {name: pl.col(f"{name}_published") - pl.col(name) for name in ("numerator", "denominator")}
    rows = rows.with_columns(**{f"{name}_more": value for name, value in difference.items()})
    tolerance = pl.when("is_rounded").then(_ROUNDED_TO / 2 * (pl.col("councils") + 1)).otherwise(0)
    is_equal = (pl.col("numerator_more") == 0) & (pl.col("denominator_more") == 0)
    is_rounding = (pl.col("numerator_more") == 0) & (pl.col("denominator_more").abs() <= tolerance)
    # what is not published of a council can only be more people, not fewer
    is_of_missing = pl.col("has_missing") & (pl.col("numerator_more") >= 0) & (pl.col("denominator_more") >= -tolerance)
    cause = (
        pl.when(is_equal)
        .then(pl.lit("equal"))
        .when(is_rounding & ~pl.col("has_missing"))
        .then(pl.lit("denominators published rounded to 5"))
        .when(is_of_missing)
        .then(pl.format("counts of {} are in the published whole, and not published themselves", "missing"))
        .otherwise(pl.lit("not explained"))
    )
    held = rows.with_columns(cause=cause)
    equal = held.filter(pl.col("cause") == "equal").height
    wrong = held.filter(pl.col("cause") == "not explained")
    causes = (
        held.filter(pl.col("cause") != "equal").group_by("cause").len().sort("len", "cause", descending=[True, False])
    )
    yield Held(
        "regions and England: numerator and denominator are the sums of their councils",
        equal,
        held.height,
        "; ".join(f"{number} {cause}" for cause, number in causes.iter_rows()),
        wrong.select("name", "measure_code", "numerator_more", "denominator_more", "missing"),
        is_explained=wrong.is_empty(),
    )
    values = held.filter(pl.col("outcome_published").is_not_null())
    far = values.filter(~_near("value").fill_null(value=False))
    by_statistic = far.group_by("statistic").agg(by=(pl.col("value") - pl.col("outcome_published")).abs().max())
    furthest = " and ".join(
        f"a {statistic.replace('_', ' ')} by {by:.1f}" for statistic, by in by_statistic.sort("statistic").iter_rows()
    )
    yield Held(
        "regions and England: value of the sums",
        values.height - far.height,
        values.height,
        "to the published decimal"
        + (f"; the others differ for the same causes, at most {furthest}" if furthest else ""),
        is_explained=far.filter(pl.col("cause").is_in(["equal", "not explained"])).is_empty(),
    )
    yield from _england_from_regions(held)


def _england_from_regions(held: pl.DataFrame) -> Iterator[Held]:
    """What England has more than its councils, the regions have more than theirs: the same councils explain both."""
    by = ["indicator_id", "breakdown"]
    more = ["numerator_more", "denominator_more"]
    regions = held.filter(pl.col("level") == "Region").group_by(by).agg(
        pl.col(more).sum().name.prefix("regions_"), regions=pl.len()
    )  # fmt: skip
    england = held.filter(pl.col("level") == "England").join(regions, on=by)
    tolerance = pl.when("is_rounded").then(_ROUNDED_TO / 2 * (pl.col("regions") + 1)).otherwise(0)
    agrees = (pl.col("numerator_more") == pl.col("regions_numerator_more")) & (
        (pl.col("denominator_more") - pl.col("regions_denominator_more")).abs() <= tolerance
    )
    wrong = england.filter(~agrees)
    yield Held(
        "what England has more than its councils is what its regions have more than theirs",
        england.height - wrong.height,
        england.height,
        "exactly; denominators that are rounded to 5 to their rounding",
        wrong.select("measure_code", *more, *(f"regions_{name}" for name in more)),
    )


def _kept_beside(both: pl.DataFrame, measures: oc.PlaceMeasures) -> Held:
    """The published rows of regions and England stand beside the sums of the councils."""
    rows = both.filter(pl.col("has_counts"), pl.col("level").is_in(["Region", "England"]))
    kept = rows.join(measures.submitted, on=_KEY, suffix="_kept", how="left")
    is_same = (pl.col("numerator_kept") == pl.col("numerator_published")) & (
        pl.col("denominator_kept") == pl.col("denominator_published")
    )
    wrong = kept.filter(~is_same.fill_null(value=False))
    return Held(
        "regions and England: the published figure is kept beside the sum, and printed with the difference",
        kept.height - wrong.height,
        kept.height,
        differences=wrong.select("name", "measure_code", "numerator_published", "numerator_kept"),
    )
