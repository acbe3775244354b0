"""What is evidence at all: passages that bear on the article, or on the claim."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from factcheck.articles import parse_article
from factcheck.evidence import Document, HashingEmbedder, Retriever, Store, load_embedder
from factcheck.evidence.relevance import EVERYTHING, Floors, Relevance, floors_for
from factcheck.records import Article, Claim, content_id

COUNCIL = parse_article(
    "Council leader refuses to go\n\n"
    "Aino Saarik would not resign on Tuesday. The leader of Port Ellery council had been asked to "
    "by three members after the harbour wall cost twice what was planned.\n\n"
    "Builders found rotten piles under the quay in March, and the council had to borrow. A second "
    "vote is due in May. Opposition members say that the leader knew of the piles. The contract "
    "for the wall was given out without a tender.\n\n"
    "Goats graze on the hills above."
)
WALL = Document("wall", "The harbour wall of Port Ellery cost its council 4 million.", "Wall")
YELTSIN = Document(
    "yeltsin", "He resigned on 31 December 1999. Putin won the election of March 2000.", "Yeltsin"
)
GOATS = Document(
    "goats", "They were tamed about ten thousand years ago in what is now Iran.", "Goats"
)


def claims_of(article: Article) -> list[Claim]:
    return [
        Claim(content_id("claim", s.text), s.index, s.span, s.text, "fact", None)
        for s in article.prose
    ]


def sources(retriever: Retriever, article: Article | None) -> dict[str, set[str]]:
    claims = claims_of(COUNCIL)
    found = retriever.references(claims, article=article)
    return {c.text: {e.quotation.source_id for e in found[c.id]} for c in claims}


@pytest.fixture
def shipped(tmp_path: Path) -> Iterator[Retriever]:
    embedder = load_embedder()
    with Store.open(tmp_path / "s", embedder, create=True) as store:
        store.sync([WALL, YELTSIN, GOATS])
        yield Retriever(store, embedder)


@pytest.mark.slow
def test_another_mans_resignation_is_no_evidence(shipped: Retriever) -> None:
    asked = "Aino Saarik would not resign on Tuesday."
    assert "yeltsin" in sources(shipped, None)[asked]
    assert "yeltsin" not in set().union(*sources(shipped, COUNCIL).values())


@pytest.mark.slow
def test_what_the_article_is_about_is_evidence_for_all_its_claims(shipped: Retriever) -> None:
    asked = "A second vote is due in May."
    vectors = shipped._embedded([asked, f"Wall\n{WALL.text}"])
    assert vectors[0] @ vectors[1] < floors_for(load_embedder()).claim  # by itself it is not near
    assert "wall" in sources(shipped, COUNCIL)[asked]


@pytest.mark.slow
def test_what_one_claim_is_about_is_evidence_for_that_claim(shipped: Retriever) -> None:
    found = sources(shipped, COUNCIL)
    with_goats = {claim for claim, names in found.items() if "goats" in names}
    assert with_goats == {"Goats graze on the hills above."}


def test_of_an_embedder_nobody_measured_all_is_kept_that_shares_words(tmp_path: Path) -> None:
    embedder = HashingEmbedder(64)
    account = (
        "The council of Port Ellery met twice. Members argued until midnight over loans, interest, "
        "drains, tiles, lamps, gates, hedges, buses, bins, swings, benches, graves, fences, roofs, "
        "ovens, chairs, pumps, ropes, flags, bells, songs, shirts, boots, stamps, clocks, maps, "
        "prams, kites, spoons, bread, honey, plums, pears, figs, nuts, oats, rye, barley, hops, "
        "malt, yeast, salt, sugar, tea, cocoa, soap, wax, string, nails, screws, hinges, paint, "
        "chalk, slate, coal, peat, logs, straw, hay, wool, silk, lace, thread, pins, buttons, "
        "ribbons, hats, gloves, coats, scarves, socks, belts, purses, rings, pearls, coins, notes, "
        "cheques, bonds, shares, deeds, wills, leases, fines, rates, tolls, dues, tithes, rents, "
        "wages, tips, gifts, loot, spoils, prizes, cups, medals, plates, bowls, jugs and pans."
    )
    with Store.open(tmp_path / "s", embedder, create=True) as store:
        store.sync([WALL, YELTSIN, GOATS])
        retriever = Retriever(store, embedder)
        assert sources(retriever, COUNCIL) == sources(retriever, None)  # too brief to tell
        kept = sources(retriever, parse_article(f"{COUNCIL.text}\n\n{account}"))
        assert set().union(*kept.values()) == {"wall"}


def test_a_passage_removed_meanwhile_bears_on_nothing() -> None:
    row = np.array([[1.0, 0.0]], dtype=np.float32)
    everything = Relevance(EVERYTHING, row, {"there": row[0]})
    assert everything.bears(row, "there") and not everything.bears(row, "gone")


def test_either_floor_is_enough() -> None:
    one, other = np.eye(2, dtype=np.float32)
    floors = Floors(subject=0.5, claim=0.5)
    assert Relevance(floors, one[None], {"p": one}).bears(other[None], "p")
    assert Relevance(floors, other[None], {"p": one}).bears(np.stack([other, one]), "p")
    assert not Relevance(floors, other[None], {"p": one}).bears(other[None], "p")


def test_an_article_without_prose_has_no_subject() -> None:
    one, nothing = np.ones((1, 1), dtype=np.float32), np.zeros((0, 1), dtype=np.float32)
    relevance = Relevance(Floors(subject=0.5, claim=0.5), nothing, {"p": one[0]})
    assert relevance.bears(one, "p") and not relevance.bears(-one, "p")
