"""Whose act is under way: by whom, why, and through which address, task or command.

Nothing is written here. ``db_context`` tells the database before the first change of a record.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Author:
    """``by`` is asked when a record is changed, not before: a page that is only read need not know its reader."""

    by: Callable[[], int | None] = lambda: None
    through: Callable[[], str] = lambda: ""
    why: str = ""


_present: ContextVar[Author | None] = ContextVar("author of changes", default=None)


def present() -> Author | None:
    return _present.get()


@contextmanager
def begin(
    *, by: Callable[[], int | None] | int | None = None, through: Callable[[], str] | str = "", why: str = ""
) -> Iterator[None]:
    """An act of its own: within it nothing of an act around it is known. ``by`` is the key of a user, or a question."""
    author = Author(
        by if callable(by) else lambda: by,
        through if callable(through) else lambda: through,
        why,
    )
    token = _present.set(author)
    try:
        yield
    finally:
        _present.reset(token)


@contextmanager
def explain(why: str, *, by: int | None = None) -> Iterator[None]:
    """The reason of what is changed within; with ``by``, for a verb that knows its person better than the act does."""
    author = replace(_present.get() or Author(), why=why)
    if by is not None:
        author = replace(author, by=lambda: by)
    token = _present.set(author)
    try:
        yield
    finally:
        _present.reset(token)
