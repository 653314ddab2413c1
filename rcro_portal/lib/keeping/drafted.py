"""Rows of large tables in the rows of an editor, found by typed letters: no page of an editor holds a whole register.

What is chosen stands on the page and nothing else does. The rows that a page names, stored or sent, are read at once
for all its forms (``Known``).
"""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.datastructures import MultiValueDict

from rcro_portal.lib import search
from rcro_portal.lib.drafts.fields import Offer, OneOf
from rcro_portal.lib.drafts.rows import Several
from rcro_portal.lib.keeping.choosers import WORDS, Chooser, SearchLine, found, kind_of
from rcro_portal.lib.text import whole_number


class Known(Offer):
    """The rows that a page names: those that it holds, whatever became of them, and those sent that may be chosen."""

    def __init__(self, chooser: Chooser, user: Any, *, held: Any, sent: Iterable[int] = ()) -> None:
        rows = chooser.rows(user)
        everything = rows.model._default_manager.filter(pk__in=held)
        everything.query.select_related = rows.query.select_related  # what their names want, and no other condition
        keys = set(sent)
        named = [*everything, *rows.filter(pk__in=keys).exclude(pk__in=held)] if keys else everything
        super().__init__(named, chooser.label)
        self.chooser, self.user = chooser, user
        self.options = {one.key: one for one in chooser.options(self.rows.values())}


def sent_keys(data: Any, rows: str, field: str) -> set[int]:
    """The keys that a sent page names in that field of its rows; nonsense names nothing."""
    if not data:
        return set()
    name = re.compile(rf"{rows}-\d+-{field}")
    return {
        key for one in data if name.fullmatch(one) for key in map(whole_number, map(str, _listed(data, one))) if key
    }


def _listed(data: Any, name: str) -> list[Any]:
    if isinstance(data, MultiValueDict):
        return data.getlist(name)
    value = data[name]
    return list(value) if isinstance(value, list | tuple | set) else [value]


class FoundLine(SearchLine):
    """The search line of an editor. ``hint``, ``again``: what the empty line says before and after a choice.

    Words that chose nothing are no error beside a choice: a page that saves itself is sent in the middle of a word.
    """

    several = False

    def __init__(self, *, search_label: str, hint: str, again: str = "Выбрать другого", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.said = {"search_label": search_label, "hint": hint, "again": again}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = forms.Widget.get_context(self, name, value, attrs)
        known = self.field.known
        keys = list(map(str, value or [])) if self.several else list(filter(None, [str(value or "")]))
        chosen = [known.options[key] for key in keys if key in known.options]
        above = [one.key for one in chosen]
        context["widget"] |= {
            **self.said,
            "chosen": chosen,
            "words": self.words,
            "kind": kind_of(several=self.several),
            **(found(known.chooser, known.user, self.words, above) if self.words else {"options": []}),
            "address": known.chooser.asked(name, several=self.several),
            "offers": known.chooser.offers,
            "may_be_empty": not self.several and not self.field.required,
            "is_invalid": "aria-invalid" in context["widget"]["attrs"],
        }
        return context


class FoundLines(FoundLine):
    several = True

    def value_from_datadict(self, data: Any, files: MultiValueDict, name: str) -> Any:  # noqa: ARG002
        self.words = search.typed(data.get(f"{name}-{WORDS}", ""))
        return _listed(data, name) if name in data else []


class _Found(forms.Field):
    """What both fields below have: the rows that the page names, said by ``offer`` for each form."""

    known: Known

    def __deepcopy__(self, memo: Any) -> Any:
        copied: Any = super().__deepcopy__(memo)
        copied.widget.field = copied
        return copied


class FoundRow(_Found, OneOf):
    """One row of a large table."""

    def offer(self, offer: Offer) -> None:
        assert isinstance(offer, Known)
        self.known = offer
        super().offer(offer)


class FoundRows(_Found, Several):
    """Several rows of a large table."""

    def __init__(self, *, model: type[Model], **kwargs: Any) -> None:
        super().__init__(queryset=model._default_manager.none(), **kwargs)

    def offer(self, known: Known) -> None:
        self.known = known

    def clean(self, value: Any) -> Any:
        keys = list(dict.fromkeys(map(str, value or ())))
        for key in keys:
            if key not in self.known.rows:
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": key[:50]})
        if self.required and not keys:
            raise ValidationError(self.error_messages["required"], "required")
        return [self.known.rows[key] for key in keys]
