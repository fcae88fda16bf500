"""Every class of a stylesheet is on something that a page can hold, and every class of a template is styled."""

import ast
import json
import re
from pathlib import Path

import pytest

from outcomes.bundled import bundled_folder

REPORTS = bundled_folder("reports")
SOURCES = sorted((Path(__file__).resolve().parents[3] / "src" / "outcomes" / "report").glob("*.py"))
DESIGNS = {path.parent.name: json.loads(path.read_text(encoding="utf-8")) for path in REPORTS.glob("*/design.json")}
SHEETS = sorted(path for path in REPORTS.rglob("*.css") if path.parent.name != "styles")

# what an expression of a template prints in the middle of a class
_PRINTED = "\0"
# classes that no style names, each with the reason why it stands there
UNSTYLED = {
    "ocf-signal": "the page that holds a fragment may style its parts",
    "ocf-spark": "the page that holds a fragment may style its parts",
}


def classes_of_sheet(path: Path) -> set[str]:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", text)))


def classes_of_template(text: str) -> set[str]:
    """The classes that stand in a template; one that is put together has a gap where an expression prints."""
    attributes = re.findall(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"', text)
    printed = (re.sub(r"\{\{.*?\}\}", _PRINTED, re.sub(r"\{%.*?%\}", " ", one)) for one in attributes)
    # a macro is handed a class as a word
    handed = re.findall(r'mark\([^()]*, "([\w -]+)"\)', text)
    return {name for names in (*printed, *handed) for name in names.split()} - {_PRINTED}


def words_of_views() -> set[str]:
    """Every word of the strings of the views that are words alone or hold an element with a class."""
    found: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            for names in re.findall(r'class="([^"]*)', node.value):
                found |= set(names.split())
            if re.fullmatch(r"[a-z][\w-]*(?: [a-z][\w-]*)?", node.value):
                found |= set(node.value.split())
    return found


def is_made(name: str, classes: set[str]) -> bool:
    """Whether a class stands among these, or is one of those that are put together."""
    return name in classes or any(
        re.fullmatch(re.escape(one).replace(_PRINTED, r"[\w-]+"), name) for one in classes if _PRINTED in one
    )


TEMPLATES = {path: classes_of_template(path.read_text(encoding="utf-8")) for path in sorted(REPORTS.rglob("*.jinja"))}
IN_TEMPLATES = set().union(*TEMPLATES.values())


def test_the_classes_of_a_template_are_found_however_they_are_written() -> None:
    text = """<p class="a {{ one.tone }}{% if one.b %} b{% endif %} of-{{ n }}">{{ mark(one, "g c") }}</p>"""
    assert classes_of_template(text) == {"a", "b", f"of-{_PRINTED}", "g", "c"}
    assert is_made("of-8", {f"of-{_PRINTED}"})
    assert not is_made("off", {f"of-{_PRINTED}"})


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_every_class_of_a_stylesheet_is_on_something_that_a_page_can_hold(path: Path) -> None:
    """The compiled styles, and the components that bring their classes along, have their own test."""
    own = {name for name in classes_of_sheet(path) if not name.startswith("nhsuk-")}
    views = words_of_views()
    assert own
    assert [name for name in sorted(own) if not is_made(name, IN_TEMPLATES) and name not in views] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(REPORTS).as_posix())
def test_every_class_of_a_template_is_styled_by_a_design_that_has_it(path: Path) -> None:
    folder = path.relative_to(REPORTS).parts[0]
    # what the partners' pages are made of, the other designs take too
    designs = DESIGNS.values() if folder == "partners" else [DESIGNS[folder]]
    lists = [sheets for one in designs for sheets in (one["styles"], *one.get("more_styles", {}).values())]
    styled = set().union(*(classes_of_sheet(REPORTS / sheet) for sheets in lists for sheet in sheets))
    made = {name for name in TEMPLATES[path] if _PRINTED in name}
    loose = {name for name in TEMPLATES[path] - made if name not in styled}
    loose |= {name for name in made if not any(is_made(one, {name}) for one in styled)}
    assert loose - UNSTYLED.keys() == set()


def test_every_class_that_may_go_without_a_style_does() -> None:
    assert set(UNSTYLED) <= IN_TEMPLATES
    assert not set(UNSTYLED) & set().union(*(classes_of_sheet(path) for path in SHEETS))
