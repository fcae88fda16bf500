"""Holds the published counts against ours: England's total row, regions, and the boards' own publication."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from examples.accident_and_emergency.geography import ENGLAND, Boards, Homes
from examples.accident_and_emergency.providers import COUNTS, ProviderFiles
from examples.evidence import Held

import outcomes as oc

__all__ = ["counts_of", "england_held", "hold_boards", "read_boards_publication", "regions_held", "shares_apart"]

_DEPARTMENTS: Final = {"type 1": "Type 1", "type 2": "Type 2", "other": "Other"}
_ROUTES: Final = {
    "admissions via type 1": "Via A&E type 1",
    "admissions via type 2": "Via A&E type 2",
    "admissions via other": "Via other A&E",
    "admissions not via A&E": "Not via A&E",
}
# what the publication of the boards gives, as sums of the 18 counts
_BOARD_FIGURES: Final[dict[str, tuple[str, ...]]] = {
    "attendances": tuple(name for name in COUNTS if name.startswith("attendances")),
    "over four hours": tuple(name for name in COUNTS if name.startswith("over 4 hours")),
    "emergency admissions": tuple(name for name in COUNTS if name.startswith("admissions")),
    "waits over four hours for a bed": tuple(name for name in COUNTS if name.startswith("waits")),
}
_BOARD_COLUMNS: Final = dict(
    zip(
        _BOARD_FIGURES,
        (
            "total_attendances",
            "attendances_over_4hours",
            "total_emergency_admissions",
            "emergency_admissions_over_4hours",
        ),
        strict=True,
    )
)


def counts_of(measures: oc.PlaceMeasures) -> pl.DataFrame:
    """Return the 18 counts of every area and month out of our indicators: period, area_code, `COUNTS`.

    What left the department after four hours is what remains of the attendances.
    """
    whole = measures.frame.filter(pl.col("reason").is_null())
    found = []
    for name in COUNTS:
        indicator, breakdown = _place_of(name)
        rows = whole.filter((pl.col("indicator_id") == indicator) & (pl.col("breakdown") == breakdown))
        over = pl.col("denominator") - pl.col("numerator")
        count = over if name.startswith("over") else pl.col("numerator")
        found.append(rows.select("period", "area_code", pl.lit(name).alias("count"), n=count))
    wide = pl.concat(found).pivot("count", index=["period", "area_code"], values="n").sort("period", "area_code")
    # of files that were refused there is no figure at all
    return wide.with_columns(pl.lit(None, pl.Int64).alias(name) for name in COUNTS if name not in wide.columns)


def _place_of(name: str) -> tuple[str, str]:
    """The indicator and breakdown that hold one of the 18 counts."""
    if name in _ROUTES:
        return "ae-emergency-admissions", f"route={_ROUTES[name]}"
    if name.startswith("waits"):
        return ("ae-four-to-twelve-hours" if name.startswith("waits 4") else "ae-twelve-hours"), ""
    rest, _, booked = name.partition(", ")
    department = next(text for key, text in _DEPARTMENTS.items() if rest.endswith(key))
    indicator = "ae-attendances" if name.startswith("attendances") else "ae-four-hours"
    return indicator, f"appointment={'Booked' if booked else 'Unplanned'}; department={department}"


def england_held(published: ProviderFiles, ours: pl.DataFrame) -> Iterator[Held]:
    """Hold each month's total row against the sum of its rows, and against our England."""
    summed = published.rows.group_by("period").agg(pl.col(COUNTS).sum())
    yield _held("the total row is the sum of its providers", published.totals, summed, ["period"])
    england = ours.filter(pl.col("area_code") == ENGLAND)
    yield _held("the total row is our England", published.totals, england, ["period"])


def regions_held(published: ProviderFiles, ours: pl.DataFrame, boards: Boards) -> Iterator[Held]:
    """Hold the sums of providers by the region that the publisher gives against our regions."""
    of_name = {f"nhs england {name}": code for name, code in boards.region_of_name.items()}
    region = pl.col("region").str.to_lowercase().replace_strict(of_name, default=None)
    by_region = published.rows.with_columns(area_code=region)
    known = by_region.filter(pl.col("area_code").is_not_null())
    theirs = known.group_by("period", "area_code").agg(pl.col(COUNTS).sum())
    yield _held("sums by the publisher's region are our regions", theirs, ours, ["period", "area_code"])
    unknown = by_region.filter(pl.col("area_code").is_null())
    if unknown.height:
        names = ", ".join(f"“{name}”" for name in unknown["region"].unique().sort())
        yield Held(
            "providers whose region the look-ups know",
            known.height,
            by_region.height,
            f"no look-up has a region called {names}: those of them that are registered in a board count in its region",
            is_explained=True,
        )


