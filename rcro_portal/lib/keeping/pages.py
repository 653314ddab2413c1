"""The pages of a kept table: new, edit, archive, restore, delete; of each part new, edit, end, delete.

One act, one address, named after its noun: «centers:organization-edit». Each returns to the card. "Not there for you"
is 404, "not you" 403, "not now" 409, a form with errors 422; a form sent twice acts once.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from rcro_portal.lib import errors, russian, sent_forms
from rcro_portal.lib.keeping import writing
from rcro_portal.lib.keeping.bulk import UNDONE
from rcro_portal.lib.keeping.declared import Act, Keeper, Kept, Part
from rcro_portal.lib.keeping.forms import ArchiveForm, KeptForm
from rcro_portal.lib.keeping.pointing import pointing
from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import Refusal

type View = Callable[..., HttpResponse]


def urls(keeper: Keeper) -> list[URLPattern]:
    """For the ``urls.py`` of the app: ``*keeping.urls(ORGANIZATIONS)``. List and card are the app's own pages."""
    pages = Pages(keeper)
    acts: list[tuple[str, View]] = [("edit", pages.edit)] if keeper.edits else []
    acts += [(act.key, partial(pages.act, act=act)) for act in keeper.acts]
    if keeper.is_archivable:
        posted = (("restore", require_POST(pages.restore)), ("delete", require_POST(pages.delete)))
        acts += [("archive", pages.archive), *posted]
    elif keeper.deletes:
        acts += [("delete", require_POST(pages.delete))]
    new = [path(f"{keeper.route}new/", pages.new, name=f"{keeper.name}-new")] if keeper.makes else []
    return [
        *new,
        *(path(f"{keeper.route}<int:pk>/{act}/", view, name=f"{keeper.name}-{act}") for act, view in acts),
        *(one for part in keeper.parts for one in _part_urls(keeper, part)),
    ]


def _part_urls(keeper: Keeper, part: Part) -> list[URLPattern]:
    pages, route = PartPages(keeper, part), f"{keeper.route}<int:pk>/{part.route}"
    acts: list[tuple[str, View]] = [("edit", pages.edit)]
    acts += [(act.key, partial(pages.act, act=act)) for act in part.every_act]
    acts += [("delete", require_POST(pages.delete))] if part.deletes else []
    return [
        path(f"{route}new/", pages.new, name=f"{part.name}-new"),
        *(path(f"{route}<int:key>/{act}/", view, name=f"{part.name}-{act}") for act, view in acts),
    ]


