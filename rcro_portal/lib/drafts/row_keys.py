"""Which row is which: the key that a row of an editor keeps through every save, and how one without a key gets it."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Typed = dict[str, Any]


def given(rows: Iterable[Typed], *, known: Mapping[str, str], words: Callable[[Typed], str]) -> list[Typed]:
    """The rows in their order, each with a key of its own; a key that comes twice is the first row's.

    A row without one is that of the same ``words`` among the ``known`` (by key, in one spelling), else a new one: so a
    page that is sent twice means the same rows twice.
    """
    rows, claimed = list(rows), set[str]()
    keys = [_claim(str(row.get("key") or ""), claimed) for row in rows]
    for place, row in enumerate(rows):
        if not keys[place]:
            same = (key for key, said in known.items() if said == words(row) and key not in claimed)
            keys[place] = _claim(next(same, ""), claimed) or _claim(str(uuid.uuid4()), claimed)
    return [{**row, "key": key} for row, key in zip(rows, keys, strict=True)]


def _claim(key: str, claimed: set[str]) -> str:
    if not key or key in claimed:
        return ""
    claimed.add(key)
    return key
