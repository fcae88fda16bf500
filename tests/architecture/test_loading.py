"""What is loaded when: `import outcomes` is light, and reading a scorecard needs only pydantic and jinja2."""

import json
import subprocess
import sys
from pathlib import Path

import outcomes

HEAVY = ("pandera", "pandas", "jinja2", "scipy", "typer", "polars", "numpy", "ruamel", "xlsxwriter", "python_calamine")


def loaded_by(code: str) -> set[str]:
    """The top-level modules in memory after a piece of code has run in a new interpreter."""
    program = f"{code}\nimport json, sys\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_import_outcomes_loads_nothing_heavy() -> None:
    assert loaded_by("import outcomes") & set(HEAVY) == set()


def test_every_public_name_can_be_loaded() -> None:
    for name in outcomes.__all__:
        assert getattr(outcomes, name) is not None


def test_public_names_are_those_that_are_announced() -> None:
    from outcomes import _HOME

    assert set(outcomes.__all__) == set(_HOME) | {"statistics", "__version__"}
    assert outcomes.__all__ == sorted(outcomes.__all__)
    assert dir(outcomes) == sorted(outcomes.__all__)


def test_the_facade_tells_type_checkers_the_same_homes() -> None:
    from outcomes import _HOME
    from tests.architecture.imports import imports

    told = {
        found.imported.removeprefix("outcomes.")
        for found in imports()
        if found.importer == "outcomes" and found.is_for_types
    }
    assert told == set(_HOME.values()) | {"statistics"}


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    import pytest

    with pytest.raises(AttributeError, match="no attribute 'everything'"):
        _ = outcomes.everything


def test_the_statistics_room_loads_scipy_only_when_it_is_used() -> None:
    assert "scipy" not in loaded_by("import outcomes as oc; oc.statistics.proportion")


def test_loading_the_street_does_not_load_what_only_others_need() -> None:
    code = "import outcomes as oc; oc.roll_up, oc.estimate, oc.judge, oc.protect, oc.build_scorecards"
    assert loaded_by(code) & {"pandera", "pandas", "jinja2", "typer", "rich", "scipy", "duckdb"} == set()


def test_a_portal_loads_only_pydantic_and_jinja2(tmp_path: Path) -> None:
    from tests.report_cards import castlewick

    path = tmp_path / "card.json"
    card = castlewick()
    path.write_text(outcomes.scorecard_json(card), encoding="utf-8")
    indicator = card.lines[0].indicator_id
    loaded = loaded_by(
        "import outcomes as oc\n"
        f"card = oc.read_scorecard({str(path)!r})\n"
        f"assert '<section' in oc.to_html_fragment(card, indicator={indicator!r}, heading_level=3)"
    )
    assert {"pydantic", "jinja2"} <= loaded
    assert loaded & (set(HEAVY) - {"jinja2"}) == set()
