"""Lists every file that a partner sent, when it came, and what stands in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from examples._eastvale.figures import Figure
from examples._eastvale.geography import PLACES
from examples._eastvale.sheets import Manner

from outcomes.vocabulary import PeriodKind

__all__ = ["Sent", "every_file"]

_ALDERMERE, _CASTLEWICK, _DUNMARSH, _THORNMOOR = PLACES
_HIGH_MOOR, _WESTMOOR = "EMX020401", "EMX020403"

# until then, all of a partner's history came in one file
_GO_LIVE: Final = date(2026, 4, 1)
# what is written about older years only: a year's figures that come later come in files of their own
_HISTORY_ENDS: Final = {
    PeriodKind.MONTH: date(2026, 3, 31),
    PeriodKind.QUARTER: date(2026, 3, 31),
    PeriodKind.FINANCIAL_YEAR: date(2025, 3, 31),
    PeriodKind.CALENDAR_YEAR: date(2024, 12, 31),
    PeriodKind.THREE_CALENDAR_YEARS: date(2024, 12, 31),
}


@dataclass(frozen=True)
class Sent:
    """One file.

    Attributes:
        file: Its path below `returns/`.
        received_at: When it came.
        figures: Its rows.
        manner: How its sender writes.
        note: Why it is among the examples.
    """

    file: str
    received_at: str
    figures: tuple[Figure, ...]
    manner: Manner = field(default_factory=Manner)
    note: str = ""


def every_file(figures: tuple[Figure, ...]) -> tuple[Sent, ...]:
    """Return every file, in the order in which they came."""
    files = (*_history(figures), *_monthly(figures), *_quarterly(figures), *_yearly(figures), *_special(figures))
    return tuple(sorted(files, key=lambda sent: (sent.received_at, sent.file)))


def _chosen(figures: tuple[Figure, ...], partner: str, rule: Callable[[Figure], bool]) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if figure.partner == partner and rule(figure))


def _is_history(figure: Figure) -> bool:
    return figure.period.last <= _HISTORY_ENDS[figure.period.kind]


def _history(figures: tuple[Figure, ...]) -> Iterator[Sent]:
    """What the partners had before the exchange began, in one large file each."""
    kinds = {"CWC": "tsv", "PCC": "xlsx"}
    for day, partner in enumerate(sorted({figure.partner for figure in figures}), 8):
        file = f"history/{partner}_history.{kinds.get(partner, 'csv')}"
        own = _chosen(figures, partner, _is_history)
        if partner == "EMI":
            counts = tuple(figure for figure in own if figure.indicator == "22401")
            own = tuple(figure for figure in own if figure.indicator != "22401")
            yield Sent("history/EMI_falls_history.parquet", f"2026-04-{day:02d}T10:05:00+01:00", counts)
        note = "Every figure up to March 2026"
        yield Sent(file, f"2026-04-{day:02d}T10:00:00+01:00", own, note=note)


# the day of the month on which the figures of the month before last come
_MONTHLY: Final = {"EVH": ("xlsx", "10T08:12:00"), "VCT": ("csv", "11T16:40:00"), "EMA": ("csv", "12T11:03:00")}


def _monthly(figures: tuple[Figure, ...]) -> Iterator[Sent]:
    """Figures of months, 40 days or so after the month."""
    months = sorted({figure.period for figure in figures if figure.period.kind is PeriodKind.MONTH})
    for period in months:
        if period.first < _GO_LIVE:
            continue
        came = f"{period.first.year}-{period.first.month + 2:02d}"
        zone = "+00:00" if came >= "2026-11" else "+01:00"
        for partner, (kind, when) in _MONTHLY.items():
            own = _chosen(figures, partner, lambda figure, period=period: figure.period == period)  # type: ignore[misc]
            note = ""
            if partner == "EMA" and str(period) == "2026-09":
                own = tuple(figure for figure in own if figure.area != _DUNMARSH)
                note = "The volunteers' calls of Dunmarsh are missing"
            if partner == "EVH" and str(period) == "2026-08":
                own = tuple(_before_revision(figure) for figure in own)
            yield Sent(f"{came}/{partner}_{period}.{kind}", f"{came}-{when}{zone}", own, note=note)


def _before_revision(figure: Figure) -> Figure:
    """The hospital had first counted some attendances of the new same-day unit twice."""
    if figure.indicator == "op-01" and figure.area == _CASTLEWICK and figure.age_band in ("All ages", "18-64"):
        numerator, denominator = figure.numerator, figure.denominator
        assert isinstance(numerator, int)
        assert isinstance(denominator, int)
        return replace(figure, numerator=numerator + 312, denominator=denominator + 329)
    return figure


_QUARTERLY: Final = {
    "PCC": ("xlsx", "06T15:20:00"),
    "EHG": ("xlsx", "07T12:00:00"),
    "STA": ("csv", "05T10:31:00"),
    "EVP": ("csv", "04T07:55:00"),
    "MCA": ("csv", "13T17:45:00"),
    "CWC": ("tsv", "12T14:14:00"),
    "EVC": ("csv", "12T09:09:00"),
    "EMA": ("csv", "13T19:02:00"),
}
# the housing group's own sheet: a title, its own headings, and its own name for the measure
_HOUSING_SHEET: Final = Manner(
    above=("Eastvale Homes Group: damp and mould repairs", "Prepared by the repairs team"),
    headers={"indicator_id": "Indicator ID", "place_code": "Place code", "numerator": " Numerator "},
    names={"local-05": "DAMP12"},
    sheet="Damp repairs",
)


def _quarterly(figures: tuple[Figure, ...]) -> Iterator[Sent]:
    """Figures of quarters, by the middle of the second month after."""
    for text, came, zone in (("2026/27 Q1", "2026-08", "+01:00"), ("2026/27 Q2", "2026-11", "+00:00")):
        for partner, (kind, when) in _QUARTERLY.items():
            own = _chosen(figures, partner, lambda figure, text=text: str(figure.period) == text)  # type: ignore[misc]
            file = f"{came}/{partner}_{text.replace('/', '-').replace(' ', '-')}.{kind}"
            sent = Sent(file, f"{came}-{when}{zone}", own)
            if partner == "EHG":
                sent = replace(sent, manner=_HOUSING_SHEET, note="A title above the header, and names of its own")
            if partner == "EHG" and came == "2026-11":
                sent = replace(sent, received_at="2026-11-19T16:58:00+00:00", note="Late: due on 14 November")
            if partner == "EHG" and came == "2026-08":
                # of the last quarter of those who had just joined, one of two places
                kept = tuple(figure for figure in own if figure.area != _DUNMARSH)
                sent = replace(sent, figures=kept, note=f"{sent.note}; Dunmarsh's is owed for those who joined")
            if partner == "PCC":
                # practices of a neighbourhood that had not sent in time
                late = _HIGH_MOOR if came == "2026-08" else _WESTMOOR
                kept = tuple(figure for figure in own if figure.area != late)
                sent = replace(sent, figures=kept, note="One neighbourhood is missing")
            if partner == "MCA" and came == "2026-11":
                kept = tuple(f for f in own if (f.area, f.source) != (_THORNMOOR, "MCA-KINGFISHER"))
                sent = replace(sent, figures=kept, note="One member's answers for Thornmoor are missing")
            if partner == "EMA" and came == "2026-11":
                sent = replace(sent, figures=_with_faults(own), note="To be sent back: seven cells to mend")
            yield sent


def _with_faults(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """What goes wrong when a sheet is filled by hand in the last hour."""
    wrong: dict[str, Figure] = {}
    rows = {figure.area: figure for figure in figures}
    changes: dict[str, dict[str, object]] = {
        # more people than there were
        "EMX020201": {"numerator": 140},
        # words for numbers
        "EMX020302": {"numerator": "n/a"},
        "EMX020102": {"numerator": "about 50"},
        # a name for a code, and a code that nobody has
        "EMX020303": {"area": "Reedholme"},
        "EMX020404": {"area": "EMX020405"},
    }
    for code, change in changes.items():
        wrong[code] = replace(rows[code], **change)  # type: ignore[arg-type]
    sent = [wrong.get(figure.area, figure) for figure in figures]
    # the same neighbourhood twice, with two figures
    twice = rows["EMX020203"]
    assert isinstance(twice.numerator, int)
    return (*sent, replace(twice, numerator=twice.numerator - 9))


def _yearly(figures: tuple[Figure, ...]) -> Iterator[Sent]:
    """Figures of the year, when they are ready."""

    def of(partner: str, period: str, *indicators: str) -> tuple[Figure, ...]:
        return _chosen(figures, partner, lambda figure: str(figure.period) == period and figure.indicator in indicators)

    yield Sent("2026-06/EMP_2025.csv", "2026-06-22T20:15:00+01:00", of("EMP", "2025", "local-01", "local-04"))
    yield Sent("2026-06/CWC_2025.tsv", "2026-06-24T11:30:00+01:00", of("CWC", "2025", "40401"))
    yield Sent("2026-06/EVC_2025.csv", "2026-06-25T13:47:00+01:00", of("EVC", "2025", "40401"))
    yield Sent("2026-06/EMI_2025.csv", "2026-06-26T09:00:00+01:00", of("EMI", "2025", "92443"))
    care = ("ascof-2c", "ascof-2d-1", "ascof-3d-2a")
    yield Sent("2026-09/EVC_2025-26.csv", "2026-09-16T15:00:00+01:00", of("EVC", "2025/26", *care))
    yield Sent("2026-09/EVH_2025-26.csv", "2026-09-17T08:30:00+01:00", of("EVH", "2025/26", "93085"))
    yield Sent("2026-09/VCT_2025-26.csv", "2026-09-18T16:05:00+01:00", of("VCT", "2025/26", "92517"))
    yield Sent("2026-09/ESP_2025-26.csv", "2026-09-21T12:12:00+01:00", of("ESP", "2025/26", "local-03"))
    yield Sent("2026-09/EMI_2025-26.parquet", "2026-09-23T10:20:00+01:00", of("EMI", "2025/26", "22401"))
    for partner, file in (("CWC", "CWC_2023-to-2025.tsv"), ("EVC", "EVC_2023-to-2025.csv")):
        yield Sent(f"2026-10/{file}", "2026-10-20T09:41:00+01:00", of(partner, "2023 to 2025", "92196"))
    codes = {"ascof-2c": "2C", "ascof-2d-1": "2D(1)", "ascof-3d-2a": "3D(2a)"}
    yield Sent(
        "2026-09/CWC_2025-26.tsv",
        "2026-09-15T17:20:00+01:00",
        of("CWC", "2025/26", *care, "local-08"),
        Manner(names=codes),
        "The council writes the published codes; its figure of carers' breaks is disputed",
    )
    carers = tuple(
        replace(figure, comment=comment) if (comment := _CARERS_SAID.get(figure.area, "")) else figure
        for figure in of("EMA", "2025/26", "local-08")
    )
    yield Sent(
        "2026-09/EMA_2025-26_carers.csv",
        "2026-09-24T21:37:00+01:00",
        carers,
        Manner(encoding="cp1252", line_end="\r\n"),
        "Saved from a spreadsheet on Windows",
    )


_CARERS_SAID: Final = {
    _ALDERMERE: "Carers’ café in Northbank helped – 40 families came",
    _CASTLEWICK: "Forms in four languages; 425 asked",
    _DUNMARSH: "A break costs £18 an hour: few can pay",
}


def _special(figures: tuple[Figure, ...]) -> Iterator[Sent]:
    """The hospital counts August again."""
    again = _chosen(
        figures,
        "EVH",
        lambda figure: str(figure.period) == "2026-08" and figure.indicator == "op-01" and figure.area == _CASTLEWICK,
    )
    explained = tuple(replace(figure, comment="Same-day unit no longer counted twice") for figure in again)
    yield Sent("2026-11/EVH_2026-08_revised.csv", "2026-11-03T14:02:00+00:00", explained, note="A revision of August")
