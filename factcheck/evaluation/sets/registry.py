"""Which sets can be measured on, where they are published, on what terms, and how they are read.

None is redistributed here save our own: a set is read from where its user has put it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.errors import CorpusError, UsageProblem
from factcheck.evaluation.items import Item, task_of
from factcheck.evaluation.sets import entailment, own, research, summaries, wikipedia

Loader = Callable[[Path, str], Iterator[Item]]
_OWN_PLACE = Path("eval/claims")
_WHOLE = "all"
"""The split of sets that have none."""


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A set of labelled claims in a published form."""

    name: str
    """By which `--set` asks for it."""
    title: str
    """What it is, with its paper."""
    published: str
    """Where its makers publish it."""
    licence: str
    """On what terms."""
    labels: str
    """Its own labels and what they become."""
    load: Loader
    """Reads it from a path; the second argument is the split. Its docstring gives the form."""
    split: str = "dev"
    """The split that is read unless another is asked for."""

    @property
    def form(self) -> str:
        """The files it is read from, in one line."""
        return (self.load.__doc__ or "").splitlines()[0]


def load_set(name: str, path: Path | None, split: str | None = None) -> list[Item]:
    """The items of a set.

    Args:
        name: one of `SETS`.
        path: its file or folder; None for our own, in the working folder.
        split: which split; None for the set's usual one.

    Raises:
        UsageProblem: there is no set of that name, a public one has no path, or a split is asked
            for of a set without any.
        CorpusError: the path does not hold the set in its published form, or no item of the split,
            or items that cannot be told apart or judged together.
    """
    known = SETS.get(name)
    if known is None:
        raise UsageProblem(f"there is no set '{name}'", hint=f"one of: {', '.join(SETS)}")
    place = path or (_OWN_PLACE if name == "own" else None)
    if place is None:
        raise UsageProblem(
            f"the set '{name}' is not part of factcheck; it is published at {known.published}",
            hint=f"factcheck eval claims --set {name} --path FOLDER, with its files in FOLDER",
        )
    if not os.path.exists(place):  # which takes a name that is too long for none, unlike Path's
        raise CorpusError(
            f"there is no {place}", hint=f"factcheck eval claims --set {name} --path FOLDER"
        )
    wanted = split or known.split
    if known.split == _WHOLE != wanted:
        raise UsageProblem(
            f"the set '{name}' has no splits, so '{wanted}' cannot be told from the rest of it",
            hint="leave out --split",
        )
    items = _each_once(list(known.load(place, wanted)), place)
    if not items:
        raise CorpusError(
            f"{place} holds no items of the split '{wanted}'", hint="another --split, or --path"
        )
    _require_one_truth(items, place)
    return items


def _each_once(items: Sequence[Item], place: Path) -> list[Item]:
    """The items without exact repetitions; answers are kept by id, so that ids must differ."""
    known: dict[str, Item] = {}
    for item in items:
        if known.setdefault(item.id, item) != item:
            raise CorpusError(
                f"{place} has two different items with the id '{item.id}'",
                hint="give each item an id of its own",
            )
    return list(known.values())


def _require_one_truth(items: Sequence[Item], place: Path) -> None:
    labels = {item.label for item in items}
    if strange := labels - {*task_of(labels).labels}:
        others = labels - strange
        raise CorpusError(
            f"{place} labels items {_listed(strange)} beside {_listed(others)}, which no one "
            "question can tell apart",
            hint="one file for each kind of label",
        )
    units: dict[str, Item] = {}
    for item in items:
        if item.unit and units.setdefault(item.unit, item).label != item.label:
            raise CorpusError(
                f"{place} gives the rows of the one claim '{item.unit}' several labels",
                hint="one label for all rows that share a 'group'",
            )


def _listed(labels: Iterable[str]) -> str:
    return ", ".join(sorted(label.upper() for label in labels))


