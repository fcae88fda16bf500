"""Says what each row is for: indicator and version, place, period, source; and whether the sender may say it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from outcomes.errors import UnknownNameError
from outcomes.geography.areas import RANK, Area
from outcomes.intake.codes import (
    NO_HINT,
    CodeHint,
    ascii_folded,
    begins_like_total,
    code_hints,
    looks_like_total,
    trimmed,
)
from outcomes.intake.coding import Coded, coded, coded_together, crossed, spread, the_same
from outcomes.intake.entries import Entries, joined_by_text
from outcomes.intake.period_spellings import likely_period, period_hint, read_described_period
from outcomes.intake.terms import Terms
from outcomes.partnership.layout import PeriodReading
from outcomes.period import EXAMPLE, Period
from outcomes.vocabulary import PartnerType, PeriodKind

__all__ = ["with_identity"]

# twenty are shown for each kind of finding, and distinct texts come in the order of the rows
_MAX_HINTS: Final = 100
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
_PERIOD_SCHEMA: Mapping[str, pl.DataType] = {
    "period_form": pl.String(),
    "period_hint": pl.String(),
    "period_expected": pl.String(),
    "period_example": pl.String(),
    "period": pl.String(),
    "period_kind": pl.String(),
    "period_start": pl.Date(),
    "period_end": pl.Date(),
    "indicator_version": pl.Int32(),
}


_Seen = dict[tuple[str, str, PeriodKind], tuple[Period | None, bool]]
"""What texts of periods were read as."""


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
    hints, hints_on_periods, hints_on_places = _Hints(), _Hints(), _Hints()
    seen: dict[int, _Seen] = {}
    kinds_of = _kinds_of(terms)
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
    ids = coded(indicators["indicator_id"])
    named = coded_together([ids.of(texts.at), coded(entries["period_text"])])
    named = coded_together([named, cells, at_readings])
    figures = _figures(
        _read_all(
            named,
            lambda indicator_id, text, cell, at: _period(
                indicator_id, text, cell, readings[at], kinds_of, terms, hints_on_periods, seen.setdefault(at, {})
            ),
            _PERIOD_SCHEMA,
        ).hstack(named.distinct.select("indicator_id", "period_text")),
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


class _Hints:
    """Looks for hints, but only as many as can be shown: a file of a million misspelt codes costs no more."""

    def __init__(self) -> None:
        self.left = _MAX_HINTS

    def of(self, find: Callable[[], str]) -> str:
        """Return the hint, while there are some left."""
        self.left -= 1
        return find() if self.left >= 0 else ""

    def of_code(self, text: str, names: Mapping[str, str]) -> CodeHint:
        """Return the hint at a code, while there are some left."""
        self.left -= 1
        return code_hints(text, names) if self.left >= 0 else NO_HINT


def _indicator(text: str | None, terms: Terms, hints: _Hints) -> tuple[object, ...]:
    bare = trimmed(text or "")
    if not bare:
        return None, "blank", ""
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


def _is_total(bare: str, titles: Mapping[str, str], hints: _Hints) -> bool:
    """Whether a text that is no code stands for a total, and not for something that has such a name."""
    return looks_like_total(bare) or (begins_like_total(bare) and not hints.of_code(bare, titles).sentence)


def _kinds_of(terms: Terms) -> dict[str, list[PeriodKind]]:
    """Return the rhythms of each indicator, that of its latest version first."""
    found: dict[str, list[PeriodKind]] = {}
    for indicator_id in {indicator_id for indicator_id, _ in terms.partnership.indicators}:
        versions = terms.partnership.versions_of(indicator_id)
        found[indicator_id] = list(dict.fromkeys(version.period for version in reversed(versions)))
    return found


def _period(
    indicator_id: str | None,
    text: str | None,
    cell: str,
    reading: PeriodReading,
    kinds_of: Mapping[str, list[PeriodKind]],
    terms: Terms,
    hints: _Hints,
    seen: _Seen,
) -> tuple[object, ...]:
    nothing = (None, None, None, None, None)
    if not trimmed(text or ""):
        return "blank", "", "", "", *nothing
    if indicator_id is None:
        return "unread", "", "", "", *nothing
    assert text is not None
    kinds = kinds_of[indicator_id]
    first: tuple[Period, bool] | None = None
    for kind in kinds:
        # the same text is read once for all indicators
        if (text, cell, kind) not in seen:
            seen[text, cell, kind] = read_described_period(text, cell, kind, reading)
        period, is_exact = seen[text, cell, kind]
        if period is None:
            continue
        version = _version(indicator_id, period, terms)
        first = first or (period, is_exact)
        if version is not None and terms.partnership.indicators[indicator_id, version].period is kind:
            return _read_period(period, is_exact, version)
    if first is not None:
        return _read_period(*first, None)
    kind = kinds[0]
    names = [one.value.replace("_", " ") for one in kinds]
    expected = " or ".join(f"{'an' if name[0] in 'aeiou' else 'a'} {name}" for name in names)
    likely = hints.of(lambda: likely_period(text, kind))
    if reading.pattern:
        hint = f"The description of this sheet says that it is written like “{reading.pattern}”."
    else:
        hint = f"Did you mean {likely}?" if likely else hints.of(lambda: period_hint(text, kind))
    return "unknown", hint, expected, likely or EXAMPLE[kind], *nothing


def _version(indicator_id: str, period: Period, terms: Terms) -> int | None:
    try:
        return terms.partnership.indicator_on(indicator_id, period.last).version
    except UnknownNameError:
        return None


def _read_period(period: Period, is_exact: bool, version: int | None) -> tuple[object, ...]:
    form = "exact" if is_exact else "lenient"
    return form, "", "", EXAMPLE[period.kind], str(period), period.kind.value, period.first, period.last, version


def _places(texts: pl.Series, figures_at: pl.Series, figures: pl.DataFrame, terms: Terms) -> Coded:
    """Return the texts that name places; with the days of each period, where a code means now this area, now that."""
    places = coded(texts)
    if not any(text and ascii_folded(text) in terms.codes_by_date for text in places.distinct.to_series()):
        return places
    days = coded_together([coded(figures["period_start"]), coded(figures["period_end"])])
    return coded_together([places, days.of(figures_at)])


def _place(text: str | None, first: date | None, last: date | None, terms: Terms, hints: _Hints) -> tuple[object, ...]:
    nothing = ("", None, None, None, None)
    bare = trimmed(text or "")
    if not bare:
        return None, "blank", *NO_HINT, *nothing
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
    first_day, as_of = terms.layout.first_period_starts, terms.as_of
    begins, ends = pl.col("period_start"), pl.col("period_end")
    return figures.with_columns(
        pl.col("indicator_id").is_in(sorted(supplied)).alias("is_entitled"),
        (pl.col("numerator_scale") == pl.col("denominator_scale")).fill_null(True).alias("has_one_scale"),
        (begins < first_day if first_day else pl.lit(False)).alias("is_too_early"),
        (begins > as_of if as_of else pl.lit(False)).alias("is_future"),
        ((begins <= as_of) & (ends > as_of) if as_of else pl.lit(False)).alias("is_unfinished"),
        _is_unasked(terms).alias("is_period_unasked"),
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
    """Return is_level_right and is_in_footprint, worked out once for each definition and place."""
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
            asked.select("is_level_right", "is_whole", pl.lit(True).alias("is_in_footprint")), found.at, len(found.at)
        )
    pairs = terms.supplied.select("indicator_id", "area_code").unique().with_columns(pl.lit(True).alias("is_supplied"))
    asked = asked.join(pairs, on=["indicator_id", "area_code"], how="left", maintain_order="left")
    is_elsewhere = pl.col("is_served") & (pl.col("is_level_right").not_() | pl.col("is_whole"))
    is_in = pl.col("is_supplied").fill_null(False) | is_elsewhere
    in_footprint = pl.when(pl.col("area_code").is_not_null()).then(is_in).alias("is_in_footprint")
    return spread(asked.select("is_level_right", "is_whole", in_footprint), found.at, len(found.at))
