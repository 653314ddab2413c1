"""The verbs of a draft: saved as it is written, kept aside where somebody was first, brought back, put together."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F

from rcro_portal.lib.drafts import differences, page_data, revisions
from rcro_portal.lib.drafts.models import DraftText, GrammaticalCase, QuotedFigure, Revision
from rcro_portal.lib.drafts.page_data import Page
from rcro_portal.lib.drafts.reading import DraftKind, managers
from rcro_portal.lib.refusals import Refusal, WrongStep


class TextChanged(Refusal):
    """Somebody else saved while this text was being written."""

    words = "Пока вы писали, текст изменён. Ваш вариант сохранён: сравните и выберите, что оставить."

    @classmethod
    def by(cls, text: DraftText) -> Self:
        return cls(cls.words.replace("изменён", f"изменён: {text.edited_by.person.surname_first.rstrip('.')}"))


class Drafts[Draft: models.Model](DraftKind[Draft]):
    """One kind of drafts with its verbs; an app makes a subclass with what is its own, and one object of it."""

    # -- Save ---------------------------------------------------------------------------------------

    def save(self, *, of: Draft, by: Any, at: datetime.datetime, version: int, **page: Any) -> None:
        """Save the whole editor, if the draft is open and still the version that the writer had before their eyes.

        Whoever comes second gets TextChanged and nothing is written; one that is under way refuses with the app's
        TextLocked. The very text that is saved already counts as saved: its sender has not heard the answer.
        """
        try:
            self._write(of, page, version, states=self.open_states, otherwise=self.locked, by=by, at=at)
        except TextChanged:
            if not self.is_saved(of=of, **page):
                raise
            of.refresh_from_db()

    def revise(self, *, of: Draft, by: Any, at: datetime.datetime, version: int, **page: Any) -> None:
        """An approver's correction; call it in the transaction of the new snapshot and the approval."""
        self._write(of, page, version, states=(self.in_review,), otherwise=WrongStep, by=by, at=at)

    def keep_aside(
        self, *, of: Draft, by: Any, at: datetime.datetime, version: int, again: int = 0, **page: Any
    ) -> Revision:
        """The text of who came second, kept beside the saved one until they have chosen.

        ``again`` is the revision that the same page made before: written on, it takes its place.
        """
        data = self.editor_of(of).as_data(page)
        return revisions.keep_aside(managers(of).revisions, page=data, version=version, by=by, at=at, again=again)

    def restore(self, *, of: Draft, revision: Revision, version: int, by: Any, at: datetime.datetime) -> None:
        """«Вернуть этот вариант»: an old page as a new save, with the figures that it quotes. Raises as ``save``."""
        page = self.editor_of(of).keywords(revision.page)
        figures = revision.page.get("figures", [])
        states, locked = self.open_states, self.locked
        self._write(of, page, version, states=states, otherwise=locked, by=by, at=at, apart=True, figures=figures)

    def difference(self, of: Draft, aside: Revision) -> list[differences.Pair]:
        """From the text as it is saved now to the one kept aside."""
        parts = self.editor_of(of).parts
        return differences.aligned(parts(self.page(of)), parts(aside.page))

    def merge(
        self, *, of: Draft, aside: Revision, mine: set[int], version: int, by: Any, at: datetime.datetime
    ) -> None:
        """Of each difference between the saved text and the one kept aside, the side that its writer chose (``mine``:
        the places where it is their own). Raises as ``save`` does."""
        chosen = differences.merged(self.difference(of, aside), mine)
        page = self.editor_of(of).keywords(chosen)
        self._write(of, page, version, states=self.open_states, otherwise=self.locked, by=by, at=at, apart=True)

    @transaction.atomic
    def _write(
        self,
        of: Draft,
        page: Page,
        version: int,
        *,
        states: Collection[str],
        otherwise: type[Refusal],
        by: Any,
        at: datetime.datetime,
        apart: bool = False,
        figures: Iterable[Page] = (),
    ) -> None:
        """``states``: those in which it may be written; ``figures``: those that an old page brings with it."""
        self._keep_first(of)
        editor = self.editor_of(of)
        own = {name: page[name] for name in page_data.fields(editor.form_class) if name in page}
        on_draft = {name: own.pop(name) for name in self.beside if name in own}
        taken = self._texts(of).filter(version=version)
        own = self.columns(of, own)
        is_taken = taken.update(version=F("version") + 1, edited_by=by, edited_at=at, **own) == 1
        # Read after the text's row is ours: filing takes that row first too.
        if not self._is_in(of, states):
            raise otherwise
        if not is_taken:
            raise TextChanged.by(self._texts(of).select_related("edited_by__person").get())
        if on_draft:
            self._same(of).update(**on_draft)
        of.refresh_from_db()
        page = self.completed(of, page)
        for kind in editor.kinds:
            _write_anew(getattr(of, kind.manager), page[kind.name], kind.several)
        for figure in figures:
            # One that was removed since; one of the same name stays as it is now.
            managers(of).figures.get_or_create(name=figure["name"], defaults=figure)
        revisions.keep(managers(of).revisions, page=self.page(of), version=version + 1, by=by, at=at, apart=apart)

    def _keep_first(self, of: Draft) -> None:
        """What the first save changes: the draft as it was begun, or as it was before histories were kept."""
        kept = managers(of).revisions
        if not kept.filter(aside=False).exists():
            text = self._texts(of).get()
            kept.create(page=self.page(of), version=text.version, by_id=text.edited_by_id, at=text.edited_at)

    # -- Hold, figures ------------------------------------------------------------------------------

    def hold(self, of: Draft, **seen: Any) -> bool:
        """Nobody saves the text, its figures or enclosures until the commit; false where it is not as ``seen``."""
        return self._texts(of).filter(**seen).update(version=F("version")) == 1

    def hold_draft(self, of: Draft) -> None:
        """As ``hold``, while the draft is open. Raises the app's TextLocked."""
        self.hold(of)
        if not self.is_draft(of):
            raise self.locked

    @transaction.atomic
    def add_figure(
        self,
        *,
        of: Draft,
        name: str,
        query: str = "",
        parameters: dict[str, Any] | None = None,
        case: str = GrammaticalCase.NOMINATIVE,
        typed: str = "",
        source: str = "",
    ) -> QuotedFigure:
        """A figure that the text may quote by its name; the same name again changes what it counts.

        One that no query counts is ``typed`` in the words of the letter («более 350 школьников») and names its
        ``source``.
        """
        self.hold_draft(of)
        values = {"query": query, "parameters": parameters or {}, "case": case, "typed": typed, "source": source}
        figure, _ = managers(of).figures.update_or_create(name=name, defaults=values)
        return figure

    @transaction.atomic
    def remove_figure(self, *, of: Draft, figure: QuotedFigure) -> None:
        self.hold_draft(of)
        figure.delete()


def _write_anew(rows: Any, values: list[Page], several: list[str]) -> None:
    """The rows as they stand on the page now, in its order; nothing refers to the rows of what is not sent."""
    rows.all().delete()
    for position, row in enumerate(values, 1):
        made = rows.create(position=position, **{name: value for name, value in row.items() if name not in several})
        for name in several:
            getattr(made, name).set(row.get(name, []))
