"""The rules that areas and footprints obey: one rule, one function."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import polars as pl

from outcomes.definitions import Complaint, Rule, advice, quoted
from outcomes.geography.areas import RANK
from outcomes.geography.reading import Geography
from outcomes.vocabulary import AreaLevel

__all__ = ["GEOGRAPHY_RULES"]

# what float weights such as 1/3 + 1/3 + 1/3 may be off by
TOLERANCE: Final = 1e-9


def area_twice(geography: Geography) -> Iterator[Complaint]:
    """An area code stands once in areas.csv."""
    again = geography.areas.filter(~pl.col("area_code").is_first_distinct())
    for code, line in again.select("area_code", "line").rows():
        message = f"area {quoted(code)} already stands in an earlier row."
        yield Complaint(
            geography.areas_file, line, message, "Keep one row a code; changes of members go in footprints.csv."
        )


def unknown_level(geography: Geography) -> Iterator[Complaint]:
    """An area's level is one of the closed list."""
    levels = [level.value for level in AreaLevel]
    for level, line in geography.areas.filter(~pl.col("level").is_in(levels)).select("level", "line").rows():
        message = f"level is {quoted(level)}."
        yield Complaint(geography.areas_file, line, message, f"Write one of {', '.join(levels)}.")


def area_remainder(geography: Geography) -> Iterator[Complaint]:
    """Whether an area is a remainder is said with true or false; a remainder has no parts."""
    flag = pl.col("is_remainder")
    wrong = geography.areas.filter(flag.is_not_null() & ~flag.is_in(["true", "false"]))
    for text, line in wrong.select("is_remainder", "line").rows():
        message = f"is_remainder is {quoted(text)}."
        yield Complaint(geography.areas_file, line, message, "Write true or false, or leave it empty.")
    for code, line in geography.areas.filter(flag == "true").select("area_code", "line").rows():
        if code in geography.members:
            message = f"{quoted(code)} is a remainder, and {quoted(geography.members[code][0])} is a part of it."
            yield Complaint(geography.areas_file, line, message, "A remainder has no parts: correct one of the rows.")


def area_dates(geography: Geography) -> Iterator[Complaint]:
    """Nothing ends before it begins."""
    for frame, named in ((geography.areas, None), (geography.footprints, "file")):
        wrong = frame.filter(pl.col("valid_from") > pl.col("valid_to"))
        for row in wrong.iter_rows(named=True):
            file = row[named] if named else geography.areas_file
            # an area's own dates are copied to its parent's row: said once
            if named is None or file != geography.areas_file:
                message = f"valid_from {row['valid_from']} is after valid_to {row['valid_to']}."
                yield Complaint(file, row["line"], message, "Correct one of the dates.")


def unknown_area(geography: Geography) -> Iterator[Complaint]:
    """Every parent, part and successor is an area of areas.csv."""
    if not geography.is_known:
        return
    known = list(geography.declared)
    for column in ("area_code", "member_code"):
        wrong = geography.footprints.filter(~pl.col(column).is_in(known)).select(column, "file", "line")
        for code, file, line in wrong.rows():
            what = "parent_code" if column == "area_code" and file == geography.areas_file else column
            yield Complaint(
                file, line, f"{what} {quoted(code)} is no area of areas.csv.", "Add the area, or correct the code."
            )
    for code, line in geography.successor_pairs.select("area_code", "line").rows():
        if code not in geography.declared:
            message = f"successor {quoted(code)} is no area of areas.csv."
            yield Complaint(geography.areas_file, line, message, "Add the area, or correct the code.")


def successor_dates(geography: Geography) -> Iterator[Complaint]:
    """An area with successors has a last day, and none of them begins later than the day after it."""
    dates = geography.areas.unique("area_code", keep="first").select("area_code", "valid_from", "valid_to")
    pairs = (
        geography.successor_pairs.join(dates, on="area_code", how="left", maintain_order="left")
        .rename({"valid_from": "begins"})
        .drop("valid_to")
        .join(dates.select(member_code="area_code", ends="valid_to"), on="member_code", how="left")
    )
    for area, line in pairs.filter(pl.col("ends").is_null()).unique("member_code").select("member_code", "line").rows():
        message = f"{quoted(area)} has successors, and no valid_to."
        yield Complaint(geography.areas_file, line, message, "Write the last day on which the area was valid.")
    for row in pairs.filter(pl.col("begins") > pl.col("ends").dt.offset_by("1d")).iter_rows(named=True):
        message = (
            f"{quoted(row['member_code'])} ends on {row['ends']}, its successor {quoted(row['area_code'])} begins on "
            f"{row['begins']}; in between neither is valid."
        )
        yield Complaint(geography.areas_file, row["line"], message, "Correct a date, or add who came between.")


