"""Forms of letters that are written freely: they clean what was typed and save nothing.

A draft may be incomplete: what must be there at filing is ``reports.composing.draft_lint``'s matter, not the editor's.
"""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from centers.forms import Once
from centers.models import Organization, Person
from events.forms import Day, Version
from events.models import Event
from events.models.event import EventStatus
from rcro_portal.lib.drafts import rows
from rcro_portal.lib.records import Record
from rcro_portal.lib.text import LETTER_LIMIT, NAME_LIMIT, Line, Prose
from reports.composing import addressees, enclosed_file, written_numbers
from reports.models import DistributionList, IncomingLetter, Letter
from reports.models.letter import LetterKind, LetterStatus
from reports.models.manuscript import Audience

ADDRESSEES_AT_MOST = 60


def _rows(count: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count, **attrs})


class LetterForm(forms.Form):
    version = Version()
    subject_line = Line(
        label="Заголовок письма", printed=True, help_text="Начинается с «О» или «Об», без точки в конце."
    )
    audience = forms.ChoiceField(label="Кому направить", choices=Audience.choices, widget=forms.RadioSelect)
    distribution_list = forms.ModelChoiceField(
        label="Указатель рассылки",
        queryset=DistributionList.objects.none(),
        required=False,
        empty_label="— выберите —",
        help_text="Нужен, когда письмо идёт по указателю.",
    )
    addressee = Prose(
        label="Адресат на бланке",
        limit=1_000,
        tables=False,
        printed=True,
        required=False,
        widget=_rows(2),
        help_text="Общее имя в дательном падеже, по строкам: «Руководителям …».",
    )
    reply_to_number = Line(label="На №", limit=50, required=False)
    reply_to_on = Day(label="От", required=False)
    salutation = Line(label="Обращение", required=False, help_text="Например: Уважаемый Николай Петрович!")
    body = Prose(
        label="Текст",
        limit=LETTER_LIMIT,
        required=False,
        printed=True,
        widget=_rows(18, **{"data-editor": ""}),
        help_text="Абзац – строка. Таблица – строки, где ячейки разделены знаком «|» с пробелами: Время | Тема | Кто.",
    )
    closing = Line(label="Заключительная фраза", limit=NAME_LIMIT, required=False, help_text="Например: С уважением,")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A list that was closed since it was chosen stays until its writer chooses another: it is not dropped unseen.
        usable = Q(closed_at=None) | Q(pk=self.initial.get("distribution_list"))
        self.fields["distribution_list"].queryset = DistributionList.objects.filter(usable).order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        written_numbers.with_day(cleaned, "reply_to_number", "reply_to_on")
        if cleaned.get("audience") != Audience.LIST:
            cleaned["distribution_list"] = None
        elif cleaned.get("distribution_list") and not cleaned.get("addressee"):
            cleaned["addressee"] = cleaned["distribution_list"].addressee
        return cleaned


class Named(forms.TypedChoiceField):
    """One of rows that are read once for all forms of a page."""

    def offer(self, rows: dict[str, Any], choices: list[tuple[str, str]]) -> None:
        # An unknown key is a wrong choice, and it is asked before the field has looked at its choices.
        self.coerce = lambda pk: rows.get(pk) or self._refuse(pk)
        self.choices = [("", "— не выбрано —"), *choices]

    def _refuse(self, pk: str) -> Any:
        raise ValueError(pk)