class _Forms:
    """How a form of a kept row is shown, judged and given to its verb."""

    kept: Kept

    def form(self, request: HttpRequest, owner: Any, row: Any) -> KeptForm:
        """``owner`` is whose right it is: the card's row, None for a new card."""
        user: Any = request.user
        fixed, form = self.kept.fixed(user, owner), self.kept.form
        # The address line may begin a new row: «?organization=5».
        is_new = row is None or row.pk is None
        initial = {name: value for name, value in request.GET.items() if is_new and name in form.base_fields}
        sent = {"data": request.POST or None, "files": request.FILES or None}
        return form(**sent, user=user, row=row, fixed=fixed, initial=initial)

    def create(self, request: HttpRequest, form: KeptForm, /, **fields: Any) -> Any:
        """The new row; of a form that was sent before, the row that it made. None where the form has errors now."""
        key = sent_forms.Once.sent_key(request.POST)
        if sent := sent_forms.made(key, request.user):
            return sent
        if not form.is_valid():
            return None

        def make() -> Any:
            return self.kept.create(self.kept.model, by=request.user, **fields, **form.columns())

        try:
            return sent_forms.once(make, key=key, by=request.user, at=timezone.now())[0]
        except ValidationError as error:
            form.take(error)
            return None

    def change(self, request: HttpRequest, form: KeptForm, row: Any) -> bool:
        """Whether it is written; else the form says why not. Raises Moved."""
        if not form.is_valid():
            return False
        try:
            self.kept.change(row, by=request.user, held=form.held, why=form.why, **form.columns())
        except ValidationError as error:
            form.take(error)
            return False
        return True

    def did(self, request: HttpRequest, act: Act, form: Any, row: Any) -> bool:
        """Whether the act is done, now or by the same form before; else the form says why not. Raises Moved."""
        key = sent_forms.Once.sent_key(request.POST)
        if sent_forms.made(key, request.user):
            return True
        if not form.is_valid():
            return False

        def once() -> Any:
            act.verb(row, by=request.user, why=form.why, **form.columns())
            return row

        try:
            sent_forms.once(once, key=key, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.take(error)
            return False
        return True

    def page(self, request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
        context = {"form": form, "lead": self.kept.lead, "noun": self.kept.noun, **context}
        return render(request, self.kept.template, context, status=errors.status_of(form))


class Pages(_Forms):
    """The pages of the table itself."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = self.kept = keeper

    def new(self, request: HttpRequest) -> HttpResponse:
        self.keeper.require(request.user, None)
        form = self.form(request, None, None)
        if request.method == "POST" and (row := self.create(request, form)):
            return self._done(request, row, "внесено")
        back, back_url = self.keeper.list_title, self.keeper.list_url()
        return self.page(request, form, title=self.keeper.noun.new, back=back, back_url=back_url)

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._row(request, pk)
        form = self.form(request, row, row)
        try:
            if request.method == "POST" and self.change(request, form, row):
                return self._done(request, row, "сохранено")
        except Moved:
            return self.edit(request, pk)
        urls = {"delete_url": self.keeper.url("delete", pk)} if self.keeper.deletes else {}
        return self._of_row(request, row, form, "Правка карточки", **urls)

    def archive(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put away what was used; what nothing points to may be deleted by the same page."""
        row = self._row(request, pk, if_archived=True)
        first = "" if row.is_archived else self.keeper.not_archived(row)
        if first and request.method == "POST":
            raise Refusal(first)
        form = ArchiveForm(request.POST or None)
        if request.method == "POST" and (row.is_archived or form.is_valid()):
            if not row.is_archived:
                reason = form.cleaned_data["reason"]
                writing.archive(row, reason=reason, by=request.user, at=timezone.now())
            # The card says that it is there, and takes it back.
            return redirect(self.keeper.card_url(row))
        context = {
            "form": form,
            "row": row,
            "pointing": pointing(row),
            "words": self.keeper.archive_words,
            "first": first,
            "card_url": self.keeper.card_url(row),
            "delete_url": self.keeper.url("delete", row.pk),
        }
        return render(request, "keeping/archive.html", context, status=errors.status_of(form))

    def restore(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._row(request, pk, if_archived=True)
        writing.restore(row, by=request.user, why=UNDONE if "undo" in request.POST else "")
        return self._done(request, row, "возвращено из архива")

    def delete(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._row(request, pk, if_archived=True)
        writing.delete(row, by=request.user)
        messages.success(request, f"{self.keeper.noun.one}: удалено.")
        return redirect(self.keeper.list_url())

    def act(self, request: HttpRequest, pk: int, *, act: Act) -> HttpResponse:
        row = self._row(request, pk)
        form = act.form(request.POST or None, user=request.user, row=row)
        try:
            if request.method == "POST" and self.did(request, act, form, row):
                return self._done(request, row, act.done)
        except Moved:
            return self.act(request, pk, act=act)
        return self._of_row(request, row, form, act.title, submit=act.label)

    def _row(self, request: HttpRequest, pk: int, *, if_archived: bool = False) -> Any:
        row = self.keeper.row(request, pk)
        self.keeper.require(request.user, row, if_archived=if_archived)
        return row

    def _of_row(self, request: HttpRequest, row: Any, form: Any, title: str, **context: Any) -> HttpResponse:
        card_url = self.keeper.card_url(row)
        return self.page(request, form, title=title, back=str(row), back_url=card_url, row=row, **context)

    def _done(self, request: HttpRequest, row: Any, what: str) -> HttpResponseRedirect:
        messages.success(request, f"{self.keeper.noun.one}: {what}.")
        return redirect(self.keeper.card_url(row))


class PartPages(_Forms):
    """The pages of the rows under a card."""

    def __init__(self, keeper: Keeper, part: Part) -> None:
        self.keeper, self.part = keeper, part
        self.kept = part

    def new(self, request: HttpRequest, pk: int) -> HttpResponse:
        owner = self._owner(request, pk)
        form = self.form(request, owner, self.part.model(**{self.part.owner: owner}))
        if request.method == "POST" and self.create(request, form, **{self.part.owner: owner}):
            return self._done(request, owner, "внесено")
        return self._page(request, owner, form, self.part.noun.new)

    def edit(self, request: HttpRequest, pk: int, key: int) -> HttpResponse:
        owner = self._owner(request, pk, to_edit=True)
        row = self._row(owner, key)
        form = self.form(request, owner, row)
        try:
            if request.method == "POST" and self.change(request, form, row):
                return self._done(request, owner, "сохранено")
        except Moved:
            return self.edit(request, pk, key)
        self.part.opened(request.user, row)
        offered = {} if self.keeper.why_not(request.user, owner, self.part) else self._offered(owner, row)
        return self._page(request, owner, form, f"{self.part.noun.one}: правка", row=row, **offered)

    def _offered(self, owner: Any, row: Any) -> dict[str, Any]:
        """Below the form, for who adds and takes away rows: the acts of the part's own, «Удалить»."""

        def url(key: str) -> str:
            return self.keeper.url(key, owner.pk, row.pk, of=self.part)

        acts = [(act.label, url(act.key)) for act in self.part.acts if act.is_open(row)]
        return {"acts": acts, "delete_url": url("delete") if self.part.deletes else ""}

    def act(self, request: HttpRequest, pk: int, key: int, *, act: Act) -> HttpResponse:
        owner = self._owner(request, pk, if_archived=act.in_archive)
        # A second press, when the first has taken the row out of those that are there.
        if request.method == "POST" and sent_forms.made(sent_forms.Once.sent_key(request.POST), request.user):
            return self._done(request, owner, act.done)
        row = self._row(owner, key)
        form = act.form(request.POST or None, user=request.user, row=row)
        try:
            if request.method == "POST" and self.did(request, act, form, row):
                return self._done(request, owner, act.done)
        except Moved:
            return self.act(request, pk, key, act=act)
        self.part.opened(request.user, row)
        lead = ". ".join(filter(None, (self.part.line(row), act.before)))
        return self._page(request, owner, form, act.title, row=row, lead=lead, submit=act.label)

    def delete(self, request: HttpRequest, pk: int, key: int) -> HttpResponse:
        owner = self._owner(request, pk)
        writing.delete(self._row(owner, key), by=request.user)
        return self._done(request, owner, "удалено")

    def _owner(self, request: HttpRequest, pk: int, *, to_edit: bool = False, if_archived: bool = False) -> Any:
        owner = self.keeper.row(request, pk)
        self.keeper.require(request.user, owner, self.part, to_edit=to_edit, if_archived=if_archived)
        return owner

    def _row(self, owner: Any, key: int) -> Any:
        return get_object_or_404(self.part.of(owner), pk=key)

    def _page(self, request: HttpRequest, owner: Any, form: Any, title: str, **context: Any) -> HttpResponse:
        back_url = self.keeper.card_url(owner)
        return self.page(request, form, title=title, back=russian.upper_first(str(owner)), back_url=back_url, **context)

    def _done(self, request: HttpRequest, owner: Any, what: str) -> HttpResponseRedirect:
        messages.success(request, f"{self.part.noun.one}: {what}.")
        return redirect(f"{self.keeper.card_url(owner)}#{self.part.name}")
