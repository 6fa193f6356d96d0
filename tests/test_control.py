"""The control of calls: who may use it, what it takes, and what a call does then."""

import http.client
import json
import os
import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.control import COMMANDS, CallState, WrongMoment, served
from coach.control_file import Address, check_free, read_address
from coach.errors import UserError


@dataclass
class Control:
    """A served control and the commands that it passed on."""

    address: Address
    state: CallState
    told: list[str]
    file: Path

    def ask(
        self,
        path: str,
        *,
        method: str = "POST",
        body: bytes | None = None,
        drop: str = "",
        **changed: str,
    ) -> tuple[int, dict[str, Any]]:
        """Ask as a rightful caller does, but for what is `changed` or dropped."""
        headers = {
            "Host": f"127.0.0.1:{self.address.port}",
            "Authorization": f"Bearer {self.address.token}",
            "Content-Length": str(len(body or b"")),
        }
        headers |= {name.replace("_", "-"): value for name, value in changed.items()}
        headers.pop(drop, None)
        connection = http.client.HTTPConnection("127.0.0.1", self.address.port, timeout=10)
        with closing(connection):
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            return response.status, json.loads(response.read())


@pytest.fixture
def control(tmp_path: Path) -> Iterator[Control]:
    told: list[str] = []
    state, file = CallState(told.append), tmp_path / "run" / "control.json"
    threads = threading.active_count()
    with served(state, file) as address:
        yield Control(address, state, told, file)
    assert not file.exists()
    assert threading.active_count() <= threads + 1  # an answer may be on its way still


def test_a_call_starts_holds_resumes_and_stops(control: Control) -> None:
    body = json.dumps({"agent": "1204", "reference": "C-77"}).encode()
    assert control.ask("/call/start", body=body) == (200, {"state": "in_call"})
    assert (control.state.agent, control.state.reference) == ("1204", "C-77")
    assert control.ask("/call/hold") == (200, {"state": "on_hold"})
    assert control.ask("/call", method="GET") == (200, {"state": "on_hold"})
    assert control.ask("/call/resume") == (200, {"state": "in_call"})
    assert control.ask("/call/stop") == (200, {"state": "idle"})
    assert control.told == ["start", "hold", "resume", "stop"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": "wrong"}, 401),
        ({"Authorization": "Bearer é\xff"}, 401),
        ({"drop": "Authorization"}, 401),
        ({"Origin": "https://example.com"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "example.com"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "127.0.0.1.example.com:80"}, 403),
        ({"drop": "Host"}, 403),
    ],
    ids=json.dumps,
)
def test_who_is_not_a_rightful_caller_is_refused(
    control: Control, changed: dict[str, str], status: int
) -> None:
    got, answer = control.ask("/call/start", **changed)  # type: ignore[arg-type]
    assert (got, control.state.now, control.told) == (status, "idle", [])
    assert "error" in answer


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"nothing",
        b"[]",
        b'"start"',
        b"\xff\xfe",
        b'{"agent": 7}',
        b'{"agent": ""}',
        b'{"agent": null}',
        b'{"who": "me"}',
        b'{"reference": "a\\nb"}',
        json.dumps({"reference": "x" * 65}).encode(),
        b"[" * 4_000,
    ],
)
def test_a_body_that_is_not_what_it_should_be_is_refused(control: Control, body: bytes) -> None:
    assert control.ask("/call/start", body=body)[0] == 400
    assert control.state.now == "idle"


def test_a_body_that_is_too_long_is_refused_unread(control: Control) -> None:
    assert control.ask("/call/start", body=b"", Content_Length="4097")[0] == 413
    assert control.ask("/call/start", body=b"", Content_Length="-1")[0] == 400
    assert control.ask("/call/start", body=b"", Transfer_Encoding="chunked")[0] == 411


@pytest.mark.parametrize("path", ["/", "/call/begin", "/call/start/", "/../call/start", "/call"])
def test_another_path_is_not_found(control: Control, path: str) -> None:
    assert control.ask(path)[0] == 404


def test_a_command_at_the_wrong_moment_is_refused_and_changes_nothing(control: Control) -> None:
    for command in ("stop", "hold", "resume"):
        assert control.ask(f"/call/{command}")[0] == 409
    control.ask("/call/start")
    assert control.ask("/call/start")[0] == 409
    assert control.told == ["start"]


def test_the_token_is_for_the_owner_only_and_new_every_time(tmp_path: Path) -> None:
    file = tmp_path / "control.json"
    file.write_text("old")
    file.chmod(0o644)
    tokens = set()
    for _ in range(2):
        with served(CallState(), file) as address:
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            assert read_address(file) == address
            tokens.add(address.token)
    assert len(tokens) == 2


def test_it_listens_on_loopback_only(control: Control) -> None:
    with closing(socket.socket()) as elsewhere:
        elsewhere.settimeout(2)
        with pytest.raises(OSError, match="refused"):
            elsewhere.connect(("127.0.0.2", control.address.port))


def test_a_port_that_is_taken_is_the_users_to_mend(control: Control, tmp_path: Path) -> None:
    with (
        pytest.raises(UserError) as error,
        served(CallState(), tmp_path / "other.json", control.address.port),
    ):
        pass
    assert error.value.key == "listen.busy_port"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"port": "x", "token": "t"}', "null"])
