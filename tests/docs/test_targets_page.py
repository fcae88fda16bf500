"""The examples of docs/targets.md are targets as written, one of every form, and every key is told."""

import re
from pathlib import Path

from ruamel.yaml import YAML

from outcomes.target import Target
from outcomes.vocabulary import TargetKind

PAGE = Path(__file__).resolve().parents[2] / "docs" / "targets.md"


def test_every_example_of_the_page_is_a_target() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    reader = YAML(typ="base")
    kinds = [Target.model_validate(reader.load(block)).kind for block in blocks]
    assert set(kinds) == set(TargetKind) - {TargetKind.LEVEL}


def test_every_key_of_a_target_is_named_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    keys = set(Target.model_fields) - {"is_standard"}
    assert [key for key in sorted(keys) if key not in text] == []
