"""Writes the measurements as a page: what was measured, the ratios with their spread, the distance to each goal."""

from typing import Any

__all__ = ["page_of"]


def page_of(found: dict[str, Any]) -> str:
    """Return docs/benchmarks.md, made from what `measure_all` found."""
    size = found["size"]
    machine = ", ".join(f"{name} {value}" for name, value in found["machine"].items())
    return "\n".join(
        [
            "# Speed",
            "",
            "Measured by `python -m benchmarks.run --write`; absolute times hold for one machine, ratios travel. Every "
            "contender runs once a round, each round in another order, and is divided by the baseline of the same "
            "round; given are the median and the range. *decode* is a polars scan that takes the greatest of each key "
            "column and the sums: it reads the file's strings, and nothing else. On a machine that others use, too, "
            "the ratio of processor time is the steadier one.",
            "",
            f"Machine: {machine}.",
            "",
            f"Figures: {found['rows']:,} made-up ones of {size['partners']} partners for {size['neighbourhoods']} "
            f"neighbourhoods, {size['indicators']} indicators, {size['years']} years and two sexes, summed over the "
            f"partners, with the figure for everybody made from the sexes, over {size['levels']} levels. Before any "
            f"time was taken the contenders gave one answer: {found['values_that_agree']:,} values with their limits "
            "(sums to the unit, limits within 1e-9), and every word of comparison and trend.",
            "",
            "## Goals",
            "",
            "| goal | wanted | by the clock | by the processor | the greater of the two |",
            "| --- | --- | ---: | ---: | --- |",
            *_goals(found),
            "",
            "## G3: from a Parquet file of observations to values, intervals, comparison and trend",
            "",
            *_table(found["G3"], "decode"),
            "",
            "*roll_up* is the part of *outcomes* that reads and sums. The two by hand do what the words of the table "
            "need and no more: they look for no unknown code, no figure sent twice, no missing partner, no area out of "
            "its dates, no overflow, no dispute, and give no reasons.",
            "",
            "Peak memory in GiB: "
            + ", ".join(f"{name} {value}" for name, value in found["G3 memory in GiB"].items())
            + ".",
            "",
            f"## G4: from partners' own files, checked, to the same result ({found['G4']['rows']:,} figures)",
            "",
            *_table(found["G4"], "decode"),
            "",
            "## G6: one level more",
            "",
            f"A level between neighbourhoods and places: {found['G6']['areas'][1]} areas in place of "
            f"{found['G6']['areas'][0]}, so the result itself grows by that much.",
            "",
            *_table(found["G6"], "4 levels"),
            "",
            "## G9: importing",
            "",
            *_table(found["G9"], "import polars"),
            "",
            f"Of the heavy packages `import outcomes` loads {_listed(found['G9']['loaded by import outcomes'])}; the "
            f"verbs of scoring load {_listed(found['G9']['loaded by the verbs of scoring'])}.",
            "",
        ]
    )


def _goals(found: dict[str, Any]) -> list[str]:
    g3, g4, g6, g9 = found["G3"], found["G4"], found["G6"], found["G9"]
    lines = [
        ("G3", "scorecard table ≤ 4 × decode", 4.0, _ratios(g3, "outcomes")),
        ("G3", "and ≤ 0.5 × DuckDB SQL", 0.5, _ratios(g3, "outcomes", "DuckDB SQL")),
        ("G4", "checked and scored ≤ 10 × decode", 10.0, _ratios(g4, "check and score")),
        ("G6", "one level more ≤ 1.10 ×: roll_up", 1.1, _ratios(g6, "5 levels, roll_up")),
        ("G6", "and to the end", 1.1, _ratios(g6, "5 levels")),
        ("G9", "import outcomes ≤ 1.3 × import polars", 1.3, _ratios(g9, "import outcomes")),
        ("G9", "the verbs of scoring, too", 1.3, _ratios(g9, "the verbs of scoring")),
    ]
    return [
        f"| {goal} | {wanted} | {wall:.2f} × | {processor:.2f} × | {_distance(max(wall, processor), limit)} |"
        for goal, wanted, limit, (wall, processor) in lines
    ]


def _ratios(measured: dict[str, Any], name: str, to: str | None = None) -> tuple[float, float]:
    """The medians by the clock and by the processor, over those of another contender where one is named."""
    wall, processor = (float(measured[name][kind][0]) for kind in ("ratio", "processor_ratio"))
    below = _ratios(measured, to) if to else (1.0, 1.0)
    return wall / below[0], processor / below[1]


def _distance(value: float, limit: float) -> str:
    return "reached" if value <= limit else f"not reached, {value / limit:.1f} times the goal"


def _table(measured: dict[str, Any], baseline: str) -> list[str]:
    rows = [(name, one) for name, one in measured.items() if isinstance(one, dict)]
    return [
        f"| | seconds | × {baseline} | range | × {baseline}, processor time | range |",
        "| --- | ---: | ---: | --- | ---: | --- |",
        *(
            f"| {name} | {one['seconds'][0]:.3f} | {one['ratio'][0]:.2f} | {_range(one['ratio'])} "
            f"| {one['processor_ratio'][0]:.2f} | {_range(one['processor_ratio'])} |"
            for name, one in rows
        ),
        "",
        f"{rows[0][1]['rounds']} rounds.",
    ]


def _range(spread: list[float]) -> str:
    return f"{spread[1]:.2f}–{spread[2]:.2f}"


def _listed(names: list[str]) -> str:
    return ", ".join(names) if names else "none"
