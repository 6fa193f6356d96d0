"""An environment of its own for every peer."""

import subprocess
import sys
import venv

from benchmarks.peers.catalogue import ENVIRONMENTS, Peer


def build(peer: Peer) -> str | None:
    """Make the peer's environment and install it; why not, if it fails. Ready ones are kept."""
    folder = peer.python.parent.parent
    done = folder / f".{peer.name}"
    if done.is_file() and done.read_text(encoding="utf-8") == repr(peer.installs):
        return None
    ENVIRONMENTS.mkdir(parents=True, exist_ok=True)
    if not peer.python.is_file():
        venv.create(folder, with_pip=True, symlinks=True)
    for arguments in peer.installs:
        command = [str(peer.python), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
        answer = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
        if answer.returncode:
            hint = f" (Debian: {peer.needs})" if peer.needs else ""
            lines = [line for line in answer.stderr.splitlines() if "ERROR" in line]
            return f"pip install {' '.join(arguments)}: {' '.join(lines[-1:])}{hint}"
    done.write_text(repr(peer.installs), encoding="utf-8")
    return None


def build_all(peers: tuple[Peer, ...]) -> int:
    """Build every environment; tells what failed. Returns an exit code."""
    failed = 0
    for peer in peers:
        why = build(peer)
        failed += why is not None
        print(f"{peer.name}: {why or 'ready'}", file=sys.stderr)
    return 1 if failed else 0
