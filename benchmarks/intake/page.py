"""Writes what checking costs, as a part of docs/benchmarks.md: the goals, the ratios with their spread, the memory."""

from typing import Any, Final

__all__ = ["intake_page"]

_ALONE: Final = "by polars alone, bad cells by row"


def intake_page(found: dict[str, Any]) -> str:
    """Return the part of the page that tells of checking, made from what `measure_intake` found."""
    agreed = found["agreed"]
    bad = ", ".join(f"{name} {count:,}" for name, count in agreed["bad"].items())
    setting = ", ".join(f"{name} {value}" for name, value in found["machine"].items())
    lines = [
        "## G1, G2 and G10: what checking costs",
        "",
        "Measured by `python -m benchmarks.intake.run --write`, in turn as above. One partner's file: indicator, "
        "place, period, sex, numerator and denominator. The *14 rules* are: indicator, place and period given and "
        "known, the period well written and begun, the sex known, both numbers given and not below 0, the numerator "
        "within bounds and within the denominator; and the key of four columns once. *Ours* are the same rules of "
        "the library's own registry, by the way every check goes: codes, versions, footprints, breakdowns and exact "
        "numbers are worked out for all rules alike, and the row of every fault is kept. *check, the whole* is what "
        "a user gets: every rule, personal numbers in any cell, parts held against wholes, missing places, findings "
        "in words, and the figures in the order of their keys.",
        "",
        "*pandera* does the same work: it is given a frame (of a lazy one it would look at the names alone), holds "
        "every rule against all rows, goes on after the first fault, reports every bad row, and asks for the key with "
        '`unique` and `report_duplicates="all"`; it asks of the sex, too, that it is given. '
        f"{_why_not_three_times(found['G1 large'])}",
        "",
        f"Machine: {setting}. It was shared with other work: the ratio of processor time is the steadier.",
        "",
        f"Before any time was taken the contenders counted the same bad rows among {agreed['rows']:,} (and none in the "
        f"clean file): {bad}.",
        "",
        "| goal | wanted | by the clock | by the processor | the greater of the two |",
        "| --- | --- | ---: | ---: | --- |",
        *_goals(found),
        "",
    ]
    for name, rows in (("large", found["rows"]), ("small", found["csv_rows"])):
        lines += [f"### Parquet, {rows:,} rows, clean", "", *_table(found[f"G1 {name}"], "decode"), ""]
        lines += [f"### Parquet, {rows:,} rows, 30 % of them bad", "", *_table(found[f"G2 {name}"], "ours, clean"), ""]
        memory = ", ".join(f"{what} {peak}" for what, peak in found[f"memory {name}"].items())
        lines += [f"Peak memory in GiB, {rows:,} rows: {memory}.", ""]
    csv, xlsx = found["CSV"], found["XLSX"]
    lines += [
        f"### CSV, {found['csv_rows']:,} rows",
        "",
        f"{csv['bad cells']:,} cells are no number in the file with bad cells; in the file with one bad row, that is "
        f"row {csv['the bad row']:,}.",
        "",
        *_table(csv, "typed read_csv"),
        "",
        f"### XLSX, {found['xlsx_rows']:,} rows of 8 columns",
        "",
        *_table(xlsx, "calamine alone"),
        "",
        "*read* unpacks every part of the workbook once, sees that it is safe, and looks at the XML for what calamine "
        "passes over in silence: errors, formulas without a result, hidden rows, percent formats, addresses out of "
        "order. Of a worksheet of plain cells calamine is then given each content once, not every cell "
        f"(decision 38). {_beside_calamine_alone(xlsx)}",
        "",
        "Of the CSV, polars' reading of all cells as text takes as long as the typed read itself. What stands above "
        "it: the bytes are taken into memory as they are (their fingerprint is kept), seen to be plain and even "
        "(record 28), and every number is read exactly, with its form, where a cast would only say that there is one.",
        "",
    ]
    return "\n".join(lines)


def _why_not_three_times(measured: dict[str, Any]) -> str:
    """What stands in the way of a third of pandera's time: what the rules by hand take, and ours."""
    pandera, hand, ours = (
        float(measured[f"14 rules and the key{which}"]["processor_seconds"][0])
        for which in (", pandera", " by hand", ", ours")
    )
    # results of before it was measured apart do not have it
    alone = measured.get("its unique alone")
    of_it = ""
    if alone is not None:
        of_it = (
            " Polars' own `is_duplicated`, which it calls, over four columns of text, with reading, took "
            f"{alone['processor_seconds'][0]:.2f}."
        )
    return (
        f"It took {pandera:.2f} processor seconds.{of_it} A third of its time would be {pandera / 3:.2f} seconds; the "
        f"rules written for this file alone, with the key in a bitmap, took {hand:.2f}, and ours, which know nothing "
        f"of the file beforehand, {ours:.2f}."
    )


