"""So much of an IMAP server as the portal speaks, over a dict of messages by their UID, with and without TLS."""

import datetime
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import override_settings

from tests import clock

PASSWORD = "secret"


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        if self.server.tls == "implicit":
            self.encrypt()
        self.say(b"* OK ready")
        while line := self.rfile.readline():
            tag, words = line.split(b" ", 1)
            self.server.asked.append(words.strip().decode())
            if not self.answer(tag, words.strip()):
                return

    def finish(self) -> None:
        super().finish()
        # TLS wrapped the socket that the server closes by itself.
        self.connection.close()

    def encrypt(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server.certificate)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)

    def answer(self, tag: bytes, words: bytes) -> bool:
        if words.startswith((b"LOGIN", b"AUTHENTICATE")):
            return self.let_in(tag, words)
        if words.startswith(b"CAPABILITY"):
            self.say(b"* CAPABILITY IMAP4rev1 " + self.server.capabilities.encode())
        elif words.startswith(b"UID SEARCH"):
            self.search(words)
        elif words.startswith(b"UID FETCH"):
            if self.server.fetches_nothing:
                return self.say(tag + b" NO [SERVERBUG] not now")
            self.fetch(words)
        elif words.startswith((b"SELECT", b"EXAMINE")):
            self.say(b"* OK [UIDVALIDITY %d] are valid" % self.server.validity)
            self.say(b"* %d EXISTS" % len(self.server.box))
        self.say(tag + b" OK done")
        if words.startswith(b"STARTTLS"):
            self.encrypt()
        return not words.startswith(b"LOGOUT")

    def let_in(self, tag: bytes, words: bytes) -> bool:
        if words.startswith(b"AUTHENTICATE"):
            self.say(b"+ ")
            self.server.asked.append(self.rfile.readline().strip().decode())
            return self.say(tag + b" OK done")
        known = PASSWORD.encode() in words
        return self.say(tag + (b" OK done" if known else b" NO " + self.server.refusal.encode()))

    def search(self, words: bytes) -> None:
        """«6:*» names the last message even where its number is lower (RFC 9051); UNSEEN leaves out what was opened."""
        found = sorted(self.server.box)
        if (first := re.search(rb"UID (\d+):\*", words)) and found:
            found = [number for number in found if number >= int(first[1])] or found[-1:]
        if b"UNSEEN" in words:
            found = [number for number in found if number not in self.server.opened]
        self.say(b"* SEARCH " + b" ".join(b"%d" % number for number in found))

    def fetch(self, words: bytes) -> None:
        number = int(words.split()[2])
        data = self.server.box[number]
        if b"RFC822.SIZE" in words:
            self.say(b"* 1 FETCH (RFC822.SIZE %d UID %d)" % (len(data), number))
            return
        part = re.search(rb"<0\.(\d+)>", words)
        data = data[: int(part[1])] if part else data
        self.server.fetched.append((number, len(data)))
        self.say(b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n" % (number, len(data)) + data + b")")

    def say(self, line: bytes) -> bool:
        self.wfile.write(line + b"\r\n")
        return True


@contextmanager
def serving(
    *messages: bytes, tls: str = "none", certificate: Path | None = None, capabilities: str = "STARTTLS"
) -> Iterator[Any]:
    """The server; the portal's settings name it while it stands. ``asked`` are the commands that came."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.daemon_threads = True
        server.box = {number: data.replace(b"\n", b"\r\n") for number, data in enumerate(messages, 1)}
        server.tls, server.certificate, server.capabilities = tls, certificate, capabilities
        server.validity, server.refusal = 7, "[AUTHENTICATIONFAILED] who?"
        server.opened, server.fetched, server.asked = set(), [], []
        server.fetches_nothing = False
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        named = {"IMAP_HOST": "localhost", "IMAP_PORT": server.server_address[1], "IMAP_TLS": tls}
        with override_settings(**named, IMAP_USER="portal", IMAP_PASSWORD=PASSWORD):
            yield server
        server.shutdown()


def certificate(path: Path, name: str = "localhost") -> Path:
    """Key and certificate of a server that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    day = datetime.timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(clock.machine() - day).not_valid_after(clock.machine() + day)
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path
