"""Dovecot of Debian as a throw-away instance: mailboxes over LMTP, read by IMAP with and without TLS."""

import os
import pwd
import signal
import socket
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.worker import until

PASSWORD = "a-mailbox-of-the-tests"
CONF = """
protocols = imap lmtp
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
mail_plugins = quota
disable_plaintext_auth = yes
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{certificate}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/people
}}
userdb {{
  driver = passwd-file
  args = {folder}/people
}}
plugin {{
  quota = maildir:User quota
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""


class Dovecot:
    """As a context manager it runs. ``full`` are mailboxes that have no room for a byte."""

    def __init__(self, folder: Path, certificate: Path, ports: tuple[int, int, int]) -> None:
        self.folder, self.certificate = folder / "dovecot", certificate
        self.imap, self.imaps, self.lmtp = ports

    def __enter__(self) -> "Dovecot":
        (self.folder / "mail").mkdir(parents=True)
        os.chown(self.folder / "mail", pwd.getpwnam("mail").pw_uid, -1)
        ports = {"imap": self.imap, "imaps": self.imaps, "lmtp": self.lmtp}
        text = CONF.format(folder=self.folder, certificate=self.certificate, **ports)
        (self.folder / "conf").write_text(text)
        (self.folder / "people").touch()
        command = ["dovecot", "-F", "-c", self.folder / "conf"]
        self.process = subprocess.Popen(command, start_new_session=True)
        until(lambda: listens(self.lmtp), 20, lambda: self.log)
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)

    def open_mailboxes(self, people: Iterable[str], full: Iterable[str] = ()) -> None:
        mail = pwd.getpwnam("mail")
        lines = [f"{one}:{PASSWORD}:{mail.pw_uid}:{mail.pw_gid}::{self.folder}/mail/{one}::" for one in people]
        lines += [
            f"{one}:{PASSWORD}:{mail.pw_uid}:{mail.pw_gid}::{self.folder}/mail/{one}::userdb_quota_rule=*:bytes=1"
            for one in full
        ]
        (self.folder / "people").write_text("\n".join(lines) + "\n")

    def received(self, whom: str) -> list[bytes]:
        return [path.read_bytes() for path in sorted((self.folder / "mail" / whom / "new").glob("*"))]

    @property
    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""


def listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0
