"""One question's way: cache, budget, retries, repair, and a name for everything that can fail."""

from __future__ import annotations

import json
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from langchain_core import exceptions as known
from langchain_core.messages import AIMessage
from pydantic import BaseModel, ConfigDict

from factcheck.errors import ModelError, UsageProblem
from factcheck.llm.budget import Budget, require_price
from factcheck.llm.cache import Cache, cache_key
from factcheck.llm.calling import Caller
from factcheck.llm.models import OpenModel
from factcheck.llm.prices import Price, find_price, parse_price
from factcheck.llm.prompts import make_prompt
from factcheck.llm.providers import ModelName, parse_model
from factcheck.llm.questions import Question
from factcheck.llm.scripted import Reply, ScriptedChat
from factcheck.llm.usage import Failure, Tokens
from tests.llm.asking import scripted


class Colour(BaseModel):
    model_config = ConfigDict(extra="forbid")

    colour: str


GREEN = {"colour": "green"}
PROMPT = make_prompt("colour", "Name the colour.", "<thing>{{ thing }}</thing>")


def question(thing: str = "grass") -> Question[Colour]:
    return Question(PROMPT, {"thing": thing}, Colour)


class LengthFinishReasonError(Exception):
    """As OpenAI's client raises it, with the response that LangChain attaches."""

    response = SimpleNamespace(status_code=200, headers={})
    completion = SimpleNamespace(usage=SimpleNamespace(prompt_tokens=30, completion_tokens=9))


class ContentFilterFinishReasonError(Exception):
    """As OpenAI's client raises it."""


def saying(*replies: Reply) -> Callable[[str, str], Reply]:
    """One reply after the other, the last one from then on."""
    left = list(replies)
    return lambda system, user: left.pop(0) if len(left) > 1 else left[0]


def message(content: str, reason: str = "stop", **more: Any) -> AIMessage:
    return AIMessage(content=content, response_metadata={"finish_reason": reason}, **more)


def test_answers_come_in_the_order_of_their_questions() -> None:
    caller, _ = scripted(lambda system, user: {"colour": user}, concurrency=8)
    answers = caller.ask([question(str(number)) for number in range(40)])
    assert [a.data.colour for a in answers if a.data] == [f"<thing>{n}</thing>" for n in range(40)]


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (message('{"colour": "gr', "length"), "truncated"),
        (message('{"colour": "gr', "max_tokens"), "truncated"),
        (message("", "content_filter"), "refused"),
        (message("", additional_kwargs={"refusal": "I cannot."}), "refused"),
        (message(""), "empty"),
        (message("   \n"), "empty"),
        ("no JSON at all", "malformed"),
        ({"colour": "green", "besides": 1}, "malformed"),
        ({"hue": "green"}, "malformed"),
        ('["green"]', "malformed"),
        (known.ModelRefusalError(), "refused"),
        (known.ModelTimeoutError(), "timed_out"),
        (known.ModelRateLimitError(), "rate_limited"),
        (known.ModelAPIError(), "server_error"),
        (known.ContextOverflowError(), "too_long"),
        (known.ModelInvalidRequestError("the context size is exceeded"), "too_long"),
        (known.ModelInvalidRequestError("content_filter was triggered"), "refused"),
        (LengthFinishReasonError(), "truncated"),
        (ContentFilterFinishReasonError(), "refused"),
        (ConnectionResetError(), "unreachable"),
        (TimeoutError(), "timed_out"),
    ],
)
def test_each_failure_has_its_name_and_is_counted(reply: Reply, failure: Failure) -> None:
    caller, _ = scripted(saying(GREEN, reply))
    first, second = caller.ask([question("grass")]), caller.ask([question("coal")])
    assert first[0].data == Colour(colour="green")
    assert (second[0].data, second[0].failure) == (None, failure)
    assert second[0].in_words
    assert caller.ledger.failed == {failure: 1}


def test_an_answer_that_the_client_holds_back_is_counted_and_asked_for_in_no_other_way() -> None:
    caller, chat = scripted(saying(LengthFinishReasonError(), GREEN))
    assert caller.ask([question()])[0].failure == "truncated"
    assert len(chat.seen) == 1
    assert caller.ledger.tokens == Tokens(30, 9)
    assert caller.ledger.as_data()["calls"] == 1


def test_brackets_without_end_are_no_json() -> None:
    caller, _ = scripted(saying(message('{"colour": ' + "[" * 100_000)))
    assert caller.ask([question()])[0].failure == "malformed"


