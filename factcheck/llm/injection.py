"""Text that talks to a language model instead of to a reader.

Delimiting keeps such text from being an instruction; this is the second line: a sentence or
passage that is plainly addressed to a model is not shown beside other claims at all, and the report
says where it stands. No list of patterns is complete, and nothing rests on this one being so.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

_NOUN = r"(?:instruction|prompt|rule|guideline|direction|message)s?\b"
_ORDER = (
    r"\b(?:ignore|disregard|forget|override|skip)\b[^.!?]{0,80}?\b(?:"
    r"(?:your|previous|prior|above|earlier|preceding|system)\b[^.!?]{0,40}?\b"
    + _NOUN
    + "|"
    + _NOUN
    + r"\W+(?:above|before|you)\b)"
)
_ANSWER = (
    r"\b(?:answer|respond|reply|output|return|mark|label|rate|judge|classify)\b[^.!?]{0,40}?"
    r"\b(?:only|exactly|with|as|every claim|all claims|the claim|everything)\b[^.!?]{0,30}?"
    r"\b(?:(?:supported|refuted|conflicting)\b(?! by)|not_enough_evidence|json)\b"
)
_ROLE = (
    r"(?:^|[\n\r>\]|])[^\S\n\r]*(?:#+[^\S\n\r]*)?"
    r"(?:system|assistant|user|developer|human|ai)\s*(?::|\|)"
)
_TOKEN = (
    r"<\s*(?:\|\s*)?(?:/\s*)?(?:im_start|im_end|system|assistant|user|endoftext|start_of_turn|"
    r"end_of_turn|eot_id|start_header_id|end_header_id|bos|eos|s)\b[^>]{0,20}>|\[/?(?:INST|SYS|SYSTEM_PROMPT)\]"
)
_BLOCK = (
    r"</?\s*(?:article|passages?|sentences?|claim|context|evidence|data|instructions?)\b"
    r"[^>]{0,40}>"
)
_FORM = r"[\"']?(?:verdict|could_both_be_true|bears|claims|pairs|restated)[\"']\s*:\s*[\"'\[{tf\d]"
_PERSONA = (
    r"\byou are now (?:\w+ ){0,4}(?:ai|model|assistant|chatbot|llm)\b|"
    r"\byou are an? (?:\w+ ){0,3}(?:ai|llm|language model|chatbot|fact.?checker)\b|"
    r"\b(?:dear|attention,?|note (?:to|for)) (?:an? |the |any |all )?"
    r"(?:ais?|llms?|language models?|automated (?:fact.?)?checkers?|assistants?)\b"
)
_NEW_ORDERS = (
    r"\b(?:new|updated) (?:system )?(?:instructions?|prompt)\s*:|\bsystem prompt\b|"
    r"\b(?:reveal|repeat|print|show|leak) (?:me )?"
    r"(?:your (?:prompt|instructions?|key)|the (?:key you|api key))|"
    r"\b(?:developer|debug|jailbreak|dan) mode (?:is |has been )?(?:on|enabled|activated)\b|"
    r"\bend of (?:article|document|data|input)\b[.:\s]*(?:begin|now|new|start)\b"
)
_ADDRESSED = re.compile(
    "|".join((_ORDER, _ANSWER, _ROLE, _TOKEN, _BLOCK, _FORM, _PERSONA, _NEW_ORDERS)),
    re.IGNORECASE,
)
_HIDDEN = frozenset({"Cf", "Co", "Cn"})
_TYPOGRAPHY = frozenset("\u00ad\u200c\u200d\u200e\u200f")
"""Soft hyphens, joiners (of emoji and of scripts) and marks of direction, one at a time."""
_MANY_HIDDEN = 3
"""Invisible characters from which a text hides something; of typography only so many in a row."""


def addresses_model(text: str) -> bool:
    """Whether the text is plainly meant for a language model that reads it."""
    if _hides(text):
        return True
    seen = "".join(char for char in text if unicodedata.category(char) not in _HIDDEN)
    return _ADDRESSED.search(unicodedata.normalize("NFKC", seen)) is not None


def _hides(text: str) -> bool:
    hidden = [unicodedata.category(char) in _HIDDEN for char in text]
    loud = sum(one and char not in _TYPOGRAPHY for one, char in zip(hidden, text, strict=True))
    longest = max((len(list(run)) for one, run in groupby(hidden) if one), default=0)
    return max(loud, longest) >= _MANY_HIDDEN
