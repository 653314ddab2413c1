"""Backup and restore by the very commands that docs/deploy.md shows, from a portal as its first migrations left it.

Names of databases, users and folders are the test's own; what a container does is done here.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import shape
from tests.worker import environment

# Five commands of Django, each a process, and every migration twice.
pytestmark = pytest.mark.faults
PAPER = "письмо".encode()
OAEP = bytes.fromhex("06092a864886f70d010107")  # the object identifier of RSAES-OAEP
SECTION, BLOCK = re.compile(r"^#{2,3} (.+)$", re.M), re.compile(r"^ *```sh\n(.*?)^ *```$", re.M | re.S)
# As the portal was when its apps had one migration each, with one row in it.
FIRST = """
import django; django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from rcro_portal.lib import migrating
executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations=False)
ours = {"rcro_portal", "centers", "projects", "events", "olympiad", "reports"}
nodes = executor.loader.graph.root_nodes() + executor.loader.graph.leaf_nodes()
first = [node for node in nodes if node[0] not in ours or node[1] == "0001_initial"]
with migrating.one_by_one():
    state = executor.migrate(first)
state.clear_delayed_apps_cache()
state.apps.get_model("centers", "Municipality").objects.create(name="Заречный район")
"""
# The copy is older than the portal it comes back to: one app's newer tables show that as well as those of all.
GONE_ON = ".venv/bin/python manage.py migrate -v 0 projects"
HERE = """
docker() {
    shift
    case $1 in
    exec) shift 3; "$@" ;;
    run)
        while [ "$1" != web ] && [ "$1" != prepare ]; do
            if [ "$1" = --entrypoint ]; then entry=$2; fi
            shift
        done
        if [ "$1" = prepare ]; then script/serve migrate; else shift; "$entry" "$@"; fi ;;
    esac
}
git() { echo commit; }
sudo() { "$@"; }
shred() { shift; rm "$@"; }
umask 077
"""


def blocks(heading: str) -> list[str]:
    """The shell blocks under that heading."""
    text = (settings.BASE_DIR / "docs" / "deploy.md").read_text(encoding="utf-8")
    parts = SECTION.split(text)
    found = BLOCK.findall(parts[parts.index(heading) + 1])
    assert found, heading
    return [re.sub(r"^ {3}", "", block, flags=re.M) for block in found]


def commands(heading: str) -> str:
    return "\n".join(blocks(heading))


def run(script: str, **variables: str) -> str:
    """In the project's folder; whatever fails ends it."""
    done = subprocess.run(
        ["/bin/sh", "-eu", "-c", HERE + script],
        cwd=settings.BASE_DIR,
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def as_it_was_first(url: str, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", FIRST],
        cwd=settings.BASE_DIR,
        env=environment(DATABASE_URL=url, RCRO_DATA_DIR=str(folder)),
        check=True,
    )


TOLD = (
    "from reports.models import Halt; from centers.models import Municipality; from tests import shape; "
    "print(*shape.of_all_tables(), sep='\\n'); "
    "print(Halt.objects.count(), *Municipality.objects.values_list('name', flat=True))"
)


def assert_it_is_back(**data: str) -> None:
    """With its row and a halt, in tables of the form that a new portal's migrations give."""
    *tables, rows = run(f'.venv/bin/python manage.py shell -v 0 -c "{TOLD}"', **data).splitlines()
    assert rows == "1 Заречный район"
    assert tables == shape.of_all_tables()


# -- PostgreSQL ---------------------------------------------------------------------------------------------


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A name for databases of this test alone, and what the programs of PostgreSQL want to know."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has a way back of its own")
    database = connection.settings_dict
    login = {
        "PGHOST": database["HOST"] or "127.0.0.1",
        "PGPORT": str(database["PORT"] or 5432),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
    }
    name = f"{database['NAME']}_back_{os.getpid()}"
    names = (name, f"{name}_restored", f"{name}_before")

    def drop() -> None:
        for one in names:
            subprocess.run(["dropdb", "--if-exists", one], env={**os.environ, **login}, check=True)

    drop()
    subprocess.run(["createdb", "-T", "template0", name], env={**os.environ, **login}, check=True)
    yield name, login
    drop()


