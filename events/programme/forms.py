"""Forms of the programme and of materials, as ``rcro_portal.lib.keeping`` takes them."""

import datetime
from typing import Any

from django import forms

from centers.choosers import ORGANIZATIONS, PEOPLE
from events.forms import Moment
from events.models import Event, Material, ProgrammeItem
from rcro_portal.lib.keeping.forms import KeptForm
from rcro_portal.lib.sent_forms import Once
from rcro_portal.lib.uploads import UploadField

ONE_OF_BOTH = "Выберите файл или вставьте ссылку: нужно одно из двух."


class ProgrammeForm(KeptForm):
    groups = (
        ("", (("starts_at", "position"), "day", "title")),
        ("Кто выступает", ("speaker", "with_speaker", "organization", "others")),
    )
    choosers = {"speaker": PEOPLE, "with_speaker": PEOPLE, "organization": ORGANIZATIONS}
    starts_at = forms.TimeField(
        label="Начало",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Укажите время: 15:00."},
    )
    position = forms.IntegerField(
        label="Место по порядку",
        min_value=1,
        max_value=200,
        required=False,
        help_text="Пусто – в конец. Занятое место сдвинет следующие пункты вниз.",
    )

    class Meta:
        model = ProgrammeItem
        fields = ("starts_at", "position", "day", "title", "speaker", "with_speaker", "organization", "others")
        labels = {"speaker": "Человек"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_new:
            self.initial["position"] = None
        event = self.row.event
        if event.first_day == event.last_day:
            del self.fields["day"]

    def clean_day(self) -> datetime.date | None:
        day, event = self.cleaned_data["day"], self.row.event
        if day and not event.first_day <= day <= event.last_day:
            raise forms.ValidationError(f"Мероприятие идёт {event.days}. Проверьте день.")
        return day


class MaterialForm(KeptForm):
    upload = UploadField(label="Файл", required=False)
    field_order = ("title", "upload", "link", "openness")

    class Meta:
        model = Material
        fields = ("title", "link", "openness")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row.digest:
            self.fields["upload"].label = f"Другой файл вместо «{self.row.file_name}»"

    def clean(self) -> dict[str, Any]:
        """Of a file and a link the one that is new takes the place of the other."""
        cleaned = super().clean()
        upload, link = cleaned.get("upload"), cleaned.get("link")
        if upload and link and link != self.held.get("link"):
            self.add_error("link", ONE_OF_BOTH)
        elif upload:
            cleaned["link"] = ""
        elif not link and not self.row.digest and not self.errors.keys() & {"upload", "link"}:
            self.add_error("upload", ONE_OF_BOTH)
        return cleaned


class CloneForm(Once, forms.Form):
    """When the same is held again."""

    starts_at = Moment(label="Начало")
    in_series = forms.BooleanField(
        label="Связать в серию",
        required=False,
        initial=True,
        help_text="На странице каждого мероприятия серии видны остальные.",
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if event.series:
            self.fields["in_series"].label = f"Оставить в серии «{event.series}»"
