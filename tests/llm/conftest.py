from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.llm.serving import Server, serving


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One model server for all tests of a process."""
    with serving() as up:
        yield up