@pytest.mark.django_db
def test_dump_of_an_older_portal_comes_back_into_a_new_database(
    server: tuple[str, dict[str, str]], tmp_path: Path
) -> None:
    name, login = server
    password = f":{login['PGPASSWORD']}" if login["PGPASSWORD"] else ""
    url = f"postgres://{login['PGUSER']}{password}@{login['PGHOST']}:{login['PGPORT']}/{name}"
    data = {"DATABASE_URL": url, "RCRO_DATA_DIR": str(tmp_path / "data"), **login}
    digest = hashlib.sha256(PAPER).hexdigest()
    paper = tmp_path / "data" / "store" / digest[:2] / digest
    paper.parent.mkdir(parents=True)
    paper.write_bytes(PAPER)

    def here(script: str) -> str:
        for old, new in (("portal_before", f"{name}_before"), ("restored", f"{name}_restored")):
            script = re.sub(rf"\b{old}\b", new, script)
        script = re.sub(r"(?<=-U )portal\b", login["PGUSER"], script)
        script = re.sub(r"(-d |-Fc |DATABASE |TO )portal\b", rf"\g<1>{name}", script)
        return script.replace("../backup", str(tmp_path / "backup")).replace("/data", str(tmp_path / "data"))

    as_it_was_first(url, tmp_path / "data")
    run(here(commands("Backup")), **data)
    run(GONE_ON, **data)
    paper.unlink()
    run(here(commands("Restore")), **data)
    assert paper.read_bytes() == PAPER
    assert_it_is_back(**data)


# -- SQLite -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has commands of its own")
def test_copy_of_an_older_sqlite_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    (folder / "keys").mkdir(parents=True)
    for name in ("secret_key", "mfa_key"):
        (folder / "keys" / name).write_text("x" * 60, encoding="utf-8")
    url = f"sqlite:///{folder / 'db.sqlite3'}"
    data = {"DATABASE_URL": url, "RCRO_DATA_DIR": str(folder)}
    (folder / "store").mkdir()
    there, back = blocks("Without Docker")
    as_it_was_first(url, folder)
    run(own(there, tmp_path), **data)
    run(GONE_ON, **data)
    run("unset RCRO_SECRET_KEY RCRO_MFA_KEY\n" + own(back, tmp_path).replace("serve prepare", "serve migrate"), **data)
    assert_it_is_back(**data)


def own(script: str, tmp_path: Path) -> str:
    script = re.sub(r"\bvar\b", str(tmp_path / "var"), script)
    return script.replace("../backup", str(tmp_path / "backup"))


# -- Keys and secrets ---------------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("openssl"), reason="wants openssl")
def test_keys_and_secrets_are_sealed_and_opened(tmp_path: Path) -> None:
    project = tmp_path / "portal"
    for folder in (project / "secrets", tmp_path / "data" / "keys", tmp_path / "backup"):
        folder.mkdir(parents=True)
    (project / "secrets" / "secret_key").write_text("тайна", encoding="utf-8")
    (project / ".env").write_text("RCRO_HOST=portal.example.ru", encoding="utf-8")
    (tmp_path / "data" / "keys" / "director.p12").write_bytes(b"\x30" * 3_000)
    once, seal, unseal = blocks("Keys and secrets")
    asked = f"""
    cd {project}
    openssl() {{
        case "$1 $*" in
        req*) command openssl "$@" -passout pass:foreword ;;
        *-decrypt*) command openssl "$@" -passin pass:foreword ;;
        *) command openssl "$@" ;;
        esac
    }}
    """
    seal = seal.replace("/data", str(tmp_path / "data"))
    run(f"{asked}\n{once}\nmv backup.crt ../backup/\n{seal}\n{unseal}")
    sealed = (tmp_path / "backup" / "secrets.cms").read_bytes()
    assert "тайна".encode() not in sealed
    assert OAEP in sealed
    run(f"mkdir {tmp_path}/new && cd {tmp_path}/new && tar -xpf ../backup/secrets.tar && tar -xf ../backup/keys.tar")
    assert (tmp_path / "new" / "secrets" / "secret_key").read_text(encoding="utf-8") == "тайна"
    assert (tmp_path / "new" / ".env").exists()
    assert (tmp_path / "new" / "keys" / "director.p12").read_bytes() == b"\x30" * 3_000
    damaged = bytearray(sealed)
    damaged[-20] ^= 1
    (tmp_path / "backup" / "secrets.cms").write_bytes(damaged)
    opened = unseal.split("\n")[-2]
    assert "secrets.cms" in opened
    run(f"{asked}\nif {opened}; then exit 1; fi")
