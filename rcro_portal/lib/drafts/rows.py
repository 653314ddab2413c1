"""Rows that people add to a page, type into and delete by a button: one set for all of them.

A page is saved many times while it stands open, so that it goes on posting the number of rows with which it was drawn.
Django takes a row beyond that number that equals what is stored for an untouched blank one, and forgets it; here
every posted row counts, and none is deleted without its button.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.utils import ErrorDict

from rcro_portal.lib.text import whole_number

EMPTIED = "Строка опустела. Заполните её или отметьте «Удалить»."
MISSING = "На странице меньше строк, чем сохранено. Обновите страницу: ничего не изменено."
MESSAGES = {
    "too_many_forms": "Строк не больше %(num)d. Удалите лишние: введённое осталось на странице.",
    "missing_management_form": "Страница пришла не целиком. Обновите её и повторите.",
}


class Several(forms.ModelMultipleChoiceField):
    """Rows chosen from a list. A key that no column holds is no choice: a database cannot even be asked for it."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if not whole_number(key):
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": key[:50]})
        return super().clean(value)


class Row(forms.Form):
    """One row. Added and left blank it is no row at all, whatever its other fields would ask for."""

    @property
    def is_blank(self) -> bool:
        return self.is_bound and not any(self._says(name, field) for name, field in self.fields.items())

    def _says(self, name: str, field: forms.Field) -> bool:
        if field.widget.is_hidden or (isinstance(field, forms.ChoiceField) and _always_chosen(field)):
            return False
        value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return bool(value.strip() if isinstance(value, str) else value)

    def full_clean(self) -> None:
        if self.is_blank:
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
        else:
            super().full_clean()


def _always_chosen(field: forms.ChoiceField) -> bool:
    """A list without an empty choice sends its first one of itself."""
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return False
    return all(str(key) for key, _ in field.widget.choices)


class Rows(forms.BaseFormSet):
    """All rows of one kind; ``stored``: how many the database holds of the page as it was drawn."""

    default_error_messages = {**forms.BaseFormSet.default_error_messages, **MESSAGES}

    def __init__(self, *args: Any, stored: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = stored

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        given: dict[str, Any] = super().get_form_kwargs(index)
        return given if index is None else given | {"empty_permitted": False}

    def __iter__(self) -> Iterator[Any]:
        """In the order in which they stand on the page; rows that it says nothing of come last, as they were."""
        places = {row: place for place, row in enumerate(self._order())}
        return iter(sorted(self.forms, key=lambda form: places.get(form.prefix, len(places))))

    def _order(self) -> list[str]:
        said = self.data.getlist if hasattr(self.data, "getlist") else lambda name: self.data.get(name, [])
        return list(dict.fromkeys(said(f"{self.prefix}-order"))) if self.is_bound else []

    def clean(self) -> None:
        blank = [form for form in self.forms if form.is_blank]
        if self.stored <= len(self.forms) - len(blank):
            return
        if not blank:
            raise ValidationError(MISSING, code="missing_rows")
        for form in blank:
            form.add_error(None, EMPTIED)

    @property
    def kept(self) -> list[dict[str, Any]]:
        """What was typed, row by row as they stand, without the deleted ones."""
        cleaned = (form.cleaned_data for form in self)
        rows = (row for row in cleaned if row and not row.get(DELETION_FIELD_NAME))
        return [{name: value for name, value in row.items() if name != DELETION_FIELD_NAME} for row in rows]


def row_formset(row: type[Row], *, at_most: int, formset: type[Rows] = Rows) -> Any:
    """The class of a set of such rows. Those that were deleted on the open page are posted too and do not count."""
    return forms.formset_factory(
        row, formset=formset, extra=0, can_delete=True, max_num=at_most, validate_max=True, absolute_max=10 * at_most
    )
