"""Reads the imports of every module of the package from its syntax tree; nothing is run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "outcomes"


@dataclass(frozen=True)
class Import:
    """One import: the importing module, the imported one, and whether it is only for type checkers."""

    importer: str
    imported: str
    line: int
    is_for_types: bool


def modules() -> dict[str, Path]:
    """Every module of the package, by dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports() -> tuple[Import, ...]:
    """Every import of every module, those inside functions too."""
    known = modules()
    found = []
    for name, path in known.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        typing_only = {id(node) for block in _type_checking_blocks(tree) for node in ast.walk(block)}
        for node in ast.walk(tree):
            for target in _targets(node, known):
                found.append(Import(name, target, node.lineno, id(node) in typing_only))  # type: ignore[attr-defined]
    return tuple(found)


def _type_checking_blocks(tree: ast.Module) -> Iterator[ast.If]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            yield node


def _targets(node: ast.AST, known: dict[str, Path]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.name
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        assert node.module
        for alias in node.names:
            full = f"{node.module}.{alias.name}"
            yield full if full in known else node.module
