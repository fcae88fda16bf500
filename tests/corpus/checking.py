"""Says whether a result is what a case expects: "A case passes when …" of the corpus, read independently."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

__all__ = ["faults"]

_VERDICTS: Final = ("accepted", "accepted with warning", "rejected")

Result = Mapping[str, Any]
Expectation = Mapping[str, Any]


def faults(case: Expectation, result: Result) -> list[str]:
    """Return what is wrong with the result of a case; nothing when the case passes."""
    return [*_of_verdict(case, result), *_of_conditions(case, result)]


def _of_verdict(case: Expectation, result: Result) -> Iterator[str]:
    verdict = result["verdict"]
    if verdict not in {case["must_be"], *case["also_ok"]}:
        yield f"verdict {verdict!r}, must be {case['must_be']!r}"
        return
    messages = result["messages"]
    worst = max((1 + ("warning", "error").index(message["severity"]) for message in messages), default=0)
    if verdict != _VERDICTS[worst]:
        yield f"verdict {verdict!r} is not that of the worst message"
    yield from _of_names(case, verdict, messages)
    if verdict == "rejected":
        if result["loaded_rows"] != 0 or result["observations"]:
            yield "a rejected file hands something on"
    else:
        yield from _of_observations(case, result)


def _of_names(case: Expectation, verdict: str, messages: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    errors = [message for message in messages if message["severity"] == "error"]
    if verdict != "accepted":
        naming = errors if verdict == "rejected" else list(messages)
        for field, wanted in (("row", case["rows"]), ("column", case["columns"])):
            unnamed = set(wanted) - {message.get(field) for message in naming}
            if unnamed:
                yield f"{field}s not named: {sorted(unnamed)[:10]}"
        unnamed = set(case.get("shown_rows", ())) - {message.get("row") for message in naming}
        if unnamed:
            yield f"rows not among the first shown: {sorted(unnamed)[:10]}"
    if case["rows"]:
        beside = {message["row"] for message in errors if message.get("row") is not None} - set(case["rows"])
        if beside:
            yield f"errors on rows that are in order: {sorted(beside)[:10]}"


def _of_observations(case: Expectation, result: Result) -> Iterator[str]:
    parsed = case.get("parsed")
    if case["must_be"] != "rejected" and result["loaded_rows"] != case["loaded_rows"]:
        yield f"{result['loaded_rows']} rows loaded, must be {case['loaded_rows']}"
    if parsed and result["observations"]:
        read = {observation["row"]: observation for observation in result["observations"]}
        if set(read) != {row["row"] for row in parsed}:
            yield f"rows read: {sorted(read)[:12]}"
        for row in parsed:
            for name, value in row.items():
                found = read.get(row["row"], {}).get(name)
                if found != value or isinstance(found, bool):
                    yield f"row {row['row']}: {name} is {found!r}, must be {value!r}"
    yield from _of_words(case, result)


def _of_words(case: Expectation, result: Result) -> Iterator[str]:
    text = dict(case.get("text_check", {}))
    for observation in result["observations"]:
        if observation["row"] == text.get("row"):
            for name in text.keys() & observation.keys():
                if observation[name] != text[name]:
                    yield f"{name} was changed: {observation[name]!r}"
    shown = [json.dumps(message, ensure_ascii=False) for message in result["messages"]]
    for missing in case.get("missing", ()):
        if not any(all(part in message for part in missing.values()) for message in shown):
            yield f"not listed as missing: {missing}"
    if case.get("sheet") and not any(case["sheet"] in message for message in shown):
        yield f"the sheet {case['sheet']!r} is not named"
    new = result.get("new_observations")
    if new is not None and new != case.get("new_observations", new):
        yield f"{new} new observations, must be {case['new_observations']}"


def _of_conditions(case: Expectation, result: Result) -> Iterator[str]:
    told = json.dumps(result, ensure_ascii=False)
    for secret in case.get("report_must_not_contain", ()):
        # of a personal number no grouping may be told
        pattern = r"\D{0,3}".join(secret) if re.fullmatch(r"\d{10}", secret) else re.escape(secret)
        if re.search(pattern, told):
            yield "the result tells what it must not"
    size = len(json.dumps(result["messages"], ensure_ascii=False).encode("utf-8", "surrogatepass"))
    if size > case.get("report_max_bytes", 1_000_000):
        yield f"messages of {size} bytes"
    if result["seconds"] > case.get("max_seconds", 30):
        yield f"{result['seconds']} seconds"
