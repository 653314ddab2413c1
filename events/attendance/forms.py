"""Forms of who took part: they clean what was typed and save nothing."""

import re
from typing import Any

from django import forms

from centers.choosers import ORGANIZATIONS
from centers.models import Center, Municipality, Person
from events.attendance.ticks import Tick
from events.forms import NewPersonForm, PerhapsNewPersonForm
from events.models import Event
from events.models.participant_count import Category
from rcro_portal.lib.keeping.choosers import Chooser, Chosen
from rcro_portal.lib.text import NAME_LIMIT, Line, Prose

_TICK, TICKS_AT_MOST = re.compile(r"([0-9]{1,9}):([01]):([a-z0-9.-]{0,80})"), 500


class Why(Prose):
    """Why a mark is changed of which a letter speaks already."""

    def __init__(self, *, required: bool) -> None:
        super().__init__(
            label="Причина",
            limit=2_000,
            required=required,
            help_text="Итоги уже направлены в письме. Причина останется в истории отметок.",
            widget=forms.Textarea(attrs={"rows": 3}),
        )


class MarkForm(forms.Form):
    """One centre whose coordinator was there."""

    center = forms.ModelChoiceField(queryset=Center.objects.none())
    why = Why(required=False)

    def __init__(self, *args: Any, centers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["center"].queryset = centers


class TickField(forms.Field):
    """«12:1:present-…», any number of them: the centre, whether its coordinator is to be marked, the version seen."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[Tick]:
        found = [_TICK.fullmatch(one) for one in value or ()]
        if not found or len(found) > TICKS_AT_MOST or not all(found):
            raise forms.ValidationError("Отметки пришли в неверном виде. Обновите страницу.")
        return [Tick(int(one[1]), one[2] == "1", one[3]) for one in found if one]


class TicksForm(forms.Form):
    """Marks of several centres at once."""

    tick = TickField()


class UnmarkForm(forms.Form):
    """One person who is marked."""

    person = forms.ModelChoiceField(queryset=Person.objects.none())
    why = Why(required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(attendances__event=event)


class ExpectedForm(forms.Form):
    """Those who registered beforehand and were there."""

    person = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(), error_messages={"required": "Отметьте, кто участвует."}
    )
    why = Why(required=False)

    def __init__(self, *args: Any, event: Event, explained: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(attendances__event=event)
        self.fields["why"].required = explained


class ListForm(forms.Form):
    """A list of participants from a platform."""

    table = forms.FileField(
        label="Файл с площадки",
        help_text="Отчёт об участниках: CSV, XLSX, XLS или ODS, до 12 МБ. Как скачан, ничего в нём не меняя.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.xls,.ods,.docx,.txt"}),
    )
    threshold = forms.IntegerField(
        label="Сколько минут считать участием",
        min_value=0,
        max_value=1_440,
        required=False,
        help_text="Пусто – половина времени по плану.",
    )


class CountForm(forms.Form):
    """How many of one category took part."""

    category = forms.ChoiceField(label="Категория", choices=Category.choices)
    post = Line(label="Должность", limit=NAME_LIMIT, required=False, help_text="Если число только о ней.")
    municipality = forms.ModelChoiceField(
        label="Муниципалитет",
        queryset=Municipality.objects.order_by("name"),
        required=False,
        empty_label="без муниципалитета",
    )
    number = forms.IntegerField(label="Сколько", min_value=0, max_value=1_000_000)


class ParticipantForm(NewPersonForm):
    """Somebody of a category by name. Pupils and teams are counted, not named."""

    category = forms.ChoiceField(
        label="Категория",
        choices=[(one.value, one.label) for one in (Category.EDUCATOR, Category.PARENT, Category.OTHER)],
    )
    post = Line(label="Должность", required=False, help_text="«учитель физики»")
    organization = Chosen(chooser=ORGANIZATIONS, label="Организация", required=False)
    municipality = forms.ModelChoiceField(
        label="Муниципалитет",
        queryset=Municipality.objects.order_by("name"),
        required=False,
        empty_label="по организации",
        help_text="Если организации в портале нет.",
    )

    def __init__(self, *args: Any, user: Any, explained: bool = False, **kwargs: Any) -> None:
        """``explained``: a letter speaks of those who came already, so this wants its reason."""
        super().__init__(*args, **kwargs)
        self.fields["organization"].user = user
        if explained:
            self.fields["why"] = Why(required=True)

    def said(self) -> dict[str, Any]:
        names = ("category", "post", "organization", "municipality", "why")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class CheckInForm(PerhapsNewPersonForm):
    """The code of an event; with a name, somebody was there instead of the coordinator."""

    code = Line(
        label="Код мероприятия",
        limit=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    field_order = ["code"]


class RepresentativeForm(NewPersonForm):
    field_order = ["center"]

    def __init__(self, *args: Any, centers: Chooser, explained: bool = False, **kwargs: Any) -> None:
        """``explained``: a letter speaks of those who came already, so this wants its reason."""
        super().__init__(*args, **kwargs)
        self.fields["center"] = Chosen(label="РВЦИ", chooser=centers)
        self.order_fields(self.field_order)
        if explained:
            self.fields["why"] = Why(required=True)
