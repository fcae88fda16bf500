"""Writes the generated cases: python -m tests.corpus.generated FOLDER."""

import sys
from collections import Counter
from pathlib import Path

from tests.corpus.generated.build import all_cases, build

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(build(Path(sys.argv[1])), "cases")
    for category, number in Counter(case.category for case in all_cases()).items():
        print(f"{number:5d} {category}")
