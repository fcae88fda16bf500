"""Says which figures are out of line with the sender's own earlier ones, by how much, and what slip is likely."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log10
from typing import Final

import polars as pl

from outcomes.intake.own_series import NUMBERS_HELD, OwnSeries
from outcomes.intake.terms import Terms
from outcomes.partnership.layout import PlausibleChange

__all__ = ["out_of_line", "with_plausibility"]

# of a normal variable, the standard deviation as a multiple of the median distance from the middle
_DEVIATION: Final = 1.4826
# of few figures their spread is known badly: it is taken to be so much larger, divided by their number
_FEW: Final = 4.0
# figures that hardly ever change have a spread of nothing; at least so much (2%) is allowed for
_LEAST_SPREAD: Final = 0.02
# a slip of a digit leaves a figure within this factor of ten times the usual
_NEAR_TEN: Final = 1.5
# a file in which more is out of line than this is another file altogether; its rows are named all the same
_WORDED: Final = 10_000


def with_plausibility(entries: pl.DataFrame, series: OwnSeries, terms: Terms) -> pl.DataFrame:
    """Return the entries with is_<column>_implausible, and in words <column>_what, <column>_usual and <column>_cause.

    Arguments:
        entries: With identity, numbers, relations and history.
        series: The sender's own figures.
        terms: What the check holds them against.

    Returns:
        Of numerator and denominator each; of value for published values; of a proportion whose two numbers are each in
        line, its share. Of more than 10,000 rows the words of the rest are short.
    """
    change = terms.layout.plausible_change
    asked = _asked(entries, series)
    marked: dict[str, pl.DataFrame] = {}
    for column in NUMBERS_HELD:
        marked[column] = _implausible(asked, series, column, change)
    counted = [frame["at"] for name, frame in marked.items() if name != "value"]
    shares = _implausible(asked, series, "share", change)
    shares = shares.filter(~pl.col("at").is_in(pl.concat(counted).implode()))
    made = {"numerator": pl.concat([marked["numerator"], shares]).sort("at")}
    made |= {name: marked[name] for name in ("denominator", "value")}
    words = _Words(asked, series, change)
    for column, found in made.items():
        entries = _with_words(entries, found, column, words)
    return entries


def _asked(entries: pl.DataFrame, series: OwnSeries) -> pl.DataFrame:
    """Return of each entry that is asked about the numbers as they are meant, and what they are numbers of."""
    at = series.figures["at"].gather(series.asked)
    told = ("indicator_id", "numerator_scale", "denominator_scale", "is_count", "is_whole_denominator", "is_proportion")
    more = ("allow_negative", "is_unfinished", "is_published")
    held = [(pl.col(name) / pl.col(f"{name}_scale")).alias(f"{name}_held") for name in ("numerator", "denominator")]
    return entries.select("at", *NUMBERS_HELD, *held, *told, *more)[at].with_row_index("place")


def _numbers(figures: pl.DataFrame, asked: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return of figures, one beside each entry that is asked about, the level, its logarithm and its root.

    Logarithms tell how many times larger a figure is; on the scale of the root (twice the square root; of a share twice
    the arcsine) chance alone has the same deviation at every level.
    """
    scales = asked.select("numerator_scale", "denominator_scale")
    x = figures["numerator"] / scales["numerator_scale"]
    n = figures["denominator"] / scales["denominator_scale"]
    frame = pl.DataFrame({"x": x, "n": n, "value": figures["value"]})
    if column == "share":
        odds = (pl.col("x") + 0.5) / (pl.col("n") - pl.col("x") + 0.5)
        root = 2.0 * ((pl.col("x") + 0.375) / (pl.col("n") + 0.75)).sqrt().arcsin()
        is_share = (pl.col("n") > 0) & (pl.col("x") <= pl.col("n")) & (pl.col("x") >= 0)
        return frame.select(
            pl.when(is_share).then(odds).alias("level"),
            pl.when(is_share).then(odds.log()).alias("log"),
            pl.when(is_share).then(root).alias("root"),
            pl.when(is_share).then(1.0 / (pl.col("n") + 0.5).sqrt()).alias("chance"),
        )
    if column == "value":
        level, log = pl.when(pl.col("value") > 0.0).then(pl.col("value")), pl.col("value").log()
    else:
        own = pl.col("x" if column == "numerator" else "n")
        level, log = pl.when(own >= 0.0).then(own), (own + 0.5).log()
    return frame.select(
        level.alias("level"),
        pl.when(level.is_not_null()).then(log).alias("log"),
        (2.0 * (level + 0.375).sqrt()).alias("root"),
        pl.lit(1.0).alias("chance"),
    )


