"""Every chain through LangChain's OpenAI client and HTTP to a real, if very small, model.

The model is far too small to judge well; what is held here is the way there and back: forms,
limits, failures, the cache, and that nothing an answer quotes was made up.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from factcheck.errors import ModelError
from factcheck.llm.cache import Cache
from factcheck.llm.calling import Caller
from factcheck.llm.consistency import find_contradictions
from factcheck.llm.extracting import extract
from factcheck.llm.judging import judge
from factcheck.llm.prompts import make_prompt
from factcheck.llm.questions import Question
from factcheck.llm.restating import restate
from factcheck.llm.reviewing import review
from factcheck.records import Flag
from tests.llm.asking import claim_on, over_http, passage, prompt, readable
from tests.llm.serving import Server, model_file, serving

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("llm server")]

WHOLE = {"truncated", "malformed", "unproven"}
"""What a small model may fail in; a network or a server may not."""


class Colour(BaseModel):
    model_config = ConfigDict(extra="forbid")

    colour: str
    certain: bool


def colour_question(thing: str = "grass") -> Question[Colour]:
    rules = "Name the colour of the thing, in one word. JSON fields: colour, certain."
    short = make_prompt("colour", rules, "<thing>{{ thing }}</thing>")
    return Question(short, {"thing": thing}, Colour)


def assert_sound(caller: Caller, calls: int) -> None:
    assert caller.ledger.as_data()["calls"] >= calls
    assert caller.ledger.tokens.read > 0 and caller.ledger.tokens.written > 0
    assert set(caller.ledger.failed) <= WHOLE


def test_an_answer_has_the_form_asked_for(server: Server) -> None:
    caller = over_http(server.base_url, max_tokens=60)
    (answer,) = caller.ask([colour_question()])
    assert isinstance(answer.data, Colour)
    assert caller.ledger.as_data()["repaired"] == 0


def test_judging(server: Server) -> None:
    read = readable()
    claim = claim_on(read.article, "rebuilt its harbour wall in 2021")
    held = {claim.id: [passage()]}
    caller = over_http(server.base_url)
    (judgement,) = judge(caller, prompt("judge"), read, [claim], held).values()
    assert_sound(caller, 1)
    assert set(judgement.supports) | set(judgement.refutes) <= {passage().id}
    assert (judgement.label is None) == (judgement.failure is not None)


def test_extracting(server: Server) -> None:
    read = readable()
    sentences = read.article.prose[1:2]
    caller = over_http(server.base_url)
    for claims in extract(caller, prompt("extract"), read, sentences).values():
        for claim in claims:
            assert claim.span.of(read.article.text) == claim.text
            assert sentences[0].span.contains(claim.span)
    assert_sound(caller, 1)


def test_restating(server: Server) -> None:
    read = readable()
    claim = claim_on(read.article, "it had taken nine months")
    caller = over_http(server.base_url)
    restate(caller, prompt("restate"), read, [claim])
    assert_sound(caller, 1)


def test_consistency_with_its_second_look(server: Server) -> None:
    read = readable()
    caller = over_http(server.base_url, max_tokens=120)
    found = find_contradictions(caller, prompt("consistency"), prompt("confirm"), read)
    for one in found:
        assert not one.questioned.overlaps(one.against)
    assert_sound(caller, 1)


def test_reviewing(server: Server) -> None:
    read = readable()
    words = read.article.quote(claim_on(read.article, "nine months").span)
    flag = Flag("flag-1", "number", "low", words, None, "It says nine.", 0.6, "quantities")
    caller = over_http(server.base_url)
    found = review(caller, prompt("review"), read, [flag], {})
    assert len(found) + sum(caller.ledger.failed.values()) == 1
    assert_sound(caller, 1)


def test_an_answer_that_is_cut_off_is_no_answer(server: Server) -> None:
    caller = over_http(server.base_url, max_tokens=16)
    read = readable()
    claim = claim_on(read.article, "rebuilt its harbour wall in 2021")
    (judgement,) = judge(caller, prompt("judge"), read, [claim], {claim.id: [passage()]}).values()
    assert (judgement.label, judgement.failure) == (None, "truncated")
    assert caller.ledger.tokens.written == 16
    assert caller.ledger.as_data()["calls"] == 1


def test_a_timeout_is_retried_and_then_told(server: Server) -> None:
    patient = over_http(server.base_url, max_tokens=60)
    assert patient.ask([colour_question("a")])[0].data
    hasty = over_http(server.base_url, max_tokens=60, timeout=0.001, retries=2)
    (answer,) = hasty.ask([colour_question("tar")])
    assert answer.failure == "timed_out"
    assert hasty.ledger.as_data()["retried"] == 2


def test_many_questions_at_once_are_all_answered(server: Server) -> None:
    things = ["snow", "coal", "blood", "grass", "the sea", "a lemon"]
    at_once = over_http(server.base_url, max_tokens=60)
    together = at_once.ask([colour_question(thing) for thing in things])
    assert all(answer.data for answer in together)
    assert at_once.ledger.as_data()["calls"] == len(things)


def test_a_second_run_asks_nothing(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite3"
    first = over_http(server.base_url, max_tokens=60, cache=Cache(path))
    second = over_http(server.base_url, max_tokens=60, cache=Cache(path))
    before, after = first.ask([colour_question()]), second.ask([colour_question()])
    assert before == after
    assert second.ledger.as_data()["calls"] == 0
    assert second.ledger.as_data()["cached"] == 1


def test_a_server_that_dies_leaves_what_was_answered(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "answers.sqlite3")
    with serving() as mortal:
        caller = over_http(mortal.base_url, max_tokens=60, cache=cache, retries=1)
        assert caller.ask([colour_question("grass")])[0].data
        mortal.kill()
        answers = caller.ask([colour_question(thing) for thing in ("grass", "a", "b", "c", "d")])
    assert answers[0].data is not None
    assert [answer.failure for answer in answers[1:]] == ["unreachable"] * 4
    # Four in parallel may all have begun; each is sent at most twice.
    assert caller.ledger.as_data()["retried"] <= 4


def test_a_server_that_is_not_there_ends_the_run_before_it_begins() -> None:
    caller = over_http("http://127.0.0.1:9/v1")
    with pytest.raises(ModelError, match=r"cannot be asked at http://127\.0\.0\.1:9/v1") as caught:
        caller.ask([colour_question()])
    assert "start the server" in caught.value.hint


def test_a_refused_key_is_told_without_the_key() -> None:
    with serving(api_key="right-key") as locked:
        wrong = over_http(locked.base_url, key="wrong-key-1234")
        with pytest.raises(ModelError, match="refused the key") as caught:
            wrong.ask([colour_question()])
        assert "wrong-key-1234" not in f"{caught.value}{caught.value.hint}"
        right = over_http(locked.base_url, max_tokens=60, key="right-key")
        assert right.ask([colour_question()])[0].data


def test_a_model_file_runs_in_this_process() -> None:
    from factcheck.llm.models import open_model
    from factcheck.llm.providers import parse_model

    name = parse_model(f"local:{model_file()}")
    opened = open_model(name, {}, max_tokens=60, timeout=60, threads=1)
    caller = Caller(opened, Cache(None), retries=0)
    (answer,) = caller.ask([colour_question()])
    assert isinstance(answer.data, Colour)
    assert str(name) == "local:SmolLM2-135M-Instruct.Q4_1.gguf"
    assert len(opened.digest) == 64


class Account(BaseModel):
    model_config = ConfigDict(extra="forbid")

    letters: list[str]
    story: str


def test_a_file_that_would_never_end_is_made_to(tmp_path: Path) -> None:
    from factcheck.llm.models import open_model
    from factcheck.llm.providers import parse_model

    name = parse_model(f"local:{model_file()}")
    opened = open_model(name, {}, max_tokens=900, timeout=120, threads=1)
    words = make_prompt(
        "endless",
        "You write without an end.\nletters: the letters a, a, a, a.\nstory: a long story.",
        "Write one: {{ subject }}",
    )
    (answer,) = Caller(opened, Cache(None), retries=0).ask(
        [Question(words, {"subject": "a thousand sheep, counted one by one"}, Account)]
    )
    assert answer.failure is None and isinstance(answer.data, Account)
    assert len(answer.data.letters) <= 12 and len(answer.data.story) <= 500


def test_what_is_too_long_is_told_and_does_not_end_the_run() -> None:
    from factcheck.llm.local import LocalChat
    from factcheck.llm.models import OpenModel
    from factcheck.llm.providers import parse_model

    chat = LocalChat(path=str(model_file()), max_tokens=60, threads=1, context=256)
    caller = Caller(OpenModel(parse_model("local:x"), chat, "json_schema", {}), Cache(None))
    long, short = caller.ask([colour_question("grass " * 400), colour_question()])
    assert long.failure == "too_long"
    assert short.data is not None