def _held(kind: str, theirs: pl.DataFrame, ours: pl.DataFrame, key: list[str]) -> Held:
    long = theirs.unpivot(COUNTS, index=key, variable_name="count", value_name="published")
    mine = ours.unpivot(COUNTS, index=key, variable_name="count", value_name="ours")
    both = long.join(mine, on=[*key, "count"], how="left")
    differing = both.filter(~pl.col("published").eq_missing(pl.col("ours"))).sort(*key, "count")
    months = theirs["period"].n_unique()
    return Held(
        kind,
        both.height - differing.height,
        both.height,
        f"{months} months, {len(COUNTS)} columns, whole numbers, equal",
        differing,
    )


def shares_apart(ours: pl.DataFrame, homes: Homes) -> pl.DataFrame:
    """Return period, share: of England's attendances, how many are at providers of no known board (0 to 1)."""
    attendances = pl.sum_horizontal(_BOARD_FIGURES["attendances"])
    england = ours.filter(pl.col("area_code") == ENGLAND).select("period", whole=attendances)
    apart = ours.filter(pl.col("area_code").is_in(list(homes.apart))).group_by("period").agg(part=attendances.sum())
    both = england.join(apart, on="period", how="left").sort("period")
    return both.select("period", share=pl.col("part").fill_null(0) / pl.col("whole"))


def read_boards_publication(file: Path) -> pl.DataFrame:
    """Return period, area_code and the four figures of each board, as published."""
    rows = pl.read_csv(file, infer_schema=False, null_values="NA")
    needed = {"icb22_code", "date", *_BOARD_COLUMNS.values()}
    if not needed <= set(rows.columns):
        raise oc.TableError(f"{file}: these columns are expected: {', '.join(sorted(needed))}")
    month = pl.col("date").str.strptime(pl.Date, "%B %Y").dt.strftime("%Y-%m")
    figures = [pl.col(column).cast(pl.Int64).alias(name) for name, column in _BOARD_COLUMNS.items()]
    return rows.select(month.alias("period"), pl.col("icb22_code").alias("area_code"), *figures)


def hold_boards(
    theirs: pl.DataFrame, published: ProviderFiles, ours: pl.DataFrame, homes: Homes, boards: Boards
) -> Iterator[Held | str]:
    """Hold the boards' own publication against our boards.

    It counts a board's providers, as we do, but NHS England places every provider in a board, and its edition of a
    month may be older. So it is held against months in which both give one England; there the boards of a region
    together must have exactly what our boards and our providers of no known board have.
    """
    figures = list(_BOARD_FIGURES)
    sums = [pl.sum_horizontal(columns).alias(name) for name, columns in _BOARD_FIGURES.items()]
    repeats = _repeats(theirs)
    totals = published.totals.select("period", *sums)
    of_england = theirs.group_by("period").agg(pl.col(figures).sum())
    same = totals.join(of_england, on=["period", *figures], how="semi")["period"].to_list()
    months = sorted(set(totals["period"]) & set(of_england["period"]))
    for period in months:
        if period in repeats and period not in same:
            yield f"boards, {period}: not compared; the boards' file repeats the figures of {repeats[period]}"
    older = [period for period in months if period not in same and period not in repeats]
    mine = ours.select("period", "area_code", *sums)
    both = theirs.join(mine, on=["period", "area_code"], how="inner", suffix="_ours")
    apart_of = {code: region or code for code, (_, region) in homes.apart.items()}
    region_of = {**boards.region_of, **apart_of}
    editions = [(kind, found) for kind, found in (("one edition", same), ("another edition", older)) if found]
    for kind, periods in editions:
        rows = both.filter(pl.col("period").is_in(periods))
        equal = sum(int(rows.filter(pl.col(name) == pl.col(f"{name}_ours")).height) for name in figures)
        yield Held(
            f"boards, {kind}",
            equal,
            rows.height * len(figures),
            f"{len(periods)} months; the rest: providers that NHS England places in a board and no look-up does"
            + ("" if kind == "one edition" else ", and revisions since"),
            is_explained=True,
        )
    region = pl.col("area_code").replace_strict(region_of, default=None)
    placed = [
        frame.filter(pl.col("period").is_in(same))
        .with_columns(region=region)
        .filter(pl.col("region").is_not_null())
        .group_by("period", "region")
        .agg(pl.col(figures).sum())
        for frame in (theirs, mine)
    ]
    whole = placed[0].join(placed[1], on=["period", "region"], suffix="_ours")
    agreeing = sum(whole.filter(pl.col(name) == pl.col(f"{name}_ours")).height for name in figures)
    yield Held(
        "boards of a region together with its providers of no known board",
        agreeing,
        whole.height * len(figures),
        f"{len(same)} months of one edition, whole numbers, equal",
    )
    # where the regions agree, every difference of a board is one of place: naming the providers is a service
    is_explained = agreeing == whole.height * len(figures)
    held, differing, moved = _named(both.filter(pl.col("period").is_in(same)), published, homes, region_of)
    yield Held(
        "boards that differ: the whole difference, in every month and figure, is certain providers",
        held,
        differing,
        f"{len(moved)} providers stand in another board in NHS England's figures than by the look-ups"
        + ("" if held == differing else "; the months are too few to tell every one from the others"),
        is_explained=is_explained,
    )
    placed_as_they_do = _placed(published, homes, moved)
    for kind, periods in editions:
        rows = (
            theirs.filter(pl.col("period").is_in(periods))
            .join(placed_as_they_do, on=["period", "area_code"], how="left", suffix="_ours")
            .filter(pl.col("area_code").is_in(list(boards.region_of)))
        )
        equal = sum(rows.filter(pl.col(name) == pl.col(f"{name}_ours")).height for name in figures)
        yield Held(
            f"boards, {kind}, these providers placed as NHS England places them",
            equal,
            rows.height * len(figures),
            "whole numbers, equal"
            if kind == "one edition"
            else "the rest: revisions since, and providers that closed before the months of one edition",
            is_explained=is_explained,
        )
    name_of = dict(homes.frame.select("provider", "name").iter_rows())
    home_of = dict(homes.frame.select("provider", "home").iter_rows())
    for provider, board in sorted(moved.items(), key=lambda pair: (pair[1], pair[0])):
        ours_is = boards.names.get(home_of[provider], "no known board")
        yield f"{name_of[provider]} ({provider}): {boards.names[board]} in NHS England's figures, {ours_is} here"


