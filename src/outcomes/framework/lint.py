"""The rules that frameworks obey, alone and beside one another: one rule, one function."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Final

from outcomes.definitions import Complaint, Located, Rule, advice, run_rules
from outcomes.errors import Fault
from outcomes.framework.basis_rules import balance_of_another_basis, versions_of_one_basis
from outcomes.framework.comparison_rules import earlier_without_periods, unknown_overdispersion_method
from outcomes.framework.frameworks import Frameworks
from outcomes.framework.inequality_rules import (
    deprivation_in_order,
    one_gap,
    slope_seed,
    unknown_inequality_method,
)
from outcomes.framework.model import Inclusion, Indicator
from outcomes.framework.purpose_rules import outcome_without_indicator, outcome_without_purpose
from outcomes.framework.reading import FrameworkSource
from outcomes.framework.signal_rules import rebased_in_order, unknown_method, unsuited_special_cause
from outcomes.framework.status_rules import (
    status_gap,
    status_overlap,
    status_twice,
    unknown_signal_word,
    unknown_status,
)
from outcomes.framework.target_rules import target_complaints
from outcomes.vocabulary import BenchmarkKind, Polarity, Statistic

__all__ = ["FRAMEWORK_RULES", "lint_frameworks"]

OPTIONAL_COLUMNS: Final = (
    "effective_sample_size",
    "lower_ci_95",
    "source_code",
    "sum_of_squares",
    "upper_ci_95",
    "value_status",
)


def unknown_framework(frameworks: Frameworks) -> Iterator[Complaint]:
    """A framework that is included from exists."""
    for header in frameworks.headers:
        for position, reference in enumerate(header.noun.includes):
            if reference.framework not in frameworks.by_id:
                yield header.says(
                    f"{reference} is included, and there is no framework {reference.framework!r}.",
                    "Add its folder, or name a bundled framework.",
                    "includes",
                    position,
                )


def id_and_folder(frameworks: Frameworks) -> Iterator[Complaint]:
    """A framework's id is the name of its folder."""
    for source in frameworks.sources:
        if source.header and source.header.noun.id != source.id:
            message = f"the id is {source.header.noun.id!r}, and the folder is called {source.id!r}."
            yield source.header.says(message, "Give both the same name.", "id")


def missing_version(frameworks: Frameworks) -> Iterator[Complaint]:
    """The version of an indicator that is included exists."""
    for source in frameworks.sources:
        for position, reference in enumerate(source.header.noun.includes if source.header else ()):
            target = frameworks.by_id.get(reference.framework)
            versions = sorted(
                located.noun.version
                for located in (target.indicators if target else ())
                if located.noun.id == reference.id
            )
            is_unread = target and (reference.id, str(reference.version)) in target.declared_keys
            if versions and reference.version not in versions and source.header and not is_unread:
                there = ", ".join(str(version) for version in versions)
                message = f"{reference} does not exist; of {reference.id} there is version {there}."
                yield source.header.says(message, "Include a version that exists.", "includes", position)
        for located in source.inclusions:
            usable = frameworks.usable[source.id].get(located.noun.indicator, {})
            is_unread = (located.noun.indicator, str(located.noun.version)) in source.declared_keys
            if usable and located.noun.version not in usable and not is_unread:
                there = ", ".join(str(version) for version in sorted(usable))
                yield located.says(
                    f"version {located.noun.version} of {located.noun.indicator} is not defined or included here; "
                    f"there is version {there}.",
                    "Name a version that exists.",
                    "version",
                )


def unknown_indicator(frameworks: Frameworks) -> Iterator[Complaint]:
    """An indicator that is included, balanced or given terms is defined."""
    for source in frameworks.sources:
        for position, reference in enumerate(source.header.noun.includes if source.header else ()):
            target = frameworks.by_id.get(reference.framework)
            if target and source.header and reference.id not in target.declared:
                message = f"framework {reference.framework!r} defines no indicator {reference.id!r}."
                fix = "Name the framework that defines it; what it only includes does not count."
                yield source.header.says(message, fix, "includes", position)
        for located in source.inclusions:
            for key in ("indicator", "balance"):
                named = getattr(located.noun, key)
                if named and not frameworks.is_declared(source, named):
                    message = f"indicator {named!r} is neither defined in this framework nor included in it."
                    fix = f"Define it in indicators.yaml, or add <framework>/{named}@1 to includes."
                    yield located.says(message, fix, key)


