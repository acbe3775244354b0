"""What the review page lets in, and what it keeps out."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factcheck.reviews.store import Store
from factcheck.reviews.web import Reviewing
from tests.reports import factory
from tests.reviews.serving import saved, served


@pytest.fixture(scope="module")
def reviewing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reviewing]:
    folder = tmp_path_factory.mktemp("reviewing")
    paths = saved(folder, factory.small(), factory.hostile())
    (folder / "bad.json").write_text("{}")
    with served([*paths, folder / "bad.json"], folder / "reviews.sqlite") as found:
        yield found


class Client:
    def __init__(self, reviewing: Reviewing) -> None:
        self.reviewing = reviewing
        self.own = f"127.0.0.1:{reviewing.port}"
        self.key = reviewing.queue.entries()[0].key
        self.deciding = f"/{reviewing.token}/report/{self.key}/decisions"

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.reviewing.port, timeout=10)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {"Host": self.own, **given})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, text

    def decide(self, data: Any, **headers: str) -> tuple[int, Any]:
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        usual = {"Origin": f"http://{self.own}", "Content_Type": "application/json"}
        status, _, text = self.ask(self.deciding, "POST", body, **(usual | headers))
        return status, json.loads(text) if text.startswith("{") else text


@pytest.fixture
def client(reviewing: Reviewing) -> Client:
    return Client(reviewing)


def decisions(client: Client) -> int:
    with Store.open(client.reviewing.reviews) as store:
        return len(store.decisions())


def test_the_list_and_a_report_are_there_for_who_knows_the_token(client: Client) -> None:
    status, headers, text = client.ask(f"/{client.reviewing.token}/")
    assert status == 200
    assert "Dam Repaired" in text
    assert "is not a factcheck report" in text
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"
    status, _, text = client.ask(f"/{client.reviewing.token}/report/{client.key}")
    assert status == 200
    assert "Nine is not eight." in text


@pytest.mark.parametrize(
    "path", ["/", "/wrong/", "/wrong/report/x", "//", "*", "/favicon.ico", "/%C3%A9/"]
)
def test_without_the_token_there_is_nothing(client: Client, path: str) -> None:
    status, _, text = client.ask(path)
    assert status == 404
    assert "Dam" not in text


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:80", "", "[::1]:1"]
)
def test_another_host_is_refused(client: Client, host: str) -> None:
    status, _, text = client.ask(f"/{client.reviewing.token}/", Host=host)
    assert status in {400, 421}
    assert "Dam" not in text


def wish(client: Client, **more: object) -> dict[str, object]:
    return {"target": factory.small().flags[0].id, "action": "accept", "reviewer": "Ana", **more}


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "https://127.0.0.1"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Host": "evil.example"}, 421),
    ],
)
def test_only_its_own_page_may_write(client: Client, headers: dict[str, str], code: int) -> None:
    before = decisions(client)
    status, _ = client.decide(wish(client), **headers)
    assert status == code
    assert decisions(client) == before


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"{", 400, "not JSON"),
        (b"\xff", 400, "not JSON"),
        (b"[" * 60_000, 400, "not JSON"),
        ([], 400, "a JSON object"),
        ({"action": "explode"}, 400, "no action 'explode'"),
        ({"action": "accept", "target": "claim-x", "reviewer": "Ana"}, 400, "no claim or flag"),
        ({"action": "accept", "reviewer": 7}, 400, "reviewer is text"),
        (b'{"note": "' + b"x" * 70_000 + b'"}', 413, "too long"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(
    client: Client, data: Any, code: int, says: str
) -> None:
    before = decisions(client)
    status, answer = client.decide(data)
    assert status == code
    assert says in answer["message"]
    assert decisions(client) == before


def test_a_decision_is_kept_and_shown(client: Client) -> None:
    status, answer = client.decide(wish(client, note="<b>Sure</b>", seen=0))
    assert status == 200
    (changed,) = answer["changed"].values()
    assert changed["state"] == "accepted"
    assert "&lt;b&gt;Sure&lt;/b&gt;" in changed["html"]
    with Store.open(client.reviewing.reviews) as store:
        last = store.decisions()[-1]
    assert (last.reviewer, last.action, last.machine, last.note) == (
        "Ana", "accept", "high", "<b>Sure</b>",
    )  # fmt: skip
    status, _, text = client.ask(f"{client.deciding}?seen={answer['seen'] - 1}")
    assert json.loads(text)["changed"]
    assert client.decide({"action": "undo", "reviewer": "Ana"})[0] == 200
    assert client.decide({"action": "undo", "reviewer": "Nobody"})[0] == 400


def test_a_report_that_cannot_be_read_says_so(client: Client) -> None:
    bad = client.reviewing.queue.entries()[2].key
    status, _, text = client.ask(f"/{client.reviewing.token}/report/{bad}")
    assert status == 400
    assert "not a factcheck report" in text
    assert client.ask(f"/{client.reviewing.token}/report/none")[0] == 400


def test_rows_are_sent_only_when_something_is_new(client: Client) -> None:
    _, _, text = client.ask(f"/{client.reviewing.token}/rows")
    first = json.loads(text)
    assert first["html"]
    again = json.loads(client.ask(f"/{client.reviewing.token}/rows?seen={first['seen']}")[2])
    assert (again["html"], again["seen"]) == ("", first["seen"])
    client.decide(wish(client))
    later = json.loads(client.ask(f"/{client.reviewing.token}/rows?seen={first['seen']}")[2])
    assert "Ana" in later["html"]


def test_a_store_that_fails_is_told_to_the_page(tmp_path: Path) -> None:
    paths = saved(tmp_path, factory.small())
    with served(paths, tmp_path / "reviews.sqlite") as reviewing:
        broken = Client(reviewing)
        for file in tmp_path.glob("reviews.sqlite*"):
            file.unlink()
        status, answer = broken.decide(wish(broken))
        assert status == 500
        assert "there is no store of decisions" in answer["message"]
        assert broken.ask(f"/{reviewing.token}/")[0] == 500


def test_words_of_a_hostile_report_are_words_in_the_list(client: Client) -> None:
    _, _, text = client.ask(f"/{client.reviewing.token}/rows")
    html = json.loads(text)["html"]
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(5)&gt;" in html
