"""Loads modules of the library with all their mutants inside; one of them at a time can be made active."""

import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.mutation.trampoline import set_mutant_under_test

__all__ = [
    "ORIGINAL",
    "SOURCE",
    "MutatedModules",
    "activate",
    "changes_only_a_string",
    "file_of",
    "function_of",
    "module_of",
]

SOURCE = Path("src/outcomes")
ORIGINAL = ""
"""The name that makes no mutant active."""


def module_of(file: str) -> str:
    """Return the module of a file below the library's folder: `statistics/rates.py` is `outcomes.statistics.rates`."""
    return "outcomes." + file.removesuffix(".py").replace("/", ".")


def file_of(module: str) -> str:
    """Return the file of a module, below the library's folder."""
    return module.removeprefix("outcomes.").replace(".", "/") + ".py"


def function_of(mutant: str) -> str:
    """Return the name of the function that a mutant changes, as the tests' record names it."""
    return mutant.rpartition("__mutmut_")[0]


def activate(mutant: str) -> None:
    """Make one mutant active, or none."""
    set_mutant_under_test(mutant)


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


def _without_docstring(function: ast.FunctionDef) -> ast.FunctionDef:
    """Take a function's docstring away: the examples of a copy are nobody's."""
    if ast.get_docstring(function) is not None:
        function.body[0] = ast.copy_location(ast.Pass(), function.body[0])
    return function


class _MutatedFile:
    """One file with its mutants: the tree that is compiled, and the mutants' functions by name."""

    def __init__(self, file: str) -> None:
        self.path = SOURCE / file
        self.tree = ast.parse(mutate_file_contents(str(self.path), self.path.read_text("utf-8")).code)
        self.functions = {
            node.name: node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef) and "__mutmut_" in node.name
        }
        self.string_changes = {
            name
            for name, node in self.functions.items()
            if changes_only_a_string(self.functions[function_of(name) + "__mutmut_orig"], node)
        }
        for name, node in self.functions.items():
            if not name.endswith("__mutmut_orig"):
                _without_docstring(node)


class MutatedModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds and loads the modules of some files with their mutants, in place of the files; nothing is written."""

    def __init__(self, files: Sequence[str]) -> None:
        self._files = {module_of(file): _MutatedFile(file) for file in files}

    def install(self) -> None:
        """Be asked before all other finders."""
        loaded = sorted(set(self._files) & set(sys.modules))
        if loaded:
            raise RuntimeError(f"already loaded without mutants: {', '.join(loaded)}")
        sys.meta_path.insert(0, self)

    def mutants(self, file: str, *, with_strings: bool) -> Iterator[str]:
        """Yield the names of a file's mutants, those of a string's text only when asked for."""
        module = module_of(file)
        mutated = self._files[module]
        for name in mutated.functions:
            if not name.endswith("__mutmut_orig") and (with_strings or name not in mutated.string_changes):
                yield f"{module}.{name}"

    def texts(self, mutant: str) -> tuple[str, str]:
        """Return a function as it is and as a mutant has it."""
        module, _, name = mutant.rpartition(".")
        functions = self._files[module].functions
        original = f"{function_of(name)}__mutmut_orig"
        as_it_is, changed = copy.deepcopy(functions[original]), functions[name]
        return ast.unparse(_without_docstring(as_it_is)).replace(original, name), ast.unparse(changed)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - Python's own signature
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for the mutated modules alone."""
        if fullname not in self._files:
            return None
        return importlib.util.spec_from_file_location(fullname, self._files[fullname].path.resolve(), loader=self)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:  # noqa: ARG002
        """Leave the module itself to Python."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run the file's code with its mutants."""
        mutated = self._files[module.__name__]
        exec(compile(ast.fix_missing_locations(mutated.tree), str(mutated.path), "exec"), module.__dict__)
