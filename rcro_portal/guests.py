"""A client at the door of a web process: what has come of its request so far, and how long it may take over it.

Nothing here judges a request: a head that makes no sense is handed on as it is, and gunicorn's parser refuses it.
"""

import errno
import math
import re
import socket
import tempfile
import time
from collections.abc import Callable
from typing import Any, Self

from gunicorn.workers.gthread import TConn

HEAD_BYTES = 64 * 1024
# A file of 12 MB with its form; compose/Caddyfile says the same.
BODY_BYTES = 13_000_000
IN_MEMORY_BYTES = 1024 * 1024
HEAD_SECONDS, BODY_SECONDS, SEND_SECONDS = 10, 20, 15
# Whoever is slower than that over a whole body or answer holds up no thread for longer.
BYTES_A_SECOND = 8 * 1024
PIECE_BYTES = 64 * 1024

_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]+)[ \t]*(?=\r\n)", re.IGNORECASE)
_CODED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked[ \t]*(?=\r\n)", re.IGNORECASE)
_HEXADECIMAL = re.compile(rb"[0-9A-Fa-f]{1,15}")
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)
# Where passwords are hashed: logging in, a new password, an invitation.
_HASHES = re.compile(rb"POST /(?:accounts|invitations)/")


class Refused(Exception):
    """The request is not taken; the status says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Chunks:
    """Where a body that comes in chunks ends; what makes no sense ends it too, for gunicorn to refuse."""

    def __init__(self) -> None:
        self.line, self.left, self.was_last = bytearray(), 0, False

    def end(self, data: bytes) -> int | None:
        """The place in ``data`` just behind the body; None while there is more to come."""
        at = 0
        while at < len(data):
            passed = min(self.left, len(data) - at)
            at, self.left = at + passed, self.left - passed
            feed = data.find(b"\n", at) + 1
            if not feed:
                self.line += data[at:]
                return len(data) if len(self.line) > HEAD_BYTES else None
            line, at = bytes(self.line + data[at:feed]).strip(), feed
            self.line.clear()
            if self._ends(line):
                return at
        return None

    def _ends(self, line: bytes) -> bool:
        if self.was_last:
            return not line
        digits = line.partition(b";")[0].strip()
        if not _HEXADECIMAL.fullmatch(digits):
            return True
        size = int(digits, 16)
        self.was_last, self.left = not size, size + 2 if size else 0
        return False


class Line(socket.socket):
    """A client's socket. An answer gets ``SEND_SECONDS`` and one more for every ``BYTES_A_SECOND`` of it."""

    sent, spent = 0, 0.0

    def setblocking(self, flag: bool) -> None:
        """A thread never waits without end, whatever gunicorn asks for."""
        self.settimeout(SEND_SECONDS if flag else 0)
        self.sent, self.spent = 0, 0.0

    def sendall(self, data: Any, flags: int = 0) -> None:
        self.sent += memoryview(data).nbytes
        begun = time.monotonic()
        self.settimeout(max(SEND_SECONDS + self.sent / BYTES_A_SECOND - self.spent, 0.01))
        try:
            super().sendall(data, flags)
        except TimeoutError:
            raise BrokenPipeError(errno.EPIPE, "The client reads too slowly") from None
        finally:
            self.spent += time.monotonic() - begun


class Paper:
    """A whole request as gunicorn's parser reads it: a socket that never makes it wait."""

    def __init__(self) -> None:
        self.file = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115

    def recv(self, size: int) -> bytes:
        return self.file.read(min(size, PIECE_BYTES))


