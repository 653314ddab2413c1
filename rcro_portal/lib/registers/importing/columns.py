"""A column of a kind of table."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A field of the row's form, under the heading of the portal's own table and the synonyms of offices.

    A required one may be left out where all of ``instead`` are there: a name in one column or in three.
    """

    name: str
    heading: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    instead: tuple[str, ...] = ()


def lacking(columns: Sequence[Column], there: Collection[str]) -> Iterator[Column]:
    """Columns that a table must have and has not."""
    for one in columns:
        if one.required and one.name not in there and not (one.instead and set(one.instead) <= set(there)):
            yield one


def needed(columns: Sequence[Column], there: Collection[str]) -> frozenset[str]:
    """The columns of this table that a record fills."""
    wanted: set[str] = set()
    for one in columns:
        if one.required:
            wanted |= {one.name} if one.name in there or not one.instead else set(one.instead)
    return frozenset(wanted)