def test_an_answer_in_a_fence_or_a_tool_call_is_read() -> None:
    call = {"name": "Colour", "args": {"colour": "red"}, "id": "1", "type": "tool_call"}
    caller, _ = scripted(
        saying('```json\n{"colour": "green"}\n```', message("", tool_calls=[call]))
    )
    answers = [caller.ask([question(thing)])[0] for thing in ("grass", "blood")]
    assert [a.data.colour for a in answers if a.data] == ["green", "red"]


def test_a_malformed_answer_is_put_right_once() -> None:
    caller, chat = scripted(saying("green, I think", GREEN))
    (answer,) = caller.ask([question()])
    assert answer.data == Colour(colour="green")
    assert caller.ledger.as_data()["repaired"] == 1
    assert "green, I think" in chat.seen[1][1]
    assert '"colour"' in chat.seen[1][1]
    assert len(chat.seen) == 2


@pytest.mark.parametrize("error", [known.ModelRateLimitError(), known.ModelTimeoutError()])
def test_what_may_yet_succeed_is_sent_again(error: Exception) -> None:
    caller, chat = scripted(saying(error, error, GREEN), retries=2)
    assert caller.ask([question()])[0].data
    assert (len(chat.seen), caller.ledger.as_data()["retried"]) == (3, 2)


def test_waits_grow_and_follow_what_the_provider_asks() -> None:
    waits: list[float] = []

    class Busy(known.ModelRateLimitError):
        response = type("Response", (), {"headers": {"retry-after": "7"}, "status_code": 429})()

    chat = ScriptedChat(reply=saying(known.ModelAPIError(), known.ModelAPIError(), Busy(), GREEN))
    opened = OpenModel(ModelName("scripted", "x"), chat, "json_schema", {})
    assert Caller(opened, Cache(None), retries=4, wait=waits.append).ask([question()])[0].data
    assert 0.5 <= waits[0] <= 1.0 <= waits[1] <= 2.0
    assert waits[2] == 7.0


def test_a_refusal_is_not_repeated() -> None:
    caller, chat = scripted(saying(GREEN, known.ModelRefusalError()))
    caller.ask([question("a")])
    caller.ask([question("b")])
    assert len(chat.seen) == 2


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (known.ModelAuthenticationError("key sk-secret is wrong"), "refused the key"),
        (known.ModelPermissionDeniedError("sk-secret"), "refused the key"),
        (known.ModelNotFoundError("sk-secret"), "is not known"),
        (known.ModelConnectionError("sk-secret"), "cannot be asked"),
        (known.ModelInvalidRequestError("sk-secret"), "cannot be asked"),
    ],
)
def test_what_no_question_gets_past_ends_the_run(error: Exception, words: str) -> None:
    caller, _ = scripted(lambda system, user: error, retries=1)
    with pytest.raises(ModelError, match=words) as caught:
        caller.ask([question(str(n)) for n in range(9)])
    assert caught.value.hint
    assert "sk-secret" not in f"{caught.value.message} {caught.value.hint}"


def test_a_model_that_goes_away_is_not_asked_for_ever() -> None:
    caller, chat = scripted(saying(GREEN, known.ModelConnectionError()), retries=0, concurrency=1)
    caller.ask([question("first")])
    answers = caller.ask([question(str(n)) for n in range(50)])
    assert {answer.failure for answer in answers} == {"unreachable"}
    assert len(chat.seen) == 3


@pytest.mark.parametrize(
    "error", [known.ModelTimeoutError(), known.ModelRateLimitError(), known.ModelAPIError()]
)
def test_a_server_that_never_answers_is_not_asked_for_ever(error: Exception) -> None:
    caller, chat = scripted(lambda system, user: error, retries=1, concurrency=1)
    with pytest.raises(ModelError, match="cannot be asked"):
        caller.ask([question(str(n)) for n in range(50)])
    assert len(chat.seen) == 4


def test_an_answering_server_that_is_slow_at_some_questions_is_asked_the_rest() -> None:
    replies: list[Reply] = [GREEN, *[known.ModelTimeoutError()] * 4, GREEN]
    caller, _ = scripted(saying(*replies), retries=0, concurrency=1)
    answers = caller.ask([question(str(n)) for n in range(6)])
    assert [answer.failure for answer in answers] == [None, *["timed_out"] * 4, None]