class Guest(TConn):
    """A connection of gunicorn's that is heard out before it is served, and seen off without anybody waiting."""

    def __init__(self, sock: socket.socket, see_off: Callable[[Self], None], *about: Any) -> None:
        cfg, client, server = about
        super().__init__(cfg, Line(fileno=sock.detach()), client, server)
        self.see_off = see_off
        self.data_ready = True
        self.rest = b""
        self.paper: Paper | None = None

    def begin(self) -> None:
        """Wait for the next request; what came behind the last one is its beginning."""
        if self.paper is not None:
            self.paper.file.close()
        self.head, self.paper = bytearray(), Paper()
        self.needed: float | None = None
        self.chunks: Chunks | None = None
        self.got, self.since, self.hashes = 0, time.monotonic(), False
        taken, self.rest = self.rest, b""
        self._take(taken)

    def listen(self) -> None:
        """Take what has come. Raises Refused, BlockingIOError where nothing has, another OSError where it has gone."""
        most = PIECE_BYTES if self.needed is None else int(min(PIECE_BYTES, self.needed - self.got))
        data = self.sock.recv(most)
        if not data:
            raise ConnectionResetError(errno.ECONNRESET, "The client has gone")
        self._take(data)

    @property
    def is_whole(self) -> bool:
        return self.needed is not None and self.got >= self.needed

    @property
    def due(self) -> float:
        if self.needed is None:
            return self.since + HEAD_SECONDS
        return self.since + HEAD_SECONDS + BODY_SECONDS + self.got / BYTES_A_SECOND

    def _take(self, data: bytes) -> None:
        if self.needed is not None:
            self._take_body(data)
            return
        self.got += len(data)
        self.head += data
        if self.head[:2] == b"\r\n":
            del self.head[:2]
        end = self.head.find(_END, max(0, len(self.head) - len(data) - len(_END)))
        if end >= 0:
            self._read_head(end + len(_END))
        elif len(self.head) > HEAD_BYTES:
            raise Refused(431)

    def _read_head(self, end: int) -> None:
        head, behind = bytes(self.head[:end]), bytes(self.head[end:])
        self.chunks = Chunks() if _CODED.search(head) else None
        length = math.inf if self.chunks else _length(head)
        if _EXPECTS.search(head):
            head = _EXPECTS.sub(b"", head)
            self._go_on(head)
        self.hashes = bool(_HASHES.match(head))
        self.needed, self.got = len(head) + length, len(head)
        self._write(head)
        self._take_body(behind)

    def _take_body(self, data: bytes) -> None:
        """What comes behind the end is kept for the next request."""
        end = self.chunks.end(data) if self.chunks else int(min((self.needed or 0) - self.got, len(data)))
        body, self.rest = data[:end], data[len(data) if end is None else end :]
        self.got += len(body)
        if self.chunks and end is not None:
            self.needed = self.got
        if self.got > HEAD_BYTES + BODY_BYTES:
            raise Refused(413)
        self._write(body)

    def _go_on(self, head: bytes) -> None:
        """Who asked whether the body may come is told here; gunicorn would say so only once it had come."""
        if b" HTTP/1.0\r\n" not in head:
            self.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _write(self, data: bytes) -> None:
        try:
            self.paper.file.write(data)
            if self.is_whole:
                self.paper.file.seek(0)
        except OSError:
            raise Refused(503) from None

    def init(self) -> None:
        super().init()
        self.parser.unreader.sock = self.paper

    def finish(self) -> bool:
        """The request was served; whether gunicorn took it for what it was taken for here."""
        left = self.paper.file.read(1)
        self.paper.file.close()
        return not left and not self.parser.unreader.take_buffered()

    def close(self, graceful: bool = False) -> None:
        """gunicorn waits here for up to two seconds, in the loop that takes all connections."""
        if self.paper is not None:
            self.paper.file.close()
        if graceful:
            self.see_off(self)
        else:
            super().close()


def _length(head: bytes) -> int:
    """What is still to come behind the head. Contradictions are gunicorn's to refuse."""
    said = set(_LENGTH.findall(head))
    if len(said) != 1:
        return 0
    digits = said.pop()
    if len(digits) > 15 or int(digits) > BODY_BYTES:
        raise Refused(413)
    return int(digits)
