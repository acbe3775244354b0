from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from factcheck.errors import StoreError, StoreMismatch
from factcheck.evidence import (
    Changes,
    Document,
    HashingEmbedder,
    Store,
    corpus_digest,
    is_store,
)
from factcheck.evidence.locking import opening
from factcheck.resources import cache_folder

if TYPE_CHECKING:
    from factcheck.evidence.embedding import Vectors

EMBEDDER = HashingEmbedder(64)
LONG = " ".join(f"Sentence number {n} says that the wall has {n} stones in it." for n in range(60))


def document(name: str, text: str = "The wall was rebuilt. It cost 4 million.") -> Document:
    return Document(name, text, f"Title of {name}", publisher="Council", date="2021-05-03")


class Interrupted(HashingEmbedder):
    """Is interrupted by the user after some batches."""

    def __init__(self, after: int) -> None:
        super().__init__(64)
        self.left = after

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        return super().embed(texts)


def test_only_what_changed_is_embedded_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        first = store.sync([document("a"), document("b"), document("c")])
        assert first == Changes(added=3, changed=0, removed=0, unchanged=0, passages=3, resumed=0)
        again = store.sync([document("a"), document("b", "Another text stands here.")])
        assert again == Changes(added=0, changed=1, removed=1, unchanged=1, passages=1, resumed=0)
        assert [stored.id for stored in store.documents()] == ["a", "b"]
        assert not store.sync([document("a"), document("b", "Another text stands here.")]).any


def assert_vectors_are_of_the_passages(store: Store) -> None:
    passages = dict(store.passages())
    vectors = store.vectors([*passages, "gone"])
    assert vectors.keys() == passages.keys()
    for name, passage in passages.items():
        (made,) = EMBEDDER.embed([f"{passage.title}\n{passage.text}"])
        assert vectors[name] @ made > 0.999


def test_vectors_come_by_name_page_by_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factcheck.evidence.store._PAGE", 2)
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync([document("a"), document("b", LONG)])
        assert len(dict(store.passages())) > 3
        assert_vectors_are_of_the_passages(store)
        assert store.vectors([]) == {} and store.vectors(["gone"]) == {}


