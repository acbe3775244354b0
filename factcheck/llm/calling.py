"""Asking a model: each question through cache, budget, retries and validation to one answer.

A question never raises for what the model did: it is answered, or its `Answer` names the failure.
What does raise is what no question could get past: a wrong key, no such model, or a server that
did not answer even once.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pydantic import ValidationError

from factcheck.errors import ModelError
from factcheck.llm.budget import Budget, estimate_tokens
from factcheck.llm.cache import Cache, cache_key
from factcheck.llm.failures import (
    RETRIED,
    Unreadable,
    as_model_error,
    failure_of,
    is_hopeless,
    tokens_in,
    wait_asked_for,
)
from factcheck.llm.forms import Form, complaint, structured, told, validated
from factcheck.llm.models import Method, OpenModel
from factcheck.llm.questions import Answer, Question
from factcheck.llm.usage import Estimate, Failure, Ledger, Tokens

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0
"""Seconds before the first repetition, doubled each time up to the longest."""
_GIVE_UP = 2
"""Questions in a row that got no answer after all repetitions, before no more are sent."""
_LASTING: frozenset[Failure] = frozenset({"unreachable", "rate_limited"})
"""Failures that are the server's state rather than the question's."""


class Caller:
    """Asks one model, many questions at once."""

    def __init__(
        self,
        model: OpenModel,
        cache: Cache,
        budget: Budget | None = None,
        *,
        retries: int = 4,
        concurrency: int = 4,
        dry: bool = False,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        """Make ready.

        Args:
            model: whom to ask.
            cache: where answers are kept.
            budget: what may be asked for; None for no limit.
            retries: how often a request is repeated that may yet succeed.
            concurrency: requests under way at once, at most.
            dry: count what would be asked, and ask nothing.
            wait: waits so many seconds; by default until the run is given up, if that comes first.
        """
        self.model = model
        self.ledger = Ledger()
        """What all questions came to."""
        self.estimate = Estimate()
        """What they would come to, in a dry run."""
        self.dry = dry
        self._cache, self._budget = cache, budget or Budget()
        self._retries, self._concurrency = retries, concurrency
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._why_stopped: Failure = "unreachable"
        self._wait = wait or self._stopped.wait
        self._method: Method = model.method
        self._ever_answered = False
        self._given_up_on = 0

    def ask(self, questions: Sequence[Question[Form]]) -> list[Answer[Form]]:
        """The answers, in order; failures are counted in the ledger.

        Raises:
            ModelError: the model cannot be asked at all.
        """
        if not questions:
            return []
        began = time.perf_counter()
        try:
            return self._asked_at_once(questions)
        finally:
            self.ledger.spend(questions[0].prompt.name, time.perf_counter() - began)

    def foresee(self, question: Question[Form], times: int) -> None:
        """Count, in a dry run, what answers may lead to: at most so many such questions."""
        one = self._expected(question.prompt.messages(question.values))
        with self._lock:
            self.estimate.possible_calls += times
            self.estimate.possible_tokens += Tokens(times * one.read, times * one.written)

    def _asked_at_once(self, questions: Sequence[Question[Form]]) -> list[Answer[Form]]:
        from langchain_core.runnables import RunnableLambda
        from langsmith import tracing_context

        chain: RunnableLambda[Question[Form], Answer[Form]] = RunnableLambda(self._answer)
        # LangSmith, where a user's environment turns it on, would send the article elsewhere.
        with tracing_context(enabled=False):
            try:
                return chain.batch(list(questions), config={"max_concurrency": self._concurrency})
            except BaseException:
                # Whoever interrupts need not sit out the waits of requests to be repeated.
                self._stopped.set()
                raise

    def _answer(self, question: Question[Form]) -> Answer[Form]:
        messages = question.prompt.messages(question.values)
        key = self._key(question, messages)
        known = self._known(question.form, key)
        if known is not None:
            self.ledger.count("cached")
            return Answer(known)
        if self.dry:
            self._note(messages)
            return Answer(None, "estimate")
        try:
            data = self._asked(question.form, messages)
        except Unreadable as error:
            self.ledger.fail(error.failure)
            return Answer(None, error.failure)
        self._cache.put(key, data.model_dump(mode="json"))
        return Answer(data)

    def _known(self, form: type[Form], key: str) -> Form | None:
        """The answer in the cache; one that has been tampered with is asked for anew."""
        kept = self._cache.get(key)
        try:
            return None if kept is None else form.model_validate(kept)
        except ValidationError:
            return None

    def _key(self, question: Question[Form], messages: Sequence[BaseMessage]) -> str:
        return cache_key(
            {
                "model": [self.model.name.provider, self.model.name.model],
                "options": dict(self.model.options),
                "prompt": question.prompt.digest,
                "form": question.form.model_json_schema(),
                "messages": [[message.type, message.text] for message in messages],
            }
        )

    def _note(self, messages: Sequence[BaseMessage]) -> None:
        tokens = self._expected(messages)
        with self._lock:
            self.estimate.calls += 1
            self.estimate.tokens += tokens

    def _expected(self, messages: Sequence[BaseMessage]) -> Tokens:
        """About what a request reads, and the most that it writes."""
        longest = int(self.model.options.get("max_tokens") or 0)
        return Tokens(estimate_tokens(_length(messages)), longest)

    def _asked(self, form: type[Form], messages: list[BaseMessage]) -> Form:
        """The model's answer; one that has the wrong form may be put right once."""
        message = self._sent(form, messages)
        try:
            return validated(form, message)
        except Unreadable as error:
            if error.failure not in {"malformed", "empty"}:
                raise
            self.ledger.count("repaired")
            again = [*messages, *complaint(form, message, error)]
            return validated(form, self._sent(form, again))

    def _sent(self, form: type[Form], messages: list[BaseMessage]) -> AIMessage:
        """The model's message, repeated and put otherwise until there is one.

        Raises:
            Unreadable: there is none; the failure says why.
            ModelError: the model cannot be asked at all.
        """
        tried = 0
        while True:
            method = self._method
            try:
                message = self._send_once(form, messages, method)
            except (Unreadable, ModelError):
                raise
            except Exception as error:
                failure = failure_of(error)
                if failure == "rejected" and self._step_down(method, error):
                    continue
                if failure not in RETRIED or tried >= self._retries:
                    raise self._given_up(error, failure) from error
                tried += 1
                self.ledger.count("retried")
                self._wait(wait_asked_for(error) or _backoff(tried))
            else:
                self._ever_answered, self._given_up_on = True, 0
                return message

    def _send_once(
        self, form: type[Form], messages: list[BaseMessage], method: Method
    ) -> AIMessage:
        if self._stopped.is_set():
            raise Unreadable(self._why_stopped, "no more is asked")
        held = self._budget.admit(_length(messages))
        if held is None:
            raise Unreadable("budget", "the limit is reached")
        try:
            message = structured(self.model, form, method).invoke(told(form, messages, method))
        except Exception as error:
            # What was sent and never answered may be billed all the same: it stays drawn.
            if failure_of(error) not in {"timed_out", "unreachable"}:
                self._budget.settle(held, tokens_in(error))
            if tokens_in(error) != Tokens():
                self.ledger.called(tokens_in(error))
            raise
        found: AIMessage = message["raw"] if isinstance(message, dict) else message
        tokens = _tokens_of(found, messages)
        self._budget.settle(held, tokens)
        self.ledger.called(tokens)
        return found

    def _step_down(self, method: Method, error: Exception) -> bool:
        """Whether there is a laxer way of asking, after the server refused `method`."""
        if is_hopeless(error):
            return False
        with self._lock:
            if self._method != method:
                return True
            following: dict[Method, Method] = {
                "json_schema": "function_calling",
                "function_calling": "plain",
            }
            if self._ever_answered or method not in following:
                return False
            self._method = following[method]
        return True

    def _given_up(self, error: Exception, failure: Failure) -> Exception:
        """What to raise for a question that failed for good, and whether to ask any more."""
        # A server that has answered may fail at one question and not at the next.
        lasting = _LASTING if self._ever_answered else RETRIED
        with self._lock:
            self._given_up_on = self._given_up_on + 1 if failure in lasting else 0
            silent = self._given_up_on >= _GIVE_UP
        is_over = silent or failure in {"unreachable", "rejected"} or is_hopeless(error)
        if is_over and not self._ever_answered:
            self._stop(failure)
            return as_model_error(self.model.name, error)
        if silent or is_hopeless(error):
            self._stop(failure)
        return Unreadable(failure, type(error).__name__)

    def _stop(self, failure: Failure) -> None:
        self._why_stopped = failure
        self._stopped.set()


def _tokens_of(message: AIMessage, asked: Sequence[BaseMessage]) -> Tokens:
    """Tokens as the provider counted them; estimated where it did not count."""
    used = message.usage_metadata
    if used:
        return Tokens(used["input_tokens"], used["output_tokens"])
    return Tokens(estimate_tokens(_length(asked)), estimate_tokens(len(message.text)))


def _length(messages: Sequence[BaseMessage]) -> int:
    return sum(len(message.text) for message in messages)


def _backoff(tried: int) -> float:
    """Seconds to wait: doubled each time, spread so that parallel requests come back apart."""
    longest = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (tried - 1))
    return float(longest * random.uniform(0.5, 1.0))
