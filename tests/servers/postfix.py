"""Postfix of Debian as a throw-away instance: its own folders, ports and log."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

MASTER = """
{door}
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
MAIN = {
    "compatibility_level": "3.6",
    "inet_interfaces": "127.0.0.1",
    "inet_protocols": "ipv4",
    "mydestination": "",
    "local_recipient_maps": "",
    "mynetworks": "127.0.0.0/8",
    "smtp_host_lookup": "native",
    "disable_dns_lookups": "yes",
    "smtpd_delay_reject": "yes",
    # Seconds where a real one counts hours.
    "queue_run_delay": "2s",
    "minimal_backoff_time": "2s",
    "maximal_backoff_time": "4s",
    "bounce_queue_lifetime": "60s",
}


class Postfix:
    """As a context manager it runs; ``doors`` are ports and what smtpd does differently there."""

    def __init__(self, folder: Path, name: str, doors: Mapping[int, str], **main: str) -> None:
        self.folder = folder / name
        self.main = MAIN | {
            "myhostname": f"{name}.example",
            "queue_directory": str(self.folder / "queue"),
            "data_directory": str(self.folder / "data"),
            "maillog_file": str(self.folder / "log"),
            "maillog_file_prefixes": str(self.folder),
            **main,
        }
        self.doors = "\n".join(f"127.0.0.1:{port} inet n - n - - smtpd {more}" for port, more in doors.items())

    def __enter__(self) -> "Postfix":
        for part in ("queue", "data", "etc"):
            (self.folder / part).mkdir(parents=True)
        subprocess.run(["chown", "postfix", self.folder / "data"], check=True)
        etc = self.folder / "etc"
        (etc / "main.cf").write_text("".join(f"{key} = {value}\n" for key, value in self.main.items()))
        (etc / "master.cf").write_text(MASTER.format(door=self.doors))
        self._postfix("start")
        return self

    def __exit__(self, *_: object) -> None:
        self._postfix("abort")

    def _postfix(self, act: str) -> None:
        done = subprocess.run(
            ["postfix", "-c", self.folder / "etc", act], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr + self.log

    @property
    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""
