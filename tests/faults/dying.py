"""Processes that die in the middle: one warm process forks a child for each act, which kills itself at a point.

``python -m tests.faults.dying`` reads a line of JSON for each act – ``{"act", "point", "port", …}`` – and answers with
the number of the signal by which the child died. A point is «before module:name», «after module:name» or, of bytes
that are being sent, «halfway module:name»; «end» is after the act.
"""

import functools
import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self


def main() -> None:
    import django

    django.setup()
    # What every child would have to load first. Nothing is drawn here: a child could draw no more.
    for name in (
        "pyhanko.sign.signers",
        "weasyprint",
        "reports.delivery.dispatch",
        "reports.typesetting.rendering",
        "reports.letters.signatures",
    ):
        importlib.import_module(name)
    print("ready", flush=True)
    for line in sys.stdin:
        print(_died_of(json.loads(line)), flush=True)


def _died_of(order: dict[str, Any]) -> int:
    child = os.fork()
    if child == 0:
        try:
            _live_and_die(**order)
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _live_and_die(act: str, point: str, port: int, **values: Any) -> None:
    from django.test import override_settings

    from tests.smtp import smtp_at

    if point != "end":
        _lie_in_wait(*point.split())
    with override_settings(MAILERS=smtp_at(port)):
        ACTS[act](**values)
    if point == "end":
        _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _lie_in_wait(when: str, place: str) -> None:
    module, name = place.split(":")
    owner: Any = importlib.import_module(module)
    *path, last = name.split(".")
    owner = functools.reduce(getattr, path, owner)
    setattr(owner, last, {"before": _before, "after": _after, "halfway": _halfway}[when](getattr(owner, last)))


def _before(_: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **kwargs: _die()


def _after(call: Callable[..., Any]) -> Callable[..., Any]:
    def through(*args: Any, **kwargs: Any) -> None:
        call(*args, **kwargs)
        _die()

    return through


def _halfway(send: Callable[..., Any]) -> Callable[..., Any]:
    """Dies in the first long piece: commands of the mail are short, a letter is not."""

    def sends(connection: Any, data: Any) -> Any:
        if len(data) < 5000:
            return send(connection, data)
        send(connection, data[: len(data) // 2])
        return _die()

    return sends


# -- The acts ---------------------------------------------------------------------------------------------


def _draw(letter: int, at: str) -> None:
    from reports.letters import drawing

    drawing.draw(letter_id=letter, at=_moment(at), now=_moment(at))


def _sign(letter: int, by: int, password: str, at: str) -> None:
    from django.utils import timezone

    from centers.models import User
    from reports.letters import signatures
    from reports.models import Letter

    row = Letter.objects.get(pk=letter)
    director = User.objects.get(pk=by)
    signatures.sign(
        letter=row, digest=row.final.digest, password=password, by=director, at=_moment(at), now=timezone.now()
    )


def _upload(letter: int, by: int, scan: str, at: str) -> None:
    from centers.models import User
    from reports.letters import signatures
    from reports.models import Letter

    row = Letter.objects.get(pk=letter)
    signatures.upload_scan(letter=row, data=scan.encode(), by=User.objects.get(pk=by), at=_moment(at))


def _release(letter: int, at: str) -> None:
    from reports.letters import letters

    letters.release(letter_id=letter, at=_moment(at))


def _deliver(recipient: int, at: str) -> None:
    from reports.delivery import dispatch

    dispatch.deliver(recipient_id=recipient, at=_moment(at), now=_moment(at))


def _bring_in(session: int, by: int, at: str) -> None:
    from centers.models import User
    from rcro_portal.lib.registers.importing import registry, sessions
    from rcro_portal.models import ImportSession

    row = ImportSession.objects.get(pk=session)
    sessions.write(row, registry.kind(row.kind), by=User.objects.get(pk=by), at=_moment(at))


def _undo_import(session: int, by: int, at: str) -> None:
    from centers.models import User
    from rcro_portal.lib.registers.importing import registry, sessions
    from rcro_portal.models import ImportSession

    row = ImportSession.objects.get(pk=session)
    sessions.undo(row, registry.kind(row.kind), by=User.objects.get(pk=by), at=_moment(at))


def _tell_due(at: str) -> None:
    from rcro_portal.lib.notices import telling

    telling.tell_due(now=_moment(at))


def _moment(text: str) -> Any:
    import datetime

    return datetime.datetime.fromisoformat(text)


ACTS: dict[str, Callable[..., None]] = {
    "draw": _draw,
    "sign": _sign,
    "upload": _upload,
    "release": _release,
    "deliver": _deliver,
    "bring-in": _bring_in,
    "undo-import": _undo_import,
    "tell_due": _tell_due,
}


# -- From the test ----------------------------------------------------------------------------------------


class Mortal:
    """The warm process; ``dies`` has a child of it do an act and die at the point."""

    def __init__(self, **variables: str) -> None:
        self.variables = variables

    def __enter__(self) -> Self:
        from django.conf import settings

        from tests.worker import environment

        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=settings.BASE_DIR,
            env=environment(RCRO_DEMO="0", RCRO_QUIET_HOURS="0", RCRO_LEASE_SECONDS="180", **self.variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._heard("ready")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def dies(self, act: str, point: str, *, port: int = 1, **values: Any) -> None:
        """Fails unless the child lived to the point and died there."""
        print(json.dumps({"act": act, "point": point, "port": port, **values}), file=self.process.stdin, flush=True)
        self._heard(str(-signal.SIGKILL))

    def _heard(self, words: str) -> None:
        said = self.process.stdout.readline().strip()
        assert said == words, f"{said!r} instead of {words!r}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rcro_portal.settings")
    main()
