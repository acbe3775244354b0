"""Evidence: reference documents, the store that holds them, and the search for passages."""

from factcheck.evidence.corpus import Document, corpus_digest, read_corpora, read_corpus
from factcheck.evidence.embedding import Embedder, HashingEmbedder, load_embedder
from factcheck.evidence.retrieval import Retriever, Withheld
from factcheck.evidence.store import Store, is_store
from factcheck.evidence.stored import Changes, StoredDocument, StoreInfo

__all__ = [
    "Changes",
    "Document",
    "Embedder",
    "HashingEmbedder",
    "Retriever",
    "Store",
    "StoreInfo",
    "StoredDocument",
    "Withheld",
    "corpus_digest",
    "is_store",
    "load_embedder",
    "read_corpora",
    "read_corpus",
]
