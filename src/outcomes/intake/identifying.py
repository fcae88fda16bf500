"""Says what each row is for: indicator and version, place, period, source; and whether the sender may say it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from outcomes.geography.areas import RANK, Area
from outcomes.intake.codes import (
    NO_HINT,
    ascii_folded,
    begins_like_total,
    looks_like_total,
    trimmed,
)
from outcomes.intake.coding import Coded, coded, coded_together, crossed, spread, the_same
from outcomes.intake.entries import Entries, joined_by_text
from outcomes.intake.few_hints import Hints
from outcomes.intake.reading.grid import NO_RESULT
from outcomes.intake.row_periods import PERIOD_SCHEMA, RowPeriods
from outcomes.intake.terms import Terms
from outcomes.partnership.layout import PeriodReading
from outcomes.vocabulary import PartnerType

__all__ = ["with_identity"]

_INDICATOR_SCHEMA: Mapping[str, pl.DataType] = {
    "indicator_id": pl.String(),
    "indicator_form": pl.String(),
    "indicator_id_hint": pl.String(),
}
_PLACE_SCHEMA: Mapping[str, pl.DataType] = {
    "area_code": pl.String(),
    "place_form": pl.String(),
    "place_code_hint": pl.String(),
    "place_code_near": pl.String(),
    "validity": pl.String(),
    "level": pl.String(),
    "area_from": pl.Date(),
    "area_to": pl.Date(),
    "is_served": pl.Boolean(),
}
# what is asked of numbers, wherever all indicators that may be meant have it in common
_IN_COMMON: Final = (
    *("statistic", "multiplier", "numerator_scale", "denominator_scale", "is_count", "is_whole_denominator"),
    *("allow_negative", "is_proportion", "takes_denominator", "keeps_denominator", "is_published"),
)


def with_identity(entries: Entries, terms: Terms, readings: Sequence[PeriodReading] = (PeriodReading(),)) -> Entries:
    """Return the entries with indicator, version, place, period and source, and the form in which each was found.

    Arguments:
        entries: As in a Table.
        terms: What the check holds them against.
        readings: How periods are written.

    Returns:
        Besides the columns that the rules name there are whole numbers and their tables, equal where the texts of two
        rows mean the same definition, figure (definition and period) or place: `definition_at`, `figure_at`,
        `place_at`.
    """
    hints, hints_on_places = Hints(), Hints()
    for column in ("indicator_id", "place_code", "period"):
        if f"{column}_text" not in entries.columns:
            entries = entries.with_columns(pl.lit(None, dtype=pl.String).alias(f"{column}_text"))
    # a period's text may mean something else in a cell of another kind, or in another table
    cells = the_same("period_cell", "text", pl.String())
    if "period_kind" in entries.columns:
        cells = coded(entries["period_kind"].cast(pl.String).alias("period_cell"))
        entries = Entries(entries.rows.drop("period_kind"), entries.tables)
    at_readings = the_same("reading_at", 0, pl.UInt8())
    if "reading_at" in entries.columns:
        at_readings = coded(entries["reading_at"])
    texts = coded(entries["indicator_id_text"])
    indicators = _read_all(texts, lambda text: _indicator(text, terms, hints), _INDICATOR_SCHEMA)
    # of a total it is not asked what holds of every indicator
    is_total = (indicators["indicator_form"] == "total").cast(pl.UInt8).alias("is_total")
    ids = coded_together([coded(indicators["indicator_id"]), coded(is_total)])
    named = coded_together([ids.of(texts.at), coded(entries["period_text"])])
    named = coded_together([named, cells, at_readings])
    figures = _figures(
        _read_all(named, RowPeriods(terms, readings).read, PERIOD_SCHEMA).hstack(
            named.distinct.select("indicator_id", "is_total", "period_text")
        ),
        terms,
    )
    places = _places(entries["place_code_text"], named.at, figures, terms)
    areas = _read_all(
        places, lambda text, first=None, last=None: _place(text, first, last, terms, hints_on_places), _PLACE_SCHEMA
    )
    areas = areas.hstack(places.distinct.select("place_code_text"))
    definitions = coded_together([coded(figures["indicator_id"]), coded(figures["version_held"])])
    figures = figures.with_columns(definitions.at.alias("definition_at"))
    entries = entries.with_table("figure_at", named.at, figures).with_table("place_at", places.at, areas)
    told = indicators.drop("indicator_id").hstack(texts.distinct)
    entries = entries.with_table("indicator_at", texts.at, told)
    entries = replace(entries, tables={**entries.tables, "definition_at": definitions.distinct})
    at_places = crossed(Coded(entries["definition_at"], definitions.distinct), Coded(places.at, areas))
    return _with_source(_with_dates(entries).with_columns(_levels_and_footprint(at_places, figures, terms)), terms)


def _read_all(found: Coded, read: Callable[..., tuple[object, ...]], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame([read(*texts) for texts in found.distinct.iter_rows()], schema=dict(schema), orient="row")


def _indicator(text: str | None, terms: Terms, hints: Hints) -> tuple[object, ...]:
    bare = trimmed(text or "")
    if not bare:
        return None, "blank", ""
    if text == NO_RESULT:
        return None, "uncalculated", ""
    ids = terms.partnership.names_of_indicators.get(bare) or terms.indicator_names.get(ascii_folded(bare), ())
    if not ids and _is_total(bare, terms.indicator_titles, hints):
        return None, "total", ""
    if not ids:
        return None, "unknown", hints.of_code(bare, terms.indicator_titles).sentence
    if len(ids) > 1:
        return None, "ambiguous", ", ".join(ids)
    indicator_id = ids[0]
    form = "exact" if text == indicator_id else "folded"
    if ascii_folded(bare) != ascii_folded(indicator_id):
        form = "alias"
    return indicator_id, form, ""


def _is_total(bare: str, titles: Mapping[str, str], hints: Hints) -> bool:
    """Whether a text that is no code stands for a total, and not for something that has such a name."""
    return looks_like_total(bare) or (begins_like_total(bare) and not hints.of_code(bare, titles).sentence)


def _places(texts: pl.Series, figures_at: pl.Series, figures: pl.DataFrame, terms: Terms) -> Coded:
    """Return the texts that name places; with the days of each period, where a code means now this area, now that."""
    places = coded(texts)
    if not any(text and ascii_folded(text) in terms.codes_by_date for text in places.distinct.to_series()):
        return places
    days = coded_together([coded(figures["period_start"]), coded(figures["period_end"])])
    return coded_together([places, days.of(figures_at)])


def _place(text: str | None, first: date | None, last: date | None, terms: Terms, hints: Hints) -> tuple[object, ...]:
    nothing = ("", None, None, None, None)
    bare = trimmed(text or "")
    if not bare:
        return None, "blank", *NO_HINT, *nothing
    if text == NO_RESULT:
        return None, "uncalculated", *NO_HINT, *nothing
    areas = terms.areas_by_folded_code.get(ascii_folded(bare), ())
    exact = [area for area in areas if area.code == bare] or list(areas)
    if len(exact) > 1 and ascii_folded(bare) in terms.codes_by_date:
        then = [area for area in exact if first and last and area.is_valid(first, last)]
        # of a period in which none exists, the last one says when it does
        exact = then or sorted(exact, key=lambda area: (area.valid_from or date.min, area.code))[-1:]
    if len(exact) == 1:
        area = exact[0]
        form = "exact" if text == area.code else "folded"
        if ascii_folded(area.code) != ascii_folded(bare):
            form = "alias"
        is_served = terms.partner is None or area.code in terms.footprint
        known = (_validity(area), area.level.value, area.valid_from, area.valid_to, is_served)
        return area.code, form, *NO_HINT, *known
    if _is_total(bare, terms.area_titles, hints):
        return None, "total", *NO_HINT, *nothing
    return None, "unknown", *hints.of_code(bare, terms.area_titles), *nothing


def _validity(area: Area) -> str:
    parts = []
    if area.valid_from:
        parts.append(f"It exists from {_day(area.valid_from)}.")
    if area.valid_to:
        parts.append(f"It existed until {_day(area.valid_to)}.")
    if area.successors:
        parts.append(f"It was followed by {' and '.join(area.successors)}.")
    return " ".join(parts)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _with_source(entries: Entries, terms: Terms) -> Entries:
    own = terms.partner.code if terms.partner else ""
    if "source_code_text" not in entries.columns:
        return entries.with_columns(pl.lit(own).alias("source_code"))
    allowed: dict[str, set[str]] = {}
    for indicator_id, source_code in terms.supplied.select("indicator_id", "source_code").unique().iter_rows():
        allowed.setdefault(indicator_id, set()).add(source_code)

    def read(indicator_id: str | None, text: str | None) -> tuple[object, ...]:
        bare = trimmed(text or "")
        if not bare:
            return own, "blank"
        if bare.lower() in terms.null_words:
            return own, "null_word"
        if terms.partner is None:
            return bare, "exact"
        offered = {ascii_folded(code): code for code in (allowed.get(indicator_id or "", set()) | {own}) if code}
        found = offered.get(ascii_folded(bare))
        if found is None:
            return own, "unknown"
        return found, "exact" if text == found else "folded"

    schema = {"source_code": pl.String(), "source_form": pl.String()}
    entries = joined_by_text(entries, "source_at", ["indicator_id", "source_code_text"], read, schema)
    named = entries.tables["source_at"].with_columns(pl.col("source_form").alias("source_code_form"))
    return replace(entries, tables={**entries.tables, "source_at": named})


def _figures(figures: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Return the figures that are named, one row for each, with what the definition of each asks."""
    # where no version is known, the latest says how the numbers are to be read
    latest = terms.attributes.group_by("indicator_id").agg(pl.col("version_held").max().alias("latest"))
    figures = figures.join(latest, on="indicator_id", how="left", maintain_order="left")
    figures = figures.with_columns(pl.coalesce("indicator_version", "latest").alias("version_held"))
    figures = figures.join(terms.attributes, on=["indicator_id", "version_held"], how="left", maintain_order="left")
    supplied = terms.indicator_titles if terms.partner is None else terms.supplied_indicators
    figures = _with_what_is_common(figures, terms, supplied)
    first_day, as_of = terms.layout.first_period_starts, terms.as_of
    begins, ends = pl.col("period_start"), pl.col("period_end")
    return figures.with_columns(
        pl.col("indicator_id").is_in(sorted(supplied)).alias("is_entitled"),
        (pl.col("numerator_scale") == pl.col("denominator_scale")).fill_null(True).alias("has_one_scale"),
        (pl.col("latest_start") < first_day if first_day else pl.lit(False)).alias("is_too_early"),
        (pl.col("earliest_start") > as_of if as_of else pl.lit(False)).alias("is_future"),
        ((begins <= as_of) & (ends > as_of) if as_of else pl.lit(False)).alias("is_unfinished"),
        _is_unasked(terms).alias("is_period_unasked"),
    )


