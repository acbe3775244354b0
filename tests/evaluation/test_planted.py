"""Short articles with marked errors become pairs of a sentence and the rest of its article."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.verifier.data import split_of
from eval.verifier.planted import marked_articles, planted_items

ARTICLE = """=== 007
Council {{rejects||approves||headline}} new bridge

KELD - The council approved the bridge on Monday by nine votes to four. Its leader, Ada Holm,
said the {{defeat||victory||negation}} was {{our||their||attribution}} best day.

Work begins in May. Ms Holm thanked the engineers.
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_error_gives_a_wrong_sentence_and_its_twin_put_right(tmp_path: Path) -> None:
    written(tmp_path, ARTICLE)
    items = {item.id: item for item in planted_items(marked_articles(tmp_path))}
    wrong = [item for item in items.values() if item.label == "REFUTED"]
    assert [(item.kind, item.claim) for item in wrong] == [
        ("headline", "Council rejects new bridge"),
        ("negation", "Its leader, Ada Holm,\nsaid the defeat was their best day."),
        ("attribution", "Its leader, Ada Holm,\nsaid the victory was our best day."),
    ]
    for item in wrong:
        twin = items[item.twin or ""]
        assert (twin.label, twin.twin, twin.evidence) == ("NOT_REFUTED", item.id, item.evidence)
        assert "{{" not in item.evidence + item.claim + twin.claim
        assert item.claim not in item.evidence
        assert twin.claim not in item.evidence


def test_the_rest_of_the_article_is_corrected_throughout(tmp_path: Path) -> None:
    written(tmp_path, ARTICLE)
    for item in planted_items(marked_articles(tmp_path)):
        assert not {"rejects", "defeat", "our"} & set(item.evidence.split())


def test_the_errors_are_marked_in_the_flawed_article(tmp_path: Path) -> None:
    written(tmp_path, ARTICLE)
    (twins,) = marked_articles(tmp_path)
    assert twins.id == "art-007"
    assert [(p.quote, p.fix) for p in twins.planted] == [
        ("rejects", "approves"),
        ("defeat", "victory"),
        ("our", "their"),
    ]
    for planted in twins.planted:
        assert planted.span.of(twins.flawed) == planted.quote
    assert "victory was their best day" in twins.clean


def test_sentences_without_an_error_are_not_refuted(tmp_path: Path) -> None:
    written(tmp_path, ARTICLE)
    plain = [item for item in planted_items(marked_articles(tmp_path)) if not item.kind]
    assert [(item.label, item.claim) for item in plain] == [
        ("NOT_REFUTED", "The council approved the bridge on Monday by nine votes to four."),
        ("NOT_REFUTED", "Work begins in May."),
        ("NOT_REFUTED", "Ms Holm thanked the engineers."),
    ]


def test_a_mark_without_three_parts_is_an_error(tmp_path: Path) -> None:
    written(tmp_path, "=== 001\nCouncil {{rejects||approves}} bridge\n\nIt approved it.\n")
    with pytest.raises(ValueError, match="article 001"):
        marked_articles(tmp_path)


def test_the_articles_of_the_repository_are_in_form_and_split_whole() -> None:
    items = planted_items(marked_articles())
    sides: dict[str, set[str]] = {}
    for item in items:
        sides.setdefault(item.passage, set()).add(split_of(item))
    assert all(len(found) == 1 for found in sides.values())
    assert {"test", "train"} <= {side for found in sides.values() for side in found}
    assert len({item.id for item in items}) == len(items)