def _placed(published: ProviderFiles, homes: Homes, moved: Mapping[str, str]) -> pl.DataFrame:
    """The four figures of every board, summed from the providers, some of them placed in other boards than by us."""
    home_of = dict(homes.frame.select("provider", "home").iter_rows()) | dict(moved)
    sums = [pl.sum_horizontal(columns).sum().alias(name) for name, columns in _BOARD_FIGURES.items()]
    board = pl.col("provider").replace_strict(home_of)
    return published.rows.group_by("period", area_code=board).agg(sums)


def _repeats(theirs: pl.DataFrame) -> Mapping[str, str]:
    """Months whose figures are, board for board, those of an earlier month."""
    seen: dict[tuple[tuple[object, ...], ...], str] = {}
    found = {}
    for (period,), rows in theirs.sort("period", "area_code").group_by("period", maintain_order=True):
        content = tuple(rows.drop("period").rows())
        if content in seen:
            found[str(period)] = seen[content]
        seen.setdefault(content, str(period))
    return found


def _named(
    both: pl.DataFrame, published: ProviderFiles, homes: Homes, region_of: Mapping[str, str]
) -> tuple[int, int, dict[str, str]]:
    """Which providers make each board's difference: those whose figures add up to it in every month and figure.

    The differences of a board are solved for the providers of its region (0 or 1 of each that stands apart or in
    another board, 0 or -1 of each of its own), and the solution is held, exactly, against every one of them.

    Returns:
        How many boards are solved, of how many that differ, and provider to board where it is not ours.
    """
    figures = list(_BOARD_FIGURES)
    periods = sorted(set(both["period"]))
    sums = [pl.sum_horizontal(columns).alias(name) for name, columns in _BOARD_FIGURES.items()]
    of_providers = published.rows.filter(pl.col("period").is_in(periods)).select("period", "provider", *sums)
    vectors = _vectors(of_providers, "provider", periods, figures)
    gaps = _vectors(
        both.select("period", "area_code", *(pl.col(name) - pl.col(f"{name}_ours") for name in figures)),
        "area_code",
        periods,
        figures,
    )
    home_of = dict(homes.frame.select("provider", "home").iter_rows())
    held, differing = 0, 0
    moved: dict[str, str] = {}
    for board, gap in sorted(gaps.items()):
        if not gap.any():
            continue
        differing += 1
        near = [p for p in sorted(vectors) if region_of.get(home_of[p]) == region_of[board] and vectors[p].any()]
        signs = np.array([-1 if home_of[provider] == board else 1 for provider in near])
        matrix = np.stack([vectors[provider] for provider in near], axis=1) * signs
        if np.linalg.matrix_rank(matrix) < len(near):
            # too few months to tell one provider from another
            continue
        solved = np.rint(np.linalg.lstsq(matrix, gap, rcond=None)[0]).astype(np.int64).clip(0, 1)
        if np.array_equal(matrix @ solved, gap):
            held += 1
            moved |= {
                provider: board for provider, taken, sign in zip(near, solved, signs, strict=True) if taken * sign > 0
            }
    return held, differing, moved


def _vectors(rows: pl.DataFrame, by: str, periods: list[str], figures: list[str]) -> dict[str, np.ndarray]:
    """Every provider's or board's figures of all months, one after the other; 0 where it is not listed."""
    found: dict[str, np.ndarray] = {}
    for values in rows.select(by, "period", *figures).iter_rows():
        row = found.setdefault(values[0], np.zeros((len(periods), len(figures)), dtype=np.int64))
        row[periods.index(values[1])] = values[2:]
    return {code: row.ravel() for code, row in found.items()}
