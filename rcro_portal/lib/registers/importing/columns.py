"""A column of a kind of table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A field of the row's form, under the heading of the portal's own table and the synonyms of offices."""

    name: str
    heading: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
