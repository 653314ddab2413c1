"""The pages of an import, for every kind: upload, what was found, columns, a row mended, writing, undoing.

An app's views ask for rights and call these with their ``Door``.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from rcro_portal.lib import russian
from rcro_portal.lib.errors import status_of
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing import sessions, showing
from rcro_portal.lib.registers.importing.forms import ColumnsForm, UploadForm, typed_cells
from rcro_portal.lib.registers.importing.kinds import Kind
from rcro_portal.lib.registers.importing.reading import CannotRead
from rcro_portal.lib.registers.importing.stored import Session, State

FORMER_AT_MOST = 20


@dataclass(frozen=True)
class Door:
    """Where an app's imports of one kind live: names of their addresses, and of the list that they fill."""

    kind: type[Kind]
    sessions: type[Session]
    upload: str
    session: str
    columns: str
    row: str
    write: str
    undo: str
    listed: str
    list_name: str

    def find(self, pk: int) -> Session:
        rows = self.sessions._default_manager.select_related("begun_by", "written_by", "undone_by")
        return get_object_or_404(rows, pk=pk, kind=self.kind.key)

    def urls(self, session: Session) -> dict[str, str]:
        named = {name: getattr(self, name) for name in ("session", "columns", "write", "undo")}
        return {name: reverse(address, args=[session.pk]) for name, address in named.items()}

    @property
    def required_headings(self) -> str:
        return ", ".join(quoted(one.heading) for one in self.kind.columns if one.required)

    @property
    def other_headings(self) -> str:
        return ", ".join(quoted(one.heading) for one in self.kind.columns if not one.required)

    def former(self) -> Any:
        rows = self.sessions._default_manager.filter(kind=self.kind.key).select_related("begun_by__person")
        return rows.order_by("-pk")[:FORMER_AT_MOST]


def upload(request: HttpRequest, door: Door, form: UploadForm) -> HttpResponse:
    """A table that can be read becomes a session; nothing of it is written yet."""
    if form.is_valid():
        table = form.cleaned_data["table"]
        told = {"options": form.options(), "name": table.name, "data": table.read()}
        try:
            session = sessions.begin(door.sessions, door.kind, by=request.user, at=timezone.now(), **told)
        except CannotRead as refusal:
            form.add_error("table", str(refusal))
        else:
            return redirect(door.session, session.pk)
    context = {"form": form, "former": door.former(), "door": door, "list_url": reverse(door.listed)}
    return render(request, "registers/import_upload.html", context, status=status_of(form))


def session(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    return _page(request, door, door.find(pk))


def _page(request: HttpRequest, door: Door, found: Session, form: ColumnsForm | None = None) -> HttpResponse:
    context = {"session": found, "door": door, "urls": door.urls(found), "list_url": reverse(door.listed)}
    if found.state == State.OPEN:
        file = sessions.opened(found, door.kind)
        context |= {
            "form": form or ColumnsForm(file=file),
            **showing.of_file(file, door.row, by=request.user, at=timezone.now()),
        }
    else:
        context |= showing.of_written(found)
    return render(request, "registers/import_session.html", context, status=status_of(form))


def columns(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    found = door.find(pk)
    file = sessions.opened(found, door.kind)
    form = ColumnsForm(request.POST, file=file)
    if not form.is_valid():
        return _page(request, door, found, form)
    sessions.read_as(file, **form.told())
    return redirect(door.session, pk)


def row(request: HttpRequest, door: Door, pk: int, number: int) -> HttpResponse:
    found = door.find(pk)
    try:
        cells = typed_cells(request.POST.dict())
    except ValidationError as error:
        raise sessions.NotReady(error.messages[0]) from error
    sessions.edit(found, number, cells)
    messages.success(request, f"Строка {number} исправлена здесь, в портале; сам файл прежний.")
    return redirect(door.session, pk)


def write(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    found, good_rows = door.find(pk), "good" in request.POST
    judgement = sessions.write(found, door.kind, by=request.user, at=timezone.now(), good_rows=good_rows)
    messages.success(request, f"{door.list_name}: внесено строк – {russian.grouped(judgement.writes)}.")
    return redirect(door.session, pk)


def undo(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    words = sessions.undo(door.find(pk), door.kind, by=request.user, at=timezone.now())
    messages.success(request, words)
    return redirect(door.session, pk)
