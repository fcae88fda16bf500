"""Reads what a path draws: the places that it goes through, in pixels of its drawing."""

import re
from xml.etree.ElementTree import Element

_COMMAND = re.compile(r"([MmLlHhVvZz])([^MmLlHhVvZz]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


def runs_of(path: Element) -> list[list[tuple[float, float]]]:
    """The places of each stroke of a path, after its own transform."""
    across, down, left, top = 1.0, 1.0, 0.0, 0.0
    if "transform" in path.attrib:
        across, _, _, down, left, top = (float(number) for number in _NUMBER.findall(path.attrib["transform"]))
    return [[(left + across * x, top + down * y) for x, y in run] for run in _runs(path.attrib["d"])]


def _runs(text: str) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for command, arguments in _COMMAND.findall(text):
        numbers = [float(number) for number in _NUMBER.findall(arguments)]
        if command in "Zz":
            x, y = runs[-1][0]
        elif command in "HhVv":
            for number in numbers:
                if command in "Hh":
                    x = number + (x if command == "h" else 0)
                else:
                    y = number + (y if command == "v" else 0)
                runs[-1].append((x, y))
        else:
            for place, (first, second) in enumerate(zip(numbers[::2], numbers[1::2], strict=True)):
                x, y = (first + x, second + y) if command.islower() else (first, second)
                if command in "Mm" and place == 0:
                    runs.append([])
                runs[-1].append((x, y))
    return runs
