"""The way of a message: the portal's own mail server, the schools' one, their mailboxes and the portal's."""

import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from django.test import override_settings

from tests.browser.web import free_port
from tests.servers.dovecot import PASSWORD, Dovecot, listens
from tests.servers.postfix import Postfix
from tests.smtp import smtp_at
from tests.worker import until

PORTAL = "portal@rvci.example"
SLOW_SECONDS, GREY_SECONDS = 25, 3
# How many recipients of each kind, and how their server treats them; 49 together.
KINDS = {
    "school": 26,  # takes it
    "refused": 4,  # refused at RCPT by the portal's own server
    "early": 2,  # the portal's own server takes it at the second try only
    "slow": 1,  # the portal's own server looks into it for long before it answers
    "gone": 4,  # nobody has such a mailbox: a notice comes back
    "full": 3,  # the mailbox is full: a notice comes back
    "grey": 4,  # taken at the second try of the portal's own server
    "away": 3,  # answered by a machine
    "late": 2,  # the schools' server does not answer: a warning, then a notice
}
NO_SUCH_MAILBOX = ("refused", "gone", "late")


def addresses(kind: str) -> list[str]:
    domain = "late.example" if kind == "late" else "school.example"
    return [f"{kind}{number}@{domain}" for number in range(KINDS[kind])]


class Network:
    """As a context manager all of it runs; the portal's mail goes there by ``settings``."""

    def __init__(self, folder: Path, dovecot: Dovecot) -> None:
        self.folder, self.dovecot = folder, dovecot
        self.port, self.schools_port, self.grey_port = free_port(), free_port(), free_port()

    def __enter__(self) -> Self:
        full = addresses("full")
        here = [one for kind in KINDS if kind not in (*NO_SUCH_MAILBOX, "full") for one in addresses(kind)]
        self.dovecot.open_mailboxes([PORTAL, *here], full)
        self._write("people", [f"{one} x" for one in [*here, *full]])
        self._write("grey", [f"{one} greylisted" for one in addresses("grey")])
        self._write("first", [f"{one} 550 5.1.1 nobody here" for one in addresses("refused")])
        self._write("first", [f"{one} greylisted" for one in addresses("early")])
        self._write("last", [f"{one} looked_into" for one in addresses("slow")])
        with ExitStack() as running:
            running.enter_context(Postgrey(self.folder, self.grey_port))
            self.schools = running.enter_context(self._schools())
            self.own = running.enter_context(self._own())
            self.running = running.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.running.close()

    def _write(self, name: str, lines: list[str]) -> None:
        with (self.folder / name).open("a") as file:
            file.writelines(f"{line}\n" for line in lines)

    def _common(self) -> dict[str, str]:
        return {
            "virtual_transport": f"lmtp:inet:127.0.0.1:{self.dovecot.lmtp}",
            "smtpd_restriction_classes": "greylisted, looked_into",
            "greylisted": f"check_policy_service inet:127.0.0.1:{self.grey_port}",
            "looked_into": f"sleep {SLOW_SECONDS}",
        }

    def _schools(self) -> Postfix:
        return Postfix(
            self.folder,
            "schools",
            {self.schools_port: ""},
            **self._common(),
            virtual_mailbox_domains="school.example",
            virtual_mailbox_maps=f"texthash:{self.folder}/people",
            transport_maps=f"inline:{{rvci.example=smtp:[127.0.0.1]:{self.port}}}",
            smtpd_recipient_restrictions=f"check_recipient_access texthash:{self.folder}/grey, permit_mynetworks",
            # As servers do that return the whole message.
            bounce_size_limit="20000000",
        )

    def _own(self) -> Postfix:
        there, nowhere = f"smtp:[127.0.0.1]:{self.schools_port}", "smtp:[127.0.0.1]:1"
        return Postfix(
            self.folder,
            "own",
            {self.port: ""},
            **self._common(),
            virtual_mailbox_domains="rvci.example",
            virtual_mailbox_maps=f"inline:{{{PORTAL}=x}}",
            transport_maps=f"inline:{{school.example={there}, late.example={nowhere}}}",
            smtpd_recipient_restrictions=f"check_recipient_access texthash:{self.folder}/first, permit_mynetworks",
            smtpd_end_of_data_restrictions=f"check_recipient_access texthash:{self.folder}/last",
            delay_warning_time="2s",
            maximal_queue_lifetime="25s",
        )

    def settings(self, *, tls: str = "starttls", **more: Any) -> override_settings:
        """The portal sends by its own server and reads the mailbox of bounces."""
        port = self.dovecot.imaps if tls == "implicit" else self.dovecot.imap
        named = {"IMAP_HOST": "localhost", "IMAP_PORT": port, "IMAP_TLS": tls}
        account = {"IMAP_USER": PORTAL, "IMAP_PASSWORD": PASSWORD}
        return override_settings(MAILERS=smtp_at(self.port, timeout=60), **{**named, **account, **more})

    def story(self) -> str:
        """The end of what the servers say, where a test waits in vain."""
        return "\n".join(log[-3000:] for log in (self.own.log, self.schools.log, self.dovecot.log))


class Postgrey:
    """Takes nobody's message at the first try."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder / "postgrey", port

    def __enter__(self) -> Self:
        self.folder.mkdir()
        subprocess.run(["chown", "postgrey", self.folder], check=True)
        command = ["postgrey", f"--inet=127.0.0.1:{self.port}", f"--delay={GREY_SECONDS}", f"--dbdir={self.folder}"]
        log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen([*command, "--user=postgrey", "--group=postgrey"], stdout=log, stderr=log)
        log.close()
        until(lambda: listens(self.port), 20, (self.folder / "log").read_text)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)
