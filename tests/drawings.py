"""Each letter is drawn once in a process: the same markup gives the same bytes, as `test_rendering` proves.

Most tests need a letter in some state and look at other things than its pages; drawing it anew was half of their time.
Those that ask whether a drawing comes out the same, or what breaks it, are marked ``drawn_anew``.
"""

import base64
import functools
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import factory
import pytest

from reports.typesetting import rendering
from reports.verification import checking

REMEMBERED = 500


class CheckKeyFactory(factory.Factory):
    """In place of chance: the address in the QR code is a part of the final drawing."""

    class Meta:
        model = dict

    token = factory.Sequence(lambda n: base64.urlsafe_b64encode(hashlib.sha256(b"%d" % n).digest()[:16]).decode()[:22])


PRESSES = ("_write", "table_document")


@contextmanager
def remembered() -> Iterator[None]:
    """Only what is given to the press: composing, reading back and comparing are done each time."""
    with pytest.MonkeyPatch.context() as patched:
        for press in PRESSES:
            patched.setattr(rendering, press, functools.lru_cache(maxsize=REMEMBERED)(getattr(rendering, press)))
        patched.setattr(checking, "secrets", SimpleNamespace(token_urlsafe=lambda _: CheckKeyFactory()["token"]))
        yield


@contextmanager
def anew() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for press in PRESSES:
            patched.setattr(rendering, press, getattr(rendering, press).__wrapped__)
        yield
