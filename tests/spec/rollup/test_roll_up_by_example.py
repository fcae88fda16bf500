"""Spec: how the figures of partners become the figures of places, drawn as tables: what was sent, what comes out."""

from typing import Any

from tests.unit.rollup.world import (
    SEX,
    FootprintRow,
    indicator,
    measured,
    partner,
    population,
    sent,
    world,
)

#                     S1 Eastvale
#            P1 Castlewick      P2 Northam
#           N1        N2            N3
AREAS = (
    ("S1", "system"),
    ("P1", "place"),
    ("P2", "place"),
    ("N1", "neighbourhood"),
    ("N2", "neighbourhood"),
    ("N3", "neighbourhood"),
)
STEPS: tuple[FootprintRow, ...] = (("S1", "P1"), ("S1", "P2"), ("P1", "N1"), ("P1", "N2"), ("P2", "N3"))
CHECKS = indicator()


def drawn(table: str) -> list[list[str]]:
    """The cells of a drawn table, without its header and its rule."""
    lines = [line.strip() for line in table.strip().splitlines()]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def rows_of(table: str) -> list[dict[str, Any]]:
    """Rows: partner, area, numerator, denominator, and where there is one a marker or a group."""
    found = []
    for who, where, numerator, denominator, *more in drawn(table):
        marker, group = (*more, "", "")[:2]
        number = int(numerator) if numerator else None
        of = int(denominator) if denominator else None
        found.append(sent(who, where, number, of, status=marker or None, breakdown=group))
    return found


def table_of(partnership: Any, table: str, *columns: str) -> list[list[str]]:
    frame = measured(partnership, *rows_of(table)).frame
    return [[_cell(cell) for cell in row] for row in frame.select(columns).iter_rows()]


def _cell(cell: Any) -> str:
    if isinstance(cell, list):
        return ", ".join(cell)
    if isinstance(cell, float):
        return f"{cell:.0%}"
    return "" if cell is None else str(cell)


def test_numerators_and_denominators_are_added_and_rates_are_never_averaged() -> None:
    came = table_of(
        world(CHECKS, areas=AREAS, footprints=STEPS),
        """
        | partner | area | numerator | denominator |
        |---------|------|-----------|-------------|
        | GP      | N1   | 1         | 10          |
        | GP      | N2   | 90        | 100         |
        | GP      | N3   | 9         | 90          |
        """,
        *("area_code", "numerator", "denominator", "parts_contributed", "parts_expected", "coverage"),
    )
    assert came == drawn(
        """
        | area | numerator | denominator | came | of | coverage |
        |------|-----------|-------------|------|----|----------|
        | N1   | 1         | 10          | 1    | 1  |          |
        | N2   | 90        | 100         | 1    | 1  |          |
        | N3   | 9         | 90          | 1    | 1  |          |
        | P1   | 91        | 110         | 2    | 2  | 100%     |
        | P2   | 9         | 90          | 1    | 1  | 100%     |
        | S1   | 100       | 200         | 3    | 3  | 100%     |
        """
    )


def test_a_missing_part_is_named_and_below_nine_tenths_of_the_people_there_is_no_rate() -> None:
    persons = population([("N1", 1_000), ("N2", 9_000), ("N3", 90_000)])
    came = table_of(
        world(CHECKS, areas=AREAS, footprints=STEPS, series={"persons": persons}),
        """
        | partner | area | numerator | denominator | marker     |
        |---------|------|-----------|-------------|------------|
        | GP      | N1   | 1         | 10          |            |
        | GP      | N2   |           |             | suppressed |
        | GP      | N3   | 9         | 90          |            |
        """,
        *("area_code", "numerator", "denominator", "coverage", "missing_parts", "reason", "detail", "qualifiers"),
    )
    assert came == drawn(
        """
        | area | numerator | denominator | coverage | missing | reason               | detail           | qualifiers |
        |------|-----------|-------------|----------|---------|----------------------|------------------|------------|
        | N1   | 1         | 10          |          |         |                      |                  |            |
        | N2   |           |             |          | GP      | confidential         |                  |            |
        | N3   | 9         | 90          |          |         |                      |                  |            |
        | P1   |           |             | 10%      | N2      | cannot be calculated | coverage too low |            |
        | P2   | 9         | 90          | 100%     |         |                      |                  |            |
        | S1   | 10        | 100         | 91%      | N2      |                      |                  | partial    |
        """
    )


