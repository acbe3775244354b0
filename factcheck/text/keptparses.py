"""Parses of reference passages, kept between runs.

An article's references are read again with the next article on the matter, and a parse is read
from a file many times sooner than it is made (docs/decisions.md has the figures).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from factcheck.keeping import Kept, key_of

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Passage: TypeAlias = tuple[str, ...]
"""The sentences of a passage, as the parser is shown them."""

_MOST = 20_000
"""Passages; some 2 KB each."""
_ATTRIBUTES = (
    *("ORTH", "LEMMA", "NORM", "TAG", "POS", "MORPH", "HEAD", "DEP"),
    *("ENT_IOB", "ENT_TYPE", "SENT_START"),
)


class KeptParses:
    """Parses by the sentences of a passage and by what made them."""

    def __init__(self, path: Path, maker: str) -> None:
        """Keep parses in a file.

        Args:
            path: the file.
            maker: digest of the weights; with spaCy's version it tells parses apart.
        """
        from importlib import metadata

        self._kept = Kept(path, "parses", _MOST)
        self._maker = f"{maker} {metadata.version('spacy')}"

    def read(self, passages: Iterable[Passage], vocab: Vocab) -> dict[Passage, list[Doc]]:
        """The parses of those passages that are kept, a `Doc` for each sentence."""
        keys = {self._key(passage): passage for passage in passages}
        read = {keys[key]: _docs(value, vocab) for key, value in self._kept.read(keys).items()}
        return {
            passage: docs for passage, docs in read.items() if [d.text for d in docs] == [*passage]
        }

    def write(self, passages: Mapping[Passage, Sequence[Doc]]) -> None:
        """Keep the parses of these passages as well."""
        self._kept.write({self._key(passage): _data(docs) for passage, docs in passages.items()})

    def _key(self, passage: Passage) -> bytes:
        return key_of(self._maker, *passage)


def _data(docs: Sequence[Doc]) -> bytes:
    from spacy.tokens import DocBin

    data: bytes = DocBin(attrs=_ATTRIBUTES, docs=docs).to_bytes()
    return data


def _docs(data: bytes, vocab: Vocab) -> list[Doc]:
    """The parses in `data`; none where it is damaged."""
    from spacy.tokens import DocBin

    try:
        return [*DocBin().from_bytes(data).get_docs(vocab)]
    except Exception:  # whatever damaged data leads to there, the passage can be parsed
        return []