def test_adding_leaves_the_others(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.add([document("a")])
        store.add([document("b")])
        assert [stored.id for stored in store.documents()] == ["a", "b"]


def test_the_digest_is_that_of_the_documents(tmp_path: Path) -> None:
    documents = [document("a"), document("b", LONG)]
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync(documents)
        info = store.info()
    assert info.digest == corpus_digest(documents)
    assert (info.documents, info.embedder) == (2, "hashing-64")


def test_passages_are_slices_of_their_documents(tmp_path: Path) -> None:
    wanted = document("a", "Title of a\n\n" + LONG + " “Odd” \u202e\U0001f600 text ends here.")
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync([wanted])
        passages = [passage for _, passage in store.passages()]
    assert len(passages) > 3
    for passage in passages:
        assert passage.span.of(wanted.text) == passage.text


def test_an_interrupted_build_is_finished_by_the_next(tmp_path: Path) -> None:
    documents = [document(f"d{n:02}", LONG.replace("wall", f"wall {n}")) for n in range(20)]
    with Store.open(tmp_path / "s", Interrupted(1), create=True) as store:
        with pytest.raises(KeyboardInterrupt):
            store.sync(documents)
        whole = store.documents()
        assert 0 < len(whole) < len(documents)
        # what is there in part is neither counted nor searched
        assert {passage.document for _, passage in store.passages()} == {d.id for d in whole}
    with Store.open(tmp_path / "s", EMBEDDER) as store:
        changes = store.sync(documents)
        assert (changes.resumed, changes.unchanged) == (1, len(whole))
        assert changes.added == len(documents) - len(whole) - 1
        names = [name for name, _ in store.passages()]
        assert changes.passages == len(names) - 128  # what one batch had stored
        assert len(set(names)) == len(names)
        assert store.info().digest == corpus_digest(documents)
        assert not store.sync(documents).any


def test_a_document_that_an_interrupted_change_left_in_part_is_made_anew(tmp_path: Path) -> None:
    old, new = document("a", LONG * 16), document("a", LONG.replace("wall", "dam") * 16)
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync([old])
    with Store.open(tmp_path / "s", Interrupted(1)) as store:
        with pytest.raises(KeyboardInterrupt):
            store.sync([new])
        assert store.documents() == ()
    with Store.open(tmp_path / "s", EMBEDDER) as store:
        store.sync([old])
        assert all(p.span.of(old.text) == p.text for _, p in store.passages())
        assert store.info().digest == corpus_digest([old])


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync([document("a", LONG)], lambda done, total: told.append((done, total)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 0


@pytest.mark.parametrize("rebuild", [False, True])
def test_another_embedder_is_refused_by_name(tmp_path: Path, rebuild: bool) -> None:
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync([document("a")])
    other = HashingEmbedder(32)
    if rebuild:
        with Store.open(tmp_path / "s", other, rebuild=True) as store:
            assert store.sync([document("a")]).added == 1
        return
    with pytest.raises(StoreMismatch, match=r"hashing-64.*hashing-32") as caught:
        Store.open(tmp_path / "s", other)
    assert "factcheck index sync --rebuild" in caught.value.hint


def test_another_chunker_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(tmp_path / "s", EMBEDDER, create=True).close()
    monkeypatch.setattr("factcheck.evidence.store.CHUNKER", "sentences-v9")
    with pytest.raises(StoreMismatch, match="chunker 'sentences-v2', not 'sentences-v9'"):
        Store.open(tmp_path / "s", EMBEDDER)


def test_looking_and_removing_need_no_embedder(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync([document("a"), document("b")])
    with Store.open(tmp_path / "s") as store:
        with pytest.raises(StoreError, match="has no document zzz"):
            store.remove(["a", "zzz"])
        assert store.remove(["a"]) == ("a",)
        assert [stored.id for stored in store.documents()] == ["b"]


def test_no_store_there(tmp_path: Path) -> None:
    assert not is_store(tmp_path / "none")
    with pytest.raises(StoreError, match="no reference store at") as caught:
        Store.open(tmp_path / "none", EMBEDDER)
    assert "factcheck index sync" in caught.value.hint


def test_a_corrupted_store_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync([document("a")])
    # Another folder: Chroma keeps what it has opened once in this process.
    os.rename(tmp_path / "s", tmp_path / "t")
    database = tmp_path / "t" / "chroma.sqlite3"
    database.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="cannot be used") as caught:
        Store.open(tmp_path / "t", EMBEDDER)
    assert "damaged" in caught.value.hint
    assert database.read_bytes().startswith(b"no database")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be used"):
        Store.open(tmp_path / "file" / "store", EMBEDDER, create=True)


def test_a_corrupted_index_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    many = [document(f"d{n}", LONG) for n in range(120)]
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync(many)
    os.rename(tmp_path / "s", tmp_path / "t")
    files = [path for path in (tmp_path / "t").glob("*/*") if path.is_file()]
    assert files
    for path in files:
        path.write_bytes(b"junk")
    with (
        pytest.raises(StoreError, match="cannot be used") as caught,
        Store.open(tmp_path / "t", EMBEDDER) as store,
    ):
        store.nearest(EMBEDDER.embed(["wall"]), 3)
    assert "damaged" in caught.value.hint
    assert all(path.exists() for path in files)


FULL_DISK = """
import resource, sys
from factcheck.errors import StoreError
from factcheck.evidence import Document, HashingEmbedder, Store
documents = [Document(f"d{n}", f"Wall {n} has stones. " * 400, "T") for n in range(40)]
with Store.open(sys.argv[1], HashingEmbedder(64), create=True) as store:
    store.sync(documents[:1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    try:
        store.sync(documents)
    except StoreError as error:
        print(error.message, error.hint, sep="\\n")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on file size there")
def test_a_disk_without_space_is_told_and_what_was_stored_stays(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path / "s")]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    assert "cannot be used" in told
    assert "free some space" in told
    with Store.open(tmp_path / "s", EMBEDDER) as store:
        assert "d0" in {stored.id for stored in store.documents()}


HOLD = """
import sys, pathlib
from factcheck.evidence.locking import writing
with writing(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_two_writers_do_not_meet_and_a_killed_one_leaves_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.evidence.locking.PATIENCE", 0.2)
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync([document("a")])
        command = [sys.executable, "-c", HOLD, str(tmp_path / "s")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None and other.stdout.readline()
            with pytest.raises(StoreError, match=f"process {other.pid} is writing") as caught:
                store.sync([document("b")])
            assert "wait" in caught.value.hint
            assert not store.sync([document("a")]).any  # nothing to write, no need to wait
            other.kill()
        assert store.sync([document("b")]).added == 1


BUSY = """
import sys, time, pathlib
from factcheck.evidence.locking import writing
folder = pathlib.Path(sys.argv[1])
with writing(folder):
    print("held", flush=True)
    for number in range(20):
        (folder / "batch").write_text("x" * number)
        time.sleep(0.1)
"""


def test_a_writer_that_goes_on_is_waited_for_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("factcheck.evidence.locking.PATIENCE", 1.0)
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        command = [sys.executable, "-c", BUSY, str(tmp_path / "s")]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None and other.stdout.readline()
            assert store.sync([document("a")]).added == 1
            assert other.wait() == 0
    told = capsys.readouterr().err
    assert told.count(f"Waiting for process {other.pid}, which is writing to the same store") == 1


def test_two_that_make_a_database_do_it_one_after_the_other(tmp_path: Path) -> None:
    opened: list[float] = []

    def make() -> None:
        with Store.open(tmp_path / "s", EMBEDDER, create=True):
            opened.append(time.monotonic())

    (tmp_path / "s").mkdir()
    with opening(tmp_path / "s"):
        second = threading.Thread(target=make)
        second.start()
        second.join(1.5)
        assert not opened
        ended = time.monotonic()
    second.join(20)
    assert opened[0] >= ended


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = tmp_path_factory.mktemp("server")
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--path", str(place)]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the Chroma server stopped"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the Chroma server did not start")


@pytest.mark.slow
def test_a_shared_server_serves_as_well(server: str) -> None:
    assert not is_store(server)
    with Store.open(server, EMBEDDER, create=True) as store:
        assert store.sync([document("a"), document("b", LONG)]).added == 2
    assert is_store(server)
    with Store.open(server, EMBEDDER) as store:
        assert not store.sync([document("a"), document("b", LONG)]).any
        assert [stored.id for stored in store.documents()] == ["a", "b"]
        assert_vectors_are_of_the_passages(store)
    with pytest.raises(StoreMismatch):
        Store.open(server, HashingEmbedder(32))


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(StoreError, match="cannot be used"):
        is_store("http://127.0.0.1:9")
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9") as caught:
        Store.open("http://127.0.0.1:9", EMBEDDER, create=True)
    assert "chroma run" in caught.value.hint


def test_many_documents_are_taken_out_in_few_calls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store.sync([document(f"d{n}") for n in range(300)])
        calls = []
        delete = store._collection.delete

        def counted(**how: object) -> None:
            calls.append(how)
            delete(**how)

        monkeypatch.setattr(store._collection, "delete", counted)
        assert store.sync([document("d7"), document("d8")]).removed == 298
        assert [stored.id for stored in store.documents()] == ["d7", "d8"]
    assert len(calls) <= 3


def test_a_database_without_references_is_no_store_and_stays_as_it_is(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", EMBEDDER, create=True) as store:
        store._client.delete_collection("factcheck-references")
    for _ in range(2):
        with pytest.raises(StoreError, match="no reference store at"):
            Store.open(tmp_path / "s", EMBEDDER)


class Renamed(HashingEmbedder):
    """The same vectors under another name."""

    def __init__(self, name: str, digest: str = "") -> None:
        super().__init__(64)
        self.name = name
        self.digest = digest or self.digest


def test_the_same_weights_under_another_path_are_the_same_embedder(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", Renamed("models/mini"), create=True).close()
    Store.open(tmp_path / "s", Renamed("../models/mini")).close()
    with pytest.raises(StoreMismatch, match=r"embedder 'models/mini', not '\.\./models/mini'"):
        Store.open(tmp_path / "s", Renamed("../models/mini", "other weights"))


def test_the_way_out_of_a_mismatch_names_the_embedder(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", EMBEDDER, create=True).close()
    with pytest.raises(StoreMismatch) as caught:
        Store.open(tmp_path / "s", HashingEmbedder(32))
    assert "the same command with --embedder hashing-64, or" in caught.value.hint
    assert f"--store {tmp_path / 's'} --embedder hashing-32 CORPUS" in caught.value.hint


def test_a_folder_that_cannot_be_looked_at_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be used \(File name too long"):
        is_store(tmp_path / ("n" * 300))


@pytest.mark.parametrize("shared", [False, True])
def test_a_rebuild_leaves_no_old_index_but_the_files_of_others(
    tmp_path: Path, shared: bool
) -> None:
    place = tmp_path / "s"
    many = [document(f"d{n}") for n in range(1_100)]  # from 1,000 on Chroma writes index files
    with Store.open(place, EMBEDDER, create=True) as store:
        store.sync(many)
        if shared:
            store._client.create_collection("another")
    before = {path for path in place.iterdir() if path.is_dir()}
    (place / "notes").mkdir()
    with Store.open(place, EMBEDDER, rebuild=True) as store:
        store.sync(many)
        assert [len(found) for found in store.nearest(EMBEDDER.embed(["wall"]), 3)] == [3]
    after = {path for path in place.iterdir() if path.is_dir()}
    assert place / "notes" in after
    assert len(before) == 1
    assert (before <= after) == shared


def test_for_a_store_in_the_cache_its_own_corpus_is_advised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(StoreError) as caught:
        Store.open(cache_folder() / "index-shipped-1")
    assert "FOLDER" not in caught.value.hint
    assert caught.value.hint.startswith("factcheck index sync (")
