"""Forms of one record: the later of two savers is told what the earlier one wrote, and chooses.

Such a form carries what the record held when its page was drawn. Where a field holds something else by now, it takes
the new value if the person left the field alone; if they changed it too, both values are shown, theirs stays in the
field, and a tick takes the other. Nothing is written until nothing is in dispute.
"""

import copy
import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models, transaction
from django.utils import timezone
from django.utils.html import format_html

from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.search import SearchKeyField

# A hidden field has a label too: Django writes it, and some programs read it.
SEEN = "как было при открытии"
SEEN_AT_MOST = 4_000  # characters: a hundred fields; longer ones may be nested without end
_DISPUTED = (
    "Пока форма была открыта, здесь записали другое: <strong>{}</strong>. В поле – ваше значение. "
    '<label class="choice"><input type="checkbox" name="{}"> <span>Взять записанное</span></label>'
)


class Moved(Refusal):
    words = "Пока вы сохраняли, запись изменил другой человек. Откройте её ещё раз и сверьте."


def change(row: models.Model, *, held: Mapping[str, Any], **fields: Any) -> None:
    """Write the fields, if the record still holds what its reader found (``held``, by the names of columns).

    Whoever comes second gets Moved and changes nothing. Search keys follow.
    """
    model = type(row)
    same = model._default_manager.filter(pk=row.pk)
    for name, value in held.items():
        same = same.filter(**({f"{name}__isnull": True} if value is None else {name: value}))
    keys = [field.name for field in model._meta.fields if isinstance(field, SearchKeyField)]
    with transaction.atomic():
        if same.update(**fields) != 1:
            raise Moved
        for name, value in fields.items():
            setattr(row, name, value)
        if keys:
            row.save(update_fields=keys)


class Record(forms.BaseForm):
    """Mixed into a form of a record: ``held`` is what the record holds now, by the names of its fields.

    Without ``held`` the form is of a record to come, and compares nothing.
    """

    def __init__(self, *args: Any, held: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        if held is not None:
            kwargs["initial"] = {**held, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.held = {name: value for name, value in (held or {}).items() if name in self.fields}
        if self.held:
            seen = json.dumps({name: _digest(value) for name, value in self.held.items()})
            self.fields["seen"] = forms.CharField(label=SEEN, required=False, widget=forms.HiddenInput, initial=seen)

    @property
    def is_disputed(self) -> bool:
        return bool(getattr(self, "disputed", None))

    def columns(self) -> dict[str, Any]:
        """What was typed, by the columns of the record."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "key")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen = _seen(cleaned.pop("seen", ""))
        self.disputed = [name for name in self.held if name in cleaned and self._is_disputed(name, cleaned, seen)]
        for name in self.disputed:
            seen[name] = _digest(self.held[name])
            self.add_error(name, format_html(_DISPUTED, self._in_words(name), self._tick(name)))
        if self.disputed:
            data: Any = copy.copy(self.data)
            data[self.add_prefix("seen")] = json.dumps(seen)
            self.data = data
        return cleaned

    def _is_disputed(self, name: str, cleaned: dict[str, Any], seen: dict[str, str]) -> bool:
        """Both sides wrote the field, each something else. What only the other side wrote is taken over here."""
        now, mine = _digest(self.held[name]), _digest(cleaned[name])
        if self._tick(name) in self.data:
            cleaned[name] = self._value(name)
            return False
        if name not in seen or now in (seen[name], mine):
            return False
        if mine != seen[name]:
            return True
        cleaned[name] = self._value(name)
        return False

    def _tick(self, name: str) -> str:
        return f"{self.add_prefix(name)}-take"

    def _value(self, name: str) -> Any:
        """What the record holds, as the field would give it."""
        value = self.held[name]
        return self.fields[name].clean(value.pk if isinstance(value, models.Model) else value)

    def _in_words(self, name: str) -> str:
        value = self._value(name)
        if in_words := getattr(self.fields[name], "in_words", None):
            value = in_words(value)
        choices = getattr(self.fields[name], "choices", None)
        if isinstance(self.fields[name], forms.ChoiceField) and choices and not isinstance(value, models.Model):
            value = dict(choices).get(value, value)
        if isinstance(value, datetime.datetime):
            value = timezone.localtime(value).strftime("%d.%m.%Y %H:%M")
        elif isinstance(value, datetime.date):
            value = value.strftime("%d.%m.%Y")
        elif isinstance(value, bool):
            value = "да" if value else "нет"
        elif isinstance(value, (list, models.QuerySet)):
            value = ", ".join(map(str, value))
        return str(value) if value not in (None, "") else "пусто"


class RecordForm(Record, forms.ModelForm):
    """The form of a row by its model."""

    seen = forms.CharField(label=SEEN, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs.get("instance")
        held = forms.model_to_dict(row, self._meta.fields, self._meta.exclude) if row and row.pk else None
        super().__init__(*args, held=held, **kwargs)


def _seen(text: str) -> dict[str, str]:
    """Of a page that was tampered with, nothing: its save then compares nothing but what the verb compares."""
    if len(text) > SEEN_AT_MOST:
        return {}
    try:
        seen = json.loads(text)
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}


def _digest(value: Any) -> str:
    return hashlib.sha256(_text(value).encode()).hexdigest()[:12]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="minutes")
    if isinstance(value, (list, tuple, set, models.QuerySet)):
        return "\n".join(sorted(map(_text, value)))
    return str(value).replace("\r\n", "\n").strip()
