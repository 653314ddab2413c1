"""Fields of an editor's forms."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import Model

VERSION_AT_MOST = 2**31 - 1  # what a column of the database holds


class Version(forms.IntegerField):
    """The version of the text that a page shows; nonsense is no version, and the text is kept beside the saved one."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(min_value=0, max_value=VERSION_AT_MOST)

    def clean(self, value: Any) -> int:
        try:
            return int(super().clean(value))
        except forms.ValidationError:
            return 0


class Offer:
    """Rows of a register to choose among: read and named once for all forms of a page."""

    def __init__(self, rows: Iterable[Any], named: Callable[[Any], str] = str) -> None:
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(pk, named(row)) for pk, row in self.rows.items()]


class OneOf(forms.TypedChoiceField):
    """A row of a register, chosen by name among those of an ``Offer``.

    A kept page remembers the row's name; ``named_by`` is a field beside this one that names it already.
    """

    def __init__(self, *, model: type[Model], named_by: str = "", empty: str = "— выберите —", **kwargs: Any) -> None:
        super().__init__(empty_value=None, **kwargs)
        self.model, self.named_by, self.empty = model, named_by, empty

    def offer(self, offer: Offer) -> None:
        # An unknown key is a wrong choice, and it is asked before the field has looked at its choices.
        self.coerce = lambda pk: offer.rows.get(pk) or _refuse(pk)
        self.choices = [("", self.empty), *offer.choices]

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, Model) else value


def _refuse(pk: str) -> Any:
    raise ValueError(pk)


def lines(count: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count, **attrs})


def with_figures(count: int) -> forms.Textarea:
    """A text that may quote figures: ``editor.js`` shows each as a chip with its value."""
    return lines(count, **{"data-editor": ""})