def successor_cycle(geography: Geography) -> Iterator[Complaint]:
    """No area follows itself, over however many steps."""
    pairs = geography.successor_pairs
    while pairs.height:
        # take away who follows nobody, until nothing changes: what is left stands in or behind a circle
        rest = pairs.filter(pl.col("member_code").is_in(pairs["area_code"].unique().to_list()))
        if rest.height == pairs.height:
            break
        pairs = rest
    while pairs.height:
        rest = pairs.filter(pl.col("area_code").is_in(pairs["member_code"].unique().to_list()))
        if rest.height == pairs.height:
            break
        pairs = rest
    for area, successor, line in pairs.select("member_code", "area_code", "line").sort("line").rows():
        message = f"{quoted(successor)} follows {quoted(area)}, which follows {quoted(successor)} again."
        yield Complaint(geography.areas_file, line, message, "Take one of the steps out.")


def successor_shares(geography: Geography) -> Iterator[Complaint]:
    """Of an area that was divided, footprints give the share of every successor or of none."""
    pair = ["area_code", "member_code"]
    given = geography.footprints.select(*pair, "file", line_of_share="line").unique(pair, keep="first")
    pairs = geography.successor_pairs.join(given, on=pair, how="left", maintain_order="left")
    some = pairs.filter(pl.col("file").is_not_null().any().over("member_code"))
    without = some.filter(pl.col("file").is_null()).select("member_code", "area_code", "line")
    for area, successor, line in without.rows():
        message = f"footprints share {quoted(area)} out over its successors, and {quoted(successor)} has no share."
        fix = "Give every successor its share; or none, and the series shows a break."
        yield Complaint(geography.areas_file, line, message, fix)


def area_cycle(geography: Geography) -> Iterator[Complaint]:
    """No area is part of itself, over however many steps."""
    pairs = geography.footprints.select("area_code", "member_code").unique()
    # take away wholes that are no part of anything until nothing changes: what is left stands in or below a circle
    while pairs.height:
        rest = pairs.join(pairs.select("member_code").unique(), left_on="area_code", right_on="member_code", how="semi")
        if rest.height == pairs.height:
            break
        pairs = rest
    # and parts that are no whole of anything, to leave the circles alone
    while pairs.height:
        rest = pairs.join(pairs.select("area_code").unique(), left_on="member_code", right_on="area_code", how="semi")
        if rest.height == pairs.height:
            break
        pairs = rest
    rows = geography.footprints.join(pairs, on=["area_code", "member_code"], how="semi").sort("file", "line")
    for whole, part, file, line in rows.select("area_code", "member_code", "file", "line").rows():
        message = f"{quoted(part)} is part of {quoted(whole)}, which is part of {quoted(part)} again."
        yield Complaint(file, line, message, "Take one of the steps out.")


def area_level_order(geography: Geography) -> Iterator[Complaint]:
    """A whole stands at a higher level than its parts."""
    levels = geography.areas.unique("area_code", keep="first").select("area_code", "level")
    # the share of an area in its successor is no part of a whole
    steps = geography.footprints.join(geography.successor_pairs, on=["area_code", "member_code"], how="anti")
    rows = steps.join(levels, on="area_code").join(
        levels.rename({"area_code": "member_code", "level": "member_level"}), on="member_code"
    )
    ranked = rows.with_columns(
        pl.col("level", "member_level").replace_strict(RANK, default=None, return_dtype=pl.Int64).name.suffix("_rank")
    )
    for row in ranked.filter(pl.col("level_rank") >= pl.col("member_level_rank")).sort("line").iter_rows(named=True):
        message = (
            f"{quoted(row['member_code'])} ({row['member_level']}) is part of {quoted(row['area_code'])} "
            f"({row['level']}), which is not a higher level."
        )
        yield Complaint(row["file"], row["line"], message, f"From high to low the levels are: {', '.join(RANK)}.")


