"""What the training reads, in which order: token streams mixed by their share of the time.

Every stream is an endless run of shuffled epochs, cut into batches of one length so that
little is spent on padding. The next batch always comes from the stream that is furthest
behind its share of the tokens, so the order follows from the seed alone and a resumed run
continues it exactly.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tokenizers import Tokenizer

from eval.verifier.data import (
    ALLOWED,
    LONG_PARTS,
    NATURAL,
    NEVER_TRAINED,
    REFERENCED,
    WAVES,
    Item,
    natural_items,
    own_items,
    public_items,
    referenced_items,
    split_of,
    without_leaks,
)
from eval.verifier.planted import PLANTED, marked_articles, planted_items
from eval.verifier.switched import SWITCHED, switched_items, switched_texts

SHARES = {
    "broad": {
        "own": 0.140,
        "own-second": 0.040,
        "own-third": 0.060,
        "own-fourth": 0.025,
        "own-fifth": 0.015,
        "own-sixth": 0.030,
        "own-articles": 0.040,
        "own-long": 0.03,
        "mnli": 0.28,
        "snli": 0.08,
        "wikipedia": 0.10,
        "negation": 0.03,
        "breaking": 0.01,
        "hans": 0.05,
        "conjunction": 0.02,
        "sentences": 0.04,
        "natural": 0.01,
    },
    "hard": {
        "own": 0.12,
        "own-second": 0.10,
        "own-third": 0.12,
        "own-fourth": 0.10,
        "own-fifth": 0.08,
        "own-sixth": 0.12,
        "own-articles": 0.05,
        "own-long": 0.03,
        "natural": 0.01,
        "mnli": 0.14,
        "snli": 0.02,
        "wikipedia": 0.03,
        "negation": 0.02,
        "breaking": 0.01,
        "hans": 0.02,
        "conjunction": 0.01,
        "sentences": 0.02,
    },
    "newest": {
        "own": 0.07,
        "own-second": 0.05,
        "own-third": 0.06,
        "own-fourth": 0.05,
        "own-fifth": 0.09,
        "own-sixth": 0.48,
        "own-articles": 0.02,
        "own-long": 0.02,
        "natural": 0.01,
        "mnli": 0.07,
        "snli": 0.01,
        "wikipedia": 0.02,
        "negation": 0.01,
        "breaking": 0.01,
        "hans": 0.01,
        "conjunction": 0.01,
        "sentences": 0.01,
    },
    "references": {
        "own": 0.08,
        "own-second": 0.05,
        "own-third": 0.06,
        "own-fourth": 0.05,
        "own-fifth": 0.08,
        "own-sixth": 0.26,
        "own-articles": 0.02,
        "own-long": 0.02,
        "own-referenced": 0.22,
        "natural": 0.01,
        "mnli": 0.07,
        "snli": 0.01,
        "wikipedia": 0.02,
        "negation": 0.01,
        "breaking": 0.01,
        "hans": 0.01,
        "conjunction": 0.01,
        "sentences": 0.01,
    },
}
"""Mixes by name: part of the training tokens, and so about of the time, of each stream."""
SHARES["switched"] = {
    **{name: 0.15 * share for name, share in SHARES["newest"].items()},
    "own-articles": 0.10,
    "own-switched": 0.75,
}

OWN_STREAMS = {**{f"own-{wave}": parts for wave, parts in WAVES.items()}, "own-long": LONG_PARTS}
"""Streams of our items with their parts; `own` has the rest."""

STREAM_OF = {
    "mnli_dev": "mnli",
    "snli_dev": "snli",
    "snli_test_as_train": "snli",
    "sufficient_originals": "wikipedia",
    "negation_mnli": "negation",
    "negation_snli": "negation",
    "negation_rte": "negation",
    "breaking_nli": "breaking",
    "hans_train_sample": "hans",
    "conjnli_dev": "conjunction",
    "chatprotect": "sentences",
}


_AS_THEY_ARE = frozenset({PLANTED, REFERENCED, SWITCHED})
"""Streams of whole articles, whose labels are not balanced, for most of an article is right; and of
texts read in all ways, whose labels are balanced as they are."""

SIDES = {"SUPPORTED": "for", "NOT_REFUTED": "for", "REFUTED": "against"}
"""Labels that are balanced against each other."""


@dataclass(frozen=True)
class Example:
    """An item as token ids."""

    item: Item
    ids: list[int]
    weight: float = 1.0
    """What its label counts for in the loss."""

    @property
    def allowed(self) -> tuple[int, ...]:
        """Outputs that count as right."""
        return ALLOWED[self.item.label]


@dataclass
class Stream:
    """Units (an example, or two twins) and how far they have been read."""

    units: list[list[Example]]
    share: float
    seed: str
    tokens_per_batch: int
    pairs_per_batch: int
    epoch: int = 0
    at: int = 0
    tokens: int = 0
    _batches: list[list[Example]] = field(default_factory=list)

    def next(self) -> list[Example]:
        """The next batch; starts a new epoch at the end of one."""
        if not self._batches:
            self._batches = self._cut()
        if self.at >= len(self._batches):
            self.epoch, self.at = self.epoch + 1, 0
            self._batches = self._cut()
        batch = self._batches[self.at]
        self.at += 1
        self.tokens += sum(len(e.ids) for e in batch)
        return batch

    def _cut(self) -> list[list[Example]]:
        order = random.Random(f"{self.seed}:{self.epoch}")
        units = self.units[:]
        order.shuffle(units)
        batches: list[list[Example]] = []
        for start in range(0, len(units), 800):
            pool = sorted(units[start : start + 800], key=lambda u: max(len(e.ids) for e in u))
            batches += self._fill(pool)
        order.shuffle(batches)
        return batches

    def _fill(self, pool: list[list[Example]]) -> list[list[Example]]:
        batches: list[list[Example]] = [[]]
        for unit in pool:
            count = len(batches[-1]) + len(unit)
            longest = max(len(e.ids) for e in unit)
            if batches[-1] and (
                count * longest > self.tokens_per_batch or count > self.pairs_per_batch
            ):
                batches.append([])
            batches[-1] += unit
        return batches


class Mix:
    """The streams together; `state` and `restore` make a run resumable."""

    def __init__(self, streams: dict[str, Stream]) -> None:
        self.streams = streams

    def next(self) -> tuple[str, list[Example]]:
        """The batch of the stream furthest behind its share."""
        name = min(self.streams, key=lambda n: (self.streams[n].tokens + 1) / self.streams[n].share)
        return name, self.streams[name].next()

    def use(self, shares: dict[str, float]) -> None:
        """Go on with other shares, as if they had held from the start."""
        total = sum(s.tokens for s in self.streams.values())
        for name, stream in self.streams.items():
            stream.share = shares[name]
            stream.tokens = round(total * stream.share)

    def shares(self) -> dict[str, float]:
        """The part of the tokens that each stream is to have."""
        return {name: stream.share for name, stream in self.streams.items()}

    def state(self) -> dict[str, list[int]]:
        """Epoch, position and tokens read of each stream."""
        return {name: [s.epoch, s.at, s.tokens] for name, s in self.streams.items()}

    def restore(self, state: dict[str, list[int]]) -> None:
        """Go on from `state`."""
        for name, values in state.items():
            stream = self.streams[name]
            stream.epoch, stream.at, stream.tokens = values
            stream._batches = stream._cut()


def encode(tokenizer: Tokenizer, items: Sequence[Item]) -> list[Example]:
    """`<s> claim </s></s> evidence </s>` as ids, in the order of the items."""
    encodings = tokenizer.encode_batch([(i.claim, i.evidence) for i in items])
    return [Example(i, e.ids) for i, e in zip(items, encodings, strict=True)]


def load_tokenizer(path: Path) -> Tokenizer:
    """The base model's tokenizer without its own truncation and padding."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def training_items(public: Path) -> list[Item]:
    """Everything that may be trained on: no reported item, and none that shares its text."""
    everything = own_items()
    for name in [*STREAM_OF, *NEVER_TRAINED]:
        everything += public_items(public, name)
    reported = [i for i in everything if split_of(i) != "train" and i.source != "hans_train_sample"]
    train = [i for i in everything if split_of(i) == "train"]
    articles = [i for i in planted_items(marked_articles()) if split_of(i) == "train"]
    articles += [i for i in referenced_items() if split_of(i) == "train"]
    articles += [i for i in switched_items(switched_texts()) if split_of(i) == "train"]
    return without_leaks(train + natural_items(train) + articles, reported)


