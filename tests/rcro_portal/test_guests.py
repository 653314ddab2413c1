"""A connection is heard out in pieces, told its limits, and never waited for without end."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from gunicorn.config import Config

from rcro_portal import guests
from rcro_portal.guests import Guest, Line, Refused
from tests.pace import Stopwatch

HEAD = b"POST /check/ HTTP/1.1\r\nHost: portal\r\nContent-Length: 4\r\n\r\n"


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, Guest]]:
    far, near = socket.socketpair()
    guest = Guest(near, lambda one: one.close(), Config(), ("127.0.0.1", 1), ("127.0.0.1", 2))
    guest.begin()
    yield far, guest
    guest.close()
    far.close()


def say(pair: tuple[socket.socket, Guest], data: bytes) -> Guest:
    far, guest = pair
    far.sendall(data)
    guest.listen()
    return guest


def test_whole_is_what_has_its_length(pair: Any) -> None:
    assert [say(pair, piece).is_whole for piece in (HEAD[:9], HEAD[9:], b"ab", b"cd")] == [False, False, False, True]
    assert pair[1].paper.recv(1000) == HEAD + b"abcd"
    assert pair[1].paper.recv(1000) == b""


@pytest.mark.parametrize("first", [HEAD + b"abcd", b"GET / HTTP/1.1\r\nHost: portal\r\n\r\n"], ids=["body", "none"])
def test_what_comes_behind_is_the_next_request(pair: Any, first: bytes) -> None:
    guest = say(pair, first + HEAD + b"efgh")
    assert guest.paper.recv(1000) == first
    guest.begin()
    assert guest.is_whole
    assert guest.paper.recv(1000) == HEAD + b"efgh"


def test_a_body_above_the_memory_lies_in_a_file(pair: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guests, "IN_MEMORY_BYTES", 16)
    pair[1].begin()
    guest = say(pair, HEAD + b"abcd")
    assert guest.paper.file._rolled
    assert guest.paper.recv(1000) == HEAD + b"abcd"


@pytest.mark.parametrize("length", [b"13000001", b"9" * 40])
def test_bodies_that_are_not_taken(pair: Any, length: bytes) -> None:
    with pytest.raises(Refused) as refused:
        say(pair, HEAD.replace(b" 4", b" " + length))
    assert refused.value.status == 413


@pytest.mark.parametrize("step", [1, 3, 7, 1000])
def test_chunks_end_where_they_say(pair: Any, step: int) -> None:
    head = HEAD.replace(b"Content-Length: 4", b"Transfer-Encoding: chunked")
    whole = head + b"4\r\nabcd\r\nA;x=1\r\n0123456789\r\n0\r\nTrailer: a\r\n\r\n"
    said = whole + (HEAD if step == 1000 else b"")
    found = [say(pair, said[at : at + step]).is_whole for at in range(0, len(said), step)]
    assert (found.count(True), found[-1]) == (1, True)
    assert pair[1].paper.recv(1000) == whole
    assert pair[1].rest == said[len(whole) :]


def test_chunks_that_make_no_sense_or_no_end(pair: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    head = HEAD.replace(b"Content-Length: 4", b"Transfer-Encoding: chunked")
    assert say(pair, head + b"no number\r\n").is_whole
    pair[1].begin()
    monkeypatch.setattr(guests, "BODY_BYTES", 0)
    monkeypatch.setattr(guests, "HEAD_BYTES", 100)
    with pytest.raises(Refused):
        say(pair, head + b"FF\r\n" + b"a" * 200)


def test_a_full_disk_refuses_the_body(pair: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pair[1].paper.file, "write", full)
    with pytest.raises(Refused) as refused:
        say(pair, HEAD)
    assert refused.value.status == 503


def test_terms_grow_with_what_has_come(pair: Any) -> None:
    guest = pair[1]
    assert guest.due == guest.since + guests.HEAD_SECONDS
    say(pair, HEAD)
    assert guest.due < guest.since + guests.HEAD_SECONDS + guests.BODY_SECONDS + 1
    guest.got += 10 * guests.BYTES_A_SECOND
    assert guest.due > guest.since + guests.HEAD_SECONDS + guests.BODY_SECONDS + 10


@pytest.mark.parametrize(
    ("line", "hashes"),
    [
        (b"POST /accounts/login/", True),
        (b"POST /invitations/secret/accept/", True),
        (b"GET /accounts/login/", False),
        (b"POST /letters/1/sign/", False),
    ],
)
def test_where_passwords_are_hashed(pair: Any, line: bytes, hashes: bool) -> None:
    assert say(pair, HEAD.replace(b"POST /check/", line)).hashes is hashes


def test_who_reads_too_slowly_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guests, "SEND_SECONDS", 0.5)
    monkeypatch.setattr(guests, "BYTES_A_SECOND", 1_000_000_000)
    far, near = socket.socketpair()
    watch = Stopwatch()
    with far, Line(fileno=near.detach()) as line:
        line.setblocking(True)
        with pytest.raises(BrokenPipeError):
            line.sendall(b"a" * 100_000_000)
    assert watch.within(5)


def test_who_reads_is_sent_everything() -> None:
    far, near = socket.socketpair()
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.extend(iter(lambda: far.recv(65536), b"")))
    with far:
        reader.start()
        with Line(fileno=near.detach()) as line:
            line.setblocking(True)
            line.sendall(b"a" * 3_000_000)
        reader.join(20)
    assert sum(map(len, read)) == 3_000_000
