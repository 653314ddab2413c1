"""What is typed of a letter that came in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from centers.models import Organization
from events.forms import Day
from rcro_portal.refusals import Refusal
from rcro_portal.text import Line
from reports import enclosed_file, incoming


class IncomingForm(forms.Form):
    """The sender and their number, what it is about, which of our letters it answers, its file."""

    sender = forms.ModelChoiceField(
        Organization.objects.none(),
        label="Отправитель",
        required=False,
        empty_label="нет в справочнике",
        help_text="Нет в списке – впишите ниже, как в письме.",
    )
    sender_name = Line(label="Отправитель, как в письме", required=False)
    their_number = Line(label="Исх. № отправителя", limit=50, required=False)
    their_on = Day(label="от", required=False)
    subject = Line(label="О чём")
    replies_number = Line(label="На наш №", limit=50, required=False)
    replies_on = Day(label="от", required=False)
    number = Line(label="Вх. №", limit=50, required=False, help_text="Если у вас ведут журнал входящих.")
    received_on = Day(label="Получено")
    file = forms.FileField(label="Файл письма", required=False, help_text="PDF, DOCX или XLSX, до 12 МБ.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender"].queryset = Organization.objects.order_by("search_key")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > settings.FILE_LIMIT_BYTES:
            raise forms.ValidationError("Файл больше 12 МБ. Сожмите его или разделите на части.")
        if file:
            self._judge(file)
        return file

    def _judge(self, file: Any) -> None:
        try:
            enclosed_file.judge(file.read())
        except enclosed_file.NotTaken as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        finally:
            file.seek(0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("sender") and not cleaned.get("sender_name"):
            self.add_error("sender_name", "Укажите отправителя: выберите из списка или впишите.")
        received = cleaned.get("received_on")
        if received and received > timezone.localdate():
            self.add_error("received_on", "Этот день ещё не наступил. Проверьте дату.")
        self._find_answered(cleaned)
        return cleaned

    def _find_answered(self, cleaned: dict[str, Any]) -> None:
        number, day = cleaned.get("replies_number"), cleaned.get("replies_on")
        cleaned["replies_to"] = None
        if bool(number) != bool(day):
            self.add_error("replies_number", "Укажите и номер, и дату нашего письма или оставьте оба поля пустыми.")
        elif number and day:
            try:
                cleaned["replies_to"] = incoming.answered(number, day)
            except Refusal as refusal:
                self.add_error("replies_number", str(refusal))

    def row(self) -> dict[str, Any]:
        """The columns of the letter."""
        cleaned = self.cleaned_data
        same = ("sender", "their_number", "their_on", "subject", "number", "received_on", "replies_to")
        sender_name = cleaned["sender_name"] or cleaned["sender"].short_name
        return {name: cleaned[name] for name in same} | {"sender_name": sender_name}
