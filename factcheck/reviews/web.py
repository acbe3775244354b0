"""The review page: a small web application for one machine and the people who sit at it.

It answers on the loopback interface only. Every address begins with a random token, so that no
other user and no other page can guess one; `Host` must name the loopback interface, which keeps
out a page that had its name rebound to 127.0.0.1; and a request that writes must come from a page
of its own (`Origin`), as JSON, which no plain form of another site can send.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from factcheck.errors import FactcheckError, UsageProblem
from factcheck.reports.html import Live, anchor, headline_words, standing_html, to_live_html
from factcheck.reports.reviewing import progress as progress_line
from factcheck.reviews.desk import Desk, Wish
from factcheck.reviews.listing import listing_html, rows_html
from factcheck.reviews.queue import Queue

_LARGEST = 64 * 1024
"""Bytes of a request that writes; a note is far shorter."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_Next = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What the application serves."""

    queue: Queue
    reviews: Path
    """File of the store of decisions."""
    reviewer: str
    """Name that decisions carry until a reviewer gives another."""
    port: int
    """Where it listens on the loopback interface."""
    token: str
    """What every address begins with."""

    @property
    def address(self) -> str:
        """Where a browser finds the list of reports."""
        return f"http://127.0.0.1:{self.port}/{self.token}/"


def new_token() -> str:
    """A token that cannot be guessed: 192 random bits."""
    return secrets.token_urlsafe(24)


def application(reviewing: Reviewing) -> Starlette:
    """The web application."""
    pages = _Pages(reviewing)
    return Starlette(
        routes=[
            Route("/{token}/", pages.listing),
            Route("/{token}/rows", pages.rows),
            Route("/{token}/report/{key}", pages.report),
            Route("/{token}/report/{key}/decisions", pages.news, methods=["GET"]),
            Route("/{token}/report/{key}/decisions", pages.decide, methods=["POST"]),
        ],
        middleware=[Middleware(_Guard, reviewing=reviewing)],
        exception_handlers={FactcheckError: _told},
    )


class _Guard(BaseHTTPMiddleware):
    """Answers only what comes from this machine, knows the token and, to write, is our own page."""

    def __init__(self, app: Any, reviewing: Reviewing) -> None:
        super().__init__(app)
        self._token = reviewing.token.encode()
        self._hosts = {f"{name}:{reviewing.port}" for name in ("127.0.0.1", "localhost")}

    async def dispatch(self, request: Request, call_next: _Next) -> Response:
        """Refuse the request, or pass it on and harden the answer."""
        refusal = self._refusal(request)
        answer = refusal or await call_next(request)
        answer.headers.update(_HEADERS)
        return answer

    def _refusal(self, request: Request) -> Response | None:
        if request.headers.get("host") not in self._hosts:
            return PlainTextResponse("Not for this host.", 421)
        token = request.url.path.lstrip("/").partition("/")[0].encode()
        if not hmac.compare_digest(token, self._token):
            return PlainTextResponse("Open the address that factcheck review printed.", 404)
        if request.method in {"GET", "HEAD"}:
            return None
        origin = request.headers.get("origin", "")
        if origin.removeprefix("http://") not in self._hosts or not origin.startswith("http://"):
            return PlainTextResponse("Not from this page.", 403)
        if not request.headers.get("content-type", "").startswith("application/json"):
            return PlainTextResponse("Only JSON is taken.", 415)
        return None


class _Pages:
    """What each address answers; reading and writing happen in threads of the pool."""

    def __init__(self, reviewing: Reviewing) -> None:
        self._reviewing = reviewing

    def listing(self, request: Request) -> Response:
        """The list of reports."""
        return HTMLResponse(listing_html(self._reviewing.queue, self._reviewing.reviews))

    def rows(self, request: Request) -> Response:
        """The rows of the list as they are now."""
        seen = request.query_params.get("seen", "")
        return JSONResponse(rows_html(self._reviewing.queue, self._reviewing.reviews, seen))

    def report(self, request: Request) -> Response:
        """One report to decide on."""
        key = request.path_params["key"]
        desk = self._desk(key)
        seen, _ = desk.since(0)
        context = desk.context()
        progress = desk.progress(context)
        queue = self._reviewing.queue
        onward = queue.after(key)
        live = Live(
            endpoint=f"{key}/decisions",
            home="../",
            onward=onward,
            position=f"report {queue.place(key) + 1:,} of {len(queue):,}",
            reviewer=self._reviewing.reviewer,
            seen=seen,
            needed=progress.needed,
            decided=progress.decided,
        )
        return HTMLResponse(to_live_html(desk.report, context, live))

    def news(self, request: Request) -> Response:
        """What was decided since the page was last told."""
        desk = self._desk(request.path_params["key"])
        return self._state(desk, request.query_params.get("seen"))

    async def decide(self, request: Request) -> Response:
        """Take one decision; answers as `news` does."""
        body = await request.body()
        if len(body) > _LARGEST:
            return JSONResponse({"message": "That is too long."}, 413)
        try:
            data = await request.json()
            return await run_in_threadpool(self._decide, request.path_params["key"], data)
        except (JSONDecodeError, UnicodeDecodeError, RecursionError):
            return JSONResponse({"message": "That is not JSON."}, 400)

    def _decide(self, key: str, data: Any) -> Response:
        if not isinstance(data, dict):
            raise UsageProblem("a decision is a JSON object")
        desk = self._desk(key)
        desk.fulfil(_wish(desk, data), _text(data, "reviewer"))
        return self._state(desk, data.get("seen", 0))

    def _desk(self, key: str) -> Desk:
        path = self._reviewing.queue.path(key)
        if path is None:
            raise UsageProblem("there is no such report in the list")
        return Desk.at(path, self._reviewing.reviews)

    def _state(self, desk: Desk, seen: object) -> Response:
        known = int(seen) if isinstance(seen, (int, str)) and str(seen).isdecimal() else 0
        point, targets = desk.since(known)
        context = desk.context()
        progress = desk.progress(context)
        changed = {
            anchor(target): {
                "state": context.standing(target).state,
                "html": standing_html(context, target),
            }
            for target in targets
        }
        return JSONResponse(
            {
                "seen": point,
                "changed": changed,
                "headline": headline_words(desk.report, context),
                "progress": progress_line(desk.report, context),
                "needed": progress.needed,
                "decided": progress.decided,
            }
        )


def _wish(desk: Desk, data: dict[str, Any]) -> Wish:
    """The wish that a page sent; its target is the anchor of a claim or flag."""
    asked = _text(data, "target")
    ids = [flag.id for flag in desk.report.flags]
    ids += [item.claim.id for item in desk.report.claims]
    target = next((identity for identity in ids if anchor(identity) == asked), asked)
    return Wish(
        _text(data, "action"),  # type: ignore[arg-type]  # `Desk.fulfil` refuses any other
        target,
        _text(data, "answer") or None,
        _text(data, "note"),
        _text(data, "assignee") or None,
    )


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UsageProblem(f"{name} is text")
    return value


def _told(request: Request, error: Exception) -> Response:
    """The message of one of our errors, as the page that asked takes it."""
    message = str(error)
    status = 400 if isinstance(error, UsageProblem) else 500
    if request.method == "POST" or request.url.path.endswith(("/decisions", "/rows")):
        return JSONResponse({"message": message}, status)
    return PlainTextResponse(f"{message}\n", status)
