"""The register that was kept before, brought in: only by whoever keeps the register."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers.importing import pages
from rcro_portal.models import ImportSession
from reports.journal import clerk_dashboard
from reports.journal.forms import ImportForm
from reports.journal.importing import JournalKind
from reports.journal.views.entries import KEEPER

DOOR = pages.Door(
    kind=JournalKind,
    sessions=ImportSession,
    upload="reports:register-import",
    session="reports:register-import-session",
    columns="reports:register-import-columns",
    row="reports:register-import-row",
    write="reports:register-bring-in",
    undo="reports:register-import-undo",
    listed="reports:register",
    list_name="Журнал исходящих",
)


@require_http_methods(["GET", "POST"])
def register_import(request: HttpRequest) -> HttpResponse:
    _require(request)
    return pages.upload(request, DOOR, ImportForm(request.POST or None, request.FILES or None))


def register_import_session(request: HttpRequest, pk: int) -> HttpResponse:
    _require(request)
    return pages.session(request, DOOR, pk)


@require_POST
def register_import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    _require(request)
    return pages.columns(request, DOOR, pk)


@require_POST
def register_import_row(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    _require(request)
    return pages.row(request, DOOR, pk, number)


@require_POST
def register_bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """«Внести в журнал»."""
    _require(request)
    return pages.write(request, DOOR, pk)


@require_POST
def register_import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    _require(request)
    return pages.undo(request, DOOR, pk)


def _require(request: HttpRequest) -> None:
    require(clerk_dashboard.may_keep(request.user), KEEPER)
