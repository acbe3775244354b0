"""Labelled claims: what a set holds, and what a system is asked about it.

Sets differ in what their labels can tell apart. `Task` says which labels a set knows and what a
verifier's three probabilities mean for them, so that every figure is computed in one way.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from factcheck.verdicts.verifier import Entailment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

Gold = Literal[
    "refuted", "supported", "not_enough_evidence", "conflicting", "unsupported", "not_refuted"
]
"""The four verdicts; `unsupported` and `not_refuted` where a set tells only two things apart."""

_TEXTS = ("id", "claim", "evidence", "label", "group", "type", "part", "unit")
"""The fields of an item that are texts."""
_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One claim with the evidence it is to be judged by, and the right answer."""

    id: str
    """Name within its set."""
    claim: str
    """The claim, one sentence as a rule."""
    evidence: str
    """What it is judged by, and by nothing else."""
    label: Gold
    """The right answer."""
    group: str
    """What intervals are drawn by: items of one group (a passage, a page) are not independent."""
    type: str = ""
    """Kind of item within its set; empty where the set has no kinds."""
    part: str = ""
    """Part of the set, such as a domain; empty where there are none."""
    twin: str | None = None
    """Id of the item of the opposite label that differs in the fewest words."""
    unit: str = ""
    """Items that share it are one claim read against several passages; the one that supports it
    most speaks for all, as the makers of such sets have it. Empty: the item stands alone."""

    def __post_init__(self) -> None:
        """Refuse what cannot be asked about or written down.

        Raises:
            TypeError: a field that is a text holds none.
            ValueError: a text has half of a character, which no file takes.
        """
        for name in _TEXTS:
            text = getattr(self, name)
            if not isinstance(text, str):
                raise TypeError(f"'{name}' is no text")
            if _HALVES.search(text):
                raise ValueError(f"'{name}' holds half of a character (a lone surrogate)")


@dataclass(frozen=True, slots=True)
class Task:
    """What a set's labels can tell apart."""

    name: str
    """Short name, as in metrics.json."""
    labels: tuple[Gold, ...]
    """All labels, refuted first: it is what an editor most needs to be told."""

    @property
    def is_two_way(self) -> bool:
        """Whether there are two labels, so that one score orders all items."""
        return len(self.labels) == 2

    def probabilities(self, found: Sequence[Entailment]) -> Floats:
        """One row a judgement: the probability of each label, in their order, adding up to 1."""
        import numpy as np

        rows = [[e.refuted, e.supported, e.not_enough] for e in found]
        raw = np.array(rows, dtype=np.float64).reshape(len(rows), 3)
        refuted, supported, open_ = raw[:, 0], raw[:, 1], raw[:, 2]
        if self is THREE_WAY:
            columns = [refuted, supported, open_]
        elif self is FOUR_WAY:
            columns = [refuted, supported, np.zeros(len(rows)), open_]
        elif self is GROUNDING:
            columns = [1 - supported, supported]
        elif self is CONTRADICTION:
            columns = [refuted, 1 - refuted]
        else:
            decided = refuted + supported
            share = np.divide(refuted, decided, out=np.full(len(rows), 0.5), where=decided > 0)
            columns = [share, 1 - share]
        return np.stack(columns, axis=1)

    def answers(self, probabilities: Floats) -> Ints:
        """The place of the label that each row of `probabilities` gives: the likeliest.

        Of supported and refuted, a claim of which nothing is said is not refuted: it counts as
        supported, as an editor takes what no one objects to.
        """
        import numpy as np

        if self is VERACITY:
            return np.asarray(probabilities[:, 0] <= probabilities[:, 1], dtype=np.intp)
        return np.asarray(probabilities.argmax(1))


THREE_WAY = Task("three-way", ("refuted", "supported", "not_enough_evidence"))
"""The usual three; the likeliest is chosen."""
FOUR_WAY = Task("four-way", ("refuted", "supported", "conflicting", "not_enough_evidence"))
"""AVeriTeC's four. One reading of all evidence never answers `conflicting`: its recall is 0."""
VERACITY = Task("supported or refuted", ("refuted", "supported"))
"""Every claim is settled by its evidence: P(refuted) against P(supported)."""
GROUNDING = Task("supported or not", ("unsupported", "supported"))
"""Grounding: P(supported) against all else."""
CONTRADICTION = Task("refuted or not", ("refuted", "not_refuted"))
"""Contradiction: P(refuted) against all else."""

TASKS = {task.name: task for task in (THREE_WAY, FOUR_WAY, VERACITY, GROUNDING, CONTRADICTION)}
"""All tasks, by name."""


def task_of(labels: Iterable[Gold]) -> Task:
    """The task that a set with these labels poses."""
    known = set(labels)
    if "unsupported" in known:
        return GROUNDING
    if "not_refuted" in known:
        return CONTRADICTION
    if "conflicting" in known:
        return FOUR_WAY
    return VERACITY if known <= {"supported", "refuted"} else THREE_WAY


def limited(items: Sequence[Item], most: int | None) -> list[Item]:
    """About `most` items in whole groups, the same ones each time; all where `most` is None.

    Groups are taken in the order of a hash of their names, which has nothing to do with the
    order of the file, and the items keep that of the file. Groups that share a unit count as one.
    """
    if most is None or most >= len(items):
        return list(items)
    groups = joined(items)
    sizes = Counter(groups)
    kept: set[str] = set()
    taken = 0
    for group in sorted(sizes, key=lambda name: hashlib.sha256(name.encode()).digest()):
        if taken >= most:
            break
        kept.add(group)
        taken += sizes[group]
    return [item for item, group in zip(items, groups, strict=True) if group in kept]


def joined(items: Sequence[Item]) -> list[str]:
    """The group of each item, groups that a unit reaches across being known by one name."""
    first: dict[str, str] = {}

    def name(group: str) -> str:
        while group in first:
            group = first[group]
        return group

    of_unit: dict[str, str] = {}
    for item in items:
        if item.unit:
            one, other = name(of_unit.setdefault(item.unit, item.group)), name(item.group)
            if one != other:
                first[max(one, other)] = min(one, other)
    return [name(item.group) for item in items]
