"""The product makes no network call that the user did not start.

A process of its own runs one command after another with a hook under every Python socket, and looks
at the process's own connections (of native libraries too, on Linux) between them. What the hook
would see is shown by a command that does connect.
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.command_line import record

ROOT = Path(__file__).parent.parent.parent

WATCH = """
import os, sys
sys.path.insert(0, {root!r})
seen = []
CALLS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
         "socket.sendmsg", "socket.bind", "http.client.connect", "urllib.Request", "ftplib.connect",
         "smtplib.connect")
def watch(name, arguments):
    if name in CALLS:
        address = arguments[1] if len(arguments) > 1 else arguments
        if not isinstance(address, (str, bytes)) or name != "socket.connect":  # no file's socket
            seen.append((name, repr(arguments[-1])))
sys.addaudithook(watch)

def connections():
    "Sockets of the internet that this process holds, whoever opened them."
    inodes = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        try:
            rows = open(f"/proc/self/net/{{table}}").read().splitlines()[1:]
        except OSError:
            continue
        inodes |= {{row.split()[9] for row in rows}}
    found = []
    for fd in os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else []:
        try:
            place = os.readlink(f"/proc/self/fd/{{fd}}")
        except OSError:
            continue
        if place.startswith("socket:[") and place[8:-1] in inodes:
            found.append(place)
    return found
"""

RUN = """
from coach import app, cli
from models.scripted import ScriptedUnderstanding
from tests.e2e.command_line import Listener, LoudnessDetector
app.SileroDetector = LoudnessDetector
app.load_recogniser = lambda _: Listener()
app.load_understanding = lambda _: ScriptedUnderstanding()
for line in open(sys.argv[1]).read().splitlines():
    code = cli._guarded(lambda: cli.cli(line.split("\\t"), standalone_mode=True))
    if code not in (0, 2):
        sys.exit(f"{line} ended with {code}")
    if seen or connections():
        sys.exit(f"{line}: {seen} {connections()}")
print("quiet")
"""


def run(tmp_path: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the watched code in a process of its own, away from this machine's settings."""
    own = {
        name: str(tmp_path / name.lower())
        for name in ("COACH_RECORD", "COACH_LOGS", "COACH_SETTINGS", "COACH_DIARY", "COACH_MODELS")
    }
    program = WATCH.format(root=str(ROOT)) + code
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, **own, "COACH_LANGUAGE": "en", "COACH_KEY_STORE": "file"},
    )


def test_no_command_goes_to_the_network_by_itself(tmp_path: Path) -> None:
    sound = record(tmp_path / "call.wav")
    log = "logs/call.events.jsonl"
    commands = [
        ["analyse", str(sound), "--out", "logs"],
        ["replay", log],
        ["store", "import", log, "--agent", "a1", "--team", "noord"],
        ["store", "list"],
        ["store", "list", "--text", "rekening"],
        ["models", "list"],
        ["metrics", log],
        ["summary", log],
        ["causes", log],
        ["privacy", "show"],
        ["privacy", "purge", "--logs", "logs"],
        ["privacy", "pack", "--out", "pack"],
        ["privacy", "export", "--call", "call", "--out", "out"],
        ["privacy", "access", "--agent", "a1"],
        ["privacy", "erase", "--call", "call", "--yes", "--logs", "logs"],
    ]
    (tmp_path / "commands").write_text("\n".join("\t".join(one) for one in commands))
    done = run(tmp_path, RUN, str(tmp_path / "commands"))
    assert done.stdout.splitlines()[-1:] == ["quiet"], (done.stdout + done.stderr)[-2_000:]
    assert (tmp_path / "pack" / "nl").is_dir()
    assert (tmp_path / "out" / "export.json").is_file()


LOUD = """
import socket, urllib.request
for reach in (lambda: urllib.request.urlopen("http://127.0.0.1:9"),
              lambda: socket.getaddrinfo("localhost", 80),
              lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"", ("127.0.0.1", 9))):
    seen.clear()
    try:
        reach()
    except OSError:
        pass
    assert seen, reach
held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
held.bind(("127.0.0.1", 0))
held.listen()
assert connections() or not os.path.isdir("/proc/self/fd")
print("heard")
"""


def test_the_watch_hears_what_it_has_to_hear(tmp_path: Path) -> None:
    done = run(tmp_path, LOUD)
    assert done.stdout.strip() == "heard", done.stderr


NETWORK = {"socket", "ssl", "http", "urllib", "requests", "httpx", "aiohttp", "huggingface_hub"}
ALLOWED = {
    "coach/control.py": "commands to a coach that listens, on this machine only",
    "coach/control_file.py": "the same, from the other end",
    "coach/listen.py": "the same",
    "coach/store/erasure.py": "names of files, not addresses",
    "coach/store/recordings.py": "the same",
    "coach/store/spool.py": "the same",
    "models/catalogue/fetch.py": "`coach models fetch`",
    "ui/display.py": "the screen of this machine",
}
"""Who may import a library of the network, and what for."""


def imported(path: Path) -> set[str]:
    """The libraries that a file imports, wherever it does so."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", ["coach", "models", "audio", "ui"])
def test_only_those_who_may_import_a_library_of_the_network(package: str) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / package).rglob("*.py")
        if imported(path) & NETWORK
    }
    assert {name for name in users if not name.startswith("models/training/")} <= set(ALLOWED)
