"""Forms of the register: they clean what the clerk typed and save nothing."""

import re
from typing import Any

from django import forms

from rcro_portal.lib.fields import Day
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.records import Record, RecordForm
from rcro_portal.lib.registers.importing.forms import UploadForm
from rcro_portal.lib.sent_forms import Once
from rcro_portal.lib.text import NAME_LIMIT, Line, Prose
from reports.journal import entries, paper_numbers
from reports.models import FilePlanItem, OutgoingRegister, RegisterEntry
from reports.models.letter import LetterKind
from reports.models.register import FIRST_YEAR

_RANGE = re.compile(r"(\d{1,9})(?:\s*[-–—]\s*(\d{1,9}))?")


class Range(forms.CharField):
    """«942», «942–946»: the first and the last number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value)).replace("№", "").strip()
        if not text:
            return None
        found = _RANGE.fullmatch(text)
        if not found:
            raise forms.ValidationError("Укажите номера так: «942–946» или «942».")
        first = int(found[1])
        return first, int(found[2] or first)


class _WithCase(forms.Form):
    """Chooses the case of that year's nomenclature, where the year has any."""

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = FilePlanItem.objects.filter(year=year).order_by("index")
        if items:
            self.fields["file_item"] = forms.ModelChoiceField(
                label="Дело по номенклатуре", queryset=items, required=False, empty_label="не указано"
            )

    def details(self) -> entries.Details:
        names = set(vars(entries.Details())) & set(self.cleaned_data)
        return entries.Details(**{name: self.cleaned_data[name] for name in names})


class GiveForm(_WithCase, Once):
    """«Дать номер»: one line, with the caret in it from the start."""

    addressee = Line(label="Кому", widget=forms.TextInput(attrs={"autofocus": True}))
    subject_line = Line(label="О чём")
    prepared_by = Line(label="Исполнитель", limit=NAME_LIMIT, required=False)


class DetailsForm(Record, _WithCase):
    """What the register says of a paper letter."""

    addressee = Line(label="Кому")
    subject_line = Line(label="О чём")
    prepared_by = Line(label="Исполнитель", limit=NAME_LIMIT, required=False)
    document_kind = Line(label="Вид документа", limit=100, required=False, help_text="Если это не письмо.")
    sheets = forms.IntegerField(label="Листов", required=False, min_value=1, max_value=9_999)
    copies = forms.IntegerField(label="Экземпляров", required=False, min_value=1, max_value=9_999)
    note = Line(label="Примечание", required=False, help_text="Например, как отправлено.")

    @classmethod
    def of_entry(cls, entry: RegisterEntry, **kwargs: Any) -> "DetailsForm":
        return cls(held=vars(entries.details_of(entry)), year=entry.year, **kwargs)


class PaperLettersForm(_WithCase):
    """«942–946 – бумажные»."""

    numbers = Range(label="Номера", help_text="Как на письмах: «942–946» или «942».")
    on = Day(label="Дата")
    with_skipped = forms.BooleanField(label="Пропущенные номера тоже выданы", required=False)
    addressee = Line(label="Кому", required=False)
    subject_line = Line(label="О чём", required=False)
    prepared_by = Line(label="Исполнитель", limit=NAME_LIMIT, required=False)


class ReserveForm(Once):
    count = forms.IntegerField(label="Сколько номеров", min_value=1, max_value=entries.AT_ONCE, initial=1)
    until = Day(label="До какого дня")
    reason = Line(label="Для чего", help_text="Например: «Поездка директора в Колпашево».")


class LateForm(_WithCase):
    """«941а»."""

    number = Line(label="Номер", limit=20, help_text="Номер того дня с буквой или дробью: «941а», «941/1».")
    on = Day(label="Дата письма")
    reason = Line(label="Почему внесено с опозданием")
    addressee = Line(label="Кому")
    subject_line = Line(label="О чём")
    prepared_by = Line(label="Исполнитель", limit=NAME_LIMIT, required=False)

    def clean_number(self) -> tuple[int, str]:
        found = paper_numbers.LATE.fullmatch(self.cleaned_data["number"].removeprefix("№").strip())
        if not found:
            raise forms.ValidationError("Укажите номер с одной буквой или дробью: «941а», «941/1».")
        return int(found[1]), found[2]


class AnnulForm(forms.Form):
    reason = Prose(
        label="Почему номер аннулируется",
        limit=1_000,
        help_text="Аннулированный номер повторно не используется.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TypedNumberForm(forms.Form):
    number = Line(label="Номер", limit=50)


class BlockForm(forms.Form):
    """«Выделить номера»."""

    year = forms.IntegerField(label="Год", min_value=2000, max_value=2100)
    numbers = Range(label="Номера", help_text="«947–960»")
    note = Line(label="Кем и когда выделены", required=False)


class ImportForm(UploadForm):
    register = forms.ModelChoiceField(
        label="Журнал", queryset=OutgoingRegister.objects.order_by("pk"), empty_label=None
    )
    field_order = ("register", "table")

    def options(self) -> dict[str, Any]:
        return {"register": self.cleaned_data["register"].pk}


class OpenYearForm(forms.Form):
    """The day that was asked about: «Сегодня действительно …?»."""

    day = Day()


class PeriodForm(forms.Form):
    since = Day(label="С")
    until = Day(label="По")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", "Период кончается раньше, чем начался.")
        return cleaned


class RegisterForm(RecordForm):
    """For the administrator: a register, and the kinds of letters that are its own."""

    letter_kinds = forms.MultipleChoiceField(
        label="Виды писем",
        choices=LetterKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ничего не отмечено: все виды, для которых нет своего журнала.",
    )

    class Meta:
        model = OutgoingRegister
        fields = ("code", "name", "mode", "prefix", "suffix", "first_year", "with_file_index", "letter_kinds")

    def clean_first_year(self) -> int:
        return self.cleaned_data["first_year"] or FIRST_YEAR

    def clean_letter_kinds(self) -> list[str]:
        kinds = self.cleaned_data["letter_kinds"]
        for other in OutgoingRegister.objects.exclude(pk=self.instance.pk).order_by("pk"):
            if taken := set(kinds) & set(other.letter_kinds):
                label = LetterKind(min(taken)).label
                raise forms.ValidationError(f"Письма «{label}» уже нумерует журнал {quoted(other)}.")
        return kinds
