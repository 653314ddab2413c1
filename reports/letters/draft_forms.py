"""Forms of letters that are written freely: they clean what was typed and save nothing.

A draft may be incomplete: what must be there at filing is ``reports.composing.draft_lint``'s matter, not the editor's.
"""

from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from centers import choosers as of_centers
from centers.models import Organization, Person
from events.models.outcome import DecisionKind
from events.outcomes.forms import DecisionForm, debtors, decision_said
from rcro_portal.lib.drafts import rows
from rcro_portal.lib.drafts.editor import Editor, RowKind
from rcro_portal.lib.drafts.fields import Version, lines, with_figures
from rcro_portal.lib.fields import Day
from rcro_portal.lib.keeping.choosers import Chosen
from rcro_portal.lib.keeping.drafted import FoundLine, FoundRow, Known, sent_keys
from rcro_portal.lib.records import Record
from rcro_portal.lib.sent_forms import Once
from rcro_portal.lib.text import LETTER_LIMIT, NAME_LIMIT, Line, Prose
from reports.composing import addressees, enclosed_file, written_numbers
from reports.letters import choosers
from reports.models import Addressee, DistributionList, Letter, LetterDecision
from reports.models.letter import LetterKind
from reports.models.manuscript import Audience

ADDRESSEES_AT_MOST = 60
# Whoever writes letters sees all of them: who that is, the page asks before the form is made.
PEOPLE = replace(of_centers.PEOPLE, rows=lambda user: Person.objects.kept())  # noqa: ARG005
ORGANIZATIONS = of_centers.ORGANIZATIONS


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
        widget=lines(2),
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
        widget=with_figures(18),
        help_text="Абзац – строка. Таблица – строки, где ячейки разделены знаком «|» с пробелами: Время | Тема | Кто.",
    )
    closing = Line(label="Заключительная фраза", limit=NAME_LIMIT, required=False, help_text="Например: С уважением,")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A list that was closed since it was chosen stays until its writer chooses another: it is not dropped unseen.
        chosen = self.initial.get("distribution_list")
        usable = Q(archived_at=None) | Q(pk=chosen.pk if chosen else None)
        self.fields["distribution_list"].queryset = DistributionList.objects.filter(usable).order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        written_numbers.with_day(cleaned, "reply_to_number", "reply_to_on")
        if cleaned.get("audience") != Audience.LIST:
            cleaned["distribution_list"] = None
        elif cleaned.get("distribution_list") and not cleaned.get("addressee"):
            cleaned["addressee"] = cleaned["distribution_list"].addressee
        return cleaned


class AddresseeForm(rows.Row):
    organization = FoundRow(
        label="Организация",
        model=Organization,
        named_by="lines",
        required=False,
        widget=FoundLine(search_label="Найти организацию", hint="Название организации", again="Выбрать другую"),
    )
    person = FoundRow(
        label="Лицо",
        model=Person,
        named_by="lines",
        required=False,
        widget=FoundLine(search_label="Найти человека", hint="Фамилия"),
    )
    lines = Prose(
        label="На бланке, в дательном падеже",
        limit=500,
        tables=False,
        printed=True,
        required=False,
        widget=lines(3),
        help_text="Портал подставит должность и имя сам: проверьте их.",
    )
    email = forms.EmailField(label="Адрес почты", required=False, max_length=254)

    def __init__(self, *args: Any, people: Known, organizations: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)
        self.fields["organization"].offer(organizations)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lines, email = addressees.prefilled(cleaned.get("organization"), cleaned.get("person"), timezone.localdate())
        cleaned["lines"] = cleaned.get("lines") or lines
        cleaned["email"] = cleaned.get("email") or email
        return cleaned


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


def addressee_said(row: dict[str, Any]) -> str:
    return f"{row['lines']}\n{row['email']}".strip()


class LetterDecisionForm(DecisionForm):
    """Of a written letter: what it asks; an appeal and an information are words of its text."""

    kind = forms.ChoiceField(
        choices=[(DecisionKind.DECISION, DecisionKind.DECISION.label)],
        initial=DecisionKind.DECISION,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = "Что сделать: «направить списки участников». Срок портал напечатает сам."
        self.fields[
            "owed_by"
        ].help_text = (
            "Не выбрано – все, кому адресовано письмо, если выше не названы другие. Выбранные должны быть адресатами."
        )


def offered(letter: Letter | None = None, data: Any = None) -> dict[str, Known]:
    """Whom the rows of a page name, stored or sent, whatever became of them since; read once for all of them."""
    named = letter.addressees.all() if letter else Addressee.objects.none()
    return {
        name: Known(chooser, None, held=named.values(field), sent=sent_keys(data, "addressees", field))
        for name, field, chooser in (("people", "person", PEOPLE), ("organizations", "organization", ORGANIZATIONS))
    }


class LetterEditor(Editor):
    form_class = LetterForm
    kinds = (
        RowKind(
            "addressees",
            "Адресат",
            AddresseeForm,
            at_most=ADDRESSEES_AT_MOST,
            formset=Addressees,
            said=addressee_said,
        ),
        RowKind(
            "decisions",
            "Поручение",
            LetterDecisionForm,
            said=decision_said,
            read=("owed_by__organization", "owed_by_others"),
        ),
    )
    # A list is nothing without the choice of it.
    joined = {"distribution_list": "audience"}

    def row_arguments(self, name: str) -> dict[str, Any]:
        if name == "decisions":
            return debtors(LetterDecision.objects.filter(letter=self.draft), timezone.localdate(), self.data)
        return offered(self.draft, self.data)


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
    event = Chosen(
        label="О проведении какого мероприятия",
        chooser=choosers.COMING_EVENTS,
        required=False,
        help_text="Программа, время и место возьмутся из мероприятия.",
    )
    incoming = Chosen(
        label="Ответ на входящее",
        chooser=choosers.INCOMING,
        required=False,
        help_text="Строка «на № … от …» заполнится сама. Не выбрано – номер и дату укажете на странице письма.",
    )
    copied_from = Chosen(
        label="Взять из прошлого",
        chooser=choosers.PAST_LETTERS,
        required=False,
        help_text="Текст, обращение и адресаты прошлого письма; их можно изменить.",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("event", "incoming", "copied_from"):
            self.fields[name].user = user

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
