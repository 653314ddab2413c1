"""Work on files that strangers made, in a process of its own under limits of memory, time and file size.

What such a file does to its reader then ends with that process: the pages of everybody else go on.
"""

import json
import logging
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from rcro_portal.lib import child

log = logging.getLogger(__name__)
CHILD = str(Path(child.__file__).resolve())
# One at a time in a process of the web: what several take together stays below the limit of its container.
_one_at_a_time = threading.Lock()


class Limits(NamedTuple):
    """Seconds also of waiting for one's turn; memory and what is written into files in bytes."""

    seconds: float = 20
    memory: int = 512 << 20
    writes: int = 0


DEFAULT = Limits()


class Failed(Exception):
    """The process did not end well; whoever asked says to people what cannot be done with their file."""


class OutOfMemory(Failed):
    pass


class OutOfTime(Failed):
    pass


class Busy(Failed):
    """Files of others were at it all the time: this one was not looked at, and may be asked about again."""


BUSY = "Портал сейчас читает файлы других людей. Подождите минуту и повторите."


class Fell(Failed):
    """The reader itself broke on the file; where memory runs out in a library, that is how it ends."""


class Ran(NamedTuple):
    """What a program answered; ``done`` only where it ended by itself and with success."""

    done: bool
    output: bytes
    errors: str


def call(
    function: Callable[..., bytes],
    data: bytes,
    *arguments: object,
    raises: tuple[type[Exception], ...] = (),
    limits: Limits = DEFAULT,
) -> bytes:
    """What the function returns for the data and the arguments (as JSON has them). It may raise ``raises``.

    It stands by itself in a module that loads no settings: the process starts in a sixth of a second. Raises Failed.
    """
    name = f"{function.__module__}:{function.__qualname__}"
    command = _command(limits, "function", name, json.dumps(arguments))
    if not _one_at_a_time.acquire(timeout=limits.seconds):
        log.warning("%s waited more than %s s for its turn", name, limits.seconds)
        raise Busy(name)
    try:
        ended = _run(command, data, Path("/"), {}, limits)
    except subprocess.TimeoutExpired as error:
        log.warning("%s took more than %s s", name, limits.seconds)
        raise OutOfTime(name) from error
    except OSError as error:
        log.exception("no process for %s", name)
        raise Fell(name) from error
    finally:
        _one_at_a_time.release()
    if ended.returncode == child.RAISED:
        raise _raised(ended.stdout, raises) or _fallen(name, ended)
    if ended.returncode == child.OUT_OF_MEMORY:
        log.warning("%s wanted more than %s MB", name, limits.memory >> 20)
        raise OutOfMemory(name)
    if ended.returncode:
        raise _fallen(name, ended)
    return ended.stdout


def program(
    command: str, *arguments: str, folder: Path, environment: Mapping[str, str], given: bytes, limits: Limits = DEFAULT
) -> Ran:
    """Run a program without a shell in the folder, with that environment alone. Never raises for its failures."""
    path = shutil.which(command)
    if path is None:
        return Ran(False, b"", f"no {command}")
    try:
        ended = _run(_command(limits, "program", path, *arguments), given, folder, environment, limits)
    except (OSError, subprocess.SubprocessError) as error:
        return Ran(False, b"", str(error))
    return Ran(ended.returncode == 0, ended.stdout, ended.stderr.decode(errors="replace"))


def _command(limits: Limits, what: str, *rest: str) -> list[str]:
    """The process binds itself: a function between fork and exec may hang the parent, ``ulimit`` wants a shell."""
    bounds = {"CPU": int(limits.seconds) + 1, "AS": limits.memory, "FSIZE": limits.writes, "CORE": 0, "NOFILE": 64}
    alone = ["-I", "-S", "-B"] if what == "program" else ["-I", "-B"]
    return [sys.executable, *alone, CHILD, json.dumps(bounds), what, *rest]


def _run(
    command: list[str], given: bytes, folder: Path, environment: Mapping[str, str], limits: Limits
) -> "subprocess.CompletedProcess[bytes]":
    """Nothing of the portal's own environment is passed on: its secrets are there."""
    surroundings = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder), **environment}
    return subprocess.run(  # noqa: S603 - a command of our own, no shell
        command, cwd=folder, env=surroundings, input=given, capture_output=True, timeout=limits.seconds, check=False
    )


def _raised(told: bytes, expected: tuple[type[Exception], ...]) -> Exception | None:
    try:
        names, words = json.loads(told)
    except ValueError:
        return None
    by_name = {f"{kind.__module__}:{kind.__qualname__}": kind for kind in expected}
    return next((by_name[name](words) for name in names if name in by_name), None)


def _fallen(name: str, ended: "subprocess.CompletedProcess[bytes]") -> Fell:
    told = (ended.stdout if ended.returncode == child.RAISED else ended.stderr)[-500:].decode(errors="replace")
    log.warning("%s ended with %s: %s", name, ended.returncode, told)
    return Fell(name)