def _beside_calamine_alone(xlsx: dict[str, Any]) -> str:
    """How long reading a workbook takes beside calamine alone, as it was measured."""
    wall, processor = _ratios(xlsx, "read", "calamine alone")
    return (
        f"When this was measured, all of it took {wall:.2f} times as long as calamine alone by the clock, "
        f"{processor:.2f} by the processor."
    )


def _goals(found: dict[str, Any]) -> list[str]:
    ours, hand = "14 rules and the key, ours", "14 rules and the key by hand"
    pandera = "14 rules and the key, pandera"
    large, small = found["G1 large"], found["G1 small"]
    bad_large, bad_small = found["G2 large"], found["G2 small"]
    csv, xlsx = found["CSV"], found["XLSX"]
    clean, bad = "14 rules, clean", "14 rules, 30 % bad"
    many, few = f"{found['rows']:,} rows", f"{found['csv_rows']:,} rows"
    at_most = [
        ("G1", f"14 rules and the key ≤ 6 × decode, {many}", 6.0, _ratios(large, ours, "decode")),
        ("G1", f"the same, {few}", 6.0, _ratios(small, ours, "decode")),
        ("G1", "the same by hand, for comparison", 6.0, _ratios(large, hand, "decode")),
        ("G1", f"check, the whole: no goal of its own, {many}", None, _ratios(large, "check, the whole", "decode")),
        ("G2", f"30 % bad ≤ 2.5 × clean, {many}", 2.5, _ratios(bad_large, bad, clean)),
        ("G2", f"the same, {few}", 2.5, _ratios(bad_small, bad, clean)),
        ("G2", f"the same of the whole check, {many}", 2.5, _ratios(bad_large, "check, 30 % bad", "check, clean")),
        ("G10", "CSV, bad cells by row ≤ 1.25 × typed", 1.25, _ratios(csv, "read, bad cells by row", "typed read_csv")),
        ("G10", "the same by polars alone, seen to by nobody", 1.25, _ratios(csv, _ALONE, "typed read_csv")),
        ("–", f"one bad row in {few} named ≤ 1.5 × clean", 1.5, _ratios(csv, "check, one bad row", "check, clean")),
        ("–", "XLSX read ≤ 1.5 × calamine alone", 1.5, _ratios(xlsx, "read", "calamine alone")),
        ("–", "XLSX, the whole check", 1.5, _ratios(xlsx, "check, the whole", "calamine alone")),
    ]  # fmt: skip
    lines = [
        f"| {goal} | {wanted} | {wall:.2f} × | {processor:.2f} × | {_distance(max(wall, processor), limit)} |"
        for goal, wanted, limit, (wall, processor) in at_most
    ]
    wall, processor = _ratios(large, pandera, ours)
    least = min(wall, processor)
    said = "reached" if least >= 3 else f"not reached, {least / 3:.2f} of the goal"
    lines.insert(2, f"| G1 | pandera with unique ≥ 3 × ours, {many} | {wall:.2f} × | {processor:.2f} × | {said} |")
    wall, processor = _ratios(large, pandera, hand)
    lines.insert(3, f"| G1 | pandera with unique, × the rules by hand, {many} | {wall:.2f} × | {processor:.2f} × | |")
    for name, rows in (("large", many), ("small", few)):
        memory = found[f"memory {name}"]
        over = max(memory["14 rules, 30 % bad"] - memory["the table alone"], 0.0)
        said = "reached" if over <= 0.5 else f"not reached, {over / 0.5:.1f} times the goal"
        lines.append(f"| G2 | peak over the table ≤ 0.5 GiB, {rows} | {over:.2f} GiB | | {said} |")
    return lines


def _ratios(measured: dict[str, Any], name: str, to: str) -> tuple[float, float]:
    """The medians by the clock and by the processor, over those of another contender."""
    return tuple(  # type: ignore[return-value]
        float(measured[name][kind][0]) / float(measured[to][kind][0]) for kind in ("ratio", "processor_ratio")
    )


def _distance(value: float, limit: float | None) -> str:
    if limit is None:
        return ""
    return "reached" if value <= limit else f"not reached, {value / limit:.1f} times the goal"


def _table(measured: dict[str, Any], baseline: str) -> list[str]:
    rows = [(name, one) for name, one in measured.items() if isinstance(one, dict)]
    return [
        f"| | seconds | processor seconds | × {baseline} | range | × {baseline}, processor time | range |",
        "| --- | ---: | ---: | ---: | --- | ---: | --- |",
        *(
            f"| {name} | {one['seconds'][0]:.3f} | {one['processor_seconds'][0]:.3f} | {one['ratio'][0]:.2f} "
            f"| {_range(one['ratio'])} | {one['processor_ratio'][0]:.2f} | {_range(one['processor_ratio'])} |"
            for name, one in rows
        ),
        "",
        f"{rows[0][1]['rounds']} rounds.",
    ]


def _range(spread: list[float]) -> str:
    return f"{spread[1]:.2f}–{spread[2]:.2f}"
