"""A place to measure in: a data directory and a database of its own, filled with the demo network, then removed."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_FILL = 900
# Any database of the server will do: the one measured in is made beside it.
POSTGRES = os.environ.get("RCRO_BENCH_POSTGRES", "postgres://root@127.0.0.1:5432/test")
SECRETS = ("RCRO_SECRET_KEY_FILE", "RCRO_MFA_KEY_FILE")
FOREIGN = ("DATABASE_URL", "REDIS_URL", "RCRO_KEYS_DIR", *SECRETS, "RCRO_DEBUG", "RCRO_BASE_URL")


class NotMeasured(Exception):
    """Why a figure could not be taken, in words."""


@contextlib.contextmanager
def place(database: str) -> Iterator[dict[str, str]]:
    """Environment of processes that work in this place. Raises NotMeasured where there is none."""
    folder = Path(tempfile.mkdtemp(prefix="rcro-bench-"))
    try:
        with _database(database) as url:
            environment = _environment(folder, url)
            _fill(environment)
            yield environment
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path, url: str) -> dict[str, str]:
    for part in ("broker/queue", "broker/control", "cache", "keys", "logs", "mail", "run", "static", "store"):
        (folder / part).mkdir(parents=True)
    (folder / "keys").chmod(0o700)
    inherited = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    ours = {
        "DJANGO_SETTINGS_MODULE": "rcro_portal.settings",
        "RCRO_DATA_DIR": str(folder),
        "RCRO_SECRET_KEY": uuid.uuid4().hex * 2,
        "RCRO_MFA_KEY": uuid.uuid4().hex * 2,
        "RCRO_DEMO": "1",
    }
    return inherited | ours | ({"DATABASE_URL": url} if url else {})


@contextlib.contextmanager
def _database(kind: str) -> Iterator[str]:
    """Its address; the default, SQLite in the data directory, has none."""
    if kind == "sqlite":
        yield ""
        return
    name = f"rcro_bench_{os.getpid()}"
    _ask_server(f'CREATE DATABASE "{name}"')
    try:
        yield urllib.parse.urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
    finally:
        _ask_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _ask_server(command: str) -> None:
    try:
        server = psycopg2.connect(POSTGRES, connect_timeout=5)
    except psycopg2.OperationalError as error:
        raise NotMeasured(f"no PostgreSQL (RCRO_BENCH_POSTGRES names the server): {error}") from error
    server.autocommit = True
    with contextlib.closing(server), server.cursor() as cursor:
        cursor.execute(command)


def _fill(environment: dict[str, str]) -> None:
    run(["script/serve", "prepare"], environment, SECONDS_TO_FILL)
    run([sys.executable, "manage.py", "load_demo"], environment, SECONDS_TO_FILL)


def run(command: list[str], environment: dict[str, str], seconds: float) -> str:
    """What the command prints. Raises NotMeasured with its last words where it fails."""
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=seconds)
    if done.returncode:
        raise NotMeasured(f"{' '.join(command[-2:])} failed:\n{done.stderr[-2000:]}")
    return done.stdout
