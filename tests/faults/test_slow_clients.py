"""Who sends or reads slowly, and sixty who log in at once, keep nobody else from the public pages."""

import contextlib
import signal
import socket
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.faults.served import Served, trickling
from tests.faults.served_settings import HASH_SECONDS, HEAD_SECONDS
from tests.pace import Stopwatch, slowness
from tests.worker import until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
SOCKETS = pytest.mark.same_on_both("what is said to a socket; who logs in at once runs on both")
TOKEN = "a-made-up-token-of-a-message"
PAGES = ("/healthz/", "/check/?number=941&day=2020-09-17", "/accounts/login/", "/m/made-up-token-of-a-message/")
HEAD = b"POST /check/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
LONG = HEAD + b"Content-Length: 5000\r\n\r\n"


@pytest.fixture(scope="module")
def served(django_db_setup: None) -> Iterator[Served]:
    with Served() as running:
        yield running


def assert_pages_answer(served: Served, rounds: int = 8) -> None:
    """p99 of so few is all but one; a slow client slows each of three tries, other tests beside this one do not."""
    tries = []
    for _ in range(3):
        answers = [served.get(page, Host=f"127.0.0.1:{served.port}") for _ in range(rounds) for page in PAGES]
        assert {status for status, _ in answers} == {200, 404}
        tries.append(sorted(took for _, took in answers))
        if tries[-1][-2] <= slowness():
            return
    pytest.fail(f"the second longest of each try took more than a second: {tries}")


def read_all(line: socket.socket) -> bytes:
    said = b""
    with line, contextlib.suppress(ConnectionResetError):
        while piece := line.recv(65536):
            said += piece
    return said


@SOCKETS
@pytest.mark.parametrize(
    ("what", "many"),
    [(LONG + b"a", 12), (b"GET /check/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: a", 30), (b"", 30)],
    ids=["bodies", "heads", "silence"],
)
def test_slow_senders_stop_nobody(served: Served, what: bytes, many: int) -> None:
    with trickling([served.dial(what) for _ in range(many)] if what else []):
        silent = [] if what else [served.dial() for _ in range(many)]
        assert_pages_answer(served)
        for line in silent:
            line.close()


@SOCKETS
def test_a_slow_sender_is_told_so(served: Served) -> None:
    half = served.dial(b"GET /check/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: a")
    watch = Stopwatch()
    said = read_all(half).decode()
    assert said.startswith("HTTP/1.1 408 Request Timeout\r\n")
    assert "Запрос шёл слишком медленно" in said
    assert watch.within(HEAD_SECONDS + 4)


@SOCKETS
def test_who_keeps_the_line_after_the_answer_stops_nobody(served: Served) -> None:
    closing = b"GET /healthz/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    lines = [served.dial(closing) for _ in range(8)]
    assert_pages_answer(served, rounds=3)
    assert all(b" 200 OK" in line.recv(4096) for line in lines)
    for line in lines:
        line.close()


@SOCKETS
def test_a_request_in_pieces_is_answered_whole(served: Served) -> None:
    body = b"number=941&day=2020-09-17"
    whole = b"GET /check/?number=941&day=2020-09-17 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    refused = HEAD + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    line = served.dial()
    for piece in (whole[:7], whole[7:30], whole[30:] + whole + refused[:90], refused[90:-3], refused[-3:]):
        line.sendall(piece)
        time.sleep(0.2)
    said = read_all(line)
    assert [part[:3] for part in said.split(b"HTTP/1.1 ")[1:]] == [b"200", b"200", b"403"]


@SOCKETS
@pytest.mark.parametrize(
    ("head", "answer"),
    [
        (b"Transfer-Encoding: nonsense\r\n", "501 Bad Request"),
        (b"Content-Length: 13000001\r\n", "413 "),
        (b"Content-Length: 3\r\nContent-Length: 4\r\n", "400 Bad Request"),
        (b"X-Long: " + b"a" * 66_000 + b"\r\n", "431 Request Header Fields Too Large"),
        (b"Content-Length: 1\r\nExpect: 100-continue\r\nConnection: close\r\n", "100 Continue"),
    ],
    ids=["unknown-coding", "too-big", "contradiction", "long-head", "asks-first"],
)
def test_what_a_head_says_of_its_body(served: Served, head: bytes, answer: str) -> None:
    line = served.dial(HEAD + head + b"\r\n")
    said = line.recv(4096).decode("utf-8", "replace")
    assert said.startswith(f"HTTP/1.1 {answer}")
    if answer == "100 Continue":
        line.sendall(b"a")
        assert read_all(line).startswith(b"HTTP/1.1 403 ")
    line.close()


