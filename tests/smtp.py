"""A small SMTP server of our own that answers from a script, and hangs up or falls silent where it says so."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.test import override_settings


class Conversation(socketserver.StreamRequestHandler):
    """Answers each command by ``server.replies``; None hangs up instead."""

    replies: dict[str, str | None]

    def handle(self) -> None:
        self.replies = self.server.replies
        if not self.say(self.replies.get("HELLO", "220 ready")):
            return
        while line := self.rfile.readline():
            verb = line[:4].strip().upper().decode()
            if verb == "QUIT":
                return
            if verb == "RCPT":
                self.addressed(line.decode().partition("<")[2].partition(">")[0])
            if not self.say(self.replies.get(verb, "250 ok")):
                return
            if verb == "DATA" and (self.replies["DATA"] or "").startswith("354") and not self.take():
                return

    def addressed(self, address: str) -> None:
        """From here on the script of this address, if the server has one for it."""
        self.server.addressed.append(address)
        if self.server.script:
            self.replies = {**self.replies, **self.server.script(address, self.server.addressed.count(address))}

    def take(self) -> bool:
        """The message; with the reply MIDDLE it is broken off after its first lines."""
        if "MIDDLE" in self.replies:
            self.rfile.readline()
            return self.say(self.replies["MIDDLE"])
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.received.append(b"".join(lines))
        return self.say(self.replies.get("BODY", "250 taken"))

    def say(self, reply: str | None) -> bool:
        if reply == SILENCE:
            self.server.released.wait(SILENCE_SECONDS)
            return False
        if reply is not None:
            self.wfile.write(reply.encode() + b"\r\n")
        return reply is not None


SILENCE, SILENCE_SECONDS = "", 10


# What an address, asked for the n-th time, meets: replies that go before the server's.
Script = Callable[[str, int], dict[str, str | None]]


@contextmanager
def smtp_server(*, timeout: float = 5, script: Script | None = None, **replies: str | None) -> Iterator[Any]:
    """The server, with ``received`` messages; the portal's mail goes to it while it stands."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.daemon_threads = True
        server.replies, server.received, server.released = {"DATA": "354 go on", **replies}, [], threading.Event()
        server.script, server.addressed = script, []
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        with override_settings(MAILERS=smtp_at(server.server_address[1], timeout)):
            yield server
        server.released.set()
        server.shutdown()


def smtp_at(port: int, timeout: float = 5) -> dict[str, Any]:
    options = {"host": "127.0.0.1", "port": port, "timeout": timeout}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