def _is_held(column: str, change: PlausibleChange) -> pl.Expr:
    # of a period that is not over the figure may still grow
    is_meant = ~pl.col("is_unfinished") & ~pl.col("indicator_id").is_in(change.not_for)
    if column == "numerator":
        return is_meant & ~pl.col("is_published") & ~pl.col("allow_negative")
    if column == "denominator":
        return is_meant & ~pl.col("is_published")
    return is_meant & (pl.col("is_proportion") if column == "share" else pl.col("is_published"))


def _implausible(asked: pl.DataFrame, series: OwnSeries, column: str, change: PlausibleChange) -> pl.DataFrame:
    held = asked.select(_is_held(column, change)).to_series()
    now = _numbers(asked.select(*NUMBERS_HELD), asked, column)
    if not (held & now["level"].is_not_null()).any():
        return _none()
    earlier = [_numbers(series.earlier(back), asked, column) for back in range(1, change.most_figures + 1)]
    levels, logs, roots = (
        pl.DataFrame([one[name].alias(str(at)) for at, one in enumerate(earlier)]) for name in ("level", "log", "root")
    )
    everything = pl.all()
    found = pl.concat(
        [
            asked.select("place", "at", _floor(column)),
            now,
            levels.select(
                pl.min_horizontal(everything).alias("least"),
                pl.max_horizontal(everything).alias("most"),
                pl.sum_horizontal(everything.is_not_null()).alias("count"),
            ),
        ],
        how="horizontal",
    )
    # most figures lie within what was seen before: only of the others the middle and the spread are worked out
    level = pl.col("level")
    is_beyond = (level >= pl.col("most") * change.times) | (level * change.times <= pl.col("least"))
    is_beyond = is_beyond & (pl.col("least") != level) & (pl.col("most") != level)
    found = found.filter(held & (pl.col("count") >= change.earlier_figures) & is_beyond)
    if found.is_empty():
        return _none()
    places = found["place"]
    return out_of_line(
        found.with_columns(
            _lists(levels[places]).alias("levels"),
            _lists(logs[places]).alias("logs"),
            _lists(roots[places]).alias("roots"),
            pl.lit(column).alias("kind"),
        ),
        change,
    ).select(list(_MARKED))


_MARKED: Final[Mapping[str, pl.DataType]] = {
    "at": pl.UInt32(),
    "place": pl.UInt32(),
    "kind": pl.String(),
    "level": pl.Float64(),
    "least": pl.Float64(),
    "most": pl.Float64(),
    "middle": pl.Float64(),
    "count": pl.UInt32(),
}


def _none() -> pl.DataFrame:
    return pl.DataFrame(schema=dict(_MARKED))


def _lists(frame: pl.DataFrame) -> pl.Series:
    return frame.select(pl.concat_list(pl.all()).list.drop_nulls().alias("list")).to_series()


def _floor(column: str) -> pl.Expr:
    # only counts and shares of people have chance's own deviation
    is_counted = {"numerator": pl.col("is_count"), "denominator": pl.col("is_whole_denominator")}
    return is_counted.get(column, pl.lit(column == "share")).alias("is_counted")


def out_of_line(found: pl.DataFrame, change: PlausibleChange) -> pl.DataFrame:
    """Return those of the figures beyond all earlier ones that neither chance nor their own variation explains.

    Arguments:
        found: level, log, root, chance and is_counted of each figure; levels, logs and roots of the earlier (lists).
        change: How many deviations of either.

    Returns:
        The rows that are, with `middle` (of the levels).

    Chance is that of a Poisson count or a binomial share around the middle of the earlier figures, on the scale of
    roots. Their own variation is the median distance from their middle, on the scale of logarithms, widened where they
    are few (docs/decisions, record 26).
    """
    by_chance = (pl.col("root") - pl.col("roots").list.median()).abs() / pl.col("chance")
    middle = pl.col("logs").list.median()
    distances = (pl.col("logs") - middle).list.eval(pl.element().abs())
    spread = pl.max_horizontal(distances.list.median() * _DEVIATION, pl.lit(_LEAST_SPREAD))
    widened = spread * (1.0 + _FEW / pl.col("logs").list.len())
    is_beyond_chance = (by_chance > change.chance_deviations) | ~pl.col("is_counted")
    return found.filter(
        is_beyond_chance & ((pl.col("log") - middle).abs() > change.own_deviations * widened)
    ).with_columns(pl.col("levels").list.median().alias("middle"))


