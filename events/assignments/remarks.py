"""The form of remarks: one on the whole, and one on each row of the version that is read."""

from dataclasses import dataclass
from typing import Any

from django import forms

from events.assignments import versions
from rcro_portal.lib.drafts.differences import Pair, Part
from rcro_portal.lib.text import Prose

AT_MOST = 2_000


@dataclass(frozen=True)
class Read:
    """A row to be read: as it is, with what differs from the agreed one, and the field of its remark."""

    part: Part
    pair: Pair | None
    field: Any

    @property
    def what(self) -> str:
        if self.pair is None or not self.pair.differs:
            return ""
        return "изменено" if self.pair.before else "добавлено"


@dataclass(frozen=True)
class ReadPart:
    """``gone``: what the agreed version has and this one has not."""

    heading: str
    rows: list[Read]
    gone: list[Pair]


class RemarksForm(forms.Form):
    note = Prose(
        label="Общее замечание",
        limit=AT_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Можно не писать, если всё сказано у строк.",
    )

    def __init__(self, page: dict[str, Any], data: Any = None) -> None:
        super().__init__(data)
        self.parts = versions.parts(page) if page else []
        for part in self.parts:
            widget = forms.Textarea(attrs={"rows": 2})
            self.fields[_name(part)] = Prose(
                label=f"Замечание: {part.title.lower()}", limit=AT_MOST, required=False, widget=widget
            )

    @property
    def remarks(self) -> dict[tuple[str, str], str]:
        """By the part and the key of their rows."""
        said = ((part, self.cleaned_data.get(_name(part), "")) for part in self.parts)
        return {(part.field, part.value["key"]): text for part, text in said if text}


def read_beside(form: RemarksForm, agreed: dict[str, Any] | None) -> list[ReadPart]:
    """Part by part, beside what is agreed if anything is."""
    pairs = versions.pairs_of(agreed, form.parts) if agreed else []
    return [_read(form, name, heading, pairs) for name, heading in versions.HEADINGS.items()]


def _read(form: RemarksForm, name: str, heading: str, pairs: list[Pair]) -> ReadPart:
    by_key = {pair.after.value["key"]: pair for pair in pairs if pair.after}
    own = [part for part in form.parts if part.field == name]
    rows = [Read(part, by_key.get(part.value["key"]), form[_name(part)]) for part in own]
    gone = [pair for pair in pairs if pair.after is None and pair.before and pair.before.field == name]
    return ReadPart(heading, rows, gone)


def _name(part: Part) -> str:
    return f"remark-{part.value['key']}"
