"""Notices compared before and after: ``tests.untouched`` leaves out the tables of machines."""

from collections.abc import Iterator
from contextlib import contextmanager

from rcro_portal.models import Notice


@contextmanager
def nothing_changes() -> Iterator[None]:
    before = list(Notice.objects.order_by("pk").values())
    yield
    assert list(Notice.objects.order_by("pk").values()) == before