def test_sources_of_one_figure_are_added_or_disputed_as_the_indicator_declares() -> None:
    rows = """
        | partner | area | numerator | denominator |
        |---------|------|-----------|-------------|
        | TRUST-A | P1   | 10        | 100         |
        | TRUST-B | P1   | 30        | 100         |
        | TRUST-A | P2   | 5         | 50          |
        """
    columns = ("area_code", "numerator", "denominator", "missing_parts", "reason", "qualifiers", "partner_codes")
    both = [partner(code, ["checks"]) for code in ("TRUST-A", "TRUST-B")]
    places = {"areas": AREAS, "footprints": STEPS, "partners": both}
    summed = world(indicator(level="place", combine="sum_of_sources"), **places)  # type: ignore[arg-type]
    assert table_of(summed, rows, *columns) == drawn(
        """
        | area | numerator | denominator | missing | reason               | qualifiers | partners         |
        |------|-----------|-------------|---------|----------------------|------------|------------------|
        | P1   | 40        | 200         |         |                      |            | TRUST-A, TRUST-B |
        | P2   |           |             | TRUST-B | cannot be calculated |            |                  |
        | S1   |           |             | P2      | cannot be calculated |            |                  |
        """
    )
    of_one = world(indicator(level="place", combine="one_source"), **places)  # type: ignore[arg-type]
    assert table_of(of_one, rows, *columns) == drawn(
        """
        | area | numerator | denominator | missing | reason | qualifiers | partners |
        |------|-----------|-------------|---------|--------|------------|----------|
        | P1   | 10        | 100         |         |        | disputed   | TRUST-A  |
        | P2   | 5         | 50          |         |        |            | TRUST-A  |
        | S1   | 15        | 150         |         |        | disputed   | TRUST-A  |
        """
    )


def test_a_neighbourhood_that_two_places_share_is_split_and_its_people_are_counted_once() -> None:
    shared = (("S1", "P1"), ("S1", "P2"), ("P1", "N1"), ("P1", "N2", 0.6), ("P2", "N2", 0.4), ("P2", "N3"))
    came = table_of(
        world(CHECKS, areas=AREAS, footprints=shared),
        """
        | partner | area | numerator | denominator |
        |---------|------|-----------|-------------|
        | GP      | N1   | 1         | 10          |
        | GP      | N2   | 7         | 11          |
        | GP      | N3   | 2         | 20          |
        """,
        *("area_code", "numerator", "denominator", "parts_expected", "qualifiers"),
    )
    assert came[3:] == drawn(
        """
        | area | numerator | denominator | parts | qualifiers  |
        |------|-----------|-------------|-------|-------------|
        | P1   | 5         | 16          | 2     | apportioned |
        | P2   | 5         | 25          | 2     | apportioned |
        | S1   | 10        | 41          | 3     |             |
        """
    )


def test_the_whole_is_made_of_its_groups_only_where_it_was_not_sent() -> None:
    came = table_of(
        world(indicator(level="place", breakdowns=(SEX,)), areas=AREAS, footprints=STEPS),
        """
        | partner | area | numerator | denominator | marker     | group      |
        |---------|------|-----------|-------------|------------|------------|
        | GP      | P1   | 1         | 10          |            | sex=Female |
        | GP      | P1   | 2         | 20          |            | sex=Male   |
        | GP      | P2   | 3         | 30          |            | sex=Female |
        | GP      | P2   | 4         | 40          |            | sex=Male   |
        | GP      | P2   |           |             | suppressed |            |
        """,
        *("area_code", "breakdown", "numerator", "denominator", "reason", "missing_parts"),
    )
    assert came == drawn(
        """
        | area | group      | numerator | denominator | reason               | missing |
        |------|------------|-----------|-------------|----------------------|---------|
        | P1   |            | 3         | 30          |                      |         |
        | P1   | sex=Female | 1         | 10          |                      |         |
        | P1   | sex=Male   | 2         | 20          |                      |         |
        | P2   |            |           |             | confidential         | GP      |
        | P2   | sex=Female | 3         | 30          |                      |         |
        | P2   | sex=Male   | 4         | 40          |                      |         |
        | S1   |            |           |             | cannot be calculated | P2      |
        | S1   | sex=Female | 4         | 40          |                      |         |
        | S1   | sex=Male   | 6         | 60          |                      |         |
        """
    )
