"""Every test meets the same invented people, whatever ran before it: the factories count from the same number."""

from collections.abc import Iterator
from contextlib import contextmanager

import factory

# What is prepared once for many tests counts below.
FIRST = 1000


def _all(kind: type[factory.Factory] = factory.Factory) -> Iterator[type[factory.Factory]]:
    for factory_class in kind.__subclasses__():
        yield factory_class
        yield from _all(factory_class)


@contextmanager
def from_the_first() -> Iterator[None]:
    counted = [kind for kind in _all() if not kind._meta.abstract]
    before = {kind: kind._meta.next_sequence() for kind in counted}
    _count(dict.fromkeys(counted, FIRST))
    yield
    _count(before)


def _count(numbers: dict[type[factory.Factory], int]) -> None:
    for kind, number in numbers.items():
        kind.reset_sequence(number, force=True)
