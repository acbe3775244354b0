"""The gate: a small fixed measurement that fails when quality falls: `python -m eval.gate`.

`--raise` writes higher floors where the measured figures are higher, whatever else has fallen;
floors are never lowered by the program. Takes about a minute on two cores.
"""

from __future__ import annotations

import argparse
import sys
import time

from eval.gate.floors import FLOORS, judged, raised, read, table, write
from eval.gate.measuring import measured


def main() -> int:
    """Measure, compare with the floors, say so; 1 where a figure has fallen."""
    parser = argparse.ArgumentParser(prog="python -m eval.gate", description=__doc__)
    parser.add_argument("--raise", dest="raises", action="store_true", help="raise the floors")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    began = time.perf_counter()
    floors = read(FLOORS)
    figures = measured(args.jobs)
    rows = judged(figures, floors)
    print(table(rows))
    print(f"{time.perf_counter() - began:.0f} seconds")
    if args.raises:
        write(FLOORS, raised(figures, floors))
        print(f"Floors written to {FLOORS}")
    if any(row.fails for row in rows):
        print(
            "Quality has fallen by more than noise. See what changed with: factcheck compare OLD "
            f"NEW. If the loss is meant, lower the floor in {FLOORS} and say why in the commit.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
