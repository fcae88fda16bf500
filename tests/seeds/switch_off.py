"""Shows that each feature's test can fail: `python -m tests.seeds.switch_off [FEATURE …]`; exit 1 if one does not."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

from tests.seeds.seed import SEEDS

_FOLDER = Path(__file__).parent


def _ended(*arguments: str) -> dict[str, int]:
    """Run pytest in a process of its own, so that nothing kept from another run helps; return its counts by word."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=_FOLDER.parents[1], capture_output=True, text=True, check=False)
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""
    return {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|errors?)", last)}


def main(features: list[str]) -> int:
    """Run each test as it is and with its function switched off; return 1 if one does not tell the difference."""
    for path in sorted(_FOLDER.glob("test_*.py")):
        importlib.import_module(f"tests.seeds.{path.stem}")
    wrong = 0
    for feature, one in SEEDS.items():
        if one.waits_for or (features and feature not in features):
            continue
        standing, off = _ended(one.test), _ended(one.test, "--switch-off", feature)
        tells = standing == {"passed": 1} and off == {"failed": 1}
        wrong += not tells
        print(
            f"{'fails without it' if tells else f'DOES NOT TELL {standing} {off}'}  {feature}: {one.behind}", flush=True
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
