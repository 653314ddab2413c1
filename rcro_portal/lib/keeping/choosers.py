"""Choosing one row of many by typed letters: never more than twenty stand on a page, and only what the person may see.

The field is a search line with the found rows as a radio group under it, or as ticks where several may be chosen. With
scripts they come while one types; without them the sent form comes back with what was found. Arrows and the space bar
choose, Enter in the line takes the first.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from rcro_portal.lib import search
from rcro_portal.lib.refusals import require

FOUND_AT_MOST = 20
WORDS = "words"


class Option(NamedTuple):
    key: str
    label: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Chooser:
    """Declared once for a table: ``rows`` are those that the user may choose among, with what a line of them needs.

    ``kind`` stands in the address that answers with options. ``note`` tells namesakes apart. ``keys`` are the columns
    that hold search keys, ``texts`` others that are searched. ``about``: what the rows or their order depend on, a key
    that rides along in the address. ``offers``: the first rows stand there before anything is typed. ``hint``: what the
    empty line says, where that is no name of a place or a person. ``notes`` gives the notes of all found rows at once,
    by key, where ``note`` would ask the database for each.
    """

    kind: str
    rows: Callable[[Any], QuerySet]
    label: Callable[[Any], str] = str
    note: Callable[[Any], str] = field(default=lambda row: "")  # noqa: ARG005
    keys: tuple[str, ...] = ("search_key",)
    texts: tuple[str, ...] = ()
    order: tuple[str, ...] = ("sort_key", "pk")
    about: str = ""
    offers: bool = False
    hint: str = ""
    notes: Callable[[list[Any]], Mapping[Any, str]] | None = None

    def found(self, user: Any, words: str) -> list[Option]:
        """The first rows that hold the words; where none were typed, those that are offered unasked."""
        rows = self.rows(user)
        if search.parse(search.typed(words)):
            rows = search.narrowed(rows, words, keys=self.keys, texts=self.texts)
        elif not self.offers:
            return []
        return self.options(rows.order_by(*self.order)[:FOUND_AT_MOST])

    def options(self, rows: Iterable[Any]) -> list[Option]:
        rows = list(rows)
        notes = self.notes(rows) if self.notes else {row.pk: self.note(row) for row in rows}
        return [Option(str(row.pk), self.label(row), notes.get(row.pk, "")) for row in rows]

    def option(self, row: Any) -> Option:
        (one,) = self.options([row])
        return one

    @property
    def address(self) -> str:
        return reverse("choices", args=[self.kind])

    def asked(self, name: str, *, several: bool = False) -> str:
        """The address that answers for a field of that name."""
        said = {"name": name, "about": self.about, "several": "1" if several else ""}
        return f"{self.address}?{urlencode({key: value for key, value in said.items() if value})}"


def answer(request: HttpRequest, chooser: Chooser | None) -> HttpResponse:
    """Options for what is typed, to stand under the search line of the field ``name``."""
    if chooser is None:
        raise Http404
    require(request.user.is_authenticated)
    name = request.GET.get("name", "")
    words = request.GET.get(f"{name}-{WORDS}", "")
    shown = found(chooser, request.user, words, request.GET.getlist(name))
    several = bool(request.GET.get("several"))
    widget = {"name": name, "kind": kind_of(several=several), "is_answer": True, "words": words.strip(), **shown}
    return render(request, "keeping/options.html", {"widget": widget})


def found(chooser: Chooser, user: Any, words: str, chosen: Iterable[str]) -> dict[str, Any]:
    """What was found, without the rows that stand above as chosen."""
    options, above = chooser.found(user, words), set(chosen)
    return {
        "options": [one for one in options if one.key not in above],
        "is_searched": bool(words.strip()),
        "is_cut": len(options) == FOUND_AT_MOST,
    }


def kind_of(*, several: bool) -> str:
    return "checkbox" if several else "radio"


class SearchLine(forms.Widget):
    """What was chosen, a line to type in, and what was found."""

    template_name = "keeping/search_line.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.field: Any = None
        self.words = ""

    def value_from_datadict(self, data: Any, files: MultiValueDict, name: str) -> str:  # noqa: ARG002
        self.words = search.typed(data.get(f"{name}-{WORDS}", ""))
        return data.get(name, "")

    def value_omitted_from_data(self, data: Any, files: MultiValueDict, name: str) -> bool:  # noqa: ARG002
        return name not in data and f"{name}-{WORDS}" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = self.field.chosen(value)
        context["widget"] |= {
            "chosen": [chosen] if chosen else [],
            "words": self.words,
            "hint": self.field.chooser.hint,
            "kind": kind_of(several=False),
            **self._found([chosen.key] if chosen else []),
            "address": self.field.chooser.asked(name),
            "offers": self.field.chooser.offers,
            "may_be_empty": not self.field.required,
            "is_invalid": "aria-invalid" in context["widget"]["attrs"],
        }
        return context

    def _found(self, chosen: list[str]) -> dict[str, Any]:
        """Of a page that is drawn for the first time nothing was asked yet: what is offered unasked comes on focus."""
        if not self.words:
            return {"options": []}
        return found(self.field.chooser, self.field.user, self.words, chosen)


class Chosen(forms.Field):
    """A row chosen by a ``Chooser``; what the record holds already stays right, whatever became of it since.

    The form says who chooses: ``field.user``.
    """

    widget = SearchLine
    default_error_messages = {
        "required": "Найдите и выберите.",
        "invalid": "Такой записи нет, или она закрыта для вас. Найдите и выберите другую.",
        "typed": "Набрано, но не выбрано. Выберите из найденного или сотрите набранное.",
    }

    def __init__(self, *, chooser: Chooser, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.chooser = chooser
        self.user: Any = None
        self.held: Any = None
        self._name_widget()

    def __deepcopy__(self, memo: dict[int, Any]) -> "Chosen":
        copied: Any = super().__deepcopy__(memo)
        copied._name_widget()
        return copied

    def _name_widget(self) -> None:
        line: Any = self.widget
        line.field = self

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "pk", value)

    def clean(self, value: Any) -> Any:
        """Words beside what was chosen before ask for another choice: without scripts nothing was found yet."""
        searched: Any = self.widget
        if searched.words and not self.disabled and value in (*self.empty_values, self._held_key):
            raise self._refusal("typed")
        return super().clean(value)

    @property
    def _held_key(self) -> str:
        return str(self.prepare_value(self.held))

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if (row := self._row(value)) is None:
            raise self._refusal("invalid")
        return row

    def in_words(self, value: Any) -> str:
        return self.chooser.label(value) if value else ""

    def chosen(self, value: Any) -> Option | None:
        row = self._row(value) if value not in self.empty_values else None
        return self.chooser.option(row) if row else None

    def _refusal(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code)

    def _row(self, value: Any) -> Any:
        """Among the rows of this person, or the one that the record holds."""
        key = str(self.prepare_value(value))
        if not (key.isascii() and key.isdecimal() and len(key) < 10):
            return None
        rows = self.chooser.rows(self.user)
        if key == self._held_key:
            rows = rows.model._default_manager.all()
        return rows.filter(pk=key).first()
