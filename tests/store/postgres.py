"""A PostgreSQL of one's own for a test session: on loopback, over TLS from a throw-away CA."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from psycopg import sql

_PASSWORD = "throw-away"  # noqa: S105 - of a server that lives as long as the test session

_HBA = """\
hostssl all all 127.0.0.1/32 scram-sha-256
"""

_CONF = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
ssl = on
ssl_cert_file = 'server.crt'
ssl_key_file = 'server.key'
fsync = off
shared_buffers = '32MB'
max_connections = 40
log_min_messages = fatal
"""


_MEMORY = """
shared_buffers = '1GB'
effective_cache_size = '4GB'
work_mem = '32MB'
maintenance_work_mem = '256MB'
max_wal_size = '4GB'
random_page_cost = 1.1
fsync = on
synchronous_commit = on
"""


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs: Debian keeps them off the path."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    return max(found, default=Path(on_path).parent if on_path else None, key=str)


@dataclass
class Server:
    """A running server; its tables go with it."""

    programs: Path
    folder: Path
    port: int
    _process: subprocess.Popen[bytes] | None = None
    _numbers: "count[int]" = field(default_factory=count)

    @property
    def certificate(self) -> Path:
        """The CA's."""
        return self.folder / "ca.crt"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            [self.programs / "postgres", "-D", self.folder / "data", "-p", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **_as_postgres(),
        )
        ready: list[str | Path] = [
            self.programs / "pg_isready",
            "-q",
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
        ]
        while subprocess.run(ready, check=False).returncode != 0:
            assert self._process.poll() is None, "PostgreSQL does not start"

    def kill(self) -> None:
        """End it and all its children at once, as a failing machine would."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """End it in order."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait()

    def url(self, database: str, login: str = "postgres") -> str:
        """The address for a login, as the product takes it."""
        return (
            f"postgresql://{login}:{_PASSWORD}@localhost:{self.port}/{database}"
            f"?sslrootcert={self.certificate}"
        )

    def admin(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """A connection of the superuser, statement by statement."""
        url = self.url(database) + "&sslmode=verify-full"
        return psycopg.connect(url, autocommit=True)

    def new_database(self, template: str = "template1") -> str:
        """A database of one's own, a copy of `template`."""
        name = f"test_{next(self._numbers)}"
        with self.admin() as connection:
            parts = sql.Identifier(name), sql.Identifier(template)
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*parts))
        return name

    def new_login(self, name: str) -> None:
        """Somebody who may log in and nothing else."""
        with self.admin() as connection:
            statement = "CREATE ROLE {} LOGIN PASSWORD {}"
            parts = sql.Identifier(name), sql.Literal(_PASSWORD)
            connection.execute(sql.SQL(statement).format(*parts))


def new_server(programs: Path, *, memory: bool = False) -> Server:
    """Make a server and start it; with `memory`, set up as one for a team would be."""
    folder = Path(tempfile.mkdtemp(prefix="coach-postgres-"))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir(mode=0o700)
    password = folder / "password"
    password.write_text(_PASSWORD, encoding="utf-8")
    if os.geteuid() == 0:
        shutil.chown(data, "postgres", "postgres")
    initdb: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "--pwfile",
        password,
    ]
    initdb += ["-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync", "-k"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **_as_postgres())
    (data / "pg_hba.conf").write_text(_HBA, encoding="utf-8")
    with (data / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.write(_CONF + (_MEMORY if memory else ""))
    _certificates(folder, data)
    server = Server(programs, folder, _free_port())
    server.start()
    return server


def remove(server: Server) -> None:
    """Stop it and take everything away."""
    server.stop()
    shutil.rmtree(server.folder)


def _as_postgres() -> Any:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    person = pwd.getpwnam("postgres")
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": [], "cwd": "/"}


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


# ---- certificates --------------------------------------------------------------------------------


def _certificates(folder: Path, data: Path) -> None:
    ca_key, server_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca = _certificate("throw-away CA", ca_key, "throw-away CA", ca_key, is_ca=True)
    of_server = _certificate("localhost", server_key, "throw-away CA", ca_key, is_ca=False)
    (folder / "ca.crt").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    (data / "server.crt").write_bytes(of_server.public_bytes(serialization.Encoding.PEM))
    key = data / "server.key"
    key.touch(mode=0o600)
    key.write_bytes(
        server_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    if os.geteuid() == 0:
        shutil.chown(key, "postgres", "postgres")
        shutil.chown(data / "server.crt", "postgres", "postgres")


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    signed_with: ec.EllipticCurvePrivateKey,
    *,
    is_ca: bool,
) -> x509.Certificate:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    )
    if not is_ca:
        names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(signed_with, hashes.SHA256())
