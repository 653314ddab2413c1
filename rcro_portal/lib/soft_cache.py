"""Caches that fail soft: while the store behind one is down or frozen, the process remembers for itself.

What is kept here may be lost at any time, so nobody's page has to wait or break for it: a draft is drawn anew, and
the limits of attempts are counted by each process until the store is back.
"""

import logging
import time
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)
# A page waits so long for the store, and after a failure nobody asks it for a while.
WAIT_SECONDS = 0.5
PAUSE_SECONDS = 10
# Counters of attempts: some 300 bytes each.
SPARE_ENTRIES = 5000
_AWAY = (OSError, RedisError)
# Django makes a cache for each thread, the store is away for all of them: by location, when it is asked again.
_asked_again: dict[str, float] = {}


def forget() -> None:
    """Every store is asked again at once."""
    _asked_again.clear()


class Spare(LocMemCache):
    """What the process remembers while the store is away: counters, but no drawn pages, which are many megabytes."""

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        if not isinstance(value, bytes):
            super().set(key, value, *args, **kwargs)


class FailsSoft:
    """Before a cache of Django: whatever its store cannot do is done by the process."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(location, params)  # type: ignore[call-arg]
        self._location = str(location)
        self._spare = Spare(f"spare-{location}", {"OPTIONS": {"MAX_ENTRIES": SPARE_ENTRIES}})

    def _softly(self, act: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _asked_again.get(self._location, 0):
            try:
                return getattr(super(), act)(*args, **kwargs)
            except _AWAY as error:
                _asked_again[self._location] = time.monotonic() + PAUSE_SECONDS
                log.warning("the cache is away, the process remembers for itself: %s", error)
        return getattr(self._spare, act)(*args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._softly("add", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._softly("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._softly("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._softly("touch", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._softly("delete", *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        return self._softly("incr", *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._softly("has_key", *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._softly("get_many", *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._softly("set_many", *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._softly("delete_many", *args, **kwargs)

    def clear(self) -> Any:
        self._spare.clear()
        return self._softly("clear")


class SoftRedis(FailsSoft, RedisCache):
    """Redis, asked once and for half a second: the client's own three attempts would hold a page for seconds."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        quick = {
            "socket_timeout": WAIT_SECONDS,
            "socket_connect_timeout": WAIT_SECONDS,
            "retry": Retry(NoBackoff(), 0),
        }
        super().__init__(location, {**params, "OPTIONS": {**quick, **params.get("OPTIONS", {})}})


class SoftFiles(FailsSoft, FileBasedCache):
    """Files of the data directory, whose disk may be full."""