def test_a_refusal_of_the_old_way_that_comes_late_is_asked_again_in_the_new_one() -> None:
    """The first question has stepped down and been answered while the second was under way."""
    late, answered = threading.Event(), threading.Event()

    class OldServer(ScriptedChat):
        def _generate(self, messages: Any, *args: Any, **kwargs: Any) -> Any:
            if "response_format" in kwargs:
                if "late" in messages[-1].text:
                    late.set()
                    assert answered.wait(20)
                else:
                    assert late.wait(20)
                raise known.ModelInvalidRequestError("response_format is not supported")
            found = super()._generate(messages, *args, **kwargs)
            answered.set()
            return found

    chat = OldServer(reply=lambda system, user: GREEN)
    opened = OpenModel(ModelName("scripted", "x"), chat, "json_schema", {})
    caller = Caller(opened, Cache(None), wait=lambda seconds: None)
    answers = caller.ask([question("early"), question("late")])
    assert [answer.failure for answer in answers] == [None, None]


def test_a_laxer_way_of_asking_follows_a_refused_one() -> None:
    class OldServer(ScriptedChat):
        def _generate(self, *args: Any, **kwargs: Any) -> Any:
            if "response_format" in kwargs:
                raise known.ModelInvalidRequestError("response_format is not supported")
            return super()._generate(*args, **kwargs)

    chat = OldServer(reply=lambda system, user: GREEN)
    opened = OpenModel(ModelName("scripted", "x"), chat, "json_schema", {})
    caller = Caller(opened, Cache(None), wait=lambda seconds: None)
    assert all(answer.data for answer in caller.ask([question("a"), question("b")]))
    assert '"colour"' in chat.seen[0][0]


def test_calls_stop_at_their_limit() -> None:
    caller, chat = scripted(lambda system, user: GREEN, budget=Budget(max_calls=3))
    answers = caller.ask([question(str(n)) for n in range(8)])
    assert sum(answer.data is not None for answer in answers) == 3
    assert caller.ledger.failed == {"budget": 5}
    assert len(chat.seen) == 3


def test_retries_count_as_calls() -> None:
    caller, chat = scripted(
        lambda system, user: known.ModelAPIError(), budget=Budget(max_calls=2), retries=9
    )
    assert caller.ask([question()])[0].failure == "budget"
    assert len(chat.seen) == 2


def test_costs_are_never_more_than_their_limit() -> None:
    price = Price(1.0, 10.0, "a test")
    caller, _ = scripted(
        lambda system, user: GREEN, budget=Budget(0, 0.011, price, 500), concurrency=1
    )
    answers = caller.ask([question(str(n)) for n in range(400)])
    spent = price.of(caller.ledger.tokens)
    answered = sum(answer.data is not None for answer in answers)
    assert 0 < spent <= 0.011
    # A call may cost $0.005 at worst and costs far less: what was held back is given back.
    assert answered > 2
    assert caller.ledger.failed == {"budget": 400 - answered}


def test_what_was_never_answered_stays_drawn() -> None:
    price = Price(1.0, 10.0, "a test")
    # At worst a call costs a little over $0.005: two fit, a third does not.
    for error, sent in ((known.ModelTimeoutError(), 2), (known.ModelAPIError(), 6)):
        caller, chat = scripted(
            saying(error), budget=Budget(0, 0.0105, price, 500), concurrency=1, retries=5
        )
        caller.ask([question()])
        assert len(chat.seen) == sent


def test_the_time_waited_is_kept_by_prompt() -> None:
    def slow(system: str, user: str) -> Reply:
        time.sleep(0.05)
        return GREEN

    caller, _ = scripted(slow, concurrency=2)
    assert caller.ask([]) == []
    assert caller.ledger.seconds == {}
    caller.ask([question("grass"), question("moss")])
    first = caller.ledger.seconds["colour"]
    assert first >= 0.05
    caller.ask([question("frogs")])
    assert caller.ledger.seconds["colour"] >= first + 0.05


def test_a_dry_run_asks_nothing_and_knows_what_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite3"
    wet, _ = scripted(lambda system, user: GREEN, cache=Cache(path))
    wet.ask([question("grass")])
    dry, chat = scripted(lambda system, user: GREEN, cache=Cache(path), dry=True)
    dry.ask([question("grass"), question("coal")])
    assert chat.seen == []
    assert dry.estimate.calls == 1
    assert dry.estimate.tokens.written == 500
    assert dry.ledger.failed == {}


