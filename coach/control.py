"""The control of calls from outside: by a softphone, a script or `coach call`, on this machine.

HTTP on 127.0.0.1. Who may read the address file (only its owner) has the token; a web page has
neither the token nor the right `Host`, and is refused for its `Origin`.
"""

import json
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

from coach.control_file import LOOPBACK, Address, announced
from coach.errors import UserError

State = Literal["idle", "in_call", "on_hold", "paused", "objected"]
"""No call; a call; the customer is on hold; the agent paused the coach; the customer objected."""
Command = Literal["start", "stop", "hold", "resume", "pause", "object"]

COMMANDS: tuple[Command, ...] = ("start", "stop", "hold", "resume", "pause", "object")
NOTHING_CAPTURED: frozenset[State] = frozenset({"on_hold", "paused", "objected"})
"""The states in which both devices are closed."""

_FOLLOWS: dict[tuple[State, Command], State] = {
    ("idle", "start"): "in_call",
    ("idle", "pause"): "paused",
    ("in_call", "stop"): "idle",
    ("in_call", "hold"): "on_hold",
    ("in_call", "pause"): "paused",
    ("in_call", "object"): "objected",
    ("on_hold", "resume"): "in_call",
    ("on_hold", "stop"): "idle",
    ("on_hold", "pause"): "paused",
    ("on_hold", "object"): "objected",
    ("objected", "start"): "in_call",
    ("objected", "stop"): "idle",
}
"""What follows, but for a pause: it ends in the state in which it began."""
_MOST_BYTES = 4_096
_PASSED = {"agent": 64, "reference": 64, "channel": 32}
"""What may be said of a call, and how many letters it may have."""
_NAMED = "agent, reference and channel"
_PATIENCE_S = 5.0


class WrongMoment(Exception):
    """The command does not fit the state of the call."""


class CallState:
    """What the call is in, as people and programs want it. Safe to use from any thread.

    `told` is called with every command that was accepted, before the answer to it; `changed` with
    every new state. `number` counts the calls: the next one may begin while the last one is still
    being written.
    """

    def __init__(
        self,
        told: Callable[[Command], None] = lambda _: None,
        changed: Callable[[State], None] = lambda _: None,
    ) -> None:
        self._lock = threading.Lock()
        self._told, self._changed = told, changed
        self._state: State = "idle"
        self._before_pause: State = "idle"
        self.number = 0
        self.agent: str | None = None
        self.reference: str | None = None
        self.channel: str | None = None

    @property
    def now(self) -> State:
        """The state."""
        return self._state

    def command(
        self,
        what: Command,
        *,
        agent: str | None = None,
        reference: str | None = None,
        channel: str | None = None,
    ) -> State:
        """Do what is asked; the new state. Raises `WrongMoment`."""
        with self._lock:
            follows = self._follows(what)
            if follows is None:
                raise WrongMoment(f"{what} while {self._state}")
            if what == "start":
                self.number += 1
                self.agent, self.reference, self.channel = agent, reference, channel
            if what == "pause":
                self._before_pause = self._state
            elif self._state == "paused" and what == "stop":
                self._before_pause = "idle"
            self._now_is(follows)
            self._told(what)
            return follows

    def began_by_itself(self) -> int | None:
        """A call was heard to begin: its number; `None` if one is on already."""
        with self._lock:
            if self._state != "idle":
                return None
            self.agent, self.reference, self.channel = None, None, None
            self.number += 1
            self._now_is("in_call")
            return self.number

    def is_over(self, number: int) -> None:
        """Call `number` ended, whoever ended it; a later one is left alone, and so is a pause."""
        with self._lock:
            if number != self.number:
                return
            if self._state == "paused":
                self._before_pause = "idle"
            elif self._state in ("in_call", "on_hold"):
                self._now_is("idle")

    def _follows(self, what: Command) -> State | None:
        if self._state != "paused":
            return _FOLLOWS.get((self._state, what))
        in_a_call = self._before_pause != "idle"
        after: dict[Command, State | None] = {
            "resume": self._before_pause,
            "stop": "paused" if in_a_call else None,
            "object": "objected" if in_a_call else None,
        }
        return after.get(what)

    def _now_is(self, state: State) -> None:
        if state != self._state:
            self._state = state
            self._changed(state)


