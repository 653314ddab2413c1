"""OpenSSL with its ГОСТ engine: a program of its own, because its work is on files that strangers made.

Runs in an empty folder without a shell, under limits of time, memory and file size, with an environment and a
configuration of its own. Knows no signatures: ``gost`` asks the questions.
"""

import functools
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

PROGRAM = "openssl"
# «Стрибог» (ГОСТ Р 34.11-2012, 256 bits) of no bytes: an engine that is there and works gives exactly this.
DIGEST_OF_NOTHING = "3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb"
CONFIGURATION = """\
openssl_conf = portal
[portal]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
default_algorithms = ALL
init = 1
"""
# Limits are set by a small process that then becomes OpenSSL: a function between fork and exec may hang a process
# with threads, and ``ulimit`` wants a shell.
LIMITED = """\
import os, resource, sys
for name, most in (("CPU", 10), ("AS", 512 << 20), ("FSIZE", 32 << 20), ("CORE", 0), ("NOFILE", 64)):
    resource.setrlimit(getattr(resource, "RLIMIT_" + name), (most, most))
os.execv(sys.argv[1], sys.argv[1:])
"""
SECONDS = 20


class Ran(NamedTuple):
    """What the program answered; ``done`` only where it ended by itself and with success."""

    done: bool
    output: bytes
    errors: str


def run(*arguments: str, folder: Path, given: bytes = b"") -> Ran:
    """Run OpenSSL in the folder, which may hold nothing but what it is asked about. Never raises for its failures."""
    program = shutil.which(PROGRAM)
    if program is None:
        return Ran(False, b"", "no openssl")
    configuration = folder / "openssl.cnf"
    configuration.write_text(CONFIGURATION)
    environment = {
        "OPENSSL_CONF": str(configuration),
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
    }
    try:
        ended = subprocess.run(  # noqa: S603 - a fixed program, no shell, arguments of our own
            [sys.executable, "-I", "-S", "-c", LIMITED, program, *arguments],
            cwd=folder,
            env=environment,
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        return Ran(False, b"", str(error))
    return Ran(ended.returncode == 0, ended.stdout, ended.stderr.decode(errors="replace"))


@functools.cache
def knows_gost() -> bool:
    """Whether the engine is installed and works: asked once a process, by a digest whose value is known."""
    with tempfile.TemporaryDirectory(prefix="gost-") as folder:
        ran = run("dgst", "-md_gost12_256", "-r", folder=Path(folder))
    return ran.done and ran.output.decode(errors="replace").startswith(DIGEST_OF_NOTHING)
