"""A sheet of answers as a draft: its form is made of the questions of its request.

A draft may say anything – «около 120» where a number is asked – so that nothing typed is refused while it is typed;
what is wrong stands beside the field, and is asked again when the sheet is submitted.
"""

from collections.abc import Iterable
from typing import Any

from django import forms

from events.models import DataQuestion, DataSheet
from events.models.request import QuestionKind
from events.models.request_sheet import SheetStatus
from events.requests import sheet
from rcro_portal.lib.drafts import page_data
from rcro_portal.lib.drafts.editor import Editor
from rcro_portal.lib.drafts.fields import Version, lines
from rcro_portal.lib.drafts.page_data import Page
from rcro_portal.lib.drafts.reading import TextLocked
from rcro_portal.lib.drafts.writing import Drafts
from rcro_portal.lib.fields import Day
from rcro_portal.lib.text import Line, Prose

NUMBER_LIMIT, TEXT_LIMIT = 40, 5_000
NOT_CHOSEN = "— не выбрано —"


class SheetForm(forms.Form):
    version = Version()


class SheetEditor(Editor):
    form_class = SheetForm

    @property
    def asked(self) -> list[tuple[forms.BoundField, sheet.Line]]:
        """The fields in their order, each with what is known of its question."""
        return [(self.form[line.question.key], line) for line in sheet.lines(self.draft)]


class SheetLocked(TextLocked):
    words = "Сведения направлены: править их можно, если методист вернёт их с замечаниями."


class SheetDrafts(Drafts[DataSheet]):
    editor_class = SheetEditor
    locked = SheetLocked
    draft, also_open = SheetStatus.OPEN, (SheetStatus.RETURNED,)

    def editor_of(self, of: DataSheet) -> type[Editor]:
        """Made once for one row that was read."""
        kept = vars(of)
        if "_editor" not in kept:
            kept["_editor"] = type("AskedEditor", (SheetEditor,), {"form_class": form_for(of.asked)})
        made: type[Editor] = kept["_editor"]
        return made

    def own(self, of: DataSheet, text: Any, names: Iterable[str]) -> Page:
        form = self.editor_of(of).form_class
        (given,) = page_data.keywords(form, [text.answers])
        return {name: given[name] for name in names}

    def columns(self, of: DataSheet, own: Page) -> Page:
        return {"answers": page_data.as_data(self.editor_of(of).form_class, own)}


DRAFTS = SheetDrafts()


def form_for(questions: Iterable[DataQuestion]) -> type[forms.Form]:
    """A field for each question, named by its key; ``field.question`` leads back."""
    return type("AskedForm", (SheetForm,), {one.key: field(one) for one in questions})


def field(question: DataQuestion) -> forms.Field:
    said: dict[str, Any] = {"label": question.said_label, "required": False, "help_text": _help(question)}
    match question.kind:
        case QuestionKind.NUMBER | QuestionKind.FRACTION:
            keys = "numeric" if question.kind == QuestionKind.NUMBER else "decimal"
            widget = forms.TextInput(attrs={"inputmode": keys, "class": "field__number"})
            made: forms.Field = Line(limit=NUMBER_LIMIT, widget=widget, **said)
        case QuestionKind.DATE:
            made = Day(**said)
        case QuestionKind.CHOICE | QuestionKind.YES_NO:
            made = forms.ChoiceField(choices=[("", NOT_CHOSEN), *((one, one) for one in question.options)], **said)
        case _:
            made = Prose(limit=TEXT_LIMIT, widget=lines(2 if question.kind == QuestionKind.TEXT else 4), **said)
    made.question = question  # type: ignore[attr-defined]
    return made


def _help(question: DataQuestion) -> str:
    return " ".join(filter(None, [question.help_text, "" if question.required else "Можно не отвечать."]))