def include_cycle(frameworks: Frameworks) -> Iterator[Complaint]:
    """Frameworks do not include from one another in a circle."""
    includes = {
        header.noun.id: {reference.framework for reference in header.noun.includes} for header in frameworks.headers
    }
    for header in frameworks.headers:
        reached: set[str] = set()
        front = set(includes[header.noun.id])
        while front:
            reached |= front
            front = {further for framework in front for further in includes.get(framework, ())} - reached
        if header.noun.id in reached:
            message = f"framework {header.noun.id!r} includes from itself, over {', '.join(sorted(reached))}."
            yield header.says(message, "Move the shared indicators to a framework that includes none.", "includes")


def duplicate_indicator(frameworks: Frameworks) -> Iterator[Complaint]:
    """An indicator of one id and version is defined once over all frameworks."""
    first: dict[tuple[str, int], Located[Indicator]] = {}
    for source in frameworks.sources:
        for located in source.indicators:
            before = first.setdefault(located.noun.key, located)
            if before is not located:
                where = f"{before.origin.file}:{before.origin.line('id')}"
                message = f"indicator {located.noun.id!r} version {located.noun.version} is already defined in {where}."
                yield located.says(message, "Include it by reference, or give it another id or version.", "id")


def overlapping_versions(frameworks: Frameworks) -> Iterator[Complaint]:
    """The versions of an indicator hold one after the other, so that each period has one."""
    versions: dict[str, list[Located[Indicator]]] = {}
    for source in frameworks.sources:
        for located in source.indicators:
            versions.setdefault(located.noun.id, []).append(located)
    for same in versions.values():
        ordered = sorted(same, key=lambda located: located.noun.version)
        for earlier, later in combinations(ordered, 2):
            if earlier.noun.version == later.noun.version:
                continue
            if (earlier.noun.valid_to or date.max) >= (later.noun.valid_from or date.min):
                yield later.says(
                    f"versions {earlier.noun.version} and {later.noun.version} of {later.noun.id!r} "
                    "hold at the same time.",
                    "End the earlier with valid_to on the day before the later one's valid_from.",
                    "version",
                )


def inclusion_twice(frameworks: Frameworks) -> Iterator[Complaint]:
    """A framework states its terms for an indicator's version once."""
    for source in frameworks.sources:
        seen: dict[tuple[str, int], Located[Inclusion]] = {}
        for located in source.inclusions:
            before = seen.setdefault(located.noun.key, located)
            if before is not located:
                line = before.origin.line("indicator")
                message = f"the terms for {located.noun.indicator!r} already stand on line {line}."
                yield located.says(message, "Keep one of them.", "indicator")


def unknown_outcome(frameworks: Frameworks) -> Iterator[Complaint]:
    """An inclusion serves an outcome that its framework names."""
    for source in frameworks.sources:
        if source.header is None:
            continue
        outcomes = [outcome.id for outcome in source.header.noun.outcomes]
        for located in source.inclusions:
            if located.noun.outcome not in outcomes:
                message = f"this framework has no outcome {located.noun.outcome!r}."
                fix = f"Name one of: {', '.join(outcomes) or 'none yet; add outcomes to framework.yaml'}."
                yield located.says(message, fix, "outcome")


def outcome_twice(frameworks: Frameworks) -> Iterator[Complaint]:
    """A framework names each outcome once."""
    for header in frameworks.headers:
        ids = [outcome.id for outcome in header.noun.outcomes]
        for position, outcome_id in enumerate(ids):
            if outcome_id in ids[:position]:
                yield header.says(f"outcome {outcome_id!r} stands twice.", "Keep one.", "outcomes", position, "id")


def indicator_without_outcome(frameworks: Frameworks) -> Iterator[Complaint]:
    """Every indicator of a framework in use serves an outcome."""
    served = {located.noun.indicator for source in frameworks.counted for located in source.inclusions}
    for source in frameworks.counted:
        # inclusions that cannot be read may be the ones that are looked for
        if any(fault.file.endswith("inclusions.yaml") for fault in source.faults):
            continue
        for located in source.indicators:
            if located.noun.id not in served:
                message = f"indicator {located.noun.id!r} serves no outcome."
                yield located.says(message, "Add it to inclusions.yaml under an outcome, or take it out.", "id")


