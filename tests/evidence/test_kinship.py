"""Documents on the article's own matter are told from those on another of its kind."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from factcheck.evidence.kinship import kin, on_claim
from factcheck.evidence.lexical import LexicalIndex, tokens

ARTICLE = (
    "Dockers at Harbourton walked out on Monday over rosters, and the port closed for a day. "
    "The union said that the Court had refused an order, and that the stevedores would stay out "
    "until the cranes were mended. The company, Vantry Freight, offered a payment of ninety "
    "shillings a week and a new canteen, which the members turned down by a show of hands in the "
    "grain shed. Lorries queued back to the bypass all morning, and a cargo of lemons was lost. "
    "Drivers slept in their cabs beside the railway, where volunteers brought soup, bread and tea. "
    "A baker gave away what he could not sell; a choir sang carols, although summer had hardly "
    "begun. Two boys fished from the quay with string and a bent pin. Nobody knew how long it "
    "would last, least of all the harbour master, who had retired in spring and come back to help, "
    "nor the sailors, some of whom had never seen so quiet an evening on that windy coast. "
    "Tugs lay idle; gulls walked along empty pontoons looking for scraps; a ferry turned back with "
    "forty pensioners who wanted their luggage, their money and somebody to shout at."
)
OWN = "Vantry Freight wrote to its staff at Harbourton that the offer stood until Friday."
NAMELESS = "The canteen is to have a new stove. Lemons are to be kept from the grain shed."
STRIKE = "The strike of the nurses began on Monday. A court had ordered the union to wait."
ALL = {"own": [OWN], "nameless": [NAMELESS], "strike": [STRIKE]}
SHARED = 3


def _no_word(words: Collection[str]) -> frozenset[str]:
    return frozenset()


def _uncommon(words: Collection[str]) -> frozenset[str]:
    return frozenset({"canteen", "lemon", "grain", "shed"}.intersection(words))


def test_names_in_common_make_kin() -> None:
    assert kin(ARTICLE, ALL, _no_word, SHARED) == {"own"}


def test_rare_words_in_common_make_kin_of_a_document_without_names() -> None:
    assert kin(ARTICLE, ALL, _uncommon, SHARED) == {"own", "nameless"}


def test_names_and_rare_words_count_together() -> None:
    mixed = {"mixed": ["Vantry sold a lemon from a shed."]}
    assert kin(ARTICLE, mixed, _uncommon, SHARED) == {"mixed"}
    assert kin(ARTICLE, mixed, _no_word, SHARED) == set()


def test_a_few_words_may_be_chance() -> None:
    assert kin(ARTICLE, {"few": ["A lemon fell from the shed."]}, _uncommon, SHARED) == set()


@pytest.mark.parametrize(
    "text",
    [
        "They met on Monday.",  # a day is no name
        "Lorries were stopped elsewhere.",  # nor is what only begins a sentence
        "In the end the court sat.",  # nor what is written small as well
    ],
)
def test_not_every_capital_is_a_name(text: str) -> None:
    assert kin(ARTICLE, {"other": [text]}, _no_word, 1) == set()


def test_a_name_counts_wherever_the_document_has_it() -> None:
    assert kin(ARTICLE, {"head": ["Harbourton is quiet."]}, _no_word, 1) == {"head"}


def test_all_passages_of_a_document_count_together() -> None:
    passages = ["A canteen was built.", "The lemon cargo rotted.", "The grain was wet."]
    assert kin(ARTICLE, {"three": passages}, _uncommon, SHARED) == {"three"}
    assert kin(ARTICLE, {"two": passages[:2]}, _uncommon, SHARED) == set()


def test_a_brief_article_has_too_few_words_to_tell() -> None:
    assert kin("The dam has burst.", ALL, _no_word, SHARED) == set(ALL)


def test_every_document_is_kin_where_nothing_need_be_shared() -> None:
    assert kin(ARTICLE, ALL, _no_word, 0) == set(ALL)


def test_names_of_other_scripts_are_names() -> None:
    article = ARTICLE + " Es kam auch Öğretmen aus Çorlu."
    assert kin(article, {"name": ["In Çorlu war es still."]}, _no_word, 1) == {"name"}


def test_a_word_is_rare_that_few_texts_of_many_hold() -> None:
    texts = [f"The minister spoke of item{number}." for number in range(200)] + ["lemon"] * 4
    index = LexicalIndex(texts)
    assert index.rare(tokens("minister lemon item7 unknown")) == {"lemon", "item7", "unknown"}


def test_in_a_small_store_three_texts_may_hold_a_rare_word() -> None:
    index = LexicalIndex(["lemon", "lemon tree", "lemon cake", "cake", "cake", "cake"])
    assert index.rare(["lemon", "cake", "tree"]) == {"lemon", "tree"}


STUDY = "Anna Lindqvist led a study of 640 adults at Lund University."


@pytest.mark.parametrize(
    "passage",
    [
        "Researchers at Lund University found little. The study, led by Anna Lindqvist, had 640.",
        "The study was paid for by others, Anna Lindqvist said.",
    ],
)
def test_a_passage_that_names_the_same_is_on_the_claim(passage: str) -> None:
    assert on_claim(STUDY, passage, frozenset)


@pytest.mark.parametrize(
    "passage",
    [
        "A study of adults led to little; the University paid.",
        "Anna Berg and Olle Lindqvist met in Lund.",
        "Anna Lindqvist was there.",
    ],
)
def test_common_words_or_a_bare_name_are_not_enough(passage: str) -> None:
    assert not on_claim(STUDY, passage, frozenset)


def test_words_that_many_passages_have_are_not_enough() -> None:
    said = "Researchers at Lund University said that Anna Lindqvist led the study of 640."
    assert not on_claim(STUDY, said, _no_word)
