"""No byte of the folder for the web holds a word or a number that is not for everyone, whichever field held it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import BaseModel

import outcomes as oc
from outcomes.agreement.model import LOGS
from outcomes.partnership.lint import lint_partnership
from outcomes.report.public_page import public_page
from outcomes.scorecard.model import LimitsBegin, Scorecard, SubmittedWhole
from outcomes.workflows.example import ExampleRun
from tests.planted import add_row
from tests.seeds.street import built, copy_of_eastvale
from tests.unit.scorecard.test_passing_on import models, types_in

PLACE: Final = "EMX060002"
LOGGED: Final = Path("agreements") / PLACE
# of each log a row whose words are not for everyone. What is not named here is a text, and is planted: a field that is
# added later, too
UNRELEASED: Final = {"released_by": ""}
ROWS: Final[Mapping[str, tuple[Mapping[str, str], ...]]] = {
    "commitments": (
        {"id": "x", "partner": "VCT", "outcome": "", "indicator": "", "agreed_on": "2026-05-01", "due": "2026-09-30"}
        | {"not_kept_on": "2026-10-01", "decision": "", **UNRELEASED},
    ),
    "replies": ({"indicator": "92517", "partner": "VCT", "given_on": "2026-09-01", **UNRELEASED},),
    "challenges": (
        {"id": "x", "raised_by": "VCT", "raised_by_level": "place", "to": "EMI", "to_level": "system"}
        | {"raised_on": "2026-05-01", "indicator": "92517", "replied_on": "2026-05-20", "closed_on": "2026-06-01"}
        | UNRELEASED,
    ),
    "disputes": tuple(
        {"id": f"x-{about}", "indicator": "92517", "about": about, "partner": partner, "period": ""}
        | {"opened_on": "2026-05-01", "settled_on": "2026-06-01" if about == "target" else "", **UNRELEASED}
        | ({} if about == "target" else {"decision": ""})
        for about in ("value", "method", "target")
        for partner in ("VCT", "CWC")
    ),
    "meetings": ({"id": "x", "held_on": "2026-11-01", "quorum": "8", "present": "9"},),
    "decisions": (
        {"reference": "CJC 2026/98", "meeting": "cjc-2026-09", "part": "private", "result": "agreed"}
        | {"asked_by": "VCT", "outcome": "", "indicator": ""},
        {"reference": "CJC 2026/99", "meeting": "cjc-2026-12", "part": "private", "result": ""}
        | {"asked_by": "VCT", "outcome": "", "indicator": "", "decided": "", "dissent": ""},
    ),
    "resources": (
        {"partner": "EVH", "outcome": "age-well", "period": "2026/27", "kind": "forecast", "basis": "gross"}
        | {"amount": "1234567", "control_total": "", "reported_on": "2026-10-20"},
    ),
    "office_holders": ({"partner": "VCT", "since": "2026-05-01"},),
    "insights": tuple(
        {"id": f"x-{consent}", "partner": "", "method": "walk", "n_heard": "19", "panel": "", "area_code": PLACE}
        | {"collected_from": "2026-05-01", "collected_to": "2026-05-01", "consent": consent, "indicators": "92517"}
        | {"outcomes": "age-well", "summarises": "", **UNRELEASED}
        for consent in ("partners", "public")
    ),
}
# the promise itself is the agreement, and needs no release
FOR_EVERYONE: Final = {("commitments", "what")}
# beside it, when a role has released them; a reply stands beside an unwelcome word alone, and there is none here
ONCE_RELEASED: Final = {("commitments", "evidence"), ("commitments", "explanation")}


def mark(name: str, field: str) -> str:
    return f"planted {name} {field}"


def planted(folder: Path, **cells: str) -> set[tuple[str, str]]:
    """Plant words in every text of every log; return the logs and fields."""
    found = set()
    for log in LOGS:
        texts = [name for name, field in log.noun.model_fields.items() if str in types_in(field.annotation)]
        for row in ROWS[log.name]:
            words = {name: mark(log.name, name) for name in texts if name not in row}
            found |= {(log.name, name) for name in words}
            # nobody can release what people said to the partners alone
            may_release = row.get("consent") != "partners"
            terms = {name: cell for name, cell in cells.items() if name in log.noun.model_fields and may_release}
            add_row(folder / LOGGED / f"{log.name}.csv", **{**row, **words, **terms})
    return found


def in_bytes(folder: Path, found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    whole = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    return {one for one in found if mark(*one).encode() in whole}


def test_nothing_written_in_a_log_is_in_public_before_its_release(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    every = planted(folder)
    assert {name for name, _ in every} == {log.name for log in LOGS}
    assert [str(one) for one in lint_partnership(folder) if not one.is_advice] == []
    site = built(folder, tmp_path / "site")
    assert len(list((site / "public").iterdir())) == 4
    assert in_bytes(site / "public", every) == FOR_EVERYONE
    # the same words are in the folder that it lies in, but for what is heard in private: so they were planted well
    private = {("decisions", name) for name in ("title", "recommendation", "decided", "dissent")}
    kept_home = {("meetings", name) for name in ("body", "where", "minutes")} | {("insights", "people")}
    assert every - in_bytes(site, every) <= private | kept_home
    assert in_bytes(site, private) == set()


def test_what_a_role_has_released_is_in_public(tmp_path: Path) -> None:
    folder = copy_of_eastvale(tmp_path / "eastvale")
    every = planted(folder, released_by="Chair", released_on="2026-11-01")
    site = built(folder, tmp_path / "site", places=[PLACE])
    assert in_bytes(site / "public", every) == FOR_EVERYONE | ONCE_RELEASED


def test_no_digit_of_a_hidden_count_is_in_public(tmp_path: Path) -> None:
    sent = tmp_path / "EMA_2025-26_carers.csv"
    rows = {"EMX060001": (3, 10477), "EMX060003": (190, 425)}
    lines = [f"local-08,{area},2025/26,{count},{out_of}" for area, (count, out_of) in rows.items()]
    sent.write_text(
        "\n".join(["indicator_id,place_code,period,numerator,denominator", *lines]) + "\n", encoding="utf-8"
    )
    folder = copy_of_eastvale(tmp_path / "eastvale")
    # of how many, as it is and rounded
    digits = ("10,477", "10477", "10,475", "10475", "10,480", "10480")
    held = {}
    for policy in ("hes-2018", "none"):
        site = built(folder, tmp_path / policy, sent, policy=policy)
        found = site / ("public" if policy == "hes-2018" else "")
        whole = b" ".join(path.read_bytes() for path in sorted(found.rglob("*")) if path.is_file())
        held[policy] = [number for number in digits if number.encode() in whole]
        # the other place's figure is there
        assert b"44.7%" in whole or b"44.71%" in whole
    assert held == {"hes-2018": [], "none": ["10,477", "10477"]}


# every text of a scorecard that the page for everyone prints, each read and found to be for everyone; one that a page
# prints later fails the test until it is found to be so, too
PRINTED: Final = {
    *("AreaValue.area_code", "AreaValue.name", "Benchmark.name", "CommitmentLine.partner", "CommitmentLine.what"),
    *("GroupValue.category", "GroupValue.dimension", "IndicatorLine.name", "IndicatorLine.short_name"),
    *("IndicatorLine.unit", "OutcomeSection.title", "Place.area_code", "Place.name", "Point.period"),
    *("ReplyLine.partner", "Scorecard.attributions", "Scorecard.draft_reasons", "Scorecard.partnership_title"),
    *("Value.missing_parts", "Versions.frameworks", "Versions.library", "Versions.policy_title"),
}
PRINTED_ONCE_RELEASED: Final = {"CommitmentLine.evidence", "CommitmentLine.explanation", "ReplyLine.text"}
# texts by which a page finds its way: words in their place would be another page
KEYS: Final = {
    *("IndicatorLine.indicator_id", "DisputeLine.breakdown", "DisputeLine.period", "ProcessPoint.direction"),
    *("SpecialCause.direction", "Trend.direction", "Trend.method", "Scorecard.product"),
    *("Summary.better", "Summary.worse", "Summary.no_difference", "Summary.cannot_tell"),
}


# parts that the example has none of
SELDOM: Final[Mapping[str, Any]] = {
    "SpecialCause.begin_anew": (LimitsBegin(day=date(2026, 4, 1), because="A new team"),),
    "Value.submitted": SubmittedWhole(value=1.0, partners=("A partner",)),
}


def texts_of(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if str in types_in(field.annotation):
            yield f"{model.__name__}.{name}"


def words(name: str, field: str) -> str:
    # told apart from words whose name it begins with
    return f"[{name}.{field}]"


def with_words(part: Any, there: set[str], *, is_released: bool) -> Any:
    """A part of a scorecard with words planted in every text of it and of its parts."""
    name = type(part).__name__
    there.add(name)
    told: dict[str, Any] = {}
    for field, known in type(part).model_fields.items():
        held = getattr(part, field) or SELDOM.get(f"{name}.{field}")
        if field == "is_released":
            told[field] = is_released
        elif isinstance(held, BaseModel):
            told[field] = with_words(held, there, is_released=is_released)
        elif isinstance(held, tuple) and any(isinstance(one, BaseModel) for one in held):
            told[field] = tuple(with_words(one, there, is_released=is_released) for one in held)
        elif f"{name}.{field}" in KEYS:
            continue
        elif known.annotation is str:
            told[field] = f"{held or ''} {words(name, field)}".strip()
        elif known.annotation == tuple[str, ...]:
            told[field] = tuple(f"{one} {words(name, field)}".strip() for one in held or ("",))
    return part.model_copy(update=told)


@pytest.mark.parametrize("is_released", [False, True])
def test_the_page_for_everyone_prints_no_text_of_a_scorecard_but_those_that_are_known_to_be_for_everyone(
    example: ExampleRun, is_released: bool
) -> None:
    every: set[type[BaseModel]] = set()
    models(Scorecard, every)
    texts = {text for model in every for text in texts_of(model)}
    assert texts >= KEYS | PRINTED | PRINTED_ONCE_RELEASED
    there: set[str] = set()
    pages = []
    for path in sorted((example.site / "scorecards").glob("*.json")):
        card = oc.read_scorecard(path)
        pages.append(public_page(with_words(card, there, is_released=is_released)))
    whole = "".join(pages)
    printed = {text for text in texts if words(*text.split(".")) in whole}
    assert printed == PRINTED | (PRINTED_ONCE_RELEASED if is_released else set())
    # every part of a scorecard was there
    assert {model.__name__ for model in every} == there
