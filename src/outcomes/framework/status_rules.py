"""The rules for a table of another system's statuses: one rule, one function."""

from collections.abc import Iterator

from outcomes.definitions import Complaint, Located, nearest
from outcomes.framework.frameworks import Frameworks
from outcomes.status_table import SAID_BY, StatusTable

__all__ = ["status_gap", "status_overlap", "status_twice", "unknown_signal_word", "unknown_status"]

_SHOWN = 3


def _tables(frameworks: Frameworks) -> Iterator[Located[StatusTable]]:
    for source in frameworks.sources:
        if source.statuses:
            yield source.statuses


def unknown_status(frameworks: Frameworks) -> Iterator[Complaint]:
    """A rule of a status table names a status of that table."""
    for table in _tables(frameworks):
        known = [status.id for status in table.noun.statuses]
        fix = f"The statuses are: {', '.join(known)}."
        if table.noun.not_available not in known:
            yield table.says(f"there is no status {table.noun.not_available!r}.", fix, "not_available")
        for position, rule in enumerate(table.noun.rules):
            if rule.status not in known:
                yield table.says(f"there is no status {rule.status!r}.", fix, "rules", position, "status")


def status_twice(frameworks: Frameworks) -> Iterator[Complaint]:
    """A status stands once in its table, by its id and by its words."""
    for table in _tables(frameworks):
        for key in ("id", "text"):
            seen: set[str] = set()
            for position, status in enumerate(table.noun.statuses):
                named = getattr(status, key).casefold()
                if named in seen:
                    message = f"the status {getattr(status, key)!r} stands twice."
                    yield table.says(message, "Keep one.", "statuses", position, key)
                seen.add(named)


def unknown_signal_word(frameworks: Frameworks) -> Iterator[Complaint]:
    """A condition of a status table is a word that its signal can say."""
    for table in _tables(frameworks):
        for position, rule in enumerate(table.noun.rules):
            for name, words in rule.conditions.items():
                for place, word in enumerate(words):
                    if word not in SAID_BY[name]:
                        meant = nearest(word, SAID_BY[name])
                        listed = ", ".join(SAID_BY[name])
                        fix = f"Did you mean {' or '.join(meant)}?" if meant else f"The words are: {listed}."
                        at = ("rules", position, name, place)
                        yield table.says(f"{name.replace('_', ' ')} never says {word!r}.", fix, *at)


def status_gap(frameworks: Frameworks) -> Iterator[Complaint]:
    """Every combination of words that a status table looks at has a status."""
    for table in _tables(frameworks):
        without = [said for said, positions in table.noun.combinations() if not positions]
        if without:
            message = f"{len(without)} combinations of words have no status: {_listed(without)}."
            yield table.says(message, "Add a rule for them.", "rules")


def status_overlap(frameworks: Frameworks) -> Iterator[Complaint]:
    """No combination of words meets two rules of a status table."""
    for table in _tables(frameworks):
        both: dict[tuple[int, int], list[dict[str, str]]] = {}
        for said, positions in table.noun.combinations():
            if len(positions) > 1:
                both.setdefault((positions[0], positions[1]), []).append(said)
        for (first, second), said_by in sorted(both.items()):
            message = f"rules {first + 1} and {second + 1} both hold of {_listed(said_by)}."
            yield table.says(message, "Let exactly one rule hold of each combination.", "rules", second)


def _listed(combinations: list[dict[str, str]]) -> str:
    shown = [
        ", ".join(f"{name.replace('_', ' ')} {word}" for name, word in said.items()) for said in combinations[:_SHOWN]
    ]
    more = len(combinations) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")