def polarity_not_agreed(frameworks: Frameworks) -> Iterator[Complaint]:
    """Which direction is good is agreed by people, who are named."""
    for source in frameworks.sources:
        for located in source.inclusions:
            inclusion = located.noun
            if inclusion.polarity is not Polarity.NO_JUDGEMENT and not inclusion.polarity_agreed_by:
                yield located.says(
                    f"{inclusion.indicator!r} is judged ({inclusion.polarity.value}), and nobody is named who agreed.",
                    "Add polarity_agreed_by with a role or meeting, or write no_judgement.",
                    "polarity",
                )


def benchmark_without_value(frameworks: Frameworks) -> Iterator[Complaint]:
    """A fixed benchmark has its value, and a value has a fixed benchmark."""
    for source in frameworks.sources:
        for located in source.inclusions:
            is_fixed = BenchmarkKind.FIXED_VALUE in located.noun.benchmarks
            if is_fixed and located.noun.benchmark_value is None:
                yield located.says("a fixed_value benchmark has no benchmark_value.", "Add it.", "benchmarks")
            if not is_fixed and located.noun.benchmark_value is not None:
                message = "there is a benchmark_value, and fixed_value is none of the benchmarks."
                yield located.says(message, "Add fixed_value to benchmarks.", "benchmark_value")


def count_compared(frameworks: Frameworks) -> Iterator[Complaint]:
    """A count, which grows with the size of its area, is compared with no other area."""
    for source in frameworks.sources:
        for located in source.inclusions:
            indicator = frameworks.usable[source.id].get(located.noun.indicator, {}).get(located.noun.version)
            if indicator is None or indicator.statistic is not Statistic.COUNT:
                continue
            for position, benchmark in enumerate(located.noun.benchmarks):
                if benchmark not in (BenchmarkKind.FIXED_VALUE, BenchmarkKind.OWN_EARLIER_VALUE):
                    yield located.says(
                        f"{located.noun.indicator!r} is a count, and would be compared with {benchmark.value}: a count "
                        "grows with the size of its area.",
                        "Write benchmarks: [], or make the indicator a rate.",
                        "benchmarks",
                        position,
                    )


def unknown_optional_column(frameworks: Frameworks) -> Iterator[Complaint]:
    """An indicator's optional columns are ones that returns can have."""
    for source in frameworks.sources:
        for located in source.indicators:
            for position, column in enumerate(located.noun.optional_columns):
                if column not in OPTIONAL_COLUMNS:
                    message, fix = (
                        f"no return has a column {column!r}.",
                        f"Name some of: {', '.join(OPTIONAL_COLUMNS)}.",
                    )
                    yield located.says(message, fix, "optional_columns", position)


def breakdown_twice(frameworks: Frameworks) -> Iterator[Complaint]:
    """An indicator names each dimension once, and each category once in it."""
    for source in frameworks.sources:
        for located in source.indicators:
            dimensions = [breakdown.dimension for breakdown in located.noun.breakdowns]
            for position, breakdown in enumerate(located.noun.breakdowns):
                if breakdown.dimension in dimensions[:position]:
                    message = f"the breakdown {breakdown.dimension!r} stands twice."
                    yield located.says(message, "Keep one.", "breakdowns", position)
                spelled = [category.casefold() for category in breakdown.categories]
                if len(set(spelled)) < len(spelled) or breakdown.whole.casefold() in spelled:
                    message = f"a category of {breakdown.dimension!r} stands twice, or is also the whole."
                    yield located.says(message, "Name each category once.", "breakdowns", position)


def national_target(frameworks: Frameworks) -> Iterator[Complaint]:
    """A target of a framework is for its own indicator, and readable, and set before the data it judges."""
    for source in frameworks.sources:
        for located in source.inclusions:
            versions = frameworks.usable[source.id].get(located.noun.indicator, {})
            for position, target in enumerate(located.noun.targets):
                at = ("targets", position)
                if target.indicator != located.noun.indicator:
                    message = f"the target is for {target.indicator!r}, and stands under {located.noun.indicator!r}."
                    yield located.says(message, "Move it, or correct its indicator.", *at, "indicator")
                elif indicator := versions.get(located.noun.version):
                    for message, fix, path in target_complaints(target, indicator):
                        yield located.says(message, fix, *at, *path)


