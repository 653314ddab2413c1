"""gunicorn's threaded worker with a reception: a thread gets a request only once all of it has come.

gthread gives every new connection to a thread, and the thread waits for head and body as slowly as they are sent: as
many slow senders as there are threads, and nobody else is served. Here the loop that accepts connections also reads
them; whoever is too slow is turned away. Requests that hash a password queue for one thread of their own.
"""

import errno
import selectors
import socket
import time
from collections.abc import Callable
from concurrent import futures
from functools import partial
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.csp import build_policy
from gunicorn.workers.gthread import ThreadWorker

from rcro_portal.guests import IN_MEMORY_BYTES, PIECE_BYTES, Guest, Refused

LINGER_SECONDS = 5
# A stopping process waits no longer for what is still on its way; the demo kills after ten.
STOP_SECONDS = 3
# Of all bodies on their way to one process.
ALL_BYTES = 96 * 1024 * 1024
# More would wait for longer than people do.
MOST_IN_HALL = 40
NOTHING_CAME = {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK}
NO_ROOM = {errno.EMFILE, errno.ENFILE}
RETRY_AFTER_SECONDS = 60
WORDS = {
    408: ("Слишком медленно", "Запрос шёл слишком медленно, и портал перестал его ждать. Проверьте связь и повторите."),
    413: ("Слишком много", "Отправлено больше 13 МБ. Один файл – не больше 12 МБ: уменьшите его и повторите."),
    431: ("Слишком длинный запрос", "Заголовки запроса слишком длинные. Удалите cookie портала и повторите."),
    503: ("Много запросов сразу", "Сейчас в портал входит много людей. Попробуйте ещё раз через минуту."),
}


