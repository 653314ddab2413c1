"""A filter of a list: a choice of one among named options."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from rcro_portal.lib.registers.markup import escaped


class Choice(NamedTuple):
    """A filter as the form above the list shows it; ``options`` is the markup inside its select."""

    key: str
    label: str
    options: SafeString


@dataclass(frozen=True)
class Filter:
    """One among ``options``, pairs of a value and its words; ``narrow`` turns rows and the value into fewer rows.

    Without a label it is called as its column.
    """

    options: Sequence[tuple[str, str]]
    narrow: Callable[[Any, str], QuerySet]
    label: str = ""

    @classmethod
    def by(cls, column: str, options: Sequence[tuple[str, str]], label: str = "") -> "Filter":
        """The plain kind: rows whose column holds the chosen value."""
        return cls(options, lambda rows, value: rows.filter(**{column: value}), label)

    def chosen(self, value: str) -> str:
        """The value, if it is on offer; else nothing."""
        return value if value in dict(self.options) else ""

    def choice(self, key: str, label: str, chosen: str) -> Choice:
        options = (_option(value, words, value == chosen) for value, words in self.options)
        return Choice(key, self.label or label, SafeString("".join(options)))


def _option(value: str, words: str, chosen: bool) -> str:
    return f'<option value="{escaped(value)}"{" selected" if chosen else ""}>{escaped(words)}</option>'