_ALL = (
    LabelledSet(
        "own",
        "Claims with passages, written for this project",
        "eval/claims in this repository",
        "Apache-2.0",
        "SUPPORTED, REFUTED and NEI as they are",
        own.own,
        "test",
    ),
    LabelledSet(
        "common",
        "Any set put into the common form",
        "your own files",
        "that of the set",
        "SUPPORTED, REFUTED, NEI, CONFLICTING, UNSUPPORTED, NOT_REFUTED as they are",
        own.common,
        _WHOLE,
    ),
    LabelledSet(
        "fever-symmetric",
        "FEVER Symmetric (Schuster et al. 2019): each claim with evidence for and against",
        "github.com/TalSchuster/FeverSymmetric",
        "CC BY-SA 3.0, as Wikipedia",
        "SUPPORTS supported, REFUTES refuted",
        wikipedia.fever_symmetric,
    ),
    LabelledSet(
        "fool-me-twice",
        "Fool Me Twice (Eisenschlos et al. 2021): claims written to deceive other players",
        "github.com/google-research/fool-me-twice",
        "Apache-2.0, text of Wikipedia CC BY-SA 3.0",
        "SUPPORTS supported, REFUTES refuted",
        wikipedia.fool_me_twice,
    ),
    LabelledSet(
        "healthver",
        "HealthVer (Sarrouti et al. 2021): claims on COVID-19 against research articles",
        "github.com/sarrouti/HealthVer",
        "none stated by its makers",
        "Supports supported, Refutes refuted, Neutral not enough evidence",
        research.healthver,
    ),
    LabelledSet(
        "climate-fever",
        "Climate-FEVER (Diggelmann et al. 2020): claims on climate against Wikipedia sentences",
        "github.com/tdiggelm/climate-fever-dataset",
        "none stated by its makers; text of Wikipedia CC BY-SA 3.0",
        "each sentence's SUPPORTS, REFUTES, NOT_ENOUGH_INFO; the claim's own label is not used",
        research.climate_fever,
        _WHOLE,
    ),
    LabelledSet(
        "scifact",
        "SciFact (Wadden et al. 2020): scientific claims against abstracts",
        "github.com/allenai/scifact",
        "claims CC BY 4.0, abstracts ODC-By 1.0",
        "SUPPORT supported, CONTRADICT refuted, a cited abstract without either not enough",
        research.scifact,
    ),
    LabelledSet(
        "averitec",
        "AVeriTeC (Schlichtkrull et al. 2023): fact-checked claims with questions and answers",
        "github.com/MichSchli/AVeriTeC",
        "CC BY-NC 4.0",
        "its four labels as they are; Conflicting Evidence/Cherrypicking is conflicting",
        research.averitec,
    ),
    LabelledSet(
        "wice",
        "WiCE (Kamoi et al. 2023): sentences of Wikipedia against the pages they cite",
        "github.com/ryokamoi/wice",
        "annotations ODC-By 1.0, text of Wikipedia CC BY-SA 4.0",
        "supported as it is, partially_supported and not_supported unsupported",
        wikipedia.wice,
    ),
    LabelledSet(
        "summedits",
        "SummEdits (Laban et al. 2023): summaries with small edits, ten domains",
        "github.com/salesforce/factualNLG",
        "Apache-2.0",
        "1 supported, 0 unsupported",
        summaries.summedits,
        _WHOLE,
    ),
    LabelledSet(
        "hans",
        "HANS (McCoy et al. 2019): pairs that mislead whoever goes by shared words",
        "github.com/tommccoy1/hans",
        "MIT",
        "entailment supported, non-entailment unsupported",
        entailment.hans,
        _WHOLE,
    ),
    LabelledSet(
        "anli",
        "ANLI (Nie et al. 2020): entailment that models of their day got wrong, three rounds",
        "github.com/facebookresearch/anli",
        "CC BY-NC 4.0",
        "e supported, c refuted, n not enough evidence",
        entailment.anli,
    ),
    LabelledSet(
        "faithbench",
        "FaithBench (Bao et al. 2025): summaries of ten models on which detectors disagree",
        "github.com/vectara/FaithBench",
        "CC BY-NC-SA",
        "Unwanted unsupported; nothing, or only Benign, supported; Questionable left out",
        summaries.faithbench,
        _WHOLE,
    ),
    LabelledSet(
        "llm-aggrefact",
        "LLM-AggreFact (Tang et al. 2024): eleven sets of grounding in one",
        "huggingface.co/datasets/lytang/LLM-AggreFact",
        "CC BY-ND 4.0, behind a form",
        "1 supported, 0 unsupported",
        summaries.aggrefact,
    ),
)

SETS: dict[str, LabelledSet] = {one.name: one for one in _ALL}
"""All sets, by name."""
