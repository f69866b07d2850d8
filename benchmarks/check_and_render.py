"""Files with slips: does check say of each what render says?

python -m benchmarks.check_and_render [how many] [first seed]
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.office.agreeing import Pair, samples_in


def main(many: int = 1000, first: int = 0) -> None:
    """List the files of which the two say different things, and count what was said."""
    kinds: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        samples = samples_in(Path(folder))
        for seed in range(first, first + many):
            pair = Pair(samples[seed % len(samples)], seed)
            refused = any(one.is_error for one in pair.checked)
            kinds["with errors" if refused else "without errors"] += 1
            for line in pair.differences():
                kinds[line.split(" ")[0]] += 1
                print(f"{seed} {pair.sample.name}: {pair.slip}\n    {line}", flush=True)
    print(dict(kinds))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
