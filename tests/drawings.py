"""Each letter is drawn once in a process, and each stranger's file read once: the same bytes come of the same.

`test_rendering` proves it of drawings. Most tests need a letter or a file in some state and look at other things;
drawing them anew was half of their time, and for each file read a process starts.
Those that ask whether the work comes out the same, or what breaks it, are marked ``drawn_anew``.
"""

import base64
import functools
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

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


PRESSES = ((rendering, "_write"), (rendering, "table_document"), (limited, "call"))
_now = {"anew": False}


def once[**P, R](press: Callable[P, R]) -> Callable[P, R]:
    kept: Callable[P, R] = functools.lru_cache(maxsize=REMEMBERED)(press)

    @functools.wraps(press)
    def pressed(*args: P.args, **kwargs: P.kwargs) -> R:
        return press(*args, **kwargs) if _now["anew"] else kept(*args, **kwargs)

    return pressed


@contextmanager
def remembered() -> Iterator[None]:
    """Only what is given to the press or to the reader: composing, reading back and comparing are done each time."""
    with pytest.MonkeyPatch.context() as patched:
        for module, press in PRESSES:
            patched.setattr(module, press, once(getattr(module, press)))
        patched.setattr(checking, "secrets", SimpleNamespace(token_urlsafe=lambda _: CheckKeyFactory()["token"]))
        yield


@contextmanager
def anew() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(_now, "anew", True)
        yield
