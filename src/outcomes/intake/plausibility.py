"""Says which figures are out of line with the sender's own earlier ones, by how much, and what slip is likely."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log10
from typing import Final

import polars as pl

from outcomes.intake.entries import Entries
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


def with_plausibility(entries: Entries, series: OwnSeries, terms: Terms) -> Entries:
    """Return the entries with is_<column>_implausible, and in words <column>_what, <column>_usual and <column>_cause.

    Arguments:
        entries: With identity, numbers, relations and history.
        series: The sender's own figures.
        terms: What the check holds them against.

    Returns:
        Of numerator and denominator each; of value for published values; of a proportion whose two numbers are each in
        line, its share. Of more than 10,000 rows the words of the rest are short. Of a proportion whose numerator is
        above its denominator, which is a finding of its own, only `numerator_told`: what is added to that one.
    """
    change = terms.layout.plausible_change
    asked = _asked(entries, series)
    marked = {kind: _implausible(asked, series, kind, change) for kind in (*NUMBERS_HELD, "share")}
    counted = pl.concat([marked["numerator"]["at"], marked["denominator"]["at"]])
    shares = marked["share"].filter(~pl.col("at").is_in(counted.implode()))
    made = {"numerator": pl.concat([marked["numerator"], shares]).sort("at")}
    made |= {name: marked[name] for name in ("denominator", "value")}
    words = _Words(asked, series, change)
    above = asked.filter("is_proportion", _IS_ABOVE)["at"].implode()
    told = {column: found.filter(pl.col("at").is_in(above)) for column, found in made.items()}
    entries = _with_told(entries, told, words)
    for column, found in made.items():
        entries = _with_words(entries, found.filter(~pl.col("at").is_in(above)), column, words)
    return entries


def _asked(entries: Entries, series: OwnSeries) -> pl.DataFrame:
    """Return of each entry that is asked about the numbers as they are meant, and what they are numbers of."""
    at = series.figures["at"].gather(series.asked)
    told = ("indicator_id", *_SCALES, "is_count", "is_whole_denominator", "is_proportion")
    more = ("allow_negative", "is_unfinished", "is_published")
    held = [(pl.col(name) / pl.col(f"{name}_scale")).alias(f"{name}_held") for name in ("numerator", "denominator")]
    asked = entries.at(at).select("at", *NUMBERS_HELD, *held, *told, *more).with_row_index("place")
    return asked.with_columns(series.figures["series"].gather(series.asked))


def _level(kind: str) -> pl.Expr:
    """Return what is compared: a number of zero or more, or of a share its odds; null where there is none."""
    numerator, denominator = (pl.col(name) / pl.col(f"{name}_scale") for name in ("numerator", "denominator"))
    if kind == "share":
        is_share = (denominator > 0) & (numerator >= 0) & (numerator <= denominator)
        return pl.when(is_share).then((numerator + 0.5) / (denominator - numerator + 0.5))
    if kind == "value":
        return pl.when(pl.col("value") > 0).then(pl.col("value"))
    own = numerator if kind == "numerator" else denominator
    return pl.when(own >= 0).then(own)


def _log(level: pl.Expr, kind: str) -> pl.Expr:
    # tells how many times larger a number is; a half is added so that none has a logarithm too
    return (level + 0.5).log() if kind in ("numerator", "denominator") else level.log()


def _root(level: pl.Expr, kind: str) -> pl.Expr:
    # on this scale chance alone has the same deviation at every level
    return 2.0 * (level / (1.0 + level)).sqrt().arcsin() if kind == "share" else 2.0 * (level + 0.375).sqrt()


def _is_held(kind: str, change: PlausibleChange) -> pl.Expr:
    # of a period that is not over the figure may still grow
    is_meant = ~pl.col("is_unfinished") & ~pl.col("indicator_id").is_in(change.not_for)
    if kind == "numerator":
        return is_meant & ~pl.col("is_published") & ~pl.col("allow_negative")
    if kind == "denominator":
        return is_meant & ~pl.col("is_published")
    return is_meant & (pl.col("is_proportion") if kind == "share" else pl.col("is_published"))


def _is_beyond(level: pl.Expr, least: pl.Expr, most: pl.Expr, times: float) -> pl.Expr:
    return ((level >= most * times) & (level > most)) | ((level * times <= least) & (level < least))


def _implausible(asked: pl.DataFrame, series: OwnSeries, kind: str, change: PlausibleChange) -> pl.DataFrame:
    held = asked.filter(_is_held(kind, change))
    if held.is_empty():
        return _none()
    scales = asked.select("series", *_SCALES).unique("series")
    figures = series.figures.join(scales, on="series", how="left", maintain_order="left")
    levels = figures.select("series", _level(kind).alias("level"))
    now = levels["level"].gather(series.asked.gather(held["place"]))
    found = held.with_columns(now.alias("level")).filter(pl.col("level").is_not_null())
    # figure by figure backwards: nearly all lie within what was seen before, and are done with after one or two
    for back in range(1, change.most_figures + 1):
        before = _before(levels, series.asked.gather(found["place"]), back)
        level, other = pl.col("level"), before.alias("other")
        is_out = pl.col("other").is_null() | _is_beyond(level, pl.col("other"), pl.col("other"), change.times)
        found = found.with_columns(other).filter(is_out).drop("other")
        if found.is_empty():
            return _none()
    places = series.asked.gather(found["place"])
    earlier = [_before(levels, places, back).alias(str(back)) for back in range(1, change.most_figures + 1)]
    lists = pl.DataFrame(earlier).select(pl.concat_list(pl.all()).list.drop_nulls().alias("levels"))
    found = found.with_columns(lists["levels"]).with_columns(
        pl.col("levels").list.min().alias("least"),
        pl.col("levels").list.max().alias("most"),
        pl.col("levels").list.len().alias("count"),
        _log(pl.col("level"), kind).alias("log"),
        _root(pl.col("level"), kind).alias("root"),
        pl.col("levels").list.eval(_log(pl.element(), kind)).alias("logs"),
        pl.col("levels").list.eval(_root(pl.element(), kind)).alias("roots"),
        _chance(kind).alias("chance"),
        _is_counted(kind).alias("is_counted"),
        pl.lit(kind).alias("kind"),
    )
    is_beyond = _is_beyond(pl.col("level"), pl.col("least"), pl.col("most"), change.times)
    found = found.filter((pl.col("count") >= change.earlier_figures) & is_beyond)
    return out_of_line(found, change).select(list(_MARKED))


def _before(levels: pl.DataFrame, places: pl.Series, back: int) -> pl.Series:
    """Return the level so many figures before each place, of the same series, or null."""
    table = pl.DataFrame({"now": places, "then": places - back}).with_columns(pl.col("then").clip(0).alias("safe"))
    series, level = levels["series"], levels["level"]
    is_same = (series.gather(table["safe"]) == series.gather(table["now"])) & (table["then"] >= 0)
    return pl.DataFrame({"is_same": is_same, "level": level.gather(table["safe"])}).select(
        pl.when("is_same").then(pl.col("level"))
    )["level"]


_SCALES: Final = ("numerator_scale", "denominator_scale")
# of numbers with many decimals the product is beyond an Int64
_IS_ABOVE: Final = pl.col("numerator").cast(pl.Int128) * pl.col("denominator_scale") > pl.col("denominator").cast(
    pl.Int128
) * pl.col("numerator_scale")
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


def _chance(kind: str) -> pl.Expr:
    return 1.0 / (pl.col("denominator_held") + 0.5).sqrt() if kind == "share" else pl.lit(1.0)


def _is_counted(kind: str) -> pl.Expr:
    # only counts and shares of people have chance's own deviation
    counted = {"numerator": pl.col("is_count"), "denominator": pl.col("is_whole_denominator")}
    return counted.get(kind, pl.lit(kind == "share"))


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


def _with_words(entries: Entries, found: pl.DataFrame, column: str, words: _Words) -> Entries:
    names = [f"{column}_{name}" for name in ("what", "usual", "cause")]
    said = [words.of(row, column) for row in found.head(_WORDED).iter_rows(named=True)]
    # of the rows that are not worded
    said += [(f"The {column}", "as in the rows that are said first", "")] * (found.height - len(said))
    table = pl.DataFrame(said, schema=dict.fromkeys(names, pl.String()), orient="row")
    flag = pl.lit(True).alias(f"is_{column}_implausible")
    return entries.with_some(f"{column}_implausible_at", found["at"], table.with_columns(flag))


def _with_told(entries: Entries, told: Mapping[str, pl.DataFrame], words: _Words) -> Entries:
    """Return the entries with what is added to the finding that numerator and denominator cannot both be right."""
    said: dict[int, list[str]] = {}
    causes: dict[int, list[str]] = {}
    for column, found in told.items():
        for row in found.head(_WORDED).iter_rows(named=True):
            what, usual, cause = words.of(row, column)
            said.setdefault(row["at"], []).append(f"{what} is out of line with what was sent before: {usual}.")
            causes.setdefault(row["at"], []).append(cause)
    rows = sorted(said)
    # what is said of both numbers is said once
    texts = [" ".join((*said[at], *dict.fromkeys(filter(None, causes[at])))) for at in rows]
    table = pl.DataFrame({"numerator_told": texts}, schema={"numerator_told": pl.String()})
    return entries.with_some("numerator_told_at", pl.Series(rows, dtype=pl.UInt32), table)