def test_without_a_proper_address_no_coach_is_running(tmp_path: Path, text: str) -> None:
    file = tmp_path / "control.json"
    file.write_text(text)
    with pytest.raises(UserError) as error:
        read_address(file)
    assert error.value.key == "listen.not_running"


@given(st.lists(st.sampled_from(COMMANDS)))
def test_a_call_is_on_exactly_while_it_was_started_and_not_stopped(commands: list[Any]) -> None:
    state, told = CallState(), []
    for command in commands:
        before = state.now
        try:
            state.command(command)
        except WrongMoment:
            assert state.now == before
        else:
            told.append(command)
    while state.now == "paused":
        state.command("resume")
    starts = told.count("start")
    assert state.number == starts
    if "object" not in told:
        assert starts - told.count("stop") == (state.now != "idle")


@pytest.mark.parametrize(
    ("commands", "state"),
    [
        (["pause"], "paused"),
        (["pause", "resume"], "idle"),
        (["start", "pause"], "paused"),
        (["start", "pause", "resume"], "in_call"),
        (["start", "hold", "pause", "resume"], "on_hold"),
        (["start", "pause", "stop"], "paused"),
        (["start", "pause", "stop", "resume"], "idle"),
        (["start", "object"], "objected"),
        (["start", "hold", "object"], "objected"),
        (["start", "pause", "object"], "objected"),
        (["start", "object", "stop"], "idle"),
        (["start", "object", "start"], "in_call"),
    ],
    ids=" ".join,
)
def test_a_pause_ends_where_it_began_and_an_objection_with_the_call(
    commands: list[Any], state: str
) -> None:
    seen: list[str] = []
    calls = CallState(changed=seen.append)
    for command in commands:
        calls.command(command)
    assert calls.now == state
    assert seen[-1] == state
    assert all(one != other for one, other in pairwise(["idle", *seen]))


@pytest.mark.parametrize(
    "commands",
    [["object"], ["pause", "pause"], ["pause", "start"], ["pause", "object"], ["start"] * 2]
    + [["start", "object", what] for what in ("resume", "hold", "pause", "object")],
    ids=" ".join,
)
def test_what_does_not_fit_the_moment_is_refused(commands: list[Any]) -> None:
    calls = CallState()
    for command in commands[:-1]:
        calls.command(command)
    with pytest.raises(WrongMoment):
        calls.command(commands[-1])


def test_the_end_of_a_call_ends_no_pause_and_no_objection() -> None:
    calls = CallState()
    calls.command("start")
    calls.command("object")
    calls.is_over(calls.number)
    assert calls.now == "objected"
    calls.command("start")
    calls.command("pause")
    calls.is_over(calls.number)
    assert calls.now == "paused"
    calls.command("resume")
    assert calls.now == "idle"


def test_a_second_coach_does_not_take_over_the_control_of_one_that_runs(tmp_path: Path) -> None:
    file = tmp_path / "control.json"
    with served(CallState(), file) as first:
        with pytest.raises(UserError) as error, served(CallState(), file):
            pass
        assert error.value.key == "listen.already_running"
        assert str(os.getpid()) in str(error.value)
        assert read_address(file) == first
    check_free(file)


@pytest.mark.parametrize("whose", ["nobody's", "another program's"])
def test_the_control_of_a_coach_that_is_gone_is_taken_over(tmp_path: Path, whose: str) -> None:
    file = tmp_path / "control.json"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        gone = {"port": port, "token": "old", "process": 1, "since": "08:00"}
        file.write_text(json.dumps(gone), encoding="utf-8")
        if whose == "nobody's":
            taken.close()
            answered = None
        else:
            answered = threading.Thread(target=_answer_as_something_else, args=(taken,))
            answered.start()
        with served(CallState(), file) as address:
            assert read_address(file) == address
        if answered is not None:
            answered.join()
    assert not file.exists()


def _answer_as_something_else(server: socket.socket) -> None:
    caller, _ = server.accept()
    with closing(caller):
        caller.recv(4_096)
        caller.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


def test_a_coach_that_is_too_busy_to_answer_is_not_gone(tmp_path: Path) -> None:
    file = tmp_path / "control.json"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        busy = {"port": silent.getsockname()[1], "token": "t", "process": 1, "since": "08:00"}
        file.write_text(json.dumps(busy), encoding="utf-8")
        with pytest.raises(UserError) as error:
            check_free(file)
    assert error.value.key == "listen.already_running"


def test_a_caller_that_breaks_off_leaves_the_control_working(control: Control) -> None:
    with closing(socket.create_connection(("127.0.0.1", control.address.port))) as caller:
        caller.sendall(b"POST /call/start HTTP/1.1\r\nContent-Le")
    assert control.ask("/call", method="GET")[0] == 200


def test_the_end_of_a_call_leaves_the_next_one_alone() -> None:
    state = CallState()
    first = state.began_by_itself()
    assert first is not None
    assert state.began_by_itself() is None
    state.command("stop")
    state.command("start")
    state.is_over(first)  # its last words were written only now
    assert state.now == "in_call"
    state.is_over(state.number)
    assert state.now == "idle"
