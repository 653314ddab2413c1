"""The form of a request as its coordinator fills it: saved by itself, versions kept, nothing typed lost."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from centers.models import CalendarYear
from events import permissions
from events.models import DataSheet
from events.requests import drafts
from events.views.doors import seen_sheet
from rcro_portal.lib.drafts.views.pages import EditorPages


class SheetPages(EditorPages[DataSheet]):
    drafts = drafts.DRAFTS
    name, slug = "events:answer-sheet", "answer-sheet"
    template = "events/sheet_edit.html"
    back = "К ответам"
    button, saved = "Сохранить и проверить", "Ответы сохранены."
    writers = "Отвечает координатор центра; пришедшее по телефону или почте вносит методист сети."
    then = "events:answer-sheet-detail"

    def seen(self, request: HttpRequest, pk: int) -> DataSheet:
        return seen_sheet(request, pk)

    def may_write(self, request: HttpRequest) -> bool:
        return "coordinator" in request.user.roles or permissions.may_keep_requests(request.user)

    def may_write_this(self, request: HttpRequest, of: DataSheet) -> bool:
        return permissions.may_write_sheet(request.user, of, timezone.localdate())

    def heading(self, of: DataSheet) -> str:
        return of.request.title

    def topic(self, of: DataSheet) -> str:
        return str(of.center)

    def home(self, of: DataSheet) -> str:
        return reverse("events:answer-sheet-detail", args=[of.pk])

    def beside(self, of: DataSheet) -> dict[str, Any]:
        due_words = CalendarYear.objects.calendar().due_words(of.request.due_on, timezone.localdate())
        return {"row": of, "due_words": due_words}


PAGES = SheetPages()