def training_mix(
    items: Sequence[Item],
    tokenizer: Tokenizer,
    shares: dict[str, float],
    seed: int,
    tokens: int,
    pairs: int,
    longest: int,
) -> Mix:
    """The streams over `items` that have a share; examples of more tokens than `longest` go."""
    by_stream: dict[str, list[Example]] = {name: [] for name in shares}
    for example in encode(tokenizer, items):
        stream = _stream_of(example.item)
        if len(example.ids) <= longest and stream in by_stream:
            by_stream[stream].append(example)
    by_stream["breaking"] = evened(by_stream["breaking"], seed)
    return Mix(
        {
            name: Stream(
                twinned(examples if name in _AS_THEY_ARE else weighed(examples)),
                shares[name],
                f"{seed}:{name}",
                tokens,
                pairs,
            )
            for name, examples in by_stream.items()
        }
    )


def _stream_of(item: Item) -> str:
    if item.source == NATURAL:
        return "natural"
    if item.source in _AS_THEY_ARE:
        return item.source
    if item.source.startswith("own-"):
        part = item.source.removeprefix("own-")
        return next((name for name, parts in OWN_STREAMS.items() if part in parts), "own")
    return STREAM_OF[item.source]


def evened(examples: list[Example], seed: int) -> list[Example]:
    """Refuted ones cut down to the number of all others, evenly over the categories."""
    order = random.Random(f"{seed}:even")
    others = [e for e in examples if e.item.label != "REFUTED"]
    by_kind: dict[str, list[Example]] = {}
    for example in order.sample(examples, len(examples)):
        if example.item.label == "REFUTED":
            by_kind.setdefault(example.item.kind, []).append(example)
    kept: list[Example] = []
    while len(kept) < len(others) and any(by_kind.values()):
        kept += [pool.pop() for pool in by_kind.values() if pool]
    return others + kept


def weighed(examples: Sequence[Example]) -> list[Example]:
    """Refuted items weigh as much together as supported (or not refuted) ones of their stream.

    Else the network learns from sets with more refutations to prefer them on strange texts. No item
    weighs more than twice, so that a few cannot outweigh the rest of a stream. Sentences of
    articles are not weighed: balanced, half of all of them came out as refuted.
    """
    sides = Counter(SIDES.get(e.item.label) for e in examples)
    both = (sides["for"] + sides["against"]) / 2
    weights = {side: min(2.0, both / sides[side]) for side in ("for", "against") if sides[side]}
    return [replace(e, weight=weights.get(SIDES.get(e.item.label, ""), 1.0)) for e in examples]


def twinned(examples: list[Example]) -> list[list[Example]]:
    """Mutual twins together, every other example alone."""
    by_id = {e.item.id: e for e in examples}
    units: list[list[Example]] = []
    for example in examples:
        twin = by_id.get(example.item.twin or "")
        if twin is None or twin.item.twin != example.item.id:
            units.append([example])
        elif example.item.id < twin.item.id:
            units.append([example, twin])
    return units