@dataclass(frozen=True)
class _Words:
    """What is needed to say in words how a figure is out of line."""

    asked: pl.DataFrame
    series: OwnSeries
    change: PlausibleChange

    def of(self, row: Mapping[str, object], column: str) -> tuple[str, str, str]:
        """Return what was found, what is usual, and the likely slip."""
        place, kind = int(str(row["place"])), str(row["kind"])
        level, least, most, middle = (float(str(row[name])) for name in ("level", "least", "most", "middle"))
        entry = self.asked.row(place, named=True)
        if kind == "share":
            shown = [f"{100.0 * odds / (1.0 + odds):.1f}%" for odds in (level, least, most, middle)]
            numbers = (_plain(entry[f"{name}_held"]) for name in ("numerator", "denominator"))
            what = f"The share of {shown[0]} ({' of '.join(numbers)})"
        else:
            shown = [_plain(number) for number in (level, least, most, middle)]
            what = f"The {column} {shown[0]}"
        spread = f"all {shown[1]}" if least == most else f"from {shown[1]} to {shown[2]}, the middle one {shown[3]}"
        usual = f"{row['count']} earlier figures, {spread}"
        return what, usual, "" if kind == "share" else self._cause(column, place, entry, level, middle)

    def _cause(self, column: str, place: int, entry: Mapping[str, object], level: float, middle: float) -> str:
        if level == 0.0:
            return "If it is not known yet, 0 is not right: a marker such as [x] says so."
        if column != "value" and self._is_swapped(place, entry):
            return "Numerator and denominator look as if they were swapped."
        if middle <= 0.0:
            return ""
        tens = log10(level / middle)
        power = round(tens)
        if power and abs(tens - power) <= log10(_NEAR_TEN):
            times = f"{10 ** abs(power):,}"
            many = "one digit" if abs(power) == 1 else f"{abs(power)} digits"
            if power > 0:
                return f"It is about {times} times the usual: perhaps {many} too many, or another unit."
            return f"It is about {times} times less than usual: perhaps {many} too few, or another unit."
        return ""

    def _is_swapped(self, place: int, entry: Mapping[str, object]) -> bool:
        """Whether each number lies where the other one used to, and not where it used to lie itself."""
        now = [entry["numerator_held"], entry["denominator_held"]]
        if None in now:
            return False
        earlier = self.series.before(place, self.change.most_figures)
        ranges = []
        for name in ("numerator", "denominator"):
            known = (earlier[name] / entry[f"{name}_scale"]).drop_nulls().to_list()
            if not known:
                return False
            ranges.append((min(known) / _NEAR_TEN, max(known) * _NEAR_TEN))
        # exchanged, they fit; as they are, neither does
        return all(
            _is_within(number, other) and not _is_within(number, own)
            for number, own, other in zip(now, ranges, reversed(ranges), strict=True)
        )


def _is_within(number: object, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= float(str(number)) <= bounds[1]


def _plain(number: object) -> str:
    figure = float(str(number))
    return f"{figure:,.0f}" if figure == int(figure) else f"{figure:,.6g}"


def _with_words(entries: pl.DataFrame, found: pl.DataFrame, column: str, words: _Words) -> pl.DataFrame:
    names = [f"{column}_{name}" for name in ("what", "usual", "cause")]
    said = [(row["at"], *words.of(row, column)) for row in found.head(_WORDED).iter_rows(named=True)]
    table = pl.DataFrame(said, schema={"at": pl.UInt32(), **dict.fromkeys(names, pl.String())}, orient="row")
    flag = pl.col("at").is_in(found["at"].implode()).alias(f"is_{column}_implausible")
    entries = entries.with_columns(flag).join(table, on="at", how="left", maintain_order="left")
    if found.height <= _WORDED:
        return entries
    usual = "as in the rows that are said first"
    return entries.with_columns(
        pl.col(names[0]).fill_null(f"The {column}"), pl.col(names[1]).fill_null(usual), pl.col(names[2]).fill_null("")
    )
