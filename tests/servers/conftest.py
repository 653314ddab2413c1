"""Servers and programs of Debian, run as throw-away instances: collected by ``script/test --servers`` alone."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import imap
from tests.browser.web import free_port
from tests.servers.dovecot import Dovecot
from tests.servers.network import Network

if "RCRO_TEST_SERVERS" not in os.environ:
    collect_ignore_glob = ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/servers/"):
            item.add_marker(pytest.mark.servers)


@pytest.fixture(scope="package")
def folder() -> Iterator[Path]:
    """Where accounts of other names may look: pytest's own folders are for its owner alone."""
    made = Path(tempfile.mkdtemp(prefix="rcro-servers-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="package")
def network(folder: Path) -> Iterator[Network]:
    certificate = imap.certificate(folder / "server.pem")
    with ExitStack() as running:
        dovecot = running.enter_context(Dovecot(folder, certificate, (free_port(), free_port(), free_port())))
        yield running.enter_context(Network(folder, dovecot))