class AddresseeForm(rows.Row):
    organization = Named(label="Организация", required=False, empty_value=None)
    person = Named(label="Лицо", required=False, empty_value=None)
    lines = Prose(
        label="На бланке, в дательном падеже",
        limit=500,
        tables=False,
        printed=True,
        required=False,
        widget=_rows(3),
        help_text="Портал подставит должность и имя сам: проверьте их.",
    )
    email = forms.EmailField(label="Адрес почты", required=False, max_length=254)

    def __init__(self, *args: Any, people: "Choices", organizations: "Choices", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(*people)
        self.fields["organization"].offer(*organizations)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lines, email = addressees.prefilled(cleaned.get("organization"), cleaned.get("person"), timezone.localdate())
        cleaned["lines"] = cleaned.get("lines") or lines
        cleaned["email"] = cleaned.get("email") or email
        return cleaned


type Choices = tuple[dict[str, Any], list[tuple[str, str]]]


def organizations() -> Choices:
    rows = {str(row.pk): row for row in Organization.objects.order_by("sort_key", "pk")}
    return rows, [(pk, row.short_name) for pk, row in rows.items()]


def people() -> Choices:
    rows = {str(row.pk): row for row in Person.objects.order_by("sort_key", "pk")}
    return rows, [(pk, row.full_name) for pk, row in rows.items()]


class Addressees(rows.Rows):
    """A letter names an organisation once, and a person once."""

    def clean(self) -> None:
        super().clean()
        seen: set[tuple[str, Any]] = set()
        for form in self.forms:
            cleaned = getattr(form, "cleaned_data", {})
            person, organization = cleaned.get("person"), cleaned.get("organization")
            key = ("person", person) if person else ("organization", organization)
            if key[1] is None or cleaned.get("DELETE"):
                continue
            if key in seen:
                form.add_error(key[0], "Этот адресат уже есть в письме.")
            seen.add(key)


AddresseeSet = rows.row_formset(AddresseeForm, at_most=ADDRESSEES_AT_MOST, formset=Addressees)


class LetterEditor:
    """All forms of the editor's page together."""

    def __init__(self, letter: Letter, data: Any = None) -> None:
        text = letter.manuscript
        self.letter = letter
        initial = vars(text) | {"subject_line": letter.subject_line, "distribution_list": text.distribution_list_id}
        self.form = LetterForm(data, initial=initial)
        stored = _typed_addressees(letter)
        same_version = self.form["version"].value() in (text.version, str(text.version))
        self.addressees = AddresseeSet(
            data,
            prefix="addressees",
            initial=stored,
            form_kwargs={"people": people(), "organizations": organizations()},
            stored=len(stored) if same_version else 0,
        )

    def is_valid(self) -> bool:
        # Both are asked, so that the page shows all errors at once.
        valid = [self.form.is_valid(), self.addressees.is_valid()]
        return all(valid)

    def cleaned(self) -> dict[str, Any]:
        """Keywords for ``drafts.save``."""
        return {**self.form.cleaned_data, "addressees": self.addressees.kept}


def _typed_addressees(letter: Letter) -> list[dict[str, Any]]:
    """As they stand on the page; those of a letter under way that goes by a list were written down from the list."""
    if letter.manuscript.audience == Audience.LIST and letter.status != LetterStatus.DRAFT:
        return []
    return [
        {"organization": row.organization_id, "person": row.person_id, "lines": row.lines, "email": row.email}
        for row in letter.addressees.order_by("position", "pk")
    ]


class NewLetterForm(Once):
    """«Новое письмо»: its kind, and what it starts from."""

    kind = forms.ChoiceField(
        label="Вид письма",
        choices=[
            (LetterKind.INFORMATION, "Информационное письмо"),
            (LetterKind.ANNOUNCEMENT, "О проведении мероприятия"),
            (LetterKind.REPLY, "Ответ на письмо"),
        ],
        initial=LetterKind.INFORMATION,
        widget=forms.RadioSelect,
    )
    event = forms.ModelChoiceField(
        label="О проведении какого мероприятия",
        queryset=Event.objects.none(),
        required=False,
        empty_label="— выберите —",
        help_text="Программа, время и место возьмутся из мероприятия.",
    )
    incoming = forms.ModelChoiceField(
        label="Ответ на входящее",
        queryset=IncomingLetter.objects.none(),
        required=False,
        empty_label="— номер и дату укажу на странице письма —",
        help_text="Строка «на № … от …» заполнится сама.",
    )
    copied_from = forms.ModelChoiceField(
        label="Взять из прошлого",
        queryset=Letter.objects.none(),
        required=False,
        empty_label="— начать с чистого листа —",
        help_text="Текст, обращение и адресаты прошлого письма; их можно изменить.",
    )

    def __init__(self, *args: Any, past: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coming = Event.objects.filter(status=EventStatus.ANNOUNCED).order_by("starts_at", "pk")
        self.fields["event"].queryset = coming
        self.fields["incoming"].queryset = IncomingLetter.objects.order_by("-received_on", "-pk")
        self.fields["copied_from"].queryset = past

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind != LetterKind.ANNOUNCEMENT:
            cleaned["event"] = None
        elif not cleaned.get("event"):
            self.add_error("event", "Выберите объявленное мероприятие.")
        if kind != LetterKind.REPLY:
            cleaned["incoming"] = None
        return cleaned


class AppendixForm(forms.Form):
    """A file that goes with a letter; what it is, is judged by its bytes."""

    file = forms.FileField(
        label="Файл",
        help_text="PDF, DOCX или XLSX, до 12 МБ.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.xlsx"}),
    )
    title = Line(label="Название", help_text="Как в отметке о приложении: «Программа семинара».")
    sheets = forms.IntegerField(
        label="Листов",
        required=False,
        min_value=1,
        max_value=enclosed_file.SHEETS_AT_MOST,
        help_text="Пусто: портал посчитает страницы PDF; в DOCX возьмёт из файла и попросит подтвердить.",
    )
    copies = forms.IntegerField(label="Экземпляров", min_value=1, max_value=99, initial=1)


class AppendixCountForm(Record, forms.Form):
    title = Line(label="Название")
    sheets = forms.IntegerField(label="Листов", min_value=1, max_value=enclosed_file.SHEETS_AT_MOST)
    copies = forms.IntegerField(label="Экземпляров", min_value=1, max_value=99)