class Reception(ThreadWorker):
    """Takes connections, hears them out and gives them to threads; all methods but ``handle`` run in one loop."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coming: set[Guest] = set()
        self.leaving: dict[Guest, float] = {}
        self.in_hall = 0
        self.stops_at: float | None = None

    def get_thread_pool(self) -> futures.ThreadPoolExecutor:
        self.hall = futures.ThreadPoolExecutor(1, "hashing")
        return super().get_thread_pool()

    def run(self) -> None:
        try:
            super().run()
        finally:
            self.hall.shutdown(wait=False, cancel_futures=True)

    def handle_quit(self, sig: int, frame: Any) -> None:
        self.hall.shutdown(wait=False, cancel_futures=True)
        super().handle_quit(sig, frame)

    # -- In -------------------------------------------------------------------------------------------

    def accept(self, listener: socket.socket) -> None:
        try:
            sock, client = listener.accept()
        except OSError as error:
            if error.errno in NO_ROOM:
                self._make_room()
            elif error.errno not in NOTHING_CAME:
                raise
            return
        self.nr_conns += 1
        if self.nr_conns >= self.worker_connections:
            self._make_room()
        self.enqueue_req(Guest(sock, self.see_off, self.cfg, client, listener.getsockname()))

    def enqueue_req(self, conn: Guest) -> None:
        """gunicorn's word for "give it to a thread": a new connection, or one whose next request begins to come."""
        conn.sock.setblocking(False)
        self.coming.add(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._hear, conn))
        self._attend(conn, conn.begin)

    def _hear(self, guest: Guest, _sock: socket.socket) -> None:
        self._attend(guest, guest.listen)

    def _attend(self, guest: Guest, step: Callable[[], None]) -> None:
        try:
            step()
            if guest.got > IN_MEMORY_BYTES and sum(one.got for one in self.coming) > ALL_BYTES:
                raise Refused(503)
        except Refused as refused:
            self._turn_away(guest, refused.status)
        except BlockingIOError:
            return
        except OSError:
            self._part(guest)
            guest.close()
        else:
            if guest.is_whole:
                self._let_in(guest)

    def _let_in(self, guest: Guest) -> None:
        if guest.hashes and self.in_hall >= MOST_IN_HALL:
            self._turn_away(guest, 503)
            return
        self.coming.discard(guest)
        self.poller.unregister(guest.sock)
        self.in_hall += guest.hashes
        served = (self.hall if guest.hashes else self.tpool).submit(self.handle, guest)
        served.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, guest, done))

    # -- Out ------------------------------------------------------------------------------------------

    def finish_request(self, conn: Guest, fs: futures.Future) -> None:
        """Keeps the connection or sees it off; a request that was read differently here and there ends it."""
        self.in_hall -= conn.hashes
        if not fs.cancelled() and fs.exception() is None and fs.result() and not conn.finish():
            fs = futures.Future()
            fs.set_result(False)
        super().finish_request(conn, fs)
        if conn.rest and conn in self.keepalived_conns:
            self.on_client_socket_readable(conn, conn.sock)

    def _part(self, guest: Guest) -> None:
        self.coming.discard(guest)
        self.poller.unregister(guest.sock)
        self.nr_conns -= 1

    def _turn_away(self, guest: Guest, status: int) -> None:
        self.log.info("Turned away with %s: %s", status, guest.client)
        self._part(guest)
        try:
            guest.sock.send(answer(status))
        except OSError:
            guest.close()
        else:
            guest.close(graceful=True)

    def see_off(self, guest: Guest) -> None:
        """The answer arrives only if what the client still sends is taken until it has read it (RFC 9112, 9.6)."""
        try:
            guest.sock.setblocking(False)
            guest.sock.shutdown(socket.SHUT_WR)
            self.poller.register(guest.sock, selectors.EVENT_READ, partial(self._overhear, guest))
        except OSError:
            guest.close()
        else:
            self.leaving[guest] = time.monotonic() + LINGER_SECONDS

    def _overhear(self, guest: Guest, sock: socket.socket) -> None:
        try:
            has_more = bool(sock.recv(PIECE_BYTES))
        except BlockingIOError:
            return
        except OSError:
            has_more = False
        if not has_more:
            self._shut(guest)

    def _shut(self, guest: Guest) -> None:
        del self.leaving[guest]
        self.poller.unregister(guest.sock)
        guest.close()

    def _make_room(self) -> None:
        """Who has been sending for longest goes first."""
        if self.leaving:
            self._shut(min(self.leaving, key=self.leaving.__getitem__))
        elif self.coming:
            self._turn_away(min(self.coming, key=lambda guest: guest.since), 408)

    def murder_pending(self) -> None:
        """gunicorn's loop calls it at least once a second."""
        super().murder_pending()
        now = time.monotonic()
        for guest in [one for one in self.coming if self._is_late(one, now)]:
            if guest.got:
                self._turn_away(guest, 408)
            else:
                self._part(guest)
                guest.close()
        for guest in [one for one, until in self.leaving.items() if until < now]:
            self._shut(guest)

    def _is_late(self, guest: Guest, now: float) -> bool:
        if self.alive:
            return guest.due < now
        self.stops_at = self.stops_at or now + STOP_SECONDS
        return not guest.got or min(guest.due, self.stops_at) < now


def answer(status: int) -> bytes:
    """A whole answer in words, for a client whose request never reached Django."""
    heading, words = WORDS[status]
    page = render_to_string("errors/door.html", {"heading": heading, "words": words, "status": status}).encode()
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(page)}",
        "Cache-Control: no-store",
        "Connection: close",
        *_safe(),
    ]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        lines.append(f"Retry-After: {RETRY_AFTER_SECONDS}")
    return "\r\n".join([*lines, "", ""]).encode() + page


def _safe() -> list[str]:
    """What Django's middleware says of every page."""
    policy: Any = settings.SECURE_CSP  # django-stubs know its values as objects only
    lines = [
        f"Content-Security-Policy: {build_policy(policy)}",
        f"Referrer-Policy: {settings.SECURE_REFERRER_POLICY}",
        f"X-Frame-Options: {settings.X_FRAME_OPTIONS}",
        "X-Content-Type-Options: nosniff",
    ]
    if settings.SECURE_HSTS_SECONDS:
        lines.append(f"Strict-Transport-Security: max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains")
    return lines
