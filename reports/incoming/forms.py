"""What is typed of a letter that came in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from centers.choosers import ORGANIZATIONS
from rcro_portal.lib import files, russian
from rcro_portal.lib.fields import Day
from rcro_portal.lib.keeping.choosers import Chosen
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.sent_forms import Once
from rcro_portal.lib.text import Line
from reports.composing import written_numbers
from reports.incoming import arrivals
from reports.models import IncomingLetter


def told(letter: IncomingLetter) -> str:
    """«Лицей, № 12 от 01.02.2026, получено 03.02.2026, вх. № 5»: what tells one incoming letter from another."""
    number = f", вх. № {letter.number}" if letter.number else ""
    sent = f"№ {letter.their_number} от {russian.short_date(letter.their_on)}" if letter.their_on else ""
    return f"{letter.sender_name}, {sent}, получено {russian.short_date(letter.received_on)}{number}"


class IncomingForm(Once):
    """The sender and their number, what it is about, which of our letters it answers, its file."""

    sender = Chosen(
        chooser=ORGANIZATIONS, label="Отправитель", required=False, help_text="Не нашёлся – впишите ниже, как в письме."
    )
    sender_name = Line(label="Отправитель, как в письме", required=False)
    their_number = Line(label="Исх. № отправителя", limit=50, required=False)
    their_on = Day(label="от", required=False)
    subject = Line(label="О чём")
    replies_number = Line(label="На наш №", limit=100, required=False, help_text="Можно с датой: «941 от 25.09.2020».")
    replies_on = Day(label="от", required=False)
    number = Line(label="Вх. №", limit=50, required=False, help_text="Если у вас ведут журнал входящих.")
    received_on = Day(label="Получено")
    one_more = forms.BooleanField(label="Да, зарегистрировать ещё одно", required=False)
    file = forms.FileField(label="Файл письма", required=False, help_text="PDF, DOCX или XLSX, до 12 МБ.")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > settings.FILE_LIMIT_BYTES:
            raise forms.ValidationError("Файл больше 12 МБ. Сожмите его или разделите на части.")
        if file:
            self._judge(file)
        return file

    def _judge(self, file: Any) -> None:
        try:
            files.judge(file.read(), taken=arrivals.TAKEN)
        except files.NotTaken as refusal:
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
        self._ask_about_a_second(cleaned)
        return cleaned

    def _ask_about_a_second(self, cleaned: dict[str, Any]) -> None:
        self.known = arrivals.known(
            sender=cleaned.get("sender"),
            sender_name=cleaned.get("sender_name", ""),
            number=cleaned.get("their_number", ""),
            day=cleaned.get("their_on"),
        )
        if self.known and not cleaned.get("one_more"):
            words = f"Такое письмо уже зарегистрировано: {told(self.known)}. Зарегистрировать ещё одно?"
            self.add_error("one_more", words)

    def _find_answered(self, cleaned: dict[str, Any]) -> None:
        written_numbers.with_day(cleaned, "replies_number", "replies_on")
        written_numbers.with_day(cleaned, "their_number", "their_on")
        number, day = cleaned.get("replies_number"), cleaned.get("replies_on")
        cleaned["replies_to"] = None
        if bool(number) != bool(day):
            self.add_error("replies_number", "Укажите и номер, и дату нашего письма или оставьте оба поля пустыми.")
        elif number and day:
            try:
                cleaned["replies_to"] = arrivals.answered(number, day)
            except Refusal as refusal:
                self.add_error("replies_number", str(refusal))

    def row(self) -> dict[str, Any]:
        """The columns of the letter."""
        cleaned = self.cleaned_data
        same = ("sender", "their_number", "their_on", "subject", "number", "received_on", "replies_to")
        sender_name = cleaned["sender_name"] or cleaned["sender"].short_name
        return {name: cleaned[name] for name in same} | {"sender_name": sender_name}