# -- Logging in ---------------------------------------------------------------------------------------


def login(served: Served) -> Callable[[], str]:
    """A ready request to log in, with its token; the call sends it and returns the head of the answer."""
    page = b"GET /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    token = read_all(served.dial(page)).decode().partition("csrftoken=")[2].partition(";")[0]
    form = {"csrfmiddlewaretoken": token, "login": "nobody@rcro.example", "password": "not it at all"}
    body = urllib.parse.urlencode(form).encode()
    head = [
        "POST /accounts/login/ HTTP/1.1",
        "Host: 127.0.0.1",
        f"Cookie: csrftoken={token}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    whole = "\r\n".join([*head, "", ""]).encode() + body
    return lambda: read_all(served.dial(whole)).decode()


def test_many_who_log_in_at_once_wait_for_each_other_and_for_nobody_else(served: Served) -> None:
    said: list[str] = []
    tries = [login(served) for _ in range(12)]
    people = [threading.Thread(target=lambda one=one: said.append(one())) for one in tries]
    for person in people:
        person.start()
    time.sleep(HASH_SECONDS / 2)
    assert_pages_answer(served)
    for person in people:
        person.join()
    statuses = Counter(one[9:12] for one in said)
    assert statuses.keys() <= {"200", "422", "429", "503"}
    assert statuses["503"] >= 4
    assert statuses.total() - statuses["503"] >= 6
    busy = next(one for one in said if one[9:12] == "503")
    assert "\r\nRetry-After: 60\r\n" in busy
    assert "Попробуйте ещё раз через минуту" in busy


# -- What it writes down ------------------------------------------------------------------------------


@SOCKETS
@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (f"/m/{TOKEN}/", "GET /m/…/ HTTP/1.1"),
        (f"/m/{TOKEN}/pages/{TOKEN}/2/", "GET /m/…/pages/…/2/ HTTP/1.1"),
        (f"/accounts/password/reset/key/1-{TOKEN}/", "GET /accounts/password/reset/key/…/ HTTP/1.1"),
        (f"/accounts/confirm-email/{TOKEN}/", "GET /accounts/confirm-email/…/ HTTP/1.1"),
        (f"/invitations/{TOKEN}/accept/", "GET /invitations/…/accept/ HTTP/1.1"),
        (f"/accounts/login/?next=/m/{TOKEN}/&page=2", "GET /accounts/login/?next=…&page=… HTTP/1.1"),
        (f"/m/{TOKEN}.", "GET /m/… HTTP/1.1"),
        (f"/{TOKEN}", "GET /… HTTP/1.1"),
    ],
)
def test_no_line_of_the_log_opens_anything(served: Served, address: str, shown: str) -> None:
    served.get(address, Referer=f"http://127.0.0.1:{served.port}/m/{TOKEN}/?q={TOKEN}", **{"HX-Current-URL": TOKEN})
    until(lambda: shown in served.log, 60, lambda: served.log[-2000:])
    assert TOKEN not in served.log


@SOCKETS
def test_what_is_refused_is_not_told_either(served: Served) -> None:
    """By gunicorn's parser, and by Django's guard of forms."""
    read_all(served.dial(f"GET /m/{TOKEN}/ HTTP/9\r\n\r\n".encode()))
    post = f"POST /m/{TOKEN}/acknowledge/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n"
    read_all(served.dial(f"{post}Referer: https://elsewhere.example/m/{TOKEN}/\r\n\r\n".encode()))
    until(lambda: "/m/…/acknowledge/" in served.log and "Invalid" in served.log, 60, lambda: served.log[-2000:])
    assert TOKEN not in served.log


def test_told_to_stop_it_waits_for_no_slow_sender(django_db_setup: None) -> None:
    with Served() as running, trickling([running.dial(LONG + b"a") for _ in range(3)]):
        watch = Stopwatch()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(60) == 0
        assert watch.within(15)
