"""Names the mutants of some files, whole or as a seeded sample: `python -m benchmarks.mutation.choose FILE[=SIZE]`."""

import ast
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["main", "mutants_of", "sample_of"]

SEED = 2026
MUTATED = Path("mutants/src")
"""Where mutmut writes the files that hold all their mutants."""


def changes_only_a_string(original: ast.AST, mutant: ast.AST) -> bool:
    """Tell whether a mutant differs from its original in the text of one string alone."""
    pairs = list(zip(ast.walk(original), ast.walk(mutant), strict=False))
    if any(type(one) is not type(other) for one, other in pairs):
        return False
    differing = [
        (one, other)
        for one, other in pairs
        if isinstance(one, ast.Constant) and isinstance(other, ast.Constant) and one.value != other.value
    ]
    return len(differing) == 1 and all(isinstance(side.value, str) for side in differing[0])


def mutants_of(file: str, *, with_strings: bool) -> Iterator[str]:
    """Yield the names of a file's mutants (`statistics/rates.py`), those of a string's text only when asked for."""
    module = "outcomes." + file.removesuffix(".py").replace("/", ".")
    tree = ast.parse((MUTATED / "outcomes" / file).read_text("utf-8"))
    functions = {
        node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and "__mutmut_" in node.name
    }
    for name, function in functions.items():
        stem, _, number = name.rpartition("__mutmut_")
        if number == "orig":
            continue
        if with_strings or not changes_only_a_string(functions[f"{stem}__mutmut_orig"], function):
            yield f"{module}.{name}"


def sample_of(names: Sequence[str], size: int) -> list[str]:
    """Return a sample of the names, the same each time, in their order."""
    chosen = set(random.Random(SEED).sample(list(names), min(size, len(names))))
    return [name for name in names if name in chosen]


def main(arguments: Sequence[str]) -> int:
    """Print names of mutants: all of a FILE, or of FILE=SIZE a sample without those that change a string alone."""
    if not arguments or not MUTATED.is_dir():
        print("usage: python -m benchmarks.mutation.choose FILE[=SIZE] … (after mutmut has written mutants/)")
        return 2
    for argument in arguments:
        file, _, size = argument.partition("=")
        names = list(mutants_of(file, with_strings=not size))
        print("\n".join(sample_of(names, int(size)) if size else names))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