def area_other_code(geography: Geography) -> Iterator[Complaint]:
    """Another code of an area is no area's own code, and that of no other area at the same time."""
    fix = "Take the code out of one of the rows, or give the areas dates that do not meet."
    own = {code.casefold(): code for code in geography.declared}
    named: dict[str, list[dict[str, Any]]] = {}
    for row in geography.areas.filter(pl.col("other_codes").is_not_null()).iter_rows(named=True):
        for code in dict.fromkeys(part.strip() for part in row["other_codes"].split(";") if part.strip()):
            holder = own.get(code.casefold())
            if holder is not None:
                message = f"other_codes has {quoted(code)}, which is the code of an area itself."
                yield Complaint(geography.areas_file, row["line"], message, fix)
            before = named.setdefault(code.casefold(), [])
            for other in before:
                if _overlap(row, other):
                    message = f"other_codes has {quoted(code)}, which {quoted(other['area_code'])} has at that time."
                    yield Complaint(geography.areas_file, row["line"], message, fix)
                    break
            before.append(row)


def footprint_weight(geography: Geography) -> Iterator[Complaint]:
    """A weight is above 0 and at most 1."""
    wrong = geography.footprints.filter(~pl.col("weight").is_between(0, 1, closed="right"))
    for weight, file, line in wrong.select("weight", "file", "line").rows():
        message = f"the weight is {weight:g}; above 0 and at most 1 is expected."
        yield Complaint(file, line, message, "Write the share of the member that belongs to the whole.")


def footprint_twice(geography: Geography) -> Iterator[Complaint]:
    """An area is part of another once at any time; parent_code is one such row."""
    pair = ["area_code", "member_code"]
    several = geography.footprints.filter(pl.len().over(pair) > 1).sort(*pair, "file", "line")
    for group in several.partition_by(pair, maintain_order=True):
        rows = group.to_dicts()
        for position, row in enumerate(rows):
            for before in rows[:position]:
                if _overlap(row, before):
                    message = (
                        f"{quoted(row['member_code'])} is already part of {quoted(row['area_code'])} at that time, "
                        f"by {before['file']}:{before['line']}."
                    )
                    yield Complaint(row["file"], row["line"], message, "Keep one, or give them dates that do not meet.")
                    break


def footprint_weights(geography: Geography) -> Iterator[Complaint]:
    """The shares of an area in all wholes of one level are together at most 1 at any time."""
    for member, level, total, row in _shares(geography):
        if total > 1 + TOLERANCE:
            message = f"the shares of {quoted(member)} in areas of level {level} sum to {total:.6g}, more than 1."
            yield Complaint(row["file"], row["line"], message, "Correct the weights or the dates.")


@advice
def footprint_remainder(geography: Geography) -> Iterator[Complaint]:
    """The shares of an area in the wholes of one level make up the whole of it."""
    for member, level, total, row in _shares(geography):
        if total < 1 - TOLERANCE:
            message = f"the shares of {quoted(member)} in areas of level {level} sum to {total:.6g}, less than 1."
            yield Complaint(
                row["file"], row["line"], message, "The rest of its figures is counted nowhere at that level."
            )


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(
        (one["valid_from"] or date.min) <= (other["valid_to"] or date.max)
        and (other["valid_from"] or date.min) <= (one["valid_to"] or date.max)
    )


def _shares(geography: Geography) -> Iterator[tuple[str, str, float, dict[str, Any]]]:
    """Yield, for each member and level of wholes, the sum of shares at the first row and wherever a row begins."""
    levels = geography.areas.unique("area_code", keep="first").select("area_code", "level")
    pair = ["area_code", "member_code"]
    # shares in successors add up among themselves, whatever whole of their level the area lay in
    after = geography.successor_pairs.select(*pair, kind=pl.lit("successor")).unique(pair)
    rows = geography.footprints.join(levels, on="area_code").join(after, on=pair, how="left", maintain_order="left")
    rows = rows.with_columns(level=pl.coalesce("kind", "level"))
    key = ["member_code", "level"]
    # one row of weight 1 is the usual case, and is right
    unusual = rows.filter((pl.len().over(key) > 1) | (pl.col("weight") != 1)).sort(*key, "valid_from", "file", "line")
    for group in unusual.partition_by(key, maintain_order=True):
        steps = group.to_dicts()
        said: set[float] = set()
        for step in steps:
            begins = step["valid_from"] or date.min
            total = sum(
                other["weight"]
                for other in steps
                if (other["valid_from"] or date.min) <= begins <= (other["valid_to"] or date.max)
            )
            if total not in said:
                said.add(total)
                yield step["member_code"], step["level"], total, step


GEOGRAPHY_RULES: Final[tuple[Rule[Geography], ...]] = (
    area_twice,
    unknown_level,
    area_remainder,
    area_dates,
    unknown_area,
    successor_dates,
    successor_cycle,
    successor_shares,
    area_cycle,
    area_other_code,
    area_level_order,
    footprint_weight,
    footprint_twice,
    footprint_weights,
    footprint_remainder,
)
