"""The parent of both workers and of beat in the embedded set-up: whichever falls is started again.

Usage: ``python -m rcro_portal.keeper`` (by ``script/serve worker-and-beat``). A process that falls at its very first
start ends the keeper with its status: that is a fault of the set-up, which the operator must read.
"""

import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from types import FrameType

from rcro_portal import queues

COMMANDS = {**{f"{kind} worker": queues.worker(kind) for kind in queues.WORKERS}, "beat": queues.BEAT}
# Who lived for so long had started well. One who falls at once again waits longer each time.
LIVED_SECONDS = 15
PAUSES_SECONDS = (1, 2, 5, 15, 60)
LOOKS_EVERY_SECONDS = 0.2


@dataclass
class Kept:
    """One process with what is known of its falls."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    has_lived: bool = False
    falls: int = field(default=0)

    def look(self, now: float) -> int | None:
        """Start it where that is due; the status where it fell at its first start, else None."""
        if self.process is None:
            if now >= self.due:
                self.started, self.process = now, subprocess.Popen(self.command)  # noqa: S603
            return None
        lived = now - self.started >= LIVED_SECONDS
        self.has_lived |= lived
        self.falls = 0 if lived else self.falls
        status = self.process.poll()
        return None if status is None else self._fell(status, now)

    def _fell(self, status: int, now: float) -> int | None:
        self.process = None
        if not self.has_lived:
            return status or 1
        pause = PAUSES_SECONDS[min(self.falls, len(PAUSES_SECONDS) - 1)]
        self.falls, self.due = self.falls + 1, now + pause
        sys.stderr.write(f"{self.name} ended with status {status}; it starts again in {pause} s\n")
        return None

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


def keep(commands: dict[str, list[str]], told_to_stop: threading.Event) -> int:
    """Returns 0 when told to stop, after the processes have ended; else the status of who fell at its first start."""
    kept = [Kept(name, command) for name, command in commands.items()]
    fault = None
    while fault is None and not told_to_stop.is_set():
        found = [one.look(time.monotonic()) for one in kept]
        fault = next((status for status in found if status is not None), None)
        told_to_stop.wait(LOOKS_EVERY_SECONDS)
    for one in kept:
        one.stop()
    for one in kept:
        if one.process is not None:
            one.process.wait()
    return fault or 0


def main() -> int:
    told_to_stop = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        told_to_stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return keep(COMMANDS, told_to_stop)


if __name__ == "__main__":
    sys.exit(main())
