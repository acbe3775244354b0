"""All figures and plots of docs/evaluation.md anew: `python -m eval.figures`, or `make figures`.

Measures the baselines, the shipped verifier where there is one, and any further model that is
named, on our own claims, on the articles, and on public sets where their folder is given. Runs
that are there already are only read, so an interrupted call goes on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from eval.figures.drawing import draw
from eval.figures.measuring import everything
from eval.figures.writing import blocks, fill, record, splits
from factcheck.evaluation.measuring import How

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m eval.figures", description=__doc__)
    parser.add_argument("--public", type=Path, help="folder of public sets in the common form")
    parser.add_argument("--most", type=int, default=150, help="items of each public set")
    parser.add_argument("--verifier", action="append", default=[], help="a further model")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    found = everything(args.verifier, args.public, args.most, How(jobs=args.jobs))
    draw(found, ROOT / "docs" / "images")
    recorded = ROOT / "eval" / "results.json"
    # The public sets' figures stay, as their table does, where this run has not measured them.
    kept = json.loads(recorded.read_text("utf-8")) | record(found)
    lines = [f"{json.dumps(name)}: {json.dumps(one)}" for name, one in kept.items()]
    recorded.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    pages = {"docs/evaluation.md": blocks(found), "eval/claims/DATA.md": splits()}
    for name, tables in pages.items():
        page = ROOT / name
        page.write_text(fill(page.read_text("utf-8"), tables), encoding="utf-8")


if __name__ == "__main__":
    main()
