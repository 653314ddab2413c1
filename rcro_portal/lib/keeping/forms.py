"""Forms of kept rows: fields of the model as the portal has them, nobody's change overwritten, a reason, sent once."""

import copy
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BoundField
from django.utils import timezone

from rcro_portal.lib import russian
from rcro_portal.lib.fields import AddressField, Day
from rcro_portal.lib.keeping.choosers import Chooser, Chosen
from rcro_portal.lib.records import RecordForm
from rcro_portal.lib.sent_forms import Once
from rcro_portal.lib.text import LINE_LIMIT, TALK_LIMIT, Line, Prose

NOT_CHOSEN = "— выберите —"
REMEMBERED = "Останется в истории записи."
OWN = ("why", "key", "seen")


class _Asked(forms.BaseForm):
    """What goes to a verb, and what comes back from it."""

    def columns(self) -> dict[str, Any]:
        """Values for the verb, without what the page keeps for itself."""
        return {name: value for name, value in self.cleaned_data.items() if name not in OWN}

    @property
    def why(self) -> str:
        return self.cleaned_data.get("why", "")

    def take(self, error: ValidationError) -> None:
        """What the verb found, at the fields that it speaks of; of others above them all."""
        for name, words in error.message_dict.items():
            self.add_error(name if name in self.fields else None, words)

    def _choose_for(self, user: Any, held: Mapping[str, Any]) -> None:
        for name, field in self.fields.items():
            if isinstance(field, Chosen):
                field.user, field.held = user, held.get(name)


class ActForm(_Asked, Once):
    """Of an act on a row: what it asks, and its reason. ``row`` is what it is done to."""

    def __init__(self, data: Any = None, *, user: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.user, self.row = user, row
        self.fields["why"] = Line(label="Почему", required=False, help_text=REMEMBERED)
        self._choose_for(user, {})


class KeptForm(_Asked, RecordForm):
    """A subclass names its ``Meta.model`` and ``Meta.fields``; the rest follows from the model.

    ``groups``: legends with the names of the fields under them, in order, names in a tuple side by side; fields of no
    group come first. ``choosers``:
    how a row of a large table is chosen, by the name of the field. ``fixed``: fields that this person sees and may not
    change, each with the reason.
    """

    groups: ClassVar[Sequence[tuple[str, Sequence[str | Sequence[str]]]]] = ()
    choosers: ClassVar[Mapping[str, Chooser]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Django's metaclass asks ``Meta`` for the fields' maker after this."""
        super().__init_subclass__(**kwargs)
        meta = vars(cls).get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = lambda field, **given: _field(field, cls.choosers, **given)

    def __init__(
        self, data: Any = None, *, user: Any, row: Any = None, fixed: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        # A form judges a copy: what the verb compares with is the row as it was read.
        super().__init__(data, instance=copy.copy(row), **kwargs)
        self.user, self.row = user, row
        self.is_new = row is None or row.pk is None
        if self.is_new:
            self.fields["key"] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
        else:
            self.fields["why"] = Line(label="Почему", required=False, help_text=REMEMBERED)
        for name, reason in (fixed or {}).items():
            self._fix(name, reason)
        self._choose_for(user, self.held)

    def _fix(self, name: str, reason: str) -> None:
        if name in self.fields:
            self.fields[name].disabled = True
            self.fields[name].help_text = reason

    def grouped(self) -> Iterator[tuple[str, list[list[BoundField]]]]:
        """Legends and rows of fields, the reason last."""
        groups = [
            (legend, [[name] if isinstance(name, str) else name for name in rows]) for legend, rows in self.groups
        ]
        grouped = {name for _, rows in groups for row in rows for name in row}
        others = [[field.name] for field in self.visible_fields() if field.name not in (*grouped, "why")]
        for legend, rows in [("", others), *groups, ("", [["why"]])]:
            shown = [[self[name] for name in row if name in self.fields] for row in rows]
            yield legend, [row for row in shown if row]


class EndForm(ActForm):
    """The last day of a dated row."""

    until = Day(label="Последний день", initial=timezone.localdate)


class ArchiveForm(forms.Form):
    reason = Line(label="Почему в архив", help_text="Прочтут все, кто откроет запись.")


def _field(field: Any, choosers: Mapping[str, Chooser], **given: Any) -> Any:
    """The model's field as the portal asks for it."""
    said = {
        "label": russian.upper_first(str(field.verbose_name)),
        "required": not field.blank,
        "help_text": field.help_text,
    }
    said |= {name: given[name] for name in ("label", "help_text", "widget") if name in given}
    match field:
        case models.ForeignKey() if field.name in choosers:
            return Chosen(chooser=choosers[field.name], **said)
        case models.ForeignKey():
            return field.formfield(**said, empty_label=NOT_CHOSEN if said["required"] else "— нет —")
        case models.BooleanField():
            return forms.BooleanField(**{**said, "required": False})
        case models.CharField() if field.choices:
            return _choice(field, said)
        case models.EmailField():
            return AddressField(**said)
        case models.DateField() if not isinstance(field, models.DateTimeField):
            return Day(**said)
        case models.TextField():
            return Prose(limit=field.max_length or TALK_LIMIT, **said)
        case models.URLField():
            return forms.URLField(max_length=field.max_length, assume_scheme="https", **said)
        case models.CharField() if type(field) is models.CharField:
            return Line(limit=field.max_length or LINE_LIMIT, **said)
        case _:
            return field.formfield(**{**said, **given})


def _choice(field: Any, said: Mapping[str, Any]) -> forms.ChoiceField:
    empty = [] if field.has_default() and said["required"] else [("", NOT_CHOSEN if said["required"] else "— нет —")]
    return forms.ChoiceField(choices=[*empty, *field.flatchoices], initial=field.get_default(), **said)
