"""What a kind of drafts is, and how one is read: what its forms declare, from the rows of the database."""

import uuid
from collections.abc import Callable, Collection, Iterable
from typing import Any, ClassVar

from django import forms
from django.db import models

from rcro_portal.lib.drafts import page_data
from rcro_portal.lib.drafts.editor import Editor, RowKind
from rcro_portal.lib.drafts.models import QUOTED
from rcro_portal.lib.drafts.page_data import Page
from rcro_portal.lib.refusals import Refusal


class TextLocked(Refusal):
    """The text is under way: nobody edits it now. Each app says in its own words why."""


class DraftKind[Draft: models.Model]:
    """One kind of drafts, as its app describes it.

    A draft has a ``status`` and the managers ``revisions``, ``figures`` (where its text quotes any) and one for each
    kind of rows. Verbs name it ``of``; ``page`` is what ``Editor.cleaned`` gives.
    """

    editor_class: ClassVar[type[Editor]]
    locked: ClassVar[type[TextLocked]] = TextLocked
    # The status in which its writers may edit it (none: always, it has no status), others in which they may too
    # (given back, opened anew), and the one in which only an approver corrects it.
    draft: ClassVar[str] = ""
    also_open: ClassVar[tuple[str, ...]] = ()
    in_review: ClassVar[str] = ""
    quotes_figures: ClassVar[bool] = False
    # Fields of the form that are columns of the draft where its text is a row of its own.
    beside: ClassVar[tuple[str, ...]] = ()

    # -- What an app may say otherwise --------------------------------------------------------------

    def editor_of(self, of: Draft) -> type[Editor]:  # noqa: ARG002
        """The editor of this very draft, where drafts of one kind do not all ask for the same."""
        return self.editor_class

    def own(self, of: Draft, text: Any, names: Iterable[str]) -> Page:  # noqa: ARG002
        """The form's own fields as the text's row holds them."""
        return {name: getattr(text, name) for name in names}

    def columns(self, of: Draft, own: Page) -> Page:  # noqa: ARG002
        """The same fields as columns of the text's row."""
        return own

    def text(self, of: Draft) -> Any:
        """The row that has the version and the columns of the form, as far as it was read."""
        return of

    def completed(self, of: Draft, page: Page) -> Page:  # noqa: ARG002
        """The page with what the form leaves to the verb."""
        return page

    def rows(self, of: Draft, kind: RowKind) -> Any:
        """The stored rows of that kind that stand on the page."""
        return getattr(of, kind.manager).order_by("position", "pk")

    # -- Read ---------------------------------------------------------------------------------------

    def editor(self, of: Draft, data: Any = None, drawn: Callable[[Page], Page] | None = None) -> Any:
        """``drawn`` adds to what is written rows that wait to be filled."""
        version, written = self._read(of)
        return self.editor_of(of)(of, drawn(written) if drawn else written, version, data)

    def written(self, of: Draft) -> Page:
        """The page as the database has it now, as keywords for ``save``."""
        return self._read(of)[1]

    def _read(self, of: Draft) -> tuple[int, Page]:
        text = self._texts(of).get()
        on_draft = self._same(of).values(*self.beside).get() if self.beside else {}
        editor = self.editor_of(of)
        own = self.own(of, text, [name for name in page_data.fields(editor.form_class) if name not in on_draft])
        rows = {kind.name: self._read_rows(of, kind) for kind in editor.kinds}
        return text.version, {**own, **on_draft, **rows}

    def _read_rows(self, of: Draft, kind: RowKind) -> list[Page]:
        declared = page_data.fields(kind.form)
        named = [name for name, field in declared.items() if page_data.names_a_row(field)]
        found = self.rows(of, kind).prefetch_related(*kind.several, *kind.read)
        found = found.select_related(*named) if named else found
        return [{name: _value(row, name, field) for name, field in declared.items()} for row in found]

    def page(self, of: Draft) -> Page:
        """The page as the database has it now, in JSON, with the figures that it may quote."""
        kept = self.editor_of(of).as_data(self.written(of))
        if self.quotes_figures:
            kept["figures"] = list(managers(of).figures.order_by("pk").values(*QUOTED))
        return kept

    def is_saved(self, *, of: Draft, **page: Any) -> bool:
        """The editor holds what the database holds."""
        now = self.page(of)
        return {**now, **self.editor_of(of).as_data(self.completed(of, page))} == now

    @property
    def open_states(self) -> tuple[str, ...]:
        return (self.draft, *self.also_open)

    def is_open(self, of: Draft) -> bool:
        """As it was read."""
        return not self.draft or managers(of).status in self.open_states

    def is_draft(self, of: Draft) -> bool:
        """As the database has it now."""
        return self._is_in(of, self.open_states)

    def refuse_locked(self, of: Draft) -> None:
        """Raises the app's TextLocked."""
        if not self.is_open(of):
            raise self.locked

    # -- Rows of the database -----------------------------------------------------------------------

    def _texts(self, of: Draft) -> Any:
        text = self.text(of)
        return type(text)._default_manager.filter(pk=text.pk)

    def _same(self, of: Draft) -> Any:
        return type(of)._default_manager.filter(pk=of.pk)

    def _is_in(self, of: Draft, states: Collection[str]) -> bool:
        same = self._same(of)
        return (same.filter(status__in=states) if self.draft else same).exists()


def managers(draft: Any) -> Any:
    """The draft with the managers that its app's tables give it, which no type of this floor can name."""
    return draft


def _value(row: Any, name: str, field: forms.Field) -> Any:
    value = getattr(row, name)
    if page_data.is_several(field):
        return list(value.all())
    return str(value) if isinstance(value, uuid.UUID) else value
