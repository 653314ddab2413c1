"""The other end of ``limited``: a process that binds itself first and then does one thing.

``child.py LIMITS program PATH ARGUMENT…`` becomes that program. ``child.py LIMITS function MODULE:NAME ARGUMENTS``
calls the function with the bytes of stdin and the arguments (JSON), and writes the bytes that it returns.
"""

import importlib
import json
import os
import resource
import sys
import types
from collections.abc import Callable
from pathlib import Path

RAISED, OUT_OF_MEMORY = 3, 4


def main(limits: str, what: str, name: str, *arguments: str) -> int:
    for kind, most in json.loads(limits).items():
        _bind(getattr(resource, f"RLIMIT_{kind}"), most)
    if what == "program":
        os.execv(name, [name, *arguments])  # noqa: S606 - limited.program names it, no shell
    return _answer(name, *json.loads(arguments[0]))


def _bind(kind: int, most: int) -> None:
    try:
        resource.setrlimit(kind, (most, most))
    except ValueError:
        # macOS has no limit of memory, and an administrator's own may be lower already.
        if kind != resource.RLIMIT_AS and resource.getrlimit(kind)[1] > most:
            raise


def _answer(name: str, *arguments: object) -> int:
    # Whatever a library prints goes where errors go: stdout is the answer alone.
    answer = os.dup(1)
    os.dup2(2, 1)
    try:
        returned, code = _function(name)(sys.stdin.buffer.read(), *arguments), 0
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception as error:  # noqa: BLE001 - told to the parent, which knows what it expects
        returned, code = json.dumps([_names(type(error)), str(error)]).encode(), RAISED
    with os.fdopen(answer, "wb") as pipe:
        pipe.write(returned)
    return code


def _function(name: str) -> Callable[..., bytes]:
    """Found without the portal's Celery, which the package itself would load: it takes longer than the work."""
    portal = Path(__file__).resolve().parent.parent
    sys.path.insert(0, str(portal.parent))
    package = types.ModuleType(portal.name)
    package.__path__ = [str(portal)]
    sys.modules[portal.name] = package
    module, _, function = name.partition(":")
    found: Callable[..., bytes] = getattr(importlib.import_module(module), function)
    return found


def _names(kind: type[BaseException]) -> list[str]:
    return [f"{one.__module__}:{one.__qualname__}" for one in kind.__mro__]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