def _with_what_is_common(figures: pl.DataFrame, terms: Terms, supplied: Collection[str]) -> pl.DataFrame:
    """Return the figures; of those whose indicator is not known, with what every indicator of the sender asks.

    Whichever is meant, it holds of it: what is wrong by it is wrong, and is said at once with the unknown code.
    """
    own = terms.attributes.filter(pl.col("indicator_id").is_in(sorted(supplied)))
    common = {name: own[name][0] for name in _IN_COMMON if own.height and own[name].n_unique() == 1}
    is_unknown = pl.col("indicator_id").is_null() & (pl.col("is_total") == 0)
    return figures.with_columns(
        pl.when(is_unknown).then(pl.lit(value, dtype=figures.schema[name])).otherwise(pl.col(name)).alias(name)
        for name, value in common.items()
    )


def _is_unasked(terms: Terms) -> pl.Expr:
    """Whether a template asked for the indicator, and for other periods than this one."""
    asked = terms.periods_asked
    if not asked:
        return pl.lit(False)
    pairs = pl.concat_str("indicator_id", pl.lit(" "), "period")
    known = [f"{indicator_id} {period}" for indicator_id, periods in asked.items() for period in periods]
    return (pl.col("indicator_id").is_in(list(asked)) & ~pairs.is_in(known)).fill_null(False)


