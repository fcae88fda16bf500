"""Rules: small named functions that complain about definitions, run all at once.

A rule's public name is its function's name with hyphens; the first line of its docstring is its description.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final, TypeVar

from outcomes.definitions.located import Complaint
from outcomes.errors import Fault

__all__ = ["LOADING_RULES", "Rule", "advice", "docs_of", "name_of", "readable_first", "run_rules"]

Subject = TypeVar("Subject")
Rule = Callable[[Subject], Iterator[Complaint]]
Written = TypeVar("Written", bound=Callable[..., Any])

_ADVICE: Final[set[str]] = set()

# what can be wrong with a file before any rule about its meaning is asked
LOADING_RULES: Final[dict[str, str]] = {
    "alias": "Anchors and aliases are not allowed in YAML files.",
    "csv-syntax": "A CSV file's quotes are closed.",
    "duplicate-key": "A key stands once in a mapping.",
    "file-too-big": "A definition file has a greatest size.",
    "key-not-text": "A key is a plain word.",
    "missing-column": "A CSV file has the columns that it needs.",
    "missing-file": "Every file that is named exists.",
    "missing-key": "Every key that has no default is given.",
    "not-utf-8": "Files are UTF-8 text.",
    "ragged-row": "Every row of a CSV file has as many cells as the header.",
    "schema-version": "partnership.yaml says the number of the format that it is written in.",
    "several-documents": "A YAML file holds one document.",
    "tag": "Tags are not allowed in YAML files.",
    "too-deep": "Definitions are nested to a bounded depth.",
    "unknown-column": "A CSV file has only known columns.",
    "unknown-key": "Only known keys are given.",
    "unknown-word": "A word from a closed list is one of that list.",
    "unreadable-file": "Every file can be opened.",
    "wrong-separator": "The cells of a CSV file are separated by commas.",
    "wrong-value": "A value is of the type and form that its key needs.",
    "yaml-syntax": "A YAML file is YAML 1.2.",
}

# a file with one of these is not read to its end: what is said about it, or about what leans on it, is a consequence
_UNREADABLE: Final = frozenset(
    {
        "alias",
        "csv-syntax",
        "duplicate-key",
        "file-too-big",
        "key-not-text",
        "not-utf-8",
        "several-documents",
        "tag",
        "too-deep",
        "unreadable-file",
        "wrong-separator",
        "yaml-syntax",
    }
)


def readable_first(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return only the faults for which a file cannot be read, if there are any; else nothing.

    The last of them says that the rest is checked later: a mistake of one sign would otherwise be buried under all
    that follows from it.

    Arguments:
        faults: What is wrong with the files.

    >>> [str(one) for one in readable_first([Fault("a", 1, "missing-key", "x."), Fault("b", 2, "yaml-syntax", "y.")])]
    ['b:2: yaml-syntax: y. The rest is checked once this is mended.']
    """
    found = sorted({fault for fault in faults if fault.rule in _UNREADABLE})
    if not found:
        return ()
    what = "this is" if len(found) == 1 else "these are"
    later = f"{found[-1].fix} The rest is checked once {what} mended.".strip()
    return (*found[:-1], replace(found[-1], fix=later))


def advice(rule: Written) -> Written:
    """Mark a rule as advice: it is said and stops nothing."""
    _ADVICE.add(rule.__name__)
    return rule


def name_of(rule: Callable[..., Any]) -> str:
    """Return a rule's public name.

    >>> def unknown_partner(): ...
    >>> name_of(unknown_partner)
    'unknown-partner'
    """
    return rule.__name__.replace("_", "-")


def docs_of(rules: Iterable[Callable[..., Any]]) -> dict[str, str]:
    """Return each rule's name and one-line description; advice says so."""
    found = {}
    for rule in rules:
        line = (rule.__doc__ or "").strip().splitlines()[0]
        found[name_of(rule)] = f"{line} (advice)" if rule.__name__ in _ADVICE else line
    return found


def run_rules(rules: Iterable[Rule[Subject]], subject: Subject) -> tuple[Fault, ...]:
    """Return what every rule says about a subject, each fault under its rule's name, sorted."""
    return tuple(
        sorted(
            {
                Fault(said.file, said.line, name_of(rule), said.message, said.fix, rule.__name__ in _ADVICE)
                for rule in rules
                for said in rule(subject)
            }
        )
    )