def target_of_one_area(frameworks: Frameworks) -> Iterator[Complaint]:
    """A target that stands in a framework is for every area; one for a single area belongs in its agreement."""
    for source in frameworks.sources:
        for located in source.inclusions:
            for position, target in enumerate(located.noun.targets):
                if target.area_code:
                    message = f"the target is for one area, {target.area_code!r}."
                    yield located.says(message, "Move it to that place's agreement.", "targets", position, "area_code")


@advice
def ambiguous_name(frameworks: Frameworks) -> Iterator[Complaint]:
    """A code or alias means one indicator; a partner cannot send one that means several."""
    ids = {located.noun.id for source in frameworks.sources for located in source.indicators}
    meant: dict[str, set[str]] = {}
    given: dict[str, set[tuple[str, bool]]] = {}
    every = [(source.id, located) for source in frameworks.sources for located in source.indicators]
    for framework_id, located in every:
        for name in (located.noun.official_code, *located.noun.aliases):
            if name and name not in ids:
                meant.setdefault(name, set()).add(located.noun.id)
                given.setdefault(name, set()).add((framework_id, name == located.noun.official_code))
    for _, located in every:
        for name in dict.fromkeys((located.noun.official_code, *located.noun.aliases)):
            others = sorted(meant.get(name, set()) - {located.noun.id})
            # a publisher that gives one code to several measures cannot be corrected here
            is_published_so = len(given.get(name, ())) == 1 and (next(iter(given[name])))[1]
            if others and not is_published_so:
                message = f"the name {name!r} also means {', '.join(others)}."
                yield located.says(message, "Partners must send the id.", "aliases")


@advice
def asked_twice(frameworks: Frameworks) -> Iterator[Complaint]:
    """Of two indicators that may be one measure, a partnership asks for one."""
    asked = {located.noun.indicator for source in frameworks.counted for located in source.inclusions}
    for source in frameworks.sources:
        for located in source.indicators:
            for position, other in enumerate(located.noun.overlaps_with):
                if located.noun.id in asked and other in asked:
                    message = f"{located.noun.id!r} and {other!r} ask for the same, or nearly."
                    yield located.says(message, "Ask for one of them.", "overlaps_with", position)


@advice
def balance_of_itself(frameworks: Frameworks) -> Iterator[Complaint]:
    """The indicator that would show a side effect is another one."""
    for source in frameworks.sources:
        for located in source.inclusions:
            if located.noun.balance == located.noun.indicator:
                yield located.says(f"{located.noun.indicator!r} balances itself.", "Name another indicator.", "balance")


FRAMEWORK_RULES: Final[tuple[Rule[Frameworks], ...]] = (
    unknown_framework,
    id_and_folder,
    missing_version,
    unknown_indicator,
    include_cycle,
    duplicate_indicator,
    overlapping_versions,
    inclusion_twice,
    unknown_outcome,
    outcome_twice,
    indicator_without_outcome,
    outcome_without_indicator,
    outcome_without_purpose,
    polarity_not_agreed,
    benchmark_without_value,
    count_compared,
    earlier_without_periods,
    unknown_overdispersion_method,
    unknown_method,
    unsuited_special_cause,
    rebased_in_order,
    unknown_inequality_method,
    slope_seed,
    deprivation_in_order,
    one_gap,
    unknown_optional_column,
    breakdown_twice,
    national_target,
    target_of_one_area,
    ambiguous_name,
    asked_twice,
    balance_of_itself,
    versions_of_one_basis,
    balance_of_another_basis,
    unknown_status,
    status_twice,
    unknown_signal_word,
    status_gap,
    status_overlap,
)


def lint_frameworks(sources: tuple[FrameworkSource, ...], listed: tuple[str, ...]) -> tuple[Fault, ...]:
    """Return what the rules say about frameworks that are read together.

    Arguments:
        sources: As read.
        listed: The ids of those in use; the others are there for their definitions only.
    """
    return run_rules(FRAMEWORK_RULES, Frameworks(sources, listed))