def _with_dates(entries: Entries) -> Entries:
    dates = entries.tables["place_at"].select("area_from", "area_to")
    if all(values.null_count() == len(values) for values in dates):
        return entries.with_columns(pl.lit(True).alias("is_place_valid"))
    begins, ends = pl.col("period_start"), pl.col("period_end")
    return entries.with_columns(
        (
            (pl.col("area_from").is_null() | (pl.col("area_from") <= begins))
            & (pl.col("area_to").is_null() | (ends <= pl.col("area_to")))
        )
        .fill_null(True)
        .alias("is_place_valid")
    )


def _levels_and_footprint(found: Coded, figures: pl.DataFrame, terms: Terms) -> list[pl.Expr]:
    """Return is_level_right, is_in_footprint and is_place_of_another, once for each definition and place.

    Of an indicator that is not known, or is another partner's, a place is another's where the sender has nothing to
    say of it at all.
    """
    expected = figures.select("indicator_id", "version_held", "expected_level").unique()
    asked = found.distinct.join(
        expected, on=["indicator_id", "version_held"], how="left", nulls_equal=True, maintain_order="left"
    )
    # a publisher sends wholes besides their parts: both are kept, with the difference
    is_publisher = terms.partner is not None and terms.partner.type is PartnerType.PUBLISHER
    level, wanted = (
        pl.col(name).replace_strict(RANK, default=None, return_dtype=pl.Int8) for name in ("level", "expected_level")
    )
    asked = asked.with_columns(((level < wanted) & is_publisher).fill_null(False).alias("is_whole")).with_columns(
        ((pl.col("level") == pl.col("expected_level")) | pl.col("is_whole")).alias("is_level_right")
    )
    if terms.partner is None:
        return spread(
            asked.select(
                "is_level_right",
                "is_whole",
                pl.lit(True).alias("is_in_footprint"),
                pl.lit(False).alias("is_place_of_another"),
            ),
            found.at,
            len(found.at),
        )
    pairs = terms.supplied.select("indicator_id", "area_code").unique().with_columns(pl.lit(True).alias("is_supplied"))
    asked = asked.join(pairs, on=["indicator_id", "area_code"], how="left", maintain_order="left")
    is_elsewhere = pl.col("is_served") & (pl.col("is_level_right").not_() | pl.col("is_whole"))
    is_in = pl.col("is_supplied").fill_null(False) | is_elsewhere
    in_footprint = pl.when(pl.col("area_code").is_not_null()).then(is_in).alias("is_in_footprint")
    is_served = pl.col("is_served") | pl.col("area_code").is_in(terms.supplied["area_code"].unique().implode())
    is_entitled = pl.col("indicator_id").is_in(sorted(terms.supplied_indicators)).fill_null(False)
    is_of_another = (
        pl.when(is_entitled).then(is_in.not_()).otherwise(is_served.not_()) & pl.col("area_code").is_not_null()
    )
    asked = asked.select("is_level_right", "is_whole", in_footprint, is_of_another.alias("is_place_of_another"))
    return spread(asked, found.at, len(found.at))
