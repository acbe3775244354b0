"""Which language an article is in (py3langid, after Lui and Baldwin 2012)."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_FEWEST_LETTERS = 60
"""Below this the guess is worth nothing."""
_SURE = 0.9
_SAMPLE = 20_000


def recognise(text: str) -> str:
    """ISO 639-1 code of the language of `text`; `und` where it is too short or mixed to tell."""
    sample = text[:_SAMPLE]
    if sum(letter.isalpha() for letter in sample) < _FEWEST_LETTERS:
        return "und"
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= _SURE else "und"


@functools.cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
