"""OpenSSL with its ГОСТ engine: a program of its own, because its work is on files that strangers made.

Runs in an empty folder without a shell, under limits of time, memory and file size, with an environment and a
configuration of its own. Knows no signatures: ``gost`` asks the questions.
"""

import functools
import tempfile
from pathlib import Path

from rcro_portal.lib import limited
from rcro_portal.lib.limited import Ran

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
SECONDS = 20


def run(*arguments: str, folder: Path, given: bytes = b"") -> Ran:
    """Run OpenSSL in the folder, which may hold nothing but what it is asked about. Never raises for its failures."""
    configuration = folder / "openssl.cnf"
    configuration.write_text(CONFIGURATION)
    limits = limited.Limits(seconds=SECONDS, writes=32 << 20)
    environment = {"OPENSSL_CONF": str(configuration)}
    return limited.program(PROGRAM, *arguments, folder=folder, environment=environment, given=given, limits=limits)


@functools.cache
def knows_gost() -> bool:
    """Whether the engine is installed and works: asked once a process, by a digest whose value is known."""
    with tempfile.TemporaryDirectory(prefix="gost-") as folder:
        ran = run("dgst", "-md_gost12_256", "-r", folder=Path(folder))
    return ran.done and ran.output.decode(errors="replace").startswith(DIGEST_OF_NOTHING)
