"""A partnership without a folder obeys the same rules and holds the same things."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from outcomes.errors import DefinitionError
from outcomes.framework.loading import bundled_framework
from outcomes.framework.model import Framework
from outcomes.partnership.building import partnership_from
from outcomes.partnership.loading import load_partnership
from outcomes.partnership.model import Partner, Partnership
from outcomes.reference_series import SeriesDescription, SeriesKind
from outcomes.vocabulary import PartnerType
from tests.world_folder import write_world

AREAS = pl.DataFrame(
    {
        "area_code": ["E92", "S1", "P1", "P2"],
        "name": ["England", "System", "One", "Two"],
        "level": ["nation", "system", "place", "place"],
        "parent_code": [None, "E92", "S1", "S1"],
    }
)
LOCAL = Framework(id="local", version="1", title="Ours", publisher="Us", source="Us", licence="OGL")


@pytest.fixture
def loaded(tmp_path: Path) -> Partnership:
    return load_partnership(write_world(tmp_path / "world"))


def test_what_a_folder_holds_can_be_put_together_without_one(loaded: Partnership) -> None:
    built = partnership_from(
        frameworks=loaded.frameworks,
        areas=loaded.areas,
        footprints=loaded.footprints,
        partners=reversed(loaded.partners),
        agreements=loaded.agreements,
        series=list(loaded.series.values()),
        layouts=loaded.layouts.values(),
        policies=[loaded.policies["ours"]],
        calendar=loaded.calendar,
        title=loaded.description.title,
    )
    assert built.areas.frame.equals(loaded.areas.frame)
    assert built.footprints.frame.equals(loaded.footprints.frame)
    for name in ("partners", "agreements", "layouts", "policies", "calendar", "indicators", "inclusions"):
        assert getattr(built, name) == getattr(loaded, name), name
    for name, series in loaded.series.items():
        assert built.series[name].frame.equals(series.frame)


def test_the_area_that_is_covered_is_the_only_system_or_is_asked_for() -> None:
    assert partnership_from(frameworks=[LOCAL], areas=AREAS).description.area_code == "S1"
    top = partnership_from(
        frameworks=[LOCAL], areas=AREAS.filter(pl.col("area_code").is_in(["P1"])).drop("parent_code")
    )
    assert top.description.area_code == "P1"
    two = AREAS.filter(pl.col("level") == "place").drop("parent_code")
    with pytest.raises(DefinitionError, match="Give area_code"):
        partnership_from(frameworks=[LOCAL], areas=two)
    assert partnership_from(frameworks=[LOCAL], areas=two, area_code="P2").description.area_code == "P2"


def test_a_bundled_framework_needs_nothing_but_areas() -> None:
    built = partnership_from(frameworks=[bundled_framework("phof")], areas=AREAS, title="Our council")
    assert built.description.title == "Our council"
    assert built.indicators
    assert sorted(built.policies) == ["hes-2018", "opensafely", "under-5"]


def test_a_series_that_nobody_gives_is_a_fault_of_a_folder_only(tmp_path: Path) -> None:
    changes = {"frameworks/local/indicators.yaml": ("reference:population", "reference:people")}
    with pytest.raises(DefinitionError, match="unknown-series"):
        load_partnership(write_world(tmp_path / "other", changes))


def test_frames_may_be_typed_or_text() -> None:
    footprints = pl.DataFrame(
        {
            "area_code": ["P1", "P2"],
            "member_code": ["N1", "N1"],
            "weight": [1e-5, 0.5],
            "valid_from": [date(2025, 4, 1)] * 2,
        }
    )
    areas = pl.concat(
        [
            AREAS,
            pl.DataFrame(
                {"area_code": ["N1"], "name": ["N"], "level": ["neighbourhood"], "parent_code": [None]}, AREAS.schema
            ),
        ]
    )
    typed = partnership_from(frameworks=[LOCAL], areas=areas, footprints=footprints)
    text = partnership_from(
        frameworks=[LOCAL],
        areas=areas,
        footprints=footprints.with_columns(
            pl.Series("weight", ["0.00001", "0.5"]), pl.col("valid_from").cast(pl.String)
        ),
    )
    assert typed.footprints.frame.equals(text.footprints.frame)
    assert typed.fingerprint == text.fingerprint


def test_other_codes_of_areas_come_from_a_folder_and_from_a_frame_and_stay(tmp_path: Path) -> None:
    folder = write_world(tmp_path / "world")
    header, *rows = (folder / "areas.csv").read_text().splitlines()
    told = [f"{row},{' QA1; q-two;' if row.startswith('PL1') else ''}" for row in rows]
    (folder / "areas.csv").write_text("\n".join([f"{header},other_codes", *told, ""]))
    loaded = load_partnership(folder)
    assert (loaded.areas["PL1"].other_codes, loaded.areas["PL2"].other_codes) == (("QA1", "q-two"), ())
    frame = pl.DataFrame(
        {"area_code": ["S", "P"], "name": ["S", "P"], "level": ["system", "place"], "other_codes": [None, "A;B"]}
    )
    made = partnership_from(frameworks=[], areas=frame, area_code="S")
    assert made.areas["P"].other_codes == ("A", "B")
    # and from areas that were made before
    again = partnership_from(frameworks=[], areas=made.areas, area_code="S")
    assert again.areas.other_codes == {"P": ("A", "B")}


def test_a_series_may_be_a_description_and_a_frame() -> None:
    about = SeriesDescription(
        id="population", kind=SeriesKind.POPULATION, title="P", source="s", licence="l", released_on=date(2026, 1, 1)
    )
    frame = pl.DataFrame(
        {"area_code": ["P1"], "period_kind": ["calendar_year"], "period": ["2025"], "numerator": [1200]}
    )
    built = partnership_from(frameworks=[LOCAL], areas=AREAS, series=[(about, frame)])
    assert built.series["population"].frame.row(0)[:5] == (
        None,
        "P1",
        "calendar_year",
        date(2025, 1, 1),
        date(2025, 12, 31),
    )
    with pytest.raises(DefinitionError, match=r"given series population:1: wrong-value: period '2025/26'"):
        partnership_from(
            frameworks=[LOCAL], areas=AREAS, series=[(about, frame.with_columns(period=pl.lit("2025/26")))]
        )


def test_the_same_rules_are_asked_and_every_fault_is_named() -> None:
    partner = Partner(code="T", name="T", type=PartnerType.NHS_TRUST, footprint=("P9",), layout="none-such")
    with pytest.raises(DefinitionError) as raised:
        partnership_from(
            frameworks=[LOCAL], areas=AREAS.with_columns(level=pl.lit("plaice")), partners=[partner], area_code="S1"
        )
    assert {fault.rule for fault in raised.value.faults} == {"unknown-level", "unknown-area", "unknown-layout"}
    assert "given partners[0]" in {fault.file for fault in raised.value.faults}


def test_the_fingerprint_is_that_of_the_content() -> None:
    one = partnership_from(frameworks=[LOCAL], areas=AREAS)
    assert partnership_from(frameworks=[LOCAL], areas=AREAS.reverse()).fingerprint == one.fingerprint
    renamed = AREAS.with_columns(pl.col("name").str.to_uppercase())
    assert partnership_from(frameworks=[LOCAL], areas=renamed).fingerprint != one.fingerprint
