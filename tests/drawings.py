"""Each letter is drawn once in a process, and each stranger's file read once: the same bytes come of the same.

`test_rendering` proves it of drawings. Most tests need a letter or a file in some state and look at other things;
drawing them anew was half of their time. For each file that is read a process starts, which takes longer than reading
and counts no branches: so it is read in the test's own. Those that ask whether the work comes out the same, what breaks
it, or what holds it in bounds, are marked ``drawn_anew``; `test_limited` gives every reader a process of its own.
"""

import base64
import functools
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import factory
import pytest

from rcro_portal.lib import limited
from reports.typesetting import rendering
from reports.verification import checking

REMEMBERED = 500


class CheckKeyFactory(factory.Factory):
    """In place of chance: the address in the QR code is a part of the final drawing."""

    class Meta:
        model = dict

    token = factory.Sequence(lambda n: base64.urlsafe_b64encode(hashlib.sha256(b"%d" % n).digest()[:16]).decode()[:22])


def read(
    function: Callable[..., bytes],
    data: bytes,
    *arguments: object,
    raises: tuple[type[Exception], ...] = (),
    limits: limited.Limits = limited.DEFAULT,
) -> bytes:
    """What ``limited.call`` answers, without its process and its limits."""
    try:
        return function(data, *json.loads(json.dumps(arguments)))
    except Exception as error:
        kind = next((kind for kind in type(error).__mro__ if kind in raises), limited.Fell)
        raise kind(str(error)) from error


PRESSES: tuple[tuple[Any, str, Any], ...] = (
    (rendering, "_write", rendering._write),
    (rendering, "table_document", rendering.table_document),
    (limited, "call", read),
)
_now = {"anew": False}


def once[**P, R](press: Callable[P, R], cheap: Callable[P, R]) -> Callable[P, R]:
    kept: Callable[P, R] = functools.lru_cache(maxsize=REMEMBERED)(cheap)

    @functools.wraps(press)
    def pressed(*args: P.args, **kwargs: P.kwargs) -> R:
        return press(*args, **kwargs) if _now["anew"] else kept(*args, **kwargs)

    return pressed


@contextmanager
def remembered() -> Iterator[None]:
    """Only what is given to the press or to the reader: composing, reading back and comparing are done each time."""
    with pytest.MonkeyPatch.context() as patched:
        for module, press, cheap in PRESSES:
            patched.setattr(module, press, once(getattr(module, press), cheap))
        patched.setattr(checking, "secrets", SimpleNamespace(token_urlsafe=lambda _: CheckKeyFactory()["token"]))
        yield


@contextmanager
def anew() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(_now, "anew", True)
        yield
