"""Hashing a password takes a third of a second of a processor, on purpose: so few do it at once.

``reception`` keeps requests that are known to hash in a queue of their own. Whatever else hashes waits here for its
turn, and for how long is bounded too: the other threads of the process go on serving pages.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import PBKDF2PasswordHasher

# One hashes, one waits; a web process has at least two threads more.
WAIT_SECONDS, RETRY_AFTER_SECONDS = 5, 60
WORDS = "Сейчас в портал входит много людей, и пароль проверить не удалось. Попробуйте ещё раз через минуту."
_turn = threading.BoundedSemaphore(1)
_place = threading.BoundedSemaphore(2)


class Busy(Exception):
    """Too many hash at once: the answer is 503, and nothing has been changed."""


class InTurn(PBKDF2PasswordHasher):
    """Django's own hasher; its hashes stay what they were."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        with turn():
            return super().encode(password, salt, iterations)


@contextmanager
def turn() -> Iterator[None]:
    """Raises Busy where one would have to wait for longer than ``WAIT_SECONDS``, or behind another."""
    if not _place.acquire(blocking=False):
        raise Busy
    try:
        if not _turn.acquire(timeout=WAIT_SECONDS):
            raise Busy
        try:
            yield
        finally:
            _turn.release()
    finally:
        _place.release()
