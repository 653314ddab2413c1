"""All forms of an editor's page together: the text's own fields, and kinds of rows below them.

What they declare is declared once: labels name the parts of the history, fields say what is kept and given back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from rcro_portal.lib.drafts import page_data, rows
from rcro_portal.lib.drafts.differences import Part
from rcro_portal.lib.drafts.page_data import Page


@dataclass(frozen=True)
class RowKind:
    """Rows of one kind: talks, decisions, addressees.

    ``related`` is the manager of the draft that has them, where it bears another name; ``said`` tells how people read
    one as it is kept; ``read`` what is read with the rows, beside what their fields name.
    """

    name: str
    title: str
    form: type[rows.Row]
    at_most: int = 30
    related: str = ""
    formset: type[rows.Rows] = rows.Rows
    said: Callable[[Page], str] | None = None
    read: tuple[str, ...] = ()

    @property
    def manager(self) -> str:
        return self.related or self.name

    @property
    def several(self) -> list[str]:
        """Fields that name many rows of a register."""
        return [name for name, field in page_data.fields(self.form).items() if page_data.is_several(field)]

    def words(self, row: Page) -> str:
        return self.said(row) if self.said else page_data.row_words(self.form, row)


class Editor:
    """An app's editor: the form, the kinds of rows, and what they are given.

    ``joined`` names fields that are one part with another, so that nobody can choose one side of each.
    """

    form_class: ClassVar[type[forms.Form]]
    kinds: ClassVar[tuple[RowKind, ...]] = ()
    joined: ClassVar[dict[str, str]] = {}

    def __init__(self, draft: Any, written: Page, version: int, data: Any = None) -> None:
        self.draft, self.data = draft, data
        self.form = self.form_class(data, initial={**written, "version": version})
        is_current = self.form["version"].value() in (version, str(version))
        # Of a page drawn from an older version nobody can say which rows it must hold: it is refused as a whole.
        self.rows = {kind.name: self._set(kind, written[kind.name], data, is_current) for kind in self.kinds}

    def _set(self, kind: RowKind, stored: list[Page], data: Any, is_current: bool) -> Any:
        made = rows.row_formset(kind.form, at_most=kind.at_most, formset=kind.formset)
        given = self.row_arguments(kind.name)
        stored_rows = len(stored) if is_current else 0
        return made(data, prefix=kind.name, initial=stored, form_kwargs=given, stored=stored_rows)

    def row_arguments(self, name: str) -> dict[str, Any]:  # noqa: ARG002
        """Keywords for the form of each row of that kind; what all rows share is read here once."""
        return {}

    def is_valid(self) -> bool:
        # Every part is asked, so that the page shows all errors at once.
        valid = [part.is_valid() for part in (self.form, *self.rows.values())]
        return all(valid)

    def cleaned(self) -> Page:
        """Keywords for ``Drafts.save``."""
        return {**self.form.cleaned_data, **{name: made.kept for name, made in self.rows.items()}}

    # -- The page as data ---------------------------------------------------------------------------

    @classmethod
    def as_data(cls, page: Page) -> Page:
        """What ``cleaned`` gives, in JSON."""
        kept = page_data.as_data(cls.form_class, page)
        return kept | {
            kind.name: [page_data.as_data(kind.form, row) for row in page.get(kind.name, [])] for kind in cls.kinds
        }

    @classmethod
    def keywords(cls, page: Page) -> Page:
        """A kept page for ``Drafts.save``. Raises NoLongerKnown."""
        (given,) = page_data.keywords(cls.form_class, [page])
        return given | {kind.name: page_data.keywords(kind.form, page.get(kind.name, [])) for kind in cls.kinds}

    @classmethod
    def parts(cls, page: Page) -> list[Part]:
        """A kept page as people read it, part by part."""
        return [*cls._field_parts(page), *(part for kind in cls.kinds for part in _row_parts(kind, page))]

    @classmethod
    def _field_parts(cls, page: Page) -> Iterable[Part]:
        declared = page_data.fields(cls.form_class)
        kept = page_data.as_data(cls.form_class, {})
        for name, field in declared.items():
            if name in cls.joined or field.widget.is_hidden:
                continue
            together = [name, *(other for other, main in cls.joined.items() if main == name)]
            said = [page_data.words(one, declared[one], page) for one in together]
            keys = [key for key in kept if any(key in (one, f"{one}_name", f"{one}_names") for one in together)]
            yield Part(name, str(field.label), " ".join(filter(None, said)), {key: page.get(key) for key in keys})


def _row_parts(kind: RowKind, page: Page) -> Iterable[Part]:
    for number, row in enumerate(page.get(kind.name, []), 1):
        yield Part(kind.name, kind.title, kind.words(row), row, number)
