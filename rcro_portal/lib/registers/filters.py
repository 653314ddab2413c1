"""A filter of a list: one among named options, or several of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.safestring import SafeString

from rcro_portal.lib.registers.markup import escaped

# A value of the plain kind, several of the other.
type Chosen = str | list[str]


class Choice(NamedTuple):
    """A filter as the form above the list shows it.

    ``options`` is the markup inside its select or, of ``several``, ticks; of a row that ``is_found`` the whole search
    line. ``said`` is what is chosen, in words.
    """

    key: str
    label: str
    options: SafeString
    several: bool = False
    said: str = ""
    unchosen: str = "Все"
    is_found: bool = False

    @property
    def field(self) -> SafeString:
        """Its place in the form: a list has up to ten, and a template costs more than their rows."""
        ident, label = f"filter-{escaped(self.key)}", escaped(self.label)
        if self.several:
            head = f'<span class="field__label" id="{ident}">{label}</span>'
            said = f"<span>{escaped(self.said or self.unchosen)}</span>"
            value = f'<summary class="drop__value" aria-describedby="{ident}">{said}</summary>'
            panel = f'<div class="drop__panel" role="group" aria-labelledby="{ident}">{self.options}</div>'
            return SafeString(f'<div class="field">{head}<details class="drop">{value}{panel}</details></div>')
        said = f'<label for="{ident}">{label}</label>'
        if self.is_found:
            return SafeString(f'<div class="field field--found">{said}{self.options}</div>')
        nothing = f'<option value="">{escaped(self.unchosen)}</option>'
        select = f'<select id="{ident}" name="{escaped(self.key)}">{nothing}{self.options}</select>'
        return SafeString(f'<div class="field">{said}{select}</div>')


@dataclass(frozen=True)
class Filter:
    """Among ``options``, pairs of a value and its words; ``narrow`` turns rows and the value into fewer rows.

    Of ``several`` that may be chosen together ``narrow`` gets the list. Without a label it is called as its column.
    ``unchosen`` says what is shown where nothing is chosen. What a link alone asks for (``by_link``) is said whole
    above the rows.
    """

    options: Sequence[tuple[str, str]]
    narrow: Callable[[Any, Any], QuerySet]
    label: str = ""
    several: bool = False
    by_link: bool = False
    unchosen: str = "Все"

    @classmethod
    def by(cls, column: str, options: Sequence[tuple[str, str]], label: str = "") -> "Filter":
        """The plain kind: rows whose column holds the chosen value."""
        return cls(options, lambda rows, value: rows.filter(**{column: value}), label)

    @classmethod
    def among(cls, column: str, options: Sequence[tuple[str, str]], label: str = "") -> "Filter":
        """Rows whose column holds one of the chosen values."""
        return cls(options, lambda rows, values: rows.filter(**{f"{column}__in": values}), label, several=True)

    def chosen(self, params: QueryDict, key: str) -> Chosen:
        """What is on offer of what is asked for; else nothing."""
        offered = dict(self.options)
        if not self.several:
            return params.get(key, "") if params.get(key, "") in offered else ""
        asked = set(params.getlist(key))
        return [value for value in offered if value in asked]

    def choice(self, key: str, label: str, chosen: Chosen) -> Choice:
        drawn = _tick if self.several else _option
        held = chosen if self.several else [chosen]
        options = (drawn(key, value, words, value in held) for value, words in self.options)
        said = ", ".join(words for value, words in self.options if value in held)
        return Choice(key, self.label or label, SafeString("".join(options)), self.several, said, self.unchosen)


def _option(key: str, value: str, words: str, chosen: bool) -> str:  # noqa: ARG001
    return f'<option value="{escaped(value)}"{" selected" if chosen else ""}>{escaped(words)}</option>'


def _tick(key: str, value: str, words: str, chosen: bool) -> str:
    ticked = " checked" if chosen else ""
    box = f'<input type="checkbox" name="{escaped(key)}" value="{escaped(value)}"{ticked}>'
    return f'<label class="choice">{box} <span>{escaped(words)}</span></label>'
