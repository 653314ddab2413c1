"""The open editor: saved by itself while it is written, and by its button."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from rcro_portal.lib import sessions
from rcro_portal.lib.drafts.editor import Editor
from rcro_portal.lib.drafts.models import Revision
from rcro_portal.lib.drafts.reading import TextLocked
from rcro_portal.lib.drafts.views.merging import Merging
from rcro_portal.lib.drafts.writing import TextChanged
from rcro_portal.lib.text import whole_number

CHANGED = "Этот текст изменён: {who}. На странице прежний. Написанное вами не пропадёт: при сохранении сравните оба."
NOT_VALID = "Не сохранено: не все поля заполнены верно. Какие – покажет кнопка «{button}»."


class Editing[Draft: Model](Merging[Draft]):
    """What lost a race is compared at once."""

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        of = self.of_writer(request, pk)
        self.drafts.refuse_locked(of)
        return self._page(request, of, self.drafts.editor(of, drawn=partial(self.drawn, request, of)))

    def save(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save what stands on the page; by itself or by the button. What is refused stays on the page or is kept."""
        of = self.of_writer(request, pk)
        editor = self.drafts.editor(of, request.POST)
        by_itself, now = bool(request.headers.get("HX-Request")), timezone.now()
        if not editor.is_valid():
            return self._not_saved(request, of, editor, by_itself)
        if by_itself and self.drafts.is_saved(of=of, **editor.cleaned()):
            sessions.rest(request)
        try:
            self.drafts.save(of=of, by=request.user, at=now, **editor.cleaned())
        except (TextChanged, TextLocked) as refusal:
            again = whole_number(request.POST.get("aside"))
            aside = self.drafts.keep_aside(of=of, by=request.user, at=now, again=again, **editor.cleaned())
            return self._kept_aside(request, of, aside, str(refusal), by_itself)
        if by_itself:
            return self._answer(request, of)
        messages.success(request, self.saved)
        return redirect(self.then or f"{self.name}-edit", pk)

    def version(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Asked by the open editor: whether somebody else has saved meanwhile."""
        of = self.of_writer(request, pk)
        text = self.drafts.text(of)
        words = CHANGED.format(who=text.edited) if self.drafts.is_open(of) else self.drafts.locked.words
        return JsonResponse({"version": text.version, "words": words})

    def _kept_aside(
        self, request: HttpRequest, of: Draft, aside: Revision, words: str, by_itself: bool
    ) -> HttpResponse:
        if not by_itself:
            return self.compare(request, of.pk, aside, words, status=409)
        kept = {"aside": aside.pk, "compare_url": self.url("aside", of, aside.pk)}
        return self._answer(request, of, status=409, version=aside.version, failure=words, **kept)

    def _not_saved(self, request: HttpRequest, of: Draft, editor: Editor, by_itself: bool) -> HttpResponse:
        if by_itself:
            # The version that this page holds, not the newest: a later save must still see that somebody was first.
            said = {"version": request.POST.get("version", ""), "failure": self._not_valid}
            return self._answer(request, of, status=422, **said)
        return self._page(request, of, editor, status=422)

    def _answer(self, request: HttpRequest, of: Draft, status: int = 200, **said: Any) -> HttpResponse:
        """What becomes of the words beside the buttons, and the version that the next save must name."""
        text = self.drafts.text(of)
        context = {"version": text.version, "saved_at": text.edited_at, **said}
        return render(request, "drafts/edit.html#saved", context, status=status)

    def _page(self, request: HttpRequest, of: Draft, editor: Editor, status: int = 200) -> HttpResponse:
        context = {
            **self.shared(request, of),
            **self.beside(of),
            "editor": editor,
            "heading": self.heading(of),
            "lead": self.lead,
            "button": self.button,
            "failure": self._not_valid if status == 422 else "",
            "version": editor.form["version"].value(),
            "saved_at": self.drafts.text(of).edited_at,
            "slug": self.slug,
            "kept_as": f"{self.slug}-{of.pk}-{request.user.pk}",
            "row_sets": [(kind.title, editor.rows[kind.name]) for kind in editor.kinds],
            **{f"{page}_url": self.url(page, of) for page in ("save", "version", "history")},
        }
        return render(request, self.template, context, status=status)

    @property
    def _not_valid(self) -> str:
        return NOT_VALID.format(button=self.button)
