"""The review page, served for a test from a thread."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from factcheck.records import Report
from factcheck.reports.json import to_json
from factcheck.reviews.queue import Queue
from factcheck.reviews.store import Store
from factcheck.reviews.web import Reviewing, application, new_token


def saved(folder: Path, *reports: Report) -> list[Path]:
    """The reports as files of the folder, in order."""
    paths = []
    for number, report in enumerate(reports):
        path = folder / f"{number}.json"
        path.write_text(to_json(report), "utf-8")
        paths.append(path)
    return paths


@contextmanager
def served(
    paths: list[Path], reviews: Path, reviewer: str = "Ana", port: int = 0
) -> Iterator[Reviewing]:
    """The application at an address of its own, until the test is done."""
    Store.open(reviews, create=True).close()
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    queue = Queue(paths)
    reviewing = Reviewing(queue, reviews, reviewer, listening.getsockname()[1], new_token())
    queue.read_in_background().join()
    server = uvicorn.Server(
        uvicorn.Config(application(reviewing), log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield reviewing
    server.should_exit = True
    thread.join(10)
    listening.close()
