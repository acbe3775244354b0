"""Text that talks to a language model instead of to a reader.

Delimiting keeps such text from being an instruction; this is the second line: a sentence or
passage that is plainly addressed to a model is not shown beside other claims at all, and the report
says where it stands. No list of patterns is complete, and nothing rests on this one being so.
"""

from __future__ import annotations

import re
import unicodedata

_ORDER = (
    r"(?:ignore|disregard|forget|override|skip)\W+(?:\w+\W+){0,4}?"
    r"(?:instruction|prompt|rule|guideline|direction|context|message)s?"
)
_ANSWER = (
    r"(?:answer|respond|reply|output|return|say|print|mark|label|rate|judge|classify)\W+(?:\w+\W+){0,6}?"
    r"(?:supported|refuted|true|false|conflicting|not_enough_evidence|verdict|json)"
)
_ROLE = r"(?:^|[\n\r>\]|])\s*#*\s*(?:system|assistant|user|developer|human|ai)\s*(?::|\|)"
_TOKEN = (
    r"<\s*\|?\s*/?\s*(?:im_start|im_end|system|assistant|user|endoftext|start_of_turn|end_of_turn|"
    r"eot_id|start_header_id|end_header_id|bos|eos|s)\b[^>]{0,20}>|\[/?(?:INST|SYS|SYSTEM_PROMPT)\]"
)
_BLOCK = (
    r"</?\s*(?:article|passages?|sentences?|claim|context|evidence|data|instructions?)\b[^>]{0,40}>"
)
_FORM = r"[\"']?(?:verdict|could_both_be_true|bears|claims|pairs|restated)[\"']\s*:\s*[\"'\[{tf\d]"
_PERSONA = (
    r"(?:you are (?:now |an? )?(?:\w+ ){0,3}(?:ai|model|assistant|chatbot|fact.?checker)\b|"
    r"(?:as|dear|attention,?|note to|to) (?:an? |the |any |all )?"
    r"(?:ai|llm|language model|fact.?checking model|automated (?:fact.?)?checker|assistant)s?"
    r"\b[,:])"
)
_NEW_ORDERS = (
    r"(?:new|updated|real|actual|hidden|secret) (?:system )?(?:instructions?|prompt)\b|"
    r"(?:reveal|repeat|print|show|leak) (?:me )?(?:your|the) (?:system )?"
    r"(?:prompt|instructions?|key)|"
    r"(?:developer|debug|jailbreak|dan) mode\b|end of (?:the )?(?:article|data|document|input)\W|"
    r"begin (?:new )?(?:instructions?|system prompt)"
)
_ADDRESSED = re.compile(
    "|".join((_ORDER, _ANSWER, _ROLE, _TOKEN, _BLOCK, _FORM, _PERSONA, _NEW_ORDERS)),
    re.IGNORECASE,
)
_HIDDEN = frozenset({"Cf", "Co", "Cn"})
_MANY_HIDDEN = 3
"""A soft hyphen or a joiner is typography; more in one sentence hides something."""


def addresses_model(text: str) -> bool:
    """Whether the text is plainly meant for a language model that reads it."""
    hidden = sum(unicodedata.category(char) in _HIDDEN for char in text)
    if hidden >= _MANY_HIDDEN:
        return True
    seen = "".join(char for char in text if unicodedata.category(char) not in _HIDDEN)
    return _ADDRESSED.search(unicodedata.normalize("NFKC", seen)) is not None