def test_the_cache_keeps_answers_and_no_failures(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "answers.sqlite3"
    one, _ = scripted(saying(GREEN, message("", "length"), GREEN), cache=Cache(path))
    assert one.ask([question("a")])[0].data
    assert one.ask([question("b")])[0].failure == "truncated"
    other, again = scripted(lambda system, user: GREEN, cache=Cache(path))
    other.ask([question("a"), question("b")])
    assert len(again.seen) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"sk-" not in path.read_bytes()


def test_a_key_differs_by_all_that_decides_an_answer() -> None:
    base = {"model": "m", "options": {"max_tokens": 1}, "prompt": "p", "messages": [["human", "x"]]}
    others = [
        base | {"model": "n"},
        base | {"options": {"max_tokens": 2}},
        base | {"prompt": "q"},
        base | {"messages": [["human", "y"]]},
    ]
    assert len({cache_key(parts) for parts in (base, *others)}) == 5
    assert cache_key(dict(reversed(base.items()))) == cache_key(base)


def test_a_kept_answer_that_was_tampered_with_is_asked_for_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "answers.sqlite3")
    one, _ = scripted(lambda system, user: GREEN, cache=cache)
    one.ask([question()])
    cache._database.execute("""UPDATE answers SET answer = '{"hue": 1}'""")
    other, chat = scripted(lambda system, user: GREEN, cache=cache)
    assert other.ask([question()])[0].data
    assert len(chat.seen) == 1


def test_an_interruption_ends_the_waits() -> None:
    def reply(system: str, user: str) -> Reply:
        if "first" in user:
            return GREEN
        raise KeyboardInterrupt

    caller, _ = scripted(reply, concurrency=1)
    assert caller.ask([question("first")])[0].data
    with pytest.raises(KeyboardInterrupt):
        caller.ask([question("second")])
    assert caller._stopped.is_set()


def test_a_damaged_cache_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite3"
    path.write_bytes(b"no database at all" * 500)
    with pytest.raises(ModelError, match="cannot be used") as caught:
        Cache(path)
    assert f"rm {path}" in caught.value.hint and "LLM_CACHE=FILE" in caught.value.hint


def test_nothing_is_traced_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    from langsmith.utils import tracing_is_enabled

    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "lsv2-secret")
    seen: list[Any] = []

    def reply(system: str, user: str) -> Reply:
        seen.append(tracing_is_enabled())
        return GREEN

    caller, _ = scripted(reply)
    caller.ask([question("a"), question("b")])
    assert seen == [False, False]


def test_prices_come_from_the_user_or_a_list_and_from_nowhere_else() -> None:
    listed = find_price(parse_model("openai:gpt-4.1-mini"))
    assert listed and listed.origin.startswith("genai-prices") and 0 < listed.read < listed.written
    assert find_price(parse_model("openai:gpt-4.1-mini"), "1,2") == Price(1, 2, "the settings")
    assert find_price(parse_model("openai:no-such-model-at-all")) is None
    assert find_price(parse_model("gpt-4.1-mini", "http://127.0.0.1:1/v1")) is None
    local = find_price(parse_model("local:model.gguf"))
    assert local and local.of(Tokens(1000, 1000)) == 0
    assert Price(0.4, 1.6, "x").of(Tokens(1_000_000, 500_000)) == pytest.approx(1.2)


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "-1,2", "nan,1", "1,inf"])
def test_a_price_that_is_none(text: str) -> None:
    with pytest.raises(UsageProblem, match="llm_price"):
        parse_price(text)


def test_a_cost_limit_needs_a_price() -> None:
    with pytest.raises(UsageProblem, match="--max-cost needs the price of") as caught:
        require_price(parse_model("openai:no-such"), None, 1.0)
    assert "llm_price" in caught.value.hint
    require_price(parse_model("openai:no-such"), None, 0.0)


def test_a_script_in_a_file(tmp_path: Path) -> None:
    from factcheck.llm.models import open_model

    path = tmp_path / "script.json"
    lines = [
        {"when": ["coal"], "failure": "rate_limited"},
        {"when": ["Name", "grass"], "answer": GREEN},
        {"answer": {"colour": "x" * 400}},
    ]
    path.write_text(json.dumps(lines))
    opened = open_model(parse_model(f"scripted:{path}"), {}, max_tokens=20, timeout=1)
    caller = Caller(opened, Cache(None), retries=0)
    answers = caller.ask([question("grass"), question("coal"), question("sand")])
    assert [answer.failure for answer in answers] == [None, "rate_limited", "truncated"]
    path.write_text("{}{")
    with pytest.raises(UsageProblem, match="no script"):
        open_model(parse_model(f"scripted:{path}"), {}, max_tokens=20, timeout=1)