@contextmanager
def served(state: CallState, file: Path, port: int = 0) -> Iterator[Address]:
    """Serve the control meanwhile, with its address in `file`.

    Raises `UserError`: the port is taken, or another coach listens.
    """
    token = secrets.token_urlsafe(32)
    try:
        server = _Server(state, port, token)
    except OSError as why:
        raise UserError("listen.busy_port", port=port) from why
    address = Address(
        port=server.server_address[1],
        token=token,
        process=os.getpid(),
        since=time.strftime("%H:%M"),
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="control", daemon=True)
    thread.start()
    try:
        with announced(file, address):
            yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, state: CallState, port: int, token: str) -> None:
        self.state = state
        self.token = token
        super().__init__((LOOPBACK, port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that breaks off is its own affair; the standard library would print it."""


class _Refused(Exception):
    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _PATIENCE_S
    server_version = "EerstBegrip"
    sys_version = ""

    def do_GET(self) -> None:
        """`/call`: the state."""
        self._answered(self._state)

    def do_POST(self) -> None:
        """`/call/start`, `stop`, `hold`, `resume`, `pause`, `object`."""
        self._answered(self._command)

    def log_message(self, *_: Any) -> None:
        """No log: a request may carry the reference of a call."""

    def _answered(self, work: Callable[[], dict[str, str]]) -> None:
        try:
            self._check_caller()
            status, answer = HTTPStatus.OK, work()
        except _Refused as why:
            status, answer = why.status, {"error": str(why)}
        except WrongMoment as why:
            status, answer = HTTPStatus.CONFLICT, {"error": str(why)}
        data = json.dumps(answer).encode()
        with suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)
        self.close_connection = True

    def _check_caller(self) -> None:
        """Refuse other machines, other sites and whoever does not know the token."""
        port = self.server.server_address[1]
        hosts = self.headers.get_all("Host", [])
        if self.client_address[0] != LOOPBACK:
            raise _Refused(HTTPStatus.FORBIDDEN, "only from this machine")
        if hosts not in ([f"{LOOPBACK}:{port}"], [f"localhost:{port}"]):
            raise _Refused(HTTPStatus.FORBIDDEN, "wrong Host")
        if self.headers.get("Origin") is not None:
            raise _Refused(HTTPStatus.FORBIDDEN, "not for web pages")
        given = self.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if not secrets.compare_digest(given, f"Bearer {self.server.token}".encode()):
            raise _Refused(HTTPStatus.UNAUTHORIZED, "wrong token")

    def _state(self) -> dict[str, str]:
        if self.path != "/call":
            raise _Refused(HTTPStatus.NOT_FOUND, "no such thing")
        return {"state": self.server.state.now}

    def _command(self) -> dict[str, str]:
        what = next((c for c in COMMANDS if self.path == f"/call/{c}"), None)
        if what is None:
            raise _Refused(HTTPStatus.NOT_FOUND, "no such command")
        return {"state": self.server.state.command(what, **self._passed())}

    def _passed(self) -> dict[str, str]:
        """What is said of the call (`_PASSED`), if the body has it."""
        if self.headers.get("Transfer-Encoding") is not None:
            raise _Refused(HTTPStatus.LENGTH_REQUIRED, "say Content-Length")
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdigit()):
            raise _Refused(HTTPStatus.BAD_REQUEST, "wrong Content-Length")
        if int(length) > _MOST_BYTES:
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too long")
        body = self._body(int(length))
        try:
            passed = json.loads(body) if body else {}
        except (ValueError, RecursionError) as why:
            raise _Refused(HTTPStatus.BAD_REQUEST, "not JSON") from why
        if not isinstance(passed, dict) or not all(map(_fits, passed.items())):
            raise _Refused(HTTPStatus.BAD_REQUEST, f"{_NAMED} are short texts")
        return passed

    def _body(self, length: int) -> bytes:
        try:
            body = self.rfile.read(length)
        except OSError as why:
            raise _Refused(HTTPStatus.REQUEST_TIMEOUT, "too slow") from why
        if len(body) < length:
            raise _Refused(HTTPStatus.BAD_REQUEST, "broken off")
        return body


def _fits(pair: tuple[str, Any]) -> bool:
    name, value = pair
    if not isinstance(value, str):
        return False
    return 0 < len(value) <= _PASSED.get(name, 0) and value.isprintable()
