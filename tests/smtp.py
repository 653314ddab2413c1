"""A small SMTP server of our own that answers from a script, and hangs up or falls silent where it says so."""

import datetime
import ipaddress
import socketserver
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.test import override_settings

from tests import clock


class Conversation(socketserver.StreamRequestHandler):
    """Answers each command by ``server.replies``; None hangs up instead."""

    replies: dict[str, str | None]

    def handle(self) -> None:
        self.replies = self.server.replies
        if not self.say(self.replies.get("HELLO", "220 ready")):
            return
        while line := self.rfile.readline():
            verb = line[:4].strip().upper().decode()
            self.server.verbs.append(verb)
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
        if reply == SLOW:
            time.sleep(1)
            reply = "250 taken"
        if reply == SILENCE:
            self.server.released.wait(SILENCE_SECONDS)
            return False
        if reply is not None:
            self.wfile.write(reply.encode() + b"\r\n")
        return reply is not None


# Until the test is over, or no sensible test still waits.
SILENCE, SILENCE_SECONDS = "", 150
# Takes the message after a second.
SLOW = "slow"


# What an address, asked for the n-th time, meets: replies that go before the server's.
Script = Callable[[str, int], dict[str, str | None]]


@contextmanager
def smtp_server(
    *,
    timeout: float = 5,
    answer: float | None = None,
    script: Script | None = None,
    tls: ssl.SSLContext | None = None,
    **replies: str | None,
) -> Iterator[Any]:
    """The server, with ``received`` messages; the portal's mail goes to it while it stands. With ``tls`` it speaks
    that from the first byte; ``answer`` is how long the portal waits for its word on a whole message.
    """
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.daemon_threads = True
        server.replies, server.received, server.released = {"DATA": "354 go on", **replies}, [], threading.Event()
        server.script, server.addressed, server.verbs = script, [], []
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        waits = timeout if answer is None else answer
        with override_settings(MAILERS=smtp_at(server.server_address[1], timeout), MAIL_ANSWER_SECONDS=waits):
            yield server
        server.released.set()
        server.shutdown()


def tls_pair() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's TLS by a certificate for 127.0.0.1, and a client's that trusts nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    day = datetime.timedelta(days=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(clock.machine() - day).not_valid_after(clock.machine() + day)
    itself = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = made.add_extension(itself, critical=False).sign(key, hashes.SHA256())
    pem = certificate.public_bytes(Encoding.PEM)
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cadata=pem.decode())
    with tempfile.NamedTemporaryFile() as file:
        file.write(pem + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        server.load_cert_chain(file.name)
    return server, client


def smtp_at(port: int, timeout: float = 5) -> dict[str, Any]:
    options = {"host": "127.0.0.1", "port": port, "timeout": timeout}
    return {"default": {"BACKEND": "rcro_portal.lib.smtp.Backend", "OPTIONS": options}}
