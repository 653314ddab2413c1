"""The store against the rows that name its files: nothing is missing, nothing has changed, nothing is left over."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from rcro_portal.lib import store

# A file is put before the row that names it is written: what is younger may still get its row.
ORPHANED_AFTER = datetime.timedelta(hours=24)
ABANDONED_AFTER = datetime.timedelta(hours=1)


def naming() -> list[type[models.Model]]:
    """Every table whose rows name a file of the store: by its digest and its size."""
    return [model for model in apps.get_models() if {"digest", "size"} <= {field.name for field in model._meta.fields}]


def named() -> dict[str, set[int]]:
    """The digest of every file that a row names, with the sizes that rows give it."""
    found: dict[str, set[int]] = defaultdict(set)
    for model in naming():
        for digest, size in model._default_manager.exclude(digest="").values_list("digest", "size").iterator():
            found[digest].add(size)
    return found


def broken() -> Iterator[str]:
    """Every file that a row names lies in the store, whole and readable."""
    for digest, sizes in sorted(named().items()):
        try:
            data = store.read(digest)
        except (store.StoreError, ValueError) as error:
            yield f"{error} Это {_whose(digest)}."
        else:
            if sizes != {len(data)}:
                yield f"Файл {digest[:12]}… другой длины, чем записано. Это {_whose(digest)}."


def _whose(digest: str) -> str:
    """«файл письма 5 (подписанный PDF, 8cd27dc44791)»: whom the loss concerns."""
    rows = [row for model in naming() for row in model._default_manager.filter(digest=digest).order_by("pk")]
    return ", ".join(f"{row._meta.verbose_name} {getattr(row, 'letter_id', row.pk)} ({row})" for row in rows)


def left_over(now: datetime.datetime) -> Iterator[str]:
    """Every file of the store is named by a row or younger than a day; nothing unfinished is older than an hour."""
    lying = list(store.everything())
    known = named()
    for place in lying:
        name = place.relative_to(settings.STORE_DIR).as_posix()
        if place.name.startswith(store.UNFINISHED):
            if _older(place, now, ABANDONED_AFTER):
                yield f"Недописанный файл {name} старше часа. Ночная проверка удалит его."
        elif not store.DIGEST.fullmatch(place.name) or store.path(place.name) != place:
            yield f"В хранилище лежит посторонний файл {name}."
        elif place.name not in known and _older(place, now, ORPHANED_AFTER):
            yield f"Файл {name} никому не принадлежит. Сам он не удаляется."


def tidy(now: datetime.datetime) -> int:
    """Removes what a killed process left unfinished more than an hour ago; returns how much."""
    abandoned = [
        place
        for place in store.everything()
        if place.name.startswith(store.UNFINISHED) and _older(place, now, ABANDONED_AFTER)
    ]
    for place in abandoned:
        place.unlink(missing_ok=True)
    return len(abandoned)


def _older(place: Path, now: datetime.datetime, age: datetime.timedelta) -> bool:
    try:
        written = place.stat().st_mtime
    except FileNotFoundError:
        return False
    return now.timestamp() - written > age.total_seconds()
